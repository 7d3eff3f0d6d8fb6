/* WSASendDisconnect: shutdown of sending, with data where a protocol carries them with the end; and
 * what shutdown of receiving does to data that wait. */
#include "disconnect.h"
#include "extension.h"

static const struct {
    struct row row;
    SOCKET (*socket)(void);
    DWORD error;
} refused[] = {
    {{"closed_socket", "stream.senddisc.notsock"}, closed_socket, WSAENOTSOCK},
    {{"event", "stream.senddisc.notsock"}, an_event, WSAENOTSOCK},
    {{"unbound_socket", "stream.senddisc.unbound_notconn"}, unbound_socket, WSAENOTCONN},
    {{"listening_socket", "stream.senddisc.listening_notconn"}, stream_listen, WSAENOTCONN},
};

START_TEST(refuses)
{
    winsock_start();
    SOCKET s = refused[_i].socket();

    int result = WSASendDisconnect(s, NULL);

    expect_socket_failed(result, refused[_i].error);
}
END_TEST
COVERS_ROWS(refuses, refused);

START_TEST(needs_startup)
{
    int result = WSASendDisconnect(INVALID_SOCKET, NULL);

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS(needs_startup, "stream.senddisc.notinitialised");

START_TEST(leaves_the_socket)
{
    expect_keeps_its_socket(WSASendDisconnect);
}
END_TEST
COVERS(leaves_the_socket, "stream.senddisc.keeps_socket");

START_TEST(tells_no_port)
{
    expect_queues_no_packet(WSASendDisconnect);
}
END_TEST
COVERS(tells_no_port, "stream.senddisc.no_packet");

START_TEST(does_not_linger)
{
    expect_does_not_linger(WSASendDisconnect);
}
END_TEST
COVERS(does_not_linger, "stream.senddisc.never_blocks");

START_TEST(sends_the_rest_first)
{
    static char bytes[65536];
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    ULONGLONG left = fill(pair.client);
    int got;

    int result = WSASendDisconnect(pair.client, NULL);

    expect_socket_succeeded(result);
    while ((got = recv(pair.server, bytes, sizeof(bytes), 0)) > 0)
        left -= (ULONGLONG)got;
    expect_socket_succeeded(got);
    expect_number(left, 0);
}
END_TEST
COVERS(sends_the_rest_first, "stream.senddisc.sends_the_rest");

static int plain_send(SOCKET s)
{
    return send(s, "x", 1, 0);
}

static int wsa_send(SOCKET s)
{
    DWORD count;
    return WSASend(s, &(WSABUF){.len = 1, .buf = "x"}, 1, &count, 0, NULL, NULL);
}

static int overlapped_send(SOCKET s)
{
    return WSASend(s, &(WSABUF){.len = 1, .buf = "x"}, 1, NULL, 0, operation_with_event(), NULL);
}

static const struct {
    struct row row;
    int (*send)(SOCKET);
} sends[] = {{{"send", NULL}, plain_send},
             {{"wsasend", NULL}, wsa_send},
             {{"overlapped_send", NULL}, overlapped_send}};

START_TEST(allows_no)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(sends[_i].send(pair.client) != SOCKET_ERROR);
    require(WSASendDisconnect(pair.client, NULL) == 0);

    int result = sends[_i].send(pair.client);

    expect_socket_failed(result, WSAESHUTDOWN);
    expect_receives(pair.server, "x", 1);
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS_ROWS(allows_no, sends, "stream.senddisc.no_send_after");

START_TEST(carries_no_data)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSABUF data = {.len = 3, .buf = "bye"};

    int result = WSASendDisconnect(pair.client, &data);

    expect_socket_failed(result, WSAENOPROTOOPT);
}
END_TEST
COVERS(carries_no_data, "stream.senddisc.data_enoprotoopt");

START_TEST(unread_data_reset_the_connection)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.server, "unread", 6);
    wait_readable(pair.client);
    char byte;

    int result = shutdown(pair.client, SD_RECEIVE);

    expect_socket_succeeded(result);
    shutdown(pair.client, SD_SEND); /* the end of the stream, if this is still a stream */
    int got = recv(pair.server, &byte, 1, 0);
    expect_socket_failed(got, WSAECONNRESET);
}
END_TEST
COVERS(unread_data_reset_the_connection, "stream.shutdown.unread_resets");
