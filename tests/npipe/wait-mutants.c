/* Wrong behaviours, for the tests of wait.c: WaitNamedPipe and CallNamedPipe: what ends the
 * wait, and after what time. */
#include "npipe-mutants.h"

static volatile LONG instances_created;

static HANDLE WINAPI counts_instances(CREATE_PIPE_PARAMETERS)
{
    InterlockedIncrement(&instances_created);
    return CREATE_PIPE;
}

static BOOL WINAPI wait_ignores_new(LPCWSTR name, DWORD time)
{
    LONG before = instances_created;
    BOOL free = real.WaitNamedPipeW(name, time);
    return free && instances_created == before ? TRUE : free ? fail_with(ERROR_SEM_TIMEOUT) : FALSE;
}
MUTANT(npipe_wait_ignores_new_instances, "WaitNamedPipe fails when the wait ends by a new instance",
       PATCH(CreateNamedPipeW, counts_instances), PATCH(WaitNamedPipeW, wait_ignores_new));

static BOOL WINAPI forever_is_short(LPCWSTR name, DWORD time)
{
    return real.WaitNamedPipeW(name, time == NMPWAIT_WAIT_FOREVER ? 5 : time);
}
MUTANT(npipe_wait_for_ever_is_short, "WaitNamedPipe with NMPWAIT_WAIT_FOREVER waits for 5 ms",
       PATCH(WaitNamedPipeW, forever_is_short));

static BOOL WINAPI nowait_is_busy(LPCWSTR name, DWORD time)
{
    BOOL free = real.WaitNamedPipeW(name, time);
    return !free && time == NMPWAIT_NOWAIT && GetLastError() == ERROR_SEM_TIMEOUT
               ? fail_with(ERROR_PIPE_BUSY)
               : free;
}
MUTANT(npipe_wait_of_1_says_busy, "WaitNamedPipe with a time of 1 fails with ERROR_PIPE_BUSY",
       PATCH(WaitNamedPipeW, nowait_is_busy));

static BOOL WINAPI takes_any_name(LPCWSTR name, DWORD time)
{
    return !is_pipe_name(name) || real.WaitNamedPipeW(name, time);
}
MUTANT(npipe_wait_takes_any_name, "WaitNamedPipe succeeds for what is no name of a pipe",
       PATCH(WaitNamedPipeW, takes_any_name));

#define CALL_PARAMETERS                                                                      \
    LPCWSTR name, LPVOID request, DWORD size, LPVOID reply, DWORD reply_size, LPDWORD count, \
        DWORD time
#define CALL(time_) real.CallNamedPipeW(name, request, size, reply, reply_size, count, (time_))

static BOOL WINAPI call_forever_is_short(CALL_PARAMETERS)
{
    return CALL(time == NMPWAIT_WAIT_FOREVER ? 5 : time);
}
MUTANT(npipe_call_for_ever_is_short, "CallNamedPipe with NMPWAIT_WAIT_FOREVER waits for 5 ms",
       PATCH(CallNamedPipeW, call_forever_is_short));

static BOOL WINAPI call_default_is_none(CALL_PARAMETERS)
{
    return CALL(time == NMPWAIT_USE_DEFAULT_WAIT ? 1 : time);
}
MUTANT(npipe_call_by_default_does_not_wait,
       "CallNamedPipe with NMPWAIT_USE_DEFAULT_WAIT does not wait",
       PATCH(CallNamedPipeW, call_default_is_none));

static BOOL WINAPI call_a_cuts(LPCSTR name, LPVOID request, DWORD size, LPVOID reply,
                               DWORD reply_size, LPDWORD count, DWORD time)
{
    BOOL called = real.CallNamedPipeA(name, request, size, reply, reply_size, count, time);
    if (called && *count)
        --*count;
    return called;
}
MUTANT(npipe_call_a_counts_one_less, "CallNamedPipeA counts the reply one byte short",
       PATCH(CallNamedPipeA, call_a_cuts));
