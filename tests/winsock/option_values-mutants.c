/* Wrong behaviours, for the tests of option_values.c: options by level: their defaults, what
 * they take, and what they refuse. */
#include "winsock-mutants.h"

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

STORES_NOTHING(no_packet_info, IPPROTO_IP, IP_PKTINFO)

MUTANT(getsockopt_stores_no_packet_info_that_is_off,
       "getsockopt stores nothing for IP_PKTINFO that is off", PATCH(getsockopt, no_packet_info));
