/* Wrong behaviours, for the tests of elsewhere.c: instances that only their own process sees. */
#include "npipe-mutants.h"

static WCHAR own_name[MAX_PATH]; /* of the last pipe that this process has created */
static DWORD created;

static bool is_own(const WCHAR *name)
{
    return is_pipe_name(name) && !_wcsicmp(name, own_name);
}

static HANDLE WINAPI notes_name(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    if (server != INVALID_HANDLE_VALUE && name && wcslen(name) < MAX_PATH) {
        wcscpy(own_name, name);
        created++;
    }
    return server;
}

static HANDLE WINAPI is_first_here(CREATE_PIPE_PARAMETERS)
{
    if (!is_own(name))
        open_mode &= ~(DWORD)FILE_FLAG_FIRST_PIPE_INSTANCE;
    return notes_name(name, open_mode, pipe_mode, instances, out_size, in_size, time_out, security);
}
MUTANT(npipe_first_instance_is_of_the_process,
       "FILE_FLAG_FIRST_PIPE_INSTANCE does not see the instances of other processes",
       PATCH(CreateNamedPipeW, is_first_here));

/* A pipe of another name stands for the instance that is one too many. */
static HANDLE WINAPI has_room(CREATE_PIPE_PARAMETERS)
{
    HANDLE server =
        notes_name(name, open_mode, pipe_mode, instances, out_size, in_size, time_out, security);
    if (server != INVALID_HANDLE_VALUE || GetLastError() != ERROR_PIPE_BUSY || is_own(name))
        return server;
    WCHAR other[MAX_PATH + 8];
    wcscpy(other, name);
    wcscat(other, L".extra");
    return real(CreateNamedPipeW)(other, open_mode, pipe_mode, instances, out_size, in_size,
                                  time_out, security);
}
MUTANT(npipe_limit_is_of_the_process, "The limit of instances is one of each process",
       PATCH(CreateNamedPipeW, has_room));

static BOOL WINAPI counts_own(STATE_PARAMETERS)
{
    BOOL got = STATE;
    if (got && instances && created && *instances > created)
        *instances = created;
    return got;
}
MUTANT(npipe_state_counts_own_instances,
       "GetNamedPipeHandleState counts the instances of the calling process",
       PATCH(CreateNamedPipeW, notes_name), PATCH(GetNamedPipeHandleStateW, counts_own));

static HANDLE WINAPI finds_own(OPEN_PARAMETERS)
{
    HANDLE client = OPEN;
    DWORD error = GetLastError();
    ULONG id = GetCurrentProcessId();
    if (client != INVALID_HANDLE_VALUE && is_own(name) &&
        real(GetNamedPipeServerProcessId)(client, &id) && id != GetCurrentProcessId()) {
        real(CloseHandle)(client);
        return refuse_with(ERROR_PIPE_BUSY);
    }
    SetLastError(error);
    return client;
}
MUTANT(npipe_client_finds_own_instances_only,
       "A process that has an instance of a pipe is not connected to those of other processes",
       PATCH(CreateNamedPipeW, notes_name), PATCH(CreateFileW, finds_own));
