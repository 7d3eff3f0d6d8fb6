/* What the functions of datagrams do with a stream socket: the address is ignored, and the rest is
 * as with send and recv. */
#include "stream/sockets.h"

/* Where nothing is sent to: 127.0.0.2, port 9. */
static const struct sockaddr_in elsewhere = {
    .sin_family = AF_INET, .sin_port = 0x0900, .sin_addr.s_addr = 0x0200007F};

static int by_sendto(SOCKET s, const char *bytes, int size)
{
    return sendto(s, bytes, size, 0, (struct sockaddr *)&elsewhere, sizeof(elsewhere));
}

static int by_wsasendto(SOCKET s, const char *bytes, int size)
{
    WSABUF buffer = {.len = (ULONG)size, .buf = (char *)bytes};
    DWORD sent = 99;
    int result = WSASendTo(s, &buffer, 1, &sent, 0, (struct sockaddr *)&elsewhere,
                           sizeof(elsewhere), NULL, NULL);
    return result ? result : (int)sent;
}

/* Receives at most SIZE bytes, and the address of the source, which is not told. */
static char room[16];
static struct sockaddr_in source;
static int source_size;

static int by_recvfrom(SOCKET s, int size)
{
    return recvfrom(s, room, size, 0, (struct sockaddr *)&source, &source_size);
}

static int by_wsarecvfrom(SOCKET s, int size)
{
    WSABUF buffer = {.len = (ULONG)size, .buf = room};
    DWORD got = 99, flags = 0;
    int result = WSARecvFrom(s, &buffer, 1, &got, &flags, (struct sockaddr *)&source, &source_size,
                             NULL, NULL);
    return result ? result : (int)got;
}

/* ---- Sending */

START_TEST(wsasendto_ignores_the_destination)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int sent = by_wsasendto(pair.client, "bytes", 5);

    expect_socket_succeeded(sent);
    expect_number(sent, 5);
    expect_receives(pair.server, "bytes", 5);
}
END_TEST
COVERS(wsasendto_ignores_the_destination, "dgram.wsasendto.stream_ignores_to");

static const struct {
    struct row row;
    int (*send)(SOCKET, const char *, int);
} senders[] = {
    {{"sendto", "dgram.sendto.stream_notconn"}, by_sendto},
    {{"wsasendto", "dgram.wsasendto.stream_notconn"}, by_wsasendto},
};

START_TEST(sending_needs_a_connection)
{
    winsock_start();
    SOCKET s = bound_socket();

    int sent = senders[_i].send(s, "bytes", 5);

    expect_socket_failed(sent, WSAENOTCONN);
    expect_number(senders[_i].send(connected_socket(), "bytes", 5), 5);
}
END_TEST
COVERS_ROWS(sending_needs_a_connection, senders);

START_TEST(nothing_is_sent)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int sent = by_sendto(pair.client, "", 0);

    expect_socket_succeeded(sent);
    expect_number(sent, 0);
    send_all(pair.client, "next", 4);
    expect_receives(pair.server, "next", 4);
}
END_TEST
COVERS(nothing_is_sent, "dgram.sendto.stream_zero_length");

START_TEST(sendto_sends_urgent_data)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    fd_set one = {.fd_count = 1, .fd_array = {pair.server}};
    TIMEVAL limit = select_limit();
    char byte = 0;

    int sent =
        sendto(pair.client, "U", 1, MSG_OOB, (struct sockaddr *)&elsewhere, sizeof(elsewhere));

    expect_socket_succeeded(sent);
    expect_number(select(0, NULL, NULL, &one, &limit), 1);
    expect_number(recvfrom(pair.server, &byte, 1, MSG_OOB, NULL, NULL), 1);
    expect_number(byte, 'U');
}
END_TEST
COVERS(sendto_sends_urgent_data, "dgram.sendto.stream_oob", "dgram.recvfrom.stream_oob");

/* ---- Receiving */

static const struct receiver {
    struct row row;
    int (*receive)(SOCKET, int);
} available[] = {
    {{"recvfrom", "dgram.recvfrom.stream_available"}, by_recvfrom},
    {{"wsarecvfrom", "dgram.wsarecvfrom.stream_available"}, by_wsarecvfrom},
};

