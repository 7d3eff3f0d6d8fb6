/* Options that begin otherwise, forget what was set, and take what they must refuse. */
#include "option-mutants.h"

TELLS(default_mtu_discover, IPPROTO_IP, OPT_MTU_DISCOVER, 0, 1)
MUTANT(ip_mtu_discover_has_other_default,
       "IP_MTU_DISCOVER of a new socket is not IP_PMTUDISC_NOT_SET (0)",
       PATCH(getsockopt, default_mtu_discover));

TELLS(default_user_mtu, IPPROTO_IP, OPT_USER_MTU, MAXDWORD, (char)1)
MUTANT(ip_user_mtu_has_other_default,
       "IP_USER_MTU of a new socket is not IP_UNSPECIFIED_USER_MTU (0xFFFFFFFF)",
       PATCH(getsockopt, default_user_mtu));

TELLS(default_multicast_loop, IPPROTO_IP, IP_MULTICAST_LOOP, 1, 0)
MUTANT(ip_multicast_loop_has_other_default, "IP_MULTICAST_LOOP of a new socket is not on",
       PATCH(getsockopt, default_multicast_loop));

TELLS(default_interface_list, IPPROTO_IP, OPT_IFLIST, 0, 1)
MUTANT(ip_iflist_has_other_default, "IP_IFLIST of a new socket is not off",
       PATCH(getsockopt, default_interface_list));

TELLS(default_unicast_interface, IPPROTO_IP, OPT_UNICAST_IF, 0, 1)
MUTANT(ip_unicast_if_has_other_default, "IP_UNICAST_IF of a new socket is not 0, unspecified",
       PATCH(getsockopt, default_unicast_interface));

TELLS(default_v6only, IPPROTO_IPV6, IPV6_V6ONLY, 1, 0)
MUTANT(ipv6_v6only_has_other_default, "IPV6_V6ONLY of a new socket is not on",
       PATCH(getsockopt, default_v6only));

TELLS(default_ipv6_packet_info, IPPROTO_IPV6, IPV6_PKTINFO, 0, 1)
MUTANT(ipv6_pktinfo_has_other_default, "IPV6_PKTINFO of a new socket is not off",
       PATCH(getsockopt, default_ipv6_packet_info));

TELLS(default_ipv6_unicast_interface, IPPROTO_IPV6, OPT_UNICAST_IF, 0, 1)
MUTANT(ipv6_unicast_if_has_other_default, "IPV6_UNICAST_IF of a new socket is not 0, unspecified",
       PATCH(getsockopt, default_ipv6_unicast_interface));

TELLS(default_ipv6_mtu_discover, IPPROTO_IPV6, OPT_MTU_DISCOVER, 0, 1)
MUTANT(ipv6_mtu_discover_has_other_default,
       "IPV6_MTU_DISCOVER of a new socket is not IP_PMTUDISC_NOT_SET (0)",
       PATCH(getsockopt, default_ipv6_mtu_discover));

TELLS(default_ipv6_user_mtu, IPPROTO_IPV6, OPT_USER_MTU, MAXDWORD, (char)1)
MUTANT(ipv6_user_mtu_has_other_default,
       "IPV6_USER_MTU of a new socket is not IP_UNSPECIFIED_USER_MTU (0xFFFFFFFF)",
       PATCH(getsockopt, default_ipv6_user_mtu));

TELLS(default_udp_without_checksum, IPPROTO_UDP, OPT_UDP_NOCHECKSUM, 0, 1)
MUTANT(udp_nochecksum_has_other_default, "UDP_NOCHECKSUM of a new socket is not off",
       PATCH(getsockopt, default_udp_without_checksum));

TELLS(default_udp_message_size, IPPROTO_UDP, OPT_UDP_SEND_MSG_SIZE, 0, 1)
MUTANT(udp_send_msg_size_has_other_default,
       "UDP_SEND_MSG_SIZE of a new socket is not 0: nothing that is sent is divided",
       PATCH(getsockopt, default_udp_message_size));

