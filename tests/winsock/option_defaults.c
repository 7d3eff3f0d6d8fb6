/* What options are before anybody sets them, what they take, and what they refuse. */
#include "option.h"

static const struct {
    struct row row;
    int family, type, level, option;
    DWORD value;
} defaults[] = {
    {{"mtu_discover", "winsock.option_ip.mtu_discover_default"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_IP,
     OPT_MTU_DISCOVER,
     0},
    {{"user_mtu", "winsock.option_ip.user_mtu_default"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_IP,
     OPT_USER_MTU,
     MAXDWORD},
    {{"multicast_loop", "winsock.option_ip.multicast_loop_default"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_IP,
     IP_MULTICAST_LOOP,
     1},
    {{"interface_list", "winsock.option_ip.iflist_default"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_IP,
     OPT_IFLIST,
     0},
    {{"unicast_interface", "winsock.option_ip.unicast_if_default"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_IP,
     OPT_UNICAST_IF,
     0},
    {{"v6only", "winsock.option_ipv6.v6only_default_datagram"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     IPV6_V6ONLY,
     1},
    {{"ipv6_packet_info", "winsock.packet_info.default_off_b"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     IPV6_PKTINFO,
     0},
    {{"ipv6_unicast_interface", "winsock.option_ipv6.unicast_if_default"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     OPT_UNICAST_IF,
     0},
    {{"ipv6_mtu_discover", "winsock.option_ipv6.mtu_discover_default"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     OPT_MTU_DISCOVER,
     0},
    {{"ipv6_user_mtu", "winsock.option_ipv6.user_mtu_default"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     OPT_USER_MTU,
     MAXDWORD},
    {{"udp_without_checksum", "winsock.option_udp.nocheck_default"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_UDP,
     OPT_UDP_NOCHECKSUM,
     0},
    {{"udp_message_size", "winsock.option_udp.send_msg_size_default"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_UDP,
     OPT_UDP_SEND_MSG_SIZE,
     0},
    {{"udp_coalesced_size", "winsock.option_udp.recv_coalesce_default"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_UDP,
     OPT_UDP_RECV_MAX_COALESCED_SIZE,
     0},
    {{"receive_time_out", "winsock.option_socket.rcvtimeo_default"},
     AF_INET,
     SOCK_DGRAM,
     SOL_SOCKET,
     SO_RCVTIMEO,
     0},
    {{"send_time_out", "winsock.option_socket.sndtimeo_default"},
     AF_INET,
     SOCK_DGRAM,
     SOL_SOCKET,
     SO_SNDTIMEO,
     0},
};

/* A socket that no helper has set an option of; UNSUPPORTED where the machine has no IPv6. */
static SOCKET new_socket(int family, int type)
{
    socket_close(socket_of(family, type));
    SOCKET s = socket(family, type, 0);
    require(s != INVALID_SOCKET);
    return s;
}

START_TEST(default_of)
{
    winsock_start();
    SOCKET s = new_socket(defaults[_i].family, defaults[_i].type);
    DWORD value;

    int result = option_get(s, defaults[_i].level, defaults[_i].option, &value);

    expect_socket_succeeded(result);
    expect_number(value, defaults[_i].value);
}
END_TEST
COVERS_ROWS(default_of, defaults);

static const struct {
    struct row row;
    int family, type, level, option;
    DWORD value;
} values[] = {
    {{"mtu_discover_do", "winsock.option_ip.mtu_discover_values"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_IP,
     OPT_MTU_DISCOVER,
     OPT_PMTUD_DO},
    {{"mtu_discover_dont", "winsock.option_ip.mtu_discover_values"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_IP,
     OPT_MTU_DISCOVER,
     OPT_PMTUD_DONT},
    {{"mtu_discover_probe", "winsock.option_ip.mtu_discover_values"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_IP,
     OPT_MTU_DISCOVER,
     OPT_PMTUD_PROBE},
    {{"ipv6_mtu_discover_do", "winsock.option_ipv6.mtu_discover_values"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     OPT_MTU_DISCOVER,
     OPT_PMTUD_DO},
    {{"ipv6_mtu_discover_dont", "winsock.option_ipv6.mtu_discover_values"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     OPT_MTU_DISCOVER,
     OPT_PMTUD_DONT},
    {{"ipv6_mtu_discover_probe", "winsock.option_ipv6.mtu_discover_values"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     OPT_MTU_DISCOVER,
     OPT_PMTUD_PROBE},
    {{"mtu_discover_do_of_stream", "winsock.option_ip.mtu_discover_streams"},
     AF_INET,
     SOCK_STREAM,
     IPPROTO_IP,
     OPT_MTU_DISCOVER,
     OPT_PMTUD_DO},
    {{"mtu_discover_dont_of_stream", "winsock.option_ip.mtu_discover_streams"},
     AF_INET,
     SOCK_STREAM,
     IPPROTO_IP,
     OPT_MTU_DISCOVER,
     OPT_PMTUD_DONT},
    {{"mtu_discover_probe_of_stream", "winsock.option_ip.mtu_discover_streams"},
     AF_INET,
     SOCK_STREAM,
     IPPROTO_IP,
     OPT_MTU_DISCOVER,
     OPT_PMTUD_PROBE},
    {{"ipv6_mtu_discover_do_of_stream", "winsock.option_ipv6.mtu_discover_streams"},
     AF_INET6,
     SOCK_STREAM,
     IPPROTO_IPV6,
     OPT_MTU_DISCOVER,
     OPT_PMTUD_DO},
    {{"ipv6_mtu_discover_dont_of_stream", "winsock.option_ipv6.mtu_discover_streams"},
     AF_INET6,
     SOCK_STREAM,
     IPPROTO_IPV6,
     OPT_MTU_DISCOVER,
     OPT_PMTUD_DONT},
    {{"ipv6_mtu_discover_probe_of_stream", "winsock.option_ipv6.mtu_discover_streams"},
     AF_INET6,
     SOCK_STREAM,
     IPPROTO_IPV6,
     OPT_MTU_DISCOVER,
     OPT_PMTUD_PROBE},
    {{"user_mtu", "winsock.option_ip.user_mtu_set"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_IP,
     OPT_USER_MTU,
     1280},
    {{"ipv6_user_mtu", "winsock.option_ipv6.user_mtu_set"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     OPT_USER_MTU,
     1400},
    {{"multicast_loop_off", "winsock.option_ip.multicast_loop_set"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_IP,
     IP_MULTICAST_LOOP,
     0},
    {{"ipv6_multicast_loop_off", "winsock.option_ipv6.multicast_loop_set"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     IPV6_MULTICAST_LOOP,
     0},
    {{"multicast_hops_0", "winsock.option_ipv6.multicast_hops_range"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     IPV6_MULTICAST_HOPS,
     0},
    {{"multicast_hops_255", "winsock.option_ipv6.multicast_hops_range"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     IPV6_MULTICAST_HOPS,
     255},
    {{"protection_unrestricted", "winsock.option_ipv6.protection_levels"},
     AF_INET6,
     SOCK_STREAM,
     IPPROTO_IPV6,
     OPT_PROTECTION_LEVEL,
     10},
    {{"protection_edge_restricted", "winsock.option_ipv6.protection_levels"},
     AF_INET6,
     SOCK_STREAM,
     IPPROTO_IPV6,
     OPT_PROTECTION_LEVEL,
     20},
    {{"protection_restricted", "winsock.option_ipv6.protection_levels"},
     AF_INET6,
     SOCK_STREAM,
     IPPROTO_IPV6,
     OPT_PROTECTION_LEVEL,
     30},
    {{"receive_broadcast_off", "winsock.option_ip.receive_broadcast_set"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_IP,
     OPT_RECEIVE_BROADCAST,
     0},
    {{"udp_without_checksum", "winsock.option_udp.nocheck_set"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_UDP,
     OPT_UDP_NOCHECKSUM,
     1},
    {{"udp_message_size", "winsock.option_udp.send_msg_size_set"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_UDP,
     OPT_UDP_SEND_MSG_SIZE,
     1000},
    {{"udp_coalesced_size", "winsock.option_udp.recv_coalesce_set"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_UDP,
     OPT_UDP_RECV_MAX_COALESCED_SIZE,
     4000},
    {{"keepalive_probes_1", "winsock.option_tcp.keepcnt_values"},
     AF_INET,
     SOCK_STREAM,
     IPPROTO_TCP,
     OPT_TCP_KEEPCNT,
     1},
    {{"keepalive_probes_255", "winsock.option_tcp.keepcnt_values"},
     AF_INET,
     SOCK_STREAM,
     IPPROTO_TCP,
     OPT_TCP_KEEPCNT,
     255},
};

START_TEST(takes)
{
    winsock_start();
    SOCKET s = new_socket(values[_i].family, values[_i].type);
    SOCKET other = new_socket(values[_i].family, values[_i].type);
    int level = values[_i].level, option = values[_i].option;
    DWORD before, value;
    expect_socket_succeeded(option_get(other, level, option, &before));

    int result = option_set(s, level, option, values[_i].value);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, level, option, &value));
    expect_number(value, values[_i].value);
    expect_socket_succeeded(option_get(other, level, option, &value));
    expect_number(value, before);
}
END_TEST
COVERS_ROWS(takes, values);

static const struct {
    struct row row;
    int family, type, level, option;
    DWORD good, bad;
} illegal[] = {
    {{"keepalive_probes_256", "winsock.option_tcp.keepcnt_range"},
     AF_INET,
     SOCK_STREAM,
     IPPROTO_TCP,
     OPT_TCP_KEEPCNT,
     10,
     256},
    {{"multicast_hops_256", "winsock.option_ipv6.multicast_hops_illegal"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     IPV6_MULTICAST_HOPS,
     16,
     256},
    {{"unicast_hops_256", "winsock.option_ipv6.unicast_hops_illegal"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     IPV6_UNICAST_HOPS,
     16,
     256},
    {{"protection_default", "winsock.option_ipv6.protection_default"},
     AF_INET6,
     SOCK_STREAM,
     IPPROTO_IPV6,
     OPT_PROTECTION_LEVEL,
     10,
     MAXDWORD},
};

START_TEST(refuses)
{
    winsock_start();
    SOCKET s = new_socket(illegal[_i].family, illegal[_i].type);
    int level = illegal[_i].level, option = illegal[_i].option;
    DWORD value;
    expect_socket_succeeded(option_set(s, level, option, illegal[_i].good));

    int result = option_set(s, level, option, illegal[_i].bad);

    expect_failed_somehow(result == 0);
    expect_socket_succeeded(option_get(s, level, option, &value));
    expect_number(value, illegal[_i].good);
}
END_TEST
COVERS_ROWS(refuses, illegal);
