/* Wrong behaviours, for the tests of close.c: CloseHandle: the value is no handle afterwards. */
#include "handle-mutants.h"

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
