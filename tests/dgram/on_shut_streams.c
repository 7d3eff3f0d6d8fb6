/* sendto, WSASendTo and recvfrom of a stream after shutdown; what recvfrom and WSARecvFrom peek at.
 */
#include "stream/sockets.h"

static int by_sendto(SOCKET s)
{
    return sendto(s, "x", 1, 0, NULL, 0);
}

static int by_wsasendto(SOCKET s)
{
    WSABUF buffer = {.len = 1, .buf = (char *)"x"};
    DWORD sent = 0;
    int result = WSASendTo(s, &buffer, 1, &sent, 0, NULL, 0, NULL, NULL);
    return result == 0 ? (int)sent : SOCKET_ERROR;
}

static int by_recvfrom(SOCKET s)
{
    char byte;
    return recvfrom(s, &byte, 1, 0, NULL, NULL);
}

static const struct {
    struct row row;
    int (*transfer)(SOCKET);
    int how;
} ends[] = {
    {{"sendto", "dgram.sendto.stream_shutdown"}, by_sendto, SD_SEND},
    {{"sendto_both", "dgram.sendto.stream_shutdown"}, by_sendto, SD_BOTH},
    {{"wsasendto", "dgram.wsasendto.stream_shutdown"}, by_wsasendto, SD_SEND},
    {{"wsasendto_both", "dgram.wsasendto.stream_shutdown"}, by_wsasendto, SD_BOTH},
    {{"recvfrom", "dgram.recvfrom.stream_shutdown"}, by_recvfrom, SD_RECEIVE},
    {{"recvfrom_both", "dgram.recvfrom.stream_shutdown"}, by_recvfrom, SD_BOTH},
};

START_TEST(shut_down)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.server, "x", 1);
    require(ends[_i].transfer(pair.client) == 1);
    require(shutdown(pair.client, ends[_i].how) == 0);

    int result = ends[_i].transfer(pair.client);

    expect_socket_failed(result, WSAESHUTDOWN);
}
END_TEST
COVERS_ROWS(shut_down, ends);

/* ---- MSG_PEEK */

static int peek_recvfrom(SOCKET s, char *bytes)
{
    return recvfrom(s, bytes, 3, MSG_PEEK, NULL, NULL);
}

static int peek_wsarecvfrom(SOCKET s, char *bytes)
{
    WSABUF buffer = {.len = 3, .buf = bytes};
    DWORD got = 0, flags = MSG_PEEK;
    int result = WSARecvFrom(s, &buffer, 1, &got, &flags, NULL, NULL, NULL, NULL);
    return result == 0 ? (int)got : SOCKET_ERROR;
}

static const struct {
    struct row row;
    int (*peek)(SOCKET, char *);
} peeks[] = {
    {{"recvfrom", "dgram.recvfrom.stream_peek"}, peek_recvfrom},
    {{"wsarecvfrom", "dgram.wsarecvfrom.stream_peek"}, peek_wsarecvfrom},
};

START_TEST(peek)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char bytes[3];
    send_all(pair.client, "hello", 5);
    wait_readable(pair.server);

    int got = peeks[_i].peek(pair.server, bytes);

    expect_number(got, 3);
    expect_bytes(bytes, "hel", 3);
    expect_receives(pair.server, "hello", 5);
}
END_TEST
COVERS_ROWS(peek, peeks);
