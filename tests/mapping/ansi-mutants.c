/* Wrong behaviours, for the tests of ansi.c: the ANSI twins CreateFileMappingA, OpenFileMappingA
 * and CreateFileMappingNumaA. */
#include "mapping-mutants.h"

#define CREATE_A_PARAMETERS                                                           \
    HANDLE file, SECURITY_ATTRIBUTES *security, DWORD protect, DWORD high, DWORD low, \
        const char *name

static HANDLE WINAPI append_to_the_name(CREATE_A_PARAMETERS)
{
    if (name == NULL || low <= page_size() || strlen(name) > 200)
        return real(CreateFileMappingA)(CREATE_ARGUMENTS);
    char own[220];
    strcpy(own, name);
    strcat(own, "A");
    return real(CreateFileMappingA)(file, security, protect, high, low, own);
}
MUTANT(create_mapping_a_has_names_of_its_own,
       "CreateFileMappingA of more than a page means another name than CreateFileMappingW does",
       PATCH(CreateFileMappingA, append_to_the_name));

static HANDLE WINAPI ignore_security(CREATE_A_PARAMETERS)
{
    (void)security;
    return real(CreateFileMappingA)(file, NULL, protect, high, low, name);
}
MUTANT(create_mapping_a_ignores_security, "CreateFileMappingA ignores the security attributes",
       PATCH(CreateFileMappingA, ignore_security));

static HANDLE WINAPI misreport_a(CREATE_A_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingA)(CREATE_ARGUMENTS);
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
        return real(CreateFileMappingA)(CREATE_ARGUMENTS);
    return real(CreateFileMappingW)(file, security, protect, high, low, unicode);
}
MUTANT(create_mapping_a_uses_the_code_page_of_the_console,
       "CreateFileMappingA takes the name for one in the OEM code page",
       PATCH(CreateFileMappingA, code_page_of_the_console));

static HANDLE WINAPI never_inherit(DWORD access, BOOL inherit, const char *name)
{
    (void)inherit;
    return real(OpenFileMappingA)(access, FALSE, name);
}
MUTANT(open_mapping_a_ignores_inheritance, "OpenFileMappingA makes no handle inheritable",
       PATCH(OpenFileMappingA, never_inherit));

static HANDLE WINAPI misreport_open_a(DWORD access, BOOL inherit, const char *name)
{
    HANDLE mapping = real(OpenFileMappingA)(access, inherit, name);
    if (mapping == NULL && GetLastError() == ERROR_FILE_NOT_FOUND)
        SetLastError(ERROR_PATH_NOT_FOUND);
    return mapping;
}
MUTANT(open_mapping_a_of_missing_name_is_path_not_found,
       "OpenFileMappingA fails with ERROR_PATH_NOT_FOUND when there is no object of that name",
       PATCH(OpenFileMappingA, misreport_open_a));

static HANDLE WINAPI all_access_a(DWORD access, BOOL inherit, const char *name)
{
    return real(OpenFileMappingA)(access | FILE_MAP_ALL_ACCESS, inherit, name);
}
MUTANT(open_mapping_a_ignores_the_access, "OpenFileMappingA gives all access",
       PATCH(OpenFileMappingA, all_access_a));

static HANDLE WINAPI nameless_numa_a(CREATE_A_PARAMETERS, DWORD node)
{
    (void)name;
    return real(CreateFileMappingNumaA)(file, security, protect, high, low, NULL, node);
}
MUTANT(create_mapping_numa_a_ignores_the_name, "CreateFileMappingNumaA ignores the name",
       PATCH(CreateFileMappingNumaA, nameless_numa_a));
