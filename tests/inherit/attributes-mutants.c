/* Wrong behaviours, for the tests of attributes.c: the attribute list of STARTUPINFOEX: how it
 * is made, and its handle list and parent process. */
#include "inherit-mutants.h"

static BOOL WINAPI ignores_list(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW plain = *startup;
    plain.cb = sizeof(plain);
    return CREATE_PROCESS(inherit, flags & ~(DWORD)EXTENDED_STARTUPINFO_PRESENT, &plain);
}
MUTANT(create_process_ignores_handle_list,
       "CreateProcess passes every inheritable handle on in spite of a handle list",
       PATCH(CreateProcessW, ignores_list));

static BOOL WINAPI query_succeeds(LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD count, DWORD flags,
                                  PSIZE_T size)
{
    BOOL made = real(InitializeProcThreadAttributeList)(list, count, flags, size);
    return made || !list;
}
MUTANT(attribute_list_size_query_succeeds,
       "InitializeProcThreadAttributeList returns TRUE when it is asked for the size",
       PATCH(InitializeProcThreadAttributeList, query_succeeds));

#define UPDATE_PARAMETERS                                                                          \
    LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD flags, DWORD_PTR attribute, PVOID value, SIZE_T size, \
        PVOID previous, PSIZE_T return_size
#define UPDATE \
    real(UpdateProcThreadAttribute)(list, flags, attribute, value, size, previous, return_size)

static BOOL WINAPI takes_unknown(UPDATE_PARAMETERS)
{
    BOOL updated = UPDATE;
    return updated || failed_with(updated, ERROR_NOT_SUPPORTED);
}
MUTANT(update_attribute_takes_unknown_keys,
       "UpdateProcThreadAttribute returns TRUE for an unknown attribute",
       PATCH(UpdateProcThreadAttribute, takes_unknown));

static BOOL WINAPI takes_any_size(UPDATE_PARAMETERS)
{
    BOOL updated = UPDATE;
    return updated || failed_with(updated, ERROR_BAD_LENGTH);
}
MUTANT(update_attribute_takes_any_size,
       "UpdateProcThreadAttribute takes a handle list whose size is not a whole number of handles",
       PATCH(UpdateProcThreadAttribute, takes_any_size));

static BOOL WINAPI takes_twice(UPDATE_PARAMETERS)
{
    BOOL updated = UPDATE;
    return updated || failed_with(updated, ERROR_OBJECT_NAME_EXISTS);
}
MUTANT(update_attribute_takes_a_key_twice,
       "UpdateProcThreadAttribute returns TRUE for an attribute that the list has",
       PATCH(UpdateProcThreadAttribute, takes_twice));

