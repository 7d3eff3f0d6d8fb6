/* Which network events WSAEventSelect records, and what makes it record them again. */
#include "events.h"

#include <mswsock.h>

/* ---- Connections */

START_TEST(connection_to_accept)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create();

    int result = WSAEventSelect(listener, event, FD_ACCEPT);

    expect_socket_succeeded(result);
    expect_not_signaled(event);
    stream_connect(socket_port(listener));
    expect_signaled(event);
    expect_number(recorded(listener), FD_ACCEPT);
    expect_true(accept(listener, NULL, NULL) != INVALID_SOCKET);
}
END_TEST
COVERS(connection_to_accept, "winsock.event_select.fd_accept");

START_TEST(next_connection_after_accept)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create();
    stream_connect(socket_port(listener));
    stream_connect(socket_port(listener));
    watch(listener, event, FD_ACCEPT);
    require(await(listener, event).lNetworkEvents == FD_ACCEPT);

    SOCKET first = accept(listener, NULL, NULL);

    expect_true(first != INVALID_SOCKET);
    expect_signaled(event);
    expect_number(recorded(listener), FD_ACCEPT);
}
END_TEST
COVERS(next_connection_after_accept, "winsock.event_select.accept_reenables");

START_TEST(connection_made)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = loopback(socket_port(listener));
    HANDLE event = event_create();
    watch(client, event, FD_CONNECT);

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_failed(result, WSAEWOULDBLOCK);
    expect_signaled(event);
    WSANETWORKEVENTS seen = {.iErrorCode[FD_CONNECT_BIT] = -1};
    expect_socket_succeeded(WSAEnumNetworkEvents(client, NULL, &seen));
    expect_number(seen.lNetworkEvents, FD_CONNECT);
    expect_error(seen.iErrorCode[FD_CONNECT_BIT], 0);
}
END_TEST
COVERS(connection_made, "winsock.event_select.fd_connect");

START_TEST(connection_refused)
{
    winsock_start();
    SOCKET closed = socket_bound(SOCK_STREAM), client = socket_open(SOCK_STREAM);
    struct sockaddr_in nobody = loopback(socket_port(closed));
    HANDLE event = event_create();
    watch(client, event, FD_CONNECT);
    require(connect(client, (struct sockaddr *)&nobody, sizeof(nobody)) == SOCKET_ERROR &&
            GetLastError() == WSAEWOULDBLOCK);
    expect_signaled(event);
    WSANETWORKEVENTS seen = {0};

    int result = WSAEnumNetworkEvents(client, NULL, &seen);

    expect_socket_succeeded(result);
    expect_number(seen.lNetworkEvents, FD_CONNECT);
    expect_error(seen.iErrorCode[FD_CONNECT_BIT], WSAECONNREFUSED);
}
END_TEST
COVERS(connection_refused, "winsock.enum_events.connect_errors");

START_TEST(accepted_socket_is_watched_like_its_listener)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create();
    watch(listener, event, FD_ACCEPT | FD_READ | FD_CLOSE);
    SOCKET client = stream_connect(socket_port(listener));
    require(await(listener, event).lNetworkEvents == FD_ACCEPT);

    SOCKET accepted = accept(listener, NULL, NULL);

    expect_true(accepted != INVALID_SOCKET);
    expect_not_signaled(event);
    send_all(client, "x", 1);
    expect_signaled(event);
    expect_number(recorded(accepted), FD_READ);
}
END_TEST
COVERS(accepted_socket_is_watched_like_its_listener, "stream.accept.inherits_event_registration");

/* ---- FD_READ */

static int read_recv(SOCKET s, char *byte)
{
    return recv(s, byte, 1, 0);
}

static int read_recvfrom(SOCKET s, char *byte)
{
    return recvfrom(s, byte, 1, 0, NULL, NULL);
}

static int read_wsarecv(SOCKET s, char *byte)
{
    WSABUF buffer = {.len = 1, .buf = byte};
    DWORD got = 0, flags = 0;
    return WSARecv(s, &buffer, 1, &got, &flags, NULL, NULL) == 0 ? (int)got : SOCKET_ERROR;
}

static int read_wsarecvfrom(SOCKET s, char *byte)
{
    WSABUF buffer = {.len = 1, .buf = byte};
    DWORD got = 0, flags = 0;
    return WSARecvFrom(s, &buffer, 1, &got, &flags, NULL, NULL, NULL, NULL) == 0 ? (int)got
                                                                                 : SOCKET_ERROR;
}

static int read_wsarecvex(SOCKET s, char *byte)
{
    optional_api(WSARecvEx);
    int flags = 0;
    return WSARecvEx(s, byte, 1, &flags);
}

static const struct {
    struct row row;
    int (*read)(SOCKET, char *);
} readers[] = {
    {{"recv", NULL}, read_recv},
    {{"recvfrom", NULL}, read_recvfrom},
    {{"wsarecv", NULL}, read_wsarecv},
    {{"wsarecvfrom", NULL}, read_wsarecvfrom},
    {{"wsarecvex", "winsock.event_select.wsarecvex_reenables"}, read_wsarecvex},
};

