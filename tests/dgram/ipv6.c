/* Datagrams of IPv6: peers, sizes, and what is refused, by each function that sends or receives. */
#include "winsock/ipv6.h"

static char bytes[65536];

/* A datagram socket, and one that is connected to it. */
static SOCKET connected_to(SOCKET peer)
{
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM);
    require(connect_by_ipv6(s, name_of_ipv6(peer)) == 0);
    return s;
}

/* ---- Peers ---- */

START_TEST(send_goes_to_the_peer)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM), peer = bound_to_ipv6(SOCK_DGRAM);
    struct sockaddr_in6 name = name_of_ipv6(peer), told;
    int length = sizeof(told);

    int result = connect_by_ipv6(s, name);

    expect_socket_succeeded(result);
    expect_socket_succeeded(getpeername(s, (struct sockaddr *)&told, &length));
    expect_number(told.sin6_port, name.sin6_port);
    expect_bytes(&told.sin6_addr, &name.sin6_addr, sizeof(name.sin6_addr));
    expect_true(name_of_ipv6(s).sin6_port != 0);
    send_all(s, "hello", 5);
    expect_datagram(peer, "hello");
}
END_TEST
COVERS(send_goes_to_the_peer, "dgram.ipv6.default_dest");

START_TEST(others_are_not_heard)
{
    winsock_start();
    SOCKET s = bound_to_ipv6(SOCK_DGRAM);
    SOCKET peer = bound_to_ipv6(SOCK_DGRAM), intruder = bound_to_ipv6(SOCK_DGRAM);

    int result = connect_by_ipv6(s, name_of_ipv6(peer));

    expect_socket_succeeded(result);
    send_by_ipv6(intruder, s, "intruder");
    send_by_ipv6(peer, s, "peer");
    expect_datagram(s, "peer");
}
END_TEST
COVERS(others_are_not_heard, "dgram.ipv6.filter");

START_TEST(connecting_again_changes_the_peer)
{
    winsock_start();
    SOCKET first = bound_to_ipv6(SOCK_DGRAM), second = bound_to_ipv6(SOCK_DGRAM);
    SOCKET s = connected_to(first);
    unsigned port = name_of_ipv6(s).sin6_port;

    int result = connect_by_ipv6(s, name_of_ipv6(second));

    expect_socket_succeeded(result);
    expect_number(name_of_ipv6(s).sin6_port, port);
    send_all(s, "second", 6);
    expect_datagram(second, "second");
    send_by_ipv6(first, s, "first");
    send_by_ipv6(second, s, "answer");
    expect_datagram(s, "answer");
}
END_TEST
COVERS(connecting_again_changes_the_peer, "dgram.ipv6.reconnect");

START_TEST(zeros_take_the_peer_away)
{
    winsock_start();
    SOCKET peer = bound_to_ipv6(SOCK_DGRAM), s = connected_to(peer);
    struct sockaddr_in6 none = {.sin6_family = AF_UNSPEC}, told;
    int length = sizeof(told);

    int result = connect(s, (struct sockaddr *)&none, sizeof(none));

    expect_socket_succeeded(result);
    expect_socket_failed(getpeername(s, (struct sockaddr *)&told, &length), WSAENOTCONN);
    send_by_ipv6(s, peer, "hello");
    expect_datagram(peer, "hello");
}
END_TEST
COVERS(zeros_take_the_peer_away, "dgram.ipv6.zero_name");

START_TEST(zeros_of_the_length_of_ipv4)
{
    winsock_start();
    SOCKET peer = bound_to_ipv6(SOCK_DGRAM), s = connected_to(peer);
    struct sockaddr_in none = {.sin_family = AF_UNSPEC};

    int result = connect(s, (struct sockaddr *)&none, sizeof(none));

    expect_socket_failed(result, WSAEFAULT);
    send_all(s, "hello", 5);
    expect_datagram(peer, "hello");
}
END_TEST
COVERS(zeros_of_the_length_of_ipv4, "dgram.ipv6.short_zero_name");

/* ---- Functions that send ---- */

static int by_send(SOCKET s, SOCKET to, int size)
{
    (void)to;
    return send(s, bytes, size, 0);
}

static int by_sendto(SOCKET s, SOCKET to, int size)
{
    struct sockaddr_in6 name = name_of_ipv6(to);
    return sendto(s, bytes, size, 0, (struct sockaddr *)&name, sizeof(name));
}

static int by_wsasend(SOCKET s, SOCKET to, int size)
{
    (void)to;
    WSABUF buffer = {.len = (ULONG)size, .buf = bytes};
    DWORD sent = 0;
    return WSASend(s, &buffer, 1, &sent, 0, NULL, NULL) == 0 ? (int)sent : SOCKET_ERROR;
}

