/* Wrong behaviours, for the tests of levels.c: ImpersonateNamedPipeClient. */
#include "npipe-mutants.h"

static SECURITY_IMPERSONATION_LEVEL own_level(void)
{
    SECURITY_IMPERSONATION_LEVEL level = SecurityAnonymous;
    DWORD size = 0;
    HANDLE token = NULL;
    if (OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token)) {
        GetTokenInformation(token, TokenImpersonationLevel, &level, sizeof(level), &size);
        real(CloseHandle)(token);
    }
    return level;
}

static void take_level(SECURITY_IMPERSONATION_LEVEL level)
{
    DWORD error = GetLastError();
    HANDLE token = NULL, copy = NULL;
    if (OpenProcessToken(GetCurrentProcess(), TOKEN_DUPLICATE, &token) &&
        DuplicateTokenEx(token, TOKEN_ALL_ACCESS, NULL, level, TokenImpersonation, &copy))
        SetThreadToken(NULL, copy);
    SetLastError(error);
}

static BOOL WINAPI at_the_first_level(HANDLE server)
{
    static HANDLE asked;
    static SECURITY_IMPERSONATION_LEVEL level;
    BOOL impersonates = real(ImpersonateNamedPipeClient)(server);
    if (impersonates && asked == server) {
        take_level(level);
    } else if (impersonates) {
        asked = server;
        level = own_level();
    }
    return impersonates;
}
MUTANT(impersonation_level_stays_of_an_instance,
       "ImpersonateNamedPipeClient takes the level of the first client of an instance",
       PATCH(ImpersonateNamedPipeClient, at_the_first_level));

static SECURITY_IMPERSONATION_LEVEL newest;
static unsigned named; /* clients that have named a level */

static HANDLE WINAPI notes_level(OPEN_PARAMETERS)
{
    if (is_pipe_name(name) && (flags & SECURITY_SQOS_PRESENT)) {
        newest = (SECURITY_IMPERSONATION_LEVEL)(flags >> 16 & 3);
        named++;
    }
    return OPEN;
}

static BOOL WINAPI at_the_newest_level(HANDLE server)
{
    BOOL impersonates = real(ImpersonateNamedPipeClient)(server);
    if (impersonates && named > 1)
        take_level(newest);
    return impersonates;
}
MUTANT(impersonation_level_is_of_the_newest_client,
       "ImpersonateNamedPipeClient takes the level that was named last, by whichever client",
       PATCH(CreateFileW, notes_level), PATCH(ImpersonateNamedPipeClient, at_the_newest_level));
