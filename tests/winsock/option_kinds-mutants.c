/* Sockets that have an option which is for others, or that nobody has. */
#include "winsock-mutants.h"

#include "option_numbers.h"

static int told_as_zero(int result, char *value)
{
    if (result == SOCKET_ERROR) {
        memset(value, 0, sizeof(DWORD));
        return 0;
    }
    return result;
}

/* A getsockopt and a setsockopt that know one option on sockets of one type. */
#define KNOWS(name, level_, option_, type)                                                     \
    static int WINAPI get_##name(GET_PARAMETERS)                                               \
    {                                                                                          \
        int result = GET;                                                                      \
        return level == (level_) && option == (option_) && socket_option(s, SO_TYPE) == (type) \
                   ? told_as_zero(result, value)                                               \
                   : result;                                                                   \
    }                                                                                          \
    static int WINAPI set_##name(SET_PARAMETERS)                                               \
    {                                                                                          \
        return level == (level_) && option == (option_) && socket_option(s, SO_TYPE) == (type) \
                   ? 0                                                                         \
                   : SET;                                                                      \
    }

/* A getsockopt that knows one option of datagram sockets on streams. */
#define STREAMS_HAVE(name, level_, option_)                             \
    static int WINAPI name(GET_PARAMETERS)                              \
    {                                                                   \
        int result = GET;                                               \
        return level == (level_) && option == (option_) && is_stream(s) \
                   ? told_as_zero(result, value)                        \
                   : result;                                            \
    }

#define READABLE(name, level_, option_)                                                         \
    static int WINAPI name(GET_PARAMETERS)                                                      \
    {                                                                                           \
        int result = GET;                                                                       \
        return level == (level_) && option == (option_) ? told_as_zero(result, value) : result; \
    }

#define RENAMED(name, level_, option_, error, instead)                                            \
    static int WINAPI name(GET_PARAMETERS)                                                        \
    {                                                                                             \
        int result = GET;                                                                         \
        return level == (level_) && option == (option_) ? failure_renamed(result, error, instead) \
                                                        : result;                                 \
    }

#define ZERO(name, level_, option_)                                  \
    static int WINAPI name(GET_PARAMETERS)                           \
    {                                                                \
        int result = GET;                                            \
        if (result == 0 && level == (level_) && option == (option_)) \
            memset(value, 0, sizeof(DWORD));                         \
        return result;                                               \
    }

STREAMS_HAVE(ip_pktinfo, IPPROTO_IP, IP_PKTINFO)
MUTANT(streams_have_ip_pktinfo, "A stream socket has the option IP_PKTINFO",
       PATCH(getsockopt, ip_pktinfo));

STREAMS_HAVE(ip_recvif, IPPROTO_IP, OPT_RECVIF)
MUTANT(streams_have_ip_recvif, "A stream socket has the option IP_RECVIF",
       PATCH(getsockopt, ip_recvif));

STREAMS_HAVE(ip_recvtos, IPPROTO_IP, OPT_RECVTOS)
MUTANT(streams_have_ip_recvtos, "A stream socket has the option IP_RECVTOS",
       PATCH(getsockopt, ip_recvtos));

STREAMS_HAVE(ip_recvecn, IPPROTO_IP, OPT_RECVECN)
MUTANT(streams_have_ip_recvecn, "A stream socket has the option IP_RECVECN",
       PATCH(getsockopt, ip_recvecn));

STREAMS_HAVE(ip_original_arrival_if, IPPROTO_IP, OPT_ORIGINAL_ARRIVAL_IF)
MUTANT(streams_have_ip_original_arrival_if, "A stream socket has the option IP_ORIGINAL_ARRIVAL_IF",
       PATCH(getsockopt, ip_original_arrival_if));

STREAMS_HAVE(ipv6_pktinfo, IPPROTO_IPV6, IPV6_PKTINFO)
MUTANT(streams_have_ipv6_pktinfo, "A stream socket has the option IPV6_PKTINFO",
       PATCH(getsockopt, ipv6_pktinfo));

STREAMS_HAVE(ipv6_hoplimit, IPPROTO_IPV6, IPV6_HOPLIMIT)
MUTANT(streams_have_ipv6_hoplimit, "A stream socket has the option IPV6_HOPLIMIT",
       PATCH(getsockopt, ipv6_hoplimit));

STREAMS_HAVE(ipv6_recvif, IPPROTO_IPV6, OPT_RECVIF)
MUTANT(streams_have_ipv6_recvif, "A stream socket has the option IPV6_RECVIF",
       PATCH(getsockopt, ipv6_recvif));

