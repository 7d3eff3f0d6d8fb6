/* What send and sendto do with a stream socket, and which arguments they refuse. */
#include "winsock/winsock.h"

START_TEST(returns_the_number_of_bytes)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int sent = send(pair.client, "bytes", 5, 0);

    expect_socket_succeeded(sent);
    expect_number(sent, 5);
    expect_receives(pair.server, "bytes", 5);
}
END_TEST
COVERS(returns_the_number_of_bytes, "stream.send.returns_count");

START_TEST(no_bytes)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int sent = send(pair.client, "", 0, 0);

    expect_socket_succeeded(sent);
    expect_number(sent, 0);
    send_all(pair.client, "next", 4);
    expect_receives(pair.server, "next", 4);
}
END_TEST
COVERS(no_bytes, "stream.send.zero_length");

START_TEST(no_buffer_is_a_fault)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int sent = send(pair.client, NULL, 5, 0);

    expect_socket_failed(sent, WSAEFAULT);
    send_all(pair.client, "next", 4);
    expect_receives(pair.server, "next", 4);
}
END_TEST
COVERS(no_buffer_is_a_fault, "stream.send.bad_buffer_efault");

START_TEST(unknown_flag)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int sent = send(pair.client, "x", 1, 0x4000);

    char text[80];
    record("send with an unknown flag", "%s",
           sent == 1 ? "succeeds" : error_text(GetLastError(), text, sizeof(text)));
}
END_TEST
COVERS(unknown_flag, "stream.send.unknown_flag_einval");

START_TEST(datagram_sockets_send_no_urgent_data)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(receiver);
    require(connect(s, (struct sockaddr *)&name, sizeof(name)) == 0);

    int sent = send(s, "x", 1, MSG_OOB);

    expect_socket_failed(sent, WSAEOPNOTSUPP);
}
END_TEST
COVERS(datagram_sockets_send_no_urgent_data, "stream.send.oob_dgram_eopnotsupp",
       "dgram.sendto.oob_eopnotsupp");

START_TEST(dontroute_is_a_hint)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int sent = send(pair.client, "bytes", 5, MSG_DONTROUTE);

    expect_socket_succeeded(sent);
    expect_number(sent, 5);
    expect_receives(pair.server, "bytes", 5);
}
END_TEST
COVERS(dontroute_is_a_hint, "stream.send.dontroute_accepted");

START_TEST(nonblocking_send_without_room)
{
    static char bytes[65536];
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    set_nonblocking(pair.client, true);
    int sent = 0;

    for (int i = 0; i < 10000 && sent != SOCKET_ERROR; i++)
        sent = send(pair.client, bytes, sizeof(bytes), 0);

    expect_socket_failed(sent, WSAEWOULDBLOCK);
}
END_TEST
COVERS(nonblocking_send_without_room, "stream.send.nonblocking_full_wouldblock");

START_TEST(sendto_ignores_the_destination)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct sockaddr_in elsewhere = loopback(1);

    int sent = sendto(pair.client, "bytes", 5, 0, (struct sockaddr *)&elsewhere, sizeof(elsewhere));

    expect_socket_succeeded(sent);
    expect_receives(pair.server, "bytes", 5);
}
END_TEST
COVERS(sendto_ignores_the_destination, "stream.send.stream_sendto_ignores_address",
       "dgram.sendto.stream_ignores_to");

START_TEST(recvfrom_leaves_the_source)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct sockaddr_in source;
    int length = sizeof(source);
    char bytes[8];
    memset(&source, 'x', sizeof(source));
    send_all(pair.client, "bytes", 5);

    int got = recvfrom(pair.server, bytes, 5, 0, (struct sockaddr *)&source, &length);

    expect_socket_succeeded(got);
    expect_filled(&source, 'x', sizeof(source));
    expect_number(length, sizeof(source));
}
END_TEST
COVERS(recvfrom_leaves_the_source, "dgram.recvfrom.from_ignored_stream");
