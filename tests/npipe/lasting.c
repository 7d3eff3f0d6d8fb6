/* What goes on: a completion port with the next client and with a duplicate, what is pending at an
 * end of which one of two handles is closed or cancels, an instance whose connect was cancelled,
 * and what a client wrote that left before it was connected to. */
#include "npipe.h"

#define KEY 77

static HANDLE port_of(HANDLE end)
{
    HANDLE port = CreateIoCompletionPort(end, NULL, KEY, 0);
    require(port != NULL);
    return port;
}

static void expect_packet(HANDLE port, const OVERLAPPED *operation, bool counts, DWORD count)
{
    DWORD moved = 99;
    ULONG_PTR key = 0;
    OVERLAPPED *which = NULL;
    expect_succeeded(GetQueuedCompletionStatus(port, &moved, &key, &which, step_limit()));
    expect_pointer(which, operation);
    expect_number(key, KEY);
    if (counts)
        expect_number(moved, count);
}

static void begin_connect(HANDLE server, OVERLAPPED *connecting)
{
    BOOL connected = ConnectNamedPipe(server, connecting);
    require(!connected && GetLastError() == ERROR_IO_PENDING);
}

/* ---- The completion port of an instance ---- */

START_TEST(port_goes_on_with_the_next_client)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE port = port_of(pipe.server);
    static OVERLAPPED connecting, reading, writing;
    static char bytes[8];

    BOOL disconnected = DisconnectNamedPipe(pipe.server);

    expect_succeeded(disconnected);
    begin_connect(pipe.server, &connecting);
    pipe.client = open_client(pipe.name, READ_WRITE, 0);
    expect_packet(port, &connecting, false, 0);
    start_read(pipe.server, bytes, sizeof(bytes), &reading);
    put(pipe.client, "four", 4);
    expect_packet(port, &reading, true, 4);
    require(WriteFile(pipe.server, "three", 5, NULL, &writing));
    expect_packet(port, &writing, true, 5);
}
END_TEST
COVERS(port_goes_on_with_the_next_client, "npipe.port.next_client");

enum operation { READS, WRITES, TRANSACTS, CONNECTS };

static const struct shared {
    struct row row;
    enum operation operation;
    bool port_of_duplicate; /* it is the duplicate that was given the port */
} shareds[] = {
    {{"read", NULL}, READS, false},
    {{"write", NULL}, WRITES, false},
    {{"connect", NULL}, CONNECTS, false},
    {{"read_of_the_first_handle", NULL}, READS, true},
};

START_TEST(packet_of_a_duplicate)
{
    const struct shared *row = &shareds[_i];
    struct connection pipe = {.name = unique_pipe()};
    pipe.server =
        create_instance(pipe.name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, PIPE_TYPE_BYTE, 1);
    HANDLE duplicate = duplicate_of(pipe.server), used = duplicate;
    HANDLE port = port_of(row->port_of_duplicate ? duplicate : pipe.server);
    if (row->port_of_duplicate)
        used = pipe.server;
    static OVERLAPPED operation;
    static char bytes[8];

    if (row->operation == CONNECTS)
        begin_connect(used, &operation);
    pipe.client = open_client(pipe.name, READ_WRITE, 0);
    if (row->operation == READS) {
        start_read(used, bytes, sizeof(bytes), &operation);
        put(pipe.client, "four", 4);
    } else if (row->operation == WRITES) {
        require(WriteFile(used, "four", 4, NULL, &operation));
    }

    expect_packet(port, &operation, row->operation != CONNECTS, 4);
}
END_TEST
COVERS_ROWS(packet_of_a_duplicate, shareds, "npipe.port.duplicate");

PEER(write_by_an_end_with_a_port)
{
    static OVERLAPPED writing;
    BOOL written = WriteFile(peer_handle(0), "theirs", 6, NULL, &writing);

    expect_succeeded(written);
}

START_TEST(packet_of_another_process)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE port = port_of(pipe.server);
    DWORD count = 99;
    ULONG_PTR key = 0;
    OVERLAPPED *theirs = NULL; /* an address of the other process */

    peer_join(peer_start(write_by_an_end_with_a_port, given_handle(pipe.server)));

    expect_succeeded(GetQueuedCompletionStatus(port, &count, &key, &theirs, step_limit()));
    expect_number(key, KEY);
    expect_number(count, 6);
    expect_read(pipe.client, "theirs", 6);
}
END_TEST
COVERS(packet_of_another_process, "npipe.port.duplicate_elsewhere");

/* ---- One of two handles of an end is closed ---- */

