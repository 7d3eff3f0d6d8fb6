/* WSAIoctl and ioctlsocket: blocking mode while events are watched, counts and pointers, and how
 * what is pending ends. */
#include "option.h"

static struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = 0x0100007F};
static u_long on = 1, off = 0;

/* What the system writes to while an operation is pending, even after a test has failed. */
static OVERLAPPED operation;
static char room[128];
static DWORD size;

#define NOWHERE ((void *)(UINT_PTR)1)

/* ---- FIONBIO */

START_TEST(watched_socket_stays_nonblocking)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    require(WSAEventSelect(s, event_create(), FD_READ) == 0);

    int result = WSAIoctl(s, FIONBIO, &off, sizeof(off), NULL, 0, &size, NULL, NULL);

    expect_socket_failed(result, WSAEINVAL);
    expect_socket_succeeded(WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, &size, NULL, NULL));
    require(WSAEventSelect(s, NULL, 0) == 0);
    expect_socket_succeeded(WSAIoctl(s, FIONBIO, &off, sizeof(off), NULL, 0, &size, NULL, NULL));
}
END_TEST
COVERS(watched_socket_stays_nonblocking, "winsock.ioctl.fionbio_einval_eventselect");

START_TEST(any_number_is_nonblocking)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    u_long many = 0x100;
    char byte;
    limit_receives(s, step_limit() / 10);

    int result = ioctlsocket(s, FIONBIO, &many);

    expect_socket_succeeded(result);
    expect_socket_failed(recv(s, &byte, 1, 0), WSAEWOULDBLOCK);
}
END_TEST
COVERS(any_number_is_nonblocking, "winsock.ioctlsocket.fionbio_nonzero");

static const struct {
    struct row row;
    int type;
    bool again; /* made nonblocking, and blocking again */
} blocking[] = {
    {{"new_datagram", "winsock.ioctl.fionbio_default"}, SOCK_DGRAM, false},
    {{"datagram_again", "winsock.ioctl.fionbio_off"}, SOCK_DGRAM, true},
};

START_TEST(receive_waits)
{
    winsock_start();
    SOCKET s = socket_bound(blocking[_i].type);
    char byte;
    limit_receives(s, 20);
    if (blocking[_i].again) {
        set_nonblocking(s, true);
        expect_socket_succeeded(
            WSAIoctl(s, FIONBIO, &off, sizeof(off), NULL, 0, &size, NULL, NULL));
    }

    int got = recv(s, &byte, 1, 0);

    expect_socket_failed(got, WSAETIMEDOUT);
}
END_TEST
COVERS_ROWS(receive_waits, blocking);

/* ---- Pointers: room for the count is needed with an OVERLAPPED as well. */

static const struct {
    struct row row;
    int type;
    DWORD code;
    const void *in;
    DWORD in_size, out_size;
} uncounted[] = {
    {{"bytes_to_read", NULL}, SOCK_DGRAM, FIONREAD, NULL, 0, sizeof(u_long)},
    {{"mark", NULL}, SOCK_STREAM, SIOCATMARK, NULL, 0, sizeof(u_long)},
    {{"blocking_mode", NULL}, SOCK_DGRAM, FIONBIO, &on, sizeof(on), 0},
    {{"route", NULL}, SOCK_DGRAM, SIO_ROUTING_INTERFACE_QUERY, &here, sizeof(here), sizeof(here)},
};

