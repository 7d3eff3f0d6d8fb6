/* What WSAPoll reports, and which requests it refuses. */
#include "winsock.h"

START_TEST(reports_the_socket_that_has_data)
{
    winsock_start();
    SOCKET idle = socket_bound(SOCK_DGRAM), ready = socket_bound(SOCK_DGRAM);
    send_datagram(idle, ready, "x");
    wait_readable(ready);
    WSAPOLLFD sockets[] = {{.fd = idle, .events = POLLIN, .revents = -1},
                           {.fd = ready, .events = POLLIN, .revents = -1}};

    int count = WSAPoll(sockets, 2, 0);

    expect_socket_succeeded(count);
    expect_number(count, 1);
    expect_number((USHORT)sockets[0].revents, 0);
    expect_number((USHORT)sockets[1].revents, POLLRDNORM);
}
END_TEST
COVERS(reports_the_socket_that_has_data, "winsock.poll.udp_rdnorm", "winsock.poll.return_count",
       "winsock.poll.revents_cleared");

START_TEST(priority_data_cannot_be_asked_for)
{
    winsock_start();
    WSAPOLLFD request = {.fd = socket_bound(SOCK_DGRAM), .events = POLLPRI};

    int count = WSAPoll(&request, 1, 0);

    expect_socket_failed(count, WSAEINVAL);
    request.events = POLLOUT;
    expect_number(WSAPoll(&request, 1, 0), 1);
}
END_TEST
COVERS(priority_data_cannot_be_asked_for, "winsock.poll.pollpri_einval");

START_TEST(reports_room_to_send)
{
    winsock_start();
    WSAPOLLFD request = {.fd = socket_bound(SOCK_DGRAM), .events = POLLIN | POLLOUT};

    int count = WSAPoll(&request, 1, 0);

    expect_number(count, 1);
    expect_number((USHORT)request.revents, POLLWRNORM);
}
END_TEST
COVERS(reports_room_to_send, "winsock.poll.udp_writable");

START_TEST(reports_a_waiting_connection)
{
    winsock_start();
    WSAPOLLFD request = {.fd = stream_listen(), .events = POLLIN};
    stream_connect(socket_port(request.fd));

    int count = WSAPoll(&request, 1, (INT)step_limit());

    expect_number(count, 1);
    expect_number((USHORT)request.revents, POLLRDNORM);
}
END_TEST
COVERS(reports_a_waiting_connection, "winsock.poll.listen");

START_TEST(no_array_is_a_fault)
{
    winsock_start();

    int count = WSAPoll(NULL, 1, 0);

    expect_socket_failed(count, WSAEFAULT);
}
END_TEST
COVERS(no_array_is_a_fault, "winsock.poll.null_nonzero");

START_TEST(no_sockets_are_invalid)
{
    winsock_start();

    int count = WSAPoll(NULL, 0, 0);

    expect_socket_failed(count, WSAEINVAL);
}
END_TEST
COVERS(no_sockets_are_invalid, "winsock.poll.null_zero");

START_TEST(reports_the_same_until_it_is_read)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    send_datagram(s, s, "x");
    wait_readable(s);
    WSAPOLLFD request = {.fd = s, .events = POLLIN};
    require(WSAPoll(&request, 1, 0) > 0);

    int count = WSAPoll(&request, 1, 0);

    expect_number(count, 1);
    expect_datagram(s, "x");
    expect_number(WSAPoll(&request, 1, 0), 0);
}
END_TEST
COVERS(reports_the_same_until_it_is_read, "winsock.poll.no_sticky");

START_TEST(closed_socket_beside_another)
{
    winsock_start();
    SOCKET closed = socket_bound(SOCK_DGRAM);
    WSAPOLLFD requests[] = {{.fd = socket_bound(SOCK_DGRAM), .events = POLLIN},
                            {.fd = closed, .events = POLLIN}};
    socket_close(closed);

    int count = WSAPoll(requests, 2, 0);

    expect_socket_succeeded(count);
    expect_number((USHORT)requests[1].revents, POLLNVAL);
}
END_TEST
COVERS(closed_socket_beside_another, "winsock.poll.bad_handle");

