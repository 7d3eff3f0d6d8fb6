/* Wrong behaviours, for the tests of open.c: OpenFileMappingW, and CreateFileMappingW on what
 * exists: access, attributes, and bad names. */
#include "mapping-mutants.h"

#include <stdlib.h>

static HANDLE WINAPI ignore_access(DWORD access, BOOL inherit, const WCHAR *name)
{
    return real(OpenFileMappingW)(access | FILE_MAP_ALL_ACCESS, inherit, name);
}
MUTANT(open_mapping_ignores_the_access, "OpenFileMapping gives all access whatever is asked for",
       PATCH(OpenFileMappingW, ignore_access));

static HANDLE WINAPI open_with_all_access(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping == NULL || GetLastError() != ERROR_ALREADY_EXISTS)
        return mapping;
    HANDLE all = real(OpenFileMappingW)(FILE_MAP_ALL_ACCESS,
                                        security != NULL && security->bInheritHandle, name);
    if (all != NULL) {
        real(CloseHandle)(mapping);
        mapping = all;
    }
    SetLastError(ERROR_ALREADY_EXISTS);
    return mapping;
}
MUTANT(create_mapping_opens_with_all_access,
       "CreateFileMapping gives all access to an object that exists",
       PATCH(CreateFileMappingW, open_with_all_access));

static HANDLE WINAPI forget_inheritance(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    if (mapping != NULL && error == ERROR_ALREADY_EXISTS)
        real(SetHandleInformation)(mapping, HANDLE_FLAG_INHERIT, 0);
    SetLastError(error);
    return mapping;
}
MUTANT(create_mapping_opens_without_inheritance,
       "CreateFileMapping makes the handle to an object that exists never inheritable",
       PATCH(CreateFileMappingW, forget_inheritance));

static HANDLE WINAPI open_something(OPEN_PARAMETERS)
{
    if (name == NULL || name[0] == 0)
        return real(CreateFileMappingW)(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1, NULL);
    return real(OpenFileMappingW)(access, inherit, name);
}
MUTANT(open_mapping_without_a_name_gives_a_new_object,
       "OpenFileMapping without a name gives a new object",
       PATCH(OpenFileMappingW, open_something));

static HANDLE WINAPI execute_always(OPEN_PARAMETERS)
{
    return real(OpenFileMappingW)(access | SECTION_MAP_EXECUTE, inherit, name);
}
MUTANT(open_mapping_always_executes,
       "OpenFileMapping gives FILE_MAP_EXECUTE whether it is asked for or not",
       PATCH(OpenFileMappingW, execute_always));

static DWORD named_protect;

static HANDLE WINAPI note_protection(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping != NULL && name != NULL && GetLastError() == ERROR_SUCCESS)
        named_protect = protect;
    return mapping;
}

static HANDLE WINAPI look_at_the_protection(OPEN_PARAMETERS)
{
    if ((access & FILE_MAP_WRITE) && named_protect == PAGE_READONLY)
        return refuse(ERROR_ACCESS_DENIED);
    return real(OpenFileMappingW)(access, inherit, name);
}
MUTANT(open_mapping_looks_at_the_protection,
       "OpenFileMapping for writing refuses an object that was created with PAGE_READONLY",
       PATCH(CreateFileMappingW, note_protection), PATCH(OpenFileMappingW, look_at_the_protection));

static HANDLE opened;

static HANDLE WINAPI note_opened(OPEN_PARAMETERS)
{
    return opened = real(OpenFileMappingW)(access, inherit, name);
}

static BOOL WINAPI close_again(HANDLE handle)
{
    DWORD before = GetLastError();
    BOOL closed = real(CloseHandle)(handle);
    if (closed || opened == NULL || handle != opened)
        return closed;
    SetLastError(before);
    return TRUE;
}
MUTANT(close_mapping_again_succeeds, "CloseHandle on a mapping that was closed before succeeds",
       PATCH(OpenFileMappingW, note_opened), PATCH(CloseHandle, close_again));

static BOOL WINAPI forget_to_close(HANDLE handle)
{
    return handle == opened && opened != NULL ? TRUE : real(CloseHandle)(handle);
}
MUTANT(close_mapping_leaves_it_open,
       "CloseHandle on a handle from OpenFileMapping succeeds and closes nothing",
       PATCH(OpenFileMappingW, note_opened), PATCH(CloseHandle, forget_to_close));
