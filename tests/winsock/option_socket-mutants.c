/* Wrong behaviours, for the tests of option_socket.c: options of SOL_SOCKET. */
#include "option-mutants.h"

#define OF_DATAGRAM(option_) (IS_OPTION(SOL_SOCKET, option_) && is_datagram(s))

KNOWS(dont_linger, OF_DATAGRAM(SO_DONTLINGER))
MUTANT(datagrams_have_dontlinger, "A datagram socket has the option SO_DONTLINGER",
       PATCH(getsockopt, get_dont_linger), PATCH(setsockopt, set_dont_linger));

KNOWS(inline_data, OF_DATAGRAM(SO_OOBINLINE))
MUTANT(datagrams_have_oobinline, "A datagram socket has the option SO_OOBINLINE",
       PATCH(getsockopt, get_inline_data), PATCH(setsockopt, set_inline_data));

KNOWS(alive, OF_DATAGRAM(SO_KEEPALIVE))
MUTANT(datagrams_have_keepalive, "A datagram socket has the option SO_KEEPALIVE",
       PATCH(getsockopt, get_alive), PATCH(setsockopt, set_alive));

SET_SUCCEEDS(lingering, OF_DATAGRAM(SO_LINGER))
MUTANT(datagrams_linger, "SO_LINGER can be set on a datagram socket",
       PATCH(setsockopt, set_lingering));

SET_SUCCEEDS(listening, IS_OPTION(SOL_SOCKET, SO_ACCEPTCONN))
MUTANT(setsockopt_takes_so_acceptconn, "setsockopt of SO_ACCEPTCONN succeeds",
       PATCH(setsockopt, set_listening));

SET_SUCCEEDS(type, OF_DATAGRAM(SO_TYPE))
MUTANT(setsockopt_takes_so_type_of_datagrams, "setsockopt of SO_TYPE of a datagram socket succeeds",
       PATCH(setsockopt, set_type));

/* ---- Options that count later */

static SOCKET late_on, late_off, late_exclusive;

static int WINAPI set_notes_bound(SET_PARAMETERS)
{
    if (level == SOL_SOCKET && value && is_bound(s)) {
        if (option == SO_REUSEADDR)
            *(*(DWORD *)value ? &late_on : &late_off) = s;
        else if (option == SO_EXCLUSIVEADDRUSE)
            late_exclusive = s;
    }
    return SET;
}

static int WINAPI bind_late_on(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(bind)(s, name, length);
    return late_on ? failure_hidden(result, WSAEACCES, 0) : result;
}
MUTANT(reuse_set_after_bind_counts, "SO_REUSEADDR set after bind lets others bind",
       PATCH(setsockopt, set_notes_bound), PATCH(bind, bind_late_on));

static int WINAPI bind_late_off(SOCKET s, const struct sockaddr *name, int length)
{
    return late_off ? socket_fails(WSAEACCES) : real(bind)(s, name, length);
}
MUTANT(reuse_reset_after_bind_counts,
       "SO_REUSEADDR taken back after bind keeps others from binding",
       PATCH(setsockopt, set_notes_bound), PATCH(bind, bind_late_off));

static int WINAPI bind_late_exclusive(SOCKET s, const struct sockaddr *name, int length)
{
    return late_exclusive ? socket_fails(WSAEACCES) : real(bind)(s, name, length);
}
MUTANT(exclusive_set_after_bind_counts, "SO_EXCLUSIVEADDRUSE set after bind keeps others away",
       PATCH(setsockopt, set_notes_bound), PATCH(bind, bind_late_exclusive));

/* ---- Reports */

GET_TELLS(debug, IS_OPTION(SOL_SOCKET, SO_DEBUG), 0)
MUTANT(so_debug_stays_off, "SO_DEBUG tells 0 after it was set", PATCH(getsockopt, get_debug));

SET_REFUSES(no_route, IS_OPTION(SOL_SOCKET, SO_DONTROUTE) && !is_ipv6(s), WSAENOPROTOOPT)
MUTANT(dontroute_of_ipv4_fails, "SO_DONTROUTE cannot be set on a socket of IPv4",
       PATCH(setsockopt, set_no_route));

SET_SUCCEEDS(route_6, IS_OPTION(SOL_SOCKET, SO_DONTROUTE) && is_ipv6(s))
MUTANT(dontroute_of_ipv6_succeeds, "SO_DONTROUTE can be set on a socket of IPv6",
       PATCH(setsockopt, set_route_6));

GET_TELLS(time, IS_OPTION(SOL_SOCKET, SO_CONNECT_TIME) && !has_peer(s), 0)
MUTANT(connect_time_without_connection_is_0, "SO_CONNECT_TIME without a connection tells 0",
       PATCH(getsockopt, get_time));

/* ---- Ports */

GET_TELLS(unicast, IS_OPTION(SOL_SOCKET, OPT_REUSE_UNICASTPORT), 1)
MUTANT(reuse_unicastport_is_on, "SO_REUSE_UNICASTPORT tells 1 always",
       PATCH(getsockopt, get_unicast));

GET_TELLS(random, IS_OPTION(SOL_SOCKET, OPT_RANDOMIZE_PORT), 0)
MUTANT(randomize_port_stays_off, "SO_RANDOMIZE_PORT tells 0 after it was set",
       PATCH(getsockopt, get_random));

SET_SUCCEEDS(random_reused, IS_OPTION(SOL_SOCKET, OPT_RANDOMIZE_PORT))
MUTANT(randomize_port_after_reuse_unicastport_succeeds,
       "SO_RANDOMIZE_PORT can be set whatever else is set", PATCH(setsockopt, set_random_reused));

GET_TELLS(multicast, IS_OPTION(SOL_SOCKET, OPT_REUSE_MULTICASTPORT), 1)
MUTANT(reuse_multicastport_is_on, "SO_REUSE_MULTICASTPORT is on by default",
       PATCH(getsockopt, get_multicast));

/* ---- SO_ERROR */

GET_TELLS(no_error, IS_OPTION(SOL_SOCKET, SO_ERROR), 0)
MUTANT(so_error_is_never_told, "SO_ERROR tells 0 always", PATCH(getsockopt, get_no_error));

static int WINAPI get_another_error(GET_PARAMETERS)
{
    static bool told;
    int result = GET;
    if (result == 0 && IS_OPTION(SOL_SOCKET, SO_ERROR)) {
        if (told)
            *(DWORD *)value = WSAENOTCONN;
        told = *(DWORD *)value != 0;
    }
    return result;
}
MUTANT(so_error_becomes_another, "SO_ERROR that has been told becomes another error",
       PATCH(getsockopt, get_another_error));
