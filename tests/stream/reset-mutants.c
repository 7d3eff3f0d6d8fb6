/* Wrong behaviours, for the tests of reset.c: how a connection ends that the other process did
 * not end gracefully. */
#include "stream-mutants.h"

static int WINAPI never_hard(SOCKET s, int level, int option, const char *value, int size)
{
    return level == SOL_SOCKET && option == SO_LINGER
               ? 0
               : real(setsockopt)(s, level, option, value, size);
}
MUTANT(linger_0_closes_gracefully,
       "closesocket is graceful although the socket lingers for no time",
       PATCH(setsockopt, never_hard));
