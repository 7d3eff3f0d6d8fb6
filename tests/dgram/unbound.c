/* What a datagram socket may do before bind. */
#include "winsock/winsock.h"

START_TEST(receive_needs_a_name)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    set_nonblocking(s, true);
    char byte;

    int got = recvfrom(s, &byte, 1, 0, NULL, NULL);

    expect_socket_failed(got, WSAEINVAL);
    struct sockaddr_in any_port = loopback(0);
    require(bind(s, (struct sockaddr *)&any_port, sizeof(any_port)) == 0);
    expect_socket_failed(recvfrom(s, &byte, 1, 0, NULL, NULL), WSAEWOULDBLOCK);
}
END_TEST
COVERS(receive_needs_a_name, "dgram.recvfrom.unbound_einval");

START_TEST(first_send_gives_a_name)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver), name;
    int length = sizeof(name);
    require(getsockname(s, (struct sockaddr *)&name, &length) == SOCKET_ERROR);

    int sent = sendto(s, "x", 1, 0, (struct sockaddr *)&to, sizeof(to));

    expect_socket_succeeded(sent);
    expect_socket_succeeded(getsockname(s, (struct sockaddr *)&name, &length));
    expect_true(name.sin_port != 0);
    expect_number(name.sin_addr.s_addr, htonl(INADDR_ANY));
}
END_TEST
COVERS(first_send_gives_a_name, "dgram.sendto.implicit_bind",
       "dgram.sendto.implicit_bind_wildcard");

START_TEST(sending_once_is_not_connecting)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    send_datagram(s, receiver, "x");
    struct sockaddr_in peer;
    int length = sizeof(peer);

    int result = getpeername(s, (struct sockaddr *)&peer, &length);

    expect_socket_failed(result, WSAENOTCONN);
}
END_TEST
COVERS(sending_once_is_not_connecting, "dgram.sendto.unconnected_send_only");
