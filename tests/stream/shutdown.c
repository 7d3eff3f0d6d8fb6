/* What shutdown forbids, what it leaves, and where it is refused. */
#include "sockets.h"
#include "winsock/winsock.h"

static const struct {
    struct row row;
    int how;
} ends_sending[] = {{{"send", NULL}, SD_SEND}, {{"both", NULL}, SD_BOTH}},
  ends_receiving[] = {{{"receive", NULL}, SD_RECEIVE}, {{"both", NULL}, SD_BOTH}};

START_TEST(no_send_after)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "before", 6);
    require(shutdown(pair.client, ends_sending[_i].how) == 0);

    int sent = send(pair.client, "after", 5, 0);

    expect_socket_failed(sent, WSAESHUTDOWN);
    expect_receives(pair.server, "before", 6);
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS_ROWS(no_send_after, ends_sending, "stream.send.after_shutdown");

START_TEST(no_receive_after)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(shutdown(pair.client, ends_receiving[_i].how) == 0);
    char byte;

    int got = recv(pair.client, &byte, 1, 0);

    expect_socket_failed(got, WSAESHUTDOWN);
}
END_TEST
COVERS_ROWS(no_receive_after, ends_receiving, "stream.recv.after_shutdown");

START_TEST(end_of_receiving_leaves_sending)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int result = shutdown(pair.client, SD_RECEIVE);

    expect_socket_succeeded(result);
    expect_socket_succeeded(send(pair.client, "still", 5, 0));
    expect_receives(pair.server, "still", 5);
}
END_TEST
COVERS(end_of_receiving_leaves_sending, "stream.shutdown.receive_send_still_works");

START_TEST(unconnected_socket_has_nothing_to_shut_down)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_STREAM);

    int result = shutdown(s, SD_SEND);

    expect_socket_failed(result, WSAENOTCONN);
}
END_TEST
COVERS(unconnected_socket_has_nothing_to_shut_down, "stream.shutdown.unconnected_enotconn");

START_TEST(unknown_direction_is_invalid)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int result = shutdown(pair.client, SD_BOTH + 1);

    expect_socket_failed(result, WSAEINVAL);
    send_all(pair.client, "still", 5);
    expect_receives(pair.server, "still", 5);
}
END_TEST
COVERS(unknown_direction_is_invalid, "stream.shutdown.bad_how_einval");

START_TEST(names_stay)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct sockaddr_in before = socket_name(pair.client), server = socket_name(pair.server), peer;
    int length = sizeof(peer);

    int result = shutdown(pair.client, SD_BOTH);

    expect_socket_succeeded(result);
    struct sockaddr_in after = socket_name(pair.client);
    expect_bytes(&after, &before, NAME_SIZE);
    expect_socket_succeeded(getpeername(pair.client, (struct sockaddr *)&peer, &length));
    expect_bytes(&peer, &server, NAME_SIZE);
}
END_TEST
COVERS(names_stay, "stream.shutdown.keeps_handle");

START_TEST(both_directions)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char byte;

    int result = shutdown(pair.client, SD_BOTH);

    expect_socket_succeeded(result);
    expect_socket_failed(send(pair.client, "x", 1, 0), WSAESHUTDOWN);
    expect_socket_failed(recv(pair.client, &byte, 1, 0), WSAESHUTDOWN);
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS(both_directions, "stream.shutdown.both");

START_TEST(cannot_be_taken_back)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct sockaddr_in peer = socket_name(stream_listen());
    require(shutdown(pair.client, SD_BOTH) == 0);

    int result = connect(pair.client, (struct sockaddr *)&peer, sizeof(peer));

    expect_socket_failed(result, WSAEISCONN);
    expect_socket_failed(send(pair.client, "x", 1, 0), WSAESHUTDOWN);
}
END_TEST
COVERS(cannot_be_taken_back, "stream.shutdown.irreversible");

static const struct {
    struct row row;
    int how;
    bool first; /* of the side that has ended its sending first */
} ended[] = {
    {{"first_side_sending", NULL}, SD_SEND, true},
    {{"first_side_receiving", NULL}, SD_RECEIVE, true},
    {{"first_side_both", NULL}, SD_BOTH, true},
    {{"second_side_sending", NULL}, SD_SEND, false},
    {{"second_side_receiving", NULL}, SD_RECEIVE, false},
    {{"second_side_both", NULL}, SD_BOTH, false},
};

START_TEST(connection_that_both_sides_have_ended)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(shutdown(pair.client, SD_SEND) == 0);
    expect_end_of_stream(pair.server);
    require(shutdown(pair.server, SD_SEND) == 0);
    expect_end_of_stream(pair.client);

    int result = shutdown(ended[_i].first ? pair.client : pair.server, ended[_i].how);

    expect_socket_succeeded(result);
}
END_TEST
COVERS_ROWS(connection_that_both_sides_have_ended, ended, "stream.shutdown.after_both_ended");

START_TEST(does_not_wait_for_lingering)
{
    static char bytes[65536];
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LINGER linger = {.l_onoff = 1, .l_linger = 30};
    require(setsockopt(pair.client, SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof(linger)) == 0);
    set_nonblocking(pair.client, true);
    for (int i = 0; i < 10000 && send(pair.client, bytes, sizeof(bytes), 0) > 0; i++)
        ;
    ULONGLONG before = GetTickCount64();

    int result = shutdown(pair.client, SD_SEND);

    ULONGLONG took = GetTickCount64() - before;
    linger_no_more(pair.client);
    expect_socket_succeeded(result);
    expect_true(took < step_limit());
}
END_TEST
COVERS(does_not_wait_for_lingering, "stream.shutdown.never_blocks");

START_TEST(disconnecting_ends_sending)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "last", 4);

    int result = WSASendDisconnect(pair.client, NULL);

    expect_socket_succeeded(result);
    expect_socket_failed(send(pair.client, "x", 1, 0), WSAESHUTDOWN);
    expect_receives(pair.server, "last", 4);
    expect_end_of_stream(pair.server);
    send_all(pair.server, "back", 4);
    expect_receives(pair.client, "back", 4);
}
END_TEST
COVERS(disconnecting_ends_sending, "stream.senddisc.null_like_sd_send");

START_TEST(disconnecting_what_is_not_connected)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_STREAM);

    int result = WSASendDisconnect(s, NULL);

    expect_socket_failed(result, WSAENOTCONN);
}
END_TEST
COVERS(disconnecting_what_is_not_connected, "stream.senddisc.notconn");

START_TEST(closing_returns_0)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int result = closesocket(pair.client);

    expect_socket_succeeded(result);
    expect_number(result, 0);
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS(closing_returns_0, "stream.close.success_zero");
