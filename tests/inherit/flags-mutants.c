/* Wrong behaviours, for the tests of flags.c: the creation flags of CreateProcess. */
#include "inherit-mutants.h"

/* Of one handle and no list, so that the others of the area stay as they are. */
static BOOL WINAPI runs_at_once(CREATE_PROCESS_PARAMETERS)
{
    if (inherit && !(flags & EXTENDED_STARTUPINFO_PRESENT) && !startup->dwFlags)
        flags &= ~(DWORD)CREATE_SUSPENDED;
    return CREATE_PROCESS(inherit, flags, startup);
}
MUTANT(create_process_runs_a_suspended_child,
       "A child that inherits handles runs at once in spite of CREATE_SUSPENDED",
       PATCH(CreateProcessW, runs_at_once));

/* A child that inherits while it starts: here, when it is resumed. */
static HANDLE late_child, late_handle;

static BOOL WINAPI notes_child(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created && inherit && (flags & CREATE_SUSPENDED) &&
        !(flags & EXTENDED_STARTUPINFO_PRESENT) && !is_peer())
        late_child = info->hProcess;
    return created;
}

static BOOL WINAPI closes_there(HANDLE handle)
{
    DWORD of_handle = 0;
    if (late_child && !late_handle && real(GetHandleInformation)(handle, &of_handle) &&
        (of_handle & HANDLE_FLAG_INHERIT) && real(GetFileType)(handle) == FILE_TYPE_UNKNOWN) {
        late_handle = handle;
        close_in(late_child, handle);
    }
    return real(CloseHandle)(handle);
}
MUTANT(create_process_inherits_when_the_child_runs,
       "A child gets the handles that are there when it begins to run",
       PATCH(CreateProcessW, notes_child), PATCH(CloseHandle, closes_there));

CREATES_AFTER(console_and_detached,
              if (flags & DETACHED_PROCESS) flags &= ~(DWORD)CREATE_NEW_CONSOLE)
MUTANT(create_process_takes_both_kinds_of_console,
       "CreateProcess takes CREATE_NEW_CONSOLE together with DETACHED_PROCESS",
       PATCH(CreateProcessW, console_and_detached));

static BOOL WINAPI flag_gives_all(CREATE_PROCESS_PARAMETERS)
{
    if (!create_suspended(program, words, of_process, of_thread, inherit, flags, environment,
                          directory, startup, info))
        return FALSE;
    DWORD_PTR usable, all;
    if ((flags & INHERIT_PARENT_AFFINITY) && GetProcessAffinityMask(info->hProcess, &usable, &all))
        SetProcessAffinityMask(info->hProcess, all);
    run_unless_suspended(flags, info);
    return TRUE;
}
MUTANT(inherit_parent_affinity_gives_all_processors,
       "With INHERIT_PARENT_AFFINITY a child may run on all processors",
       PATCH(CreateProcessW, flag_gives_all));

CREATES_AFTER(no_priority, flags &= ~(DWORD)(IDLE_PRIORITY_CLASS | BELOW_NORMAL_PRIORITY_CLASS |
                                             ABOVE_NORMAL_PRIORITY_CLASS | HIGH_PRIORITY_CLASS))
MUTANT(create_process_ignores_the_priority_class,
       "CreateProcess ignores the priority class among its flags",
       PATCH(CreateProcessW, no_priority));

static BOOL WINAPI parents_priority(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created && (flags & NORMAL_PRIORITY_CLASS))
        SetPriorityClass(info->hProcess, GetPriorityClass(GetCurrentProcess()));
    return created;
}
MUTANT(create_process_prefers_the_parents_priority,
       "A child has the priority class of its parent in spite of NORMAL_PRIORITY_CLASS",
       PATCH(CreateProcessW, parents_priority));
