/* When a socket may listen, and what a client sees before anybody accepts. */
#include "winsock/winsock.h"

START_TEST(unbound_socket_cannot_listen)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);

    int result = listen(s, 1);

    expect_socket_failed(result, WSAEINVAL);
    struct sockaddr_in any_port = loopback(0);
    require(bind(s, (struct sockaddr *)&any_port, sizeof(any_port)) == 0);
    expect_socket_succeeded(listen(s, 1));
}
END_TEST
COVERS(unbound_socket_cannot_listen, "stream.listen.unbound_einval");

START_TEST(client_connects_and_sends_before_accept)
{
    winsock_start();
    SOCKET listener = socket_bound(SOCK_STREAM);

    int result = listen(listener, 1);

    expect_socket_succeeded(result);
    expect_number(result, 0);
    SOCKET client = stream_connect(socket_port(listener));
    send_all(client, "early", 5);
    expect_receives(stream_accept(listener), "early", 5);
}
END_TEST
COVERS(client_connects_and_sends_before_accept, "stream.listen.success_zero",
       "stream.listen.handshake_before_accept");

START_TEST(listening_again_succeeds)
{
    winsock_start();
    SOCKET listener = stream_listen();

    int result = listen(listener, 2);

    expect_socket_succeeded(result);
    stream_connect(socket_port(listener));
    expect_socket_succeeded(stream_accept(listener));
}
END_TEST
COVERS(listening_again_succeeds, "stream.listen.again_success");
