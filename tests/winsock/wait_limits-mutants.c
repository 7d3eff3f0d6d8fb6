/* WSAWaitForMultipleEvents at its limits, and event objects, done wrong. */
#include "wait-mutants.h"

static DWORD wait_fails(DWORD error)
{
    SetLastError(error);
    return WSA_WAIT_FAILED;
}

/* Whether EVENT is signaled; a manual-reset event is left as it is. */
static bool is_set(HANDLE event)
{
    DWORD error = GetLastError();
    bool set = real(WaitForSingleObject)(event, 0) == WAIT_OBJECT_0;
    SetLastError(error);
    return set;
}

static WSAEVENT WINAPI inherited(void)
{
    WSAEVENT event = real(WSACreateEvent)();
    DWORD error = GetLastError();
    real(SetHandleInformation)(event, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    SetLastError(error);
    return event;
}
MUTANT(wsa_event_is_inherited, "WSACreateEvent returns an inheritable handle",
       PATCH(WSACreateEvent, inherited));

static BOOL WINAPI closes_closed(WSAEVENT event)
{
    return !is_open(event) || real(WSACloseEvent)(event);
}
MUTANT(wsa_close_event_takes_closed, "WSACloseEvent of what is no handle succeeds",
       PATCH(WSACloseEvent, closes_closed));

static DWORD WINAPI below_64(WAIT_PARAMETERS)
{
    return count == WSA_MAXIMUM_WAIT_EVENTS && !all ? wait_fails(WSA_INVALID_PARAMETER) : WAIT;
}
MUTANT(wsa_wait_for_64_is_too_many, "WSAWaitForMultipleEvents for one of 64 events fails",
       PATCH(WSAWaitForMultipleEvents, below_64));

static DWORD WINAPI leaves_out_last(WAIT_PARAMETERS)
{
    if (all && count == WSA_MAXIMUM_WAIT_EVENTS)
        count--;
    return WAIT;
}
MUTANT(wsa_wait_for_all_leaves_out_the_last,
       "WSAWaitForMultipleEvents for all of 64 events waits for 63",
       PATCH(WSAWaitForMultipleEvents, leaves_out_last));

static DWORD WINAPI all_of_none(WAIT_PARAMETERS)
{
    return all && count == 0 ? WSA_WAIT_EVENT_0 : WAIT;
}
MUTANT(wsa_wait_for_all_of_none_succeeds, "WSAWaitForMultipleEvents for all of no events succeeds",
       PATCH(WSAWaitForMultipleEvents, all_of_none));

/* Whether the last one stands in front of itself, too. */
static bool twice(DWORD count, const WSAEVENT *events)
{
    for (DWORD i = 0; count <= WSA_MAXIMUM_WAIT_EVENTS && i + 1 < count; i++)
        if (events[i] == events[count - 1])
            return true;
    return false;
}

static DWORD WINAPI all_takes_twice(WAIT_PARAMETERS)
{
    if (all && twice(count, events))
        count--;
    return WAIT;
}
MUTANT(wsa_wait_for_all_takes_one_twice,
       "WSAWaitForMultipleEvents for all takes an event that stands twice",
       PATCH(WSAWaitForMultipleEvents, all_takes_twice));

static DWORD WINAPI any_takes_none(WAIT_PARAMETERS)
{
    return !all && twice(count, events) ? wait_fails(WSA_INVALID_PARAMETER) : WAIT;
}
MUTANT(wsa_wait_for_any_takes_none_twice,
       "WSAWaitForMultipleEvents for any fails for an event that stands twice",
       PATCH(WSAWaitForMultipleEvents, any_takes_none));

static bool is_thread(HANDLE handle)
{
    DWORD error = GetLastError(), code;
    bool thread = GetExitCodeThread(handle, &code);
    SetLastError(error);
    return thread;
}

static DWORD WINAPI events_alone(WAIT_PARAMETERS)
{
    for (DWORD i = 0; count <= WSA_MAXIMUM_WAIT_EVENTS && i < count; i++)
        if (is_thread(events[i]))
            return wait_fails(WSA_INVALID_HANDLE);
    return WAIT;
}
MUTANT(wsa_wait_takes_events_alone, "WSAWaitForMultipleEvents fails for a thread",
       PATCH(WSAWaitForMultipleEvents, events_alone));

static DWORD WINAPI needs_no_right(WAIT_PARAMETERS)
{
    DWORD result = WAIT;
    return result == WSA_WAIT_FAILED && count == 1 && is_open(events[0]) &&
                   GetLastError() != WSANOTINITIALISED
               ? WSA_WAIT_EVENT_0
               : result;
}
MUTANT(wsa_wait_needs_no_right,
       "WSAWaitForMultipleEvents succeeds for a handle that may not be waited for",
       PATCH(WSAWaitForMultipleEvents, needs_no_right));

static DWORD WINAPI any_takes_all(WAIT_PARAMETERS)
{
    DWORD result = WAIT;
    if (!all && result < count)
        for (DWORD i = result + 1; i < count; i++)
            is_set(events[i]);
    return result;
}
MUTANT(wsa_wait_for_any_takes_all,
       "WSAWaitForMultipleEvents for any resets all auto-reset events that are signaled",
       PATCH(WSAWaitForMultipleEvents, any_takes_all));

static DWORD WINAPI skips_closed(WAIT_PARAMETERS)
{
    if (all && count > 1 && count <= WSA_MAXIMUM_WAIT_EVENTS && !is_open(events[count - 1]))
        count--;
    return WAIT;
}
MUTANT(wsa_wait_for_all_skips_closed,
       "WSAWaitForMultipleEvents for all leaves out a handle that is closed",
       PATCH(WSAWaitForMultipleEvents, skips_closed));

static DWORD WINAPI forever_is_0(WAIT_PARAMETERS)
{
    return time == WSA_INFINITE ? WSA_WAIT_TIMEOUT : WAIT;
}
MUTANT(wsa_wait_forever_is_no_wait, "WSAWaitForMultipleEvents with WSA_INFINITE does not wait",
       PATCH(WSAWaitForMultipleEvents, forever_is_0));

static DWORD WINAPI looks_at_first(WAIT_PARAMETERS)
{
    if (time == 0 && !all && count == 2 && is_open(events[1]) && events[0] != events[1])
        count = 1;
    return WAIT;
}
MUTANT(wsa_wait_of_0_looks_at_the_first,
       "WSAWaitForMultipleEvents with a time of 0 looks at the first of two events alone",
       PATCH(WSAWaitForMultipleEvents, looks_at_first));

static DWORD WINAPI microseconds(WAIT_PARAMETERS)
{
    if (time != WSA_INFINITE && all)
        time /= 1000;
    return WAIT;
}
MUTANT(wsa_wait_takes_microseconds,
       "WSAWaitForMultipleEvents for all takes its time for microseconds",
       PATCH(WSAWaitForMultipleEvents, microseconds));

static DWORD WINAPI sets_event(WAIT_PARAMETERS)
{
    DWORD result = WAIT;
    if (result == WSA_WAIT_IO_COMPLETION)
        real(WSASetEvent)(events[0]);
    return result;
}
MUTANT(wsa_wait_sets_the_event_after_a_routine,
       "WSAWaitForMultipleEvents sets the event after a routine has run",
       PATCH(WSAWaitForMultipleEvents, sets_event));

static DWORD WINAPI says_completion(WAIT_PARAMETERS)
{
    DWORD result = WAIT;
    return result == WSA_WAIT_TIMEOUT && alertable ? WSA_WAIT_IO_COMPLETION : result;
}
MUTANT(wsa_alertable_wait_that_ends_says_completion,
       "An alertable WSAWaitForMultipleEvents whose time is over says WSA_WAIT_IO_COMPLETION",
       PATCH(WSAWaitForMultipleEvents, says_completion));

static DWORD WINAPI unstarted(WAIT_PARAMETERS)
{
    DWORD result = WAIT;
    return result == WSA_WAIT_FAILED && GetLastError() == WSANOTINITIALISED
               ? wait_fails(WSAENETDOWN)
               : result;
}
MUTANT(wsa_wait_before_startup_is_net_down,
       "WSAWaitForMultipleEvents without WSAStartup fails with WSAENETDOWN",
       PATCH(WSAWaitForMultipleEvents, unstarted));