static BOOL WINAPI marks_listed(UPDATE_PARAMETERS)
{
    HANDLE *handles = value;
    if (attribute == PROC_THREAD_ATTRIBUTE_HANDLE_LIST)
        for (SIZE_T i = 0; i < size / sizeof(HANDLE); i++)
            real(SetHandleInformation)(handles[i], HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    return UPDATE;
}
MUTANT(handle_list_makes_inheritable, "A listed handle is passed on though it is not inheritable",
       PATCH(UpdateProcThreadAttribute, marks_listed));

static BOOL WINAPI list_serves_once(CREATE_PROCESS_PARAMETERS)
{
    static void *used;
    void *list = ((STARTUPINFOEXW *)startup)->lpAttributeList;
    if (!(flags & EXTENDED_STARTUPINFO_PRESENT))
        return CREATE_PROCESS(inherit, flags, startup);
    if (used == list)
        inherit = FALSE, flags &= ~(DWORD)EXTENDED_STARTUPINFO_PRESENT;
    used = list;
    STARTUPINFOW plain = *startup;
    plain.cb = sizeof(plain);
    return CREATE_PROCESS(inherit, flags, flags & EXTENDED_STARTUPINFO_PRESENT ? startup : &plain);
}
MUTANT(attribute_list_serves_once, "The second child made with a handle list gets nothing",
       PATCH(CreateProcessW, list_serves_once));

static BOOL WINAPI list_without_flag(CREATE_PROCESS_PARAMETERS)
{
    if (inherit && startup->cb == sizeof(STARTUPINFOEXW))
        flags |= EXTENDED_STARTUPINFO_PRESENT;
    return CREATE_PROCESS(inherit, flags, startup);
}
MUTANT(create_process_needs_no_extended_flag,
       "CreateProcess obeys a handle list without EXTENDED_STARTUPINFO_PRESENT",
       PATCH(CreateProcessW, list_without_flag));

static BOOL WINAPI list_means_inherit(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW plain = *startup;
    plain.cb = sizeof(plain);
    if (inherit || !(flags & EXTENDED_STARTUPINFO_PRESENT))
        return CREATE_PROCESS(inherit, flags, startup);
    return CREATE_PROCESS(TRUE, flags & ~(DWORD)EXTENDED_STARTUPINFO_PRESENT, &plain);
}
MUTANT(handle_list_needs_no_inherit_true,
       "CreateProcess passes listed handles on although bInheritHandles is FALSE",
       PATCH(CreateProcessW, list_means_inherit));

static BOOL WINAPI list_leaves_output_out(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW plain = *startup;
    if (!(flags & EXTENDED_STARTUPINFO_PRESENT) || !(startup->dwFlags & STARTF_USESTDHANDLES))
        return CREATE_PROCESS(inherit, flags, startup);
    plain.cb = sizeof(plain);
    plain.hStdOutput = NULL;
    return CREATE_PROCESS(FALSE, flags & ~(DWORD)EXTENDED_STARTUPINFO_PRESENT, &plain);
}
MUTANT(handle_list_leaves_standard_handles_out,
       "A standard handle is not passed on though it is in the handle list",
       PATCH(CreateProcessW, list_leaves_output_out));

static void *list_with_parent;

static BOOL WINAPI notes_parent(UPDATE_PARAMETERS)
{
    if (attribute == PROC_THREAD_ATTRIBUTE_PARENT_PROCESS)
        list_with_parent = list;
    return UPDATE;
}

static bool has_parent(const STARTUPINFOW *startup, DWORD flags)
{
    return flags & EXTENDED_STARTUPINFO_PRESENT && list_with_parent &&
           ((const STARTUPINFOEXW *)startup)->lpAttributeList == list_with_parent;
}

static BOOL WINAPI ignores_parent(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW plain = *startup;
    plain.cb = sizeof(plain);
    if (!has_parent(startup, flags))
        return CREATE_PROCESS(inherit, flags, startup);
    return CREATE_PROCESS(inherit, flags & ~(DWORD)EXTENDED_STARTUPINFO_PRESENT, &plain);
}
MUTANT(create_process_ignores_parent_process,
       "The handles of a child come from the caller in spite of PARENT_PROCESS",
       PATCH(UpdateProcThreadAttribute, notes_parent), PATCH(CreateProcessW, ignores_parent));

static BOOL WINAPI needs_no_right(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW plain = *startup;
    plain.cb = sizeof(plain);
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created || !has_parent(startup, flags))
        return created;
    return CREATE_PROCESS(inherit, flags & ~(DWORD)EXTENDED_STARTUPINFO_PRESENT, &plain);
}
MUTANT(create_process_parent_needs_no_right,
       "PARENT_PROCESS takes a process handle without PROCESS_CREATE_PROCESS",
       PATCH(UpdateProcThreadAttribute, notes_parent), PATCH(CreateProcessW, needs_no_right));

static BOOL WINAPI priority_passed_on(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created)
        SetPriorityClass(info->hProcess, GetPriorityClass(GetCurrentProcess()));
    return created;
}
MUTANT(create_process_passes_priority_on, "A child has the priority class of its parent",
       PATCH(CreateProcessW, priority_passed_on));

CREATES_AFTER(priority_normal, flags |= NORMAL_PRIORITY_CLASS)
MUTANT(create_process_child_is_always_normal,
       "The child of an idle process has the normal priority class",
       PATCH(CreateProcessW, priority_normal));
