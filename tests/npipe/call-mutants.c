/* Wrong behaviours, for the tests of call.c: CallNamedPipe. */
#include "npipe-mutants.h"

static BOOL WINAPI nowait_succeeds(CALL_PARAMETERS)
{
    BOOL called = CALL;
    return called || time_out == NMPWAIT_NOWAIT;
}
MUTANT(npipe_call_nowait_waits,
       "CallNamedPipe with NMPWAIT_NOWAIT succeeds although every instance is taken",
       PATCH(CallNamedPipeW, nowait_succeeds));

static BOOL WINAPI nowait_fails(CALL_PARAMETERS)
{
    return time_out == NMPWAIT_NOWAIT ? fail_with(ERROR_SEM_TIMEOUT) : CALL;
}
MUTANT(npipe_call_nowait_fails, "CallNamedPipe with NMPWAIT_NOWAIT fails at once",
       PATCH(CallNamedPipeW, nowait_fails));

static BOOL WINAPI unknown_is_busy(CALL_PARAMETERS)
{
    BOOL called = CALL;
    if (failed_with(called, ERROR_FILE_NOT_FOUND))
        SetLastError(ERROR_PIPE_BUSY);
    return called;
}
MUTANT(npipe_call_of_unknown_name_is_busy,
       "CallNamedPipe fails with ERROR_PIPE_BUSY where there is no such pipe",
       PATCH(CallNamedPipeW, unknown_is_busy));

static BOOL WINAPI no_reply_succeeds(CALL_PARAMETERS)
{
    BOOL called = CALL;
    return called || failed_with(called, ERROR_PIPE_NOT_CONNECTED) ||
           failed_with(called, ERROR_BROKEN_PIPE);
}
MUTANT(npipe_call_without_reply_succeeds,
       "CallNamedPipe succeeds although the server has disconnected it",
       PATCH(CallNamedPipeW, no_reply_succeeds));

static BOOL WINAPI empty_reply_uncounted(CALL_PARAMETERS)
{
    DWORD before = *got;
    BOOL called = CALL;
    if (called && *got == 0)
        *got = before;
    return called;
}
MUTANT(npipe_call_counts_no_empty_reply,
       "CallNamedPipe does not store the length of an empty reply",
       PATCH(CallNamedPipeW, empty_reply_uncounted));

static BOOL WINAPI failure_stays(CALL_PARAMETERS)
{
    HANDLE client =
        real(CreateFileW)(name, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (client != INVALID_HANDLE_VALUE && !(info_of(client) & PIPE_TYPE_MESSAGE))
        return fail_with(ERROR_INVALID_PARAMETER);
    if (client == INVALID_HANDLE_VALUE)
        return CALL;
    DWORD mode = PIPE_READMODE_MESSAGE;
    real(SetNamedPipeHandleState)(client, &mode, NULL, NULL);
    BOOL called =
        real(TransactNamedPipe)(client, request, request_size, reply, reply_size, got, NULL);
    DWORD error = GetLastError();
    real(CloseHandle)(client);
    SetLastError(error);
    return called;
}
MUTANT(call_named_pipe_that_fails_stays,
       "CallNamedPipe of a byte-type pipe leaves a client at the instance",
       PATCH(CallNamedPipeW, failure_stays));
