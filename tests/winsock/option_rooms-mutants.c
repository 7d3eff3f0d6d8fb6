/* Wrong behaviours, for the tests of option_rooms.c: the length that getsockopt stores. */
#include "winsock-mutants.h"

static int WINAPI leaves(GET_PARAMETERS)
{
    int was = size ? *size : 0, result = GET;
    if (result == 0 && level == SOL_SOCKET && was > (int)sizeof(DWORD) &&
        *size == (int)sizeof(DWORD))
        *size = was;
    return result;
}
MUTANT(getsockopt_leaves_the_length, "getsockopt leaves a length that is more than the value's",
       PATCH(getsockopt, leaves));

static int WINAPI leaves_linger(GET_PARAMETERS)
{
    int was = size ? *size : 0, result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_LINGER)
        *size = was;
    return result;
}
MUTANT(getsockopt_leaves_the_length_of_linger, "getsockopt of SO_LINGER leaves the length",
       PATCH(getsockopt, leaves_linger));
