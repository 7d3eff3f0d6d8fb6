/* Wrong behaviours of cancelling, of results, of completion routines and of completion ports. */
#include "npipe.h"

/* ---- Cancelling */

static BOOL WINAPI cancels_nothing(HANDLE file)
{
    (void)file;
    return TRUE;
}
MUTANT(cancel_io_cancels_nothing, "CancelIo returns TRUE and cancels nothing",
       PATCH(CancelIo, cancels_nothing));

static BOOL WINAPI reaches_other_threads(HANDLE file)
{
    real.CancelIoEx(file, NULL);
    return TRUE;
}
MUTANT(cancel_io_reaches_other_threads, "CancelIo cancels what other threads have begun",
       PATCH(CancelIo, reaches_other_threads));

static BOOL WINAPI loses_a_byte(HANDLE file, LPOVERLAPPED overlapped)
{
    char byte;
    OVERLAPPED reading = {.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL)};
    BOOL cancelled = real.CancelIoEx(file, overlapped);
    DWORD error = GetLastError(), got;
    for (int tries = 0; cancelled && tries < 50; tries++) {
        if (unread_in(file, NULL)) {
            if (!real.ReadFile(file, &byte, 1, NULL, &reading))
                real.GetOverlappedResult(file, &reading, &got, TRUE);
            break;
        }
        real.WaitForSingleObject(GetCurrentProcess(), 1);
    }
    real.CloseHandle(reading.hEvent);
    SetLastError(error);
    return cancelled;
}
MUTANT(cancel_io_ex_loses_a_byte, "What comes just after a read was cancelled is lost",
       PATCH(CancelIoEx, loses_a_byte));

static BOOL WINAPI cancelled_connect_succeeds(HANDLE server, LPOVERLAPPED overlapped)
{
    BOOL connected = real.ConnectNamedPipe(server, overlapped);
    return connected || (!overlapped && failed_with(connected, ERROR_OPERATION_ABORTED));
}
MUTANT(npipe_cancelled_connect_succeeds,
       "A ConnectNamedPipe that CancelSynchronousIo ends returns TRUE",
       PATCH(ConnectNamedPipe, cancelled_connect_succeeds));

static BOOL WINAPI finds_nothing(HANDLE thread)
{
    BOOL cancelled = real.CancelSynchronousIo(thread);
    if (failed_with(cancelled, ERROR_NOT_FOUND))
        SetLastError(ERROR_SUCCESS);
    return cancelled;
}
MUTANT(cancel_synchronous_io_finds_nothing_without_error,
       "CancelSynchronousIo sets no error when there is nothing to cancel",
       PATCH(CancelSynchronousIo, finds_nothing));

static BOOL WINAPI needs_no_right(HANDLE thread)
{
    BOOL cancelled = real.CancelSynchronousIo(thread);
    return cancelled || failed_with(cancelled, ERROR_ACCESS_DENIED);
}
MUTANT(cancel_synchronous_io_needs_no_right,
       "CancelSynchronousIo returns TRUE without THREAD_TERMINATE",
       PATCH(CancelSynchronousIo, needs_no_right));

/* ---- Completion routines: one operation at a time */

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

/* ---- GetOverlappedResult */

static OVERLAPPED *connecting;

static BOOL WINAPI notes_connect(HANDLE server, LPOVERLAPPED overlapped)
{
    connecting = overlapped;
    return real.ConnectNamedPipe(server, overlapped);
}

#define RESULT_PARAMETERS HANDLE file, LPOVERLAPPED overlapped, LPDWORD moved, BOOL wait
#define RESULT real.GetOverlappedResult(file, overlapped, moved, wait)

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

static BOOL WINAPI pending_write_misses_end(RESULT_PARAMETERS)
{
    BOOL ended = RESULT;
    return ended || failed_with(ended, ERROR_BROKEN_PIPE) || failed_with(ended, ERROR_NO_DATA) ||
           failed_with(ended, ERROR_PIPE_NOT_CONNECTED);
}
MUTANT(npipe_pending_write_misses_end,
       "A pending operation ends without error when the other end goes",
       PATCH(GetOverlappedResult, pending_write_misses_end));

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

/* ---- Completion ports */

#define PACKET_PARAMETERS \
    HANDLE port, LPDWORD count, PULONG_PTR key, LPOVERLAPPED *overlapped, DWORD time
#define PACKET real.GetQueuedCompletionStatus(port, count, key, overlapped, time)

static BOOL WINAPI cancelled_packet_succeeds(PACKET_PARAMETERS)
{
    BOOL got = PACKET;
    return got || (*overlapped && failed_with(got, ERROR_OPERATION_ABORTED));
}
MUTANT(completion_packet_of_cancelled_succeeds,
       "GetQueuedCompletionStatus returns TRUE for an operation that was cancelled",
       PATCH(GetQueuedCompletionStatus, cancelled_packet_succeeds));

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

/* ---- Transactions */

#define TRANSACT_PARAMETERS                                                                 \
    HANDLE pipe, LPVOID request, DWORD size, LPVOID reply, DWORD reply_size, LPDWORD count, \
        LPOVERLAPPED overlapped
#define TRANSACT real.TransactNamedPipe(pipe, request, size, reply, reply_size, count, overlapped)

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

static BOOL WINAPI transaction_misses_end(TRANSACT_PARAMETERS)
{
    BOOL done = TRANSACT;
    return done || failed_with(done, ERROR_BROKEN_PIPE);
}
MUTANT(npipe_transact_misses_the_end,
       "TransactNamedPipe returns TRUE when the other end goes before it answers",
       PATCH(TransactNamedPipe, transaction_misses_end));

/* ---- Ends that children have */

static bool has_child;

static BOOL WINAPI notes_child(LPCWSTR program, LPWSTR words, LPSECURITY_ATTRIBUTES of_process,
                               LPSECURITY_ATTRIBUTES of_thread, BOOL inherit, DWORD flags,
                               LPVOID environment, LPCWSTR directory, LPSTARTUPINFOW startup,
                               LPPROCESS_INFORMATION info)
{
    STARTUPINFOW other = *startup;
    has_child = true;
    if (startup->dwFlags & STARTF_USESTDHANDLES && is_client_end(startup->hStdOutput) &&
        !(flags & EXTENDED_STARTUPINFO_PRESENT) && startup->hStdOutput && !startup->hStdInput &&
        !startup->hStdError)
        other.hStdOutput = NULL;
    return real.CreateProcessW(program, words, of_process, of_thread, inherit, flags, environment,
                               directory, flags & EXTENDED_STARTUPINFO_PRESENT ? startup : &other,
                               info);
}
MUTANT(npipe_client_is_no_standard_handle, "A child does not get a client's end as its output",
       PATCH(CreateProcessW, notes_child));

static BOOL WINAPI ends_with_child(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                                   LPDWORD available, LPDWORD left)
{
    BOOL peeked = real.PeekNamedPipe(pipe, buffer, size, copied, available, left);
    return peeked && has_child && !buffer && !available ? fail_with(ERROR_BROKEN_PIPE) : peeked;
}
MUTANT(npipe_ends_with_the_child,
       "A pipe is at its end when the child that had inherited the writer is",
       PATCH(CreateProcessW, notes_child), PATCH(PeekNamedPipe, ends_with_child));
