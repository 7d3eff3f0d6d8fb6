/* Wrong behaviours, for the tests of lasting.c: what does not go on as it should. */
#include "npipe-mutants.h"

/* Handles of this process that have lost something. */
static HANDLE marked[32];
static unsigned marks;

static bool is_marked(HANDLE handle)
{
    for (unsigned i = 0; i < marks; i++)
        if (marked[i] == handle)
            return true;
    return false;
}

static void mark(HANDLE handle)
{
    if (marks < 32 && !is_marked(handle))
        marked[marks++] = handle;
}

/* ---- Completion ports ---- */

/* An operation makes no packet when the low bit of its event is set. */
static void hold_packet_back(HANDLE end, LPOVERLAPPED overlapped)
{
    DWORD error = GetLastError();
    if (overlapped && is_marked(end)) {
        if (!overlapped->hEvent)
            overlapped->hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
        overlapped->hEvent = (HANDLE)((ULONG_PTR)overlapped->hEvent | 1);
    }
    SetLastError(error);
}

static BOOL WINAPI read_without_packet(READ_PARAMETERS)
{
    hold_packet_back(end, overlapped);
    return READ;
}

static BOOL WINAPI write_without_packet(WRITE_PARAMETERS)
{
    hold_packet_back(end, overlapped);
    return WRITE;
}

static BOOL WINAPI connect_without_packet(CONNECT_PARAMETERS)
{
    hold_packet_back(server, overlapped);
    return CONNECT;
}

#define WITHOUT_PACKETS                                                           \
    PATCH(ReadFile, read_without_packet), PATCH(WriteFile, write_without_packet), \
        PATCH(ConnectNamedPipe, connect_without_packet)

static BOOL WINAPI disconnect_ends_the_association(HANDLE server)
{
    mark(server);
    return real(DisconnectNamedPipe)(server);
}
MUTANT(disconnect_named_pipe_ends_the_association,
       "DisconnectNamedPipe ends the association of the instance with its completion port",
       PATCH(DisconnectNamedPipe, disconnect_ends_the_association), WITHOUT_PACKETS);

/* Handles that were not given to CreateIoCompletionPort, of ends of which one was. */
static HANDLE associated;

static HANDLE WINAPI notes_associated(HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads)
{
    associated = file;
    return real(CreateIoCompletionPort)(file, port, key, threads);
}

static bool is_other_handle(HANDLE end)
{
    return associated && associated != INVALID_HANDLE_VALUE && end != associated &&
           is_client_end(end) == is_client_end(associated);
}

static BOOL WINAPI read_of_another_handle(READ_PARAMETERS)
{
    if (overlapped && is_pipe(end) && is_other_handle(end))
        mark(end);
    return read_without_packet(end, buffer, size, got, overlapped);
}

static BOOL WINAPI write_of_another_handle(WRITE_PARAMETERS)
{
    if (overlapped && is_pipe(end) && is_other_handle(end))
        mark(end);
    return write_without_packet(end, bytes, size, written, overlapped);
}

static BOOL WINAPI connect_of_another_handle(CONNECT_PARAMETERS)
{
    if (overlapped && is_other_handle(server))
        mark(server);
    return connect_without_packet(server, overlapped);
}
MUTANT(completion_port_is_of_the_handle,
       "Operations of another handle to an end than the one that was associated make no packets",
       PATCH(CreateIoCompletionPort, notes_associated), PATCH(ReadFile, read_of_another_handle),
       PATCH(WriteFile, write_of_another_handle),
       PATCH(ConnectNamedPipe, connect_of_another_handle));

static BOOL WINAPI write_of_another_process(WRITE_PARAMETERS)
{
    if (overlapped && is_pipe(end) && !associated) {
        mark(end);
        hold_packet_back(end, overlapped);
    }
    return WRITE;
}
MUTANT(completion_port_is_of_the_process,
       "What a process writes that has associated no handle itself makes no packet",
       PATCH(CreateIoCompletionPort, notes_associated), PATCH(WriteFile, write_of_another_process));

/* ---- Pending operations ---- */

static BOOL WINAPI close_cancels(HANDLE handle)
{
    DWORD error = GetLastError();
    if (is_pipe(handle))
        real(CancelIoEx)(handle, NULL);
    SetLastError(error);
    return real(CloseHandle)(handle);
}
MUTANT(close_handle_cancels_what_a_duplicate_has_pending,
       "CloseHandle cancels what is pending at an end that has another handle",
       PATCH(CloseHandle, close_cancels));

