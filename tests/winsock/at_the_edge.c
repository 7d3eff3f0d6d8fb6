/* Structures that end where memory ends: a call reads and writes what it was told of, and no more.
 */
#include "stream/extension.h"

/* Room for SIZE bytes, a copy of BYTES, behind which nothing can be read or written. */
static void *edge(const void *bytes, size_t size)
{
    char *pages = VirtualAlloc(NULL, 0x2000, MEM_RESERVE, PAGE_NOACCESS);
    require(pages && VirtualAlloc(pages, 0x1000, MEM_COMMIT, PAGE_READWRITE));
    return memcpy(pages + 0x1000 - size, bytes, size);
}

/* ---- Sets of sockets */

/* A set that has room for its one socket alone. */
static fd_set *only(SOCKET s)
{
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    return edge(&one, offsetof(fd_set, fd_array[1]));
}

static int read_set(SOCKET s)
{
    send_datagram(s, s, "x");
    TIMEVAL limit = select_limit();
    return select(0, only(s), NULL, NULL, &limit) == 1 ? 0 : SOCKET_ERROR;
}

static int write_set(SOCKET s)
{
    TIMEVAL limit = select_limit();
    return select(0, NULL, only(s), NULL, &limit) == 1 ? 0 : SOCKET_ERROR;
}

static int except_set(SOCKET s)
{
    return select(0, NULL, NULL, only(s), &(TIMEVAL){0, 0});
}

static int time_of_select(SOCKET s)
{
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = select_limit();
    return select(0, NULL, &one, NULL, edge(&limit, sizeof(limit))) == 1 ? 0 : SOCKET_ERROR;
}

static int poll_array(SOCKET s)
{
    WSAPOLLFD one = {.fd = s, .events = POLLWRNORM};
    return WSAPoll(edge(&one, sizeof(one)), 1, (INT)step_limit()) == 1 ? 0 : SOCKET_ERROR;
}

/* ---- Names */

static struct sockaddr *name_at_the_edge(SOCKET s)
{
    struct sockaddr_in name = socket_name(s);
    return edge(&name, sizeof(name));
}

static int given_to_bind(SOCKET s)
{
    SOCKET other = socket_open(SOCK_DGRAM);
    struct sockaddr *name = name_at_the_edge(s);
    ((struct sockaddr_in *)name)->sin_port = 0;
    return bind(other, name, sizeof(struct sockaddr_in));
}

static int given_to_connect(SOCKET s)
{
    return connect(s, name_at_the_edge(s), sizeof(struct sockaddr_in));
}

static int given_to_wsaconnect(SOCKET s)
{
    return WSAConnect(s, name_at_the_edge(s), sizeof(struct sockaddr_in), NULL, NULL, NULL, NULL);
}

static int given_to_sendto(SOCKET s)
{
    return sendto(s, "x", 1, 0, name_at_the_edge(s), sizeof(struct sockaddr_in)) == 1 ? 0 : -1;
}

static WSABUF five = {.len = 5, .buf = "hello"};

static int given_to_wsasendto(SOCKET s)
{
    DWORD sent;
    return WSASendTo(s, &five, 1, &sent, 0, name_at_the_edge(s), sizeof(struct sockaddr_in), NULL,
                     NULL);
}

static int told_by_getsockname(SOCKET s)
{
    int length = sizeof(struct sockaddr_in);
    return getsockname(s, name_at_the_edge(s), &length);
}

static int told_by_getpeername(SOCKET s)
{
    int length = sizeof(struct sockaddr_in);
    struct sockaddr *name = name_at_the_edge(s);
    require(connect(s, name, length) == 0);
    return getpeername(s, name, &length);
}

static int told_by_recvfrom(SOCKET s)
{
    char byte;
    int length = sizeof(struct sockaddr_in);
    send_datagram(s, s, "x");
    return recvfrom(s, &byte, 1, 0, name_at_the_edge(s), &length) == 1 ? 0 : SOCKET_ERROR;
}

