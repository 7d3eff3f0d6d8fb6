/* Times that are too long for 32 bits when they are counted in smaller units: minutes and weeks. */
#include "stream/sockets.h"

struct waiter {
    SOCKET s, peer;
    HANDLE handle;
    unsigned long time, rest;
    int (*wait)(const struct waiter *);
};

static char room[16];

static int in_select(const struct waiter *waiter)
{
    fd_set one = {.fd_count = 1, .fd_array = {waiter->s}};
    TIMEVAL limit = {.tv_sec = (long)waiter->time, .tv_usec = (long)waiter->rest};
    return select(0, &one, NULL, NULL, &limit);
}

static int in_poll(const struct waiter *waiter)
{
    WSAPOLLFD one = {.fd = waiter->s, .events = POLLRDNORM};
    return WSAPoll(&one, 1, (INT)waiter->time);
}

static int in_recv(const struct waiter *waiter)
{
    return recv(waiter->s, room, 1, 0);
}

static int in_send(const struct waiter *waiter)
{
    return send(waiter->s, room, 1, 0);
}

static int in_wait(const struct waiter *waiter)
{
    DWORD result = WSAWaitForMultipleEvents(1, &waiter->handle, FALSE, waiter->time, FALSE);
    return result == WSA_WAIT_EVENT_0 ? 1 : SOCKET_ERROR;
}

static int in_port(const struct waiter *waiter)
{
    DWORD count;
    ULONG_PTR key;
    OVERLAPPED *operation;
    return GetQueuedCompletionStatus(waiter->handle, &count, &key, &operation, waiter->time) ? 1
                                                                                             : -1;
}

/* ---- What has no data, and what brings them */

static void without_limit(struct waiter *waiter)
{
    waiter->s = socket_bound(SOCK_DGRAM);
}

static void with_limit(struct waiter *waiter)
{
    waiter->s = socket_bound(SOCK_DGRAM);
    limit_receives(waiter->s, waiter->time);
}

static void without_room(struct waiter *waiter)
{
    struct stream_pair pair = stream_pair_open();
    DWORD limit = waiter->time;
    waiter->s = pair.client;
    waiter->peer = pair.server;
    fill(waiter->s);
    require(setsockopt(waiter->s, SOL_SOCKET, SO_SNDTIMEO, (char *)&limit, sizeof(limit)) == 0);
}

static void of_an_event(struct waiter *waiter)
{
    waiter->handle = event_create();
}

static void of_a_port(struct waiter *waiter)
{
    waiter->handle = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    require(waiter->handle != NULL);
}

static void a_datagram(const struct waiter *waiter)
{
    send_datagram(waiter->s, waiter->s, "x");
}

/* The peer receives until the sender has gone on. */
static void some_room(const struct waiter *waiter)
{
    static char bytes[65536];
    fd_set one = {.fd_count = 1, .fd_array = {waiter->peer}};
    TIMEVAL limit = {.tv_usec = 200000};
    while (select(0, &one, NULL, NULL, &limit) == 1)
        require(recv(waiter->peer, bytes, sizeof(bytes), 0) > 0);
}

static void the_event(const struct waiter *waiter)
{
    require(SetEvent(waiter->handle));
}

static void a_packet(const struct waiter *waiter)
{
    require(PostQueuedCompletionStatus(waiter->handle, 1, 0, NULL));
}

/* Of each time a number of milliseconds, microseconds or ticks of 100 nanoseconds has so few bits
 * left in 32 that it is none, or less than a tenth of a second. */
static const struct {
    struct row row;
    void (*set_up)(struct waiter *);
    int (*wait)(const struct waiter *);
    void (*end)(const struct waiter *);
    unsigned long time, rest;
} waits[] = {
    {{"select_minutes", "winsock.long_time.select"}, without_limit, in_select, a_datagram, 300, 0},
    {{"select_ticks", "winsock.long_time.select"},
     without_limit,
     in_select,
     a_datagram,
     429,
     500000},
    {{"select_microseconds", "winsock.long_time.select"},
     without_limit,
     in_select,
     a_datagram,
     4295,
     0},
    {{"select_milliseconds", "winsock.long_time.select"},
     without_limit,
     in_select,
     a_datagram,
     4294967,
     300000},
    {{"poll_minutes", "winsock.long_time.poll"}, without_limit, in_poll, a_datagram, 300000, 0},
    {{"poll_ticks", "winsock.long_time.poll"}, without_limit, in_poll, a_datagram, 429500, 0},
    {{"poll_microseconds", "winsock.long_time.poll"},
     without_limit,
     in_poll,
     a_datagram,
     4294968,
     0},
    {{"poll_weeks", "winsock.long_time.poll"}, without_limit, in_poll, a_datagram, 0x7FFFFFFF, 0},
    {{"receive_minutes", "winsock.long_time.rcvtimeo"}, with_limit, in_recv, a_datagram, 300000, 0},
    {{"receive_ticks", "winsock.long_time.rcvtimeo"}, with_limit, in_recv, a_datagram, 429500, 0},
    {{"receive_microseconds", "winsock.long_time.rcvtimeo"},
     with_limit,
     in_recv,
     a_datagram,
     4294968,
     0},
    {{"receive_weeks", "winsock.long_time.rcvtimeo"},
     with_limit,
     in_recv,
     a_datagram,
     0x7FFFFFFF,
     0},
    {{"send_minutes", "winsock.long_time.sndtimeo"}, without_room, in_send, some_room, 300000, 0},
    {{"send_ticks", "winsock.long_time.sndtimeo"}, without_room, in_send, some_room, 429500, 0},
    {{"send_weeks", "winsock.long_time.sndtimeo"}, without_room, in_send, some_room, 0x7FFFFFFF, 0},
    {{"event_ticks", "winsock.long_time.events"}, of_an_event, in_wait, the_event, 429500, 0},
    {{"event_microseconds", "winsock.long_time.events"},
     of_an_event,
     in_wait,
     the_event,
     4294968,
     0},
    {{"event_weeks", "winsock.long_time.events"}, of_an_event, in_wait, the_event, 0xFFFFFFFE, 0},
    {{"port_ticks", "winsock.long_time.port"}, of_a_port, in_port, a_packet, 429500, 0},
    {{"port_microseconds", "winsock.long_time.port"}, of_a_port, in_port, a_packet, 4294968, 0},
    {{"port_weeks", "winsock.long_time.port"}, of_a_port, in_port, a_packet, 0xFFFFFFFE, 0},
};

static DWORD waits_long(void *argument)
{
    const struct waiter *waiter = argument;

    int result = waiter->wait(waiter);

    expect_number(result, 1);
    return 0;
}

START_TEST(lasts)
{
    winsock_start();
    struct waiter waiter = {.time = waits[_i].time, .rest = waits[_i].rest, .wait = waits[_i].wait};
    waits[_i].set_up(&waiter);
    struct thread *thread = thread_start(waits_long, &waiter);
    expect_stays_unsignaled(thread->handle);

    waits[_i].end(&waiter);

    thread_join(thread);
}
END_TEST
COVERS_ROWS(lasts, waits);
