/* A socket whose nonblocking connect was refused: how long it shows, what leaves SO_ERROR as it is,
 * a second attempt that succeeds, and listening instead. */
#include "winsock.h"

/* Begins to connect S, which is nonblocking. */
static void begin_to_connect(SOCKET s, struct sockaddr_in name)
{
    int result = connect(s, (struct sockaddr *)&name, sizeof(name));
    require(result == 0 || GetLastError() == WSAEWOULDBLOCK);
}

/* A bound, nonblocking socket that was refused, and knows. */
static SOCKET refused(void)
{
    SOCKET s = socket_bound(SOCK_STREAM), nobody = socket_bound(SOCK_STREAM);
    fd_set failed = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = select_limit();
    take_no_for_an_answer(s);
    set_nonblocking(s, true);
    begin_to_connect(s, socket_name(nobody));
    require(select(0, NULL, NULL, &failed, &limit) == 1);
    return s;
}

static int error_of(SOCKET s)
{
    int error = -1, size = sizeof(error);
    require(getsockopt(s, SOL_SOCKET, SO_ERROR, (char *)&error, &size) == 0);
    return error;
}

/* ---- What leaves the error of the socket as it is */

static bool by_select(SOCKET s)
{
    fd_set writable = {.fd_count = 1, .fd_array = {s}}, failed = writable;
    TIMEVAL limit = select_limit();
    return select(0, NULL, &writable, &failed, &limit) == 1;
}

static bool by_poll(SOCKET s)
{
    WSAPOLLFD request = {.fd = s, .events = POLLRDNORM | POLLWRNORM};
    return WSAPoll(&request, 1, (INT)step_limit()) == 1;
}

static bool by_network_events(SOCKET s)
{
    WSANETWORKEVENTS events;
    require(WSAEventSelect(s, event_create(), FD_CONNECT | FD_WRITE) == 0);
    return WSAEnumNetworkEvents(s, NULL, &events) == 0;
}

static bool by_name(SOCKET s)
{
    struct sockaddr_in name;
    int length = sizeof(name);
    return getsockname(s, (struct sockaddr *)&name, &length) == 0;
}

static const struct {
    struct row row;
    bool (*call)(SOCKET);
} calls[] = {
    {{"select", "winsock.refusal.error_outlives_select"}, by_select},
    {{"poll", "winsock.refusal.error_outlives_poll"}, by_poll},
    {{"network_events", "winsock.refusal.error_outlives_events"}, by_network_events},
    {{"getsockname", "winsock.getsockopt.so_error_outlives_success"}, by_name},
};

START_TEST(error_outlives)
{
    winsock_start();
    SOCKET s = refused();

    bool done = calls[_i].call(s);

    expect_succeeded(done);
    expect_number(error_of(s), WSAECONNREFUSED);
}
END_TEST
COVERS_ROWS(error_outlives, calls);

START_TEST(selected_each_time)
{
    winsock_start();
    SOCKET s = refused();
    fd_set writable = {.fd_count = 1, .fd_array = {s}}, failed = writable;
    TIMEVAL at_once = {0, 0};

    int count = select(0, NULL, &writable, &failed, &at_once);

    expect_number(count, 1);
    expect_number(writable.fd_count, 0);
    expect_number(failed.fd_count, 1);
}
END_TEST
COVERS(selected_each_time, "winsock.refusal.selected_again");

/* ---- A second attempt */

START_TEST(connects_again)
{
    winsock_start();
    SOCKET s = refused(), listener = stream_listen();
    struct sockaddr_in name = socket_name(listener);
    fd_set writable = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = select_limit();

    int result = connect(s, (struct sockaddr *)&name, sizeof(name));

    if (result != 0)
        expect_socket_failed(result, WSAEWOULDBLOCK);
    expect_number(select(0, NULL, &writable, NULL, &limit), 1);
    send_all(s, "hello", 5);
    expect_receives(stream_accept(listener), "hello", 5);
}
END_TEST
COVERS(connects_again, "winsock.refusal.connects_again");

static SOCKET second_attempt(void)
{
    SOCKET s = refused();
    begin_to_connect(s, socket_name(stream_listen()));
    return s;
}

START_TEST(success_is_selected)
{
    winsock_start();
    SOCKET s = second_attempt();
    fd_set writable = {.fd_count = 1, .fd_array = {s}}, failed = writable;
    TIMEVAL limit = select_limit(), at_once = {0, 0};
    require(select(0, NULL, &writable, NULL, &limit) == 1);

    int count = select(0, NULL, &writable, &failed, &at_once);

    expect_number(count, 1);
    expect_number(writable.fd_count, 1);
    expect_number(failed.fd_count, 0);
}
END_TEST
COVERS(success_is_selected, "winsock.refusal.success_selected");

START_TEST(success_is_polled)
{
    winsock_start();
    SOCKET s = second_attempt();
    fd_set writable = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = select_limit();
    WSAPOLLFD request = {.fd = s, .events = POLLRDNORM | POLLWRNORM};
    require(select(0, NULL, &writable, NULL, &limit) == 1);

    int count = WSAPoll(&request, 1, 0);

    expect_number(count, 1);
    expect_number((USHORT)request.revents, POLLWRNORM);
}
END_TEST
COVERS(success_is_polled, "winsock.refusal.success_polled");

START_TEST(success_and_the_error)
{
    winsock_start();
    SOCKET s = second_attempt();
    fd_set writable = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = select_limit();
    int error = -1, size = sizeof(error);
    require(select(0, NULL, &writable, NULL, &limit) == 1);

    int result = getsockopt(s, SOL_SOCKET, SO_ERROR, (char *)&error, &size);

    expect_socket_succeeded(result);
    expect_true(error == 0 || error == WSAECONNREFUSED);
    record("SO_ERROR when a second connect has succeeded", "%d", error);
}
END_TEST
COVERS(success_and_the_error, "winsock.refusal.success_and_error");

/* ---- Listening instead */

START_TEST(can_listen_instead)
{
    winsock_start();
    SOCKET s = refused();

    int result = listen(s, 1);

    expect_socket_succeeded(result);
    SOCKET client = stream_connect(socket_port(s)), server = stream_accept(s);
    send_all(client, "hello", 5);
    set_nonblocking(server, false);
    expect_receives(server, "hello", 5);
}
END_TEST
COVERS(can_listen_instead, "stream.listen.after_refused");
