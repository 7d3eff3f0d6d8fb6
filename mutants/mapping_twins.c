/* Wrong behaviours of the twins of CreateFileMappingW: ANSI, NUMA and CreateFileMapping2. */
#include "mapping.h"

#define CREATE_A_PARAMETERS                                                           \
    HANDLE file, SECURITY_ATTRIBUTES *security, DWORD protect, DWORD high, DWORD low, \
        const char *name
#define NUMA_PARAMETERS CREATE_PARAMETERS, DWORD node
#define NUMA_ARGUMENTS CREATE_ARGUMENTS, node

/* ---- ANSI ----------------------------------------------------------------------------------- */

static HANDLE WINAPI append_to_the_name(CREATE_A_PARAMETERS)
{
    if (name == NULL || low <= page_size() || strlen(name) > 200)
        return real.CreateFileMappingA(CREATE_ARGUMENTS);
    char own[220];
    strcpy(own, name);
    strcat(own, "A");
    return real.CreateFileMappingA(file, security, protect, high, low, own);
}
MUTANT(create_mapping_a_has_names_of_its_own,
       "CreateFileMappingA of more than a page means another name than CreateFileMappingW does",
       PATCH(CreateFileMappingA, append_to_the_name));

static HANDLE WINAPI ignore_security(CREATE_A_PARAMETERS)
{
    (void)security;
    return real.CreateFileMappingA(file, NULL, protect, high, low, name);
}
MUTANT(create_mapping_a_ignores_security, "CreateFileMappingA ignores the security attributes",
       PATCH(CreateFileMappingA, ignore_security));

static HANDLE WINAPI misreport_a(CREATE_A_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingA(CREATE_ARGUMENTS);
    if (mapping == NULL &&
        (GetLastError() == ERROR_FILE_INVALID || GetLastError() == ERROR_INVALID_HANDLE))
        SetLastError(ERROR_INVALID_DATA);
    return mapping;
}
MUTANT(create_mapping_a_reports_other_errors,
       "CreateFileMappingA fails with ERROR_INVALID_DATA where the Unicode twin says more",
       PATCH(CreateFileMappingA, misreport_a));

static HANDLE WINAPI code_page_of_the_console(CREATE_A_PARAMETERS)
{
    WCHAR unicode[300];
    if (name == NULL || !MultiByteToWideChar(CP_OEMCP, 0, name, -1, unicode, 300))
        return real.CreateFileMappingA(CREATE_ARGUMENTS);
    return real.CreateFileMappingW(file, security, protect, high, low, unicode);
}
MUTANT(create_mapping_a_uses_the_code_page_of_the_console,
       "CreateFileMappingA takes the name for one in the OEM code page",
       PATCH(CreateFileMappingA, code_page_of_the_console));

static HANDLE WINAPI never_inherit(DWORD access, BOOL inherit, const char *name)
{
    (void)inherit;
    return real.OpenFileMappingA(access, FALSE, name);
}
MUTANT(open_mapping_a_ignores_inheritance, "OpenFileMappingA makes no handle inheritable",
       PATCH(OpenFileMappingA, never_inherit));

static HANDLE WINAPI misreport_open_a(DWORD access, BOOL inherit, const char *name)
{
    HANDLE mapping = real.OpenFileMappingA(access, inherit, name);
    if (mapping == NULL && GetLastError() == ERROR_FILE_NOT_FOUND)
        SetLastError(ERROR_PATH_NOT_FOUND);
    return mapping;
}
MUTANT(open_mapping_a_of_missing_name_is_path_not_found,
       "OpenFileMappingA fails with ERROR_PATH_NOT_FOUND when there is no object of that name",
       PATCH(OpenFileMappingA, misreport_open_a));

static HANDLE WINAPI all_access_a(DWORD access, BOOL inherit, const char *name)
{
    return real.OpenFileMappingA(access | FILE_MAP_ALL_ACCESS, inherit, name);
}
MUTANT(open_mapping_a_ignores_the_access, "OpenFileMappingA gives all access",
       PATCH(OpenFileMappingA, all_access_a));

/* ---- NUMA ----------------------------------------------------------------------------------- */

static HANDLE WINAPI short_without_node(NUMA_PARAMETERS)
{
    if (node == NUMA_NO_PREFERRED_NODE && name == NULL && low > 2 * page_size())
        low -= page_size();
    return real.CreateFileMappingNumaW(NUMA_ARGUMENTS);
}
MUTANT(create_mapping_numa_without_node_is_short,
       "CreateFileMappingNuma without a preferred node creates an object that is a page short",
       PATCH(CreateFileMappingNumaW, short_without_node));

static HANDLE WINAPI refuse_nodes(NUMA_PARAMETERS)
{
    if (node != NUMA_NO_PREFERRED_NODE)
        return refuse(ERROR_INVALID_PARAMETER);
    return real.CreateFileMappingNumaW(NUMA_ARGUMENTS);
}
MUTANT(create_mapping_numa_refuses_nodes, "CreateFileMappingNuma refuses every node",
       PATCH(CreateFileMappingNumaW, refuse_nodes));

