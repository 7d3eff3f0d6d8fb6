/* What closesocket does by what SO_LINGER and SO_DONTLINGER say: waits or not, ends the connection
 * gracefully or by a reset. */
#include "extension.h"
#include "sockets.h"

static void set_linger(SOCKET s, u_short on, u_short seconds)
{
    LINGER linger = {.l_onoff = on, .l_linger = seconds};
    require(setsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof(linger)) == 0);
}

static LINGER linger_of(SOCKET s)
{
    LINGER linger;
    int size = sizeof(linger);
    require(getsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&linger, &size) == 0);
    return linger;
}

static int set_dontlinger(SOCKET s, BOOL value)
{
    return setsockopt(s, SOL_SOCKET, SO_DONTLINGER, (char *)&value, sizeof(value));
}

/* Receives all that comes. *error: why there was no more, 0 for the end of the stream. */
static ULONGLONG drain(SOCKET s, DWORD *error)
{
    static char bytes[65536];
    ULONGLONG total = 0;
    int got;
    while ((got = recv(s, bytes, sizeof(bytes), 0)) > 0)
        total += (ULONGLONG)got;
    *error = got == 0 ? 0 : GetLastError();
    return total;
}

/* ---- SO_DONTLINGER is l_onoff, seen from the other side ---- */

static const struct {
    struct row row;
    bool lingers;
} tellings[] = {{{"by_default", "stream.linger.dontlinger_default"}, false},
                {{"of_a_lingering_socket", "stream.linger.dontlinger_tells_opposite"}, true}};

START_TEST(dontlinger)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    if (tellings[_i].lingers)
        set_linger(s, 1, 17);
    BOOL value = 4711;
    int size = sizeof(value);

    int result = getsockopt(s, SOL_SOCKET, SO_DONTLINGER, (char *)&value, &size);

    expect_socket_succeeded(result);
    expect_number(size == 1 ? value & 0xFF : value, !tellings[_i].lingers);
}
END_TEST
COVERS_ROWS(dontlinger, tellings);

START_TEST(dontlinger_ends_lingering)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    set_linger(s, 1, 17);

    int result = set_dontlinger(s, TRUE);

    expect_socket_succeeded(result);
    expect_number(linger_of(s).l_onoff, 0);
}
END_TEST
COVERS(dontlinger_ends_lingering, "stream.linger.dontlinger_sets_off");

START_TEST(dontlinger_off_means_lingering)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);

    int result = set_dontlinger(s, FALSE);

    expect_socket_succeeded(result);
    expect_true(linger_of(s).l_onoff != 0);
}
END_TEST
COVERS(dontlinger_off_means_lingering, "stream.linger.dontlinger_false_sets_on");

START_TEST(time_comes_back)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    set_linger(s, 1, 17);
    require(set_dontlinger(s, TRUE) == 0);

    int result = set_dontlinger(s, FALSE);

    expect_socket_succeeded(result);
    expect_true(linger_of(s).l_onoff != 0);
    expect_number(linger_of(s).l_linger, 17);
}
END_TEST
COVERS(time_comes_back, "stream.linger.dontlinger_reinstates_time");

static const struct {
    struct row row;
    int option;
} of_connections[] = {{{"linger", "stream.linger.dgram_enoprotoopt"}, SO_LINGER},
                      {{"dontlinger", "stream.linger.dontlinger_dgram"}, SO_DONTLINGER}};

START_TEST(is_no_option_of_datagrams)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    const LINGER value = {.l_onoff = 1, .l_linger = 0};

    int result =
        setsockopt(s, SOL_SOCKET, of_connections[_i].option, (const char *)&value, sizeof(value));

    expect_socket_failed(result, WSAENOPROTOOPT);
}
END_TEST
COVERS_ROWS(is_no_option_of_datagrams, of_connections);

static const struct {
    struct row row;
    int option;
} values[] = {{{"linger", "stream.linger.null_efault"}, SO_LINGER},
              {{"dontlinger", "stream.linger.dontlinger_null_efault"}, SO_DONTLINGER}};

START_TEST(needs_a_value)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);

    int result = setsockopt(s, SOL_SOCKET, values[_i].option, NULL, sizeof(LINGER));

    expect_socket_failed(result, WSAEFAULT);
    expect_number(linger_of(s).l_onoff, 0);
}
END_TEST
COVERS_ROWS(needs_a_value, values);

/* ---- The graceful close ---- */

struct manner {
    struct row row;
    bool nonblocking, sets_linger, then_dontlinger;
    u_short on, seconds;
};

static void prepare(SOCKET s, const struct manner *manner)
{
    if (manner->sets_linger)
        set_linger(s, manner->on, manner->seconds);
    if (manner->then_dontlinger)
        require(set_dontlinger(s, TRUE) == 0);
    set_nonblocking(s, manner->nonblocking);
}

static const struct manner gracefully[] = {
    {{"as_it_is", "stream.close.implicit_shutdown"}, false, false, false, 0, 0},
    {{"nonblocking", "stream.close.graceful_nonblocking"}, true, false, false, 0, 0},
    {{"off_with_a_time", "stream.linger.time_ignored_when_off"}, false, true, false, 0, 1},
    {{"off_with_a_time_nonblocking", "stream.linger.time_ignored_when_off"},
     true,
     true,
     false,
     0,
     1},
    {{"hard_taken_back", "stream.linger.dontlinger_takes_back_hard"}, false, true, true, 1, 0},
    {{"lingering", "stream.linger.graceful_when_sent"}, false, true, false, 1, 20},
};

