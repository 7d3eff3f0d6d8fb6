/* Wrong behaviours of options: their defaults, what they take, and what they refuse. */
#include "winsock_socket.h"

#define GET_PARAMETERS SOCKET s, int level, int option, char *value, int *size
#define GET real.getsockopt(s, level, option, value, size)
#define SET_PARAMETERS SOCKET s, int level, int option, const char *value, int size
#define SET real.setsockopt(s, level, option, value, size)

/* A getsockopt that tells TOLD for one option whose value is WAS. */
#define TELLS(name, level_, option_, was, told)                                         \
    static int WINAPI name(GET_PARAMETERS)                                              \
    {                                                                                   \
        int result = GET;                                                               \
        if (result == 0 && level == (level_) && option == (option_) && *value == (was)) \
            *value = (char)(told);                                                      \
        return result;                                                                  \
    }

/* A getsockopt, a setsockopt that fails for one option with another error. */
#define GET_RENAMED(name, level_, option_, error, instead)                                        \
    static int WINAPI name(GET_PARAMETERS)                                                        \
    {                                                                                             \
        int result = GET;                                                                         \
        return level == (level_) && option == (option_) ? failure_renamed(result, error, instead) \
                                                        : result;                                 \
    }
#define SET_RENAMED(name, level_, option_, error, instead)                                        \
    static int WINAPI name(SET_PARAMETERS)                                                        \
    {                                                                                             \
        int result = SET;                                                                         \
        return level == (level_) && option == (option_) ? failure_renamed(result, error, instead) \
                                                        : result;                                 \
    }
#define SET_HIDDEN(name, level_, option_, error)                                           \
    static int WINAPI name(SET_PARAMETERS)                                                 \
    {                                                                                      \
        int result = SET;                                                                  \
        return level == (level_) && option == (option_) ? failure_hidden(result, error, 0) \
                                                        : result;                          \
    }

TELLS(far_away, IPPROTO_IP, IP_MULTICAST_TTL, 1, 16)
MUTANT(multicast_ttl_is_16, "IP_MULTICAST_TTL is 16 by default", PATCH(getsockopt, far_away));

TELLS(whole, IPPROTO_IP, IP_DONTFRAGMENT, 0, 1)
MUTANT(dont_fragment_is_on, "IP_DONTFRAGMENT is on by default", PATCH(getsockopt, whole));

TELLS(informed, IPPROTO_IP, IP_PKTINFO, 0, 1)
MUTANT(packet_info_is_on, "IP_PKTINFO is on by default", PATCH(getsockopt, informed));

TELLS(uninformed, IPPROTO_IP, IP_PKTINFO, 1, 0)
MUTANT(packet_info_reads_as_off, "IP_PKTINFO reads as off when it is on",
       PATCH(getsockopt, uninformed));

TELLS(short_lived, IPPROTO_IP, IP_TTL, 5, 64)
MUTANT(ttl_does_not_change, "IP_TTL tells another value than was set",
       PATCH(getsockopt, short_lived));

static int WINAPI born_with_error(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_ERROR && is_datagram(s))
        *(int *)value = WSAENOTCONN;
    return result;
}
MUTANT(so_error_of_new_sockets, "SO_ERROR of a new socket tells an error",
       PATCH(getsockopt, born_with_error));

GET_RENAMED(membership, IPPROTO_IP, IP_ADD_MEMBERSHIP, WSAENOPROTOOPT, WSAEINVAL)
MUTANT(reading_membership_is_invalid, "getsockopt of IP_ADD_MEMBERSHIP fails with WSAEINVAL",
       PATCH(getsockopt, membership));

GET_RENAMED(header, IPPROTO_IP, IP_HDRINCL, WSAEINVAL, WSAENOPROTOOPT)
MUTANT(reading_hdrincl_is_unknown, "getsockopt of IP_HDRINCL fails with WSAENOPROTOOPT",
       PATCH(getsockopt, header));

GET_RENAMED(received_ttl, IPPROTO_IP, 21, WSAEINVAL, WSAENOPROTOOPT)
MUTANT(reading_recvttl_is_unknown, "getsockopt of IP_RECVTTL of a stream fails otherwise",
       PATCH(getsockopt, received_ttl));

GET_RENAMED(data, SOL_SOCKET, 0x7000, WSAENOPROTOOPT, WSAEINVAL)
MUTANT(reading_conndata_is_invalid, "getsockopt of SO_CONNDATA fails with WSAEINVAL",
       PATCH(getsockopt, data));

GET_RENAMED(lingering, SOL_SOCKET, SO_LINGER, WSAENOPROTOOPT, WSAEINVAL)
MUTANT(reading_linger_of_datagrams_is_invalid,
       "getsockopt of SO_LINGER of a datagram socket fails with WSAEINVAL",
       PATCH(getsockopt, lingering));