START_TEST(what_has_come)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "bytes", 5);
    wait_readable(pair.server);

    int got = available[_i].receive(pair.server, 3);

    expect_socket_succeeded(got);
    expect_number(got, 3);
    expect_bytes(room, "byt", 3);
    expect_number(available[_i].receive(pair.server, 16), 2);
    expect_bytes(room, "es", 2);
}
END_TEST
COVERS_ROWS(what_has_come, available);

START_TEST(wsarecvfrom_leaves_the_source)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "bytes", 5);
    wait_readable(pair.server);
    memset(&source, 'x', sizeof(source));
    source_size = 3;

    int got = by_wsarecvfrom(pair.server, 16);

    expect_socket_succeeded(got);
    expect_number(got, 5);
    expect_filled(&source, 'x', sizeof(source));
    expect_number(source_size, 3);
}
END_TEST
COVERS(wsarecvfrom_leaves_the_source, "dgram.wsarecvfrom.from_ignored_stream");

static const struct receiver ends[] = {
    {{"recvfrom", "dgram.recvfrom.stream_end"}, by_recvfrom},
    {{"wsarecvfrom", "dgram.wsarecvfrom.stream_end"}, by_wsarecvfrom},
};

START_TEST(end_of_the_stream)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "last", 4);
    socket_close(pair.client);
    expect_receives(pair.server, "last", 4);

    int got = ends[_i].receive(pair.server, 16);

    expect_socket_succeeded(got);
    expect_number(got, 0);
}
END_TEST
COVERS_ROWS(end_of_the_stream, ends);

static const struct receiver resets[] = {
    {{"recvfrom", "dgram.recvfrom.stream_reset"}, by_recvfrom},
    {{"wsarecvfrom", "dgram.wsarecvfrom.stream_reset"}, by_wsarecvfrom},
};

START_TEST(connection_that_was_reset)
{
    winsock_start();
    SOCKET s = reset_socket();

    int got = resets[_i].receive(s, 16);

    expect_socket_failed(got, WSAECONNRESET);
}
END_TEST
COVERS_ROWS(connection_that_was_reset, resets);

START_TEST(receiving_needs_a_connection)
{
    winsock_start();
    SOCKET s = bound_socket();

    int got = by_wsarecvfrom(s, 16);

    expect_socket_failed(got, WSAENOTCONN);
}
END_TEST
COVERS(receiving_needs_a_connection, "dgram.wsarecvfrom.stream_notconn");

START_TEST(urgent_data_that_are_inline)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    BOOL on = TRUE;
    char byte;
    require(setsockopt(pair.server, SOL_SOCKET, SO_OOBINLINE, (char *)&on, sizeof(on)) == 0);
    require(send(pair.client, "U", 1, MSG_OOB) == 1);
    wait_readable(pair.server);

    int got = recvfrom(pair.server, &byte, 1, MSG_OOB, NULL, NULL);

    expect_socket_failed(got, WSAEINVAL);
    expect_receives(pair.server, "U", 1);
}
END_TEST
COVERS(urgent_data_that_are_inline, "dgram.recvfrom.inline_oob_einval");

/* By their pages WSAEINVAL; send and recv are known to do otherwise. */
static int empty_recvfrom(SOCKET s)
{
    return recvfrom(s, room, 0, 0, NULL, NULL);
}

static int inline_sendto(SOCKET s)
{
    BOOL on = TRUE;
    require(setsockopt(s, SOL_SOCKET, SO_OOBINLINE, (char *)&on, sizeof(on)) == 0);
    return sendto(s, "U", 1, MSG_OOB, NULL, 0);
}

static const struct {
    struct row row;
    int (*call)(SOCKET);
} doubtful[] = {
    {{"recvfrom_of_nothing", "dgram.recvfrom.stream_zero_length"}, empty_recvfrom},
    {{"sendto_of_urgent_data_inline", "dgram.sendto.inline_oob"}, inline_sendto},
};

START_TEST(seen)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "bytes", 5);
    wait_readable(pair.server);

    int result = doubtful[_i].call(pair.server);

    record_outcome("the call", result != SOCKET_ERROR);
}
END_TEST
COVERS_ROWS(seen, doubtful);
