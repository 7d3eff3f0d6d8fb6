/*
 * When a port is shared by a dual-stack socket, which is one of IPv4 as well, and a socket of IPv4:
 * the outcome of the second bind. Streams; nothing is sent.
 */
#include "option.h"

enum option { PLAIN, REUSING, EXCLUSIVE };

/* Where a socket is bound: of IPv6 and dual-stack, or of IPv4. */
enum place { DUAL_ANY, DUAL_OWN, DUAL_MAPPED, FOUR_ANY, FOUR_OWN };

struct bound {
    enum place place;
    enum option option;
};

static bool is_four(enum place place)
{
    return place == FOUR_ANY || place == FOUR_OWN;
}

static SOCKET socket_for(struct bound bound)
{
    SOCKET s = socket_of(is_four(bound.place) ? AF_INET : AF_INET6, SOCK_STREAM);
    if (!is_four(bound.place))
        require(option_set(s, IPPROTO_IPV6, IPV6_V6ONLY, FALSE) == 0);
    if (bound.option != PLAIN)
        require(option_set(s, SOL_SOCKET,
                           bound.option == REUSING ? SO_REUSEADDR : SO_EXCLUSIVEADDRUSE,
                           TRUE) == 0);
    return s;
}

/* The address of a place, and its length. */
static int name_at(enum place place, unsigned port, SOCKADDR_STORAGE *name)
{
    struct sockaddr_in four = loopback(port);
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons((u_short)port)};
    BYTE *bytes = six.sin6_addr.s6_addr;
    if (place == FOUR_ANY)
        four.sin_addr.s_addr = htonl(INADDR_ANY);
    if (place != DUAL_ANY)
        bytes[15] = 1;
    if (place == DUAL_MAPPED)
        bytes[10] = bytes[11] = 0xFF, bytes[12] = 127;
    if (is_four(place))
        memcpy(name, &four, sizeof(four));
    else
        memcpy(name, &six, sizeof(six));
    return is_four(place) ? sizeof(four) : sizeof(six);
}

static unsigned port_of(SOCKET s)
{
    SOCKADDR_STORAGE name;
    int length = sizeof(name);
    require(getsockname(s, (struct sockaddr *)&name, &length) == 0);
    return ntohs(((struct sockaddr_in *)&name)->sin_port); /* where sin6_port is as well */
}

/* A socket at a port that the system chooses. */
static SOCKET first_at(struct bound bound)
{
    SOCKADDR_STORAGE name;
    int length = name_at(bound.place, 0, &name);
    SOCKET s = socket_for(bound);
    require(bind(s, (struct sockaddr *)&name, length) == 0);
    return s;
}

static const struct cell {
    struct row row;
    struct bound first, second;
    DWORD error, other; /* either; 0: there is no other */
} cells[] = {
    {{"exclusive_then_plain_own", "winsock.shared_port_dual.exclusive_then_own"},
     {DUAL_ANY, EXCLUSIVE},
     {FOUR_OWN, PLAIN},
     WSAEACCES,
     0},
    {{"exclusive_then_reusing_own", "winsock.shared_port_dual.exclusive_then_own"},
     {DUAL_ANY, EXCLUSIVE},
     {FOUR_OWN, REUSING},
     WSAEACCES,
     0},
    {{"exclusive_then_exclusive_own", "winsock.shared_port_dual.exclusive_then_own"},
     {DUAL_ANY, EXCLUSIVE},
     {FOUR_OWN, EXCLUSIVE},
     WSAEACCES,
     0},
    {{"exclusive_then_plain_any", "winsock.shared_port_dual.exclusive_then_any"},
     {DUAL_ANY, EXCLUSIVE},
     {FOUR_ANY, PLAIN},
     WSAEACCES,
     WSAEADDRINUSE},
    {{"plain_own_then_exclusive", "winsock.shared_port_dual.own_then_exclusive"},
     {FOUR_OWN, PLAIN},
     {DUAL_ANY, EXCLUSIVE},
     WSAEACCES,
     WSAEADDRINUSE},
    {{"plain_any_then_exclusive", "winsock.shared_port_dual.any_then_exclusive"},
     {FOUR_ANY, PLAIN},
     {DUAL_ANY, EXCLUSIVE},
     WSAEACCES,
     WSAEADDRINUSE},
    {{"mapped_then_own", "winsock.shared_port_dual.mapped"},
     {DUAL_MAPPED, PLAIN},
     {FOUR_OWN, PLAIN},
     WSAEADDRINUSE,
     0},
    {{"own_then_mapped", "winsock.shared_port_dual.mapped"},
     {FOUR_OWN, PLAIN},
     {DUAL_MAPPED, PLAIN},
     WSAEADDRINUSE,
     0},
};

START_TEST(second_bind_fails)
{
    winsock_start();
    const struct cell *cell = &cells[_i];
    SOCKET second = socket_for(cell->second), first = first_at(cell->first);
    SOCKADDR_STORAGE name;
    int length = name_at(cell->second.place, port_of(first), &name);

    int result = bind(second, (struct sockaddr *)&name, length);

    DWORD error = GetLastError();
    char text[80];
    if (cell->other)
        expect_socket_failed(result, cell->error, cell->other);
    else
        expect_socket_failed(result, cell->error);
    record("error", "%s", error_text(error, text, sizeof(text)));
    socket_close(first);
    expect_socket_succeeded(bind(second, (struct sockaddr *)&name, length));
}
END_TEST
COVERS_ROWS(second_bind_fails, cells);

static const struct {
    struct row row;
    struct bound first, second;
} neighbours[] = {
    {{"both_exclusive_own", NULL}, {DUAL_OWN, EXCLUSIVE}, {FOUR_OWN, EXCLUSIVE}},
    {{"own_of_ipv4_first", NULL}, {FOUR_OWN, EXCLUSIVE}, {DUAL_OWN, EXCLUSIVE}},
    {{"own_then_exclusive_any", NULL}, {DUAL_OWN, PLAIN}, {FOUR_ANY, EXCLUSIVE}},
};

START_TEST(own_address_is_of_one_family)
{
    winsock_start();
    SOCKET second = socket_for(neighbours[_i].second), first = first_at(neighbours[_i].first);
    SOCKADDR_STORAGE name;
    int length = name_at(neighbours[_i].second.place, port_of(first), &name);

    int result = bind(second, (struct sockaddr *)&name, length);

    expect_socket_succeeded(result);
    expect_number(port_of(second), port_of(first));
}
END_TEST
COVERS_ROWS(own_address_is_of_one_family, neighbours, "winsock.shared_port_dual.own_of_each");

static const struct {
    struct row row;
    enum option option;
} after_plain[] = {
    {{"plain", NULL}, PLAIN},
    {{"exclusive", NULL}, EXCLUSIVE},
};

START_TEST(any_after_a_plain_one)
{
    winsock_start();
    SOCKET second = socket_for((struct bound){FOUR_ANY, after_plain[_i].option});
    SOCKET first = first_at((struct bound){DUAL_ANY, PLAIN});
    unsigned port = port_of(first);
    SOCKADDR_STORAGE name;
    int length = name_at(FOUR_ANY, port, &name);

    int result = bind(second, (struct sockaddr *)&name, length);

    if (result != 0)
        expect_socket_failed(result, WSAEADDRINUSE);
    else
        expect_number(port_of(second), port);
    record("the port of IPv4", "%s", result == 0 ? "is free" : "is reserved");
    expect_number(port_of(first), port);
}
END_TEST
COVERS_ROWS(any_after_a_plain_one, after_plain, "winsock.shared_port_dual.any_after_plain");
