/* Wrong behaviours, for the tests of descriptor.c: security descriptors of file mappings. */
#include "mapping-mutants.h"

/* An object with the default descriptor of the process, whatever token the thread has. */
static HANDLE WINAPI process_s_default(CREATE_PARAMETERS)
{
    HANDLE token = NULL;
    if (security == NULL && OpenThreadToken(GetCurrentThread(), TOKEN_IMPERSONATE, TRUE, &token)) {
        real(RevertToSelf)();
        HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
        DWORD error = GetLastError();
        SetThreadToken(NULL, token);
        real(CloseHandle)(token);
        SetLastError(error);
        return mapping;
    }
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_knows_no_impersonation,
       "CreateFileMapping takes the default descriptor from the token of the process",
       PATCH(CreateFileMappingW, process_s_default));

/* What the creator may have had, as if nobody had changed the descriptor since. */
static HANDLE created;

static HANDLE WINAPI note_created(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping != NULL && name != NULL && security == NULL)
        created = mapping;
    return mapping;
}

static HANDLE WINAPI open_as_created(OPEN_PARAMETERS)
{
    HANDLE mapping = real(OpenFileMappingW)(access, inherit, name);
    if (mapping == NULL && GetLastError() == ERROR_ACCESS_DENIED && created != NULL)
        real(DuplicateHandle)(GetCurrentProcess(), created, GetCurrentProcess(), &mapping, access,
                              inherit, 0);
    return mapping;
}
MUTANT(open_mapping_goes_by_the_first_descriptor,
       "OpenFileMapping takes no notice of a descriptor that was set later",
       PATCH(CreateFileMappingW, note_created), PATCH(OpenFileMappingW, open_as_created));
