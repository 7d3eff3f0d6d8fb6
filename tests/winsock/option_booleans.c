/* Boolean options: on, off, on again, by any int; the same of IPv6; and what is told besides. */
#include "option.h"

#define OF(family_, type_, level_, option_) \
    .family = (family_), .type = (type_), .level = (level_), .option = (option_)

static const struct boolean {
    struct row row;
    int family, type, level, option;
    DWORD nonzero; /* an int that is not 0, and neither TRUE */
} booleans[] = {
    {{"broadcast", NULL}, OF(AF_INET, SOCK_DGRAM, SOL_SOCKET, SO_BROADCAST), 0x100},
    {{"linger_not", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_DONTLINGER), 0x100},
    {{"urgent_inline", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_OOBINLINE), 0x100},
    {{"reuse", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_REUSEADDR), 0x100},
    {{"exclusive", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_EXCLUSIVEADDRUSE), 0x100},
    {{"keepalive", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_KEEPALIVE), 2},
    {{"no_delay", NULL}, OF(AF_INET, SOCK_STREAM, IPPROTO_TCP, TCP_NODELAY), 2},
    {{"multicast_loop", NULL}, OF(AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_MULTICAST_LOOP), 0x100},
    {{"packet_info", NULL}, OF(AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_PKTINFO), 0x100},
};

/* Sets one option to a value, and looks what it is then. */
static void expect_switched(SOCKET s, const struct boolean *b, DWORD value, bool on)
{
    DWORD told;
    expect_socket_succeeded(option_set(s, b->level, b->option, value));
    expect_socket_succeeded(option_get(s, b->level, b->option, &told));
    expect_true((told != 0) == on);
}

START_TEST(switched)
{
    winsock_start();
    const struct boolean *b = &booleans[_i];
    SOCKET s = socket_of(b->family, b->type);
    expect_switched(s, b, TRUE, true);

    int result = option_set(s, b->level, b->option, FALSE);

    expect_socket_succeeded(result);
    expect_switched(s, b, FALSE, false);
    expect_switched(s, b, TRUE, true);
}
END_TEST
COVERS_ROWS(switched, booleans, "winsock.setsockopt.boolean_off");

START_TEST(any_int)
{
    winsock_start();
    const struct boolean *b = &booleans[_i];
    SOCKET s = socket_of(b->family, b->type);
    expect_switched(s, b, FALSE, false);

    int result = option_set(s, b->level, b->option, b->nonzero);

    expect_socket_succeeded(result);
    DWORD told;
    expect_socket_succeeded(option_get(s, b->level, b->option, &told));
    expect_true(told != 0);
}
END_TEST
COVERS_ROWS(any_int, booleans, "winsock.setsockopt.boolean_nonzero");

/* ---- IPv6: as IPv4 */

static const struct {
    struct row row;
    int family, type, level, option;
    DWORD before, value; /* of a new socket, and another one that it takes */
} of_ipv6[] = {
    {{"linger_not", NULL}, OF(AF_INET6, SOCK_STREAM, SOL_SOCKET, SO_DONTLINGER), 1, 0},
    {{"urgent_inline", NULL}, OF(AF_INET6, SOCK_STREAM, SOL_SOCKET, SO_OOBINLINE), 0, 1},
    {{"reuse", NULL}, OF(AF_INET6, SOCK_STREAM, SOL_SOCKET, SO_REUSEADDR), 0, 1},
    {{"exclusive", NULL}, OF(AF_INET6, SOCK_DGRAM, SOL_SOCKET, SO_EXCLUSIVEADDRUSE), 0, 1},
    {{"keepalive", NULL}, OF(AF_INET6, SOCK_STREAM, SOL_SOCKET, SO_KEEPALIVE), 0, 1},
    {{"receive_time_out", NULL}, OF(AF_INET6, SOCK_DGRAM, SOL_SOCKET, SO_RCVTIMEO), 0, 1234},
    {{"send_time_out", NULL}, OF(AF_INET6, SOCK_STREAM, SOL_SOCKET, SO_SNDTIMEO), 0, 1234},
};

