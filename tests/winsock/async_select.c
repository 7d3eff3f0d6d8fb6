/*
 * WSAAsyncSelect: which messages a window gets, which it does not, and what makes it get the next.
 * The window is one for messages alone, which needs no display.
 */
#include "user32.h"
#include "winsock.h"

enum { MESSAGE = WM_APP + 1, OTHER_MESSAGE };

/*
 * A window on a desktop of its own, which no shell has to be started for; UNSUPPORTED where there
 * are no windows.
 */
static HWND window_open(void)
{
    HWINSTA station = USER32(CreateWindowStationW)(NULL, 0, WINSTA_ALL_ACCESS, NULL);
    if (station && USER32(SetProcessWindowStation)(station)) {
        HDESK desktop = USER32(CreateDesktopW)(L"messages", NULL, NULL, 0, GENERIC_ALL, NULL);
        require(desktop && USER32(SetThreadDesktop)(desktop));
    }
    HWND window =
        USER32(CreateWindowExW)(0, L"Message", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
    if (!window)
        unsupported("no windows for messages");
    winsock_start();
    return window;
}

static void watch(SOCKET s, HWND window, long events)
{
    require(WSAAsyncSelect(s, window, MESSAGE, events) == 0);
}

/* The next message of a socket, waited for; its number is 0 when none comes in time. */
static MSG next_message(HWND window)
{
    MSG message;
    ULONGLONG end = GetTickCount64() + step_limit();
    while (!USER32(PeekMessageW)(&message, window, MESSAGE, OTHER_MESSAGE, PM_REMOVE)) {
        ULONGLONG now = GetTickCount64();
        if (now >= end)
            return (MSG){0};
        USER32(MsgWaitForMultipleObjects)(0, NULL, FALSE, (DWORD)(end - now), QS_POSTMESSAGE);
    }
    return message;
}

#define expect_message(window, number, s, event, error)           \
    do {                                                          \
        MSG message_ = next_message(window);                      \
        expect_number(message_.message, (number));                \
        expect_number(message_.wParam, (s));                      \
        expect_number(WSAGETSELECTEVENT(message_.lParam), event); \
        expect_number(WSAGETSELECTERROR(message_.lParam), error); \
    } while (0)

/* None has come, and none comes within the settle time. */
#define expect_no_message(window)                                                           \
    do {                                                                                    \
        MSG message_;                                                                       \
        expect_stays_unsignaled(event_create());                                            \
        expect_true(                                                                        \
            !USER32(PeekMessageW)(&message_, (window), MESSAGE, OTHER_MESSAGE, PM_REMOVE)); \
    } while (0)

START_TEST(message_tells_socket_and_event)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM), other = socket_bound(SOCK_DGRAM);
    watch(other, window, FD_READ);

    int result = WSAAsyncSelect(s, window, OTHER_MESSAGE, FD_READ);

    expect_socket_succeeded(result);
    send_datagram(s, s, "one");
    expect_message(window, OTHER_MESSAGE, s, FD_READ, 0);
    send_datagram(s, other, "two");
    expect_message(window, MESSAGE, other, FD_READ, 0);
}
END_TEST
COVERS(message_tells_socket_and_event, "winsock.async_select.message_params");
TAKES(message_tells_socket_and_event, 30);

static const struct {
    struct row row;
    long events;
} masks[] = {
    {{"of_reading", NULL}, FD_READ},
    {{"of_nothing", NULL}, 0},
};

START_TEST(socket_no_longer_blocks)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    char byte;

    int result = WSAAsyncSelect(s, window, MESSAGE, masks[_i].events);

    expect_socket_succeeded(result);
    expect_socket_failed(recv(s, &byte, 1, 0), WSAEWOULDBLOCK);
}
END_TEST
COVERS_ROWS(socket_no_longer_blocks, masks, "winsock.async_select.auto_nonblocking");
TAKES(socket_no_longer_blocks, 30);

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

START_TEST(one_message_for_three_datagrams)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);

    int result = WSAAsyncSelect(s, window, MESSAGE, FD_READ);

    expect_socket_succeeded(result);
    for (int i = 0; i < 3; i++)
        send_datagram(s, s, "datagram");
    expect_message(window, MESSAGE, s, FD_READ, 0);
    expect_no_message(window);
    expect_datagram(s, "datagram");
    expect_message(window, MESSAGE, s, FD_READ, 0);
}
END_TEST
COVERS(one_message_for_three_datagrams, "winsock.async_select.one_message_per_event",
       "winsock.async_select.read_repost");
TAKES(one_message_for_three_datagrams, 30);

