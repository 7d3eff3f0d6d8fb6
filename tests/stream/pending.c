/* How pending operations end: the end of the thread that began them, of the socket, of the peer; as
 * told by an event, a completion routine and a completion port. */
#include "extension.h"

/* What the system writes to while an operation is pending, even after a test has failed. */
static char room[64];
enum { LARGE = 1 << 24 };

/* Sends until there is no more room, so that a further send is pending. */
static void fill(SOCKET s)
{
    char *large = zero_bytes(LARGE);
    set_nonblocking(s, true);
    while (send(s, large, LARGE, 0) > 0)
        ;
    require(GetLastError() == WSAEWOULDBLOCK);
    set_nonblocking(s, false);
}

struct pending {
    SOCKET s; /* whose operation it is */
    SOCKET other;
    OVERLAPPED *operation;
};

static void begin_receive(struct pending *p)
{
    WSABUF buffer = {.len = sizeof(room), .buf = room};
    DWORD flags = 0;
    int result = WSARecv(p->s, &buffer, 1, NULL, &flags, p->operation, NULL);
    require(result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);
}

static void begin_send(struct pending *p)
{
    WSABUF buffer = {.len = LARGE, .buf = zero_bytes(LARGE)};
    fill(p->s);
    int result = WSASend(p->s, &buffer, 1, NULL, 0, p->operation, NULL);
    require(result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);
}

static void begin_accept(struct pending *p)
{
    static char names[2 * (sizeof(struct sockaddr_in) + 16)];
    DWORD count;
    BOOL done = accept_ex(p->s)(p->s, p->other, names, 0, sizeof(names) / 2, sizeof(names) / 2,
                                &count, p->operation);
    require(!done && GetLastError() == ERROR_IO_PENDING);
}

static struct pending connection(void)
{
    struct stream_pair pair = stream_pair_open();
    return (struct pending){pair.server, pair.client, operation_with_event()};
}

static struct pending listener(void)
{
    return (struct pending){stream_listen(), socket_open(SOCK_STREAM), operation_with_event()};
}

/* ---- The thread ---- */

static const struct kind {
    struct row row;
    struct pending (*sockets)(void);
    void (*begin)(struct pending *);
} kinds[] = {
    {{"receive", "stream.wsarecv.thread_exit_aborts"}, connection, begin_receive},
    {{"send", "stream.wsasend.thread_exit_aborts"}, connection, begin_send},
    {{"accept", "stream.acceptex.thread_exit_aborts"}, listener, begin_accept},
};

static struct pending shared;
static void (*begin_shared)(struct pending *);

static DWORD begins(void *unused)
{
    (void)unused;
    begin_shared(&shared);
    return 0;
}

START_TEST(thread_takes_along)
{
    winsock_start();
    shared = kinds[_i].sockets();
    begin_shared = kinds[_i].begin;
    DWORD count, flags = 0;

    thread_join(thread_start(begins, NULL));

    expect_signaled(shared.operation->hEvent);
    expect_failed(WSAGetOverlappedResult(shared.s, shared.operation, &count, FALSE, &flags),
                  WSA_OPERATION_ABORTED);
}
END_TEST
COVERS_ROWS(thread_takes_along, kinds);

START_TEST(thread_leaves_its_socket)
{
    winsock_start();
    shared = connection();
    begin_shared = begin_receive;

    thread_join(thread_start(begins, NULL));

    send_all(shared.other, "later", 5);
    expect_receives(shared.s, "later", 5);
}
END_TEST
COVERS(thread_leaves_its_socket, "stream.wsarecv.thread_exit_takes_no_data");

