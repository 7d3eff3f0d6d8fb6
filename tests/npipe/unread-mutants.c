/* Ends that keep their unread data only in part when the other end has gone. */
#include "npipe-mutants.h"

static bool is_closing(HANDLE end)
{
    return pipe_state(end) == PIPE_STATE_CLOSING;
}

static BOOL WINAPI one_message_is_left(READ_PARAMETERS)
{
    BOOL read = READ;
    if (read && is_closing(end) && (mode_of(end) & PIPE_READMODE_MESSAGE))
        drop(end, ~0u);
    return read;
}
MUTANT(npipe_left_end_keeps_one_message,
       "Of the messages unread when the other end is closed only the first can be read",
       PATCH(ReadFile, one_message_is_left));

static BOOL WINAPI one_part_is_left(READ_PARAMETERS)
{
    DWORD left;
    BOOL read = READ;
    if (failed_with(read, ERROR_MORE_DATA) && is_closing(end)) {
        unread_in(end, &left);
        drop(end, left);
    }
    return read;
}
MUTANT(npipe_left_end_loses_the_rest,
       "The rest of a message is lost when the other end is closed and part of it is read",
       PATCH(ReadFile, one_part_is_left));

/* Whether what is next is an empty message, or the end. */
static bool nothing_is_next(HANDLE end)
{
    DWORD message;
    unread_in(end, &message);
    return !message && (info_of(end) & PIPE_TYPE_MESSAGE);
}

static BOOL WINAPI empty_message_is_the_end(READ_PARAMETERS)
{
    bool ends = is_closing(end) && nothing_is_next(end);
    BOOL read = READ;
    return read && ends ? fail_with(ERROR_BROKEN_PIPE) : read;
}
MUTANT(npipe_left_end_skips_empty_messages,
       "An empty message is taken for the end of the pipe when the other end is closed",
       PATCH(ReadFile, empty_message_is_the_end));

static BOOL WINAPI one_read_is_left(READ_PARAMETERS)
{
    BOOL read = READ;
    if (read && is_closing(end) && !(mode_of(end) & PIPE_READMODE_MESSAGE))
        drop(end, ~0u);
    return read;
}
MUTANT(npipe_left_end_gives_one_read,
       "Of the bytes unread when the other end is closed only those of the first read can be had",
       PATCH(ReadFile, one_read_is_left));

/* A message that was read in part: its server end, and what is left of it. */
static HANDLE cut_off;
static DWORD rest;

static BOOL WINAPI keeps_the_rest(HANDLE server)
{
    DWORD message = 0, available = unread_in(server, &message);
    BOOL disconnected = real(DisconnectNamedPipe)(server);
    cut_off = disconnected && available ? server : NULL;
    rest = available;
    return disconnected;
}

static BOOL WINAPI rest_is_available(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    if (peeked && end == cut_off && available)
        *available += rest;
    return peeked;
}
MUTANT(npipe_disconnect_leaves_the_rest_to_the_next_client,
       "The server finds what one client has written and it has not read in the next one's session",
       PATCH(DisconnectNamedPipe, keeps_the_rest), PATCH(PeekNamedPipe, rest_is_available));
