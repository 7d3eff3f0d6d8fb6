/* What options of stream sockets do, and what they can be used for: connections on loopback alone.
 */
#include "fast_path.h"
#include "option.h"
#include "stream/extension.h"

/* ---- Options that can only be read, or only be set */

static const struct {
    struct row row;
    int family, type, level, option, size;
} read_only[] = {
    {{"state", "winsock.option_streams.bsp_state_get_only"},
     AF_INET,
     SOCK_STREAM,
     SOL_SOCKET,
     OPT_BSP_STATE,
     sizeof(CSADDR_INFO)},
    {{"time", "winsock.option_streams.connect_time_get_only"},
     AF_INET,
     SOCK_STREAM,
     SOL_SOCKET,
     SO_CONNECT_TIME,
     sizeof(DWORD)},
    {{"protocol", "winsock.option_streams.protocol_info_get_only"},
     AF_INET,
     SOCK_STREAM,
     SOL_SOCKET,
     SO_PROTOCOL_INFOW,
     sizeof(WSAPROTOCOL_INFOW)},
    {{"ansi_protocol", "winsock.option_streams.protocol_info_get_only"},
     AF_INET,
     SOCK_STREAM,
     SOL_SOCKET,
     SO_PROTOCOL_INFOA,
     sizeof(WSAPROTOCOL_INFOA)},
    {{"mtu", "winsock.option_streams.mtu_get_only"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_IP,
     OPT_IP_MTU,
     sizeof(DWORD)},
    {{"ipv6_mtu", "winsock.option_streams.mtu_get_only"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     OPT_IPV6_MTU,
     sizeof(DWORD)},
};

START_TEST(cannot_be_set)
{
    static char value[sizeof(WSAPROTOCOL_INFOW)];
    winsock_start();
    SOCKET s = socket_of(read_only[_i].family, read_only[_i].type);
    DWORD room;
    memset(value, 1, sizeof(value));

    int result =
        setsockopt(s, read_only[_i].level, read_only[_i].option, value, read_only[_i].size);

    expect_failed_somehow(result == 0);
    expect_socket_succeeded(option_get(s, SOL_SOCKET, SO_TYPE, &room));
    expect_number(room, read_only[_i].type);
}
END_TEST
COVERS_ROWS(cannot_be_set, read_only);

static const struct {
    struct row row;
    int type, level, option;
} set_only[] = {
    {{"accept_context", "winsock.option_streams.accept_context_set_only"},
     SOCK_STREAM,
     SOL_SOCKET,
     SO_UPDATE_ACCEPT_CONTEXT},
    {{"connect_context", "winsock.option_streams.connect_context_set_only"},
     SOCK_STREAM,
     SOL_SOCKET,
     SO_UPDATE_CONNECT_CONTEXT},
    {{"added_interface", "winsock.option_streams.add_iflist_set_only"},
     SOCK_DGRAM,
     IPPROTO_IP,
     OPT_ADD_IFLIST},
    {{"removed_interface", "winsock.option_streams.del_iflist_set_only"},
     SOCK_DGRAM,
     IPPROTO_IP,
     OPT_DEL_IFLIST},
};

START_TEST(cannot_be_read)
{
    winsock_start();
    SOCKET s = socket_open(set_only[_i].type);
    DWORD value;

    int result = option_get(s, set_only[_i].level, set_only[_i].option, &value);

    expect_failed_somehow(result == 0);
    expect_socket_succeeded(option_get(s, SOL_SOCKET, SO_TYPE, &value));
}
END_TEST
COVERS_ROWS(cannot_be_read, set_only);

/* ---- Hops of streams */

static const struct {
    struct row row;
    int family, level, option;
} hops[] = {
    {{"of_ipv4", NULL}, AF_INET, IPPROTO_IP, IP_TTL},
    {{"of_ipv6", NULL}, AF_INET6, IPPROTO_IPV6, IPV6_UNICAST_HOPS},
};

START_TEST(hops_of_a_stream)
{
    winsock_start();
    SOCKET s = socket_of(hops[_i].family, SOCK_STREAM);
    DWORD value;

    int result = option_set(s, hops[_i].level, hops[_i].option, 33);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, hops[_i].level, hops[_i].option, &value));
    expect_number(value, 33);
    expect_failed_somehow(option_set(s, hops[_i].level, hops[_i].option, 256) == 0);
    expect_socket_succeeded(option_get(s, hops[_i].level, hops[_i].option, &value));
    expect_number(value, 33);
}
END_TEST
COVERS_ROWS(hops_of_a_stream, hops, "winsock.option_streams.hops");

/* ---- Ports */

START_TEST(listener_at_a_random_port)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct sockaddr_in name = loopback(0);
    expect_socket_succeeded(option_set(s, SOL_SOCKET, OPT_RANDOMIZE_PORT, TRUE));

    int result = bind(s, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
    expect_true(socket_port(s) != 0);
    require(listen(s, 1) == 0);
    SOCKET client = stream_connect(socket_port(s)), server = stream_accept(s);
    send_all(client, "hello", 5);
    expect_receives(server, "hello", 5);
}
END_TEST
COVERS(listener_at_a_random_port, "winsock.option_streams.random_port");

START_TEST(client_at_a_reused_port)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener), name = loopback(0);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    expect_socket_succeeded(option_set(client, SOL_SOCKET, OPT_REUSE_UNICASTPORT, TRUE));
    require(bind(client, (struct sockaddr *)&name, sizeof(name)) == 0);

    BOOL done = connect_ex(client)(client, (struct sockaddr *)&server, sizeof(server), NULL, 0,
                                   &count, operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(client, operation, &count));
    expect_socket_succeeded(setsockopt(client, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0));
    expect_true(socket_port(client) != 0);
    send_all(client, "hello", 5);
    expect_receives(stream_accept(listener), "hello", 5);
}
END_TEST
COVERS(client_at_a_reused_port, "winsock.option_streams.reuse_unicastport");

