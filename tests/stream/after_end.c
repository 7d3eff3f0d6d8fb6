/* What a connection is good for after its end: a second call, after the peer's end or reset. */
#include "extension.h"

static SOCKET ended_by_the_peer(void)
{
    struct stream_pair pair = stream_pair_open();
    require(shutdown(pair.client, SD_SEND) == 0);
    wait_end_of_stream(pair.server);
    return pair.server;
}

/* A connection whose reset a pending receive has noticed. */
static SOCKET reset_by_the_peer(void)
{
    struct stream_pair pair = stream_pair_open();
    static char byte;
    OVERLAPPED *operation = operation_with_event();
    DWORD count, flags = 0;
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    require(WSARecv(pair.server, &(WSABUF){.len = 1, .buf = &byte}, 1, NULL, &flags, operation,
                    NULL) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);
    require(setsockopt(pair.client, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard)) == 0);
    socket_close(pair.client);
    require(!extension_result(pair.server, operation, &count));
    return pair.server;
}

START_TEST(end_is_told_again)
{
    winsock_start();
    SOCKET s = ended_by_the_peer();
    char byte;

    int got = recv(s, &byte, 1, 0);

    expect_socket_succeeded(got);
    expect_number(got, 0);
}
END_TEST
COVERS(end_is_told_again, "stream.recv.end_again");

START_TEST(receive_completes_at_the_end)
{
    winsock_start();
    SOCKET s = ended_by_the_peer();
    static char byte;
    DWORD count = 4711, flags = 0;
    OVERLAPPED *operation = operation_with_event();

    int result = WSARecv(s, &(WSABUF){.len = 1, .buf = &byte}, 1, NULL, &flags, operation, NULL);

    if (result == SOCKET_ERROR)
        expect_socket_failed(result, WSA_IO_PENDING);
    expect_succeeded(extension_result(s, operation, &count));
    expect_number(count, 0);
}
END_TEST
COVERS(receive_completes_at_the_end, "stream.wsarecv.end_again");

START_TEST(peer_has_a_name_after_its_end)
{
    winsock_start();
    SOCKET s = ended_by_the_peer();
    struct sockaddr_in name = {0};
    int length = sizeof(name);

    int result = getpeername(s, (struct sockaddr *)&name, &length);

    expect_socket_succeeded(result);
    expect_number(name.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
    expect_true(name.sin_port != 0);
}
END_TEST
COVERS(peer_has_a_name_after_its_end, "stream.getpeername.peer_ended");

static const struct {
    struct row row;
    int how;
} directions[] = {{{"sending", NULL}, SD_SEND},
                  {{"receiving", NULL}, SD_RECEIVE},
                  {{"both_ways", NULL}, SD_BOTH}};

START_TEST(can_be_shut_down_twice)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(shutdown(pair.client, directions[_i].how) == 0);

    int result = shutdown(pair.client, directions[_i].how);

    expect_socket_succeeded(result);
}
END_TEST
COVERS_ROWS(can_be_shut_down_twice, directions, "stream.shutdown.twice");

/* ---- After a reset ---- */

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
    static WSAOVERLAPPED operation;
    return WSASend(s, &(WSABUF){.len = 1, .buf = "x"}, 1, NULL, 0, &operation, NULL);
}

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
    static WSAOVERLAPPED operation;
    static char byte;
    DWORD flags = 0;
    return WSARecv(s, &(WSABUF){.len = 1, .buf = &byte}, 1, NULL, &flags, &operation, NULL);
}

static const struct {
    struct row row;
    int (*call)(SOCKET);
} calls[] = {
    {{"send", "stream.send.reset"}, plain_send},
    {{"wsasend", "stream.wsasend.reset"}, wsa_send},
    {{"overlapped_send", "stream.wsasend.reset"}, overlapped_send},
    {{"recv", "stream.recv.reset_again"}, plain_receive},
    {{"wsarecv", "stream.wsarecv.reset_again"}, wsa_receive},
    {{"overlapped_receive", "stream.wsarecv.reset_again"}, overlapped_receive},
};

START_TEST(reset_is_told_again_by)
{
    winsock_start();
    SOCKET s = reset_by_the_peer();

    int result = calls[_i].call(s);

    expect_socket_failed(result, WSAECONNRESET);
}
END_TEST
COVERS_ROWS(reset_is_told_again_by, calls);
