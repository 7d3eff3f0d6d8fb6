/* Codes of WSAIoctl: buffers that are missing or short, completion, and what a code is the same as.
 */
#include "option.h"

static struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = 0x0100007F};
static struct tcp_keepalive keepalive = {1, 60000, 1000};
static u_long on = 1;
static GUID accept_ex = WSAID_ACCEPTEX;

struct call {
    const void *in;
    DWORD in_size;
    bool room;
    DWORD out_size;
    bool no_count;
};

static const struct {
    struct row row;
    int type;
    DWORD code;
    struct call bad, good;
} faults[] = {
    {{"bytes_to_read_nowhere", "winsock.ioctl.fionread_no_room"},
     SOCK_DGRAM,
     FIONREAD,
     {NULL, 0, false, sizeof(u_long), false},
     {NULL, 0, true, sizeof(u_long), false}},
    {{"bytes_to_read_uncounted", "winsock.ioctl.null_count_fionread"},
     SOCK_DGRAM,
     FIONREAD,
     {NULL, 0, true, sizeof(u_long), true},
     {NULL, 0, true, sizeof(u_long), false}},
    {{"mark_nowhere", "winsock.ioctl.siocatmark_no_room"},
     SOCK_STREAM,
     SIOCATMARK,
     {NULL, 0, false, sizeof(u_long), false},
     {NULL, 0, true, sizeof(u_long), false}},
    {{"mark_of_a_byte_less", "winsock.ioctl.siocatmark_short"},
     SOCK_STREAM,
     SIOCATMARK,
     {NULL, 0, true, sizeof(u_long) - 1, false},
     {NULL, 0, true, sizeof(u_long), false}},
    {{"blocking_mode_of_nothing", "winsock.ioctl.fionbio_no_input"},
     SOCK_DGRAM,
     FIONBIO,
     {NULL, sizeof(on), false, 0, false},
     {&on, sizeof(on), false, 0, false}},
    {{"keepalive_of_nothing", "winsock.ioctl_keepalive.no_input"},
     SOCK_STREAM,
     SIO_KEEPALIVE_VALS,
     {NULL, sizeof(keepalive), false, 0, false},
     {&keepalive, sizeof(keepalive), false, 0, false}},
    {{"keepalive_of_a_byte_less", "winsock.ioctl_keepalive.byte_less"},
     SOCK_STREAM,
     SIO_KEEPALIVE_VALS,
     {&keepalive, sizeof(keepalive) - 1, false, 0, false},
     {&keepalive, sizeof(keepalive), false, 0, false}},
    {{"keepalive_uncounted", "winsock.ioctl_keepalive.null_count"},
     SOCK_STREAM,
     SIO_KEEPALIVE_VALS,
     {&keepalive, sizeof(keepalive), false, 0, true},
     {&keepalive, sizeof(keepalive), false, 0, false}},
    {{"function_nowhere", "winsock.ioctl.extension_no_room"},
     SOCK_STREAM,
     SIO_GET_EXTENSION_FUNCTION_POINTER,
     {&accept_ex, sizeof(accept_ex), false, sizeof(void *), false},
     {&accept_ex, sizeof(accept_ex), true, sizeof(void *), false}},
    {{"route_nowhere", "winsock.ioctl.routing_query_no_room"},
     SOCK_DGRAM,
     SIO_ROUTING_INTERFACE_QUERY,
     {&here, sizeof(here), false, sizeof(here), false},
     {&here, sizeof(here), true, sizeof(here), false}},
    {{"route_uncounted", "winsock.ioctl.routing_query_null_count"},
     SOCK_DGRAM,
     SIO_ROUTING_INTERFACE_QUERY,
     {&here, sizeof(here), true, sizeof(here), true},
     {&here, sizeof(here), true, sizeof(here), false}},
    {{"interfaces_uncounted", "winsock.ioctl.interface_list_null_count"},
     SOCK_DGRAM,
     SIO_GET_INTERFACE_LIST,
     {NULL, 0, true, 8192, true},
     {NULL, 0, true, 8192, false}},
    {{"addresses_uncounted", "winsock.ioctl_address_list.null_count"},
     SOCK_DGRAM,
     SIO_ADDRESS_LIST_QUERY,
     {NULL, 0, true, 8192, true},
     {NULL, 0, true, 8192, false}},
};

