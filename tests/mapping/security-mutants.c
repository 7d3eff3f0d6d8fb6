/* Wrong behaviours, for the tests of security.c: who may have a handle to a file mapping:
 * security attributes, descriptors, and access rights. */
#include "mapping-mutants.h"

#include <sddl.h>
#include <stdlib.h>

static HANDLE WINAPI ignore_inheritance(CREATE_PARAMETERS)
{
    SECURITY_ATTRIBUTES not_inheritable;
    if (security != NULL) {
        not_inheritable = *security;
        not_inheritable.bInheritHandle = FALSE;
        security = &not_inheritable;
    }
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_ignores_inheritance, "CreateFileMapping makes no handle inheritable",
       PATCH(CreateFileMappingW, ignore_inheritance));

static BOOL WINAPI stray_flag(HANDLE handle, DWORD *flags)
{
    BOOL got = real(GetHandleInformation)(handle, flags);
    if (got && *flags == 0 && is_mapping(GetCurrentProcess(), handle))
        *flags = HANDLE_FLAG_PROTECT_FROM_CLOSE;
    return got;
}
MUTANT(get_mapping_flags_says_protected,
       "GetHandleInformation calls the handle of a mapping without flags protected",
       PATCH(GetHandleInformation, stray_flag));

static HANDLE WINAPI inheritable_with_attributes(CREATE_PARAMETERS)
{
    SECURITY_ATTRIBUTES with;
    if (security != NULL && security->lpSecurityDescriptor == NULL) {
        with = *security;
        with.bInheritHandle = TRUE;
        security = &with;
    }
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_with_attributes_is_inheritable,
       "CreateFileMapping takes any security attributes for a wish to inherit",
       PATCH(CreateFileMappingW, inheritable_with_attributes));

static HANDLE WINAPI default_descriptor(CREATE_PARAMETERS)
{
    SECURITY_ATTRIBUTES without;
    if (security != NULL && security->lpSecurityDescriptor != NULL) {
        without = *security;
        without.lpSecurityDescriptor = NULL;
        security = &without;
    }
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_ignores_the_descriptor,
       "CreateFileMapping gives every object the default security descriptor",
       PATCH(CreateFileMappingW, default_descriptor));

static HANDLE WINAPI check_the_creator(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    if (mapping == NULL || name == NULL || error != ERROR_SUCCESS || security == NULL ||
        security->lpSecurityDescriptor == NULL)
        return mapping;
    HANDLE checked = real(OpenFileMappingW)(FILE_MAP_WRITE | FILE_MAP_READ, FALSE, name);
    if (checked == NULL)
        checked = real(OpenFileMappingW)(READ_CONTROL, FALSE, name);
    if (checked != NULL) {
        real(CloseHandle)(mapping);
        mapping = checked;
    }
    SetLastError(error);
    return mapping;
}
MUTANT(create_mapping_checks_the_creator,
       "CreateFileMapping gives the creator what the descriptor grants",
       PATCH(CreateFileMappingW, check_the_creator));

static HANDLE WINAPI read_only_handle(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    HANDLE less;
    if (mapping != NULL && error == ERROR_SUCCESS && name != NULL && protect == PAGE_READWRITE &&
        real(DuplicateHandle)(GetCurrentProcess(), mapping, GetCurrentProcess(), &less,
                              FILE_MAP_READ | FILE_MAP_WRITE,
                              security != NULL && security->bInheritHandle, 0)) {
        real(CloseHandle)(mapping);
        mapping = less;
    }
    SetLastError(error);
    return mapping;
}
MUTANT(create_mapping_gives_no_standard_rights,
       "The handle to a new named object has FILE_MAP_READ and FILE_MAP_WRITE alone",
       PATCH(CreateFileMappingW, read_only_handle));

static HANDLE WINAPI open_list(CREATE_PARAMETERS)
{
    SECURITY_DESCRIPTOR everybody;
    SECURITY_ATTRIBUTES with = {.nLength = sizeof(with), .lpSecurityDescriptor = &everybody};
    if (name == NULL || (security != NULL && security->lpSecurityDescriptor != NULL))
        return real(CreateFileMappingW)(CREATE_ARGUMENTS);
    InitializeSecurityDescriptor(&everybody, SECURITY_DESCRIPTOR_REVISION);
    SetSecurityDescriptorDacl(&everybody, TRUE, NULL, FALSE);
    with.bInheritHandle = security != NULL && security->bInheritHandle;
    security = &with;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_by_default_lets_everybody_in,
       "The default security descriptor of a named object has a NULL access control list",
       PATCH(CreateFileMappingW, open_list));

