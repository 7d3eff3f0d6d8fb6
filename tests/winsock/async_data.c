/* WSAAsyncSelect: the messages of data, of urgent data and of the end of a connection. */
#include "async_select.h"
#include "stream/sockets.h"

/* ---- FD_READ */

static int by_recvfrom(SOCKET s, char *bytes, int size)
{
    return recvfrom(s, bytes, size, 0, NULL, NULL);
}

static int by_wsarecv(SOCKET s, char *bytes, int size)
{
    DWORD got = 0, flags = 0;
    WSABUF buffer = {.len = (ULONG)size, .buf = bytes};
    return WSARecv(s, &buffer, 1, &got, &flags, NULL, NULL) == 0 ? (int)got : SOCKET_ERROR;
}

static int by_wsarecvfrom(SOCKET s, char *bytes, int size)
{
    DWORD got = 0, flags = 0;
    WSABUF buffer = {.len = (ULONG)size, .buf = bytes};
    return WSARecvFrom(s, &buffer, 1, &got, &flags, NULL, NULL, NULL, NULL) == 0 ? (int)got
                                                                                 : SOCKET_ERROR;
}

static const struct {
    struct row row;
    int (*receive)(SOCKET, char *, int);
} receivers[] = {
    {{"recvfrom", "winsock.async_select.read_after_recvfrom"}, by_recvfrom},
    {{"wsarecv", "winsock.async_select.read_after_wsarecv"}, by_wsarecv},
    {{"wsarecvfrom", "winsock.async_select.read_after_wsarecvfrom"}, by_wsarecvfrom},
};

START_TEST(next_datagram_after)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    char bytes[8];
    watch(s, window, FD_READ);
    for (int i = 0; i < 2; i++)
        send_datagram(s, s, "some");
    expect_message(window, MESSAGE, s, FD_READ, 0);
    expect_no_message(window);

    int got = receivers[_i].receive(s, bytes, sizeof(bytes));

    expect_number(got, 4);
    expect_message(window, MESSAGE, s, FD_READ, 0);
    expect_number(receivers[_i].receive(s, bytes, sizeof(bytes)), 4);
    expect_no_message(window);
}
END_TEST
COVERS_ROWS(next_datagram_after, receivers);
TAKES(next_datagram_after, 30);

START_TEST(rest_of_a_stream)
{
    HWND window = window_open();
    struct stream_pair pair = stream_pair_open();
    char bytes[4];
    watch(pair.server, window, FD_READ);
    send_all(pair.client, "datarest", 8);
    expect_message(window, MESSAGE, pair.server, FD_READ, 0);

    int got = recv(pair.server, bytes, 4, 0);

    expect_number(got, 4);
    expect_message(window, MESSAGE, pair.server, FD_READ, 0);
    expect_receives(pair.server, "rest", 4);
    expect_no_message(window);
}
END_TEST
COVERS(rest_of_a_stream, "winsock.async_select.rest_of_stream");
TAKES(rest_of_a_stream, 30);

START_TEST(reading_without_messages)
{
    HWND window = window_open();
    struct stream_pair pair = stream_pair_open();
    watch(pair.server, window, FD_READ | FD_CLOSE);
    send_all(pair.client, "datarest", 8);
    expect_message(window, MESSAGE, pair.server, FD_READ, 0);

    int result = WSAAsyncSelect(pair.server, window, MESSAGE, FD_CLOSE);

    expect_socket_succeeded(result);
    expect_receives(pair.server, "data", 4);
    expect_no_message(window);
    watch(pair.server, window, FD_READ | FD_CLOSE);
    expect_message(window, MESSAGE, pair.server, FD_READ, 0);
}
END_TEST
COVERS(reading_without_messages, "winsock.async_select.read_disabled");
TAKES(reading_without_messages, 30);

START_TEST(each_event_has_its_message)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM);
    send_datagram(s, s, "one");
    wait_readable(s);

    int result = WSAAsyncSelect(s, window, MESSAGE, FD_READ | FD_WRITE);

    expect_socket_succeeded(result);
    MSG first = next_message(window), second = next_message(window);
    expect_number(first.wParam, s);
    expect_number(second.wParam, s);
    int events = WSAGETSELECTEVENT(first.lParam);
    expect_true(events == FD_READ || events == FD_WRITE);
    expect_number(WSAGETSELECTEVENT(second.lParam), events == FD_READ ? FD_WRITE : FD_READ);
    expect_no_message(window);
}
END_TEST
COVERS(each_event_has_its_message, "winsock.async_select.single_message");
TAKES(each_event_has_its_message, 30);

