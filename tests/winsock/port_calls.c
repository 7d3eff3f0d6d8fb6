/* Completion ports and the calls that begin an operation, one by one: a packet for what is done at
 * once, unless the socket does without, and none for what could not begin. */
#include "completion_port.h"

static SOCKET on_port(SOCKET s, HANDLE port)
{
    require(CreateIoCompletionPort((HANDLE)s, port, KEY, 0) == port);
    return s;
}

/* ---- Done at once */

static SOCKET stream_with_data(void)
{
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "hello", 5);
    wait_readable(pair.server);
    return pair.server;
}

static SOCKET datagram_to_self(void)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in self = socket_name(s);
    require(connect(s, (struct sockaddr *)&self, sizeof(self)) == 0);
    send_all(s, "hello", 5);
    wait_readable(s);
    return s;
}

static WSABUF five = {.len = 5, .buf = received[0]};

static int begin_wsasend(SOCKET s)
{
    return WSASend(s, &five, 1, NULL, 0, &operations[0], NULL);
}

static int begin_wsasendto(SOCKET s)
{
    return WSASendTo(s, &five, 1, NULL, 0, NULL, 0, &operations[0], NULL);
}

static int begin_wsarecv(SOCKET s)
{
    DWORD flags = 0;
    return WSARecv(s, &five, 1, NULL, &flags, &operations[0], NULL);
}

static int begin_wsarecvfrom(SOCKET s)
{
    DWORD flags = 0;
    return WSARecvFrom(s, &five, 1, NULL, &flags, NULL, NULL, &operations[0], NULL);
}

static int begin_read_file(SOCKET s)
{
    return ReadFile((HANDLE)s, received[0], 5, NULL, &operations[0]) ? 0 : SOCKET_ERROR;
}

static int begin_write_file(SOCKET s)
{
    return WriteFile((HANDLE)s, received[0], 5, NULL, &operations[0]) ? 0 : SOCKET_ERROR;
}

static const struct {
    struct row row;
    SOCKET (*create)(void);
    int (*begin)(SOCKET);
} beginners[] = {
    {{"wsasend", NULL}, stream_with_data, begin_wsasend},
    {{"wsasend_of_a_datagram", NULL}, datagram_to_self, begin_wsasend},
    {{"wsasendto", NULL}, datagram_to_self, begin_wsasendto},
    {{"wsarecv", NULL}, stream_with_data, begin_wsarecv},
    {{"wsarecv_of_a_datagram", NULL}, datagram_to_self, begin_wsarecv},
    {{"wsarecvfrom", NULL}, datagram_to_self, begin_wsarecvfrom},
    {{"read_file", NULL}, stream_with_data, begin_read_file},
    {{"write_file", NULL}, stream_with_data, begin_write_file},
};

START_TEST(at_once)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = on_port(beginners[_i].create(), port);

    int result = beginners[_i].begin(s);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    struct packet packet = packet_next(port);
    expect_succeeded(packet.done);
    expect_number(packet.count, 5);
    expect_number(packet.key, KEY);
    expect_pointer(packet.operation, &operations[0]);
    expect_failed(packet_within(port, 0).done, WAIT_TIMEOUT);
}
END_TEST
COVERS_ROWS(at_once, beginners, "winsock.port_calls.immediate");

/* The port has a packet that was posted after the operation was done: what comes before it is of
 * the operation. */
START_TEST(at_once_without_a_packet)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = on_port(beginners[_i].create(), port);
    require(SetFileCompletionNotificationModes((HANDLE)s, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS));

    int result = beginners[_i].begin(s);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    if (result != 0)
        expect_pointer(packet_next(port).operation, &operations[0]);
    require(PostQueuedCompletionStatus(port, 0, 0, NULL));
    expect_pointer(packet_next(port).operation, NULL);
}
END_TEST
COVERS_ROWS(at_once_without_a_packet, beginners, "winsock.port_calls.skipped");

/* ---- Not begun */

static SOCKET bound_stream(void)
{
    return socket_bound(SOCK_STREAM);
}

static SOCKET closed_for_sending(void)
{
    SOCKET s = datagram_to_self();
    require(shutdown(s, SD_SEND) == 0);
    return s;
}

static const struct {
    struct row row;
    SOCKET (*create)(void);
    int (*begin)(SOCKET);
} refused[] = {
    {{"wsasend", "winsock.port_calls.wsasend_refused"}, bound_stream, begin_wsasend},
    {{"wsasendto", "winsock.port_calls.wsasendto_refused"}, closed_for_sending, begin_wsasendto},
    {{"wsarecv", "winsock.port_calls.wsarecv_refused"}, bound_stream, begin_wsarecv},
    {{"wsarecvfrom", "winsock.port_calls.wsarecvfrom_refused"}, bound_stream, begin_wsarecvfrom},
};

START_TEST(not_begun)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = on_port(refused[_i].create(), port);

    int result = refused[_i].begin(s);

    expect_true(result == SOCKET_ERROR && GetLastError() != WSA_IO_PENDING);
    require(PostQueuedCompletionStatus(port, 0, 0, NULL));
    expect_pointer(packet_next(port).operation, NULL);
}
END_TEST
COVERS_ROWS(not_begun, refused);
