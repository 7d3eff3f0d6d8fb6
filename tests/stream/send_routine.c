/* The completion routine of WSASend, and what routines of every kind may begin. */
#include "winsock/winsock.h"

static struct told {
    DWORD calls, error, count, flags;
    WSAOVERLAPPED *operation;
} told;

static void CALLBACK tells(DWORD error, DWORD count, LPWSAOVERLAPPED operation, DWORD flags)
{
    told = (struct told){told.calls + 1, error, count, flags, operation};
}

/* What the system writes to while an operation is pending, even after a test has failed. */
static WSAOVERLAPPED operation, second_operation;
static char room[8], second_room[8];
static DWORD flags, second_flags;
static WSABUF hello = {.len = 5, .buf = "hello"};

static void let_routines_run(void)
{
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
}

START_TEST(is_told)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    told.flags = 99;

    int result = WSASend(pair.client, &hello, 1, NULL, MSG_DONTROUTE, &operation, tells);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    let_routines_run();
    expect_number(told.calls, 1);
    expect_error(told.error, 0);
    expect_number(told.count, 5);
    expect_number(told.flags, 0);
    expect_pointer(told.operation, &operation);
}
END_TEST
COVERS(is_told, "stream.wsasend.routine_arguments");

START_TEST(does_not_run_in_the_call)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int result = WSASend(pair.client, &hello, 1, NULL, 0, &operation, tells);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_number(told.calls, 0);
    let_routines_run();
    expect_number(told.calls, 1);
    expect_receives(pair.server, "hello", 5);
}
END_TEST
COVERS(does_not_run_in_the_call, "stream.wsasend.immediate_routine");

START_TEST(is_told_of_a_cancelled_send)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    enum { LARGE = 1 << 24 };
    WSABUF large = {.len = LARGE, .buf = zero_bytes(LARGE)};
    set_nonblocking(pair.client, true);
    while (send(pair.client, large.buf, LARGE, 0) > 0)
        ;
    require(GetLastError() == WSAEWOULDBLOCK);
    require(WSASend(pair.client, &large, 1, NULL, 0, &operation, tells) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);

    BOOL cancelled = CancelIoEx((HANDLE)pair.client, &operation);

    expect_succeeded(cancelled);
    let_routines_run();
    expect_error(told.error, WSA_OPERATION_ABORTED);
    expect_number(told.calls, 1);
}
END_TEST
COVERS(is_told_of_a_cancelled_send, "stream.wsasend.routine_cancelled");

START_TEST(several_run_in_one_wait)
{
    winsock_start();
    struct stream_pair one = stream_pair_open(), other = stream_pair_open();
    int first = WSASend(one.client, &hello, 1, NULL, 0, &operation, tells);
    require(first == 0 || GetLastError() == WSA_IO_PENDING);
    int second = WSASend(other.client, &hello, 1, NULL, 0, &second_operation, tells);
    require(second == 0 || GetLastError() == WSA_IO_PENDING);
    if (first || second)
        unsupported("so little is not taken at once");
    WSAEVENT never = event_create();

    DWORD waited = WSAWaitForMultipleEvents(1, &never, FALSE, step_limit(), TRUE);

    expect_number(waited, WSA_WAIT_IO_COMPLETION);
    expect_number(told.calls, 2);
}
END_TEST
COVERS(several_run_in_one_wait, "stream.wsasend.all_routines_in_one_wait");

/* ---- What is begun in a routine ---- */

static SOCKET next;

static void CALLBACK sends(DWORD error, DWORD count, LPWSAOVERLAPPED done, DWORD flags_then)
{
    tells(error, count, done, flags_then);
    int result = WSASend(next, &hello, 1, NULL, 0, &second_operation, tells);
    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
}

