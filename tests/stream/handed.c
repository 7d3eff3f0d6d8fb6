/* What a socket that was handed to another process has in common with the descriptor there. */
#include "handed.h"

/* Hands S to PEER, which waits for it, and returns when it has been opened there. */
static void hand(SOCKET s, struct peer *peer)
{
    WSAPROTOCOL_INFOW info;
    require(WSADuplicateSocketW(s, peer->info.dwProcessId, &info) == 0);
    info_save(&info);
    checkpoint_reach("handed");
    checkpoint_wait("taken");
}

/* In the other process: the socket that was handed over. */
static SOCKET take(void)
{
    winsock_start();
    checkpoint_wait("handed");
    WSAPROTOCOL_INFOW info = info_load();
    SOCKET s = open_duplicate(&info);
    require(s != INVALID_SOCKET);
    checkpoint_reach("taken");
    return s;
}

static bool keeps_alive(SOCKET s)
{
    DWORD value = 0;
    int size = sizeof(value);
    require(getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, (char *)&value, &size) == 0);
    return value != 0;
}

static void keep_alive(SOCKET s)
{
    DWORD on = TRUE;
    require(setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, (char *)&on, sizeof(on)) == 0);
}

PEER(set_an_option)
{
    SOCKET s = take();
    require(!keeps_alive(s));

    keep_alive(s);

    checkpoint_reach("set");
    checkpoint_wait("seen");
}

START_TEST(option_set_there)
{
    winsock_start();
    SOCKET s = stream_pair_open().client;
    struct peer *peer = peer_start(set_an_option);

    hand(s, peer);
    checkpoint_wait("set");

    expect_true(keeps_alive(s));
    checkpoint_reach("seen");
    peer_join(peer);
}
END_TEST
COVERS(option_set_there, "stream.handed.option_set_there");

PEER(see_an_option)
{
    SOCKET s = take();
    checkpoint_wait("set");

    expect_true(keeps_alive(s));
}

START_TEST(option_set_here)
{
    winsock_start();
    SOCKET s = stream_pair_open().client;
    struct peer *peer = peer_start(see_an_option);
    hand(s, peer);

    keep_alive(s);

    checkpoint_reach("set");
    peer_join(peer);
}
END_TEST
COVERS(option_set_here, "stream.handed.option_set_here");

PEER(receive_the_rest)
{
    SOCKET s = take();
    limit_waits(s);
    checkpoint_wait("begun");

    expect_receives(s, "rest", 4);
}

START_TEST(rest_is_received_there)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct peer *peer = peer_start(receive_the_rest);
    hand(pair.server, peer);
    send_all(pair.client, "partrest", 8);

    expect_receives(pair.server, "part", 4);

    checkpoint_reach("begun");
    peer_join(peer);
}
END_TEST
COVERS(rest_is_received_there, "stream.handed.rest_received_there");

PEER(watch_for_room)
{
    SOCKET s = take();
    HANDLE event = event_create();

    int result = WSAEventSelect(s, event, FD_WRITE);

    expect_socket_succeeded(result);
    expect_signaled(event);
    checkpoint_reach("watched");
    checkpoint_wait("seen");
}

START_TEST(watch_there_ends_the_watch_here)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    struct peer *peer = peer_start(watch_for_room);
    require(WSAEventSelect(pair.server, event, FD_READ) == 0);
    hand(pair.server, peer);

    checkpoint_wait("watched");

    send_all(pair.client, "data", 4);
    wait_readable(pair.server);
    expect_stays_unsignaled(event);
    checkpoint_reach("seen");
    peer_join(peer);
}
END_TEST
COVERS(watch_there_ends_the_watch_here, "stream.handed.watch_cancelled");

PEER(end_with_the_socket)
{
    SOCKET s = take();
    limit_waits(s);
    send_all(s, "there", 5);
    checkpoint_wait("received");
}

START_TEST(end_of_the_other_process_leaves_it_open)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct peer *peer = peer_start(end_with_the_socket);
    hand(pair.server, peer);
    expect_receives(pair.client, "there", 5);

    checkpoint_reach("received");
    peer_join(peer);

    expect_number(send(pair.server, "here", 4, 0), 4);
    expect_receives(pair.client, "here", 4);
    socket_close(pair.server);
    expect_end_of_stream(pair.client);
}
END_TEST
COVERS(end_of_the_other_process_leaves_it_open, "stream.handed.process_ends");

PEER(receive_a_datagram)
{
    SOCKET s = take();
    struct sockaddr_in name = socket_name(s);
    limit_waits(s);
    checkpoint_wait("sent");

    expect_number(ntohs(name.sin_port), peer_number(0));
    expect_datagram(s, "datagram");
}

START_TEST(datagram_is_received_there)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct peer *peer = peer_start(receive_a_datagram, given_number(socket_port(s)));
    hand(s, peer);

    send_datagram(s, s, "datagram");

    checkpoint_reach("sent");
    peer_join(peer);
}
END_TEST
COVERS(datagram_is_received_there, "stream.handed.datagram_socket");

PEER(accept_there)
{
    SOCKET listener = take();
    SOCKET accepted = stream_accept(listener);

    expect_receives(accepted, "request", 7);
    send_all(accepted, "answer", 6);
}

START_TEST(connection_is_accepted_there)
{
    winsock_start();
    SOCKET listener = stream_listen();
    struct peer *peer = peer_start(accept_there);
    hand(listener, peer);
    SOCKET client = stream_connect(socket_port(listener));

    send_all(client, "request", 7);

    expect_receives(client, "answer", 6);
    peer_join(peer);
}
END_TEST
COVERS(connection_is_accepted_there, "stream.handed.listener");

PEER(take_twice)
{
    take();
    WSAPROTOCOL_INFOW info = info_load();

    SOCKET again = open_duplicate(&info);

    expect_socket_failed(again, WSAEINVAL);
}

START_TEST(structure_is_for_once)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct peer *peer = peer_start(take_twice);

    hand(s, peer);

    peer_join(peer);
    send_datagram(s, s, "still");
    expect_datagram(s, "still");
}
END_TEST
COVERS(structure_is_for_once, "stream.handed.once");

START_TEST(needs_startup)
{
    WSAPROTOCOL_INFOW info;

    int result = WSADuplicateSocketW(INVALID_SOCKET, GetCurrentProcessId(), &info);

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS(needs_startup, "stream.handed.notinitialised");

/* ---- Threads */

static DWORD opens(void *argument)
{
    *(SOCKET *)argument = socket_bound(SOCK_DGRAM);
    return 0;
}

START_TEST(socket_outlives_its_thread)
{
    winsock_start();
    SOCKET s = INVALID_SOCKET;
    thread_join(thread_start(opens, &s));
    struct sockaddr_in self = socket_name(s);

    int sent = sendto(s, "datagram", 8, 0, (struct sockaddr *)&self, sizeof(self));

    expect_number(sent, 8);
    expect_datagram(s, "datagram");
}
END_TEST
COVERS(socket_outlives_its_thread, "stream.handed.other_thread");
