/* Wrong behaviours, for the tests of sending.c: WSASendTo with several buffers, overlapped, events
 * and completion routines. */
#include "dgram-mutants.h"

static int WINAPI only_first(WSASENDTO_PARAMETERS)
{
    count = overlapped ? count : 1;
    return WSASENDTO;
}
MUTANT(wsasendto_sends_one_buffer, "WSASendTo without an OVERLAPPED sends the first buffer only",
       PATCH(WSASendTo, only_first));

static int WINAPI counts_nothing(WSASENDTO_PARAMETERS)
{
    int result = WSASENDTO;
    if (result == 0 && sent && !overlapped)
        *sent = 0;
    return result;
}

MUTANT(wsasendto_counts_nothing, "WSASendTo stores no count", PATCH(WSASendTo, counts_nothing));

static int WINAPI needs_no_count(WSASENDTO_PARAMETERS)
{
    return sent || overlapped ? WSASENDTO : failure_hidden(WSASENDTO, WSAEFAULT, 0);
}
MUTANT(wsasendto_needs_no_count, "WSASendTo needs no room for the count",
       PATCH(WSASendTo, needs_no_count));

static int WINAPI needs_a_name(WSASENDTO_PARAMETERS)
{
    return is_bound(s) ? WSASENDTO : socket_fails(WSAEINVAL);
}
MUTANT(wsasendto_needs_a_bound_socket, "WSASendTo fails on a socket that is not bound",
       PATCH(WSASendTo, needs_a_name));

static int WINAPI sets_no_event(WSASENDTO_PARAMETERS)
{
    int result = WSASENDTO;
    DWORD error = GetLastError();
    if (overlapped && !routine)
        real(ResetEvent)(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(wsasendto_sets_no_event, "WSASendTo that is done at once does not set its event",
       PATCH(WSASendTo, sets_no_event));

static int WINAPI runs_at_once(WSASENDTO_PARAMETERS)
{
    int result = WSASENDTO;
    DWORD error = GetLastError();
    if (routine)
        real(SleepEx)(20, TRUE);
    SetLastError(error);
    return result;
}
MUTANT(wsasendto_runs_the_routine_at_once, "The routine of WSASendTo runs before an alertable wait",
       PATCH(WSASendTo, runs_at_once));

static LPWSAOVERLAPPED_COMPLETION_ROUTINE real_routine;

static void CALLBACK flagged(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    real_routine(error, count, overlapped, flags | MSG_PARTIAL);
}

static int WINAPI gives_flags(WSASENDTO_PARAMETERS)
{
    if (routine)
        real_routine = routine, routine = flagged;
    return WSASENDTO;
}
MUTANT(wsasendto_routine_gets_flags, "The routine of WSASendTo is given flags",
       PATCH(WSASendTo, gives_flags));

static void CALLBACK eventless(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    overlapped->hEvent = NULL;
    real_routine(error, count, overlapped, flags);
}

static int WINAPI clears_event(WSASENDTO_PARAMETERS)
{
    if (routine)
        real_routine = routine, routine = eventless;
    return WSASENDTO;
}
MUTANT(wsasendto_clears_the_event, "WSASendTo with a routine changes the member hEvent",
       PATCH(WSASendTo, clears_event));

static int WINAPI forgets_routine(WSASENDTO_PARAMETERS)
{
    routine = NULL;
    return WSASENDTO;
}
MUTANT(wsasendto_done_at_once_runs_no_routine,
       "WSASendTo that is done at once does not run its routine",
       PATCH(WSASendTo, forgets_routine));
