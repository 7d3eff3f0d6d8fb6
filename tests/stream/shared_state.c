/* The state of a shared socket, which by the page all of its descriptors have in common: its name,
 * connection, mode, and what is pending. On Windows a descriptor does not learn all that happens
 * through another one. */
#include "handed.h"

static const struct {
    struct row row;
    bool by_the_duplicate;
} doers[] = {
    {{"by_the_first", NULL}, false},
    {{"by_the_second", NULL}, true},
};

/* The descriptor that does something, and the one that shows it. */
#define DOER(first, second) (doers[_i].by_the_duplicate ? (second) : (first))
#define OTHER(first, second) (doers[_i].by_the_duplicate ? (first) : (second))

START_TEST(bound)
{
    winsock_start();
    SOCKET first = socket_open(SOCK_STREAM), second = duplicate_of(first);
    SOCKET doer = DOER(first, second), other = OTHER(first, second);
    struct sockaddr_in any_port = loopback(0);

    int result = bind(doer, (struct sockaddr *)&any_port, sizeof(any_port));

    expect_socket_succeeded(result);
    struct sockaddr_in name = {0};
    int length = sizeof(name);
    bool has_name = getsockname(other, (struct sockaddr *)&name, &length) == 0;
    record_outcome("name of the other descriptor", has_name);
    if (has_name)
        expect_number(ntohs(name.sin_port), socket_port(doer));
    else
        expect_last_error(WSAEINVAL);
}
END_TEST
COVERS_ROWS(bound, doers, "stream.shared_state.name");

START_TEST(connected)
{
    winsock_start();
    SOCKET listener = stream_listen(), first = socket_open(SOCK_STREAM);
    SOCKET second = duplicate_of(first);
    SOCKET doer = DOER(first, second), other = OTHER(first, second);
    struct sockaddr_in server = socket_name(listener);

    int result = connect(doer, (struct sockaddr *)&server, sizeof(server));

    expect_socket_succeeded(result);
    SOCKET accepted = stream_accept(listener);
    int sent = send(other, "hello", 5, 0);
    record_outcome("send through the other descriptor", sent == 5);
    if (sent != 5)
        expect_socket_failed(sent, WSAENOTCONN, WSAEINVAL);
    else
        expect_receives(accepted, "hello", 5);
}
END_TEST
COVERS_ROWS(connected, doers, "stream.shared_state.connection");

START_TEST(listening)
{
    winsock_start();
    SOCKET first = socket_bound(SOCK_STREAM), second = duplicate_of(first);
    SOCKET doer = DOER(first, second), other = OTHER(first, second);

    int result = listen(doer, 1);

    expect_socket_succeeded(result);
    SOCKET client = stream_connect(socket_port(first));
    wait_readable(first);
    SOCKET accepted = accept(other, NULL, NULL);
    record_outcome("accept through the other descriptor", accepted != INVALID_SOCKET);
    if (accepted == INVALID_SOCKET) {
        expect_last_error(WSAEINVAL);
    } else {
        limit_waits(accepted);
        send_all(client, "hello", 5);
        expect_receives(accepted, "hello", 5);
    }
}
END_TEST
COVERS_ROWS(listening, doers, "stream.shared_state.listening");

START_TEST(made_nonblocking)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    SOCKET second = duplicate_of(pair.client);
    SOCKET doer = DOER(pair.client, second), other = OTHER(pair.client, second);
    u_long on = 1;
    char byte;
    limit_receives(other, step_limit() / 10);

    int result = ioctlsocket(doer, FIONBIO, &on);

    expect_socket_succeeded(result);
    int received_none = recv(other, &byte, 1, 0);
    record_outcome("recv through the other descriptor", received_none == 0);
    expect_socket_failed(received_none, WSAEWOULDBLOCK, WSAETIMEDOUT);
    send_all(pair.server, "x", 1);
    wait_readable(other);
    expect_number(recv(other, &byte, 1, 0), 1);
}
END_TEST
COVERS_ROWS(made_nonblocking, doers, "stream.shared_state.mode");

/* What the system writes to while an operation is pending, even after a test has failed. */
static char received[16];
static OVERLAPPED receiving;

START_TEST(pending_receive_outlives_a_descriptor)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    SOCKET second = duplicate_of(pair.client);
    WSABUF room = {.len = sizeof(received), .buf = received};
    DWORD flags = 0, got = 0;
    receiving.hEvent = event_create();
    require(WSARecv(pair.client, &room, 1, NULL, &flags, &receiving, NULL) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);

    int result = closesocket(second);

    expect_socket_succeeded(result);
    send_all(pair.server, "hello", 5);
    expect_signaled(receiving.hEvent);
    expect_succeeded(WSAGetOverlappedResult(pair.client, &receiving, &got, FALSE, &flags));
    expect_number(got, 5);
}
END_TEST
COVERS(pending_receive_outlives_a_descriptor, "stream.shared_state.pending");