START_TEST(last_datagram_gives_no_more)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    watch(s, window, FD_READ);
    send_datagram(s, s, "one");
    send_datagram(s, s, "two");
    expect_message(window, MESSAGE, s, FD_READ, 0);
    expect_datagram(s, "one");
    expect_message(window, MESSAGE, s, FD_READ, 0);

    char bytes[8];
    int result = recv(s, bytes, sizeof(bytes), 0);

    expect_number(result, 3);
    expect_no_message(window);
    send_datagram(s, s, "three");
    expect_message(window, MESSAGE, s, FD_READ, 0);
}
END_TEST
COVERS(last_datagram_gives_no_more, "winsock.async_select.read_repost");
TAKES(last_datagram_gives_no_more, 30);

START_TEST(peek_gives_another)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    watch(s, window, FD_READ);
    send_datagram(s, s, "one");
    expect_message(window, MESSAGE, s, FD_READ, 0);

    char bytes[8];
    int result = recv(s, bytes, sizeof(bytes), MSG_PEEK);

    expect_number(result, 3);
    expect_message(window, MESSAGE, s, FD_READ, 0);
}
END_TEST
COVERS(peek_gives_another, "winsock.async_select.peek_repost");
TAKES(peek_gives_another, 30);

START_TEST(failing_receive_gives_another)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    char *nowhere = VirtualAlloc(NULL, 1, MEM_RESERVE, PAGE_NOACCESS);
    require(nowhere != NULL);
    watch(s, window, FD_READ);
    send_datagram(s, s, "one");
    expect_message(window, MESSAGE, s, FD_READ, 0);

    int result = recv(s, nowhere, 8, 0);

    expect_socket_failed(result, WSAEFAULT);
    expect_message(window, MESSAGE, s, FD_READ, 0);
}
END_TEST
COVERS(failing_receive_gives_another, "winsock.async_select.failing_recv_reenables");
TAKES(failing_receive_gives_another, 30);

START_TEST(asking_again_gives_another)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    watch(s, window, FD_READ);
    send_datagram(s, s, "one");
    expect_message(window, MESSAGE, s, FD_READ, 0);

    int result = WSAAsyncSelect(s, window, MESSAGE, FD_READ);

    expect_socket_succeeded(result);
    expect_message(window, MESSAGE, s, FD_READ, 0);
}
END_TEST
COVERS(asking_again_gives_another, "winsock.async_select.reissue_reposts");
TAKES(asking_again_gives_another, 30);

START_TEST(data_may_have_come_before)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    send_datagram(s, s, "one");
    wait_readable(s);

    int result = WSAAsyncSelect(s, window, MESSAGE, FD_READ);

    expect_socket_succeeded(result);
    expect_message(window, MESSAGE, s, FD_READ, 0);
}
END_TEST
COVERS(data_may_have_come_before, "winsock.async_select.data_before");
TAKES(data_may_have_come_before, 30);

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

START_TEST(connected_datagram_socket)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in peer = socket_name(socket_bound(SOCK_DGRAM));
    watch(s, window, FD_CONNECT);

    int result = connect(s, (struct sockaddr *)&peer, sizeof(peer));

    expect_socket_succeeded(result);
    MSG message;
    expect_stays_unsignaled(event_create());
    BOOL told = USER32(PeekMessageW)(&message, window, MESSAGE, OTHER_MESSAGE, PM_REMOVE);
    record("messages after connect", "%s", told ? "FD_CONNECT" : "none");
}
END_TEST
COVERS(connected_datagram_socket, "winsock.async_select.fd_connect_dgram");
TAKES(connected_datagram_socket, 30);

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

START_TEST(end_of_a_stream_is_told_after_its_data)
{
    HWND window = window_open();
    struct stream_pair pair = stream_pair_open();
    watch(pair.server, window, FD_READ | FD_CLOSE);
    send_all(pair.client, "data", 4);
    expect_message(window, MESSAGE, pair.server, FD_READ, 0);

    int result = shutdown(pair.client, SD_SEND);

    expect_socket_succeeded(result);
    expect_no_message(window);
    expect_receives(pair.server, "data", 4);
    expect_message(window, MESSAGE, pair.server, FD_CLOSE, 0);
}
END_TEST
COVERS(end_of_a_stream_is_told_after_its_data, "winsock.async_select.close_after_data");
TAKES(end_of_a_stream_is_told_after_its_data, 30);

START_TEST(own_close_is_not_told)
{
    HWND window = window_open();
    struct stream_pair pair = stream_pair_open();
    watch(pair.server, window, FD_CLOSE);
    watch(pair.client, window, FD_CLOSE);

    int result = closesocket(pair.server);

    expect_socket_succeeded(result);
    expect_message(window, MESSAGE, pair.client, FD_CLOSE, 0);
    expect_no_message(window);
}
END_TEST
COVERS(own_close_is_not_told, "winsock.async_select.no_fd_close_self");
TAKES(own_close_is_not_told, 30);

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
