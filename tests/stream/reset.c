/* How a connection ends that the other process did not end gracefully. */
#include "winsock/winsock.h"

/* Makes closesocket hard: it lingers, for no time. */
static void close_will_be_hard(SOCKET s)
{
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    require(setsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard)) == 0);
}

PEER(close_hard)
{
    winsock_start();
    SOCKET s = stream_connect((unsigned)peer_number(0));
    close_will_be_hard(s);
    checkpoint_wait("receiving");

    expect_number(closesocket(s), 0);
}

START_TEST(hard_close_of_other_process_fails_pending_receive)
{
    winsock_start();
    SOCKET listener = stream_listen();
    peer_start(close_hard, given_number(socket_port(listener)));
    SOCKET s = stream_accept(listener);
    static WSAOVERLAPPED overlapped;
    static char byte;
    overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    DWORD count, flags = 0;
    int result = WSARecv(s, &(WSABUF){1, &byte}, 1, NULL, &flags, &overlapped, NULL);
    require(result != SOCKET_ERROR || GetLastError() == WSA_IO_PENDING);
    checkpoint_reach("receiving");
    expect_signaled(overlapped.hEvent);

    BOOL done = WSAGetOverlappedResult(s, &overlapped, &count, FALSE, &flags);

    expect_failed(done, WSAECONNRESET);
}
END_TEST
COVERS(hard_close_of_other_process_fails_pending_receive, "stream.wsarecv.reset",
       "stream.close.linger_zero_resets");

START_TEST(receive_after_hard_close_fails)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    close_will_be_hard(pair.client);
    socket_close(pair.client);
    wait_readable(pair.server);
    char byte;

    int got = recv(pair.server, &byte, 1, 0);

    expect_socket_failed(got, WSAECONNRESET);
}
END_TEST
COVERS(receive_after_hard_close_fails, "stream.recv.reset", "stream.close.linger_zero_resets");

START_TEST(receive_by_who_connected_fails)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    close_will_be_hard(pair.server);
    socket_close(pair.server);
    wait_readable(pair.client);
    char byte;

    int got = recv(pair.client, &byte, 1, 0);

    expect_socket_failed(got, WSAECONNRESET);
}
END_TEST
COVERS(receive_by_who_connected_fails, "stream.recv.reset");

/* Holds a connection until it is killed. */
PEER(hold_connection)
{
    winsock_start();
    stream_connect((unsigned)peer_number(0));
    checkpoint_wait("never");
}

START_TEST(killed_process_ends_its_connections)
{
    winsock_start();
    SOCKET listener = stream_listen();
    struct peer *peer = peer_start(hold_connection, given_number(socket_port(listener)));
    SOCKET s = stream_accept(listener);
    peer_kill(peer);
    char byte;

    int got = recv(s, &byte, 1, 0);

    if (got == SOCKET_ERROR)
        expect_socket_failed(got, WSAECONNRESET);
    else
        expect_number(got, 0);
    record("the killed process's connection", "%s", got == 0 ? "end of stream" : "WSAECONNRESET");
}
END_TEST
COVERS(killed_process_ends_its_connections, "stream.close.process_end_ends_connection");
