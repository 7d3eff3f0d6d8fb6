/* Wrong behaviours, for the tests of file_kinds.c: files as CreateFileMappingW finds them. */
#include "mapping-mutants.h"

static HANDLE overlapped_file;

static HANDLE WINAPI note_overlapped(const WCHAR *path, DWORD access, DWORD share,
                                     SECURITY_ATTRIBUTES *security, DWORD disposition, DWORD flags,
                                     HANDLE like)
{
    HANDLE file = real(CreateFileW)(path, access, share, security, disposition, flags, like);
    if (flags & FILE_FLAG_OVERLAPPED)
        overlapped_file = file;
    return file;
}

static HANDLE WINAPI refuse_overlapped(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && file == overlapped_file)
        return refuse(ERROR_INVALID_PARAMETER);
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_refuses_overlapped_files,
       "CreateFileMapping refuses files that are open for overlapped operations",
       PATCH(CreateFileW, note_overlapped), PATCH(CreateFileMappingW, refuse_overlapped));

static HANDLE WINAPI move_pointer(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    if (mapping != NULL && file != INVALID_HANDLE_VALUE && is_writable(protect))
        real(SetFilePointerEx)(file, (LARGE_INTEGER){.QuadPart = low}, NULL, FILE_BEGIN);
    SetLastError(error);
    return mapping;
}
MUTANT(create_mapping_moves_the_file_pointer,
       "CreateFileMapping for writing leaves the file pointer at the end of the object",
       PATCH(CreateFileMappingW, move_pointer));
