/* WSARecvEx: recv whose flags say something about what came, and ask for nothing. */
#include "sockets.h"

START_TEST(receives_what_came)
{
    optional_api(WSARecvEx);
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "hello", 5);
    wait_readable(pair.server);
    char bytes[8] = "........";
    int flags = 0;

    int got = WSARecvEx(pair.server, bytes, sizeof(bytes), &flags);

    expect_socket_succeeded(got);
    expect_number(got, 5);
    expect_bytes(bytes, "hello...", 8);
}
END_TEST
COVERS(receives_what_came, "stream.recvex.returns_available");

START_TEST(leaves_what_has_no_room)
{
    optional_api(WSARecvEx);
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "hello", 5);
    wait_readable(pair.server);
    char bytes[8];
    int flags = 0;

    int got = WSARecvEx(pair.server, bytes, 2, &flags);

    expect_number(got, 2);
    expect_number(flags & MSG_PARTIAL, 0);
    expect_receives(pair.server, "llo", 3);
}
END_TEST
COVERS(leaves_what_has_no_room, "stream.recvex.stream_never_partial");

START_TEST(end_of_stream_is_0)
{
    optional_api(WSARecvEx);
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(shutdown(pair.client, SD_SEND) == 0);
    char byte;
    int flags = 0;

    int got = WSARecvEx(pair.server, &byte, 1, &flags);

    expect_socket_succeeded(got);
    expect_number(got, 0);
}
END_TEST
COVERS(end_of_stream_is_0, "stream.recvex.end_zero");

static const struct {
    struct row row;
    int flag;
} inputs[] = {
    {{"peek", NULL}, MSG_PEEK},
    {{"urgent", NULL}, MSG_OOB},
    {{"unknown", NULL}, 0x4000000},
};

START_TEST(is_not_asked_by_flags)
{
    optional_api(WSARecvEx);
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "hello", 5);
    wait_readable(pair.server);
    char bytes[8];
    int flags = inputs[_i].flag;

    int got = WSARecvEx(pair.server, bytes, 2, &flags);

    expect_socket_succeeded(got);
    expect_number(got, 2);
    expect_receives(pair.server, "llo", 3);
}
END_TEST
COVERS_ROWS(is_not_asked_by_flags, inputs, "stream.recvex.flags_ignored_on_input");

/* ---- Messages ---- */

static SOCKET with_a_message(void)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    send_datagram(s, s, "hello");
    wait_readable(s);
    return s;
}

START_TEST(whole_message)
{
    optional_api(WSARecvEx);
    winsock_start();
    SOCKET s = with_a_message();
    char bytes[8];
    int flags = 0;

    int got = WSARecvEx(s, bytes, sizeof(bytes), &flags);

    expect_socket_succeeded(got);
    expect_number(got, 5);
    expect_bytes(bytes, "hello", 5);
    expect_number(flags & MSG_PARTIAL, 0);
}
END_TEST
COVERS(whole_message, "stream.recvex.whole_message_clears_partial");

START_TEST(part_of_a_message)
{
    optional_api(WSARecvEx);
    winsock_start();
    SOCKET s = with_a_message();
    char bytes[2];
    int flags = 0;

    int got = WSARecvEx(s, bytes, sizeof(bytes), &flags);

    expect_socket_succeeded(got);
    expect_number(got, 2);
    expect_bytes(bytes, "he", 2);
    expect_number(flags & MSG_PARTIAL, MSG_PARTIAL);
}
END_TEST
COVERS(part_of_a_message, "stream.recvex.partial_message");

/* ---- What it refuses ---- */

static SOCKET nonblocking_connection(void)
{
    SOCKET s = connected_socket();
    set_nonblocking(s, true);
    return s;
}

static SOCKET socket_shut_down(void)
{
    return shut_down_socket(SD_RECEIVE);
}

static const struct {
    struct row row;
    SOCKET (*socket)(void);
    DWORD error;
} sockets[] = {
    {{"closed_socket", "stream.recvex.notsock"}, closed_socket, WSAENOTSOCK},
    {{"unconnected_socket", "stream.recvex.notconn"}, bound_socket, WSAENOTCONN},
    {{"listening_socket", "stream.recvex.notconn"}, stream_listen, WSAENOTCONN},
    {{"nonblocking_connection", "stream.recvex.wouldblock"},
     nonblocking_connection,
     WSAEWOULDBLOCK},
    {{"socket_shut_down", "stream.recvex.after_shutdown"}, socket_shut_down, WSAESHUTDOWN},
    {{"socket_shut_down_both_ways", "stream.recvex.after_shutdown"},
     socket_shut_down_both_ways,
     WSAESHUTDOWN},
    {{"reset_socket", "stream.recvex.reset"}, reset_socket, WSAECONNRESET},
};

START_TEST(refuses_a)
{
    optional_api(WSARecvEx);
    winsock_start();
    SOCKET s = sockets[_i].socket();
    char byte;
    int flags = 0;

    int got = WSARecvEx(s, &byte, 1, &flags);

    expect_socket_failed(got, sockets[_i].error);
}
END_TEST
COVERS_ROWS(refuses_a, sockets);

START_TEST(needs_startup)
{
    optional_api(WSARecvEx);
    char byte;
    int flags = 0;

    int got = WSARecvEx(INVALID_SOCKET, &byte, 1, &flags);

    expect_socket_failed(got, WSANOTINITIALISED);
}
END_TEST
COVERS(needs_startup, "stream.recvex.notinitialised");

START_TEST(needs_memory)
{
    optional_api(WSARecvEx);
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "hello", 5);
    wait_readable(pair.server);
    void *nowhere = memory_nowhere();
    int flags = 0;

    int got = WSARecvEx(pair.server, nowhere, 5, &flags);

    expect_socket_failed(got, WSAEFAULT);
    expect_receives(pair.server, "hello", 5);
}
END_TEST
COVERS(needs_memory, "stream.recvex.bad_buffer_efault");
