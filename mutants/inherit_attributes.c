/* Wrong behaviours of attribute lists, and of which kinds of handles a child inherits. */
#include "inherit.h"

/* ---- InitializeProcThreadAttributeList and UpdateProcThreadAttribute */

static BOOL WINAPI query_succeeds(LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD count, DWORD flags,
                                  PSIZE_T size)
{
    BOOL made = real.InitializeProcThreadAttributeList(list, count, flags, size);
    return made || !list;
}
MUTANT(attribute_list_size_query_succeeds,
       "InitializeProcThreadAttributeList returns TRUE when it is asked for the size",
       PATCH(InitializeProcThreadAttributeList, query_succeeds));

#define UPDATE_PARAMETERS                                                                          \
    LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD flags, DWORD_PTR attribute, PVOID value, SIZE_T size, \
        PVOID previous, PSIZE_T return_size
#define UPDATE \
    real.UpdateProcThreadAttribute(list, flags, attribute, value, size, previous, return_size)

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
            real.SetHandleInformation(handles[i], HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    return UPDATE;
}
MUTANT(handle_list_makes_inheritable, "A listed handle is passed on though it is not inheritable",
       PATCH(UpdateProcThreadAttribute, marks_listed));

/* ---- CreateProcess with an attribute list */

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

/* ---- Kinds of handles: each of these keeps one kind from the child */

static bool is_of_type(HANDLE handle, const WCHAR *type)
{
    typedef LONG(WINAPI * query)(HANDLE, int, void *, ULONG, ULONG *);
    query information =
        (query)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQueryObject");
    struct {
        USHORT length, room;
        WCHAR *text;
        ULONG_PTR rest[64];
    } found = {0}; /* OBJECT_TYPE_INFORMATION */
    return !information(handle, 2, &found, sizeof(found), NULL) &&
           found.length == wcslen(type) * sizeof(WCHAR) && !memcmp(found.text, type, found.length);
}

static bool is_disk_file(HANDLE handle, const WCHAR *unused)
{
    (void)unused;
    return real.GetFileType(handle) == FILE_TYPE_DISK;
}

static bool is_mailslot(HANDLE handle, const WCHAR *unused)
{
    (void)unused;
    return GetMailslotInfo(handle, NULL, NULL, NULL, NULL);
}

static bool is_socket(HANDLE handle, const WCHAR *unused)
{
    int type, size = sizeof(type);
    (void)unused;
    return real.getsockopt((SOCKET)handle, SOL_SOCKET, SO_TYPE, (char *)&type, &size) == 0;
}

static bool is_beyond_some_hundreds(HANDLE handle, const WCHAR *unused)
{
    (void)unused;
    return (UINT_PTR)handle > 0x400;
}

