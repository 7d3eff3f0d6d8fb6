/* Connections of IPv6: what is sent by TransmitFile, urgent data, what is told of them, and how
 * they end. */
#include "transmit.h"
#include "winsock/ipv6.h"

static struct stream_pair pair_of_ipv6(void)
{
    winsock_start();
    SOCKET listener = bound_to_ipv6(SOCK_STREAM);
    struct stream_pair pair = {.client = socket_of(AF_INET6, SOCK_STREAM)};
    require(listen(listener, 1) == 0);
    limit_waits(pair.client);
    require(connect_by_ipv6(pair.client, name_of_ipv6(listener)) == 0);
    pair.server = stream_accept(listener);
    return pair;
}

START_TEST(file_with_head_and_tail)
{
    struct stream_pair pair = pair_of_ipv6();
    HANDLE file = file_with_content(0, 0);
    TRANSMIT_FILE_BUFFERS around = buffers_around("head", "tail");
    LPFN_TRANSMITFILE function = transmit_file(pair.client);

    BOOL sent = function(pair.client, file, 0, 0, NULL, &around, 0);

    expect_succeeded(sent);
    expect_receives(pair.server, "head" CONTENT "tail", 18);
}
END_TEST
COVERS(file_with_head_and_tail, "stream.ipv6_ends.transmit_file");

START_TEST(disconnected)
{
    char byte;
    struct stream_pair pair = pair_of_ipv6();
    LPFN_DISCONNECTEX function = disconnect_ex(pair.client);
    send_all(pair.client, "x", 1);

    BOOL done = function(pair.client, NULL, 0, 0);

    expect_succeeded(done);
    expect_receives(pair.server, "x", 1);
    expect_number(recv(pair.server, &byte, 1, 0), 0);
}
END_TEST
COVERS(disconnected, "stream.ipv6_ends.disconnect_ex");

START_TEST(closed_hard)
{
    char byte;
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    struct stream_pair pair = pair_of_ipv6();
    require(setsockopt(pair.client, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard)) == 0);

    int result = closesocket(pair.client);

    expect_socket_succeeded(result);
    wait_readable(pair.server);
    int got = recv(pair.server, &byte, 1, 0);
    expect_socket_failed(got, WSAECONNRESET);
}
END_TEST
COVERS(closed_hard, "stream.ipv6_ends.reset");

START_TEST(closed)
{
    char byte;
    struct stream_pair pair = pair_of_ipv6();
    send_all(pair.client, "x", 1);

    int result = closesocket(pair.client);

    expect_socket_succeeded(result);
    expect_receives(pair.server, "x", 1);
    expect_number(recv(pair.server, &byte, 1, 0), 0);
}
END_TEST
COVERS(closed, "stream.ipv6_ends.graceful");

START_TEST(urgent_byte)
{
    char byte = 0;
    struct stream_pair pair = pair_of_ipv6();
    fd_set urgent = {.fd_count = 1, .fd_array = {pair.server}};
    TIMEVAL limit = select_limit();
    send_all(pair.client, "ab", 2);

    int sent = send(pair.client, "U", 1, MSG_OOB);

    expect_number(sent, 1);
    expect_number(select(0, NULL, NULL, &urgent, &limit), 1);
    expect_number(recv(pair.server, &byte, 1, MSG_OOB), 1);
    expect_number(byte, 'U');
    expect_receives(pair.server, "ab", 2);
}
END_TEST
COVERS(urgent_byte, "stream.ipv6_ends.urgent");

START_TEST(bytes_that_wait)
{
    u_long count = 0;
    struct stream_pair pair = pair_of_ipv6();
    send_all(pair.client, "five!", 5);
    wait_readable(pair.server);

    int result = ioctlsocket(pair.server, FIONREAD, &count);

    expect_socket_succeeded(result);
    expect_number(count, 5);
}
END_TEST
COVERS(bytes_that_wait, "stream.ipv6_ends.fionread");

/* ---- What is recorded */

static void data(SOCKET client)
{
    send_all(client, "x", 1);
}

static void the_end(SOCKET client)
{
    require(shutdown(client, SD_SEND) == 0);
}

static const struct {
    struct row row;
    long event;
    void (*cause)(SOCKET client);
} events[] = {
    {{"read", NULL}, FD_READ, data},
    {{"close", NULL}, FD_CLOSE, the_end},
};

START_TEST(recorded)
{
    struct stream_pair pair = pair_of_ipv6();
    WSANETWORKEVENTS told;
    HANDLE event = event_create();
    require(WSAEventSelect(pair.server, event, FD_READ | FD_CLOSE) == 0);

    events[_i].cause(pair.client);

    expect_signaled(event);
    expect_socket_succeeded(WSAEnumNetworkEvents(pair.server, event, &told));
    expect_number(told.lNetworkEvents, events[_i].event);
}
END_TEST
COVERS_ROWS(recorded, events, "stream.ipv6_ends.events");
