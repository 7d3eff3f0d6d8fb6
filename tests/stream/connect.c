/* How connect succeeds, and how it says that it was refused or came too late. */
#include "winsock/winsock.h"

START_TEST(gives_the_socket_a_name)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_succeeded(result);
    expect_number(result, 0);
    struct sockaddr_in name = socket_name(client);
    expect_true(name.sin_port != 0);
    expect_number(name.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
}
END_TEST
COVERS(gives_the_socket_a_name, "stream.connect.success_zero", "stream.connect.implicit_bind",
       "stream.getsockname.connected_local");

START_TEST(refused_where_nobody_listens)
{
    winsock_start();
    SOCKET silent = socket_bound(SOCK_STREAM), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = socket_name(silent);
    take_no_for_an_answer(client);

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_failed(result, WSAECONNREFUSED);
    expect_socket_succeeded(closesocket(client));
    require(listen(silent, 1) != SOCKET_ERROR);
    expect_socket_succeeded(stream_connect(ntohs(server.sin_port)));
}
END_TEST
COVERS(refused_where_nobody_listens, "stream.connect.refused");

START_TEST(refused_socket_may_connect_again)
{
    winsock_start();
    SOCKET silent = socket_bound(SOCK_STREAM), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = socket_name(silent);
    take_no_for_an_answer(client);
    require(connect(client, (struct sockaddr *)&server, sizeof(server)) == SOCKET_ERROR);
    require(listen(silent, 1) != SOCKET_ERROR);

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_succeeded(result);
    send_all(client, "there", 5);
    expect_receives(stream_accept(silent), "there", 5);
}
END_TEST
COVERS(refused_socket_may_connect_again, "stream.connect.retry_after_refused");

START_TEST(connected_socket_cannot_connect_again)
{
    winsock_start();
    SOCKET listener = stream_listen();
    SOCKET client = stream_connect(socket_port(listener));
    struct sockaddr_in server = socket_name(listener);

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_failed(result, WSAEISCONN);
    send_all(client, "still", 5);
    expect_receives(stream_accept(listener), "still", 5);
}
END_TEST
COVERS(connected_socket_cannot_connect_again, "stream.connect.connected_eisconn");

START_TEST(listening_socket_cannot_connect)
{
    winsock_start();
    SOCKET listener = stream_listen();
    struct sockaddr_in server = socket_name(stream_listen());

    int result = connect(listener, (struct sockaddr *)&server, sizeof(server));

    expect_socket_failed(result, WSAEINVAL);
    expect_socket_succeeded(stream_connect(socket_port(listener)));
    expect_socket_succeeded(stream_accept(listener));
}
END_TEST
COVERS(listening_socket_cannot_connect, "stream.connect.listening_einval");

static const struct {
    struct row row;
    unsigned port;
    u_short family;
    int size;
    DWORD error;
} unreachable[] = {
    {{"port_0", "stream.connect.port0_addrnotavail"},
     0,
     AF_INET,
     sizeof(struct sockaddr_in),
     WSAEADDRNOTAVAIL},
    {{"other_family", "stream.connect.family_afnosupport"},
     1,
     0x4D2,
     sizeof(struct sockaddr_in),
     WSAEAFNOSUPPORT},
    {{"short_name", "stream.connect.short_namelen_efault"},
     1,
     AF_INET,
     sizeof(struct sockaddr_in) - 1,
     WSAEFAULT},
};

START_TEST(no_destination)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct sockaddr_in name = loopback(unreachable[_i].port);
    name.sin_family = unreachable[_i].family;

    int result = connect(s, (struct sockaddr *)&name, unreachable[_i].size);

    expect_socket_failed(result, unreachable[_i].error);
}
END_TEST
COVERS_ROWS(no_destination, unreachable);

START_TEST(nonblocking_connect_that_has_succeeded)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    set_nonblocking(client, true);
    connect(client, (struct sockaddr *)&server, sizeof(server));
    fd_set one = {.fd_count = 1, .fd_array = {client}};
    TIMEVAL limit = select_limit();
    require(select(0, NULL, &one, NULL, &limit) == 1);

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_failed(result, WSAEISCONN);
}
END_TEST
COVERS(nonblocking_connect_that_has_succeeded, "stream.connect.completed_nonblocking_eisconn");

/* ---- WSAConnect ---- */

START_TEST(wsaconnect_of_a_listener)
{
    winsock_start();
    SOCKET listener = stream_listen();
    struct sockaddr_in server = socket_name(stream_listen());

    int result =
        WSAConnect(listener, (struct sockaddr *)&server, sizeof(server), NULL, NULL, NULL, NULL);

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(wsaconnect_of_a_listener, "stream.wsaconnect.listening_einval");

START_TEST(peer_has_no_connect_data)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    char room[16];
    WSABUF from_peer = {.len = sizeof(room), .buf = room};

    int result = WSAConnect(client, (struct sockaddr *)&server, sizeof(server), NULL, &from_peer,
                            NULL, NULL);

    expect_socket_succeeded(result);
    record("length of connect data that nobody has sent", "%lu", from_peer.len);
    send_all(client, "there", 5);
    expect_receives(stream_accept(listener), "there", 5);
}
END_TEST
COVERS(peer_has_no_connect_data, "stream.wsaconnect.callee_data_len_zero",
       "stream.wsaconnect.connects");

START_TEST(own_connect_data)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    WSABUF to_peer = {.len = 4, .buf = "data"};

    int result =
        WSAConnect(client, (struct sockaddr *)&server, sizeof(server), &to_peer, NULL, NULL, NULL);

    char text[80];
    record("WSAConnect with connect data", "%s",
           result == 0 ? "succeeds" : error_text(GetLastError(), text, sizeof(text)));
}
END_TEST
COVERS(own_connect_data, "stream.wsaconnect.caller_data_unsupported");
