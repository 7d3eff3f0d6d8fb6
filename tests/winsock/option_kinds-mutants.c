/* Sockets that have an option which is for others, or that nobody has. */
#include "option-mutants.h"

/* A getsockopt that knows one option of datagram sockets on streams. */
#define STREAMS_HAVE(name, level_, option_) \
    GET_SUCCEEDS(name, IS_OPTION(level_, option_) && is_stream(s))

STREAMS_HAVE(ip_pktinfo, IPPROTO_IP, IP_PKTINFO)
MUTANT(streams_have_ip_pktinfo, "A stream socket has the option IP_PKTINFO",
       PATCH(getsockopt, get_ip_pktinfo));

STREAMS_HAVE(ip_recvif, IPPROTO_IP, OPT_RECVIF)
MUTANT(streams_have_ip_recvif, "A stream socket has the option IP_RECVIF",
       PATCH(getsockopt, get_ip_recvif));

STREAMS_HAVE(ip_recvtos, IPPROTO_IP, OPT_RECVTOS)
MUTANT(streams_have_ip_recvtos, "A stream socket has the option IP_RECVTOS",
       PATCH(getsockopt, get_ip_recvtos));

STREAMS_HAVE(ip_recvecn, IPPROTO_IP, OPT_RECVECN)
MUTANT(streams_have_ip_recvecn, "A stream socket has the option IP_RECVECN",
       PATCH(getsockopt, get_ip_recvecn));

STREAMS_HAVE(ip_original_arrival_if, IPPROTO_IP, OPT_ORIGINAL_ARRIVAL_IF)
MUTANT(streams_have_ip_original_arrival_if, "A stream socket has the option IP_ORIGINAL_ARRIVAL_IF",
       PATCH(getsockopt, get_ip_original_arrival_if));

STREAMS_HAVE(ipv6_pktinfo, IPPROTO_IPV6, IPV6_PKTINFO)
MUTANT(streams_have_ipv6_pktinfo, "A stream socket has the option IPV6_PKTINFO",
       PATCH(getsockopt, get_ipv6_pktinfo));

STREAMS_HAVE(ipv6_hoplimit, IPPROTO_IPV6, IPV6_HOPLIMIT)
MUTANT(streams_have_ipv6_hoplimit, "A stream socket has the option IPV6_HOPLIMIT",
       PATCH(getsockopt, get_ipv6_hoplimit));

STREAMS_HAVE(ipv6_recvif, IPPROTO_IPV6, OPT_RECVIF)
MUTANT(streams_have_ipv6_recvif, "A stream socket has the option IPV6_RECVIF",
       PATCH(getsockopt, get_ipv6_recvif));

STREAMS_HAVE(ipv6_recvtclass, IPPROTO_IPV6, OPT_RECVTOS)
MUTANT(streams_have_ipv6_recvtclass, "A stream socket has the option IPV6_RECVTCLASS",
       PATCH(getsockopt, get_ipv6_recvtclass));

STREAMS_HAVE(ipv6_recvecn, IPPROTO_IPV6, OPT_RECVECN)
MUTANT(streams_have_ipv6_recvecn, "A stream socket has the option IPV6_RECVECN",
       PATCH(getsockopt, get_ipv6_recvecn));

STREAMS_HAVE(ip_original_arrival_if_6, IPPROTO_IPV6, OPT_ORIGINAL_ARRIVAL_IF)
MUTANT(streams_have_ipv6_ip_original_arrival_if,
       "A stream socket has the option IP_ORIGINAL_ARRIVAL_IF of IPv6",
       PATCH(getsockopt, get_ip_original_arrival_if_6));

STREAMS_HAVE(ipv6_multicast_hops, IPPROTO_IPV6, IPV6_MULTICAST_HOPS)
MUTANT(streams_have_ipv6_multicast_hops, "A stream socket has the option IPV6_MULTICAST_HOPS",
       PATCH(getsockopt, get_ipv6_multicast_hops));

STREAMS_HAVE(ipv6_multicast_loop, IPPROTO_IPV6, IPV6_MULTICAST_LOOP)
MUTANT(streams_have_ipv6_multicast_loop, "A stream socket has the option IPV6_MULTICAST_LOOP",
       PATCH(getsockopt, get_ipv6_multicast_loop));

GET_SUCCEEDS(ip_drop_membership, IS_OPTION(IPPROTO_IP, IP_DROP_MEMBERSHIP))
MUTANT(getsockopt_tells_ip_drop_membership, "getsockopt tells something for IP_DROP_MEMBERSHIP",
       PATCH(getsockopt, get_ip_drop_membership));

GET_SUCCEEDS(ipv6_add_membership, IS_OPTION(IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP))
MUTANT(getsockopt_tells_ipv6_add_membership, "getsockopt tells something for IPV6_ADD_MEMBERSHIP",
       PATCH(getsockopt, get_ipv6_add_membership));

GET_SUCCEEDS(ipv6_drop_membership, IS_OPTION(IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP))
MUTANT(getsockopt_tells_ipv6_drop_membership, "getsockopt tells something for IPV6_DROP_MEMBERSHIP",
       PATCH(getsockopt, get_ipv6_drop_membership));

GET_FAILS(ip_mtu_unconnected, IS_OPTION(IPPROTO_IP, OPT_IP_MTU), WSAENOTCONN, WSAEINVAL)
MUTANT(ip_mtu_without_connection, "IP_MTU of a socket without a peer fails with WSAEINVAL",
       PATCH(getsockopt, get_ip_mtu_unconnected));

GET_TELLS(ip_mtu_zero, IS_OPTION(IPPROTO_IP, OPT_IP_MTU), 0)
MUTANT(ip_mtu_is_zero, "IP_MTU of a connected socket is 0", PATCH(getsockopt, get_ip_mtu_zero));

GET_FAILS(ipv6_mtu_unconnected, IS_OPTION(IPPROTO_IPV6, OPT_IPV6_MTU), WSAENOTCONN, WSAEINVAL)
MUTANT(ipv6_mtu_without_connection, "IPV6_MTU of a socket without a peer fails with WSAEINVAL",
       PATCH(getsockopt, get_ipv6_mtu_unconnected));

GET_TELLS(ipv6_mtu_zero, IS_OPTION(IPPROTO_IPV6, OPT_IPV6_MTU), 0)
MUTANT(ipv6_mtu_is_zero, "IPV6_MTU of a connected socket is 0",
       PATCH(getsockopt, get_ipv6_mtu_zero));

KNOWS(send_low_water_mark, IS_OPTION(SOL_SOCKET, SO_SNDLOWAT) && is_stream(s))
MUTANT(sndlowat_is_supported, "SO_SNDLOWAT is taken and told",
       PATCH(getsockopt, get_send_low_water_mark), PATCH(setsockopt, set_send_low_water_mark));

KNOWS(receive_low_water_mark, IS_OPTION(SOL_SOCKET, SO_RCVLOWAT) && is_stream(s))
MUTANT(rcvlowat_is_supported, "SO_RCVLOWAT is taken and told",
       PATCH(getsockopt, get_receive_low_water_mark),
       PATCH(setsockopt, set_receive_low_water_mark));

KNOWS(use_loopback, IS_OPTION(SOL_SOCKET, SO_USELOOPBACK) && is_datagram(s))
MUTANT(useloopback_is_supported, "SO_USELOOPBACK is taken and told",
       PATCH(getsockopt, get_use_loopback), PATCH(setsockopt, set_use_loopback));
