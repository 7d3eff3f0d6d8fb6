/* Out-of-band data and the order of the stream: how long they wait, what becomes of them when more
 * come, and where they are in the stream with SO_OOBINLINE. */
#include "winsock/winsock.h"

static bool urgent_waits(SOCKET s, TIMEVAL limit)
{
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    int count = select(0, NULL, NULL, &one, &limit);
    require(count != SOCKET_ERROR);
    return count == 1;
}

/* TEXT arrives at the other side, its capital letters as urgent data, each segment by itself. */
static void send_pieces(struct stream_pair pair, const char *text)
{
    BOOL at_once = TRUE;
    require(setsockopt(pair.client, IPPROTO_TCP, TCP_NODELAY, (char *)&at_once, 4) == 0);
    for (; *text; text++)
        require(send(pair.client, text, 1, *text >= 'A' && *text <= 'Z' ? MSG_OOB : 0) == 1);
}

static struct stream_pair pair_with(const char *text)
{
    struct stream_pair pair = stream_pair_open();
    send_pieces(pair, text);
    require(urgent_waits(pair.server, select_limit()));
    return pair;
}

START_TEST(urgent_byte_waits_for_its_reader)
{
    winsock_start();
    struct stream_pair pair = pair_with("beforeUafter");
    char byte = 0;
    expect_receives(pair.server, "beforeafter", 11);

    int got = recv(pair.server, &byte, 1, MSG_OOB);

    expect_socket_succeeded(got);
    expect_number(got, 1);
    expect_number(byte, 'U');
}
END_TEST
COVERS(urgent_byte_waits_for_its_reader, "stream.oob.any_time");

START_TEST(exception_stays_until_it_is_read)
{
    winsock_start();
    struct stream_pair pair = pair_with("beforeUafter");
    expect_receives(pair.server, "beforeafter", 11);
    fd_set exceptional = {.fd_count = 1, .fd_array = {pair.server}};
    TIMEVAL at_once = {0, 0};

    int count = select(0, NULL, NULL, &exceptional, &at_once);

    expect_number(count, 1);
    expect_number(exceptional.fd_count, 1);
    char byte;
    require(recv(pair.server, &byte, 1, MSG_OOB) == 1);
    expect_true(!urgent_waits(pair.server, at_once));
}
END_TEST
COVERS(exception_stays_until_it_is_read, "stream.oob.select_until_read");

START_TEST(mark_after_the_urgent_byte_is_read)
{
    winsock_start();
    struct stream_pair pair = pair_with("U");
    u_long none_waits = 99;
    char byte;
    require(ioctlsocket(pair.server, SIOCATMARK, &none_waits) == 0 && !none_waits);
    require(recv(pair.server, &byte, 1, MSG_OOB) == 1);

    int result = ioctlsocket(pair.server, SIOCATMARK, &none_waits);

    expect_socket_succeeded(result);
    expect_number(none_waits, TRUE);
}
END_TEST
COVERS(mark_after_the_urgent_byte_is_read, "stream.oob.siocatmark_read");

START_TEST(second_urgent_byte_puts_none_into_the_stream)
{
    winsock_start();
    struct stream_pair pair = pair_with("abU");
    send_pieces(pair, "cdVef");
    char bytes[8] = "", urgent = 0;

    int got = receive_all(pair.server, bytes, 6);

    expect_socket_succeeded(got);
    expect_bytes(bytes, "abcdef", 6);
    expect_number(recv(pair.server, &urgent, 1, MSG_OOB), 1);
    record("urgent byte of \"abUcdVef\"", "%c", urgent);
    set_nonblocking(pair.server, true);
    expect_socket_failed(recv(pair.server, bytes, sizeof(bytes), 0), WSAEWOULDBLOCK);
}
END_TEST
COVERS(second_urgent_byte_puts_none_into_the_stream, "stream.oob.replaced");

/* ---- SO_OOBINLINE ---- */

