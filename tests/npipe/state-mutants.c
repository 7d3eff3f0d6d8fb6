/* Wrong behaviours, for the tests of state.c: what GetNamedPipeInfo and GetNamedPipeHandleState
 * report and SetNamedPipeHandleState changes. */
#include "npipe-mutants.h"

static HANDLE WINAPI client_starts_in_message_mode(OPEN_PARAMETERS)
{
    DWORD mode = PIPE_READMODE_MESSAGE;
    HANDLE client = OPEN;
    if (client != INVALID_HANDLE_VALUE && is_pipe_name(name) && info_of(client) & PIPE_TYPE_MESSAGE)
        real(SetNamedPipeHandleState)(client, &mode, NULL, NULL);
    return client;
}
MUTANT(npipe_client_starts_in_message_mode,
       "The client end of a message pipe starts in message read mode",
       PATCH(CreateFileW, client_starts_in_message_mode));

static BOOL WINAPI nonblocking_read_is_empty(READ_PARAMETERS)
{
    BOOL read = READ;
    return read || failed_with(read, ERROR_NO_DATA);
}
MUTANT(npipe_nonblocking_read_is_empty,
       "A nonblocking read of an empty pipe gets no bytes, without error",
       PATCH(ReadFile, nonblocking_read_is_empty));

#define INFO_PARAMETERS HANDLE pipe, LPDWORD flags, LPDWORD out_size, LPDWORD in_size, LPDWORD limit
#define INFO real(GetNamedPipeInfo)(pipe, flags, out_size, in_size, limit)

static BOOL WINAPI info_client_is_server(INFO_PARAMETERS)
{
    BOOL done = INFO;
    if (done && flags && !(*flags & PIPE_TYPE_MESSAGE))
        *flags |= PIPE_SERVER_END;
    return done;
}
MUTANT(npipe_info_client_is_server,
       "GetNamedPipeInfo takes the client of a byte pipe for the server",
       PATCH(GetNamedPipeInfo, info_client_is_server));

static BOOL WINAPI info_hides_type_from_client(INFO_PARAMETERS)
{
    BOOL done = INFO;
    if (done && flags && !(*flags & PIPE_SERVER_END))
        *flags &= ~PIPE_TYPE_MESSAGE;
    return done;
}
MUTANT(npipe_info_hides_type_from_client, "GetNamedPipeInfo shows the client a byte pipe always",
       PATCH(GetNamedPipeInfo, info_hides_type_from_client));

static BOOL WINAPI info_counts_instances(INFO_PARAMETERS)
{
    BOOL done = INFO;
    if (done && limit)
        real(GetNamedPipeHandleStateW)(pipe, NULL, limit, NULL, NULL, NULL, 0);
    return done;
}
MUTANT(npipe_info_counts_instances, "GetNamedPipeInfo gives the instances there are, not the limit",
       PATCH(GetNamedPipeInfo, info_counts_instances));

static BOOL WINAPI info_unlimited_is_largest(INFO_PARAMETERS)
{
    BOOL done = INFO;
    if (done && limit && *limit == PIPE_UNLIMITED_INSTANCES)
        *limit = 0xFFFFFFFF;
    return done;
}
MUTANT(npipe_info_unlimited_is_largest, "GetNamedPipeInfo has a number of its own for unlimited",
       PATCH(GetNamedPipeInfo, info_unlimited_is_largest));

static BOOL WINAPI info_swaps_sizes(INFO_PARAMETERS)
{
    return real(GetNamedPipeInfo)(pipe, flags, in_size, out_size, limit);
}
MUTANT(npipe_info_swaps_sizes, "GetNamedPipeInfo takes outgoing for incoming",
       PATCH(GetNamedPipeInfo, info_swaps_sizes));

static BOOL WINAPI info_of_anything(INFO_PARAMETERS)
{
    BOOL done = INFO;
    return done || real(GetFileType)(pipe) == FILE_TYPE_DISK;
}
MUTANT(npipe_info_of_anything, "GetNamedPipeInfo succeeds with the handle of a file",
       PATCH(GetNamedPipeInfo, info_of_anything));

static BOOL WINAPI state_hides_message_mode(STATE_PARAMETERS)
{
    BOOL done = STATE;
    if (done && state && info_of(pipe) & PIPE_SERVER_END)
        *state &= ~PIPE_READMODE_MESSAGE;
    return done;
}
MUTANT(npipe_state_hides_message_mode, "A server end never shows message read mode in its state",
       PATCH(GetNamedPipeHandleStateW, state_hides_message_mode));

static BOOL WINAPI state_hides_nonblocking(STATE_PARAMETERS)
{
    BOOL done = STATE;
    if (done && state && info_of(pipe) & PIPE_SERVER_END)
        *state &= ~PIPE_NOWAIT;
    return done;
}
MUTANT(npipe_state_hides_nonblocking, "A server end never shows nonblocking mode in its state",
       PATCH(GetNamedPipeHandleStateW, state_hides_nonblocking));

static BOOL WINAPI state_shows_type(STATE_PARAMETERS)
{
    BOOL done = STATE;
    if (done && state && *state == 0 && info_of(pipe) == (PIPE_SERVER_END | PIPE_TYPE_MESSAGE))
        *state |= PIPE_READMODE_MESSAGE;
    return done;
}
MUTANT(npipe_state_shows_type, "The state of a server end shows its pipe's type, not its read mode",
       PATCH(GetNamedPipeHandleStateW, state_shows_type));

