/* SO_RCVTIMEO and SO_SNDTIMEO in every call that waits. */
#include "stream/sockets.h"

static char room[16];

static int by_recv(SOCKET s)
{
    return recv(s, room, 5, 0);
}

static int by_recvfrom(SOCKET s)
{
    return recvfrom(s, room, 5, 0, NULL, NULL);
}

static int by_wsarecv(SOCKET s)
{
    WSABUF buffer = {.len = 5, .buf = room};
    DWORD got = 0, flags = 0;
    return WSARecv(s, &buffer, 1, &got, &flags, NULL, NULL) == 0 ? (int)got : SOCKET_ERROR;
}

static int by_wsarecvfrom(SOCKET s)
{
    WSABUF buffer = {.len = 5, .buf = room};
    DWORD got = 0, flags = 0;
    int result = WSARecvFrom(s, &buffer, 1, &got, &flags, NULL, NULL, NULL, NULL);
    return result == 0 ? (int)got : SOCKET_ERROR;
}

static const struct {
    struct row row;
    bool stream;
    int (*receive)(SOCKET);
} receivers[] = {
    {{"recv_of_datagrams", "winsock.time_out.recv"}, false, by_recv},
    {{"recvfrom_of_a_stream", "winsock.time_out.recvfrom"}, true, by_recvfrom},
    {{"wsarecv", "winsock.time_out.wsarecv"}, true, by_wsarecv},
    {{"wsarecv_of_datagrams", "winsock.time_out.wsarecv"}, false, by_wsarecv},
    {{"wsarecvfrom", "winsock.time_out.wsarecvfrom"}, false, by_wsarecvfrom},
};

START_TEST(receive)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    SOCKET s = receivers[_i].stream ? pair.server : socket_bound(SOCK_DGRAM);
    if (receivers[_i].stream)
        send_all(pair.client, "hello", 5);
    else
        send_datagram(s, s, "hello");
    limit_receives(s, 20);
    require(receivers[_i].receive(s) == 5);

    int got = receivers[_i].receive(s);

    expect_socket_failed(got, WSAETIMEDOUT);
}
END_TEST
COVERS_ROWS(receive, receivers);

/* ---- Sending */

static int by_send(SOCKET s)
{
    return send(s, room, sizeof(room), 0);
}

static int by_wsasend(SOCKET s)
{
    WSABUF buffer = {.len = sizeof(room), .buf = room};
    DWORD sent = 0;
    return WSASend(s, &buffer, 1, &sent, 0, NULL, NULL) == 0 ? (int)sent : SOCKET_ERROR;
}

static const struct {
    struct row row;
    int (*send)(SOCKET);
} senders[] = {
    {{"send", "winsock.time_out.send"}, by_send},
    {{"wsasend", "winsock.time_out.wsasend"}, by_wsasend},
};

static DWORD sends(void *argument)
{
    return (DWORD)by_send(*(SOCKET *)argument);
}

START_TEST(send_without_room)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    DWORD limit = 20;
    require(setsockopt(pair.client, SOL_SOCKET, SO_SNDTIMEO, (char *)&limit, sizeof(limit)) == 0);
    fill(pair.client);

    int sent = senders[_i].send(pair.client);

    expect_socket_failed(sent, WSAETIMEDOUT);
}
END_TEST
COVERS_ROWS(send_without_room, senders);

/* ---- No limit any more */

static DWORD receives(void *argument)
{
    return (DWORD)by_recv(*(SOCKET *)argument);
}

START_TEST(receive_without_a_limit_again)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    limit_receives(pair.server, 20);
    limit_receives(pair.server, 0);

    struct thread *thread = thread_start(receives, &pair.server);

    expect_stays_unsignaled(thread->handle);
    send_all(pair.client, "hello", 5);
    expect_number(thread_join(thread), 5);
}
END_TEST
COVERS(receive_without_a_limit_again, "winsock.time_out.receive_limit_of_0");

START_TEST(send_without_a_limit_again)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    DWORD limit = 20, none = 0;
    require(setsockopt(pair.client, SOL_SOCKET, SO_SNDTIMEO, (char *)&limit, sizeof(limit)) == 0);
    require(setsockopt(pair.client, SOL_SOCKET, SO_SNDTIMEO, (char *)&none, sizeof(none)) == 0);
    ULONGLONG total = fill(pair.client);

    struct thread *thread = thread_start(sends, &pair.client);

    expect_stays_unsignaled(thread->handle);
    static char bytes[1 << 16];
    for (ULONGLONG got = 0; got < total;) {
        int some = recv(pair.server, bytes, sizeof(bytes), 0);
        require(some > 0);
        got += (ULONGLONG)some;
    }
    expect_number(thread_join(thread), sizeof(room));
}
END_TEST
COVERS(send_without_a_limit_again, "winsock.time_out.send_limit_of_0");