GET_RENAMED(one_byte, IPPROTO_IP, IP_PKTINFO, WSAEFAULT, WSAEINVAL)
MUTANT(short_packet_info_is_invalid, "getsockopt of IP_PKTINFO into one byte fails otherwise",
       PATCH(getsockopt, one_byte));

SET_HIDDEN(long_lived, IPPROTO_IP, IP_TTL, WSAEINVAL)
MUTANT(ttl_takes_256, "IP_TTL takes 256", PATCH(setsockopt, long_lived));

SET_HIDDEN(very_far, IPPROTO_IP, IP_MULTICAST_TTL, WSAEINVAL)
MUTANT(multicast_ttl_takes_256, "IP_MULTICAST_TTL takes 256", PATCH(setsockopt, very_far));

SET_RENAMED(largest, SOL_SOCKET, SO_MAX_MSG_SIZE, WSAENOPROTOOPT, WSAEINVAL)
MUTANT(setting_max_msg_size_is_invalid, "setsockopt of SO_MAX_MSG_SIZE fails with WSAEINVAL",
       PATCH(setsockopt, largest));

static int WINAPI other_protocol(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_PROTOCOL_INFOW)
        ((WSAPROTOCOL_INFOW *)value)->iProtocol = 0;
    return result;
}
MUTANT(protocol_info_has_no_protocol, "SO_PROTOCOL_INFO tells no protocol",
       PATCH(getsockopt, other_protocol));

static int WINAPI keeps_size(GET_PARAMETERS)
{
    int room = size ? *size : 0, result = GET;
    if (result == SOCKET_ERROR && level == SOL_SOCKET && option == SO_PROTOCOL_INFOW)
        *size = room;
    return result;
}
MUTANT(protocol_info_tells_no_size, "SO_PROTOCOL_INFO does not tell the room it needs",
       PATCH(getsockopt, keeps_size));

static int WINAPI small_messages(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_MAX_MSG_SIZE)
        *(DWORD *)value = 1472;
    return result;
}
MUTANT(largest_message_is_small, "SO_MAX_MSG_SIZE tells the size of a frame",
       PATCH(getsockopt, small_messages));

static int WINAPI never_connected(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == 0x700C && is_stream(s) && has_peer(s))
        *(DWORD *)value = 0xFFFFFFFF;
    return result;
}
MUTANT(connect_time_is_never, "SO_CONNECT_TIME of a connection is 0xFFFFFFFF",
       PATCH(getsockopt, never_connected));

static int WINAPI keeps_options(SET_PARAMETERS)
{
    return level == IPPROTO_IP && option == IP_OPTIONS && size == 0 ? 0 : SET;
}
MUTANT(header_options_stay, "IP_OPTIONS without any leaves those that were set",
       PATCH(setsockopt, keeps_options));

static int WINAPI keeps_interface(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == IPPROTO_IP && option == IP_MULTICAST_IF && *(DWORD *)value == 0)
        *(DWORD *)value = htonl(INADDR_LOOPBACK);
    return result;
}
MUTANT(multicast_interface_stays, "IP_MULTICAST_IF cannot be set back to the default",
       PATCH(getsockopt, keeps_interface));

static int WINAPI no_reuse(SET_PARAMETERS)
{
    return level == SOL_SOCKET && option == SO_REUSEADDR && is_datagram(s) ? 0 : SET;
}
MUTANT(datagrams_reuse_no_address, "SO_REUSEADDR has no effect on datagram sockets",
       PATCH(setsockopt, no_reuse));

#define BIND_PARAMETERS SOCKET s, const struct sockaddr *name, int length

static int WINAPI in_use_is_invalid(BIND_PARAMETERS)
{
    int result = real.bind(s, name, length);
    return is_datagram(s) ? failure_renamed(result, WSAEADDRINUSE, WSAEINVAL) : result;
}
MUTANT(datagram_address_in_use_is_invalid,
       "bind of a datagram socket to an address in use fails with WSAEINVAL",
       PATCH(bind, in_use_is_invalid));

static int WINAPI exclusive_is_in_use(BIND_PARAMETERS)
{
    int result = real.bind(s, name, length);
    return is_datagram(s) ? failure_renamed(result, WSAEACCES, WSAEADDRINUSE) : result;
}
MUTANT(exclusive_datagram_address_is_in_use,
       "bind with SO_REUSEADDR to an exclusive address fails with WSAEADDRINUSE",
       PATCH(bind, exclusive_is_in_use));

/* ---- SO_BSP_STATE */

#define BSP_STATE 0x1009

static int WINAPI unbound_has_name(GET_PARAMETERS)
{
    int result = GET;
    CSADDR_INFO *info = (CSADDR_INFO *)value;
    if (result == 0 && level == SOL_SOCKET && option == BSP_STATE && !info->LocalAddr.lpSockaddr)
        info->LocalAddr.iSockaddrLength = sizeof(struct sockaddr_in);
    return result;
}
MUTANT(bsp_state_of_unbound_has_a_length, "SO_BSP_STATE of an unbound socket tells a length",
       PATCH(getsockopt, unbound_has_name));

