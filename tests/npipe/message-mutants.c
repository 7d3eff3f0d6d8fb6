/* Wrong behaviours, for the tests of message.c: what ReadFile makes of writes: bytes and
 * messages, in parts, empty, and after the last one. */
#include "npipe-mutants.h"

static bool reads_messages(HANDLE end)
{
    return mode_of(end) & PIPE_READMODE_MESSAGE;
}

static BOOL WINAPI byte_read_leaves_last(READ_PARAMETERS)
{
    DWORD unread = reads_messages(end) || overlapped ? 0 : unread_in(end, NULL);
    if (unread > 1 && size > unread)
        size = unread - 1;
    return READ;
}
MUTANT(npipe_byte_read_leaves_last,
       "A synchronous byte-mode read with room to spare leaves the last byte",
       PATCH(ReadFile, byte_read_leaves_last));

static BOOL WINAPI byte_read_stops_at_message(READ_PARAMETERS)
{
    DWORD message = 0;
    if (!reads_messages(end) && info_of(end) & PIPE_TYPE_MESSAGE)
        unread_in(end, &message);
    if (message && size > message)
        size = message;
    return READ;
}
MUTANT(npipe_byte_read_stops_at_message, "A byte-mode read of a message pipe ends with the message",
       PATCH(ReadFile, byte_read_stops_at_message));

static BOOL WINAPI messages_run_together(READ_PARAMETERS)
{
    DWORD more = 0;
    BOOL read = READ;
    if (read && got && *got && *got < size && reads_messages(end) && unread_in(end, NULL) &&
        real(ReadFile)(end, (char *)buffer + *got, size - *got, &more, NULL))
        *got += more;
    return read;
}
MUTANT(npipe_messages_run_together, "A message-mode read goes on with the next message",
       PATCH(ReadFile, messages_run_together));

static BOOL WINAPI fitting_message_is_partial(READ_PARAMETERS)
{
    BOOL read = READ;
    return read && got && *got == size && reads_messages(end) ? fail_with(ERROR_MORE_DATA) : read;
}
MUTANT(npipe_fitting_message_is_partial,
       "A message exactly as long as the buffer is taken for longer",
       PATCH(ReadFile, fitting_message_is_partial));

static BOOL WINAPI partial_message_succeeds(READ_PARAMETERS)
{
    BOOL read = READ;
    return read || failed_with(read, ERROR_MORE_DATA);
}
MUTANT(npipe_partial_message_succeeds, "Reading part of a message is a plain success",
       PATCH(ReadFile, partial_message_succeeds));

static BOOL WINAPI rest_of_message_lost(READ_PARAMETERS)
{
    BOOL read = READ;
    DWORD rest = 0;
    if (failed_with(read, ERROR_MORE_DATA) && got) {
        char lost[64];
        unread_in(end, &rest);
        real(ReadFile)(end, lost, rest < sizeof(lost) ? rest : sizeof(lost), &rest, NULL);
        SetLastError(ERROR_MORE_DATA);
    }
    return read;
}
MUTANT(npipe_rest_of_message_lost, "What a read leaves of a message is lost",
       PATCH(ReadFile, rest_of_message_lost));

static BOOL WINAPI empty_message_swallowed(WRITE_PARAMETERS)
{
    if (size == 0 && written) {
        *written = 0;
        return TRUE;
    }
    return WRITE;
}
MUTANT(npipe_empty_message_swallowed, "A write of no bytes does nothing to a message pipe",
       PATCH(WriteFile, empty_message_swallowed));

static BOOL WINAPI write_to_nobody_succeeds(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    return wrote || failed_with(wrote, ERROR_NO_DATA);
}
MUTANT(npipe_write_to_nobody_succeeds, "A write succeeds although the other end has gone",
       PATCH(WriteFile, write_to_nobody_succeeds));

static BOOL WINAPI fresh_instance_is_empty(READ_PARAMETERS)
{
    BOOL read = READ;
    return read || failed_with(read, ERROR_PIPE_LISTENING);
}
MUTANT(npipe_fresh_instance_is_empty,
       "A read before any client has come gets no bytes, without error",
       PATCH(ReadFile, fresh_instance_is_empty));
