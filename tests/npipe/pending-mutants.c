/* Wrong behaviours of operations that are pending when the other end goes. */
#include "npipe-mutants.h"

/* ---- Which operation is pending, and how the other end goes */

enum operation { READS, WRITES, TRANSACTS, CONNECTS };
enum going { STAYS, CLOSES, CLOSES_DUPLICATE, IS_KILLED, DISCONNECTS };

static struct {
    LPOVERLAPPED overlapped;
    enum operation operation;
    bool at_server, duplicated, disconnected;
    unsigned closed; /* handles, while it was pending */
    bool outlived_close;
} pending;

static BOOL watch(BOOL started, enum operation operation, HANDLE end, LPOVERLAPPED overlapped)
{
    if (failed_with(started, ERROR_IO_PENDING))
        pending = (typeof(pending)){
            .overlapped = overlapped, .operation = operation, .at_server = !is_client_end(end)};
    return started;
}

static enum going going(void)
{
    return pending.disconnected     ? DISCONNECTS
           : pending.outlived_close ? (pending.duplicated ? CLOSES_DUPLICATE : IS_KILLED)
           : pending.closed         ? CLOSES
                                    : STAYS;
}

static BOOL WINAPI watch_read(READ_PARAMETERS)
{
    return watch(READ, READS, end, overlapped);
}

static BOOL WINAPI watch_write(WRITE_PARAMETERS)
{
    return watch(WRITE, WRITES, end, overlapped);
}

static BOOL WINAPI watch_transact(HANDLE end, LPVOID request, DWORD length, LPVOID reply,
                                  DWORD size, LPDWORD got, LPOVERLAPPED overlapped)
{
    return watch(real(TransactNamedPipe)(end, request, length, reply, size, got, overlapped),
                 TRANSACTS, end, overlapped);
}

static BOOL WINAPI watch_duplicate(HANDLE from, HANDLE handle, HANDLE to, LPHANDLE copy,
                                   DWORD access, BOOL inherit, DWORD options)
{
    pending.duplicated = true;
    return real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
}

static BOOL WINAPI watch_close(HANDLE handle)
{
    BOOL closed = real(CloseHandle)(handle);
    if (pending.overlapped) {
        pending.closed++;
        pending.outlived_close |=
            pending.overlapped->hEvent &&
            real(WaitForSingleObject)(pending.overlapped->hEvent, 0) != WAIT_OBJECT_0;
    }
    return closed;
}

static BOOL WINAPI watch_disconnect(HANDLE pipe)
{
    pending.disconnected = true;
    return real(DisconnectNamedPipe)(pipe);
}

#define WATCH                                                                      \
    PATCH(ReadFile, watch_read), PATCH(WriteFile, watch_write),                    \
        PATCH(TransactNamedPipe, watch_transact), PATCH(CloseHandle, watch_close), \
        PATCH(DuplicateHandle, watch_duplicate), PATCH(DisconnectNamedPipe, watch_disconnect)

#define PENDING_RESULT_PARAMETERS HANDLE end, LPOVERLAPPED overlapped, LPDWORD moved, BOOL wait
#define PENDING_RESULT real(GetOverlappedResult)(end, overlapped, moved, wait)

static bool gone(BOOL ended)
{
    return failed_with(ended, ERROR_BROKEN_PIPE) || failed_with(ended, ERROR_PIPE_NOT_CONNECTED);
}

/* GetOverlappedResult tells of no error of such an operation. */
#define MISSES(name, operation_, going_, at_server_)                                               \
    static BOOL WINAPI name(PENDING_RESULT_PARAMETERS)                                             \
    {                                                                                              \
        BOOL ended = PENDING_RESULT;                                                               \
        bool at_server = pending.at_server;                                                        \
        return ended || (gone(ended) && overlapped->hEvent && pending.operation == (operation_) && \
                         going() == (going_) && at_server == (at_server_));                        \
    }

MISSES(read_misses_client, READS, CLOSES, true)
MUTANT(npipe_pending_read_misses_client, "A read of the server ends well when its client closes",
       WATCH, PATCH(GetOverlappedResult, read_misses_client));

