/* Which names bind gives to stream sockets, and which it refuses. */
#include "winsock/winsock.h"

START_TEST(port_0_gets_a_port)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct sockaddr_in asked = loopback(0);

    int result = bind(s, (struct sockaddr *)&asked, sizeof(asked));

    expect_socket_succeeded(result);
    expect_number(result, 0);
    struct sockaddr_in name = socket_name(s);
    expect_true(name.sin_port != 0);
    expect_number(name.sin_family, AF_INET);
    expect_number(name.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
}
END_TEST
COVERS(port_0_gets_a_port, "stream.bind.success_zero", "stream.bind.port0_assigns_port");

START_TEST(address_of_another_socket_is_in_use)
{
    winsock_start();
    struct sockaddr_in taken = socket_name(stream_listen()), any_port = loopback(0);
    SOCKET s = socket_open(SOCK_STREAM);

    int result = bind(s, (struct sockaddr *)&taken, sizeof(taken));

    expect_socket_failed(result, WSAEADDRINUSE);
    expect_socket_succeeded(bind(s, (struct sockaddr *)&any_port, sizeof(any_port)));
}
END_TEST
COVERS(address_of_another_socket_is_in_use, "stream.bind.inuse");

START_TEST(bound_socket_cannot_be_bound_again)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_STREAM);
    unsigned port = socket_port(s);
    struct sockaddr_in any_port = loopback(0);

    int result = bind(s, (struct sockaddr *)&any_port, sizeof(any_port));

    expect_socket_failed(result, WSAEINVAL);
    expect_number(socket_port(s), port);
}
END_TEST
COVERS(bound_socket_cannot_be_bound_again, "stream.bind.already_bound_einval");

START_TEST(short_name_is_a_fault)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct sockaddr_in any_port = loopback(0);

    int result = bind(s, (struct sockaddr *)&any_port, sizeof(any_port) - 1);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(bind(s, (struct sockaddr *)&any_port, sizeof(any_port)));
}
END_TEST
COVERS(short_name_is_a_fault, "stream.bind.short_namelen_efault");

START_TEST(no_name_is_a_fault)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);

    int result = bind(s, NULL, sizeof(struct sockaddr_in));

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(no_name_is_a_fault, "stream.bind.null_name_efault");

START_TEST(name_of_another_family)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct sockaddr_in name = loopback(0);
    name.sin_family = 0x4D2;

    int result = bind(s, (struct sockaddr *)&name, sizeof(name));

    DWORD error = GetLastError();
    char text[80];
    record("bind to a name of another family", "%s", error_text(error, text, sizeof(text)));
    expect_number(result, SOCKET_ERROR);
    expect_true(error == WSAEFAULT || error == WSAEAFNOSUPPORT);
}
END_TEST
COVERS(name_of_another_family, "stream.bind.family_mismatch_efault");

START_TEST(ports_chosen_differ)
{
    enum { MANY = 20 };
    winsock_start();
    unsigned ports[MANY];
    for (int i = 0; i < MANY; i++)
        ports[i] = socket_port(socket_bound(SOCK_STREAM));
    for (int i = 0; i < MANY; i++)
        for (int j = 0; j < i; j++)
            expect_true(ports[i] != ports[j]);
    record("first port chosen for port 0", "%s 49152", ports[0] >= 49152 ? "from" : "below");
}
END_TEST
COVERS(ports_chosen_differ, "stream.bind.port0_unique", "stream.bind.port0_dynamic_range");

