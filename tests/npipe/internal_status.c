/* The OVERLAPPED of an operation on a named pipe tells its state: pending, how it ended, how much
 * was moved. */
#include "npipe.h"

/* What the system writes to while an operation is pending, even after a test has failed. */
static OVERLAPPED operation;
static char room[16];

#define BUFFER_OVERFLOW 0x80000005 /* STATUS_BUFFER_OVERFLOW, which winnt.h lacks */

enum { MORE_THAN_A_PIPE_HOLDS = 1 << 20, UNTOUCHED = 77 };

/* An event, and what the system stores nothing like. */
static void prepare(void)
{
    operation = overlapped_with_event();
    operation.Internal = operation.InternalHigh = UNTOUCHED;
}

/* A pair whose client is in message read mode. */
static struct connection message_pair(void)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    return pipe;
}

static HANDLE by_read(void)
{
    HANDLE end = message_pair().client;
    ReadFile(end, room, sizeof(room), NULL, &operation);
    return end;
}

static HANDLE by_write(void)
{
    HANDLE end = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED).server;
    const char *bytes = zero_bytes(MORE_THAN_A_PIPE_HOLDS);
    WriteFile(end, bytes, MORE_THAN_A_PIPE_HOLDS, NULL, &operation);
    return end;
}

static HANDLE by_connect(void)
{
    HANDLE end = create_instance(unique_pipe(), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    ConnectNamedPipe(end, &operation);
    return end;
}

static HANDLE by_transaction(void)
{
    HANDLE end = message_pair().client;
    TransactNamedPipe(end, (char[]){"what?"}, 5, room, sizeof(room), NULL, &operation);
    return end;
}

static const struct {
    struct row row;
    HANDLE (*begin)(void);
} beginners[] = {
    {{"read", "npipe.internal.read"}, by_read},
    {{"write", "npipe.internal.write"}, by_write},
    {{"connect", "npipe.internal.connect"}, by_connect},
    {{"transaction", "npipe.internal.transaction"}, by_transaction},
};

START_TEST(pending)
{
    prepare();

    HANDLE end = beginners[_i].begin();

    require(GetLastError() == ERROR_IO_PENDING);
    expect_number(operation.Internal, STATUS_PENDING);
    expect_true(!HasOverlappedIoCompleted(&operation));
    require(CancelIoEx(end, &operation));
    expect_signaled(operation.hEvent);
    expect_true(HasOverlappedIoCompleted(&operation));
}
END_TEST
COVERS_ROWS(pending, beginners);

static void CALLBACK nothing(DWORD error, DWORD count, OVERLAPPED *of)
{
    (void)error, (void)count, (void)of;
}

START_TEST(pending_with_a_routine)
{
    struct connection pipe = message_pair();
    prepare();

    BOOL read = ReadFileEx(pipe.client, room, sizeof(room), &operation, nothing);

    require(read);
    expect_number(operation.Internal, STATUS_PENDING);
    expect_true(!HasOverlappedIoCompleted(&operation));
    put(pipe.server, "four", 4);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_true(HasOverlappedIoCompleted(&operation));
    expect_number(operation.InternalHigh, 4);
}
END_TEST
COVERS(pending_with_a_routine, "npipe.internal.read_ex");

static const struct {
    struct row row;
    bool waits;
} reads[] = {
    {{"waiting", "npipe.internal.ended"}, true},
    {{"at_once", "npipe.internal.at_once"}, false},
};

START_TEST(read)
{
    struct connection pipe = message_pair();
    if (!reads[_i].waits)
        put(pipe.server, "four", 4);
    prepare();

    BOOL read = ReadFile(pipe.client, room, sizeof(room), NULL, &operation);

    require(reads[_i].waits ? !read && GetLastError() == ERROR_IO_PENDING : read);
    if (reads[_i].waits) {
        expect_number(operation.InternalHigh, UNTOUCHED);
        put(pipe.server, "four", 4);
    }
    expect_signaled(operation.hEvent);
    expect_number(operation.Internal, 0);
    expect_number(operation.InternalHigh, 4);
    expect_bytes(room, "four", 4);
}
END_TEST
COVERS_ROWS(read, reads);

START_TEST(write)
{
    struct connection pipe = message_pair();
    prepare();

    BOOL written = WriteFile(pipe.server, "four", 4, NULL, &operation);

    require(written || GetLastError() == ERROR_IO_PENDING);
    expect_signaled(operation.hEvent);
    expect_number(operation.Internal, 0);
    expect_number(operation.InternalHigh, 4);
    expect_read(pipe.client, "four", 4);
}
END_TEST
COVERS(write, "npipe.internal.written");

START_TEST(part_of_a_message)
{
    struct connection pipe = message_pair();
    put(pipe.server, "twelve bytes", 12);
    prepare();

    BOOL read = ReadFile(pipe.client, room, 5, NULL, &operation);

    expect_failed(read, ERROR_MORE_DATA);
    expect_number((DWORD)operation.Internal, BUFFER_OVERFLOW);
    expect_number(operation.InternalHigh, 5);
    expect_read(pipe.client, "e bytes", 7);
}
END_TEST
COVERS(part_of_a_message, "npipe.internal.part");

START_TEST(failure)
{
    struct connection pipe = message_pair();
    prepare();
    require(!ReadFile(pipe.client, room, sizeof(room), NULL, &operation) &&
            GetLastError() == ERROR_IO_PENDING);

    close_handle(&pipe.server);

    expect_signaled(operation.hEvent);
    expect_true(HasOverlappedIoCompleted(&operation));
    expect_true((LONG)operation.Internal < 0); /* the status of an error */
}
END_TEST
COVERS(failure, "npipe.internal.failed");