MISSES(read_misses_server, READS, CLOSES, false)
MUTANT(npipe_pending_read_misses_server, "A read of the client ends well when its server closes",
       WATCH, PATCH(GetOverlappedResult, read_misses_server));

MISSES(read_misses_last_duplicate, READS, CLOSES_DUPLICATE, true)
MUTANT(npipe_pending_read_misses_last_duplicate,
       "A read ends well when the last of two handles of the other end is closed", WATCH,
       PATCH(GetOverlappedResult, read_misses_last_duplicate));

MISSES(read_misses_killed, READS, IS_KILLED, at_server)
MUTANT(npipe_pending_read_misses_killed,
       "A read ends well when the process at the other end is killed", WATCH,
       PATCH(GetOverlappedResult, read_misses_killed));

MISSES(read_misses_disconnection, READS, DISCONNECTS, false)
MUTANT(npipe_pending_read_misses_disconnection,
       "A read of the client ends well when the server disconnects", WATCH,
       PATCH(GetOverlappedResult, read_misses_disconnection));

MISSES(read_misses_own_disconnect, READS, DISCONNECTS, true)
MUTANT(npipe_pending_read_misses_own_disconnect,
       "A read of the server ends well when it disconnects", WATCH,
       PATCH(GetOverlappedResult, read_misses_own_disconnect));

MISSES(write_misses_client, WRITES, CLOSES, true)
MUTANT(npipe_pending_write_misses_client, "A write of the server ends well when its client closes",
       WATCH, PATCH(GetOverlappedResult, write_misses_client));

MISSES(write_misses_server, WRITES, CLOSES, false)
MUTANT(npipe_pending_write_misses_server, "A write of the client ends well when its server closes",
       WATCH, PATCH(GetOverlappedResult, write_misses_server));

MISSES(write_misses_last_duplicate, WRITES, CLOSES_DUPLICATE, true)
MUTANT(npipe_pending_write_misses_last_duplicate,
       "A write ends well when the last of two handles of the other end is closed", WATCH,
       PATCH(GetOverlappedResult, write_misses_last_duplicate));

MISSES(write_misses_killed, WRITES, IS_KILLED, at_server)
MUTANT(npipe_pending_write_misses_killed,
       "A write ends well when the process at the other end is killed", WATCH,
       PATCH(GetOverlappedResult, write_misses_killed));

MISSES(write_misses_disconnection, WRITES, DISCONNECTS, false)
MUTANT(npipe_pending_write_misses_disconnection,
       "A write of the client ends well when the server disconnects", WATCH,
       PATCH(GetOverlappedResult, write_misses_disconnection));

MISSES(write_misses_own_disconnect, WRITES, DISCONNECTS, true)
MUTANT(npipe_pending_write_misses_own_disconnect,
       "A write of the server ends well when it disconnects", WATCH,
       PATCH(GetOverlappedResult, write_misses_own_disconnect));

MISSES(transaction_misses_client, TRANSACTS, CLOSES, true)
MUTANT(npipe_pending_transaction_misses_client,
       "A transaction of the server ends well when its client closes", WATCH,
       PATCH(GetOverlappedResult, transaction_misses_client));

MISSES(transaction_misses_server, TRANSACTS, CLOSES, false)
MUTANT(npipe_pending_transaction_misses_server,
       "A transaction of the client ends well when its server closes", WATCH,
       PATCH(GetOverlappedResult, transaction_misses_server));

MISSES(transaction_misses_last_duplicate, TRANSACTS, CLOSES_DUPLICATE, true)
MUTANT(npipe_pending_transaction_misses_last_duplicate,
       "A transaction ends well when the last of two handles of the other end is closed", WATCH,
       PATCH(GetOverlappedResult, transaction_misses_last_duplicate));

MISSES(transaction_misses_killed, TRANSACTS, IS_KILLED, at_server)
MUTANT(npipe_pending_transaction_misses_killed,
       "A transaction ends well when the process at the other end is killed", WATCH,
       PATCH(GetOverlappedResult, transaction_misses_killed));

MISSES(transaction_misses_disconnection, TRANSACTS, DISCONNECTS, false)
MUTANT(npipe_pending_transaction_misses_disconnection,
       "A transaction of the client ends well when the server disconnects", WATCH,
       PATCH(GetOverlappedResult, transaction_misses_disconnection));

