/* One send is one datagram is one receive. */
#include "winsock/winsock.h"

START_TEST(each_receive_gets_one_datagram)
{
    winsock_start();
    SOCKET sender = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    send_datagram(sender, receiver, "aa");
    send_datagram(sender, receiver, "bbb");
    char buffer[64];

    int got = recvfrom(receiver, buffer, sizeof(buffer), 0, NULL, NULL);

    expect_socket_succeeded(got);
    expect_number(got, 2);
    expect_bytes(buffer, "aa", 2);
    expect_datagram(receiver, "bbb");
}
END_TEST
COVERS(each_receive_gets_one_datagram, "dgram.recvfrom.one_message_per_call");

START_TEST(sender_address_comes_with_the_datagram)
{
    winsock_start();
    SOCKET sender = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(sender);
    send_datagram(sender, receiver, "x");
    struct sockaddr_storage from;
    int length = sizeof(from);
    char byte;

    int got = recvfrom(receiver, &byte, 1, 0, (struct sockaddr *)&from, &length);

    expect_socket_succeeded(got);
    expect_number(length, sizeof(name));
    expect_bytes(&from, &name, NAME_SIZE);
}
END_TEST
COVERS(sender_address_comes_with_the_datagram, "dgram.recvfrom.from_filled");

START_TEST(empty_datagram_arrives)
{
    winsock_start();
    SOCKET sender = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);

    int sent = sendto(sender, "", 0, 0, (struct sockaddr *)&to, sizeof(to));

    expect_socket_succeeded(sent);
    expect_number(sent, 0);
    send_datagram(sender, receiver, "next");
    expect_datagram(receiver, "");
    expect_datagram(receiver, "next");
}
END_TEST
COVERS(empty_datagram_arrives, "dgram.sendto.zero_length", "dgram.recvfrom.empty");

START_TEST(peeked_datagram_stays)
{
    winsock_start();
    SOCKET sender = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    send_datagram(sender, receiver, "first");
    send_datagram(sender, receiver, "second");
    char buffer[64];

    int got = recvfrom(receiver, buffer, sizeof(buffer), MSG_PEEK, NULL, NULL);

    expect_socket_succeeded(got);
    expect_number(got, 5);
    expect_bytes(buffer, "first", 5);
    expect_datagram(receiver, "first");
    expect_datagram(receiver, "second");
}
END_TEST
COVERS(peeked_datagram_stays, "dgram.recvfrom.peek_nonconsuming", "dgram.recvfrom.peek_amount");

/* Sends datagrams of 1, 2, ... 50 bytes, and waits for the answer that all have come. */
PEER(send_growing)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    struct sockaddr_in to = loopback((unsigned)peer_number(0));
    char bytes[50];
    pattern_fill(bytes, sizeof(bytes), 0);
    for (int size = 1; size <= 50; size++) {
        int sent = sendto(s, bytes, size, 0, (struct sockaddr *)&to, sizeof(to));
        expect_socket_succeeded(sent);
        expect_number(sent, size);
    }
    expect_datagram(s, "all");
}

START_TEST(other_process_sends_each_size)
{
    winsock_start();
    SOCKET receiver = socket_bound(SOCK_DGRAM);
    struct peer *peer = peer_start(send_growing, given_number(socket_port(receiver)));
    struct sockaddr_in from;
    int length = sizeof(from);

    for (int size = 1; size <= 50; size++) {
        char buffer[64];
        int got = recvfrom(receiver, buffer, sizeof(buffer), 0, (struct sockaddr *)&from, &length);
        expect_socket_succeeded(got);
        expect_number(got, size);
        expect_pattern(buffer, (size_t)size, 0);
    }

    require(sendto(receiver, "all", 3, 0, (struct sockaddr *)&from, length) == 3);
    peer_join(peer);
}
END_TEST
COVERS(other_process_sends_each_size, "dgram.sendto.message_boundary", "dgram.sendto.return_length",
       "dgram.recvfrom.return_count", "dgram.recvfrom.implicit_bind_allows");