START_TEST(count_beside_an_overlapped)
{
    winsock_start();
    needs_addresses_of(uncounted[_i].code);
    SOCKET s = socket_open(uncounted[_i].type);

    int result = WSAIoctl(s, uncounted[_i].code, (void *)uncounted[_i].in, uncounted[_i].in_size,
                          room, uncounted[_i].out_size, NULL, &operation, NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(WSAIoctl(s, uncounted[_i].code, (void *)uncounted[_i].in,
                                     uncounted[_i].in_size, room, uncounted[_i].out_size, &size,
                                     NULL, NULL));
}
END_TEST
COVERS_ROWS(count_beside_an_overlapped, uncounted, "winsock.ioctl.null_count_overlapped");

static const struct {
    struct row row;
    long command;
} nowheres[] = {
    {{"bytes_to_read", NULL}, FIONREAD},
    {{"mark", NULL}, SIOCATMARK},
    {{"blocking_mode", NULL}, FIONBIO},
};

START_TEST(argument_that_is_not_in_memory)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    u_long value = 0;

    int result = ioctlsocket(s, nowheres[_i].command, NOWHERE);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(ioctlsocket(s, nowheres[_i].command, &value));
}
END_TEST
COVERS_ROWS(argument_that_is_not_in_memory, nowheres, "winsock.ioctlsocket.efault_commands");

/* ---- States of a socket */

static const struct {
    struct row row;
    SOCKET (*open)(void);
} states[] = {
    {{"unbound", NULL}, NULL},
    {{"listening", NULL}, stream_listen},
};

START_TEST(in_any_state)
{
    winsock_start();
    SOCKET s = states[_i].open ? states[_i].open() : socket_open(SOCK_STREAM);
    u_long count = 99, mark = 99;

    int result = ioctlsocket(s, FIONREAD, &count);

    expect_socket_succeeded(result);
    expect_number(count, 0);
    expect_socket_succeeded(ioctlsocket(s, SIOCATMARK, &mark));
    expect_number(mark, TRUE);
    expect_socket_succeeded(ioctlsocket(s, FIONBIO, &on));
}
END_TEST
COVERS_ROWS(in_any_state, states, "winsock.ioctlsocket.any_state");

static int by_ioctlsocket(SOCKET s)
{
    return ioctlsocket(s, (long)FIOASYNC, &on);
}

static int by_wsaioctl(SOCKET s)
{
    return WSAIoctl(s, FIOASYNC, &on, sizeof(on), NULL, 0, &size, NULL, NULL);
}

static const struct {
    struct row row;
    int (*call)(SOCKET);
} asynchronous[] = {
    {{"ioctlsocket", "winsock.ioctlsocket.no_fioasync"}, by_ioctlsocket},
    {{"wsaioctl", "winsock.ioctl.no_fioasync"}, by_wsaioctl},
};

START_TEST(no_asynchronous_mode)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    int result = asynchronous[_i].call(s);

    expect_failed_somehow(result == 0);
}
END_TEST
COVERS_ROWS(no_asynchronous_mode, asynchronous);

/* ---- The size of the queue that is best for sending */

static int backlog_of(SOCKET s, ULONG *backlog)
{
    return WSAIoctl(s, CODE_IDEAL_SEND_BACKLOG, NULL, 0, backlog, sizeof(*backlog), &size, NULL,
                    NULL);
}

START_TEST(backlog_of_a_connection)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    ULONG backlog = 0;

    int result = backlog_of(pair.client, &backlog);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(backlog));
    expect_true(backlog > 0 && backlog <= 16 << 20);
}
END_TEST
COVERS(backlog_of_a_connection, "winsock.ioctl_backlog.connected");

START_TEST(backlog_without_connection)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    ULONG backlog = 0;

    int result = backlog_of(s, &backlog);

    expect_socket_failed(result, WSAENOTCONN);
}
END_TEST
COVERS(backlog_without_connection, "winsock.ioctl_backlog.unconnected");

/* ---- Completion */

static unsigned runs;
static DWORD routine_error = 99;
static HANDLE routine_event;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *done, DWORD flags)
{
    (void)count, (void)flags;
    runs++;
    routine_error = error;
    routine_event = done->hEvent;
}

