/* Wrong behaviours of functions in particular states of an end. */
#include "npipe-mutants.h"

/* What PeekNamedPipe fails with tells the states apart; 0 of a connected end. */
static DWORD state_of(HANDLE end)
{
    DWORD error = GetLastError();
    BOOL connected = real(PeekNamedPipe)(end, NULL, 0, NULL, NULL, NULL);
    DWORD state = connected ? 0 : GetLastError();
    SetLastError(error);
    return state;
}

static bool is_left_asked(HANDLE end)
{
    return state_of(end) == ERROR_BROKEN_PIPE;
}

static bool is_cut_off(HANDLE client)
{
    return state_of(client) == ERROR_PIPE_NOT_CONNECTED;
}

/* ---- Queries */

#define INFO_PARAMETERS HANDLE pipe, LPDWORD flags, LPDWORD out_size, LPDWORD in_size, LPDWORD limit
#define INFO real(GetNamedPipeInfo)(pipe, flags, out_size, in_size, limit)

static BOOL WINAPI info_wants_a_peer(INFO_PARAMETERS)
{
    return is_left_asked(pipe) ? fail_with(ERROR_BROKEN_PIPE) : INFO;
}
MUTANT(npipe_info_wants_a_peer, "GetNamedPipeInfo fails when the other end is closed",
       PATCH(GetNamedPipeInfo, info_wants_a_peer));

static BOOL WINAPI info_of_cut_off(INFO_PARAMETERS)
{
    return INFO || is_cut_off(pipe);
}
MUTANT(npipe_info_of_a_client_cut_off, "GetNamedPipeInfo succeeds for a client that was cut off",
       PATCH(GetNamedPipeInfo, info_of_cut_off));

static BOOL WINAPI state_of_cut_off(STATE_PARAMETERS)
{
    return real(GetNamedPipeHandleStateW)(pipe, state, instances, count, time_out, user,
                                          user_size) ||
           is_cut_off(pipe);
}
MUTANT(npipe_state_of_a_client_cut_off,
       "GetNamedPipeHandleState succeeds for a client that was cut off",
       PATCH(GetNamedPipeHandleStateW, state_of_cut_off));

static BOOL WINAPI mode_of_cut_off(HANDLE pipe, LPDWORD mode, LPDWORD count, LPDWORD time_out)
{
    return real(SetNamedPipeHandleState)(pipe, mode, count, time_out) || is_cut_off(pipe);
}
MUTANT(npipe_mode_of_a_client_cut_off,
       "SetNamedPipeHandleState succeeds for a client that was cut off",
       PATCH(SetNamedPipeHandleState, mode_of_cut_off));

static BOOL WINAPI flush_of_cut_off(HANDLE file)
{
    return real(FlushFileBuffers)(file) || is_cut_off(file);
}
MUTANT(npipe_flush_of_a_client_cut_off, "FlushFileBuffers succeeds for a client that was cut off",
       PATCH(FlushFileBuffers, flush_of_cut_off));

static BOOL WINAPI flush_wants_a_peer(HANDLE file)
{
    return is_left_asked(file) ? fail_with(ERROR_BROKEN_PIPE) : real(FlushFileBuffers)(file);
}
MUTANT(npipe_flush_wants_a_peer,
       "FlushFileBuffers fails when the other end is closed, though nothing is unread",
       PATCH(FlushFileBuffers, flush_wants_a_peer));

/* ---- Data */

static bool disconnected;

static BOOL WINAPI note_disconnect(HANDLE pipe)
{
    return disconnected = real(DisconnectNamedPipe)(pipe);
}

static BOOL WINAPI peek_of_disconnected(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    return failed_with(peeked, ERROR_BAD_PIPE) && disconnected ? fail_with(ERROR_PIPE_NOT_CONNECTED)
                                                               : peeked;
}
MUTANT(npipe_peek_of_a_disconnected_server_is_not_connected,
       "PeekNamedPipe of a disconnected instance fails with ERROR_PIPE_NOT_CONNECTED",
       PATCH(DisconnectNamedPipe, note_disconnect), PATCH(PeekNamedPipe, peek_of_disconnected));

