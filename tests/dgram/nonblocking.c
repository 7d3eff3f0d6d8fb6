/* Nonblocking datagram sockets: connect is done at once, and what fails does not fail for want of
 * time. */
#include "winsock/winsock.h"

static int by_connect(SOCKET s, const struct sockaddr_in *name)
{
    return connect(s, (const struct sockaddr *)name, sizeof(*name));
}

static int by_wsaconnect(SOCKET s, const struct sockaddr_in *name)
{
    return WSAConnect(s, (const struct sockaddr *)name, sizeof(*name), NULL, NULL, NULL, NULL);
}

static const struct {
    struct row row;
    int (*connect)(SOCKET s, const struct sockaddr_in *name);
} ways[] = {
    {{"connect", "dgram.nonblocking.connect"}, by_connect},
    {{"wsaconnect", "dgram.nonblocking.wsaconnect"}, by_wsaconnect},
};

static SOCKET nonblocking(SOCKET s)
{
    set_nonblocking(s, true);
    return s;
}

static struct sockaddr_in peer_of(SOCKET s)
{
    struct sockaddr_in name = {0};
    int length = sizeof(name);
    expect_socket_succeeded(getpeername(s, (struct sockaddr *)&name, &length));
    return name;
}

START_TEST(peer_at_once_by)
{
    winsock_start();
    SOCKET s = nonblocking(socket_open(SOCK_DGRAM)), one = socket_bound(SOCK_DGRAM),
           other = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(one), second = socket_name(other);
    TIMEVAL at_once = {0, 0};

    int result = ways[_i].connect(s, &name);

    expect_socket_succeeded(result);
    fd_set writable = {.fd_count = 1, .fd_array = {s}}, failed = writable;
    expect_number(select(0, NULL, &writable, &failed, &at_once), 1);
    expect_number(failed.fd_count, 0);
    send_all(s, "one", 3);
    expect_datagram(one, "one");
    expect_socket_succeeded(ways[_i].connect(s, &second));
    expect_number(peer_of(s).sin_port, second.sin_port);
    send_all(s, "other", 5);
    expect_datagram(other, "other");
}
END_TEST
COVERS_ROWS(peer_at_once_by, ways);

static const struct {
    struct row row;
    int (*connect)(SOCKET s, const struct sockaddr_in *name);
} nobodys[] = {
    {{"connect", NULL}, by_connect},
    {{"wsaconnect", NULL}, by_wsaconnect},
};

START_TEST(peer_that_is_nobody_by)
{
    winsock_start();
    SOCKET s = nonblocking(socket_open(SOCK_DGRAM)), gone = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(gone);
    WSAPOLLFD one = {.fd = s, .events = POLLOUT};
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);

    int result = nobodys[_i].connect(s, &name);

    expect_socket_succeeded(result);
    expect_number(peer_of(s).sin_port, name.sin_port);
    expect_number(WSAPoll(&one, 1, 0), 1);
    expect_number(one.revents, POLLWRNORM);
}
END_TEST
COVERS_ROWS(peer_that_is_nobody_by, nobodys, "dgram.nonblocking.nobody");

/* ---- What fails */

static char room[8];

static int by_recv(SOCKET s)
{
    return recv(s, room, sizeof(room), 0);
}

static int by_recvfrom(SOCKET s)
{
    return recvfrom(s, room, sizeof(room), 0, NULL, NULL);
}

static int by_wsarecv(SOCKET s)
{
    WSABUF buffer = {.len = sizeof(room), .buf = room};
    DWORD count, flags = 0;
    return WSARecv(s, &buffer, 1, &count, &flags, NULL, NULL);
}

static int by_wsarecvfrom(SOCKET s)
{
    WSABUF buffer = {.len = sizeof(room), .buf = room};
    DWORD count, flags = 0;
    return WSARecvFrom(s, &buffer, 1, &count, &flags, NULL, NULL, NULL, NULL);
}

static int by_send(SOCKET s)
{
    return send(s, room, 1, 0);
}

static int by_wsasend(SOCKET s)
{
    WSABUF buffer = {.len = 1, .buf = room};
    DWORD count;
    return WSASend(s, &buffer, 1, &count, 0, NULL, NULL);
}

static const struct {
    struct row row;
    int (*transfer)(SOCKET s);
    SOCKET (*open)(int type);
    DWORD error;
} failures[] = {
    {{"recv", "dgram.nonblocking.unbound"}, by_recv, socket_open, WSAEINVAL},
    {{"recvfrom", "dgram.nonblocking.unbound"}, by_recvfrom, socket_open, WSAEINVAL},
    {{"wsarecv", "dgram.nonblocking.unbound"}, by_wsarecv, socket_open, WSAEINVAL},
    {{"wsarecvfrom", "dgram.nonblocking.unbound"}, by_wsarecvfrom, socket_open, WSAEINVAL},
    {{"send", "dgram.nonblocking.no_peer"}, by_send, socket_bound, WSAENOTCONN},
    {{"wsasend", "dgram.nonblocking.no_peer"}, by_wsasend, socket_bound, WSAENOTCONN},
};

START_TEST(no)
{
    winsock_start();
    SOCKET s = nonblocking(failures[_i].open(SOCK_DGRAM));

    int result = failures[_i].transfer(s);

    expect_socket_failed(result, failures[_i].error);
}
END_TEST
COVERS_ROWS(no, failures);
