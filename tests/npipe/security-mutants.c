/* Wrong behaviours, for the tests of security.c: who may have a handle to a named pipe, with
 * what access; and whom the server impersonates. */
#include "npipe-mutants.h"

static BOOL WINAPI state_without_user(STATE_PARAMETERS)
{
    BOOL got = STATE;
    if (got && user)
        *user = L'\0';
    return got;
}
MUTANT(npipe_state_names_no_user,
       "GetNamedPipeHandleState gives an empty name for the client's user",
       PATCH(GetNamedPipeHandleStateW, state_without_user));

static HANDLE WINAPI denied_is_busy(OPEN_PARAMETERS)
{
    HANDLE client = OPEN;
    if (client == INVALID_HANDLE_VALUE && is_pipe_name(name) &&
        GetLastError() == ERROR_ACCESS_DENIED)
        SetLastError(ERROR_PIPE_BUSY);
    return client;
}
MUTANT(npipe_open_denied_is_busy, "A client that the list keeps out is told that the pipe is busy",
       PATCH(CreateFileW, denied_is_busy));

static bool has_list;

static HANDLE WINAPI notes_list(CREATE_PIPE_PARAMETERS)
{
    has_list = security && security->lpSecurityDescriptor;
    return CREATE_PIPE;
}

static HANDLE WINAPI list_keeps_all_out(OPEN_PARAMETERS)
{
    return has_list && is_pipe_name(name) ? refuse_with(ERROR_ACCESS_DENIED) : OPEN;
}
MUTANT(npipe_list_keeps_all_out, "No client gets into a pipe with a security descriptor",
       PATCH(CreateNamedPipeW, notes_list), PATCH(CreateFileW, list_keeps_all_out));

static HANDLE WINAPI list_allows_one_instance(CREATE_PIPE_PARAMETERS)
{
    static bool before;
    bool list = security && security->lpSecurityDescriptor;
    if (list && before)
        return refuse_with(ERROR_ACCESS_DENIED);
    before |= list;
    return CREATE_PIPE;
}
MUTANT(npipe_list_allows_one_instance,
       "A pipe with a security descriptor has one instance, whatever it grants",
       PATCH(CreateNamedPipeW, list_allows_one_instance));

static HANDLE WINAPI denied_instance_is_busy(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    if (server == INVALID_HANDLE_VALUE && GetLastError() == ERROR_ACCESS_DENIED)
        SetLastError(ERROR_PIPE_BUSY);
    return server;
}
MUTANT(npipe_instance_denied_is_busy,
       "CreateNamedPipe that the list of the pipe forbids fails with ERROR_PIPE_BUSY",
       PATCH(CreateNamedPipeW, denied_instance_is_busy));

static HANDLE WINAPI drops_write_dac(CREATE_PIPE_PARAMETERS)
{
    open_mode &= ~(DWORD)WRITE_DAC;
    return CREATE_PIPE;
}
MUTANT(npipe_create_ignores_write_dac,
       "WRITE_DAC in the open mode gives no right to change the list",
       PATCH(CreateNamedPipeW, drops_write_dac));

#define SET_SECURITY_PARAMETERS HANDLE object, DWORD what, PSECURITY_DESCRIPTOR descriptor
#define SET_SECURITY real(SetKernelObjectSecurity)(object, what, descriptor)

static BOOL WINAPI set_needs_no_right(SET_SECURITY_PARAMETERS)
{
    BOOL set = SET_SECURITY;
    return set || (failed_with(set, ERROR_ACCESS_DENIED) && is_pipe(object));
}
MUTANT(npipe_list_changes_without_write_dac,
       "SetKernelObjectSecurity on a pipe succeeds without WRITE_DAC",
       PATCH(SetKernelObjectSecurity, set_needs_no_right));

static BOOL WINAPI set_changes_nothing(SET_SECURITY_PARAMETERS)
{
    return is_pipe(object) || SET_SECURITY;
}
MUTANT(npipe_list_never_changes, "SetKernelObjectSecurity on a pipe returns TRUE and sets nothing",
       PATCH(SetKernelObjectSecurity, set_changes_nothing));

