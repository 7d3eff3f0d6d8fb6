/* What WSAEventSelect, WSAEnumNetworkEvents, WSAGetOverlappedResult and the like refuse, and what
 * they leave as it was. */
#include "events.h"

static int select_event(SOCKET s, HANDLE event)
{
    return WSAEventSelect(s, event, FD_READ);
}

static int enum_events(SOCKET s, HANDLE event)
{
    WSANETWORKEVENTS seen;
    return WSAEnumNetworkEvents(s, event, &seen);
}

static int overlapped_result(SOCKET s, HANDLE event)
{
    WSAOVERLAPPED operation = {.hEvent = event};
    DWORD count, flags;
    return WSAGetOverlappedResult(s, &operation, &count, FALSE, &flags) ? 0 : SOCKET_ERROR;
}

static const struct {
    struct row row;
    int (*call)(SOCKET s, HANDLE event);
} unstarted[] = {
    {{"wsaeventselect", "winsock.event_select.notinit"}, select_event},
    {{"wsaenumnetworkevents", "winsock.enum_events.notinit"}, enum_events},
    {{"wsagetoverlappedresult", "winsock.overlapped_result.notinit"}, overlapped_result},
};

START_TEST(needs_startup)
{
    int result = unstarted[_i].call((SOCKET)4, event_create());

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS_ROWS(needs_startup, unstarted);

START_TEST(event_that_is_none)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create(), closed = event_create();
    require(CloseHandle(closed));

    int result = WSAEventSelect(s, closed, FD_READ);

    expect_socket_failed(result, WSAEINVAL);
    expect_socket_succeeded(WSAEventSelect(s, event, FD_READ));
}
END_TEST
COVERS(event_that_is_none, "winsock.event_select.invalid_event");

START_TEST(no_event_for_events)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    int result = WSAEventSelect(s, NULL, FD_READ);

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(no_event_for_events, "winsock.event_select.null_event");

/* ---- What makes an event be recorded, and again */

START_TEST(waiting_connection_is_recorded_at_once)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create();
    stream_connect(socket_port(listener));
    wait_readable(listener);

    int result = WSAEventSelect(listener, event, FD_ACCEPT);

    expect_socket_succeeded(result);
    expect_signaled(event);
    expect_number(recorded(listener), FD_ACCEPT);
}
END_TEST
COVERS(waiting_connection_is_recorded_at_once, "winsock.event_select.accept_already");

START_TEST(connected_socket_can_be_written_to)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();

    int result = WSAEventSelect(pair.client, event, FD_WRITE | FD_READ | FD_CLOSE);

    expect_socket_succeeded(result);
    expect_signaled(event);
    expect_number(recorded(pair.client), FD_WRITE);
}
END_TEST
COVERS(connected_socket_can_be_written_to, "winsock.event_select.write_already");

START_TEST(connection_and_room_are_recorded_together)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = loopback(socket_port(listener));
    HANDLE event = event_create();
    watch(client, event, FD_CONNECT | FD_WRITE);
    expect_not_signaled(event);

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_failed(result, WSAEWOULDBLOCK);
    long seen = 0;
    while (seen != (FD_CONNECT | FD_WRITE)) {
        expect_signaled(event);
        long now = await(client, event).lNetworkEvents;
        expect_true(now != 0 && (now & ~(FD_CONNECT | FD_WRITE)) == 0);
        seen |= now;
    }
}
END_TEST
COVERS(connection_and_room_are_recorded_together, "winsock.event_select.connect_and_write");

START_TEST(connection_is_recorded_once)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = loopback(socket_port(listener));
    HANDLE event = event_create();
    watch(client, event, FD_CONNECT);
    require(connect(client, (struct sockaddr *)&server, sizeof(server)) == SOCKET_ERROR &&
            GetLastError() == WSAEWOULDBLOCK);
    require(await(client, event).lNetworkEvents == FD_CONNECT);

    int sent = send(client, "x", 1, 0);

    expect_number(sent, 1);
    expect_stays_unsignaled(event);
    expect_number(recorded(client), 0);
}
END_TEST
COVERS(connection_is_recorded_once, "winsock.event_select.connect_once");

START_TEST(second_urgent_byte)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    char byte = 0;
    watch(pair.server, event, FD_OOB);
    require(send(pair.client, "1", 1, MSG_OOB) == 1);
    require(await(pair.server, event).lNetworkEvents == FD_OOB);

    int got = recv(pair.server, &byte, 1, MSG_OOB);

    expect_number(got, 1);
    expect_number(byte, '1');
    expect_not_signaled(event);
    require(send(pair.client, "2", 1, MSG_OOB) == 1);
    expect_signaled(event);
    expect_number(recorded(pair.server), FD_OOB);
}
END_TEST
COVERS(second_urgent_byte, "winsock.event_select.oob_reenabled");

/* By the page it comes behind all data; Windows has told it before. */
START_TEST(data_before_the_end)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    watch(pair.server, event, FD_READ | FD_CLOSE);
    send_all(pair.client, "data", 4);
    require(await(pair.server, event).lNetworkEvents == FD_READ);

    int result = shutdown(pair.client, SD_SEND);

    expect_socket_succeeded(result);
    record("FD_CLOSE", "%s", settles(event) ? "before the data was read" : "behind the data");
    expect_receives(pair.server, "data", 4);
    expect_signaled(event);
    expect_number(recorded(pair.server) & FD_CLOSE, FD_CLOSE);
}
END_TEST
COVERS(data_before_the_end, "winsock.event_select.close_after_data");

START_TEST(only_what_was_asked_for)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    watch(pair.server, event, FD_CLOSE);

    send_all(pair.client, "data", 4);

    wait_readable(pair.server);
    expect_not_signaled(event);
    expect_number(recorded(pair.server), 0);
    require(shutdown(pair.client, SD_SEND) == 0);
    expect_receives(pair.server, "data", 4);
    expect_signaled(event);
}
END_TEST
COVERS(only_what_was_asked_for, "winsock.enum_events.nominated");

START_TEST(unwatched_socket_has_no_record)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSANETWORKEVENTS seen = {.lNetworkEvents = 99};
    send_datagram(s, s, "x");
    wait_readable(s);

    int result = WSAEnumNetworkEvents(s, NULL, &seen);

    expect_socket_succeeded(result);
    expect_number(seen.lNetworkEvents, 0);
}
END_TEST
COVERS(unwatched_socket_has_no_record, "winsock.enum_events.unwatched");

START_TEST(accepted_socket_may_be_watched_otherwise)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create(), other = event_create();
    watch(listener, event, FD_ACCEPT | FD_READ);
    SOCKET client = stream_connect(socket_port(listener));
    require(await(listener, event).lNetworkEvents == FD_ACCEPT);
    SOCKET accepted = accept(listener, NULL, NULL);
    require(accepted != INVALID_SOCKET);

    int result = WSAEventSelect(accepted, other, FD_READ);

    expect_socket_succeeded(result);
    send_all(client, "x", 1);
    expect_signaled(other);
    expect_not_signaled(event);
    stream_connect(socket_port(listener));
    expect_signaled(event);
    expect_number(recorded(listener), FD_ACCEPT);
}
END_TEST
COVERS(accepted_socket_may_be_watched_otherwise, "winsock.event_select.accepted_otherwise");