static int control(SOCKET s, DWORD code, const struct call *call)
{
    static char room[8192];
    DWORD size;
    SetLastError(LAST_ERROR_UNSET);
    return WSAIoctl(s, code, (void *)call->in, call->in_size, call->room ? room : NULL,
                    call->out_size, call->no_count ? NULL : &size, NULL, NULL);
}

START_TEST(fault)
{
    winsock_start();
    needs_addresses_of(faults[_i].code);
    SOCKET s = socket_open(faults[_i].type);

    int result = control(s, faults[_i].code, &faults[_i].bad);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(control(s, faults[_i].code, &faults[_i].good));
}
END_TEST
COVERS_ROWS(fault, faults);

/* ---- Handles below layers */

static const struct {
    struct row row;
    DWORD code;
} handles[] = {
    {{"for_messages", "winsock.ioctl.bsp_handle"}, SIO_BSP_HANDLE},
    {{"for_select", "winsock.ioctl.bsp_handle_select"}, SIO_BSP_HANDLE_SELECT},
    {{"for_poll", "winsock.ioctl.bsp_handle_poll"}, SIO_BSP_HANDLE_POLL},
};

START_TEST(base_handle)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), base = 0;
    DWORD size = 0;

    int result = WSAIoctl(s, handles[_i].code, NULL, 0, &base, sizeof(base), &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(base));
    expect_number(base, s);
    expect_socket_failed(
        WSAIoctl(s, handles[_i].code, NULL, 0, &base, sizeof(base) - 1, &size, NULL, NULL),
        WSAEFAULT);
    expect_socket_failed(
        WSAIoctl(s, handles[_i].code, NULL, 0, NULL, sizeof(base), &size, NULL, NULL), WSAEFAULT);
}
END_TEST
COVERS_ROWS(base_handle, handles);

static const struct {
    struct row row;
    DWORD code;
    DWORD room;
} invalid[] = {
    {{"scalability", "winsock.ioctl.rss_scalability_short"}, CODE_RSS_SCALABILITY, sizeof(BOOLEAN)},
    {{"endpoint_handle", "winsock.ioctl.ale_endpoint_short"},
     CODE_ALE_ENDPOINT_HANDLE,
     sizeof(UINT64)},
};

START_TEST(too_little_room_is_invalid)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    char room[8];
    DWORD size = 0;

    int result =
        WSAIoctl(s, invalid[_i].code, NULL, 0, room, invalid[_i].room - 1, &size, NULL, NULL);

    expect_socket_failed(result, WSAEINVAL);
    expect_socket_failed(
        WSAIoctl(s, invalid[_i].code, NULL, 0, NULL, invalid[_i].room, &size, NULL, NULL),
        WSAEINVAL);
}
END_TEST
COVERS_ROWS(too_little_room_is_invalid, invalid);

/* ---- What codes tell and do */

START_TEST(no_urgent_data)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    u_long mark = 99;
    DWORD size = 0;
    send_all(pair.client, "data", 4);
    wait_readable(pair.server);

    int result = WSAIoctl(pair.server, SIOCATMARK, NULL, 0, &mark, sizeof(mark), &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(mark));
    expect_number(mark, TRUE);
}
END_TEST
COVERS(no_urgent_data, "winsock.ioctl.siocatmark_no_urgent");

static const struct {
    struct row row;
    u_long value;
} keepalives[] = {
    {{"on", "winsock.ioctl_keepalive.switches_on"}, 1},
    {{"off", "winsock.ioctl_keepalive.switches_off"}, 0},
};

START_TEST(keepalive_values_switch)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct tcp_keepalive values = {keepalives[_i].value, 60000, 1000};
    DWORD size = 99, told;
    require(option_set(s, SOL_SOCKET, SO_KEEPALIVE, !keepalives[_i].value) == 0);

    int result =
        WSAIoctl(s, SIO_KEEPALIVE_VALS, &values, sizeof(values), NULL, 0, &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(size, 0);
    expect_socket_succeeded(option_get(s, SOL_SOCKET, SO_KEEPALIVE, &told));
    expect_number(told, keepalives[_i].value);
}
END_TEST
COVERS_ROWS(keepalive_values_switch, keepalives);

