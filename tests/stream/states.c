/* What stream sockets refuse in a state that does not fit: fresh, bound, listening, connected,
 * accepted, shut down. */
#include "sockets.h"

/* ---- The sockets ---- */

static SOCKET accepted(void)
{
    return stream_pair_open().server;
}

static SOCKET datagrams(void)
{
    return socket_bound(SOCK_DGRAM);
}

static SOCKET left_by_its_peer(void)
{
    struct stream_pair pair = stream_pair_open();
    socket_close(pair.server);
    wait_readable(pair.client);
    return pair.client;
}

/* What waits, if anything does, fails at once. */
static SOCKET listening(void)
{
    SOCKET s = stream_listen();
    set_nonblocking(s, true);
    return s;
}

/* ---- The calls ---- */

static WSAOVERLAPPED operation; /* the system writes to it as long as something is pending */
static char room;
static WSABUF buffer = {.len = 1, .buf = &room};
static DWORD count, flags;

static INT_PTR by_accept(SOCKET s)
{
    return (INT_PTR)accept(s, NULL, NULL);
}

static INT_PTR by_wsaaccept(SOCKET s)
{
    return (INT_PTR)WSAAccept(s, NULL, NULL, NULL, 0);
}

static INT_PTR by_bind(SOCKET s)
{
    struct sockaddr_in any_port = loopback(0);
    return bind(s, (struct sockaddr *)&any_port, sizeof(any_port));
}

static INT_PTR by_listen(SOCKET s)
{
    return listen(s, 1);
}

static INT_PTR by_connect(SOCKET s)
{
    struct sockaddr_in server = socket_name(stream_listen());
    return connect(s, (struct sockaddr *)&server, sizeof(server));
}

static INT_PTR by_wsaconnect(SOCKET s)
{
    struct sockaddr_in server = socket_name(stream_listen());
    return WSAConnect(s, (struct sockaddr *)&server, sizeof(server), NULL, NULL, NULL, NULL);
}

static INT_PTR by_send(SOCKET s)
{
    return send(s, "x", 1, 0);
}

static INT_PTR by_wsasend(SOCKET s)
{
    return WSASend(s, &buffer, 1, &count, 0, NULL, NULL);
}

static INT_PTR by_overlapped_send(SOCKET s)
{
    return WSASend(s, &buffer, 1, NULL, 0, &operation, NULL);
}

static INT_PTR by_recv(SOCKET s)
{
    return recv(s, &room, 1, 0);
}

static INT_PTR by_wsarecv(SOCKET s)
{
    return WSARecv(s, &buffer, 1, &count, &flags, NULL, NULL);
}

static INT_PTR by_overlapped_receive(SOCKET s)
{
    return WSARecv(s, &buffer, 1, NULL, &flags, &operation, NULL);
}

static INT_PTR by_shutdown_of_receiving(SOCKET s)
{
    return shutdown(s, SD_RECEIVE);
}

static INT_PTR by_shutdown_of_sending(SOCKET s)
{
    return shutdown(s, SD_SEND);
}

static INT_PTR by_getpeername(SOCKET s)
{
    struct sockaddr_in name;
    return getpeername(s, (struct sockaddr *)&name, &(int){sizeof(name)});
}

