/* TransactNamedPipe and CallNamedPipe: a request and its reply in one call. */
#include "npipe.h"

#define REQUEST "what is it?"
#define REPLY "an answer!"

/* The other end's part: takes REQUEST, sends REPLY. */
static DWORD answer(void *end)
{
    expect_read(end, REQUEST, sizeof(REQUEST));
    put(end, REPLY, sizeof(REPLY));
    return 0;
}

static const struct caller {
    struct row row;
    bool server;
} callers[] = {
    {{"client", "npipe.transact.basic"}, false},
    {{"server", "npipe.transact.server_end"}, true},
};

START_TEST(request_and_reply)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    HANDLE caller = callers[_i].server ? pipe.server : pipe.client;
    struct thread *other = thread_start(answer, callers[_i].server ? pipe.client : pipe.server);
    char reply[32];
    DWORD got = 0;

    BOOL done = TransactNamedPipe(caller, (char[]){REQUEST}, sizeof(REQUEST), reply, sizeof(reply),
                                  &got, NULL);

    expect_succeeded(done);
    expect_number(got, sizeof(REPLY));
    expect_bytes(reply, REPLY, sizeof(REPLY));
    thread_join(other);
}
END_TEST
COVERS_ROWS(request_and_reply, callers, "npipe.transact.after_setstate");

START_TEST(reply_longer_than_buffer)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    struct thread *server = thread_start(answer, pipe.server);
    char reply[4];
    DWORD got = 0;

    BOOL done = TransactNamedPipe(pipe.client, (char[]){REQUEST}, sizeof(REQUEST), reply,
                                  sizeof(reply), &got, NULL);

    expect_failed(done, ERROR_MORE_DATA);
    expect_number(got, sizeof(reply));
    expect_bytes(reply, REPLY, sizeof(reply));
    expect_read(pipe.client, REPLY + sizeof(reply), sizeof(REPLY) - sizeof(reply));
    thread_join(server);
}
END_TEST
COVERS(reply_longer_than_buffer, "npipe.transact.more_data", "npipe.transact.more_data_rest");

static const struct unfit {
    struct row row;
    DWORD pipe_mode;
} unfits[] = {
    {{"byte_type", "npipe.transact.byte_type_fails"}, PIPE_TYPE_BYTE},
    {{"byte_read_mode", "npipe.transact.byte_read_mode_fails"}, MESSAGES},
};

START_TEST(without_message_mode)
{
    struct connection pipe = connect_duplex(unfits[_i].pipe_mode, 0);
    char reply[32];
    DWORD got = 0;

    BOOL done = TransactNamedPipe(pipe.client, (char[]){REQUEST}, sizeof(REQUEST), reply,
                                  sizeof(reply), &got, NULL);

    expect_failed(done, ERROR_BAD_PIPE);
}
END_TEST
COVERS_ROWS(without_message_mode, unfits);

START_TEST(overlapped_waits_for_reply)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    OVERLAPPED operation = overlapped_with_event();
    require(SetEvent(operation.hEvent));
    char reply[32];
    DWORD got = 0;

    BOOL done = TransactNamedPipe(pipe.client, (char[]){REQUEST}, sizeof(REQUEST), reply,
                                  sizeof(reply), NULL, &operation);

    expect_failed(done, ERROR_IO_PENDING);
    expect_not_signaled(operation.hEvent);
    answer(pipe.server);
    expect_signaled(operation.hEvent);
    BOOL ended = GetOverlappedResult(pipe.client, &operation, &got, FALSE);
    expect_succeeded(ended);
    expect_number(got, sizeof(REPLY));
    expect_bytes(reply, REPLY, sizeof(REPLY));
}
END_TEST
COVERS(overlapped_waits_for_reply, "npipe.transact.overlapped_pending");

/* The server's part of a call: from the client's coming to its leaving. */
static DWORD serve_call(void *server)
{
    BOOL connected = ConnectNamedPipe(server, NULL);
    require(connected || GetLastError() == ERROR_PIPE_CONNECTED);
    answer(server);
    BOOL more = ReadFile(server, (char[1]){0}, 1, &(DWORD){0}, NULL);
    expect_failed(more, ERROR_BROKEN_PIPE);
    return 0;
}

START_TEST(call_in_one_go)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, MESSAGES, 1);
    struct thread *serving = thread_start(serve_call, server);
    char reply[32];
    DWORD got = 0;

    BOOL called = CallNamedPipeW(name, (char[]){REQUEST}, sizeof(REQUEST), reply, sizeof(reply),
                                 &got, step_limit());

    expect_succeeded(called);
    expect_number(got, sizeof(REPLY));
    expect_bytes(reply, REPLY, sizeof(REPLY));
    thread_join(serving);
}
END_TEST
COVERS(call_in_one_go, "npipe.call.basic", "npipe.call.sets_message_mode");

START_TEST(call_with_reply_longer_than_buffer)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, MESSAGES, 1);
    struct thread *serving = thread_start(serve_call, server);
    char reply[4];
    DWORD got = 0;

    BOOL called = CallNamedPipeW(name, (char[]){REQUEST}, sizeof(REQUEST), reply, sizeof(reply),
                                 &got, step_limit());

    expect_failed(called, ERROR_MORE_DATA);
    expect_bytes(reply, REPLY, sizeof(reply));
    thread_join(serving);
}
END_TEST
COVERS(call_with_reply_longer_than_buffer, "npipe.call.more_data",
       "npipe.call.more_data_rest_lost");

START_TEST(call_of_byte_pipe)
{
    const WCHAR *name = unique_pipe();
    create_instance(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1);
    char reply[32];

    BOOL called = CallNamedPipeW(name, (char[]){REQUEST}, sizeof(REQUEST), reply, sizeof(reply),
                                 &(DWORD){0}, step_limit());

    expect_failed_somehow(called);
}
END_TEST
COVERS(call_of_byte_pipe, "npipe.call.byte_type_fails");

START_TEST(call_of_one_way_pipe)
{
    const WCHAR *name = unique_pipe();
    create_instance(name, PIPE_ACCESS_INBOUND, MESSAGES, 1);
    char reply[32];

    BOOL called = CallNamedPipeW(name, (char[]){REQUEST}, sizeof(REQUEST), reply, sizeof(reply),
                                 &(DWORD){0}, step_limit());

    expect_failed(called, ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(call_of_one_way_pipe, "npipe.call.needs_duplex_access");

START_TEST(call_of_busy_pipe)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);
    char reply[32];

    BOOL called = CallNamedPipeW(pipe.name, (char[]){REQUEST}, sizeof(REQUEST), reply,
                                 sizeof(reply), &(DWORD){0}, 10);

    /* From the wait, or from opening the pipe once more after it. */
    expect_failed(called, ERROR_SEM_TIMEOUT, ERROR_PIPE_BUSY);
}
END_TEST
COVERS(call_of_busy_pipe, "npipe.call.timeout");

/* ---- Waiting, lengths, directions */

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

    expect_failed(done, ERROR_PIPE_BUSY);
    expect_read(pipe.client, "early", 5);
    put(pipe.client, "sent", 4);
    expect_read(pipe.server, "sent", 4);
}
END_TEST
COVERS(transaction_with_unread_bytes, "npipe.transact.unread_data_fails");
