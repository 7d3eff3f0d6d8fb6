/* Calls about connections that end or have ended: what they tell, and what they leave alone. */
#include "extension.h"
#include "sockets.h"

START_TEST(closing_tells_no_event)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE own = event_create(), other = event_create();
    require(WSAEventSelect(pair.client, own, FD_CLOSE) == 0);
    require(WSAEventSelect(pair.server, other, FD_CLOSE) == 0);

    int result = closesocket(pair.client);

    expect_number(result, 0);
    expect_signaled(other);
    expect_stays_unsignaled(own);
}
END_TEST
COVERS(closing_tells_no_event, "stream.close.no_fd_close");

START_TEST(shutdown_after_a_reset)
{
    winsock_start();
    SOCKET s = reset_socket();

    int result = shutdown(s, SD_SEND);

    record_outcome("shutdown of a connection that was reset", result == 0);
}
END_TEST
COVERS(shutdown_after_a_reset, "stream.shutdown.after_reset");

/* ---- DisconnectEx ---- */

START_TEST(no_disconnect_ex_of_datagrams)
{
    winsock_start();
    SOCKET s = connected_datagram_socket();
    LPFN_DISCONNECTEX function = disconnect_ex(socket_open(SOCK_STREAM));

    BOOL done = function(s, NULL, 0, 0);

    expect_failed_somehow(done);
    expect_number(send(s, "still", 5, 0), 5);
    expect_datagram(s, "still");
}
END_TEST
COVERS(no_disconnect_ex_of_datagrams, "stream.disconnectex.datagram");

START_TEST(socket_is_signaled_without_an_event)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    BOOL done = disconnect_ex(pair.client)(pair.client, &extension_operation, 0, 0);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_signaled((HANDLE)pair.client);
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS(socket_is_signaled_without_an_event, "stream.disconnectex.signals_socket");

/* ---- A client that resets before it is accepted ---- */

static SOCKET listener_of_a_reset_client(void)
{
    SOCKET listener = stream_listen(), client = stream_connect(socket_port(listener));
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    require(setsockopt(client, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard)) == 0);
    wait_readable(listener);
    socket_close(client);
    set_nonblocking(listener, true); /* it may be gone */
    return listener;
}

static void record_accepted(const char *key, SOCKET accepted)
{
    char byte, text[80];
    record_outcome(key, accepted != INVALID_SOCKET);
    if (accepted == INVALID_SOCKET)
        return;
    set_nonblocking(accepted, false);
    limit_waits(accepted);
    int got = recv(accepted, &byte, 1, 0);
    record("recv of it", "%s", got < 0 ? error_text(GetLastError(), text, sizeof(text)) : "data");
}

START_TEST(accept_of_a_reset_client)
{
    winsock_start();
    SOCKET listener = listener_of_a_reset_client();

    SOCKET accepted = accept(listener, NULL, NULL);

    record_accepted("accept of a client that has reset", accepted);
}
END_TEST
COVERS(accept_of_a_reset_client, "stream.accept.reset_client");

START_TEST(wsaaccept_of_a_reset_client)
{
    winsock_start();
    SOCKET listener = listener_of_a_reset_client();

    SOCKET accepted = WSAAccept(listener, NULL, NULL, NULL, 0);

    record_accepted("WSAAccept of a client that has reset", accepted);
}
END_TEST
COVERS(wsaaccept_of_a_reset_client, "stream.wsaaccept.reset_client");

START_TEST(accept_ex_of_a_reset_client)
{
    static char names[2 * (sizeof(struct sockaddr_in) + 16)];
    winsock_start();
    SOCKET listener = listener_of_a_reset_client(), s = socket_open(SOCK_STREAM);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0, flags = 0;

    BOOL done = accept_ex(listener)(listener, s, names, 0, sizeof(names) / 2, sizeof(names) / 2,
                                    &count, operation);

    DWORD error = GetLastError();
    if (!done && error == ERROR_IO_PENDING && settles(operation->hEvent)) {
        done = WSAGetOverlappedResult(listener, operation, &count, FALSE, &flags);
        error = GetLastError();
    }
    SetLastError(error);
    record_outcome("AcceptEx of a client that has reset", done);
}
END_TEST
COVERS(accept_ex_of_a_reset_client, "stream.acceptex.reset_client");
