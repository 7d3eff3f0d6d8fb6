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

START_TEST(datagram_socket_cannot_listen)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    int result = listen(s, 1);

    expect_socket_failed(result, WSAEOPNOTSUPP);
}
END_TEST
COVERS(datagram_socket_cannot_listen, "stream.listen.dgram_eopnotsupp");

START_TEST(connected_socket_cannot_listen)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int result = listen(pair.client, 1);

    expect_socket_failed(result, WSAEISCONN);
    send_all(pair.client, "still", 5);
    expect_receives(pair.server, "still", 5);
}
END_TEST
COVERS(connected_socket_cannot_listen, "stream.listen.connected_eisconn");

#ifndef SOMAXCONN_HINT
#define SOMAXCONN_HINT(b) (-(b))
#endif

static const struct {
    struct row row;
    int backlog;
} backlogs[] = {
    {{"negative", "stream.listen.illegal_backlog_clamped"}, -1},
    {{"zero", "stream.listen.illegal_backlog_clamped"}, 0},
    {{"huge", "stream.listen.illegal_backlog_clamped"}, 0x7FFFFFFE},
    {{"hint", "stream.listen.somaxconn_hint_range"}, SOMAXCONN_HINT(200)},
};

START_TEST(backlog_may_be)
{
    winsock_start();
    SOCKET listener = socket_bound(SOCK_STREAM);

    int result = listen(listener, backlogs[_i].backlog);

    expect_socket_succeeded(result);
    SOCKET client = stream_connect(socket_port(listener));
    send_all(client, "there", 5);
    expect_receives(stream_accept(listener), "there", 5);
}
END_TEST
COVERS_ROWS(backlog_may_be, backlogs);

START_TEST(somaxconn_holds_a_hundred)
{
    winsock_start();
    SOCKET listener = socket_bound(SOCK_STREAM);

    int result = listen(listener, SOMAXCONN);

    expect_socket_succeeded(result);
    struct sockaddr_in server = socket_name(listener);
    for (int i = 0; i < 100; i++) {
        SOCKET client = socket_open(SOCK_STREAM);
        expect_socket_succeeded(connect(client, (struct sockaddr *)&server, sizeof(server)));
    }
    for (int i = 0; i < 100; i++)
        socket_close(stream_accept(listener));
}
END_TEST
COVERS(somaxconn_holds_a_hundred, "stream.listen.somaxconn_several_hundred");