static void CALLBACK receives(DWORD error, DWORD count, LPWSAOVERLAPPED done, DWORD flags_then)
{
    tells(error, count, done, flags_then);
    WSABUF buffer = {.len = sizeof(second_room), .buf = second_room};
    int result = WSARecv(next, &buffer, 1, NULL, &second_flags, &second_operation, tells);
    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
}

static int after_wsasend(SOCKET s, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    return WSASend(s, &hello, 1, NULL, 0, &operation, routine);
}

static int after_wsasendto(SOCKET s, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    struct sockaddr_in self = socket_name(s);
    return WSASendTo(s, &hello, 1, NULL, 0, (struct sockaddr *)&self, sizeof(self), &operation,
                     routine);
}

/* S sends to itself what it is to receive. */
static int after_wsarecv(SOCKET s, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    send_datagram(s, s, "x");
    return WSARecv(s, &(WSABUF){.len = sizeof(room), .buf = room}, 1, NULL, &flags, &operation,
                   routine);
}

static int after_wsarecvfrom(SOCKET s, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    send_datagram(s, s, "x");
    return WSARecvFrom(s, &(WSABUF){.len = sizeof(room), .buf = room}, 1, NULL, &flags, NULL, NULL,
                       &operation, routine);
}

static const struct {
    struct row row;
    int (*begin)(SOCKET, LPWSAOVERLAPPED_COMPLETION_ROUTINE);
    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine;
} begun[] = {
    {{"wsasend_after_wsarecv", "stream.wsasend.from_any_routine"}, after_wsarecv, sends},
    {{"wsasend_after_wsarecvfrom", "stream.wsasend.from_any_routine"}, after_wsarecvfrom, sends},
    {{"wsasend_after_wsasendto", "stream.wsasend.from_any_routine"}, after_wsasendto, sends},
    {{"wsarecv_after_wsasend", "stream.wsarecv.from_any_routine"}, after_wsasend, receives},
    {{"wsarecv_after_wsasendto", "stream.wsarecv.from_any_routine"}, after_wsasendto, receives},
    {{"wsarecv_after_wsarecvfrom", "stream.wsarecv.from_any_routine"}, after_wsarecvfrom, receives},
};

/* The first operation is one of datagrams where it can be; the second is always one of a stream. */
START_TEST(begins)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    bool sending = begun[_i].routine == sends;
    SOCKET first = begun[_i].begin == after_wsasend ? pair.server : socket_bound(SOCK_DGRAM);
    next = pair.server;
    int result = begun[_i].begin(first, begun[_i].routine);
    require(result == 0 || GetLastError() == WSA_IO_PENDING);

    let_routines_run();

    if (sending)
        expect_receives(pair.client, "hello", 5);
    else
        send_all(pair.client, "answer", 6);
    while (told.calls < 2)
        let_routines_run();
    expect_pointer(told.operation, &second_operation);
    expect_number(told.count, sending ? 5 : 6);
    if (!sending)
        expect_bytes(second_room, "answer", 6);
}
END_TEST
COVERS_ROWS(begins, begun);

/* ---- Routines in routines ---- */

static int depth, deepest;

static void CALLBACK waits(DWORD error, DWORD count, LPWSAOVERLAPPED done, DWORD flags_then)
{
    if (++depth > deepest)
        deepest = depth;
    tells(error, count, done, flags_then);
    if (depth == 1)
        SleepEx(0, TRUE);
    depth--;
}

START_TEST(routine_that_waits_alertably)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    int result = WSASend(pair.client, &hello, 1, NULL, 0, &operation, waits);
    require(result == 0 || GetLastError() == WSA_IO_PENDING);
    result = WSASend(pair.client, &hello, 1, NULL, 0, &second_operation, waits);
    require(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_receives(pair.server, "hellohello", 10);

    while (told.calls < 2)
        let_routines_run();

    record("a routine that waits alertably", deepest > 1 ? "is interrupted" : "is not interrupted");
}
END_TEST
COVERS(routine_that_waits_alertably, "stream.wsasend.routines_not_nested");
