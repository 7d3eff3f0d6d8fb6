/* Wrong behaviours, for the tests of empties.c: empty messages and reads that wait. */
#include "npipe-mutants.h"

static OVERLAPPED *pending; /* the last read that went pending */
static LONG waiting_reads;  /* reads that do not return before they have something */

static BOOL WINAPI notes_read(READ_PARAMETERS)
{
    if (!overlapped && is_pipe(end)) {
        InterlockedIncrement(&waiting_reads);
        BOOL read = READ;
        InterlockedDecrement(&waiting_reads);
        return read;
    }
    BOOL read = READ;
    if (!read && GetLastError() == ERROR_IO_PENDING)
        pending = overlapped;
    return read;
}

static OVERLAPPED *pending_with_routine; /* the last one of ReadFileEx */

static BOOL WINAPI notes_read_ex(HANDLE end, LPVOID buffer, DWORD size, LPOVERLAPPED overlapped,
                                 LPOVERLAPPED_COMPLETION_ROUTINE routine)
{
    BOOL read = real(ReadFileEx)(end, buffer, size, overlapped, routine);
    if (read && overlapped && !HasOverlappedIoCompleted(overlapped))
        pending_with_routine = overlapped;
    return read;
}

/* The write as it is told to have gone. */
static BOOL nothing_written(LPDWORD written, LPOVERLAPPED overlapped)
{
    if (overlapped) {
        overlapped->Internal = overlapped->InternalHigh = 0;
        real(SetEvent)(overlapped->hEvent);
    }
    if (written)
        *written = 0;
    return TRUE;
}

static BOOL WINAPI ends_no_pending_read(WRITE_PARAMETERS)
{
    if (size || !is_pipe(end) || !pending || !pending->hEvent || HasOverlappedIoCompleted(pending))
        return WRITE;
    return nothing_written(written, overlapped);
}
MUTANT(npipe_empty_message_leaves_a_read_pending,
       "A write of no bytes succeeds and leaves a read pending, with its event not set",
       PATCH(ReadFile, notes_read), PATCH(WriteFile, ends_no_pending_read));

static BOOL WINAPI runs_no_routine(WRITE_PARAMETERS)
{
    if (size || !is_pipe(end) || !pending_with_routine ||
        HasOverlappedIoCompleted(pending_with_routine))
        return WRITE;
    return nothing_written(written, overlapped);
}
MUTANT(npipe_empty_message_runs_no_routine,
       "A write of no bytes succeeds and leaves a ReadFileEx pending, whose routine does not run",
       PATCH(ReadFileEx, notes_read_ex), PATCH(WriteFile, runs_no_routine));

static BOOL WINAPI ends_no_blocked_read(WRITE_PARAMETERS)
{
    return size || !is_pipe(end) || !waiting_reads ? WRITE : nothing_written(written, overlapped);
}
MUTANT(npipe_empty_message_leaves_a_read_blocked,
       "A write of no bytes succeeds and does not reach a read that another thread waits in",
       PATCH(ReadFile, notes_read), PATCH(WriteFile, ends_no_blocked_read));

static BOOL WINAPI packet_of_none_is_lost(PACKET_PARAMETERS)
{
    BOOL got = PACKET;
    if (!got || !pending || *overlapped != pending || *count)
        return got;
    return real(GetQueuedCompletionStatus)(port, count, key, overlapped, 0);
}
MUTANT(npipe_empty_message_makes_no_packet,
       "A pending read that an empty message ends makes no packet", PATCH(ReadFile, notes_read),
       PATCH(GetQueuedCompletionStatus, packet_of_none_is_lost));
