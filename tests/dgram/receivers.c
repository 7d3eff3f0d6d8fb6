/* The calls that receive a datagram, one by one: into several buffers, of no bytes, and after
 * shutdown. */
#include "stream/extension.h"

static char first[3], second[2], third[8];
static WSABUF three[] = {{.len = sizeof(first), .buf = first},
                         {.len = sizeof(second), .buf = second},
                         {.len = sizeof(third), .buf = third}};

/* The bytes that were received, or SOCKET_ERROR; the error of one that pends is that of its end. */
static int by_recv(SOCKET s, DWORD count)
{
    require(count == 1);
    return recv(s, three[0].buf, (int)three[0].len, 0);
}

static int by_wsarecv(SOCKET s, DWORD count)
{
    DWORD got = 99, flags = 0;
    int result = WSARecv(s, three, count, &got, &flags, NULL, NULL);
    return result == 0 ? (int)got : SOCKET_ERROR;
}

static int by_wsarecvfrom(SOCKET s, DWORD count)
{
    DWORD got = 99, flags = 0;
    int result = WSARecvFrom(s, three, count, &got, &flags, NULL, NULL, NULL, NULL);
    return result == 0 ? (int)got : SOCKET_ERROR;
}

static int begun_wsarecv(SOCKET s, DWORD count)
{
    DWORD flags = 0;
    return WSARecv(s, three, count, NULL, &flags, operation_with_event(), NULL);
}

static int begun_wsarecvfrom(SOCKET s, DWORD count)
{
    DWORD flags = 0;
    return WSARecvFrom(s, three, count, NULL, &flags, NULL, NULL, operation_with_event(), NULL);
}

static int end_of(SOCKET s, int result)
{
    DWORD got = 99;
    if (result == SOCKET_ERROR && GetLastError() != WSA_IO_PENDING)
        return SOCKET_ERROR;
    return extension_result(s, &extension_operation, &got) ? (int)got : SOCKET_ERROR;
}

static int by_overlapped_wsarecv(SOCKET s, DWORD count)
{
    return end_of(s, begun_wsarecv(s, count));
}

static int by_overlapped_wsarecvfrom(SOCKET s, DWORD count)
{
    return end_of(s, begun_wsarecvfrom(s, count));
}

static const struct {
    struct row row;
    int (*receive)(SOCKET, DWORD);
} scatterers[] = {
    {{"wsarecv", "dgram.wsarecv.scatter"}, by_wsarecv},
    {{"overlapped_wsarecv", "dgram.wsarecv.scatter_overlapped"}, by_overlapped_wsarecv},
    {{"overlapped_wsarecvfrom", "dgram.wsarecvfrom.scatter_overlapped"}, by_overlapped_wsarecvfrom},
};

/* ---- Several buffers */

START_TEST(buffers_are_filled_in_order)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    send_datagram(s, s, "abcdefgh");
    wait_readable(s);

    int got = scatterers[_i].receive(s, 3);

    expect_socket_succeeded(got);
    expect_number(got, 8);
    expect_bytes(first, "abc", 3);
    expect_bytes(second, "de", 2);
    expect_bytes(third, "fgh\0\0\0\0\0", 8);
}
END_TEST
COVERS_ROWS(buffers_are_filled_in_order, scatterers);

static const struct {
    struct row row;
    int (*begin)(SOCKET, DWORD);
} pendings[] = {
    {{"wsarecv", "dgram.wsarecv.scatter_overlapped"}, begun_wsarecv},
    {{"wsarecvfrom", "dgram.wsarecvfrom.scatter_overlapped"}, begun_wsarecvfrom},
};

START_TEST(buffers_of_a_pending_receive)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    int result = pendings[_i].begin(s, 3);

    expect_socket_failed(result, WSA_IO_PENDING);
    send_datagram(s, s, "abcdefgh");
    DWORD got = 0;
    expect_succeeded(extension_result(s, &extension_operation, &got));
    expect_number(got, 8);
    expect_bytes(first, "abc", 3);
    expect_bytes(second, "de", 2);
    expect_bytes(third, "fgh\0\0\0\0\0", 8);
}
END_TEST
COVERS_ROWS(buffers_of_a_pending_receive, pendings);

static const struct {
    struct row row;
    int (*receive)(SOCKET, DWORD);
} cutters[] = {
    {{"wsarecv", "dgram.wsarecv.scatter_cut"}, by_wsarecv},
    {{"overlapped_wsarecv", "dgram.wsarecv.scatter_cut"}, by_overlapped_wsarecv},
};

START_TEST(more_than_all_buffers)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    send_datagram(s, s, "abcdefgh");
    send_datagram(s, s, "next");
    wait_readable(s);

    int got = cutters[_i].receive(s, 2);

    expect_socket_failed(got, WSAEMSGSIZE);
    expect_bytes(first, "abc", 3);
    expect_bytes(second, "de", 2);
    expect_datagram(s, "next");
}
END_TEST
COVERS_ROWS(more_than_all_buffers, cutters);

/* ---- No bytes */

static const struct {
    struct row row;
    int (*receive)(SOCKET, DWORD);
} receivers[] = {
    {{"recv", "dgram.recv.empty"}, by_recv},
    {{"wsarecv", "dgram.wsarecv.empty"}, by_wsarecv},
    {{"overlapped_wsarecv", "dgram.wsarecv.empty"}, by_overlapped_wsarecv},
    {{"wsarecvfrom", "dgram.wsarecvfrom.empty"}, by_wsarecvfrom},
    {{"overlapped_wsarecvfrom", "dgram.wsarecvfrom.empty"}, by_overlapped_wsarecvfrom},
};

START_TEST(datagram_without_bytes)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    send_datagram(s, s, "");
    send_datagram(s, s, "x");
    wait_readable(s);

    int got = receivers[_i].receive(s, 1);

    expect_socket_succeeded(got);
    expect_number(got, 0);
    expect_datagram(s, "x");
}
END_TEST
COVERS_ROWS(datagram_without_bytes, receivers);

/* ---- After shutdown */

static const struct {
    struct row row;
    int (*receive)(SOCKET, DWORD);
    int how;
} ends[] = {
    {{"recv", "dgram.recv.shutdown"}, by_recv, SD_RECEIVE},
    {{"recv_both", "dgram.recv.shutdown"}, by_recv, SD_BOTH},
    {{"wsarecv", "dgram.wsarecv.shutdown"}, by_wsarecv, SD_RECEIVE},
    {{"wsarecv_both", "dgram.wsarecv.shutdown"}, by_wsarecv, SD_BOTH},
    {{"overlapped_wsarecv", "dgram.wsarecv.shutdown"}, by_overlapped_wsarecv, SD_RECEIVE},
};

START_TEST(shut_down)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(s);
    require(connect(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    send_all(s, "x", 1);
    require(ends[_i].receive(s, 1) == 1);
    require(shutdown(s, ends[_i].how) == 0);

    int got = ends[_i].receive(s, 1);

    expect_socket_failed(got, WSAESHUTDOWN);
}
END_TEST
COVERS_ROWS(shut_down, ends);
