/* WSAIoctl: sockets that a code is not for, room that is too small, and what routes are told. */
#include "option.h"

static struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = 0x0100007F};
static struct tcp_keepalive keepalive = {0, 1000, 1000};
static GUID accept_ex = WSAID_ACCEPTEX;
static u_long on = 1;

/* A call: by what socket, from what and into what. */
struct call {
    int family, type;
    const void *in;
    DWORD in_size;
    bool room;
    DWORD out_size;
};

static const struct {
    struct row row;
    DWORD code;
    struct call bad, good;
    DWORD error;
} calls[] = {
    {{"base_handle_without_room", "winsock.ioctl.base_handle_efault"},
     SIO_BASE_HANDLE,
     {AF_INET, SOCK_STREAM, NULL, 0, false, sizeof(SOCKET)},
     {AF_INET, SOCK_STREAM, NULL, 0, true, sizeof(SOCKET)},
     WSAEFAULT},
    {{"base_handle_of_a_byte_less", "winsock.ioctl.base_handle_efault"},
     SIO_BASE_HANDLE,
     {AF_INET, SOCK_STREAM, NULL, 0, true, sizeof(SOCKET) - 1},
     {AF_INET, SOCK_STREAM, NULL, 0, true, sizeof(SOCKET)},
     WSAEFAULT},
    {{"function_of_a_byte_less", "winsock.ioctl.extension_short_out"},
     SIO_GET_EXTENSION_FUNCTION_POINTER,
     {AF_INET, SOCK_STREAM, &accept_ex, sizeof(accept_ex), true, sizeof(void *) - 1},
     {AF_INET, SOCK_STREAM, &accept_ex, sizeof(accept_ex), true, sizeof(void *)},
     WSAEFAULT},
    {{"blocking_mode_of_a_byte_less", "winsock.ioctl.short_in_efault"},
     FIONBIO,
     {AF_INET, SOCK_DGRAM, &on, sizeof(on) - 1, false, 0},
     {AF_INET, SOCK_DGRAM, &on, sizeof(on), false, 0},
     WSAEFAULT},
    {{"broadcast_address_of_ipv6", "winsock.ioctl.get_broadcast_v6"},
     SIO_GET_BROADCAST_ADDRESS,
     {AF_INET6, SOCK_DGRAM, NULL, 0, true, 128},
     {AF_INET, SOCK_DGRAM, NULL, 0, true, 128},
     WSAENOPROTOOPT},
    {{"interfaces_of_ipv6", "winsock.ioctl.interface_list_v6"},
     SIO_GET_INTERFACE_LIST,
     {AF_INET6, SOCK_DGRAM, NULL, 0, true, 8192},
     {AF_INET, SOCK_DGRAM, NULL, 0, true, 8192},
     WSAEINVAL},
    {{"addresses_from_something", "winsock.ioctl_address_list.input_nonzero"},
     SIO_ADDRESS_LIST_QUERY,
     {AF_INET, SOCK_DGRAM, &on, sizeof(on), true, 8192},
     {AF_INET, SOCK_DGRAM, NULL, 0, true, 8192},
     WSAEINVAL},
    {{"keepalive_of_datagrams", "winsock.ioctl_keepalive.dgram"},
     SIO_KEEPALIVE_VALS,
     {AF_INET, SOCK_DGRAM, &keepalive, sizeof(keepalive), false, 0},
     {AF_INET, SOCK_STREAM, &keepalive, sizeof(keepalive), false, 0},
     WSAENOPROTOOPT},
};

static int control(const struct call *call, DWORD code)
{
    static char room[8192];
    SOCKET s = socket_of(call->family, call->type);
    DWORD size;
    SetLastError(LAST_ERROR_UNSET);
    return WSAIoctl(s, code, (void *)call->in, call->in_size, call->room ? room : NULL,
                    call->out_size, &size, NULL, NULL);
}

START_TEST(refused)
{
    winsock_start();

    int result = control(&calls[_i].bad, calls[_i].code);

    expect_socket_failed(result, calls[_i].error);
    expect_socket_succeeded(control(&calls[_i].good, calls[_i].code));
}
END_TEST
COVERS_ROWS(refused, calls);

START_TEST(count_is_needed)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD size = 99;

    int result = WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, NULL, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, &size, NULL, NULL));
    expect_number(size, 0);
}
END_TEST
COVERS(count_is_needed, "winsock.ioctl.null_count");

START_TEST(broadcast_address)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = {0};
    DWORD size = 0;

    int result =
        WSAIoctl(s, SIO_GET_BROADCAST_ADDRESS, NULL, 0, &name, sizeof(name), &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(name));
    expect_number(name.sin_family, AF_INET);
    name.sin_port = htons(9);
    expect_socket_failed(sendto(s, "", 0, 0, (struct sockaddr *)&name, sizeof(name)), WSAEACCES);
}
END_TEST
COVERS(broadcast_address, "winsock.ioctl.get_broadcast");

/* ---- Routes */

static int route_of(SOCKET s, struct sockaddr_in *to, struct sockaddr_in *from, DWORD room,
                    DWORD *size)
{
    return WSAIoctl(s, SIO_ROUTING_INTERFACE_QUERY, to, sizeof(*to), from, room, size, NULL, NULL);
}

START_TEST(route_to_loopback)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    struct sockaddr_in from = {0};
    DWORD size = 0;

    int result = route_of(s, &here, &from, sizeof(from), &size);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(from));
    expect_number(from.sin_family, AF_INET);
    expect_number(from.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
}
END_TEST
COVERS(route_to_loopback, "winsock.ioctl.routing_query");

START_TEST(route_tells_the_room_it_needs)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    struct sockaddr_in from = {0};
    DWORD size = 0;

    int result = route_of(s, &here, &from, sizeof(from) - 1, &size);

    expect_socket_failed(result, WSAEFAULT);
    expect_number(size, sizeof(from));
}
END_TEST
COVERS(route_tells_the_room_it_needs, "winsock.ioctl.routing_query_needed");

START_TEST(route_to_nothing)
{
    winsock_start();
    needs_addresses();
    SOCKET s = socket_open(SOCK_DGRAM);
    struct sockaddr_in from = {0};
    DWORD size = 0;
    char text[80];

    int result = route_of(s, NULL, &from, sizeof(from), &size);

    DWORD error = GetLastError();
    expect_socket_failed(result, WSAEFAULT, WSAEINVAL);
    record("error", "%s", error_text(error, text, sizeof(text)));
    expect_socket_succeeded(route_of(s, &here, &from, sizeof(from), &size));
}
END_TEST
COVERS(route_to_nothing, "winsock.ioctl.routing_query_input");

START_TEST(change_of_routes_without_waiting)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    DWORD size = 0;
    set_nonblocking(s, true);

    int result =
        WSAIoctl(s, SIO_ROUTING_INTERFACE_CHANGE, &here, sizeof(here), NULL, 0, &size, NULL, NULL);

    expect_socket_failed(result, WSAEWOULDBLOCK);
}
END_TEST
COVERS(change_of_routes_without_waiting, "winsock.ioctl.routing_change_ewouldblock");

START_TEST(sending_queue_is_flushed_or_not)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    DWORD size = 0;

    int result = WSAIoctl(s, SIO_FLUSH, NULL, 0, NULL, 0, &size, NULL, NULL);

    record_outcome("SIO_FLUSH", result == 0);
    if (result != 0)
        expect_socket_failed(result, WSAENOPROTOOPT, WSAEOPNOTSUPP);
}
END_TEST
COVERS(sending_queue_is_flushed_or_not, "winsock.ioctl.flush");