MISSES(transaction_misses_own_disconnect, TRANSACTS, DISCONNECTS, true)
MUTANT(npipe_pending_transaction_misses_own_disconnect,
       "A transaction of the server ends well when it disconnects", WATCH,
       PATCH(GetOverlappedResult, transaction_misses_own_disconnect));

/* ---- How one learns of it */

static BOOL WINAPI failure_counts_a_byte(PENDING_RESULT_PARAMETERS)
{
    BOOL ended = PENDING_RESULT;
    if (gone(ended))
        *moved += 1;
    return ended;
}
MUTANT(npipe_pending_failure_counts_a_byte,
       "GetOverlappedResult counts a byte of what has failed because the other end has gone",
       PATCH(GetOverlappedResult, failure_counts_a_byte));

static BOOL WINAPI write_looks_completed(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    if (failed_with(wrote, ERROR_IO_PENDING))
        overlapped->Internal = 0;
    return wrote;
}
MUTANT(npipe_pending_write_looks_completed, "A pending write is not marked as pending",
       PATCH(WriteFile, write_looks_completed));

static BOOL WINAPI success_of_handle(PENDING_RESULT_PARAMETERS)
{
    BOOL ended = PENDING_RESULT;
    return ended || (gone(ended) && !overlapped->hEvent);
}
MUTANT(npipe_handle_misses_failed_operations,
       "An operation without an event ends well when the other end has gone",
       PATCH(GetOverlappedResult, success_of_handle));

#define PENDING_PACKET_PARAMETERS \
    HANDLE port, LPDWORD moved, PULONG_PTR key, LPOVERLAPPED *overlapped, DWORD time_out
#define PENDING_PACKET real(GetQueuedCompletionStatus)(port, moved, key, overlapped, time_out)

static BOOL WINAPI packet_of_failed_write(PENDING_PACKET_PARAMETERS)
{
    BOOL success = PENDING_PACKET;
    return success || (gone(success) && pending.operation == WRITES);
}
MUTANT(completion_packet_of_failed_write_succeeds,
       "The packet of a write tells of no error when the other end has gone", WATCH,
       PATCH(GetQueuedCompletionStatus, packet_of_failed_write));

static BOOL WINAPI packet_without_key(PENDING_PACKET_PARAMETERS)
{
    BOOL success = PENDING_PACKET;
    if (gone(success))
        *key = 0;
    return success;
}
MUTANT(completion_packet_of_failure_has_no_key,
       "The packet of an operation has no key when the other end has gone",
       PATCH(GetQueuedCompletionStatus, packet_without_key));

static LPOVERLAPPED_COMPLETION_ROUTINE routine;

static void CALLBACK without_error(DWORD error, DWORD count, LPOVERLAPPED overlapped)
{
    routine(error == ERROR_BROKEN_PIPE ? ERROR_SUCCESS : error, count, overlapped);
}

static BOOL WINAPI write_ex_hides_failure(HANDLE end, LPCVOID bytes, DWORD size,
                                          LPOVERLAPPED overlapped,
                                          LPOVERLAPPED_COMPLETION_ROUTINE given)
{
    routine = given;
    return real(WriteFileEx)(end, bytes, size, overlapped,
                             is_client_end(end) ? without_error : given);
}
MUTANT(write_routine_hides_failure,
       "The routine of a client's WriteFileEx is told of no error when the server has gone",
       PATCH(WriteFileEx, write_ex_hides_failure));

static BOOL WINAPI read_ex_hides_failure(HANDLE end, LPVOID bytes, DWORD size,
                                         LPOVERLAPPED overlapped,
                                         LPOVERLAPPED_COMPLETION_ROUTINE given)
{
    routine = given;
    return real(ReadFileEx)(end, bytes, size, overlapped,
                            is_client_end(end) ? without_error : given);
}
MUTANT(read_routine_hides_failure,
       "The routine of a client's ReadFileEx is told of no error when the server has gone",
       PATCH(ReadFileEx, read_ex_hides_failure));

#define RESULT_EX_PARAMETERS \
    HANDLE end, LPOVERLAPPED overlapped, LPDWORD moved, DWORD time_out, BOOL alertable
#define RESULT_EX real(GetOverlappedResultEx)(end, overlapped, moved, time_out, alertable)

