/* How WSACleanup counts, and what the last one does to the sockets that are open. */
#include "winsock.h"

START_TEST(without_startup_fails)
{
    int result = WSACleanup();

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS(without_startup_fails, "stream.cleanup.extra_call_notinitialised");

START_TEST(first_of_two_leaves_sockets_working)
{
    winsock_start();
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int result = WSACleanup();

    expect_number(result, 0);
    send_all(pair.client, "still", 5);
    expect_receives(pair.server, "still", 5);
    expect_socket_succeeded(socket(AF_INET, SOCK_STREAM, 0));
}
END_TEST
COVERS(first_of_two_leaves_sockets_working, "stream.cleanup.success_zero",
       "stream.cleanup.only_final_call_frees");

START_TEST(last_of_two_ends_use)
{
    winsock_start();
    winsock_start();
    require(WSACleanup() == 0);

    int result = WSACleanup();

    expect_number(result, 0);
    expect_socket_failed(socket(AF_INET, SOCK_STREAM, 0), WSANOTINITIALISED);
    expect_socket_failed(WSACleanup(), WSANOTINITIALISED);
}
END_TEST
COVERS(last_of_two_ends_use, "stream.cleanup.success_zero", "stream.cleanup.only_final_call_frees",
       "stream.cleanup.extra_call_notinitialised", "stream.socket.notinitialised");

START_TEST(startup_works_again_afterwards)
{
    winsock_start();
    require(WSACleanup() == 0);
    WSADATA data;

    int error = WSAStartup(MAKEWORD(2, 2), &data);

    expect_error(error, 0);
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "again", 5);
    expect_receives(pair.server, "again", 5);
}
END_TEST
COVERS(startup_works_again_afterwards, "stream.cleanup.restart_after_final");

START_TEST(last_one_closes_open_sockets)
{
    winsock_start();
    SOCKET open = socket_bound(SOCK_DGRAM);

    int result = WSACleanup();

    expect_number(result, 0);
    winsock_start();
    struct sockaddr_in name;
    int length = sizeof(name);
    expect_socket_failed(getsockname(open, (struct sockaddr *)&name, &length), WSAENOTSOCK);
}
END_TEST
COVERS(last_one_closes_open_sockets, "stream.cleanup.final_deallocates_sockets");

/* Connects, lets the last WSACleanup close its end, and stays alive until the other side has seen
 * it. */
PEER(clean_up_while_connected)
{
    winsock_start();
    stream_connect((unsigned)peer_number(0));
    checkpoint_wait("accepted");

    expect_number(WSACleanup(), 0);

    checkpoint_wait("end seen");
}

START_TEST(last_one_ends_connections_to_other_processes)
{
    winsock_start();
    SOCKET listener = stream_listen();
    peer_start(clean_up_while_connected, given_number(socket_port(listener)));
    SOCKET server = stream_accept(listener);
    checkpoint_reach("accepted");

    char byte;
    int got = recv(server, &byte, 1, 0);

    if (got == SOCKET_ERROR)
        expect_socket_failed(got, WSAECONNRESET);
    else
        expect_number(got, 0);
    record("the other side's last WSACleanup", "%s", got == 0 ? "end of stream" : "WSAECONNRESET");
    checkpoint_reach("end seen");
}
END_TEST
COVERS(last_one_ends_connections_to_other_processes, "stream.cleanup.final_peer_sees_close");
