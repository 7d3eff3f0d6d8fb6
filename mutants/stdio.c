/* Wrong behaviours of standard handles: GetStdHandle, SetStdHandle and their redirection. */
#include "mutants.h"

#define CREATE_PROCESS_PARAMETERS                                                       \
    LPCWSTR program, LPWSTR words, LPSECURITY_ATTRIBUTES of_process,                    \
        LPSECURITY_ATTRIBUTES of_thread, BOOL inherit, DWORD flags, LPVOID environment, \
        LPCWSTR directory, LPSTARTUPINFOW startup, LPPROCESS_INFORMATION info
#define CREATE_PROCESS(startup_)                                                            \
    real.CreateProcessW(program, words, of_process, of_thread, inherit, flags, environment, \
                        directory, (startup_), info)

static BOOL failed(DWORD error)
{
    SetLastError(error);
    return FALSE;
}

/* ---- CreateProcess; none of the tests gives STARTUPINFOEX together with standard handles */

static BOOL WINAPI swaps(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW swapped = *startup;
    if (!(startup->dwFlags & STARTF_USESTDHANDLES) || !startup->hStdError)
        return CREATE_PROCESS(startup);
    swapped.hStdOutput = startup->hStdError;
    swapped.hStdError = startup->hStdOutput;
    return CREATE_PROCESS(&swapped);
}
MUTANT(create_process_swaps_output_and_error,
       "CreateProcess gives the child hStdError as its output and hStdOutput as its error",
       PATCH(CreateProcessW, swaps));

static BOOL WINAPI once(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW single = *startup;
    if (!(startup->dwFlags & STARTF_USESTDHANDLES) || startup->hStdOutput != startup->hStdError)
        return CREATE_PROCESS(startup);
    single.hStdError = NULL;
    return CREATE_PROCESS(&single);
}
MUTANT(create_process_uses_a_std_handle_once,
       "CreateProcess leaves hStdError out when it is the same handle as hStdOutput",
       PATCH(CreateProcessW, once));

static BOOL WINAPI always(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW flagged = *startup;
    if (!startup->hStdInput && !startup->hStdOutput && !startup->hStdError)
        return CREATE_PROCESS(startup);
    flagged.dwFlags |= STARTF_USESTDHANDLES;
    return CREATE_PROCESS(&flagged);
}
MUTANT(create_process_always_uses_std_handles,
       "CreateProcess uses the standard handles of STARTUPINFO without STARTF_USESTDHANDLES",
       PATCH(CreateProcessW, always));

static BOOL WINAPI none(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW flagged = *startup;
    if ((startup->dwFlags & STARTF_USESTDHANDLES) || (flags & EXTENDED_STARTUPINFO_PRESENT))
        return CREATE_PROCESS(startup);
    flagged.dwFlags |= STARTF_USESTDHANDLES;
    flagged.hStdInput = flagged.hStdOutput = flagged.hStdError = NULL;
    return CREATE_PROCESS(&flagged);
}
MUTANT(create_process_passes_no_std_handles_on,
       "A child gets no standard handles unless STARTUPINFO gives it some",
       PATCH(CreateProcessW, none));

/* ---- Bytes for a child that does not run yet */

static bool suspended;

static BOOL WINAPI notes_suspended(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(startup);
    if (created)
        suspended = flags & CREATE_SUSPENDED;
    return created;
}

static DWORD WINAPI notes_resumed(HANDLE thread)
{
    suspended = false;
    return real.ResumeThread(thread);
}

static BOOL WINAPI loses_early(HANDLE file, LPCVOID buffer, DWORD size, LPDWORD count,
                               LPOVERLAPPED overlapped)
{
    if (!suspended)
        return real.WriteFile(file, buffer, size, count, overlapped);
    *count = size;
    return TRUE;
}
MUTANT(write_file_before_child_runs_is_lost,
       "WriteFile to a pipe whose reader has not run yet returns TRUE and loses the bytes",
       PATCH(CreateProcessW, notes_suspended), PATCH(ResumeThread, notes_resumed),
       PATCH(WriteFile, loses_early));

/* ---- GetStdHandle and SetStdHandle */

static HANDLE WINAPI duplicates(DWORD which)
{
    static bool asked;
    HANDLE handle = real.GetStdHandle(which), copy = NULL;
    if (which != STD_ERROR_HANDLE)
        return handle;
    if (asked && real.DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &copy, 0,
                                      FALSE, DUPLICATE_SAME_ACCESS))
        return copy;
    asked = true;
    return handle;
}
MUTANT(get_std_handle_duplicates_error,
       "GetStdHandle returns a duplicate when it is asked again for the error handle",
       PATCH(GetStdHandle, duplicates));

static HANDLE WINAPI null_for_unknown(DWORD which)
{
    HANDLE handle = real.GetStdHandle(which);
    return handle == INVALID_HANDLE_VALUE ? NULL : handle;
}
MUTANT(get_std_handle_fails_with_null,
       "GetStdHandle for no standard device returns NULL instead of INVALID_HANDLE_VALUE",
       PATCH(GetStdHandle, null_for_unknown));

static BOOL WINAPI sets_nothing(DWORD which, HANDLE handle)
{
    return which == STD_ERROR_HANDLE ? TRUE : real.SetStdHandle(which, handle);
}
MUTANT(set_std_handle_keeps_error,
       "SetStdHandle for the error handle returns TRUE and sets nothing",
       PATCH(SetStdHandle, sets_nothing));

static BOOL WINAPI closes_old(DWORD which, HANDLE handle)
{
    HANDLE old = real.GetStdHandle(which);
    BOOL set = real.SetStdHandle(which, handle);
    if (set && old != handle && real.GetFileType(old) == FILE_TYPE_PIPE)
        real.CloseHandle(old);
    return set;
}
MUTANT(set_std_handle_closes_old, "SetStdHandle closes the pipe end that it replaces",
       PATCH(SetStdHandle, closes_old));

static BOOL WINAPI never_back(DWORD which, HANDLE handle)
{
    static bool changed;
    if (changed && which == STD_OUTPUT_HANDLE && real.GetFileType(handle) != FILE_TYPE_PIPE)
        return TRUE;
    changed = true;
    return real.SetStdHandle(which, handle);
}
MUTANT(set_std_handle_cannot_restore, "SetStdHandle cannot put back what was not a pipe",
       PATCH(SetStdHandle, never_back));

static BOOL WINAPI sets_unknown(DWORD which, HANDLE handle)
{
    return real.SetStdHandle(which, handle) || !failed(ERROR_SUCCESS);
}
MUTANT(set_std_handle_accepts_any_device, "SetStdHandle for no standard device returns TRUE",
       PATCH(SetStdHandle, sets_unknown));
