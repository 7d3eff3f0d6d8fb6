/* Wrong behaviours of DuplicateHandle, CloseHandle and the flags of handles. */
#include "inherit.h"

static bool is_pipe(HANDLE handle)
{
    DWORD error = GetLastError();
    bool pipe = real.GetFileType(handle) == FILE_TYPE_PIPE;
    SetLastError(error);
    return pipe;
}

static bool here(HANDLE process)
{
    return process == GetCurrentProcess();
}

static DWORD flags_of(HANDLE handle)
{
    DWORD error = GetLastError(), flags = 0;
    real.GetHandleInformation(handle, &flags);
    SetLastError(error);
    return flags;
}

#define DUPLICATE_PARAMETERS \
    HANDLE from, HANDLE handle, HANDLE to, LPHANDLE copy, DWORD access, BOOL inherit, DWORD options

/* ---- DuplicateHandle */

static BOOL WINAPI returns_source(DUPLICATE_PARAMETERS)
{
    if (!here(from) || !here(to) || !copy || !is_pipe(handle) || inherit ||
        options != DUPLICATE_SAME_ACCESS)
        return real.DuplicateHandle(from, handle, to, copy, access, inherit, options);
    *copy = handle;
    return TRUE;
}
MUTANT(duplicate_returns_source, "DuplicateHandle within a process returns the source itself",
       PATCH(DuplicateHandle, returns_source));

static BOOL WINAPI obeys_access(DUPLICATE_PARAMETERS)
{
    if (access)
        options &= ~(DWORD)DUPLICATE_SAME_ACCESS;
    return real.DuplicateHandle(from, handle, to, copy, access, inherit, options);
}
MUTANT(duplicate_same_access_obeys_access,
       "DuplicateHandle with DUPLICATE_SAME_ACCESS obeys a dwDesiredAccess that is not 0",
       PATCH(DuplicateHandle, obeys_access));

static BOOL WINAPI ignores_access(DUPLICATE_PARAMETERS)
{
    return real.DuplicateHandle(from, handle, to, copy, access, inherit,
                                options | DUPLICATE_SAME_ACCESS);
}
MUTANT(duplicate_ignores_desired_access,
       "DuplicateHandle gives the source's access whatever is asked for",
       PATCH(DuplicateHandle, ignores_access));

static BOOL WINAPI widens_access(DUPLICATE_PARAMETERS)
{
    BOOL duplicated = real.DuplicateHandle(from, handle, to, copy, access, inherit, options);
    if (duplicated || GetLastError() != ERROR_ACCESS_DENIED)
        return duplicated;
    return real.DuplicateHandle(from, handle, to, copy, 0, inherit,
                                options | DUPLICATE_SAME_ACCESS);
}
MUTANT(duplicate_asking_for_too_much_succeeds,
       "DuplicateHandle succeeds when more access is asked for than there is",
       PATCH(DuplicateHandle, widens_access));

static BOOL WINAPI keeps_inherit(DUPLICATE_PARAMETERS)
{
    if (here(from) && (flags_of(handle) & HANDLE_FLAG_INHERIT))
        inherit = TRUE;
    return real.DuplicateHandle(from, handle, to, copy, access, inherit, options);
}
MUTANT(duplicate_keeps_inherit_flag,
       "DuplicateHandle makes every duplicate of an inheritable handle inheritable",
       PATCH(DuplicateHandle, keeps_inherit));

static BOOL WINAPI never_inheritable(DUPLICATE_PARAMETERS)
{
    return real.DuplicateHandle(from, handle, to, copy, access,
                                inherit && !(options & DUPLICATE_SAME_ACCESS), options);
}
MUTANT(duplicate_with_same_access_is_never_inheritable,
       "DuplicateHandle with DUPLICATE_SAME_ACCESS ignores bInheritHandle TRUE",
       PATCH(DuplicateHandle, never_inheritable));

static BOOL WINAPI leaves_source(DUPLICATE_PARAMETERS)
{
    if (here(from))
        options &= ~(DWORD)DUPLICATE_CLOSE_SOURCE;
    return real.DuplicateHandle(from, handle, to, copy, access, inherit, options);
}
MUTANT(duplicate_ignores_close_source,
       "DuplicateHandle leaves a source in this process open in spite of DUPLICATE_CLOSE_SOURCE",
       PATCH(DuplicateHandle, leaves_source));

static BOOL WINAPI into_self(DUPLICATE_PARAMETERS)
{
    return real.DuplicateHandle(from, handle, to ? GetCurrentProcess() : NULL, copy, access,
                                inherit, options);
}
MUTANT(duplicate_into_self, "DuplicateHandle makes the duplicate in the calling process",
       PATCH(DuplicateHandle, into_self));

