/* Which calls make WSAEventSelect record room to send and urgent data again, each by each, and
 * which connections it records room for. */
#include "events.h"
#include "stream/extension.h"

/* ---- FD_WRITE after a send that would have blocked */

static int by_send(SOCKET s, char *bytes, int size)
{
    return send(s, bytes, size, 0);
}

static int by_sendto(SOCKET s, char *bytes, int size)
{
    return sendto(s, bytes, size, 0, NULL, 0);
}

static int by_wsasend(SOCKET s, char *bytes, int size)
{
    WSABUF buffer = {.len = (ULONG)size, .buf = bytes};
    DWORD sent = 0;
    return WSASend(s, &buffer, 1, &sent, 0, NULL, NULL) == 0 ? (int)sent : SOCKET_ERROR;
}

static int by_wsasendto(SOCKET s, char *bytes, int size)
{
    WSABUF buffer = {.len = (ULONG)size, .buf = bytes};
    DWORD sent = 0;
    return WSASendTo(s, &buffer, 1, &sent, 0, NULL, 0, NULL, NULL) == 0 ? (int)sent : SOCKET_ERROR;
}

static const struct {
    struct row row;
    int (*send)(SOCKET, char *, int);
} senders[] = {
    {{"send", "winsock.event_select.room_after_send"}, by_send},
    {{"sendto", "winsock.event_select.room_after_sendto"}, by_sendto},
    {{"wsasend", "winsock.event_select.room_after_wsasend"}, by_wsasend},
    {{"wsasendto", "winsock.event_select.room_after_wsasendto"}, by_wsasendto},
};

START_TEST(room_again)
{
    static char chunk[64 * 1024];
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    int total = 0, sent;
    watch(pair.client, event, FD_WRITE);
    require(await(pair.client, event).lNetworkEvents == FD_WRITE);
    while ((sent = senders[_i].send(pair.client, chunk, sizeof(chunk))) != SOCKET_ERROR)
        total += sent;
    expect_last_error(WSAEWOULDBLOCK);

    while (total > 0 && (sent = recv(pair.server, chunk, sizeof(chunk), 0)) > 0)
        total -= sent;

    expect_number(total, 0);
    expect_signaled(event);
    expect_number(recorded(pair.client), FD_WRITE);
}
END_TEST
COVERS_ROWS(room_again, senders);

/* ---- FD_OOB after a receive */

static int with_recv(SOCKET s, char *byte)
{
    return recv(s, byte, 1, MSG_OOB);
}

static int with_recvfrom(SOCKET s, char *byte)
{
    return recvfrom(s, byte, 1, MSG_OOB, NULL, NULL);
}

static int with_wsarecv(SOCKET s, char *byte)
{
    WSABUF buffer = {.len = 1, .buf = byte};
    DWORD got = 0, flags = MSG_OOB;
    return WSARecv(s, &buffer, 1, &got, &flags, NULL, NULL) == 0 ? (int)got : SOCKET_ERROR;
}

static int with_wsarecvfrom(SOCKET s, char *byte)
{
    WSABUF buffer = {.len = 1, .buf = byte};
    DWORD got = 0, flags = MSG_OOB;
    return WSARecvFrom(s, &buffer, 1, &got, &flags, NULL, NULL, NULL, NULL) == 0 ? (int)got
                                                                                 : SOCKET_ERROR;
}

static int with_wsarecvex(SOCKET s, char *byte)
{
    optional_api(WSARecvEx);
    int flags = MSG_OOB;
    return WSARecvEx(s, byte, 1, &flags);
}

static const struct {
    struct row row;
    int (*receive)(SOCKET, char *);
} receivers[] = {
    {{"recv", "winsock.event_select.urgent_after_recv"}, with_recv},
    {{"recvfrom", "winsock.event_select.urgent_after_recvfrom"}, with_recvfrom},
    {{"wsarecv", "winsock.event_select.urgent_after_wsarecv"}, with_wsarecv},
    {{"wsarecvfrom", "winsock.event_select.urgent_after_wsarecvfrom"}, with_wsarecvfrom},
    {{"wsarecvex", "winsock.event_select.urgent_after_wsarecvex"}, with_wsarecvex},
};

START_TEST(urgent_again)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    char byte = 0;
    watch(pair.server, event, FD_OOB);
    require(send(pair.client, "U", 1, MSG_OOB) == 1);
    require(await(pair.server, event).lNetworkEvents == FD_OOB);

    int got = receivers[_i].receive(pair.server, &byte);

    expect_number(got, 1);
    expect_number(byte, 'U');
    require(send(pair.client, "V", 1, MSG_OOB) == 1);
    expect_signaled(event);
    expect_number(recorded(pair.server), FD_OOB);
}
END_TEST
COVERS_ROWS(urgent_again, receivers);

/* ---- Connections that there is room for */

START_TEST(room_after_wsaconnect)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    HANDLE event = event_create();
    watch(client, event, FD_WRITE);
    expect_not_signaled(event);

    int result =
        WSAConnect(client, (struct sockaddr *)&server, sizeof(server), NULL, NULL, NULL, NULL);

    expect_socket_failed(result, WSAEWOULDBLOCK);
    expect_signaled(event);
    expect_number(recorded(client), FD_WRITE);
}
END_TEST
COVERS(room_after_wsaconnect, "winsock.event_select.room_after_wsaconnect");

