/* TransmitPackets: memory and files, one behind the other. */
#include "transmit.h"

static TRANSMIT_PACKETS_ELEMENT memory(const char *text)
{
    return (TRANSMIT_PACKETS_ELEMENT){
        .dwElFlags = TP_ELEMENT_MEMORY, .cLength = (ULONG)strlen(text), .pBuffer = (void *)text};
}

/* LENGTH bytes of FILE (0: the whole file) from OFFSET on (-1: from where it stands). */
static TRANSMIT_PACKETS_ELEMENT part_of(HANDLE file, LONGLONG offset, ULONG length)
{
    return (TRANSMIT_PACKETS_ELEMENT){.dwElFlags = TP_ELEMENT_FILE,
                                      .cLength = length,
                                      .nFileOffset.QuadPart = offset,
                                      .hFile = file};
}

START_TEST(can_be_found)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    GUID id = WSAID_TRANSMITPACKETS;
    void *function = NULL;
    DWORD size = 0;

    int result = WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &function,
                          sizeof(function), &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(function));
    expect_true(function != NULL);
}
END_TEST
COVERS(can_be_found, "stream.transmitpackets.via_ioctl");

START_TEST(sends_its_elements_in_order)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LPFN_TRANSMITPACKETS function = transmit_packets(pair.client);
    HANDLE file = file_with_content(0, 0);
    TRANSMIT_PACKETS_ELEMENT elements[] = {memory("<"), part_of(file, 0, 3), memory("|"),
                                           part_of(file, 5, 2), memory(">")};

    BOOL done = function(pair.client, elements, 5, 0, NULL, 0);

    expect_succeeded(done);
    expect_receives(pair.server, "<012|56>", 8);
}
END_TEST
COVERS(sends_its_elements_in_order, "stream.transmitpackets.elements_in_order",
       "stream.transmitpackets.file_offset");

static const struct {
    struct row row;
    LONGLONG offset;
    ULONG length;
    const char *sent;
} files[] = {
    {{"whole_file", "stream.transmitpackets.length_0_is_the_file"}, 0, 0, CONTENT},
    {{"part_from_where_it_stands", "stream.transmitpackets.offset_minus_1"}, -1, 2, "45"},
};

START_TEST(sends_a)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LPFN_TRANSMITPACKETS function = transmit_packets(pair.client);
    HANDLE file = file_with_content(0, 4);
    TRANSMIT_PACKETS_ELEMENT element = part_of(file, files[_i].offset, files[_i].length);

    BOOL done = function(pair.client, &element, 1, 0, NULL, 0);

    expect_succeeded(done);
    require(shutdown(pair.client, SD_SEND) == 0);
    expect_receives(pair.server, files[_i].sent, (int)strlen(files[_i].sent));
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS_ROWS(sends_a, files);

START_TEST(size_of_a_send)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LPFN_TRANSMITPACKETS function = transmit_packets(pair.client);
    TRANSMIT_PACKETS_ELEMENT elements[] = {memory("hello "), memory("world")};

    BOOL done = function(pair.client, elements, 2, 3, NULL, 0);

    expect_succeeded(done);
    expect_receives(pair.server, "hello world", 11);
}
END_TEST
COVERS(size_of_a_send, "stream.transmitpackets.send_size");

START_TEST(overlapped)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LPFN_TRANSMITPACKETS function = transmit_packets(pair.client);
    TRANSMIT_PACKETS_ELEMENT elements[] = {memory("head"), part_of(file_with_content(0, 0), 0, 10)};
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done = function(pair.client, elements, 2, 0, operation, 0);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(pair.client, operation, &count));
    expect_number(count, 14);
    expect_receives(pair.server, "head0123456789", 14);
}
END_TEST
COVERS(overlapped, "stream.transmitpackets.overlapped_count");

START_TEST(disconnects)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LPFN_TRANSMITPACKETS function = transmit_packets(pair.client);
    TRANSMIT_PACKETS_ELEMENT element = memory("bye");

    BOOL done = function(pair.client, &element, 1, 0, NULL, TF_DISCONNECT);

    expect_succeeded(done);
    expect_receives(pair.server, "bye", 3);
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS(disconnects, "stream.transmitpackets.disconnect_flag");

/* ---- What it refuses ---- */

static SOCKET socket_shut_down(void)
{
    return shut_down_socket(SD_SEND);
}

static const struct {
    struct row row;
    SOCKET (*socket)(void);
    DWORD flags, error; /* error 0: any */
} refusals[] = {
    {{"no_socket", "stream.transmitpackets.notsock"}, an_event, 0, WSAENOTSOCK},
    {{"unconnected_socket", "stream.transmitpackets.notconn"}, bound_socket, 0, WSAENOTCONN},
    {{"listening_socket", "stream.transmitpackets.notconn"}, stream_listen, 0, WSAENOTCONN},
    {{"socket_that_was_shut_down", "stream.transmitpackets.after_shutdown"},
     socket_shut_down,
     0,
     WSAESHUTDOWN},
    {{"reuse_without_disconnect", "stream.transmitpackets.reuse_without_disconnect_einval"},
     connected_socket,
     TF_REUSE_SOCKET,
     WSAEINVAL},
    {{"disconnect_of_datagrams", "stream.transmitpackets.disconnect_of_datagrams"},
     connected_datagram_socket,
     TF_DISCONNECT,
     0},
};

START_TEST(refused_for)
{
    winsock_start();
    LPFN_TRANSMITPACKETS function = transmit_packets(socket_open(SOCK_STREAM));
    SOCKET s = refusals[_i].socket();
    TRANSMIT_PACKETS_ELEMENT element = memory("x");

    BOOL done = function(s, &element, 1, 0, NULL, refusals[_i].flags);

    if (refusals[_i].error)
        expect_failed(done, refusals[_i].error);
    else
        expect_failed_somehow(done);
}
END_TEST
COVERS_ROWS(refused_for, refusals);

START_TEST(array_must_be_in_memory)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LPFN_TRANSMITPACKETS function = transmit_packets(pair.client);
    void *nowhere = memory_nowhere();

    BOOL done = function(pair.client, nowhere, 1, 0, NULL, 0);

    expect_failed(done, WSAEFAULT);
    TRANSMIT_PACKETS_ELEMENT element = memory("x");
    expect_succeeded(function(pair.client, &element, 1, 0, NULL, 0));
    expect_receives(pair.server, "x", 1);
}
END_TEST
COVERS(array_must_be_in_memory, "stream.transmitpackets.bad_array_efault");