static HANDLE WINAPI hide_existing_numa(NUMA_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingNumaW(NUMA_ARGUMENTS);
    if (mapping != NULL)
        SetLastError(ERROR_SUCCESS);
    return mapping;
}
MUTANT(create_mapping_numa_hides_that_it_existed,
       "CreateFileMappingNuma sets the last error to zero for an object that existed",
       PATCH(CreateFileMappingNumaW, hide_existing_numa));

static HANDLE WINAPI misreport_clash_numa(NUMA_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingNumaW(NUMA_ARGUMENTS);
    if (mapping == NULL && GetLastError() == ERROR_INVALID_HANDLE)
        SetLastError(ERROR_ALREADY_EXISTS);
    return mapping;
}
MUTANT(create_mapping_numa_clash_is_already_exists,
       "CreateFileMappingNuma fails with ERROR_ALREADY_EXISTS on the name of an event",
       PATCH(CreateFileMappingNumaW, misreport_clash_numa));

static HANDLE WINAPI misreport_empty_numa(NUMA_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingNumaW(NUMA_ARGUMENTS);
    if (mapping == NULL && GetLastError() == ERROR_FILE_INVALID)
        SetLastError(ERROR_HANDLE_EOF);
    return mapping;
}
MUTANT(create_mapping_numa_of_empty_file_is_end_of_file,
       "CreateFileMappingNuma of an empty file fails with ERROR_HANDLE_EOF",
       PATCH(CreateFileMappingNumaW, misreport_empty_numa));

static HANDLE WINAPI nameless_numa_a(CREATE_A_PARAMETERS, DWORD node)
{
    (void)name;
    return real.CreateFileMappingNumaA(file, security, protect, high, low, NULL, node);
}
MUTANT(create_mapping_numa_a_ignores_the_name, "CreateFileMappingNumaA ignores the name",
       PATCH(CreateFileMappingNumaA, nameless_numa_a));

/* ---- CreateFileMapping2 --------------------------------------------------------------------- */

#define CREATE2_PARAMETERS                                                                     \
    HANDLE file, SECURITY_ATTRIBUTES *security, ULONG access, ULONG protect, ULONG attributes, \
        ULONG64 size, const WCHAR *name, MEM_EXTENDED_PARAMETER *extended, ULONG count
#define CREATE2_ARGUMENTS file, security, access, protect, attributes, size, name, extended, count

static HANDLE WINAPI refuse_commit_2(CREATE2_PARAMETERS)
{
    if (file == INVALID_HANDLE_VALUE && attributes == SEC_COMMIT && name == NULL &&
        access == FILE_MAP_ALL_ACCESS)
        return refuse(ERROR_INVALID_PARAMETER);
    return real.CreateFileMapping2(CREATE2_ARGUMENTS);
}
MUTANT(create_mapping_2_refuses_commit, "CreateFileMapping2 refuses SEC_COMMIT",
       PATCH(CreateFileMapping2, refuse_commit_2));

static HANDLE WINAPI hide_existing_2(CREATE2_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMapping2(CREATE2_ARGUMENTS);
    if (mapping != NULL)
        SetLastError(ERROR_SUCCESS);
    return mapping;
}
MUTANT(create_mapping_2_hides_that_it_existed,
       "CreateFileMapping2 sets the last error to zero for an object that existed",
       PATCH(CreateFileMapping2, hide_existing_2));

static HANDLE WINAPI all_access_2(CREATE2_PARAMETERS)
{
    if (file == INVALID_HANDLE_VALUE)
        access |= FILE_MAP_ALL_ACCESS;
    return real.CreateFileMapping2(CREATE2_ARGUMENTS);
}
MUTANT(create_mapping_2_gives_all_access, "CreateFileMapping2 gives all access",
       PATCH(CreateFileMapping2, all_access_2));

static HANDLE WINAPI ignore_no_change(CREATE2_PARAMETERS)
{
    attributes &= ~0x00400000u;
    return real.CreateFileMapping2(CREATE2_ARGUMENTS);
}
MUTANT(create_mapping_2_ignores_no_change, "CreateFileMapping2 ignores SEC_NO_CHANGE",
       PATCH(CreateFileMapping2, ignore_no_change));

static HANDLE WINAPI misreport_empty_2(CREATE2_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMapping2(CREATE2_ARGUMENTS);
    if (mapping == NULL && GetLastError() == ERROR_FILE_INVALID)
        SetLastError(ERROR_HANDLE_EOF);
    return mapping;
}
MUTANT(create_mapping_2_of_empty_file_is_end_of_file,
       "CreateFileMapping2 of an empty file fails with ERROR_HANDLE_EOF",
       PATCH(CreateFileMapping2, misreport_empty_2));
