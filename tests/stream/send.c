/* What send and sendto do with a stream socket, and which arguments they refuse. */
#include "winsock/winsock.h"

#include <stdlib.h>

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

#define PORTION (4 << 20)

static int with_send(SOCKET s, char *bytes)
{
    return send(s, bytes, PORTION, 0);
}

static int with_wsasend(SOCKET s, char *bytes)
{
    WSABUF halves[] = {{.len = PORTION / 2, .buf = bytes},
                       {.len = PORTION / 2, .buf = bytes + PORTION / 2}};
    DWORD sent = 0;
    return WSASend(s, halves, 2, &sent, 0, NULL, NULL) == 0 ? (int)sent : SOCKET_ERROR;
}

static const struct {
    struct row row;
    int (*send)(SOCKET, char *);
} senders[] = {
    {{"send", "stream.send.nonblocking_partial_count"}, with_send},
    {{"wsasend", "stream.wsasend.nonblocking_partial_count"}, with_wsasend},
};

START_TEST(what_was_taken_arrives)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char *bytes = malloc(PORTION);
    uint64_t taken = 0, arrived = 0;
    int sent = 0, got = 0;
    set_nonblocking(pair.client, true);
    pattern_fill(bytes, PORTION, taken);

    while ((sent = senders[_i].send(pair.client, bytes)) != SOCKET_ERROR && taken < 100 * PORTION) {
        expect_true(sent > 0 && sent <= PORTION);
        taken += (uint64_t)sent;
        pattern_fill(bytes, PORTION, taken);
    }

    expect_socket_failed(sent, WSAEWOULDBLOCK);
    require(shutdown(pair.client, SD_SEND) == 0);
    for (arrived = 0; (got = recv(pair.server, bytes, PORTION, 0)) > 0; arrived += (uint64_t)got)
        expect_pattern(bytes, (size_t)got, arrived);
    expect_number(got, 0);
    expect_number(arrived, taken);
    record("nonblocking send with little room", "%s",
           taken % PORTION ? "takes a part" : "takes all or nothing");
    free(bytes);
}
END_TEST
COVERS_ROWS(what_was_taken_arrives, senders);

START_TEST(sendto_ignores_the_destination)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct sockaddr_in elsewhere = loopback(1);

    int sent = sendto(pair.client, "bytes", 5, 0, (struct sockaddr *)&elsewhere, sizeof(elsewhere));

    expect_socket_succeeded(sent);
    expect_number(sent, 5);
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