static const struct {
    struct row row;
    INT_PTR (*call)(SOCKET);
    SOCKET (*socket)(void);
    DWORD error;
} calls[] = {
    {{"fresh_accept", "stream.accept.not_listening_einval"}, by_accept, unbound_socket, WSAEINVAL},
    {{"fresh_wsaaccept", "stream.wsaaccept.not_listening_einval"},
     by_wsaaccept,
     unbound_socket,
     WSAEINVAL},
    {{"fresh_getpeername", "stream.getpeername.notconn"},
     by_getpeername,
     unbound_socket,
     WSAENOTCONN},

    {{"bound_wsaaccept", "stream.wsaaccept.not_listening_einval"},
     by_wsaaccept,
     bound_socket,
     WSAEINVAL},
    {{"bound_wsasend", "stream.wsasend.notconn"}, by_wsasend, bound_socket, WSAENOTCONN},
    {{"bound_overlapped_send", "stream.wsasend.notconn"},
     by_overlapped_send,
     bound_socket,
     WSAENOTCONN},
    {{"bound_overlapped_receive", "stream.wsarecv.notconn"},
     by_overlapped_receive,
     bound_socket,
     WSAENOTCONN},
    {{"bound_shutdown_of_receiving", "stream.shutdown.unconnected_enotconn"},
     by_shutdown_of_receiving,
     bound_socket,
     WSAENOTCONN},
    {{"bound_getpeername", "stream.getpeername.notconn"},
     by_getpeername,
     bound_socket,
     WSAENOTCONN},

    {{"listening_bind", "stream.bind.already_bound_einval"}, by_bind, listening, WSAEINVAL},
    {{"listening_send", "stream.send.notconn"}, by_send, listening, WSAENOTCONN},
    {{"listening_wsasend", "stream.wsasend.notconn"}, by_wsasend, listening, WSAENOTCONN},
    {{"listening_overlapped_send", "stream.wsasend.notconn"},
     by_overlapped_send,
     listening,
     WSAENOTCONN},
    {{"listening_recv", "stream.recv.notconn"}, by_recv, listening, WSAENOTCONN},
    {{"listening_wsarecv", "stream.wsarecv.notconn"}, by_wsarecv, listening, WSAENOTCONN},
    {{"listening_overlapped_receive", "stream.wsarecv.notconn"},
     by_overlapped_receive,
     listening,
     WSAENOTCONN},
    {{"listening_shutdown_of_receiving", "stream.shutdown.listening_enotconn"},
     by_shutdown_of_receiving,
     listening,
     WSAENOTCONN},
    {{"listening_shutdown_of_sending", "stream.shutdown.listening_enotconn"},
     by_shutdown_of_sending,
     listening,
     WSAENOTCONN},
    {{"listening_getpeername", "stream.getpeername.notconn"},
     by_getpeername,
     listening,
     WSAENOTCONN},

    {{"connected_accept", "stream.accept.accepted_cannot_accept"},
     by_accept,
     connected_socket,
     WSAEINVAL},
    {{"connected_bind", "stream.bind.connected_einval"}, by_bind, connected_socket, WSAEINVAL},
    {{"connected_wsaconnect", "stream.wsaconnect.connected_eisconn"},
     by_wsaconnect,
     connected_socket,
     WSAEISCONN},

    {{"accepted_wsaaccept", "stream.wsaaccept.accepted_cannot_accept"},
     by_wsaaccept,
     accepted,
     WSAEINVAL},
    {{"accepted_bind", "stream.bind.connected_einval"}, by_bind, accepted, WSAEINVAL},
    {{"accepted_listen", "stream.listen.connected_eisconn"}, by_listen, accepted, WSAEISCONN},
    {{"accepted_connect", "stream.connect.connected_eisconn"}, by_connect, accepted, WSAEISCONN},
    {{"accepted_wsaconnect", "stream.wsaconnect.connected_eisconn"},
     by_wsaconnect,
     accepted,
     WSAEISCONN},

    {{"shut_down_connect", "stream.connect.shut_down_eisconn"},
     by_connect,
     socket_shut_down_both_ways,
     WSAEISCONN},
    {{"connect_after_the_peers_end", "stream.connect.connected_eisconn"},
     by_connect,
     left_by_its_peer,
     WSAEISCONN},

    {{"datagrams_wsaaccept", "stream.wsaaccept.dgram_eopnotsupp"},
     by_wsaaccept,
     datagrams,
     WSAEOPNOTSUPP},
};

START_TEST(refuses)
{
    winsock_start();
    SOCKET s = calls[_i].socket();

    INT_PTR result = calls[_i].call(s);

    expect_socket_failed(result, calls[_i].error);
    expect_number(closesocket(s), 0);
}
END_TEST
COVERS_ROWS(refuses, calls);

/* ---- WSAConnect in the states in which it is right ---- */

START_TEST(wsaconnect_names_the_socket)
{
    winsock_start();
    SOCKET s = unbound_socket(), listener = stream_listen();
    struct sockaddr_in server = socket_name(listener);

    int result = WSAConnect(s, (struct sockaddr *)&server, sizeof(server), NULL, NULL, NULL, NULL);

    expect_socket_succeeded(result);
    struct sockaddr_in own = socket_name(s), from;
    int length = sizeof(from);
    expect_number(own.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
    wait_readable(listener);
    require(accept(listener, (struct sockaddr *)&from, &length) != INVALID_SOCKET);
    expect_bytes(&own, &from, NAME_SIZE);
}
END_TEST
COVERS(wsaconnect_names_the_socket, "stream.wsaconnect.implicit_bind");

START_TEST(wsaconnect_is_refused)
{
    winsock_start();
    SOCKET s = unbound_socket();
    struct sockaddr_in server = socket_name(bound_socket());
    take_no_for_an_answer(s);

    int result = WSAConnect(s, (struct sockaddr *)&server, sizeof(server), NULL, NULL, NULL, NULL);

    expect_socket_failed(result, WSAECONNREFUSED);
    expect_number(closesocket(s), 0);
}
END_TEST
COVERS(wsaconnect_is_refused, "stream.wsaconnect.refused");

START_TEST(wsaconnect_may_try_again)
{
    winsock_start();
    SOCKET s = unbound_socket(), silent = bound_socket();
    struct sockaddr_in server = socket_name(silent);
    take_no_for_an_answer(s);
    require(WSAConnect(s, (struct sockaddr *)&server, sizeof(server), NULL, NULL, NULL, NULL) ==
            SOCKET_ERROR);
    require(listen(silent, 1) == 0);

    int result = WSAConnect(s, (struct sockaddr *)&server, sizeof(server), NULL, NULL, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(send(s, "x", 1, 0), 1);
}
END_TEST
COVERS(wsaconnect_may_try_again, "stream.wsaconnect.retry_after_refused");

START_TEST(wsaconnect_goes_on)
{
    winsock_start();
    SOCKET s = unbound_socket();
    struct sockaddr_in server = socket_name(stream_listen());
    fd_set made = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = select_limit();
    set_nonblocking(s, true);

    int result = WSAConnect(s, (struct sockaddr *)&server, sizeof(server), NULL, NULL, NULL, NULL);

    expect_socket_failed(result, WSAEWOULDBLOCK);
    expect_number(select(0, NULL, &made, NULL, &limit), 1);
    expect_number(send(s, "x", 1, 0), 1);
}
END_TEST
COVERS(wsaconnect_goes_on, "stream.wsaconnect.nonblocking_wouldblock");