START_TEST(thread_of_an_operation_of_a_port)
{
    winsock_start();
    shared = connection();
    shared.operation->hEvent = NULL;
    HANDLE port = CreateIoCompletionPort((HANDLE)shared.s, NULL, 4711, 0);
    require(port != NULL);
    begin_shared = begin_receive;
    thread_join(thread_start(begins, NULL));
    send_all(shared.other, "later", 5);
    DWORD count = 0;
    ULONG_PTR key = 0;
    OVERLAPPED *operation = NULL;

    BOOL done = GetQueuedCompletionStatus(port, &count, &key, &operation, step_limit());

    if (done) {
        expect_number(count, 5);
        expect_bytes(room, "later", 5);
    } else
        expect_failed(done, ERROR_OPERATION_ABORTED);
    record("a receive of a port whose thread has ended", done ? "goes on" : "is aborted");
    expect_number(key, 4711);
    expect_pointer(operation, shared.operation);
}
END_TEST
COVERS(thread_of_an_operation_of_a_port, "stream.wsarecv.thread_exit_port");

/* ---- Completion routines ---- */

static DWORD routine_error, routine_count;
static unsigned routine_calls;

static void CALLBACK routine(DWORD error, DWORD count, WSAOVERLAPPED *operation, DWORD flags)
{
    (void)operation;
    (void)flags;
    routine_error = error;
    routine_count = count;
    routine_calls++;
}

static void begin_with_routine(struct pending *p)
{
    WSABUF buffer = {.len = sizeof(room), .buf = room};
    DWORD flags = 0;
    int result = WSARecv(p->s, &buffer, 1, NULL, &flags, p->operation, routine);
    require(result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);
}

/* Waits, alertable, until the routine has been called. */
static bool routine_is_called(void)
{
    for (ULONGLONG end = GetTickCount64() + step_limit(); !routine_calls && GetTickCount64() < end;)
        SleepEx(10, TRUE);
    return routine_calls != 0;
}

START_TEST(routine_of_an_ended_stream)
{
    winsock_start();
    struct pending p = connection();
    begin_with_routine(&p);

    socket_close(p.other);

    expect_true(routine_is_called());
    expect_error(routine_error, 0);
    expect_number(routine_count, 0);
}
END_TEST
COVERS(routine_of_an_ended_stream, "stream.wsarecv.routine_graceful");

static void close_hard(SOCKET s)
{
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    require(setsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard)) == 0);
    socket_close(s);
}

START_TEST(routine_of_a_reset)
{
    winsock_start();
    struct pending p = connection();
    begin_with_routine(&p);

    close_hard(p.other);

    expect_true(routine_is_called());
    expect_error(routine_error, WSAECONNRESET);
    expect_number(routine_count, 0);
}
END_TEST
COVERS(routine_of_a_reset, "stream.wsarecv.routine_reset");

START_TEST(routine_of_a_closed_socket)
{
    winsock_start();
    struct pending p = connection();
    begin_with_routine(&p);

    int result = closesocket(p.s);

    expect_number(result, 0);
    expect_true(routine_is_called());
    expect_number(routine_count, 0);
    expect_true(routine_error != 0);
    char text[80];
    record("the routine of a receive whose socket was closed", "%s",
           error_text(routine_error, text, sizeof(text)));
}
END_TEST
COVERS(routine_of_a_closed_socket, "stream.close.pending_routine_runs");

START_TEST(routine_of_a_cancelled_receive)
{
    winsock_start();
    struct pending p = connection();
    begin_with_routine(&p);

    BOOL cancelled = CancelIoEx((HANDLE)p.s, p.operation);

    expect_succeeded(cancelled);
    expect_true(routine_is_called());
    expect_error(routine_error, WSA_OPERATION_ABORTED);
    expect_number(routine_calls, 1);
}
END_TEST
COVERS(routine_of_a_cancelled_receive, "stream.wsarecv.routine_cancelled");

/* ---- Ports ---- */

START_TEST(packet_of_a_reset)
{
    winsock_start();
    struct pending p = connection();
    HANDLE port = CreateIoCompletionPort((HANDLE)p.s, NULL, 4711, 0);
    require(port != NULL);
    begin_receive(&p);
    close_hard(p.other);
    DWORD count = 4711;
    ULONG_PTR key = 0;
    OVERLAPPED *operation = NULL;

    BOOL done = GetQueuedCompletionStatus(port, &count, &key, &operation, step_limit());

    expect_failed(done, ERROR_NETNAME_DELETED);
    expect_number(count, 0);
    expect_number(key, 4711);
    expect_pointer(operation, p.operation);
}
END_TEST
COVERS(packet_of_a_reset, "stream.wsarecv.packet_reset");

