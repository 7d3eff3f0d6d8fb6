/* What cannot be an address: of every function that takes one, or stores one. */
#include "message.h"

#define NOWHERE ((void *)(UINT_PTR)1)

struct target {
    struct sockaddr *name;
    int size;
};

static int to_bind(SOCKET s, struct target to)
{
    return bind(s, to.name, to.size);
}

static int to_connect(SOCKET s, struct target to)
{
    return connect(s, to.name, to.size);
}

static int to_wsaconnect(SOCKET s, struct target to)
{
    return WSAConnect(s, to.name, to.size, NULL, NULL, NULL, NULL);
}

static int to_sendto(SOCKET s, struct target to)
{
    return sendto(s, "hello", 5, 0, to.name, to.size);
}

static int to_wsasendto(SOCKET s, struct target to)
{
    WSABUF buffer = {.len = 5, .buf = (char *)"hello"};
    DWORD sent = 0;
    return WSASendTo(s, &buffer, 1, &sent, 0, to.name, to.size, NULL, NULL);
}

static int to_wsasendmsg(SOCKET s, struct target to)
{
    WSABUF buffer = {.len = 5, .buf = (char *)"hello"};
    WSAMSG message = {
        .name = to.name, .namelen = to.size, .lpBuffers = &buffer, .dwBufferCount = 1};
    DWORD sent = 0;
    return send_message(s)(s, &message, 0, &sent, NULL, NULL);
}

static const struct {
    struct row row;
    int (*call)(SOCKET, struct target);
    void *name; /* NULL, or NOWHERE */
} no_names[] = {
    {{"bind_null", "dgram.bind.bad_name"}, to_bind, NULL},
    {{"bind_nowhere", "dgram.bind.bad_name"}, to_bind, NOWHERE},
    {{"connect_null", "dgram.connect.bad_name"}, to_connect, NULL},
    {{"connect_nowhere", "dgram.connect.bad_name"}, to_connect, NOWHERE},
    {{"wsaconnect_null", "dgram.wsaconnect.bad_name"}, to_wsaconnect, NULL},
    {{"wsaconnect_nowhere", "dgram.wsaconnect.bad_name"}, to_wsaconnect, NOWHERE},
    {{"sendto_nowhere", "dgram.sendto.bad_pointer"}, to_sendto, NOWHERE},
    {{"wsasendto_nowhere", "dgram.wsasendto.bad_name"}, to_wsasendto, NOWHERE},
    {{"wsasendmsg_null", "dgram.wsasendmsg.null_name_of_a_size"}, to_wsasendmsg, NULL},
};

START_TEST(not_in_memory)
{
    winsock_start();
    SOCKET s = no_names[_i].call == to_bind ? socket_open(SOCK_DGRAM) : socket_bound(SOCK_DGRAM);
    SOCKET other = socket_bound(SOCK_DGRAM);
    struct target to = {no_names[_i].name, sizeof(struct sockaddr_in)};

    int result = no_names[_i].call(s, to);

    expect_socket_failed(result, WSAEFAULT);
    struct sockaddr_in name = loopback(0);
    if (no_names[_i].call == to_bind) /* which it still can be */
        expect_socket_succeeded(bind(s, (struct sockaddr *)&name, sizeof(name)));
    send_datagram(other, s, "next");
    expect_datagram(s, "next");
}
END_TEST
COVERS_ROWS(not_in_memory, no_names);

static const struct {
    struct row row;
    int (*call)(SOCKET, struct target);
} short_names[] = {
    {{"bind", "dgram.bind.short_name"}, to_bind},
    {{"connect", "dgram.connect.short_name"}, to_connect},
    {{"wsaconnect", "dgram.wsaconnect.short_name"}, to_wsaconnect},
    {{"wsasendto", "dgram.wsasendto.short_name"}, to_wsasendto},
};

START_TEST(one_byte_short)
{
    winsock_start();
    SOCKET other = socket_bound(SOCK_DGRAM), s = socket_open(SOCK_DGRAM);
    struct sockaddr_in name = loopback(short_names[_i].call == to_bind ? 0 : socket_port(other));
    struct target to = {(struct sockaddr *)&name, sizeof(name) - 1};

    int result = short_names[_i].call(s, to);

    expect_socket_failed(result, WSAEFAULT);
    to.size++;
    expect_socket_succeeded(short_names[_i].call(s, to));
}
END_TEST
COVERS_ROWS(one_byte_short, short_names);

START_TEST(bind_to_another_family)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    struct sockaddr_in name = loopback(0);
    name.sin_family = 0x4D2;

    int result = bind(s, (struct sockaddr *)&name, sizeof(name));

    char text[80];
    DWORD error = GetLastError();
    expect_number(result, SOCKET_ERROR);
    record("binding to another family", "%s", error_text(error, text, sizeof(text)));
    name.sin_family = AF_INET;
    expect_socket_succeeded(bind(s, (struct sockaddr *)&name, sizeof(name)));
}
END_TEST
COVERS(bind_to_another_family, "dgram.bind.family_mismatch");

/* 203.0.113.1 is for documentation, and nobody's. */
START_TEST(bind_to_a_foreign_address)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    struct sockaddr_in name = loopback(0);
    name.sin_addr.s_addr = htonl(0xCB007101);

    int result = bind(s, (struct sockaddr *)&name, sizeof(name));

    expect_socket_failed(result, WSAEADDRNOTAVAIL);
}
END_TEST
COVERS(bind_to_a_foreign_address, "dgram.bind.not_local");

/* ---- Room for an address */

static int from_recvfrom(SOCKET s, void *name, int *size)
{
    char byte;
    return recvfrom(s, &byte, 1, 0, name, size);
}

static int from_wsarecvfrom(SOCKET s, void *name, int *size)
{
    char byte;
    WSABUF buffer = {.len = 1, .buf = &byte};
    DWORD got = 0, flags = 0;
    return WSARecvFrom(s, &buffer, 1, &got, &flags, name, size, NULL, NULL);
}

static int from_getsockname(SOCKET s, void *name, int *size)
{
    return getsockname(s, name, size);
}

static int from_getpeername(SOCKET s, void *name, int *size)
{
    return getpeername(s, name, size);
}

static const struct {
    struct row row;
    int (*call)(SOCKET, void *, int *);
} rooms[] = {
    {{"recvfrom", "dgram.recvfrom.bad_from"}, from_recvfrom},
    {{"wsarecvfrom", "dgram.wsarecvfrom.bad_from"}, from_wsarecvfrom},
    {{"getsockname", "dgram.getsockname.bad_name"}, from_getsockname},
    {{"getpeername", "dgram.getpeername.bad_name"}, from_getpeername},
};

START_TEST(no_room_for_an_address)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in own = socket_name(s);
    int size = sizeof(own);
    require(connect(s, (struct sockaddr *)&own, sizeof(own)) == 0);
    send_datagram(s, s, "x");
    wait_readable(s);

    int result = rooms[_i].call(s, NOWHERE, &size);

    expect_socket_failed(result, WSAEFAULT);
    expect_number(size, sizeof(own));
}
END_TEST
COVERS_ROWS(no_room_for_an_address, rooms);
