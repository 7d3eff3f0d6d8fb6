/* What shutdown forbids, what it leaves, and where it is refused. */
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
