/* Wrong behaviours, for the tests of kinds.c: inherited handles of each kind of object: what the
 * child can do with them, and which it gets. */
#include "inherit-mutants.h"

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
    return real(GetFileType)(handle) == FILE_TYPE_DISK;
}

static bool is_mailslot(HANDLE handle, const WCHAR *unused)
{
    (void)unused;
    return GetMailslotInfo(handle, NULL, NULL, NULL, NULL);
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

static DWORD WINAPI pseudo_of_starter(HANDLE process)
{
    return process == GetCurrentProcess() && is_peer() ? starter_id() : real(GetProcessId)(process);
}
MUTANT(pseudo_handle_in_a_child_means_the_parent,
       "The pseudo handle of the process means the parent in a child",
       PATCH(GetProcessId, pseudo_of_starter));
