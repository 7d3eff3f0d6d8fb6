/* Several receives that wait for one connection: its end, or its reset, ends all of them. Several
 * threads that wait for clients or datagrams: each of those ends the wait of one thread. */
#include "sockets.h"

enum { MANY = 3 };

/* What the system writes to while operations are pending, even after a test has failed. */
static WSAOVERLAPPED operations[MANY];
static char room[MANY][8];

static void begin_receives(SOCKET s)
{
    for (int i = 0; i < MANY; i++) {
        WSABUF buffer = {.len = sizeof(room[i]), .buf = room[i]};
        DWORD flags = 0;
        operations[i].hEvent = event_create();
        require(WSARecv(s, &buffer, 1, NULL, &flags, &operations[i], NULL) == SOCKET_ERROR &&
                GetLastError() == WSA_IO_PENDING);
    }
}

static void close_hard(SOCKET s)
{
    LINGER none = {.l_onoff = 1, .l_linger = 0};
    require(setsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&none, sizeof(none)) == 0);
    socket_close(s);
}

START_TEST(end_completes_all)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    begin_receives(pair.server);

    int result = shutdown(pair.client, SD_SEND);

    expect_socket_succeeded(result);
    for (int i = 0; i < MANY; i++) {
        DWORD count = 99, flags = 0;
        expect_signaled(operations[i].hEvent);
        expect_succeeded(
            WSAGetOverlappedResult(pair.server, &operations[i], &count, FALSE, &flags));
        expect_number(count, 0);
    }
}
END_TEST
COVERS(end_completes_all, "stream.wsarecv.end_of_all");

START_TEST(reset_ends_all)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    begin_receives(pair.server);

    close_hard(pair.client);

    for (int i = 0; i < MANY; i++) {
        DWORD count, flags = 0;
        expect_signaled(operations[i].hEvent);
        expect_failed(WSAGetOverlappedResult(pair.server, &operations[i], &count, FALSE, &flags),
                      WSAECONNRESET);
    }
}
END_TEST
COVERS(reset_ends_all, "stream.wsarecv.reset_of_all");

/* ---- Threads */

static SOCKET waited_for;
static struct thread *waiting[2];

static void start_waiting(DWORD (*function)(void *))
{
    for (int i = 0; i < 2; i++)
        waiting[i] = thread_start(function, (void *)(INT_PTR)i);
    for (int i = 0; i < 2; i++)
        expect_stays_unsignaled(waiting[i]->handle);
}

/* One of the two threads ends, and the other goes on waiting. */
static void expect_one_to_end(void)
{
    HANDLE both[] = {waiting[0]->handle, waiting[1]->handle};
    DWORD first = WaitForMultipleObjects(2, both, FALSE, step_limit());
    require(first <= WAIT_OBJECT_0 + 1);
    expect_stays_unsignaled(both[1 - (first - WAIT_OBJECT_0)]);
}

static DWORD receives(void *unused)
{
    (void)unused;
    char byte;
    return (DWORD)recv(waited_for, &byte, 1, 0);
}

static DWORD wsa_receives(void *unused)
{
    (void)unused;
    char byte;
    WSABUF buffer = {.len = 1, .buf = &byte};
    DWORD got = 99, flags = 0;
    return WSARecv(waited_for, &buffer, 1, &got, &flags, NULL, NULL) == 0 ? got : 98;
}

static const struct {
    struct row row;
    DWORD (*receive)(void *);
} receivers[] = {
    {{"recv", "stream.recv.end_of_all"}, receives},
    {{"wsarecv", "stream.wsarecv.end_of_all"}, wsa_receives},
};

START_TEST(end_is_told_to_all_threads)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    waited_for = pair.server;
    start_waiting(receivers[_i].receive);

    int result = shutdown(pair.client, SD_SEND);

    expect_socket_succeeded(result);
    expect_number(thread_join(waiting[0]), 0);
    expect_number(thread_join(waiting[1]), 0);
}
END_TEST
COVERS_ROWS(end_is_told_to_all_threads, receivers);

static SOCKET accepted[2];

static DWORD accepts(void *which)
{
    SOCKET s = accept(waited_for, NULL, NULL);
    expect_socket_succeeded(s);
    accepted[(INT_PTR)which] = s;
    return 0;
}

static unsigned peer_port(SOCKET s)
{
    struct sockaddr_in name = {0};
    int length = sizeof(name);
    require(getpeername(s, (struct sockaddr *)&name, &length) == 0);
    return ntohs(name.sin_port);
}

START_TEST(client_is_for_one_thread)
{
    winsock_start();
    waited_for = stream_listen();
    start_waiting(accepts);

    SOCKET first = stream_connect(socket_port(waited_for));

    expect_one_to_end();
    SOCKET second = stream_connect(socket_port(waited_for));
    thread_join(waiting[0]);
    thread_join(waiting[1]);
    unsigned ports[] = {peer_port(accepted[0]), peer_port(accepted[1])};
    bool in_order = ports[0] == socket_port(first);
    expect_number(ports[in_order ? 0 : 1], socket_port(first));
    expect_number(ports[in_order ? 1 : 0], socket_port(second));
}
END_TEST
COVERS(client_is_for_one_thread, "stream.accept.one_thread");

static char datagrams[2];

static DWORD receives_from(void *which)
{
    int got = recvfrom(waited_for, &datagrams[(INT_PTR)which], 1, 0, NULL, NULL);
    expect_number(got, 1);
    return 0;
}

START_TEST(datagram_is_for_one_thread)
{
    winsock_start();
    waited_for = socket_bound(SOCK_DGRAM);
    start_waiting(receives_from);

    send_datagram(waited_for, waited_for, "1");

    expect_one_to_end();
    send_datagram(waited_for, waited_for, "2");
    thread_join(waiting[0]);
    thread_join(waiting[1]);
    expect_number(datagrams[0] + datagrams[1], '1' + '2');
}
END_TEST
COVERS(datagram_is_for_one_thread, "dgram.recvfrom.one_thread");
