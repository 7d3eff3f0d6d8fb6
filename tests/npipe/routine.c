/* Completion routines: ReadFileEx and WriteFileEx of named pipes. */
#include "npipe.h"

static DWORD apc_calls, apc_error, apc_count;
static OVERLAPPED *apc_operation;
static HANDLE apc_event;

static void CALLBACK note(DWORD error, DWORD count, OVERLAPPED *operation)
{
    apc_calls++;
    apc_error = error;
    apc_count = count;
    apc_operation = operation;
    apc_event = operation->hEvent;
}

START_TEST(routine_runs_in_an_alertable_wait)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static OVERLAPPED reading;
    static char bytes[8];
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(ReadFileEx(pipe.server, bytes, sizeof(bytes), &reading, note));
    put(pipe.client, "apc", 3);

    expect_stays_unsignaled(event);

    expect_number(apc_calls, 0);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(apc_calls, 1);
    expect_bytes(bytes, "apc", 3);
}
END_TEST
COVERS(routine_runs_in_an_alertable_wait, "npipe.readex.apc_only_alertable");

START_TEST(routine_is_told)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static OVERLAPPED reading;
    static char bytes[8];
    put(pipe.client, "bytes", 5);

    BOOL started = ReadFileEx(pipe.server, bytes, sizeof(bytes), &reading, note);

    expect_succeeded(started);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_error(apc_error, ERROR_SUCCESS);
    expect_number(apc_count, 5);
    expect_pointer(apc_operation, &reading);
}
END_TEST
COVERS(routine_is_told, "npipe.readex.routine_args");

START_TEST(event_member_is_free_for_use)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static OVERLAPPED reading;
    static char bytes[8];
    reading.hEvent = (HANDLE)0x1234;
    put(pipe.client, "x", 1);

    BOOL started = ReadFileEx(pipe.server, bytes, sizeof(bytes), &reading, note);

    expect_succeeded(started);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_pointer(apc_event, 0x1234);
}
END_TEST
COVERS(event_member_is_free_for_use, "npipe.readex.hevent_ignored");

START_TEST(last_error_of_a_plain_success)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static OVERLAPPED reading;
    static char bytes[8];
    put(pipe.client, "x", 1);

    BOOL started = ReadFileEx(pipe.server, bytes, sizeof(bytes), &reading, note);

    DWORD error = GetLastError();
    char text[80];
    expect_true(started);
    record("last error of ReadFileEx that succeeds", "%s", error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(last_error_of_a_plain_success, "npipe.readex.success_lasterror");

START_TEST(part_of_a_message)
{
    struct connection pipe =
        connect_duplex(PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, FILE_FLAG_OVERLAPPED);
    static OVERLAPPED reading;
    static char bytes[4];
    put(pipe.client, "too long", 8);

    BOOL started = ReadFileEx(pipe.server, bytes, sizeof(bytes), &reading, note);

    DWORD error = GetLastError();
    char text[80];
    record("ReadFileEx of part of a message", "%s, %s", started ? "TRUE" : "FALSE",
           error_text(error, text, sizeof(text)));
    SleepEx(0, TRUE);
    expect_bytes(bytes, "too ", 4);
    expect_read(pipe.server, "long", 4);
}
END_TEST
COVERS(part_of_a_message, "npipe.readex.more_data");

START_TEST(routine_of_a_write)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static OVERLAPPED writing;

    BOOL started = WriteFileEx(pipe.server, "bytes", 5, &writing, note);

    expect_succeeded(started);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(apc_calls, 1);
    expect_error(apc_error, ERROR_SUCCESS);
    expect_number(apc_count, 5);
    expect_pointer(apc_operation, &writing);
    expect_read(pipe.client, "bytes", 5);
}
END_TEST
COVERS(routine_of_a_write, "npipe.writeex.apc");

START_TEST(routine_beside_a_port)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static OVERLAPPED writing;
    require(CreateIoCompletionPort(pipe.server, NULL, 1, 0) != NULL);

    BOOL started = WriteFileEx(pipe.server, "bytes", 5, &writing, note);

    expect_failed_somehow(started);
}
END_TEST
COVERS(routine_beside_a_port, "npipe.writeex.iocp_refused");

START_TEST(routine_of_a_synchronous_handle)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    static OVERLAPPED reading;
    static char bytes[8];
    put(pipe.client, "x", 1);

    BOOL started = ReadFileEx(pipe.server, bytes, sizeof(bytes), &reading, note);

    record_result("ReadFileEx on a synchronous handle", started);
    SleepEx(0, TRUE);
}
END_TEST
COVERS(routine_of_a_synchronous_handle, "npipe.create.ex_needs_overlapped");
