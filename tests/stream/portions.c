/* How much one receive takes, and what it tells of parts. */
#include "extension.h"

static char room[16];
static WSABUF buffer = {.len = sizeof(room), .buf = room};

static u_long waiting_in(SOCKET s)
{
    u_long count = 0;
    require(ioctlsocket(s, FIONREAD, &count) == 0);
    return count;
}

START_TEST(one_receive_of_two_sends)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "one", 3);
    send_all(pair.client, "two", 3);
    for (DWORD ms = 0; waiting_in(pair.server) < 6 && ms < step_limit(); ms++)
        WaitForSingleObject(GetCurrentProcess(), 1);
    require(waiting_in(pair.server) == 6);

    int got = recv(pair.server, room, sizeof(room), 0);

    expect_socket_succeeded(got);
    expect_number(got, 6);
    expect_bytes(room, "onetwo", 6);
}
END_TEST
COVERS(one_receive_of_two_sends, "stream.recv.two_sends");

START_TEST(flags_of_a_receive_that_is_done_at_once)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD got = 0, flags = MSG_PARTIAL;
    send_datagram(s, s, "whole");
    wait_readable(s);

    int result = WSARecv(s, &buffer, 1, &got, &flags, operation_with_event(), NULL);

    expect_socket_succeeded(result);
    expect_number(got, 5);
    expect_flags(flags, 0, MSG_NAMES);
}
END_TEST
COVERS(flags_of_a_receive_that_is_done_at_once, "stream.wsarecv.flags_at_once");

START_TEST(flags_of_a_part_of_a_datagram)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD got = 0, flags = 0;
    WSABUF small = {.len = 2, .buf = room};
    send_datagram(s, s, "too long");
    wait_readable(s);

    int result = WSARecv(s, &small, 1, &got, &flags, NULL, NULL);

    expect_socket_failed(result, WSAEMSGSIZE);
    expect_bytes(room, "to", 2);
    record("flags", "%#lx", flags);
}
END_TEST
COVERS(flags_of_a_part_of_a_datagram, "stream.wsarecv.partial_of_datagram");

START_TEST(peek_of_an_overlapped_receive)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    DWORD got = 0, flags = MSG_PEEK;
    OVERLAPPED *operation = operation_with_event();
    send_all(pair.client, "x", 1);
    wait_readable(pair.server);

    int result = WSARecv(pair.server, &buffer, 1, &got, &flags, operation, NULL);

    record_outcome("an overlapped receive with MSG_PEEK",
                   result == 0 || GetLastError() == WSA_IO_PENDING);
}
END_TEST
COVERS(peek_of_an_overlapped_receive, "stream.wsarecv.overlapped_peek");

/* ---- WSARecvEx ---- */

START_TEST(receive_ex_of_an_unbound_socket)
{
    optional_api(WSARecvEx);
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    int flags = 0;

    int got = WSARecvEx(s, room, sizeof(room), &flags);

    expect_socket_failed(got, WSAEINVAL);
}
END_TEST
COVERS(receive_ex_of_an_unbound_socket, "stream.recvex.unbound");

START_TEST(receive_ex_of_nothing)
{
    optional_api(WSARecvEx);
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    int flags = 0;
    send_all(pair.client, "x", 1);
    wait_readable(pair.server);

    int got = WSARecvEx(pair.server, room, 0, &flags);

    record_outcome("WSARecvEx of no bytes of a stream", got == 0);
}
END_TEST
COVERS(receive_ex_of_nothing, "stream.recvex.length_zero");

START_TEST(receive_ex_after_an_unreachable_port)
{
    optional_api(WSARecvEx);
    winsock_start();
    struct sockaddr_in nobody = unreachable_port();
    SOCKET s = socket_open(SOCK_DGRAM);
    int flags = 0;
    require(connect(s, (struct sockaddr *)&nobody, sizeof(nobody)) == 0);
    send_all(s, "x", 1);

    int got = WSARecvEx(s, room, sizeof(room), &flags);

    expect_socket_failed(got, WSAECONNRESET);
}
END_TEST
COVERS(receive_ex_after_an_unreachable_port, "stream.recvex.unreachable");

/* ---- Without a peer again ---- */

static int by_connect(SOCKET s, const struct sockaddr *name, int length)
{
    return connect(s, name, length);
}

static int by_wsaconnect(SOCKET s, const struct sockaddr *name, int length)
{
    return WSAConnect(s, name, length, NULL, NULL, NULL, NULL);
}

static const struct {
    struct row row;
    int (*connect)(SOCKET, const struct sockaddr *, int);
} connects[] = {
    {{"connect", "dgram.connect.zero_name_receive"}, by_connect},
    {{"wsaconnect", "dgram.wsaconnect.zero_name_receive"}, by_wsaconnect},
};

START_TEST(receive_without_a_peer_again_after)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(peer), none = {.sin_family = AF_UNSPEC};
    require(connects[_i].connect(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    require(connects[_i].connect(s, (struct sockaddr *)&none, sizeof(none)) == 0);
    set_nonblocking(s, true); /* nothing has come */

    int got = recv(s, room, sizeof(room), 0);

    record_outcome("recv without a peer again", got != SOCKET_ERROR);
    expect_socket_failed(got, WSAENOTCONN, WSAEWOULDBLOCK);
}
END_TEST
COVERS_ROWS(receive_without_a_peer_again_after, connects);
