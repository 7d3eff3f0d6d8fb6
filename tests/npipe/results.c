/* The results of overlapped operations: GetOverlappedResult, completion routines and ports. */
#include "npipe.h"

START_TEST(result_of_a_connect)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    OVERLAPPED connecting;
    offer(server, &connecting);
    open_client(name, READ_WRITE, 0);
    expect_signaled(connecting.hEvent);
    DWORD undefined = 99;

    BOOL ended = GetOverlappedResult(server, &connecting, &undefined, FALSE);

    expect_succeeded(ended);
    record("byte count of a connect", "%lu", undefined);
}
END_TEST
COVERS(result_of_a_connect, "npipe.gor.connect_count_undefined");

struct waiting {
    HANDLE end;
    OVERLAPPED *operation;
};

static DWORD wait_for_result(void *argument)
{
    const struct waiting *waiting = argument;
    DWORD got = 0;
    expect_succeeded(GetOverlappedResult(waiting->end, waiting->operation, &got, TRUE));
    return got;
}

static const struct eventful {
    struct row row;
    bool event;
} eventfuls[] = {
    {{"with_event", "npipe.gor.wait_blocks"}, true},
    {{"without_event", "npipe.gor.no_event_uses_handle"}, false},
};

START_TEST(result_is_waited_for)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED reading = {.hEvent = NULL};
    char bytes[8];
    if (eventfuls[_i].event)
        reading = overlapped_with_event();
    start_read(pipe.server, bytes, sizeof(bytes), &reading);
    struct waiting waiting = {pipe.server, &reading};

    struct thread *waiter = thread_start(wait_for_result, &waiting);

    expect_stays_unsignaled(waiter->handle);
    put(pipe.client, "late", 4);
    expect_number(thread_join(waiter), 4);
    expect_bytes(bytes, "late", 4);
}
END_TEST
COVERS_ROWS(result_is_waited_for, eventfuls);

START_TEST(read_of_what_is_there)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED reading = overlapped_with_event();
    char bytes[8];
    DWORD got = 0;
    put(pipe.client, "there", 5);

    BOOL started = ReadFile(pipe.server, bytes, sizeof(bytes), NULL, &reading);

    record_result("overlapped ReadFile of what is there", started);
    BOOL read = finish(started, pipe.server, &reading, &got);
    expect_succeeded(read);
    expect_signaled(reading.hEvent);
    expect_number(got, 5);
    expect_bytes(bytes, "there", 5);
}
END_TEST
COVERS(read_of_what_is_there, "npipe.ovl.immediate_success");

START_TEST(each_read_has_its_event)
{
    struct connection pipe =
        connect_duplex(PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED first = overlapped_with_event(), second = overlapped_with_event();
    char one[8], two[8];
    start_read(pipe.server, one, sizeof(one), &first);
    start_read(pipe.server, two, sizeof(two), &second);

    put(pipe.client, "one", 3);

    expect_signaled(first.hEvent);
    expect_not_signaled(second.hEvent);
    expect_bytes(one, "one", 3);
    put(pipe.client, "two", 3);
    expect_signaled(second.hEvent);
    expect_bytes(two, "two", 3);
}
END_TEST
COVERS(each_read_has_its_event, "npipe.ovl.separate_events");

/* ---- Completion routines ---- */

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

/* ---- Completion ports ---- */

static HANDLE port_of(HANDLE end)
{
    HANDLE port = CreateIoCompletionPort(end, NULL, 77, 0);
    require(port != NULL);
    return port;
}

#define expect_packet(port, operation, count)                                          \
    do {                                                                               \
        DWORD count_ = 99;                                                             \
        ULONG_PTR key_ = 0;                                                            \
        OVERLAPPED *which_ = NULL;                                                     \
        expect_succeeded(                                                              \
            GetQueuedCompletionStatus((port), &count_, &key_, &which_, step_limit())); \
        expect_pointer(which_, (operation));                                           \
        expect_number(key_, 77);                                                       \
        if ((count) >= 0)                                                              \
            expect_number(count_, (count));                                            \
    } while (0)

START_TEST(packet_of_a_connect)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    HANDLE port = port_of(server);
    static OVERLAPPED connecting;
    BOOL connected = ConnectNamedPipe(server, &connecting);
    expect_failed(connected, ERROR_IO_PENDING);

    open_client(name, READ_WRITE, 0);

    expect_packet(port, &connecting, -1);
}
END_TEST
COVERS(packet_of_a_connect, "npipe.ovl.iocp_all_operations");

START_TEST(packet_of_a_read)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE port = port_of(pipe.server);
    static OVERLAPPED reading;
    static char bytes[8];
    start_read(pipe.server, bytes, sizeof(bytes), &reading);

    put(pipe.client, "four", 4);

    expect_packet(port, &reading, 4);
    expect_bytes(bytes, "four", 4);
}
END_TEST
COVERS(packet_of_a_read, "npipe.ovl.iocp_all_operations");

