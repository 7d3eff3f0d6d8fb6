/* Wrong behaviours, for the tests of transact.c: TransactNamedPipe and CallNamedPipe: a request
 * and its reply in one call. */
#include "npipe-mutants.h"

#define TRANSACTION_PARAMETERS                                                                   \
    HANDLE end, LPVOID request, DWORD request_size, LPVOID reply, DWORD reply_size, LPDWORD got, \
        LPOVERLAPPED overlapped
#define TRANSACTION \
    real(TransactNamedPipe)(end, request, request_size, reply, reply_size, got, overlapped)

static BOOL WINAPI request_cut_short(TRANSACTION_PARAMETERS)
{
    if (!overlapped && reply_size > request_size && is_client_end(end))
        request_size--;
    return TRANSACTION;
}
MUTANT(npipe_transact_cuts_request,
       "TransactNamedPipe sends a client's request without its last byte",
       PATCH(TransactNamedPipe, request_cut_short));

static BOOL WINAPI server_end_refused(TRANSACTION_PARAMETERS)
{
    return overlapped || is_client_end(end) ? TRANSACTION : fail_with(ERROR_INVALID_FUNCTION);
}
MUTANT(npipe_transact_refuses_server,
       "A synchronous TransactNamedPipe fails with the server's handle",
       PATCH(TransactNamedPipe, server_end_refused));

static BOOL WINAPI long_reply_succeeds(TRANSACTION_PARAMETERS)
{
    BOOL done = TRANSACTION;
    return done || failed_with(done, ERROR_MORE_DATA);
}
MUTANT(npipe_transact_long_reply_succeeds,
       "TransactNamedPipe succeeds although the reply does not fit",
       PATCH(TransactNamedPipe, long_reply_succeeds));

static BOOL WINAPI rest_of_reply_lost(TRANSACTION_PARAMETERS)
{
    char lost[64];
    DWORD more = 0;
    BOOL done = TRANSACTION;
    if (failed_with(done, ERROR_MORE_DATA)) {
        real(ReadFile)(end, lost, 1, &more, NULL);
        SetLastError(ERROR_MORE_DATA);
    }
    return done;
}
MUTANT(npipe_transact_loses_rest, "What does not fit of a reply to TransactNamedPipe is lost",
       PATCH(TransactNamedPipe, rest_of_reply_lost));

static BOOL WINAPI byte_pipe_transacts(TRANSACTION_PARAMETERS)
{
    BOOL done = TRANSACTION;
    return done || (failed_with(done, ERROR_BAD_PIPE) && !(info_of(end) & PIPE_TYPE_MESSAGE));
}
MUTANT(npipe_transact_of_byte_pipe, "TransactNamedPipe succeeds on a byte pipe",
       PATCH(TransactNamedPipe, byte_pipe_transacts));

static BOOL WINAPI byte_mode_transacts(TRANSACTION_PARAMETERS)
{
    BOOL done = TRANSACTION;
    return done || (failed_with(done, ERROR_BAD_PIPE) && info_of(end) & PIPE_TYPE_MESSAGE);
}
MUTANT(npipe_transact_in_byte_mode, "TransactNamedPipe succeeds in byte read mode",
       PATCH(TransactNamedPipe, byte_mode_transacts));

static BOOL WINAPI transact_signals_early(TRANSACTION_PARAMETERS)
{
    HANDLE event = overlapped ? overlapped->hEvent : NULL;
    bool was_signaled = event && real(WaitForSingleObject)(event, 0) == WAIT_OBJECT_0;
    BOOL done = TRANSACTION;
    if (failed_with(done, ERROR_IO_PENDING) && was_signaled) {
        real(SetEvent)(event);
        SetLastError(ERROR_IO_PENDING);
    }
    return done;
}
MUTANT(npipe_transact_signals_early, "A pending TransactNamedPipe does not reset its event",
       PATCH(TransactNamedPipe, transact_signals_early));

/* Of a reply: there is one, and it is shorter than the request. */
static bool is_short(DWORD reply, DWORD request)
{
    return reply && reply < request;
}

static BOOL WINAPI reply_cut_short(CALL_PARAMETERS)
{
    BOOL called = CALL;
    if (called && is_short(*got, request_size) && is_time(time_out))
        --*got;
    return called;
}
MUTANT(npipe_call_cuts_reply,
       "CallNamedPipe with a time-out in milliseconds counts a short reply one byte short",
       PATCH(CallNamedPipeW, reply_cut_short));

static BOOL WINAPI byte_mode_stays(CALL_PARAMETERS)
{
    BOOL called = CALL;
    return called && is_short(*got, request_size) && is_time(time_out) ? fail_with(ERROR_BAD_PIPE)
                                                                       : called;
}
MUTANT(npipe_call_stays_in_byte_mode,
       "CallNamedPipe with a time-out in milliseconds gets no short reply in message read mode",
       PATCH(CallNamedPipeW, byte_mode_stays));

