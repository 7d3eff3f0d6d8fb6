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
