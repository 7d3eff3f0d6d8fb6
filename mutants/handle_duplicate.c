/* Wrong behaviours of DuplicateHandle between processes, and of what else concerns handles. */
#include "inherit.h"

static bool here(HANDLE process)
{
    return process == GetCurrentProcess();
}

static bool is_disk_file(HANDLE handle)
{
    DWORD error = GetLastError();
    bool disk = real.GetFileType(handle) == FILE_TYPE_DISK;
    SetLastError(error);
    return disk;
}

#define DUPLICATE_PARAMETERS \
    HANDLE from, HANDLE handle, HANDLE to, LPHANDLE copy, DWORD access, BOOL inherit, DWORD options
#define DUPLICATED real.DuplicateHandle(from, handle, to, copy, access, inherit, options)

/* ---- DuplicateHandle */

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

static BOOL WINAPI keeps_pseudo_thread(DUPLICATE_PARAMETERS)
{
    if (handle != GetCurrentThread() || !copy)
        return DUPLICATED;
    *copy = handle;
    return TRUE;
}
MUTANT(duplicate_keeps_pseudo_thread, "DuplicateHandle of GetCurrentThread() is a pseudo handle",
       PATCH(DuplicateHandle, keeps_pseudo_thread));

static BOOL WINAPI wants_target_pointer(DUPLICATE_PARAMETERS)
{
    if (!copy && !(options & DUPLICATE_CLOSE_SOURCE))
        return failed(ERROR_INVALID_PARAMETER);
    return DUPLICATED;
}
MUTANT(duplicate_wants_a_target_pointer, "DuplicateHandle fails when lpTargetHandle is NULL",
       PATCH(DuplicateHandle, wants_target_pointer));

static BOOL WINAPI error_keeps_source(DUPLICATE_PARAMETERS)
{
    if (!here(from) || !(options & DUPLICATE_CLOSE_SOURCE))
        return DUPLICATED;
    options &= ~(DWORD)DUPLICATE_CLOSE_SOURCE;
    return DUPLICATED && real.CloseHandle(handle);
}
MUTANT(duplicate_that_fails_keeps_the_source,
       "DuplicateHandle with DUPLICATE_CLOSE_SOURCE leaves the source open when it fails",
       PATCH(DuplicateHandle, error_keeps_source));

static BOOL WINAPI plain_elsewhere(DUPLICATE_PARAMETERS)
{
    inherit = inherit && here(to);
    return DUPLICATED;
}
MUTANT(duplicate_is_not_inheritable_elsewhere,
       "DuplicateHandle into another process ignores bInheritHandle",
       PATCH(DuplicateHandle, plain_elsewhere));

static HANDLE copies_of_files[8];
static unsigned copy_count;

static BOOL WINAPI notes_files(DUPLICATE_PARAMETERS)
{
    BOOL duplicated = DUPLICATED;
    if (duplicated && copy && here(to) && is_disk_file(*copy) && copy_count < 8)
        copies_of_files[copy_count++] = *copy;
    return duplicated;
}

static BOOL WINAPI leaves_position(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                                   LPOVERLAPPED overlapped)
{
    LARGE_INTEGER before, none = {.QuadPart = 0};
    BOOL got;
    for (unsigned i = 0; i < copy_count; i++)
        if (copies_of_files[i] == file) {
            real.SetFilePointerEx(file, none, &before, FILE_CURRENT);
            got = real.ReadFile(file, buffer, size, count, overlapped);
            real.SetFilePointerEx(file, before, NULL, FILE_BEGIN);
            return got;
        }
    return real.ReadFile(file, buffer, size, count, overlapped);
}
MUTANT(duplicate_of_a_file_has_its_own_position,
       "Reading through the duplicate of a file's handle does not move the original's position",
       PATCH(DuplicateHandle, notes_files), PATCH(ReadFile, leaves_position));

/* ---- Flags of closed handles */

static BOOL WINAPI get_accepts_closed(HANDLE handle, LPDWORD flags)
{
    BOOL got = real.GetHandleInformation(handle, flags);
    return got || GetLastError() == ERROR_INVALID_HANDLE;
}
MUTANT(get_handle_information_accepts_closed,
       "GetHandleInformation returns TRUE for a handle that is closed",
       PATCH(GetHandleInformation, get_accepts_closed));

