/* Wrong behaviours, for the tests of handles.c: the handles of an anonymous pipe: access,
 * waiting, descriptor, and what a closed one is good for. */
#include "pipe-mutants.h"

#include <string.h>
#include <wchar.h>

static BOOL WINAPI reads_closed(READ_FILE_PARAMETERS)
{
    BOOL got = READ_FILE;
    return got || failed_with(got, ERROR_INVALID_HANDLE);
}
MUTANT(read_file_accepts_closed, "ReadFile returns TRUE for a handle that is closed",
       PATCH(ReadFile, reads_closed));

static BOOL WINAPI writes_closed(WRITE_FILE_PARAMETERS)
{
    BOOL written = WRITE_FILE;
    return written || failed_with(written, ERROR_INVALID_HANDLE);
}
MUTANT(write_file_accepts_closed, "WriteFile returns TRUE for a handle that is closed",
       PATCH(WriteFile, writes_closed));

static DWORD WINAPI unknown_without_error(HANDLE handle)
{
    DWORD type = real(GetFileType)(handle);
    if (type == FILE_TYPE_UNKNOWN)
        SetLastError(NO_ERROR);
    return type;
}
MUTANT(get_file_type_of_closed_sets_no_error,
       "GetFileType of a closed handle leaves NO_ERROR, as for an unknown type",
       PATCH(GetFileType, unknown_without_error));
