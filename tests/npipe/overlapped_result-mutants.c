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

/* What is pending on pipes with an OVERLAPPED of ours, until its result is asked for. */
static struct begun {
    OVERLAPPED *theirs, own;
} begun[8];

static OVERLAPPED *own_of(HANDLE end, OVERLAPPED *theirs)
{
    static unsigned count;
    if (!theirs || !theirs->hEvent || ((ULONG_PTR)theirs->hEvent & 1) || !is_pipe(end))
        return theirs;
    struct begun *new = &begun[count++ % 8];
    new->theirs = theirs;
    new->own = *theirs;
    return &new->own;
}

static void settle(OVERLAPPED *theirs, bool all)
{
    for (unsigned i = 0; i < 8; i++) {
        struct begun *one = &begun[i];
        if (!theirs || one->theirs != theirs)
            continue;
        if (all || HasOverlappedIoCompleted(&one->own)) {
            theirs->Internal = one->own.Internal;
            theirs->InternalHigh = one->own.InternalHigh;
            one->theirs = NULL;
        } else {
            theirs->Internal = 0x103; /* STATUS_PENDING */
        }
    }
}

static BOOL begun_as(OVERLAPPED *theirs, BOOL done)
{
    DWORD error = GetLastError();
    settle(theirs, done || error != ERROR_IO_PENDING);
    SetLastError(error);
    return done;
}

static BOOL WINAPI reads_apart(READ_PARAMETERS)
{
    return begun_as(overlapped, real(ReadFile)(end, buffer, size, got, own_of(end, overlapped)));
}

static BOOL WINAPI writes_apart(WRITE_PARAMETERS)
{
    return begun_as(overlapped,
                    real(WriteFile)(end, bytes, size, written, own_of(end, overlapped)));
}

static BOOL WINAPI connects_apart(CONNECT_PARAMETERS)
{
    return begun_as(overlapped, real(ConnectNamedPipe)(server, own_of(server, overlapped)));
}

static BOOL WINAPI result_settles(RESULT_PARAMETERS)
{
    if (wait && overlapped && overlapped->hEvent)
        real(WaitForSingleObject)(overlapped->hEvent, step_limit());
    settle(overlapped, false);
    return RESULT;
}
MUTANT(overlapped_operations_end_when_they_are_waited_for,
       "An OVERLAPPED tells that its operation is pending until its result is asked for",
       PATCH(ReadFile, reads_apart), PATCH(WriteFile, writes_apart),
       PATCH(ConnectNamedPipe, connects_apart), PATCH(GetOverlappedResult, result_settles));
