/* WSAConnectByList: a connection to whichever of several addresses answers. */
#include "winsock/winsock.h"

#include <mswsock.h>

/* [::ffff:127.0.0.1]:PORT. */
static struct sockaddr_in6 mapped(unsigned port)
{
    struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_port = htons((u_short)port)};
    memcpy(&name.sin6_addr, &(BYTE[16]){[10] = 255, [11] = 255, [12] = 127, [15] = 1}, 16);
    return name;
}

/* A stream socket for both families, as the list of addresses needs it. */
static SOCKET dual_socket(void)
{
    SOCKET s = socket(AF_INET6, SOCK_STREAM, 0);
    DWORD off = 0;
    if (s == INVALID_SOCKET)
        unsupported("no IPv6 on this machine");
    require(setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&off, sizeof(off)) == 0);
    return s;
}

struct list {
    struct sockaddr_in6 names[2];
    union {
        SOCKET_ADDRESS_LIST list;
        char room[sizeof(SOCKET_ADDRESS_LIST) + sizeof(SOCKET_ADDRESS)];
    };
};

/* One or two ports of this machine; the second may be 0. */
static SOCKET_ADDRESS_LIST *list_of(struct list *list, unsigned first, unsigned second)
{
    list->list.iAddressCount = second ? 2 : 1;
    list->names[0] = mapped(first);
    list->names[1] = mapped(second);
    for (int i = 0; i < list->list.iAddressCount; i++)
        list->list.Address[i] =
            (SOCKET_ADDRESS){(LPSOCKADDR)&list->names[i], sizeof(list->names[i])};
    return &list->list;
}

static const struct {
    struct row row;
    bool silent_first;
} orders[] = {{{"listener_first", NULL}, false}, {{"listener_second", NULL}, true}};

START_TEST(connects_to)
{
    optional_api(WSAConnectByList);
    winsock_start();
    SOCKET s = dual_socket(), listener = stream_listen(), silent = socket_bound(SOCK_STREAM);
    unsigned port = socket_port(listener), other = socket_port(silent);
    struct list list;
    struct sockaddr_in6 remote = {0}, local = {0}, own;
    DWORD remote_size = sizeof(remote), local_size = sizeof(local);
    int size = sizeof(own);
    take_no_for_an_answer(s);

    BOOL done = WSAConnectByList(s,
                                 list_of(&list, orders[_i].silent_first ? other : port,
                                         orders[_i].silent_first ? port : other),
                                 &local_size, (struct sockaddr *)&local, &remote_size,
                                 (struct sockaddr *)&remote, NULL, NULL);

    expect_succeeded(done);
    expect_number(remote_size, sizeof(remote));
    expect_number(ntohs(remote.sin6_port), port);
    expect_number(setsockopt(s, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0), 0);
    expect_number(getsockname(s, (struct sockaddr *)&own, &size), 0);
    expect_bytes(&local.sin6_addr, &own.sin6_addr, sizeof(own.sin6_addr));
    send_all(s, "there", 5);
    expect_receives(stream_accept(listener), "there", 5);
}
END_TEST
COVERS_ROWS(connects_to, orders, "stream.connectbylist.any_of_several",
            "stream.connectbylist.addresses");

START_TEST(has_a_time)
{
    optional_api(WSAConnectByList);
    winsock_start();
    SOCKET s = dual_socket(), listener = stream_listen();
    struct list list;
    TIMEVAL time = select_limit();

    BOOL done = WSAConnectByList(s, list_of(&list, socket_port(listener), 0), NULL, NULL, NULL,
                                 NULL, &time, NULL);

    expect_succeeded(done);
    send_all(s, "there", 5);
    expect_receives(stream_accept(listener), "there", 5);
}
END_TEST
COVERS(has_a_time, "stream.connectbylist.timeout");

/* An address of IPv4 as it is, where the page also says that it is to be mapped. */
START_TEST(address_that_is_not_mapped)
{
    optional_api(WSAConnectByList);
    winsock_start();
    SOCKET s = dual_socket();
    struct list list;
    struct sockaddr_in name = socket_name(stream_listen());
    list_of(&list, 1, 0)->Address[0] = (SOCKET_ADDRESS){(LPSOCKADDR)&name, sizeof(name)};

    BOOL done = WSAConnectByList(s, &list.list, NULL, NULL, NULL, NULL, NULL, NULL);

    record_outcome("WSAConnectByList of an address of IPv4", done);
}
END_TEST
COVERS(address_that_is_not_mapped, "stream.connectbylist.mixed_families");

