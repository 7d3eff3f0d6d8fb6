/*
 * When a port of IPv6 is shared: the outcome of a second bind to the same address, [::] or [::1],
 * by the options of both. Nothing is sent but by loopback.
 */
#include "option.h"

enum option { PLAIN, REUSING, EXCLUSIVE };

static SOCKET socket_with(int type, enum option option)
{
    SOCKET s = socket_of(AF_INET6, type);
    if (option != PLAIN)
        require(option_set(s, SOL_SOCKET, option == REUSING ? SO_REUSEADDR : SO_EXCLUSIVEADDRUSE,
                           TRUE) == 0);
    return s;
}

static struct sockaddr_in6 address6(bool wildcard, unsigned port)
{
    struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_port = htons((u_short)port)};
    name.sin6_addr.s6_addr[15] = !wildcard;
    return name;
}

static int bind6(SOCKET s, struct sockaddr_in6 name)
{
    return bind(s, (struct sockaddr *)&name, sizeof(name));
}

static unsigned port6(SOCKET s)
{
    struct sockaddr_in6 name;
    int length = sizeof(name);
    require(getsockname(s, (struct sockaddr *)&name, &length) == 0);
    return ntohs(name.sin6_port);
}

/* clang-format off */
static const struct {
    struct row row;
    int type;
    bool wildcard;
    enum option first, second;
    DWORD error;
} cells[] = {
    {{"stream_everywhere_plain_then_plain", "winsock.shared_port6.plain_then_plain"}, SOCK_STREAM, true, PLAIN, PLAIN, WSAEADDRINUSE},
    {{"stream_everywhere_plain_then_reusing", "winsock.shared_port6.plain_then_reusing"}, SOCK_STREAM, true, PLAIN, REUSING, WSAEACCES},
    {{"stream_everywhere_plain_then_exclusive", "winsock.shared_port6.plain_then_exclusive"}, SOCK_STREAM, true, PLAIN, EXCLUSIVE, WSAEADDRINUSE},
    {{"stream_everywhere_reusing_then_plain", "winsock.shared_port6.reusing_then_plain"}, SOCK_STREAM, true, REUSING, PLAIN, WSAEADDRINUSE},
    {{"stream_everywhere_reusing_then_reusing", "winsock.shared_port6.reusing_then_reusing"}, SOCK_STREAM, true, REUSING, REUSING, 0},
    {{"stream_everywhere_reusing_then_exclusive", "winsock.shared_port6.reusing_then_exclusive"}, SOCK_STREAM, true, REUSING, EXCLUSIVE, WSAEADDRINUSE},
    {{"stream_everywhere_exclusive_then_plain", "winsock.shared_port6.exclusive_then_plain"}, SOCK_STREAM, true, EXCLUSIVE, PLAIN, WSAEADDRINUSE},
    {{"stream_everywhere_exclusive_then_reusing", "winsock.shared_port6.exclusive_then_reusing"}, SOCK_STREAM, true, EXCLUSIVE, REUSING, WSAEACCES},
    {{"stream_everywhere_exclusive_then_exclusive", "winsock.shared_port6.exclusive_then_exclusive"}, SOCK_STREAM, true, EXCLUSIVE, EXCLUSIVE, WSAEADDRINUSE},
    {{"stream_here_plain_then_plain", "winsock.shared_port6.plain_then_plain"}, SOCK_STREAM, false, PLAIN, PLAIN, WSAEADDRINUSE},
    {{"stream_here_plain_then_reusing", "winsock.shared_port6.plain_then_reusing"}, SOCK_STREAM, false, PLAIN, REUSING, WSAEACCES},
    {{"stream_here_plain_then_exclusive", "winsock.shared_port6.plain_then_exclusive"}, SOCK_STREAM, false, PLAIN, EXCLUSIVE, WSAEADDRINUSE},
    {{"stream_here_reusing_then_plain", "winsock.shared_port6.reusing_then_plain"}, SOCK_STREAM, false, REUSING, PLAIN, WSAEADDRINUSE},
    {{"stream_here_reusing_then_reusing", "winsock.shared_port6.reusing_then_reusing"}, SOCK_STREAM, false, REUSING, REUSING, 0},
    {{"stream_here_reusing_then_exclusive", "winsock.shared_port6.reusing_then_exclusive"}, SOCK_STREAM, false, REUSING, EXCLUSIVE, WSAEADDRINUSE},
    {{"stream_here_exclusive_then_plain", "winsock.shared_port6.exclusive_then_plain"}, SOCK_STREAM, false, EXCLUSIVE, PLAIN, WSAEADDRINUSE},
    {{"stream_here_exclusive_then_reusing", "winsock.shared_port6.exclusive_then_reusing"}, SOCK_STREAM, false, EXCLUSIVE, REUSING, WSAEACCES},
    {{"stream_here_exclusive_then_exclusive", "winsock.shared_port6.exclusive_then_exclusive"}, SOCK_STREAM, false, EXCLUSIVE, EXCLUSIVE, WSAEADDRINUSE},
    {{"datagram_everywhere_plain_then_plain", "winsock.shared_port6.plain_then_plain"}, SOCK_DGRAM, true, PLAIN, PLAIN, WSAEADDRINUSE},
    {{"datagram_everywhere_plain_then_reusing", "winsock.shared_port6.plain_then_reusing"}, SOCK_DGRAM, true, PLAIN, REUSING, WSAEACCES},
    {{"datagram_everywhere_plain_then_exclusive", "winsock.shared_port6.plain_then_exclusive"}, SOCK_DGRAM, true, PLAIN, EXCLUSIVE, WSAEADDRINUSE},
    {{"datagram_everywhere_reusing_then_plain", "winsock.shared_port6.reusing_then_plain"}, SOCK_DGRAM, true, REUSING, PLAIN, WSAEADDRINUSE},
    {{"datagram_everywhere_reusing_then_reusing", "winsock.shared_port6.reusing_then_reusing"}, SOCK_DGRAM, true, REUSING, REUSING, 0},
    {{"datagram_everywhere_reusing_then_exclusive", "winsock.shared_port6.reusing_then_exclusive"}, SOCK_DGRAM, true, REUSING, EXCLUSIVE, WSAEADDRINUSE},
    {{"datagram_everywhere_exclusive_then_plain", "winsock.shared_port6.exclusive_then_plain"}, SOCK_DGRAM, true, EXCLUSIVE, PLAIN, WSAEADDRINUSE},
    {{"datagram_everywhere_exclusive_then_reusing", "winsock.shared_port6.exclusive_then_reusing"}, SOCK_DGRAM, true, EXCLUSIVE, REUSING, WSAEACCES},
    {{"datagram_everywhere_exclusive_then_exclusive", "winsock.shared_port6.exclusive_then_exclusive"}, SOCK_DGRAM, true, EXCLUSIVE, EXCLUSIVE, WSAEADDRINUSE},
    {{"datagram_here_plain_then_plain", "winsock.shared_port6.plain_then_plain"}, SOCK_DGRAM, false, PLAIN, PLAIN, WSAEADDRINUSE},
    {{"datagram_here_plain_then_reusing", "winsock.shared_port6.plain_then_reusing"}, SOCK_DGRAM, false, PLAIN, REUSING, WSAEACCES},
    {{"datagram_here_plain_then_exclusive", "winsock.shared_port6.plain_then_exclusive"}, SOCK_DGRAM, false, PLAIN, EXCLUSIVE, WSAEADDRINUSE},
    {{"datagram_here_reusing_then_plain", "winsock.shared_port6.reusing_then_plain"}, SOCK_DGRAM, false, REUSING, PLAIN, WSAEADDRINUSE},
    {{"datagram_here_reusing_then_reusing", "winsock.shared_port6.reusing_then_reusing"}, SOCK_DGRAM, false, REUSING, REUSING, 0},
    {{"datagram_here_reusing_then_exclusive", "winsock.shared_port6.reusing_then_exclusive"}, SOCK_DGRAM, false, REUSING, EXCLUSIVE, WSAEADDRINUSE},
    {{"datagram_here_exclusive_then_plain", "winsock.shared_port6.exclusive_then_plain"}, SOCK_DGRAM, false, EXCLUSIVE, PLAIN, WSAEADDRINUSE},
    {{"datagram_here_exclusive_then_reusing", "winsock.shared_port6.exclusive_then_reusing"}, SOCK_DGRAM, false, EXCLUSIVE, REUSING, WSAEACCES},
    {{"datagram_here_exclusive_then_exclusive", "winsock.shared_port6.exclusive_then_exclusive"}, SOCK_DGRAM, false, EXCLUSIVE, EXCLUSIVE, WSAEADDRINUSE},
};
/* clang-format on */