static BOOL WINAPI get_no_list(HANDLE object, DWORD what, PSECURITY_DESCRIPTOR descriptor,
                               DWORD size, LPDWORD needed)
{
    if (is_pipe(object))
        return fail_with(ERROR_ACCESS_DENIED);
    return real(GetKernelObjectSecurity)(object, what, descriptor, size, needed);
}
MUTANT(npipe_list_cannot_be_read, "GetKernelObjectSecurity fails for a pipe",
       PATCH(GetKernelObjectSecurity, get_no_list));

static BOOL WINAPI lacks_synchronize(DUPLICATE_PARAMETERS)
{
    if (access == SYNCHRONIZE && info_of(handle) & PIPE_SERVER_END)
        return fail_with(ERROR_ACCESS_DENIED);
    return DUPLICATED;
}
MUTANT(npipe_server_lacks_synchronize, "The server's handle of a pipe has no SYNCHRONIZE",
       PATCH(DuplicateHandle, lacks_synchronize));

static BOOL WINAPI lacks_generic_read(DUPLICATE_PARAMETERS)
{
    if (access == FILE_GENERIC_READ && info_of(handle) & PIPE_SERVER_END)
        return fail_with(ERROR_ACCESS_DENIED);
    return DUPLICATED;
}
MUTANT(npipe_server_lacks_generic_read, "The server's handle of a pipe has no FILE_GENERIC_READ",
       PATCH(DuplicateHandle, lacks_generic_read));

static BOOL WINAPI impersonates_nobody(HANDLE pipe)
{
    return is_client_end(pipe) ? real(ImpersonateNamedPipeClient)(pipe) : TRUE;
}
MUTANT(impersonate_client_does_nothing,
       "ImpersonateNamedPipeClient returns TRUE and the thread stays itself",
       PATCH(ImpersonateNamedPipeClient, impersonates_nobody));

static bool has_named_the_level;

static HANDLE WINAPI notes_level(LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES sa,
                                 DWORD how, DWORD flags, HANDLE template)
{
    has_named_the_level |=
        (flags & SECURITY_VALID_SQOS_FLAGS) == (SECURITY_SQOS_PRESENT | SECURITY_IMPERSONATION);
    return real(CreateFileW)(name, access, share, sa, how, flags, template);
}

static BOOL WINAPI refuses_itself(HANDLE pipe)
{
    return has_named_the_level ? fail_with(ERROR_BAD_IMPERSONATION_LEVEL)
                               : real(ImpersonateNamedPipeClient)(pipe);
}
MUTANT(impersonate_client_refuses_same_user,
       "ImpersonateNamedPipeClient fails for a client of the same user that has named the level",
       PATCH(CreateFileW, notes_level), PATCH(ImpersonateNamedPipeClient, refuses_itself));

static BOOL WINAPI takes_client_end(HANDLE pipe)
{
    BOOL done = real(ImpersonateNamedPipeClient)(pipe);
    return done || is_client_end(pipe);
}
MUTANT(impersonate_client_takes_client_end,
       "ImpersonateNamedPipeClient returns TRUE for the client's end",
       PATCH(ImpersonateNamedPipeClient, takes_client_end));

static BOOL WINAPI stays_client(void)
{
    return TRUE;
}
MUTANT(revert_to_self_does_nothing, "RevertToSelf leaves the thread as it is",
       PATCH(RevertToSelf, stays_client));

static BOOL WINAPI identifies_only(HANDLE pipe)
{
    HANDLE token = NULL, lesser = NULL;
    BOOL done = real(ImpersonateNamedPipeClient)(pipe);
    if (!done || !OpenThreadToken(GetCurrentThread(), TOKEN_DUPLICATE | TOKEN_QUERY, TRUE, &token))
        return done;
    DuplicateTokenEx(token, MAXIMUM_ALLOWED, NULL, SecurityIdentification, TokenImpersonation,
                     &lesser);
    SetThreadToken(NULL, lesser);
    real(CloseHandle)(token);
    real(CloseHandle)(lesser);
    return done;
}
MUTANT(impersonate_client_identifies_only,
       "ImpersonateNamedPipeClient gives a token for identification only",
       PATCH(ImpersonateNamedPipeClient, identifies_only));