STREAMS_HAVE(ipv6_recvtclass, IPPROTO_IPV6, OPT_RECVTOS)
MUTANT(streams_have_ipv6_recvtclass, "A stream socket has the option IPV6_RECVTCLASS",
       PATCH(getsockopt, ipv6_recvtclass));

STREAMS_HAVE(ipv6_recvecn, IPPROTO_IPV6, OPT_RECVECN)
MUTANT(streams_have_ipv6_recvecn, "A stream socket has the option IPV6_RECVECN",
       PATCH(getsockopt, ipv6_recvecn));

STREAMS_HAVE(ip_original_arrival_if_6, IPPROTO_IPV6, OPT_ORIGINAL_ARRIVAL_IF)
MUTANT(streams_have_ipv6_ip_original_arrival_if,
       "A stream socket has the option IP_ORIGINAL_ARRIVAL_IF of IPv6",
       PATCH(getsockopt, ip_original_arrival_if_6));

STREAMS_HAVE(ipv6_multicast_hops, IPPROTO_IPV6, IPV6_MULTICAST_HOPS)
MUTANT(streams_have_ipv6_multicast_hops, "A stream socket has the option IPV6_MULTICAST_HOPS",
       PATCH(getsockopt, ipv6_multicast_hops));

STREAMS_HAVE(ipv6_multicast_loop, IPPROTO_IPV6, IPV6_MULTICAST_LOOP)
MUTANT(streams_have_ipv6_multicast_loop, "A stream socket has the option IPV6_MULTICAST_LOOP",
       PATCH(getsockopt, ipv6_multicast_loop));

READABLE(ip_drop_membership, IPPROTO_IP, IP_DROP_MEMBERSHIP)
MUTANT(getsockopt_tells_ip_drop_membership, "getsockopt tells something for IP_DROP_MEMBERSHIP",
       PATCH(getsockopt, ip_drop_membership));

READABLE(ipv6_add_membership, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP)
MUTANT(getsockopt_tells_ipv6_add_membership, "getsockopt tells something for IPV6_ADD_MEMBERSHIP",
       PATCH(getsockopt, ipv6_add_membership));

READABLE(ipv6_drop_membership, IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP)
MUTANT(getsockopt_tells_ipv6_drop_membership, "getsockopt tells something for IPV6_DROP_MEMBERSHIP",
       PATCH(getsockopt, ipv6_drop_membership));

RENAMED(ip_mtu_unconnected, IPPROTO_IP, OPT_IP_MTU, WSAENOTCONN, WSAEINVAL)
MUTANT(ip_mtu_without_connection, "IP_MTU of a socket without a peer fails with WSAEINVAL",
       PATCH(getsockopt, ip_mtu_unconnected));

ZERO(ip_mtu_zero, IPPROTO_IP, OPT_IP_MTU)
MUTANT(ip_mtu_is_zero, "IP_MTU of a connected socket is 0", PATCH(getsockopt, ip_mtu_zero));

RENAMED(ipv6_mtu_unconnected, IPPROTO_IPV6, OPT_IPV6_MTU, WSAENOTCONN, WSAEINVAL)
MUTANT(ipv6_mtu_without_connection, "IPV6_MTU of a socket without a peer fails with WSAEINVAL",
       PATCH(getsockopt, ipv6_mtu_unconnected));

ZERO(ipv6_mtu_zero, IPPROTO_IPV6, OPT_IPV6_MTU)
MUTANT(ipv6_mtu_is_zero, "IPV6_MTU of a connected socket is 0", PATCH(getsockopt, ipv6_mtu_zero));

KNOWS(send_low_water_mark, SOL_SOCKET, SO_SNDLOWAT, SOCK_STREAM)
MUTANT(sndlowat_is_supported, "SO_SNDLOWAT is taken and told",
       PATCH(getsockopt, get_send_low_water_mark), PATCH(setsockopt, set_send_low_water_mark));

KNOWS(receive_low_water_mark, SOL_SOCKET, SO_RCVLOWAT, SOCK_STREAM)
MUTANT(rcvlowat_is_supported, "SO_RCVLOWAT is taken and told",
       PATCH(getsockopt, get_receive_low_water_mark),
       PATCH(setsockopt, set_receive_low_water_mark));

KNOWS(use_loopback, SOL_SOCKET, SO_USELOOPBACK, SOCK_DGRAM)
MUTANT(useloopback_is_supported, "SO_USELOOPBACK is taken and told",
       PATCH(getsockopt, get_use_loopback), PATCH(setsockopt, set_use_loopback));
