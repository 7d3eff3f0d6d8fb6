/* When WSAEventSelect records FD_WRITE and FD_CLOSE, which calls make it record an event again, and
 * which do not. */
#include "events.h"

/* ---- FD_WRITE */

START_TEST(connected_socket_can_send)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct sockaddr_in server = socket_name(stream_listen());
    HANDLE event = event_create();
    watch(s, event, FD_WRITE);
    expect_not_signaled(event);

    int result = connect(s, (struct sockaddr *)&server, sizeof(server));

    expect_true(result == 0 || GetLastError() == WSAEWOULDBLOCK);
    expect_signaled(event);
    expect_number(recorded(s), FD_WRITE);
    expect_number(send(s, "x", 1, 0), 1);
}
END_TEST
COVERS(connected_socket_can_send, "winsock.event_select.fd_write_connect");

START_TEST(accepted_socket_can_send)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create();
    watch(listener, event, FD_ACCEPT | FD_WRITE);
    stream_connect(socket_port(listener));
    require(await(listener, event).lNetworkEvents == FD_ACCEPT);

    SOCKET accepted = accept(listener, NULL, NULL);

    expect_socket_succeeded(accepted);
    expect_signaled(event);
    expect_number(recorded(accepted), FD_WRITE);
}
END_TEST
COVERS(accepted_socket_can_send, "winsock.event_select.fd_write_accept");

/* ---- FD_CLOSE */

START_TEST(end_is_recorded_once)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    watch(pair.server, event, FD_READ | FD_CLOSE);
    socket_close(pair.client);
    require(await(pair.server, event).lNetworkEvents == FD_CLOSE);
    char byte;

    int got = recv(pair.server, &byte, 1, 0);

    expect_number(got, 0);
    expect_stays_unsignaled(event);
    expect_number(recorded(pair.server), 0);
}
END_TEST
COVERS(end_is_recorded_once, "winsock.event_select.fd_close_once");

START_TEST(other_side_will_not_send)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    WSANETWORKEVENTS seen = {.iErrorCode[FD_CLOSE_BIT] = -1};
    watch(pair.server, event, FD_READ | FD_CLOSE);

    int result = shutdown(pair.client, SD_SEND);

    expect_socket_succeeded(result);
    expect_signaled(event);
    expect_socket_succeeded(WSAEnumNetworkEvents(pair.server, NULL, &seen));
    expect_number(seen.lNetworkEvents, FD_CLOSE);
    expect_error(seen.iErrorCode[FD_CLOSE_BIT], 0);
    expect_number(send(pair.server, "x", 1, 0), 1);
}
END_TEST
COVERS(other_side_will_not_send, "winsock.event_select.fd_close_shutdown");

/* ---- What makes an event be recorded again */

START_TEST(peeked_data_is_recorded_again)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create();
    char byte;
    watch(s, event, FD_READ);
    send_datagram(s, s, "x");
    require(await(s, event).lNetworkEvents == FD_READ);

    int got = recv(s, &byte, 1, MSG_PEEK);

    expect_number(got, 1);
    expect_signaled(event);
    expect_number(recorded(s), FD_READ);
}
END_TEST
COVERS(peeked_data_is_recorded_again, "winsock.event_select.peek_reenables");

START_TEST(rest_of_a_stream_is_recorded_again)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    char byte;
    watch(pair.server, event, FD_READ);
    send_all(pair.client, "rest", 4);
    require(await(pair.server, event).lNetworkEvents == FD_READ);

    int got = recv(pair.server, &byte, 1, 0);

    expect_number(got, 1);
    expect_signaled(event);
    expect_number(recorded(pair.server), FD_READ);
}
END_TEST
COVERS(rest_of_a_stream_is_recorded_again, "winsock.event_select.rest_recorded");

START_TEST(next_connection_after_wsaaccept)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create();
    stream_connect(socket_port(listener));
    stream_connect(socket_port(listener));
    watch(listener, event, FD_ACCEPT);
    require(await(listener, event).lNetworkEvents == FD_ACCEPT);

    SOCKET first = WSAAccept(listener, NULL, NULL, NULL, 0);

    expect_socket_succeeded(first);
    expect_signaled(event);
    expect_number(recorded(listener), FD_ACCEPT);
}
END_TEST
COVERS(next_connection_after_wsaaccept, "winsock.event_select.wsaaccept_reenables");

START_TEST(receive_that_fails)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    char byte;
    watch(pair.server, event, FD_READ);
    send_all(pair.client, "x", 1);
    require(await(pair.server, event).lNetworkEvents == FD_READ);

    int got = recv(pair.server, &byte, -1, 0);

    expect_number(got, SOCKET_ERROR);
    record("FD_READ after a receive that failed", "%s", settles(event) ? "again" : "not again");
    expect_receives(pair.server, "x", 1);
}
END_TEST
COVERS(receive_that_fails, "winsock.event_select.failing_call_reenables");

START_TEST(second_datagram_without_a_receive)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create();
    watch(s, event, FD_READ);
    send_datagram(s, s, "a");
    require(await(s, event).lNetworkEvents == FD_READ);

    send_datagram(s, s, "b");

    record("FD_READ of a second datagram", "%s", settles(event) ? "again" : "not again");
    expect_datagram(s, "a");
    expect_datagram(s, "b");
}
END_TEST
COVERS(second_datagram_without_a_receive, "winsock.event_select.no_action_until_reenabled");

/* ---- The event and the record */

START_TEST(nothing_to_tell_the_record_in)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create();
    watch(s, event, FD_READ);
    send_datagram(s, s, "x");
    require(WaitForSingleObject(event, step_limit()) == WAIT_OBJECT_0);

    int result = WSAEnumNetworkEvents(s, event, NULL);

    expect_socket_failed(result, WSAEFAULT, WSAEINVAL);
    expect_signaled(event);
    expect_number(recorded(s), FD_READ);
}
END_TEST
COVERS(nothing_to_tell_the_record_in, "winsock.enum_events.fault",
       "winsock.enum_events.failure_keeps");

START_TEST(event_outlives_its_socket)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSAEVENT event = WSACreateEvent();
    require(event != WSA_INVALID_EVENT);
    watch(s, event, FD_READ);

    int result = closesocket(s);

    expect_socket_succeeded(result);
    expect_succeeded(WSASetEvent(event));
    expect_signaled(event);
    expect_succeeded(WSACloseEvent(event));
}
END_TEST
COVERS(event_outlives_its_socket, "winsock.event_select.event_outlives");
