/* Wrong behaviours of CallNamedPipeA alone. */
#include "npipe-mutants.h"

#define CALLA_PARAMETERS                                                                          \
    LPCSTR name, LPVOID request, DWORD request_size, LPVOID reply, DWORD reply_size, LPDWORD got, \
        DWORD time_out
#define CALLA real(CallNamedPipeA)(name, request, request_size, reply, reply_size, got, time_out)

static BOOL WINAPI renames_denial(CALLA_PARAMETERS)
{
    BOOL called = CALLA;
    return failed_with(called, ERROR_ACCESS_DENIED) ? fail_with(ERROR_PIPE_BUSY) : called;
}
MUTANT(npipe_call_a_of_one_way_is_busy,
       "CallNamedPipeA of a one-way pipe fails with ERROR_PIPE_BUSY",
       PATCH(CallNamedPipeA, renames_denial));

static BOOL WINAPI taken_is_missing(CALLA_PARAMETERS)
{
    BOOL called = CALLA;
    return failed_with(called, ERROR_SEM_TIMEOUT) || failed_with(called, ERROR_PIPE_BUSY)
               ? fail_with(ERROR_FILE_NOT_FOUND)
               : called;
}
MUTANT(npipe_call_a_of_a_taken_pipe_finds_none,
       "CallNamedPipeA of a pipe that is taken fails as if there was none",
       PATCH(CallNamedPipeA, taken_is_missing));

static BOOL WINAPI byte_type_answers(CALLA_PARAMETERS)
{
    BOOL called = CALLA;
    DWORD error = GetLastError();
    if (called || error == ERROR_ACCESS_DENIED || error == ERROR_FILE_NOT_FOUND ||
        error == ERROR_SEM_TIMEOUT || error == ERROR_PIPE_BUSY || error == ERROR_MORE_DATA ||
        request_size == 0)
        return called;
    *got = 0;
    return TRUE;
}
MUTANT(npipe_call_a_of_bytes_succeeds, "CallNamedPipeA of a byte-type pipe succeeds",
       PATCH(CallNamedPipeA, byte_type_answers));

static BOOL WINAPI empty_fails(CALLA_PARAMETERS)
{
    BOOL called = CALLA;
    return called && *got == 0 ? fail_with(ERROR_NO_DATA) : called;
}
MUTANT(npipe_call_a_takes_no_empty_reply, "CallNamedPipeA fails when the reply is empty",
       PATCH(CallNamedPipeA, empty_fails));

static BOOL WINAPI no_reply_is_empty(CALLA_PARAMETERS)
{
    BOOL called = CALLA;
    if (called || request_size || GetLastError() == ERROR_FILE_NOT_FOUND)
        return called;
    *got = 0;
    return TRUE;
}
MUTANT(npipe_call_a_without_a_reply_succeeds,
       "CallNamedPipeA succeeds when the server leaves without a reply",
       PATCH(CallNamedPipeA, no_reply_is_empty));
