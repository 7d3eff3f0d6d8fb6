/* One socket that two threads use at the same time: each call takes its own, and no call waits for
 * that of the other thread. */
#include "winsock/winsock.h"

/* ---- Two that wait for the same */

struct waiter {
    SOCKET s;
    int (*receive)(SOCKET s, char *bytes, int size);
    SOCKET (*accept)(SOCKET s);
    char bytes[8];
};

static SOCKET by_accept(SOCKET s)
{
    return accept(s, NULL, NULL);
}

static SOCKET by_wsaaccept(SOCKET s)
{
    return WSAAccept(s, NULL, NULL, NULL, 0);
}

static DWORD accepts_one(void *argument)
{
    struct waiter *waiter = argument;
    SOCKET accepted = waiter->accept(waiter->s);
    expect_true(accepted != INVALID_SOCKET);
    limit_waits(accepted);
    expect_number(recv(accepted, waiter->bytes, sizeof(waiter->bytes), 0), 1);
    return (BYTE)waiter->bytes[0];
}

static const struct {
    struct row row;
    SOCKET (*accept)(SOCKET s);
} accepting[] = {
    {{"accept", NULL}, by_accept},
    {{"wsaaccept", NULL}, by_wsaaccept},
};

START_TEST(two_wait_in)
{
    winsock_start();
    SOCKET listener = stream_listen();
    struct waiter one = {.s = listener, .accept = accepting[_i].accept}, other = one;
    struct thread *threads[] = {thread_start(accepts_one, &one), thread_start(accepts_one, &other)};
    expect_stays_unsignaled(threads[0]->handle);
    expect_not_signaled(threads[1]->handle);

    SOCKET a = stream_connect(socket_port(listener)), b = stream_connect(socket_port(listener));

    send_all(a, "a", 1);
    send_all(b, "b", 1);
    expect_number(thread_join(threads[0]) + thread_join(threads[1]), 'a' + 'b');
}
END_TEST
COVERS_ROWS(two_wait_in, accepting, "stream.two_threads.accept");

static int by_recv(SOCKET s, char *bytes, int size)
{
    return recv(s, bytes, size, 0);
}

static int by_recvfrom(SOCKET s, char *bytes, int size)
{
    return recvfrom(s, bytes, size, 0, NULL, NULL);
}

static int by_wsarecv(SOCKET s, char *bytes, int size)
{
    WSABUF buffer = {.len = (ULONG)size, .buf = bytes};
    DWORD got = 0, flags = 0;
    return WSARecv(s, &buffer, 1, &got, &flags, NULL, NULL) == 0 ? (int)got : SOCKET_ERROR;
}

static DWORD receives_one(void *argument)
{
    struct waiter *waiter = argument;
    expect_number(waiter->receive(waiter->s, waiter->bytes, sizeof(waiter->bytes)), 1);
    return (BYTE)waiter->bytes[0];
}

static const struct {
    struct row row;
    int (*receive)(SOCKET s, char *bytes, int size);
} receiving[] = {
    {{"recv", NULL}, by_recv},
    {{"recvfrom", NULL}, by_recvfrom},
    {{"wsarecv", NULL}, by_wsarecv},
};

START_TEST(two_wait_for_datagrams_in)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct waiter one = {.s = s, .receive = receiving[_i].receive}, other = one;
    struct thread *threads[] = {thread_start(receives_one, &one),
                                thread_start(receives_one, &other)};
    expect_stays_unsignaled(threads[0]->handle);
    expect_not_signaled(threads[1]->handle);

    send_datagram(s, s, "a");
    send_datagram(s, s, "b");

    expect_number(thread_join(threads[0]) + thread_join(threads[1]), 'a' + 'b');
}
END_TEST
COVERS_ROWS(two_wait_for_datagrams_in, receiving, "stream.two_threads.datagrams");

START_TEST(two_wait_for_a_byte_in)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct waiter one = {.s = pair.server, .receive = receiving[_i].receive}, other = one;
    struct thread *threads[] = {thread_start(receives_one, &one),
                                thread_start(receives_one, &other)};
    HANDLE handles[] = {threads[0]->handle, threads[1]->handle};
    expect_stays_unsignaled(threads[0]->handle);

    send_all(pair.client, "a", 1);

    DWORD first = WaitForMultipleObjects(2, handles, FALSE, step_limit());
    expect_true(first < 2);
    expect_stays_unsignaled(handles[1 - first]);
    send_all(pair.client, "b", 1);
    expect_number(thread_join(threads[first]), 'a');
    expect_number(thread_join(threads[1 - first]), 'b');
}
END_TEST
COVERS_ROWS(two_wait_for_a_byte_in, receiving, "stream.two_threads.bytes");

/* ---- Beside a receive that waits */

static int sends(SOCKET s)
{
    return send(s, "x", 1, 0);
}

