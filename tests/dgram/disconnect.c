/* WSARecvDisconnect of a datagram socket. */
#include "winsock/winsock.h"

/* S sends to PEER, and gets from there alone. */
static void connect_to(SOCKET s, SOCKET peer)
{
    struct sockaddr_in name = socket_name(peer);
    require(connect(s, (struct sockaddr *)&name, sizeof(name)) == 0);
}

START_TEST(ends_receiving)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);
    char byte;
    connect_to(s, peer);

    int result = WSARecvDisconnect(s, NULL);

    expect_socket_succeeded(result);
    int got = recv(s, &byte, 1, 0);
    expect_socket_failed(got, WSAESHUTDOWN);
}
END_TEST
COVERS(ends_receiving, "dgram.recvdisc.no_receive_after");

START_TEST(leaves_sending)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);
    connect_to(s, peer);

    int result = WSARecvDisconnect(s, NULL);

    expect_socket_succeeded(result);
    expect_number(send(s, "still", 5, 0), 5);
    expect_datagram(peer, "still");
}
END_TEST
COVERS(leaves_sending, "dgram.recvdisc.sends");

START_TEST(lets_nobody_be_told)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);
    char byte;
    connect_to(s, peer);
    connect_to(peer, s);
    set_nonblocking(peer, true);

    int result = WSARecvDisconnect(s, NULL);

    expect_socket_succeeded(result);
    send_all(peer, "unread", 6);
    expect_stays_unsignaled(event_create()); /* time for a report to come */
    int got = recv(peer, &byte, 1, 0);
    expect_socket_failed(got, WSAEWOULDBLOCK);
    expect_number(send(peer, "unread", 6, 0), 6);
}
END_TEST
COVERS(lets_nobody_be_told, "dgram.recvdisc.no_report");
