/* The length of a name: what a function stores when there is more room than the name needs, and
 * names of IPv6 that have the length of one of IPv4. */
#include "winsock.h"

static int size_of(int family)
{
    return family == AF_INET6 ? (int)sizeof(struct sockaddr_in6) : (int)sizeof(struct sockaddr_in);
}

/* UNSUPPORTED where a machine has not even the loopback address of IPv6. */
static SOCKET bound(int family, int type)
{
    struct sockaddr_in four = loopback(0);
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_addr.s6_addr[15] = 1};
    SOCKET s = socket(family, type, 0);
    if (family == AF_INET6 && s == INVALID_SOCKET)
        unsupported("no IPv6 on this machine");
    require(s != INVALID_SOCKET);
    int result = family == AF_INET6 ? bind(s, (struct sockaddr *)&six, sizeof(six))
                                    : bind(s, (struct sockaddr *)&four, sizeof(four));
    if (family == AF_INET6 && result != 0)
        unsupported("no IPv6 on this machine");
    require(result == 0);
    limit_waits(s);
    return s;
}

static struct sockaddr_in6 own_name(SOCKET s)
{
    struct sockaddr_in6 name;
    int length = sizeof(name);
    require(getsockname(s, (struct sockaddr *)&name, &length) == 0);
    return name;
}

static SOCKET connected_to(SOCKET peer, int family, int type)
{
    SOCKET s = bound(family, type);
    struct sockaddr_in6 name = own_name(peer);
    require(connect(s, (struct sockaddr *)&name, size_of(family)) == 0);
    return s;
}

/* A listener with a client, and a socket with a datagram. */
static SOCKET called(int family)
{
    SOCKET listener = bound(family, SOCK_STREAM);
    require(listen(listener, 1) == 0);
    connected_to(listener, family, SOCK_STREAM);
    wait_readable(listener);
    return listener;
}

static SOCKET sent_to(int family)
{
    SOCKET s = bound(family, SOCK_DGRAM);
    struct sockaddr_in6 name = own_name(s);
    require(sendto(s, "x", 1, 0, (struct sockaddr *)&name, size_of(family)) == 1);
    wait_readable(s);
    return s;
}

static SOCKET connected(int family)
{
    SOCKET listener = bound(family, SOCK_STREAM);
    require(listen(listener, 1) == 0);
    return connected_to(listener, family, SOCK_STREAM);
}

static SOCKET connected_for_datagrams(int family)
{
    return connected_to(bound(family, SOCK_DGRAM), family, SOCK_DGRAM);
}

/* ---- What tells a name */

static int by_accept(SOCKET s, struct sockaddr *name, int *length)
{
    return accept(s, name, length) != INVALID_SOCKET ? 0 : SOCKET_ERROR;
}

static int by_wsaaccept(SOCKET s, struct sockaddr *name, int *length)
{
    return WSAAccept(s, name, length, NULL, 0) != INVALID_SOCKET ? 0 : SOCKET_ERROR;
}

static int by_getsockname(SOCKET s, struct sockaddr *name, int *length)
{
    return getsockname(s, name, length);
}

static int by_getpeername(SOCKET s, struct sockaddr *name, int *length)
{
    return getpeername(s, name, length);
}

static int by_recvfrom(SOCKET s, struct sockaddr *name, int *length)
{
    char byte;
    return recvfrom(s, &byte, 1, 0, name, length) == 1 ? 0 : SOCKET_ERROR;
}

static int by_wsarecvfrom(SOCKET s, struct sockaddr *name, int *length)
{
    char byte;
    WSABUF buffer = {.len = 1, .buf = &byte};
    DWORD got = 0, flags = 0;
    return WSARecvFrom(s, &buffer, 1, &got, &flags, name, length, NULL, NULL);
}

static const struct {
    struct row row;
    SOCKET (*set_up)(int);
    int (*tell)(SOCKET, struct sockaddr *, int *);
} tellers[] = {
    {{"accept", "winsock.name_length.accept"}, called, by_accept},
    {{"wsaaccept", "winsock.name_length.wsaaccept"}, called, by_wsaaccept},
    {{"getsockname", "winsock.name_length.getsockname"}, connected, by_getsockname},
    {{"getpeername", "winsock.name_length.getpeername"}, connected, by_getpeername},
    {{"peer_of_datagrams", "winsock.name_length.getpeername"},
     connected_for_datagrams,
     by_getpeername},
    {{"recvfrom", "winsock.name_length.recvfrom"}, sent_to, by_recvfrom},
    {{"wsarecvfrom", "winsock.name_length.wsarecvfrom"}, sent_to, by_wsarecvfrom},
};

