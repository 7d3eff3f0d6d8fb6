/* Wrong behaviours, for the tests of options.c: what getsockopt tells about a socket that nobody
 * has set an option of. */
#include "option-mutants.h"

GET_FAILS(unknown_is_invalid, true, WSAENOPROTOOPT, WSAEINVAL)
MUTANT(getsockopt_of_an_unknown_option_is_invalid,
       "getsockopt of an option that is unknown fails with WSAEINVAL",
       PATCH(getsockopt, get_unknown_is_invalid));

GET_FAILS(nowhere_is_invalid, !value || !size, WSAEFAULT, WSAEINVAL)
MUTANT(getsockopt_to_nowhere_is_invalid,
       "getsockopt without a place for the value or its length fails with WSAEINVAL",
       PATCH(getsockopt, get_nowhere_is_invalid));

GET_FAILS(short_is_invalid, value &&size, WSAEFAULT, WSAEINVAL)
MUTANT(getsockopt_of_too_little_is_invalid, "getsockopt with too little room fails with WSAEINVAL",
       PATCH(getsockopt, get_short_is_invalid));

SET_FAILS(unknown_is_invalid, option != SO_TYPE, WSAENOPROTOOPT, WSAEINVAL)
MUTANT(setsockopt_of_an_unknown_option_is_invalid,
       "setsockopt of an option that is unknown fails with WSAEINVAL",
       PATCH(setsockopt, set_unknown_is_invalid));

SET_FAILS(type_is_invalid, IS_OPTION(SOL_SOCKET, SO_TYPE), WSAENOPROTOOPT, WSAEINVAL)
MUTANT(setsockopt_of_the_type_is_invalid, "setsockopt of SO_TYPE fails with WSAEINVAL",
       PATCH(setsockopt, set_type_is_invalid));

SET_FAILS(short_is_invalid, value &&size > 0, WSAEFAULT, WSAEINVAL)
MUTANT(setsockopt_of_too_little_is_invalid, "setsockopt of a value too short fails with WSAEINVAL",
       PATCH(setsockopt, set_short_is_invalid));

SET_FAILS(level, level > IPPROTO_MAX && level != SOL_SOCKET, WSAEINVAL, WSAENOPROTOOPT)
MUTANT(setsockopt_of_unknown_level_has_no_option,
       "setsockopt fails with WSAENOPROTOOPT for an unknown level", PATCH(setsockopt, set_level));

TELLS(keepalive_on, SOL_SOCKET, SO_KEEPALIVE, FALSE, TRUE)

MUTANT(keepalive_is_on, "SO_KEEPALIVE is on by default", PATCH(getsockopt, keepalive_on));

TELLS(nodelay_on, IPPROTO_TCP, TCP_NODELAY, FALSE, TRUE)

MUTANT(nodelay_is_on, "TCP_NODELAY is on by default", PATCH(getsockopt, nodelay_on));

static int WINAPI numbers_halved(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET &&
        (option == SO_RCVBUF || option == SO_SNDBUF || option == SO_RCVTIMEO ||
         option == SO_SNDTIMEO))
        *(int *)value /= 2;
    return result;
}
MUTANT(getsockopt_halves_numbers, "Sizes of buffers and time-outs are told as half of what was set",
       PATCH(getsockopt, numbers_halved));

static int WINAPI linger_is_0(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_LINGER)
        ((LINGER *)value)->l_linger = 0;
    return result;
}
MUTANT(getsockopt_forgets_the_linger_time, "SO_LINGER tells a time of 0",
       PATCH(getsockopt, linger_is_0));

static SOCKET timed_out;

static int WINAPI recv_notes_time_out(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    if (got == SOCKET_ERROR && GetLastError() == WSAETIMEDOUT)
        timed_out = s;
    return got;
}

static int WINAPI dead_after_time_out(SOCKET s, char *bytes, int size, int flags,
                                      struct sockaddr *from, int *length)
{
    return timed_out && s == timed_out ? socket_fails(WSAECONNABORTED)
                                       : real(recvfrom)(s, bytes, size, flags, from, length);
}
MUTANT(time_out_ends_the_socket, "A socket whose receive ran out of time receives no more",
       PATCH(recv, recv_notes_time_out), PATCH(recvfrom, dead_after_time_out));

STORES_NOTHING(no_keepalive, SOL_SOCKET, SO_KEEPALIVE)

MUTANT(getsockopt_stores_no_keepalive_that_is_off,
       "getsockopt stores nothing for SO_KEEPALIVE that is off", PATCH(getsockopt, no_keepalive));

TELLS(type_is_protocol, SOL_SOCKET, SO_TYPE, SOCK_DGRAM, IPPROTO_UDP)
MUTANT(so_type_is_protocol, "SO_TYPE of a datagram socket tells its protocol",
       PATCH(getsockopt, type_is_protocol));

TELLS(broadcast_on, SOL_SOCKET, SO_BROADCAST, FALSE, TRUE)

MUTANT(so_broadcast_is_on, "SO_BROADCAST is on by default", PATCH(getsockopt, broadcast_on));

static int WINAPI lingers(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_LINGER)
        *(LINGER *)value = (LINGER){.l_onoff = 1, .l_linger = 0};
    return result;
}

MUTANT(so_linger_is_on, "SO_LINGER is on by default", PATCH(getsockopt, lingers));

TELLS(never_listens, SOL_SOCKET, SO_ACCEPTCONN, TRUE, FALSE)
MUTANT(so_acceptconn_is_always_off, "SO_ACCEPTCONN does not tell a listener",
       PATCH(getsockopt, never_listens));

static int WINAPI level_unknown_option(GET_PARAMETERS)
{
    return failure_renamed(GET, WSAEINVAL, WSAENOPROTOOPT);
}
MUTANT(getsockopt_unknown_level_is_unknown_option,
       "getsockopt with an unknown level says WSAENOPROTOOPT",
       PATCH(getsockopt, level_unknown_option));