START_TEST(circular_queue)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD size = 0;

    int result = WSAIoctl(s, SIO_ENABLE_CIRCULAR_QUEUEING, NULL, 0, NULL, 0, &size, NULL, NULL);

    expect_socket_succeeded(result);
    send_datagram(s, s, "one");
    expect_datagram(s, "one");
}
END_TEST
COVERS(circular_queue, "winsock.ioctl.circular_queueing");

START_TEST(code_that_nobody_knows)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    char text[80];
    DWORD size = 99;

    int result = WSAIoctl(s, 0xDEADBEEF, NULL, 0, NULL, 0, &size, NULL, NULL);

    DWORD error = GetLastError();
    expect_socket_failed(result, WSAEINVAL, WSAEOPNOTSUPP);
    record("error", "%s", error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(code_that_nobody_knows, "winsock.ioctl.unknown_code");

START_TEST(route_to_a_group)
{
    winsock_start();
    needs_addresses();
    SOCKET s = socket_open(SOCK_DGRAM), other = socket_open(SOCK_DGRAM);
    struct sockaddr_in group = {.sin_family = AF_INET}, from = {0};
    DWORD size = 0;
    group.sin_addr.s_addr = htonl(group_address(0));

    int result = WSAIoctl(s, SIO_ROUTING_INTERFACE_QUERY, &group, sizeof(group), &from,
                          sizeof(from), &size, NULL, NULL);

    if (result == SOCKET_ERROR && GetLastError() == WSAENETUNREACH)
        unsupported("no way to groups");
    expect_socket_succeeded(result);
    expect_number(from.sin_family, AF_INET);
    from.sin_port = 0;
    expect_socket_succeeded(bind(other, (struct sockaddr *)&from, sizeof(from)));
}
END_TEST
COVERS(route_to_a_group, "winsock.ioctl.routing_query_multicast");

/* ---- FIONREAD beside what receives */

START_TEST(bytes_of_one_datagram)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    u_long count = 99;
    DWORD size = 0;
    send_datagram(s, s, "five!");
    wait_readable(s);

    int result = WSAIoctl(s, FIONREAD, NULL, 0, &count, sizeof(count), &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(count));
    expect_number(count, 5);
    expect_datagram(s, "five!");
    expect_socket_succeeded(ioctlsocket(s, FIONREAD, &count));
    expect_number(count, 0);
}
END_TEST
COVERS(bytes_of_one_datagram, "winsock.ioctl.fionread_one_datagram");

START_TEST(bytes_that_were_peeked_at)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char byte;
    u_long count = 99;
    send_all(pair.client, "bytes", 5);
    wait_readable(pair.server);
    require(recv(pair.server, &byte, 1, MSG_PEEK) == 1);

    int result = ioctlsocket(pair.server, FIONREAD, &count);

    expect_socket_succeeded(result);
    expect_number(count, 5);
    require(recv(pair.server, &byte, 1, 0) == 1);
    expect_socket_succeeded(ioctlsocket(pair.server, FIONREAD, &count));
    expect_number(count, 4);
}
END_TEST
COVERS(bytes_that_were_peeked_at, "winsock.ioctlsocket.fionread_rest");

/* ---- Completion */

static unsigned runs;
static DWORD routine_error = 99, routine_flags = 99;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *operation, DWORD flags)
{
    (void)count, (void)operation;
    runs++;
    routine_error = error;
    routine_flags = flags;
}

START_TEST(routine_runs_in_an_alertable_wait)
{
    static OVERLAPPED operation;
    static u_long count;
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD size = 0;

    int result = WSAIoctl(s, FIONREAD, NULL, 0, &count, sizeof(count), &size, &operation, note);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_number(runs, 0);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(runs, 1);
    expect_number(routine_error, 0);
    expect_number(routine_flags, 0);
}
END_TEST
COVERS(routine_runs_in_an_alertable_wait, "winsock.ioctl.routine",
       "winsock.ioctl.routine_flags_zero");

START_TEST(event_is_set_at_once)
{
    static OVERLAPPED operation;
    static u_long count;
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD size = 99;
    operation.hEvent = event_create();

    int result = WSAIoctl(s, FIONREAD, NULL, 0, &count, sizeof(count), &size, &operation, NULL);

    if (result == 0)
        expect_number(size, sizeof(count));
    else
        expect_socket_failed(result, WSA_IO_PENDING);
    expect_signaled(operation.hEvent);
}
END_TEST
COVERS(event_is_set_at_once, "winsock.ioctl.event", "winsock.ioctl.count_when_immediate");
