/* Wrong behaviours, for the tests of own.c: GetStdHandle and SetStdHandle within one process. */
#include "stdio-mutants.h"

static HANDLE WINAPI duplicates(DWORD which)
{
    static bool asked;
    HANDLE handle = real(GetStdHandle)(which), copy = NULL;
    if (which != STD_ERROR_HANDLE)
        return handle;
    if (asked && real(DuplicateHandle)(GetCurrentProcess(), handle, GetCurrentProcess(), &copy, 0,
                                       FALSE, DUPLICATE_SAME_ACCESS))
        return copy;
    asked = true;
    return handle;
}
MUTANT(get_std_handle_duplicates_error,
       "GetStdHandle returns a duplicate when it is asked again for the error handle",
       PATCH(GetStdHandle, duplicates));

static HANDLE WINAPI null_for_unknown(DWORD which)
{
    HANDLE handle = real(GetStdHandle)(which);
    return handle == INVALID_HANDLE_VALUE ? NULL : handle;
}
MUTANT(get_std_handle_fails_with_null,
       "GetStdHandle for no standard device returns NULL instead of INVALID_HANDLE_VALUE",
       PATCH(GetStdHandle, null_for_unknown));

static BOOL WINAPI sets_nothing(DWORD which, HANDLE handle)
{
    return which == STD_ERROR_HANDLE ? TRUE : real(SetStdHandle)(which, handle);
}
MUTANT(set_std_handle_keeps_error,
       "SetStdHandle for the error handle returns TRUE and sets nothing",
       PATCH(SetStdHandle, sets_nothing));

static BOOL WINAPI closes_old(DWORD which, HANDLE handle)
{
    HANDLE old = real(GetStdHandle)(which);
    BOOL set = real(SetStdHandle)(which, handle);
    if (set && old != handle && real(GetFileType)(old) == FILE_TYPE_PIPE)
        real(CloseHandle)(old);
    return set;
}
MUTANT(set_std_handle_closes_old, "SetStdHandle closes the pipe end that it replaces",
       PATCH(SetStdHandle, closes_old));

static BOOL WINAPI sets_unknown(DWORD which, HANDLE handle)
{
    return real(SetStdHandle)(which, handle) || !failed(ERROR_SUCCESS);
}
MUTANT(set_std_handle_accepts_any_device, "SetStdHandle for no standard device returns TRUE",
       PATCH(SetStdHandle, sets_unknown));

static DWORD setting_thread;
static HANDLE replaced;

static BOOL WINAPI notes_thread(DWORD which, HANDLE handle)
{
    if (which == STD_OUTPUT_HANDLE) {
        setting_thread = GetCurrentThreadId();
        replaced = real(GetStdHandle)(which);
    }
    return real(SetStdHandle)(which, handle);
}

static HANDLE WINAPI of_thread(DWORD which)
{
    bool other = setting_thread && setting_thread != GetCurrentThreadId();
    return which == STD_OUTPUT_HANDLE && other ? replaced : real(GetStdHandle)(which);
}
MUTANT(set_std_handle_is_for_one_thread,
       "SetStdHandle sets the handle for the calling thread alone",
       PATCH(SetStdHandle, notes_thread), PATCH(GetStdHandle, of_thread));
