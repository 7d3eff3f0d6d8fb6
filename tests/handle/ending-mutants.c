/* Wrong behaviours, for the tests of ending.c: TerminateProcess, exit codes, and the end of a
 * process for those who wait for it. */
#include "handle-mutants.h"

#include <tlhelp32.h>

static BOOL WINAPI eight_bits(HANDLE process, LPDWORD code)
{
    BOOL told = real(GetExitCodeProcess)(process, code);
    if (told && *code == 0xFFFFFFFF)
        *code = 0xFF;
    return told;
}
MUTANT(exit_code_has_eight_bits, "GetExitCodeProcess tells 255 for an exit code of -1",
       PATCH(GetExitCodeProcess, eight_bits));

static BOOL WINAPI exception_is_3(HANDLE process, LPDWORD code)
{
    BOOL told = real(GetExitCodeProcess)(process, code);
    if (told && *code >= 0xC0000000 && *code != 0xFFFFFFFF)
        *code = 3;
    return told;
}
MUTANT(exit_code_of_an_exception_is_3, "A process that an exception ends has the exit code 3",
       PATCH(GetExitCodeProcess, exception_is_3));

static BOOL WINAPI is_0_first(HANDLE process, LPDWORD code)
{
    BOOL told = real(GetExitCodeProcess)(process, code);
    if (told && *code == STILL_ACTIVE)
        *code = 0;
    return told;
}
MUTANT(exit_code_is_0_while_it_runs, "GetExitCodeProcess tells 0 of a process that runs",
       PATCH(GetExitCodeProcess, is_0_first));

/* As an event that resets itself: of the waits for one process one succeeds. */
static DWORD WINAPI releases_one(HANDLE object, DWORD time)
{
    static LONG released;
    DWORD waited = real(WaitForSingleObject)(object, time);
    if (waited == WAIT_OBJECT_0 && real(GetProcessId)(object) && InterlockedExchange(&released, 1))
        return WAIT_TIMEOUT;
    return waited;
}
MUTANT(end_of_a_process_releases_one_waiter, "The end of a process releases one waiting thread",
       PATCH(WaitForSingleObject, releases_one));

static BOOL WINAPI ends_children(HANDLE process, UINT code)
{
    PROCESSENTRY32W entry = {.dwSize = sizeof(entry)};
    DWORD parent = real(GetProcessId)(process);
    HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    for (BOOL more = Process32FirstW(all, &entry); more; more = Process32NextW(all, &entry))
        if (parent && entry.th32ParentProcessID == parent) {
            HANDLE child = real(OpenProcess)(PROCESS_TERMINATE, FALSE, entry.th32ProcessID);
            real(TerminateProcess)(child, code);
            real(CloseHandle)(child);
        }
    real(CloseHandle)(all);
    return real(TerminateProcess)(process, code);
}
MUTANT(terminate_process_ends_children,
       "TerminateProcess terminates the children of the process as well",
       PATCH(TerminateProcess, ends_children));

/* All threads of another process but the first end before the process does. */
static BOOL WINAPI others_first(HANDLE process, UINT code)
{
    THREADENTRY32 entry = {.dwSize = sizeof(entry)};
    DWORD own = real(GetProcessId)(process), threads = 0;
    HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    for (BOOL more = Thread32First(all, &entry); more; more = Thread32Next(all, &entry))
        if (own && own != GetCurrentProcessId() && entry.th32OwnerProcessID == own && threads++) {
            HANDLE thread = OpenThread(THREAD_TERMINATE, FALSE, entry.th32ThreadID);
            TerminateThread(thread, 0);
            real(CloseHandle)(thread);
        }
    real(CloseHandle)(all);
    return real(TerminateProcess)(process, code);
}
MUTANT(terminated_threads_have_code_0,
       "TerminateProcess ends all threads but the first with the code 0",
       PATCH(TerminateProcess, others_first));

static BOOL WINAPI needs_more(HANDLE process, UINT code)
{
    DWORD before;
    if (!real(GetExitCodeProcess)(process, &before))
        return failed(ERROR_ACCESS_DENIED);
    return real(TerminateProcess)(process, code);
}
MUTANT(terminate_process_needs_more_rights,
       "TerminateProcess needs PROCESS_QUERY_INFORMATION besides PROCESS_TERMINATE",
       PATCH(TerminateProcess, needs_more));

static BOOL WINAPI needs_none(HANDLE process, UINT code)
{
    DWORD id = real(GetProcessId)(process), before;
    BOOL active = real(GetExitCodeProcess)(process, &before) && before == STILL_ACTIVE;
    if (real(TerminateProcess)(process, code))
        return TRUE;
    HANDLE opened = active ? real(OpenProcess)(PROCESS_TERMINATE, FALSE, id) : NULL;
    BOOL terminated = real(TerminateProcess)(opened, code);
    if (opened)
        real(CloseHandle)(opened);
    return terminated;
}
MUTANT(terminate_process_needs_no_right, "TerminateProcess succeeds without PROCESS_TERMINATE",
       PATCH(TerminateProcess, needs_none));

static BOOL WINAPI returns(HANDLE process, UINT code)
{
    if (process == GetCurrentProcess())
        return TRUE;
    return real(TerminateProcess)(process, code);
}
MUTANT(terminate_process_of_itself_returns,
       "TerminateProcess of the calling process returns, as it does for others",
       PATCH(TerminateProcess, returns));

static BOOL WINAPI takes_ended(HANDLE process, UINT code)
{
    return real(TerminateProcess)(process, code) ||
           real(WaitForSingleObject)(process, 0) == WAIT_OBJECT_0;
}
MUTANT(terminate_process_takes_an_ended_one,
       "TerminateProcess of a process that has ended succeeds",
       PATCH(TerminateProcess, takes_ended));

static DWORD closed_process;

static BOOL WINAPI notes_process(HANDLE handle)
{
    DWORD error = GetLastError(), id = real(GetProcessId)(handle);
    if (id && real(WaitForSingleObject)(handle, 0) == WAIT_OBJECT_0)
        closed_process = id;
    SetLastError(error);
    return real(CloseHandle)(handle);
}

static BOOL WINAPI gone_with_it(HANDLE process, LPDWORD code)
{
    if (closed_process && real(GetProcessId)(process) == closed_process)
        return failed(ERROR_INVALID_HANDLE);
    return real(GetExitCodeProcess)(process, code);
}
MUTANT(ended_process_goes_with_its_first_handle,
       "A process that has ended is gone when one of its handles is closed",
       PATCH(CloseHandle, notes_process), PATCH(GetExitCodeProcess, gone_with_it));