START_TEST(closes_gracefully)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    prepare(pair.client, &gracefully[_i]);
    send_all(pair.client, "last words", 10);
    expect_receives(pair.server, "last words", 10);
    OVERLAPPED *receive = operation_with_event();
    static char byte;
    DWORD count, flags = 0;
    require(WSARecv(pair.server, &(WSABUF){.len = 1, .buf = &byte}, 1, NULL, &flags, receive,
                    NULL) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);

    int result = closesocket(pair.client);

    expect_number(result, 0);
    expect_succeeded(extension_result(pair.server, receive, &count));
    expect_number(count, 0);
}
END_TEST
COVERS_ROWS(closes_gracefully, gracefully);

static const struct manner in_background[] = {
    {{"blocking", "stream.close.background_blocking"}, false, false, false, 0, 0},
    {{"nonblocking", "stream.close.background_nonblocking"}, true, false, false, 0, 0},
    {{"lingering_taken_back", "stream.linger.dontlinger_does_not_wait"}, false, true, true, 1, 8},
};

START_TEST(sends_the_rest_in_the_background)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    ULONGLONG sent = fill(pair.client);
    prepare(pair.client, &in_background[_i]);
    ULONGLONG before = GetTickCount64();
    DWORD error;

    int result = closesocket(pair.client);

    expect_socket_succeeded(result);
    expect_true(GetTickCount64() - before < step_limit());
    expect_number(drain(pair.server, &error), sent);
    expect_number(error, 0);
}
END_TEST
COVERS_ROWS(sends_the_rest_in_the_background, in_background);

START_TEST(lingers_no_longer_than_the_data)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    set_linger(pair.client, 1, 20);
    send_all(pair.client, "last words", 10);
    ULONGLONG before = GetTickCount64();

    int result = closesocket(pair.client);

    expect_socket_succeeded(result);
    expect_true(GetTickCount64() - before < step_limit());
    expect_receives(pair.server, "last words", 10);
}
END_TEST
COVERS(lingers_no_longer_than_the_data, "stream.linger.returns_when_sent");

/* ---- The time that runs out ---- */

START_TEST(lingers_until_the_time_is_over)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    fill(pair.client);
    set_linger(pair.client, 1, 1);
    ULONGLONG before = GetTickCount64();

    int result = closesocket(pair.client);

    expect_socket_succeeded(result);
    expect_true(GetTickCount64() - before >= 900); /* of 1,000, by a clock with ticks */
}
END_TEST
COVERS(lingers_until_the_time_is_over, "stream.linger.blocks_until_timeout",
       "stream.linger.timeout_returns_zero");

START_TEST(lingers_and_then_resets)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    ULONGLONG sent = fill(pair.client);
    set_linger(pair.client, 1, 1);
    DWORD error;

    int result = closesocket(pair.client);

    expect_socket_succeeded(result);
    expect_true(drain(pair.server, &error) < sent);
    expect_number(error, WSAECONNRESET);
}
END_TEST
COVERS(lingers_and_then_resets, "stream.linger.hard_after_timeout");

START_TEST(does_not_linger_in_nonblocking_mode)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    fill(pair.client);
    set_linger(pair.client, 1, 1);
    set_nonblocking(pair.client, true);

    int result = closesocket(pair.client);

    expect_socket_failed(result, WSAEWOULDBLOCK);
}
END_TEST
COVERS(does_not_linger_in_nonblocking_mode, "stream.linger.nonblocking_wouldblock");

START_TEST(refused_close_leaves_the_connection)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    fill(pair.client);
    set_linger(pair.client, 1, 1);
    set_nonblocking(pair.client, true);

    int result = closesocket(pair.client);

    expect_number(result, SOCKET_ERROR);
    send_all(pair.server, "still here", 10);
    wait_readable(pair.client);
    expect_receives(pair.client, "still here", 10);
    set_linger(pair.client, 0, 0);
    expect_number(closesocket(pair.client), 0);
}
END_TEST
COVERS(refused_close_leaves_the_connection, "stream.linger.wouldblock_keeps_socket");

/* ---- The hard close ---- */

static const struct manner hard[] = {
    {{"blocking", NULL}, false, true, false, 1, 0},
    {{"nonblocking", NULL}, true, true, false, 1, 0},
};

START_TEST(closes_hard)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    ULONGLONG sent = fill(pair.client);
    prepare(pair.client, &hard[_i]);
    ULONGLONG before = GetTickCount64();
    DWORD error;

    int result = closesocket(pair.client);

    expect_socket_succeeded(result);
    expect_true(GetTickCount64() - before < step_limit());
    expect_true(drain(pair.server, &error) < sent);
}
END_TEST
COVERS_ROWS(closes_hard, hard, "stream.close.hard_loses_unsent");

START_TEST(hard_close_reaches_a_peer_that_has_not_read)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char bytes[8];
    set_linger(pair.client, 1, 0);
    send_all(pair.client, "unread", 6);
    wait_readable(pair.server);
    socket_close(pair.client);

    int got = recv(pair.server, bytes, sizeof(bytes), 0);

    expect_socket_failed(got, WSAECONNRESET);
}
END_TEST
COVERS(hard_close_reaches_a_peer_that_has_not_read, "stream.close.hard_every_recv_reset");
