/* Wrong behaviours, for the tests of exclusive.c: who may bind to an address that is taken:
 * SO_EXCLUSIVEADDRUSE and SO_REUSEADDR. */
#include "dgram-mutants.h"

static int WINAPI no_reuse(SET_PARAMETERS)
{
    return level == SOL_SOCKET && option == SO_REUSEADDR && is_datagram(s) ? 0 : SET;
}
MUTANT(datagrams_reuse_no_address, "SO_REUSEADDR has no effect on datagram sockets",
       PATCH(setsockopt, no_reuse));

#define BIND_PARAMETERS SOCKET s, const struct sockaddr *name, int length

static int WINAPI in_use_is_invalid(BIND_PARAMETERS)
{
    int result = real(bind)(s, name, length);
    return is_datagram(s) ? failure_renamed(result, WSAEADDRINUSE, WSAEINVAL) : result;
}
MUTANT(datagram_address_in_use_is_invalid,
       "bind of a datagram socket to an address in use fails with WSAEINVAL",
       PATCH(bind, in_use_is_invalid));

static int WINAPI exclusive_is_in_use(BIND_PARAMETERS)
{
    int result = real(bind)(s, name, length);
    return is_datagram(s) ? failure_renamed(result, WSAEACCES, WSAEADDRINUSE) : result;
}
MUTANT(exclusive_datagram_address_is_in_use,
       "bind with SO_REUSEADDR to an exclusive address fails with WSAEADDRINUSE",
       PATCH(bind, exclusive_is_in_use));