START_TEST(of_ipv6_too)
{
    winsock_start();
    socket_close(socket_of(AF_INET6, of_ipv6[_i].type)); /* of which some options are set */
    SOCKET s = socket(AF_INET6, of_ipv6[_i].type, 0);
    require(s != INVALID_SOCKET);
    int level = of_ipv6[_i].level, option = of_ipv6[_i].option;
    DWORD value;
    expect_socket_succeeded(option_get(s, level, option, &value));
    expect_number(value, of_ipv6[_i].before);

    int result = option_set(s, level, option, of_ipv6[_i].value);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, level, option, &value));
    expect_number(value, of_ipv6[_i].value);
}
END_TEST
COVERS_ROWS(of_ipv6_too, of_ipv6, "winsock.option_socket.ipv6_alike");

START_TEST(no_delay_of_ipv6)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, SOCK_STREAM);
    DWORD value;
    expect_socket_succeeded(option_get(s, IPPROTO_TCP, TCP_NODELAY, &value));
    expect_number(value, 0);

    int result = option_set(s, IPPROTO_TCP, TCP_NODELAY, TRUE);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, IPPROTO_TCP, TCP_NODELAY, &value));
    expect_number(value, 1);
}
END_TEST
COVERS(no_delay_of_ipv6, "winsock.option_tcp.nodelay_ipv6");

static const struct {
    struct row row;
    int type;
} types[] = {{{"stream", NULL}, SOCK_STREAM}, {{"datagram", NULL}, SOCK_DGRAM}};

START_TEST(type_of_ipv6)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, types[_i].type);
    DWORD value;

    int result = option_get(s, SOL_SOCKET, SO_TYPE, &value);

    expect_socket_succeeded(result);
    expect_number(value, types[_i].type);
}
END_TEST
COVERS_ROWS(type_of_ipv6, types, "winsock.option_socket.type_ipv6");

/* ---- Options of another protocol */

static const struct {
    struct row row;
    int type, level, option;
} strange[] = {
    {{"tcp_of_datagrams", "winsock.option_kind.tcp_datagram"},
     SOCK_DGRAM,
     IPPROTO_TCP,
     TCP_NODELAY},
    {{"udp_of_streams", "winsock.option_kind.udp_stream"},
     SOCK_STREAM,
     IPPROTO_UDP,
     OPT_UDP_NOCHECKSUM},
};

START_TEST(of_another_protocol)
{
    winsock_start();
    SOCKET s = socket_open(strange[_i].type);
    DWORD value;

    int result = option_get(s, strange[_i].level, strange[_i].option, &value);

    expect_failed_somehow(result == 0);
    expect_failed_somehow(option_set(s, strange[_i].level, strange[_i].option, 1) == 0);
}
END_TEST
COVERS_ROWS(of_another_protocol, strange);

/* ---- What is told */

START_TEST(accepted_socket_does_not_listen)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = stream_connect(socket_port(listener));
    SOCKET accepted = stream_accept(listener);
    DWORD value;

    int result = option_get(accepted, SOL_SOCKET, SO_ACCEPTCONN, &value);

    expect_socket_succeeded(result);
    expect_number(value, FALSE);
    expect_socket_succeeded(option_get(client, SOL_SOCKET, SO_ACCEPTCONN, &value));
    expect_number(value, FALSE);
    expect_socket_succeeded(option_get(listener, SOL_SOCKET, SO_ACCEPTCONN, &value));
    expect_true(value != FALSE);
}
END_TEST
COVERS(accepted_socket_does_not_listen, "winsock.getsockopt.acceptconn_accepted");

START_TEST(error_outlives_a_success)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM), nobody = socket_bound(SOCK_STREAM);
    struct sockaddr_in name = socket_name(nobody);
    fd_set failed = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = select_limit();
    u_long count;
    DWORD value;
    take_no_for_an_answer(s);
    set_nonblocking(s, true);
    int connecting = connect(s, (struct sockaddr *)&name, sizeof(name));
    require(connecting == SOCKET_ERROR && GetLastError() == WSAEWOULDBLOCK);
    require(select(0, NULL, NULL, &failed, &limit) == 1);

    int result = ioctlsocket(s, FIONREAD, &count);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, SOL_SOCKET, SO_ERROR, &value));
    expect_number(value, WSAECONNREFUSED);
}
END_TEST
COVERS(error_outlives_a_success, "winsock.getsockopt.so_error_outlives_success");