static BOOL WINAPI set_accepts_closed(HANDLE handle, DWORD mask, DWORD flags)
{
    BOOL set = real.SetHandleInformation(handle, mask, flags);
    return set || GetLastError() == ERROR_INVALID_HANDLE;
}
MUTANT(set_handle_information_accepts_closed,
       "SetHandleInformation returns TRUE for a handle that is closed",
       PATCH(SetHandleInformation, set_accepts_closed));

static BOOL WINAPI set_refuses_tokens(HANDLE handle, DWORD mask, DWORD flags)
{
    DWORD error = GetLastError(), size = 0;
    TOKEN_STATISTICS statistics;
    if ((mask & flags) &&
        GetTokenInformation(handle, TokenStatistics, &statistics, sizeof(statistics), &size))
        return failed(ERROR_INVALID_HANDLE);
    SetLastError(error);
    return real.SetHandleInformation(handle, mask, flags);
}
MUTANT(set_handle_information_refuses_tokens,
       "SetHandleInformation fails for the handle of a token",
       PATCH(SetHandleInformation, set_refuses_tokens));

static BOOL WINAPI set_refuses_sockets(HANDLE handle, DWORD mask, DWORD flags)
{
    DWORD error = GetLastError();
    int type, size = sizeof(type);
    if ((mask & flags) &&
        !real.getsockopt((SOCKET)handle, SOL_SOCKET, SO_TYPE, (char *)&type, &size))
        return failed(ERROR_INVALID_HANDLE);
    SetLastError(error);
    return real.SetHandleInformation(handle, mask, flags);
}
MUTANT(set_handle_information_refuses_sockets, "SetHandleInformation fails for a socket",
       PATCH(SetHandleInformation, set_refuses_sockets));

/* ---- CompareObjectHandles */

static BOOL WINAPI compares_values(HANDLE one, HANDLE other)
{
    DWORD error = GetLastError();
    bool waits = real.WaitForSingleObject(one, 0) != WAIT_FAILED; /* no mapping */
    SetLastError(error);
    if (!waits || one == GetCurrentProcess())
        return real.CompareObjectHandles(one, other);
    return one == other || failed(ERROR_NOT_SAME_OBJECT);
}
MUTANT(compare_handles_compares_values,
       "CompareObjectHandles says that two handles of one object are not the same",
       PATCH(CompareObjectHandles, compares_values));

static BOOL WINAPI leaves_last_error(HANDLE one, HANDLE other)
{
    DWORD error = GetLastError();
    BOOL same = real.CompareObjectHandles(one, other);
    if (real.GetFileType(one) == FILE_TYPE_PIPE)
        SetLastError(error);
    else if (!same)
        SetLastError(ERROR_NOT_SAME_OBJECT);
    return same;
}
MUTANT(compare_handles_leaves_last_error,
       "CompareObjectHandles sets no last error for two different pipe ends",
       PATCH(CompareObjectHandles, leaves_last_error));

static BOOL WINAPI refuses_pseudo(HANDLE one, HANDLE other)
{
    if (one == GetCurrentProcess() || other == GetCurrentProcess())
        return failed(ERROR_INVALID_HANDLE);
    return real.CompareObjectHandles(one, other);
}
MUTANT(compare_handles_refuses_pseudo, "CompareObjectHandles fails for GetCurrentProcess()",
       PATCH(CompareObjectHandles, refuses_pseudo));

/* ---- Processes */

static BOOL WINAPI ties_to_parent(CREATE_PROCESS_PARAMETERS)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {.BasicLimitInformation.LimitFlags =
                                                       JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE};
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created && is_peer()) {
        HANDLE job = real.CreateJobObjectW(NULL, NULL); /* closed when this process ends */
        SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof(limits));
        real.AssignProcessToJobObject(job, info->hProcess);
    }
    return created;
}
MUTANT(create_process_child_dies_with_its_parent,
       "A child ends when the process that started it does", PATCH(CreateProcessW, ties_to_parent));
