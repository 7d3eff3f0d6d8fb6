/* Sockets that were accepted: what had come before is recorded by the events of their listener, no
 * connection is, and for how long they are connected. */
#include "winsock.h"

#include <mswsock.h>

static SOCKET by_accept(SOCKET s)
{
    return accept(s, NULL, NULL);
}

static SOCKET by_wsaaccept(SOCKET s)
{
    return WSAAccept(s, NULL, NULL, NULL, 0);
}

static const struct {
    struct row row;
    SOCKET (*accept)(SOCKET);
} forms[] = {{{"accept", NULL}, by_accept}, {{"wsaaccept", NULL}, by_wsaaccept}};

/* A watched listener whose client waits, and whose event has been reset; the client. */
static SOCKET called(SOCKET listener, HANDLE event, LONG events)
{
    WSANETWORKEVENTS seen = {0};
    require(WSAEventSelect(listener, event, FD_ACCEPT | events) == 0);
    SOCKET client = stream_connect(socket_port(listener));
    require(WaitForSingleObject(event, step_limit()) == WAIT_OBJECT_0);
    require(WSAEnumNetworkEvents(listener, event, &seen) == 0 && seen.lNetworkEvents == FD_ACCEPT);
    return client;
}

START_TEST(data_before)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create();
    WSANETWORKEVENTS seen = {0};
    send_all(called(listener, event, FD_READ | FD_CLOSE), "x", 1);

    SOCKET s = forms[_i].accept(listener);

    expect_socket_succeeded(s);
    expect_signaled(event);
    expect_socket_succeeded(WSAEnumNetworkEvents(s, event, &seen));
    expect_number(seen.lNetworkEvents, FD_READ);
}
END_TEST
COVERS_ROWS(data_before, forms, "winsock.accepted.data_before");

START_TEST(end_before)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create();
    WSANETWORKEVENTS seen = {0};
    require(shutdown(called(listener, event, FD_READ | FD_CLOSE), SD_SEND) == 0);

    SOCKET s = forms[_i].accept(listener);

    expect_socket_succeeded(s);
    expect_signaled(event);
    expect_socket_succeeded(WSAEnumNetworkEvents(s, event, &seen));
    expect_number(seen.lNetworkEvents, FD_CLOSE);
    expect_error(seen.iErrorCode[FD_CLOSE_BIT], 0);
}
END_TEST
COVERS_ROWS(end_before, forms, "winsock.accepted.end_before");

START_TEST(no_connection)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create();
    WSANETWORKEVENTS seen = {0};
    stream_connect(socket_port(listener));
    wait_readable(listener);
    SOCKET s = forms[_i].accept(listener);
    require(s != INVALID_SOCKET);

    int result = WSAEventSelect(s, event, FD_ACCEPT | FD_CONNECT | FD_READ | FD_WRITE | FD_CLOSE);

    expect_socket_succeeded(result);
    expect_signaled(event);
    expect_socket_succeeded(WSAEnumNetworkEvents(s, event, &seen));
    expect_number(seen.lNetworkEvents, FD_WRITE);
}
END_TEST
COVERS_ROWS(no_connection, forms, "winsock.accepted.no_connect");

START_TEST(time_since)
{
    winsock_start();
    SOCKET listener = stream_listen();
    DWORD seconds = 99;
    int size = sizeof(seconds);
    stream_connect(socket_port(listener));
    wait_readable(listener);
    SOCKET s = forms[_i].accept(listener);
    require(s != INVALID_SOCKET);

    int result = getsockopt(s, SOL_SOCKET, SO_CONNECT_TIME, (char *)&seconds, &size);

    expect_socket_succeeded(result);
    expect_true(seconds <= step_limit() / 1000);
}
END_TEST
COVERS_ROWS(time_since, forms, "winsock.accepted.connect_time");