/* ---- The peer's process ---- */

PEER(hold_connection)
{
    winsock_start();
    stream_connect((unsigned)peer_number(0));
    checkpoint_wait("never");
}

START_TEST(receive_from_a_process_that_is_killed)
{
    winsock_start();
    SOCKET acceptor = stream_listen();
    struct peer *peer = peer_start(hold_connection, given_number(socket_port(acceptor)));
    struct pending p = {.s = stream_accept(acceptor), .operation = operation_with_event()};
    begin_receive(&p);
    expect_not_signaled(p.operation->hEvent);
    DWORD count, flags = 0;

    peer_kill(peer);

    expect_signaled(p.operation->hEvent);
    BOOL done = WSAGetOverlappedResult(p.s, p.operation, &count, FALSE, &flags);
    if (done)
        expect_number(count, 0);
    else
        expect_failed(done, WSAECONNRESET);
}
END_TEST
COVERS(receive_from_a_process_that_is_killed, "stream.close.process_end_ends_connection");

/* ---- Closing, cancelling, ending one direction ---- */

START_TEST(closing_ends_a_send)
{
    winsock_start();
    struct pending p = connection();
    begin_send(&p);

    int result = closesocket(p.s);

    expect_number(result, 0);
    expect_signaled(p.operation->hEvent);
    expect_true((LONG)p.operation->Internal < 0);
}
END_TEST
COVERS(closing_ends_a_send, "stream.close.pending_send_aborted");

START_TEST(cancelling_ends_a_send)
{
    winsock_start();
    struct pending p = connection();
    begin_send(&p);
    DWORD count, flags = 0;

    BOOL cancelled = CancelIoEx((HANDLE)p.s, p.operation);

    expect_succeeded(cancelled);
    expect_signaled(p.operation->hEvent);
    expect_failed(WSAGetOverlappedResult(p.s, p.operation, &count, FALSE, &flags),
                  WSA_OPERATION_ABORTED);
}
END_TEST
COVERS(cancelling_ends_a_send, "stream.wsasend.cancelled");

START_TEST(reset_ends_a_send)
{
    winsock_start();
    struct pending p = connection();
    begin_send(&p);
    DWORD count, flags = 0;

    close_hard(p.other);

    expect_signaled(p.operation->hEvent);
    expect_failed(WSAGetOverlappedResult(p.s, p.operation, &count, FALSE, &flags), WSAECONNRESET);
}
END_TEST
COVERS(reset_ends_a_send, "stream.wsasend.pending_reset");

START_TEST(end_of_sending_leaves_a_receive)
{
    winsock_start();
    struct pending p = connection();
    begin_receive(&p);
    DWORD count, flags = 0;

    int result = shutdown(p.s, SD_SEND);

    expect_number(result, 0);
    expect_not_signaled(p.operation->hEvent);
    send_all(p.other, "later", 5);
    expect_signaled(p.operation->hEvent);
    expect_succeeded(WSAGetOverlappedResult(p.s, p.operation, &count, FALSE, &flags));
    expect_number(count, 5);
}
END_TEST
COVERS(end_of_sending_leaves_a_receive, "stream.wsarecv.pending_survives_sd_send");

START_TEST(end_of_sending_waits_for_a_send)
{
    winsock_start();
    struct pending p = connection();
    begin_send(&p);
    static char bytes[1 << 16];
    DWORD count, flags = 0;

    int result = shutdown(p.s, SD_SEND);

    expect_number(result, 0);
    int got;
    while ((got = recv(p.other, bytes, sizeof(bytes), 0)) > 0)
        ;
    expect_socket_succeeded(got);
    expect_signaled(p.operation->hEvent);
    expect_succeeded(WSAGetOverlappedResult(p.s, p.operation, &count, FALSE, &flags));
    expect_number(count, LARGE);
}
END_TEST
COVERS(end_of_sending_waits_for_a_send, "stream.shutdown.pending_send_completes");
