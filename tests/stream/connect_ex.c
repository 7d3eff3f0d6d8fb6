/* ConnectEx and DisconnectEx. */
#include "extension.h"

START_TEST(pends_and_connects)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done = connect_ex(client)(client, (struct sockaddr *)&server, sizeof(server), NULL, 0,
                                   &count, operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(client, operation, &count));
    expect_number(count, 0);
    SOCKET accepted = stream_accept(listener);
    expect_number(send(client, "there", 5, 0), 5);
    expect_receives(accepted, "there", 5);
}
END_TEST
COVERS(pends_and_connects, "stream.connectex.pending_then_success",
       "stream.connectex.io_before_update_context");

START_TEST(sends_the_first_data)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done = connect_ex(client)(client, (struct sockaddr *)&server, sizeof(server), "first", 5,
                                   &count, operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_receives(stream_accept(listener), "first", 5);
    expect_succeeded(extension_result(client, operation, &count));
    expect_number(count, 5);
}
END_TEST
COVERS(sends_the_first_data, "stream.connectex.send_data");

START_TEST(length_without_data_is_ignored)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done = connect_ex(client)(client, (struct sockaddr *)&server, sizeof(server), NULL, 5,
                                   &count, operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(client, operation, &count));
    expect_number(count, 0);
}
END_TEST
COVERS(length_without_data_is_ignored, "stream.connectex.no_buffer_length_ignored");

START_TEST(refused_where_nobody_listens)
{
    winsock_start();
    SOCKET silent = socket_bound(SOCK_STREAM), client = socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(silent);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    take_no_for_an_answer(client);

    BOOL done = connect_ex(client)(client, (struct sockaddr *)&server, sizeof(server), NULL, 0,
                                   &count, operation);

    if (!done && GetLastError() == ERROR_IO_PENDING)
        done = extension_result(client, operation, &count);
    expect_failed(done, WSAECONNREFUSED);
}
END_TEST
COVERS(refused_where_nobody_listens, "stream.connectex.refused_at_completion");

static const struct {
    struct row row;
    enum { UNBOUND, LISTENING, CONNECTED, NO_OVERLAPPED } state;
    DWORD error;
} refusals[] = {
    {{"unbound_socket", "stream.connectex.unbound_einval"}, UNBOUND, WSAEINVAL},
    {{"listening_socket", "stream.connectex.listening_einval"}, LISTENING, WSAEINVAL},
    {{"connected_socket", "stream.connectex.connected_eisconn"}, CONNECTED, WSAEISCONN},
    {{"no_overlapped", "stream.connectex.null_overlapped"}, NO_OVERLAPPED, ERROR_INVALID_PARAMETER},
};

START_TEST(refused_for)
{
    winsock_start();
    SOCKET s = refusals[_i].state == UNBOUND     ? socket_open(SOCK_STREAM)
               : refusals[_i].state == LISTENING ? stream_listen()
               : refusals[_i].state == CONNECTED ? stream_pair_open().client
                                                 : socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(stream_listen());
    DWORD count = 0;

    BOOL done = connect_ex(s)(s, (struct sockaddr *)&server, sizeof(server), NULL, 0, &count,
                              refusals[_i].state == NO_OVERLAPPED ? NULL : operation_with_event());

    expect_failed(done, refusals[_i].error);
}
END_TEST
COVERS_ROWS(refused_for, refusals);

START_TEST(update_allows_shutdown)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener), peer;
    int size = sizeof(peer);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    BOOL done = connect_ex(client)(client, (struct sockaddr *)&server, sizeof(server), NULL, 0,
                                   &count, operation);
    require(done || GetLastError() == ERROR_IO_PENDING);
    require(extension_result(client, operation, &count));

    int result = setsockopt(client, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0);

    expect_socket_succeeded(result);
    expect_socket_succeeded(getpeername(client, (struct sockaddr *)&peer, &size));
    expect_bytes(&peer, &server, NAME_SIZE);
    expect_socket_succeeded(shutdown(client, SD_SEND));
    expect_end_of_stream(stream_accept(listener));
}
END_TEST
COVERS(update_allows_shutdown, "stream.connectex.update_context_shutdown");

/* ---- DisconnectEx ---- */

START_TEST(disconnects)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "last", 4);

    BOOL done = disconnect_ex(pair.client)(pair.client, NULL, 0, 0);

    expect_succeeded(done);
    expect_receives(pair.server, "last", 4);
    expect_end_of_stream(pair.server);
    expect_socket_failed(send(pair.client, "x", 1, 0), WSAESHUTDOWN);
}
END_TEST
COVERS(disconnects, "stream.disconnectex.sync", "stream.disconnectex.peer_sees_graceful_close");

static const struct {
    struct row row;
    bool connected;
    DWORD flags, reserved, error;
} disconnections[] = {
    {{"unconnected_socket", "stream.disconnectex.not_connected"}, false, 0, 0, WSAENOTCONN},
    {{"unknown_flags", "stream.disconnectex.bad_flags_einval"}, true, 0x4000, 0, WSAEINVAL},
    {{"reserved", "stream.disconnectex.reserved_einval"}, true, 0, 1, WSAEINVAL},
};

START_TEST(disconnecting_refused_for)
{
    winsock_start();
    SOCKET s = disconnections[_i].connected ? stream_pair_open().client : socket_bound(SOCK_STREAM);

    BOOL done = disconnect_ex(s)(s, NULL, disconnections[_i].flags, disconnections[_i].reserved);

    expect_failed(done, disconnections[_i].error);
}
END_TEST
COVERS_ROWS(disconnecting_refused_for, disconnections);

/* A connection whose client ConnectEx has made, and DisconnectEx ended for reuse. */
static SOCKET recycled_client(void)
{
    SOCKET listener = stream_listen(), client = socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    require(connect_ex(client)(client, (struct sockaddr *)&server, sizeof(server), NULL, 0, &count,
                               operation) ||
            GetLastError() == ERROR_IO_PENDING);
    require(WaitForSingleObject(operation->hEvent, step_limit()) == WAIT_OBJECT_0);
    require(setsockopt(client, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0) == 0);
    socket_close(stream_accept(listener));
    wait_end_of_stream(client);
    require(disconnect_ex(client)(client, NULL, TF_REUSE_SOCKET, 0));
    return client;
}

START_TEST(recycled_socket_has_no_peer)
{
    winsock_start();
    SOCKET client = recycled_client();
    struct sockaddr_in name;
    int length = sizeof(name);

    int result = getpeername(client, (struct sockaddr *)&name, &length);

    expect_socket_failed(result, WSAENOTCONN);
}
END_TEST
COVERS(recycled_socket_has_no_peer, "stream.disconnectex.reuse_bound_state");
