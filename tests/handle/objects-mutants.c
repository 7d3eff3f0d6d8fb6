/* Wrong behaviours of DuplicateHandle and CloseHandle with one kind of object only. */
#include "mutants.h"

#include <wchar.h>

/* The name of the handle's kind of object, in the words of the kernel. */
static bool is_a(HANDLE handle, const WCHAR *kind)
{
    typedef LONG(WINAPI * query)(HANDLE, int, void *, ULONG, ULONG *);
    DWORD error = GetLastError();
    query object = (query)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQueryObject");
    struct {
        USHORT length, room;
        const WCHAR *text;
        char rest[0x400];
    } name = {0};
    bool is = object(handle, 2, &name, sizeof(name), NULL) >= 0 && name.text &&
              name.length == wcslen(kind) * sizeof(*kind) &&
              !wcsncmp(name.text, kind, wcslen(kind));
    SetLastError(error);
    return is;
}

#define DUPLICATE_PARAMETERS \
    HANDLE from, HANDLE handle, HANDLE to, LPHANDLE copy, DWORD access, BOOL inherit, DWORD options
#define DUPLICATED(handle_) \
    real(DuplicateHandle)(from, (handle_), to, copy, access, inherit, options)

static HANDLE another_event(HANDLE event)
{
    (void)event;
    return real(CreateEventW)(NULL, TRUE, FALSE, NULL);
}

static HANDLE another_mutex(HANDLE mutex)
{
    (void)mutex;
    return real(CreateMutexW)(NULL, FALSE, NULL);
}

static HANDLE another_semaphore(HANDLE semaphore)
{
    (void)semaphore;
    return real(CreateSemaphoreW)(NULL, 0, 1, NULL);
}

static HANDLE another_timer(HANDLE timer)
{
    (void)timer;
    return real(CreateWaitableTimerW)(NULL, TRUE, NULL);
}

static HANDLE another_file_mapping(HANDLE mapping)
{
    (void)mapping;
    return real(CreateFileMappingW)(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);
}

static HANDLE another_job(HANDLE job)
{
    (void)job;
    return real(CreateJobObjectW)(NULL, NULL);
}

/* The same file, opened again: with a position of its own. */
static HANDLE another_file(HANDLE file)
{
    WCHAR path[MAX_PATH];
    if (real(GetFileType)(file) != FILE_TYPE_DISK ||
        !GetFinalPathNameByHandleW(file, path, MAX_PATH, 0))
        return NULL;
    HANDLE other =
        real(CreateFileW)(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                          NULL, OPEN_EXISTING, 0, NULL);
    return other == INVALID_HANDLE_VALUE ? NULL : other;
}

/* A handle that is good for asking only. */
static HANDLE another_process(HANDLE process)
{
    HANDLE other = NULL;
    real(DuplicateHandle)(GetCurrentProcess(), process, GetCurrentProcess(), &other,
                          PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, 0);
    return other;
}

/* Duplicates another object of the kind instead, into this process or into others. */
static BOOL duplicate_another(DUPLICATE_PARAMETERS, const WCHAR *kind, HANDLE (*another)(HANDLE),
                              bool into_others)
{
    DWORD error = GetLastError();
    HANDLE other = from == GetCurrentProcess() && (to != GetCurrentProcess()) == into_others &&
                           options == DUPLICATE_SAME_ACCESS && is_a(handle, kind)
                       ? another(handle)
                       : NULL;
    SetLastError(error);
    if (!other)
        return DUPLICATED(handle);
    BOOL duplicated = DUPLICATED(other);
    real(CloseHandle)(other);
    return duplicated;
}
#define DUPLICATE_ANOTHER(kind, another, into_others)                                      \
    duplicate_another(from, handle, to, copy, access, inherit, options, (kind), (another), \
                      (into_others))

static BOOL WINAPI here_event(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"Event", another_event, false);
}
MUTANT(duplicate_of_a_event_is_another,
       "DuplicateHandle of an event within a process does not give the same object",
       PATCH(DuplicateHandle, here_event));

static BOOL WINAPI there_event(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"Event", another_event, true);
}
MUTANT(duplicate_into_a_process_makes_another_event,
       "DuplicateHandle of an event into another process does not give the same object",
       PATCH(DuplicateHandle, there_event));

static BOOL WINAPI here_mutex(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"Mutant", another_mutex, false);
}
MUTANT(duplicate_of_a_mutex_is_another,
       "DuplicateHandle of a mutex within a process does not give the same object",
       PATCH(DuplicateHandle, here_mutex));

static BOOL WINAPI there_mutex(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"Mutant", another_mutex, true);
}
MUTANT(duplicate_into_a_process_makes_another_mutex,
       "DuplicateHandle of a mutex into another process does not give the same object",
       PATCH(DuplicateHandle, there_mutex));

static BOOL WINAPI here_semaphore(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"Semaphore", another_semaphore, false);
}
MUTANT(duplicate_of_a_semaphore_is_another,
       "DuplicateHandle of a semaphore within a process does not give the same object",
       PATCH(DuplicateHandle, here_semaphore));

static BOOL WINAPI there_semaphore(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"Semaphore", another_semaphore, true);
}
MUTANT(duplicate_into_a_process_makes_another_semaphore,
       "DuplicateHandle of a semaphore into another process does not give the same object",
       PATCH(DuplicateHandle, there_semaphore));

