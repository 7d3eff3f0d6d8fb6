/* Wrong behaviours, for the tests of wait.c: WaitNamedPipe and CallNamedPipe: what ends the
 * wait, and after what time. */
#include "npipe-mutants.h"

static volatile LONG instances_created;

static HANDLE WINAPI counts_instances(CREATE_PIPE_PARAMETERS)
{
    InterlockedIncrement(&instances_created);
    return CREATE_PIPE;
}

static BOOL WINAPI wait_ignores_new(WAIT_PARAMETERS)
{
    LONG before = instances_created;
    BOOL free = WAIT;
    return free && instances_created != before ? fail_with(ERROR_SEM_TIMEOUT) : free;
}
MUTANT(npipe_wait_ignores_new_instances, "WaitNamedPipe fails when the wait ends by a new instance",
       PATCH(CreateNamedPipeW, counts_instances), PATCH(WaitNamedPipeW, wait_ignores_new));

static BOOL WINAPI forever_is_short(WAIT_PARAMETERS)
{
    if (time_out == NMPWAIT_WAIT_FOREVER)
        time_out = 5;
    return WAIT;
}
MUTANT(npipe_wait_for_ever_is_short, "WaitNamedPipe with NMPWAIT_WAIT_FOREVER waits for 5 ms",
       PATCH(WaitNamedPipeW, forever_is_short));

static BOOL WINAPI nowait_is_busy(WAIT_PARAMETERS)
{
    BOOL free = WAIT;
    return time_out == NMPWAIT_NOWAIT && failed_with(free, ERROR_SEM_TIMEOUT)
               ? fail_with(ERROR_PIPE_BUSY)
               : free;
}
MUTANT(npipe_wait_of_1_says_busy, "WaitNamedPipe with a time of 1 fails with ERROR_PIPE_BUSY",
       PATCH(WaitNamedPipeW, nowait_is_busy));

static BOOL WINAPI takes_any_name(WAIT_PARAMETERS)
{
    return !is_pipe_name(name) || WAIT;
}
MUTANT(npipe_wait_takes_any_name, "WaitNamedPipe succeeds for what is no name of a pipe",
       PATCH(WaitNamedPipeW, takes_any_name));

static BOOL WINAPI call_forever_is_short(CALL_PARAMETERS)
{
    if (time_out == NMPWAIT_WAIT_FOREVER)
        time_out = 5;
    return CALL;
}
MUTANT(npipe_call_for_ever_is_short, "CallNamedPipe with NMPWAIT_WAIT_FOREVER waits for 5 ms",
       PATCH(CallNamedPipeW, call_forever_is_short));

static BOOL WINAPI call_default_is_none(CALL_PARAMETERS)
{
    if (time_out == NMPWAIT_USE_DEFAULT_WAIT)
        time_out = NMPWAIT_NOWAIT;
    return CALL;
}
MUTANT(npipe_call_by_default_does_not_wait,
       "CallNamedPipe with NMPWAIT_USE_DEFAULT_WAIT does not wait",
       PATCH(CallNamedPipeW, call_default_is_none));

static BOOL WINAPI call_a_cuts(LPCSTR name, LPVOID request, DWORD size, LPVOID reply,
                               DWORD reply_size, LPDWORD count, DWORD time)
{
    BOOL called = real(CallNamedPipeA)(name, request, size, reply, reply_size, count, time);
    if (called && *count)
        --*count;
    return called;
}
MUTANT(npipe_call_a_counts_one_less, "CallNamedPipeA counts the reply one byte short",
       PATCH(CallNamedPipeA, call_a_cuts));
