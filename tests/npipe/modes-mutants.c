/* Changes of mode that reach what they should leave alone. */
#include "npipe-mutants.h"

#define SET real(SetNamedPipeHandleState)(pipe, mode, count, time_out)

static BOOL WINAPI set_drops_a_byte(SET_PARAMETERS)
{
    DWORD got;
    char byte;
    BOOL set = SET;
    if (set && mode && unread_in(pipe, NULL))
        real(ReadFile)(pipe, &byte, 1, &got, NULL);
    return set;
}
MUTANT(npipe_set_drops_what_is_unread, "A change of mode loses a byte that is unread",
       PATCH(SetNamedPipeHandleState, set_drops_a_byte));

static bool nonblocking;

static BOOL WINAPI note_nonblocking(SET_PARAMETERS)
{
    BOOL set = SET;
    nonblocking |= set && mode && *mode == PIPE_NOWAIT;
    return set;
}

static BOOL WINAPI read_of_either_end(READ_PARAMETERS)
{
    if (nonblocking && !(mode_of(end) & PIPE_NOWAIT) && !unread_in(end, NULL))
        return fail_with(ERROR_NO_DATA);
    return READ;
}
MUTANT(npipe_nonblocking_reads_at_both_ends,
       "With one end in nonblocking mode the other one's reads do not wait either",
       PATCH(SetNamedPipeHandleState, note_nonblocking), PATCH(ReadFile, read_of_either_end));

static HANDLE first_server;

static HANDLE WINAPI note_first(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    if (!first_server && server != INVALID_HANDLE_VALUE)
        first_server = server;
    return server;
}

static BOOL WINAPI set_reaches_first(SET_PARAMETERS)
{
    BOOL set = SET;
    DWORD error = GetLastError();
    if (set && mode && first_server != pipe)
        real(SetNamedPipeHandleState)(first_server, mode, NULL, NULL);
    SetLastError(error);
    return set;
}
MUTANT(npipe_set_reaches_the_first_instance,
       "A change of mode is made at the server end of the first instance too",
       PATCH(CreateNamedPipeW, note_first), PATCH(SetNamedPipeHandleState, set_reaches_first));

static BOOL WINAPI failing_set_resets(SET_PARAMETERS)
{
    BOOL set = SET;
    DWORD error = GetLastError(), none = 0;
    if (!set)
        real(SetNamedPipeHandleState)(pipe, &none, NULL, NULL);
    SetLastError(error);
    return set;
}
MUTANT(npipe_set_that_fails_resets, "SetNamedPipeHandleState that fails sets the default modes",
       PATCH(SetNamedPipeHandleState, failing_set_resets));

static HANDLE set_by;

static BOOL WINAPI note_handle(SET_PARAMETERS)
{
    set_by = pipe;
    return SET;
}

static BOOL WINAPI state_of_the_handle(HANDLE pipe, LPDWORD state, LPDWORD instances, LPDWORD count,
                                       LPDWORD time_out, LPWSTR user, DWORD user_size)
{
    BOOL done =
        real(GetNamedPipeHandleStateW)(pipe, state, instances, count, time_out, user, user_size);
    if (done && state && pipe != set_by)
        *state = 0;
    return done;
}
MUTANT(npipe_mode_is_of_the_handle, "A mode is seen by the handle it was set with only",
       PATCH(SetNamedPipeHandleState, note_handle),
       PATCH(GetNamedPipeHandleStateW, state_of_the_handle));

static DWORD last_mode_of_a_client;

static BOOL WINAPI note_client_mode(SET_PARAMETERS)
{
    BOOL set = SET;
    if (set && mode && is_client_end(pipe))
        last_mode_of_a_client = *mode;
    return set;
}

static HANDLE WINAPI open_in_last_mode(OPEN_PARAMETERS)
{
    HANDLE client = OPEN;
    if (is_pipe_name(name) && client != INVALID_HANDLE_VALUE && last_mode_of_a_client)
        real(SetNamedPipeHandleState)(client, &last_mode_of_a_client, NULL, NULL);
    return client;
}
MUTANT(npipe_next_client_gets_the_modes_of_the_last,
       "The next client of an instance starts in the modes of the one before",
       PATCH(SetNamedPipeHandleState, note_client_mode), PATCH(CreateFileW, open_in_last_mode));
