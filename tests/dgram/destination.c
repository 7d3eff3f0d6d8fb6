/* sendto and WSASendTo: flags, the destination that is missing, and the name that sending gives. */
#include "overlapped.h"
#include "winsock/option.h"

static int by_sendto(SOCKET s, const void *name, int size, int flags)
{
    return sendto(s, "hello", 5, flags, name, size);
}

static int by_wsasendto(SOCKET s, const void *name, int size, int flags)
{
    WSABUF buffer = {.len = 5, .buf = (char *)"hello"};
    DWORD sent = 99;
    int result = WSASendTo(s, &buffer, 1, &sent, (DWORD)flags, name, size, NULL, NULL);
    return result ? result : (int)sent;
}

struct sender {
    struct row row;
    int (*send)(SOCKET, const void *, int, int);
};

/* ---- Flags */

static const struct sender without_routing[] = {
    {{"sendto", "dgram.sendto.dontroute"}, by_sendto},
    {{"wsasendto", "dgram.wsasendto.dontroute"}, by_wsasendto},
};

START_TEST(without_routes)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);

    int sent = without_routing[_i].send(s, &to, sizeof(to), MSG_DONTROUTE);

    expect_socket_succeeded(sent);
    expect_number(sent, 5);
    expect_datagram(receiver, "hello");
}
END_TEST
COVERS_ROWS(without_routes, without_routing);

START_TEST(urgent_datagram)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);

    int sent = by_wsasendto(s, &to, sizeof(to), MSG_OOB);

    expect_failed_somehow(sent != SOCKET_ERROR);
    send_datagram(s, receiver, "next");
    expect_datagram(receiver, "next");
}
END_TEST
COVERS(urgent_datagram, "dgram.wsasendto.oob_dgram");

static const struct {
    struct row row;
    int (*send)(SOCKET, const void *, int, int);
    int flag;
} doubtful[] = {
    {{"part_of_a_datagram", "dgram.wsasendto.partial"}, by_wsasendto, MSG_PARTIAL},
    {{"unknown_flag", "dgram.sendto.unknown_flag"}, by_sendto, 0x4000},
};

START_TEST(flag)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(s);

    int sent = doubtful[_i].send(s, &to, sizeof(to), doubtful[_i].flag);

    record_outcome("sending", sent != SOCKET_ERROR);
}
END_TEST
COVERS_ROWS(flag, doubtful);

/* ---- Destinations */

static const struct sender to_the_peer[] = {
    {{"sendto", "dgram.sendto.null_to_connected"}, by_sendto},
    {{"wsasendto", "dgram.wsasendto.null_to_connected"}, by_wsasendto},
};

START_TEST(peer_without_a_name)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(peer);
    require(connect(s, (struct sockaddr *)&name, sizeof(name)) == 0);

    int sent = to_the_peer[_i].send(s, NULL, 0, 0);

    expect_socket_succeeded(sent);
    expect_number(sent, 5);
    expect_datagram(peer, "hello");
}
END_TEST
COVERS_ROWS(peer_without_a_name, to_the_peer);

static const struct sender to_nobody[] = {
    {{"sendto", "dgram.sendto.destaddrreq"}, by_sendto},
    {{"wsasendto", "dgram.wsasendto.destaddrreq"}, by_wsasendto},
};

START_TEST(neither_name_nor_peer)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    char text[80];

    int sent = to_nobody[_i].send(s, NULL, 0, 0);

    DWORD error = GetLastError();
    expect_socket_failed(sent, WSAEDESTADDRREQ, WSAENOTCONN);
    record("error", "%s", error_text(error, text, sizeof(text)));
}
END_TEST
COVERS_ROWS(neither_name_nor_peer, to_nobody);