START_TEST(packet_of_a_write)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE port = port_of(pipe.server);
    static OVERLAPPED writing;

    BOOL wrote = WriteFile(pipe.server, "four", 4, NULL, &writing);

    expect_true(wrote || GetLastError() == ERROR_IO_PENDING);
    expect_packet(port, &writing, 4);
}
END_TEST
COVERS(packet_of_a_write, "npipe.ovl.iocp_all_operations");

static DWORD answer(void *end)
{
    char request[16];
    DWORD got = 0, written = 0;
    expect_succeeded(ReadFile(end, request, sizeof(request), &got, NULL));
    expect_succeeded(WriteFile(end, "answer", 6, &written, NULL));
    return got;
}

START_TEST(packet_of_a_transaction)
{
    struct connection pipe = {.name = unique_pipe()};
    pipe.server = create_instance(pipe.name, PIPE_ACCESS_DUPLEX,
                                  PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 1);
    pipe.client = open_client(pipe.name, READ_WRITE, FILE_FLAG_OVERLAPPED);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    HANDLE port = port_of(pipe.client);
    struct thread *answerer = thread_start(answer, pipe.server);
    static OVERLAPPED transaction;
    static char reply[16];

    BOOL done =
        TransactNamedPipe(pipe.client, "request", 7, reply, sizeof(reply), NULL, &transaction);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_packet(port, &transaction, 6);
    expect_bytes(reply, "answer", 6);
    expect_number(thread_join(answerer), 7);
}
END_TEST
COVERS(packet_of_a_transaction, "npipe.transact.overlapped_iocp");

/* ---- Transactions ---- */

static struct connection message_pipe(void)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 0);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    return pipe;
}

static DWORD transact(void *end)
{
    static char reply[2000];
    DWORD got = 0;
    expect_succeeded(TransactNamedPipe(end, "request", 7, reply, sizeof(reply), &got, NULL));
    expect_bytes(reply, "answer", 6);
    return got;
}

START_TEST(synchronous_transaction_waits)
{
    struct connection pipe = message_pipe();

    struct thread *client = thread_start(transact, pipe.client);

    expect_stays_unsignaled(client->handle);
    expect_read(pipe.server, "request", 7);
    put(pipe.server, "answer", 6);
    expect_number(thread_join(client), 6);
}
END_TEST
COVERS(synchronous_transaction_waits, "npipe.transact.sync_blocks");

#define LARGEST 65536

static DWORD echo_large(void *end)
{
    static char bytes[LARGEST];
    DWORD got = 0, written = 0;
    expect_succeeded(ReadFile(end, bytes, LARGEST, &got, NULL));
    expect_succeeded(WriteFile(end, bytes, got, &written, NULL));
    return written;
}

START_TEST(transaction_of_64_kibibytes)
{
    static char request[LARGEST], reply[LARGEST];
    struct connection pipe = message_pipe();
    struct thread *server = thread_start(echo_large, pipe.server);
    DWORD got = 0;
    pattern_fill(request, LARGEST, 0);

    BOOL done = TransactNamedPipe(pipe.client, request, LARGEST, reply, LARGEST, &got, NULL);

    expect_succeeded(done);
    expect_number(got, LARGEST);
    expect_pattern(reply, LARGEST, 0);
    expect_number(thread_join(server), LARGEST);
}
END_TEST
COVERS(transaction_of_64_kibibytes, "npipe.transact.64k");

START_TEST(transaction_on_a_one_way_pipe)
{
    const WCHAR *name = unique_pipe();
    create_instance(name, PIPE_ACCESS_INBOUND, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 1);
    HANDLE client = open_client(name, GENERIC_WRITE | FILE_READ_ATTRIBUTES, 0);
    DWORD mode = PIPE_READMODE_MESSAGE, got = 99;
    char reply[16];
    SetNamedPipeHandleState(client, &mode, NULL, NULL);

    BOOL done = TransactNamedPipe(client, "request", 7, reply, sizeof(reply), &got, NULL);

    expect_failed_somehow(done);
}
END_TEST
COVERS(transaction_on_a_one_way_pipe, "npipe.transact.one_way_fails");

START_TEST(transaction_with_unread_bytes)
{
    struct connection pipe = {.name = unique_pipe()};
    pipe.server = create_instance(pipe.name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED,
                                  PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 1);
    pipe.client = open_client(pipe.name, READ_WRITE, FILE_FLAG_OVERLAPPED);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    put(pipe.server, "early", 5);
    static OVERLAPPED transaction;
    static char reply[16];

    BOOL done =
        TransactNamedPipe(pipe.client, "request", 7, reply, sizeof(reply), NULL, &transaction);

    record_result("TransactNamedPipe with an unread message", done);
}
END_TEST
COVERS(transaction_with_unread_bytes, "npipe.transact.unread_data_fails");
