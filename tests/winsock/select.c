/* Which sockets select leaves in its sets, and how it counts them. */
#include "winsock.h"

/* A set that holds one socket. */
#define SET_OF(s)                         \
    (fd_set)                              \
    {                                     \
        .fd_count = 1, .fd_array = {(s) } \
    }

START_TEST(only_ready_sockets_stay_in_the_set)
{
    winsock_start();
    SOCKET idle = socket_bound(SOCK_DGRAM), ready = socket_bound(SOCK_DGRAM);
    send_datagram(idle, ready, "x");
    wait_readable(ready);
    fd_set readable = {.fd_count = 2, .fd_array = {idle, ready}};

    int count = select(0, &readable, NULL, NULL, &(TIMEVAL){0, 0});

    expect_socket_succeeded(count);
    expect_number(count, 1);
    expect_number(readable.fd_count, 1);
    expect_number(readable.fd_array[0], ready);
}
END_TEST
COVERS(only_ready_sockets_stay_in_the_set, "winsock.select.sets_overwritten");

START_TEST(socket_in_two_sets_counts_twice)
{
    winsock_start();
    SOCKET ready = socket_bound(SOCK_DGRAM);
    send_datagram(ready, ready, "x");
    wait_readable(ready);
    fd_set readable = SET_OF(ready), writable = SET_OF(ready);

    int count = select(0, &readable, &writable, NULL, &(TIMEVAL){0, 0});

    expect_number(count, 2);
    expect_number(readable.fd_count, 1);
    expect_number(writable.fd_count, 1);
}
END_TEST
COVERS(socket_in_two_sets_counts_twice, "winsock.select.return_total");

START_TEST(zero_time_polls_and_empties_the_set)
{
    winsock_start();
    SOCKET idle = socket_bound(SOCK_DGRAM);
    fd_set readable = SET_OF(idle);

    int count = select(0, &readable, NULL, NULL, &(TIMEVAL){0, 0});

    expect_socket_succeeded(count);
    expect_number(count, 0);
    expect_number(readable.fd_count, 0);
}
END_TEST
COVERS(zero_time_polls_and_empties_the_set, "winsock.select.timeout_poll",
       "winsock.select.timeout_zero_return");

START_TEST(no_sets_at_all_are_invalid)
{
    winsock_start();

    int count = select(0, NULL, NULL, NULL, &(TIMEVAL){0, 0});

    expect_socket_failed(count, WSAEINVAL);
}
END_TEST
COVERS(no_sets_at_all_are_invalid, "winsock.select.no_sets_einval");

START_TEST(event_in_a_set_is_not_a_socket)
{
    winsock_start();
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(event != NULL);
    fd_set readable = {.fd_count = 2, .fd_array = {socket_bound(SOCK_DGRAM), (SOCKET)event}};

    int count = select(0, &readable, NULL, NULL, &(TIMEVAL){0, 0});

    expect_socket_failed(count, WSAENOTSOCK);
}
END_TEST
COVERS(event_in_a_set_is_not_a_socket, "winsock.select.enotsock");

START_TEST(listener_with_a_connection_is_readable)
{
    winsock_start();
    SOCKET listener = stream_listen();
    fd_set readable = SET_OF(listener);
    expect_number(select(0, &readable, NULL, NULL, &(TIMEVAL){0, 0}), 0);
    stream_connect(socket_port(listener));
    readable = SET_OF(listener);
    TIMEVAL limit = select_limit();

    int count = select(0, &readable, NULL, NULL, &limit);

    expect_number(count, 1);
    expect_number(readable.fd_array[0], listener);
    set_nonblocking(listener, true);
    expect_socket_succeeded(accept(listener, NULL, NULL));
}
END_TEST
COVERS(listener_with_a_connection_is_readable, "winsock.select.read_accept");

START_TEST(end_of_stream_is_readable)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    socket_close(pair.client);
    fd_set readable = SET_OF(pair.server);
    TIMEVAL limit = select_limit();

    int count = select(0, &readable, NULL, NULL, &limit);

    expect_number(count, 1);
    set_nonblocking(pair.server, true);
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS(end_of_stream_is_readable, "winsock.select.read_closed", "stream.recv.graceful_zero");

START_TEST(finished_connect_is_writable)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_open(SOCK_STREAM);
    set_nonblocking(client, true);
    struct sockaddr_in server = socket_name(listener);
    fd_set writable = SET_OF(client), failed = SET_OF(client);
    TIMEVAL limit = select_limit();

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_failed(result, WSAEWOULDBLOCK);
    expect_number(select(0, NULL, &writable, &failed, &limit), 1);
    expect_number(writable.fd_count, 1);
    expect_number(failed.fd_count, 0);
    send_all(client, "x", 1);
    expect_receives(stream_accept(listener), "x", 1);
}
END_TEST
COVERS(finished_connect_is_writable, "winsock.select.write_connect_done",
       "stream.connect.nonblocking_wouldblock", "stream.connect.nonblocking_success_writefds");

