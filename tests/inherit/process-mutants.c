/* Wrong behaviours, for the tests of process.c: what CreateProcess makes of a child besides its
 * handles. */
#include "inherit-mutants.h"

CREATES_AFTER(default_error_mode, flags |= CREATE_DEFAULT_ERROR_MODE)
MUTANT(create_process_gives_the_default_error_mode,
       "A child has the default error mode and not that of its parent",
       PATCH(CreateProcessW, default_error_mode));

CREATES_AFTER(callers_error_mode, flags &= ~(DWORD)CREATE_DEFAULT_ERROR_MODE)
MUTANT(create_process_ignores_default_error_mode,
       "A child has the error mode of its parent in spite of CREATE_DEFAULT_ERROR_MODE",
       PATCH(CreateProcessW, callers_error_mode));

static BOOL WINAPI all_processors(CREATE_PROCESS_PARAMETERS)
{
    if (!create_suspended(program, words, of_process, of_thread, inherit, flags, environment,
                          directory, startup, info))
        return FALSE;
    DWORD_PTR usable, all;
    if (GetProcessAffinityMask(info->hProcess, &usable, &all))
        SetProcessAffinityMask(info->hProcess, all);
    run_unless_suspended(flags, info);
    return TRUE;
}
MUTANT(create_process_gives_all_processors,
       "A child may run on all processors although its parent may not",
       PATCH(CreateProcessW, all_processors));

/* ---- Jobs ---- */

static BOOL WINAPI only_what_was_assigned(HANDLE process, HANDLE job, PBOOL in)
{
    BOOL told = real(IsProcessInJob)(process, job, in);
    if (told && job && is_peer() && process != GetCurrentProcess())
        *in = FALSE;
    return told;
}
MUTANT(child_is_in_no_job, "The child of a process in a job is not in the job",
       PATCH(IsProcessInJob, only_what_was_assigned));

static BOOL WINAPI never_breaks_away(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (!created || !(flags & CREATE_BREAKAWAY_FROM_JOB))
        return created;
    real(TerminateProcess)(info->hProcess, 1);
    return CREATE_PROCESS(inherit, flags & ~(DWORD)CREATE_BREAKAWAY_FROM_JOB, startup);
}
MUTANT(create_process_never_breaks_away,
       "A child is in the job of its parent in spite of CREATE_BREAKAWAY_FROM_JOB",
       PATCH(CreateProcessW, never_breaks_away));

static BOOL WINAPI stays_instead(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (!(flags & CREATE_BREAKAWAY_FROM_JOB) || !failed_with(created, ERROR_ACCESS_DENIED))
        return created;
    return CREATE_PROCESS(inherit, flags & ~(DWORD)CREATE_BREAKAWAY_FROM_JOB, startup);
}
MUTANT(create_process_stays_in_the_job_instead,
       "A child that may not break away from the job is created in it",
       PATCH(CreateProcessW, stays_instead));

/* ---- What is told of the child ---- */

static BOOL WINAPI tells_another_thread(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created)
        info->dwThreadId = info->dwProcessId;
    return created;
}
MUTANT(create_process_tells_another_thread_id,
       "CreateProcess tells the identifier of the process as that of its thread",
       PATCH(CreateProcessW, tells_another_thread));

CREATES_AFTER(no_process_attributes, of_process = NULL)
MUTANT(create_process_ignores_process_attributes,
       "The handle to a child is not inheritable although lpProcessAttributes says so",
       PATCH(CreateProcessW, no_process_attributes));

CREATES_AFTER(no_thread_attributes, of_thread = NULL)
MUTANT(create_process_ignores_thread_attributes,
       "The handle to a child's thread is not inheritable although lpThreadAttributes says so",
       PATCH(CreateProcessW, no_thread_attributes));

CREATES_AFTER(one_for_both, of_thread = of_process)
MUTANT(create_process_applies_process_attributes_to_both,
       "lpProcessAttributes decides on the handle to the thread as well",
       PATCH(CreateProcessW, one_for_both));

static BOOL WINAPI makes_inheritable(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created)
        real(SetHandleInformation)(info->hThread, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    return created;
}
MUTANT(handles_to_a_child_are_inheritable,
       "The handle to the thread of a child is inheritable though nobody asked for it",
       PATCH(CreateProcessW, makes_inheritable));
