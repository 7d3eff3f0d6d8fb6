/* How a WSARecvFrom that waits, or pends, ends: a datagram, a report, the end of socket or thread.
 */
#include "stream/extension.h"

static struct told {
    DWORD calls, error, count;
} told;

static void CALLBACK tells(DWORD error, DWORD count, LPWSAOVERLAPPED done, DWORD flags)
{
    (void)done, (void)flags;
    told = (struct told){told.calls + 1, error, count};
}

/* What the system writes to while an operation is pending, even after a test has failed. */
static WSAOVERLAPPED operation;
static char room[8];
static DWORD flags;

static int receive(SOCKET s, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    return WSARecvFrom(s, &(WSABUF){.len = sizeof(room), .buf = room}, 1, NULL, &flags, NULL, NULL,
                       &operation, routine);
}

static const struct {
    struct row row;
    bool overlapped;
} unreachable[] = {
    {{"at_once", NULL}, false},
    {{"pending", NULL}, true},
};

START_TEST(port_is_unreachable)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in nobody = unreachable_port();
    DWORD got = 0;
    limit_receives(s, step_limit() / 10);
    operation.hEvent = event_create();
    require(!unreachable[_i].overlapped ||
            (receive(s, NULL) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING));
    require(sendto(s, "anybody?", 8, 0, (struct sockaddr *)&nobody, sizeof(nobody)) == 8);

    if (unreachable[_i].overlapped) {
        expect_number(WaitForSingleObject(operation.hEvent, step_limit() / 10), WAIT_OBJECT_0);
        expect_failed(extension_result(s, &operation, &got), WSAECONNRESET);
    } else {
        int result = WSARecvFrom(s, &(WSABUF){.len = sizeof(room), .buf = room}, 1, &got, &flags,
                                 NULL, NULL, NULL, NULL);

        expect_socket_failed(result, WSAECONNRESET);
    }
}
END_TEST
COVERS_ROWS(port_is_unreachable, unreachable, "dgram.wsarecvfrom.connreset");

START_TEST(closed_meanwhile)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    require(receive(s, tells) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);

    socket_close(s);

    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(told.calls, 1);
    expect_number(told.error, WSA_OPERATION_ABORTED);
    expect_number(told.count, 0);
}
END_TEST
COVERS(closed_meanwhile, "dgram.wsarecvfrom.closed");

static SOCKET shared;

static DWORD begins(void *unused)
{
    (void)unused;
    require(receive(shared, NULL) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);
    return 0;
}

START_TEST(thread_takes_along)
{
    winsock_start();
    shared = socket_bound(SOCK_DGRAM);
    operation.hEvent = event_create();
    DWORD count = 0;

    thread_join(thread_start(begins, NULL));

    expect_failed(extension_result(shared, &operation, &count), WSA_OPERATION_ABORTED);
    send_datagram(shared, shared, "later");
    expect_datagram(shared, "later");
}
END_TEST
COVERS(thread_takes_along, "dgram.wsarecvfrom.thread_exit_aborts");

/* ---- Blocking */

static DWORD receive_in_thread(void *s)
{
    DWORD got = 0;
    int result = WSARecvFrom((SOCKET)s, &(WSABUF){.len = sizeof(room), .buf = room}, 1, &got,
                             &flags, NULL, NULL, NULL, NULL);
    expect_socket_succeeded(result);
    return got;
}

static DWORD plainly_receive_in_thread(void *s)
{
    int got = recvfrom((SOCKET)s, room, sizeof(room), 0, NULL, NULL);
    expect_socket_succeeded(got);
    return (DWORD)got;
}

static const struct {
    struct row row;
    DWORD (*receive)(void *);
} waiting[] = {
    {{"recvfrom", "dgram.recvfrom.blocks"}, plainly_receive_in_thread},
    {{"wsarecvfrom", "dgram.wsarecvfrom.blocks"}, receive_in_thread},
};

START_TEST(waits_for_a_datagram)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct thread *receiver = thread_start(waiting[_i].receive, (void *)s);
    expect_stays_unsignaled(receiver->handle);

    send_datagram(s, s, "hello");

    expect_number(thread_join(receiver), 5);
    expect_bytes(room, "hello", 5);
}
END_TEST
COVERS_ROWS(waits_for_a_datagram, waiting);

static HANDLE called;

static void CALLBACK call(ULONG_PTR argument)
{
    (void)argument;
    SetEvent(called);
}

static DWORD receive_with_a_call(void *s)
{
    require(QueueUserAPC(call, GetCurrentThread(), 0));
    return receive_in_thread(s);
}

START_TEST(procedure_call_runs_while_it_waits)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    called = event_create();

    struct thread *receiver = thread_start(receive_with_a_call, (void *)s);

    expect_signaled(called);
    send_datagram(s, s, "hello");
    expect_number(thread_join(receiver), 5);
}
END_TEST
COVERS(procedure_call_runs_while_it_waits, "dgram.wsarecvfrom.alertable_wait");