static BOOL WINAPI read_of_disconnected(READ_PARAMETERS)
{
    BOOL read = READ;
    return failed_with(read, ERROR_PIPE_NOT_CONNECTED) && !is_cut_off(end)
               ? fail_with(ERROR_PIPE_LISTENING)
               : read;
}
MUTANT(npipe_read_of_a_disconnected_server_is_listening,
       "ReadFile of a disconnected instance fails with ERROR_PIPE_LISTENING",
       PATCH(ReadFile, read_of_disconnected));

static BOOL WINAPI write_before_client(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    return failed_with(wrote, ERROR_PIPE_LISTENING) ? fail_with(ERROR_PIPE_NOT_CONNECTED) : wrote;
}
MUTANT(npipe_write_before_a_client_is_not_connected,
       "WriteFile to an instance without a client fails with ERROR_PIPE_NOT_CONNECTED",
       PATCH(WriteFile, write_before_client));

#define ASKED_TRANSACT_PARAMETERS                                                     \
    HANDLE pipe, LPVOID request, DWORD length, LPVOID reply, DWORD size, LPDWORD got, \
        LPOVERLAPPED overlapped
#define ASKED_TRANSACT real(TransactNamedPipe)(pipe, request, length, reply, size, got, overlapped)

static BOOL WINAPI transact_of_left(ASKED_TRANSACT_PARAMETERS)
{
    BOOL done = ASKED_TRANSACT;
    return failed_with(done, ERROR_BAD_PIPE) && is_left_asked(pipe) ? fail_with(ERROR_BROKEN_PIPE)
                                                                    : done;
}
MUTANT(npipe_transact_of_left_is_broken,
       "TransactNamedPipe fails with ERROR_BROKEN_PIPE when the other end is closed",
       PATCH(TransactNamedPipe, transact_of_left));

/* ---- Ids */

#define ID_PARAMETERS HANDLE pipe, PULONG id

static BOOL WINAPI left_by_client(ID_PARAMETERS)
{
    BOOL told = real(GetNamedPipeClientProcessId)(pipe, id);
    return told && !is_client_end(pipe) && is_left_asked(pipe) && *id == GetCurrentProcessId()
               ? fail_with(ERROR_NOT_FOUND)
               : told;
}
MUTANT(npipe_client_process_is_forgotten,
       "GetNamedPipeClientProcessId fails when a client in the same process has gone",
       PATCH(GetNamedPipeClientProcessId, left_by_client));

static BOOL WINAPI left_by_server(ID_PARAMETERS)
{
    return is_client_end(pipe) && is_left_asked(pipe) ? fail_with(ERROR_NOT_FOUND)
                                                      : real(GetNamedPipeClientProcessId)(pipe, id);
}
MUTANT(npipe_client_process_goes_with_the_server,
       "GetNamedPipeClientProcessId fails at the client's end when the server has gone",
       PATCH(GetNamedPipeClientProcessId, left_by_server));

static BOOL WINAPI left_server_process(ID_PARAMETERS)
{
    return is_left_asked(pipe) ? fail_with(ERROR_NOT_FOUND)
                               : real(GetNamedPipeServerProcessId)(pipe, id);
}
MUTANT(npipe_server_process_is_forgotten,
       "GetNamedPipeServerProcessId fails when the other end is closed",
       PATCH(GetNamedPipeServerProcessId, left_server_process));

static BOOL WINAPI client_session_of_client(ID_PARAMETERS)
{
    return is_client_end(pipe) ? fail_with(ERROR_INVALID_PARAMETER)
                               : real(GetNamedPipeClientSessionId)(pipe, id);
}
MUTANT(npipe_client_session_is_for_servers,
       "GetNamedPipeClientSessionId fails with the client's handle",
       PATCH(GetNamedPipeClientSessionId, client_session_of_client));

static BOOL WINAPI server_session_is_process(ID_PARAMETERS)
{
    return is_client_end(pipe) ? real(GetNamedPipeServerProcessId)(pipe, id)
                               : real(GetNamedPipeServerSessionId)(pipe, id);
}
MUTANT(npipe_server_session_is_its_process,
       "GetNamedPipeServerSessionId gives a client the id of the server's process",
       PATCH(GetNamedPipeServerSessionId, server_session_is_process));
