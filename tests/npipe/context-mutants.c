/* Wrong behaviours, for the tests of context.c: what a server sees of the token of a client. */
#include "npipe-mutants.h"

#include <stdlib.h>

#define SQOS_FLAGS \
    (SECURITY_SQOS_PRESENT | SECURITY_CONTEXT_TRACKING | SECURITY_EFFECTIVE_ONLY | (3U << 16))

static HANDLE client_token; /* of the thread that has opened a pipe with static tracking */

static HANDLE WINAPI notes_token(OPEN_PARAMETERS)
{
    HANDLE client = OPEN;
    DWORD error = GetLastError(), tracking = flags & SQOS_FLAGS;
    if (is_pipe_name(name) && tracking & SECURITY_SQOS_PRESENT &&
        !(tracking & SECURITY_CONTEXT_TRACKING))
        OpenThreadToken(GetCurrentThread(), TOKEN_DUPLICATE | TOKEN_QUERY, TRUE, &client_token);
    SetLastError(error);
    return client;
}

static void take_on(HANDLE token)
{
    HANDLE copy = NULL;
    DWORD error = GetLastError();
    if (DuplicateTokenEx(token, MAXIMUM_ALLOWED, NULL, SecurityImpersonation, TokenImpersonation,
                         &copy)) {
        SetThreadToken(NULL, copy);
        real(CloseHandle)(copy);
    }
    SetLastError(error);
}

static BOOL WINAPI as_it_is_now(HANDLE pipe)
{
    BOOL done = real(ImpersonateNamedPipeClient)(pipe);
    if (done && client_token)
        take_on(client_token);
    return done;
}
MUTANT(impersonate_client_tracks_a_static_one,
       "A client with static tracking is impersonated as its token is now",
       PATCH(CreateFileW, notes_token), PATCH(ImpersonateNamedPipeClient, as_it_is_now));

static HANDLE WINAPI drops_tracking(OPEN_PARAMETERS)
{
    if (is_pipe_name(name) && flags & SECURITY_SQOS_PRESENT)
        flags &= ~(DWORD)SECURITY_CONTEXT_TRACKING;
    return OPEN;
}
MUTANT(npipe_open_ignores_tracking, "CreateFile ignores SECURITY_CONTEXT_TRACKING",
       PATCH(CreateFileW, drops_tracking));

static HANDLE WINAPI names_impersonation(OPEN_PARAMETERS)
{
    if (is_pipe_name(name) && !(flags & SECURITY_SQOS_PRESENT))
        flags |= SECURITY_SQOS_PRESENT | SECURITY_IMPERSONATION;
    return OPEN;
}
MUTANT(impersonate_client_remembers_the_first,
       "A client that says nothing is impersonated as it was when it opened the pipe",
       PATCH(CreateFileW, names_impersonation));

static HANDLE WINAPI drops_effective_only(OPEN_PARAMETERS)
{
    if (is_pipe_name(name) && flags & SECURITY_SQOS_PRESENT)
        flags &= ~(DWORD)SECURITY_EFFECTIVE_ONLY;
    return OPEN;
}
MUTANT(npipe_open_ignores_effective_only, "CreateFile ignores SECURITY_EFFECTIVE_ONLY",
       PATCH(CreateFileW, drops_effective_only));

/* Takes out of the thread's token what is not enabled. */
static void keep_what_is_enabled(void)
{
    HANDLE token = NULL;
    DWORD error = GetLastError(), size = 0;
    if (OpenThreadToken(GetCurrentThread(), TOKEN_QUERY | TOKEN_ADJUST_PRIVILEGES, TRUE, &token)) {
        GetTokenInformation(token, TokenPrivileges, NULL, 0, &size);
        TOKEN_PRIVILEGES *all = calloc(1, size + sizeof(*all));
        GetTokenInformation(token, TokenPrivileges, all, size, &size);
        for (DWORD i = 0; i < all->PrivilegeCount; i++)
            if (!(all->Privileges[i].Attributes & SE_PRIVILEGE_ENABLED))
                all->Privileges[i].Attributes = SE_PRIVILEGE_REMOVED;
        AdjustTokenPrivileges(token, FALSE, all, 0, NULL, NULL);
        free(all);
        real(CloseHandle)(token);
    }
    SetLastError(error);
}

static BOOL WINAPI sees_what_is_enabled(HANDLE pipe)
{
    BOOL done = real(ImpersonateNamedPipeClient)(pipe);
    if (done)
        keep_what_is_enabled();
    return done;
}
MUTANT(impersonate_client_sees_what_is_enabled,
       "Only the enabled privileges of a client are in the token that its server takes on",
       PATCH(ImpersonateNamedPipeClient, sees_what_is_enabled));
