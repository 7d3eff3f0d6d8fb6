/* An overlapped WSARecv from its start to WSAGetOverlappedResult. */
#include "winsock/winsock.h"

/* What the system writes to while a receive is pending, even after a test has failed. */
static WSAOVERLAPPED overlapped;
static char received[16];

/* Starts a receive of up to 16 bytes that finds nothing to receive. */
static void receive_pending(SOCKET s)
{
    WSABUF buffer = {.len = sizeof(received), .buf = received};
    DWORD flags = 0;
    overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(overlapped.hEvent != NULL);
    int result = WSARecv(s, &buffer, 1, NULL, &flags, &overlapped, NULL);
    require(result != SOCKET_ERROR || GetLastError() == WSA_IO_PENDING);
}

START_TEST(pends_while_nothing_has_come)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSABUF buffer = {.len = sizeof(received), .buf = received};
    DWORD count = 4711, flags = 0;
    overlapped.hEvent = CreateEventW(NULL, TRUE, TRUE, NULL);
    require(overlapped.hEvent != NULL);

    int result = WSARecv(pair.server, &buffer, 1, &count, &flags, &overlapped, NULL);

    expect_socket_failed(result, WSA_IO_PENDING);
    expect_not_signaled(overlapped.hEvent);
    expect_number(count, 4711);
}
END_TEST
COVERS(pends_while_nothing_has_come, "stream.socket.default_overlapped",
       "stream.gor.event_reset_on_start", "stream.wsarecv.pending_outputs_untouched");

START_TEST(pends_in_nonblocking_mode_too)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    set_nonblocking(pair.server, true);
    WSABUF buffer = {.len = sizeof(received), .buf = received};
    DWORD flags = 0;

    int result = WSARecv(pair.server, &buffer, 1, NULL, &flags, &overlapped, NULL);

    expect_socket_failed(result, WSA_IO_PENDING);
}
END_TEST
COVERS(pends_in_nonblocking_mode_too, "stream.wsarecv.nonblocking_mode_irrelevant");

START_TEST(result_is_incomplete_while_pending)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    receive_pending(pair.server);
    DWORD count, flags;

    BOOL done = WSAGetOverlappedResult(pair.server, &overlapped, &count, FALSE, &flags);

    expect_failed(done, WSA_IO_INCOMPLETE);
}
END_TEST
COVERS(result_is_incomplete_while_pending, "stream.gor.incomplete");

START_TEST(completes_with_what_came)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    receive_pending(pair.server);
    send_all(pair.client, "news", 4);
    expect_signaled(overlapped.hEvent);
    DWORD count = 4711, flags = 4711;

    BOOL done = WSAGetOverlappedResult(pair.server, &overlapped, &count, FALSE, &flags);

    expect_succeeded(done);
    expect_number(count, 4);
    expect_bytes(received, "news", 4);
}
END_TEST
COVERS(completes_with_what_came, "stream.wsarecv.completes_partial",
       "winsock.overlapped_result.success");

START_TEST(completes_at_once_when_data_waits)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "news", 4);
    wait_readable(pair.server);
    WSABUF buffers[] = {{.len = 1, .buf = received}, {.len = 8, .buf = received + 8}};
    DWORD count = 4711, flags = 0;

    int result = WSARecv(pair.server, buffers, 2, &count, &flags, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(count, 4);
    expect_bytes(received, "n", 1);
    expect_bytes(received + 8, "ews", 3);
}
END_TEST
COVERS(completes_at_once_when_data_waits, "stream.wsarecv.immediate_count",
       "stream.wsarecv.scatter_packed");

START_TEST(end_of_stream_completes_with_nothing)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    receive_pending(pair.server);
    require(shutdown(pair.client, SD_SEND) == 0);
    expect_signaled(overlapped.hEvent);
    DWORD count = 4711, flags;

    BOOL done = WSAGetOverlappedResult(pair.server, &overlapped, &count, FALSE, &flags);

    expect_succeeded(done);
    expect_number(count, 0);
}
END_TEST
COVERS(end_of_stream_completes_with_nothing, "stream.wsarecv.graceful_zero_success");

START_TEST(hard_close_completes_with_reset)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    receive_pending(pair.server);
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    require(setsockopt(pair.client, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard)) == 0);
    socket_close(pair.client);
    expect_signaled(overlapped.hEvent);
    DWORD count, flags;

    BOOL done = WSAGetOverlappedResult(pair.server, &overlapped, &count, FALSE, &flags);

    expect_failed(done, WSAECONNRESET);
}
END_TEST
COVERS(hard_close_completes_with_reset, "stream.wsarecv.reset");
