/* What WSAPoll reports of what it was asked for, and of what nobody need ask for. */
#include "alertable.h"

static struct stream_pair pair_with_data(void)
{
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "x", 1);
    wait_readable(pair.server);
    return pair;
}

static struct stream_pair pair_with_urgent_byte(void)
{
    struct stream_pair pair = stream_pair_open();
    require(send(pair.client, "U", 1, MSG_OOB) == 1);
    fd_set one = {.fd_count = 1, .fd_array = {pair.server}};
    TIMEVAL limit = select_limit();
    require(select(0, NULL, NULL, &one, &limit) == 1);
    return pair;
}

static const struct {
    struct row row;
    struct stream_pair (*open)(void);
    SHORT events, revents;
} requests[] = {
    {{"data", "winsock.poll.normal_data"}, pair_with_data, POLLRDNORM, POLLRDNORM},
    {{"data_that_only_urgent_is_asked_for", "winsock.poll.data_not_asked_for"},
     pair_with_data,
     POLLRDBAND,
     0},
    {{"data_that_only_room_is_asked_for", "winsock.poll.data_not_asked_for"},
     pair_with_data,
     POLLWRNORM,
     POLLWRNORM},
    {{"room_that_only_data_is_asked_for", "winsock.poll.room_not_asked_for"},
     pair_with_data,
     POLLIN,
     POLLRDNORM},
    {{"urgent_byte", "winsock.poll.urgent_data"}, pair_with_urgent_byte, POLLRDBAND, POLLRDBAND},
    {{"urgent_byte_that_only_data_is_asked_for", "winsock.poll.urgent_not_asked_for"},
     pair_with_urgent_byte,
     POLLRDNORM,
     0},
    {{"all_of_it", "winsock.poll.flags_together"},
     pair_with_data,
     POLLRDNORM | POLLRDBAND | POLLWRNORM,
     POLLRDNORM | POLLWRNORM},
};

START_TEST(asked_for)
{
    winsock_start();
    struct stream_pair pair = requests[_i].open();
    WSAPOLLFD request = {.fd = pair.server, .events = requests[_i].events, .revents = -1};

    int count = WSAPoll(&request, 1, 0);

    expect_socket_succeeded(count);
    expect_number((USHORT)request.revents, requests[_i].revents);
    expect_number(count, requests[_i].revents != 0);
}
END_TEST
COVERS_ROWS(asked_for, requests);

START_TEST(reset_nobody_asked_for)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LINGER at_once = {.l_onoff = 1, .l_linger = 0};
    require(setsockopt(pair.client, SOL_SOCKET, SO_LINGER, (char *)&at_once, sizeof(at_once)) == 0);
    socket_close(pair.client);
    WSAPOLLFD request = {.fd = pair.server, .events = 0, .revents = -1};

    int count = WSAPoll(&request, 1, (INT)step_limit());

    expect_number(count, 1);
    expect_number((USHORT)request.revents & (POLLHUP | POLLERR), POLLHUP | POLLERR);
}
END_TEST
COVERS(reset_nobody_asked_for, "winsock.poll.errors_always");

START_TEST(end_nobody_asked_for)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    socket_close(pair.client);
    WSAPOLLFD request = {.fd = pair.server, .events = 0, .revents = -1};

    int count = WSAPoll(&request, 1, (INT)step_limit());

    expect_number(count, 1);
    expect_number((USHORT)request.revents, POLLHUP);
}
END_TEST
COVERS(end_nobody_asked_for, "winsock.poll.hang_up_always");

START_TEST(urgent_byte_that_has_been_taken)
{
    winsock_start();
    struct stream_pair pair = pair_with_urgent_byte();
    WSAPOLLFD request = {.fd = pair.server, .events = POLLIN, .revents = -1};
    char byte;
    require(recv(pair.server, &byte, 1, MSG_OOB) == 1);

    int count = WSAPoll(&request, 1, 0);

    expect_number(count, 0);
    expect_number(request.revents, 0);
}
END_TEST
COVERS(urgent_byte_that_has_been_taken, "winsock.poll.urgent_taken");

START_TEST(next_connection_of_a_listener)
{
    winsock_start();
    WSAPOLLFD request = {.fd = stream_listen(), .events = POLLIN};
    stream_connect(socket_port(request.fd));
    stream_connect(socket_port(request.fd));
    stream_accept(request.fd);

    int count = WSAPoll(&request, 1, (INT)step_limit());

    expect_number(count, 1);
    expect_number((USHORT)request.revents, POLLRDNORM);
    stream_accept(request.fd);
    expect_number(WSAPoll(&request, 1, 0), 0);
}
END_TEST
COVERS(next_connection_of_a_listener, "winsock.poll.listen_next");

