/* Wrong behaviours, for the tests of option_values.c: options by level: their defaults, what
 * they take, and what they refuse. */
#include "option-mutants.h"

TELLS(far_away, IPPROTO_IP, IP_MULTICAST_TTL, 1, 16)

MUTANT(multicast_ttl_is_16, "IP_MULTICAST_TTL is 16 by default", PATCH(getsockopt, far_away));

TELLS(whole, IPPROTO_IP, IP_DONTFRAGMENT, 0, 1)

MUTANT(dont_fragment_is_on, "IP_DONTFRAGMENT is on by default", PATCH(getsockopt, whole));

TELLS(informed, IPPROTO_IP, IP_PKTINFO, 0, 1)

MUTANT(packet_info_is_on, "IP_PKTINFO is on by default", PATCH(getsockopt, informed));

TELLS(short_lived, IPPROTO_IP, IP_TTL, 5, 64)

MUTANT(ttl_does_not_change, "IP_TTL tells another value than was set",
       PATCH(getsockopt, short_lived));

GET_TELLS(error_of_new, IS_OPTION(SOL_SOCKET, SO_ERROR) && is_datagram(s), WSAENOTCONN)
MUTANT(so_error_of_new_sockets, "SO_ERROR of a new socket tells an error",
       PATCH(getsockopt, get_error_of_new));

GET_FAILS(membership, IS_OPTION(IPPROTO_IP, IP_ADD_MEMBERSHIP), WSAENOPROTOOPT, WSAEINVAL)

MUTANT(reading_membership_is_invalid, "getsockopt of IP_ADD_MEMBERSHIP fails with WSAEINVAL",
       PATCH(getsockopt, get_membership));

GET_FAILS(header, IS_OPTION(IPPROTO_IP, IP_HDRINCL), WSAEINVAL, WSAENOPROTOOPT)

MUTANT(reading_hdrincl_is_unknown, "getsockopt of IP_HDRINCL fails with WSAENOPROTOOPT",
       PATCH(getsockopt, get_header));

GET_FAILS(received_ttl, IS_OPTION(IPPROTO_IP, OPT_RECVTTL), WSAEINVAL, WSAENOPROTOOPT)

MUTANT(reading_recvttl_is_unknown, "getsockopt of IP_RECVTTL of a stream fails otherwise",
       PATCH(getsockopt, get_received_ttl));

GET_FAILS(data, IS_OPTION(SOL_SOCKET, SO_CONNDATA), WSAENOPROTOOPT, WSAEINVAL)

MUTANT(reading_conndata_is_invalid, "getsockopt of SO_CONNDATA fails with WSAEINVAL",
       PATCH(getsockopt, get_data));

GET_FAILS(lingering, IS_OPTION(SOL_SOCKET, SO_LINGER), WSAENOPROTOOPT, WSAEINVAL)

MUTANT(reading_linger_of_datagrams_is_invalid,
       "getsockopt of SO_LINGER of a datagram socket fails with WSAEINVAL",
       PATCH(getsockopt, get_lingering));

GET_FAILS(one_byte, IS_OPTION(IPPROTO_IP, IP_PKTINFO), WSAEFAULT, WSAEINVAL)

MUTANT(short_packet_info_is_invalid, "getsockopt of IP_PKTINFO into one byte fails otherwise",
       PATCH(getsockopt, get_one_byte));

SET_TAKES(long_lived, IS_OPTION(IPPROTO_IP, IP_TTL))

MUTANT(ttl_takes_256, "IP_TTL takes 256", PATCH(setsockopt, set_long_lived));

SET_TAKES(very_far, IS_OPTION(IPPROTO_IP, IP_MULTICAST_TTL))

MUTANT(multicast_ttl_takes_256, "IP_MULTICAST_TTL takes 256", PATCH(setsockopt, set_very_far));

SET_FAILS(largest, IS_OPTION(SOL_SOCKET, SO_MAX_MSG_SIZE), WSAENOPROTOOPT, WSAEINVAL)

MUTANT(setting_max_msg_size_is_invalid, "setsockopt of SO_MAX_MSG_SIZE fails with WSAEINVAL",
       PATCH(setsockopt, set_largest));

