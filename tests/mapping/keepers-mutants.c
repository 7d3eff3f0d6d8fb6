/* Wrong behaviours in which an object or its name goes too early, or stays too long. */
#include "mapping-mutants.h"

#include <wchar.h>

/* The first object that this process created with a name, and who else has it here. */
static struct {
    HANDLE handle;
    WCHAR name[200];
    bool opened, duplicated, gone;
} first;

static bool is_its_name(const WCHAR *name)
{
    return name && first.handle && !wcscmp(name, first.name);
}

static HANDLE WINAPI notes_creation(CREATE_PARAMETERS)
{
    if (first.gone && is_its_name(name))
        return real(CreateFileMappingW)(file, security, protect, high, low, NULL);
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping && is_its_name(name)) {
        first.opened = true;
    } else if (mapping && name && !first.handle && GetLastError() != ERROR_ALREADY_EXISTS &&
               wcslen(name) < 200) {
        first.handle = mapping;
        wcscpy(first.name, name);
    }
    return mapping;
}

static HANDLE WINAPI notes_opening(DWORD access, BOOL inherit, const WCHAR *name)
{
    if (first.gone && is_its_name(name))
        return refuse(ERROR_FILE_NOT_FOUND);
    HANDLE mapping = real(OpenFileMappingW)(access, inherit, name);
    if (mapping && is_its_name(name))
        first.opened = true;
    return mapping;
}

static BOOL WINAPI notes_duplicate(HANDLE from, HANDLE handle, HANDLE to, HANDLE *copy,
                                   DWORD access, BOOL inherit, DWORD options)
{
    BOOL duplicated = real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
    if (duplicated && first.handle && handle == first.handle && to == GetCurrentProcess())
        first.duplicated = true;
    return duplicated;
}
#define NOTES                                                                          \
    PATCH(CreateFileMappingW, notes_creation), PATCH(OpenFileMappingW, notes_opening), \
        PATCH(DuplicateHandle, notes_duplicate)

static bool is_first(HANDLE handle)
{
    return first.handle && handle == first.handle;
}

static BOOL WINAPI frees_name(HANDLE handle)
{
    if (is_first(handle) && first.opened)
        first.gone = true;
    return real(CloseHandle)(handle);
}
MUTANT(close_of_the_first_handle_frees_the_name,
       "CloseHandle of the creator's handle frees the name, although the object was opened too",
       NOTES, PATCH(CloseHandle, frees_name));

static BOOL WINAPI overlooks_duplicate(HANDLE handle)
{
    if (is_first(handle) && first.duplicated)
        first.gone = true;
    return real(CloseHandle)(handle);
}
MUTANT(close_of_the_first_handle_overlooks_a_duplicate,
       "CloseHandle of the handle that created an object frees its name, although there is a "
       "duplicate",
       NOTES, PATCH(CloseHandle, overlooks_duplicate));

static BOOL WINAPI frees_name_here(HANDLE handle)
{
    if (is_first(handle) && !first.opened && !first.duplicated)
        first.gone = true;
    return real(CloseHandle)(handle);
}
MUTANT(close_of_the_last_handle_here_frees_the_name,
       "CloseHandle of a process's last handle frees the name, although another process has one",
       NOTES, PATCH(CloseHandle, frees_name_here));

static bool has_terminated;

static DWORD WINAPI notes_end(HANDLE handle, DWORD milliseconds)
{
    DWORD waited = real(WaitForSingleObject)(handle, milliseconds), error = GetLastError();
    if (waited == WAIT_OBJECT_0 && real(GetProcessId)(handle))
        has_terminated = true;
    SetLastError(error);
    return waited;
}

static HANDLE WINAPI finds_none_of_the_dead(DWORD access, BOOL inherit, const WCHAR *name)
{
    return has_terminated && !is_its_name(name) ? refuse(ERROR_FILE_NOT_FOUND)
                                                : real(OpenFileMappingW)(access, inherit, name);
}
MUTANT(terminate_process_frees_the_names_of_objects,
       "The names of the objects of a process that is terminated are gone at once",
       PATCH(WaitForSingleObject, notes_end), PATCH(OpenFileMappingW, finds_none_of_the_dead));

static HANDLE WINAPI leaves_error(CREATE_PARAMETERS)
{
    DWORD before = GetLastError();
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping && GetLastError() == ERROR_SUCCESS && before == ERROR_ALREADY_EXISTS)
        SetLastError(before);
    return mapping;
}
MUTANT(create_mapping_leaves_the_last_error_of_a_new_object,
       "CreateFileMapping does not clear ERROR_ALREADY_EXISTS when it creates a new object",
       PATCH(CreateFileMappingW, leaves_error));

static HANDLE WINAPI remembers_names(CREATE_PARAMETERS)
{
    static WCHAR last[200];
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (!mapping || !name || wcslen(name) >= 200)
        return mapping;
    if (!wcscmp(name, last))
        SetLastError(ERROR_ALREADY_EXISTS);
    wcscpy(last, name);
    return mapping;
}
MUTANT(create_mapping_remembers_names,
       "CreateFileMapping says that an object exists whose last handle is closed",
       PATCH(CreateFileMappingW, remembers_names));
