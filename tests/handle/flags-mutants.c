/* Wrong behaviours, for the tests of flags.c: GetHandleInformation and SetHandleInformation:
 * both flags, and what CloseHandle makes of them. */
#include "handle-mutants.h"

static HANDLE touched[64];
static unsigned touched_count;

static void touch(HANDLE handle)
{
    if (touched_count < 64)
        touched[touched_count++] = handle;
}

static BOOL WINAPI touches_copy(DUPLICATE_PARAMETERS)
{
    BOOL duplicated = real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
    if (duplicated && copy)
        touch(*copy);
    return duplicated;
}

static BOOL WINAPI touches(HANDLE handle, DWORD mask, DWORD flags)
{
    touch(handle);
    return real(SetHandleInformation)(handle, mask, flags);
}

static BOOL WINAPI hides_inherit(HANDLE handle, LPDWORD flags)
{
    BOOL got = real(GetHandleInformation)(handle, flags);
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
    return real(SetHandleInformation)(handle, mask | flags, flags);
}
MUTANT(set_handle_information_ignores_mask,
       "SetHandleInformation sets flags that are not in the mask",
       PATCH(SetHandleInformation, ignores_mask));

static BOOL WINAPI sets_files_only(HANDLE handle, DWORD mask, DWORD flags)
{
    if (!is_file(handle) && (flags & HANDLE_FLAG_INHERIT))
        mask &= ~(DWORD)HANDLE_FLAG_INHERIT;
    return real(SetHandleInformation)(handle, mask, flags);
}
MUTANT(set_inherit_works_for_files_only,
       "SetHandleInformation makes only handles of files and pipes inheritable",
       PATCH(SetHandleInformation, sets_files_only));

static BOOL WINAPI clears_files_only(HANDLE handle, DWORD mask, DWORD flags)
{
    if (!is_file(handle) && !(flags & HANDLE_FLAG_INHERIT))
        mask &= ~(DWORD)HANDLE_FLAG_INHERIT;
    return real(SetHandleInformation)(handle, mask, flags);
}
MUTANT(clear_inherit_works_for_files_only,
       "SetHandleInformation clears the inherit flag only of files and pipes",
       PATCH(SetHandleInformation, clears_files_only));

static BOOL WINAPI protects_for_ever(HANDLE handle, DWORD mask, DWORD flags)
{
    if (!(flags & HANDLE_FLAG_PROTECT_FROM_CLOSE))
        mask &= ~(DWORD)HANDLE_FLAG_PROTECT_FROM_CLOSE;
    return real(SetHandleInformation)(handle, mask, flags);
}
MUTANT(set_handle_information_never_unprotects,
       "SetHandleInformation cannot clear HANDLE_FLAG_PROTECT_FROM_CLOSE",
       PATCH(SetHandleInformation, protects_for_ever));

static BOOL WINAPI closes_protected(HANDLE handle)
{
    if (flags_of(handle) & HANDLE_FLAG_PROTECT_FROM_CLOSE)
        real(SetHandleInformation)(handle, HANDLE_FLAG_PROTECT_FROM_CLOSE, 0);
    return real(CloseHandle)(handle);
}
MUTANT(close_handle_ignores_protection, "CloseHandle closes a handle that is protected from it",
       PATCH(CloseHandle, closes_protected));

/* The process that started this one, for duplicating handles into it; NULL unless this is a peer.
 */
static HANDLE starter(void)
{
    if (!is_peer())
        return NULL;
    return real(OpenProcess)(PROCESS_DUP_HANDLE, FALSE, starter_id());
}

static BOOL WINAPI protected_outlives(HANDLE handle, DWORD mask, DWORD flags)
{
    HANDLE process = starter(), copy;
    if (process && (mask & flags & HANDLE_FLAG_PROTECT_FROM_CLOSE))
        real(DuplicateHandle)(GetCurrentProcess(), handle, process, &copy, 0, FALSE,
                              DUPLICATE_SAME_ACCESS);
    return real(SetHandleInformation)(handle, mask, flags);
}
MUTANT(process_end_leaves_protected_handles,
       "The end of a process does not close its handles that are protected from close",
       PATCH(SetHandleInformation, protected_outlives));

static BOOL WINAPI get_accepts_closed(HANDLE handle, LPDWORD flags)
{
    BOOL got = real(GetHandleInformation)(handle, flags);
    return got || GetLastError() == ERROR_INVALID_HANDLE;
}
MUTANT(get_handle_information_accepts_closed,
       "GetHandleInformation returns TRUE for a handle that is closed",
       PATCH(GetHandleInformation, get_accepts_closed));

static BOOL WINAPI set_accepts_closed(HANDLE handle, DWORD mask, DWORD flags)
{
    BOOL set = real(SetHandleInformation)(handle, mask, flags);
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
    return real(SetHandleInformation)(handle, mask, flags);
}
MUTANT(set_handle_information_refuses_tokens,
       "SetHandleInformation fails for the handle of a token",
       PATCH(SetHandleInformation, set_refuses_tokens));

static BOOL WINAPI set_refuses_sockets(HANDLE handle, DWORD mask, DWORD flags)
{
    DWORD error = GetLastError();
    int type, size = sizeof(type);
    if ((mask & flags) &&
        !real(getsockopt)((SOCKET)handle, SOL_SOCKET, SO_TYPE, (char *)&type, &size))
        return failed(ERROR_INVALID_HANDLE);
    SetLastError(error);
    return real(SetHandleInformation)(handle, mask, flags);
}
MUTANT(set_handle_information_refuses_sockets, "SetHandleInformation fails for a socket",
       PATCH(SetHandleInformation, set_refuses_sockets));

static HANDLE WINAPI keep_flag_of_value(LPSECURITY_ATTRIBUTES attributes, BOOL manual, BOOL state,
                                        LPCWSTR name)
{
    static bool inheritable[0x1000];
    HANDLE event = real(CreateEventW)(attributes, manual, state, name);
    DWORD error = GetLastError();
    UINT_PTR value = (UINT_PTR)event / 4;
    if (value < 0x1000 && attributes && attributes->bInheritHandle)
        inheritable[value] = true;
    else if (value < 0x1000 && inheritable[value])
        real(SetHandleInformation)(event, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    SetLastError(error);
    return event;
}
MUTANT(create_event_keeps_the_flag_of_the_value,
       "An event is inheritable whose value a handle had that was",
       PATCH(CreateEventW, keep_flag_of_value));
