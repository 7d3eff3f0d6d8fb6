/* Who may bind a port that another socket holds: SO_REUSEADDR, SO_EXCLUSIVEADDRUSE, wildcards. */
#include "winsock/winsock.h"

#define ANY INADDR_ANY
#define ONE INADDR_LOOPBACK
#define DEFAULT(address) \
    {                    \
        0, (address)     \
    }
#define REUSE(address)          \
    {                           \
        SO_REUSEADDR, (address) \
    }
#define EXCLUSIVE(address)             \
    {                                  \
        SO_EXCLUSIVEADDRUSE, (address) \
    }

static SOCKET open_with(int option)
{
    SOCKET s = socket_open(SOCK_STREAM);
    BOOL on = TRUE;
    require(!option || setsockopt(s, SOL_SOCKET, option, (char *)&on, sizeof(on)) == 0);
    return s;
}

static struct sockaddr_in name_of(u_long address, unsigned port)
{
    struct sockaddr_in name = loopback(port);
    name.sin_addr.s_addr = htonl(address);
    return name;
}

/* A socket with OPTION (0: none) that holds a free port of ADDRESS. */
static SOCKET holder(int option, u_long address)
{
    SOCKET s = open_with(option);
    struct sockaddr_in name = name_of(address, 0);
    require(bind(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    return s;
}

static const struct {
    struct row row;
    struct {
        int option;
        u_long address;
    } first, second;
    DWORD error; /* 0: the second bind succeeds */
} pairs[] = {
    {{"default_wildcard_then_default_wildcard", "stream.reuse.default_wildcard.default_wildcard"},
     DEFAULT(ANY),
     DEFAULT(ANY),
     WSAEADDRINUSE},
    {{"default_wildcard_then_default_specific", "stream.reuse.default_wildcard.default_specific"},
     DEFAULT(ANY),
     DEFAULT(ONE),
     0},
    {{"default_wildcard_then_reuse_wildcard", "stream.reuse.default_wildcard.reuse_wildcard"},
     DEFAULT(ANY),
     REUSE(ANY),
     WSAEACCES},
    {{"default_wildcard_then_reuse_specific", "stream.reuse.default_wildcard.reuse_specific"},
     DEFAULT(ANY),
     REUSE(ONE),
     0},
    {{"default_wildcard_then_exclusive_wildcard",
      "stream.reuse.default_wildcard.exclusive_wildcard"},
     DEFAULT(ANY),
     EXCLUSIVE(ANY),
     WSAEADDRINUSE},
    {{"default_wildcard_then_exclusive_specific",
      "stream.reuse.default_wildcard.exclusive_specific"},
     DEFAULT(ANY),
     EXCLUSIVE(ONE),
     0},
    {{"default_specific_then_default_wildcard", "stream.reuse.default_specific.default_wildcard"},
     DEFAULT(ONE),
     DEFAULT(ANY),
     0},
    {{"default_specific_then_reuse_wildcard", "stream.reuse.default_specific.reuse_wildcard"},
     DEFAULT(ONE),
     REUSE(ANY),
     0},
    {{"default_specific_then_exclusive_wildcard",
      "stream.reuse.default_specific.exclusive_wildcard"},
     DEFAULT(ONE),
     EXCLUSIVE(ANY),
     WSAEADDRINUSE},
    {{"reuse_wildcard_then_default_wildcard", "stream.reuse.reuse_wildcard.default_wildcard"},
     REUSE(ANY),
     DEFAULT(ANY),
     WSAEADDRINUSE},
    {{"reuse_wildcard_then_default_specific", "stream.reuse.reuse_wildcard.default_specific"},
     REUSE(ANY),
     DEFAULT(ONE),
     0},
    {{"reuse_wildcard_then_reuse_wildcard", "stream.reuse.reuse_wildcard.reuse_wildcard"},
     REUSE(ANY),
     REUSE(ANY),
     0},
    {{"reuse_wildcard_then_reuse_specific", "stream.reuse.reuse_wildcard.reuse_specific"},
     REUSE(ANY),
     REUSE(ONE),
     0},
    {{"reuse_wildcard_then_exclusive_wildcard", "stream.reuse.reuse_wildcard.exclusive_wildcard"},
     REUSE(ANY),
     EXCLUSIVE(ANY),
     WSAEADDRINUSE},
    {{"reuse_wildcard_then_exclusive_specific", "stream.reuse.reuse_wildcard.exclusive_specific"},
     REUSE(ANY),
     EXCLUSIVE(ONE),
     0},
    {{"reuse_specific_then_default_wildcard", "stream.reuse.reuse_specific.default_wildcard"},
     REUSE(ONE),
     DEFAULT(ANY),
     0},
    {{"reuse_specific_then_reuse_wildcard", "stream.reuse.reuse_specific.reuse_wildcard"},
     REUSE(ONE),
     REUSE(ANY),
     0},
    {{"reuse_specific_then_exclusive_wildcard", "stream.reuse.reuse_specific.exclusive_wildcard"},
     REUSE(ONE),
     EXCLUSIVE(ANY),
     WSAEADDRINUSE},
    {{"exclusive_wildcard_then_default_wildcard",
      "stream.reuse.exclusive_wildcard.default_wildcard"},
     EXCLUSIVE(ANY),
     DEFAULT(ANY),
     WSAEADDRINUSE},
    {{"exclusive_wildcard_then_default_specific",
      "stream.reuse.exclusive_wildcard.default_specific"},
     EXCLUSIVE(ANY),
     DEFAULT(ONE),
     WSAEACCES},
    {{"exclusive_wildcard_then_reuse_wildcard", "stream.reuse.exclusive_wildcard.reuse_wildcard"},
     EXCLUSIVE(ANY),
     REUSE(ANY),
     WSAEACCES},
    {{"exclusive_wildcard_then_reuse_specific", "stream.reuse.exclusive_wildcard.reuse_specific"},
     EXCLUSIVE(ANY),
     REUSE(ONE),
     WSAEACCES},
    {{"exclusive_wildcard_then_exclusive_wildcard",
      "stream.reuse.exclusive_wildcard.exclusive_wildcard"},
     EXCLUSIVE(ANY),
     EXCLUSIVE(ANY),
     WSAEADDRINUSE},
    {{"exclusive_wildcard_then_exclusive_specific",
      "stream.reuse.exclusive_wildcard.exclusive_specific"},
     EXCLUSIVE(ANY),
     EXCLUSIVE(ONE),
     WSAEACCES},
    {{"exclusive_specific_then_default_wildcard",
      "stream.reuse.exclusive_specific.default_wildcard"},
     EXCLUSIVE(ONE),
     DEFAULT(ANY),
     0},
    {{"exclusive_specific_then_reuse_wildcard", "stream.reuse.exclusive_specific.reuse_wildcard"},
     EXCLUSIVE(ONE),
     REUSE(ANY),
     0},
    {{"exclusive_specific_then_exclusive_wildcard",
      "stream.reuse.exclusive_specific.exclusive_wildcard"},
     EXCLUSIVE(ONE),
     EXCLUSIVE(ANY),
     WSAEADDRINUSE},
};

START_TEST(bind_beside)
{
    winsock_start();
    SOCKET first = holder(pairs[_i].first.option, pairs[_i].first.address);
    SOCKET second = open_with(pairs[_i].second.option);
    struct sockaddr_in name = name_of(pairs[_i].second.address, socket_port(first));

    int result = bind(second, (struct sockaddr *)&name, sizeof(name));

    if (pairs[_i].error) {
        expect_socket_failed(result, pairs[_i].error);
        return;
    }
    expect_socket_succeeded(result);
    expect_number(socket_port(second), socket_port(first));
    expect_number(socket_name(second).sin_addr.s_addr, name.sin_addr.s_addr);
}
END_TEST
COVERS_ROWS(bind_beside, pairs);

START_TEST(exclusive_address_leaves_others_alone)
{
    winsock_start();
    SOCKET first = holder(SO_EXCLUSIVEADDRUSE, ONE), second = socket_open(SOCK_STREAM);
    struct sockaddr_in name = name_of(ONE + 1, socket_port(first));

    int result = bind(second, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
    expect_number(socket_port(second), socket_port(first));
}
END_TEST
COVERS(exclusive_address_leaves_others_alone, "stream.reuse.exclusive_is_of_one_address");

START_TEST(port_of_a_closed_holder_is_free)
{
    winsock_start();
    SOCKET first = holder(SO_EXCLUSIVEADDRUSE, ONE), second = open_with(SO_EXCLUSIVEADDRUSE);
    struct sockaddr_in name = socket_name(first);
    socket_close(first);

    int result = bind(second, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
}
END_TEST
COVERS(port_of_a_closed_holder_is_free, "stream.reuse.exclusive_ends_with_the_socket");

/* A server whose listener is closed, while the client that it accepted is there. */
START_TEST(connection_outlives_the_exclusive_listener)
{
    winsock_start();
    SOCKET listener = holder(SO_EXCLUSIVEADDRUSE, ONE), second = open_with(SO_EXCLUSIVEADDRUSE);
    require(listen(listener, 1) == 0);
    SOCKET client = stream_connect(socket_port(listener)), server = stream_accept(listener);
    struct sockaddr_in name = socket_name(listener);
    socket_close(listener);

    int result = bind(second, (struct sockaddr *)&name, sizeof(name));

    record("bind to the port of a closed listener with a connection", "%s",
           result == 0 ? "succeeds" : "fails");
    send_all(client, "still here", 10);
    expect_receives(server, "still here", 10);
}
END_TEST
COVERS(connection_outlives_the_exclusive_listener, "stream.reuse.exclusive_until_connection_ends");

static void wait_readable_of(SOCKET one, SOCKET other)
{
    fd_set both = {.fd_count = 2, .fd_array = {one, other}};
    TIMEVAL limit = select_limit();
    require(select(0, &both, NULL, NULL, &limit) == 1);
}

static const struct {
    struct row row;
    bool wildcard_first;
} orders[] = {{{"wildcard_first", NULL}, true}, {{"wildcard_second", NULL}, false}};

START_TEST(connection_goes_to_the_specific_address)
{
    winsock_start();
    SOCKET first = holder(0, orders[_i].wildcard_first ? ANY : ONE);
    SOCKET second = socket_open(SOCK_STREAM);
    SOCKET specific = orders[_i].wildcard_first ? second : first;
    SOCKET wildcard = orders[_i].wildcard_first ? first : second;
    struct sockaddr_in name = name_of(orders[_i].wildcard_first ? ONE : ANY, socket_port(first));

    int result = bind(second, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
    expect_socket_succeeded(listen(first, 1));
    expect_socket_succeeded(listen(second, 1));
    stream_connect(socket_port(first));
    wait_readable_of(first, second);
    set_nonblocking(specific, true);
    expect_socket_succeeded(accept(specific, NULL, NULL));
    set_nonblocking(wildcard, true);
    expect_socket_failed(accept(wildcard, NULL, NULL), WSAEWOULDBLOCK);
}
END_TEST
COVERS_ROWS(connection_goes_to_the_specific_address, orders,
            "stream.reuse.specific_listener_is_preferred");