/* ---- Listeners */

START_TEST(listener_that_pauses)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    expect_socket_succeeded(option_set(listener, SOL_SOCKET, OPT_PAUSE_ACCEPT, TRUE));
    take_no_for_an_answer(client);

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_failed(result, WSAECONNREFUSED);
    expect_socket_succeeded(option_set(listener, SOL_SOCKET, OPT_PAUSE_ACCEPT, FALSE));
    SOCKET next = stream_connect(socket_port(listener));
    send_all(next, "hello", 5);
    expect_receives(stream_accept(listener), "hello", 5);
}
END_TEST
COVERS(listener_that_pauses, "winsock.option_streams.pause_accept");

START_TEST(client_opens_fast)
{
    winsock_start();
    SOCKET listener = socket_bound(SOCK_STREAM), client = socket_bound(SOCK_STREAM);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    expect_socket_succeeded(option_set(listener, IPPROTO_TCP, OPT_TCP_FASTOPEN, TRUE));
    require(listen(listener, 1) == 0);
    struct sockaddr_in server = socket_name(listener);
    expect_socket_succeeded(option_set(client, IPPROTO_TCP, OPT_TCP_FASTOPEN, TRUE));

    BOOL done = connect_ex(client)(client, (struct sockaddr *)&server, sizeof(server), "first", 5,
                                   &count, operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    SOCKET accepted = stream_accept(listener);
    expect_receives(accepted, "first", 5);
    expect_succeeded(extension_result(client, operation, &count));
    expect_number(count, 5);
    send_all(client, "next", 4);
    expect_receives(accepted, "next", 4);
}
END_TEST
COVERS(client_opens_fast, "winsock.option_streams.fastopen_data");

/* ---- SO_OPENTYPE */

static DWORD receives_a_byte(void *s)
{
    char byte = 0;
    expect_number(recv(*(SOCKET *)s, &byte, 1, 0), 1);
    return (BYTE)byte;
}

START_TEST(later_sockets_are_not_overlapped)
{
    static SOCKET s;
    winsock_start();
    SOCKET listener = stream_listen();
    struct sockaddr_in server = socket_name(listener);
    DWORD kind = SO_SYNCHRONOUS_NONALERT, limit = 1;

    int result = setsockopt(INVALID_SOCKET, SOL_SOCKET, SO_OPENTYPE, (char *)&kind, sizeof(kind));

    expect_socket_succeeded(result);
    s = socket(AF_INET, SOCK_STREAM, 0);
    require(s != INVALID_SOCKET);
    require(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&limit, sizeof(limit)) == 0);
    require(connect(s, (struct sockaddr *)&server, sizeof(server)) == 0);
    SOCKET peer = stream_accept(listener);
    struct thread *receiver = thread_start(receives_a_byte, &s);
    expect_stays_unsignaled(receiver->handle); /* such a socket has no time-out */
    send_all(peer, "x", 1);
    expect_number(thread_join(receiver), 'x');
}
END_TEST
COVERS(later_sockets_are_not_overlapped, "winsock.option_streams.opentype_later");

/* ---- IPV6_PROTECTION_LEVEL is for what comes in, and not for what goes out. */

static const struct {
    struct row row;
    DWORD level;
} protections[] = {
    {{"unrestricted", NULL}, 10},
    {{"edge_restricted", NULL}, 20},
    {{"restricted", NULL}, 30},
};

START_TEST(protected_client)
{
    winsock_start();
    SOCKET listener = socket_of(AF_INET6, SOCK_STREAM), client = socket_of(AF_INET6, SOCK_STREAM);
    struct sockaddr_in6 server = {.sin6_family = AF_INET6, .sin6_addr.s6_addr[15] = 1};
    int length = sizeof(server);
    require(bind(listener, (struct sockaddr *)&server, sizeof(server)) == 0);
    require(getsockname(listener, (struct sockaddr *)&server, &length) == 0);
    require(listen(listener, 1) == 0);
    expect_socket_succeeded(
        option_set(client, IPPROTO_IPV6, OPT_PROTECTION_LEVEL, protections[_i].level));

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_succeeded(result);
    send_all(client, "hello", 5);
    expect_receives(stream_accept(listener), "hello", 5);
}
END_TEST
COVERS_ROWS(protected_client, protections, "winsock.option_streams.protection_outbound");

/* ---- SIO_LOOPBACK_FAST_PATH and SIO_TCP_INITIAL_RTO */

START_TEST(fast_path_of_both_sides)
{
    winsock_start();
    SOCKET listener = socket_bound(SOCK_STREAM), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    expect_socket_succeeded(fast_path(listener));
    require(listen(listener, 1) == 0);

    int result = fast_path(client);

    expect_socket_succeeded(result);
    expect_socket_succeeded(connect(client, (struct sockaddr *)&server, sizeof(server)));
    expect_carries_both_ways(client, stream_accept(listener));
}
END_TEST
COVERS(fast_path_of_both_sides, "winsock.option_streams.fast_path");

START_TEST(first_time_out_is_taken)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    TCP_INITIAL_RTO_PARAMETERS values = {.Rtt = 1000, .MaxSynRetransmissions = 2};
    DWORD size = 0;

    int result =
        WSAIoctl(client, SIO_TCP_INITIAL_RTO, &values, sizeof(values), NULL, 0, &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_socket_succeeded(connect(client, (struct sockaddr *)&server, sizeof(server)));
}
END_TEST
COVERS(first_time_out_is_taken, "winsock.option_streams.initial_rto");
