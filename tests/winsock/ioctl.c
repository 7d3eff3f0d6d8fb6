/* ioctlsocket and WSAIoctl: FIONREAD, FIONBIO and what they refuse. */
#include "winsock.h"

#include <mswsock.h>

START_TEST(nothing_to_read)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    u_long count = 99;

    int result = ioctlsocket(s, FIONREAD, &count);

    expect_socket_succeeded(result);
    expect_number(count, 0);
}
END_TEST
COVERS(nothing_to_read, "winsock.ioctlsocket.fionread_empty",
       "winsock.ioctlsocket.fionread_unbound");

START_TEST(bytes_of_a_stream)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    u_long count = 99;
    send_all(pair.client, "bytes", 5);
    wait_readable(pair.server);

    int result = ioctlsocket(pair.server, FIONREAD, &count);

    expect_socket_succeeded(result);
    expect_number(count, 5);
}
END_TEST
COVERS(bytes_of_a_stream, "winsock.ioctlsocket.fionread_stream");

START_TEST(bytes_of_two_datagrams)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    u_long count = 99;
    send_datagram(s, s, "one");
    send_datagram(s, s, "three");
    wait_readable(s);

    int result = ioctlsocket(s, FIONREAD, &count);

    expect_socket_succeeded(result);
    record("FIONREAD of datagrams of 3 and 5 bytes", "%lu", count);
    expect_datagram(s, "one");
}
END_TEST
COVERS(bytes_of_two_datagrams, "winsock.ioctlsocket.fionread_dgram_total");

START_TEST(no_argument_is_a_fault)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);

    int result = ioctlsocket(s, FIONREAD, NULL);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(no_argument_is_a_fault, "winsock.ioctlsocket.efault");

START_TEST(unknown_command)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    u_long value = 0;

    int result = ioctlsocket(s, (long)_IOW('x', 99, u_long), &value);

    expect_failed_somehow(result == 0);
    expect_socket_succeeded(ioctlsocket(s, FIONREAD, &value));
    expect_number(value, 0);
}
END_TEST
COVERS(unknown_command, "winsock.ioctlsocket.unknown_cmd");

START_TEST(wsaioctl_makes_nonblocking)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    u_long on = 1;
    DWORD size = 99;
    char byte;

    int result = WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_socket_failed(recv(s, &byte, 1, 0), WSAEWOULDBLOCK);
}
END_TEST
COVERS(wsaioctl_makes_nonblocking, "winsock.ioctl.fionbio_equiv");

START_TEST(short_room_for_the_answer)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    char byte;
    DWORD size = 99;

    int result = WSAIoctl(s, FIONREAD, NULL, 0, &byte, 1, &size, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(short_room_for_the_answer, "winsock.ioctl.short_out_efault");

static const struct {
    struct row row;
    BOOL report;
} reports[] = {
    {{"off", "winsock.ioctl.udp_connreset_off"}, FALSE},
    {{"on", "winsock.ioctl.udp_connreset_on"}, TRUE},
};

START_TEST(unreachable_ports_reported)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in nobody = unreachable_port();
    BOOL report = reports[_i].report;
    DWORD size = 0;
    char byte;
    limit_receives(s, step_limit() / 10);

    int result =
        WSAIoctl(s, SIO_UDP_CONNRESET, &report, sizeof(report), NULL, 0, &size, NULL, NULL);

    expect_socket_succeeded(result);
    require(sendto(s, "anybody?", 8, 0, (struct sockaddr *)&nobody, sizeof(nobody)) == 8);
    expect_socket_failed(recv(s, &byte, 1, 0), report ? WSAECONNRESET : WSAETIMEDOUT);
}
END_TEST
COVERS_ROWS(unreachable_ports_reported, reports);

static const struct {
    struct row row;
    BOOL first, then;
} of_peers[] = {
    {{"off", "winsock.ioctl.udp_connreset_off"}, TRUE, FALSE},
    {{"on_again", "winsock.ioctl.udp_connreset_on"}, FALSE, TRUE},
};

START_TEST(unreachable_peer_reported)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in nobody = unreachable_port();
    BOOL first = of_peers[_i].first, then = of_peers[_i].then;
    DWORD size = 0;
    char byte;
    limit_receives(s, step_limit() / 10);
    require(connect(s, (struct sockaddr *)&nobody, sizeof(nobody)) == 0);
    require(WSAIoctl(s, SIO_UDP_CONNRESET, &first, sizeof(first), NULL, 0, &size, NULL, NULL) == 0);

    int result = WSAIoctl(s, SIO_UDP_CONNRESET, &then, sizeof(then), NULL, 0, &size, NULL, NULL);

    expect_socket_succeeded(result);
    require(send(s, "anybody?", 8, 0) == 8);
    expect_socket_failed(recv(s, &byte, 1, 0), then ? WSAECONNRESET : WSAETIMEDOUT);
}
END_TEST
COVERS_ROWS(unreachable_peer_reported, of_peers);

START_TEST(keepalive_values)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct tcp_keepalive values = {1, 60000, 1000};
    DWORD size = 99;

    int result = WSAIoctl(pair.client, SIO_KEEPALIVE_VALS, &values, sizeof(values), NULL, 0, &size,
                          NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(size, 0);
}
END_TEST
COVERS(keepalive_values, "winsock.ioctl_keepalive.ok");

START_TEST(short_keepalive_values)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    u_long on = 1;
    DWORD size = 99;

    int result =
        WSAIoctl(pair.client, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &size, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(short_keepalive_values, "winsock.ioctl_keepalive.short");

START_TEST(base_handle)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM), base = 0;
    DWORD size = 0;

    int result = WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(base), &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(base, s);
    expect_number(size, sizeof(base));
}
END_TEST
COVERS(base_handle, "winsock.ioctl.base_handle");