static int wsasends(SOCKET s)
{
    WSABUF buffer = {.len = 1, .buf = (char[]){"x"}};
    DWORD sent = 0;
    return WSASend(s, &buffer, 1, &sent, 0, NULL, NULL) == 0 ? (int)sent : SOCKET_ERROR;
}

static const struct {
    struct row row;
    int (*send)(SOCKET s);
} sending[] = {
    {{"send", NULL}, sends},
    {{"wsasend", NULL}, wsasends},
};

START_TEST(beside_a_receive)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct waiter waiter = {.s = pair.server, .receive = by_recv};
    struct thread *thread = thread_start(receives_one, &waiter);
    expect_stays_unsignaled(thread->handle);

    int sent = sending[_i].send(pair.server);

    expect_number(sent, 1);
    expect_receives(pair.client, "x", 1);
    expect_not_signaled(thread->handle);
    send_all(pair.client, "a", 1);
    expect_number(thread_join(thread), 'a');
}
END_TEST
COVERS_ROWS(beside_a_receive, sending, "stream.two_threads.send_beside_recv");

START_TEST(shutdown_beside_a_receive)
{
    char byte;
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct waiter waiter = {.s = pair.server, .receive = by_recv};
    struct thread *thread = thread_start(receives_one, &waiter);
    expect_stays_unsignaled(thread->handle);

    int result = shutdown(pair.server, SD_SEND);

    expect_socket_succeeded(result);
    expect_number(recv(pair.client, &byte, 1, 0), 0);
    expect_not_signaled(thread->handle);
    send_all(pair.client, "a", 1);
    expect_number(thread_join(thread), 'a');
}
END_TEST
COVERS(shutdown_beside_a_receive, "stream.two_threads.shutdown_beside_recv");

static int asks_name(SOCKET s)
{
    struct sockaddr_in name;
    int length = sizeof(name);
    return getsockname(s, (struct sockaddr *)&name, &length);
}

static int asks_peer(SOCKET s)
{
    struct sockaddr_in name;
    int length = sizeof(name);
    return getpeername(s, (struct sockaddr *)&name, &length);
}

static int asks_option(SOCKET s)
{
    int value, size = sizeof(value);
    return getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&value, &size);
}

static int asks_bytes(SOCKET s)
{
    u_long count = 99;
    return ioctlsocket(s, FIONREAD, &count) == 0 ? (int)count : SOCKET_ERROR;
}

static int asks_select(SOCKET s)
{
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    return select(0, &one, NULL, NULL, &(TIMEVAL){0, 0});
}

static int asks_poll(SOCKET s)
{
    WSAPOLLFD one = {.fd = s, .events = POLLIN};
    return WSAPoll(&one, 1, 0);
}

static const struct {
    struct row row;
    int (*ask)(SOCKET s);
} questions[] = {
    {{"getsockname", NULL}, asks_name},  {{"getpeername", NULL}, asks_peer},
    {{"getsockopt", NULL}, asks_option}, {{"ioctlsocket", NULL}, asks_bytes},
    {{"select", NULL}, asks_select},     {{"poll", NULL}, asks_poll},
};

START_TEST(answered_beside_a_receive)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct waiter waiter = {.s = pair.server, .receive = by_recv};
    struct thread *thread = thread_start(receives_one, &waiter);
    expect_stays_unsignaled(thread->handle);

    int result = questions[_i].ask(pair.server);

    expect_socket_succeeded(result);
    expect_number(result, 0);
    expect_not_signaled(thread->handle);
    send_all(pair.client, "a", 1);
    expect_number(thread_join(thread), 'a');
}
END_TEST
COVERS_ROWS(answered_beside_a_receive, questions, "stream.two_threads.asked_beside_recv");

/* ---- Beside a send that waits */

enum { CHUNK = 64 << 10, CHUNKS = 256 };

/* In parts: of a connection that holds nothing yet one send of any size may be taken at once. */
static DWORD sends_much(void *s)
{
    static char chunk[CHUNK];
    for (int i = 0; i < CHUNKS; i++)
        expect_number(send(*(SOCKET *)s, chunk, CHUNK, 0), CHUNK);
    return 0;
}

START_TEST(receive_beside_a_send)
{
    static char drain[CHUNK * CHUNKS];
    char byte = 0;
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct thread *thread = thread_start(sends_much, &pair.server);
    expect_stays_unsignaled(thread->handle);
    send_all(pair.client, "a", 1);

    int got = recv(pair.server, &byte, 1, 0);

    expect_number(got, 1);
    expect_number(byte, 'a');
    expect_not_signaled(thread->handle);
    expect_number(receive_all(pair.client, drain, sizeof(drain)), sizeof(drain));
    thread_join(thread);
}
END_TEST
COVERS(receive_beside_a_send, "stream.two_threads.recv_beside_send");
