/* Wrong behaviours, for the tests of file_access.c: which access to a file CreateFileMappingW
 * wants for an object of which protection. */
#include "mapping-mutants.h"

static HANDLE WINAPI need_no_access(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping == NULL && file != INVALID_HANDLE_VALUE && GetLastError() == ERROR_ACCESS_DENIED)
        mapping =
            real(CreateFileMappingW)(INVALID_HANDLE_VALUE, security, protect, 0, page_size(), name);
    return mapping;
}
MUTANT(create_mapping_needs_no_access_to_the_file,
       "CreateFileMapping gives an object of the page file where access to the file is lacking",
       PATCH(CreateFileMappingW, need_no_access));

static HANDLE WINAPI need_write_access(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && size_of_file(file) != 0) {
        HANDLE writable = real(CreateFileMappingW)(file, NULL, PAGE_READWRITE, 0, 0, NULL);
        if (writable == NULL)
            return refuse(ERROR_ACCESS_DENIED);
        real(CloseHandle)(writable);
    }
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_always_wants_write_access,
       "CreateFileMapping refuses files that are not open for writing",
       PATCH(CreateFileMappingW, need_write_access));

static HANDLE WINAPI refuse_execute(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE &&
        (protect & (PAGE_EXECUTE_READ | PAGE_EXECUTE_READWRITE | PAGE_EXECUTE_WRITECOPY)))
        return refuse(ERROR_INVALID_PARAMETER);
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_of_a_file_never_executes,
       "CreateFileMapping refuses the protections for execution when it is given a file",
       PATCH(CreateFileMappingW, refuse_execute));

static HANDLE exclusive;

static HANDLE WINAPI note_exclusive(const WCHAR *path, DWORD access, DWORD share,
                                    SECURITY_ATTRIBUTES *security, DWORD disposition, DWORD flags,
                                    HANDLE like)
{
    HANDLE file = real(CreateFileW)(path, access, share, security, disposition, flags, like);
    if (share == 0)
        exclusive = file;
    return file;
}

static HANDLE WINAPI want_exclusive(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && file != exclusive && is_writable(protect))
        return refuse(ERROR_SHARING_VIOLATION);
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_wants_an_exclusive_file,
       "CreateFileMapping for writing refuses files that are not open exclusively",
       PATCH(CreateFileW, note_exclusive), PATCH(CreateFileMappingW, want_exclusive));

/* The last file that was opened without GENERIC_READ. */
static HANDLE not_generic;

static HANDLE WINAPI note_generic(const WCHAR *path, DWORD access, DWORD share,
                                  SECURITY_ATTRIBUTES *security, DWORD disposition, DWORD flags,
                                  HANDLE like)
{
    HANDLE file = real(CreateFileW)(path, access, share, security, disposition, flags, like);
    if (!(access & GENERIC_READ))
        not_generic = file;
    else if (file == not_generic)
        not_generic = NULL;
    return file;
}

static HANDLE WINAPI want_generic(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && file == not_generic)
        return refuse(ERROR_ACCESS_DENIED);
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_looks_for_generic_rights,
       "CreateFileMapping refuses a file that was opened for reading without GENERIC_READ",
       PATCH(CreateFileW, note_generic), PATCH(CreateFileMappingW, want_generic));
