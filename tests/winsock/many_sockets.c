/* select and WSAPoll with many sockets: where in the set the one stands that is ready, all of them
 * at once, sockets of each kind beside each other, and waits that any of many ends. */
#include "winsock.h"

enum { MANY = 130 };

/* A set of more than 64 sockets, as a larger FD_SETSIZE makes it. */
struct large_set {
    u_int fd_count;
    SOCKET fd_array[MANY];
};

static const TIMEVAL at_once;

static bool is_among(SOCKET s, const SOCKET *sockets, u_int count)
{
    for (u_int i = 0; i < count; i++)
        if (sockets[i] == s)
            return true;
    return false;
}

#define HAS(set, s) is_among((s), (set).fd_array, (set).fd_count)

static struct large_set crowd(u_int count)
{
    struct large_set set = {.fd_count = count};
    for (u_int i = 0; i < count; i++)
        set.fd_array[i] = socket_bound(SOCK_DGRAM);
    return set;
}

static const struct {
    struct row row;
    u_int count, ready; /* sockets, and the index of the one that is ready */
} places[] = {
    {{"last_of_63", NULL}, 63, 62},         {{"first_of_64", NULL}, 64, 0},
    {{"last_of_64", NULL}, 64, 63},         {{"last_of_65", NULL}, 65, 64},
    {{"number_65_of_130", NULL}, MANY, 64}, {{"last_of_130", NULL}, MANY, MANY - 1},
};

START_TEST(selected)
{
    winsock_start();
    struct large_set set = crowd(places[_i].count);
    SOCKET ready = set.fd_array[places[_i].ready];
    send_datagram(ready, ready, "x");
    TIMEVAL limit = select_limit();

    int count = select(0, (fd_set *)&set, NULL, NULL, &limit);

    expect_number(count, 1);
    expect_number(set.fd_count, 1);
    expect_number(set.fd_array[0], ready);
}
END_TEST
COVERS_ROWS(selected, places, "winsock.select.any_place");

static WSAPOLLFD elements[MANY];

/* Asks for data of each socket of the set. */
static void ask_for_data(const struct large_set *set)
{
    for (u_int i = 0; i < set->fd_count; i++)
        elements[i] = (WSAPOLLFD){.fd = set->fd_array[i], .events = POLLRDNORM, .revents = -1};
}

START_TEST(polled)
{
    winsock_start();
    struct large_set set = crowd(places[_i].count);
    SOCKET ready = set.fd_array[places[_i].ready];
    send_datagram(ready, ready, "x");
    ask_for_data(&set);

    int count = WSAPoll(elements, set.fd_count, (INT)step_limit());

    expect_number(count, 1);
    for (u_int i = 0; i < set.fd_count; i++)
        expect_number((USHORT)elements[i].revents, i == places[_i].ready ? POLLRDNORM : 0);
}
END_TEST
COVERS_ROWS(polled, places, "winsock.poll.any_place");

static struct large_set all_ready(void)
{
    struct large_set set = crowd(MANY);
    for (u_int i = 0; i < MANY; i++) {
        send_datagram(set.fd_array[0], set.fd_array[i], "x");
        wait_readable(set.fd_array[i]);
    }
    return set;
}

START_TEST(all_of_many_are_selected)
{
    winsock_start();
    struct large_set all = all_ready(), set = all;
    TIMEVAL none = at_once;

    int count = select(0, (fd_set *)&set, NULL, NULL, &none);

    expect_number(count, MANY);
    expect_number(set.fd_count, MANY);
    for (u_int i = 0; i < MANY; i++)
        expect_true(HAS(set, all.fd_array[i]));
}
END_TEST
COVERS(all_of_many_are_selected, "winsock.select.all_of_many");

START_TEST(all_of_many_are_polled)
{
    winsock_start();
    struct large_set all = all_ready();
    ask_for_data(&all);

    int count = WSAPoll(elements, MANY, 0);

    expect_number(count, MANY);
    for (u_int i = 0; i < MANY; i++)
        expect_number((USHORT)elements[i].revents, POLLRDNORM);
}
END_TEST
COVERS(all_of_many_are_polled, "winsock.poll.all_of_many");

/* ---- Sockets of each kind, one of each ready to be read */

struct kinds {
    struct stream_pair idle, told;
    SOCKET idle_listener, told_listener, caller, idle_datagrams, told_datagrams;
};

static struct kinds kinds_open(void)
{
    struct kinds kinds = {.idle = stream_pair_open(),
                          .told = stream_pair_open(),
                          .idle_listener = stream_listen(),
                          .told_listener = stream_listen(),
                          .idle_datagrams = socket_bound(SOCK_DGRAM),
                          .told_datagrams = socket_bound(SOCK_DGRAM)};
    send_all(kinds.told.client, "x", 1);
    kinds.caller = stream_connect(socket_port(kinds.told_listener));
    send_datagram(kinds.idle_datagrams, kinds.told_datagrams, "x");
    wait_readable(kinds.told.server);
    wait_readable(kinds.told_listener);
    wait_readable(kinds.told_datagrams);
    return kinds;
}

START_TEST(kinds_are_selected_together)
{
    winsock_start();
    struct kinds kinds = kinds_open();
    fd_set set = {.fd_count = 6,
                  .fd_array = {kinds.idle_datagrams, kinds.told.server, kinds.idle_listener,
                               kinds.told_listener, kinds.idle.server, kinds.told_datagrams}};
    TIMEVAL none = at_once;

    int count = select(0, &set, NULL, NULL, &none);

    expect_number(count, 3);
    expect_true(HAS(set, kinds.told.server));
    expect_true(HAS(set, kinds.told_listener));
    expect_true(HAS(set, kinds.told_datagrams));
}
END_TEST
COVERS(kinds_are_selected_together, "winsock.select.kinds_together");

