/* select and WSAPoll of a socket that has several descriptors: in one process, in another one, and
 * inherited. */
#include "stream/handed.h"

/* How many of two descriptors are readable at this moment. */
static int readable(SOCKET first, SOCKET second)
{
    TIMEVAL none = {0, 0};
    fd_set both = {.fd_count = 2, .fd_array = {first, second}};
    return select(0, &both, NULL, NULL, &none);
}

static int readable_alone(SOCKET s)
{
    TIMEVAL none = {0, 0};
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    return select(0, &one, NULL, NULL, &none);
}

/* ---- A socket that is ready to be read; *OTHER keeps who made it so. */

static SOCKET told_stream(SOCKET *other)
{
    struct stream_pair pair = stream_pair_open();
    *other = pair.client;
    send_all(pair.client, "x", 1);
    return pair.server;
}

static SOCKET called_listener(SOCKET *other)
{
    SOCKET listener = stream_listen();
    *other = stream_connect(socket_port(listener));
    return listener;
}

static SOCKET told_datagrams(SOCKET *other)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    *other = s;
    send_datagram(s, s, "x");
    return s;
}

/* ---- Takes what a socket is ready for. */

static void take_byte(SOCKET s)
{
    expect_receives(s, "x", 1);
}

static void take_connection(SOCKET s)
{
    expect_true(accept(s, NULL, NULL) != INVALID_SOCKET);
}

static const struct {
    struct row row;
    SOCKET (*ready)(SOCKET *other);
    void (*take)(SOCKET s);
} kinds[] = {
    {{"stream", NULL}, told_stream, take_byte},
    {{"listener", NULL}, called_listener, take_connection},
    {{"datagrams", NULL}, told_datagrams, take_byte},
};

START_TEST(selected_through_each_descriptor_of_a)
{
    winsock_start();
    SOCKET other, first = kinds[_i].ready(&other), second = duplicate_of(first);
    wait_readable(first);

    int count = readable(first, second);

    expect_number(count, 2);
    kinds[_i].take(first);
    expect_number(readable(first, second), 0);
}
END_TEST
COVERS_ROWS(selected_through_each_descriptor_of_a, kinds, "winsock.shared.selected",
            "winsock.shared.taken");

START_TEST(polled_through_each_descriptor_of_a)
{
    winsock_start();
    SOCKET other, first = kinds[_i].ready(&other), second = duplicate_of(first);
    WSAPOLLFD both[] = {{.fd = first, .events = POLLRDNORM}, {.fd = second, .events = POLLRDNORM}};
    wait_readable(first);

    int count = WSAPoll(both, 2, 0);

    expect_number(count, 2);
    expect_number((USHORT)both[0].revents, POLLRDNORM);
    expect_number((USHORT)both[1].revents, POLLRDNORM);
    kinds[_i].take(second);
    expect_number(WSAPoll(both, 2, 0), 0);
}
END_TEST
COVERS_ROWS(polled_through_each_descriptor_of_a, kinds, "winsock.shared.polled");

static DWORD select_of(void *s)
{
    TIMEVAL limit = select_limit();
    fd_set one = {.fd_count = 1, .fd_array = {*(SOCKET *)s}};
    return (DWORD)select(0, &one, NULL, NULL, &limit);
}

START_TEST(wait_outlives_the_other_descriptor)
{
    static SOCKET second;
    winsock_start();
    SOCKET first = socket_bound(SOCK_DGRAM), sender = socket_bound(SOCK_DGRAM);
    second = duplicate_of(first);
    struct thread *waiting = thread_start(select_of, &second);

    int result = closesocket(first);

    expect_socket_succeeded(result);
    expect_stays_unsignaled(waiting->handle);
    send_datagram(sender, second, "x");
    expect_number(thread_join(waiting), 1);
    expect_datagram(second, "x");
}
END_TEST
COVERS(wait_outlives_the_other_descriptor, "winsock.shared.wait_outlives_close");

/* ---- In another process */

PEER(sees_and_takes)
{
    winsock_start();
    checkpoint_wait("duplicated");
    WSAPROTOCOL_INFOW info = info_load();
    SOCKET s = open_duplicate(&info);
    require(s != INVALID_SOCKET);
    checkpoint_reach("opened");
    expect_number(select_of(&s), 1);
    checkpoint_reach("seen");
    checkpoint_wait("take it");
    expect_datagram(s, "x");
    checkpoint_reach("taken");
}

START_TEST(selected_here_and_in_another_process)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct peer *peer = peer_start(sees_and_takes);
    WSAPROTOCOL_INFOW info;
    require(WSADuplicateSocketW(s, peer->info.dwProcessId, &info) == 0);
    info_save(&info);
    checkpoint_reach("duplicated");
    checkpoint_wait("opened");
    send_datagram(s, s, "x");
    checkpoint_wait("seen");

    int count = readable_alone(s);

    expect_number(count, 1);
    checkpoint_reach("take it");
    checkpoint_wait("taken");
    expect_number(readable_alone(s), 0);
    peer_join(peer);
}
END_TEST
COVERS(selected_here_and_in_another_process, "winsock.shared.other_process");

PEER(sees_what_was_inherited)
{
    winsock_start();
    SOCKET s = (SOCKET)peer_handle(0);
    expect_number(select_of(&s), 1);
    expect_datagram(s, "x");
}

START_TEST(selected_by_a_child_that_inherits)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    require(SetHandleInformation((HANDLE)s, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    struct peer *child = peer_prepare(sees_what_was_inherited, given_handle(s));
    send_datagram(s, s, "x");

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    expect_number(readable_alone(s), 0);
}
END_TEST
COVERS(selected_by_a_child_that_inherits, "winsock.shared.inherited");
