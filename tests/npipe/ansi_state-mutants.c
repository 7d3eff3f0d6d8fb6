/* Wrong behaviours, for the tests of ansi_state.c: GetNamedPipeHandleStateA alone. */
#include "npipe-mutants.h"

#define STATE_A_PARAMETERS                                                                \
    HANDLE pipe, LPDWORD state, LPDWORD instances, LPDWORD collected, LPDWORD collecting, \
        LPSTR user, DWORD user_size
#define STATE_A \
    real(GetNamedPipeHandleStateA)(pipe, state, instances, collected, collecting, user, user_size)

static BOOL WINAPI reports_the_type(STATE_A_PARAMETERS)
{
    BOOL got = STATE_A;
    if (got && state && is_client_end(pipe) && info_of(pipe) & PIPE_TYPE_MESSAGE)
        *state |= PIPE_READMODE_MESSAGE;
    return got;
}
MUTANT(npipe_state_a_reports_the_type,
       "GetNamedPipeHandleStateA reports a client of messages as reading messages",
       PATCH(GetNamedPipeHandleStateA, reports_the_type));

static BOOL WINAPI wants_the_state(STATE_A_PARAMETERS)
{
    return !state && !user ? fail_with(ERROR_INVALID_PARAMETER) : STATE_A;
}
MUTANT(npipe_state_a_wants_the_state, "GetNamedPipeHandleStateA fails where nothing is asked",
       PATCH(GetNamedPipeHandleStateA, wants_the_state));

static BOOL WINAPI counts_no_instances(STATE_A_PARAMETERS)
{
    BOOL got = STATE_A;
    if (got && instances && is_client_end(pipe))
        *instances = 0;
    return got;
}
MUTANT(npipe_state_a_counts_no_instances, "GetNamedPipeHandleStateA tells a client of no instances",
       PATCH(GetNamedPipeHandleStateA, counts_no_instances));

static BOOL WINAPI wide_name(STATE_A_PARAMETERS)
{
    return user ? real(GetNamedPipeHandleStateW)(pipe, state, instances, collected, collecting,
                                                 (LPWSTR)user, user_size / sizeof(WCHAR))
                : STATE_A;
}
MUTANT(npipe_state_a_gives_a_wide_name, "GetNamedPipeHandleStateA gives UTF-16",
       PATCH(GetNamedPipeHandleStateA, wide_name));

static BOOL WINAPI refuses_anonymous(STATE_A_PARAMETERS)
{
    return info_of(pipe) == PIPE_SERVER_END && !instances && state
               ? fail_with(ERROR_INVALID_FUNCTION)
               : STATE_A;
}
MUTANT(npipe_state_a_refuses_anonymous, "GetNamedPipeHandleStateA fails for an anonymous pipe",
       PATCH(GetNamedPipeHandleStateA, refuses_anonymous));

static BOOL WINAPI takes_files(STATE_A_PARAMETERS)
{
    return STATE_A || !real(GetNamedPipeInfo)(pipe, NULL, NULL, NULL, NULL);
}
MUTANT(npipe_state_a_takes_files, "GetNamedPipeHandleStateA succeeds for a file",
       PATCH(GetNamedPipeHandleStateA, takes_files));
