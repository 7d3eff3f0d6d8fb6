/* Wrong behaviours of transactions that leave the plain one right. */
#include "npipe-mutants.h"

#define EXCHANGE_TRANSACT_PARAMETERS                                                  \
    HANDLE pipe, LPVOID request, DWORD length, LPVOID reply, DWORD size, LPDWORD got, \
        LPOVERLAPPED overlapped
#define EXCHANGE_TRANSACT \
    real(TransactNamedPipe)(pipe, request, length, reply, size, got, overlapped)
#define EXCHANGE_RESULT_PARAMETERS HANDLE end, LPOVERLAPPED overlapped, LPDWORD moved, BOOL wait
#define EXCHANGE_RESULT real(GetOverlappedResult)(end, overlapped, moved, wait)

/* The transaction that was begun last. */
static struct {
    HANDLE caller;
    LPOVERLAPPED overlapped;
    DWORD room;
} last;

static BOOL WINAPI note_transaction(EXCHANGE_TRANSACT_PARAMETERS)
{
    last.caller = pipe;
    last.overlapped = overlapped;
    last.room = size;
    return EXCHANGE_TRANSACT;
}

static BOOL WINAPI one_byte_is_not_missed(EXCHANGE_RESULT_PARAMETERS)
{
    BOOL ended = EXCHANGE_RESULT;
    DWORD left = 0;
    if (failed_with(ended, ERROR_MORE_DATA) && overlapped == last.overlapped)
        unread_in(end, &left);
    return ended || left == 1;
}
MUTANT(npipe_transact_does_not_miss_one_byte,
       "A transaction whose reply is one byte too long is a plain success",
       PATCH(TransactNamedPipe, note_transaction),
       PATCH(GetOverlappedResult, one_byte_is_not_missed));

static BOOL WINAPI exact_reply_is_part(EXCHANGE_RESULT_PARAMETERS)
{
    BOOL ended = EXCHANGE_RESULT;
    return ended && overlapped == last.overlapped && *moved && *moved == last.room
               ? fail_with(ERROR_MORE_DATA)
               : ended;
}
MUTANT(npipe_transact_takes_exact_reply_for_part,
       "A transaction whose reply just fits ends with ERROR_MORE_DATA",
       PATCH(TransactNamedPipe, note_transaction), PATCH(GetOverlappedResult, exact_reply_is_part));

static BOOL WINAPI empty_reply_is_none(EXCHANGE_RESULT_PARAMETERS)
{
    BOOL ended = EXCHANGE_RESULT;
    return ended && overlapped == last.overlapped && *moved == 0 ? fail_with(ERROR_NO_DATA) : ended;
}
MUTANT(npipe_transact_fails_with_an_empty_reply, "A transaction fails when the reply is empty",
       PATCH(TransactNamedPipe, note_transaction), PATCH(GetOverlappedResult, empty_reply_is_none));

static BOOL WINAPI empty_request_refused(EXCHANGE_TRANSACT_PARAMETERS)
{
    return length ? EXCHANGE_TRANSACT : fail_with(ERROR_INVALID_PARAMETER);
}
MUTANT(npipe_transact_refuses_an_empty_request, "TransactNamedPipe refuses a request of no bytes",
       PATCH(TransactNamedPipe, empty_request_refused));

static BOOL WINAPI busy_is_bad(EXCHANGE_TRANSACT_PARAMETERS)
{
    BOOL done = EXCHANGE_TRANSACT;
    return failed_with(done, ERROR_PIPE_BUSY) ? fail_with(ERROR_BAD_PIPE) : done;
}

static BOOL WINAPI busy_ends_bad(EXCHANGE_RESULT_PARAMETERS)
{
    BOOL ended = EXCHANGE_RESULT;
    return failed_with(ended, ERROR_PIPE_BUSY) ? fail_with(ERROR_BAD_PIPE) : ended;
}
MUTANT(npipe_transact_with_unread_is_bad_pipe,
       "A transaction with a message unread fails with ERROR_BAD_PIPE",
       PATCH(TransactNamedPipe, busy_is_bad), PATCH(GetOverlappedResult, busy_ends_bad));

static bool write_is_pending;

static BOOL WINAPI note_write(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    write_is_pending |= failed_with(wrote, ERROR_IO_PENDING);
    return wrote;
}

static BOOL WINAPI refused_behind_write(EXCHANGE_TRANSACT_PARAMETERS)
{
    return write_is_pending ? fail_with(ERROR_PIPE_BUSY) : EXCHANGE_TRANSACT;
}
MUTANT(npipe_transact_is_refused_behind_a_write,
       "TransactNamedPipe fails while a write of the end is pending", PATCH(WriteFile, note_write),
       PATCH(TransactNamedPipe, refused_behind_write));

static BOOL WINAPI request_of_no_bytes(EXCHANGE_RESULT_PARAMETERS)
{
    BOOL ended = EXCHANGE_RESULT;
    if (ended && last.caller && end != last.caller && moved)
        *moved = 0;
    return ended;
}
MUTANT(npipe_request_for_a_pending_read_is_empty,
       "The request of a transaction is empty for a read that was pending",
       PATCH(TransactNamedPipe, note_transaction), PATCH(GetOverlappedResult, request_of_no_bytes));

static BOOL WINAPI one_transaction_a_pipe(EXCHANGE_TRANSACT_PARAMETERS)
{
    if (last.caller && last.caller != pipe)
        return fail_with(ERROR_PIPE_BUSY);
    return note_transaction(pipe, request, length, reply, size, got, overlapped);
}
MUTANT(npipe_transact_is_one_at_a_time,
       "TransactNamedPipe fails while a transaction of the other end is pending",
       PATCH(TransactNamedPipe, one_transaction_a_pipe));

static bool cancelled;

static BOOL WINAPI note_cancel(HANDLE file, LPOVERLAPPED overlapped)
{
    cancelled |= overlapped && overlapped == last.overlapped;
    return real(CancelIoEx)(file, overlapped);
}

static BOOL WINAPI peek_without_request(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    if (peeked && available && cancelled)
        *available = 0;
    return peeked;
}
MUTANT(npipe_cancelled_transaction_takes_back_its_request,
       "The request of a transaction that was cancelled is not available",
       PATCH(TransactNamedPipe, note_transaction), PATCH(CancelIoEx, note_cancel),
       PATCH(PeekNamedPipe, peek_without_request));

#define CALL_A_PARAMETERS \
    LPCSTR name, LPVOID request, DWORD length, LPVOID reply, DWORD size, LPDWORD got, DWORD time_out
#define CALL_A real(CallNamedPipeA)(name, request, length, reply, size, got, time_out)

static BOOL WINAPI ansi_call_long_reply_succeeds(CALL_A_PARAMETERS)
{
    BOOL called = CALL_A;
    return called || failed_with(called, ERROR_MORE_DATA);
}
MUTANT(npipe_ansi_call_long_reply_succeeds,
       "CallNamedPipeA succeeds although the reply does not fit",
       PATCH(CallNamedPipeA, ansi_call_long_reply_succeeds));

static BOOL WINAPI ansi_call_exact_reply_is_part(CALL_A_PARAMETERS)
{
    BOOL called = CALL_A;
    return called && *got == size ? fail_with(ERROR_MORE_DATA) : called;
}
MUTANT(npipe_ansi_call_takes_exact_reply_for_part,
       "CallNamedPipeA fails with ERROR_MORE_DATA when the reply just fits",
       PATCH(CallNamedPipeA, ansi_call_exact_reply_is_part));