static BOOL WINAPI long_reply_to_call_succeeds(CALL_PARAMETERS)
{
    BOOL called = CALL;
    return called || failed_with(called, ERROR_MORE_DATA);
}
MUTANT(npipe_call_long_reply_succeeds, "CallNamedPipe succeeds although the reply does not fit",
       PATCH(CallNamedPipeW, long_reply_to_call_succeeds));

static BOOL WINAPI call_asks_for_rest(CALL_PARAMETERS)
{
    DWORD mode = PIPE_READMODE_MESSAGE, written = 0;
    HANDLE end = reply_size >= request_size ? INVALID_HANDLE_VALUE
                                            : real(CreateFileW)(name, GENERIC_READ | GENERIC_WRITE,
                                                                0, NULL, OPEN_EXISTING, 0, NULL);
    if (end == INVALID_HANDLE_VALUE)
        return CALL;
    real(SetNamedPipeHandleState)(end, &mode, NULL, NULL);
    BOOL done = real(TransactNamedPipe)(end, request, request_size, reply, reply_size, got, NULL);
    DWORD error = GetLastError();
    if (!done && error == ERROR_MORE_DATA)
        real(WriteFile)(end, "and?", 4, &written, NULL);
    real(CloseHandle)(end);
    SetLastError(error);
    return done;
}
MUTANT(npipe_call_asks_for_rest,
       "CallNamedPipe goes on with the conversation when the reply does not fit",
       PATCH(CallNamedPipeW, call_asks_for_rest));

static BOOL WINAPI call_of_byte_pipe_succeeds(CALL_PARAMETERS)
{
    BOOL called = CALL;
    DWORD error = GetLastError();
    return called ||
           (error != ERROR_SEM_TIMEOUT && error != ERROR_ACCESS_DENIED && error != ERROR_MORE_DATA);
}
MUTANT(npipe_call_of_byte_pipe, "CallNamedPipe succeeds on a byte pipe",
       PATCH(CallNamedPipeW, call_of_byte_pipe_succeeds));

static BOOL WINAPI call_of_one_way_succeeds(CALL_PARAMETERS)
{
    BOOL called = CALL;
    return called || failed_with(called, ERROR_ACCESS_DENIED);
}
MUTANT(npipe_call_of_one_way_pipe, "CallNamedPipe succeeds on a one-way pipe",
       PATCH(CallNamedPipeW, call_of_one_way_succeeds));

static BOOL WINAPI call_of_busy_pipe_succeeds(CALL_PARAMETERS)
{
    BOOL called = CALL;
    return called || failed_with(called, ERROR_SEM_TIMEOUT) || failed_with(called, ERROR_PIPE_BUSY);
}
MUTANT(npipe_call_of_busy_pipe, "CallNamedPipe succeeds although no instance becomes free",
       PATCH(CallNamedPipeW, call_of_busy_pipe_succeeds));

static BOOL WINAPI transaction_does_not_wait(TRANSACTION_PARAMETERS)
{
    return !overlapped && reply_size == 2000 ? fail_with(ERROR_IO_PENDING) : TRANSACTION;
}
MUTANT(npipe_transact_does_not_wait, "TransactNamedPipe on a synchronous handle does not wait",
       PATCH(TransactNamedPipe, transaction_does_not_wait));

static BOOL WINAPI transaction_is_limited(TRANSACTION_PARAMETERS)
{
    return request_size > 32768 ? fail_with(ERROR_INVALID_PARAMETER) : TRANSACTION;
}
MUTANT(npipe_transact_is_limited, "TransactNamedPipe refuses a request of more than 32 KiB",
       PATCH(TransactNamedPipe, transaction_is_limited));

static HANDLE write_only;

static HANDLE WINAPI notes_write_only(OPEN_PARAMETERS)
{
    HANDLE client = OPEN;
    if (is_pipe_name(name) && !(access & GENERIC_READ))
        write_only = client;
    return client;
}

static BOOL WINAPI transaction_one_way(TRANSACTION_PARAMETERS)
{
    return end == write_only || TRANSACTION;
}
MUTANT(npipe_transact_needs_one_direction, "TransactNamedPipe returns TRUE on a one-way pipe",
       PATCH(CreateFileW, notes_write_only), PATCH(TransactNamedPipe, transaction_one_way));

static BOOL WINAPI answers_what_is_unread(TRANSACTION_PARAMETERS)
{
    BOOL done = TRANSACTION;
    if (!failed_with(done, ERROR_PIPE_BUSY))
        return done;
    return real(ReadFile)(end, reply, reply_size, got, overlapped);
}
MUTANT(npipe_transact_answers_what_is_unread,
       "TransactNamedPipe takes a message that was unread before for the reply",
       PATCH(TransactNamedPipe, answers_what_is_unread));