START_TEST(second_bind)
{
    winsock_start();
    SOCKET first = socket_with(cells[_i].type, cells[_i].first);
    SOCKET second = socket_with(cells[_i].type, cells[_i].second);
    require(bind6(first, address6(cells[_i].wildcard, 0)) == 0);
    struct sockaddr_in6 name = address6(cells[_i].wildcard, port6(first));

    int result = bind(second, (struct sockaddr *)&name, sizeof(name));

    if (cells[_i].error) {
        expect_socket_failed(result, cells[_i].error);
        socket_close(first);
        expect_socket_succeeded(bind(second, (struct sockaddr *)&name, sizeof(name)));
    } else {
        expect_socket_succeeded(result);
        expect_number(port6(second), port6(first));
    }
}
END_TEST
COVERS_ROWS(second_bind, cells);

static const struct {
    struct row row;
    int type;
    enum option option;
} own_addresses[] = {
    {{"stream", NULL}, SOCK_STREAM, PLAIN},
    {{"exclusive_stream", NULL}, SOCK_STREAM, EXCLUSIVE},
    {{"datagram", NULL}, SOCK_DGRAM, PLAIN},
    {{"exclusive_datagram", NULL}, SOCK_DGRAM, EXCLUSIVE},
};

/* The same port of the other kind of socket is another port. */
START_TEST(port_of_the_other_protocol)
{
    winsock_start();
    int type = own_addresses[_i].type;
    SOCKET first = socket_with(type, own_addresses[_i].option);
    SOCKET second = socket_with(type == SOCK_STREAM ? SOCK_DGRAM : SOCK_STREAM, PLAIN);
    require(bind6(first, address6(false, 0)) == 0);
    struct sockaddr_in6 name = address6(false, port6(first));

    int result = bind(second, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
    expect_number(port6(second), port6(first));
}
END_TEST
COVERS_ROWS(port_of_the_other_protocol, own_addresses, "winsock.shared_port6.other_protocol");