static int told_by_accept(SOCKET s)
{
    SOCKET listener = stream_listen();
    struct sockaddr *name = name_at_the_edge(s);
    int length = sizeof(struct sockaddr_in);
    stream_connect(socket_port(listener));
    wait_readable(listener);
    return accept(listener, name, &length) != INVALID_SOCKET ? 0 : SOCKET_ERROR;
}

/* ---- Buffers and values */

static SOCKET with_itself(SOCKET s)
{
    struct sockaddr_in self = socket_name(s);
    require(connect(s, (struct sockaddr *)&self, sizeof(self)) == 0);
    return s;
}

static int bytes_to_send(SOCKET s)
{
    return send(with_itself(s), edge("hello", 5), 5, 0) == 5 ? 0 : SOCKET_ERROR;
}

static int buffers_to_send(SOCKET s)
{
    DWORD sent;
    return WSASend(with_itself(s), edge(&five, sizeof(five)), 1, &sent, 0, NULL, NULL);
}

static int room_to_receive(SOCKET s)
{
    send_datagram(s, s, "hello");
    return recv(s, edge("12345", 5), 5, 0) == 5 ? 0 : SOCKET_ERROR;
}

static int buffers_to_receive(SOCKET s)
{
    char bytes[5];
    WSABUF buffer = {.len = 5, .buf = bytes};
    DWORD got, flags = 0;
    send_datagram(s, s, "hello");
    return WSARecv(s, edge(&buffer, sizeof(buffer)), 1, &got, &flags, NULL, NULL);
}

static int value_to_set(SOCKET s)
{
    DWORD on = 1;
    return setsockopt(s, SOL_SOCKET, SO_BROADCAST, edge(&on, sizeof(on)), sizeof(on));
}

static int value_to_get(SOCKET s)
{
    DWORD type = 0;
    int size = sizeof(type);
    return getsockopt(s, SOL_SOCKET, SO_TYPE, edge(&type, sizeof(type)), &size);
}

static const struct {
    struct row row;
    int (*call)(SOCKET);
} calls[] = {
    {{"read_set", "winsock.edge.select_sets"}, read_set},
    {{"write_set", "winsock.edge.select_sets"}, write_set},
    {{"except_set", "winsock.edge.select_sets"}, except_set},
    {{"time_of_select", "winsock.edge.select_time"}, time_of_select},
    {{"poll_array", "winsock.edge.poll_array"}, poll_array},
    {{"given_to_bind", "winsock.edge.bind"}, given_to_bind},
    {{"given_to_connect", "winsock.edge.connect"}, given_to_connect},
    {{"given_to_wsaconnect", "winsock.edge.wsaconnect"}, given_to_wsaconnect},
    {{"given_to_sendto", "winsock.edge.sendto"}, given_to_sendto},
    {{"given_to_wsasendto", "winsock.edge.wsasendto"}, given_to_wsasendto},
    {{"told_by_getsockname", "winsock.edge.getsockname"}, told_by_getsockname},
    {{"told_by_getpeername", "winsock.edge.getpeername"}, told_by_getpeername},
    {{"told_by_recvfrom", "winsock.edge.recvfrom"}, told_by_recvfrom},
    {{"told_by_accept", "winsock.edge.accept"}, told_by_accept},
    {{"bytes_to_send", "winsock.edge.send"}, bytes_to_send},
    {{"buffers_to_send", "winsock.edge.wsasend"}, buffers_to_send},
    {{"room_to_receive", "winsock.edge.recv"}, room_to_receive},
    {{"buffers_to_receive", "winsock.edge.wsarecv"}, buffers_to_receive},
    {{"value_to_set", "winsock.edge.setsockopt"}, value_to_set},
    {{"value_to_get", "winsock.edge.getsockopt"}, value_to_get},
};

START_TEST(where_memory_ends)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    int result = calls[_i].call(s);

    expect_socket_succeeded(result);
}
END_TEST
COVERS_ROWS(where_memory_ends, calls);
