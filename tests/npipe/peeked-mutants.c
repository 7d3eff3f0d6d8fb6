/* Wrong behaviours of PeekNamedPipe that leave the first message and the first end right. */
#include "npipe-mutants.h"

static BOOL WINAPI available_wants_left(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    if (peeked && available && !left && !buffer)
        *available = 0;
    return peeked;
}
MUTANT(npipe_peek_available_is_not_given_alone,
       "PeekNamedPipe gives no number of bytes available when nothing else is asked",
       PATCH(PeekNamedPipe, available_wants_left));

static BOOL WINAPI left_wants_available(PEEK_PARAMETERS)
{
    DWORD unused;
    BOOL peeked = PEEK;
    if (peeked && left && !available && is_client_end(end))
        *left = unread_in(end, &unused) ? 0 : *left;
    return peeked;
}
MUTANT(npipe_peek_left_is_not_given_alone,
       "PeekNamedPipe gives a client no bytes left when nothing else is asked",
       PATCH(PeekNamedPipe, left_wants_available));

static BOOL WINAPI buffer_wants_count(PEEK_PARAMETERS)
{
    return real(PeekNamedPipe)(end, read ? buffer : NULL, size, read, available, left);
}
MUTANT(npipe_peek_copies_with_a_count_only, "PeekNamedPipe copies nothing without lpBytesRead",
       PATCH(PeekNamedPipe, buffer_wants_count));

/* ---- The rest of a message, parts of which have been read */

static DWORD parts_read;
static HANDLE parts_read_by;

static BOOL WINAPI note_part(READ_PARAMETERS)
{
    BOOL done = READ;
    parts_read = failed_with(done, ERROR_MORE_DATA) && got ? *got : 0;
    parts_read_by = end;
    return done;
}

static BOOL WINAPI left_counts_parts(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    if (peeked && left)
        *left += parts_read;
    return peeked;
}
MUTANT(npipe_peek_left_counts_what_was_read,
       "PeekNamedPipe counts as left what has been read of the message", PATCH(ReadFile, note_part),
       PATCH(PeekNamedPipe, left_counts_parts));

static BOOL WINAPI available_counts_parts(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    if (peeked && available)
        *available += parts_read;
    return peeked;
}
MUTANT(npipe_peek_available_counts_what_was_read,
       "PeekNamedPipe counts as available what has been read of the message",
       PATCH(ReadFile, note_part), PATCH(PeekNamedPipe, available_counts_parts));

static BOOL WINAPI rest_runs_on(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    if (peeked && buffer && read && parts_read && *read < size)
        *read += 1;
    return peeked;
}
MUTANT(npipe_peek_goes_on_behind_a_rest,
       "PeekNamedPipe goes on with the next message behind the rest of one that was read in part",
       PATCH(ReadFile, note_part), PATCH(PeekNamedPipe, rest_runs_on));

static BOOL WINAPI rest_is_of_the_handle(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    if (peeked && left && parts_read && end != parts_read_by)
        *left += parts_read;
    return peeked;
}
MUTANT(npipe_peek_rest_is_of_the_handle,
       "PeekNamedPipe by another handle of an end does not know what was read of the message",
       PATCH(ReadFile, note_part), PATCH(PeekNamedPipe, rest_is_of_the_handle));

/* ---- Failures and empty pipes */

static BOOL WINAPI failure_clears_available(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    if (!peeked && available)
        *available = 0;
    return peeked;
}
MUTANT(npipe_peek_that_fails_clears_available,
       "PeekNamedPipe that fails sets the number of bytes available to 0",
       PATCH(PeekNamedPipe, failure_clears_available));

static BOOL WINAPI no_room_refused(PEEK_PARAMETERS)
{
    return buffer && !size ? fail_with(ERROR_INSUFFICIENT_BUFFER) : PEEK;
}
MUTANT(npipe_peek_wants_room, "PeekNamedPipe fails with a buffer of no bytes",
       PATCH(PeekNamedPipe, no_room_refused));

static BOOL pending_read;

static BOOL WINAPI note_pending(READ_PARAMETERS)
{
    BOOL done = READ;
    pending_read |= failed_with(done, ERROR_IO_PENDING);
    return done;
}

static BOOL WINAPI peek_waits_its_turn(PEEK_PARAMETERS)
{
    return pending_read && !unread_in(end, NULL) ? fail_with(ERROR_IO_PENDING) : PEEK;
}
MUTANT(npipe_peek_is_held_up_by_a_pending_read,
       "PeekNamedPipe does not succeed while an overlapped read is pending",
       PATCH(ReadFile, note_pending), PATCH(PeekNamedPipe, peek_waits_its_turn));
