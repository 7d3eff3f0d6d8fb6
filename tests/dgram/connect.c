/* What connect does to a datagram socket: a default destination, and a filter. */
#include "winsock/option.h"

static void connect_to(SOCKET s, SOCKET peer)
{
    struct sockaddr_in name = socket_name(peer);
    require(connect(s, (struct sockaddr *)&name, sizeof(name)) == 0);
}

START_TEST(send_goes_to_the_peer)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(peer), told;
    int length = sizeof(told);

    int result = connect(s, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
    expect_socket_succeeded(getpeername(s, (struct sockaddr *)&told, &length));
    expect_bytes(&told, &name, NAME_SIZE);
    expect_true(socket_port(s) != 0);
    send_all(s, "hello", 5);
    expect_datagram(peer, "hello");
}
END_TEST
COVERS(send_goes_to_the_peer, "dgram.connect.default_dest", "dgram.connect.implicit_bind");

/* Datagrams to one socket of one host queue in the order they were sent: an intruder's that is let
 * in comes first. */
START_TEST(others_are_not_heard)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    SOCKET peer = socket_bound(SOCK_DGRAM), intruder = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(peer);

    int result = connect(s, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
    send_datagram(intruder, s, "intruder");
    send_datagram(peer, s, "peer");
    expect_datagram(s, "peer");
}
END_TEST
COVERS(others_are_not_heard, "dgram.connect.filter_other_source",
       "dgram.connect.filter_same_ip_other_port");

START_TEST(connecting_again_changes_the_peer)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    SOCKET first = socket_bound(SOCK_DGRAM), second = socket_bound(SOCK_DGRAM);
    connect_to(s, first);
    unsigned port = socket_port(s);
    struct sockaddr_in name = socket_name(second);

    int result = connect(s, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
    expect_number(socket_port(s), port);
    send_all(s, "hello", 5);
    expect_datagram(second, "hello");
}
END_TEST
COVERS(connecting_again_changes_the_peer, "dgram.connect.reconnect");

START_TEST(sendto_overrides_the_peer_once)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    SOCKET peer = socket_bound(SOCK_DGRAM), other = socket_bound(SOCK_DGRAM);
    connect_to(s, peer);
    struct sockaddr_in to = socket_name(other);

    int sent = sendto(s, "other", 5, 0, (struct sockaddr *)&to, sizeof(to));

    expect_socket_succeeded(sent);
    expect_number(sent, 5);
    send_all(s, "peer", 4);
    expect_datagram(other, "other");
    expect_datagram(peer, "peer");
}
END_TEST
COVERS(sendto_overrides_the_peer_once, "dgram.sendto.override_peer");

START_TEST(send_needs_a_peer)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);

    int sent = send(s, "hello", 5, 0);

    expect_socket_failed(sent, WSAENOTCONN);
    connect_to(s, peer);
    expect_number(send(s, "hello", 5, 0), 5);
}
END_TEST
COVERS(send_needs_a_peer, "dgram.connect.send_unconnected");

START_TEST(unreachable_port_resets_the_next_receive)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    struct sockaddr_in nobody = unreachable_port();
    require(connect(s, (struct sockaddr *)&nobody, sizeof(nobody)) == 0);
    limit_receives(s, step_limit() / 10);
    send_all(s, "anybody?", 8);
    char byte;

    int got = recv(s, &byte, 1, 0);

    expect_socket_failed(got, WSAECONNRESET);
}
END_TEST
COVERS(unreachable_port_resets_the_next_receive, "dgram.connect.port_unreachable_send");