static const struct closing {
    struct row row;
    enum operation operation;
    bool at_client;
    bool by_duplicate; /* the operation is begun by the handle that stays */
} closings[] = {
    {{"read_of_the_server", NULL}, READS, false, false},
    {{"read_of_the_client", NULL}, READS, true, false},
    {{"read_by_the_other_handle", NULL}, READS, false, true},
    {{"write_of_the_server", NULL}, WRITES, false, false},
    {{"write_of_the_client", NULL}, WRITES, true, false},
    {{"transaction_of_the_client", NULL}, TRANSACTS, true, false},
    {{"connect", NULL}, CONNECTS, false, false},
};

static char many[4 * PIPE_BUFFER], reply[8];

static void begin(const struct closing *row, HANDLE end, OVERLAPPED *operation)
{
    BOOL done = row->operation == READS    ? ReadFile(end, reply, sizeof(reply), NULL, operation)
                : row->operation == WRITES ? WriteFile(end, many, sizeof(many), NULL, operation)
                : row->operation == CONNECTS
                    ? ConnectNamedPipe(end, operation)
                    : TransactNamedPipe(end, "ask", 3, reply, sizeof(reply), NULL, operation);
    expect_failed(done, ERROR_IO_PENDING);
}

/* What lets the operation end, at the other end; returns how many bytes it moves. */
static DWORD let_end(const struct closing *row, struct connection *pipe)
{
    HANDLE other = row->at_client ? pipe->server : pipe->client;
    static char taken[sizeof(many)];
    if (row->operation == CONNECTS) {
        pipe->client = open_client(pipe->name, READ_WRITE, FILE_FLAG_OVERLAPPED);
        return 0;
    }
    if (row->operation == WRITES) {
        OVERLAPPED reading = overlapped_with_event();
        DWORD got = 0;
        BOOL started = ReadFile(other, taken, sizeof(taken), NULL, &reading);
        require(finish(started, other, &reading, &got));
        return sizeof(many);
    }
    if (row->operation == TRANSACTS)
        expect_read(other, "ask", 3);
    put(other, "answer", 6);
    return 6;
}

START_TEST(pending_when_one_handle_is_closed)
{
    const struct closing *row = &closings[_i];
    struct connection pipe = {.name = unique_pipe()};
    pipe.server =
        create_instance(pipe.name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, MESSAGES, 1);
    if (row->operation != CONNECTS) {
        pipe.client = open_client(pipe.name, READ_WRITE, FILE_FLAG_OVERLAPPED);
        set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    }
    HANDLE *end = row->at_client ? &pipe.client : &pipe.server, duplicate = duplicate_of(*end);
    OVERLAPPED operation = overlapped_with_event();
    DWORD moved = 99;
    begin(row, row->by_duplicate ? duplicate : *end, &operation);

    BOOL closed = CloseHandle(*end);

    expect_succeeded(closed);
    expect_stays_unsignaled(operation.hEvent);
    *end = duplicate;
    DWORD count = let_end(row, &pipe);
    expect_signaled(operation.hEvent);
    expect_succeeded(GetOverlappedResult(duplicate, &operation, &moved, FALSE));
    if (row->operation != CONNECTS)
        expect_number(moved, count);
}
END_TEST
COVERS_ROWS(pending_when_one_handle_is_closed, closings, "npipe.pending.own_duplicate");

/* ---- The handle as its own event ---- */

static const struct closing again[] = {
    {{"a_read_of_the_server", NULL}, READS, false, false},
    {{"a_read_of_the_client", NULL}, READS, true, false},
    {{"a_write", NULL}, WRITES, false, false},
    {{"a_transaction", NULL}, TRANSACTS, true, false},
};

START_TEST(handle_is_reset_by)
{
    const struct closing *row = &again[_i];
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    HANDLE end = row->at_client ? pipe.client : pipe.server;
    OVERLAPPED first = {0}, second = {0};
    DWORD moved = 99;
    start_read(end, reply, sizeof(reply), &first);
    put(row->at_client ? pipe.server : pipe.client, "first", 5);
    expect_signaled(end);

    begin(row, end, &second);

    expect_not_signaled(end);
    DWORD count = let_end(row, &pipe);
    expect_signaled(end);
    expect_succeeded(GetOverlappedResult(end, &second, &moved, FALSE));
    expect_number(moved, count);
}
END_TEST
COVERS_ROWS(handle_is_reset_by, again, "npipe.gor.handle_is_reset");

/* ---- Cancelling by another handle ---- */

