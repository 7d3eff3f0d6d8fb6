/* WSAIoctl by the kind of socket: keep-alive in each state, codes that are for other sockets, and
 * codes of IPv6. */
#include "option.h"

/* What the system writes to while an operation is pending, even after a test has failed. */
static OVERLAPPED operation;
static char room[4096];
static DWORD size;

static int keep_alive(SOCKET s, u_long on)
{
    struct tcp_keepalive values = {.onoff = on, .keepalivetime = 60000, .keepaliveinterval = 1000};
    return WSAIoctl(s, SIO_KEEPALIVE_VALS, &values, sizeof(values), NULL, 0, &size, NULL, NULL);
}

#define expect_keep_alive(s, on)                                                    \
    do {                                                                            \
        DWORD told_;                                                                \
        expect_socket_succeeded(option_get((s), SOL_SOCKET, SO_KEEPALIVE, &told_)); \
        expect_number(told_ != 0, (on));                                            \
    } while (0)

/* ---- SIO_KEEPALIVE_VALS in each state of a socket */

static SOCKET new_stream(void)
{
    return socket_open(SOCK_STREAM);
}

static SOCKET new_stream6(void)
{
    return socket_of(AF_INET6, SOCK_STREAM);
}

static SOCKET bound_stream(void)
{
    return socket_bound(SOCK_STREAM);
}

static SOCKET client_stream(void)
{
    return stream_pair_open().client;
}

static SOCKET accepted_stream(void)
{
    return stream_pair_open().server;
}

static const struct {
    struct row row;
    SOCKET (*open)(void);
} states[] = {
    {{"new", NULL}, new_stream},          {{"of_ipv6", NULL}, new_stream6},
    {{"bound", NULL}, bound_stream},      {{"listening", NULL}, stream_listen},
    {{"connected", NULL}, client_stream}, {{"accepted", NULL}, accepted_stream},
};

START_TEST(kept_alive)
{
    winsock_start();
    SOCKET s = states[_i].open();
    expect_keep_alive(s, false);
    size = 99;

    int result = keep_alive(s, 1);

    expect_socket_succeeded(result);
    expect_number(size, 0);
    expect_keep_alive(s, true);
    expect_socket_succeeded(keep_alive(s, 0));
    expect_keep_alive(s, false);
}
END_TEST
COVERS_ROWS(kept_alive, states, "winsock.ioctl_keepalive.each_state");

START_TEST(kept_alive_by_any_number)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);

    int result = keep_alive(s, 0x100);

    expect_socket_succeeded(result);
    expect_keep_alive(s, true);
}
END_TEST
COVERS(kept_alive_by_any_number, "winsock.ioctl_keepalive.nonzero");

START_TEST(option_ends_what_the_code_began)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    require(keep_alive(s, 1) == 0);

    int result = option_set(s, SOL_SOCKET, SO_KEEPALIVE, FALSE);

    expect_socket_succeeded(result);
    expect_keep_alive(s, false);
}
END_TEST
COVERS(option_ends_what_the_code_began, "winsock.ioctl_keepalive.option_off");

START_TEST(code_ends_what_the_option_began)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    require(option_set(s, SOL_SOCKET, SO_KEEPALIVE, TRUE) == 0);

    int result = keep_alive(s, 0);

    expect_socket_succeeded(result);
    expect_keep_alive(s, false);
}
END_TEST
COVERS(code_ends_what_the_option_began, "winsock.ioctl_keepalive.ends_option");

START_TEST(longer_values)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct tcp_keepalive values[2] = {{.onoff = 1, .keepalivetime = 60000, .keepaliveinterval = 1}};

    int result =
        WSAIoctl(s, SIO_KEEPALIVE_VALS, values, sizeof(values), NULL, 0, &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_keep_alive(s, true);
}
END_TEST
COVERS(longer_values, "winsock.ioctl_keepalive.longer");

START_TEST(kept_alive_with_an_event)
{
    static struct tcp_keepalive values = {1, 60000, 1000};
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    DWORD count = 99, flags = 0;
    operation.hEvent = event_create();

    int result =
        WSAIoctl(s, SIO_KEEPALIVE_VALS, &values, sizeof(values), NULL, 0, &size, &operation, NULL);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_signaled(operation.hEvent);
    expect_succeeded(WSAGetOverlappedResult(s, &operation, &count, FALSE, &flags));
    expect_number(count, 0);
    expect_keep_alive(s, true);
}
END_TEST
COVERS(kept_alive_with_an_event, "winsock.ioctl_keepalive.overlapped");

START_TEST(connection_that_is_kept_alive)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int result = keep_alive(pair.client, 1);

    expect_socket_succeeded(result);
    send_all(pair.client, "there", 5);
    expect_receives(pair.server, "there", 5);
    send_all(pair.server, "back", 4);
    expect_receives(pair.client, "back", 4);
    expect_keep_alive(pair.server, false);
}
END_TEST
COVERS(connection_that_is_kept_alive, "winsock.ioctl_keepalive.one_side");

/* ---- Codes that are for other sockets */

static DWORD number = 1;
static TCP_INITIAL_RTO_PARAMETERS first_time_out = {.Rtt = 1000, .MaxSynRetransmissions = 2};
static USHORT processor;

#define CODE_CPU_AFFINITY 0x98000015u /* SIO_CPU_AFFINITY, which older headers lack */

