/* WSARecvFrom: several buffers, overlapped, events and completion routines. */
#include "overlapped.h"

static char received[3][16];
static struct sockaddr_in source;
static int source_size;

static int send_counted(SOCKET s, DWORD *count)
{
    struct sockaddr_in to = socket_name(s);
    return WSASendTo(s, two, 2, count, 0, (struct sockaddr *)&to, sizeof(to), with_event(0), NULL);
}

static int receive_counted(SOCKET s, DWORD *count)
{
    WSABUF buffer = {.len = sizeof(received[0]), .buf = received[0]};
    static DWORD flags;
    send_datagram(s, s, "headtail");
    wait_readable(s);
    return WSARecvFrom(s, &buffer, 1, count, &flags, NULL, NULL, with_event(0), NULL);
}

static const struct {
    struct row row;
    int (*call)(SOCKET, DWORD *);
} counted[] = {
    {{"sending", "dgram.wsasendto.count_with_overlapped"}, send_counted},
    {{"receiving", "dgram.wsarecvfrom.count_with_overlapped"}, receive_counted},
};

START_TEST(count_beside_an_overlapped)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    static DWORD count;
    DWORD result_count = 0, flags = 0;
    count = 99;

    int result = counted[_i].call(s, &count);

    if (result == SOCKET_ERROR) {
        expect_socket_failed(result, WSA_IO_PENDING);
        expect_number(count, 99);
    } else {
        expect_number(count, 8);
    }
    expect_succeeded(result_of(s, &operations[0], &result_count, &flags));
    expect_number(result_count, 8);
}
END_TEST
COVERS_ROWS(count_beside_an_overlapped, counted);

START_TEST(buffers_are_filled_in_order)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    char first[4], second[16];
    WSABUF buffers[] = {{.len = 4, .buf = first}, {.len = 16, .buf = second}};
    DWORD got = 99, flags = 0;
    send_datagram(s, receiver, "headtail");

    int result = WSARecvFrom(receiver, buffers, 2, &got, &flags, NULL, NULL, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(got, 8);
    expect_number(flags, 0);
    expect_bytes(first, "head", 4);
    expect_bytes(second, "tail", 4);
}
END_TEST
COVERS(buffers_are_filled_in_order, "dgram.wsarecvfrom.scatter_order",
       "dgram.wsarecvfrom.null_from", "dgram.wsarecvfrom.partial_out_clear",
       "dgram.scatter.unused_buffers");

START_TEST(too_little_room)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    char first[3], second[3];
    WSABUF buffers[] = {{.len = 3, .buf = first}, {.len = 3, .buf = second}};
    DWORD got = 99, flags = 0;
    send_datagram(s, receiver, "headtail");
    send_datagram(s, receiver, "next");

    int result = WSARecvFrom(receiver, buffers, 2, &got, &flags, NULL, NULL, NULL, NULL);

    expect_socket_failed(result, WSAEMSGSIZE);
    expect_bytes(first, "hea", 3);
    expect_bytes(second, "dta", 3);
    expect_datagram(receiver, "next");
}
END_TEST
COVERS(too_little_room, "dgram.wsarecvfrom.scatter_truncation");

static const struct {
    struct row row;
    bool nonblocking;
} modes[] = {
    {{"blocking", "dgram.wsarecvfrom.pending"}, false},
    {{"nonblocking", "dgram.wsarecvfrom.pending_nonblocking"}, true},
};

static int receive_from(SOCKET s, int i)
{
    WSABUF buffer = {.len = sizeof(received[i]), .buf = received[i]};
    DWORD flags = 0;
    source_size = sizeof(source);
    return WSARecvFrom(s, &buffer, 1, NULL, &flags, (struct sockaddr *)&source, &source_size,
                       with_event(i), NULL);
}

START_TEST(pends)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in expected = socket_name(s);
    DWORD got = 0, flags = 99;
    set_nonblocking(receiver, modes[_i].nonblocking);
    memset(&source, 'x', sizeof(source));

    int result = receive_from(receiver, 0);

    expect_socket_failed(result, WSA_IO_PENDING);
    expect_not_signaled(operations[0].hEvent);
    expect_filled(&source, 'x', sizeof(source));
    send_datagram(s, receiver, "hello");
    expect_succeeded(result_of(receiver, &operations[0], &got, &flags));
    expect_number(got, 5);
    expect_bytes(received[0], "hello", 5);
    expect_bytes(&source, &expected, NAME_SIZE);
    expect_number(flags, 0);
}
END_TEST
COVERS_ROWS(pends, modes, "dgram.wsarecvfrom.from_at_completion");

START_TEST(several_in_the_order_of_calls)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    DWORD got = 0, flags = 0;
    require(receive_from(receiver, 0) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);
    require(receive_from(receiver, 1) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);

    send_datagram(s, receiver, "one");
    send_datagram(s, receiver, "two");

    expect_succeeded(result_of(receiver, &operations[0], &got, &flags));
    expect_bytes(received[0], "one", 3);
    expect_succeeded(result_of(receiver, &operations[1], &got, &flags));
    expect_bytes(received[1], "two", 3);
}
END_TEST
COVERS(several_in_the_order_of_calls, "dgram.wsarecvfrom.multiple_posted_order");

START_TEST(what_waits_completes_with_its_event)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    DWORD got = 0, flags = 0;
    send_datagram(s, receiver, "hello");
    wait_readable(receiver);

    int result = receive_from(receiver, 0);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_succeeded(result_of(receiver, &operations[0], &got, &flags));
    expect_number(got, 5);
}
END_TEST
COVERS(what_waits_completes_with_its_event, "dgram.wsarecvfrom.immediate_indication");

