/* What a pending operation has taken is there no more for select, WSAPoll and WSAEventSelect; what
 * it has left is. */
#include "stream/extension.h"

static char room[16], names[2 * NAME_ROOM];

struct served {
    SOCKET s, other;
    void (*more)(const struct served *);
};

/* Begins a receive of at most SIZE bytes. */
static void receive_pending(SOCKET s, ULONG size)
{
    WSABUF buffer = {.len = size, .buf = room};
    DWORD flags = 0;
    require(WSARecv(s, &buffer, 1, NULL, &flags, operation_with_event(), NULL) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);
}

static void wait_done(void)
{
    require(WaitForSingleObject(extension_operation.hEvent, step_limit()) == WAIT_OBJECT_0);
}

static void another_client(const struct served *served)
{
    stream_connect(socket_port(served->s));
}

static void more_bytes(const struct served *served)
{
    send_all(served->other, "more", 4);
}

static void another_datagram(const struct served *served)
{
    send_datagram(served->other, served->s, "more");
}

static struct served client_taken(void)
{
    struct served served = {stream_listen(), socket_open(SOCK_STREAM), another_client};
    DWORD count;
    LPFN_ACCEPTEX function = accept_ex(served.s);
    require(!function(served.s, served.other, names, 0, NAME_ROOM, NAME_ROOM, &count,
                      operation_with_event()) &&
            GetLastError() == ERROR_IO_PENDING);
    another_client(&served);
    wait_done();
    return served;
}

static struct served bytes_taken(void)
{
    struct stream_pair pair = stream_pair_open();
    struct served served = {pair.server, pair.client, more_bytes};
    receive_pending(served.s, sizeof(room));
    more_bytes(&served);
    wait_done();
    return served;
}

static struct served datagram_taken(void)
{
    struct served served = {socket_bound(SOCK_DGRAM), socket_bound(SOCK_DGRAM), another_datagram};
    receive_pending(served.s, sizeof(room));
    another_datagram(&served);
    wait_done();
    return served;
}

static int selected(SOCKET s)
{
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    return select(0, &one, NULL, NULL, &(TIMEVAL){0, 0});
}

/* ---- Taken */

static const struct {
    struct row row;
    struct served (*serve)(void);
} servers[] = {
    {{"client", NULL}, client_taken},
    {{"bytes", NULL}, bytes_taken},
    {{"datagram", NULL}, datagram_taken},
};

START_TEST(select_of_a_taken)
{
    winsock_start();
    struct served served = servers[_i].serve();

    int ready = selected(served.s);

    expect_number(ready, 0);
    served.more(&served);
    wait_readable(served.s);
}
END_TEST
COVERS_ROWS(select_of_a_taken, servers, "winsock.taken.select");

START_TEST(poll_of_a_taken)
{
    winsock_start();
    struct served served = servers[_i].serve();
    WSAPOLLFD one = {.fd = served.s, .events = POLLRDNORM};

    int ready = WSAPoll(&one, 1, 0);

    expect_number(ready, 0);
    served.more(&served);
    expect_number(WSAPoll(&one, 1, (INT)step_limit()), 1);
    expect_number(one.revents, POLLRDNORM);
}
END_TEST
COVERS_ROWS(poll_of_a_taken, servers, "winsock.taken.poll");

START_TEST(event_of_a_taken)
{
    winsock_start();
    struct served served = servers[_i].serve();
    HANDLE event = event_create();

    int result = WSAEventSelect(served.s, event, FD_ACCEPT | FD_READ);

    expect_socket_succeeded(result);
    expect_stays_unsignaled(event);
    served.more(&served);
    expect_signaled(event);
}
END_TEST
COVERS_ROWS(event_of_a_taken, servers, "winsock.taken.event_select");

static const struct {
    struct row row;
    struct served (*serve)(void);
} receivers[] = {
    {{"bytes", NULL}, bytes_taken},
    {{"datagram", NULL}, datagram_taken},
};

START_TEST(recv_of_a_taken)
{
    char bytes[16];
    winsock_start();
    struct served served = receivers[_i].serve();
    set_nonblocking(served.s, true);

    int got = recv(served.s, bytes, sizeof(bytes), 0);

    expect_socket_failed(got, WSAEWOULDBLOCK);
    expect_bytes(room, "more", 4);
}
END_TEST
COVERS_ROWS(recv_of_a_taken, receivers, "winsock.taken.recv");

START_TEST(recv_beside_a_pending_one)
{
    char bytes[16];
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    receive_pending(pair.server, sizeof(room));
    set_nonblocking(pair.server, true);

    int got = recv(pair.server, bytes, sizeof(bytes), 0);

    expect_socket_failed(got, WSAEWOULDBLOCK);
    send_all(pair.client, "hello", 5);
    expect_signaled(extension_operation.hEvent);
    expect_bytes(room, "hello", 5);
}
END_TEST
COVERS(recv_beside_a_pending_one, "winsock.taken.recv_beside");

/* ---- Left */

START_TEST(rest_of_the_bytes)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    receive_pending(pair.server, 2);
    send_all(pair.client, "hello", 5);
    wait_done();
    fd_set one = {.fd_count = 1, .fd_array = {pair.server}};
    TIMEVAL limit = select_limit();

    int ready = select(0, &one, NULL, NULL, &limit);

    expect_number(ready, 1);
    expect_bytes(room, "he", 2);
    expect_receives(pair.server, "llo", 3);
}
END_TEST
COVERS(rest_of_the_bytes, "winsock.taken.rest");

START_TEST(datagram_behind_the_taken)
{
    winsock_start();
    struct served served = datagram_taken();
    send_datagram(served.other, served.s, "second");
    fd_set one = {.fd_count = 1, .fd_array = {served.s}};
    TIMEVAL limit = select_limit();

    int ready = select(0, &one, NULL, NULL, &limit);

    expect_number(ready, 1);
    expect_datagram(served.s, "second");
}
END_TEST
COVERS(datagram_behind_the_taken, "winsock.taken.next_datagram");