START_TEST(before_its_context_is_updated)
{
    optional_api(WSAConnectByList);
    winsock_start();
    SOCKET s = dual_socket();
    struct list list;
    struct sockaddr_in6 peer;
    int size = sizeof(peer);

    BOOL done = WSAConnectByList(s, list_of(&list, socket_port(stream_listen()), 0), NULL, NULL,
                                 NULL, NULL, NULL, NULL);

    require(done);
    record_outcome("getpeername", getpeername(s, (struct sockaddr *)&peer, &size) == 0);
    record_outcome("shutdown", shutdown(s, SD_SEND) == 0);
}
END_TEST
COVERS(before_its_context_is_updated, "stream.connectbylist.before_update_context");

START_TEST(tells_why_the_last_failed)
{
    optional_api(WSAConnectByList);
    winsock_start();
    SOCKET s = dual_socket();
    struct list list;
    take_no_for_an_answer(s);

    BOOL done = WSAConnectByList(s, list_of(&list, socket_port(socket_bound(SOCK_STREAM)), 0), NULL,
                                 NULL, NULL, NULL, NULL, NULL);

    expect_failed(done, WSAECONNREFUSED);
}
END_TEST
COVERS(tells_why_the_last_failed, "stream.connectbylist.last_error");

START_TEST(waits_though_nonblocking)
{
    optional_api(WSAConnectByList);
    winsock_start();
    SOCKET s = dual_socket();
    struct list list;
    set_nonblocking(s, true);

    BOOL done = WSAConnectByList(s, list_of(&list, socket_port(stream_listen()), 0), NULL, NULL,
                                 NULL, NULL, NULL, NULL);

    expect_succeeded(done);
    expect_number(send(s, "x", 1, 0), 1);
}
END_TEST
COVERS(waits_though_nonblocking, "stream.connectbylist.blocks_on_nonblocking",
       "stream.connectbylist.null_addresses");

static SOCKET no_socket(void)
{
    return INVALID_SOCKET;
}

static SOCKET null_socket(void)
{
    return 0;
}

static SOCKET bound_dual_socket(void)
{
    SOCKET s = dual_socket();
    struct sockaddr_in6 any_port = mapped(0);
    require(bind(s, (struct sockaddr *)&any_port, sizeof(any_port)) == 0);
    return s;
}

static SOCKET datagram_dual_socket(void)
{
    SOCKET s = socket(AF_INET6, SOCK_DGRAM, 0);
    DWORD off = 0;
    if (s == INVALID_SOCKET)
        unsupported("no IPv6 on this machine");
    require(setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&off, sizeof(off)) == 0);
    return s;
}

static const struct {
    struct row row;
    SOCKET (*socket)(void);
    bool reserved;
    DWORD error; /* 0: any */
} refusals[] = {
    {{"bound_socket", "stream.connectbylist.bound"}, bound_dual_socket, false, 0},
    {{"datagram_socket", "stream.connectbylist.datagrams"}, datagram_dual_socket, false, 0},
    {{"reserved_argument", "stream.connectbylist.reserved_einval"}, dual_socket, true, WSAEINVAL},
    {{"invalid_socket", "stream.connectbylist.notsock"}, no_socket, false, WSAENOTSOCK},
    {{"null_socket", "stream.connectbylist.notsock"}, null_socket, false, WSAENOTSOCK},
};

START_TEST(fails_for)
{
    static WSAOVERLAPPED operation;
    optional_api(WSAConnectByList);
    winsock_start();
    SOCKET s = refusals[_i].socket();
    struct list list;

    BOOL done = WSAConnectByList(s, list_of(&list, socket_port(stream_listen()), 0), NULL, NULL,
                                 NULL, NULL, NULL, refusals[_i].reserved ? &operation : NULL);

    if (refusals[_i].error)
        expect_failed(done, refusals[_i].error);
    else
        expect_failed_somehow(done);
}
END_TEST
COVERS_ROWS(fails_for, refusals);
