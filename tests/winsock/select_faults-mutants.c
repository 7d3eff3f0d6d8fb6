/* Wrong behaviours, for the tests of select_faults.c: select, WSAPoll. */
#include "faults-mutants.h"

#define SELECT_PARAMETERS int n, fd_set *reads, fd_set *writes, fd_set *excepts, PTIMEVAL time
#define SELECT real(select)(n, reads, writes, excepts, time)

#define MISSES(name, parameter)                    \
    static int WINAPI name(SELECT_PARAMETERS)      \
    {                                              \
        return is_nowhere(parameter) ? 0 : SELECT; \
    }

MISSES(misses_reads, reads)
MISSES(misses_writes, writes)
MISSES(misses_excepts, excepts)
MISSES(misses_time, time)
MUTANT(select_misses_reads, "select returns 0 for readfds that cannot be read",
       PATCH(select, misses_reads));
MUTANT(select_misses_writes, "select returns 0 for writefds that cannot be read",
       PATCH(select, misses_writes));
MUTANT(select_misses_excepts, "select returns 0 for exceptfds that cannot be read",
       PATCH(select, misses_excepts));
MUTANT(select_misses_time, "select returns 0 for a time that cannot be read",
       PATCH(select, misses_time));

static int WINAPI misses_array(LPWSAPOLLFD array, ULONG count, INT time)
{
    return is_nowhere(array) ? socket_fails(WSAEINVAL) : real(WSAPoll)(array, count, time);
}
MUTANT(poll_of_nowhere_is_invalid, "WSAPoll of an array that cannot be read fails with WSAEINVAL",
       PATCH(WSAPoll, misses_array));
