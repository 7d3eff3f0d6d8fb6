/* Which sockets an option is for, and what it is on others. */
#include "option.h"

static const struct {
    struct row row;
    int family, level, option;
} of_datagrams[] = {
    {{"received_interface", "winsock.option_kind.received_interface"},
     AF_INET,
     IPPROTO_IP,
     OPT_RECVIF},
    {{"received_tos", "winsock.option_kind.received_tos"}, AF_INET, IPPROTO_IP, OPT_RECVTOS},
    {{"received_ecn", "winsock.option_kind.received_ecn"}, AF_INET, IPPROTO_IP, OPT_RECVECN},
    {{"original_interface", "winsock.option_kind.original_interface"},
     AF_INET,
     IPPROTO_IP,
     OPT_ORIGINAL_ARRIVAL_IF},
    {{"ipv6_hop_limit", "winsock.option_kind.ipv6_hop_limit"},
     AF_INET6,
     IPPROTO_IPV6,
     IPV6_HOPLIMIT},
    {{"ipv6_received_interface", "winsock.option_kind.ipv6_received_interface"},
     AF_INET6,
     IPPROTO_IPV6,
     OPT_RECVIF},
    {{"ipv6_received_class", "winsock.option_kind.ipv6_received_class"},
     AF_INET6,
     IPPROTO_IPV6,
     OPT_RECVTOS},
    {{"ipv6_received_ecn", "winsock.option_kind.ipv6_received_ecn"},
     AF_INET6,
     IPPROTO_IPV6,
     OPT_RECVECN},
    {{"ipv6_original_interface", "winsock.option_kind.ipv6_original_interface"},
     AF_INET6,
     IPPROTO_IPV6,
     OPT_ORIGINAL_ARRIVAL_IF},
    {{"ipv6_multicast_hops", "winsock.option_kind.ipv6_multicast_hops"},
     AF_INET6,
     IPPROTO_IPV6,
     IPV6_MULTICAST_HOPS},
    {{"ipv6_multicast_loop", "winsock.option_kind.ipv6_multicast_loop"},
     AF_INET6,
     IPPROTO_IPV6,
     IPV6_MULTICAST_LOOP},
};

START_TEST(streams_have_no)
{
    winsock_start();
    int level = of_datagrams[_i].level, option = of_datagrams[_i].option;
    SOCKET stream = socket_of(of_datagrams[_i].family, SOCK_STREAM);
    SOCKET datagram = socket_of(of_datagrams[_i].family, SOCK_DGRAM);
    DWORD value;

    int result = option_get(stream, level, option, &value);

    expect_socket_failed(result, WSAEINVAL);
    expect_socket_succeeded(option_get(datagram, level, option, &value));
    expect_socket_succeeded(option_set(datagram, level, option, value));
}
END_TEST
COVERS_ROWS(streams_have_no, of_datagrams);

static const struct {
    struct row row;
    int family, level, option;
} packet_infos[] = {
    {{"ipv4", "winsock.option_kind.packet_info"}, AF_INET, IPPROTO_IP, IP_PKTINFO},
    {{"ipv6", "winsock.option_kind.ipv6_packet_info"}, AF_INET6, IPPROTO_IPV6, IPV6_PKTINFO},
};

START_TEST(streams_have_no_packet_info)
{
    winsock_start();
    int level = packet_infos[_i].level, option = packet_infos[_i].option;
    SOCKET stream = socket_of(packet_infos[_i].family, SOCK_STREAM);
    SOCKET datagram = socket_of(packet_infos[_i].family, SOCK_DGRAM);
    DWORD value;
    char text[80];

    int result = option_get(stream, level, option, &value);

    DWORD error = GetLastError();
    expect_socket_failed(result, WSAENOPROTOOPT, WSAEINVAL);
    record("error", "%s", error_text(error, text, sizeof(text)));
    expect_socket_succeeded(option_get(datagram, level, option, &value));
    expect_socket_succeeded(option_set(datagram, level, option, value));
}
END_TEST
COVERS_ROWS(streams_have_no_packet_info, packet_infos);

static const struct {
    struct row row;
    int family, level, option;
} to_be_set[] = {
    {{"drop_membership", "winsock.option_kind.drop_membership"},
     AF_INET,
     IPPROTO_IP,
     IP_DROP_MEMBERSHIP},
    {{"ipv6_add_membership", "winsock.option_kind.ipv6_add_membership"},
     AF_INET6,
     IPPROTO_IPV6,
     IPV6_ADD_MEMBERSHIP},
    {{"ipv6_drop_membership", "winsock.option_kind.ipv6_drop_membership"},
     AF_INET6,
     IPPROTO_IPV6,
     IPV6_DROP_MEMBERSHIP},
};

START_TEST(cannot_be_read)
{
    winsock_start();
    SOCKET s = socket_of(to_be_set[_i].family, SOCK_DGRAM);
    DWORD value;
    require(option_get(s, to_be_set[_i].level, IP_MULTICAST_LOOP, &value) == 0);

    int result = option_get(s, to_be_set[_i].level, to_be_set[_i].option, &value);

    expect_socket_failed(result, WSAENOPROTOOPT);
}
END_TEST
COVERS_ROWS(cannot_be_read, to_be_set);

