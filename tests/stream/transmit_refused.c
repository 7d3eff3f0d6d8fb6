/* What TransmitFile refuses: sockets that have no connection, and arguments outside of its limits.
 */
#include "transmit.h"

static SOCKET no_socket(void)
{
    return INVALID_SOCKET;
}

static const struct {
    struct row row;
    SOCKET (*socket)(void);
    DWORD error;
} sockets[] = {
    {{"no_socket", "stream.transmitfile.notsock"}, no_socket, WSAENOTSOCK},
    {{"closed_socket", "stream.transmitfile.notsock"}, closed_socket, WSAENOTSOCK},
    {{"event", "stream.transmitfile.notsock"}, an_event, WSAENOTSOCK},
    {{"listening_socket", "stream.transmitfile.listening_notconn"}, stream_listen, WSAENOTCONN},
    {{"socket_shut_down_both_ways", "stream.transmitfile.after_shutdown_both"},
     socket_shut_down_both_ways,
     WSAESHUTDOWN},
    {{"socket_reset_by_the_peer", "stream.transmitfile.reset"}, reset_socket, WSAECONNRESET},
};

START_TEST(of_a)
{
    winsock_start();
    LPFN_TRANSMITFILE function = transmit_file(socket_open(SOCK_STREAM));
    HANDLE file = file_with_content(0, 0);
    SOCKET s = sockets[_i].socket();

    BOOL done = function(s, file, 0, 0, NULL, NULL, 0);

    expect_failed(done, sockets[_i].error);
}
END_TEST
COVERS_ROWS(of_a, sockets);

static const struct {
    struct row row;
    bool has_peer;
} datagrams[] = {{{"unconnected", "stream.transmitfile.unconnected_dgram"}, false},
                 {{"with_a_peer", "stream.transmitfile.dgram_einval"}, true}};

START_TEST(of_a_datagram_socket)
{
    winsock_start();
    SOCKET s = datagrams[_i].has_peer ? connected_datagram_socket() : socket_open(SOCK_DGRAM);
    LPFN_TRANSMITFILE function = transmit_file(socket_open(SOCK_STREAM));

    BOOL done = function(s, file_with_content(0, 0), 0, 0, NULL, NULL, 0);

    expect_failed(done, WSAEINVAL, WSAENOTCONN); /* by the page, on Windows */
}
END_TEST
COVERS_ROWS(of_a_datagram_socket, datagrams);

static const struct {
    struct row row;
    DWORD count, offset, flags;
    TRANSMIT_FILE_BUFFERS *around;
    DWORD error;
} arguments[] = {
    {{"reuse_without_disconnect", "stream.transmitfile.reuse_without_disconnect_einval"},
     0,
     0,
     TF_REUSE_SOCKET,
     NULL,
     WSAEINVAL},
    {{"one_byte_too_many", "stream.transmitfile.too_large_einval"},
     0x7fffffff,
     0,
     0,
     NULL,
     WSAEINVAL},
    {{"all_bits_of_the_count", "stream.transmitfile.too_large_einval"},
     0xffffffff,
     0,
     0,
     NULL,
     WSAEINVAL},
    {{"offset_behind_the_end", "stream.transmitfile.offset_beyond_eof_einval"},
     0,
     11,
     0,
     NULL,
     WSAEINVAL},
    {{"unreadable_head_and_tail", "stream.transmitfile.bad_buffers_efault"},
     0,
     0,
     0,
     (TRANSMIT_FILE_BUFFERS *)8,
     WSAEFAULT},
};

/* Afterwards the connection has nothing of what was refused, and takes what is right. */
START_TEST(with)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE file = file_with_content(0, 0);
    OVERLAPPED *operation = operation_with_event();
    operation->Offset = arguments[_i].offset;
    DWORD count = 0;

    BOOL done = transmit_file(pair.client)(pair.client, file, arguments[_i].count, 0, operation,
                                           arguments[_i].around, arguments[_i].flags);

    expect_failed(done, arguments[_i].error);
    operation->Offset = 0;
    done = transmit_file(pair.client)(pair.client, file, 0, 0, operation, NULL, 0);
    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(pair.client, operation, &count));
    socket_close(pair.client);
    expect_receives(pair.server, CONTENT, 10);
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS_ROWS(with, arguments);

/* The other half of the connection is no concern of a sender's. */
START_TEST(not_after_the_receiving_half_is_shut_down)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(shutdown(pair.client, SD_RECEIVE) == 0);

    BOOL done =
        transmit_file(pair.client)(pair.client, file_with_content(0, 0), 0, 0, NULL, NULL, 0);

    expect_succeeded(done);
    expect_receives(pair.server, CONTENT, 10);
}
END_TEST
COVERS(not_after_the_receiving_half_is_shut_down, "stream.transmitfile.after_shutdown_receive");

START_TEST(tells_nobody)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE file = file_with_content(0, 0),
           port = CreateIoCompletionPort((HANDLE)pair.client, NULL, 1, 1);
    OVERLAPPED *operation = operation_with_event(), *told;
    DWORD count;
    ULONG_PTR key;
    require(port != NULL && shutdown(pair.client, SD_SEND) == 0);

    BOOL done = transmit_file(pair.client)(pair.client, file, 0, 0, operation, NULL, 0);

    expect_failed(done, WSAESHUTDOWN);
    expect_stays_unsignaled(operation->hEvent);
    expect_failed(GetQueuedCompletionStatus(port, &count, &key, &told, 0), WAIT_TIMEOUT);
}
END_TEST
COVERS(tells_nobody, "stream.transmitfile.refused_tells_nobody");

static const struct {
    struct row row;
    DWORD count;
    char *head, *tail;
} sums[] = {
    {{"count_and_head", NULL}, 0x7ffffffe, "x", NULL},
    {{"count_and_tail", NULL}, 0x7ffffffe, NULL, "x"},
    {{"count_head_and_tail", NULL}, 0x7ffffffd, "x", "x"},
};

/* Each is within the limit, and all together are one more. */
START_TEST(too_much_together)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    TRANSMIT_FILE_BUFFERS around = buffers_around(sums[_i].head, sums[_i].tail);
    OVERLAPPED *operation = operation_with_event();

    BOOL done = transmit_file(pair.client)(pair.client, file_with_content(0, 0), sums[_i].count, 0,
                                           operation, &around, 0);

    expect_true(!done && GetLastError() != ERROR_IO_PENDING); /* with which error is not said */
}
END_TEST
COVERS_ROWS(too_much_together, sums, "stream.transmitfile.too_much_together");