START_TEST(kinds_are_polled_together)
{
    winsock_start();
    struct kinds kinds = kinds_open();
    const SHORT both = POLLRDNORM | POLLWRNORM;
    WSAPOLLFD asked[] = {{.fd = kinds.idle_datagrams, .events = both},
                         {.fd = kinds.told.server, .events = both},
                         {.fd = kinds.idle_listener, .events = POLLRDNORM},
                         {.fd = kinds.told_listener, .events = POLLRDNORM},
                         {.fd = kinds.idle.server, .events = both},
                         {.fd = kinds.told_datagrams, .events = both}};
    static const SHORT told[] = {POLLWRNORM, both, 0, POLLRDNORM, POLLWRNORM, both};

    int count = WSAPoll(asked, 6, 0);

    expect_number(count, 5);
    for (int i = 0; i < 6; i++)
        expect_number((USHORT)asked[i].revents, told[i]);
}
END_TEST
COVERS(kinds_are_polled_together, "winsock.poll.kinds_together");

START_TEST(each_set_for_its_own)
{
    winsock_start();
    struct stream_pair told = stream_pair_open(), urgent = stream_pair_open();
    SOCKET idle = socket_bound(SOCK_DGRAM);
    send_all(told.client, "x", 1);
    wait_readable(told.server);
    require(send(urgent.client, "U", 1, MSG_OOB) == 1);
    fd_set reads = {.fd_count = 2, .fd_array = {told.server, idle}},
           writes = {.fd_count = 2, .fd_array = {idle, urgent.server}},
           excepts = {.fd_count = 1, .fd_array = {urgent.server}};
    TIMEVAL limit = select_limit();
    require(select(0, NULL, NULL, &excepts, &limit) == 1);
    excepts = (fd_set){.fd_count = 3, .fd_array = {told.server, idle, urgent.server}};

    int count = select(0, &reads, &writes, &excepts, &limit);

    expect_number(count, 4);
    expect_number(reads.fd_count, 1);
    expect_true(HAS(reads, told.server));
    expect_number(writes.fd_count, 2);
    expect_number(excepts.fd_count, 1);
    expect_true(HAS(excepts, urgent.server));
}
END_TEST
COVERS(each_set_for_its_own, "winsock.select.each_set_its_own");

START_TEST(taken_datagram_is_told_no_more)
{
    winsock_start();
    SOCKET first = socket_bound(SOCK_DGRAM), taken = socket_bound(SOCK_DGRAM),
           last = socket_bound(SOCK_DGRAM);
    const fd_set all = {.fd_count = 3, .fd_array = {first, taken, last}};
    TIMEVAL none = at_once;
    for (int i = 0; i < 3; i++) {
        send_datagram(first, all.fd_array[i], "x");
        wait_readable(all.fd_array[i]);
    }
    fd_set set = all;
    require(select(0, &set, NULL, NULL, &none) == 3);
    expect_datagram(taken, "x");
    set = all;

    int count = select(0, &set, NULL, NULL, &none);

    expect_number(count, 2);
    expect_true(HAS(set, first) && HAS(set, last));
}
END_TEST
COVERS(taken_datagram_is_told_no_more, "winsock.select.taken");

/* ---- Waits */

static DWORD select_of_crowd(void *sockets)
{
    struct large_set *set = sockets;
    TIMEVAL limit = select_limit();
    return (DWORD)select(0, (fd_set *)set, NULL, NULL, &limit);
}

static DWORD poll_of_crowd(void *count)
{
    return (DWORD)WSAPoll(elements, *(ULONG *)count, (INT)step_limit());
}

START_TEST(select_of_many_is_ended_by_one)
{
    static struct large_set set;
    winsock_start();
    set = crowd(MANY);
    SOCKET last = set.fd_array[MANY - 1];
    struct thread *waiting = thread_start(select_of_crowd, &set);
    expect_stays_unsignaled(waiting->handle);

    send_datagram(last, last, "x");

    expect_number(thread_join(waiting), 1);
    expect_number(set.fd_count, 1);
    expect_number(set.fd_array[0], last);
}
END_TEST
COVERS(select_of_many_is_ended_by_one, "winsock.select.ended_by_any");

START_TEST(poll_of_many_is_ended_by_one)
{
    static ULONG many = MANY;
    winsock_start();
    struct large_set set = crowd(MANY);
    SOCKET last = set.fd_array[MANY - 1];
    ask_for_data(&set);
    struct thread *waiting = thread_start(poll_of_crowd, &many);
    expect_stays_unsignaled(waiting->handle);

    send_datagram(last, last, "x");

    expect_number(thread_join(waiting), 1);
    expect_number((USHORT)elements[MANY - 1].revents, POLLRDNORM);
}
END_TEST
COVERS(poll_of_many_is_ended_by_one, "winsock.poll.ended_by_any");

START_TEST(two_threads_wait_for_one_socket)
{
    static struct large_set first, second;
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    first = second = (struct large_set){.fd_count = 1, .fd_array = {s}};
    struct thread *one = thread_start(select_of_crowd, &first),
                  *other = thread_start(select_of_crowd, &second);
    expect_stays_unsignaled(one->handle);
    expect_not_signaled(other->handle);

    send_datagram(s, s, "x");

    expect_number(thread_join(one), 1);
    expect_number(thread_join(other), 1);
}
END_TEST
COVERS(two_threads_wait_for_one_socket, "winsock.select.two_threads");
