/* Wrong behaviours, for the tests of close.c: CloseHandle: the value is no handle afterwards. */
#include "handle-mutants.h"

static BOOL WINAPI leaves_open(HANDLE handle)
{
    return is_file(handle)
               ? real(CloseHandle)(handle)
               : real(GetHandleInformation)(handle, &(DWORD){0}) || failed(ERROR_INVALID_HANDLE);
}
MUTANT(close_handle_leaves_objects_open,
       "CloseHandle returns TRUE and leaves handles of objects other than files open",
       PATCH(CloseHandle, leaves_open));

static BOOL WINAPI close_again(HANDLE handle)
{
    return real(CloseHandle)(handle) || (GetLastError() == ERROR_INVALID_HANDLE &&
                                         !(flags_of(handle) & HANDLE_FLAG_PROTECT_FROM_CLOSE));
}
MUTANT(close_handle_accepts_closed, "CloseHandle returns TRUE for a handle that is closed already",
       PATCH(CloseHandle, close_again));

static BOOL WINAPI stop_thread(HANDLE handle)
{
    if (real(GetThreadId)(handle) != 0 && real(GetThreadId)(handle) != GetCurrentThreadId())
        SuspendThread(handle);
    return real(CloseHandle)(handle);
}
MUTANT(close_handle_stops_the_thread, "CloseHandle stops the thread whose handle it closes",
       PATCH(CloseHandle, stop_thread));

static BOOL WINAPI end_process(HANDLE handle)
{
    DWORD id = real(GetProcessId)(handle);
    if (id != 0 && id != GetCurrentProcessId())
        real(TerminateProcess)(handle, 0);
    return real(CloseHandle)(handle);
}
MUTANT(close_handle_ends_the_process, "CloseHandle ends the process whose handle it closes",
       PATCH(CloseHandle, end_process));
