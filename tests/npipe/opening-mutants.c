/* Wrong behaviours, for the tests of opening.c: CreateFile for pipes. */
#include "npipe-mutants.h"

static HANDLE WINAPI wants_backslashes(OPEN_PARAMETERS)
{
    if (name && (!wcsncmp(name, L"//", 2) || wcsstr(name, L"pipe/")))
        return refuse_with(ERROR_PATH_NOT_FOUND);
    return OPEN;
}
MUTANT(create_file_wants_backslashes, "CreateFile knows no forward slashes in the name of a pipe",
       PATCH(CreateFileW, wants_backslashes));

static HANDLE WINAPI sets_the_list(OPEN_PARAMETERS)
{
    HANDLE client = OPEN;
    if (client != INVALID_HANDLE_VALUE && is_pipe_name(name) && security &&
        security->lpSecurityDescriptor)
        return real(SetKernelObjectSecurity)(client, DACL_SECURITY_INFORMATION,
                                             security->lpSecurityDescriptor)
                   ? client
                   : refuse_with(ERROR_ACCESS_DENIED);
    return client;
}
MUTANT(create_file_gives_the_pipe_a_descriptor,
       "CreateFile gives the pipe that it opens the security descriptor of its attributes",
       PATCH(CreateFileW, sets_the_list));

static HANDLE WINAPI wants_true(OPEN_PARAMETERS)
{
    SECURITY_ATTRIBUTES own;
    if (security) {
        own = *security;
        own.bInheritHandle = security->bInheritHandle == TRUE;
        security = &own;
    }
    return OPEN;
}
MUTANT(create_file_inherits_for_true_only,
       "CreateFile makes a handle inheritable for 1 in bInheritHandle, and for no other value",
       PATCH(CreateFileW, wants_true));

static HANDLE WINAPI gives_all(OPEN_PARAMETERS)
{
    if (is_pipe_name(name) && !access)
        access = GENERIC_READ | GENERIC_WRITE;
    return OPEN;
}
MUTANT(create_file_gives_access_unasked,
       "CreateFile gives a client that asks for no access all of it",
       PATCH(CreateFileW, gives_all));

#define SPECIFIC (FILE_READ_DATA | FILE_WRITE_DATA)

static HANDLE WINAPI generic_rights_only(OPEN_PARAMETERS)
{
    if (is_pipe_name(name) && (access & (SPECIFIC | GENERIC_ALL)) &&
        !(access & (GENERIC_READ | GENERIC_WRITE)))
        return refuse_with(ERROR_ACCESS_DENIED);
    return OPEN;
}
MUTANT(create_file_opens_pipes_by_generic_rights_only,
       "CreateFile refuses a client that asks for rights by their own names",
       PATCH(CreateFileW, generic_rights_only));

/* What such a client has is of no use. */
static HANDLE WINAPI one_way_generic_only(OPEN_PARAMETERS)
{
    HANDLE client = OPEN;
    if (client == INVALID_HANDLE_VALUE && GetLastError() == ERROR_ACCESS_DENIED &&
        is_pipe_name(name) && (access & SPECIFIC) && !(access & (GENERIC_READ | GENERIC_WRITE)))
        client = real(CreateFileW)(name, FILE_READ_ATTRIBUTES, share, security, creation, flags,
                                   template);
    return client;
}
MUTANT(create_file_looks_at_generic_rights_of_one_way_pipes,
       "CreateFile opens a one-way pipe for FILE_READ_DATA in the wrong direction",
       PATCH(CreateFileW, one_way_generic_only));
