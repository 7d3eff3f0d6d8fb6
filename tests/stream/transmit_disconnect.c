/* TransmitFile with TF_DISCONNECT and TF_REUSE_SOCKET: the end of a connection, and its socket
 * again. */
#include "transmit.h"

/* ---- TF_DISCONNECT ---- */

static const struct {
    struct row row;
    bool file;
} contents[] = {
    {{"behind_the_file", "stream.transmitfile.disconnect_flag"}, true},
    {{"without_a_file", "stream.transmitfile.disconnect_without_file"}, false},
};

START_TEST(disconnects)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE file = contents[_i].file ? file_with_content(0, 0) : NULL;

    BOOL done = transmit_file(pair.client)(pair.client, file, 0, 0, NULL, NULL, TF_DISCONNECT);

    expect_succeeded(done);
    if (file)
        expect_receives(pair.server, CONTENT, 10);
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS_ROWS(disconnects, contents);

START_TEST(stays_connected_without_the_flag)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    BOOL done =
        transmit_file(pair.client)(pair.client, file_with_content(0, 0), 0, 0, NULL, NULL, 0);

    expect_succeeded(done);
    expect_receives(pair.server, CONTENT, 10);
    expect_number(send(pair.client, "more", 4, 0), 4);
    expect_receives(pair.server, "more", 4);
}
END_TEST
COVERS(stays_connected_without_the_flag, "stream.transmitfile.no_flags_stay_connected");

/* ---- TF_DISCONNECT | TF_REUSE_SOCKET ---- */

#define RECYCLE (TF_DISCONNECT | TF_REUSE_SOCKET)

/* Starts sending the file over S and recycling it. */
static BOOL recycle(SOCKET s, OVERLAPPED *operation)
{
    return transmit_file(s)(s, file_with_content(0, 0), 0, 0, operation, NULL, RECYCLE);
}

START_TEST(recycling_waits_for_the_peers_end)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    OVERLAPPED *operation = operation_with_event();

    BOOL done = recycle(pair.client, operation);

    expect_failed(done, ERROR_IO_PENDING);
    expect_receives(pair.server, CONTENT, 10);
    expect_stays_unsignaled(operation->hEvent);
}
END_TEST
COVERS(recycling_waits_for_the_peers_end, "stream.transmitfile.disconnect_reuse_waits_peer");

START_TEST(recycling_waits_until_all_is_read)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    send_all(pair.server, "unread", 6);
    require(shutdown(pair.server, SD_SEND) == 0);
    wait_readable(pair.client);

    BOOL done = recycle(pair.client, operation);

    expect_failed(done, ERROR_IO_PENDING);
    expect_receives(pair.server, CONTENT, 10);
    expect_stays_unsignaled(operation->hEvent);
    expect_receives(pair.client, "unread", 6);
    expect_succeeded(extension_result(pair.client, operation, &count));
}
END_TEST
COVERS(recycling_waits_until_all_is_read, "stream.transmitfile.disconnect_reuse_waits_data");

/* A socket connected by ConnectEx to LISTENER, whose other end has said that it sends no more. */
static SOCKET connected_by_connect_ex(SOCKET listener, SOCKET *peer)
{
    SOCKET s = socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    require(
        connect_ex(s)(s, (struct sockaddr *)&server, sizeof(server), NULL, 0, &count, operation) ||
        GetLastError() == ERROR_IO_PENDING);
    require(extension_result(s, operation, &count));
    require(setsockopt(s, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0) == 0);
    *peer = stream_accept(listener);
    require(shutdown(*peer, SD_SEND) == 0);
    wait_end_of_stream(s);
    return s;
}

/* S sends the file to PEER and can be used again. */
static void recycled(SOCKET s, SOCKET peer)
{
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    BOOL done = recycle(s, operation);
    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_receives(peer, CONTENT, 10);
    socket_close(peer);
    expect_succeeded(extension_result(s, operation, &count));
    expect_number(count, 10);
}

START_TEST(recycled_for_connect_ex)
{
    winsock_start();
    SOCKET listener = stream_listen(), peer, s = connected_by_connect_ex(listener, &peer);
    recycled(s, peer);
    SOCKET other = stream_listen();
    struct sockaddr_in server = socket_name(other);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done =
        connect_ex(s)(s, (struct sockaddr *)&server, sizeof(server), "again", 5, &count, operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(s, operation, &count));
    expect_receives(stream_accept(other), "again", 5);
}
END_TEST
COVERS(recycled_for_connect_ex, "stream.transmitfile.reuse_role");

START_TEST(recycled_for_accept_ex)
{
    winsock_start();
    SOCKET listener = stream_listen(), client, s = connected_by_accept_ex(listener, &client);
    recycled(s, client);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done = accept_into(listener, s, operation);

    expect_failed(done, ERROR_IO_PENDING);
    SOCKET second = stream_connect(socket_port(listener));
    expect_succeeded(extension_result(listener, operation, &count));
    send_all(second, "again", 5);
    expect_receives(s, "again", 5);
}
END_TEST
COVERS(recycled_for_accept_ex, "stream.transmitfile.reuse_acceptex");

START_TEST(recycled_accept_ex_socket_cannot_connect)
{
    winsock_start();
    SOCKET listener = stream_listen(), client, s = connected_by_accept_ex(listener, &client);
    recycled(s, client);
    struct sockaddr_in server = socket_name(listener);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done =
        connect_ex(s)(s, (struct sockaddr *)&server, sizeof(server), NULL, 0, &count, operation);

    expect_failed(done, WSAEINVAL);
}
END_TEST
COVERS(recycled_accept_ex_socket_cannot_connect,
       "stream.transmitfile.reuse_acceptex_not_connectex");

START_TEST(recycled_connect_ex_socket_cannot_accept)
{
    winsock_start();
    SOCKET listener = stream_listen(), peer, s = connected_by_connect_ex(listener, &peer);
    recycled(s, peer);
    OVERLAPPED *operation = operation_with_event();

    BOOL done = accept_into(listener, s, operation);

    expect_failed(done, WSAEINVAL);
}
END_TEST
COVERS(recycled_connect_ex_socket_cannot_accept,
       "stream.transmitfile.reuse_connectex_not_acceptex");