START_TEST(nowhere)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(9)};
    char text[80];

    int sent = by_wsasendto(s, &name, sizeof(name), 0);

    DWORD error = GetLastError();
    expect_socket_failed(sent, WSAEADDRNOTAVAIL, WSAEDESTADDRREQ);
    record("error", "%s", error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(nowhere, "dgram.wsasendto.addr_any");

START_TEST(success_is_not_delivery)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), gone = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(gone);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);

    int sent = by_wsasendto(s, &to, sizeof(to), 0);

    expect_socket_succeeded(sent);
    expect_number(sent, 5);
}
END_TEST
COVERS(success_is_not_delivery, "dgram.wsasendto.success_not_delivery");

START_TEST(failure_tells_nothing_later)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(s);

    int result =
        WSASendTo(s, two, 2, NULL, 0, (struct sockaddr *)&to, sizeof(to) - 1, with_event(0), NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_not_signaled(operations[0].hEvent);
}
END_TEST
COVERS(failure_tells_nothing_later, "dgram.wsasendto.failure_no_indication");

/* ---- The name that sending gives */

static const struct {
    struct row row;
    int family;
    int (*send)(SOCKET, const void *, int, int);
} givers[] = {
    {{"sendto_ipv6", "dgram.sendto.implicit_bind_ipv6"}, AF_INET6, by_sendto},
    {{"wsasendto", "dgram.wsasendto.implicit_bind_wildcard"}, AF_INET, by_wsasendto},
    {{"wsasendto_ipv6", "dgram.wsasendto.implicit_bind_wildcard"}, AF_INET6, by_wsasendto},
};

START_TEST(first_send_gives_a_name)
{
    static const struct sockaddr_storage zeros;
    winsock_start();
    SOCKET s = socket_of(givers[_i].family, SOCK_DGRAM);
    SOCKET receiver = socket_of(givers[_i].family, SOCK_DGRAM);
    struct sockaddr_in here = loopback(0);
    struct sockaddr_in6 here6 = {.sin6_family = AF_INET6, .sin6_addr.s6_addr[15] = 1}, name = {0};
    bool old = givers[_i].family == AF_INET;
    int length = old ? sizeof(here) : sizeof(here6);
    require(bind(receiver, old ? (struct sockaddr *)&here : (struct sockaddr *)&here6, length) ==
            0);
    require(getsockname(receiver, (struct sockaddr *)&name, &length) == 0);

    int sent = givers[_i].send(s, &name, length, 0);

    expect_socket_succeeded(sent);
    expect_socket_succeeded(getsockname(s, (struct sockaddr *)&name, &length));
    expect_number(name.sin6_family, givers[_i].family);
    expect_true(name.sin6_port != 0);
    if (old)
        expect_bytes(&((struct sockaddr_in *)&name)->sin_addr, &zeros, sizeof(struct in_addr));
    else
        expect_bytes(&name.sin6_addr, &zeros, sizeof(struct in6_addr));
    expect_datagram(receiver, "hello");
}
END_TEST
COVERS_ROWS(first_send_gives_a_name, givers);

static const struct sender after_options[] = {
    {{"sendto", "dgram.sendto.bind_after_option"}, by_sendto},
    {{"wsasendto", "dgram.wsasendto.bind_after_option"}, by_wsasendto},
};

START_TEST(option_outlives_the_name)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);
    DWORD value;
    require(option_set(s, IPPROTO_IP, IP_TTL, 7) == 0);

    int sent = after_options[_i].send(s, &to, sizeof(to), 0);

    expect_socket_succeeded(sent);
    expect_true(socket_port(s) != 0);
    expect_socket_succeeded(option_get(s, IPPROTO_IP, IP_TTL, &value));
    expect_number(value, 7);
}
END_TEST
COVERS_ROWS(option_outlives_the_name, after_options);

START_TEST(connected_socket_has_a_whole_name)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(peer);
    require(connect(s, (struct sockaddr *)&to, sizeof(to)) == 0);

    int sent = by_wsasendto(s, NULL, 0, 0);

    expect_socket_succeeded(sent);
    expect_true(socket_port(s) != 0);
    expect_number(socket_name(s).sin_addr.s_addr, htonl(INADDR_LOOPBACK));
}
END_TEST
COVERS(connected_socket_has_a_whole_name, "dgram.wsasendto.connected_localname");
