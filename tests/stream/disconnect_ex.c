/* DisconnectEx: what is left of a connection, how the end is told, and the socket used again. */
#include "extension.h"

static SOCKET make_none(void)
{
    return INVALID_SOCKET;
}

static SOCKET make_closed(void)
{
    SOCKET s = socket_bound(SOCK_STREAM);
    socket_close(s);
    return s;
}

static const struct {
    struct row row;
    SOCKET (*make)(void);
    DWORD error;
} sockets[] = {
    {{"no_socket", "stream.disconnectex.notsock"}, make_none, WSAENOTSOCK},
    {{"closed_socket", "stream.disconnectex.notsock"}, make_closed, WSAENOTSOCK},
    {{"listening_socket", "stream.disconnectex.listening_notconn"}, stream_listen, WSAENOTCONN},
};

START_TEST(refuses_a)
{
    winsock_start();
    LPFN_DISCONNECTEX function = disconnect_ex(socket_open(SOCK_STREAM));
    SOCKET s = sockets[_i].make();

    BOOL done = function(s, NULL, 0, 0);

    expect_failed(done, sockets[_i].error);
}
END_TEST
COVERS_ROWS(refuses_a, sockets);

START_TEST(overlapped_end_has_no_bytes)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 4711;

    BOOL done = disconnect_ex(pair.client)(pair.client, operation, 0, 0);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(pair.client, operation, &count));
    expect_number(count, 0);
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS(overlapped_end_has_no_bytes, "stream.disconnectex.overlapped");

START_TEST(packet_of_the_port)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE port = CreateIoCompletionPort((HANDLE)pair.client, NULL, 4711, 0);
    require(port != NULL);
    static OVERLAPPED operation;
    OVERLAPPED *ended = NULL;
    DWORD count = 4711;
    ULONG_PTR key = 0;

    BOOL done = disconnect_ex(pair.client)(pair.client, &operation, 0, 0);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(GetQueuedCompletionStatus(port, &count, &key, &ended, step_limit()));
    expect_number(count, 0);
    expect_number(key, 4711);
    expect_pointer(ended, &operation);
}
END_TEST
COVERS(packet_of_the_port, "stream.disconnectex.completion_packet");

/* ---- What is left ---- */

static struct stream_pair disconnected_pair(void)
{
    struct stream_pair pair = stream_pair_open();
    require(disconnect_ex(pair.client)(pair.client, NULL, 0, 0));
    return pair;
}

START_TEST(nothing_more_is_sent)
{
    winsock_start();
    struct stream_pair pair = disconnected_pair();

    int sent = send(pair.client, "late", 4, 0);

    expect_socket_failed(sent, WSAESHUTDOWN);
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS(nothing_more_is_sent, "stream.disconnectex.send_after");

START_TEST(what_was_sent_before_arrives)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "before", 6);

    BOOL done = disconnect_ex(pair.client)(pair.client, NULL, 0, 0);

    expect_succeeded(done);
    expect_receives(pair.server, "before", 6);
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS(what_was_sent_before_arrives, "stream.disconnectex.data_before");

START_TEST(peer_can_still_send)
{
    winsock_start();
    struct stream_pair pair = disconnected_pair();

    int sent = send(pair.server, "answer", 6, 0);

    expect_number(sent, 6);
    expect_receives(pair.client, "answer", 6);
}
END_TEST
COVERS(peer_can_still_send, "stream.disconnectex.receive_after");

START_TEST(cannot_be_connected_without_reuse)
{
    winsock_start();
    struct stream_pair pair = disconnected_pair();
    struct sockaddr_in server = socket_name(stream_listen());

    int result = connect(pair.client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_failed(result, WSAEISCONN);
}
END_TEST
COVERS(cannot_be_connected_without_reuse, "stream.disconnectex.no_reuse_without_flag");

START_TEST(once_more)
{
    winsock_start();
    struct stream_pair pair = disconnected_pair();

    BOOL done = disconnect_ex(pair.client)(pair.client, NULL, 0, 0);

    DWORD error = GetLastError();
    record("DisconnectEx once more", "%s", done ? "succeeds" : "fails");
    expect_true(done || error == WSAENOTCONN);
}
END_TEST
COVERS(once_more, "stream.disconnectex.twice");

/* ---- Again ---- */

START_TEST(recycled_for_connect_ex)
{
    winsock_start();
    SOCKET first = stream_listen(), second = stream_listen(), s = socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(first);
    require(connect(s, (struct sockaddr *)&server, sizeof(server)) == 0);
    SOCKET accepted = stream_accept(first);
    socket_close(accepted); /* the peer is the one who ends the connection first */
    wait_end_of_stream(s);
    require(disconnect_ex(s)(s, NULL, TF_REUSE_SOCKET, 0));
    server = socket_name(second);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done =
        connect_ex(s)(s, (struct sockaddr *)&server, sizeof(server), "again", 5, &count, operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(s, operation, &count));
    expect_receives(stream_accept(second), "again", 5);
}
END_TEST
COVERS(recycled_for_connect_ex, "stream.disconnectex.reuse_connectex");
