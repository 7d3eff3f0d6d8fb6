/* Wrong behaviours, for the tests of cancel.c: cancelling operations of named pipes: CancelIo,
 * CancelIoEx, CancelSynchronousIo. */
#include "npipe-mutants.h"

#include <string.h>
#include <wchar.h>

static BOOL WINAPI cancels_nothing(HANDLE file)
{
    (void)file;
    return TRUE;
}
MUTANT(cancel_io_cancels_nothing, "CancelIo returns TRUE and cancels nothing",
       PATCH(CancelIo, cancels_nothing));

static BOOL WINAPI leaves_a_connect(HANDLE file)
{
    return file == connecting.server || real(CancelIo)(file);
}
MUTANT(cancel_io_leaves_a_connect, "CancelIo returns TRUE and a pending ConnectNamedPipe goes on",
       PATCH(ConnectNamedPipe, notes_connect), PATCH(CancelIo, leaves_a_connect));

/* The last read that pends, and whose it is. */
static struct {
    HANDLE end;
    LPOVERLAPPED overlapped;
    DWORD thread;
} reader;

static BOOL WINAPI notes_reader(READ_PARAMETERS)
{
    BOOL read = READ;
    if (failed_with(read, ERROR_IO_PENDING)) {
        reader.end = end;
        reader.overlapped = overlapped;
        reader.thread = GetCurrentThreadId();
    }
    return read;
}

static BOOL WINAPI reaches_other_threads(HANDLE file)
{
    if (file == reader.end && reader.thread != GetCurrentThreadId())
        real(CancelIoEx)(file, reader.overlapped);
    return real(CancelIo)(file);
}
MUTANT(cancel_io_reaches_other_threads, "CancelIo cancels the read that another thread has begun",
       PATCH(ReadFile, notes_reader), PATCH(CancelIo, reaches_other_threads));

static BOOL WINAPI loses_a_byte(HANDLE file, LPOVERLAPPED overlapped)
{
    char byte;
    OVERLAPPED reading = {.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL)};
    BOOL cancelled = real(CancelIoEx)(file, overlapped);
    DWORD error = GetLastError(), got;
    for (int tries = 0; cancelled && tries < 50; tries++) {
        if (unread_in(file, NULL)) {
            if (!real(ReadFile)(file, &byte, 1, NULL, &reading))
                real(GetOverlappedResult)(file, &reading, &got, TRUE);
            break;
        }
        real(WaitForSingleObject)(GetCurrentProcess(), 1);
    }
    real(CloseHandle)(reading.hEvent);
    SetLastError(error);
    return cancelled;
}
MUTANT(cancel_io_ex_loses_a_byte, "What comes just after a read was cancelled is lost",
       PATCH(CancelIoEx, loses_a_byte));

static BOOL WINAPI cancelled_connect_succeeds(HANDLE server, LPOVERLAPPED overlapped)
{
    BOOL connected = real(ConnectNamedPipe)(server, overlapped);
    return connected || (!overlapped && failed_with(connected, ERROR_OPERATION_ABORTED));
}
MUTANT(npipe_cancelled_connect_succeeds,
       "A ConnectNamedPipe that CancelSynchronousIo ends returns TRUE",
       PATCH(ConnectNamedPipe, cancelled_connect_succeeds));

static BOOL WINAPI finds_nothing(HANDLE thread)
{
    BOOL cancelled = real(CancelSynchronousIo)(thread);
    if (failed_with(cancelled, ERROR_NOT_FOUND))
        SetLastError(ERROR_SUCCESS);
    return cancelled;
}
MUTANT(cancel_synchronous_io_finds_nothing_without_error,
       "CancelSynchronousIo sets no error when there is nothing to cancel",
       PATCH(CancelSynchronousIo, finds_nothing));

static BOOL WINAPI needs_no_right(HANDLE thread)
{
    BOOL cancelled = real(CancelSynchronousIo)(thread);
    return cancelled || failed_with(cancelled, ERROR_ACCESS_DENIED);
}
MUTANT(cancel_synchronous_io_needs_no_right,
       "CancelSynchronousIo returns TRUE without THREAD_TERMINATE",
       PATCH(CancelSynchronousIo, needs_no_right));

static BOOL WINAPI cancelled_packet_succeeds(PACKET_PARAMETERS)
{
    BOOL got = PACKET;
    return got || (*overlapped && failed_with(got, ERROR_OPERATION_ABORTED));
}
MUTANT(completion_packet_of_cancelled_succeeds,
       "GetQueuedCompletionStatus returns TRUE for an operation that was cancelled",
       PATCH(GetQueuedCompletionStatus, cancelled_packet_succeeds));

static BOOL WINAPI cancelled_read_succeeds(READ_FILE_PARAMETERS)
{
    BOOL got = READ_FILE;
    return got || (!overlapped && failed_with(got, ERROR_OPERATION_ABORTED));
}
MUTANT(read_file_cancelled_is_success, "A ReadFile that CancelSynchronousIo ends returns TRUE",
       PATCH(ReadFile, cancelled_read_succeeds));