static int WINAPI bound_has_no_port(GET_PARAMETERS)
{
    int result = GET;
    CSADDR_INFO *info = (CSADDR_INFO *)value;
    if (result == 0 && level == SOL_SOCKET && option == BSP_STATE && info->LocalAddr.lpSockaddr)
        ((struct sockaddr_in *)info->LocalAddr.lpSockaddr)->sin_port = 0;
    return result;
}
MUTANT(bsp_state_tells_no_port, "SO_BSP_STATE of a bound socket tells no port",
       PATCH(getsockopt, bound_has_no_port));

static int WINAPI has_no_remote(GET_PARAMETERS)
{
    int result = GET;
    CSADDR_INFO *info = (CSADDR_INFO *)value;
    if (result == 0 && level == SOL_SOCKET && option == BSP_STATE && info->RemoteAddr.lpSockaddr)
        info->RemoteAddr.iSockaddrLength = 0;
    return result;
}
MUTANT(bsp_state_tells_no_peer, "SO_BSP_STATE of a connection tells no peer",
       PATCH(getsockopt, has_no_remote));

GET_RENAMED(short_state, SOL_SOCKET, BSP_STATE, WSAEFAULT, WSAEINVAL)
MUTANT(short_bsp_state_is_invalid, "SO_BSP_STATE with too little room fails with WSAEINVAL",
       PATCH(getsockopt, short_state));

/* A getsockopt that stores nothing where one option is off. */
#define STORES_NOTHING(name, level_, option_)                                   \
    static int WINAPI name(GET_PARAMETERS)                                      \
    {                                                                           \
        char before = value ? *value : 0;                                       \
        int result = GET;                                                       \
        if (result == 0 && level == (level_) && option == (option_) && !*value) \
            *value = before;                                                    \
        return result;                                                          \
    }

STORES_NOTHING(no_keepalive, SOL_SOCKET, SO_KEEPALIVE)
MUTANT(getsockopt_stores_no_keepalive_that_is_off,
       "getsockopt stores nothing for SO_KEEPALIVE that is off", PATCH(getsockopt, no_keepalive));

STORES_NOTHING(no_packet_info, IPPROTO_IP, IP_PKTINFO)
MUTANT(getsockopt_stores_no_packet_info_that_is_off,
       "getsockopt stores nothing for IP_PKTINFO that is off", PATCH(getsockopt, no_packet_info));

/* ---- Options that ask for information about datagrams */

/* A setsockopt that does not switch one option off. */
#define STAYS_ON(name, level_, option_)                                               \
    static int WINAPI name(SET_PARAMETERS)                                            \
    {                                                                                 \
        return level == (level_) && option == (option_) && size && !*value ? 0 : SET; \
    }

STAYS_ON(ip_recvif, IPPROTO_IP, 24)
MUTANT(ip_recvif_stays_on, "IP_RECVIF cannot be switched off", PATCH(setsockopt, ip_recvif));

STAYS_ON(ip_recvttl, IPPROTO_IP, 21)
MUTANT(ip_recvttl_stays_on, "IP_RECVTTL cannot be switched off", PATCH(setsockopt, ip_recvttl));

STAYS_ON(ip_recvtos, IPPROTO_IP, 40)
MUTANT(ip_recvtos_stays_on, "IP_RECVTOS cannot be switched off", PATCH(setsockopt, ip_recvtos));

STAYS_ON(ip_recvecn, IPPROTO_IP, 50)
MUTANT(ip_recvecn_stays_on, "IP_RECVECN cannot be switched off", PATCH(setsockopt, ip_recvecn));

STAYS_ON(ip_original_arrival_if, IPPROTO_IP, 47)
MUTANT(ip_original_arrival_if_stays_on, "IP_ORIGINAL_ARRIVAL_IF cannot be switched off",
       PATCH(setsockopt, ip_original_arrival_if));

STAYS_ON(ipv6_recvif, IPPROTO_IPV6, 24)
MUTANT(ipv6_recvif_stays_on, "IPV6_RECVIF cannot be switched off", PATCH(setsockopt, ipv6_recvif));

STAYS_ON(ipv6_hoplimit, IPPROTO_IPV6, 21)
MUTANT(ipv6_hoplimit_stays_on, "IPV6_HOPLIMIT cannot be switched off",
       PATCH(setsockopt, ipv6_hoplimit));

STAYS_ON(ipv6_recvtclass, IPPROTO_IPV6, 40)
MUTANT(ipv6_recvtclass_stays_on, "IPV6_RECVTCLASS cannot be switched off",
       PATCH(setsockopt, ipv6_recvtclass));

STAYS_ON(ipv6_recvecn, IPPROTO_IPV6, 50)
MUTANT(ipv6_recvecn_stays_on, "IPV6_RECVECN cannot be switched off",
       PATCH(setsockopt, ipv6_recvecn));
