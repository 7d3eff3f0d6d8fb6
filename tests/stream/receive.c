/* What recv returns from a stream. */
#include "winsock/winsock.h"

START_TEST(returns_what_is_there)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "ten bytes!", 10);
    wait_readable(pair.server);
    char buffer[100];

    int got = recv(pair.server, buffer, sizeof(buffer), 0);

    expect_socket_succeeded(got);
    expect_number(got, 10);
    expect_bytes(buffer, "ten bytes!", 10);
}
END_TEST
COVERS(returns_what_is_there, "stream.recv.returns_available");

START_TEST(peeked_bytes_stay)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "five!", 5);
    wait_readable(pair.server);
    char buffer[2];

    int got = recv(pair.server, buffer, sizeof(buffer), MSG_PEEK);

    expect_socket_succeeded(got);
    expect_number(got, 2);
    expect_bytes(buffer, "fi", 2);
    expect_receives(pair.server, "five!", 5);
}
END_TEST
COVERS(peeked_bytes_stay, "stream.recv.peek_short");

START_TEST(closed_stream_ends_after_its_last_byte)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "last", 4);
    socket_close(pair.client);
    expect_receives(pair.server, "last", 4);
    char byte;

    int got = recv(pair.server, &byte, 1, 0);

    expect_socket_succeeded(got);
    expect_number(got, 0);
}
END_TEST
COVERS(closed_stream_ends_after_its_last_byte, "stream.recv.graceful_zero",
       "stream.close.implicit_shutdown");

START_TEST(unconnected_socket_cannot_receive)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_STREAM);
    char byte;

    int got = recv(s, &byte, 1, 0);

    expect_socket_failed(got, WSAENOTCONN);
}
END_TEST
COVERS(unconnected_socket_cannot_receive, "stream.recv.notconn");

START_TEST(unconnected_socket_cannot_send)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_STREAM);

    int sent = send(s, "x", 1, 0);

    expect_socket_failed(sent, WSAENOTCONN);
}
END_TEST
COVERS(unconnected_socket_cannot_send, "stream.send.notconn");
