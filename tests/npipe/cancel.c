/* Cancelling operations of named pipes: CancelIo, CancelIoEx, CancelSynchronousIo. */
#include "npipe.h"
#include "pipe/pipe.h"

static const struct cancelled {
    struct row row;
    bool connects;
} cancelleds[] = {
    {{"read", NULL}, false},
    {{"connect", NULL}, true},
};

START_TEST(own_pending)
{
    struct connection pipe = {.name = unique_pipe()};
    OVERLAPPED operation = overlapped_with_event();
    char byte;
    if (cancelleds[_i].connects) {
        pipe.server = create_instance(pipe.name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
        offer(pipe.server, &operation);
    } else {
        pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
        start_read(pipe.server, &byte, 1, &operation);
    }

    BOOL cancelled = CancelIo(pipe.server);

    expect_succeeded(cancelled);
    expect_signaled(operation.hEvent);
    BOOL ended = GetOverlappedResult(pipe.server, &operation, &(DWORD){0}, FALSE);
    expect_failed(ended, ERROR_OPERATION_ABORTED);
}
END_TEST
COVERS_ROWS(own_pending, cancelleds, "npipe.cancelio.own_thread",
            "npipe.cancelio.notifications_normal");

static DWORD cancel_io(void *end)
{
    expect_succeeded(CancelIo(end));
    return 0;
}

START_TEST(pending_of_another_thread)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED reading = overlapped_with_event();
    char byte = 0;
    DWORD got = 0;
    start_read(pipe.server, &byte, 1, &reading);

    thread_join(thread_start(cancel_io, pipe.server));

    expect_not_signaled(reading.hEvent);
    put(pipe.client, "x", 1);
    expect_signaled(reading.hEvent);
    BOOL ended = GetOverlappedResult(pipe.server, &reading, &got, FALSE);
    expect_succeeded(ended);
    expect_bytes(&byte, "x", 1);
}
END_TEST
COVERS(pending_of_another_thread, "npipe.cancelio.not_other_threads");

START_TEST(nothing_pending)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);

    BOOL cancelled = CancelIo(pipe.server);

    record_result("CancelIo with nothing pending", cancelled);
    expect_bytes_flow(pipe.client, pipe.server);
}
END_TEST
COVERS(nothing_pending, "npipe.cancelio.nothing_pending");

static DWORD apc_error, apc_calls;

static void CALLBACK note_error(DWORD error, DWORD count, OVERLAPPED *operation)
{
    (void)count;
    (void)operation;
    apc_error = error;
    apc_calls++;
}

START_TEST(routine_of_a_cancelled_read_runs)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static OVERLAPPED reading;
    static char byte;
    require(ReadFileEx(pipe.server, &byte, 1, &reading, note_error));

    BOOL cancelled = CancelIo(pipe.server);

    expect_succeeded(cancelled);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(apc_calls, 1);
    expect_error(apc_error, ERROR_OPERATION_ABORTED);
}
END_TEST
COVERS(routine_of_a_cancelled_read_runs, "npipe.cancelio.notifications_normal");

static const struct cancelling {
    struct row row;
    bool ex;
} cancellings[] = {
    {{"by_cancel_io", "npipe.cancelio.notifications_normal"}, false},
    {{"by_cancel_io_ex", "npipe.cancelioex.iocp_packet"}, true},
};

START_TEST(packet_of_a_read_cancelled)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE port = CreateIoCompletionPort(pipe.server, NULL, 77, 0);
    require(port != NULL);
    static OVERLAPPED reading;
    static char byte;
    start_read(pipe.server, &byte, 1, &reading);

    BOOL cancelled = cancellings[_i].ex ? CancelIoEx(pipe.server, &reading) : CancelIo(pipe.server);

    expect_succeeded(cancelled);
    DWORD got = 99;
    ULONG_PTR key = 0;
    OVERLAPPED *which = NULL;
    BOOL succeeded = GetQueuedCompletionStatus(port, &got, &key, &which, step_limit());
    expect_failed(succeeded, ERROR_OPERATION_ABORTED);
    expect_pointer(which, &reading);
    expect_number(key, 77);
}
END_TEST
COVERS_ROWS(packet_of_a_read_cancelled, cancellings);