static BOOL WINAPI state_gives_limit(STATE_PARAMETERS)
{
    BOOL done = STATE;
    if (done && instances)
        real(GetNamedPipeInfo)(pipe, NULL, NULL, NULL, instances);
    return done;
}
MUTANT(npipe_state_gives_limit,
       "GetNamedPipeHandleState gives the limit, not the instances there are",
       PATCH(GetNamedPipeHandleStateW, state_gives_limit));

static BOOL WINAPI state_wants_a_pointer(STATE_PARAMETERS)
{
    if (!state && !instances && !count && !time_out && !user)
        return fail_with(ERROR_INVALID_PARAMETER);
    return STATE;
}
MUTANT(npipe_state_wants_a_pointer, "GetNamedPipeHandleState fails when nothing is asked",
       PATCH(GetNamedPipeHandleStateW, state_wants_a_pointer));

static BOOL WINAPI state_knows_collection(STATE_PARAMETERS)
{
    count = time_out = NULL;
    return STATE;
}
MUTANT(npipe_state_knows_collection,
       "GetNamedPipeHandleState takes collection pointers for local pipes",
       PATCH(GetNamedPipeHandleStateW, state_knows_collection));

static BOOL WINAPI set_server_stays_with_bytes(SET_PARAMETERS)
{
    DWORD other = mode ? *mode : 0;
    if (mode && info_of(pipe) & PIPE_SERVER_END && info_of(pipe) & PIPE_TYPE_MESSAGE)
        other &= ~PIPE_READMODE_MESSAGE;
    return SET_MODE(mode ? &other : NULL);
}
MUTANT(npipe_set_server_stays_with_bytes, "A server end cannot be switched to message read mode",
       PATCH(SetNamedPipeHandleState, set_server_stays_with_bytes));

static BOOL WINAPI set_never_back_to_bytes(SET_PARAMETERS)
{
    DWORD other = mode ? *mode | (mode_of(pipe) & PIPE_READMODE_MESSAGE) : 0;
    return SET_MODE(mode ? &other : NULL);
}
MUTANT(npipe_set_never_back_to_bytes, "Message read mode cannot be switched off",
       PATCH(SetNamedPipeHandleState, set_never_back_to_bytes));

static BOOL WINAPI set_one_flag_only(SET_PARAMETERS)
{
    DWORD other = mode ? *mode : 0;
    if (other & PIPE_READMODE_MESSAGE)
        other &= ~PIPE_NOWAIT;
    return SET_MODE(mode ? &other : NULL);
}
MUTANT(npipe_set_one_flag_only, "SetNamedPipeHandleState ignores PIPE_NOWAIT beside a read mode",
       PATCH(SetNamedPipeHandleState, set_one_flag_only));

static HANDLE latest_server, latest_client;

static HANDLE WINAPI server_noted(CREATE_PIPE_PARAMETERS)
{
    return latest_server = CREATE_PIPE;
}

static HANDLE WINAPI client_noted(OPEN_PARAMETERS)
{
    return latest_client = OPEN;
}

static BOOL WINAPI set_changes_both_ends(SET_PARAMETERS)
{
    BOOL set = SET_MODE(mode);
    if (set && mode && *mode & PIPE_NOWAIT)
        real(SetNamedPipeHandleState)(pipe == latest_server ? latest_client : latest_server, mode,
                                      NULL, NULL);
    return set;
}
MUTANT(npipe_set_changes_both_ends, "Nonblocking mode is set for both ends at once",
       PATCH(CreateNamedPipeW, server_noted), PATCH(CreateFileW, client_noted),
       PATCH(SetNamedPipeHandleState, set_changes_both_ends));

static BOOL WINAPI set_messages_of_bytes(SET_PARAMETERS)
{
    BOOL set = SET_MODE(mode);
    return set || failed_with(set, ERROR_INVALID_PARAMETER);
}
MUTANT(npipe_set_messages_of_bytes, "Message read mode may be asked of a byte pipe, without effect",
       PATCH(SetNamedPipeHandleState, set_messages_of_bytes));

static BOOL WINAPI set_null_means_zero(SET_PARAMETERS)
{
    return SET_MODE(mode ? mode : &(DWORD){0});
}
MUTANT(npipe_set_null_means_zero, "SetNamedPipeHandleState without a mode sets the default modes",
       PATCH(SetNamedPipeHandleState, set_null_means_zero));

static BOOL WINAPI set_needs_no_right(SET_PARAMETERS)
{
    BOOL set = SET_MODE(mode);
    return set || failed_with(set, ERROR_ACCESS_DENIED);
}
MUTANT(npipe_set_needs_no_right, "Any handle may change its mode",
       PATCH(SetNamedPipeHandleState, set_needs_no_right));

static DWORD latest_access;

static HANDLE WINAPI access_noted(OPEN_PARAMETERS)
{
    if (is_pipe_name(name))
        latest_access = access;
    return latest_client = OPEN;
}

static BOOL WINAPI set_needs_write_access(SET_PARAMETERS)
{
    if (pipe == latest_client && !(latest_access & GENERIC_WRITE))
        return fail_with(ERROR_ACCESS_DENIED);
    return SET_MODE(mode);
}
MUTANT(npipe_set_needs_write_access, "FILE_WRITE_ATTRIBUTES is not enough to change the mode",
       PATCH(CreateFileW, access_noted), PATCH(SetNamedPipeHandleState, set_needs_write_access));

static BOOL WINAPI set_needs_read_access(SET_PARAMETERS)
{
    if (pipe == latest_client && !(latest_access & GENERIC_READ))
        return fail_with(ERROR_ACCESS_DENIED);
    return SET_MODE(mode);
}
MUTANT(npipe_set_needs_read_access, "GENERIC_WRITE is not enough to change the mode",
       PATCH(CreateFileW, access_noted), PATCH(SetNamedPipeHandleState, set_needs_read_access));