START_TEST(pending_receive_with_too_little_room)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    WSABUF buffer = {.len = 3, .buf = received[0]};
    DWORD got = 0, flags = 0;
    require(WSARecvFrom(receiver, &buffer, 1, NULL, &flags, NULL, NULL, with_event(0), NULL) ==
                SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);
    send_datagram(s, receiver, "hello");

    BOOL done = result_of(receiver, &operations[0], &got, &flags);

    expect_failed(done, WSAEMSGSIZE);
    expect_bytes(received[0], "hel", 3);
}
END_TEST
COVERS(pending_receive_with_too_little_room, "dgram.wsarecvfrom.delayed_truncation",
       "winsock.overlapped_result.fail_code");

static const struct {
    struct row row;
    bool bound;
    int room; /* for the source; 0: not asked for */
    DWORD error;
} refusals[] = {
    {{"unbound", "dgram.wsarecvfrom.einval_unbound"}, false, 0, WSAEINVAL},
    {{"nothing_there", "dgram.wsarecvfrom.sync_ewouldblock"}, true, 0, WSAEWOULDBLOCK},
};

START_TEST(receive_fails_when)
{
    winsock_start();
    SOCKET s = refusals[_i].bound ? socket_bound(SOCK_DGRAM) : socket_open(SOCK_DGRAM);
    char byte;
    WSABUF buffer = {.len = 1, .buf = &byte};
    DWORD got = 99, flags = 0;
    set_nonblocking(s, true);

    int result = WSARecvFrom(s, &buffer, 1, &got, &flags, NULL, NULL, NULL, NULL);

    expect_socket_failed(result, refusals[_i].error);
}
END_TEST
COVERS_ROWS(receive_fails_when, refusals);

START_TEST(short_room_for_the_source)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    WSABUF buffer = {.len = sizeof(received[0]), .buf = received[0]};
    DWORD got = 99, flags = 0;
    int size = sizeof(source) - 1;
    send_datagram(s, receiver, "hello");
    wait_readable(receiver);

    int result = WSARecvFrom(receiver, &buffer, 1, &got, &flags, (struct sockaddr *)&source, &size,
                             NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(short_room_for_the_source, "dgram.wsarecvfrom.fromlen_small");

START_TEST(pending_receive_leaves_count_and_flags)
{
    winsock_start();
    SOCKET receiver = socket_bound(SOCK_DGRAM);
    WSABUF buffer = {.len = sizeof(received[0]), .buf = received[0]};
    static DWORD got, flags; /* the system may write to them later */
    DWORD result_flags = 0;
    got = 99;

    int result = WSARecvFrom(receiver, &buffer, 1, &got, &flags, NULL, NULL, with_event(0), NULL);

    expect_socket_failed(result, WSA_IO_PENDING);
    expect_number(got, 99);
    send_datagram(receiver, receiver, "hello");
    DWORD count = 0;
    expect_succeeded(result_of(receiver, &operations[0], &count, &result_flags));
    expect_number(count, 5);
    expect_number(got, 99);
    expect_number(flags, 0);
}
END_TEST
COVERS(pending_receive_leaves_count_and_flags, "dgram.wsarecvfrom.count_not_updated_pending",
       "dgram.wsarecvfrom.flags_delayed");

static unsigned routine_depth, routine_deepest, routine_runs;
static SOCKET routine_socket;

static void CALLBACK receive_again(DWORD error, DWORD count, WSAOVERLAPPED *operation, DWORD flags)
{
    (void)error, (void)count, (void)flags;
    if (++routine_depth > routine_deepest)
        routine_deepest = routine_depth;
    if (++routine_runs < 3) {
        static WSABUF buffer = {.len = sizeof(received[0]), .buf = received[0]};
        static DWORD no_flags;
        WSARecvFrom(routine_socket, &buffer, 1, NULL, &no_flags, NULL, NULL, operation,
                    receive_again);
    }
    routine_depth--;
}

START_TEST(routines_do_not_nest)
{
    winsock_start();
    SOCKET s = routine_socket = socket_bound(SOCK_DGRAM);
    WSABUF buffer = {.len = sizeof(received[0]), .buf = received[0]};
    DWORD flags = 0;
    for (int i = 0; i < 3; i++)
        send_datagram(s, s, "hello");
    wait_readable(s);

    int result =
        WSARecvFrom(s, &buffer, 1, NULL, &flags, NULL, NULL, &operations[0], receive_again);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    for (int i = 0; i < 3 && routine_runs < 3; i++)
        expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(routine_runs, 3);
    expect_number(routine_deepest, 1);
}
END_TEST
COVERS(routines_do_not_nest, "dgram.wsarecvfrom.no_nesting");

static unsigned routines_run;

static void CALLBACK count_run(DWORD error, DWORD count, WSAOVERLAPPED *operation, DWORD flags)
{
    (void)error, (void)count, (void)operation, (void)flags;
    routines_run++;
}

START_TEST(all_routines_run_in_one_wait)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    static char bytes[3][16];
    for (int i = 0; i < 3; i++) {
        WSABUF buffer = {.len = 16, .buf = bytes[i]};
        DWORD flags = 0;
        send_datagram(s, s, "hello");
        wait_readable(s);
        int result =
            WSARecvFrom(s, &buffer, 1, NULL, &flags, NULL, NULL, &operations[i], count_run);
        require(result == 0); /* at once: its routine is queued already */
    }

    DWORD result = SleepEx(step_limit(), TRUE);

    expect_number(result, WAIT_IO_COMPLETION);
    expect_number(routines_run, 3);
}
END_TEST
COVERS(all_routines_run_in_one_wait, "dgram.wsarecvfrom.order_all_run");