START_TEST(without_a_peer_again)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), first = socket_bound(SOCK_DGRAM),
           other = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(first), none = {.sin_family = AF_UNSPEC};
    unsigned port = socket_port(s);
    require(connect(s, (struct sockaddr *)&name, sizeof(name)) == 0);

    int result = connect(s, (struct sockaddr *)&none, sizeof(none));

    expect_socket_succeeded(result);
    expect_number(socket_port(s), port);
    struct sockaddr_in third = socket_name(other);
    expect_number(sendto(s, "out", 3, 0, (struct sockaddr *)&third, sizeof(third)), 3);
    expect_datagram(other, "out");
    struct sockaddr_in back = loopback(port);
    expect_number(sendto(other, "in", 2, 0, (struct sockaddr *)&back, sizeof(back)), 2);
    expect_datagram(s, "in");
}
END_TEST
COVERS(without_a_peer_again, "dgram.connect.zero_then_sendto");

static const struct {
    struct row row;
    unsigned port;
} zeros[] = {
    {{"without_a_port", NULL}, 0},
    {{"with_a_port", NULL}, 1},
};

START_TEST(zeros_of_its_family)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), first = socket_bound(SOCK_DGRAM);
    connect_to(s, first);
    struct sockaddr_in none = {.sin_family = AF_INET, .sin_port = htons((u_short)zeros[_i].port)};

    int result = connect(s, (struct sockaddr *)&none, sizeof(none));

    record_outcome("connecting to 0.0.0.0", result == 0);
    if (result == SOCKET_ERROR) {
        expect_socket_failed(result, WSAEADDRNOTAVAIL);
        return;
    }
    expect_number(result, 0);
    int length = sizeof(none);
    expect_socket_failed(getpeername(s, (struct sockaddr *)&none, &length), WSAENOTCONN);
}
END_TEST
COVERS_ROWS(zeros_of_its_family, zeros, "dgram.connect.zero_address");

START_TEST(another_peer_drops_what_waits)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    SOCKET first = socket_bound(SOCK_DGRAM), second = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(second);
    connect_to(s, first);
    send_datagram(first, s, "old");
    wait_readable(s);

    int result = connect(s, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
    send_datagram(second, s, "new");
    expect_datagram(s, "new");
}
END_TEST
COVERS(another_peer_drops_what_waits, "dgram.connect.reconnect_discards");

/* Connecting sends nothing. */
static int connect_to_everybody(SOCKET s)
{
    struct sockaddr_in name = loopback(9);
    name.sin_addr.s_addr = htonl(INADDR_BROADCAST);
    return connect(s, (struct sockaddr *)&name, sizeof(name));
}

START_TEST(everybody_without_leave)
{
    winsock_start();
    needs_network();
    SOCKET s = socket_open(SOCK_DGRAM);

    int result = connect_to_everybody(s);

    record_outcome("connecting to the broadcast address", result == 0);
    expect_true(result == 0 || GetLastError() == WSAEACCES);
}
END_TEST
COVERS(everybody_without_leave, "dgram.connect.broadcast_without_option");

START_TEST(everybody_with_leave)
{
    winsock_start();
    needs_network();
    SOCKET s = socket_open(SOCK_DGRAM);
    BOOL on = TRUE;
    struct sockaddr_in told = {0};
    int length = sizeof(told);
    require(setsockopt(s, SOL_SOCKET, SO_BROADCAST, (char *)&on, sizeof(on)) == 0);

    int result = connect_to_everybody(s);

    expect_socket_succeeded(result);
    expect_socket_succeeded(getpeername(s, (struct sockaddr *)&told, &length));
    expect_number(told.sin_addr.s_addr, htonl(INADDR_BROADCAST));
}
END_TEST
COVERS(everybody_with_leave, "dgram.connect.broadcast");

START_TEST(name_of_the_second_peer)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    SOCKET first = socket_bound(SOCK_DGRAM), second = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(second), told;
    int length = sizeof(told);
    connect_to(s, first);
    connect_to(s, second);

    int result = getpeername(s, (struct sockaddr *)&told, &length);

    expect_socket_succeeded(result);
    expect_bytes(&told, &name, NAME_SIZE);
}
END_TEST
COVERS(name_of_the_second_peer, "dgram.getpeername.second_peer");