static BOOL WINAPI from_self(DUPLICATE_PARAMETERS)
{
    if (!(options & DUPLICATE_CLOSE_SOURCE))
        from = GetCurrentProcess();
    return real.DuplicateHandle(from, handle, to, copy, access, inherit, options);
}
MUTANT(duplicate_from_self, "DuplicateHandle looks the source up in the calling process",
       PATCH(DuplicateHandle, from_self));

static BOOL WINAPI closes_nothing_remote(DUPLICATE_PARAMETERS)
{
    if (!here(from) && !to)
        return TRUE;
    if (!here(from))
        options &= ~(DWORD)DUPLICATE_CLOSE_SOURCE;
    return real.DuplicateHandle(from, handle, to, copy, access, inherit, options);
}
MUTANT(duplicate_does_not_close_remotely,
       "DuplicateHandle with DUPLICATE_CLOSE_SOURCE closes nothing in another process",
       PATCH(DuplicateHandle, closes_nothing_remote));

static BOOL WINAPI keeps_pseudo(DUPLICATE_PARAMETERS)
{
    if (handle != GetCurrentProcess() || !copy)
        return real.DuplicateHandle(from, handle, to, copy, access, inherit, options);
    *copy = handle;
    return TRUE;
}
MUTANT(duplicate_keeps_pseudo_handle, "DuplicateHandle of GetCurrentProcess() is a pseudo handle",
       PATCH(DuplicateHandle, keeps_pseudo));

static BOOL WINAPI accepts_closed(DUPLICATE_PARAMETERS)
{
    BOOL duplicated = real.DuplicateHandle(from, handle, to, copy, access, inherit, options);
    if (duplicated || GetLastError() != ERROR_INVALID_HANDLE)
        return duplicated;
    if (copy)
        *copy = NULL;
    return TRUE;
}
MUTANT(duplicate_accepts_closed_source, "DuplicateHandle of a closed handle returns TRUE",
       PATCH(DuplicateHandle, accepts_closed));

/* ---- Duplicates of this process, by source */

static struct {
    HANDLE source, copy;
} copies[16];
static unsigned copy_count;

static BOOL WINAPI notes_copy(DUPLICATE_PARAMETERS)
{
    BOOL duplicated = real.DuplicateHandle(from, handle, to, copy, access, inherit, options);
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
        real.CloseHandle(copy);
    return real.CloseHandle(handle);
}
MUTANT(close_handle_closes_duplicates, "CloseHandle closes the duplicates of the handle as well",
       PATCH(DuplicateHandle, notes_copy), PATCH(CloseHandle, closes_copy));

static BOOL WINAPI sets_copy(HANDLE handle, DWORD mask, DWORD flags)
{
    HANDLE copy = counterpart(handle);
    if (copy)
        real.SetHandleInformation(copy, mask, flags);
    return real.SetHandleInformation(handle, mask, flags);
}
MUTANT(set_handle_information_reaches_duplicates,
       "SetHandleInformation changes the flags of a handle's duplicates as well",
       PATCH(DuplicateHandle, notes_copy), PATCH(SetHandleInformation, sets_copy));

/* ---- Flags */

static HANDLE touched[64];
static unsigned touched_count;

static void touch(HANDLE handle)
{
    if (touched_count < 64)
        touched[touched_count++] = handle;
}

static BOOL WINAPI touches_copy(DUPLICATE_PARAMETERS)
{
    BOOL duplicated = real.DuplicateHandle(from, handle, to, copy, access, inherit, options);
    if (duplicated && copy)
        touch(*copy);
    return duplicated;
}

static BOOL WINAPI touches(HANDLE handle, DWORD mask, DWORD flags)
{
    touch(handle);
    return real.SetHandleInformation(handle, mask, flags);
}

static BOOL WINAPI hides_inherit(HANDLE handle, LPDWORD flags)
{
    BOOL got = real.GetHandleInformation(handle, flags);
    for (unsigned i = 0; i < touched_count; i++)
        if (touched[i] == handle)
            return got;
    if (got)
        *flags &= ~(DWORD)HANDLE_FLAG_INHERIT;
    return got;
}
MUTANT(get_handle_information_hides_created_inherit,
       "GetHandleInformation reports the inherit flag only where SetHandleInformation or "
       "DuplicateHandle has set it",
       PATCH(GetHandleInformation, hides_inherit), PATCH(SetHandleInformation, touches),
       PATCH(DuplicateHandle, touches_copy));

