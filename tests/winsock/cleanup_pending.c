/* What the last WSACleanup does to calls that wait and to operations that are pending. */
#include "winsock.h"

/* What the system writes to while an operation is pending, even after a test has failed. */
static WSAOVERLAPPED operation;
static char room[8];
static WSABUF buffer = {.len = sizeof(room), .buf = room};
static DWORD flags;

#define HANDLES_CLOSED 676 /* ERROR_HANDLES_CLOSED, which mingw-w64 10 lacks */

/* ---- Calls that wait ---- */

static int with_recv(SOCKET s)
{
    return recv(s, room, sizeof(room), 0);
}

static int with_recvfrom(SOCKET s)
{
    return recvfrom(s, room, sizeof(room), 0, NULL, NULL);
}

static int with_wsarecv(SOCKET s)
{
    DWORD got;
    return WSARecv(s, &buffer, 1, &got, &flags, NULL, NULL);
}

static int with_accept(SOCKET s)
{
    return accept(s, NULL, NULL) == INVALID_SOCKET ? SOCKET_ERROR : 0;
}

/* No connection: of its two ends in one process WSACleanup may close the other one first. */
static SOCKET datagram_socket(void)
{
    return socket_bound(SOCK_DGRAM);
}

static SOCKET socket_of_one_peer(void)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in self = socket_name(s);
    require(connect(s, (struct sockaddr *)&self, sizeof(self)) == 0);
    return s;
}

static const struct waiting {
    struct row row;
    SOCKET (*make)(void);
    int (*wait)(SOCKET);
} waits[] = {
    {{"recv", NULL}, socket_of_one_peer, with_recv},
    {{"wsarecv", NULL}, socket_of_one_peer, with_wsarecv},
    {{"recvfrom", NULL}, datagram_socket, with_recvfrom},
    {{"accept", NULL}, stream_listen, with_accept},
};

static const struct waiting *waiting;

static DWORD waits_in_it(void *argument)
{
    int result = waiting->wait(*(SOCKET *)argument);
    DWORD error = GetLastError();
    expect_number(result, SOCKET_ERROR);
    return error;
}

START_TEST(call_ends)
{
    winsock_start();
    waiting = &waits[_i];
    SOCKET s = waiting->make();
    DWORD no_limit = 0; /* what ends the call is WSACleanup and nothing else */
    require(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&no_limit, sizeof(no_limit)) == 0);
    struct thread *thread = thread_start(waits_in_it, &s);
    expect_stays_unsignaled(thread->handle);

    int result = WSACleanup();

    expect_number(result, 0);
    expect_signaled(thread->handle);
    char text[80];
    record("error", "%s", error_text(thread_join(thread), text, sizeof(text)));
}
END_TEST
COVERS_ROWS(call_ends, waits, "stream.cleanup.ends_blocking_calls");

/* ---- Operations that are pending ---- */

static void begin_receive(SOCKET s, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    int result = WSARecv(s, &buffer, 1, NULL, &flags, &operation, routine);
    require(result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);
}

static const struct {
    struct row row;
    SOCKET (*make)(void);
} sockets[] = {{{"bound", NULL}, datagram_socket}, {{"connected", NULL}, socket_of_one_peer}};

START_TEST(operation_is_aborted)
{
    winsock_start();
    SOCKET s = sockets[_i].make();
    operation.hEvent = event_create();
    begin_receive(s, NULL);

    int result = WSACleanup();

    expect_number(result, 0);
    for (DWORD ms = 0; ms < step_limit() && !HasOverlappedIoCompleted(&operation); ms++)
        WaitForSingleObject(GetCurrentProcess(), 1);
    DWORD count;
    /* Winsock says WSA_OPERATION_ABORTED for both; there is no socket that it could be asked with.
     */
    expect_failed(GetOverlappedResult(GetCurrentProcess(), &operation, &count, FALSE),
                  ERROR_OPERATION_ABORTED, HANDLES_CLOSED);
}
END_TEST
COVERS_ROWS(operation_is_aborted, sockets, "stream.cleanup.aborts_overlapped");

START_TEST(event_of_an_operation)
{
    winsock_start();
    SOCKET s = datagram_socket();
    operation.hEvent = event_create();
    begin_receive(s, NULL);

    int result = WSACleanup();

    expect_number(result, 0);
    record("the event of an operation that WSACleanup ended", "%s",
           settles(operation.hEvent) ? "is set" : "is not set");
}
END_TEST
COVERS(event_of_an_operation, "stream.cleanup.sets_no_event");

static bool ran;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *which, DWORD told)
{
    (void)error, (void)count, (void)which, (void)told;
    ran = true;
}

START_TEST(routine_of_an_operation)
{
    winsock_start();
    SOCKET s = datagram_socket();
    begin_receive(s, note);

    int result = WSACleanup();

    expect_number(result, 0);
    settles(event_create());
    SleepEx(0, TRUE);
    record("the routine of an operation that WSACleanup ended", "%s",
           ran ? "runs" : "does not run");
}
END_TEST
COVERS(routine_of_an_operation, "stream.cleanup.runs_no_routine");

START_TEST(event_of_the_socket)
{
    winsock_start();
    SOCKET s = datagram_socket();
    HANDLE event = event_create();
    require(WSAEventSelect(s, event, FD_READ | FD_CLOSE) == 0);
    expect_not_signaled(event);

    int result = WSACleanup();

    expect_number(result, 0);
    expect_stays_unsignaled(event);
}
END_TEST
COVERS(event_of_the_socket, "stream.cleanup.signals_no_network_event");
