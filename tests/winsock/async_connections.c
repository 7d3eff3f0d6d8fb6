/* WSAAsyncSelect: the messages of connections that are asked for, made and refused, and of room to
 * send. */
#include "async_select.h"
#include "stream/sockets.h"

/* ---- FD_ACCEPT */

START_TEST(request_that_comes)
{
    HWND window = window_open();
    SOCKET listener = stream_listen();

    int result = WSAAsyncSelect(listener, window, MESSAGE, FD_ACCEPT);

    expect_socket_succeeded(result);
    expect_no_message(window);
    stream_connect(socket_port(listener));
    expect_message(window, MESSAGE, listener, FD_ACCEPT, 0);
    expect_socket_succeeded(accept(listener, NULL, NULL));
}
END_TEST
COVERS(request_that_comes, "winsock.async_select.fd_accept");
TAKES(request_that_comes, 30);

START_TEST(request_that_waits)
{
    HWND window = window_open();
    SOCKET listener = stream_listen();
    stream_connect(socket_port(listener));
    wait_readable(listener);

    int result = WSAAsyncSelect(listener, window, MESSAGE, FD_ACCEPT);

    expect_socket_succeeded(result);
    expect_message(window, MESSAGE, listener, FD_ACCEPT, 0);
}
END_TEST
COVERS(request_that_waits, "winsock.async_select.accept_before");
TAKES(request_that_waits, 30);

static SOCKET by_accept(SOCKET listener)
{
    return accept(listener, NULL, NULL);
}

static SOCKET by_wsaaccept(SOCKET listener)
{
    return WSAAccept(listener, NULL, NULL, NULL, 0);
}

static const struct {
    struct row row;
    SOCKET (*accept)(SOCKET);
} acceptors[] = {
    {{"accept", "winsock.async_select.accept_reenables"}, by_accept},
    {{"wsaaccept", "winsock.async_select.wsaaccept_reenables"}, by_wsaaccept},
};

START_TEST(next_request_after)
{
    HWND window = window_open();
    SOCKET listener = stream_listen();
    watch(listener, window, FD_ACCEPT);
    stream_connect(socket_port(listener));
    stream_connect(socket_port(listener));
    expect_message(window, MESSAGE, listener, FD_ACCEPT, 0);
    expect_no_message(window);

    SOCKET first = acceptors[_i].accept(listener);

    expect_socket_succeeded(first);
    expect_message(window, MESSAGE, listener, FD_ACCEPT, 0);
    expect_socket_succeeded(acceptors[_i].accept(listener));
    expect_no_message(window);
}
END_TEST
COVERS_ROWS(next_request_after, acceptors, "winsock.async_select.one_accept_message");
TAKES(next_request_after, 30);

START_TEST(accepted_socket_may_be_watched_otherwise)
{
    HWND window = window_open();
    SOCKET listener = stream_listen();
    watch(listener, window, FD_ACCEPT | FD_READ);
    SOCKET client = stream_connect(socket_port(listener));
    expect_message(window, MESSAGE, listener, FD_ACCEPT, 0);
    SOCKET accepted = accept(listener, NULL, NULL);
    require(accepted != INVALID_SOCKET);

    int result = WSAAsyncSelect(accepted, window, OTHER_MESSAGE, FD_READ);

    expect_socket_succeeded(result);
    send_all(client, "data", 4);
    expect_message(window, OTHER_MESSAGE, accepted, FD_READ, 0);
    stream_connect(socket_port(listener));
    expect_message(window, MESSAGE, listener, FD_ACCEPT, 0);
}
END_TEST
COVERS(accepted_socket_may_be_watched_otherwise, "winsock.async_select.accepted_otherwise");
TAKES(accepted_socket_may_be_watched_otherwise, 30);

/* ---- FD_CONNECT */

START_TEST(connection_made)
{
    HWND window = window_open();
    SOCKET client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = socket_name(stream_listen());
    watch(client, window, FD_CONNECT);

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_failed(result, WSAEWOULDBLOCK);
    expect_message(window, MESSAGE, client, FD_CONNECT, 0);
    expect_number(send(client, "x", 1, 0), 1);
    expect_no_message(window);
}
END_TEST
COVERS(connection_made, "winsock.async_select.fd_connect");
TAKES(connection_made, 30);

START_TEST(connection_refused)
{
    HWND window = window_open();
    SOCKET client = socket_open(SOCK_STREAM);
    struct sockaddr_in nobody = socket_name(socket_bound(SOCK_STREAM));
    take_no_for_an_answer(client);
    watch(client, window, FD_CONNECT);

    int result = connect(client, (struct sockaddr *)&nobody, sizeof(nobody));

    expect_socket_failed(result, WSAEWOULDBLOCK);
    expect_message(window, MESSAGE, client, FD_CONNECT, WSAECONNREFUSED);
}
END_TEST
COVERS(connection_refused, "winsock.async_select.fd_connect_refused");
TAKES(connection_refused, 30);

START_TEST(connection_made_before)
{
    HWND window = window_open();
    SOCKET client = connected_socket();

    int result = WSAAsyncSelect(client, window, MESSAGE, FD_CONNECT | FD_WRITE);

    expect_socket_succeeded(result);
    MSG message = next_message(window);
    expect_number(message.wParam, client);
    record("first message to a connected socket", "%s",
           WSAGETSELECTEVENT(message.lParam) == FD_CONNECT ? "FD_CONNECT" : "FD_WRITE");
}
END_TEST
COVERS(connection_made_before, "winsock.async_select.connected_before");
TAKES(connection_made_before, 30);

