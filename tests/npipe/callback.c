/* BindIoCompletionCallback: a thread of the pool runs a function when an operation of a pipe or
 * file has ended. */
#include "npipe.h"

enum { MOST_CALLS = 8 };

static struct call {
    DWORD error, count, thread;
    OVERLAPPED *operation;
} calls[MOST_CALLS];
static volatile LONG called, other_called;
static HANDLE each_call; /* counts them */

static void CALLBACK note(DWORD error, DWORD count, OVERLAPPED *operation)
{
    LONG number = InterlockedIncrement(&called) - 1;
    if (number < MOST_CALLS)
        calls[number] = (struct call){error, count, GetCurrentThreadId(), operation};
    ReleaseSemaphore(each_call, 1, NULL);
}

static void CALLBACK note_other(DWORD error, DWORD count, OVERLAPPED *operation)
{
    (void)error, (void)count, (void)operation;
    InterlockedIncrement(&other_called);
    ReleaseSemaphore(each_call, 1, NULL);
}

static void count_calls(void)
{
    each_call = CreateSemaphoreW(NULL, 0, MOST_CALLS, NULL);
    require(each_call != NULL);
}

/* The first call has come, of this operation, without error, and no other. */
#define expect_call(operation_)                         \
    do {                                                \
        expect_signaled(each_call);                     \
        expect_number(called, 1);                       \
        expect_error(calls[0].error, 0);                \
        expect_pointer(calls[0].operation, operation_); \
    } while (0)

/* What the system writes to while an operation is pending, even after a test has failed. */
static OVERLAPPED operations[4];
static char bytes[4][8];

START_TEST(read_of_a_pipe)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    count_calls();

    BOOL bound = BindIoCompletionCallback(pipe.server, note, 0);

    expect_succeeded(bound);
    start_read(pipe.server, bytes[0], 8, &operations[0]);
    expect_number(called, 0);
    put(pipe.client, "four", 4);
    expect_call(&operations[0]);
    expect_number(calls[0].count, 4);
    expect_bytes(bytes[0], "four", 4);
    expect_true(calls[0].thread != GetCurrentThreadId());
}
END_TEST
COVERS(read_of_a_pipe, "npipe.callback.read", "npipe.callback.thread");

START_TEST(write_to_a_pipe)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    count_calls();
    require(BindIoCompletionCallback(pipe.server, note, 0));

    BOOL written = WriteFile(pipe.server, "four", 4, NULL, &operations[0]);

    expect_true(written || GetLastError() == ERROR_IO_PENDING);
    expect_call(&operations[0]);
    expect_number(calls[0].count, 4);
    expect_read(pipe.client, "four", 4);
}
END_TEST
COVERS(write_to_a_pipe, "npipe.callback.write");

START_TEST(connect_of_a_pipe)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    count_calls();
    require(BindIoCompletionCallback(server, note, 0));
    expect_failed(ConnectNamedPipe(server, &operations[0]), ERROR_IO_PENDING);

    open_client(name, READ_WRITE, 0);

    expect_call(&operations[0]);
}
END_TEST
COVERS(connect_of_a_pipe, "npipe.callback.connect");

static HANDLE overlapped_file(DWORD creation)
{
    HANDLE file = CreateFileW(scratch_path(L"file"), READ_WRITE, 0, NULL, creation,
                              FILE_FLAG_OVERLAPPED, NULL);
    require(file != INVALID_HANDLE_VALUE);
    return file;
}

START_TEST(read_and_write_of_a_file)
{
    HANDLE file = overlapped_file(CREATE_NEW);
    count_calls();
    require(BindIoCompletionCallback(file, note, 0));

    BOOL written = WriteFile(file, "content", 7, NULL, &operations[0]);

    expect_true(written || GetLastError() == ERROR_IO_PENDING);
    expect_call(&operations[0]);
    expect_number(calls[0].count, 7);
    operations[1].Offset = 3;
    BOOL read = ReadFile(file, bytes[1], 8, NULL, &operations[1]);
    expect_true(read || GetLastError() == ERROR_IO_PENDING);
    expect_signaled(each_call);
    expect_number(called, 2);
    expect_error(calls[1].error, 0);
    expect_pointer(calls[1].operation, &operations[1]);
    expect_number(calls[1].count, 4);
    expect_bytes(bytes[1], "tent", 4);
    expect_true(calls[1].thread != GetCurrentThreadId());
}
END_TEST
COVERS(read_and_write_of_a_file, "npipe.callback.read", "npipe.callback.write",
       "npipe.callback.thread");

