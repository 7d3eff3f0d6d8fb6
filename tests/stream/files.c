/* A connection as a file: ReadFile and WriteFile, with an event, a routine, a port. */
#include "extension.h"

/* What the system writes to while an operation is pending, even after a test has failed. */
static char room[8];

static struct told {
    DWORD calls, error, count;
    OVERLAPPED *operation;
} told;

static void CALLBACK tells(DWORD error, DWORD count, OVERLAPPED *operation)
{
    told = (struct told){told.calls + 1, error, count, operation};
}

START_TEST(read_pends_until_something_comes)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done = ReadFile((HANDLE)pair.server, room, sizeof(room), NULL, operation);

    expect_failed(done, ERROR_IO_PENDING);
    send_all(pair.client, "hello", 5);
    expect_signaled(operation->hEvent);
    expect_succeeded(GetOverlappedResult((HANDLE)pair.server, operation, &count, FALSE));
    expect_number(count, 5);
    expect_bytes(room, "hello", 5);
}
END_TEST
COVERS(read_pends_until_something_comes, "stream.handle.readfile_pends");

START_TEST(read_tells_a_routine)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    BOOL done = ReadFileEx((HANDLE)pair.server, room, sizeof(room), &extension_operation, tells);

    expect_succeeded(done);
    send_all(pair.client, "hello", 5);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(told.error, 0);
    expect_number(told.count, 5);
    expect_pointer(told.operation, &extension_operation);
    expect_bytes(room, "hello", 5);
}
END_TEST
COVERS(read_tells_a_routine, "stream.handle.readfileex");

START_TEST(write_tells_a_routine)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    BOOL done = WriteFileEx((HANDLE)pair.client, "hello", 5, &extension_operation, tells);

    expect_succeeded(done);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(told.error, 0);
    expect_number(told.count, 5);
    expect_receives(pair.server, "hello", 5);
}
END_TEST
COVERS(write_tells_a_routine, "stream.handle.writefileex");

START_TEST(port_is_told)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE port = CreateIoCompletionPort((HANDLE)pair.client, NULL, 4711, 0);
    require(port != NULL);
    OVERLAPPED *operation = NULL;
    DWORD count = 0;
    ULONG_PTR key = 0;

    BOOL done = WriteFile((HANDLE)pair.client, "hello", 5, NULL, &extension_operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(GetQueuedCompletionStatus(port, &count, &key, &operation, step_limit()));
    expect_number(count, 5);
    expect_number(key, 4711);
    expect_pointer(operation, &extension_operation);
    expect_receives(pair.server, "hello", 5);
}
END_TEST
COVERS(port_is_told, "stream.handle.writefile_port");
