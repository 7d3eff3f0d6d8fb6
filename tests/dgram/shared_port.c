/*
 * When a port is shared: the outcome of a second bind by the options of both, and by whether either
 * names the wildcard address or one of its own. Nothing is sent to any address but loopback.
 */
#include "winsock/winsock.h"

enum option { PLAIN, REUSING, EXCLUSIVE };

static SOCKET socket_with(enum option option)
{
    SOCKET s = socket_open(SOCK_DGRAM);
    BOOL on = TRUE;
    if (option != PLAIN)
        require(setsockopt(s, SOL_SOCKET, option == REUSING ? SO_REUSEADDR : SO_EXCLUSIVEADDRUSE,
                           (char *)&on, sizeof(on)) == 0);
    return s;
}

static struct sockaddr_in address(bool wildcard, unsigned port)
{
    struct sockaddr_in name = loopback(port);
    if (wildcard)
        name.sin_addr.s_addr = htonl(INADDR_ANY);
    return name;
}

/* A bound socket, and the port that it was given. */
static SOCKET bound_with(enum option option, bool wildcard, unsigned *port)
{
    SOCKET s = socket_with(option);
    struct sockaddr_in name = address(wildcard, 0);
    require(bind(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    *port = socket_port(s);
    return s;
}

static const struct {
    struct row row;
    enum option first, second;
    bool first_is_wildcard, second_is_wildcard;
    DWORD error;
} cells[] = {
    {{"wildcard_then_wildcard", "dgram.shared_port.wildcard_then_wildcard"},
     PLAIN,
     PLAIN,
     true,
     true,
     WSAEADDRINUSE},
    {{"wildcard_then_specific", "dgram.bind.default_wild_then_spec"}, PLAIN, PLAIN, true, false, 0},
    {{"wildcard_then_reusing_wildcard", "dgram.shared_port.wildcard_then_reusing_wildcard"},
     PLAIN,
     REUSING,
     true,
     true,
     WSAEACCES},
    {{"wildcard_then_reusing_specific", "dgram.bind.reuse_spec_under_default_wild"},
     PLAIN,
     REUSING,
     true,
     false,
     0},
    {{"wildcard_then_exclusive_wildcard", "dgram.shared_port.wildcard_then_exclusive_wildcard"},
     PLAIN,
     EXCLUSIVE,
     true,
     true,
     WSAEADDRINUSE},
    {{"wildcard_then_exclusive_specific", "dgram.bind.default_wild_then_excl_spec"},
     PLAIN,
     EXCLUSIVE,
     true,
     false,
     0},
    {{"specific_then_wildcard", "dgram.shared_port.specific_then_wildcard"},
     PLAIN,
     PLAIN,
     false,
     true,
     0},
    {{"specific_then_specific", "dgram.shared_port.specific_then_specific"},
     PLAIN,
     PLAIN,
     false,
     false,
     WSAEADDRINUSE},
    {{"specific_then_reusing_wildcard", "dgram.shared_port.specific_then_reusing_wildcard"},
     PLAIN,
     REUSING,
     false,
     true,
     0},
    {{"specific_then_reusing_specific", "dgram.shared_port.specific_then_reusing_specific"},
     PLAIN,
     REUSING,
     false,
     false,
     WSAEACCES},
    {{"specific_then_exclusive_wildcard", "dgram.bind.default_spec_then_excl_wild"},
     PLAIN,
     EXCLUSIVE,
     false,
     true,
     WSAEADDRINUSE},
    {{"specific_then_exclusive_specific", "dgram.shared_port.specific_then_exclusive_specific"},
     PLAIN,
     EXCLUSIVE,
     false,
     false,
     WSAEADDRINUSE},
    {{"reusing_wildcard_then_wildcard", "dgram.shared_port.reusing_wildcard_then_wildcard"},
     REUSING,
     PLAIN,
     true,
     true,
     WSAEADDRINUSE},
    {{"reusing_wildcard_then_specific", "dgram.shared_port.reusing_wildcard_then_specific"},
     REUSING,
     PLAIN,
     true,
     false,
     0},
    {{"reusing_wildcard_then_reusing_wildcard",
      "dgram.shared_port.reusing_wildcard_then_reusing_wildcard"},
     REUSING,
     REUSING,
     true,
     true,
     0},
    {{"reusing_wildcard_then_reusing_specific",
      "dgram.shared_port.reusing_wildcard_then_reusing_specific"},
     REUSING,
     REUSING,
     true,
     false,
     0},
    {{"reusing_wildcard_then_exclusive_wildcard",
      "dgram.shared_port.reusing_wildcard_then_exclusive_wildcard"},
     REUSING,
     EXCLUSIVE,
     true,
     true,
     WSAEADDRINUSE},
    {{"reusing_wildcard_then_exclusive_specific",
      "dgram.shared_port.reusing_wildcard_then_exclusive_specific"},
     REUSING,
     EXCLUSIVE,
     true,
     false,
     0},
    {{"reusing_specific_then_wildcard", "dgram.shared_port.reusing_specific_then_wildcard"},
     REUSING,
     PLAIN,
     false,
     true,
     0},
    {{"reusing_specific_then_specific", "dgram.shared_port.reusing_specific_then_specific"},
     REUSING,
     PLAIN,
     false,
     false,
     WSAEADDRINUSE},
    {{"reusing_specific_then_reusing_wildcard",
      "dgram.shared_port.reusing_specific_then_reusing_wildcard"},
     REUSING,
     REUSING,
     false,
     true,
     0},
    {{"reusing_specific_then_reusing_specific",
      "dgram.shared_port.reusing_specific_then_reusing_specific"},
     REUSING,
     REUSING,
     false,
     false,
     0},
    {{"reusing_specific_then_exclusive_wildcard",
      "dgram.shared_port.reusing_specific_then_exclusive_wildcard"},
     REUSING,
     EXCLUSIVE,
     false,
     true,
     WSAEADDRINUSE},
    {{"reusing_specific_then_exclusive_specific",
      "dgram.shared_port.reusing_specific_then_exclusive_specific"},
     REUSING,
     EXCLUSIVE,
     false,
     false,
     WSAEADDRINUSE},
    {{"exclusive_wildcard_then_wildcard", "dgram.shared_port.exclusive_wildcard_then_wildcard"},
     EXCLUSIVE,
     PLAIN,
     true,
     true,
     WSAEADDRINUSE},
    {{"exclusive_wildcard_then_specific", "dgram.shared_port.exclusive_wildcard_then_specific"},
     EXCLUSIVE,
     PLAIN,
     true,
     false,
     WSAEACCES},
    {{"exclusive_wildcard_then_reusing_wildcard",
      "dgram.shared_port.exclusive_wildcard_then_reusing_wildcard"},
     EXCLUSIVE,
     REUSING,
     true,
     true,
     WSAEACCES},
    {{"exclusive_wildcard_then_reusing_specific",
      "dgram.shared_port.exclusive_wildcard_then_reusing_specific"},
     EXCLUSIVE,
     REUSING,
     true,
     false,
     WSAEACCES},
    {{"exclusive_wildcard_then_exclusive_wildcard",
      "dgram.shared_port.exclusive_wildcard_then_exclusive_wildcard"},
     EXCLUSIVE,
     EXCLUSIVE,
     true,
     true,
     WSAEADDRINUSE},
    {{"exclusive_wildcard_then_exclusive_specific",
      "dgram.shared_port.exclusive_wildcard_then_exclusive_specific"},
     EXCLUSIVE,
     EXCLUSIVE,
     true,
     false,
     WSAEACCES},
    {{"exclusive_specific_then_wildcard", "dgram.bind.excl_spec_then_default_wild"},
     EXCLUSIVE,
     PLAIN,
     false,
     true,
     0},
    {{"exclusive_specific_then_specific", "dgram.shared_port.exclusive_specific_then_specific"},
     EXCLUSIVE,
     PLAIN,
     false,
     false,
     WSAEADDRINUSE},
    {{"exclusive_specific_then_reusing_wildcard",
      "dgram.shared_port.exclusive_specific_then_reusing_wildcard"},
     EXCLUSIVE,
     REUSING,
     false,
     true,
     0},
    {{"exclusive_specific_then_reusing_specific",
      "dgram.shared_port.exclusive_specific_then_reusing_specific"},
     EXCLUSIVE,
     REUSING,
     false,
     false,
     WSAEACCES},
    {{"exclusive_specific_then_exclusive_wildcard",
      "dgram.shared_port.exclusive_specific_then_exclusive_wildcard"},
     EXCLUSIVE,
     EXCLUSIVE,
     false,
     true,
     WSAEADDRINUSE},
    {{"exclusive_specific_then_exclusive_specific",
      "dgram.shared_port.exclusive_specific_then_exclusive_specific"},
     EXCLUSIVE,
     EXCLUSIVE,
     false,
     false,
     WSAEADDRINUSE},
};

START_TEST(second_bind)
{
    winsock_start();
    unsigned port;
    bound_with(cells[_i].first, cells[_i].first_is_wildcard, &port);
    SOCKET second = socket_with(cells[_i].second);
    struct sockaddr_in name = address(cells[_i].second_is_wildcard, port);

    int result = bind(second, (struct sockaddr *)&name, sizeof(name));

    if (cells[_i].error) {
        expect_socket_failed(result, cells[_i].error);
    } else {
        expect_socket_succeeded(result);
        expect_number(socket_port(second), port);
    }
}
END_TEST
COVERS_ROWS(second_bind, cells);

START_TEST(wildcard_hears_what_the_exclusive_does_not)
{
    winsock_start();
    unsigned port;
    SOCKET exclusive = bound_with(EXCLUSIVE, false, &port), wildcard = socket_with(PLAIN);
    SOCKET sender = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = address(true, port), one = loopback(port), other = loopback(port);
    other.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);

    int result = bind(wildcard, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
    require(sendto(sender, "one", 3, 0, (struct sockaddr *)&one, sizeof(one)) == 3);
    require(sendto(sender, "other", 5, 0, (struct sockaddr *)&other, sizeof(other)) == 5);
    expect_datagram(exclusive, "one");
    expect_datagram(wildcard, "other");
}
END_TEST
COVERS(wildcard_hears_what_the_exclusive_does_not, "dgram.shared_port.wildcard_hears_the_rest");
