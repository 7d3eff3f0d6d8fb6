/* Pointers that may be NULL, modes that differ or that there are not, what cannot be cancelled, a
 * reply that is not read whole: the rest of what several pages on pipes say. */
#include "npipe.h"

/* ---- GetNamedPipeInfo ----------------------------------------------------------------------- */

static const struct asked {
    struct row row;
    unsigned outputs; /* a bit each: flags, outgoing, incoming, limit */
} askeds[] = {
    {{"nothing", NULL}, 0},  {{"flags", NULL}, 1}, {{"outgoing", NULL}, 2},
    {{"incoming", NULL}, 4}, {{"limit", NULL}, 8}, {{"all", NULL}, 15},
};

START_TEST(info_that_is_asked)
{
    HANDLE server = CreateNamedPipeW(unique_pipe(), PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE, 7,
                                     0x2000, 0x1000, 0, NULL);
    require(server != INVALID_HANDLE_VALUE);
    DWORD got[4] = {99, 99, 99, 99};
    const DWORD expected[4] = {PIPE_SERVER_END | PIPE_TYPE_MESSAGE, 0x2000, 0x1000, 7};
    unsigned outputs = askeds[_i].outputs;

    BOOL told = GetNamedPipeInfo(server, outputs & 1 ? &got[0] : NULL, outputs & 2 ? &got[1] : NULL,
                                 outputs & 4 ? &got[2] : NULL, outputs & 8 ? &got[3] : NULL);

    expect_succeeded(told);
    for (int i = 0; i < 4; i++)
        expect_number(got[i], outputs >> i & 1 ? expected[i] : 99);
}
END_TEST
COVERS_ROWS(info_that_is_asked, askeds, "npipe.info.each_alone");

START_TEST(info_that_a_client_is_told)
{
    const WCHAR *name = unique_pipe();
    require(CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, 3, 0x2000, 0x1000, 0, NULL) !=
            INVALID_HANDLE_VALUE);
    HANDLE client = open_client(name, READ_WRITE, 0);
    DWORD outgoing = 0, incoming = 0, limit = 0;

    BOOL told = GetNamedPipeInfo(client, NULL, &outgoing, &incoming, &limit);

    expect_succeeded(told);
    expect_number(limit, 3);
    record("sizes of a client", "outgoing 0x%lx, incoming 0x%lx", outgoing, incoming);
}
END_TEST
COVERS(info_that_a_client_is_told, "npipe.info.client_limit", "npipe.info.client_sizes");

/* ---- SetNamedPipeHandleState ---------------------------------------------------------------- */

static const struct mode {
    struct row row;
    DWORD mode;
} modes[] = {
    {{"type", NULL}, PIPE_TYPE_MESSAGE},
    {{"reject_remote_clients", NULL}, PIPE_REJECT_REMOTE_CLIENTS},
    {{"unknown_beside_a_known_one", NULL}, PIPE_READMODE_MESSAGE | 0x10000},
};

/* The page lists two flags, and says nothing of others. */
START_TEST(mode_that_there_is_not)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE, 0);
    DWORD mode = modes[_i].mode, state = 99;

    BOOL set = SetNamedPipeHandleState(pipe.server, &mode, NULL, NULL);

    record_result("mode", set);
    require(GetNamedPipeHandleStateW(pipe.server, &state, NULL, NULL, NULL, NULL, 0));
    expect_number(state, set ? mode & PIPE_READMODE_MESSAGE : 0);
    expect_bytes_flow(pipe.client, pipe.server);
}
END_TEST
COVERS_ROWS(mode_that_there_is_not, modes, "npipe.setstate.unknown");

/* ---- TransactNamedPipe ---------------------------------------------------------------------- */

static struct connection message_pipe(DWORD flags)
{
    struct connection pipe = connect_duplex(MESSAGES, flags);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    return pipe;
}

/* The server's part, begun before: takes the request, sends a reply of ten bytes. */
static DWORD answer(void *end)
{
    expect_read(end, "ask", 3);
    put(end, "0123456789", 10);
    return 0;
}

/* A transaction that takes four bytes of the reply. */
static void transact_in_part(const struct connection *pipe)
{
    OVERLAPPED operation = overlapped_with_event();
    char reply[4];
    DWORD got = 0;
    struct thread *server = thread_start(answer, pipe->server);
    BOOL started = TransactNamedPipe(pipe->client, (char[]){"ask"}, 3, reply, 4, NULL, &operation);
    if (!started && GetLastError() == ERROR_IO_PENDING)
        started = finish(started, pipe->client, &operation, &got);
    expect_failed(started, ERROR_MORE_DATA);
    expect_bytes(reply, "0123", 4);
    thread_join(server);
}

START_TEST(count_need_not_be_asked)
{
    struct connection pipe = message_pipe(FILE_FLAG_OVERLAPPED);
    struct thread *server = thread_start(answer, pipe.server);
    OVERLAPPED operation = overlapped_with_event();
    char reply[16];
    DWORD got = 0;

    BOOL started = TransactNamedPipe(pipe.client, (char[]){"ask"}, 3, reply, 16, NULL, &operation);

    BOOL done = finish(started, pipe.client, &operation, &got);
    expect_succeeded(done);
    expect_number(got, 10);
    expect_bytes(reply, "0123456789", 10);
    thread_join(server);
}
END_TEST
COVERS(count_need_not_be_asked, "npipe.transact.no_count");

