/* Wrong behaviours, for the tests of compare.c: CompareObjectHandles: whether two handles are of
 * one object. */
#include "handle-mutants.h"

static BOOL WINAPI compares_values(HANDLE one, HANDLE other)
{
    DWORD error = GetLastError();
    bool waits = real(WaitForSingleObject)(one, 0) != WAIT_FAILED; /* no mapping */
    SetLastError(error);
    if (!waits || one == GetCurrentProcess())
        return real(CompareObjectHandles)(one, other);
    return one == other || failed(ERROR_NOT_SAME_OBJECT);
}
MUTANT(compare_handles_compares_values,
       "CompareObjectHandles says that two handles of one object are not the same",
       PATCH(CompareObjectHandles, compares_values));

static BOOL WINAPI leaves_last_error(HANDLE one, HANDLE other)
{
    DWORD error = GetLastError();
    BOOL same = real(CompareObjectHandles)(one, other);
    if (real(GetFileType)(one) == FILE_TYPE_PIPE)
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
    return real(CompareObjectHandles)(one, other);
}
MUTANT(compare_handles_refuses_pseudo, "CompareObjectHandles fails for GetCurrentProcess()",
       PATCH(CompareObjectHandles, refuses_pseudo));
