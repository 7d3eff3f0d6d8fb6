/* Wrong behaviours, for the tests of processes.c: named pipes between processes: several clients
 * at once, ends that are killed, who is there. */
#include "npipe-mutants.h"

static HANDLE WINAPI other_process_refused(OPEN_PARAMETERS)
{
    ULONG server = 0;
    HANDLE client = OPEN;
    if (client != INVALID_HANDLE_VALUE && is_pipe_name(name) &&
        real(GetNamedPipeServerProcessId)(client, &server) && server != GetCurrentProcessId()) {
        real(CloseHandle)(client);
        return refuse_with(ERROR_ACCESS_DENIED);
    }
    return client;
}
MUTANT(npipe_other_process_refused, "Only the process that created a pipe can open it",
       PATCH(CreateFileW, other_process_refused));

static BOOL WINAPI end_of_pipe_is_empty(READ_PARAMETERS)
{
    BOOL read = READ;
    return read || failed_with(read, ERROR_BROKEN_PIPE);
}
MUTANT(npipe_end_of_pipe_is_empty,
       "A read after the other end has gone gets no bytes, without error",
       PATCH(ReadFile, end_of_pipe_is_empty));

static HANDLE first_two[2];

static HANDLE WINAPI instances_noted(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    first_two[first_two[0] ? 1 : 0] = server;
    return server;
}

static BOOL WINAPI instances_swapped(WRITE_PARAMETERS)
{
    if (first_two[1] && end == first_two[0])
        end = first_two[1];
    else if (first_two[1] && end == first_two[1])
        end = first_two[0];
    return WRITE;
}
MUTANT(npipe_instances_swapped, "What is written to one instance arrives at the client of another",
       PATCH(CreateNamedPipeW, instances_noted), PATCH(WriteFile, instances_swapped));

static BOOL WINAPI client_is_this_process(HANDLE pipe, PULONG id)
{
    BOOL got = real(GetNamedPipeClientProcessId)(pipe, id);
    if (got && pipe == connecting.server && connecting.operation)
        *id = GetCurrentProcessId();
    return got;
}
MUTANT(npipe_client_is_this_process,
       "GetNamedPipeClientProcessId gives the caller when the client was waited for with an "
       "OVERLAPPED",
       PATCH(ConnectNamedPipe, notes_connect),
       PATCH(GetNamedPipeClientProcessId, client_is_this_process));

static BOOL WINAPI server_is_client(HANDLE pipe, PULONG id)
{
    return real(GetNamedPipeClientProcessId)(pipe, id);
}
MUTANT(npipe_server_is_client, "GetNamedPipeServerProcessId gives the client",
       PATCH(GetNamedPipeServerProcessId, server_is_client));