static const struct {
    struct row row;
    int family, type, level, option;
} paths[] = {
    {{"datagram", "winsock.option_ip.mtu_connected"}, AF_INET, SOCK_DGRAM, IPPROTO_IP, OPT_IP_MTU},
    {{"stream", "winsock.option_ip.mtu_connected"}, AF_INET, SOCK_STREAM, IPPROTO_IP, OPT_IP_MTU},
    {{"ipv6_datagram", "winsock.option_ipv6.mtu_connected"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     OPT_IPV6_MTU},
    {{"ipv6_stream", "winsock.option_ipv6.mtu_connected"},
     AF_INET6,
     SOCK_STREAM,
     IPPROTO_IPV6,
     OPT_IPV6_MTU},
};

START_TEST(mtu_needs_a_peer)
{
    winsock_start();
    SOCKET s = socket_of(paths[_i].family, paths[_i].type);
    DWORD value;

    int result = option_get(s, paths[_i].level, paths[_i].option, &value);

    expect_socket_failed(result, WSAENOTCONN);
}
END_TEST
COVERS_ROWS(mtu_needs_a_peer, paths);

START_TEST(mtu_of_loopback)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET, SOCK_DGRAM);
    struct sockaddr_in peer = socket_name(socket_bound(SOCK_DGRAM));
    require(connect(s, (struct sockaddr *)&peer, sizeof(peer)) == 0);
    DWORD value;

    int result = option_get(s, IPPROTO_IP, OPT_IP_MTU, &value);

    expect_socket_succeeded(result);
    expect_true(value >= 68);
}
END_TEST
COVERS(mtu_of_loopback, "winsock.option_ip.mtu_of_peer");

START_TEST(mtu_of_ipv6_loopback)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM), other = socket_of(AF_INET6, SOCK_DGRAM);
    struct sockaddr_in6 peer = {.sin6_family = AF_INET6, .sin6_addr.s6_addr[15] = 1};
    int length = sizeof(peer);
    require(bind(other, (struct sockaddr *)&peer, sizeof(peer)) == 0);
    require(getsockname(other, (struct sockaddr *)&peer, &length) == 0);
    require(connect(s, (struct sockaddr *)&peer, sizeof(peer)) == 0);
    DWORD value;

    int result = option_get(s, IPPROTO_IPV6, OPT_IPV6_MTU, &value);

    expect_socket_succeeded(result);
    expect_true(value >= 1280);
}
END_TEST
COVERS(mtu_of_ipv6_loopback, "winsock.option_ipv6.mtu_of_peer");

static const struct {
    struct row row;
    int family, type, level, option;
    DWORD error;
} unsupported_options[] = {
    {{"send_low_water_mark", "winsock.option_socket.sndlowat_einval"},
     AF_INET,
     SOCK_STREAM,
     SOL_SOCKET,
     SO_SNDLOWAT,
     WSAEINVAL},
    {{"receive_low_water_mark", "winsock.option_socket.rcvlowat_einval"},
     AF_INET,
     SOCK_STREAM,
     SOL_SOCKET,
     SO_RCVLOWAT,
     WSAEINVAL},
    {{"use_loopback", "winsock.option_socket.useloopback_einval"},
     AF_INET,
     SOCK_DGRAM,
     SOL_SOCKET,
     SO_USELOOPBACK,
     WSAEINVAL},
};

START_TEST(no_socket_has)
{
    winsock_start();
    SOCKET s = socket_of(unsupported_options[_i].family, unsupported_options[_i].type);
    int level = unsupported_options[_i].level, option = unsupported_options[_i].option;
    DWORD value;

    int result = option_get(s, level, option, &value);

    expect_socket_failed(result, unsupported_options[_i].error);
    expect_socket_failed(option_set(s, level, option, 1), unsupported_options[_i].error);
    expect_socket_succeeded(option_get(s, level, SO_RCVBUF, &value));
}
END_TEST
COVERS_ROWS(no_socket_has, unsupported_options);

/* ---- Options that nobody knows, of a level that is known */

static const struct {
    struct row row;
    int family, type, level;
} levels[] = {
    {{"ip_of_a_datagram_socket", NULL}, AF_INET, SOCK_DGRAM, IPPROTO_IP},
    {{"ipv6", NULL}, AF_INET6, SOCK_STREAM, IPPROTO_IPV6},
    {{"ipv6_of_a_datagram_socket", NULL}, AF_INET6, SOCK_DGRAM, IPPROTO_IPV6},
    {{"tcp", NULL}, AF_INET, SOCK_STREAM, IPPROTO_TCP},
    {{"tcp_of_ipv6", NULL}, AF_INET6, SOCK_STREAM, IPPROTO_TCP},
};

START_TEST(unknown_option_of)
{
    winsock_start();
    SOCKET s = socket_of(levels[_i].family, levels[_i].type);
    DWORD value;

    int result = option_get(s, levels[_i].level, -1, &value);

    expect_socket_failed(result, WSAENOPROTOOPT);
    expect_socket_failed(option_set(s, levels[_i].level, -1, 1), WSAENOPROTOOPT);
    expect_socket_succeeded(option_get(s, SOL_SOCKET, SO_RCVBUF, &value));
}
END_TEST
COVERS_ROWS(unknown_option_of, levels, "winsock.getsockopt.unknown_option",
            "winsock.setsockopt.unknown_option");