static BOOL WINAPI cancel_marks(HANDLE end)
{
    BOOL cancelled = real(CancelIo)(end);
    if (cancelled)
        mark(end);
    return cancelled;
}

static BOOL WINAPI cancel_ex_marks(HANDLE end, LPOVERLAPPED overlapped)
{
    BOOL cancelled = real(CancelIoEx)(end, overlapped);
    if (cancelled)
        mark(end);
    return cancelled;
}

static BOOL WINAPI connect_refuses(CONNECT_PARAMETERS)
{
    return is_marked(server) ? failed(ERROR_NO_DATA) : CONNECT;
}
MUTANT(cancel_io_of_a_connect_ends_the_instance,
       "An instance cannot be offered again when CancelIo has cancelled its connect",
       PATCH(CancelIo, cancel_marks), PATCH(ConnectNamedPipe, connect_refuses));
MUTANT(cancel_io_ex_of_a_connect_ends_the_instance,
       "An instance cannot be offered again when CancelIoEx has cancelled its connect",
       PATCH(CancelIoEx, cancel_ex_marks), PATCH(ConnectNamedPipe, connect_refuses));

static BOOL WINAPI connect_drops(CONNECT_PARAMETERS)
{
    BOOL connected = CONNECT;
    if (failed_with(connected, ERROR_NO_DATA))
        drop(server, unread_in(server, NULL));
    return connected;
}
MUTANT(connect_named_pipe_drops_what_a_client_left,
       "ConnectNamedPipe that finds a client gone drops what that has written",
       PATCH(ConnectNamedPipe, connect_drops));

/* ---- Handles ---- */

/* The handle by which the last operation was begun that may be pending, and that by which the last
 * one was begun that had no event. */
static HANDLE began_by, without_event;

static void note(HANDLE end, LPOVERLAPPED overlapped, BOOL done)
{
    if (!done && overlapped && GetLastError() == ERROR_IO_PENDING)
        began_by = end;
}

static BOOL WINAPI notes_read(READ_PARAMETERS)
{
    BOOL done = READ;
    note(end, overlapped, done);
    return done;
}

/* The handle is not reset when there is an event. */
static void give_event(HANDLE end, LPOVERLAPPED overlapped)
{
    DWORD error = GetLastError();
    if (overlapped && !overlapped->hEvent && is_pipe(end)) {
        if (end == without_event)
            overlapped->hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
        without_event = end;
    }
    SetLastError(error);
}

static BOOL WINAPI read_with_event(READ_PARAMETERS)
{
    give_event(end, overlapped);
    return READ;
}

static BOOL WINAPI write_with_event(WRITE_PARAMETERS)
{
    give_event(end, overlapped);
    return WRITE;
}

static BOOL WINAPI transact_with_event(TRANSACT_PARAMETERS)
{
    give_event(pipe, overlapped);
    return TRANSACT;
}
MUTANT(pending_operation_leaves_the_handle_signaled,
       "A second operation without an event leaves the handle of the pipe signaled",
       PATCH(ReadFile, read_with_event), PATCH(WriteFile, write_with_event),
       PATCH(TransactNamedPipe, transact_with_event));

static bool is_of_another_handle(HANDLE end)
{
    return began_by && end != began_by && is_pipe(end) && is_pipe(began_by) &&
           is_client_end(end) == is_client_end(began_by);
}

static BOOL WINAPI cancel_by_the_same(HANDLE end)
{
    return is_of_another_handle(end) || real(CancelIo)(end);
}
MUTANT(cancel_io_is_for_the_handle_that_began,
       "CancelIo cancels nothing that was begun with another handle to the same end",
       PATCH(ReadFile, notes_read), PATCH(CancelIo, cancel_by_the_same));

static BOOL WINAPI cancel_ex_by_the_same(HANDLE end, LPOVERLAPPED overlapped)
{
    return is_of_another_handle(end) ? failed(ERROR_NOT_FOUND) : real(CancelIoEx)(end, overlapped);
}
MUTANT(cancel_io_ex_is_for_the_handle_that_began,
       "CancelIoEx finds nothing that was begun with another handle to the same end",
       PATCH(ReadFile, notes_read), PATCH(CancelIoEx, cancel_ex_by_the_same));
