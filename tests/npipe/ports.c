/* Completion ports of several named pipes, and operations whose event holds their packet back. */
#include "npipe.h"

START_TEST(each_end_has_its_key)
{
    struct connection first = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    struct connection second = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE port = CreateIoCompletionPort(first.server, NULL, 11, 0);
    require(port != NULL);
    static OVERLAPPED of_first, of_second;
    static char bytes[2][8];

    HANDLE same = CreateIoCompletionPort(second.server, port, 22, 0);

    expect_pointer(same, port);
    start_read(first.server, bytes[0], 8, &of_first);
    start_read(second.server, bytes[1], 8, &of_second);
    put(second.client, "two", 3);
    put(first.client, "first", 5);
    OVERLAPPED_ENTRY packets[2];
    for (int i = 0; i < 2; i++)
        expect_succeeded(GetQueuedCompletionStatus(port, &packets[i].dwNumberOfBytesTransferred,
                                                   &packets[i].lpCompletionKey,
                                                   &packets[i].lpOverlapped, step_limit()));
    expect_pointer(packets[0].lpOverlapped, &of_second);
    expect_number(packets[0].lpCompletionKey, 22);
    expect_number(packets[0].dwNumberOfBytesTransferred, 3);
    expect_pointer(packets[1].lpOverlapped, &of_first);
    expect_number(packets[1].lpCompletionKey, 11);
    expect_number(packets[1].dwNumberOfBytesTransferred, 5);
}
END_TEST
COVERS(each_end_has_its_key, "npipe.port.keys", "npipe.port.order");

START_TEST(packets_of_several_ends_at_once)
{
    struct connection first = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    struct connection second = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE port = CreateIoCompletionPort(first.server, NULL, 11, 0);
    require(port != NULL && CreateIoCompletionPort(second.server, port, 22, 0) == port);
    static OVERLAPPED of_first, of_second;
    static char bytes[2][4];
    start_read(first.server, bytes[0], 4, &of_first);
    start_read(second.server, bytes[1], 4, &of_second);
    put(first.client, "longer", 6);
    put(second.client, "two", 3);
    OVERLAPPED_ENTRY packets[4] = {0};

    for (ULONG removed = 0, all = 0; all < 2; all += removed) {
        BOOL got = GetQueuedCompletionStatusEx(port, packets + all, 4 - all, &removed, step_limit(),
                                               FALSE);
        expect_succeeded(got);
    }

    expect_pointer(packets[0].lpOverlapped, &of_first);
    expect_number(packets[0].lpCompletionKey, 11);
    expect_number(packets[0].dwNumberOfBytesTransferred, 4);
    expect_pointer(packets[1].lpOverlapped, &of_second);
    expect_number(packets[1].lpCompletionKey, 22);
    expect_number(packets[1].dwNumberOfBytesTransferred, 3);
}
END_TEST
COVERS(packets_of_several_ends_at_once, "npipe.port.entries");

/* ---- The low bit of hEvent ---- */

enum kind { READ, WRITE, CONNECT, TRANSACTION };

static const struct tagged {
    struct row row;
    enum kind kind;
    bool at_once;
} taggeds[] = {
    {{"pending_read", "npipe.port.event_bit_read"}, READ, false},
    {{"read_at_once", "npipe.port.event_bit_read"}, READ, true},
    {{"pending_write", "npipe.port.event_bit_write"}, WRITE, false},
    {{"write_at_once", "npipe.port.event_bit_write"}, WRITE, true},
    {{"connect", "npipe.port.event_bit_connect"}, CONNECT, false},
    {{"transaction", "npipe.port.event_bit_transaction"}, TRANSACTION, false},
};

static BOOL begin(const struct tagged *row, HANDLE end, OVERLAPPED *operation)
{
    static char bytes[2 * PIPE_BUFFER];
    DWORD size = row->kind != WRITE || row->at_once ? 8 : sizeof(bytes);
    switch (row->kind) {
    case READ:
        return ReadFile(end, bytes, size, NULL, operation);
    case WRITE:
        return WriteFile(end, bytes, size, NULL, operation);
    case CONNECT:
        return ConnectNamedPipe(end, operation);
    default:
        return TransactNamedPipe(end, "ask", 3, bytes, size, NULL, operation);
    }
}

/* Lets the operation end that the server has begun. */
static void let_end(const struct tagged *row, struct connection *pipe)
{
    char bytes[PIPE_BUFFER];
    if (row->kind == CONNECT)
        pipe->client = open_client(pipe->name, READ_WRITE, 0);
    else if (row->kind == WRITE)
        for (DWORD got, all = 0; all < 2 * PIPE_BUFFER; all += got)
            require(ReadFile(pipe->client, bytes, sizeof(bytes), &got, NULL));
    else
        put(pipe->client, "answer", 6);
}

START_TEST(no_packet_of_a)
{
    const struct tagged *row = &taggeds[_i];
    struct connection pipe = {.name = unique_pipe()};
    pipe.server =
        create_instance(pipe.name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, MESSAGES, 1);
    if (row->kind != CONNECT)
        pipe.client = open_client(pipe.name, READ_WRITE, 0);
    if (row->kind == READ && row->at_once)
        put(pipe.client, "answer", 6);
    HANDLE port = CreateIoCompletionPort(pipe.server, NULL, 77, 0);
    require(port != NULL);
    static OVERLAPPED tagged, next;
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    tagged.hEvent = (HANDLE)((ULONG_PTR)event | 1);

    BOOL done = begin(row, pipe.server, &tagged);

    if (row->at_once) {
        expect_succeeded(done);
    } else {
        expect_failed(done, ERROR_IO_PENDING);
        expect_not_signaled(event);
        let_end(row, &pipe);
    }
    expect_signaled(event);
    /* The first packet is that of the next operation. */
    BOOL written = WriteFile(pipe.server, "next", 4, NULL, &next);
    expect_succeeded(written);
    DWORD count = 0;
    ULONG_PTR key = 0;
    OVERLAPPED *which = NULL;
    expect_succeeded(GetQueuedCompletionStatus(port, &count, &key, &which, step_limit()));
    expect_pointer(which, &next);
    expect_number(count, 4);
}
END_TEST
COVERS_ROWS(no_packet_of_a, taggeds);
