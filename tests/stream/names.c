/* What getsockname and getpeername tell in each state of a stream socket. */
#include "sockets.h"

START_TEST(unbound_socket_has_no_name)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct sockaddr_in name;
    int length = sizeof(name);

    int result = getsockname(s, (struct sockaddr *)&name, &length);

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(unbound_socket_has_no_name, "stream.getsockname.unbound_einval");

START_TEST(length_becomes_that_of_the_name)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_STREAM);
    struct sockaddr_storage name;
    int length = sizeof(name);

    int result = getsockname(s, (struct sockaddr *)&name, &length);

    expect_socket_succeeded(result);
    expect_number(length, sizeof(struct sockaddr_in));
}
END_TEST
COVERS(length_becomes_that_of_the_name, "stream.getsockname.length_out");

START_TEST(peer_name_is_the_other_ends_name)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct sockaddr_in client = socket_name(pair.client), peer;
    int length = sizeof(peer);

    int result = getpeername(pair.server, (struct sockaddr *)&peer, &length);

    expect_socket_succeeded(result);
    expect_number(length, sizeof(peer));
    expect_bytes(&peer, &client, NAME_SIZE);
}
END_TEST
COVERS(peer_name_is_the_other_ends_name, "stream.getpeername.connected");

START_TEST(short_buffer_is_a_fault)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct sockaddr_in peer;
    int length = sizeof(peer) - 1;

    int result = getpeername(pair.server, (struct sockaddr *)&peer, &length);

    expect_socket_failed(result, WSAEFAULT);
    length = sizeof(peer);
    expect_socket_succeeded(getpeername(pair.server, (struct sockaddr *)&peer, &length));
}
END_TEST
COVERS(short_buffer_is_a_fault, "stream.getpeername.short_buffer_efault");

static const struct {
    struct row row;
    SOCKET (*create)(void);
} unconnected[] = {{{"fresh", NULL}, unbound_socket},
                   {{"bound", NULL}, bound_socket},
                   {{"listening", NULL}, stream_listen}};

START_TEST(unconnected_socket_has_no_peer)
{
    winsock_start();
    SOCKET s = unconnected[_i].create();
    struct sockaddr_in peer;
    int length = sizeof(peer);

    int result = getpeername(s, (struct sockaddr *)&peer, &length);

    expect_socket_failed(result, WSAENOTCONN);
}
END_TEST
COVERS_ROWS(unconnected_socket_has_no_peer, unconnected, "stream.getpeername.notconn");
