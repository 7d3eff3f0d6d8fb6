/* What select does with several sockets and sets, with sets that it cannot use, and in its wait. */
#include "alertable.h"

#include "stream/sockets.h"

/* A set that holds one socket. */
#define SET_OF(s)                         \
    (fd_set)                              \
    {                                     \
        .fd_count = 1, .fd_array = {(s) } \
    }

static const TIMEVAL at_once;

/* ---- Sets */

START_TEST(all_that_are_ready_are_counted)
{
    winsock_start();
    SOCKET first = socket_bound(SOCK_DGRAM), idle = socket_bound(SOCK_DGRAM),
           last = socket_bound(SOCK_DGRAM);
    send_datagram(idle, first, "x");
    send_datagram(idle, last, "x");
    wait_readable(first);
    wait_readable(last);
    fd_set readable = {.fd_count = 3, .fd_array = {first, idle, last}};
    TIMEVAL none = at_once;

    int count = select(0, &readable, NULL, NULL, &none);

    expect_number(count, 2);
    expect_number(readable.fd_count, 2);
    expect_true(FD_ISSET(first, &readable) && FD_ISSET(last, &readable));
}
END_TEST
COVERS(all_that_are_ready_are_counted, "winsock.select.count_in_one_set");

enum { READS, WRITES, EXCEPTS };

/* SET as one of select's sets; the others are NULL. */
static int select_one(int which, fd_set *set, TIMEVAL *limit)
{
    return select(0, which == READS ? set : NULL, which == WRITES ? set : NULL,
                  which == EXCEPTS ? set : NULL, limit);
}

static const struct {
    struct row row;
    int which;
} alone[] = {
    {{"reads", NULL}, READS},
    {{"writes", NULL}, WRITES},
    {{"exceptions", NULL}, EXCEPTS},
};

START_TEST(one_set_is_enough)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "x", 1);
    require(send(pair.client, "U", 1, MSG_OOB) == 1);
    wait_readable(pair.server);
    fd_set set = SET_OF(pair.server);
    TIMEVAL limit = select_limit();

    int count = select_one(alone[_i].which, &set, &limit);

    expect_number(count, 1);
    expect_number(set.fd_count, 1);
}
END_TEST
COVERS_ROWS(one_set_is_enough, alone, "winsock.select.any_two_null");

static const struct {
    struct row row;
    int which;
} strangers[] = {
    {{"reads", "winsock.select.enotsock"}, READS},
    {{"writes", "winsock.select.enotsock_writes"}, WRITES},
    {{"exceptions", "winsock.select.enotsock_excepts"}, EXCEPTS},
};

START_TEST(closed_socket_in)
{
    winsock_start();
    SOCKET open = socket_bound(SOCK_DGRAM), closed = socket_bound(SOCK_DGRAM);
    fd_set set = {.fd_count = 2, .fd_array = {open, closed}}, control = SET_OF(open);
    TIMEVAL none = at_once;
    socket_close(closed);

    int count = select_one(strangers[_i].which, &set, &none);

    expect_socket_failed(count, WSAENOTSOCK);
    expect_socket_succeeded(select_one(strangers[_i].which, &control, &none));
}
END_TEST
COVERS_ROWS(closed_socket_in, strangers);

START_TEST(empty_set_beside_another)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    fd_set empty = {.fd_count = 0}, writable = SET_OF(s);
    TIMEVAL none = at_once;

    int count = select(0, &empty, &writable, NULL, &none);

    if (count == SOCKET_ERROR)
        expect_last_error(WSAEINVAL);
    record("select of an empty set and another", count == SOCKET_ERROR ? "fails" : "succeeds");
    expect_true(count == SOCKET_ERROR || count == 1);
}
END_TEST
COVERS(empty_set_beside_another, "winsock.select.empty_set_beside");

/* ---- The wait */

START_TEST(routine_runs_in_the_wait)
{
    winsock_start();
    struct sender sender = {.s = socket_bound(SOCK_DGRAM), .go = event_create()};
    fd_set readable = SET_OF(sender.s);
    struct thread *thread = thread_start(send_when_told, &sender);
    require(QueueUserAPC(tell, GetCurrentThread(), (ULONG_PTR)sender.go) != 0);

    int count = select(0, &readable, NULL, NULL, NULL);

    expect_number(count, 1);
    expect_number(thread_join(thread), WAIT_OBJECT_0);
}
END_TEST
COVERS(routine_runs_in_the_wait, "winsock.select.alertable");

START_TEST(not_started)
{
    winsock_start();
    fd_set readable = SET_OF(socket_bound(SOCK_DGRAM));
    TIMEVAL none = at_once;
    require(WSACleanup() == 0);

    int count = select(0, &readable, NULL, NULL, &none);

    expect_socket_failed(count, WSANOTINITIALISED);
}
END_TEST
COVERS(not_started, "winsock.select.notinitialised");

/* ---- Nothing ready in any set */

static SOCKET without_room(void)
{
    struct stream_pair pair = stream_pair_open();
    fill(pair.client);
    return pair.client;
}

static SOCKET idle_connection(void)
{
    return stream_pair_open().client;
}

static const struct {
    struct row row;
    int which;
    SOCKET (*create)(void);
} idles[] = {
    {{"writefds", "winsock.select.timeout_empties_writefds"}, WRITES, without_room},
    {{"exceptfds", "winsock.select.timeout_empties_exceptfds"}, EXCEPTS, idle_connection},
};

START_TEST(time_out_empties)
{
    winsock_start();
    fd_set set = SET_OF(idles[_i].create());
    TIMEVAL none = {0, 0};

    int count = select_one(idles[_i].which, &set, &none);

    expect_number(count, 0);
    expect_number(set.fd_count, 0);
}
END_TEST
COVERS_ROWS(time_out_empties, idles);
