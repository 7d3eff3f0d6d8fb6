/* SIO_IDEAL_SEND_BACKLOG_QUERY: which sockets have a best size of the queue, where it is stored,
 * and how it is told later. */
#include "option.h"

/* What the system writes to while an operation is pending, even after a test has failed. */
static OVERLAPPED operation;
static DWORD size;

/* The best size, and what comes behind it in memory. */
static struct {
    ULONG backlog, behind;
} answer;

#define UNTOUCHED 0x5C5C5C5C

static int ask_into(SOCKET s, void *out, DWORD out_size)
{
    memset(&answer, 0x5C, sizeof(answer));
    size = 99;
    return WSAIoctl(s, CODE_IDEAL_SEND_BACKLOG, NULL, 0, out, out_size, &size, NULL, NULL);
}

static int ask(SOCKET s)
{
    return ask_into(s, &answer, sizeof(answer.backlog));
}

static bool is_possible(ULONG backlog)
{
    return backlog > 0 && backlog <= 16 << 20;
}

/* ---- Room */

static const struct {
    struct row row;
    bool room;
    DWORD out_size;
} too_small[] = {
    {{"one_byte_less", NULL}, true, sizeof(ULONG) - 1},
    {{"one_byte", NULL}, true, 1},
    {{"no_byte", NULL}, true, 0},
    {{"no_buffer", NULL}, false, 0},
};

START_TEST(too_little_room)
{
    winsock_start();
    SOCKET s = stream_pair_open().client;

    int result = ask_into(s, too_small[_i].room ? &answer : NULL, too_small[_i].out_size);

    expect_failed_somehow(result == 0);
    const BYTE *bytes = (const BYTE *)&answer;
    expect_filled(bytes + too_small[_i].out_size, 0x5C, sizeof(answer) - too_small[_i].out_size);
    expect_socket_succeeded(ask(s));
    expect_true(is_possible(answer.backlog));
}
END_TEST
COVERS_ROWS(too_little_room, too_small, "winsock.ioctl_backlog.small");

START_TEST(too_little_room_is_invalid)
{
    winsock_start();
    SOCKET s = stream_pair_open().client;

    int result = ask_into(s, &answer, sizeof(answer.backlog) - 1);

    expect_socket_failed(result, WSAEINVAL);
    expect_number(size, 0);
    expect_socket_succeeded(ask(s));
}
END_TEST
COVERS(too_little_room_is_invalid, "winsock.ioctl_backlog.small_einval");

START_TEST(more_room_than_needed)
{
    winsock_start();
    SOCKET s = stream_pair_open().client;

    int result = ask_into(s, &answer, sizeof(answer));

    expect_socket_succeeded(result);
    expect_number(size, sizeof(answer.backlog));
    expect_true(is_possible(answer.backlog));
    expect_number(answer.behind, UNTOUCHED);
}
END_TEST
COVERS(more_room_than_needed, "winsock.ioctl_backlog.larger");

START_TEST(buffer_is_missing)
{
    winsock_start();
    SOCKET s = stream_pair_open().client;

    int result = ask_into(s, NULL, sizeof(answer.backlog));

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(ask(s));
}
END_TEST
COVERS(buffer_is_missing, "winsock.ioctl_backlog.null_output");

START_TEST(buffer_is_nowhere)
{
    winsock_start();
    SOCKET s = stream_pair_open().client;
    void *nowhere = memory_nowhere();

    int result = ask_into(s, nowhere, sizeof(answer.backlog));

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(ask(s));
}
END_TEST
COVERS(buffer_is_nowhere, "winsock.ioctl_backlog.output_nowhere");

static const struct {
    struct row row;
    bool nowhere; /* otherwise there is no address at all */
} uncounted[] = {
    {{"missing", "winsock.ioctl_backlog.null_count"}, false},
    {{"nowhere", "winsock.ioctl_backlog.count_nowhere"}, true},
};

