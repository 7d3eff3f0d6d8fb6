/* Datagrams that are too large for the receiver's buffer, or for UDP. */
#include "winsock/winsock.h"

START_TEST(short_buffer_gets_the_first_part_only)
{
    winsock_start();
    SOCKET sender = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    send_datagram(sender, receiver, "abcdefghij");
    send_datagram(sender, receiver, "next");
    char buffer[10];
    memset(buffer, '.', sizeof(buffer));

    int got = recvfrom(receiver, buffer, 4, 0, NULL, NULL);

    expect_socket_failed(got, WSAEMSGSIZE);
    expect_bytes(buffer, "abcd......", 10);
    expect_datagram(receiver, "next");
}
END_TEST
COVERS(short_buffer_gets_the_first_part_only, "dgram.recvfrom.truncation_emsgsize",
       "dgram.recvfrom.truncation_excess_lost");

/* The largest UDP payload over IPv4, and more than any provider's limit. */
#define LARGEST 65507
#define TOO_LARGE 65536

static char large[TOO_LARGE], arrived[TOO_LARGE];

START_TEST(largest_datagram_arrives_whole)
{
    winsock_start();
    SOCKET sender = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);
    pattern_fill(large, LARGEST, 0);

    int sent = sendto(sender, large, LARGEST, 0, (struct sockaddr *)&to, sizeof(to));

    expect_socket_succeeded(sent);
    expect_number(sent, LARGEST);
    int got = recvfrom(receiver, arrived, sizeof(arrived), 0, NULL, NULL);
    expect_socket_succeeded(got);
    expect_number(got, LARGEST);
    expect_pattern(arrived, LARGEST, 0);
}
END_TEST
COVERS(largest_datagram_arrives_whole, "dgram.sendto.emsgsize_max_ok",
       "dgram.recvfrom.return_count");

START_TEST(larger_datagram_is_not_sent)
{
    winsock_start();
    SOCKET sender = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);

    int sent = sendto(sender, large, TOO_LARGE, 0, (struct sockaddr *)&to, sizeof(to));

    expect_socket_failed(sent, WSAEMSGSIZE);
    send_datagram(sender, receiver, "next");
    expect_datagram(receiver, "next");
}
END_TEST
COVERS(larger_datagram_is_not_sent, "dgram.sendto.emsgsize");
