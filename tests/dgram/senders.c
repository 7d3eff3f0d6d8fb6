/* The calls that send to the peer of a connected datagram socket, one by one: what is too long,
 * what comes in several buffers, what has no bytes, and what comes after shutdown. */
#include "stream/extension.h"

#define LARGEST 65507 /* bytes of a datagram of UDP over IPv4 */

static char many[LARGEST + 1];

/* The bytes that were sent, or SOCKET_ERROR; the error of one that pends is that of its end. */
static int by_send(SOCKET s, WSABUF *buffers, DWORD count)
{
    require(count == 1);
    return send(s, buffers->buf, (int)buffers->len, 0);
}

static int by_wsasend(SOCKET s, WSABUF *buffers, DWORD count)
{
    DWORD sent = 0;
    int result = WSASend(s, buffers, count, &sent, 0, NULL, NULL);
    return result == 0 ? (int)sent : SOCKET_ERROR;
}

static int by_wsasendto(SOCKET s, WSABUF *buffers, DWORD count)
{
    DWORD sent = 0;
    int result = WSASendTo(s, buffers, count, &sent, 0, NULL, 0, NULL, NULL);
    return result == 0 ? (int)sent : SOCKET_ERROR;
}

static int end_of(SOCKET s, int result, OVERLAPPED *operation)
{
    DWORD sent = 0;
    if (result == SOCKET_ERROR && GetLastError() != WSA_IO_PENDING)
        return SOCKET_ERROR;
    return extension_result(s, operation, &sent) ? (int)sent : SOCKET_ERROR;
}

static int by_overlapped_wsasend(SOCKET s, WSABUF *buffers, DWORD count)
{
    OVERLAPPED *operation = operation_with_event();
    return end_of(s, WSASend(s, buffers, count, NULL, 0, operation, NULL), operation);
}

static int by_overlapped_wsasendto(SOCKET s, WSABUF *buffers, DWORD count)
{
    OVERLAPPED *operation = operation_with_event();
    return end_of(s, WSASendTo(s, buffers, count, NULL, 0, NULL, 0, operation, NULL), operation);
}

static SOCKET connected_to(SOCKET peer)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(peer);
    require(connect(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    return s;
}

/* ---- A byte more than UDP can carry */

static const struct {
    struct row row;
    int (*send)(SOCKET, WSABUF *, DWORD);
    DWORD buffers;
} senders[] = {
    {{"send", "dgram.send.emsgsize"}, by_send, 1},
    {{"wsasend", "dgram.wsasend.emsgsize"}, by_wsasend, 1},
    {{"wsasend_of_two_buffers", "dgram.wsasend.emsgsize"}, by_wsasend, 2},
    {{"overlapped_wsasend", "dgram.wsasend.emsgsize"}, by_overlapped_wsasend, 2},
    {{"wsasendto_of_two_buffers", "dgram.wsasendto.emsgsize_buffers"}, by_wsasendto, 2},
    {{"overlapped_wsasendto", "dgram.wsasendto.emsgsize_buffers"}, by_overlapped_wsasendto, 2},
};

START_TEST(a_byte_too_much)
{
    winsock_start();
    SOCKET peer = socket_bound(SOCK_DGRAM), s = connected_to(peer);
    WSABUF whole = {.len = LARGEST + 1, .buf = many};
    WSABUF halves[] = {{.len = LARGEST, .buf = many}, {.len = 1, .buf = many}};

    int sent = senders[_i].send(s, senders[_i].buffers == 2 ? halves : &whole, senders[_i].buffers);

    expect_socket_failed(sent, WSAEMSGSIZE);
    WSABUF next = {.len = 4, .buf = (char *)"next"};
    expect_number(senders[_i].send(s, &next, 1), 4);
    expect_datagram(peer, "next"); /* and nothing before it */
}
END_TEST
COVERS_ROWS(a_byte_too_much, senders);

/* ---- Several buffers */

static const struct {
    struct row row;
    int (*send)(SOCKET, WSABUF *, DWORD);
} gatherers[] = {
    {{"wsasend", "dgram.wsasend.gather"}, by_wsasend},
    {{"overlapped_wsasend", "dgram.wsasend.gather"}, by_overlapped_wsasend},
    {{"overlapped_wsasendto", "dgram.wsasendto.gather_overlapped"}, by_overlapped_wsasendto},
};

START_TEST(buffers_are_one_datagram)
{
    winsock_start();
    SOCKET peer = socket_bound(SOCK_DGRAM), s = connected_to(peer);
    WSABUF four[] = {{.len = 3, .buf = (char *)"one"},
                     {.len = 0, .buf = NULL},
                     {.len = 3, .buf = (char *)"two"},
                     {.len = 5, .buf = (char *)"three"}};

    int sent = gatherers[_i].send(s, four, 4);

    expect_socket_succeeded(sent);
    expect_number(sent, 11);
    expect_datagram(peer, "onetwothree");
    send_all(s, "next", 4);
    expect_datagram(peer, "next");
}
END_TEST
COVERS_ROWS(buffers_are_one_datagram, gatherers);

/* ---- No bytes */

START_TEST(no_bytes_by_send)
{
    winsock_start();
    SOCKET peer = socket_bound(SOCK_DGRAM), s = connected_to(peer);

    int sent = send(s, "", 0, 0);

    expect_socket_succeeded(sent);
    expect_number(sent, 0);
    send_all(s, "next", 4);
    expect_datagram(peer, "");
    expect_datagram(peer, "next");
}
END_TEST
COVERS(no_bytes_by_send, "dgram.send.zero_length");

/* ---- After shutdown */

static const struct {
    struct row row;
    int (*send)(SOCKET, WSABUF *, DWORD);
    int how;
} ends[] = {
    {{"send", "dgram.send.shutdown"}, by_send, SD_SEND},
    {{"send_both", "dgram.send.shutdown"}, by_send, SD_BOTH},
    {{"wsasend", "dgram.wsasend.shutdown"}, by_wsasend, SD_SEND},
    {{"wsasend_both", "dgram.wsasend.shutdown"}, by_wsasend, SD_BOTH},
    {{"overlapped_wsasend", "dgram.wsasend.shutdown"}, by_overlapped_wsasend, SD_SEND},
};

START_TEST(shut_down)
{
    winsock_start();
    SOCKET peer = socket_bound(SOCK_DGRAM), s = connected_to(peer);
    WSABUF byte = {.len = 1, .buf = (char *)"x"};
    require(ends[_i].send(s, &byte, 1) == 1);
    require(shutdown(s, ends[_i].how) == 0);

    int sent = ends[_i].send(s, &byte, 1);

    expect_socket_failed(sent, WSAESHUTDOWN);
}
END_TEST
COVERS_ROWS(shut_down, ends);