/* ---- A race: a byte is either read, or cancelled and still there ---- */

#define RACES 100

struct sender {
    HANDLE end, start; /* an event, once a race */
};

static DWORD send_bytes(void *argument)
{
    const struct sender *sender = argument;
    for (unsigned i = 0; i < RACES; i++) {
        expect_signaled(sender->start);
        put(sender->end, &(uint8_t){(uint8_t)i}, 1);
    }
    return 0;
}

START_TEST(no_byte_is_lost_to_a_race)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    struct sender sender = {pipe.client, CreateEventW(NULL, FALSE, FALSE, NULL)};
    struct thread *thread = thread_start(send_bytes, &sender);
    OVERLAPPED reading = overlapped_with_event();
    unsigned aborted = 0;
    for (unsigned i = 0; i < RACES; i++) {
        uint8_t byte = 0xEE, sent = (uint8_t)i;
        DWORD got = 0;
        start_read(pipe.server, &byte, 1, &reading);
        require(SetEvent(sender.start));
        CancelIoEx(pipe.server, &reading);
        expect_signaled(reading.hEvent);
        BOOL ended = GetOverlappedResult(pipe.server, &reading, &got, FALSE);
        if (!ended) {
            expect_failed(ended, ERROR_OPERATION_ABORTED);
            expect_read(pipe.server, &sent, 1);
            aborted++;
        } else {
            expect_number(byte, i);
        }
    }
    thread_join(thread);
    record("reads of 100 that were cancelled in time", "%u", aborted);
}
END_TEST
COVERS(no_byte_is_lost_to_a_race, "npipe.cancelioex.outcome_race");
TAKES(no_byte_is_lost_to_a_race, 30);

/* ---- CancelSynchronousIo ---- */

static DWORD be_cancelled_reading(void *end)
{
    char byte;
    DWORD got = 0;
    expect_failed(ReadFile(end, &byte, 1, &got, NULL), ERROR_OPERATION_ABORTED);
    return 0;
}

static DWORD be_cancelled_connecting(void *server)
{
    expect_failed(ConnectNamedPipe(server, NULL), ERROR_OPERATION_ABORTED);
    return 0;
}

START_TEST(blocked_read)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    struct thread *thread = thread_start(be_cancelled_reading, pipe.server);

    BOOL cancelled = cancel_synchronous(thread);

    expect_succeeded(cancelled);
    thread_join(thread);
    expect_bytes_flow(pipe.client, pipe.server);
}
END_TEST
COVERS(blocked_read, "npipe.cancelsync.blocked_read");

START_TEST(blocked_connect)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);
    struct thread *thread = thread_start(be_cancelled_connecting, server);

    BOOL cancelled = cancel_synchronous(thread);

    expect_succeeded(cancelled);
    thread_join(thread);
}
END_TEST
COVERS(blocked_connect, "npipe.cancelsync.blocked_connect");

static DWORD wait_for_event(void *event)
{
    return WaitForSingleObject(event, step_limit());
}

START_TEST(thread_without_synchronous_io)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    struct thread *thread = thread_start(wait_for_event, event);

    BOOL cancelled = CancelSynchronousIo(thread->handle);

    expect_failed(cancelled, ERROR_NOT_FOUND);
    require(SetEvent(event));
    expect_number(thread_join(thread), WAIT_OBJECT_0);
}
END_TEST
COVERS(thread_without_synchronous_io, "npipe.cancelsync.not_found");

START_TEST(thread_handle_needs_terminate_right)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL), querying = NULL;
    struct thread *thread = thread_start(wait_for_event, event);
    require(DuplicateHandle(GetCurrentProcess(), thread->handle, GetCurrentProcess(), &querying,
                            THREAD_QUERY_INFORMATION, FALSE, 0));

    BOOL cancelled = CancelSynchronousIo(querying);

    expect_failed(cancelled, ERROR_ACCESS_DENIED);
    require(SetEvent(event));
    thread_join(thread);
}
END_TEST
COVERS(thread_handle_needs_terminate_right, "npipe.cancelsync.access");
