/* Ids of processes that are right for the first client and while it runs. */
#include "npipe-mutants.h"

#define ID_PARAMETERS HANDLE pipe, PULONG id

static HANDLE first;

static HANDLE WINAPI notes_first(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    if (!first && server != INVALID_HANDLE_VALUE)
        first = server;
    return server;
}

static BOOL WINAPI of_the_first_instance(ID_PARAMETERS)
{
    return (first && real(GetNamedPipeClientProcessId)(first, id)) ||
           real(GetNamedPipeClientProcessId)(pipe, id);
}
MUTANT(npipe_client_id_is_of_the_first_instance,
       "GetNamedPipeClientProcessId tells the client of a pipe's first instance",
       PATCH(CreateNamedPipeW, notes_first),
       PATCH(GetNamedPipeClientProcessId, of_the_first_instance));

static BOOL WINAPI of_the_first_client(ID_PARAMETERS)
{
    static HANDLE asked;
    static ULONG told;
    BOOL got = real(GetNamedPipeClientProcessId)(pipe, id);
    if (got && asked == pipe) {
        *id = told;
    } else if (got) {
        asked = pipe;
        told = *id;
    }
    return got;
}
MUTANT(npipe_client_id_stays,
       "GetNamedPipeClientProcessId tells of the next client what it has told of the last",
       PATCH(GetNamedPipeClientProcessId, of_the_first_client));

static bool is_running(DWORD id)
{
    DWORD error = GetLastError();
    HANDLE process = real(OpenProcess)(SYNCHRONIZE, FALSE, id);
    bool running = process && real(WaitForSingleObject)(process, 0) == WAIT_TIMEOUT;
    if (process)
        real(CloseHandle)(process);
    SetLastError(error);
    return running;
}

static BOOL WINAPI of_a_running_client(ID_PARAMETERS)
{
    BOOL got = real(GetNamedPipeClientProcessId)(pipe, id);
    return got && !is_running(*id) ? fail_with(ERROR_NOT_FOUND) : got;
}
MUTANT(npipe_client_id_goes_with_its_process,
       "GetNamedPipeClientProcessId fails when the client's process has ended",
       PATCH(GetNamedPipeClientProcessId, of_a_running_client));

static BOOL WINAPI of_own_clients(ID_PARAMETERS)
{
    ULONG client = GetCurrentProcessId();
    real(GetNamedPipeClientProcessId)(pipe, &client);
    if (client != GetCurrentProcessId())
        return fail_with(ERROR_NOT_FOUND);
    return real(GetNamedPipeClientSessionId)(pipe, id);
}
MUTANT(npipe_client_session_of_the_own_process,
       "GetNamedPipeClientSessionId knows no session of a client in another process",
       PATCH(GetNamedPipeClientSessionId, of_own_clients));