START_TEST(refused_connect_is_an_exception)
{
    winsock_start();
    SOCKET silent = socket_bound(SOCK_STREAM), client = socket_open(SOCK_STREAM);
    set_nonblocking(client, true);
    struct sockaddr_in server = socket_name(silent);
    fd_set writable = SET_OF(client), failed = SET_OF(client);
    TIMEVAL limit = select_limit();

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_failed(result, WSAEWOULDBLOCK);
    expect_number(select(0, NULL, &writable, &failed, &limit), 1);
    expect_number(writable.fd_count, 0);
    expect_number(failed.fd_count, 1);
    int error = 0, size = sizeof(error);
    expect_socket_succeeded(getsockopt(client, SOL_SOCKET, SO_ERROR, (char *)&error, &size));
    expect_error(error, WSAECONNREFUSED);
}
END_TEST
COVERS(refused_connect_is_an_exception, "winsock.select.except_connect_failed",
       "stream.connect.nonblocking_failure_exceptfds", "stream.connect.nonblocking_wouldblock");

START_TEST(first_argument_is_ignored)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    send_datagram(s, s, "x");
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = select_limit();

    int count = select(-4711, &one, NULL, NULL, &limit);

    expect_number(count, 1);
}
END_TEST
COVERS(first_argument_is_ignored, "winsock.select.nfds_ignored");

START_TEST(time_is_left_alone)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = {.tv_sec = 0, .tv_usec = 20000};

    int count = select(0, &one, NULL, NULL, &limit);

    expect_number(count, 0);
    expect_number(limit.tv_sec, 0);
    expect_number(limit.tv_usec, 20000);
}
END_TEST
COVERS(time_is_left_alone, "winsock.select.timeval_unchanged");

START_TEST(time_passes)
{
    enum { WAITED = 150, COARSE = 16 }; /* milliseconds; the clock may be as coarse as this */
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = {.tv_sec = 0, .tv_usec = WAITED * 1000};
    ULONGLONG before = GetTickCount64();

    int count = select(0, &one, NULL, NULL, &limit);

    expect_number(count, 0);
    expect_true(GetTickCount64() - before + COARSE >= WAITED);
}
END_TEST
COVERS(time_passes, "winsock.select.timeout_duration");

static DWORD select_for_ever(void *argument)
{
    fd_set one = {.fd_count = 1, .fd_array = {*(SOCKET *)argument}};
    return (DWORD)select(0, &one, NULL, NULL, NULL);
}

START_TEST(no_time_waits)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    struct thread *thread = thread_start(select_for_ever, &s);

    expect_stays_unsignaled(thread->handle);
    send_datagram(s, s, "x");
    expect_number(thread_join(thread), 1);
}
END_TEST
COVERS(no_time_waits, "winsock.select.timeout_null_blocks");

START_TEST(negative_time_is_invalid)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = {.tv_sec = 0, .tv_usec = -1};

    int count = select(0, &one, NULL, NULL, &limit);

    char text[80];
    DWORD error = GetLastError();
    record("select with a negative time", "%s",
           count == 0 ? "returns 0" : error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(negative_time_is_invalid, "winsock.select.timeout_invalid");

START_TEST(empty_sets_are_invalid)
{
    winsock_start();
    fd_set none = {.fd_count = 0};
    TIMEVAL limit = {.tv_sec = 0, .tv_usec = 1000};

    int count = select(0, &none, NULL, NULL, &limit);

    expect_socket_failed(count, WSAEINVAL);
}
END_TEST
COVERS(empty_sets_are_invalid, "winsock.select.empty_sets");

START_TEST(more_than_64_sockets)
{
    enum { MANY = 100 };
    static struct {
        u_int count;
        SOCKET sockets[MANY];
    } set;
    winsock_start();
    for (unsigned i = 0; i < MANY; i++)
        set.sockets[set.count++] = socket_bound(SOCK_DGRAM);
    SOCKET last = set.sockets[MANY - 1];
    send_datagram(last, last, "x");
    TIMEVAL limit = select_limit();

    int count = select(0, (fd_set *)&set, NULL, NULL, &limit);

    expect_number(count, 1);
    expect_number(set.count, 1);
    expect_number(set.sockets[0], last);
}
END_TEST
COVERS(more_than_64_sockets, "winsock.select.more_than_64", "winsock.select.no_limit");

START_TEST(membership_of_a_set)
{
    winsock_start();
    SOCKET in = socket_bound(SOCK_DGRAM), out = socket_bound(SOCK_DGRAM);
    fd_set set;
    FD_ZERO(&set);
    FD_SET(in, &set);

    int is_in = FD_ISSET(in, &set);

    expect_true(is_in != 0);
    expect_true(FD_ISSET(out, &set) == 0);
}
END_TEST
COVERS(membership_of_a_set, "winsock.select.macros_required");

START_TEST(socket_taken_out_of_a_set)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    fd_set set;
    FD_ZERO(&set);
    FD_SET(s, &set);
    FD_CLR(s, &set);

    int is_in = FD_ISSET(s, &set);

    expect_true(is_in == 0);
}
END_TEST
COVERS(socket_taken_out_of_a_set, "winsock.select.macros_required");
