/* TransmitPackets: an element without a flag, and the end of the operation: the socket used again,
 * nobody told of what was refused, the socket closed, the thread ended. */
#include "transmit.h"

static TRANSMIT_PACKETS_ELEMENT whole(HANDLE file, ULONG flags)
{
    return (TRANSMIT_PACKETS_ELEMENT){.dwElFlags = flags, .hFile = file};
}

START_TEST(element_without_a_flag_is_a_file)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LPFN_TRANSMITPACKETS function = transmit_packets(pair.client);
    TRANSMIT_PACKETS_ELEMENT element = whole(file_with_content(0, 0), 0);

    BOOL done = function(pair.client, &element, 1, 0, NULL, 0);

    expect_succeeded(done);
    expect_receives(pair.server, CONTENT, 10);
}
END_TEST
COVERS(element_without_a_flag_is_a_file, "stream.transmitpackets.file_by_default");

START_TEST(recycled_for_accept_ex)
{
    winsock_start();
    SOCKET listener = stream_listen(), client, s = connected_by_accept_ex(listener, &client);
    LPFN_TRANSMITPACKETS function = transmit_packets(s);
    TRANSMIT_PACKETS_ELEMENT element = whole(file_with_content(0, 0), TP_ELEMENT_FILE);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done = function(s, &element, 1, 0, operation, TF_DISCONNECT | TF_REUSE_SOCKET);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_receives(client, CONTENT, 10);
    socket_close(client);
    expect_succeeded(extension_result(s, operation, &count));
    operation = operation_with_event();
    expect_failed(accept_into(listener, s, operation), ERROR_IO_PENDING);
    SOCKET second = stream_connect(socket_port(listener));
    expect_succeeded(extension_result(listener, operation, &count));
    send_all(second, "again", 5);
    expect_receives(s, "again", 5);
}
END_TEST
COVERS(recycled_for_accept_ex, "stream.transmitpackets.reuse_acceptex");

START_TEST(refusal_tells_nobody)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LPFN_TRANSMITPACKETS function = transmit_packets(pair.client);
    TRANSMIT_PACKETS_ELEMENT element = whole(file_with_content(0, 0), TP_ELEMENT_FILE);
    OVERLAPPED *operation = operation_with_event(), *told;
    HANDLE port = CreateIoCompletionPort((HANDLE)pair.client, NULL, 1, 1);
    DWORD count;
    ULONG_PTR key;
    require(port != NULL && shutdown(pair.client, SD_SEND) == 0);

    BOOL done = function(pair.client, &element, 1, 0, operation, 0);

    expect_failed(done, WSAESHUTDOWN);
    expect_stays_unsignaled(operation->hEvent);
    expect_failed(GetQueuedCompletionStatus(port, &count, &key, &told, 0), WAIT_TIMEOUT);
}
END_TEST
COVERS(refusal_tells_nobody, "stream.transmitpackets.refused_tells_nobody");

START_TEST(offset_behind_the_end)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LPFN_TRANSMITPACKETS function = transmit_packets(pair.client);
    TRANSMIT_PACKETS_ELEMENT element = whole(file_with_content(0, 0), TP_ELEMENT_FILE);
    OVERLAPPED *operation = operation_with_event();
    operation->Offset = 11;
    DWORD count = 0;

    BOOL done = function(pair.client, &element, 1, 0, operation, 0);

    if (!done && GetLastError() == ERROR_IO_PENDING)
        done = extension_result(pair.client, operation, &count);
    record_outcome("TransmitPackets with an offset behind the end", done);
}
END_TEST
COVERS(offset_behind_the_end, "stream.transmitpackets.overlapped_offset");

/* ---- While it is pending ---- */

static DWORD begin(void *argument)
{
    struct pending *p = argument;
    TRANSMIT_PACKETS_ELEMENT element = whole(p->file, TP_ELEMENT_FILE);
    BOOL done = transmit_packets(p->pair.client)(p->pair.client, &element, 1, 0, p->operation, 0);
    require(!done && GetLastError() == ERROR_IO_PENDING);
    return 0;
}

START_TEST(socket_is_closed)
{
    winsock_start();
    transmit_packets(socket_open(SOCK_STREAM));
    struct pending p = pending_connection();
    begin(&p);

    int result = closesocket(p.pair.client);

    expect_number(result, 0);
    expect_signaled(p.operation->hEvent);
    expect_true((LONG)p.operation->Internal < 0);
}
END_TEST
COVERS(socket_is_closed, "stream.transmitpackets.close_aborts");

START_TEST(thread_ends)
{
    winsock_start();
    transmit_packets(socket_open(SOCK_STREAM));
    struct pending p = pending_connection();
    DWORD count;

    thread_join(thread_start(begin, &p));

    expect_failed(extension_result(p.pair.client, p.operation, &count), WSA_OPERATION_ABORTED);
}
END_TEST
COVERS(thread_ends, "stream.transmitpackets.thread_exit_aborts");
