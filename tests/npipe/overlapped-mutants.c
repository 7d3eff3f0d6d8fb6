/* Wrong behaviours, for the tests of overlapped.c: overlapped operations on named pipes:
 * pending, ended, several at once, cancelled. */
#include "npipe-mutants.h"

static BOOL WINAPI event_kept(CONNECT_PARAMETERS)
{
    BOOL connected = CONNECT;
    if (failed_with(connected, ERROR_IO_PENDING)) {
        real(SetEvent)(overlapped->hEvent);
        SetLastError(ERROR_IO_PENDING);
    }
    return connected;
}
MUTANT(npipe_connect_signals_early, "A pending ConnectNamedPipe signals its event at once",
       PATCH(ConnectNamedPipe, event_kept));

static OVERLAPPED *pending_connect;

static BOOL WINAPI pending_connect_noted(CONNECT_PARAMETERS)
{
    BOOL connected = CONNECT;
    if (failed_with(connected, ERROR_IO_PENDING))
        pending_connect = overlapped;
    return connected;
}

static BOOL WINAPI pending_connect_fails(HANDLE file, LPOVERLAPPED overlapped, LPDWORD moved,
                                         BOOL wait)
{
    BOOL ended = real(GetOverlappedResult)(file, overlapped, moved, wait);
    return ended && overlapped == pending_connect ? fail_with(ERROR_NO_DATA) : ended;
}
MUTANT(npipe_pending_connect_fails, "A pending ConnectNamedPipe ends with an error",
       PATCH(ConnectNamedPipe, pending_connect_noted),
       PATCH(GetOverlappedResult, pending_connect_fails));

/* The latest reads that went pending, with the number of bytes they asked for. */
static struct {
    HANDLE end;
    OVERLAPPED *operation;
    DWORD asked;
} pending[8];
static LONG pending_count;

static BOOL WINAPI pending_read_noted(READ_PARAMETERS)
{
    BOOL read = READ;
    if (failed_with(read, ERROR_IO_PENDING)) {
        LONG at = InterlockedIncrement(&pending_count) % 8;
        pending[at].end = end;
        pending[at].operation = overlapped;
        pending[at].asked = size;
    }
    return read;
}

static DWORD asked_by(const OVERLAPPED *operation)
{
    for (int i = 0; i < 8; i++)
        if (pending[i].operation == operation)
            return pending[i].asked;
    return 0;
}

static BOOL WINAPI short_read_fails(RESULT_PARAMETERS)
{
    BOOL ended = RESULT;
    return ended && *moved < asked_by(overlapped) ? fail_with(ERROR_HANDLE_EOF) : ended;
}
MUTANT(npipe_pending_read_wants_all, "A pending read that gets fewer bytes than it asked for fails",
       PATCH(ReadFile, pending_read_noted), PATCH(GetOverlappedResult, short_read_fails));

static BOOL WINAPI read_miscounted(RESULT_PARAMETERS)
{
    BOOL ended = RESULT;
    if (ended && *moved > 1 && asked_by(overlapped))
        --*moved;
    return ended;
}
MUTANT(npipe_pending_read_miscounted, "GetOverlappedResult counts a pending read one byte short",
       PATCH(ReadFile, pending_read_noted), PATCH(GetOverlappedResult, read_miscounted));

static BOOL WINAPI read_signals_early(READ_PARAMETERS)
{
    BOOL read = READ;
    if (failed_with(read, ERROR_IO_PENDING)) {
        real(SetEvent)(overlapped->hEvent);
        SetLastError(ERROR_IO_PENDING);
    }
    return read;
}
MUTANT(npipe_read_signals_early, "A pending read does not reset its event",
       PATCH(ReadFile, read_signals_early));

static BOOL WINAPI incomplete_is_pending(RESULT_PARAMETERS)
{
    BOOL ended = RESULT;
    if (failed_with(ended, ERROR_IO_INCOMPLETE))
        SetLastError(ERROR_IO_PENDING);
    return ended;
}
MUTANT(npipe_incomplete_is_pending, "GetOverlappedResult says ERROR_IO_PENDING of what goes on",
       PATCH(GetOverlappedResult, incomplete_is_pending));

