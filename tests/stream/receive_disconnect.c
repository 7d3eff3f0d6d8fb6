/* WSARecvDisconnect: shutdown of receiving, with data where a protocol carries them with the end.
 */
#include "disconnect.h"
#include "extension.h"

static const struct {
    struct row row;
    SOCKET (*socket)(void);
    DWORD error;
} refused[] = {
    {{"closed_socket", "stream.recvdisc.notsock"}, closed_socket, WSAENOTSOCK},
    {{"event", "stream.recvdisc.notsock"}, an_event, WSAENOTSOCK},
    {{"unbound_socket", "stream.recvdisc.notconn"}, unbound_socket, WSAENOTCONN},
    {{"bound_socket", "stream.recvdisc.notconn"}, bound_socket, WSAENOTCONN},
    {{"listening_socket", "stream.recvdisc.listening_notconn"}, stream_listen, WSAENOTCONN},
};

START_TEST(refuses)
{
    winsock_start();
    SOCKET s = refused[_i].socket();

    int result = WSARecvDisconnect(s, NULL);

    expect_socket_failed(result, refused[_i].error);
}
END_TEST
COVERS_ROWS(refuses, refused);

START_TEST(needs_startup)
{
    int result = WSARecvDisconnect(INVALID_SOCKET, NULL);

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS(needs_startup, "stream.recvdisc.notinitialised");

START_TEST(leaves_the_socket)
{
    expect_keeps_its_socket(WSARecvDisconnect);
}
END_TEST
COVERS(leaves_the_socket, "stream.recvdisc.keeps_socket");

START_TEST(tells_no_port)
{
    expect_queues_no_packet(WSARecvDisconnect);
}
END_TEST
COVERS(tells_no_port, "stream.recvdisc.no_packet");

START_TEST(does_not_linger)
{
    expect_does_not_linger(WSARecvDisconnect);
}
END_TEST
COVERS(does_not_linger, "stream.recvdisc.never_blocks");

static int plain_receive(SOCKET s)
{
    char byte;
    return recv(s, &byte, 1, 0);
}

static int wsa_receive(SOCKET s)
{
    char byte;
    DWORD count, flags = 0;
    return WSARecv(s, &(WSABUF){.len = 1, .buf = &byte}, 1, &count, &flags, NULL, NULL);
}

static int overlapped_receive(SOCKET s)
{
    static char byte;
    DWORD flags = 0;
    return WSARecv(s, &(WSABUF){.len = 1, .buf = &byte}, 1, NULL, &flags, operation_with_event(),
                   NULL);
}

static const struct {
    struct row row;
    int (*receive)(SOCKET);
} receives[] = {{{"recv", NULL}, plain_receive},
                {{"wsarecv", NULL}, wsa_receive},
                {{"overlapped_receive", NULL}, overlapped_receive}};

START_TEST(allows_no)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(WSARecvDisconnect(pair.client, NULL) == 0);

    int result = receives[_i].receive(pair.client);

    expect_socket_failed(result, WSAESHUTDOWN);
}
END_TEST
COVERS_ROWS(allows_no, receives, "stream.recvdisc.no_receive_after");

START_TEST(leaves_sending)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int result = WSARecvDisconnect(pair.client, NULL);

    expect_socket_succeeded(result);
    expect_number(send(pair.client, "still", 5, 0), 5);
    expect_receives(pair.server, "still", 5);
}
END_TEST
COVERS(leaves_sending, "stream.recvdisc.like_sd_receive");

START_TEST(brings_no_data)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char bytes[8];
    WSABUF data = {.len = sizeof(bytes), .buf = bytes};

    int result = WSARecvDisconnect(pair.client, &data);

    char text[80];
    record("WSARecvDisconnect with room for data", "%s",
           result == 0 ? "succeeds" : error_text(GetLastError(), text, sizeof(text)));
}
END_TEST
COVERS(brings_no_data, "stream.recvdisc.data_unsupported");

/* ---- Data that nobody has received ---- */

static int by_wsarecvdisconnect(SOCKET s)
{
    return WSARecvDisconnect(s, NULL);
}

static int by_shutdown(SOCKET s)
{
    return shutdown(s, SD_RECEIVE);
}

static const struct {
    struct row row;
    int (*end)(SOCKET);
    bool before; /* or after it */
} unread[] = {
    {{"data_before_wsarecvdisconnect", "stream.recvdisc.unread_resets"},
     by_wsarecvdisconnect,
     true},
    {{"data_after_wsarecvdisconnect", "stream.recvdisc.later_data_resets"},
     by_wsarecvdisconnect,
     false},
    {{"data_after_shutdown", "stream.shutdown.later_data_resets"}, by_shutdown, false},
};

START_TEST(connection_is_reset_by)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    if (unread[_i].before) {
        send_all(pair.server, "unread", 6);
        wait_readable(pair.client);
    }
    char byte;

    int result = unread[_i].end(pair.client);

    expect_socket_succeeded(result);
    if (unread[_i].before)
        shutdown(pair.client, SD_SEND); /* the end of the stream, if this is still a stream */
    else
        send_all(pair.server, "unread", 6); /* no end: it might overtake the reset */
    int got = recv(pair.server, &byte, 1, 0);
    expect_socket_failed(got, WSAECONNRESET);
}
END_TEST
COVERS_ROWS(connection_is_reset_by, unread);
TAKES(connection_is_reset_by, 20); /* a connection that is not reset takes the step limit */
