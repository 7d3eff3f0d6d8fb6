/* Wrong behaviours of standard handles: GetStdHandle, SetStdHandle and their redirection. */
#include "inherit.h"

/* ---- CreateProcess; none of the tests gives STARTUPINFOEX together with standard handles */

static BOOL WINAPI swaps(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW swapped = *startup;
    if (!(startup->dwFlags & STARTF_USESTDHANDLES) || !startup->hStdError)
        return CREATE_PROCESS(inherit, flags, startup);
    swapped.hStdOutput = startup->hStdError;
    swapped.hStdError = startup->hStdOutput;
    return CREATE_PROCESS(inherit, flags, &swapped);
}
MUTANT(create_process_swaps_output_and_error,
       "CreateProcess gives the child hStdError as its output and hStdOutput as its error",
       PATCH(CreateProcessW, swaps));

static BOOL WINAPI once(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW single = *startup;
    if (!(startup->dwFlags & STARTF_USESTDHANDLES) || startup->hStdOutput != startup->hStdError)
        return CREATE_PROCESS(inherit, flags, startup);
    single.hStdError = NULL;
    return CREATE_PROCESS(inherit, flags, &single);
}
MUTANT(create_process_uses_a_std_handle_once,
       "CreateProcess leaves hStdError out when it is the same handle as hStdOutput",
       PATCH(CreateProcessW, once));

static BOOL WINAPI always(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW flagged = *startup;
    if (!startup->hStdInput && !startup->hStdOutput && !startup->hStdError)
        return CREATE_PROCESS(inherit, flags, startup);
    flagged.dwFlags |= STARTF_USESTDHANDLES;
    return CREATE_PROCESS(inherit, flags, &flagged);
}
MUTANT(create_process_always_uses_std_handles,
       "CreateProcess uses the standard handles of STARTUPINFO without STARTF_USESTDHANDLES",
       PATCH(CreateProcessW, always));

static BOOL WINAPI none(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW flagged = *startup;
    if ((startup->dwFlags & STARTF_USESTDHANDLES) || (flags & EXTENDED_STARTUPINFO_PRESENT))
        return CREATE_PROCESS(inherit, flags, startup);
    flagged.dwFlags |= STARTF_USESTDHANDLES;
    flagged.hStdInput = flagged.hStdOutput = flagged.hStdError = NULL;
    return CREATE_PROCESS(inherit, flags, &flagged);
}
MUTANT(create_process_passes_no_std_handles_on,
       "A child gets no standard handles unless STARTUPINFO gives it some",
       PATCH(CreateProcessW, none));

/* ---- Bytes for a child that does not run yet */

static bool suspended;

static BOOL WINAPI notes_suspended(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
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

static HANDLE WINAPI none_is_invalid(DWORD which)
{
    HANDLE handle = real.GetStdHandle(which);
    return handle ? handle : INVALID_HANDLE_VALUE;
}
MUTANT(get_std_handle_without_one_fails,
       "GetStdHandle returns INVALID_HANDLE_VALUE where a process has no such handle",
       PATCH(GetStdHandle, none_is_invalid));

static HANDLE WINAPI changes(DWORD which)
{
    static bool asked;
    if (which == STD_OUTPUT_HANDLE && is_peer() && asked)
        return real.GetStdHandle(STD_INPUT_HANDLE);
    asked |= which == STD_OUTPUT_HANDLE;
    return real.GetStdHandle(which);
}
MUTANT(get_std_handle_of_a_child_changes,
       "The output handle of a running child is another one when it is asked again",
       PATCH(GetStdHandle, changes));

static DWORD WINAPI files_are_devices(HANDLE handle)
{
    DWORD type = real.GetFileType(handle);
    bool standard = handle && handle == real.GetStdHandle(STD_OUTPUT_HANDLE);
    return standard && type == FILE_TYPE_DISK ? FILE_TYPE_CHAR : type;
}
MUTANT(get_file_type_takes_output_for_a_device,
       "GetFileType says FILE_TYPE_CHAR of a file that is the standard output",
       PATCH(GetFileType, files_are_devices));

static DWORD setting_thread;
static HANDLE replaced;

static BOOL WINAPI notes_thread(DWORD which, HANDLE handle)
{
    if (which == STD_OUTPUT_HANDLE) {
        setting_thread = GetCurrentThreadId();
        replaced = real.GetStdHandle(which);
    }
    return real.SetStdHandle(which, handle);
}

static HANDLE WINAPI of_thread(DWORD which)
{
    bool other = setting_thread && setting_thread != GetCurrentThreadId();
    return which == STD_OUTPUT_HANDLE && other ? replaced : real.GetStdHandle(which);
}
MUTANT(set_std_handle_is_for_one_thread,
       "SetStdHandle sets the handle for the calling thread alone",
       PATCH(SetStdHandle, notes_thread), PATCH(GetStdHandle, of_thread));

static BOOL WINAPI checks_output(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW checked = *startup;
    DWORD of_output;
    if (!(startup->dwFlags & STARTF_USESTDHANDLES) || !startup->hStdOutput ||
        real.GetHandleInformation(startup->hStdOutput, &of_output))
        return CREATE_PROCESS(inherit, flags, startup);
    checked.hStdOutput = NULL;
    return CREATE_PROCESS(inherit, flags, &checked);
}
MUTANT(create_process_checks_std_handles,
       "CreateProcess leaves out a standard handle that is none in the parent",
       PATCH(CreateProcessW, checks_output));

static BOOL WINAPI makes_inheritable(CREATE_PROCESS_PARAMETERS)
{
    if (startup->dwFlags & STARTF_USESTDHANDLES && startup->hStdOutput)
        real.SetHandleInformation(startup->hStdOutput, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    return CREATE_PROCESS(inherit, flags, startup);
}
MUTANT(create_process_makes_std_handles_inheritable,
       "CreateProcess passes a standard handle on that is not inheritable",
       PATCH(CreateProcessW, makes_inheritable));