static void stores_the_length(unsigned i, int family)
{
    winsock_start();
    SOCKET s = tellers[i].set_up(family);
    struct sockaddr_storage name = {0};
    int length = sizeof(name);

    int result = tellers[i].tell(s, (struct sockaddr *)&name, &length);

    expect_socket_succeeded(result);
    expect_number(name.ss_family, family);
    expect_number(length, size_of(family));
}

START_TEST(more_room_than_a_name_of_ipv4)
{
    stores_the_length((unsigned)_i, AF_INET);
}
END_TEST
COVERS_ROWS(more_room_than_a_name_of_ipv4, tellers);

START_TEST(more_room_than_a_name_of_ipv6)
{
    stores_the_length((unsigned)_i, AF_INET6);
}
END_TEST
COVERS_ROWS(more_room_than_a_name_of_ipv6, tellers);

static const struct {
    struct row row;
    SOCKET (*set_up)(int);
    int (*tell)(SOCKET, struct sockaddr *, int *);
} refusers[] = {
    {{"accept", "winsock.name_room.accept"}, called, by_accept},
    {{"wsaaccept", "winsock.name_room.wsaaccept"}, called, by_wsaaccept},
    {{"getsockname", "winsock.name_room.getsockname"}, connected, by_getsockname},
    {{"getpeername", "winsock.name_room.getpeername"}, connected, by_getpeername},
    {{"recvfrom", "winsock.name_room.recvfrom"}, sent_to, by_recvfrom},
    {{"wsarecvfrom", "winsock.name_room.wsarecvfrom"}, sent_to, by_wsarecvfrom},
};

START_TEST(room_for_ipv4_alone)
{
    winsock_start();
    SOCKET s = refusers[_i].set_up(AF_INET6), other = refusers[_i].set_up(AF_INET6);
    struct sockaddr_in6 name;
    int length = sizeof(struct sockaddr_in);

    int result = refusers[_i].tell(s, (struct sockaddr *)&name, &length);

    expect_socket_failed(result, WSAEFAULT);
    length = sizeof(name);
    expect_socket_succeeded(refusers[_i].tell(other, (struct sockaddr *)&name, &length));
}
END_TEST
COVERS_ROWS(room_for_ipv4_alone, refusers);

/* Less room than a name of IPv6 needs, and more than one of IPv4. */
static const struct {
    struct row row;
    SOCKET (*set_up)(int);
    int (*tell)(SOCKET, struct sockaddr *, int *);
} rooms[] = {
    {{"accept", NULL}, called, by_accept},
    {{"wsaaccept", NULL}, called, by_wsaaccept},
    {{"getsockname", NULL}, connected, by_getsockname},
    {{"getpeername", NULL}, connected, by_getpeername},
    {{"recvfrom", NULL}, sent_to, by_recvfrom},
    {{"wsarecvfrom", NULL}, sent_to, by_wsarecvfrom},
};

static void refuses_room(unsigned i, int room)
{
    winsock_start();
    SOCKET s = rooms[i].set_up(AF_INET6), other = rooms[i].set_up(AF_INET6);
    struct sockaddr_in6 names[2];
    int length = room;
    memset(names, 0x5A, sizeof(names));

    int result = rooms[i].tell(s, (struct sockaddr *)names, &length);

    expect_socket_failed(result, WSAEFAULT);
    expect_filled((char *)names + room, 0x5A, sizeof(names) - (size_t)room);
    length = sizeof(names[0]);
    expect_socket_succeeded(rooms[i].tell(other, (struct sockaddr *)names, &length));
}

START_TEST(room_without_the_scope)
{
    refuses_room((unsigned)_i, offsetof(struct sockaddr_in6, sin6_scope_id));
}
END_TEST
COVERS_ROWS(room_without_the_scope, rooms, "winsock.name_room.no_scope");

START_TEST(room_of_a_byte_less)
{
    refuses_room((unsigned)_i, sizeof(struct sockaddr_in6) - 1);
}
END_TEST
COVERS_ROWS(room_of_a_byte_less, rooms, "winsock.name_room.byte_less");

/* ---- What is behind the source of a datagram */

static const struct {
    struct row row;
    int (*receive)(SOCKET, struct sockaddr *, int *);
} receivers[] = {
    {{"recvfrom", "winsock.name_length.behind_recvfrom"}, by_recvfrom},
    {{"wsarecvfrom", "winsock.name_length.behind_wsarecvfrom"}, by_wsarecvfrom},
};

static void leaves_what_is_behind(unsigned i, int family)
{
    winsock_start();
    SOCKET s = sent_to(family);
    struct sockaddr_storage names[4];
    int length = sizeof(names), size = size_of(family);
    memset(names, 0x5A, sizeof(names));

    int result = receivers[i].receive(s, (struct sockaddr *)names, &length);

    expect_socket_succeeded(result);
    expect_number(names[0].ss_family, family);
    expect_filled((char *)names + size, 0x5A, sizeof(names) - (size_t)size);
}

