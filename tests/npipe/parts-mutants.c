/* Wrong behaviours of reads of parts of messages that leave the first part right. */
#include "npipe-mutants.h"

/* What has been read through the last handle that was read, as far as these mutants care. */
static struct {
    HANDLE end;
    DWORD parts;    /* of the present message, without its last */
    DWORD messages; /* read to their end */
} last;

/* Notes a read that has ended. Leaves the last error alone. */
static void note_read(HANDLE end, BOOL read)
{
    DWORD error = GetLastError();
    if (end != last.end)
        last = (typeof(last)){.end = end};
    if (read)
        last.messages++;
    last.parts = failed_with(read, ERROR_MORE_DATA) ? last.parts + 1 : 0;
    SetLastError(error);
}

static BOOL WINAPI third_part_is_all(READ_PARAMETERS)
{
    BOOL read = READ;
    note_read(end, read);
    return read || (last.parts == 3 && !is_client_end(end));
}
MUTANT(npipe_third_part_is_all, "The third part of a message is read by a server as if it were all",
       PATCH(ReadFile, third_part_is_all));

static BOOL WINAPI third_part_is_all_of_client(READ_PARAMETERS)
{
    BOOL read = READ;
    note_read(end, read);
    return read || (last.parts == 3 && is_client_end(end));
}
MUTANT(npipe_third_part_is_all_of_client,
       "The third part of a message is read by a client as if it were all",
       PATCH(ReadFile, third_part_is_all_of_client));

static BOOL WINAPI second_has_no_parts(READ_PARAMETERS)
{
    BOOL read = READ;
    note_read(end, read);
    return read || (failed_with(read, ERROR_MORE_DATA) && last.messages && got);
}
MUTANT(npipe_second_message_has_no_parts,
       "Part of a message that is not the first is a plain success",
       PATCH(ReadFile, second_has_no_parts));

static BOOL WINAPI one_byte_is_not_missed(READ_PARAMETERS)
{
    DWORD message = 0;
    BOOL read = READ;
    if (failed_with(read, ERROR_MORE_DATA))
        unread_in(end, &message);
    return read || message == 1;
}
MUTANT(npipe_one_byte_is_not_missed, "A message one byte longer than the read is a plain success",
       PATCH(ReadFile, one_byte_is_not_missed));

static BOOL WINAPI fitting_rest_is_part(READ_PARAMETERS)
{
    DWORD parts = last.end == end ? last.parts : 0;
    BOOL read = READ;
    note_read(end, read);
    return read && got && *got == size && parts ? fail_with(ERROR_MORE_DATA) : read;
}
MUTANT(npipe_fitting_rest_is_part, "The rest of a message that fits exactly is taken for a part",
       PATCH(ReadFile, fitting_rest_is_part));

static bool wrote_bytes, wrote_none;

static BOOL WINAPI later_empty_swallowed(WRITE_PARAMETERS)
{
    if (size == 0 && wrote_bytes) {
        if (written)
            *written = 0;
        if (overlapped && overlapped->hEvent)
            SetEvent(overlapped->hEvent);
        return TRUE;
    }
    wrote_bytes |= size > 0;
    return WRITE;
}
MUTANT(npipe_empty_message_behind_bytes_swallowed,
       "A write of no bytes does nothing when bytes have been written before",
       PATCH(WriteFile, later_empty_swallowed));

static BOOL WINAPI second_empty_swallowed(WRITE_PARAMETERS)
{
    bool again = wrote_none && size == 0;
    wrote_none = size == 0;
    if (!again)
        return WRITE;
    if (written)
        *written = 0;
    if (overlapped && overlapped->hEvent)
        SetEvent(overlapped->hEvent);
    return TRUE;
}
MUTANT(npipe_second_empty_message_swallowed, "A write of no bytes behind another one does nothing",
       PATCH(WriteFile, second_empty_swallowed));

/* ---- How the end is told */

static DWORD parts_told;

static BOOL WINAPI result_hides_later_part(HANDLE file, LPOVERLAPPED overlapped, LPDWORD got,
                                           BOOL wait)
{
    BOOL ended = real(GetOverlappedResult)(file, overlapped, got, wait);
    return ended || (failed_with(ended, ERROR_MORE_DATA) && parts_told++);
}
MUTANT(get_overlapped_result_hides_later_parts,
       "GetOverlappedResult tells of parts only for the first part",
       PATCH(GetOverlappedResult, result_hides_later_part));

static BOOL WINAPI part_counts_as_message(HANDLE file, LPOVERLAPPED overlapped, LPDWORD got,
                                          BOOL wait)
{
    BOOL ended = real(GetOverlappedResult)(file, overlapped, got, wait);
    DWORD left = 0;
    if (failed_with(ended, ERROR_MORE_DATA)) {
        unread_in(file, &left);
        *got += left;
    }
    return ended;
}
MUTANT(get_overlapped_result_counts_the_rest,
       "GetOverlappedResult counts the rest of a message with its part",
       PATCH(GetOverlappedResult, part_counts_as_message));

static BOOL WINAPI port_hides_later_part(HANDLE port, LPDWORD got, PULONG_PTR key,
                                         LPOVERLAPPED *overlapped, DWORD time_out)
{
    BOOL ended = real(GetQueuedCompletionStatus)(port, got, key, overlapped, time_out);
    return ended || (failed_with(ended, ERROR_MORE_DATA) && parts_told++);
}
MUTANT(completion_port_hides_later_parts, "A port tells of parts only for the first part",
       PATCH(GetQueuedCompletionStatus, port_hides_later_part));

/* ---- One message for two reads, long messages */

static LPOVERLAPPED first_pending;
static BOOL WINAPI second_read_pends(READ_PARAMETERS)
{
    BOOL read = READ;
    if (failed_with(read, ERROR_IO_PENDING) && !first_pending)
        first_pending = overlapped;
    return read;
}

static BOOL WINAPI second_read_gets_nothing(HANDLE file, LPOVERLAPPED overlapped, LPDWORD got,
                                            BOOL wait)
{
    static bool in_parts;
    BOOL ended = real(GetOverlappedResult)(file, overlapped, got, wait);
    if (ended && in_parts && overlapped != first_pending)
        *got = 0;
    in_parts = overlapped == first_pending && failed_with(ended, ERROR_MORE_DATA);
    return ended;
}
MUTANT(npipe_second_pending_read_gets_nothing,
       "The second pending read gets nothing of a message that the first gets a part of",
       PATCH(ReadFile, second_read_pends), PATCH(GetOverlappedResult, second_read_gets_nothing));

static BOOL WINAPI buffers_split_messages(HANDLE file, LPOVERLAPPED overlapped, LPDWORD got,
                                          BOOL wait)
{
    BOOL ended = real(GetOverlappedResult)(file, overlapped, got, wait);
    DWORD in = 0, out = 0, error = GetLastError();
    real(GetNamedPipeInfo)(file, NULL, &out, &in, NULL);
    SetLastError(error);
    return ended || (failed_with(ended, ERROR_MORE_DATA) && in && *got >= in);
}
MUTANT(npipe_buffer_splits_messages, "A message is split where the buffer of the pipe ends",
       PATCH(GetOverlappedResult, buffers_split_messages));