START_TEST(reset_connection)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LINGER at_once = {.l_onoff = 1, .l_linger = 0};
    WSAPOLLFD request = {.fd = pair.server, .events = POLLIN};
    require(setsockopt(pair.client, SOL_SOCKET, SO_LINGER, (char *)&at_once, sizeof(at_once)) == 0);
    socket_close(pair.client);

    int count = WSAPoll(&request, 1, (INT)step_limit());

    expect_number(count, 1);
    expect_number(request.revents & (POLLHUP | POLLERR), POLLHUP | POLLERR);
}
END_TEST
COVERS(reset_connection, "winsock.poll.rst");

START_TEST(end_of_stream)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSAPOLLFD request = {.fd = pair.server, .events = POLLIN};
    require(shutdown(pair.client, SD_SEND) == 0);

    int count = WSAPoll(&request, 1, (INT)step_limit());

    expect_number(count, 1);
    expect_true(request.revents & (POLLHUP | POLLRDNORM));
    record("revents", "0x%x", (USHORT)request.revents);
}
END_TEST
COVERS(end_of_stream, "winsock.poll.fin");

START_TEST(connection_made)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = loopback(socket_port(listener));
    WSAPOLLFD request = {.fd = client, .events = POLLOUT};
    set_nonblocking(client, true);
    require(connect(client, (struct sockaddr *)&server, sizeof(server)) == 0 ||
            GetLastError() == WSAEWOULDBLOCK);

    int count = WSAPoll(&request, 1, (INT)step_limit());

    expect_number(count, 1);
    expect_number((USHORT)request.revents, POLLWRNORM);
}
END_TEST
COVERS(connection_made, "winsock.poll.connect_pending");

static const struct {
    struct row row;
    BOOL in_line;
    SHORT revents;
} urgents[] = {
    {{"out_of_band", NULL}, FALSE, POLLRDBAND},
    {{"in_line", NULL}, TRUE, POLLRDNORM},
};

START_TEST(urgent_data)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSAPOLLFD request = {.fd = pair.server, .events = POLLIN};
    require(setsockopt(pair.server, SOL_SOCKET, SO_OOBINLINE, (char *)&urgents[_i].in_line,
                       sizeof(BOOL)) == 0);
    require(send(pair.client, "U", 1, MSG_OOB) == 1);

    int count = WSAPoll(&request, 1, (INT)step_limit());

    expect_number(count, 1);
    expect_number((USHORT)request.revents, urgents[_i].revents);
}
END_TEST
COVERS_ROWS(urgent_data, urgents, "winsock.poll.oob");

static DWORD poll_without_limit(void *s)
{
    WSAPOLLFD request = {.fd = (SOCKET)s, .events = POLLIN};
    int count = WSAPoll(&request, 1, -1);
    expect_socket_succeeded(count);
    return (DWORD)count;
}

START_TEST(waits_as_long_as_it_takes)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    struct thread *waiting = thread_start(poll_without_limit, (void *)s);

    expect_stays_unsignaled(waiting->handle);
    send_datagram(s, s, "x");
    expect_number(thread_join(waiting), 1);
}
END_TEST
COVERS(waits_as_long_as_it_takes, "winsock.poll.negative_time");

START_TEST(time_runs_out)
{
    winsock_start();
    WSAPOLLFD request = {.fd = socket_bound(SOCK_DGRAM), .events = POLLIN, .revents = -1};

    int count = WSAPoll(&request, 1, 20);

    expect_number(count, 0);
    expect_number(request.revents, 0);
}
END_TEST
COVERS(time_runs_out, "winsock.poll.time_out");

static const struct {
    struct row row;
    SHORT events;
} not_to_be_asked_for[] = {
    {{"error", NULL}, POLLERR},
    {{"hang_up", NULL}, POLLHUP},
    {{"invalid", NULL}, POLLNVAL},
    {{"write_band", NULL}, POLLWRBAND},
};

START_TEST(cannot_ask_for)
{
    winsock_start();
    WSAPOLLFD request = {.fd = socket_bound(SOCK_DGRAM),
                         .events = (SHORT)(POLLIN | not_to_be_asked_for[_i].events)};

    int count = WSAPoll(&request, 1, 0);

    expect_socket_failed(count, WSAEINVAL);
}
END_TEST
COVERS_ROWS(cannot_ask_for, not_to_be_asked_for, "winsock.poll.invalid_events_einval");
