/* Wrong behaviours, for the tests of duplicate.c: what DuplicateHandle makes within one process:
 * object, access, inheritability, source closed. */
#include "handle-mutants.h"

static bool is_pipe(HANDLE handle)
{
    DWORD error = GetLastError();
    bool pipe = real(GetFileType)(handle) == FILE_TYPE_PIPE;
    SetLastError(error);
    return pipe;
}

static BOOL WINAPI returns_source(DUPLICATE_PARAMETERS)
{
    if (!here(from) || !here(to) || !copy || !is_pipe(handle) || inherit ||
        options != DUPLICATE_SAME_ACCESS)
        return real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
    *copy = handle;
    return TRUE;
}
MUTANT(duplicate_returns_source, "DuplicateHandle within a process returns the source itself",
       PATCH(DuplicateHandle, returns_source));

static BOOL WINAPI obeys_access(DUPLICATE_PARAMETERS)
{
    if (access)
        options &= ~(DWORD)DUPLICATE_SAME_ACCESS;
    return real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
}
MUTANT(duplicate_same_access_obeys_access,
       "DuplicateHandle with DUPLICATE_SAME_ACCESS obeys a dwDesiredAccess that is not 0",
       PATCH(DuplicateHandle, obeys_access));

static BOOL WINAPI ignores_access(DUPLICATE_PARAMETERS)
{
    return real(DuplicateHandle)(from, handle, to, copy, access, inherit,
                                 options | DUPLICATE_SAME_ACCESS);
}
MUTANT(duplicate_ignores_desired_access,
       "DuplicateHandle gives the source's access whatever is asked for",
       PATCH(DuplicateHandle, ignores_access));

static BOOL WINAPI widens_access(DUPLICATE_PARAMETERS)
{
    BOOL duplicated = real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
    if (duplicated || GetLastError() != ERROR_ACCESS_DENIED)
        return duplicated;
    return real(DuplicateHandle)(from, handle, to, copy, 0, inherit,
                                 options | DUPLICATE_SAME_ACCESS);
}
MUTANT(duplicate_asking_for_too_much_succeeds,
       "DuplicateHandle succeeds when more access is asked for than there is",
       PATCH(DuplicateHandle, widens_access));

static BOOL WINAPI keeps_inherit(DUPLICATE_PARAMETERS)
{
    if (here(from) && (flags_of(handle) & HANDLE_FLAG_INHERIT))
        inherit = TRUE;
    return real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
}
MUTANT(duplicate_keeps_inherit_flag,
       "DuplicateHandle makes every duplicate of an inheritable handle inheritable",
       PATCH(DuplicateHandle, keeps_inherit));

static BOOL WINAPI never_inheritable(DUPLICATE_PARAMETERS)
{
    return real(DuplicateHandle)(from, handle, to, copy, access,
                                 inherit && !(options & DUPLICATE_SAME_ACCESS), options);
}
MUTANT(duplicate_with_same_access_is_never_inheritable,
       "DuplicateHandle with DUPLICATE_SAME_ACCESS ignores bInheritHandle TRUE",
       PATCH(DuplicateHandle, never_inheritable));

static BOOL WINAPI leaves_source(DUPLICATE_PARAMETERS)
{
    if (here(from))
        options &= ~(DWORD)DUPLICATE_CLOSE_SOURCE;
    return real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
}
MUTANT(duplicate_ignores_close_source,
       "DuplicateHandle leaves a source in this process open in spite of DUPLICATE_CLOSE_SOURCE",
       PATCH(DuplicateHandle, leaves_source));

static BOOL WINAPI keeps_pseudo(DUPLICATE_PARAMETERS)
{
    if (handle != GetCurrentProcess() || !copy)
        return real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
    *copy = handle;
    return TRUE;
}
MUTANT(duplicate_keeps_pseudo_handle, "DuplicateHandle of GetCurrentProcess() is a pseudo handle",
       PATCH(DuplicateHandle, keeps_pseudo));

static BOOL WINAPI accepts_closed(DUPLICATE_PARAMETERS)
{
    BOOL duplicated = real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
    if (duplicated || GetLastError() != ERROR_INVALID_HANDLE)
        return duplicated;
    if (copy)
        *copy = NULL;
    return TRUE;
}
MUTANT(duplicate_accepts_closed_source, "DuplicateHandle of a closed handle returns TRUE",
       PATCH(DuplicateHandle, accepts_closed));

static struct {
    HANDLE source, copy;
} copies[16];
static unsigned copy_count;

static BOOL WINAPI notes_copy(DUPLICATE_PARAMETERS)
{
    BOOL duplicated = real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
    if (duplicated && here(from) && here(to) && copy && *copy != handle && copy_count < 16) {
        copies[copy_count].source = handle;
        copies[copy_count++].copy = *copy;
    }
    return duplicated;
}

static HANDLE counterpart(HANDLE handle)
{
    for (unsigned i = 0; i < copy_count; i++) {
        if (copies[i].source == handle)
            return copies[i].copy;
        if (copies[i].copy == handle)
            return copies[i].source;
    }
    return NULL;
}

static BOOL WINAPI closes_copy(HANDLE handle)
{
    HANDLE copy = counterpart(handle);
    if (copy)
        real(CloseHandle)(copy);
    return real(CloseHandle)(handle);
}
MUTANT(close_handle_closes_duplicates, "CloseHandle closes the duplicates of the handle as well",
       PATCH(DuplicateHandle, notes_copy), PATCH(CloseHandle, closes_copy));

static BOOL WINAPI sets_copy(HANDLE handle, DWORD mask, DWORD flags)
{
    HANDLE copy = counterpart(handle);
    if (copy)
        real(SetHandleInformation)(copy, mask, flags);
    return real(SetHandleInformation)(handle, mask, flags);
}
MUTANT(set_handle_information_reaches_duplicates,
       "SetHandleInformation changes the flags of a handle's duplicates as well",
       PATCH(DuplicateHandle, notes_copy), PATCH(SetHandleInformation, sets_copy));

static bool is_disk_file(HANDLE handle)
{
    DWORD error = GetLastError();
    bool disk = real(GetFileType)(handle) == FILE_TYPE_DISK;
    SetLastError(error);
    return disk;
}

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
    return DUPLICATED && real(CloseHandle)(handle);
}
MUTANT(duplicate_that_fails_keeps_the_source,
       "DuplicateHandle with DUPLICATE_CLOSE_SOURCE leaves the source open when it fails",
       PATCH(DuplicateHandle, error_keeps_source));

static HANDLE copies_of_files[8];

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
            real(SetFilePointerEx)(file, none, &before, FILE_CURRENT);
            got = real(ReadFile)(file, buffer, size, count, overlapped);
            real(SetFilePointerEx)(file, before, NULL, FILE_BEGIN);
            return got;
        }
    return real(ReadFile)(file, buffer, size, count, overlapped);
}
MUTANT(duplicate_of_a_file_has_its_own_position,
       "Reading through the duplicate of a file's handle does not move the original's position",
       PATCH(DuplicateHandle, notes_files), PATCH(ReadFile, leaves_position));