START_TEST(opening_of_later_sockets)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    DWORD value;
    expect_socket_succeeded(option_get(s, SOL_SOCKET, SO_OPENTYPE, &value));
    expect_number(value, 0);

    int result = option_set(s, SOL_SOCKET, SO_OPENTYPE, SO_SYNCHRONOUS_NONALERT);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, SOL_SOCKET, SO_OPENTYPE, &value));
    expect_number(value, SO_SYNCHRONOUS_NONALERT);
}
END_TEST
COVERS(opening_of_later_sockets, "winsock.option_socket.opentype");

/* ---- SO_BSP_STATE */

static union {
    CSADDR_INFO info;
    char room[sizeof(CSADDR_INFO) + 2 * sizeof(struct sockaddr_storage)];
} state;

START_TEST(state_of_ipv6)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM);
    struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_addr.s6_addr[15] = 1};
    int length = sizeof(name), size = sizeof(state);
    require(bind(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    require(getsockname(s, (struct sockaddr *)&name, &length) == 0);

    int result = getsockopt(s, SOL_SOCKET, OPT_BSP_STATE, (char *)&state, &size);

    expect_socket_succeeded(result);
    expect_number(state.info.iSocketType, SOCK_DGRAM);
    expect_number(state.info.iProtocol, IPPROTO_UDP);
    expect_number(state.info.LocalAddr.iSockaddrLength, sizeof(name));
    expect_bytes(state.info.LocalAddr.lpSockaddr, &name, sizeof(name));
}
END_TEST
COVERS(state_of_ipv6, "winsock.option_bsp_state.ipv6");

START_TEST(state_that_does_not_fit)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    int size = sizeof(CSADDR_INFO) - 1;

    int result = getsockopt(s, SOL_SOCKET, OPT_BSP_STATE, (char *)&state, &size);

    expect_socket_failed(result, WSAEFAULT);
    expect_number(size, sizeof(CSADDR_INFO) - 1);
}
END_TEST
COVERS(state_that_does_not_fit, "winsock.option_bsp_state.length_stays");

/* ---- Said of options that are reserved, or left to the provider */

static const struct {
    struct row row;
    int type, option;
} reserved[] = {
    {{"largest_message_of_streams", "winsock.option_seen.max_msg_size_stream"},
     SOCK_STREAM,
     SO_MAX_MSG_SIZE},
    {{"listening_of_datagrams", "winsock.option_seen.acceptconn_datagram"},
     SOCK_DGRAM,
     SO_ACCEPTCONN},
    {{"largest_datagram", "winsock.option_seen.maxdg"}, SOCK_DGRAM, SO_MAXDG},
    {{"largest_datagram_on_a_path", "winsock.option_seen.maxpathdg"}, SOCK_DGRAM, SO_MAXPATHDG},
    {{"group", "winsock.option_seen.group_id"}, SOCK_STREAM, SO_GROUP_ID},
    {{"priority_in_a_group", "winsock.option_seen.group_priority"}, SOCK_STREAM, SO_GROUP_PRIORITY},
    {{"pause", "winsock.option_seen.pause_accept"}, SOCK_STREAM, OPT_PAUSE_ACCEPT},
    {{"scalable_ports", "winsock.option_seen.port_scalability"}, SOCK_STREAM, OPT_PORT_SCALABILITY},
    {{"connect_options", "winsock.option_seen.connopt"}, SOCK_STREAM, SO_CONNOPT},
    {{"disconnect_data", "winsock.option_seen.discdata"}, SOCK_STREAM, SO_DISCDATA},
    {{"disconnect_options", "winsock.option_seen.discopt"}, SOCK_STREAM, SO_DISCOPT},
};

START_TEST(seen)
{
    winsock_start();
    SOCKET s = socket_open(reserved[_i].type);
    DWORD value;

    int result = option_get(s, SOL_SOCKET, reserved[_i].option, &value);

    record_outcome("getsockopt", result == 0);
}
END_TEST
COVERS_ROWS(seen, reserved);
