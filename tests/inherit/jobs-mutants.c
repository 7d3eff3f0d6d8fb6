/* Wrong behaviours, for the tests of jobs.c: UpdateProcThreadAttribute and CreateProcessW. */
#include "inherit-mutants.h"

#define UPDATE_PARAMETERS                                                                          \
    LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD flags, DWORD_PTR attribute, PVOID value, SIZE_T size, \
        PVOID previous, PSIZE_T got
#define UPDATE real(UpdateProcThreadAttribute)(list, flags, attribute, value, size, previous, got)

static BOOL WINAPI ignore_jobs(UPDATE_PARAMETERS)
{
    BOOL updated = UPDATE;
    if (updated && attribute == PROC_THREAD_ATTRIBUTE_JOB_LIST) {
        SIZE_T room = 4096;
        real(InitializeProcThreadAttributeList)(list, 1, 0, &room);
    }
    return updated;
}
MUTANT(create_process_ignores_jobs, "CreateProcess does not look at the list of jobs",
       PATCH(UpdateProcThreadAttribute, ignore_jobs));

static BOOL WINAPI take_first_job(UPDATE_PARAMETERS)
{
    if (attribute == PROC_THREAD_ATTRIBUTE_JOB_LIST && size > sizeof(HANDLE))
        size = sizeof(HANDLE);
    return UPDATE;
}
MUTANT(create_process_takes_the_first_job, "A child is in the first job of the list alone",
       PATCH(UpdateProcThreadAttribute, take_first_job));

static BOOL WINAPI take_any_size(UPDATE_PARAMETERS)
{
    return (attribute == PROC_THREAD_ATTRIBUTE_JOB_LIST && size == 3) || UPDATE;
}
MUTANT(update_attribute_takes_any_size_of_jobs,
       "UpdateProcThreadAttribute takes a list of jobs of three bytes",
       PATCH(UpdateProcThreadAttribute, take_any_size));

static BOOL WINAPI skip_what_is_no_job(UPDATE_PARAMETERS)
{
    DWORD handle_flags;
    BOOL updated = UPDATE;
    if (updated && attribute == PROC_THREAD_ATTRIBUTE_JOB_LIST &&
        !real(GetHandleInformation)(*(HANDLE *)value, &handle_flags)) {
        SIZE_T room = 4096;
        real(InitializeProcThreadAttributeList)(list, 1, 0, &room);
    }
    return updated;
}
MUTANT(create_process_skips_what_is_no_job, "CreateProcess skips what is no job in the list",
       PATCH(UpdateProcThreadAttribute, skip_what_is_no_job));

static BOOL WINAPI ignore_parents(UPDATE_PARAMETERS)
{
    return attribute == PROC_THREAD_ATTRIBUTE_PARENT_PROCESS || UPDATE;
}
MUTANT(create_process_has_one_parent, "CreateProcess does not look at the parent that is named",
       PATCH(UpdateProcThreadAttribute, ignore_parents));

static DWORD member; /* of a job that the creator put it into */

static BOOL WINAPI notes_member(HANDLE job, HANDLE process)
{
    member = real(GetProcessId)(process);
    return real(AssignProcessToJobObject)(job, process);
}

static BOOL WINAPI ignore_members(UPDATE_PARAMETERS)
{
    return (attribute == PROC_THREAD_ATTRIBUTE_PARENT_PROCESS && member &&
            real(GetProcessId)(*(HANDLE *)value) == member) ||
           UPDATE;
}
MUTANT(create_process_leaves_the_parents_job,
       "A child is not in the job of the parent that is named",
       PATCH(AssignProcessToJobObject, notes_member),
       PATCH(UpdateProcThreadAttribute, ignore_members));

static BOOL WINAPI ignore_parents_of_few_processors(UPDATE_PARAMETERS)
{
    DWORD_PTR usable, all;
    return (attribute == PROC_THREAD_ATTRIBUTE_PARENT_PROCESS &&
            GetProcessAffinityMask(*(HANDLE *)value, &usable, &all) && usable != all) ||
           UPDATE;
}
MUTANT(create_process_forgets_the_parents_affinity,
       "A child may run on processors that the parent that is named may not",
       PATCH(UpdateProcThreadAttribute, ignore_parents_of_few_processors));