static const struct cancelling {
    struct row row;
    enum { CANCEL_IO, CANCEL_ALL, CANCEL_ONE } how;
} by_duplicates[] = {
    {{"cancel_io", "npipe.cancelio.duplicate"}, CANCEL_IO},
    {{"cancel_io_ex_of_all", "npipe.cancelioex.duplicate"}, CANCEL_ALL},
    {{"cancel_io_ex_of_one", "npipe.cancelioex.duplicate"}, CANCEL_ONE},
};

static BOOL cancel(const struct cancelling *row, HANDLE end, OVERLAPPED *operation)
{
    return row->how == CANCEL_IO ? CancelIo(end)
                                 : CancelIoEx(end, row->how == CANCEL_ONE ? operation : NULL);
}

START_TEST(read_is_cancelled_by_a_duplicate)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE duplicate = duplicate_of(pipe.server);
    OVERLAPPED reading = overlapped_with_event();
    DWORD moved = 99;
    start_read(pipe.server, reply, sizeof(reply), &reading);

    BOOL cancelled = cancel(&by_duplicates[_i], duplicate, &reading);

    expect_succeeded(cancelled);
    expect_signaled(reading.hEvent);
    expect_failed(GetOverlappedResult(pipe.server, &reading, &moved, FALSE),
                  ERROR_OPERATION_ABORTED);
    expect_bytes_flow(pipe.client, pipe.server);
}
END_TEST
COVERS_ROWS(read_is_cancelled_by_a_duplicate, by_duplicates);

/* ---- After a connect that was cancelled ---- */

static const struct cancelling cancellings[] = {
    {{"cancel_io", "npipe.connect.after_cancel_io"}, CANCEL_IO},
    {{"cancel_io_ex_of_all", "npipe.connect.after_cancel_io_ex"}, CANCEL_ALL},
    {{"cancel_io_ex_of_one", "npipe.connect.after_cancel_io_ex"}, CANCEL_ONE},
};

START_TEST(instance_is_offered_again_after)
{
    const WCHAR *name = unique_pipe();
    HANDLE server =
        create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, PIPE_TYPE_BYTE, 1);
    OVERLAPPED first, second;
    DWORD nothing;
    offer(server, &first);

    BOOL cancelled = cancel(&cancellings[_i], server, &first);

    expect_succeeded(cancelled);
    expect_signaled(first.hEvent);
    expect_failed(GetOverlappedResult(server, &first, &nothing, FALSE), ERROR_OPERATION_ABORTED);
    second = overlapped_with_event();
    expect_failed(ConnectNamedPipe(server, &second), ERROR_IO_PENDING);
    HANDLE client = open_client(name, READ_WRITE, 0);
    expect_signaled(second.hEvent);
    expect_succeeded(GetOverlappedResult(server, &second, &nothing, FALSE));
    expect_bytes_flow(client, server);
    expect_bytes_flow(server, client);
}
END_TEST
COVERS_ROWS(instance_is_offered_again_after, cancellings);

/* ---- A client that left before the server connected ---- */

static const struct early {
    struct row row;
    DWORD mode, flags;
} earlies[] = {
    {{"bytes", NULL}, PIPE_TYPE_BYTE, 0},
    {{"messages", NULL}, MESSAGES, 0},
    {{"overlapped", NULL}, MESSAGES, FILE_FLAG_OVERLAPPED},
    {{"nonblocking", NULL}, MESSAGES | PIPE_NOWAIT, 0},
};

START_TEST(bytes_of_a_client_that_left_before)
{
    const struct early *row = &earlies[_i];
    struct connection pipe = connect_duplex(row->mode, row->flags);
    put(pipe.client, "first", 5);
    if (row->mode & PIPE_TYPE_MESSAGE)
        put(pipe.client, "then", 4);
    close_handle(&pipe.client);
    OVERLAPPED connecting = overlapped_with_event(), reading = overlapped_with_event();
    char byte;
    DWORD got;

    BOOL connected = ConnectNamedPipe(pipe.server, row->flags ? &connecting : NULL);

    expect_failed(connected, ERROR_NO_DATA);
    expect_read(pipe.server, "first", 5);
    if (row->mode & PIPE_TYPE_MESSAGE)
        expect_read(pipe.server, "then", 4);
    BOOL read = ReadFile(pipe.server, &byte, 1, &got, &reading);
    expect_failed(read, ERROR_BROKEN_PIPE);
}
END_TEST
COVERS_ROWS(bytes_of_a_client_that_left_before, earlies, "npipe.connect.left_with_data");
