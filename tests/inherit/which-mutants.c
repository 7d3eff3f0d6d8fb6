/* Wrong behaviours, for the tests of which.c: * Which handles CreateProcess passes on: the
 * inheritable ones, if bInheritHandles is TRUE, and of those only the listed ones, if there is a
 * handle list. */
#include "inherit-mutants.h"

static bool is_pipe(HANDLE handle)
{
    return real(GetFileType)(handle) == FILE_TYPE_PIPE;
}

static bool is_standard(HANDLE handle, const STARTUPINFOW *startup)
{
    return (startup->dwFlags & STARTF_USESTDHANDLES) &&
           (handle == startup->hStdInput || handle == startup->hStdOutput ||
            handle == startup->hStdError);
}

/* The pipe ends of this process that are (not) inheritable, without those that STARTUP names. */
static unsigned pipes(bool inheritable, const STARTUPINFOW *startup, HANDLE *found, unsigned most)
{
    unsigned count = 0;
    DWORD flags;
    for (UINT_PTR value = 4; value < 0x1000 && count < most; value += 4) {
        HANDLE handle = (HANDLE)value;
        if (!real(GetHandleInformation)(handle, &flags))
            continue;
        if (((flags & HANDLE_FLAG_INHERIT) != 0) == inheritable && is_pipe(handle) &&
            !is_standard(handle, startup))
            found[count++] = handle;
    }
    return count;
}

static unsigned write_ends(HANDLE *handles, unsigned count)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < count; i++)
        if (!real(PeekNamedPipe)(handles[i], NULL, 0, NULL, NULL, NULL) &&
            GetLastError() == ERROR_ACCESS_DENIED)
            handles[kept++] = handles[i];
    return kept;
}

static void mark(const HANDLE *handles, unsigned count, DWORD flag)
{
    for (unsigned i = 0; i < count; i++)
        real(SetHandleInformation)(handles[i], HANDLE_FLAG_INHERIT, flag);
}

CREATES_AFTER(ignores_false, inherit = TRUE)
MUTANT(create_process_ignores_inherit_false,
       "CreateProcess passes inheritable handles on although bInheritHandles is FALSE",
       PATCH(CreateProcessW, ignores_false));

static BOOL WINAPI passes_plain(CREATE_PROCESS_PARAMETERS)
{
    HANDLE plain[64];
    bool redirected = startup->dwFlags & STARTF_USESTDHANDLES;
    unsigned count = inherit && !redirected ? pipes(false, startup, plain, 64) : 0;
    count = write_ends(plain, count);
    mark(plain, count, HANDLE_FLAG_INHERIT);
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    DWORD error = GetLastError();
    mark(plain, count, 0);
    SetLastError(error);
    return created;
}
MUTANT(create_process_passes_plain_write_ends,
       "CreateProcess passes write ends on that are not inheritable, if it redirects nothing",
       PATCH(CreateProcessW, passes_plain));

static BOOL WINAPI passes_standard_only(CREATE_PROCESS_PARAMETERS)
{
    HANDLE others[64];
    bool listed = flags & EXTENDED_STARTUPINFO_PRESENT;
    unsigned count = inherit && !listed ? pipes(true, startup, others, 64) : 0;
    mark(others, count, 0);
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    DWORD error = GetLastError();
    mark(others, count, HANDLE_FLAG_INHERIT);
    SetLastError(error);
    return created;
}
MUTANT(create_process_passes_only_named_pipe_ends,
       "CreateProcess passes pipe ends on only when they are standard handles or listed",
       PATCH(CreateProcessW, passes_standard_only));

static BOOL WINAPI drops_last(LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD flags, DWORD_PTR attribute,
                              PVOID value, SIZE_T size, PVOID previous, PSIZE_T return_size)
{
    if (attribute == PROC_THREAD_ATTRIBUTE_HANDLE_LIST && size > sizeof(HANDLE))
        size -= sizeof(HANDLE);
    return real(UpdateProcThreadAttribute)(list, flags, attribute, value, size, previous,
                                           return_size);
}
MUTANT(handle_list_loses_its_last, "A handle list of several handles loses the last one",
       PATCH(UpdateProcThreadAttribute, drops_last));

static BOOL WINAPI moves_pipes(CREATE_PROCESS_PARAMETERS)
{
    HANDLE passed[64], moved;
    bool moves = inherit && flags == CREATE_SUSPENDED;
    unsigned count = moves ? pipes(true, startup, passed, 64) : 0;
    if (!create_suspended(program, words, of_process, of_thread, inherit, flags, environment,
                          directory, startup, info))
        return FALSE;
    for (unsigned i = 0; i < count; i++) {
        real(DuplicateHandle)(info->hProcess, passed[i], info->hProcess, &moved, 0, TRUE,
                              DUPLICATE_SAME_ACCESS);
        close_in(info->hProcess, passed[i]);
    }
    run_unless_suspended(flags, info);
    return TRUE;
}
MUTANT(inherited_pipe_ends_get_new_values,
       "Pipe ends inherited by a suspended child have other values there than in the parent",
       PATCH(CreateProcessW, moves_pipes));

static HANDLE duplicates[32];
static unsigned duplicate_count;

static BOOL WINAPI notes_duplicate(HANDLE from, HANDLE handle, HANDLE to, LPHANDLE copy,
                                   DWORD access, BOOL inherit, DWORD options)
{
    BOOL duplicated = real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
    if (duplicated && copy && inherit && !(options & DUPLICATE_SAME_ACCESS) && duplicate_count < 32)
        duplicates[duplicate_count++] = *copy;
    return duplicated;
}

static BOOL WINAPI widens_access(CREATE_PROCESS_PARAMETERS)
{
    if (!create_suspended(program, words, of_process, of_thread, inherit, flags, environment,
                          directory, startup, info))
        return FALSE;
    for (unsigned i = 0; inherit && i < duplicate_count; i++) {
        HANDLE wider;
        real(DuplicateHandle)(info->hProcess, duplicates[i], info->hProcess, &wider,
                              EVENT_ALL_ACCESS, TRUE, DUPLICATE_CLOSE_SOURCE);
    }
    run_unless_suspended(flags, info);
    return TRUE;
}
MUTANT(inherited_events_have_all_access,
       "An inherited handle of an event has all access in the child",
       PATCH(DuplicateHandle, notes_duplicate), PATCH(CreateProcessW, widens_access));

static HANDLE child;

static BOOL WINAPI notes_child(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created)
        child = info->hProcess;
    return created;
}

static BOOL WINAPI sets_in_child(HANDLE handle, DWORD mask, DWORD flags)
{
    HANDLE theirs;
    if (child && (mask & flags & HANDLE_FLAG_INHERIT))
        real(DuplicateHandle)(GetCurrentProcess(), handle, child, &theirs, 0, TRUE,
                              DUPLICATE_SAME_ACCESS);
    return real(SetHandleInformation)(handle, mask, flags);
}
MUTANT(set_inherit_reaches_running_child,
       "A handle made inheritable is passed on to a child that exists already",
       PATCH(CreateProcessW, notes_child), PATCH(SetHandleInformation, sets_in_child));

static BOOL WINAPI closes_in_child(HANDLE handle)
{
    if (child && is_pipe(handle) && real(WaitForSingleObject)(child, 0) == WAIT_TIMEOUT)
        close_in(child, handle);
    return real(CloseHandle)(handle);
}
MUTANT(close_handle_closes_inherited_pipe_ends,
       "CloseHandle of a pipe end closes the one that a child has inherited as well",
       PATCH(CreateProcessW, notes_child), PATCH(CloseHandle, closes_in_child));
