/* Wrong behaviours, for the tests of option_booleans.c. */
#include "option-mutants.h"

/* A Boolean option that is once on stays on. */
SET_SUCCEEDS(oob_stays,
             IS_OPTION(SOL_SOCKET, SO_OOBINLINE) && value && size == 4 && !*(const int *)value)
MUTANT(oobinline_cannot_be_switched_off, "SO_OOBINLINE that is on stays on",
       PATCH(setsockopt, set_oob_stays));

SET_SUCCEEDS(reuse_stays, IS_OPTION(SOL_SOCKET, SO_REUSEADDR) && value && size == 4 &&
                              !*(const int *)value && !is_bound(s))
MUTANT(reuseaddr_cannot_be_switched_off, "SO_REUSEADDR that is on stays on",
       PATCH(setsockopt, set_reuse_stays));

SET_SUCCEEDS(keepalive_stays,
             IS_OPTION(SOL_SOCKET, SO_KEEPALIVE) && value && size == 4 && !*(const int *)value)
MUTANT(keepalive_cannot_be_switched_off, "SO_KEEPALIVE that is on stays on",
       PATCH(setsockopt, set_keepalive_stays));

/* Only TRUE switches a Boolean option of SOL_SOCKET on. */
static int WINAPI only_true(SET_PARAMETERS)
{
    static const int off;
    if (level == SOL_SOCKET && value && size == sizeof(int) && *(const int *)value != TRUE &&
        (option == SO_BROADCAST || option == SO_OOBINLINE || option == SO_REUSEADDR ||
         option == SO_EXCLUSIVEADDRUSE || option == SO_KEEPALIVE))
        value = (const char *)&off;
    return SET;
}
MUTANT(boolean_options_take_true_alone, "Boolean options of SOL_SOCKET are switched on by 1 alone",
       PATCH(setsockopt, only_true));

SET_REFUSES(ipv6_exclusive, IS_OPTION(SOL_SOCKET, SO_EXCLUSIVEADDRUSE) && is_ipv6(s),
            WSAENOPROTOOPT)
MUTANT(exclusive_is_not_of_ipv6, "SO_EXCLUSIVEADDRUSE is no option of sockets of IPv6",
       PATCH(setsockopt, set_ipv6_exclusive));

GET_TELLS(ipv6_time_out,
          (IS_OPTION(SOL_SOCKET, SO_RCVTIMEO) || IS_OPTION(SOL_SOCKET, SO_SNDTIMEO)) && is_ipv6(s),
          0)
MUTANT(time_outs_of_ipv6_are_forgotten, "SO_RCVTIMEO and SO_SNDTIMEO of a socket of IPv6 read as 0",
       PATCH(getsockopt, get_ipv6_time_out));

static int WINAPI ipv6_no_nodelay(SET_PARAMETERS)
{
    return IS_OPTION(IPPROTO_TCP, TCP_NODELAY) && is_ipv6(s) ? socket_fails(WSAENOPROTOOPT) : SET;
}
MUTANT(nodelay_is_not_of_ipv6, "TCP_NODELAY is no option of sockets of IPv6",
       PATCH(setsockopt, ipv6_no_nodelay));

GET_TELLS(ipv6_type, IS_OPTION(SOL_SOCKET, SO_TYPE) && is_ipv6(s), SOCK_RAW)
MUTANT(type_of_ipv6_is_raw, "SO_TYPE of a socket of IPv6 is SOCK_RAW",
       PATCH(getsockopt, get_ipv6_type));

KNOWS(tcp_datagram, level == IPPROTO_TCP && is_datagram(s))
MUTANT(datagrams_have_options_of_tcp, "Datagram sockets take options of TCP",
       PATCH(getsockopt, get_tcp_datagram), PATCH(setsockopt, set_tcp_datagram));

KNOWS(udp_stream, level == IPPROTO_UDP && is_stream(s))
MUTANT(streams_have_options_of_udp, "Stream sockets take options of UDP",
       PATCH(getsockopt, get_udp_stream), PATCH(setsockopt, set_udp_stream));

GET_TELLS(accepted, IS_OPTION(SOL_SOCKET, SO_ACCEPTCONN) && has_peer(s), TRUE)
MUTANT(connected_sockets_listen, "SO_ACCEPTCONN of a connected socket is TRUE",
       PATCH(getsockopt, get_accepted));

static SOCKET read_from = INVALID_SOCKET;

static int WINAPI forgets_error(SOCKET s, long command, u_long *argument)
{
    int result = real(ioctlsocket)(s, command, argument);
    if (result == 0 && command == FIONREAD)
        read_from = s;
    return result;
}

GET_TELLS(no_error, IS_OPTION(SOL_SOCKET, SO_ERROR) && s == read_from, 0)
MUTANT(success_resets_so_error, "A successful FIONREAD resets SO_ERROR",
       PATCH(ioctlsocket, forgets_error), PATCH(getsockopt, get_no_error));

GET_TELLS(opentype, IS_OPTION(SOL_SOCKET, SO_OPENTYPE), 0)
MUTANT(opentype_is_always_0, "SO_OPENTYPE is 0, whatever it is set to",
       PATCH(getsockopt, get_opentype));

static int WINAPI get_local(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && IS_OPTION(SOL_SOCKET, OPT_BSP_STATE) && is_ipv6(s))
        ((CSADDR_INFO *)value)->LocalAddr.iSockaddrLength = sizeof(struct sockaddr_in);
    return result;
}
MUTANT(bsp_state_has_short_names_of_ipv6, "SO_BSP_STATE tells addresses of IPv4's length for IPv6",
       PATCH(getsockopt, get_local));

static int WINAPI get_needed(GET_PARAMETERS)
{
    int result = GET;
    if (result == SOCKET_ERROR && IS_OPTION(SOL_SOCKET, OPT_BSP_STATE) && size)
        *size = sizeof(CSADDR_INFO);
    return result;
}
MUTANT(bsp_state_tells_the_room_it_needs, "SO_BSP_STATE that fails stores the length that it needs",
       PATCH(getsockopt, get_needed));