TELLS(default_udp_coalesced_size, IPPROTO_UDP, OPT_UDP_RECV_MAX_COALESCED_SIZE, 0, 1)
MUTANT(udp_recv_max_coalesced_size_has_other_default,
       "UDP_RECV_MAX_COALESCED_SIZE of a new socket is not 0: nothing that arrives is put together",
       PATCH(getsockopt, default_udp_coalesced_size));

TELLS(default_receive_time_out, SOL_SOCKET, SO_RCVTIMEO, 0, 1)
MUTANT(so_rcvtimeo_has_other_default,
       "SO_RCVTIMEO of a new socket is not 0: a receive does not time out",
       PATCH(getsockopt, default_receive_time_out));

TELLS(default_send_time_out, SOL_SOCKET, SO_SNDTIMEO, 0, 1)
MUTANT(so_sndtimeo_has_other_default,
       "SO_SNDTIMEO of a new socket is not 0: a send does not time out",
       PATCH(getsockopt, default_send_time_out));

SET_SUCCEEDS(forgets_mtu_discover, IS_OPTION(IPPROTO_IP, OPT_MTU_DISCOVER))
MUTANT(ip_mtu_discover_is_not_kept, "setsockopt of IP_MTU_DISCOVER succeeds and changes nothing",
       PATCH(setsockopt, set_forgets_mtu_discover));

SET_SUCCEEDS(forgets_ipv6_mtu_discover, IS_OPTION(IPPROTO_IPV6, OPT_MTU_DISCOVER))
MUTANT(ipv6_mtu_discover_is_not_kept,
       "setsockopt of IPV6_MTU_DISCOVER succeeds and changes nothing",
       PATCH(setsockopt, set_forgets_ipv6_mtu_discover));

SET_SUCCEEDS(forgets_user_mtu, IS_OPTION(IPPROTO_IP, OPT_USER_MTU))
MUTANT(ip_user_mtu_is_not_kept, "setsockopt of IP_USER_MTU succeeds and changes nothing",
       PATCH(setsockopt, set_forgets_user_mtu));

SET_SUCCEEDS(forgets_ipv6_user_mtu, IS_OPTION(IPPROTO_IPV6, OPT_USER_MTU))
MUTANT(ipv6_user_mtu_is_not_kept, "setsockopt of IPV6_USER_MTU succeeds and changes nothing",
       PATCH(setsockopt, set_forgets_ipv6_user_mtu));

SET_SUCCEEDS(forgets_multicast_loop, IS_OPTION(IPPROTO_IP, IP_MULTICAST_LOOP))
MUTANT(ip_multicast_loop_is_not_kept,
       "setsockopt of IP_MULTICAST_LOOP succeeds and changes nothing",
       PATCH(setsockopt, set_forgets_multicast_loop));

SET_SUCCEEDS(forgets_ipv6_multicast_loop, IS_OPTION(IPPROTO_IPV6, IPV6_MULTICAST_LOOP))
MUTANT(ipv6_multicast_loop_is_not_kept,
       "setsockopt of IPV6_MULTICAST_LOOP succeeds and changes nothing",
       PATCH(setsockopt, set_forgets_ipv6_multicast_loop));

SET_SUCCEEDS(forgets_multicast_hops, IS_OPTION(IPPROTO_IPV6, IPV6_MULTICAST_HOPS))
MUTANT(ipv6_multicast_hops_is_not_kept,
       "setsockopt of IPV6_MULTICAST_HOPS succeeds and changes nothing",
       PATCH(setsockopt, set_forgets_multicast_hops));

SET_SUCCEEDS(forgets_protection_level, IS_OPTION(IPPROTO_IPV6, OPT_PROTECTION_LEVEL))
MUTANT(ipv6_protection_level_is_not_kept,
       "setsockopt of IPV6_PROTECTION_LEVEL succeeds and changes nothing",
       PATCH(setsockopt, set_forgets_protection_level));