/* ---- FD_WRITE */

START_TEST(room_is_told_behind_the_connection)
{
    HWND window = window_open();
    SOCKET client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = socket_name(stream_listen());
    watch(client, window, FD_CONNECT | FD_WRITE);
    expect_no_message(window);

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_failed(result, WSAEWOULDBLOCK);
    expect_message(window, MESSAGE, client, FD_CONNECT, 0);
    expect_message(window, MESSAGE, client, FD_WRITE, 0);
    expect_no_message(window);
}
END_TEST
COVERS(room_is_told_behind_the_connection, "winsock.async_select.connect_then_write");
TAKES(room_is_told_behind_the_connection, 30);

START_TEST(accepted_socket_has_room)
{
    HWND window = window_open();
    SOCKET listener = stream_listen();
    watch(listener, window, FD_ACCEPT | FD_WRITE);
    stream_connect(socket_port(listener));
    expect_message(window, MESSAGE, listener, FD_ACCEPT, 0);
    expect_no_message(window);

    SOCKET accepted = acceptors[_i].accept(listener);

    expect_socket_succeeded(accepted);
    expect_message(window, MESSAGE, accepted, FD_WRITE, 0);
}
END_TEST
COVERS_ROWS(accepted_socket_has_room, acceptors, "winsock.async_select.write_when_accepted");
TAKES(accepted_socket_has_room, 30);

START_TEST(send_gives_no_more)
{
    HWND window = window_open();
    struct stream_pair pair = stream_pair_open();
    watch(pair.client, window, FD_WRITE);
    expect_message(window, MESSAGE, pair.client, FD_WRITE, 0);

    int result = send(pair.client, "data", 4, 0);

    expect_number(result, 4);
    expect_receives(pair.server, "data", 4);
    expect_no_message(window);
}
END_TEST
COVERS(send_gives_no_more, "winsock.async_select.write_once");
TAKES(send_gives_no_more, 30);

static int by_send(SOCKET s, char *bytes, int size)
{
    return send(s, bytes, size, 0);
}

static int by_sendto(SOCKET s, char *bytes, int size)
{
    return sendto(s, bytes, size, 0, NULL, 0);
}

static int by_wsasend(SOCKET s, char *bytes, int size)
{
    DWORD sent = 0;
    WSABUF buffer = {.len = (ULONG)size, .buf = bytes};
    return WSASend(s, &buffer, 1, &sent, 0, NULL, NULL) == 0 ? (int)sent : SOCKET_ERROR;
}

static int by_wsasendto(SOCKET s, char *bytes, int size)
{
    DWORD sent = 0;
    WSABUF buffer = {.len = (ULONG)size, .buf = bytes};
    return WSASendTo(s, &buffer, 1, &sent, 0, NULL, 0, NULL, NULL) == 0 ? (int)sent : SOCKET_ERROR;
}

static const struct {
    struct row row;
    int (*send)(SOCKET, char *, int);
} senders[] = {
    {{"send", "winsock.async_select.room_after_send"}, by_send},
    {{"sendto", "winsock.async_select.room_after_sendto"}, by_sendto},
    {{"wsasend", "winsock.async_select.room_after_wsasend"}, by_wsasend},
    {{"wsasendto", "winsock.async_select.room_after_wsasendto"}, by_wsasendto},
};

START_TEST(room_again_after)
{
    static char chunk[64 * 1024];
    HWND window = window_open();
    struct stream_pair pair = stream_pair_open();
    int total = 0, sent;
    watch(pair.client, window, FD_WRITE);
    expect_message(window, MESSAGE, pair.client, FD_WRITE, 0);
    while ((sent = senders[_i].send(pair.client, chunk, sizeof(chunk))) != SOCKET_ERROR)
        total += sent;
    expect_last_error(WSAEWOULDBLOCK);

    while (total > 0 && (sent = recv(pair.server, chunk, sizeof(chunk), 0)) > 0)
        total -= sent;

    expect_number(total, 0);
    expect_message(window, MESSAGE, pair.client, FD_WRITE, 0);
    expect_number(senders[_i].send(pair.client, chunk, 1), 1);
}
END_TEST
COVERS_ROWS(room_again_after, senders);
TAKES(room_again_after, 30);

/* Whether FD_WRITE comes is left to the implementation. */
START_TEST(bound_datagram_socket_can_send)
{
    HWND window = window_open();
    SOCKET receiver = socket_bound(SOCK_DGRAM), s = socket_open(SOCK_DGRAM);
    struct sockaddr_in any_port = loopback(0), to = socket_name(receiver);
    watch(s, window, FD_WRITE);
    require(bind(s, (struct sockaddr *)&any_port, sizeof(any_port)) == 0);

    int sent = sendto(s, "at once", 7, 0, (struct sockaddr *)&to, sizeof(to));

    expect_socket_succeeded(sent);
    expect_number(sent, 7);
    expect_datagram(receiver, "at once");
}
END_TEST
COVERS(bound_datagram_socket_can_send, "winsock.async_select.write_after_bind");
