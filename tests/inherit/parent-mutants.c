/* Wrong behaviours, for the tests of parent.c: a parent that is not the process that creates. */
#include "inherit-mutants.h"

#define UPDATE_PARAMETERS                                                                          \
    LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD flags, DWORD_PTR attribute, PVOID value, SIZE_T size, \
        PVOID previous, PSIZE_T return_size
#define UPDATE \
    real(UpdateProcThreadAttribute)(list, flags, attribute, value, size, previous, return_size)

static void *list_with_parent;
static HANDLE *parent_given;

static BOOL WINAPI notes_parent(UPDATE_PARAMETERS)
{
    if (attribute == PROC_THREAD_ATTRIBUTE_PARENT_PROCESS) {
        list_with_parent = list;
        parent_given = value;
    }
    return UPDATE;
}

static bool has_parent(const STARTUPINFOW *startup, DWORD flags)
{
    return flags & EXTENDED_STARTUPINFO_PRESENT && list_with_parent &&
           ((const STARTUPINFOEXW *)startup)->lpAttributeList == list_with_parent;
}

static BOOL WINAPI no_list(UPDATE_PARAMETERS)
{
    if (attribute == PROC_THREAD_ATTRIBUTE_HANDLE_LIST && list == list_with_parent)
        return TRUE;
    return notes_parent(list, flags, attribute, value, size, previous, return_size);
}
MUTANT(parent_process_undoes_the_handle_list,
       "With PARENT_PROCESS a handle list counts for nothing",
       PATCH(UpdateProcThreadAttribute, no_list));

static BOOL WINAPI inherits_anyway(CREATE_PROCESS_PARAMETERS)
{
    return CREATE_PROCESS(inherit || has_parent(startup, flags), flags, startup);
}
MUTANT(parent_process_means_inherit,
       "With PARENT_PROCESS handles are passed on although bInheritHandles is FALSE",
       PATCH(UpdateProcThreadAttribute, notes_parent), PATCH(CreateProcessW, inherits_anyway));

static BOOL WINAPI plain_child(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW plain = *startup;
    plain.cb = sizeof(plain);
    if (!has_parent(startup, flags) || inherit)
        return CREATE_PROCESS(inherit, flags, startup);
    return CREATE_PROCESS(inherit, flags & ~(DWORD)EXTENDED_STARTUPINFO_PRESENT, &plain);
}
MUTANT(create_process_is_the_parent_itself,
       "The parent of a child is the process that creates it in spite of PARENT_PROCESS",
       PATCH(UpdateProcThreadAttribute, notes_parent), PATCH(CreateProcessW, plain_child));

static BOOL WINAPI callers_priority(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created && has_parent(startup, flags))
        SetPriorityClass(info->hProcess, GetPriorityClass(GetCurrentProcess()));
    return created;
}
MUTANT(create_process_takes_the_callers_priority,
       "The priority class of a child comes from the caller in spite of PARENT_PROCESS",
       PATCH(UpdateProcThreadAttribute, notes_parent), PATCH(CreateProcessW, callers_priority));

static BOOL WINAPI without_bad_parent(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW plain = *startup;
    plain.cb = sizeof(plain);
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created || !has_parent(startup, flags) || (*parent_given && GetProcessId(*parent_given)))
        return created;
    return CREATE_PROCESS(inherit, flags & ~(DWORD)EXTENDED_STARTUPINFO_PRESENT, &plain);
}
MUTANT(create_process_does_without_a_parent,
       "CreateProcess takes the caller for the parent when PARENT_PROCESS is no process",
       PATCH(UpdateProcThreadAttribute, notes_parent), PATCH(CreateProcessW, without_bad_parent));