static BOOL create_without(bool (*is_kind)(HANDLE, const WCHAR *), const WCHAR *type,
                           CREATE_PROCESS_PARAMETERS)
{
    static HANDLE kept[2000];
    unsigned count = 0;
    for (UINT_PTR value = 4; inherit && value < 0x2000 && count < 2000; value += 4) {
        HANDLE handle = (HANDLE)value;
        DWORD of_handle = 0;
        if (!real.GetHandleInformation(handle, &of_handle) || !(of_handle & HANDLE_FLAG_INHERIT) ||
            !is_kind(handle, type))
            continue;
        real.SetHandleInformation(handle, HANDLE_FLAG_INHERIT, 0);
        kept[count++] = handle;
    }
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    DWORD error = GetLastError();
    while (count--)
        real.SetHandleInformation(kept[count], HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    SetLastError(error);
    return created;
}

#define KEEPS(name, is_kind, type)                                                           \
    static BOOL WINAPI name(CREATE_PROCESS_PARAMETERS)                                       \
    {                                                                                        \
        return create_without(is_kind, type, program, words, of_process, of_thread, inherit, \
                              flags, environment, directory, startup, info);                 \
    }

KEEPS(keeps_files, is_disk_file, NULL)
MUTANT(create_process_keeps_files, "CreateProcess does not pass handles of files on",
       PATCH(CreateProcessW, keeps_files));

KEEPS(keeps_mutexes, is_of_type, L"Mutant")
MUTANT(create_process_keeps_mutexes, "CreateProcess does not pass handles of mutexes on",
       PATCH(CreateProcessW, keeps_mutexes));

KEEPS(keeps_semaphores, is_of_type, L"Semaphore")
MUTANT(create_process_keeps_semaphores, "CreateProcess does not pass handles of semaphores on",
       PATCH(CreateProcessW, keeps_semaphores));

KEEPS(keeps_mappings, is_of_type, L"Section")
MUTANT(create_process_keeps_mappings, "CreateProcess does not pass handles of file mappings on",
       PATCH(CreateProcessW, keeps_mappings));

KEEPS(keeps_threads, is_of_type, L"Thread")
MUTANT(create_process_keeps_threads, "CreateProcess does not pass handles of threads on",
       PATCH(CreateProcessW, keeps_threads));

KEEPS(keeps_mailslots, is_mailslot, NULL)
MUTANT(create_process_keeps_mailslots, "CreateProcess does not pass handles of mailslots on",
       PATCH(CreateProcessW, keeps_mailslots));

KEEPS(keeps_tokens, is_of_type, L"Token")
MUTANT(create_process_keeps_tokens, "CreateProcess does not pass handles of tokens on",
       PATCH(CreateProcessW, keeps_tokens));

KEEPS(keeps_keys, is_of_type, L"Key")
MUTANT(create_process_keeps_keys, "CreateProcess does not pass registry keys on",
       PATCH(CreateProcessW, keeps_keys));

KEEPS(keeps_jobs, is_of_type, L"Job")
MUTANT(create_process_keeps_jobs, "CreateProcess does not pass handles of jobs on",
       PATCH(CreateProcessW, keeps_jobs));

KEEPS(keeps_timers, is_of_type, L"Timer")
MUTANT(create_process_keeps_timers, "CreateProcess does not pass handles of timers on",
       PATCH(CreateProcessW, keeps_timers));

KEEPS(keeps_sockets, is_socket, NULL)
MUTANT(create_process_keeps_sockets, "CreateProcess does not pass sockets on",
       PATCH(CreateProcessW, keeps_sockets));

static BOOL WINAPI passes_sockets(CREATE_PROCESS_PARAMETERS)
{
    for (UINT_PTR value = 4; inherit && value < 0x1000; value += 4)
        if (is_socket((HANDLE)value, NULL))
            real.SetHandleInformation((HANDLE)value, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    return CREATE_PROCESS(inherit, flags, startup);
}
MUTANT(create_process_passes_plain_sockets,
       "CreateProcess passes sockets on that are not inheritable",
       PATCH(CreateProcessW, passes_sockets));

KEEPS(passes_few, is_beyond_some_hundreds, NULL)
MUTANT(create_process_passes_few, "CreateProcess passes some hundred handles on and no more",
       PATCH(CreateProcessW, passes_few));

/* ---- Children and grandchildren */

static DWORD WINAPI pseudo_of_starter(HANDLE process)
{
    return process == GetCurrentProcess() && is_peer() ? starter_id() : real.GetProcessId(process);
}
MUTANT(pseudo_handle_in_a_child_means_the_parent,
       "The pseudo handle of the process means the parent in a child",
       PATCH(GetProcessId, pseudo_of_starter));

static BOOL WINAPI closes_starters(HANDLE handle)
{
    HANDLE process, copy;
    if (is_peer() && real.GetFileType(handle) == FILE_TYPE_PIPE) {
        process = real.OpenProcess(PROCESS_DUP_HANDLE, FALSE, starter_id());
        if (real.DuplicateHandle(process, handle, GetCurrentProcess(), &copy, 0, FALSE,
                                 DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE))
            real.CloseHandle(copy);
        real.CloseHandle(process);
    }
    return real.CloseHandle(handle);
}
MUTANT(close_handle_in_a_child_closes_the_parents,
       "CloseHandle of an inherited pipe end closes the parent's as well",
       PATCH(CloseHandle, closes_starters));

static BOOL WINAPI passes_nothing_again(CREATE_PROCESS_PARAMETERS)
{
    return CREATE_PROCESS(inherit && !is_peer(), flags, startup);
}
MUTANT(create_process_inherits_once, "What a child has inherited is not passed on to its children",
       PATCH(CreateProcessW, passes_nothing_again));

static BOOL WINAPI suspended_gets_nothing(CREATE_PROCESS_PARAMETERS)
{
    return CREATE_PROCESS(inherit && !(flags == CREATE_SUSPENDED), flags, startup);
}
MUTANT(create_process_suspended_has_no_handles,
       "A child that is created suspended has no inherited handles before it runs",
       PATCH(CreateProcessW, suspended_gets_nothing));

static BOOL WINAPI priority_passed_on(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created)
        SetPriorityClass(info->hProcess, GetPriorityClass(GetCurrentProcess()));
    return created;
}
MUTANT(create_process_passes_priority_on, "A child has the priority class of its parent",
       PATCH(CreateProcessW, priority_passed_on));

static BOOL WINAPI priority_normal(CREATE_PROCESS_PARAMETERS)
{
    return CREATE_PROCESS(inherit, flags | NORMAL_PRIORITY_CLASS, startup);
}
MUTANT(create_process_child_is_always_normal,
       "The child of an idle process has the normal priority class",
       PATCH(CreateProcessW, priority_normal));

/* ---- CreateProcessA */

#define CREATE_A(inherit_)                                                                     \
    real.CreateProcessA(program, words, of_process, of_thread, (inherit_), flags, environment, \
                        directory, startup, info)

static BOOL WINAPI a_passes_nothing(LPCSTR program, LPSTR words, LPSECURITY_ATTRIBUTES of_process,
                                    LPSECURITY_ATTRIBUTES of_thread, BOOL inherit, DWORD flags,
                                    LPVOID environment, LPCSTR directory, LPSTARTUPINFOA startup,
                                    LPPROCESS_INFORMATION info)
{
    (void)inherit;
    return CREATE_A(FALSE);
}
MUTANT(create_process_a_passes_nothing_on, "CreateProcessA ignores bInheritHandles TRUE",
       PATCH(CreateProcessA, a_passes_nothing));
