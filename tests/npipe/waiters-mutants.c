/* Waits for an instance that are right for one that waits, alone. */
#include "npipe-mutants.h"

static LONG waiters;

static BOOL WINAPI one_at_a_time(WAIT_PARAMETERS)
{
    bool alone = InterlockedIncrement(&waiters) == 1;
    if (!alone && time_out != NMPWAIT_WAIT_FOREVER)
        time_out = NMPWAIT_NOWAIT;
    BOOL available = WAIT;
    DWORD error = GetLastError();
    InterlockedDecrement(&waiters);
    SetLastError(error);
    return available;
}
MUTANT(npipe_second_wait_times_out_at_once,
       "A wait for an instance times out at once when another thread waits for one",
       PATCH(WaitNamedPipeW, one_at_a_time));

/* Things that have happened since the program started. */
static LONG made, left, timed_out;

/* A wait that *EVENT ends with this result. */
static BOOL wait_until(WAIT_PARAMETERS, const volatile LONG *event, BOOL result)
{
    LONG before = *event;
    if (!is_time(time_out))
        return WAIT;
    ULONGLONG end = GetTickCount64() + time_out;
    do {
        BOOL available = real(WaitNamedPipeW)(name, 5);
        if (available || GetLastError() != ERROR_SEM_TIMEOUT)
            return available;
        if (*event != before)
            return result ? TRUE : fail_with(ERROR_SEM_TIMEOUT);
    } while (GetTickCount64() < end);
    return fail_with(ERROR_SEM_TIMEOUT);
}

static HANDLE WINAPI notes_made(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    DWORD error = GetLastError();
    if (server != INVALID_HANDLE_VALUE)
        InterlockedIncrement(&made);
    SetLastError(error);
    return server;
}

static BOOL WINAPI notes_offered(CONNECT_PARAMETERS)
{
    InterlockedIncrement(&made);
    return CONNECT;
}

static BOOL WINAPI any_name(WAIT_PARAMETERS)
{
    return wait_until(name, time_out, &made, TRUE);
}
MUTANT(npipe_wait_ends_with_an_instance_of_another_pipe,
       "A wait for an instance ends when one of another pipe becomes available",
       PATCH(CreateNamedPipeW, notes_made), PATCH(ConnectNamedPipe, notes_offered),
       PATCH(WaitNamedPipeW, any_name));

static BOOL WINAPI notes_disconnect(HANDLE server)
{
    BOOL disconnected = real(DisconnectNamedPipe)(server);
    InterlockedIncrement(&left);
    return disconnected;
}

static BOOL WINAPI notes_close(HANDLE handle)
{
    bool client = is_client_end(handle);
    BOOL closed = real(CloseHandle)(handle);
    if (client)
        InterlockedIncrement(&left);
    return closed;
}

static BOOL WINAPI till_someone_leaves(WAIT_PARAMETERS)
{
    return wait_until(name, time_out, &left, TRUE);
}
MUTANT(npipe_wait_ends_when_a_client_goes,
       "A wait for an instance ends when one loses its client, before it is offered again",
       PATCH(DisconnectNamedPipe, notes_disconnect), PATCH(CloseHandle, notes_close),
       PATCH(WaitNamedPipeW, till_someone_leaves));

static BOOL WINAPI till_one_times_out(WAIT_PARAMETERS)
{
    BOOL available = wait_until(name, time_out, &timed_out, FALSE);
    DWORD error = GetLastError();
    if (!available && error == ERROR_SEM_TIMEOUT)
        InterlockedIncrement(&timed_out);
    SetLastError(error);
    return available;
}
MUTANT(npipe_time_out_is_of_all_waits, "When one wait for an instance times out all do",
       PATCH(WaitNamedPipeW, till_one_times_out));

static BOOL WINAPI once_too_late(WAIT_PARAMETERS)
{
    static WCHAR last[300];
    if (name && !_wcsicmp(last, name))
        return fail_with(ERROR_SEM_TIMEOUT);
    BOOL available = WAIT;
    if (failed_with(available, ERROR_SEM_TIMEOUT) && wcslen(name) < 300)
        wcscpy(last, name);
    return available;
}
MUTANT(npipe_wait_after_a_time_out_fails,
       "When a wait for a pipe has timed out the next ones do, whatever is available",
       PATCH(WaitNamedPipeW, once_too_late));

static BOOL WINAPI of_this_process(WAIT_PARAMETERS)
{
    bool peer = wcsstr(GetCommandLineW(), L"@peer");
    if (peer && time_out != NMPWAIT_WAIT_FOREVER)
        time_out = NMPWAIT_NOWAIT;
    return WAIT;
}
MUTANT(npipe_wait_of_another_process_times_out_at_once,
       "A process other than the first does not wait for an instance",
       PATCH(WaitNamedPipeW, of_this_process));
