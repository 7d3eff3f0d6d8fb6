/* Wrong behaviours, for the tests of results.c: the results of overlapped operations:
 * GetOverlappedResult, completion routines and ports. */
#include "npipe-mutants.h"

static LPOVERLAPPED_COMPLETION_ROUTINE routine;

static void CALLBACK routine_without_error(DWORD error, DWORD count, LPOVERLAPPED overlapped)
{
    (void)error;
    routine(0, count, overlapped);
}

static void CALLBACK routine_without_count(DWORD error, DWORD count, LPOVERLAPPED overlapped)
{
    (void)count;
    routine(error, 0, overlapped);
}

#define READ_EX_PARAMETERS                                          \
    HANDLE end, LPVOID buffer, DWORD size, LPOVERLAPPED overlapped, \
        LPOVERLAPPED_COMPLETION_ROUTINE then

static BOOL WINAPI read_hides_error(READ_EX_PARAMETERS)
{
    routine = then;
    return real.ReadFileEx(end, buffer, size, overlapped, routine_without_error);
}
MUTANT(read_file_ex_hides_errors, "The routine of ReadFileEx is told of no error",
       PATCH(ReadFileEx, read_hides_error));

static BOOL WINAPI read_hides_count(READ_EX_PARAMETERS)
{
    routine = then;
    return real.ReadFileEx(end, buffer, size, overlapped, routine_without_count);
}
MUTANT(read_file_ex_hides_count, "The routine of ReadFileEx is told that 0 bytes were read",
       PATCH(ReadFileEx, read_hides_count));

static BOOL WINAPI read_clears_event(READ_EX_PARAMETERS)
{
    BOOL started = real.ReadFileEx(end, buffer, size, overlapped, then);
    overlapped->hEvent = NULL;
    return started;
}
MUTANT(read_file_ex_clears_event, "ReadFileEx changes the member hEvent",
       PATCH(ReadFileEx, read_clears_event));

static BOOL WINAPI write_runs_routines(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    DWORD error = GetLastError();
    real.SleepEx(1, TRUE);
    SetLastError(error);
    return wrote;
}
MUTANT(npipe_write_runs_routines, "Completion routines run outside alertable waits",
       PATCH(WriteFile, write_runs_routines));

#define WRITE_EX_PARAMETERS                                         \
    HANDLE end, LPCVOID bytes, DWORD size, LPOVERLAPPED overlapped, \
        LPOVERLAPPED_COMPLETION_ROUTINE then

static BOOL WINAPI write_hides_count(WRITE_EX_PARAMETERS)
{
    routine = then;
    return real.WriteFileEx(end, bytes, size, overlapped, routine_without_count);
}
MUTANT(write_file_ex_hides_count, "The routine of WriteFileEx is told that 0 bytes were written",
       PATCH(WriteFileEx, write_hides_count));

static BOOL WINAPI write_takes_port(WRITE_EX_PARAMETERS)
{
    BOOL started = real.WriteFileEx(end, bytes, size, overlapped, then);
    return started || failed_with(started, ERROR_INVALID_PARAMETER);
}
MUTANT(write_file_ex_takes_handles_with_a_port,
       "WriteFileEx returns TRUE for a handle that a completion port has",
       PATCH(WriteFileEx, write_takes_port));

static OVERLAPPED *connecting;

static BOOL WINAPI notes_connect(HANDLE server, LPOVERLAPPED overlapped)
{
    connecting = overlapped;
    return real.ConnectNamedPipe(server, overlapped);
}

static BOOL WINAPI connect_has_no_result(RESULT_PARAMETERS)
{
    return overlapped == connecting && !wait && *moved == 99 ? fail_with(ERROR_NO_DATA) : RESULT;
}
MUTANT(npipe_connect_has_no_result, "GetOverlappedResult of a connect fails for want of bytes",
       PATCH(ConnectNamedPipe, notes_connect), PATCH(GetOverlappedResult, connect_has_no_result));

static BOOL WINAPI never_waits(RESULT_PARAMETERS)
{
    wait = wait && !overlapped->hEvent;
    return RESULT;
}
MUTANT(overlapped_result_never_waits, "GetOverlappedResult does not wait for an event",
       PATCH(GetOverlappedResult, never_waits));

static BOOL WINAPI wants_event(RESULT_PARAMETERS)
{
    return wait && !overlapped->hEvent ? fail_with(ERROR_INVALID_HANDLE) : RESULT;
}
MUTANT(overlapped_result_wants_an_event, "GetOverlappedResult cannot wait without an event",
       PATCH(GetOverlappedResult, wants_event));

static BOOL WINAPI immediate_sets_no_event(READ_PARAMETERS)
{
    BOOL read = READ;
    if (overlapped && size == 8 && overlapped->hEvent && HasOverlappedIoCompleted(overlapped)) {
        DWORD error = GetLastError();
        real.ResetEvent(overlapped->hEvent);
        SetLastError(error);
    }
    return read;
}
MUTANT(npipe_immediate_read_sets_no_event,
       "An overlapped ReadFile of what is there does not set its event",
       PATCH(ReadFile, immediate_sets_no_event));

static BOOL WINAPI packet_without_key(PACKET_PARAMETERS)
{
    BOOL got = PACKET;
    if (got && connecting)
        *key = 0;
    return got;
}
MUTANT(completion_packet_of_connect_has_no_key,
       "The completion packet of a connect does not have the key of its handle",
       PATCH(ConnectNamedPipe, notes_connect),
       PATCH(GetQueuedCompletionStatus, packet_without_key));

static bool transacting;

static BOOL WINAPI notes_transaction(HANDLE pipe, LPVOID request, DWORD size, LPVOID reply,
                                     DWORD reply_size, LPDWORD count, LPOVERLAPPED overlapped)
{
    transacting = true;
    return real.TransactNamedPipe(pipe, request, size, reply, reply_size, count, overlapped);
}

static BOOL WINAPI transaction_without_count(PACKET_PARAMETERS)
{
    BOOL got = PACKET;
    if (got && transacting)
        *count = 0;
    return got;
}
MUTANT(completion_packet_of_transaction_has_no_count,
       "The completion packet of a transaction counts no bytes",
       PATCH(TransactNamedPipe, notes_transaction),
       PATCH(GetQueuedCompletionStatus, transaction_without_count));

static BOOL WINAPI transaction_does_not_wait(TRANSACT_PARAMETERS)
{
    return !overlapped && reply_size == 2000 ? fail_with(ERROR_IO_PENDING) : TRANSACT;
}
MUTANT(npipe_transact_does_not_wait, "TransactNamedPipe on a synchronous handle does not wait",
       PATCH(TransactNamedPipe, transaction_does_not_wait));

static BOOL WINAPI transaction_is_limited(TRANSACT_PARAMETERS)
{
    return size > 32768 ? fail_with(ERROR_INVALID_PARAMETER) : TRANSACT;
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

static BOOL WINAPI transaction_one_way(TRANSACT_PARAMETERS)
{
    return pipe == write_only || TRANSACT;
}
MUTANT(npipe_transact_needs_one_direction, "TransactNamedPipe returns TRUE on a one-way pipe",
       PATCH(CreateFileW, notes_write_only), PATCH(TransactNamedPipe, transaction_one_way));