static int by_wsasendto(SOCKET s, SOCKET to, int size)
{
    struct sockaddr_in6 name = name_of_ipv6(to);
    WSABUF buffer = {.len = (ULONG)size, .buf = bytes};
    DWORD sent = 0;
    int result =
        WSASendTo(s, &buffer, 1, &sent, 0, (struct sockaddr *)&name, sizeof(name), NULL, NULL);
    return result == 0 ? (int)sent : SOCKET_ERROR;
}

static const struct sending {
    struct row row;
    int (*send)(SOCKET, SOCKET to, int size);
    bool to_a_peer;
} sendings[] = {
    {{"send", NULL}, by_send, true},
    {{"sendto", NULL}, by_sendto, false},
    {{"wsasend", NULL}, by_wsasend, true},
    {{"wsasendto", NULL}, by_wsasendto, false},
};

static SOCKET sender_for(const struct sending *row, SOCKET receiver)
{
    return row->to_a_peer ? connected_to(receiver) : bound_to_ipv6(SOCK_DGRAM);
}

START_TEST(no_bytes_by)
{
    winsock_start();
    SOCKET receiver = bound_to_ipv6(SOCK_DGRAM), s = sender_for(&sendings[_i], receiver);

    int sent = sendings[_i].send(s, receiver, 0);

    expect_socket_succeeded(sent);
    expect_number(sent, 0);
    send_by_ipv6(s, receiver, "next");
    expect_datagram(receiver, "");
    expect_datagram(receiver, "next");
}
END_TEST
COVERS_ROWS(no_bytes_by, sendings, "dgram.ipv6.send_empty");

/* A datagram of UDP has 65535 bytes with its header of 8. */
START_TEST(a_byte_too_much_by)
{
    winsock_start();
    SOCKET receiver = bound_to_ipv6(SOCK_DGRAM), s = sender_for(&sendings[_i], receiver);

    int sent = sendings[_i].send(s, receiver, 65528);

    expect_socket_failed(sent, WSAEMSGSIZE);
    send_by_ipv6(s, receiver, "next");
    expect_datagram(receiver, "next");
}
END_TEST
COVERS_ROWS(a_byte_too_much_by, sendings, "dgram.ipv6.emsgsize");

START_TEST(after_shutdown_by)
{
    winsock_start();
    SOCKET receiver = bound_to_ipv6(SOCK_DGRAM), s = sender_for(&sendings[_i], receiver);
    expect_number(sendings[_i].send(s, receiver, 1), 1);
    require(shutdown(s, SD_SEND) == 0);

    int sent = sendings[_i].send(s, receiver, 1);

    expect_socket_failed(sent, WSAESHUTDOWN);
}
END_TEST
COVERS_ROWS(after_shutdown_by, sendings, "dgram.ipv6.send_shutdown");

static const struct sending overrides[] = {
    {{"sendto", NULL}, by_sendto, false},
    {{"wsasendto", NULL}, by_wsasendto, false},
};

START_TEST(another_than_the_peer_by)
{
    winsock_start();
    SOCKET peer = bound_to_ipv6(SOCK_DGRAM), other = bound_to_ipv6(SOCK_DGRAM);
    SOCKET s = connected_to(peer);

    int sent = overrides[_i].send(s, other, 0);

    expect_socket_succeeded(sent);
    send_all(s, "peer", 4);
    expect_datagram(other, "");
    expect_datagram(peer, "peer");
}
END_TEST
COVERS_ROWS(another_than_the_peer_by, overrides, "dgram.ipv6.override_peer");

static const struct sending without_a_peer[] = {
    {{"send", NULL}, by_send, true},
    {{"wsasend", NULL}, by_wsasend, true},
};

START_TEST(no_peer_by)
{
    winsock_start();
    SOCKET s = bound_to_ipv6(SOCK_DGRAM), peer = bound_to_ipv6(SOCK_DGRAM);

    int sent = without_a_peer[_i].send(s, peer, 1);

    expect_socket_failed(sent, WSAENOTCONN);
    require(connect_by_ipv6(s, name_of_ipv6(peer)) == 0);
    expect_number(without_a_peer[_i].send(s, peer, 1), 1);
}
END_TEST
COVERS_ROWS(no_peer_by, without_a_peer, "dgram.ipv6.send_unconnected");

/* ---- Functions that receive ---- */

static int by_recv(SOCKET s, char *buffer, int size, int flags)
{
    return recv(s, buffer, size, flags);
}

static int by_recvfrom(SOCKET s, char *buffer, int size, int flags)
{
    return recvfrom(s, buffer, size, flags, NULL, NULL);
}

static int by_wsarecv(SOCKET s, char *buffer, int size, int flags)
{
    WSABUF room = {.len = (ULONG)size, .buf = buffer};
    DWORD got = 0, in = (DWORD)flags;
    return WSARecv(s, &room, 1, &got, &in, NULL, NULL) == 0 ? (int)got : SOCKET_ERROR;
}

