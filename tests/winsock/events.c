/* When WSAEventSelect sets its event, and what WSAEnumNetworkEvents then reports. */
#include "winsock.h"

START_TEST(arriving_datagram_is_recorded)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create();
    WSANETWORKEVENTS seen = {.iErrorCode[FD_READ_BIT] = -1};

    int result = WSAEventSelect(s, event, FD_READ);

    expect_socket_succeeded(result);
    expect_not_signaled(event);
    send_datagram(s, s, "x");
    expect_signaled(event);
    expect_socket_succeeded(WSAEnumNetworkEvents(s, NULL, &seen));
    expect_number(seen.lNetworkEvents, FD_READ);
    expect_error(seen.iErrorCode[FD_READ_BIT], 0);
}
END_TEST
COVERS(arriving_datagram_is_recorded, "winsock.event_select.fd_read");

START_TEST(waiting_datagram_is_recorded_at_once)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create();
    send_datagram(s, s, "x");
    wait_readable(s);

    int result = WSAEventSelect(s, event, FD_READ);

    expect_socket_succeeded(result);
    expect_signaled(event);
}
END_TEST
COVERS(waiting_datagram_is_recorded_at_once, "winsock.event_select.already_true");

START_TEST(end_of_stream_is_recorded_as_close)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    WSANETWORKEVENTS seen = {.iErrorCode[FD_CLOSE_BIT] = -1};
    require(WSAEventSelect(pair.server, event, FD_READ | FD_CLOSE) != SOCKET_ERROR);

    int result = shutdown(pair.client, SD_SEND);

    expect_socket_succeeded(result);
    expect_signaled(event);
    expect_socket_succeeded(WSAEnumNetworkEvents(pair.server, event, &seen));
    expect_number(seen.lNetworkEvents, FD_CLOSE);
    expect_error(seen.iErrorCode[FD_CLOSE_BIT], 0);
}
END_TEST
COVERS(end_of_stream_is_recorded_as_close, "winsock.event_select.fd_close_graceful",
       "winsock.event_select.fd_close_not_fd_read");

START_TEST(socket_becomes_nonblocking)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    char byte;

    int result = WSAEventSelect(s, event_create(), FD_READ);

    expect_socket_succeeded(result);
    expect_socket_failed(recvfrom(s, &byte, 1, 0, NULL, NULL), WSAEWOULDBLOCK);
    expect_socket_failed(ioctlsocket(s, FIONBIO, &(u_long){0}), WSAEINVAL);
    require(WSAEventSelect(s, NULL, 0) != SOCKET_ERROR);
    expect_socket_succeeded(ioctlsocket(s, FIONBIO, &(u_long){0}));
}
END_TEST
COVERS(socket_becomes_nonblocking, "winsock.event_select.sets_nonblocking",
       "winsock.ioctlsocket.fionbio_einval_eventselect");

/* A socket that has recorded FD_READ in its event. */
static SOCKET recorded_read(HANDLE event)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    require(WSAEventSelect(s, event, FD_READ) != SOCKET_ERROR);
    send_datagram(s, s, "x");
    require(WaitForSingleObject(event, step_limit()) == WAIT_OBJECT_0);
    return s;
}

START_TEST(enumerating_clears_the_record)
{
    winsock_start();
    SOCKET s = recorded_read(event_create());
    WSANETWORKEVENTS seen = {0};

    int result = WSAEnumNetworkEvents(s, NULL, &seen);

    expect_socket_succeeded(result);
    expect_true(seen.lNetworkEvents != 0);
    expect_socket_succeeded(WSAEnumNetworkEvents(s, NULL, &seen));
    expect_number(seen.lNetworkEvents, 0);
}
END_TEST
COVERS(enumerating_clears_the_record, "winsock.enum_events.copy_clear");

START_TEST(enumerating_resets_the_event_it_is_given)
{
    winsock_start();
    HANDLE event = event_create();
    SOCKET s = recorded_read(event);
    WSANETWORKEVENTS seen;

    int result = WSAEnumNetworkEvents(s, event, &seen);

    expect_socket_succeeded(result);
    expect_not_signaled(event);
}
END_TEST
COVERS(enumerating_resets_the_event_it_is_given, "winsock.enum_events.resets_event");

START_TEST(enumerating_without_event_leaves_it_set)
{
    winsock_start();
    HANDLE event = event_create();
    SOCKET s = recorded_read(event);
    WSANETWORKEVENTS seen;

    int result = WSAEnumNetworkEvents(s, NULL, &seen);

    expect_socket_succeeded(result);
    expect_signaled(event);
}
END_TEST
COVERS(enumerating_without_event_leaves_it_set, "winsock.enum_events.null_event_not_reset");
