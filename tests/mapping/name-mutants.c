/* Wrong behaviours, for the tests of name.c: names of objects: CreateFileMappingW on one that
 * exists, OpenFileMappingW, and clashes. */
#include "mapping-mutants.h"

static HANDLE WINAPI hide_existing(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping != NULL && GetLastError() == ERROR_ALREADY_EXISTS)
        SetLastError(ERROR_SUCCESS);
    return mapping;
}
MUTANT(create_mapping_hides_that_it_existed,
       "CreateFileMapping sets the last error to zero for an object that existed",
       PATCH(CreateFileMappingW, hide_existing));

static HANDLE WINAPI replace_existing(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping != NULL && GetLastError() == ERROR_ALREADY_EXISTS) {
        real(CloseHandle)(mapping);
        mapping = real(CreateFileMappingW)(file, security, protect, high, low, NULL);
        SetLastError(ERROR_ALREADY_EXISTS);
    }
    return mapping;
}
MUTANT(create_mapping_replaces_what_existed,
       "CreateFileMapping creates another object when the name exists",
       PATCH(CreateFileMappingW, replace_existing));

static HANDLE WINAPI resize_existing(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping == NULL || GetLastError() != ERROR_ALREADY_EXISTS)
        return mapping;
    void *view = real(MapViewOfFile)(mapping, FILE_MAP_READ, 0, 0, 0);
    MEMORY_BASIC_INFORMATION region = {0};
    real(VirtualQuery)(view, &region, sizeof(region));
    real(UnmapViewOfFile)(view);
    if (region.RegionSize != (low + page_size() - 1) / page_size() * page_size()) {
        real(CloseHandle)(mapping);
        mapping = real(CreateFileMappingW)(file, security, protect, high, low, NULL);
    }
    SetLastError(ERROR_ALREADY_EXISTS);
    return mapping;
}
MUTANT(create_mapping_resizes_what_existed,
       "CreateFileMapping gives an object of the size asked for when one of another size exists",
       PATCH(CreateFileMappingW, resize_existing));

static HANDLE WINAPI misreport_clash(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping == NULL && name != NULL && GetLastError() == ERROR_INVALID_HANDLE)
        SetLastError(ERROR_ALREADY_EXISTS);
    return mapping;
}
MUTANT(create_mapping_clash_is_already_exists,
       "CreateFileMapping fails with ERROR_ALREADY_EXISTS on the name of an object of another kind",
       PATCH(CreateFileMappingW, misreport_clash));

static HANDLE WINAPI remember_clash(CREATE_PARAMETERS)
{
    static const WCHAR *clashed;
    if (name != NULL && clashed != NULL && wcscmp(name, clashed) == 0)
        return refuse(ERROR_INVALID_HANDLE);
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping == NULL && name != NULL && GetLastError() == ERROR_INVALID_HANDLE)
        clashed = name;
    return mapping;
}
MUTANT(create_mapping_remembers_a_clash,
       "A name once used by an object of another kind stays unusable for file mappings",
       PATCH(CreateFileMappingW, remember_clash));

static HANDLE WINAPI share_nameless(CREATE_PARAMETERS)
{
    static HANDLE first;
    static DWORD first_size;
    if (file != INVALID_HANDLE_VALUE || name != NULL || protect != PAGE_READWRITE)
        return real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (first != NULL && low == first_size) {
        HANDLE same;
        real(DuplicateHandle)(GetCurrentProcess(), first, GetCurrentProcess(), &same, 0, FALSE,
                              DUPLICATE_SAME_ACCESS);
        SetLastError(ERROR_SUCCESS);
        return same;
    }
    first_size = low;
    return first = real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_shares_what_has_no_name,
       "Objects of the page file without a name are one and the same",
       PATCH(CreateFileMappingW, share_nameless));

static HANDLE WINAPI misreport_other_kind(DWORD access, BOOL inherit, const WCHAR *name)
{
    HANDLE mapping = real(OpenFileMappingW)(access, inherit, name);
    if (mapping == NULL && GetLastError() == ERROR_INVALID_HANDLE)
        SetLastError(ERROR_FILE_NOT_FOUND);
    return mapping;
}
MUTANT(open_mapping_of_another_kind_is_not_found,
       "OpenFileMapping fails with ERROR_FILE_NOT_FOUND on the name of an object of another kind",
       PATCH(OpenFileMappingW, misreport_other_kind));

static bool created_here;

static HANDLE WINAPI notes_creation(HANDLE file, SECURITY_ATTRIBUTES *attributes, DWORD protect,
                                    DWORD high, DWORD low, const WCHAR *name)
{
    created_here = true;
    return real(CreateFileMappingW)(file, attributes, protect, high, low, name);
}

static HANDLE WINAPI notes_ansi_creation(HANDLE file, SECURITY_ATTRIBUTES *attributes,
                                         DWORD protect, DWORD high, DWORD low, const char *name)
{
    created_here = true;
    return real(CreateFileMappingA)(file, attributes, protect, high, low, name);
}

static HANDLE WINAPI notes_numa_creation(HANDLE file, SECURITY_ATTRIBUTES *attributes,
                                         DWORD protect, DWORD high, DWORD low, const WCHAR *name,
                                         DWORD node)
{
    created_here = true;
    return real(CreateFileMappingNumaW)(file, attributes, protect, high, low, name, node);
}

static HANDLE WINAPI open_a_copy(DWORD access, BOOL inherit, const WCHAR *name)
{
    HANDLE mapping = real(OpenFileMappingW)(access, inherit, name);
    HANDLE copy = mapping != NULL && !created_here ? copy_of(mapping) : NULL;
    HANDLE opened;
    if (copy != NULL &&
        real(DuplicateHandle)(GetCurrentProcess(), copy, GetCurrentProcess(), &opened,
                              access == FILE_MAP_COPY ? FILE_MAP_READ : access, inherit,
                              DUPLICATE_CLOSE_SOURCE))
        return opened;
    return mapping;
}
MUTANT(open_mapping_gives_a_copy,
       "OpenFileMapping in a process that has created none gives a copy of the named object",
       PATCH(CreateFileMappingW, notes_creation), PATCH(CreateFileMappingA, notes_ansi_creation),
       PATCH(CreateFileMappingNumaW, notes_numa_creation), PATCH(OpenFileMappingW, open_a_copy));

static HANDLE WINAPI take_copy_for_query(DWORD access, BOOL inherit, const WCHAR *name)
{
    return real(OpenFileMappingW)(access == FILE_MAP_COPY ? READ_CONTROL : access, inherit, name);
}
MUTANT(open_mapping_for_copy_maps_nothing,
       "A handle opened with FILE_MAP_COPY is not good for any view",
       PATCH(OpenFileMappingW, take_copy_for_query));

static HANDLE WINAPI turn_inheritance(DWORD access, BOOL inherit, const WCHAR *name)
{
    return real(OpenFileMappingW)(access, !inherit, name);
}
MUTANT(open_mapping_turns_inheritance_round,
       "OpenFileMapping makes the handle inheritable when it should not, and not when it should",
       PATCH(OpenFileMappingW, turn_inheritance));

static HANDLE WINAPI leave_name(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    if (mapping == NULL && name != NULL)
        real(CreateFileMappingW)(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), name);
    SetLastError(error);
    return mapping;
}
MUTANT(create_mapping_that_fails_leaves_its_name,
       "CreateFileMapping that fails leaves an object of that name",
       PATCH(CreateFileMappingW, leave_name));
