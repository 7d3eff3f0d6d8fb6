/* CancelSynchronousIo: which calls of a thread it ends, and what goes on. */
#include "npipe.h"
#include "pipe/pipe.h"

/* A client without overlapped I/O; the server's handle is overlapped, so that its waits are
 * bounded.
 */
static struct connection half_synchronous(DWORD pipe_mode)
{
    struct connection pipe = {.name = unique_pipe()};
    pipe.server =
        create_instance(pipe.name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, pipe_mode, 1);
    pipe.client = open_client(pipe.name, READ_WRITE, 0);
    if (pipe_mode == MESSAGES)
        set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    return pipe;
}

static DWORD be_cancelled_writing(void *client)
{
    static const char bytes[3 * PIPE_BUFFER];
    DWORD count = 0;
    expect_failed(WriteFile(client, bytes, sizeof(bytes), &count, NULL), ERROR_OPERATION_ABORTED);
    return 0;
}

START_TEST(write_to_a_full_pipe)
{
    struct connection pipe = half_synchronous(PIPE_TYPE_BYTE);
    struct thread *thread = thread_start(be_cancelled_writing, pipe.client);

    BOOL cancelled = cancel_synchronous(thread);

    expect_succeeded(cancelled);
    thread_join(thread);
    expect_bytes_flow(pipe.server, pipe.client);
}
END_TEST
COVERS(write_to_a_full_pipe, "npipe.cancelled_calls.write");

/* The thread returns, and the pipe serves both directions as before. */
static void expect_goes_on(struct thread *thread, const struct connection *pipe)
{
    thread_join(thread);
    expect_bytes_flow(pipe->server, pipe->client);
    expect_bytes_flow(pipe->client, pipe->server);
}

static DWORD be_cancelled_asking(void *client)
{
    char reply[16];
    DWORD count = 0;
    expect_failed(TransactNamedPipe(client, "ask", 3, reply, sizeof(reply), &count, NULL),
                  ERROR_OPERATION_ABORTED);
    return 0;
}

START_TEST(transaction_without_reply)
{
    struct connection pipe = half_synchronous(MESSAGES);
    struct thread *thread = thread_start(be_cancelled_asking, pipe.client);
    expect_read(pipe.server, "ask", 3);

    BOOL cancelled = cancel_synchronous(thread);

    expect_succeeded(cancelled);
    expect_goes_on(thread, &pipe);
}
END_TEST
COVERS(transaction_without_reply, "npipe.cancelled_calls.transaction");

static DWORD be_cancelled_reading(void *client)
{
    char byte;
    DWORD count = 0;
    expect_failed(ReadFile(client, &byte, 1, &count, NULL), ERROR_OPERATION_ABORTED);
    return 0;
}

static const struct {
    struct row row;
    DWORD mode;
} modes[] = {{{"bytes", NULL}, PIPE_TYPE_BYTE}, {{"messages", NULL}, MESSAGES}};

START_TEST(read_of_a_client)
{
    struct connection pipe = half_synchronous(modes[_i].mode);
    struct thread *thread = thread_start(be_cancelled_reading, pipe.client);

    BOOL cancelled = cancel_synchronous(thread);

    expect_succeeded(cancelled);
    expect_goes_on(thread, &pipe);
}
END_TEST
COVERS_ROWS(read_of_a_client, modes, "npipe.cancelled_calls.client_read");

/* ---- What goes on */

static DWORD read_late(void *client)
{
    expect_read(client, "late", 4);
    return 0;
}

START_TEST(read_of_another_thread)
{
    struct connection pipe = half_synchronous(PIPE_TYPE_BYTE);
    struct connection other = half_synchronous(PIPE_TYPE_BYTE);
    struct thread *stays = thread_start(read_late, other.client);
    expect_stays_unsignaled(stays->handle);
    struct thread *thread = thread_start(be_cancelled_reading, pipe.client);

    BOOL cancelled = cancel_synchronous(thread);

    expect_succeeded(cancelled);
    thread_join(thread);
    put(other.server, "late", 4);
    thread_join(stays);
}
END_TEST
COVERS(read_of_another_thread, "npipe.cancelled_calls.other_thread");

/* What a thread reads, first overlapped, then not. */
static struct connection asynchronous, synchronous;
static OVERLAPPED reading;
static char late[8];
static HANDLE aborted, may_end;

static DWORD read_both(void *unused)
{
    char byte;
    DWORD count = 0;
    (void)unused;
    start_read(asynchronous.server, late, sizeof(late), &reading);
    expect_failed(ReadFile(synchronous.client, &byte, 1, &count, NULL), ERROR_OPERATION_ABORTED);
    require(SetEvent(aborted));
    return WaitForSingleObject(may_end, step_limit()); /* its overlapped read ends with it */
}

START_TEST(overlapped_read_of_the_thread)
{
    asynchronous = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    synchronous = half_synchronous(PIPE_TYPE_BYTE);
    DWORD count = 0;
    reading = overlapped_with_event();
    aborted = CreateEventW(NULL, TRUE, FALSE, NULL);
    may_end = CreateEventW(NULL, TRUE, FALSE, NULL);
    struct thread *thread = thread_start(read_both, NULL);

    BOOL cancelled = cancel_synchronous(thread);

    expect_succeeded(cancelled);
    expect_signaled(aborted);
    expect_not_signaled(reading.hEvent);
    put(asynchronous.client, "late", 4);
    expect_signaled(reading.hEvent);
    expect_succeeded(GetOverlappedResult(asynchronous.server, &reading, &count, FALSE));
    expect_bytes(late, "late", 4);
    require(SetEvent(may_end));
    thread_join(thread);
}
END_TEST
COVERS(overlapped_read_of_the_thread, "npipe.cancelled_calls.overlapped");

static DWORD read_again(void *client)
{
    be_cancelled_reading(client);
    return read_late(client);
}

START_TEST(next_read_of_the_thread)
{
    struct connection pipe = half_synchronous(PIPE_TYPE_BYTE);
    struct thread *thread = thread_start(read_again, pipe.client);

    BOOL cancelled = cancel_synchronous(thread);

    expect_succeeded(cancelled);
    expect_stays_unsignaled(thread->handle);
    put(pipe.server, "late", 4);
    thread_join(thread);
}
END_TEST
COVERS(next_read_of_the_thread, "npipe.cancelled_calls.next");
