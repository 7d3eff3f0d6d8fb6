/* Datagrams whose other side is a program of the system that an emulator runs on. */
#include "winsock/native.h"

#define LONGEST 65507 /* bytes of a datagram of UDP over IPv4 */

/* Where `datagrams` of a connection says that it is. */
static struct sockaddr_in native_socket(SOCKET control)
{
    char port[8] = "";
    for (int i = 0; i < 7 && recv(control, &port[i], 1, 0) == 1 && port[i] != '\n'; i++)
        ;
    require(strtoul(port, NULL, 10) != 0);
    return loopback((unsigned)strtoul(port, NULL, 10));
}

static const struct {
    struct row row;
    int size;
} sizes[] = {
    {{"empty", NULL}, 0},         {{"a_byte", NULL}, 1},
    {{"a_packet", NULL}, 1472},   {{"several_packets", NULL}, 9001},
    {{"longest", NULL}, LONGEST},
};

START_TEST(comes_back_whole)
{
    static char bytes[LONGEST + 1];
    winsock_start();
    struct sockaddr_in peer = native_socket(native_peer("datagrams")), from = {0};
    SOCKET s = socket_bound(SOCK_DGRAM);
    int length = sizeof(from);
    pattern_fill(bytes, (size_t)sizes[_i].size, 0);

    int sent = sendto(s, bytes, sizes[_i].size, 0, (struct sockaddr *)&peer, sizeof(peer));

    expect_socket_succeeded(sent);
    expect_number(sent, sizes[_i].size);
    memset(bytes, 0x5C, sizeof(bytes));
    int got = recvfrom(s, bytes, sizeof(bytes), 0, (struct sockaddr *)&from, &length);
    expect_socket_succeeded(got);
    expect_number(got, sizes[_i].size);
    expect_pattern(bytes, (size_t)sizes[_i].size, 0);
    expect_number(bytes[sizes[_i].size], 0x5C);
    expect_number(length, sizeof(from));
    expect_bytes(&from, &peer, NAME_SIZE);
}
END_TEST
COVERS_ROWS(comes_back_whole, sizes, "dgram.sendto.message_boundary", "dgram.recvfrom.from_filled",
            "dgram.recvfrom.return_count");

START_TEST(what_is_too_long_is_cut)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    native_peer_of("datagram", s, 300);
    wait_readable(s);
    char bytes[100];

    int got = recvfrom(s, bytes, sizeof(bytes), 0, NULL, NULL);

    expect_socket_failed(got, WSAEMSGSIZE);
    expect_pattern(bytes, sizeof(bytes), 0);
}
END_TEST
COVERS(what_is_too_long_is_cut, "dgram.recvfrom.truncation_emsgsize");

START_TEST(others_do_not_reach_a_connected_socket)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), friend = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(friend);
    require(connect(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    SOCKET control = native_peer_of("datagram", s, 4);
    expect_end_of_stream(control); /* it has sent */
    send_datagram(friend, s, "friend");

    char bytes[8];
    int got = recvfrom(s, bytes, sizeof(bytes), 0, NULL, NULL);

    expect_socket_succeeded(got);
    expect_number(got, 6);
    expect_bytes(bytes, "friend", 6);
}
END_TEST
COVERS(others_do_not_reach_a_connected_socket, "dgram.connect.filter_same_ip_other_port");

START_TEST(closed_port_is_told)
{
    winsock_start();
    SOCKET control = native_peer("datagrams"), s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in gone = native_socket(control);
    unreachable_port(); /* UNRESOLVED where these are not told of */
    require(shutdown(control, SD_SEND) == 0);
    expect_end_of_stream(control); /* its socket has been closed before */
    char byte = 0;
    require(sendto(s, &byte, 1, 0, (struct sockaddr *)&gone, sizeof(gone)) == 1);

    int got = recvfrom(s, &byte, 1, 0, NULL, NULL);

    expect_socket_failed(got, WSAECONNRESET);
}
END_TEST
COVERS(closed_port_is_told, "dgram.recvfrom.connreset_port_unreachable");
