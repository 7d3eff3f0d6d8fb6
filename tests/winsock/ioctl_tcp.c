/* SIO_TCP_INFO and SIO_IDEAL_SEND_BACKLOG_CHANGE: what is told of a connection, and when. */
#include "option.h"

#define CODE_TCP_INFO 0xD8000027u       /* SIO_TCP_INFO, which older headers lack */
#define CODE_BACKLOG_CHANGE 0x2000747Au /* SIO_IDEAL_SEND_BACKLOG_CHANGE */

/* TCP_INFO_v0, which older headers lack, as far as it is looked at; and values of TCPSTATE. */
struct tcp_info {
    DWORD state;
    ULONG mss;
    ULONG64 connection_ms;
    BOOLEAN time_stamps;
    ULONG round_trip, least_round_trip, in_flight, congestion, send_window, receive_window, buffer;
    ULONG64 bytes_out, bytes_in;
    ULONG reordered, retransmitted, fast, duplicates, time_outs;
    UCHAR syn;
};
enum { STATE_CLOSED, STATE_LISTEN, STATE_ESTABLISHED = 4, STATE_FIN_WAIT_2 = 6, STATE_CLOSE_WAIT };

/* What the system writes to while an operation is pending, even after a test has failed. */
static OVERLAPPED operation;
static DWORD size;

static int tcp_info(SOCKET s, struct tcp_info *info)
{
    DWORD version = 0;
    memset(info, 0x5C, sizeof(*info));
    return WSAIoctl(s, CODE_TCP_INFO, &version, sizeof(version), info, sizeof(*info), &size, NULL,
                    NULL);
}

START_TEST(connection_is_told)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct tcp_info info;

    int result = tcp_info(pair.client, &info);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(info));
    expect_number(info.state, STATE_ESTABLISHED);
    expect_true(info.mss > 0 && info.mss <= 65535);
    expect_true(info.time_stamps == FALSE || info.time_stamps == TRUE);
    expect_true(info.connection_ms < 60000 * 60);
}
END_TEST
COVERS(connection_is_told, "winsock.ioctl_tcp.info_connected");

START_TEST(bytes_are_told)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct tcp_info out, in;
    send_all(pair.client, "hello", 5);
    expect_receives(pair.server, "hello", 5);
    send_all(pair.server, "yes", 3);
    expect_receives(pair.client, "yes", 3);

    int result = tcp_info(pair.client, &out);

    expect_socket_succeeded(result);
    expect_number(out.bytes_out, 5);
    expect_number(out.bytes_in, 3);
    expect_socket_succeeded(tcp_info(pair.server, &in));
    expect_number(in.bytes_out, 3);
    expect_number(in.bytes_in, 5);
}
END_TEST
COVERS(bytes_are_told, "winsock.ioctl_tcp.info_bytes");

static const struct {
    struct row row;
    const void *in;
    DWORD in_size, out_size, error;
} refusals[] = {
    {{"no_version", "winsock.ioctl_tcp.info_no_version"},
     NULL,
     0,
     sizeof(struct tcp_info),
     WSAEMSGSIZE},
    {{"short_version", "winsock.ioctl_tcp.info_no_version"},
     &(DWORD){0},
     2,
     sizeof(struct tcp_info),
     WSAEMSGSIZE},
    {{"too_little_room", "winsock.ioctl_tcp.info_small"},
     &(DWORD){0},
     sizeof(DWORD),
     sizeof(DWORD),
     WSAEINVAL},
};

START_TEST(refused)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct tcp_info info;
    size = 99;

    int result = WSAIoctl(pair.client, CODE_TCP_INFO, (void *)refusals[_i].in, refusals[_i].in_size,
                          &info, refusals[_i].out_size, &size, NULL, NULL);

    expect_socket_failed(result, refusals[_i].error);
    if (refusals[_i].error == WSAEINVAL)
        expect_number(size, 0);
    expect_socket_succeeded(tcp_info(pair.client, &info));
}
END_TEST
COVERS_ROWS(refused, refusals);

START_TEST(datagrams_have_no_info)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct tcp_info info;

    int result = tcp_info(s, &info);

    expect_failed_somehow(result == 0);
}
END_TEST
COVERS(datagrams_have_no_info, "winsock.ioctl_tcp.info_datagram");

/* ---- The size of the queue that is best for sending, when it changes */

static int await_backlog(SOCKET s)
{
    operation.hEvent = event_create();
    return WSAIoctl(s, CODE_BACKLOG_CHANGE, NULL, 0, NULL, 0, &size, &operation, NULL);
}

START_TEST(change_without_connection)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_STREAM);

    int result = await_backlog(s);

    expect_socket_failed(result, WSAENOTCONN);
    expect_not_signaled(operation.hEvent);
}
END_TEST
COVERS(change_without_connection, "winsock.ioctl_tcp.change_unconnected");

START_TEST(change_of_datagrams)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    int result = await_backlog(s);

    expect_socket_failed(result, WSAEOPNOTSUPP, WSAENOTCONN);
}
END_TEST
COVERS(change_of_datagrams, "winsock.ioctl_tcp.change_datagram");

START_TEST(change_has_no_output)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    ULONG backlog;
    operation.hEvent = event_create();

    int result = WSAIoctl(pair.client, CODE_BACKLOG_CHANGE, NULL, 0, &backlog, sizeof(backlog),
                          &size, &operation, NULL);

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(change_has_no_output, "winsock.ioctl_tcp.change_output");

static const struct {
    struct row row;
    bool nonblocking;
} modes[] = {
    {{"blocking", "winsock.ioctl_tcp.change_pends"}, false},
    {{"nonblocking", "winsock.ioctl_tcp.change_nonblocking"}, true},
};

START_TEST(change_is_waited_for)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    set_nonblocking(pair.client, modes[_i].nonblocking);

    int result = await_backlog(pair.client);

    expect_socket_failed(result, WSA_IO_PENDING);
    expect_stays_unsignaled(operation.hEvent);
}
END_TEST
COVERS_ROWS(change_is_waited_for, modes);