static BOOL WINAPI here_timer(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"Timer", another_timer, false);
}
MUTANT(duplicate_of_a_timer_is_another,
       "DuplicateHandle of a waitable timer within a process does not give the same object",
       PATCH(DuplicateHandle, here_timer));

static BOOL WINAPI there_timer(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"Timer", another_timer, true);
}
MUTANT(duplicate_into_a_process_makes_another_timer,
       "DuplicateHandle of a waitable timer into another process does not give the same object",
       PATCH(DuplicateHandle, there_timer));

static BOOL WINAPI here_file_mapping(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"Section", another_file_mapping, false);
}
MUTANT(duplicate_of_a_file_mapping_is_another,
       "DuplicateHandle of a file mapping within a process does not give the same object",
       PATCH(DuplicateHandle, here_file_mapping));

static BOOL WINAPI there_file_mapping(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"Section", another_file_mapping, true);
}
MUTANT(duplicate_into_a_process_makes_another_file_mapping,
       "DuplicateHandle of a file mapping into another process does not give the same object",
       PATCH(DuplicateHandle, there_file_mapping));

static BOOL WINAPI here_file(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"File", another_file, false);
}
MUTANT(duplicate_of_a_file_is_another,
       "DuplicateHandle of a file within a process does not give the same object",
       PATCH(DuplicateHandle, here_file));

static BOOL WINAPI there_file(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"File", another_file, true);
}
MUTANT(duplicate_into_a_process_makes_another_file,
       "DuplicateHandle of a file into another process does not give the same object",
       PATCH(DuplicateHandle, there_file));

static BOOL WINAPI here_job(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"Job", another_job, false);
}
MUTANT(duplicate_of_a_job_is_another,
       "DuplicateHandle of a job within a process does not give the same object",
       PATCH(DuplicateHandle, here_job));

static BOOL WINAPI there_job(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"Job", another_job, true);
}
MUTANT(duplicate_into_a_process_makes_another_job,
       "DuplicateHandle of a job into another process does not give the same object",
       PATCH(DuplicateHandle, there_job));

static BOOL WINAPI here_process(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"Process", another_process, false);
}
MUTANT(duplicate_of_a_process_is_another,
       "DuplicateHandle of a process within a process does not give the same object",
       PATCH(DuplicateHandle, here_process));

static BOOL WINAPI there_process(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_ANOTHER(L"Process", another_process, true);
}
MUTANT(duplicate_into_a_process_makes_another_process,
       "DuplicateHandle of a process into another process does not give the same object",
       PATCH(DuplicateHandle, there_process));

/* ---- More access than asked for */

static BOOL duplicate_with_all(DUPLICATE_PARAMETERS, const WCHAR *kind)
{
    if (!options && from == GetCurrentProcess() && is_a(handle, kind))
        options = DUPLICATE_SAME_ACCESS;
    return DUPLICATED(handle);
}
#define DUPLICATE_WITH_ALL(kind) \
    duplicate_with_all(from, handle, to, copy, access, inherit, options, (kind))

static BOOL WINAPI all_of_semaphore(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_WITH_ALL(L"Semaphore");
}
MUTANT(duplicate_of_a_semaphore_has_all_access,
       "A duplicate of a semaphore has the access of its source, whatever was asked for",
       PATCH(DuplicateHandle, all_of_semaphore));

static BOOL WINAPI all_of_timer(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_WITH_ALL(L"Timer");
}
MUTANT(duplicate_of_a_timer_has_all_access,
       "A duplicate of a waitable timer has the access of its source, whatever was asked for",
       PATCH(DuplicateHandle, all_of_timer));

static BOOL WINAPI all_of_job(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_WITH_ALL(L"Job");
}
MUTANT(duplicate_of_a_job_has_all_access,
       "A duplicate of a job has the access of its source, whatever was asked for",
       PATCH(DuplicateHandle, all_of_job));

static BOOL WINAPI all_of_process(DUPLICATE_PARAMETERS)
{
    return DUPLICATE_WITH_ALL(L"Process");
}
MUTANT(duplicate_of_a_process_has_all_access,
       "A duplicate of a process has the access of its source, whatever was asked for",
       PATCH(DuplicateHandle, all_of_process));

/* ---- CloseHandle changes the object */

static BOOL WINAPI releases_mutex(HANDLE handle)
{
    DWORD error = GetLastError();
    if (is_a(handle, L"Mutant"))
        real(ReleaseMutex)(handle);
    SetLastError(error);
    return real(CloseHandle)(handle);
}
MUTANT(close_handle_releases_an_owned_mutex,
       "CloseHandle of one of two handles releases a mutex that the thread owns",
       PATCH(CloseHandle, releases_mutex));

static BOOL WINAPI resets_event(HANDLE handle)
{
    DWORD error = GetLastError();
    if (is_a(handle, L"Event"))
        real(ResetEvent)(handle);
    SetLastError(error);
    return real(CloseHandle)(handle);
}
MUTANT(close_handle_resets_an_event, "CloseHandle of one of two handles resets an event",
       PATCH(CloseHandle, resets_event));

static BOOL WINAPI takes_count(HANDLE handle)
{
    DWORD error = GetLastError();
    if (is_a(handle, L"Semaphore"))
        real(WaitForSingleObject)(handle, 0);
    SetLastError(error);
    return real(CloseHandle)(handle);
}
MUTANT(close_handle_takes_a_semaphores_count,
       "CloseHandle of one of two handles takes one from a semaphore's count",
       PATCH(CloseHandle, takes_count));