static BOOL WINAPI more_data_succeeds(RESULT_PARAMETERS)
{
    BOOL ended = RESULT;
    return ended || failed_with(ended, ERROR_MORE_DATA);
}
MUTANT(npipe_pending_part_succeeds, "A pending read of part of a message ends as a plain success",
       PATCH(GetOverlappedResult, more_data_succeeds));

static BOOL WINAPI broken_pipe_succeeds(RESULT_PARAMETERS)
{
    BOOL ended = RESULT;
    return ended || failed_with(ended, ERROR_BROKEN_PIPE);
}
MUTANT(npipe_pending_read_misses_end, "A pending read ends without error when the other end goes",
       PATCH(GetOverlappedResult, broken_pipe_succeeds));

static BOOL WINAPI disconnected_succeeds(RESULT_PARAMETERS)
{
    BOOL ended = RESULT;
    return ended || failed_with(ended, ERROR_PIPE_NOT_CONNECTED);
}
MUTANT(npipe_pending_read_misses_disconnect,
       "A pending read of the client ends without error when the server disconnects",
       PATCH(GetOverlappedResult, disconnected_succeeds));

static BOOL WINAPI large_write_returns_success(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    return wrote || failed_with(wrote, ERROR_IO_PENDING);
}
MUTANT(npipe_large_write_claims_success, "A write that is still under way returns success",
       PATCH(WriteFile, large_write_returns_success));

static BOOL WINAPI large_write_garbled(WRITE_PARAMETERS)
{
    static uint8_t garbled[1 << 16];
    if (size > 4096 && size <= sizeof(garbled)) {
        memcpy(garbled, bytes, size);
        garbled[4096] ^= 0xFF;
        bytes = garbled;
    }
    return WRITE;
}
MUTANT(npipe_large_write_garbled,
       "What exceeds the pipe's buffer does not arrive as it was written",
       PATCH(WriteFile, large_write_garbled));

static BOOL WINAPI pending_read_blocks_write(WRITE_PARAMETERS)
{
    for (int i = 0; i < 8; i++)
        if (end && pending[i].end == end && !HasOverlappedIoCompleted(pending[i].operation))
            return fail_with(ERROR_BUSY);
    return WRITE;
}
MUTANT(npipe_pending_read_blocks_write, "An end cannot be written while a read is pending on it",
       PATCH(ReadFile, pending_read_noted), PATCH(WriteFile, pending_read_blocks_write));

static BOOL WINAPI cancel_takes_all(HANDLE file, LPOVERLAPPED overlapped)
{
    BOOL cancelled = real(CancelIoEx)(file, overlapped);
    if (cancelled && overlapped && real(GetNamedPipeInfo)(file, NULL, NULL, NULL, NULL))
        real(CancelIo)(file);
    return cancelled;
}
MUTANT(npipe_cancel_takes_all, "CancelIoEx of one operation cancels the others too",
       PATCH(CancelIoEx, cancel_takes_all));

static HANDLE cancelled_end;

static BOOL WINAPI cancelling_noted(HANDLE file, LPOVERLAPPED overlapped)
{
    BOOL cancelled = real(CancelIoEx)(file, overlapped);
    if (cancelled)
        cancelled_end = file;
    return cancelled;
}

static BOOL WINAPI cancelled_end_refused(READ_PARAMETERS)
{
    return end == cancelled_end ? fail_with(ERROR_OPERATION_ABORTED) : READ;
}
MUTANT(npipe_cancelled_end_is_dead, "After CancelIoEx all reads of the handle are aborted",
       PATCH(CancelIoEx, cancelling_noted), PATCH(ReadFile, cancelled_end_refused));

static BOOL WINAPI cancel_of_nothing_succeeds(HANDLE file, LPOVERLAPPED overlapped)
{
    BOOL cancelled = real(CancelIoEx)(file, overlapped);
    return cancelled || failed_with(cancelled, ERROR_NOT_FOUND);
}
MUTANT(npipe_cancel_of_nothing_succeeds, "CancelIoEx succeeds when there is nothing to cancel",
       PATCH(CancelIoEx, cancel_of_nothing_succeeds));
