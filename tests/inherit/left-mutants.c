/* Wrong behaviours, for the tests of left.c: what CreateProcess leaves behind. */
#include "inherit-mutants.h"

#define LAST_HANDLE 0x400

static bool is_inheritable(HANDLE handle)
{
    DWORD flags;
    return real(GetHandleInformation)(handle, &flags) && (flags & HANDLE_FLAG_INHERIT);
}

static bool is_pipe(HANDLE handle)
{
    return real(GetFileType)(handle) == FILE_TYPE_PIPE;
}

/* Nobody knows of the duplicates. */
static BOOL WINAPI failure_keeps_handles(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    DWORD error = GetLastError();
    for (UINT_PTR value = 4; !created && inherit && value < LAST_HANDLE; value += 4) {
        HANDLE copy, handle = (HANDLE)value;
        if (is_pipe(handle) && is_inheritable(handle))
            real(DuplicateHandle)(GetCurrentProcess(), handle, GetCurrentProcess(), &copy, 0, FALSE,
                                  DUPLICATE_SAME_ACCESS);
    }
    SetLastError(error);
    return created;
}
MUTANT(create_process_that_fails_keeps_handles,
       "CreateProcess that fails leaves duplicates of what is inheritable open",
       PATCH(CreateProcessW, failure_keeps_handles));

/* The last child that was created suspended and has not been resumed. */
static HANDLE never_ran;

static BOOL WINAPI notes_suspended(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created)
        never_ran = inherit && (flags & CREATE_SUSPENDED) ? info->hProcess : NULL;
    return created;
}

static DWORD WINAPI notes_resumed(HANDLE thread)
{
    never_ran = NULL;
    return real(ResumeThread)(thread);
}

static BOOL WINAPI termination_keeps_handles(HANDLE process, UINT code)
{
    for (UINT_PTR value = 4; process == never_ran && value < LAST_HANDLE; value += 4) {
        HANDLE copy;
        if (real(DuplicateHandle)(process, (HANDLE)value, GetCurrentProcess(), &copy, 0, FALSE,
                                  DUPLICATE_SAME_ACCESS) &&
            !is_pipe(copy))
            real(CloseHandle)(copy);
    }
    return real(TerminateProcess)(process, code);
}
MUTANT(terminated_child_that_never_ran_keeps_handles,
       "The pipes of a child that is terminated before it has run stay open",
       PATCH(CreateProcessW, notes_suspended), PATCH(ResumeThread, notes_resumed),
       PATCH(TerminateProcess, termination_keeps_handles));

/* Takes the flag away from events and what else can be waited for and is no pipe or file. */
static void clear_flags(void)
{
    DWORD error = GetLastError();
    for (UINT_PTR value = 4; value < LAST_HANDLE; value += 4) {
        HANDLE handle = (HANDLE)value;
        if (is_inheritable(handle) && real(GetFileType)(handle) == FILE_TYPE_UNKNOWN)
            real(SetHandleInformation)(handle, HANDLE_FLAG_INHERIT, 0);
    }
    SetLastError(error);
}

static BOOL WINAPI list_clears_flags(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created && inherit && (flags & EXTENDED_STARTUPINFO_PRESENT))
        clear_flags();
    return created;
}
MUTANT(handle_list_leaves_handles_not_inheritable,
       "CreateProcess with a list of handles leaves objects not inheritable",
       PATCH(CreateProcessW, list_clears_flags));

static BOOL WINAPI inheritance_clears_flags(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created && inherit && !(flags & EXTENDED_STARTUPINFO_PRESENT))
        clear_flags();
    return created;
}
MUTANT(create_process_inherits_once_a_handle,
       "CreateProcess passes objects on to one child and leaves them not inheritable",
       PATCH(CreateProcessW, inheritance_clears_flags));
