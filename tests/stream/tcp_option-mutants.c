/* Wrong behaviours, for the tests of tcp_option.c: the options of IPPROTO_TCP: their defaults,
 * what can be set, and what is read back. */
#include "stream-mutants.h"

#include <stdlib.h>

static int WINAPI reads_0(SOCKET s, int level, int option, char *value, int *size)
{
    int result = real(getsockopt)(s, level, option, value, size);
    if (result == 0 && level == IPPROTO_TCP)
        memset(value, 0, (size_t)*size);
    return result;
}
MUTANT(tcp_options_are_read_as_0, "getsockopt tells 0 for every option of TCP",
       PATCH(getsockopt, reads_0));

static int WINAPI sets_once(SOCKET s, int level, int option, const char *value, int size)
{
    return level == IPPROTO_TCP && size == sizeof(DWORD) && *(const DWORD *)value == 0
               ? 0
               : real(setsockopt)(s, level, option, value, size);
}
MUTANT(tcp_options_stay_on, "setsockopt of an option of TCP to 0 does nothing",
       PATCH(setsockopt, sets_once));

static int WINAPI cuts_count(SOCKET s, int level, int option, const char *value, int size)
{
    DWORD most = 255;
    if (level == IPPROTO_TCP && option == 16 && size == sizeof(DWORD) && *(DWORD *)value > most)
        value = (const char *)&most;
    return real(setsockopt)(s, level, option, value, size);
}

MUTANT(tcp_keepcnt_is_cut, "TCP_KEEPCNT above 255 is taken for 255", PATCH(setsockopt, cuts_count));
