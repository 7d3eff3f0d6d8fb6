/* Which messages WSAAsyncSelect has a window get, and what makes it get the next. */
#include "async_select.h"

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
    char *nowhere = memory_nowhere();
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

/* By the page it comes behind all data; Windows has told it before. */
START_TEST(end_of_a_stream_is_told_after_its_data)
{
    HWND window = window_open();
    struct stream_pair pair = stream_pair_open();
    MSG message;
    watch(pair.server, window, FD_READ | FD_CLOSE);
    send_all(pair.client, "data", 4);
    expect_message(window, MESSAGE, pair.server, FD_READ, 0);

    int result = shutdown(pair.client, SD_SEND);

    expect_socket_succeeded(result);
    expect_stays_unsignaled(event_create());
    BOOL before = USER32(PeekMessageW)(&message, window, MESSAGE, MESSAGE, PM_REMOVE);
    expect_receives(pair.server, "data", 4);
    if (!before)
        message = next_message(window);
    record("FD_CLOSE", "%s", before ? "before the data was read" : "behind the data");
    expect_number(message.wParam, pair.server);
    expect_number(WSAGETSELECTEVENT(message.lParam), FD_CLOSE);
    expect_number(WSAGETSELECTERROR(message.lParam), 0);
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

START_TEST(select_leaves_messages)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    watch(s, window, FD_READ);
    send_datagram(s, s, "one");
    fd_set readable = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = select_limit();

    int count = select(0, &readable, NULL, NULL, &limit);

    expect_number(count, 1);
    expect_message(window, MESSAGE, s, FD_READ, 0);
    expect_no_message(window);
}
END_TEST
COVERS(select_leaves_messages, "winsock.select.no_effect_asyncselect");
TAKES(select_leaves_messages, 30);