START_TEST(each_of_several_reads)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    bool seen[4] = {false};
    count_calls();
    require(BindIoCompletionCallback(pipe.server, note, 0));
    for (int i = 0; i < 4; i++)
        start_read(pipe.server, bytes[i], 8, &operations[i]);

    for (int i = 0; i < 4; i++)
        put(pipe.client, "four", 4);

    for (int i = 0; i < 4; i++)
        expect_signaled(each_call);
    expect_number(called, 4);
    for (int i = 0; i < 4; i++) {
        LONG_PTR which = calls[i].operation - operations;
        expect_true(which >= 0 && which < 4);
        seen[which] = true;
    }
    expect_true(seen[0] && seen[1] && seen[2] && seen[3]);
}
END_TEST
COVERS(each_of_several_reads, "npipe.callback.several");

static void cancel(struct connection *pipe)
{
    require(CancelIoEx(pipe->server, &operations[0]));
}

static void close_client(struct connection *pipe)
{
    close_handle(&pipe->client);
}

static const struct {
    struct row row;
    void (*end)(struct connection *pipe);
    DWORD error, status; /* the same as a status of NT */
} failures[] = {
    {{"cancelled", NULL}, cancel, ERROR_OPERATION_ABORTED, 0xC0000120},
    {{"without_the_other_end", NULL}, close_client, ERROR_BROKEN_PIPE, 0xC000014B},
};

START_TEST(read_that_fails)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    count_calls();
    require(BindIoCompletionCallback(pipe.server, note, 0));
    start_read(pipe.server, bytes[0], 8, &operations[0]);

    failures[_i].end(&pipe);

    expect_signaled(each_call);
    expect_number(called, 1);
    expect_pointer(calls[0].operation, &operations[0]);
    record("error that the callback is told", "0x%lX", calls[0].error);
    expect_true(calls[0].error == failures[_i].error || calls[0].error == failures[_i].status);
}
END_TEST
COVERS_ROWS(read_that_fails, failures, "npipe.callback.error");

START_TEST(callback_of_another_handle)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    struct connection other = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    count_calls();
    require(BindIoCompletionCallback(pipe.server, note, 0));
    require(BindIoCompletionCallback(other.server, note_other, 0));
    start_read(pipe.server, bytes[0], 8, &operations[0]);

    put(pipe.client, "four", 4);

    expect_call(&operations[0]);
    expect_number(other_called, 0);
    start_read(other.server, bytes[1], 8, &operations[1]);
    put(other.client, "four", 4);
    expect_signaled(each_call);
    expect_number(called, 1);
    expect_number(other_called, 1);
}
END_TEST
COVERS(callback_of_another_handle, "npipe.callback.own");

/* ---- What is refused, or not said */

#define INVALID_HANDLE_STATUS 0xC0000008u /* STATUS_INVALID_HANDLE */

START_TEST(callback_of_no_handle)
{
    count_calls();

    BOOL bound = BindIoCompletionCallback((HANDLE)(UINT_PTR)0xBAD0, note, 0);

    record_result("BindIoCompletionCallback of no handle", bound);
    expect_failed(bound, ERROR_INVALID_HANDLE, INVALID_HANDLE_STATUS);
}
END_TEST
COVERS(callback_of_no_handle, "npipe.callback.invalid_handle");

static const struct {
    struct row row;
    DWORD open_flags, flags;
} unsaid[] = {
    {{"with_flags", NULL}, FILE_FLAG_OVERLAPPED, 1},
    {{"of_a_synchronous_handle", NULL}, 0, 0},
};

START_TEST(callback_bound)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, unsaid[_i].open_flags);

    BOOL bound = BindIoCompletionCallback(pipe.server, note, unsaid[_i].flags);

    record_result("BindIoCompletionCallback", bound);
    expect_bytes_flow(pipe.server, pipe.client);
}
END_TEST
COVERS_ROWS(callback_bound, unsaid, "npipe.callback.unsaid");
