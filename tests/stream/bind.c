/* Which names bind gives to stream sockets, and which it refuses. */
#include "winsock/winsock.h"

START_TEST(port_0_gets_a_port)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct sockaddr_in asked = loopback(0);

    int result = bind(s, (struct sockaddr *)&asked, sizeof(asked));

    expect_socket_succeeded(result);
    expect_number(result, 0);
    struct sockaddr_in name = socket_name(s);
    expect_true(name.sin_port != 0);
    expect_number(name.sin_family, AF_INET);
    expect_number(name.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
}
END_TEST
COVERS(port_0_gets_a_port, "stream.bind.success_zero", "stream.bind.port0_assigns_port");

START_TEST(address_of_another_socket_is_in_use)
{
    winsock_start();
    struct sockaddr_in taken = socket_name(stream_listen()), any_port = loopback(0);
    SOCKET s = socket_open(SOCK_STREAM);

    int result = bind(s, (struct sockaddr *)&taken, sizeof(taken));

    expect_socket_failed(result, WSAEADDRINUSE);
    expect_socket_succeeded(bind(s, (struct sockaddr *)&any_port, sizeof(any_port)));
}
END_TEST
COVERS(address_of_another_socket_is_in_use, "stream.bind.inuse");

START_TEST(bound_socket_cannot_be_bound_again)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_STREAM);
    unsigned port = socket_port(s);
    struct sockaddr_in any_port = loopback(0);

    int result = bind(s, (struct sockaddr *)&any_port, sizeof(any_port));

    expect_socket_failed(result, WSAEINVAL);
    expect_number(socket_port(s), port);
}
END_TEST
COVERS(bound_socket_cannot_be_bound_again, "stream.bind.already_bound_einval");

START_TEST(short_name_is_a_fault)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct sockaddr_in any_port = loopback(0);

    int result = bind(s, (struct sockaddr *)&any_port, sizeof(any_port) - 1);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(bind(s, (struct sockaddr *)&any_port, sizeof(any_port)));
}
END_TEST
COVERS(short_name_is_a_fault, "stream.bind.short_namelen_efault");
