/* SIO_ACQUIRE_PORT_RESERVATION, SIO_ASSOCIATE_PORT_RESERVATION, SIO_RELEASE_PORT_RESERVATION:
 * blocks of ports that the system chooses, for as long as their socket lives. */
#include "option.h"

#include <stddef.h>

/* INET_PORT_RESERVATION_INSTANCE, which the headers declare without names. Ports are in network
 * order. */
struct reservation {
    INET_PORT_RANGE ports;
    ULONG64 token;
};

static int acquire(SOCKET s, USHORT count, struct reservation *reservation, DWORD room, DWORD *size)
{
    INET_PORT_RANGE wanted = {.StartPort = 0, .NumberOfPorts = count};
    memset(reservation, 0, sizeof(*reservation));
    return WSAIoctl(s, SIO_ACQUIRE_PORT_RESERVATION, &wanted, sizeof(wanted), reservation, room,
                    size, NULL, NULL);
}

/* The token of a new reservation that S holds. */
static struct reservation reserved(SOCKET s, USHORT count)
{
    struct reservation reservation;
    DWORD size = 0;
    expect_socket_succeeded(acquire(s, count, &reservation, sizeof(reservation), &size));
    return reservation;
}

static int by_token(SOCKET s, DWORD code, ULONG64 token)
{
    DWORD size = 0;
    return WSAIoctl(s, code, &token, sizeof(token), NULL, 0, &size, NULL, NULL);
}

static int bind_somewhere(SOCKET s)
{
    struct sockaddr_in any_port = loopback(0);
    return bind(s, (struct sockaddr *)&any_port, sizeof(any_port));
}

/* Whether a new socket gets a port by the token. Its socket stays. */
static bool gets_port(int type, ULONG64 token)
{
    SOCKET s = socket_open(type);
    return by_token(s, SIO_ASSOCIATE_PORT_RESERVATION, token) == 0 && bind_somewhere(s) == 0;
}

/* How far a socket's port is from the first of a reservation. */
static unsigned distance(SOCKET s, const struct reservation *reservation)
{
    return (USHORT)(socket_port(s) - ntohs(reservation->ports.StartPort));
}

static const struct {
    struct row row;
    int type;
    USHORT count;
} blocks[] = {
    {{"one_of_udp", NULL}, SOCK_DGRAM, 1},
    {{"some_of_udp", NULL}, SOCK_DGRAM, 8},
    {{"one_of_tcp", NULL}, SOCK_STREAM, 1},
    {{"some_of_tcp", NULL}, SOCK_STREAM, 8},
};

START_TEST(ports_are_reserved)
{
    winsock_start();
    SOCKET s = socket_open(blocks[_i].type);
    struct reservation reservation;
    DWORD size = 0;

    int result = acquire(s, blocks[_i].count, &reservation, sizeof(reservation), &size);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(reservation));
    expect_number(reservation.ports.NumberOfPorts, blocks[_i].count);
    expect_true(reservation.ports.StartPort != 0);
    expect_true(reservation.token != INVALID_PORT_RESERVATION_TOKEN);
}
END_TEST
COVERS_ROWS(ports_are_reserved, blocks, "winsock.port_reservations.acquire");

START_TEST(too_little_room)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    struct reservation reservation;
    DWORD size = 99;

    int result = acquire(s, 1, &reservation, sizeof(reservation) - 1, &size);

    expect_socket_failed(result, WSAEINVAL);
    expect_number(size, 0);
    expect_socket_succeeded(acquire(s, 1, &reservation, sizeof(reservation), &size));
}
END_TEST
COVERS(too_little_room, "winsock.port_reservations.small");

START_TEST(port_is_a_reserved_one)
{
    winsock_start();
    SOCKET holder = socket_open(blocks[_i].type), s = socket_open(blocks[_i].type);
    struct reservation reservation = reserved(holder, blocks[_i].count);

    int result = by_token(s, SIO_ASSOCIATE_PORT_RESERVATION, reservation.token);

    expect_socket_succeeded(result);
    expect_socket_succeeded(bind_somewhere(s));
    expect_true(distance(s, &reservation) < blocks[_i].count);
}
END_TEST
COVERS_ROWS(port_is_a_reserved_one, blocks, "winsock.port_reservations.bound");

START_TEST(no_port_is_left)
{
    winsock_start();
    SOCKET holder = socket_open(SOCK_DGRAM), s[3];
    struct reservation reservation = reserved(holder, 2);
    for (int i = 0; i < 3; i++) {
        s[i] = socket_open(SOCK_DGRAM);
        expect_socket_succeeded(by_token(s[i], SIO_ASSOCIATE_PORT_RESERVATION, reservation.token));
    }
    expect_socket_succeeded(bind_somewhere(s[0]));
    expect_socket_succeeded(bind_somewhere(s[1]));

    int result = bind_somewhere(s[2]);

    expect_failed_somehow(result == 0);
    expect_number(distance(s[0], &reservation) + distance(s[1], &reservation), 1);
}
END_TEST
COVERS(no_port_is_left, "winsock.port_reservations.exhausted");

START_TEST(bound_already)
{
    winsock_start();
    SOCKET holder = socket_open(SOCK_DGRAM), s = socket_bound(SOCK_DGRAM);
    struct reservation reservation;
    DWORD size = 0;
    unsigned port = socket_port(s);
    if (acquire(holder, 1, &reservation, sizeof(reservation), &size) != 0)
        unsupported("no reservations of ports");

    int result = by_token(s, SIO_ASSOCIATE_PORT_RESERVATION, reservation.token);

    record_outcome("SIO_ASSOCIATE_PORT_RESERVATION of a bound socket", result == 0);
    expect_number(socket_port(s), port);
}
END_TEST
COVERS(bound_already, "winsock.port_reservations.before_bind");

/* ---- How a reservation ends */

static const struct {
    struct row row;
    int type;
    bool closed; /* its socket is closed; otherwise it is released */
} ends[] = {
    {{"releasing_udp", "winsock.port_reservations.released"}, SOCK_DGRAM, false},
    {{"releasing_tcp", "winsock.port_reservations.released"}, SOCK_STREAM, false},
    {{"closing_udp", "winsock.port_reservations.closed"}, SOCK_DGRAM, true},
    {{"closing_tcp", "winsock.port_reservations.closed"}, SOCK_STREAM, true},
};

START_TEST(ended_by)
{
    winsock_start();
    SOCKET holder = socket_open(ends[_i].type);
    ULONG64 token = reserved(holder, 8).token;
    expect_true(gets_port(ends[_i].type, token));

    int result = ends[_i].closed ? closesocket(holder)
                                 : by_token(holder, SIO_RELEASE_PORT_RESERVATION, token);

    expect_socket_succeeded(result);
    expect_true(!gets_port(ends[_i].type, token));
}
END_TEST
COVERS_ROWS(ended_by, ends);

/* ---- Whose a reservation is */

PEER(use_and_release)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);

    expect_true(!gets_port(SOCK_DGRAM, peer_number(0)));
    expect_true(by_token(s, SIO_RELEASE_PORT_RESERVATION, peer_number(0)) != 0);
}

START_TEST(token_of_another_process)
{
    winsock_start();
    SOCKET holder = socket_open(SOCK_DGRAM);
    ULONG64 token = reserved(holder, 8).token;

    struct peer *other = peer_start(use_and_release, given_number(token));

    peer_join(other);
    expect_true(gets_port(SOCK_DGRAM, token));
}
END_TEST
COVERS(token_of_another_process, "winsock.port_reservations.other_process");
