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
}
END_TEST
COVERS(listening_socket_cannot_connect, "stream.connect.listening_einval");
