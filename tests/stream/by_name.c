/* WSAConnectByName: what it may be given, in both its forms, and what it tells. */
#include "winsock/winsock.h"

#include <mswsock.h>
#include <stdio.h>
#include <wchar.h>

static char ansi_node[] = "127.0.0.1";
static WCHAR node[] = L"127.0.0.1";

static WCHAR *port_of(SOCKET s)
{
    static WCHAR text[8];
    swprintf(text, 8, L"%u", socket_port(s));
    return text;
}

static char *ansi_port_of(SOCKET s)
{
    static char text[8];
    snprintf(text, sizeof(text), "%u", socket_port(s));
    return text;
}

START_TEST(ansi_form_connects)
{
    optional_api(WSAConnectByNameA);
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM), listener = stream_listen();
    struct sockaddr_in remote = {0}, server = socket_name(listener);
    DWORD size = sizeof(remote);

    BOOL done = WSAConnectByNameA(s, ansi_node, ansi_port_of(listener), NULL, NULL, &size,
                                  (struct sockaddr *)&remote, NULL, NULL);

    expect_succeeded(done);
    expect_number(size, sizeof(remote));
    expect_bytes(&remote, &server, NAME_SIZE);
    send_all(s, "there", 5);
    expect_receives(stream_accept(listener), "there", 5);
}
END_TEST
COVERS(ansi_form_connects, "stream.connectbyname.ansi");

static const struct {
    struct row row;
    bool node, service, reserved;
} refusals[] = {
    {{"no_node", "stream.connectbyname.ansi_null_names_einval"}, false, true, false},
    {{"no_service", "stream.connectbyname.ansi_null_names_einval"}, true, false, false},
    {{"reserved_argument", "stream.connectbyname.ansi_reserved_einval"}, true, true, true},
};

START_TEST(ansi_form_fails_for)
{
    static WSAOVERLAPPED operation;
    optional_api(WSAConnectByNameA);
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    char *port = ansi_port_of(stream_listen());

    BOOL done = WSAConnectByNameA(s, refusals[_i].node ? ansi_node : NULL,
                                  refusals[_i].service ? port : NULL, NULL, NULL, NULL, NULL, NULL,
                                  refusals[_i].reserved ? &operation : NULL);

    expect_failed(done, WSAEINVAL);
    expect_succeeded(WSAConnectByNameA(s, ansi_node, port, NULL, NULL, NULL, NULL, NULL, NULL));
}
END_TEST
COVERS_ROWS(ansi_form_fails_for, refusals);

static const struct {
    struct row row;
    SOCKET s;
} strangers[] = {{{"invalid_socket", NULL}, INVALID_SOCKET}, {{"null", NULL}, 0}};

START_TEST(needs_a_socket_instead_of)
{
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET listener = stream_listen();

    BOOL done = WSAConnectByNameW(strangers[_i].s, node, port_of(listener), NULL, NULL, NULL, NULL,
                                  NULL, NULL);

    expect_failed(done, WSAENOTSOCK);
}
END_TEST
COVERS_ROWS(needs_a_socket_instead_of, strangers, "stream.connectbyname.notsock");

START_TEST(datagram_socket_cannot)
{
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), listener = stream_listen();
    struct sockaddr_in name;
    int length = sizeof(name);

    BOOL done = WSAConnectByNameW(s, node, port_of(listener), NULL, NULL, NULL, NULL, NULL, NULL);

    expect_failed_somehow(done);
    expect_socket_failed(getpeername(s, (struct sockaddr *)&name, &length), WSAENOTCONN);
}
END_TEST
COVERS(datagram_socket_cannot, "stream.connectbyname.dgram");

START_TEST(nobody_listens)
{
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM), silent = socket_bound(SOCK_STREAM);
    take_no_for_an_answer(s);

    BOOL done = WSAConnectByNameW(s, node, port_of(silent), NULL, NULL, NULL, NULL, NULL, NULL);

    expect_failed_somehow(done);
    expect_number(send(s, "x", 1, 0), SOCKET_ERROR);
}
END_TEST
COVERS(nobody_listens, "stream.connectbyname.failure");

START_TEST(more_room_than_is_needed)
{
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM), listener = stream_listen();
    struct sockaddr_storage local, remote;
    DWORD local_size = sizeof(local), remote_size = sizeof(remote);

    BOOL done =
        WSAConnectByNameW(s, node, port_of(listener), &local_size, (struct sockaddr *)&local,
                          &remote_size, (struct sockaddr *)&remote, NULL, NULL);

    expect_succeeded(done);
    expect_number(local_size, sizeof(struct sockaddr_in));
    expect_number(remote_size, sizeof(struct sockaddr_in));
}
END_TEST
COVERS(more_room_than_is_needed, "stream.connectbyname.lengths_out");

START_TEST(within_a_time)
{
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM), listener = stream_listen();
    TIMEVAL limit = select_limit();

    BOOL done = WSAConnectByNameW(s, node, port_of(listener), NULL, NULL, NULL, NULL, &limit, NULL);

    expect_succeeded(done);
    expect_number(send(s, "x", 1, 0), 1);
}
END_TEST
COVERS(within_a_time, "stream.connectbyname.time_out");

START_TEST(ipv4_by_a_dual_stack_socket)
{
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET s = socket(AF_INET6, SOCK_STREAM, 0), listener = stream_listen();
    DWORD off = 0;
    if (s == INVALID_SOCKET)
        unsupported("no IPv6 on this machine");
    require(setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&off, sizeof(off)) == 0);

    BOOL done = WSAConnectByNameW(s, node, port_of(listener), NULL, NULL, NULL, NULL, NULL, NULL);

    expect_succeeded(done);
    send_all(s, "there", 5);
    expect_receives(stream_accept(listener), "there", 5);
}
END_TEST
COVERS(ipv4_by_a_dual_stack_socket, "stream.connectbyname.dual_stack");

START_TEST(bound_socket_keeps_its_port)
{
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET s = socket_bound(SOCK_STREAM), listener = stream_listen();
    unsigned port = socket_port(s);
    struct sockaddr_in from;
    int length = sizeof(from);

    BOOL done = WSAConnectByNameW(s, node, port_of(listener), NULL, NULL, NULL, NULL, NULL, NULL);

    expect_succeeded(done);
    wait_readable(listener);
    require(accept(listener, (struct sockaddr *)&from, &length) != INVALID_SOCKET);
    expect_number(ntohs(from.sin_port), port);
}
END_TEST
COVERS(bound_socket_keeps_its_port, "stream.connectbyname.bound_socket");
