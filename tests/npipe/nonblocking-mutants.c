/* Nonblocking mode that is right for an empty pipe or for the first write alone. */
#include "npipe-mutants.h"

static bool is_nonblocking(HANDLE end)
{
    return mode_of(end) & PIPE_NOWAIT;
}

static BOOL WINAPI empty_is_broken(READ_PARAMETERS)
{
    BOOL read = READ;
    return failed_with(read, ERROR_NO_DATA) ? fail_with(ERROR_BROKEN_PIPE) : read;
}
MUTANT(npipe_nonblocking_empty_pipe_is_broken,
       "A nonblocking read takes an empty pipe for a broken one", PATCH(ReadFile, empty_is_broken));

static BOOL WINAPI joins_messages(READ_PARAMETERS)
{
    DWORD mode = mode_of(end), bytes = PIPE_READMODE_BYTE | PIPE_NOWAIT;
    if (mode != (PIPE_READMODE_MESSAGE | PIPE_NOWAIT))
        return READ;
    real(SetNamedPipeHandleState)(end, &bytes, NULL, NULL);
    BOOL read = READ;
    DWORD error = GetLastError();
    real(SetNamedPipeHandleState)(end, &mode, NULL, NULL);
    SetLastError(error);
    return read;
}
MUTANT(npipe_nonblocking_read_joins_messages, "A nonblocking read in message read mode reads bytes",
       PATCH(ReadFile, joins_messages));

static BOOL WINAPI drops_the_rest(READ_PARAMETERS)
{
    DWORD left;
    BOOL read = READ;
    if (failed_with(read, ERROR_MORE_DATA) && is_nonblocking(end)) {
        unread_in(end, &left);
        drop(end, left);
    }
    return read;
}
MUTANT(npipe_nonblocking_read_drops_the_rest,
       "A nonblocking read of part of a message loses the rest", PATCH(ReadFile, drops_the_rest));

static BOOL WINAPI empty_message_is_none(READ_PARAMETERS)
{
    BOOL read = READ;
    if (read && got && !*got && size && is_nonblocking(end))
        return fail_with(ERROR_NO_DATA);
    return read;
}
MUTANT(npipe_nonblocking_read_passes_over_empty_messages,
       "A nonblocking read takes an empty message for an empty pipe",
       PATCH(ReadFile, empty_message_is_none));

static BOOL WINAPI wants_all(READ_PARAMETERS)
{
    DWORD available = unread_in(end, NULL);
    if (available && available < size && mode_of(end) == PIPE_NOWAIT)
        return fail_with(ERROR_NO_DATA);
    return READ;
}
MUTANT(npipe_nonblocking_read_wants_all_its_bytes,
       "A nonblocking read fails when there are fewer bytes than it asks for",
       PATCH(ReadFile, wants_all));

static BOOL WINAPI end_is_empty(READ_PARAMETERS)
{
    BOOL read = READ;
    bool at_the_end = failed_with(read, ERROR_BROKEN_PIPE) && is_nonblocking(end);
    return at_the_end ? fail_with(ERROR_NO_DATA) : read;
}
MUTANT(npipe_nonblocking_read_does_not_see_the_end,
       "A nonblocking read takes the end of the pipe for an empty pipe",
       PATCH(ReadFile, end_is_empty));

static BOOL WINAPI goes_pending(READ_PARAMETERS)
{
    BOOL read = READ;
    bool empty = failed_with(read, ERROR_NO_DATA);
    return empty && overlapped ? fail_with(ERROR_IO_PENDING) : read;
}
MUTANT(npipe_nonblocking_overlapped_read_is_pending,
       "A read of an empty pipe with an overlapped handle is pending in nonblocking mode too",
       PATCH(ReadFile, goes_pending));

/* No write fits that is longer than the buffer: these are left alone. */
static BOOL WINAPI says_all(WRITE_PARAMETERS)
{
    DWORD out = 0, in = 0;
    BOOL wrote = WRITE;
    if (wrote && written && *written < size && is_nonblocking(end)) {
        real(GetNamedPipeInfo)(end, NULL, &out, &in, NULL);
        if (size <= out || size <= in)
            *written = size;
    }
    return wrote;
}
MUTANT(npipe_nonblocking_write_ignores_unread,
       "A nonblocking write that does not fit behind unread bytes is told as written",
       PATCH(WriteFile, says_all));

static BOOL WINAPI writes_to_nobody(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    return wrote || (failed_with(wrote, ERROR_NO_DATA) && is_nonblocking(end));
}
MUTANT(npipe_nonblocking_write_does_not_see_the_end,
       "A nonblocking write to an end that was left succeeds with 0 bytes",
       PATCH(WriteFile, writes_to_nobody));

static BOOL WINAPI loses_empty(WRITE_PARAMETERS)
{
    if (size || !is_nonblocking(end))
        return WRITE;
    if (written)
        *written = 0;
    return TRUE;
}
MUTANT(npipe_nonblocking_write_of_no_bytes_is_lost,
       "A nonblocking write of no bytes makes no message", PATCH(WriteFile, loses_empty));
