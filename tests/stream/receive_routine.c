/* WSARecv: its completion routine, its event, its flags and its buffers. */
#include "extension.h"

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
static DWORD flags;

static int receive(SOCKET s, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    return WSARecv(s, &(WSABUF){.len = sizeof(room), .buf = room}, 1, NULL, &flags, &operation,
                   routine);
}

static void let_routines_run(void)
{
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
}

START_TEST(routine_is_told)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(receive(pair.server, tells) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);

    send_all(pair.client, "hello", 5);

    let_routines_run();
    expect_number(told.calls, 1);
    expect_number(told.error, 0);
    expect_number(told.count, 5);
    expect_number(told.flags, 0);
    expect_pointer(told.operation, &operation);
    expect_bytes(room, "hello", 5);
}
END_TEST
COVERS(routine_is_told, "stream.wsarecv.routine_arguments");

START_TEST(routine_waits_for_an_alertable_wait)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE never = event_create();
    require(receive(pair.server, tells) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);
    send_all(pair.client, "x", 1);

    expect_stays_unsignaled(never); /* a wait that is not alertable */

    expect_number(told.calls, 0);
    let_routines_run();
    expect_number(told.calls, 1);
}
END_TEST
COVERS(routine_waits_for_an_alertable_wait, "stream.wsarecv.routine_only_alertable");

START_TEST(routine_runs_though_all_was_there)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "hello", 5);
    wait_readable(pair.server);

    int result = receive(pair.server, tells);

    expect_socket_succeeded(result);
    expect_number(told.calls, 0);
    let_routines_run();
    expect_number(told.calls, 1);
    expect_number(told.count, 5);
}
END_TEST
COVERS(routine_runs_though_all_was_there, "stream.wsarecv.immediate_routine");

START_TEST(event_is_set_though_all_was_there)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "hello", 5);
    wait_readable(pair.server);
    operation.hEvent = event_create();

    int result = receive(pair.server, NULL);

    expect_socket_succeeded(result);
    expect_signaled(operation.hEvent);
}
END_TEST
COVERS(event_is_set_though_all_was_there, "stream.wsarecv.immediate_event");

START_TEST(routine_leaves_the_event)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = operation.hEvent = event_create();
    require(receive(pair.server, tells) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);

    send_all(pair.client, "x", 1);

    let_routines_run();
    expect_number(told.count, 1);
    expect_not_signaled(event);
    expect_pointer(told.operation->hEvent, event);
}
END_TEST
COVERS(routine_leaves_the_event, "stream.wsarecv.routine_ignores_event");

static SOCKET next;

static void CALLBACK goes_on(DWORD error, DWORD count, LPWSAOVERLAPPED done, DWORD flags_then)
{
    tells(error, count, done, flags_then);
    WSABUF buffer = {.len = sizeof(second_room), .buf = second_room};
    static DWORD no_flags;
    int result = WSARecv(next, &buffer, 1, NULL, &no_flags, &second_operation, tells);
    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
}

START_TEST(routine_may_receive)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    next = pair.server;
    require(receive(pair.server, goes_on) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);
    send_all(pair.client, "first", 5);
    let_routines_run();
    expect_number(told.calls, 1);

    send_all(pair.client, "second", 6);

    let_routines_run();
    expect_number(told.calls, 2);
    expect_pointer(told.operation, &second_operation);
    expect_bytes(room, "first", 5);
    expect_bytes(second_room, "second", 6);
}
END_TEST
COVERS(routine_may_receive, "stream.wsarecv.from_routine");

START_TEST(several_routines_run_in_one_wait)
{
    winsock_start();
    struct stream_pair one = stream_pair_open(), other = stream_pair_open();
    WSABUF buffer = {.len = sizeof(second_room), .buf = second_room};
    DWORD no_flags = 0;
    send_all(one.client, "x", 1);
    send_all(other.client, "y", 1);
    wait_readable(one.server);
    wait_readable(other.server);
    require(receive(one.server, tells) == 0);
    require(WSARecv(other.server, &buffer, 1, NULL, &no_flags, &second_operation, tells) == 0);
    WSAEVENT never = event_create();

    DWORD waited = WSAWaitForMultipleEvents(1, &never, FALSE, step_limit(), TRUE);

    expect_number(waited, WSA_WAIT_IO_COMPLETION);
    expect_number(told.calls, 2);
}
END_TEST
COVERS(several_routines_run_in_one_wait, "stream.wsarecv.all_routines_in_one_wait");

