/* What CreateIoCompletionPort creates, and which handles it associates. */
#include "completion_port.h"

START_TEST(creates_and_associates)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    HANDLE port = CreateIoCompletionPort((HANDLE)s, NULL, KEY, 0);

    expect_handle(port);
    receive_pending(s, 0);
    send_datagram(s, s, "hello");
    struct packet packet = packet_next(port);
    expect_succeeded(packet.done);
    expect_number(packet.key, KEY);
    expect_pointer(packet.operation, &operations[0]);
}
END_TEST
COVERS(creates_and_associates, "winsock.port_association.both");

static const struct {
    struct row row;
    DWORD threads;
} concurrencies[] = {{{"default", NULL}, 0}, {{"one", NULL}, 1}, {{"many", NULL}, 64}};

START_TEST(ports_are_new)
{
    HANDLE before = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
    require(before != NULL);

    HANDLE port =
        CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, KEY, concurrencies[_i].threads);

    expect_handle(port);
    expect_true(port != before);
    require(PostQueuedCompletionStatus(port, 1, 2, NULL));
    expect_failed(packet_within(before, 0).done, WAIT_TIMEOUT);
    expect_number(packet_next(port).key, 2);
}
END_TEST
COVERS_ROWS(ports_are_new, concurrencies, "winsock.port_association.new",
            "winsock.port_association.key_ignored");

START_TEST(no_file_for_an_existing_port)
{
    HANDLE port = port_create();

    HANDLE result = CreateIoCompletionPort(INVALID_HANDLE_VALUE, port, KEY, 0);

    expect_pointer(result, NULL);
}
END_TEST
COVERS(no_file_for_an_existing_port, "winsock.port_association.no_file");

START_TEST(threads_of_an_existing_port)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_bound(SOCK_DGRAM);

    HANDLE result = CreateIoCompletionPort((HANDLE)s, port, KEY, 0x7FFFFFFF);

    expect_handle(result);
    expect_pointer(result, port);
    receive_pending(s, 0);
    send_datagram(s, s, "hello");
    expect_number(packet_next(port).key, KEY);
}
END_TEST
COVERS(threads_of_an_existing_port, "winsock.port_association.threads_ignored");

START_TEST(keys_of_two_sockets)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET sockets[2];
    for (unsigned i = 0; i < 2; i++) {
        sockets[i] = socket_bound(SOCK_DGRAM);
        HANDLE result = CreateIoCompletionPort((HANDLE)sockets[i], port, KEY + i, 0);
        expect_handle(result);
        receive_pending(sockets[i], i);
    }

    for (unsigned i = 2; i-- > 0;) {
        send_datagram(sockets[i], sockets[i], "hello");
        struct packet packet = packet_next(port);
        expect_number(packet.key, KEY + i);
        expect_pointer(packet.operation, &operations[i]);
    }
}
END_TEST
COVERS(keys_of_two_sockets, "winsock.port_association.several");

START_TEST(associated_once)
{
    winsock_start();
    HANDLE port = port_create(), other = port_create();
    SOCKET s = socket_on(port);

    HANDLE result = CreateIoCompletionPort((HANDLE)s, other, KEY + 1, 0);

    expect_pointer(result, NULL);
    receive_pending(s, 0);
    send_datagram(s, s, "hello");
    expect_number(packet_next(port).key, KEY);
    expect_failed(packet_within(other, 0).done, WAIT_TIMEOUT);
}
END_TEST
COVERS(associated_once, "winsock.port_association.one_port");

/* ---- What cannot be associated */

static HANDLE file_create(DWORD flags)
{
    HANDLE file =
        CreateFileW(scratch_path(L"file"), GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, flags, NULL);
    require(file != INVALID_HANDLE_VALUE);
    return file;
}

