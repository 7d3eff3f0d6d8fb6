/* The room that AcceptEx is given for names: too little of it, and that of IPv6. ConnectEx over
 * IPv6, and the time of its connection. */
#include "extension.h"

#define NAME_ROOM_6 (sizeof(struct sockaddr_in6) + 16)

static char buffer[2 * NAME_ROOM_6];

/* What becomes of an AcceptEx that a client comes to. */
static BOOL accepts(SOCKET listener, DWORD local, DWORD remote)
{
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    BOOL done = accept_ex(listener)(listener, socket_open(SOCK_STREAM), buffer, 0, local, remote,
                                    &count, operation);
    if (!done && GetLastError() != ERROR_IO_PENDING)
        return FALSE;
    stream_connect(socket_port(listener));
    expect_signaled(operation->hEvent);
    return GetOverlappedResult((HANDLE)listener, operation, &count, FALSE);
}

START_TEST(little_room_for_the_local_name)
{
    winsock_start();
    SOCKET listener = stream_listen();

    BOOL done = accepts(listener, sizeof(struct sockaddr_in) + 4, NAME_ROOM);

    expect_failed_somehow(done);
    expect_succeeded(accepts(stream_listen(), NAME_ROOM, NAME_ROOM));
}
END_TEST
COVERS(little_room_for_the_local_name, "stream.acceptex.local_length_short");

START_TEST(little_room_for_the_remote_name)
{
    winsock_start();

    BOOL done = accepts(stream_listen(), NAME_ROOM, sizeof(struct sockaddr_in) + 4);

    record_outcome("AcceptEx with little room for the remote name", done);
}
END_TEST
COVERS(little_room_for_the_remote_name, "stream.acceptex.remote_length_short");

START_TEST(no_room_for_the_local_name)
{
    winsock_start();

    BOOL done = accepts(stream_listen(), 0, NAME_ROOM);

    record_outcome("AcceptEx without room for the local name", done);
}
END_TEST
COVERS(no_room_for_the_local_name, "stream.acceptex.local_length_zero");

/* ---- IPv6 ---- */

/* A socket that is bound to a free port of ::1; UNSUPPORTED where a machine has no such address. */
static SOCKET bound6(struct sockaddr_in6 *name)
{
    SOCKET s = socket(AF_INET6, SOCK_STREAM, 0);
    int size = sizeof(*name);
    *name = (struct sockaddr_in6){.sin6_family = AF_INET6};
    name->sin6_addr.s6_addr[15] = 1;
    if (s == INVALID_SOCKET || bind(s, (struct sockaddr *)name, sizeof(*name)) != 0)
        unsupported("no IPv6 on this machine");
    limit_waits(s);
    require(getsockname(s, (struct sockaddr *)name, &size) == 0);
    return s;
}

START_TEST(over_ipv6)
{
    winsock_start();
    struct sockaddr_in6 server, client, *local = NULL, *remote = NULL;
    SOCKET listener = bound6(&server), connector = bound6(&client);
    SOCKET acceptor = socket(AF_INET6, SOCK_STREAM, 0);
    require(acceptor != INVALID_SOCKET && listen(listener, 1) == 0);
    limit_waits(acceptor);
    static OVERLAPPED accepting;
    OVERLAPPED *connecting = operation_with_event();
    accepting.hEvent = event_create();
    DWORD count = 0;
    int local_size = 0, remote_size = 0;

    BOOL accepted = accept_ex(listener)(listener, acceptor, buffer, 0, NAME_ROOM_6, NAME_ROOM_6,
                                        &count, &accepting);
    expect_failed(accepted, ERROR_IO_PENDING);
    BOOL connected = connect_ex(connector)(connector, (struct sockaddr *)&server, sizeof(server),
                                           "first", 5, &count, connecting);

    expect_true(connected || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(connector, connecting, &count));
    expect_number(count, 5);
    expect_succeeded(extension_result(listener, &accepting, &count));
    ((LPFN_GETACCEPTEXSOCKADDRS)extension(listener, (GUID)WSAID_GETACCEPTEXSOCKADDRS))(
        buffer, 0, NAME_ROOM_6, NAME_ROOM_6, (struct sockaddr **)&local, &local_size,
        (struct sockaddr **)&remote, &remote_size);
    expect_number(local_size, sizeof(server));
    expect_number(remote_size, sizeof(client));
    expect_bytes(local, &server, sizeof(server));
    expect_bytes(remote, &client, sizeof(client));
    expect_receives(acceptor, "first", 5);
}
END_TEST
COVERS(over_ipv6, "stream.acceptex.ipv6", "stream.connectex.ipv6", "stream.acceptexaddrs.ipv6");

/* ---- The time of a connection ---- */

static DWORD connect_time(SOCKET s)
{
    DWORD seconds = 4711;
    int size = sizeof(seconds);
    require(getsockopt(s, SOL_SOCKET, SO_CONNECT_TIME, (char *)&seconds, &size) == 0);
    return seconds;
}

START_TEST(time_of_a_connection)
{
    winsock_start();
    struct sockaddr_in server = socket_name(stream_listen());
    SOCKET client = socket_bound(SOCK_STREAM);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    expect_number(connect_time(client), 0xFFFFFFFF);

    BOOL done = connect_ex(client)(client, (struct sockaddr *)&server, sizeof(server), NULL, 0,
                                   &count, operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(client, operation, &count));
    expect_true(connect_time(client) < 60);
}
END_TEST
COVERS(time_of_a_connection, "stream.connectex.connect_time");