START_TEST(behind_a_source_of_ipv4)
{
    leaves_what_is_behind((unsigned)_i, AF_INET);
}
END_TEST
COVERS_ROWS(behind_a_source_of_ipv4, receivers);

START_TEST(behind_a_source_of_ipv6)
{
    leaves_what_is_behind((unsigned)_i, AF_INET6);
}
END_TEST
COVERS_ROWS(behind_a_source_of_ipv6, receivers);

START_TEST(behind_the_source_of_a_pending_receive)
{
    static struct sockaddr_storage names[4];
    static int length = sizeof(names);
    static WSAOVERLAPPED operation;
    static char byte;
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSABUF buffer = {.len = 1, .buf = &byte};
    DWORD flags = 0;
    memset(names, 0x5A, sizeof(names));
    operation.hEvent = event_create();

    int result = WSARecvFrom(s, &buffer, 1, NULL, &flags, (struct sockaddr *)names, &length,
                             &operation, NULL);

    expect_socket_failed(result, WSA_IO_PENDING);
    send_datagram(s, s, "x");
    expect_signaled(operation.hEvent);
    expect_number(names[0].ss_family, AF_INET);
    expect_filled((char *)names + sizeof(struct sockaddr_in), 0x5A,
                  sizeof(names) - sizeof(struct sockaddr_in));
}
END_TEST
COVERS(behind_the_source_of_a_pending_receive, "winsock.name_length.behind_pending");

/* ---- What is given a name */

static int of_bind(struct sockaddr_in6 *name, int length)
{
    SOCKET s = socket(AF_INET6, SOCK_STREAM, 0);
    require(s != INVALID_SOCKET);
    name->sin6_port = 0;
    return bind(s, (struct sockaddr *)name, length);
}

static int of_connect(struct sockaddr_in6 *name, int length)
{
    return connect(bound(AF_INET6, SOCK_DGRAM), (struct sockaddr *)name, length);
}

static int of_sendto(struct sockaddr_in6 *name, int length)
{
    SOCKET s = bound(AF_INET6, SOCK_DGRAM);
    return sendto(s, "x", 1, 0, (struct sockaddr *)name, length) == 1 ? 0 : SOCKET_ERROR;
}

static int of_wsasendto(struct sockaddr_in6 *name, int length)
{
    SOCKET s = bound(AF_INET6, SOCK_DGRAM);
    WSABUF buffer = {.len = 1, .buf = (char *)"x"};
    DWORD sent;
    return WSASendTo(s, &buffer, 1, &sent, 0, (struct sockaddr *)name, length, NULL, NULL);
}

static const struct {
    struct row row;
    int (*give)(struct sockaddr_in6 *, int);
} takers[] = {
    {{"bind", "winsock.name_given.bind"}, of_bind},
    {{"connect", "winsock.name_given.connect"}, of_connect},
    {{"sendto", "winsock.name_given.sendto"}, of_sendto},
    {{"wsasendto", "winsock.name_given.wsasendto"}, of_wsasendto},
};

START_TEST(length_of_ipv4)
{
    winsock_start();
    struct sockaddr_in6 name = own_name(bound(AF_INET6, SOCK_DGRAM));

    int result = takers[_i].give(&name, sizeof(struct sockaddr_in));

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(takers[_i].give(&name, sizeof(name)));
}
END_TEST
COVERS_ROWS(length_of_ipv4, takers);

static const struct {
    struct row row;
    int (*give)(struct sockaddr_in6 *, int);
} givers[] = {
    {{"bind", NULL}, of_bind},
    {{"connect", NULL}, of_connect},
    {{"sendto", NULL}, of_sendto},
    {{"wsasendto", NULL}, of_wsasendto},
};

START_TEST(name_without_the_scope)
{
    winsock_start();
    struct sockaddr_in6 name = own_name(bound(AF_INET6, SOCK_DGRAM));

    int result = givers[_i].give(&name, offsetof(struct sockaddr_in6, sin6_scope_id));

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(givers[_i].give(&name, sizeof(name)));
}
END_TEST
COVERS_ROWS(name_without_the_scope, givers, "winsock.name_given.no_scope");

START_TEST(name_of_a_byte_less)
{
    winsock_start();
    struct sockaddr_in6 name = own_name(bound(AF_INET6, SOCK_DGRAM));

    int result = givers[_i].give(&name, sizeof(name) - 1);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(givers[_i].give(&name, sizeof(name)));
}
END_TEST
COVERS_ROWS(name_of_a_byte_less, givers, "winsock.name_given.byte_less");