static int WINAPI other_protocol(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_PROTOCOL_INFOW)
        ((WSAPROTOCOL_INFOW *)value)->iProtocol = 0;
    return result;
}
MUTANT(protocol_info_has_no_protocol, "SO_PROTOCOL_INFO tells no protocol",
       PATCH(getsockopt, other_protocol));

static int WINAPI cut_information(GET_PARAMETERS)
{
    WSAPROTOCOL_INFOW whole;
    int room = sizeof(whole);
    if (!IS_OPTION(SOL_SOCKET, SO_PROTOCOL_INFOW) || !value || !size || *size < 0 || *size >= room)
        return GET;
    int result = real(getsockopt)(s, level, option, (char *)&whole, &room);
    if (result == 0)
        memcpy(value, &whole, (size_t)*size);
    return result;
}
MUTANT(protocol_info_needs_no_room, "SO_PROTOCOL_INFOW is cut to the room there is",
       PATCH(getsockopt, cut_information));

GET_TELLS(small_messages, IS_OPTION(SOL_SOCKET, SO_MAX_MSG_SIZE), 1472)
MUTANT(largest_message_is_small, "SO_MAX_MSG_SIZE tells the size of a frame",
       PATCH(getsockopt, get_small_messages));

GET_TELLS(never_connected, IS_OPTION(SOL_SOCKET, SO_CONNECT_TIME) && has_peer(s), MAXDWORD)
MUTANT(connect_time_is_never, "SO_CONNECT_TIME of a connection is 0xFFFFFFFF",
       PATCH(getsockopt, get_never_connected));

SET_SUCCEEDS(options, IS_OPTION(IPPROTO_IP, IP_OPTIONS) && size == 0)
MUTANT(header_options_stay, "IP_OPTIONS without any leaves those that were set",
       PATCH(setsockopt, set_options));

GET_TELLS(interface, IS_OPTION(IPPROTO_IP, IP_MULTICAST_IF) && *(DWORD *)value == 0,
          htonl(INADDR_LOOPBACK))
MUTANT(multicast_interface_stays, "IP_MULTICAST_IF cannot be set back to the default",
       PATCH(getsockopt, get_interface));

static int WINAPI unbound_has_name(GET_PARAMETERS)
{
    int result = GET;
    CSADDR_INFO *info = (CSADDR_INFO *)value;
    if (result == 0 && IS_OPTION(SOL_SOCKET, OPT_BSP_STATE) && !info->LocalAddr.lpSockaddr)
        info->LocalAddr.iSockaddrLength = sizeof(struct sockaddr_in);
    return result;
}
MUTANT(bsp_state_of_unbound_has_a_length, "SO_BSP_STATE of an unbound socket tells a length",
       PATCH(getsockopt, unbound_has_name));

static int WINAPI bound_has_no_port(GET_PARAMETERS)
{
    int result = GET;
    CSADDR_INFO *info = (CSADDR_INFO *)value;
    if (result == 0 && IS_OPTION(SOL_SOCKET, OPT_BSP_STATE) && info->LocalAddr.lpSockaddr)
        ((struct sockaddr_in *)info->LocalAddr.lpSockaddr)->sin_port = 0;
    return result;
}
MUTANT(bsp_state_tells_no_port, "SO_BSP_STATE of a bound socket tells no port",
       PATCH(getsockopt, bound_has_no_port));

static int WINAPI has_no_remote(GET_PARAMETERS)
{
    int result = GET;
    CSADDR_INFO *info = (CSADDR_INFO *)value;
    if (result == 0 && IS_OPTION(SOL_SOCKET, OPT_BSP_STATE) && info->RemoteAddr.lpSockaddr)
        info->RemoteAddr.iSockaddrLength = 0;
    return result;
}
MUTANT(bsp_state_tells_no_peer, "SO_BSP_STATE of a connection tells no peer",
       PATCH(getsockopt, has_no_remote));

GET_FAILS(short_state, IS_OPTION(SOL_SOCKET, OPT_BSP_STATE), WSAEFAULT, WSAEINVAL)

MUTANT(short_bsp_state_is_invalid, "SO_BSP_STATE with too little room fails with WSAEINVAL",
       PATCH(getsockopt, get_short_state));

STORES_NOTHING(no_packet_info, IPPROTO_IP, IP_PKTINFO)

MUTANT(getsockopt_stores_no_packet_info_that_is_off,
       "getsockopt stores nothing for IP_PKTINFO that is off", PATCH(getsockopt, no_packet_info));