static BOOL WINAPI ignores_mask(HANDLE handle, DWORD mask, DWORD flags)
{
    return real.SetHandleInformation(handle, mask | flags, flags);
}
MUTANT(set_handle_information_ignores_mask,
       "SetHandleInformation sets flags that are not in the mask",
       PATCH(SetHandleInformation, ignores_mask));

static bool is_file(HANDLE handle)
{
    DWORD error = GetLastError();
    bool file = real.GetFileType(handle) != FILE_TYPE_UNKNOWN;
    SetLastError(error);
    return file;
}

static BOOL WINAPI sets_files_only(HANDLE handle, DWORD mask, DWORD flags)
{
    if (!is_file(handle) && (flags & HANDLE_FLAG_INHERIT))
        mask &= ~(DWORD)HANDLE_FLAG_INHERIT;
    return real.SetHandleInformation(handle, mask, flags);
}
MUTANT(set_inherit_works_for_files_only,
       "SetHandleInformation makes only handles of files and pipes inheritable",
       PATCH(SetHandleInformation, sets_files_only));

static BOOL WINAPI clears_files_only(HANDLE handle, DWORD mask, DWORD flags)
{
    if (!is_file(handle) && !(flags & HANDLE_FLAG_INHERIT))
        mask &= ~(DWORD)HANDLE_FLAG_INHERIT;
    return real.SetHandleInformation(handle, mask, flags);
}
MUTANT(clear_inherit_works_for_files_only,
       "SetHandleInformation clears the inherit flag only of files and pipes",
       PATCH(SetHandleInformation, clears_files_only));

static BOOL WINAPI protects_for_ever(HANDLE handle, DWORD mask, DWORD flags)
{
    if (!(flags & HANDLE_FLAG_PROTECT_FROM_CLOSE))
        mask &= ~(DWORD)HANDLE_FLAG_PROTECT_FROM_CLOSE;
    return real.SetHandleInformation(handle, mask, flags);
}
MUTANT(set_handle_information_never_unprotects,
       "SetHandleInformation cannot clear HANDLE_FLAG_PROTECT_FROM_CLOSE",
       PATCH(SetHandleInformation, protects_for_ever));

/* ---- CloseHandle */

static BOOL WINAPI closes_protected(HANDLE handle)
{
    if (flags_of(handle) & HANDLE_FLAG_PROTECT_FROM_CLOSE)
        real.SetHandleInformation(handle, HANDLE_FLAG_PROTECT_FROM_CLOSE, 0);
    return real.CloseHandle(handle);
}
MUTANT(close_handle_ignores_protection, "CloseHandle closes a handle that is protected from it",
       PATCH(CloseHandle, closes_protected));

static BOOL WINAPI leaves_open(HANDLE handle)
{
    return is_file(handle)
               ? real.CloseHandle(handle)
               : real.GetHandleInformation(handle, &(DWORD){0}) || failed(ERROR_INVALID_HANDLE);
}
MUTANT(close_handle_leaves_objects_open,
       "CloseHandle returns TRUE and leaves handles of objects other than files open",
       PATCH(CloseHandle, leaves_open));

static BOOL WINAPI close_again(HANDLE handle)
{
    return real.CloseHandle(handle) || (GetLastError() == ERROR_INVALID_HANDLE &&
                                        !(flags_of(handle) & HANDLE_FLAG_PROTECT_FROM_CLOSE));
}
MUTANT(close_handle_accepts_closed, "CloseHandle returns TRUE for a handle that is closed already",
       PATCH(CloseHandle, close_again));

/* ---- What the end of a process leaves */

/* The process that started this one, for duplicating handles into it; NULL unless this is a peer.
 */
static HANDLE starter(void)
{
    if (!is_peer())
        return NULL;
    return real.OpenProcess(PROCESS_DUP_HANDLE, FALSE, starter_id());
}

static BOOL WINAPI protected_outlives(HANDLE handle, DWORD mask, DWORD flags)
{
    HANDLE process = starter(), copy;
    if (process && (mask & flags & HANDLE_FLAG_PROTECT_FROM_CLOSE))
        real.DuplicateHandle(GetCurrentProcess(), handle, process, &copy, 0, FALSE,
                             DUPLICATE_SAME_ACCESS);
    return real.SetHandleInformation(handle, mask, flags);
}
MUTANT(process_end_leaves_protected_handles,
       "The end of a process does not close its handles that are protected from close",
       PATCH(SetHandleInformation, protected_outlives));