static HANDLE WINAPI take_null_for_default(CREATE_PARAMETERS)
{
    SECURITY_ATTRIBUTES without;
    BOOL present = FALSE, defaulted;
    ACL *list = NULL;
    if (security != NULL && security->lpSecurityDescriptor != NULL &&
        GetSecurityDescriptorDacl(security->lpSecurityDescriptor, &present, &list, &defaulted) &&
        present && list == NULL) {
        without = *security;
        without.lpSecurityDescriptor = NULL;
        security = &without;
    }
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_takes_a_null_list_for_none,
       "CreateFileMapping takes a NULL access control list for the default one",
       PATCH(CreateFileMappingW, take_null_for_default));

static HANDLE created;

static HANDLE WINAPI note_created(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping != NULL && name != NULL && GetLastError() == ERROR_SUCCESS)
        created = mapping;
    return mapping;
}

static HANDLE WINAPI never_denied(OPEN_PARAMETERS)
{
    HANDLE mapping = real(OpenFileMappingW)(access, inherit, name);
    if (mapping == NULL && GetLastError() == ERROR_ACCESS_DENIED &&
        !real(DuplicateHandle)(GetCurrentProcess(), created, GetCurrentProcess(), &mapping, 0,
                               inherit, DUPLICATE_SAME_ACCESS))
        mapping = NULL;
    return mapping;
}
MUTANT(open_mapping_ignores_the_descriptor,
       "OpenFileMapping gives a handle whatever the security descriptor says",
       PATCH(CreateFileMappingW, note_created), PATCH(OpenFileMappingW, never_denied));

static HANDLE WINAPI misreport_denied(OPEN_PARAMETERS)
{
    HANDLE mapping = real(OpenFileMappingW)(access, inherit, name);
    if (mapping == NULL && GetLastError() == ERROR_ACCESS_DENIED)
        SetLastError(ERROR_FILE_NOT_FOUND);
    return mapping;
}
MUTANT(open_mapping_denied_is_not_found,
       "OpenFileMapping fails with ERROR_FILE_NOT_FOUND when the security descriptor denies",
       PATCH(OpenFileMappingW, misreport_denied));

static HANDLE WINAPI create_never_denied(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping != NULL && name != NULL && GetLastError() == ERROR_SUCCESS)
        created = mapping;
    if (mapping == NULL && name != NULL && GetLastError() == ERROR_ACCESS_DENIED &&
        file == INVALID_HANDLE_VALUE && created != NULL) {
        real(DuplicateHandle)(GetCurrentProcess(), created, GetCurrentProcess(), &mapping, 0, FALSE,
                              DUPLICATE_SAME_ACCESS);
        SetLastError(ERROR_ALREADY_EXISTS);
    }
    return mapping;
}
MUTANT(create_mapping_opens_against_the_descriptor,
       "CreateFileMapping opens an object that exists whatever its security descriptor says",
       PATCH(CreateFileMappingW, create_never_denied));

static HANDLE WINAPI set_descriptor_again(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    HANDLE writing;
    if (mapping == NULL || GetLastError() != ERROR_ALREADY_EXISTS)
        return mapping;
    writing = real(OpenFileMappingW)(WRITE_DAC, FALSE, name);
    if (writing != NULL && security != NULL && security->lpSecurityDescriptor != NULL)
        SetKernelObjectSecurity(writing, DACL_SECURITY_INFORMATION, security->lpSecurityDescriptor);
    if (writing != NULL)
        real(CloseHandle)(writing);
    SetLastError(ERROR_ALREADY_EXISTS);
    return mapping;
}
MUTANT(create_mapping_changes_the_descriptor_of_what_existed,
       "CreateFileMapping gives an object that exists the security descriptor of the call",
       PATCH(CreateFileMappingW, set_descriptor_again));

static HANDLE WINAPI only_rights_of_its_own(OPEN_PARAMETERS)
{
    if (access & (STANDARD_RIGHTS_REQUIRED | SYNCHRONIZE) && !(access & FILE_MAP_READ))
        return refuse(ERROR_ACCESS_DENIED);
    return real(OpenFileMappingW)(access, inherit, name);
}
MUTANT(open_mapping_knows_no_standard_rights,
       "OpenFileMapping refuses the standard access rights alone",
       PATCH(OpenFileMappingW, only_rights_of_its_own));

static DWORD WINAPI always_signaled(HANDLE handle, DWORD milliseconds)
{
    DWORD result = real(WaitForSingleObject)(handle, milliseconds);
    return result == WAIT_FAILED ? WAIT_OBJECT_0 : result;
}
MUTANT(mapping_is_always_signaled, "WaitForSingleObject on what cannot be waited for succeeds",
       PATCH(WaitForSingleObject, always_signaled));