START_TEST(flags_are_stored_at_once_or_not_at_all)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    operation.hEvent = event_create();
    flags = 0x20; /* MSG_PUSH_IMMEDIATE */
    DWORD count, at_the_end = 99;

    int result = receive(pair.server, NULL);

    expect_socket_failed(result, WSA_IO_PENDING);
    expect_number(flags, 0x20);
    send_all(pair.client, "x", 1);
    expect_signaled(operation.hEvent);
    expect_succeeded(WSAGetOverlappedResult(pair.server, &operation, &count, FALSE, &at_the_end));
    expect_number(flags, 0x20);
    expect_number(at_the_end, 0);
}
END_TEST
COVERS(flags_are_stored_at_once_or_not_at_all, "stream.wsarecv.pending_flags_untouched",
       "stream.gor.flags");

START_TEST(count_is_needed_without_overlapped)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "x", 1);
    wait_readable(pair.server);
    WSABUF buffer = {.len = sizeof(room), .buf = room};

    int result = WSARecv(pair.server, &buffer, 1, NULL, &flags, NULL, NULL);

    expect_number(result, SOCKET_ERROR); /* the page does not say with which error */
}
END_TEST
COVERS(count_is_needed_without_overlapped, "stream.wsarecv.count_null_needs_overlapped");

START_TEST(array_of_buffers_need_not_last)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    operation.hEvent = event_create();
    WSABUF two[] = {{.len = 2, .buf = room}, {.len = 6, .buf = second_room}};
    require(WSARecv(pair.server, two, 2, NULL, &flags, &operation, NULL) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);

    memset(two, 0, sizeof(two));

    send_all(pair.client, "hello", 5);
    expect_signaled(operation.hEvent);
    expect_bytes(room, "he", 2);
    expect_bytes(second_room, "llo", 3);
}
END_TEST
COVERS(array_of_buffers_need_not_last, "stream.wsarecv.wsabuf_captured");

static const struct {
    struct row row;
    bool overlapped;
} forms[] = {{{"plain", NULL}, false}, {{"overlapped", NULL}, true}};

START_TEST(needs_memory)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "hello", 5);
    wait_readable(pair.server);
    void *nowhere = memory_nowhere();
    WSABUF buffer = {.len = 5, .buf = nowhere};
    DWORD count;

    int result = WSARecv(pair.server, &buffer, 1, &count, &flags,
                         forms[_i].overlapped ? &operation : NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_receives(pair.server, "hello", 5);
}
END_TEST
COVERS_ROWS(needs_memory, forms, "stream.wsarecv.bad_buffer_efault");

START_TEST(does_not_wait_when_nonblocking)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSABUF buffer = {.len = sizeof(room), .buf = room};
    DWORD count = 99;
    set_nonblocking(pair.server, true);

    int result = WSARecv(pair.server, &buffer, 1, &count, &flags, NULL, NULL);

    expect_socket_failed(result, WSAEWOULDBLOCK);
}
END_TEST
COVERS(does_not_wait_when_nonblocking, "stream.wsarecv.nonblocking_wouldblock");

START_TEST(urgent_data)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    fd_set urgent = {.fd_count = 1, .fd_array = {pair.server}};
    TIMEVAL limit = select_limit();
    send_all(pair.client, "normal", 6);
    require(send(pair.client, "!", 1, MSG_OOB) == 1);
    require(select(0, NULL, NULL, &urgent, &limit) == 1);
    WSABUF buffer = {.len = sizeof(room), .buf = room};
    DWORD count = 0;
    flags = MSG_OOB;

    int result = WSARecv(pair.server, &buffer, 1, &count, &flags, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(count, 1);
    expect_bytes(room, "!", 1);
    expect_receives(pair.server, "normal", 6);
}
END_TEST
COVERS(urgent_data, "stream.wsarecv.oob");

START_TEST(urgent_data_of_datagrams)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    send_datagram(s, s, "hello");
    wait_readable(s);
    WSABUF buffer = {.len = sizeof(room), .buf = room};
    DWORD count;
    flags = MSG_OOB;

    int result = WSARecv(s, &buffer, 1, &count, &flags, NULL, NULL);

    expect_socket_failed(result, WSAEOPNOTSUPP);
    expect_datagram(s, "hello");
}
END_TEST
COVERS(urgent_data_of_datagrams, "stream.wsarecv.oob_dgram_eopnotsupp");