START_TEST(datagram_socket_has_the_same_port)
{
    winsock_start();
    SOCKET datagram = socket_bound(SOCK_DGRAM), s = socket_open(SOCK_STREAM);
    struct sockaddr_in name = socket_name(datagram);

    int result = bind(s, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
    expect_number(socket_port(s), socket_port(datagram));
}
END_TEST
COVERS(datagram_socket_has_the_same_port, "stream.bind.tcp_udp_independent");

START_TEST(other_address_has_the_same_port)
{
    winsock_start();
    SOCKET first = socket_bound(SOCK_STREAM), s = socket_open(SOCK_STREAM);
    struct sockaddr_in name = socket_name(first);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);

    int result = bind(s, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
    expect_number(socket_port(s), socket_port(first));
    expect_number(socket_name(s).sin_addr.s_addr, name.sin_addr.s_addr);
}
END_TEST
COVERS(other_address_has_the_same_port, "stream.bind.different_local_addresses");

/* ---- The same address twice: what SO_REUSEADDR and SO_EXCLUSIVEADDRUSE allow ---- */

#define EXCLUSIVE SO_EXCLUSIVEADDRUSE

static const struct {
    struct row row;
    int first, second; /* options, 0: none */
    DWORD error;       /* 0: the second bind succeeds */
} reuses[] = {
    {{"default_then_default", "stream.reuse.default_specific.default_specific"},
     0,
     0,
     WSAEADDRINUSE},
    {{"default_then_reuse", "stream.reuse.default_specific.reuse_specific"},
     0,
     SO_REUSEADDR,
     WSAEACCES},
    {{"default_then_exclusive", "stream.reuse.default_specific.exclusive_specific"},
     0,
     EXCLUSIVE,
     WSAEADDRINUSE},
    {{"reuse_then_default", "stream.reuse.reuse_specific.default_specific"},
     SO_REUSEADDR,
     0,
     WSAEADDRINUSE},
    {{"reuse_then_reuse", "stream.reuse.reuse_specific.reuse_specific"},
     SO_REUSEADDR,
     SO_REUSEADDR,
     0},
    {{"reuse_then_exclusive", "stream.reuse.reuse_specific.exclusive_specific"},
     SO_REUSEADDR,
     EXCLUSIVE,
     WSAEADDRINUSE},
    {{"exclusive_then_default", "stream.reuse.exclusive_specific.default_specific"},
     EXCLUSIVE,
     0,
     WSAEADDRINUSE},
    {{"exclusive_then_reuse", "stream.reuse.exclusive_specific.reuse_specific"},
     EXCLUSIVE,
     SO_REUSEADDR,
     WSAEACCES},
    {{"exclusive_then_exclusive", "stream.reuse.exclusive_specific.exclusive_specific"},
     EXCLUSIVE,
     EXCLUSIVE,
     WSAEADDRINUSE},
};

static void set_on(SOCKET s, int option)
{
    BOOL on = TRUE;
    require(!option || setsockopt(s, SOL_SOCKET, option, (char *)&on, sizeof(on)) == 0);
}

START_TEST(same_address)
{
    winsock_start();
    SOCKET first = socket_open(SOCK_STREAM), second = socket_open(SOCK_STREAM);
    set_on(first, reuses[_i].first);
    set_on(second, reuses[_i].second);
    struct sockaddr_in name = loopback(0);
    require(bind(first, (struct sockaddr *)&name, sizeof(name)) == 0);
    name = socket_name(first);

    int result = bind(second, (struct sockaddr *)&name, sizeof(name));

    if (reuses[_i].error)
        expect_socket_failed(result, reuses[_i].error);
    else
        expect_socket_succeeded(result);
}
END_TEST
COVERS_ROWS(same_address, reuses);

static const struct {
    struct row row;
    int first, second;
} combinations[] = {
    {{"exclusive_after_reuse", NULL}, SO_REUSEADDR, EXCLUSIVE},
    {{"reuse_after_exclusive", NULL}, EXCLUSIVE, SO_REUSEADDR},
};

START_TEST(not_both_options)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    BOOL on = TRUE;
    set_on(s, combinations[_i].first);

    int result = setsockopt(s, SOL_SOCKET, combinations[_i].second, (char *)&on, sizeof(on));

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS_ROWS(not_both_options, combinations, "dgram.bind.options_exclusive");

START_TEST(option_set_after_bind_comes_too_late)
{
    winsock_start();
    SOCKET first = socket_bound(SOCK_STREAM), second = socket_open(SOCK_STREAM);
    BOOL on = TRUE;
    setsockopt(first, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof(on));
    set_on(second, SO_REUSEADDR);
    struct sockaddr_in name = socket_name(first);

    int result = bind(second, (struct sockaddr *)&name, sizeof(name));

    expect_number(result, SOCKET_ERROR);
}
END_TEST
COVERS(option_set_after_bind_comes_too_late, "stream.bind.reuse_options_only_before");

START_TEST(broadcast_address)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    struct sockaddr_in everybody = loopback(0), any_port = loopback(0);
    everybody.sin_addr.s_addr = htonl(INADDR_BROADCAST);

    int result = bind(s, (struct sockaddr *)&everybody, sizeof(everybody));

    expect_socket_failed(result, WSAEACCES, WSAEADDRNOTAVAIL); /* by the page, on Windows */
    expect_socket_succeeded(bind(s, (struct sockaddr *)&any_port, sizeof(any_port)));
}
END_TEST
COVERS(broadcast_address, "dgram.bind.broadcast");
