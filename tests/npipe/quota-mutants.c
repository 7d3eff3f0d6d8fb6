/* Wrong behaviours of the buffers of pipes. */
#include "npipe-mutants.h"

/* The room for what END writes, or, the other way, for what it reads. */
static DWORD room_of(HANDLE end, bool written)
{
    DWORD error = GetLastError(), flags = 0, out = 0, in = 0;
    real(GetNamedPipeInfo)(end, &flags, &out, &in, NULL);
    SetLastError(error);
    return ((flags & PIPE_SERVER_END) != 0) == written ? out : in;
}

/* The write that has last gone pending. */
static struct {
    HANDLE end;
    LPOVERLAPPED overlapped;
} pending;
static HANDLE reader; /* the end that was last read */

static bool is_pending(void)
{
    return pending.overlapped && !HasOverlappedIoCompleted(pending.overlapped);
}

static BOOL WINAPI note_write(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    if (failed_with(wrote, ERROR_IO_PENDING)) {
        pending.end = end;
        pending.overlapped = overlapped;
    }
    return wrote;
}

static BOOL WINAPI note_read(READ_PARAMETERS)
{
    reader = end;
    return READ;
}

static BOOL WINAPI just_fitting_pends(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    return wrote && size && size == room_of(end, true) ? fail_with(ERROR_IO_PENDING) : wrote;
}
MUTANT(npipe_write_that_just_fits_pends, "A write of as much as the pipe holds goes pending",
       PATCH(WriteFile, just_fitting_pends));

static BOOL WINAPI byte_too_much_succeeds(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    return wrote || (failed_with(wrote, ERROR_IO_PENDING) && size == room_of(end, true) + 1);
}
MUTANT(npipe_write_of_a_byte_too_much_succeeds, "A pipe holds a byte more than its buffer",
       PATCH(WriteFile, byte_too_much_succeeds));

static BOOL WINAPI peek_sees_the_buffer(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    DWORD room = room_of(end, false);
    if (peeked && available && room && *available > room)
        *available = room;
    return peeked;
}
MUTANT(npipe_peek_sees_the_buffer_only, "What is in a write under way is not available",
       PATCH(PeekNamedPipe, peek_sees_the_buffer));

static BOOL WINAPI unread_do_not_count(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    return wrote || (failed_with(wrote, ERROR_IO_PENDING) && size <= room_of(end, true));
}
MUTANT(npipe_unread_bytes_take_no_room, "A write succeeds that an empty pipe would have room for",
       PATCH(WriteFile, unread_do_not_count));

static BOOL WINAPI write_ends_with_all_read(HANDLE file, LPOVERLAPPED overlapped, LPDWORD moved,
                                            BOOL wait)
{
    BOOL ended = real(GetOverlappedResult)(file, overlapped, moved, wait);
    return ended && file == pending.end && reader && unread_in(reader, NULL)
               ? fail_with(ERROR_IO_INCOMPLETE)
               : ended;
}
MUTANT(npipe_pending_write_ends_when_all_is_read,
       "A pending write does not end before the pipe is empty", PATCH(WriteFile, note_write),
       PATCH(ReadFile, note_read), PATCH(GetOverlappedResult, write_ends_with_all_read));

static BOOL WINAPI small_write_overtakes(WRITE_PARAMETERS)
{
    bool behind = is_pending() && end == pending.end;
    BOOL wrote = note_write(end, bytes, size, written, overlapped);
    return wrote || (failed_with(wrote, ERROR_IO_PENDING) && behind);
}
MUTANT(npipe_small_write_does_not_wait_its_turn,
       "A write succeeds at once though another one is pending before it",
       PATCH(WriteFile, small_write_overtakes));

static BOOL WINAPI no_bytes_wait(WRITE_PARAMETERS)
{
    if (size == 0 && is_pending() && end == pending.end)
        return fail_with(ERROR_IO_PENDING);
    return note_write(end, bytes, size, written, overlapped);
}
MUTANT(npipe_write_of_no_bytes_waits_its_turn,
       "A write of no bytes goes pending behind a pending one", PATCH(WriteFile, no_bytes_wait));

static BOOL WINAPI directions_share_room(WRITE_PARAMETERS)
{
    if (is_pending() && end != pending.end)
        return fail_with(ERROR_PIPE_BUSY);
    return note_write(end, bytes, size, written, overlapped);
}
MUTANT(npipe_directions_share_a_buffer,
       "An end cannot be written while a write of the other one is pending",
       PATCH(WriteFile, directions_share_room));