START_TEST(next_datagram_after_reading_one)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create();
    char byte = 0;
    watch(s, event, FD_READ);
    send_datagram(s, s, "a");
    send_datagram(s, s, "b");
    require(await(s, event).lNetworkEvents == FD_READ);

    int got = readers[_i].read(s, &byte);

    expect_number(got, 1);
    expect_signaled(event);
    expect_number(recorded(s), FD_READ);
    expect_datagram(s, "b");
}
END_TEST
COVERS_ROWS(next_datagram_after_reading_one, readers,
            "winsock.event_select.reenable_functions_read");

START_TEST(nothing_after_reading_all)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create();
    char byte;
    watch(s, event, FD_READ);
    send_datagram(s, s, "a");
    require(await(s, event).lNetworkEvents == FD_READ);

    int got = recv(s, &byte, 1, 0);

    expect_number(got, 1);
    expect_stays_unsignaled(event);
    send_datagram(s, s, "b");
    expect_signaled(event);
}
END_TEST
COVERS(nothing_after_reading_all, "winsock.event_select.read_level_triggered");

/* ---- FD_WRITE */

START_TEST(room_to_send_is_recorded_once)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(receiver);
    HANDLE event = event_create();
    watch(s, event, FD_WRITE);
    expect_signaled(event);
    expect_number(await(s, event).lNetworkEvents, FD_WRITE);

    int sent = sendto(s, "x", 1, 0, (struct sockaddr *)&name, sizeof(name));

    expect_number(sent, 1);
    expect_stays_unsignaled(event);
    expect_number(recorded(s), 0);
}
END_TEST
COVERS(room_to_send_is_recorded_once, "winsock.event_select.fd_write_initial",
       "winsock.event_select.fd_write_send_rearms");

START_TEST(room_again_after_would_block)
{
    static char chunk[64 * 1024];
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    int total = 0, sent;
    watch(pair.client, event, FD_WRITE);
    require(await(pair.client, event).lNetworkEvents == FD_WRITE);
    while ((sent = send(pair.client, chunk, sizeof(chunk), 0)) != SOCKET_ERROR)
        total += sent;
    expect_last_error(WSAEWOULDBLOCK); /* room may come back at any time from here on */

    while (total > 0 && (sent = recv(pair.server, chunk, sizeof(chunk), 0)) > 0)
        total -= sent;

    expect_number(total, 0);
    expect_signaled(event);
    expect_number(recorded(pair.client), FD_WRITE);
    expect_number(send(pair.client, "x", 1, 0), 1);
}
END_TEST
COVERS(room_again_after_would_block, "winsock.event_select.fd_write_after_ewouldblock");

/* ---- FD_OOB and FD_CLOSE */

static const struct {
    struct row row;
    BOOL in_line;
    long event;
} urgents[] = {
    {{"out_of_band", "winsock.event_select.fd_oob"}, FALSE, FD_OOB},
    {{"in_line", "winsock.event_select.fd_oob_inline"}, TRUE, FD_READ},
};

START_TEST(urgent_data)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    require(setsockopt(pair.server, SOL_SOCKET, SO_OOBINLINE, (char *)&urgents[_i].in_line,
                       sizeof(BOOL)) == 0);
    watch(pair.server, event, FD_OOB | FD_READ);

    int sent = send(pair.client, "!", 1, MSG_OOB);

    expect_number(sent, 1);
    expect_signaled(event);
    expect_number(recorded(pair.server), urgents[_i].event);
}
END_TEST
COVERS_ROWS(urgent_data, urgents);

START_TEST(abortive_close)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    LINGER at_once = {.l_onoff = 1, .l_linger = 0};
    require(setsockopt(pair.client, SOL_SOCKET, SO_LINGER, (char *)&at_once, sizeof(at_once)) == 0);
    watch(pair.server, event, FD_CLOSE);
    socket_close(pair.client);
    expect_signaled(event);
    WSANETWORKEVENTS seen = {0};

    int result = WSAEnumNetworkEvents(pair.server, NULL, &seen);

    expect_socket_succeeded(result);
    expect_number(seen.lNetworkEvents, FD_CLOSE);
    char error[80];
    record("error", "%s", error_text((DWORD)seen.iErrorCode[FD_CLOSE_BIT], error, sizeof(error)));
}
END_TEST
COVERS(abortive_close, "winsock.event_select.fd_close_abortive");

START_TEST(closing_the_socket_itself)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    watch(pair.server, event, FD_READ | FD_CLOSE);

    int result = closesocket(pair.server);

    expect_socket_succeeded(result);
    expect_stays_unsignaled(event);
}
END_TEST
COVERS(closing_the_socket_itself, "winsock.event_select.close_cancels");
