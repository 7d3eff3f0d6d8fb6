/* Wrong behaviours, for the tests of appended.c: files that can be appended to. */
#include "stdio-mutants.h"

static bool appends_only(DWORD access)
{
    return (access & FILE_APPEND_DATA) &&
           !(access & (FILE_WRITE_DATA | GENERIC_WRITE | GENERIC_ALL | MAXIMUM_ALLOWED));
}

static HANDLE WINAPI writes_anywhere(LPCWSTR name, DWORD access, DWORD share,
                                     LPSECURITY_ATTRIBUTES attributes, DWORD creation, DWORD flags,
                                     HANDLE model)
{
    if (appends_only(access))
        access |= FILE_WRITE_DATA;
    return real(CreateFileW)(name, access, share, attributes, creation, flags, model);
}
MUTANT(create_file_to_append_is_to_write,
       "FILE_APPEND_DATA alone is the same as with FILE_WRITE_DATA: writes go to the file position",
       PATCH(CreateFileW, writes_anywhere));

static HANDLE to_append; /* the last handle that was opened so */

static HANDLE WINAPI notes_append(LPCWSTR name, DWORD access, DWORD share,
                                  LPSECURITY_ATTRIBUTES attributes, DWORD creation, DWORD flags,
                                  HANDLE model)
{
    HANDLE file = real(CreateFileW)(name, access, share, attributes, creation, flags, model);
    if (file != INVALID_HANDLE_VALUE && appends_only(access))
        to_append = file;
    return file;
}

/* The same file, opened to be written. */
static BOOL WINAPI duplicate_writes(HANDLE from, HANDLE source, HANDLE to, LPHANDLE target,
                                    DWORD access, BOOL inherit, DWORD options)
{
    WCHAR path[MAX_PATH];
    if (!to_append || source != to_append || to != GetCurrentProcess() || !target ||
        !GetFinalPathNameByHandleW(source, path, MAX_PATH, 0))
        return real(DuplicateHandle)(from, source, to, target, access, inherit, options);
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes), .bInheritHandle = inherit};
    *target =
        real(CreateFileW)(path, FILE_WRITE_DATA | SYNCHRONIZE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                          &attributes, OPEN_EXISTING, 0, NULL);
    return *target != INVALID_HANDLE_VALUE;
}
MUTANT(duplicate_of_a_handle_to_append_writes,
       "The duplicate of a handle with FILE_APPEND_DATA alone writes to the file position",
       PATCH(CreateFileW, notes_append), PATCH(DuplicateHandle, duplicate_writes));