static BOOL WINAPI cancelled_leaves_a_byte(HANDLE file, LPOVERLAPPED overlapped)
{
    static OVERLAPPED unseen;
    BOOL cancelled = real(CancelIoEx)(file, overlapped);
    if (cancelled && file == pending.end)
        real(WriteFile)(file, "x", 1, NULL, &unseen);
    return cancelled;
}
MUTANT(npipe_cancelled_write_leaves_a_byte, "A byte of a write that was cancelled can be read",
       PATCH(WriteFile, note_write), PATCH(CancelIoEx, cancelled_leaves_a_byte));

static BOOL WINAPI read_saves_no_room(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    DWORD room = room_of(end, true);
    return wrote && room && size > room && !(mode_of(end) & PIPE_NOWAIT)
               ? fail_with(ERROR_IO_PENDING)
               : wrote;
}
MUTANT(npipe_pending_read_saves_no_room,
       "A write goes pending that is longer than the buffer, though a pending read takes of it",
       PATCH(WriteFile, read_saves_no_room));

static BOOL WINAPI none_holds_a_page(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    return wrote || (failed_with(wrote, ERROR_IO_PENDING) && room_of(end, true) == 0);
}
MUTANT(npipe_buffer_of_none_holds_a_page, "A pipe without a buffer holds a small write",
       PATCH(WriteFile, none_holds_a_page));

static BOOL WINAPI none_told_as_a_page(HANDLE pipe, LPDWORD flags, LPDWORD out, LPDWORD in,
                                       LPDWORD limit)
{
    BOOL done = real(GetNamedPipeInfo)(pipe, flags, out, in, limit);
    if (done && out && *out == 0)
        *out = 4096;
    return done;
}
MUTANT(npipe_buffer_of_none_is_told_as_a_page,
       "GetNamedPipeInfo gives a pipe without a buffer one of a page",
       PATCH(GetNamedPipeInfo, none_told_as_a_page));

/* ---- Nonblocking mode */

static BOOL WINAPI nowait_needs_spare_room(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    if (wrote && written && *written == room_of(end, true) && mode_of(end) & PIPE_NOWAIT)
        *written = 0;
    return wrote;
}
MUTANT(npipe_nowait_needs_a_byte_to_spare,
       "A nonblocking write of as much as the pipe holds is said to have written nothing",
       PATCH(WriteFile, nowait_needs_spare_room));

static BOOL WINAPI nowait_cuts_messages(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    if (wrote && written && *written < size && mode_of(end) & PIPE_NOWAIT &&
        info_of(end) & PIPE_TYPE_MESSAGE)
        *written = room_of(end, true);
    return wrote;
}
MUTANT(npipe_nowait_cuts_messages,
       "A nonblocking write of a message that does not fit is said to have written part of it",
       PATCH(WriteFile, nowait_cuts_messages));

static BOOL WINAPI nowait_misses_read(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    if (wrote && written && *written > room_of(end, true) && mode_of(end) & PIPE_NOWAIT)
        *written = room_of(end, true);
    return wrote;
}
MUTANT(npipe_nowait_misses_pending_reads,
       "A nonblocking write is said to have written no more than the buffer holds, whoever reads",
       PATCH(WriteFile, nowait_misses_read));

/* When more is unread than the buffer holds, the message behind the first comes with it. */
static BOOL WINAPI joins_pending(READ_PARAMETERS)
{
    DWORD first = 0, room = 0, all = unread_in(end, &first), more = 0;
    if (!is_pipe(end) || !(mode_of(end) & PIPE_READMODE_MESSAGE) || !overlapped)
        return READ;
    real(GetNamedPipeInfo)(end, NULL, is_client_end(end) ? &room : NULL,
                           is_client_end(end) ? NULL : &room, NULL);
    BOOL read = READ;
    DWORD error = GetLastError();
    if (read && room && all > room && first < all && first < size) {
        OVERLAPPED second = {.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL)};
        real(ReadFile)(end, (char *)buffer + first, size - first, &more, &second);
        overlapped->InternalHigh += more;
    }
    SetLastError(error);
    return read;
}
MUTANT(npipe_pending_messages_run_together,
       "A message that is pending is read together with the one before it",
       PATCH(ReadFile, joins_pending));
