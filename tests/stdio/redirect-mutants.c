/* Wrong behaviours, for the tests of redirect.c: a child whose standard handles CreateProcess
 * redirects to anonymous pipes. */
#include "stdio-mutants.h"

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
    return real(ResumeThread)(thread);
}

static BOOL WINAPI loses_early(HANDLE file, LPCVOID buffer, DWORD size, LPDWORD count,
                               LPOVERLAPPED overlapped)
{
    if (!suspended)
        return real(WriteFile)(file, buffer, size, count, overlapped);
    *count = size;
    return TRUE;
}
MUTANT(write_file_before_child_runs_is_lost,
       "WriteFile to a pipe whose reader has not run yet returns TRUE and loses the bytes",
       PATCH(CreateProcessW, notes_suspended), PATCH(ResumeThread, notes_resumed),
       PATCH(WriteFile, loses_early));

static BOOL WINAPI never_back(DWORD which, HANDLE handle)
{
    static bool changed;
    if (changed && which == STD_OUTPUT_HANDLE && real(GetFileType)(handle) != FILE_TYPE_PIPE)
        return TRUE;
    changed = true;
    return real(SetStdHandle)(which, handle);
}
MUTANT(set_std_handle_cannot_restore, "SetStdHandle cannot put back what was not a pipe",
       PATCH(SetStdHandle, never_back));