static struct stream_pair pair_inline(void)
{
    struct stream_pair pair = stream_pair_open();
    BOOL on = TRUE;
    require(setsockopt(pair.server, SOL_SOCKET, SO_OOBINLINE, (char *)&on, sizeof(on)) == 0);
    return pair;
}

/* With a second urgent byte, the first is not lost. */
START_TEST(inline_bytes_keep_their_places)
{
    winsock_start();
    struct stream_pair pair = pair_inline();
    char bytes[16] = "";
    send_pieces(pair, "abUcdVef");

    int got = receive_all(pair.server, bytes, 8);

    expect_socket_succeeded(got);
    expect_number(got, 8);
    expect_bytes(bytes, "abUcdVef", 8);
}
END_TEST
COVERS(inline_bytes_keep_their_places, "stream.oob.inline_order", "stream.oob.inline_not_lost");

START_TEST(mark_in_line)
{
    winsock_start();
    struct stream_pair pair = pair_inline();
    u_long none_waits = 99;
    send_pieces(pair, "U");
    wait_readable(pair.server);

    int result = ioctlsocket(pair.server, SIOCATMARK, &none_waits);

    expect_socket_succeeded(result);
    expect_number(none_waits, TRUE);
}
END_TEST
COVERS(mark_in_line, "stream.oob.siocatmark_inline");

START_TEST(where_receives_in_line_stop)
{
    winsock_start();
    struct stream_pair pair = pair_inline();
    char bytes[16];
    send_pieces(pair, "abUcd");
    socket_close(pair.client);
    expect_number(recv(pair.server, bytes, 1, MSG_WAITALL), 1);
    int got, total = 1;

    while ((got = recv(pair.server, bytes + total, (int)sizeof(bytes) - total, 0)) > 0) {
        record("a receive", "%d bytes at %d", got, total);
        total += got;
    }

    expect_number(total, 5);
    expect_bytes(bytes, "abUcd", 5);
}
END_TEST
COVERS(where_receives_in_line_stop, "stream.oob.inline_boundaries");

/* ---- The other receives ---- */

static int with_wsarecv(SOCKET s, char *byte)
{
    WSABUF buffer = {.len = 1, .buf = byte};
    DWORD got = 0, flags = MSG_OOB;
    return WSARecv(s, &buffer, 1, &got, &flags, NULL, NULL) == 0 ? (int)got : SOCKET_ERROR;
}

static int with_wsarecvfrom(SOCKET s, char *byte)
{
    WSABUF buffer = {.len = 1, .buf = byte};
    DWORD got = 0, flags = MSG_OOB;
    return WSARecvFrom(s, &buffer, 1, &got, &flags, NULL, NULL, NULL, NULL) == 0 ? (int)got
                                                                                 : SOCKET_ERROR;
}

START_TEST(wsarecvfrom_of_an_urgent_byte)
{
    winsock_start();
    struct stream_pair pair = pair_with("normalU");
    char byte = 0;

    int got = with_wsarecvfrom(pair.server, &byte);

    expect_socket_succeeded(got);
    expect_number(got, 1);
    expect_number(byte, 'U');
    expect_receives(pair.server, "normal", 6);
}
END_TEST
COVERS(wsarecvfrom_of_an_urgent_byte, "stream.wsarecvfrom.oob");

static const struct {
    struct row row;
    int (*receive)(SOCKET, char *);
} receives[] = {
    {{"wsarecv", "stream.wsarecv.oob_inline"}, with_wsarecv},
    {{"wsarecvfrom", "stream.wsarecvfrom.oob_inline"}, with_wsarecvfrom},
};

START_TEST(inline_byte_cannot_be_asked_for)
{
    winsock_start();
    struct stream_pair pair = pair_inline();
    char byte = 0;
    send_pieces(pair, "U");
    wait_readable(pair.server);

    int got = receives[_i].receive(pair.server, &byte);

    expect_socket_failed(got, WSAEINVAL);
    expect_receives(pair.server, "U", 1);
}
END_TEST
COVERS_ROWS(inline_byte_cannot_be_asked_for, receives);