START_TEST(routine_leaves_the_event)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = operation.hEvent = event_create();

    int result = WSAIoctl(s, FIONREAD, NULL, 0, room, sizeof(u_long), &size, &operation, note);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(runs, 1);
    expect_pointer(routine_event, event);
    expect_not_signaled(event);
}
END_TEST
COVERS(routine_leaves_the_event, "winsock.ioctl.routine_ignores_event");

START_TEST(routine_waits_for_an_alertable_wait)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE never = event_create();

    int result = WSAIoctl(s, FIONREAD, NULL, 0, room, sizeof(u_long), &size, &operation, note);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_stays_unsignaled(never); /* a wait that is not alertable */
    expect_number(runs, 0);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(runs, 1);
}
END_TEST
COVERS(routine_waits_for_an_alertable_wait, "winsock.ioctl.routine_only_alertable");

static int await_addresses(SOCKET s, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    return WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &size, &operation, routine);
}

START_TEST(closing_ends_what_is_pending)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    require(await_addresses(s, note) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);

    socket_close(s);

    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(runs, 1);
    expect_number(routine_error, WSA_OPERATION_ABORTED);
}
END_TEST
COVERS(closing_ends_what_is_pending, "winsock.ioctl.closed");

static SOCKET shared;

static DWORD begins(void *unused)
{
    (void)unused;
    require(await_addresses(shared, NULL) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);
    return 0;
}

START_TEST(thread_takes_along)
{
    winsock_start();
    shared = socket_open(SOCK_DGRAM);
    operation.hEvent = event_create();
    DWORD count = 0, flags = 0;

    thread_join(thread_start(begins, NULL));

    expect_signaled(operation.hEvent);
    expect_failed(WSAGetOverlappedResult(shared, &operation, &count, FALSE, &flags),
                  WSA_OPERATION_ABORTED);
}
END_TEST
COVERS(thread_takes_along, "winsock.ioctl.thread_exit_aborts");

START_TEST(nonblocking_socket_waits_overlapped)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    set_nonblocking(s, true);
    operation.hEvent = event_create();

    int result = await_addresses(s, NULL);

    expect_socket_failed(result, WSA_IO_PENDING);
    socket_close(s);
    expect_signaled(operation.hEvent);
}
END_TEST
COVERS(nonblocking_socket_waits_overlapped, "winsock.ioctl.address_list_change_nonblocking");

static int await_route(SOCKET s)
{
    return WSAIoctl(s, SIO_ROUTING_INTERFACE_CHANGE, &here, sizeof(here), NULL, 0, &size,
                    &operation, NULL);
}

START_TEST(change_of_routes_is_waited_for)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    operation.hEvent = event_create();

    int result = await_route(s);

    expect_socket_failed(result, WSA_IO_PENDING);
    expect_not_signaled(operation.hEvent);
}
END_TEST
COVERS(change_of_routes_is_waited_for, "winsock.ioctl.routing_change_pend");

/* ---- Handles and functions of each kind of socket */

static const struct {
    struct row row;
    int family, type;
} kinds[] = {
    {{"datagram", NULL}, AF_INET, SOCK_DGRAM},
    {{"ipv6_stream", NULL}, AF_INET6, SOCK_STREAM},
    {{"ipv6_datagram", NULL}, AF_INET6, SOCK_DGRAM},
};

START_TEST(base_handle_of)
{
    winsock_start();
    SOCKET s = socket_of(kinds[_i].family, kinds[_i].type), base = 0;

    int result = WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(base), &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(base, s);
}
END_TEST
COVERS_ROWS(base_handle_of, kinds, "winsock.ioctl.base_handle_kinds");

START_TEST(unknown_function_is_not_told_later)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    GUID id = {.Data1 = 0xDEADBEEF};
    operation.hEvent = event_create();

    int result = WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), room,
                          sizeof(void *), &size, &operation, NULL);

    expect_socket_failed(result, WSAEINVAL);
    expect_not_signaled(operation.hEvent);
}
END_TEST
COVERS(unknown_function_is_not_told_later, "winsock.ioctl.failure_no_indication");