START_TEST(room_after_wsaaccept)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create();
    watch(listener, event, FD_ACCEPT | FD_WRITE);
    stream_connect(socket_port(listener));
    require(await(listener, event).lNetworkEvents == FD_ACCEPT);

    SOCKET accepted = WSAAccept(listener, NULL, NULL, NULL, 0);

    expect_socket_succeeded(accepted);
    expect_signaled(event);
    expect_number(recorded(accepted), FD_WRITE);
}
END_TEST
COVERS(room_after_wsaaccept, "winsock.event_select.room_after_wsaaccept");

START_TEST(room_after_connect_ex)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    LPFN_CONNECTEX connect = connect_ex(client);
    static OVERLAPPED connecting;
    HANDLE event = event_create();
    connecting.hEvent = event_create();
    watch(client, event, FD_WRITE | FD_CONNECT);

    BOOL connected =
        connect(client, (struct sockaddr *)&server, sizeof(server), NULL, 0, NULL, &connecting);

    expect_true(connected || GetLastError() == WSA_IO_PENDING);
    expect_signaled(connecting.hEvent);
    settles(event);
    record("events recorded after ConnectEx", "%#lx", recorded(client));
}
END_TEST
COVERS(room_after_connect_ex, "winsock.event_select.room_after_connect_ex");

/* ---- FD_ACCEPT after other calls than accept */

START_TEST(next_connection_after_accept_ex)
{
    winsock_start();
    SOCKET listener = stream_listen(), accepted = socket_open(SOCK_STREAM);
    LPFN_ACCEPTEX accept = accept_ex(listener);
    HANDLE event = event_create();
    static OVERLAPPED accepting;
    static char names[2 * (sizeof(struct sockaddr_in) + 16)];
    DWORD size = 0;
    accepting.hEvent = event_create();
    watch(listener, event, FD_ACCEPT);
    stream_connect(socket_port(listener)), stream_connect(socket_port(listener));
    require(await(listener, event).lNetworkEvents == FD_ACCEPT);

    BOOL done = accept(listener, accepted, names, 0, sizeof(names) / 2, sizeof(names) / 2, &size,
                       &accepting);

    expect_true(done || GetLastError() == WSA_IO_PENDING);
    expect_signaled(accepting.hEvent);
    record("the next connection after AcceptEx", "%s",
           settles(event) ? "recorded" : "not recorded");
}
END_TEST
COVERS(next_connection_after_accept_ex, "winsock.event_select.accept_ex_reenables");

static int CALLBACK defers(LPWSABUF caller, LPWSABUF caller_data, LPQOS qos, LPQOS group_qos,
                           LPWSABUF callee, LPWSABUF callee_data, GROUP *group, DWORD_PTR data)
{
    (void)caller, (void)caller_data, (void)qos, (void)group_qos;
    (void)callee, (void)callee_data, (void)group, (void)data;
    return CF_DEFER;
}

START_TEST(connection_that_is_deferred)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create();
    watch(listener, event, FD_ACCEPT);
    stream_connect(socket_port(listener));
    require(await(listener, event).lNetworkEvents == FD_ACCEPT);

    SOCKET accepted = WSAAccept(listener, NULL, NULL, defers, 0);

    expect_socket_failed(accepted, WSATRY_AGAIN);
    record("a connection that was deferred", "%s",
           settles(event) ? "recorded again" : "not recorded again");
}
END_TEST
COVERS(connection_that_is_deferred, "winsock.event_select.deferred");

/* ---- What can be asked for */

static const struct {
    struct row row;
    long events;
} masks[] = {
    {{"read", NULL}, FD_READ},
    {{"write", NULL}, FD_WRITE},
    {{"oob", NULL}, FD_OOB},
    {{"accept", NULL}, FD_ACCEPT},
    {{"connect", NULL}, FD_CONNECT},
    {{"close", NULL}, FD_CLOSE},
    {{"qos", NULL}, FD_QOS},
    {{"group_qos", NULL}, FD_GROUP_QOS},
    {{"routing_interface_change", NULL}, FD_ROUTING_INTERFACE_CHANGE},
    {{"address_list_change", NULL}, FD_ADDRESS_LIST_CHANGE},
    {{"all", NULL}, FD_ALL_EVENTS},
};

START_TEST(can_be_asked_for)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    HANDLE event = event_create();

    int result = WSAEventSelect(s, event, masks[_i].events);

    expect_socket_succeeded(result);
    expect_number(result, 0);
    expect_socket_failed(ioctlsocket(s, FIONBIO, &(u_long){0}), WSAEINVAL);
}
END_TEST
COVERS_ROWS(can_be_asked_for, masks, "winsock.event_select.masks");

START_TEST(nothing_makes_nonblocking)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    char byte;

    int result = WSAEventSelect(s, NULL, 0);

    expect_socket_succeeded(result);
    expect_socket_failed(recv(s, &byte, 1, 0), WSAEWOULDBLOCK);
    expect_socket_succeeded(ioctlsocket(s, FIONBIO, &(u_long){0}));
}
END_TEST
COVERS(nothing_makes_nonblocking, "winsock.event_select.nonblocking_without_events");

START_TEST(event_that_is_none_to_reset)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create(), closed = event_create();
    WSANETWORKEVENTS seen = {0};
    watch(s, event, FD_READ);
    require(CloseHandle(closed));

    int result = WSAEnumNetworkEvents(s, closed, &seen);

    record_outcome("WSAEnumNetworkEvents of a closed event", result == 0);
}
END_TEST
COVERS(event_that_is_none_to_reset, "winsock.enum_events.closed_event");
