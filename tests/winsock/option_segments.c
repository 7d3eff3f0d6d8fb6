/* Options of UDP that show in the datagrams: one send that becomes several, and several datagrams
 * that may become one. */
#include "dgram/message.h"
#include "option.h"

/* Datagrams that are sent after one another; what is received is told by its length alone. */
static int receive_one(SOCKET s)
{
    char bytes[64];
    return recv(s, bytes, sizeof(bytes), 0);
}

START_TEST(send_in_parts)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), sender = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(s);
    expect_socket_succeeded(option_set(sender, IPPROTO_UDP, OPT_UDP_SEND_MSG_SIZE, 4));

    int sent = sendto(sender, "abcdefghij", 10, 0, (struct sockaddr *)&name, sizeof(name));

    expect_number(sent, 10);
    expect_datagram(s, "abcd");
    expect_datagram(s, "efgh");
    expect_datagram(s, "ij");
}
END_TEST
COVERS(send_in_parts, "winsock.option_segments.divides", "winsock.option_segments.last_is_less");

START_TEST(send_that_is_not_longer)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), sender = socket_bound(SOCK_DGRAM);
    expect_socket_succeeded(option_set(sender, IPPROTO_UDP, OPT_UDP_SEND_MSG_SIZE, 4));

    send_datagram(sender, s, "abcd");

    expect_datagram(s, "abcd");
    set_nonblocking(s, true);
    expect_socket_failed(receive_one(s), WSAEWOULDBLOCK);
}
END_TEST
COVERS(send_that_is_not_longer, "winsock.option_segments.not_longer");

START_TEST(whole_again)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), sender = socket_bound(SOCK_DGRAM);
    expect_socket_succeeded(option_set(sender, IPPROTO_UDP, OPT_UDP_SEND_MSG_SIZE, 4));

    int result = option_set(sender, IPPROTO_UDP, OPT_UDP_SEND_MSG_SIZE, 0);

    expect_socket_succeeded(result);
    send_datagram(sender, s, "abcdefghij");
    expect_datagram(s, "abcdefghij");
}
END_TEST
COVERS(whole_again, "winsock.option_segments.zero");

START_TEST(senders_are_kept_apart)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    SOCKET one = socket_bound(SOCK_DGRAM), other = socket_bound(SOCK_DGRAM);

    int result = option_set(s, IPPROTO_UDP, OPT_UDP_RECV_MAX_COALESCED_SIZE, 4000);

    expect_socket_succeeded(result);
    send_datagram(one, s, "first");
    send_datagram(other, s, "second");
    send_datagram(one, s, "third");
    expect_datagram(s, "first");
    expect_datagram(s, "second");
    expect_datagram(s, "third");
}
END_TEST
COVERS(senders_are_kept_apart, "winsock.option_segments.one_source");

START_TEST(nothing_is_put_together)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), sender = socket_bound(SOCK_DGRAM);
    send_datagram(sender, s, "same");
    send_datagram(sender, s, "size");
    wait_readable(s);

    int got = receive_one(s);

    expect_number(got, 4);
    expect_datagram(s, "size");
}
END_TEST
COVERS(nothing_is_put_together, "winsock.option_segments.no_coalescing");

static const struct {
    struct row row;
    DWORD value;
} checksums[] = {
    {{"without", NULL}, TRUE},
    {{"with", NULL}, FALSE},
};

START_TEST(datagram_and_its_checksum)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), sender = socket_bound(SOCK_DGRAM);

    int result = option_set(sender, IPPROTO_UDP, OPT_UDP_NOCHECKSUM, checksums[_i].value);

    expect_socket_succeeded(result);
    send_datagram(sender, s, "arrives");
    expect_datagram(s, "arrives");
}
END_TEST
COVERS_ROWS(datagram_and_its_checksum, checksums, "winsock.option_segments.nocheck_arrives");
