/* Wrong behaviours, for the tests of unharmed.c: what does not stay as it is. */
#include "npipe-mutants.h"

/* Whether a client was cut off with something unread, in each direction. */
static bool stale_out, stale_in;

static BOOL WINAPI disconnect_leaves_quota(HANDLE server)
{
    DWORD error = GetLastError();
    stale_in = unread_in(server, NULL) != 0;
    stale_out = !stale_in;
    SetLastError(error);
    return real(DisconnectNamedPipe)(server);
}

static BOOL WINAPI write_minds_quota(WRITE_PARAMETERS)
{
    if (overlapped && size >= 4096 && is_pipe(end) && (is_client_end(end) ? stale_in : stale_out))
        return failed(ERROR_IO_PENDING);
    return WRITE;
}
MUTANT(disconnect_named_pipe_leaves_the_quota,
       "What was unread when a client was cut off takes room when the next one is there",
       PATCH(DisconnectNamedPipe, disconnect_leaves_quota), PATCH(WriteFile, write_minds_quota));

static BOOL WINAPI failure_drops(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    if (!wrote && is_pipe(end) && !is_left(end) &&
        (GetLastError() == ERROR_NO_DATA || GetLastError() == ERROR_BROKEN_PIPE))
        drop(end, unread_in(end, NULL));
    return wrote;
}
MUTANT(write_file_that_fails_drops_what_is_unread,
       "A WriteFile that fails drops what the other end wrote before it was closed",
       PATCH(WriteFile, failure_drops));

static HANDLE WINAPI refusal_connects(OPEN_PARAMETERS)
{
    HANDLE client = OPEN;
    DWORD error = GetLastError();
    if (client == INVALID_HANDLE_VALUE && error == ERROR_ACCESS_DENIED && is_pipe_name(name) &&
        connecting.operation && connecting.operation->hEvent)
        SetEvent((HANDLE)((ULONG_PTR)connecting.operation->hEvent & ~(ULONG_PTR)1));
    SetLastError(error);
    return client;
}
MUTANT(client_that_is_refused_ends_the_connect,
       "A client that is refused signals the event of a pending ConnectNamedPipe",
       PATCH(ConnectNamedPipe, notes_connect), PATCH(CreateFileW, refusal_connects));

static HANDLE partly_read;

static BOOL WINAPI notes_part(READ_PARAMETERS)
{
    BOOL read = READ;
    partly_read = failed_with(read, ERROR_MORE_DATA) ? end : NULL;
    return read;
}

static BOOL WINAPI write_drops_rest(WRITE_PARAMETERS)
{
    DWORD left = 0;
    if (partly_read && partly_read == end) {
        unread_in(end, &left);
        drop(end, left);
        partly_read = NULL;
    }
    return WRITE;
}
MUTANT(write_file_drops_the_rest_of_a_message,
       "WriteFile drops the rest of a message that was read in part at its own end",
       PATCH(ReadFile, notes_part), PATCH(WriteFile, write_drops_rest));

static HANDLE source;

static BOOL WINAPI notes_duplicate(DUPLICATE_PARAMETERS)
{
    BOOL duplicated = DUPLICATED;
    if (duplicated && from == GetCurrentProcess() && to == GetCurrentProcess() && is_pipe(handle))
        source = handle;
    return duplicated;
}

/* The end is not signaled when there is an event. */
static BOOL WINAPI read_signals_no_end(READ_PARAMETERS)
{
    if (overlapped && !overlapped->hEvent && end == source)
        overlapped->hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    return READ;
}
MUTANT(ended_operation_signals_no_end_with_duplicates,
       "The end of a read without an event does not signal an end that has two handles",
       PATCH(DuplicateHandle, notes_duplicate), PATCH(ReadFile, read_signals_no_end));

static BOOL WINAPI a_hundred_messages(WRITE_PARAMETERS)
{
    static HANDLE last;
    static unsigned count;
    if (size != 1 || !is_pipe(end) || !(info_of(end) & PIPE_TYPE_MESSAGE))
        return WRITE;
    count = end == last ? count + 1 : 1;
    last = end;
    if (count <= 100)
        return WRITE;
    *written = size;
    return TRUE;
}
MUTANT(pipe_holds_a_hundred_messages, "Messages of a byte behind a hundred others are lost",
       PATCH(WriteFile, a_hundred_messages));
