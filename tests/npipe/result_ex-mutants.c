/* Wrong behaviours, for the tests of result_ex.c: GetOverlappedResultEx. */
#include "npipe-mutants.h"

#define RESULT_EX_PARAMETERS \
    HANDLE end, LPOVERLAPPED overlapped, LPDWORD moved, DWORD time_out, BOOL alertable
#define RESULT_EX real(GetOverlappedResultEx)(end, overlapped, moved, time_out, alertable)

static BOOL WINAPI at_once_times_out(RESULT_EX_PARAMETERS)
{
    BOOL ended = RESULT_EX;
    return !ended && time_out == 0 && GetLastError() == ERROR_IO_INCOMPLETE
               ? fail_with(WAIT_TIMEOUT)
               : ended;
}
MUTANT(result_ex_at_once_times_out,
       "GetOverlappedResultEx that may not wait fails with WAIT_TIMEOUT",
       PATCH(GetOverlappedResultEx, at_once_times_out));

static BOOL WINAPI time_out_is_incomplete(RESULT_EX_PARAMETERS)
{
    BOOL ended = RESULT_EX;
    return !ended && GetLastError() == WAIT_TIMEOUT ? fail_with(ERROR_IO_INCOMPLETE) : ended;
}
MUTANT(result_ex_time_out_is_incomplete,
       "GetOverlappedResultEx that has waited in vain fails with ERROR_IO_INCOMPLETE",
       PATCH(GetOverlappedResultEx, time_out_is_incomplete));

static BOOL WINAPI without_apcs(RESULT_EX_PARAMETERS)
{
    return real(GetOverlappedResultEx)(end, overlapped, moved,
                                       alertable && time_out > 100 ? 100 : time_out, FALSE);
}
MUTANT(result_ex_waits_without_apcs, "GetOverlappedResultEx is never alertable",
       PATCH(GetOverlappedResultEx, without_apcs));

static BOOL WINAPI cancels_late(RESULT_EX_PARAMETERS)
{
    BOOL ended = RESULT_EX;
    DWORD error = GetLastError();
    if (!ended && error == WAIT_TIMEOUT)
        real(CancelIoEx)(end, overlapped);
    SetLastError(error);
    return ended;
}
MUTANT(result_ex_cancels_what_is_late,
       "GetOverlappedResultEx that has waited in vain cancels the operation",
       PATCH(GetOverlappedResultEx, cancels_late));

static BOOL WINAPI forgets_the_count(RESULT_EX_PARAMETERS)
{
    bool ended_before = HasOverlappedIoCompleted(overlapped);
    BOOL ended = RESULT_EX;
    if (ended && ended_before && time_out != 0)
        *moved = 0;
    return ended;
}
MUTANT(result_ex_forgets_the_count,
       "GetOverlappedResultEx that may wait gives no count of what had ended before",
       PATCH(GetOverlappedResultEx, forgets_the_count));

static BOOL WINAPI waits_not_long(RESULT_EX_PARAMETERS)
{
    bool wait = time_out > 10000 && !alertable;
    BOOL ended =
        real(GetOverlappedResultEx)(end, overlapped, moved, wait ? 20 : time_out, alertable);
    return !ended && wait && GetLastError() == WAIT_TIMEOUT ? fail_with(ERROR_IO_INCOMPLETE)
                                                            : ended;
}
MUTANT(result_ex_does_not_wait_long, "GetOverlappedResultEx gives a long wait up after 20 ms",
       PATCH(GetOverlappedResultEx, waits_not_long));

static BOOL WINAPI wants_an_event(RESULT_EX_PARAMETERS)
{
    return overlapped->hEvent == NULL ? fail_with(ERROR_INVALID_PARAMETER) : RESULT_EX;
}
MUTANT(result_ex_wants_an_event, "GetOverlappedResultEx refuses to wait without an event",
       PATCH(GetOverlappedResultEx, wants_an_event));