SET_SUCCEEDS(forgets_receive_broadcast, IS_OPTION(IPPROTO_IP, OPT_RECEIVE_BROADCAST))
MUTANT(ip_receive_broadcast_is_not_kept,
       "setsockopt of IP_RECEIVE_BROADCAST succeeds and changes nothing",
       PATCH(setsockopt, set_forgets_receive_broadcast));

SET_SUCCEEDS(forgets_udp_checksum, IS_OPTION(IPPROTO_UDP, OPT_UDP_NOCHECKSUM))
MUTANT(udp_nochecksum_is_not_kept, "setsockopt of UDP_NOCHECKSUM succeeds and changes nothing",
       PATCH(setsockopt, set_forgets_udp_checksum));

SET_SUCCEEDS(forgets_udp_message_size, IS_OPTION(IPPROTO_UDP, OPT_UDP_SEND_MSG_SIZE))
MUTANT(udp_send_msg_size_is_not_kept,
       "setsockopt of UDP_SEND_MSG_SIZE succeeds and changes nothing",
       PATCH(setsockopt, set_forgets_udp_message_size));

SET_SUCCEEDS(forgets_udp_coalesced_size, IS_OPTION(IPPROTO_UDP, OPT_UDP_RECV_MAX_COALESCED_SIZE))
MUTANT(udp_recv_max_coalesced_size_is_not_kept,
       "setsockopt of UDP_RECV_MAX_COALESCED_SIZE succeeds and changes nothing",
       PATCH(setsockopt, set_forgets_udp_coalesced_size));

SET_SUCCEEDS(forgets_keepcnt, IS_OPTION(IPPROTO_TCP, OPT_TCP_KEEPCNT))
MUTANT(tcp_keepcnt_is_not_kept, "setsockopt of TCP_KEEPCNT succeeds and changes nothing",
       PATCH(setsockopt, set_forgets_keepcnt));

SET_TAKES(takes_keepalive_probes_256, IS_OPTION(IPPROTO_TCP, OPT_TCP_KEEPCNT))
MUTANT(keepcnt_takes_256, "setsockopt of TCP_KEEPCNT takes what it must refuse",
       PATCH(setsockopt, set_takes_keepalive_probes_256));

SET_TAKES(takes_multicast_hops_256, IS_OPTION(IPPROTO_IPV6, IPV6_MULTICAST_HOPS))
MUTANT(multicast_hops_takes_256, "setsockopt of IPV6_MULTICAST_HOPS takes what it must refuse",
       PATCH(setsockopt, set_takes_multicast_hops_256));

SET_TAKES(takes_unicast_hops_256, IS_OPTION(IPPROTO_IPV6, IPV6_UNICAST_HOPS))
MUTANT(unicast_hops_takes_256, "setsockopt of IPV6_UNICAST_HOPS takes what it must refuse",
       PATCH(setsockopt, set_takes_unicast_hops_256));

SET_TAKES(takes_protection_default, IS_OPTION(IPPROTO_IPV6, OPT_PROTECTION_LEVEL))
MUTANT(protection_level_takes_default,
       "setsockopt of IPV6_PROTECTION_LEVEL takes what it must refuse",
       PATCH(setsockopt, set_takes_protection_default));

static int WINAPI no_ip_mtu_discover(SET_PARAMETERS)
{
    return IS_OPTION(IPPROTO_IP, OPT_MTU_DISCOVER) && is_stream(s) ? socket_fails(WSAENOPROTOOPT)
                                                                   : SET;
}
MUTANT(streams_have_no_ip_mtu_discover, "IP_MTU_DISCOVER is for datagram sockets alone",
       PATCH(setsockopt, no_ip_mtu_discover));

static int WINAPI no_ipv6_mtu_discover(SET_PARAMETERS)
{
    return IS_OPTION(IPPROTO_IPV6, OPT_MTU_DISCOVER) && is_stream(s) ? socket_fails(WSAENOPROTOOPT)
                                                                     : SET;
}
MUTANT(streams_have_no_ipv6_mtu_discover, "IPV6_MTU_DISCOVER is for datagram sockets alone",
       PATCH(setsockopt, no_ipv6_mtu_discover));