START_TEST(rest_of_a_reply_is_peeked)
{
    struct connection pipe = message_pipe(FILE_FLAG_OVERLAPPED);
    transact_in_part(&pipe);
    char bytes[8];
    DWORD got = 0, left = 99;

    BOOL peeked = PeekNamedPipe(pipe.client, bytes, 4, &got, NULL, &left);

    expect_succeeded(peeked);
    expect_number(got, 4);
    expect_bytes(bytes, "4567", 4);
    expect_number(left, 2);
    expect_read(pipe.client, "456789", 6);
}
END_TEST
COVERS(rest_of_a_reply_is_peeked, "npipe.transact.rest_peeked");

static DWORD rest_count, rest_error = 99;

static void CALLBACK note_rest(DWORD error, DWORD count, OVERLAPPED *operation)
{
    (void)operation;
    rest_error = error;
    rest_count = count;
}

START_TEST(rest_of_a_reply_is_read_with_a_routine)
{
    struct connection pipe = message_pipe(FILE_FLAG_OVERLAPPED);
    transact_in_part(&pipe);
    static OVERLAPPED reading;
    static char bytes[16];

    BOOL started = ReadFileEx(pipe.client, bytes, sizeof(bytes), &reading, note_rest);

    expect_succeeded(started);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_error(rest_error, ERROR_SUCCESS);
    expect_number(rest_count, 6);
    expect_bytes(bytes, "456789", 6);
}
END_TEST
COVERS(rest_of_a_reply_is_read_with_a_routine, "npipe.transact.rest_by_routine");

/* The page takes an anonymous pipe, whose ends go one way and know no messages. */
START_TEST(transaction_of_an_anonymous_pipe)
{
    HANDLE ends[2];
    require(CreatePipe(&ends[0], &ends[1], NULL, 0));
    char reply[4];
    DWORD got = 0;

    for (int i = 0; i < 2; i++) {
        BOOL done = TransactNamedPipe(ends[i], (char[]){"ask"}, 3, reply, 4, &got, NULL);
        record_result(i ? "write end" : "read end", done);
    }
}
END_TEST
COVERS(transaction_of_an_anonymous_pipe, "npipe.transact.anonymous");

/* ---- CreateNamedPipe ------------------------------------------------------------------------ */

static const struct other {
    struct row row;
    DWORD open_mode, pipe_mode; /* of the first instance only */
} others[] = {
    {{"overlapped", "npipe.create.flags_differ"}, FILE_FLAG_OVERLAPPED, 0},
    {{"write_through", "npipe.create.flags_differ"}, FILE_FLAG_WRITE_THROUGH, 0},
    {{"right_to_the_list", "npipe.create.security_modes_differ"}, WRITE_DAC, 0},
    {{"remote_clients", "npipe.create.remote_modes_differ"}, 0, PIPE_REJECT_REMOTE_CLIENTS},
};

START_TEST(instances_differ_in)
{
    const WCHAR *name = unique_pipe();
    HANDLE first =
        create_instance(name, PIPE_ACCESS_DUPLEX | others[_i].open_mode, others[_i].pipe_mode, 3);
    HANDLE client = open_client(name, READ_WRITE, 0);

    HANDLE second =
        CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, 3, PIPE_BUFFER, PIPE_BUFFER, 0, NULL);

    expect_handle(second);
    HANDLE second_client = open_client(name, READ_WRITE, 0);
    HANDLE third = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX | others[_i].open_mode,
                                    others[_i].pipe_mode, 3, PIPE_BUFFER, PIPE_BUFFER, 0, NULL);
    expect_handle(third);
    expect_bytes_flow(client, first);
    expect_bytes_flow(second, second_client);
    expect_bytes_flow(second_client, second);
    expect_bytes_flow(open_client(name, READ_WRITE, 0), third);
}
END_TEST
COVERS_ROWS(instances_differ_in, others);

/* ---- CancelIo ------------------------------------------------------------------------------- */

static DWORD read_four(void *end)
{
    char bytes[4];
    DWORD got = 0;
    expect_succeeded(ReadFile(end, bytes, 4, &got, NULL));
    expect_number(got, 4);
    expect_bytes(bytes, "late", 4);
    return 0;
}

START_TEST(synchronous_read_is_not_cancelled)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    struct thread *reader = thread_start(read_four, pipe.server);
    expect_stays_unsignaled(reader->handle);

    BOOL cancelled = CancelIo(pipe.server);

    record_result("CancelIo", cancelled);
    expect_not_signaled(reader->handle);
    put(pipe.client, "late", 4);
    thread_join(reader);
}
END_TEST
COVERS(synchronous_read_is_not_cancelled, "npipe.cancelio.synchronous");

static const struct closed_end {
    struct row row;
    bool ex;
} closed_ends[] = {
    {{"cancel_io", "npipe.cancelio.closed"}, false},
    {{"cancel_io_ex", "npipe.cancelioex.closed"}, true},
};

START_TEST(closed_handle_has_nothing_to_cancel)
{
    BOOL cancelled = TRUE;
    DWORD error = ERROR_SUCCESS;
    for (int tries = 3; tries && error != ERROR_INVALID_HANDLE; tries--) {
        struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
        require(CloseHandle(pipe.server));
        cancelled = closed_ends[_i].ex ? CancelIoEx(pipe.server, NULL) : CancelIo(pipe.server);
        error = GetLastError();
    }

    expect_true(!cancelled);
    expect_error(error, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS_ROWS(closed_handle_has_nothing_to_cancel, closed_ends);