START_TEST(file_that_waits)
{
    HANDLE port = port_create(), file = file_create(0);

    HANDLE result = CreateIoCompletionPort(file, port, KEY, 0);

    expect_pointer(result, NULL);
    close_handle(&file);
    file = file_create(FILE_FLAG_OVERLAPPED);
    expect_pointer(CreateIoCompletionPort(file, port, KEY, 0), port);
}
END_TEST
COVERS(file_that_waits, "winsock.port_association.overlapped_only");

START_TEST(socket_without_overlapped)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET waits = WSASocketW(AF_INET, SOCK_DGRAM, 0, NULL, 0, 0),
           s = WSASocketW(AF_INET, SOCK_DGRAM, 0, NULL, 0, WSA_FLAG_OVERLAPPED);
    require(waits != INVALID_SOCKET && s != INVALID_SOCKET);

    HANDLE result = CreateIoCompletionPort((HANDLE)waits, port, KEY, 0);

    expect_pointer(result, NULL);
    expect_pointer(CreateIoCompletionPort((HANDLE)s, port, KEY, 0), port);
}
END_TEST
COVERS(socket_without_overlapped, "winsock.port_association.overlapped_socket_only");

START_TEST(event_is_no_file)
{
    HANDLE port = port_create();

    HANDLE result = CreateIoCompletionPort(event_create(), port, KEY, 0);

    expect_pointer(result, NULL);
}
END_TEST
COVERS(event_is_no_file, "winsock.port_association.event");

START_TEST(event_is_no_port)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    HANDLE result = CreateIoCompletionPort((HANDLE)s, event_create(), KEY, 0);

    expect_pointer(result, NULL);
    HANDLE port = port_create();
    expect_pointer(CreateIoCompletionPort((HANDLE)s, port, KEY, 0), port);
}
END_TEST
COVERS(event_is_no_port, "winsock.port_association.no_port");

/* ---- After the association */

START_TEST(duplicates_are_associated)
{
    HANDLE port = port_create(), file = file_create(FILE_FLAG_OVERLAPPED), copy;
    require(CreateIoCompletionPort(file, port, KEY, 0) == port);
    require(DuplicateHandle(GetCurrentProcess(), file, GetCurrentProcess(), &copy, 0, FALSE,
                            DUPLICATE_SAME_ACCESS));

    BOOL wrote = WriteFile(copy, "four", 4, NULL, &operations[0]);

    expect_true(wrote || GetLastError() == ERROR_IO_PENDING);
    struct packet packet = packet_next(port);
    expect_succeeded(packet.done);
    expect_number(packet.key, KEY);
    expect_number(packet.count, 4);
    expect_pointer(packet.operation, &operations[0]);
}
END_TEST
COVERS(duplicates_are_associated, "winsock.port_association.duplicate");

static void CALLBACK no_routine(DWORD error, DWORD count, LPOVERLAPPED operation)
{
    (void)error, (void)count, (void)operation;
}

static const struct {
    struct row row;
    bool associated;
} readers[] = {
    {{"not_associated", NULL}, false},
    {{"associated", NULL}, true},
};

START_TEST(reads_with_a_routine)
{
    const WCHAR *name = unique_name(L"\\\\.\\pipe\\");
    HANDLE port = port_create(),
           pipe = CreateNamedPipeW(name, PIPE_ACCESS_INBOUND | FILE_FLAG_OVERLAPPED, 0, 1, 0, 4096,
                                   0, NULL);
    require(pipe != INVALID_HANDLE_VALUE);
    require(CreateFileW(name, GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL) !=
            INVALID_HANDLE_VALUE);
    require(!readers[_i].associated || CreateIoCompletionPort(pipe, port, KEY, 0) == port);

    BOOL reading = ReadFileEx(pipe, received[0], 1, &operations[0], no_routine);

    if (readers[_i].associated)
        expect_failed(reading, ERROR_INVALID_PARAMETER);
    else
        expect_succeeded(reading);
}
END_TEST
COVERS_ROWS(reads_with_a_routine, readers, "winsock.port_association.no_routines");
