/* Wrong behaviours, for the tests of wait.c: event objects of Windows Sockets, and waiting for
 * them. */
#include "wait-mutants.h"

static WSAEVENT WINAPI auto_reset(void)
{
    return real(CreateEventW)(NULL, FALSE, FALSE, NULL);
}
MUTANT(wsa_event_resets_itself, "WSACreateEvent makes an auto-reset event",
       PATCH(WSACreateEvent, auto_reset));

static unsigned events_created;

static WSAEVENT WINAPI counts_events(void)
{
    events_created++;
    return real(WSACreateEvent)();
}

static BOOL WINAPI sets_nothing(WSAEVENT event)
{
    return events_created == 1 && is_open(event) ? TRUE : real(WSASetEvent)(event);
}
MUTANT(wsa_set_event_sets_nothing, "WSASetEvent of the only event returns TRUE and sets nothing",
       PATCH(WSACreateEvent, counts_events), PATCH(WSASetEvent, sets_nothing));

static BOOL WINAPI resets_nothing(WSAEVENT event)
{
    return is_open(event) || real(WSAResetEvent)(event);
}
MUTANT(wsa_reset_event_resets_nothing, "WSAResetEvent returns TRUE and resets nothing",
       PATCH(WSAResetEvent, resets_nothing));

static BOOL WINAPI sets_closed(WSAEVENT event)
{
    return !is_open(event) || real(WSASetEvent)(event);
}
MUTANT(wsa_set_event_accepts_closed, "WSASetEvent returns TRUE for an event that is closed",
       PATCH(WSASetEvent, sets_closed));

static BOOL WINAPI resets_closed(WSAEVENT event)
{
    return !is_open(event) || real(WSAResetEvent)(event);
}
MUTANT(wsa_reset_event_accepts_closed, "WSAResetEvent returns TRUE for an event that is closed",
       PATCH(WSAResetEvent, resets_closed));

static DWORD WINAPI highest(WAIT_PARAMETERS)
{
    DWORD which = WAIT;
    for (DWORD i = count; !all && which < count && i-- > which;)
        if (real(WaitForSingleObject)(events[i], 0) == WAIT_OBJECT_0)
            return i;
    return which;
}
MUTANT(wsa_wait_tells_the_highest, "WSAWaitForMultipleEvents tells the highest event that is set",
       PATCH(WSAWaitForMultipleEvents, highest));

static DWORD WINAPI any_will_do(WAIT_PARAMETERS)
{
    all = FALSE;
    return WAIT;
}
MUTANT(wsa_wait_for_all_takes_one, "WSAWaitForMultipleEvents returns with one event of all",
       PATCH(WSAWaitForMultipleEvents, any_will_do));

static DWORD WINAPI consumes(WAIT_PARAMETERS)
{
    DWORD which = WAIT;
    if (all && which == WSA_WAIT_TIMEOUT)
        for (DWORD i = 0; i < count; i++)
            real(ResetEvent)(events[i]);
    return which;
}
MUTANT(wsa_wait_for_all_consumes, "WSAWaitForMultipleEvents resets events though not all are set",
       PATCH(WSAWaitForMultipleEvents, consumes));

static DWORD WINAPI late_is_failure(WAIT_PARAMETERS)
{
    DWORD which = WAIT;
    return which == WSA_WAIT_TIMEOUT && time == 20 ? WSA_WAIT_FAILED : which;
}
MUTANT(wsa_wait_that_ends_has_failed, "WSAWaitForMultipleEvents fails when its time is over",
       PATCH(WSAWaitForMultipleEvents, late_is_failure));

static DWORD WINAPI count_is_invalid(WAIT_PARAMETERS)
{
    DWORD which = WAIT;
    rename_error(which == WSA_WAIT_FAILED, WSA_INVALID_PARAMETER, WSAEINVAL);
    return which;
}
MUTANT(wsa_wait_names_its_errors_otherwise,
       "WSAWaitForMultipleEvents fails with WSAEINVAL for a wrong count",
       PATCH(WSAWaitForMultipleEvents, count_is_invalid));

static DWORD WINAPI closed_is_no_socket(WAIT_PARAMETERS)
{
    DWORD which = WAIT;
    rename_error(which == WSA_WAIT_FAILED, WSA_INVALID_HANDLE, WSAENOTSOCK);
    return which;
}
MUTANT(wsa_wait_takes_closed_for_no_sockets,
       "WSAWaitForMultipleEvents fails with WSAENOTSOCK for a closed event",
       PATCH(WSAWaitForMultipleEvents, closed_is_no_socket));

static DWORD WINAPI never_alertable(WAIT_PARAMETERS)
{
    alertable = FALSE;
    time = time > 200 ? 200 : time;
    return WAIT;
}
MUTANT(wsa_wait_is_never_alertable, "WSAWaitForMultipleEvents runs no completion routines",
       PATCH(WSAWaitForMultipleEvents, never_alertable));

static DWORD WINAPI always_alertable(WAIT_PARAMETERS)
{
    alertable = TRUE;
    return WAIT;
}
MUTANT(wsa_wait_is_always_alertable, "WSAWaitForMultipleEvents runs completion routines always",
       PATCH(WSAWaitForMultipleEvents, always_alertable));
