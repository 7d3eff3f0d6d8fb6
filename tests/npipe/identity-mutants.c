/* Wrong behaviours of impersonation that leave the plain case right. */
#include "npipe-mutants.h"

static BOOL WINAPI left_client_is_nobody(HANDLE pipe)
{
    DWORD error = GetLastError();
    BOOL connected = real(PeekNamedPipe)(pipe, NULL, 0, NULL, NULL, NULL);
    if (!connected && GetLastError() == ERROR_BROKEN_PIPE)
        return fail_with(ERROR_BROKEN_PIPE);
    SetLastError(error);
    return real(ImpersonateNamedPipeClient)(pipe);
}
MUTANT(impersonate_client_must_be_there,
       "ImpersonateNamedPipeClient fails when the client has closed its handle",
       PATCH(ImpersonateNamedPipeClient, left_client_is_nobody));

static unsigned times;

static BOOL WINAPI only_once(HANDLE pipe)
{
    return times++ ? TRUE : real(ImpersonateNamedPipeClient)(pipe);
}
MUTANT(impersonate_client_once_only, "ImpersonateNamedPipeClient does nothing the second time",
       PATCH(ImpersonateNamedPipeClient, only_once));

static DWORD creator;

static HANDLE WINAPI note_creator(CREATE_PIPE_PARAMETERS)
{
    creator = GetCurrentThreadId();
    return CREATE_PIPE;
}

static BOOL WINAPI creator_alone(HANDLE pipe)
{
    return GetCurrentThreadId() != creator || real(ImpersonateNamedPipeClient)(pipe);
}
MUTANT(impersonate_client_is_for_the_creating_thread,
       "ImpersonateNamedPipeClient changes no thread but the one that created the pipe",
       PATCH(CreateNamedPipeW, note_creator), PATCH(ImpersonateNamedPipeClient, creator_alone));
