/* Wrong behaviours, for the tests of peek.c: PeekNamedPipe: its three counts, what it leaves in
 * the pipe, and when it fails. */
#include "npipe-mutants.h"

static bool is_message_pipe(HANDLE end)
{
    return info_of(end) & PIPE_TYPE_MESSAGE;
}

static BOOL WINAPI left_is_whole_message(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    if (peeked && read && left && *left && is_message_pipe(end))
        *left += *read;
    return peeked;
}
MUTANT(npipe_peek_left_is_whole_message,
       "PeekNamedPipe counts what it has copied among what is left of the message",
       PATCH(PeekNamedPipe, left_is_whole_message));

static BOOL WINAPI peek_spans_messages(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    if (peeked && read && available && is_message_pipe(end) && size > *read)
        *read = *available < size ? *available : size;
    return peeked;
}
MUTANT(npipe_peek_spans_messages, "PeekNamedPipe goes on with the next message",
       PATCH(PeekNamedPipe, peek_spans_messages));

static BOOL WINAPI left_needs_buffer(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    if (peeked && left && !buffer)
        *left = 0;
    return peeked;
}
MUTANT(npipe_peek_left_needs_buffer,
       "Without a buffer PeekNamedPipe finds nothing of the message left",
       PATCH(PeekNamedPipe, left_needs_buffer));

static BOOL WINAPI read_is_available(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    if (peeked && read && available && *read == size)
        *read = *available;
    return peeked;
}
MUTANT(npipe_peek_read_is_available, "PeekNamedPipe gives what is available as what it has copied",
       PATCH(PeekNamedPipe, read_is_available));

static BOOL WINAPI peek_stops_at_ten(PEEK_PARAMETERS)
{
    if (buffer && size > 10 && !is_message_pipe(end))
        size = 10;
    return PEEK;
}
MUTANT(npipe_peek_stops_short, "PeekNamedPipe copies one write of a byte pipe only",
       PATCH(PeekNamedPipe, peek_stops_at_ten));

static BOOL WINAPI size_without_buffer(PEEK_PARAMETERS)
{
    return !buffer && size ? fail_with(ERROR_NOACCESS) : PEEK;
}
MUTANT(npipe_peek_minds_size_without_buffer, "PeekNamedPipe fails with a size but no buffer",
       PATCH(PeekNamedPipe, size_without_buffer));

static BOOL WINAPI peek_removes(PEEK_PARAMETERS)
{
    DWORD taken = 0;
    BOOL peeked = PEEK;
    if (peeked && buffer && read && *read)
        real(ReadFile)(end, buffer, *read, &taken, NULL);
    return peeked;
}
MUTANT(npipe_peek_removes, "PeekNamedPipe takes what it copies out of the pipe",
       PATCH(PeekNamedPipe, peek_removes));

static BOOL WINAPI part_is_more_data(PEEK_PARAMETERS)
{
    DWORD message = 0;
    BOOL peeked = PEEK;
    if (peeked && buffer && is_message_pipe(end))
        unread_in(end, &message);
    return message > size ? fail_with(ERROR_MORE_DATA) : peeked;
}
MUTANT(npipe_peek_of_part_fails, "PeekNamedPipe fails when it copies part of a message",
       PATCH(PeekNamedPipe, part_is_more_data));

/* Whether this process has made a named pipe: what it peeks at is no anonymous one then. */
static bool has_named_pipe;

static HANDLE WINAPI note_named_pipe(LPCWSTR name, DWORD open_mode, DWORD pipe_mode,
                                     DWORD instances, DWORD out, DWORD in, DWORD time_out,
                                     SECURITY_ATTRIBUTES *security)
{
    has_named_pipe = true;
    return real(CreateNamedPipeW)(name, open_mode, pipe_mode, instances, out, in, time_out,
                                  security);
}

static BOOL WINAPI peek_wants_a_pointer(PEEK_PARAMETERS)
{
    if (has_named_pipe && !buffer && !read && !available && !left)
        return fail_with(ERROR_INVALID_PARAMETER);
    return PEEK;
}
MUTANT(npipe_peek_wants_a_pointer, "PeekNamedPipe fails when nothing is asked",
       PATCH(PeekNamedPipe, peek_wants_a_pointer), PATCH(CreateNamedPipeW, note_named_pipe));

static BOOL empty_fails(PEEK_PARAMETERS, DWORD wait_mode)
{
    BOOL peeked = PEEK;
    if (peeked && buffer && !unread_in(end, NULL) && (mode_of(end) & PIPE_NOWAIT) == wait_mode)
        return fail_with(ERROR_NO_DATA);
    return peeked;
}

static BOOL WINAPI peek_of_empty_fails(PEEK_PARAMETERS)
{
    return empty_fails(end, buffer, size, read, available, left, PIPE_WAIT);
}
MUTANT(npipe_peek_of_empty_fails, "PeekNamedPipe of an empty pipe fails",
       PATCH(PeekNamedPipe, peek_of_empty_fails));

static BOOL WINAPI nonblocking_peek_of_empty_fails(PEEK_PARAMETERS)
{
    return empty_fails(end, buffer, size, read, available, left, PIPE_NOWAIT);
}
MUTANT(npipe_nonblocking_peek_of_empty_fails,
       "In nonblocking mode PeekNamedPipe fails like ReadFile",
       PATCH(PeekNamedPipe, nonblocking_peek_of_empty_fails));

static BOOL WINAPI peek_of_fresh_instance(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    return peeked || failed_with(peeked, ERROR_BAD_PIPE);
}
MUTANT(npipe_peek_of_fresh_instance, "PeekNamedPipe succeeds before any client has come",
       PATCH(PeekNamedPipe, peek_of_fresh_instance));

static BOOL WINAPI peek_needs_no_right(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    return peeked || failed_with(peeked, ERROR_ACCESS_DENIED);
}
MUTANT(npipe_peek_needs_no_right, "PeekNamedPipe succeeds with a handle for writing only",
       PATCH(PeekNamedPipe, peek_needs_no_right));

static BOOL WINAPI peek_misses_end(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    return peeked || (has_named_pipe && failed_with(peeked, ERROR_BROKEN_PIPE));
}
MUTANT(npipe_peek_misses_end, "PeekNamedPipe does not notice that the other end has gone",
       PATCH(PeekNamedPipe, peek_misses_end), PATCH(CreateNamedPipeW, note_named_pipe));