START_TEST(count_is)
{
    winsock_start();
    SOCKET s = stream_pair_open().client;
    DWORD *count = uncounted[_i].nowhere ? memory_nowhere() : NULL;

    int result = WSAIoctl(s, CODE_IDEAL_SEND_BACKLOG, NULL, 0, &answer, sizeof(answer.backlog),
                          count, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(ask(s));
    expect_number(size, sizeof(answer.backlog));
}
END_TEST
COVERS_ROWS(count_is, uncounted);

/* ---- Sockets that have none */

static const struct {
    struct row row;
    int family;
    bool connected;
} datagrams[] = {
    {{"new", NULL}, AF_INET, false},
    {{"connected", NULL}, AF_INET, true},
    {{"of_ipv6", NULL}, AF_INET6, false},
};

START_TEST(datagrams_have_none)
{
    winsock_start();
    SOCKET s = socket_of(datagrams[_i].family, SOCK_DGRAM);
    struct sockaddr_in name = socket_name(socket_bound(SOCK_DGRAM));
    if (datagrams[_i].connected)
        require(connect(s, (struct sockaddr *)&name, sizeof(name)) == 0);

    int result = ask(s);

    expect_socket_failed(result, WSAEOPNOTSUPP);
    expect_number(answer.backlog, UNTOUCHED);
    expect_socket_succeeded(ask(stream_pair_open().client));
}
END_TEST
COVERS_ROWS(datagrams_have_none, datagrams, "winsock.ioctl_backlog.datagram");

static SOCKET new_of_ipv6(void)
{
    return socket_of(AF_INET6, SOCK_STREAM);
}

static SOCKET bound(void)
{
    return socket_bound(SOCK_STREAM);
}

static const struct {
    struct row row;
    SOCKET (*open)(void);
} unconnected[] = {
    {{"new_of_ipv6", "winsock.ioctl_backlog.unconnected"}, new_of_ipv6},
    {{"bound", "winsock.ioctl_backlog.bound"}, bound},
    {{"listening", "winsock.ioctl_backlog.listening"}, stream_listen},
};

START_TEST(without_connection)
{
    winsock_start();
    SOCKET s = unconnected[_i].open();

    int result = ask(s);

    expect_socket_failed(result, WSAENOTCONN);
    expect_number(answer.backlog, UNTOUCHED);
}
END_TEST
COVERS_ROWS(without_connection, unconnected);

/* ---- Sockets that have one */

START_TEST(accepted_socket_has_one)
{
    winsock_start();
    SOCKET s = stream_pair_open().server;

    int result = ask(s);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(answer.backlog));
    expect_true(is_possible(answer.backlog));
    expect_number(answer.behind, UNTOUCHED);
}
END_TEST
COVERS(accepted_socket_has_one, "winsock.ioctl_backlog.accepted");

START_TEST(nonblocking_socket_has_one)
{
    winsock_start();
    SOCKET s = stream_pair_open().client;
    set_nonblocking(s, true);

    int result = ask(s);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(answer.backlog));
    expect_true(is_possible(answer.backlog));
}
END_TEST
COVERS(nonblocking_socket_has_one, "winsock.ioctl_backlog.nonblocking");

START_TEST(connection_that_is_shut_down)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(shutdown(pair.client, SD_SEND) == 0);

    int result = ask(pair.client);

    record_outcome("SIO_IDEAL_SEND_BACKLOG_QUERY after SD_SEND", result == 0);
    record_outcome("of the other side", ask(pair.server) == 0);
}
END_TEST
COVERS(connection_that_is_shut_down, "winsock.ioctl_backlog.shut");

/* ---- An OVERLAPPED */

START_TEST(told_with_an_event)
{
    winsock_start();
    SOCKET s = stream_pair_open().client;
    DWORD count = 0, flags = 0;
    operation.hEvent = event_create();
    answer.behind = UNTOUCHED;

    int result = WSAIoctl(s, CODE_IDEAL_SEND_BACKLOG, NULL, 0, &answer, sizeof(answer.backlog),
                          &size, &operation, NULL);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_signaled(operation.hEvent);
    expect_succeeded(WSAGetOverlappedResult(s, &operation, &count, FALSE, &flags));
    expect_true(is_possible(answer.backlog));
    expect_number(answer.behind, UNTOUCHED);
}
END_TEST
COVERS(told_with_an_event, "winsock.ioctl_backlog.overlapped");

static unsigned runs;
static DWORD routine_error = 99;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *done, DWORD flags)
{
    (void)count, (void)flags;
    expect_pointer(done, &operation);
    runs++;
    routine_error = error;
}

START_TEST(told_to_a_routine)
{
    winsock_start();
    SOCKET s = stream_pair_open().client;

    int result = WSAIoctl(s, CODE_IDEAL_SEND_BACKLOG, NULL, 0, &answer, sizeof(answer.backlog),
                          &size, &operation, note);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(runs, 1);
    expect_number(routine_error, 0);
    expect_true(is_possible(answer.backlog));
}
END_TEST
COVERS(told_to_a_routine, "winsock.ioctl_backlog.routine");

START_TEST(overlapped_is_ignored)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = WSASocketW(AF_INET, SOCK_STREAM, 0, NULL, 0, 0);
    struct sockaddr_in server = socket_name(listener);
    require(s != INVALID_SOCKET);
    require(connect(s, (struct sockaddr *)&server, sizeof(server)) == 0);
    operation = (OVERLAPPED){.Internal = 0x5C, .InternalHigh = 0x5C, .hEvent = event_create()};

    int result = WSAIoctl(s, CODE_IDEAL_SEND_BACKLOG, NULL, 0, &answer, sizeof(answer.backlog),
                          &size, &operation, NULL);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(answer.backlog));
    expect_true(is_possible(answer.backlog));
    expect_not_signaled(operation.hEvent);
    expect_number(operation.Internal, 0x5C);
    expect_number(operation.InternalHigh, 0x5C);
}
END_TEST
COVERS(overlapped_is_ignored, "winsock.ioctl_backlog.not_overlapped");
