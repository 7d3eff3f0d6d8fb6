/* The socket and the address that accept returns. */
#include "winsock/winsock.h"

START_TEST(returns_the_client_and_its_address)
{
    winsock_start();
    SOCKET listener = stream_listen();
    SOCKET client = stream_connect(socket_port(listener));
    wait_readable(listener);
    struct sockaddr_storage from;
    int length = sizeof(from);

    SOCKET server = accept(listener, (struct sockaddr *)&from, &length);

    expect_socket_succeeded(server);
    struct sockaddr_in name = socket_name(client);
    expect_number(length, sizeof(name));
    expect_bytes(&from, &name, NAME_SIZE);
    limit_waits(server);
    send_all(client, "there", 5);
    expect_receives(server, "there", 5);
    send_all(server, "back", 4);
    expect_receives(client, "back", 4);
}
END_TEST
COVERS(returns_the_client_and_its_address, "stream.accept.returns_connected_socket",
       "stream.accept.addr_is_client", "stream.accept.addrlen_in_out");

START_TEST(listener_goes_on_in_queue_order)
{
    winsock_start();
    SOCKET listener = stream_listen();
    SOCKET first = stream_connect(socket_port(listener));
    SOCKET second = stream_connect(socket_port(listener));
    send_all(first, "1", 1);
    send_all(second, "2", 1);
    SOCKET accepted = stream_accept(listener);

    SOCKET next = accept(listener, NULL, NULL);

    expect_socket_succeeded(next);
    limit_waits(next);
    expect_receives(accepted, "1", 1);
    expect_receives(next, "2", 1);
}
END_TEST
COVERS(listener_goes_on_in_queue_order, "stream.accept.listener_still_listens",
       "stream.accept.fifo");

START_TEST(needs_a_listening_socket)
{
    winsock_start();
    SOCKET bound = socket_bound(SOCK_STREAM);

    SOCKET accepted = accept(bound, NULL, NULL);

    expect_socket_failed(accepted, WSAEINVAL);
    require(listen(bound, 1) == 0);
    stream_connect(socket_port(bound));
    expect_socket_succeeded(stream_accept(bound));
}
END_TEST
COVERS(needs_a_listening_socket, "stream.accept.not_listening_einval");

START_TEST(accepted_socket_does_not_accept)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    SOCKET accepted = accept(pair.server, NULL, NULL);

    expect_socket_failed(accepted, WSAEINVAL);
}
END_TEST
COVERS(accepted_socket_does_not_accept, "stream.accept.accepted_cannot_accept");

START_TEST(datagram_socket_does_not_accept)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    SOCKET accepted = accept(s, NULL, NULL);

    expect_socket_failed(accepted, WSAEOPNOTSUPP);
}
END_TEST
COVERS(datagram_socket_does_not_accept, "stream.accept.dgram_eopnotsupp");

START_TEST(name_without_its_length)
{
    winsock_start();
    SOCKET listener = stream_listen();
    struct sockaddr_in name;
    memset(&name, 0x5c, sizeof(name));
    stream_connect(socket_port(listener));
    wait_readable(listener);

    SOCKET accepted = accept(listener, (struct sockaddr *)&name, NULL);

    expect_socket_succeeded(accepted);
    expect_filled(&name, 0x5c, sizeof(name));
}
END_TEST
COVERS(name_without_its_length, "stream.accept.addr_without_addrlen");
