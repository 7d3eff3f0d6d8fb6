/* WSAIoctl: an output buffer that a code does not use, and an OVERLAPPED of a socket that is not
 * overlapped. */
#include "winsock.h"

static struct tcp_keepalive keepalive = {1, 60000, 1000};
static TCP_INITIAL_RTO_PARAMETERS first_time_out = {.Rtt = 1000, .MaxSynRetransmissions = 2};
static BOOL on = TRUE;

/* What the system writes to while an operation is pending, even after a test has failed. */
static OVERLAPPED operation;
static char room[256];
static DWORD size;

struct code {
    struct row row;
    DWORD code;
    void *in;
    DWORD in_size;
};

static const struct code unused[] = {
    {{"keepalive", "winsock.ioctl_keepalive.no_output"},
     SIO_KEEPALIVE_VALS,
     &keepalive,
     sizeof(keepalive)},
    {{"fast_path", "winsock.ioctl_fast_path.no_output"}, SIO_LOOPBACK_FAST_PATH, &on, sizeof(on)},
    {{"first_time_out", "winsock.ioctl_initial_rto.no_output"},
     SIO_TCP_INITIAL_RTO,
     &first_time_out,
     sizeof(first_time_out)},
};

START_TEST(output_is_left_alone_by)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    memset(room, 0x5C, sizeof(room));

    int result =
        WSAIoctl(s, unused[_i].code, unused[_i].in, unused[_i].in_size, room, 0, &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_filled(room, 0x5C, sizeof(room));
}
END_TEST
COVERS_ROWS(output_is_left_alone_by, unused);

static const struct code ignored[] = {
    {{"keepalive", "winsock.ioctl_keepalive.not_overlapped"},
     SIO_KEEPALIVE_VALS,
     &keepalive,
     sizeof(keepalive)},
    {{"fast_path", "winsock.ioctl_fast_path.not_overlapped"},
     SIO_LOOPBACK_FAST_PATH,
     &on,
     sizeof(on)},
    {{"first_time_out", "winsock.ioctl_initial_rto.not_overlapped"},
     SIO_TCP_INITIAL_RTO,
     &first_time_out,
     sizeof(first_time_out)},
};

START_TEST(overlapped_is_ignored_by)
{
    winsock_start();
    SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, 0, NULL, 0, 0);
    require(s != INVALID_SOCKET);
    operation = (OVERLAPPED){.Internal = 0x5C, .InternalHigh = 0x5C, .hEvent = event_create()};

    int result = WSAIoctl(s, ignored[_i].code, ignored[_i].in, ignored[_i].in_size, NULL, 0, &size,
                          &operation, NULL);

    expect_socket_succeeded(result);
    expect_not_signaled(operation.hEvent);
    expect_number(operation.Internal, 0x5C);
    expect_number(operation.InternalHigh, 0x5C);
}
END_TEST
COVERS_ROWS(overlapped_is_ignored_by, ignored);