static const struct {
    struct row row;
    int type;
    DWORD code;
    void *in;
    DWORD in_size, out_size;
} others[] = {
    {{"all_of_a_datagram", "winsock.ioctl_kind.rcvall"}, SOCK_DGRAM, SIO_RCVALL, &number, 4, 0},
    {{"all_of_a_stream", "winsock.ioctl_kind.rcvall"}, SOCK_STREAM, SIO_RCVALL, &number, 4, 0},
    {{"groups_of_a_datagram", "winsock.ioctl_kind.rcvall_mcast"},
     SOCK_DGRAM,
     SIO_RCVALL_MCAST,
     &number,
     4,
     0},
    {{"routers_of_a_datagram", "winsock.ioctl_kind.rcvall_igmpmcast"},
     SOCK_DGRAM,
     SIO_RCVALL_IGMPMCAST,
     &number,
     4,
     0},
    {{"interfaces_in_full", "winsock.ioctl_kind.interface_list_ex"},
     SOCK_DGRAM,
     SIO_GET_INTERFACE_LIST_EX,
     NULL,
     0,
     sizeof(room)},
    {{"fast_path_of_a_datagram", "winsock.ioctl_kind.fast_path_datagram"},
     SOCK_DGRAM,
     SIO_LOOPBACK_FAST_PATH,
     &number,
     4,
     0},
    {{"first_time_out_of_a_datagram", "winsock.ioctl_kind.initial_rto_datagram"},
     SOCK_DGRAM,
     SIO_TCP_INITIAL_RTO,
     &first_time_out,
     sizeof(first_time_out),
     0},
    {{"processor_of_a_stream", "winsock.ioctl_kind.cpu_affinity_stream"},
     SOCK_STREAM,
     CODE_CPU_AFFINITY,
     &processor,
     sizeof(processor),
     0},
};

START_TEST(not_for_this_socket)
{
    winsock_start();
    SOCKET s = socket_bound(others[_i].type);
    u_long count;

    int result =
        WSAIoctl(s, others[_i].code, others[_i].in, others[_i].in_size,
                 others[_i].out_size ? room : NULL, others[_i].out_size, &size, NULL, NULL);

    expect_failed_somehow(result == 0);
    expect_socket_succeeded(ioctlsocket(s, FIONREAD, &count));
}
END_TEST
COVERS_ROWS(not_for_this_socket, others);

/* ---- SIO_CPU_AFFINITY, which is for UDP before bind */

static int on_processor(SOCKET s)
{
    return WSAIoctl(s, CODE_CPU_AFFINITY, &processor, sizeof(processor), NULL, 0, &size, NULL,
                    NULL);
}

START_TEST(processor_of_a_bound_socket)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), bound = socket_bound(SOCK_DGRAM);
    expect_socket_succeeded(on_processor(s));

    int result = on_processor(bound);

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(processor_of_a_bound_socket, "winsock.ioctl_kind.cpu_affinity_bound");

START_TEST(processor_of_one_who_shares)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), sharing = socket_open(SOCK_DGRAM);
    require(option_set(sharing, SOL_SOCKET, SO_REUSEADDR, TRUE) == 0);
    expect_socket_succeeded(on_processor(s));

    int result = on_processor(sharing);

    expect_failed_somehow(result == 0);
}
END_TEST
COVERS(processor_of_one_who_shares, "winsock.ioctl_kind.cpu_affinity_reuse");

/* ---- IPv6 */

START_TEST(route_to_loopback_of_ipv6)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM);
    struct sockaddr_in6 here = {.sin6_family = AF_INET6, .sin6_addr.s6_addr[15] = 1}, told = {0};

    int result = WSAIoctl(s, SIO_ROUTING_INTERFACE_QUERY, &here, sizeof(here), &told, sizeof(told),
                          &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(told));
    expect_number(told.sin6_family, AF_INET6);
    expect_bytes(&told.sin6_addr, &here.sin6_addr, sizeof(here.sin6_addr));
}
END_TEST
COVERS(route_to_loopback_of_ipv6, "winsock.ioctl_kind.routing_query_ipv6");

START_TEST(addresses_of_ipv6)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM);

    int result =
        WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, room, sizeof(room), &size, NULL, NULL);

    expect_socket_succeeded(result);
    const SOCKET_ADDRESS_LIST *list = (const SOCKET_ADDRESS_LIST *)room;
    expect_true(size >= offsetof(SOCKET_ADDRESS_LIST, Address));
    for (int i = 0; i < list->iAddressCount; i++)
        expect_number(list->Address[i].lpSockaddr->sa_family, AF_INET6);
}
END_TEST
COVERS(addresses_of_ipv6, "winsock.ioctl_kind.address_list_ipv6");

START_TEST(handle_for_poll_is_told_at_once)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    operation.hEvent = event_create();

    int result =
        WSAIoctl(s, SIO_BSP_HANDLE_POLL, NULL, 0, room, sizeof(SOCKET), &size, &operation, NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(
        WSAIoctl(s, SIO_BSP_HANDLE_POLL, NULL, 0, room, sizeof(SOCKET), &size, NULL, NULL));
}
END_TEST
COVERS(handle_for_poll_is_told_at_once, "winsock.ioctl_kind.poll_handle_overlapped");

/* ---- FIONREAD: all that waits of datagrams, in one receive of streams */

START_TEST(what_has_gone_is_not_counted)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    u_long before = 99, after = 99;
    char bytes[2];
    send_datagram(s, s, "first");
    send_datagram(s, s, "next");
    wait_readable(s);
    require(recv(s, bytes, sizeof(bytes), 0) == SOCKET_ERROR && GetLastError() == WSAEMSGSIZE);

    int result = WSAIoctl(s, FIONREAD, NULL, 0, &before, sizeof(before), &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(before, 4);
    expect_number(size, sizeof(before));
    expect_datagram(s, "next");
    expect_socket_succeeded(ioctlsocket(s, FIONREAD, &after));
    expect_number(after, 0);
}
END_TEST
COVERS(what_has_gone_is_not_counted, "winsock.ioctl_kind.fionread_truncated");
