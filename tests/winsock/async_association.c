/* Which window WSAAsyncSelect ties a socket to, for how long, and what it refuses. */
#include "async_select.h"

START_TEST(second_call_replaces_the_first)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    watch(s, window, FD_READ);

    int result = WSAAsyncSelect(s, window, OTHER_MESSAGE, FD_WRITE);

    expect_socket_succeeded(result);
    expect_message(window, OTHER_MESSAGE, s, FD_WRITE, 0);
    send_datagram(s, s, "one");
    wait_readable(s);
    expect_no_message(window);
}
END_TEST
COVERS(second_call_replaces_the_first, "winsock.async_select.replaced",
       "winsock.async_select.writable_at_once");
TAKES(second_call_replaces_the_first, 30);

START_TEST(no_events_end_it)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    watch(s, window, FD_READ);

    int result = WSAAsyncSelect(s, window, 0, 0);

    expect_socket_succeeded(result);
    send_datagram(s, s, "one");
    wait_readable(s);
    expect_no_message(window);
}
END_TEST
COVERS(no_events_end_it, "winsock.async_select.cancel_zero");
TAKES(no_events_end_it, 30);

START_TEST(blocking_has_to_wait_for_the_end)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    u_long off = 0;
    watch(s, window, FD_READ);

    int result = ioctlsocket(s, FIONBIO, &off);

    expect_socket_failed(result, WSAEINVAL);
    watch(s, window, 0);
    expect_socket_succeeded(ioctlsocket(s, FIONBIO, &off));
}
END_TEST
COVERS(blocking_has_to_wait_for_the_end, "winsock.async_select.fionbio_einval");
TAKES(blocking_has_to_wait_for_the_end, 30);

START_TEST(accepted_socket_is_watched)
{
    HWND window = window_open();
    SOCKET listener = stream_listen();
    watch(listener, window, FD_ACCEPT | FD_READ);
    SOCKET client = stream_connect(socket_port(listener));
    expect_message(window, MESSAGE, listener, FD_ACCEPT, 0);

    SOCKET accepted = accept(listener, NULL, NULL);

    expect_socket_succeeded(accepted);
    send_all(client, "data", 4);
    expect_message(window, MESSAGE, accepted, FD_READ, 0);
}
END_TEST
COVERS(accepted_socket_is_watched, "winsock.async_select.accepted_inherits");
TAKES(accepted_socket_is_watched, 30);

/* ---- With WSAEventSelect */

START_TEST(event_takes_over_from_the_window)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create();
    watch(s, window, FD_READ);

    int result = WSAEventSelect(s, event, FD_READ);

    expect_socket_succeeded(result);
    send_datagram(s, s, "one");
    expect_signaled(event);
    expect_no_message(window);
}
END_TEST
COVERS(event_takes_over_from_the_window, "winsock.event_select.cancels_asyncselect");
TAKES(event_takes_over_from_the_window, 30);

START_TEST(window_takes_over_from_the_event)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create();
    require(WSAEventSelect(s, event, FD_READ) == 0);

    int result = WSAAsyncSelect(s, window, MESSAGE, FD_READ);

    expect_socket_succeeded(result);
    send_datagram(s, s, "one");
    expect_message(window, MESSAGE, s, FD_READ, 0);
    expect_stays_unsignaled(event);
}
END_TEST
COVERS(window_takes_over_from_the_event, "winsock.async_select.cancels_eventselect");
TAKES(window_takes_over_from_the_event, 30);

START_TEST(events_of_windows_are_not_enumerated)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSANETWORKEVENTS events = {.lNetworkEvents = FD_WRITE};
    watch(s, window, FD_READ);
    send_datagram(s, s, "one");
    expect_message(window, MESSAGE, s, FD_READ, 0);

    int result = WSAEnumNetworkEvents(s, NULL, &events);

    expect_socket_succeeded(result);
    expect_number(events.lNetworkEvents, 0);
}
END_TEST
COVERS(events_of_windows_are_not_enumerated, "winsock.enum_events.asyncselect_not_reported");
TAKES(events_of_windows_are_not_enumerated, 30);

/* ---- What it refuses */

START_TEST(needs_startup)
{
    int result = WSAAsyncSelect(INVALID_SOCKET, NULL, MESSAGE, FD_READ);

    expect_socket_failed(result, WSANOTINITIALISED);
    HWND window = window_open();
    watch(socket_bound(SOCK_DGRAM), window, FD_READ);
}
END_TEST
COVERS(needs_startup, "winsock.async_select.notinitialised");
TAKES(needs_startup, 30);

START_TEST(needs_a_socket)
{
    HWND window = window_open();
    SOCKET closed = socket_bound(SOCK_DGRAM);
    watch(closed, window, FD_READ);
    socket_close(closed);

    int result = WSAAsyncSelect(closed, window, MESSAGE, FD_READ);

    expect_socket_failed(result, WSAENOTSOCK);
}
END_TEST
COVERS(needs_a_socket, "winsock.async_select.enotsock");
TAKES(needs_a_socket, 30);

START_TEST(needs_a_window)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    watch(s, window, FD_READ);
    require(USER32(DestroyWindow)(window));

    int result = WSAAsyncSelect(s, window, MESSAGE, FD_READ);

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(needs_a_window, "winsock.async_select.bad_hwnd");
TAKES(needs_a_window, 30);