static BOOL WINAPI result_ex_hides_transactions(RESULT_EX_PARAMETERS)
{
    BOOL ended = RESULT_EX;
    return ended || (gone(ended) && pending.operation == TRANSACTS);
}
MUTANT(overlapped_result_ex_hides_failed_transactions,
       "GetOverlappedResultEx tells of no error of a transaction", WATCH,
       PATCH(GetOverlappedResultEx, result_ex_hides_transactions));

static BOOL WINAPI result_ex_renames_disconnect(RESULT_EX_PARAMETERS)
{
    BOOL ended = RESULT_EX;
    return failed_with(ended, ERROR_PIPE_NOT_CONNECTED) ? fail_with(ERROR_BROKEN_PIPE) : ended;
}
MUTANT(overlapped_result_ex_renames_disconnect,
       "GetOverlappedResultEx takes a disconnect for the end of the pipe",
       PATCH(GetOverlappedResultEx, result_ex_renames_disconnect));

/* ---- Flushes and connects */

static BOOL WINAPI flush_left_has_no_data(HANDLE file)
{
    BOOL flushed = real(FlushFileBuffers)(file);
    return failed_with(flushed, ERROR_BROKEN_PIPE) ? fail_with(ERROR_NO_DATA) : flushed;
}
MUTANT(npipe_flush_left_by_client_has_no_data,
       "FlushFileBuffers that waits fails with ERROR_NO_DATA when the client has gone",
       PATCH(FlushFileBuffers, flush_left_has_no_data));

static BOOL WINAPI flush_disconnected_is_broken(HANDLE file)
{
    BOOL flushed = real(FlushFileBuffers)(file);
    return failed_with(flushed, ERROR_PIPE_NOT_CONNECTED) ? fail_with(ERROR_BROKEN_PIPE) : flushed;
}
MUTANT(npipe_flush_disconnected_is_broken,
       "FlushFileBuffers that waits takes a disconnect for the end of the pipe",
       PATCH(FlushFileBuffers, flush_disconnected_is_broken));

static BOOL WINAPI connect_looks_completed(HANDLE pipe, LPOVERLAPPED overlapped)
{
    BOOL connected = real(ConnectNamedPipe)(pipe, overlapped);
    if (failed_with(connected, ERROR_IO_PENDING) && overlapped->hEvent)
        overlapped->Internal = 0;
    return connected;
}
MUTANT(npipe_pending_connect_looks_completed, "A pending connect is not marked as pending",
       PATCH(ConnectNamedPipe, connect_looks_completed));

/* An event nobody knows of takes what the handle should get. */
static BOOL WINAPI connect_leaves_handle(HANDLE pipe, LPOVERLAPPED overlapped)
{
    if (!overlapped || overlapped->hEvent)
        return real(ConnectNamedPipe)(pipe, overlapped);
    overlapped->hEvent = real(CreateEventW)(NULL, TRUE, FALSE, NULL);
    BOOL connected = real(ConnectNamedPipe)(pipe, overlapped);
    overlapped->hEvent = NULL;
    return connected;
}
MUTANT(npipe_pending_connect_leaves_handle_signaled,
       "A pending connect without an event does not reset the handle",
       PATCH(ConnectNamedPipe, connect_leaves_handle));

static BOOL WINAPI left_connect_fails(PENDING_RESULT_PARAMETERS)
{
    BOOL ended = PENDING_RESULT;
    DWORD error = GetLastError();
    if (ended && pending.closed && !real(PeekNamedPipe)(end, NULL, 0, NULL, NULL, NULL))
        return fail_with(ERROR_BROKEN_PIPE);
    SetLastError(error);
    return ended;
}

static BOOL WINAPI watch_connect(HANDLE pipe, LPOVERLAPPED overlapped)
{
    return watch(real(ConnectNamedPipe)(pipe, overlapped), CONNECTS, pipe, overlapped);
}
MUTANT(npipe_pending_connect_fails_when_client_left,
       "A connect fails when the client that came has left before anybody has looked",
       PATCH(ConnectNamedPipe, watch_connect), PATCH(CloseHandle, watch_close),
       PATCH(GetOverlappedResult, left_connect_fails));
