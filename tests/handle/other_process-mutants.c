/* Wrong behaviours, for the tests of other_process.c: DuplicateHandle into another process, out
 * of one, and to close a handle there. */
#include "handle-mutants.h"

static BOOL WINAPI into_self(DUPLICATE_PARAMETERS)
{
    return real(DuplicateHandle)(from, handle, to ? GetCurrentProcess() : NULL, copy, access,
                                 inherit, options);
}
MUTANT(duplicate_into_self, "DuplicateHandle makes the duplicate in the calling process",
       PATCH(DuplicateHandle, into_self));

static BOOL WINAPI from_self(DUPLICATE_PARAMETERS)
{
    if (!(options & DUPLICATE_CLOSE_SOURCE))
        from = GetCurrentProcess();
    return real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
}
MUTANT(duplicate_from_self, "DuplicateHandle looks the source up in the calling process",
       PATCH(DuplicateHandle, from_self));

static BOOL WINAPI closes_nothing_remote(DUPLICATE_PARAMETERS)
{
    if (!here(from) && !to)
        return TRUE;
    if (!here(from))
        options &= ~(DWORD)DUPLICATE_CLOSE_SOURCE;
    return real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
}
MUTANT(duplicate_does_not_close_remotely,
       "DuplicateHandle with DUPLICATE_CLOSE_SOURCE closes nothing in another process",
       PATCH(DuplicateHandle, closes_nothing_remote));

static BOOL WINAPI needs_no_right(DUPLICATE_PARAMETERS)
{
    BOOL duplicated = DUPLICATED;
    return duplicated || (GetLastError() == ERROR_ACCESS_DENIED && !(here(from) && here(to)));
}
MUTANT(duplicate_needs_no_right_to_a_process,
       "DuplicateHandle succeeds without PROCESS_DUP_HANDLE for a process",
       PATCH(DuplicateHandle, needs_no_right));

static BOOL WINAPI takes_any_process(DUPLICATE_PARAMETERS)
{
    bool processes = GetProcessId(from) && GetProcessId(to);
    if (!processes && !(options & DUPLICATE_CLOSE_SOURCE))
        from = to = GetCurrentProcess();
    return DUPLICATED;
}
MUTANT(duplicate_takes_any_handle_for_a_process,
       "DuplicateHandle takes a handle that is none of a process for the calling process",
       PATCH(DuplicateHandle, takes_any_process));

static BOOL WINAPI wants_to_be_a_party(DUPLICATE_PARAMETERS)
{
    if (!here(from) && to && !here(to))
        return failed(ERROR_ACCESS_DENIED);
    return DUPLICATED;
}
MUTANT(duplicate_refuses_third_processes,
       "DuplicateHandle fails for a caller that is neither the source nor the target process",
       PATCH(DuplicateHandle, wants_to_be_a_party));

static BOOL WINAPI plain_elsewhere(DUPLICATE_PARAMETERS)
{
    inherit = inherit && here(to);
    return DUPLICATED;
}
MUTANT(duplicate_is_not_inheritable_elsewhere,
       "DuplicateHandle into another process ignores bInheritHandle",
       PATCH(DuplicateHandle, plain_elsewhere));

static BOOL WINAPI ties_to_parent(CREATE_PROCESS_PARAMETERS)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {.BasicLimitInformation.LimitFlags =
                                                       JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE};
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created && is_peer()) {
        HANDLE job = real(CreateJobObjectW)(NULL, NULL); /* closed when this process ends */
        SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof(limits));
        real(AssignProcessToJobObject)(job, info->hProcess);
    }
    return created;
}
MUTANT(create_process_child_dies_with_its_parent,
       "A child ends when the process that started it does", PATCH(CreateProcessW, ties_to_parent));
