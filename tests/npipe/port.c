/* The packets of operations of named pipes at a completion port. */
#include "npipe.h"

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