/* ---- Elements */

START_TEST(element_without_a_socket)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSAPOLLFD both[] = {{.fd = (SOCKET)-1, .events = POLLIN, .revents = -1},
                        {.fd = s, .events = POLLOUT, .revents = -1}};

    int count = WSAPoll(both, 2, 0);

    expect_number(count, 1);
    expect_number((USHORT)both[1].revents, POLLWRNORM);
    record("revents of an element with a negative fd", "0x%x", (USHORT)both[0].revents);
    expect_true(both[0].revents == 0 || both[0].revents == POLLNVAL);
}
END_TEST
COVERS(element_without_a_socket, "winsock.poll.negative_fd");

START_TEST(no_element_with_a_socket)
{
    winsock_start();
    WSAPOLLFD closed = {.fd = socket_bound(SOCK_DGRAM), .events = POLLIN, .revents = -1};
    socket_close(closed.fd);

    int count = WSAPoll(&closed, 1, 0);

    expect_socket_failed(count, WSAEINVAL, WSAENOTSOCK);
}
END_TEST
COVERS(no_element_with_a_socket, "winsock.poll.no_valid_socket");

START_TEST(more_than_64_sockets)
{
    enum { MANY = 100 };
    static WSAPOLLFD sockets[MANY];
    winsock_start();
    for (unsigned i = 0; i < MANY; i++)
        sockets[i] = (WSAPOLLFD){.fd = socket_bound(SOCK_DGRAM), .events = POLLIN, .revents = -1};
    SOCKET last = sockets[MANY - 1].fd;
    send_datagram(last, last, "x");

    int count = WSAPoll(sockets, MANY, (INT)step_limit());

    expect_number(count, 1);
    expect_number((USHORT)sockets[0].revents, 0);
    expect_number((USHORT)sockets[MANY - 1].revents, POLLRDNORM);
}
END_TEST
COVERS(more_than_64_sockets, "winsock.poll.number_of_elements");

/* ---- The wait */

static const struct {
    struct row row;
    SHORT asked, told;
    bool waits; /* the connect does, for its failure; otherwise WSAPoll does */
} questions[] = {
    {{"room", NULL}, POLLOUT, POLLWRNORM | POLLERR | POLLHUP, false},
    {{"nothing", NULL}, 0, POLLERR | POLLHUP, false},
    {{"room_afterwards", NULL}, POLLOUT, POLLWRNORM | POLLERR | POLLHUP, true},
};

START_TEST(refused_connection_asked_for)
{
    winsock_start();
    SOCKET nobody = socket_bound(SOCK_STREAM), client = socket_open(SOCK_STREAM);
    struct sockaddr_in closed = socket_name(nobody);
    WSAPOLLFD request = {.fd = client, .events = questions[_i].asked};
    take_no_for_an_answer(client);
    set_nonblocking(client, !questions[_i].waits);
    expect_socket_failed(connect(client, (struct sockaddr *)&closed, sizeof(closed)),
                         questions[_i].waits ? WSAECONNREFUSED : WSAEWOULDBLOCK);

    int count = WSAPoll(&request, 1, (INT)step_limit());

    expect_number(count, 1);
    expect_number(request.revents & (questions[_i].asked | POLLERR | POLLHUP), questions[_i].told);
}
END_TEST
COVERS_ROWS(refused_connection_asked_for, questions, "winsock.poll.refused");

START_TEST(time_passes)
{
    enum { WAITED = 150, COARSE = 16 }; /* milliseconds; the clock may be as coarse as this */
    winsock_start();
    WSAPOLLFD request = {.fd = socket_bound(SOCK_DGRAM), .events = POLLIN};
    ULONGLONG before = GetTickCount64();

    int count = WSAPoll(&request, 1, WAITED);

    expect_number(count, 0);
    expect_true(GetTickCount64() - before + COARSE >= WAITED);
}
END_TEST
COVERS(time_passes, "winsock.poll.time_in_milliseconds");

START_TEST(routine_runs_in_the_wait)
{
    winsock_start();
    struct sender sender = {.s = socket_bound(SOCK_DGRAM), .go = event_create()};
    WSAPOLLFD request = {.fd = sender.s, .events = POLLIN};
    struct thread *thread = thread_start(send_when_told, &sender);
    require(QueueUserAPC(tell, GetCurrentThread(), (ULONG_PTR)sender.go) != 0);

    int count = WSAPoll(&request, 1, -1);

    expect_number(count, 1);
    expect_number(thread_join(thread), WAIT_OBJECT_0);
}
END_TEST
COVERS(routine_runs_in_the_wait, "winsock.poll.alertable");