static int by_wsarecvfrom(SOCKET s, char *buffer, int size, int flags)
{
    WSABUF room = {.len = (ULONG)size, .buf = buffer};
    DWORD got = 0, in = (DWORD)flags;
    int result = WSARecvFrom(s, &room, 1, &got, &in, NULL, NULL, NULL, NULL);
    return result == 0 ? (int)got : SOCKET_ERROR;
}

static const struct {
    struct row row;
    int (*receive)(SOCKET, char *, int size, int flags);
} receivings[] = {
    {{"recv", NULL}, by_recv},
    {{"recvfrom", NULL}, by_recvfrom},
    {{"wsarecv", NULL}, by_wsarecv},
    {{"wsarecvfrom", NULL}, by_wsarecvfrom},
};

START_TEST(too_little_room_of)
{
    winsock_start();
    SOCKET s = bound_to_ipv6(SOCK_DGRAM);
    char part[4];
    send_by_ipv6(s, s, "0123456789");
    send_by_ipv6(s, s, "next");

    int got = receivings[_i].receive(s, part, sizeof(part), 0);

    expect_socket_failed(got, WSAEMSGSIZE);
    expect_bytes(part, "0123", 4);
    expect_datagram(s, "next");
}
END_TEST
COVERS_ROWS(too_little_room_of, receivings, "dgram.ipv6.truncation");

START_TEST(look_by)
{
    winsock_start();
    SOCKET s = bound_to_ipv6(SOCK_DGRAM);
    char buffer[16];
    send_by_ipv6(s, s, "first");
    send_by_ipv6(s, s, "second");

    int got = receivings[_i].receive(s, buffer, sizeof(buffer), MSG_PEEK);

    expect_socket_succeeded(got);
    expect_number(got, 5);
    expect_bytes(buffer, "first", 5);
    expect_datagram(s, "first");
    expect_datagram(s, "second");
}
END_TEST
COVERS_ROWS(look_by, receivings, "dgram.ipv6.peek");

START_TEST(one_datagram_by)
{
    winsock_start();
    SOCKET s = bound_to_ipv6(SOCK_DGRAM);
    char buffer[16];
    send_by_ipv6(s, s, "first");
    send_by_ipv6(s, s, "second");

    int got = receivings[_i].receive(s, buffer, sizeof(buffer), 0);

    expect_socket_succeeded(got);
    expect_number(got, 5);
    expect_datagram(s, "second");
}
END_TEST
COVERS_ROWS(one_datagram_by, receivings, "dgram.ipv6.one_message");

START_TEST(nothing_waits_for)
{
    winsock_start();
    SOCKET s = bound_to_ipv6(SOCK_DGRAM);
    char buffer[16];
    set_nonblocking(s, true);

    int got = receivings[_i].receive(s, buffer, sizeof(buffer), 0);

    expect_socket_failed(got, WSAEWOULDBLOCK);
    send_by_ipv6(s, s, "hello");
    wait_readable(s);
    expect_number(receivings[_i].receive(s, buffer, sizeof(buffer), 0), 5);
}
END_TEST
COVERS_ROWS(nothing_waits_for, receivings, "dgram.ipv6.ewouldblock");

START_TEST(received_after_shutdown_by)
{
    winsock_start();
    SOCKET s = bound_to_ipv6(SOCK_DGRAM);
    char buffer[16];
    require(shutdown(s, SD_RECEIVE) == 0);

    int got = receivings[_i].receive(s, buffer, sizeof(buffer), 0);

    expect_socket_failed(got, WSAESHUTDOWN);
}
END_TEST
COVERS_ROWS(received_after_shutdown_by, receivings, "dgram.ipv6.receive_shutdown");

/* What the system writes to while an operation is pending, even after a test has failed. */
static struct sockaddr_in6 source;
static int source_length = sizeof(source);
static char received[16];
static OVERLAPPED receiving;

START_TEST(source_of_a_pending_receive)
{
    winsock_start();
    SOCKET s = bound_to_ipv6(SOCK_DGRAM), sender = bound_to_ipv6(SOCK_DGRAM);
    struct sockaddr_in6 name = name_of_ipv6(sender);
    WSABUF room = {.len = sizeof(received), .buf = received};
    DWORD flags = 0, got = 0;
    receiving.hEvent = event_create();

    int result = WSARecvFrom(s, &room, 1, NULL, &flags, (struct sockaddr *)&source, &source_length,
                             &receiving, NULL);

    expect_socket_failed(result, WSA_IO_PENDING);
    send_by_ipv6(sender, s, "hello");
    expect_signaled(receiving.hEvent);
    expect_succeeded(WSAGetOverlappedResult(s, &receiving, &got, FALSE, &flags));
    expect_number(got, 5);
    expect_number(source_length, sizeof(source));
    expect_number(source.sin6_port, name.sin6_port);
    expect_bytes(&source.sin6_addr, &name.sin6_addr, sizeof(name.sin6_addr));
}
END_TEST
COVERS(source_of_a_pending_receive, "dgram.ipv6.source_at_completion");