START_TEST(second_window_replaces_the_first)
{
    HWND window = window_open(), other;
    SOCKET s = socket_bound(SOCK_DGRAM);
    other =
        USER32(CreateWindowExW)(0, L"Message", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
    require(other != NULL);
    watch(s, window, FD_READ);

    int result = WSAAsyncSelect(s, other, MESSAGE, FD_READ);

    expect_socket_succeeded(result);
    send_datagram(s, s, "one");
    expect_message(other, MESSAGE, s, FD_READ, 0);
    expect_no_message(window);
}
END_TEST
COVERS(second_window_replaces_the_first, "winsock.async_select.other_window");
TAKES(second_window_replaces_the_first, 30);

/* ---- FD_OOB */

START_TEST(urgent_data)
{
    HWND window = window_open();
    struct stream_pair pair = stream_pair_open();
    char byte = 0;
    watch(pair.server, window, FD_READ | FD_OOB);

    int result = send(pair.client, "!", 1, MSG_OOB);

    expect_number(result, 1);
    expect_message(window, MESSAGE, pair.server, FD_OOB, 0);
    expect_no_message(window);
    expect_number(recv(pair.server, &byte, 1, MSG_OOB), 1);
    expect_no_message(window);
    require(send(pair.client, "?", 1, MSG_OOB) == 1);
    expect_message(window, MESSAGE, pair.server, FD_OOB, 0);
}
END_TEST
COVERS(urgent_data, "winsock.async_select.fd_oob", "winsock.async_select.oob_reenabled");
TAKES(urgent_data, 30);

START_TEST(urgent_data_in_line)
{
    HWND window = window_open();
    struct stream_pair pair = stream_pair_open();
    BOOL on = TRUE;
    require(setsockopt(pair.server, SOL_SOCKET, SO_OOBINLINE, (char *)&on, sizeof(on)) == 0);
    watch(pair.server, window, FD_READ | FD_OOB);

    int result = send(pair.client, "!", 1, MSG_OOB);

    expect_number(result, 1);
    expect_message(window, MESSAGE, pair.server, FD_READ, 0);
    expect_no_message(window);
}
END_TEST
COVERS(urgent_data_in_line, "winsock.async_select.fd_oob_inline");
TAKES(urgent_data_in_line, 30);

START_TEST(urgent_data_that_came_before)
{
    HWND window = window_open();
    struct stream_pair pair = stream_pair_open();
    fd_set urgent = {.fd_count = 1, .fd_array = {pair.server}};
    TIMEVAL limit = select_limit();
    require(send(pair.client, "!", 1, MSG_OOB) == 1);
    require(select(0, NULL, NULL, &urgent, &limit) == 1);

    int result = WSAAsyncSelect(pair.server, window, MESSAGE, FD_OOB);

    expect_socket_succeeded(result);
    expect_message(window, MESSAGE, pair.server, FD_OOB, 0);
}
END_TEST
COVERS(urgent_data_that_came_before, "winsock.async_select.oob_before");
TAKES(urgent_data_that_came_before, 30);

/* ---- FD_CLOSE */

static void by_closesocket(SOCKET s)
{
    socket_close(s);
}

static void by_shutdown(SOCKET s)
{
    require(shutdown(s, SD_SEND) == 0);
}

static const struct {
    struct row row;
    void (*end)(SOCKET);
} ends[] = {
    {{"closesocket", "winsock.async_select.fd_close_closed"}, by_closesocket},
    {{"shutdown", "winsock.async_select.fd_close_shutdown"}, by_shutdown},
};

START_TEST(end_of_a_stream_by)
{
    HWND window = window_open();
    struct stream_pair pair = stream_pair_open();

    int result = WSAAsyncSelect(pair.server, window, MESSAGE, FD_READ | FD_CLOSE);

    expect_socket_succeeded(result);
    expect_no_message(window);
    ends[_i].end(pair.client);
    expect_message(window, MESSAGE, pair.server, FD_CLOSE, 0); /* and no FD_READ */
    expect_end_of_stream(pair.server);
    expect_no_message(window);
}
END_TEST
COVERS_ROWS(end_of_a_stream_by, ends, "winsock.async_select.close_is_no_read",
            "winsock.async_select.close_once");
TAKES(end_of_a_stream_by, 30);

START_TEST(end_that_came_before)
{
    HWND window = window_open();
    struct stream_pair pair = stream_pair_open();
    ends[_i].end(pair.client);
    wait_readable(pair.server);

    int result = WSAAsyncSelect(pair.server, window, MESSAGE, FD_CLOSE);

    expect_socket_succeeded(result);
    expect_message(window, MESSAGE, pair.server, FD_CLOSE, 0);
}
END_TEST
COVERS_ROWS(end_that_came_before, ends, "winsock.async_select.close_before");
TAKES(end_that_came_before, 30);

START_TEST(answer_to_an_own_end)
{
    HWND window = window_open();
    struct stream_pair pair = stream_pair_open();
    watch(pair.client, window, FD_CLOSE);
    require(shutdown(pair.client, SD_SEND) == 0);
    expect_end_of_stream(pair.server);
    expect_no_message(window);

    int result = shutdown(pair.server, SD_SEND);

    expect_socket_succeeded(result);
    expect_message(window, MESSAGE, pair.client, FD_CLOSE, 0);
}
END_TEST
COVERS(answer_to_an_own_end, "winsock.async_select.close_answered");
TAKES(answer_to_an_own_end, 30);

/* By the page it is WSAECONNRESET; Windows has told WSAEventSelect WSAECONNABORTED. */
START_TEST(connection_that_is_reset)
{
    HWND window = window_open();
    struct stream_pair pair = stream_pair_open();
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    require(setsockopt(pair.client, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard)) == 0);
    watch(pair.server, window, FD_CLOSE);

    int result = closesocket(pair.client);

    expect_socket_succeeded(result);
    MSG message = next_message(window);
    expect_number(message.wParam, pair.server);
    expect_number(WSAGETSELECTEVENT(message.lParam), FD_CLOSE);
    DWORD error = WSAGETSELECTERROR(message.lParam);
    char text[80];
    record("the error of FD_CLOSE", "%s", error_text(error, text, sizeof(text)));
    expect_true(error == WSAECONNRESET || error == WSAECONNABORTED);
}
END_TEST
COVERS(connection_that_is_reset, "winsock.async_select.fd_close_reset");
TAKES(connection_that_is_reset, 30);

START_TEST(peer_of_datagrams_that_closes)
{
    HWND window = window_open();
    SOCKET s = socket_bound(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(peer);
    require(connect(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    watch(s, window, FD_CLOSE);

    int result = closesocket(peer);

    expect_socket_succeeded(result);
    expect_no_message(window);
}
END_TEST
COVERS(peer_of_datagrams_that_closes, "winsock.async_select.close_of_datagrams");
TAKES(peer_of_datagrams_that_closes, 30);
