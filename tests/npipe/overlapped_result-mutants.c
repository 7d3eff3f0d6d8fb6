/* Wrong behaviours, for the tests of overlapped_result.c: GetOverlappedResult and events. */
#include "npipe-mutants.h"

static BOOL WINAPI connect_has_no_result(RESULT_PARAMETERS)
{
    return overlapped == connecting.operation && !wait && *moved == 99 ? fail_with(ERROR_NO_DATA)
                                                                       : RESULT;
}
MUTANT(npipe_connect_has_no_result, "GetOverlappedResult of a connect fails for want of bytes",
       PATCH(ConnectNamedPipe, notes_connect), PATCH(GetOverlappedResult, connect_has_no_result));

static BOOL WINAPI never_waits(RESULT_PARAMETERS)
{
    wait = wait && !overlapped->hEvent;
    return RESULT;
}
MUTANT(overlapped_result_never_waits, "GetOverlappedResult does not wait for an event",
       PATCH(GetOverlappedResult, never_waits));

static BOOL WINAPI wants_event(RESULT_PARAMETERS)
{
    return wait && !overlapped->hEvent ? fail_with(ERROR_INVALID_HANDLE) : RESULT;
}
MUTANT(overlapped_result_wants_an_event, "GetOverlappedResult cannot wait without an event",
       PATCH(GetOverlappedResult, wants_event));

static BOOL WINAPI immediate_sets_no_event(READ_PARAMETERS)
{
    BOOL read = READ;
    if (overlapped && size == 8 && overlapped->hEvent && HasOverlappedIoCompleted(overlapped)) {
        DWORD error = GetLastError();
        real(ResetEvent)(overlapped->hEvent);
        SetLastError(error);
    }
    return read;
}
MUTANT(npipe_immediate_read_sets_no_event,
       "An overlapped ReadFile of what is there does not set its event",
       PATCH(ReadFile, immediate_sets_no_event));
