/* Which network events WSAEventSelect records, and what makes it record them again. */
#include "events.h"

/* ---- Connections */

START_TEST(connection_to_accept)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create();

    int result = WSAEventSelect(listener, event, FD_ACCEPT);

    expect_socket_succeeded(result);
    expect_not_signaled(event);
    stream_connect(socket_port(listener));
    expect_signaled(event);
    expect_number(recorded(listener), FD_ACCEPT);
    expect_true(accept(listener, NULL, NULL) != INVALID_SOCKET);
}
END_TEST
COVERS(connection_to_accept, "winsock.event_select.fd_accept");

START_TEST(next_connection_after_accept)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create();
    stream_connect(socket_port(listener));
    stream_connect(socket_port(listener));
    watch(listener, event, FD_ACCEPT);
    require(await(listener, event).lNetworkEvents == FD_ACCEPT);

    SOCKET first = accept(listener, NULL, NULL);

    expect_true(first != INVALID_SOCKET);
    expect_signaled(event);
    expect_number(recorded(listener), FD_ACCEPT);
}
END_TEST
COVERS(next_connection_after_accept, "winsock.event_select.accept_reenables");

START_TEST(connection_made)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = loopback(socket_port(listener));
    HANDLE event = event_create();
    watch(client, event, FD_CONNECT);

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_failed(result, WSAEWOULDBLOCK);
    expect_signaled(event);
    WSANETWORKEVENTS seen = {.iErrorCode[FD_CONNECT_BIT] = -1};
    expect_socket_succeeded(WSAEnumNetworkEvents(client, NULL, &seen));
    expect_number(seen.lNetworkEvents, FD_CONNECT);
    expect_error(seen.iErrorCode[FD_CONNECT_BIT], 0);
}
END_TEST
COVERS(connection_made, "winsock.event_select.fd_connect");

START_TEST(connection_refused)
{
    winsock_start();
    SOCKET closed = socket_bound(SOCK_STREAM), client = socket_open(SOCK_STREAM);
    struct sockaddr_in nobody = loopback(socket_port(closed));
    HANDLE event = event_create();
    watch(client, event, FD_CONNECT);
    require(connect(client, (struct sockaddr *)&nobody, sizeof(nobody)) == SOCKET_ERROR &&
            GetLastError() == WSAEWOULDBLOCK);
    expect_signaled(event);
    WSANETWORKEVENTS seen = {0};

    int result = WSAEnumNetworkEvents(client, NULL, &seen);

    expect_socket_succeeded(result);
    expect_number(seen.lNetworkEvents, FD_CONNECT);
    expect_error(seen.iErrorCode[FD_CONNECT_BIT], WSAECONNREFUSED);
}
END_TEST
COVERS(connection_refused, "winsock.enum_events.connect_errors");

START_TEST(accepted_socket_is_watched_like_its_listener)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create();
    watch(listener, event, FD_ACCEPT | FD_READ | FD_CLOSE);
    SOCKET client = stream_connect(socket_port(listener));
    require(await(listener, event).lNetworkEvents == FD_ACCEPT);

    SOCKET accepted = accept(listener, NULL, NULL);

    expect_true(accepted != INVALID_SOCKET);
    expect_not_signaled(event);
    send_all(client, "x", 1);
    expect_signaled(event);
    expect_number(recorded(accepted), FD_READ);
}
END_TEST
COVERS(accepted_socket_is_watched_like_its_listener, "stream.accept.inherits_event_registration");

/* ---- FD_READ */

static int read_recv(SOCKET s, char *byte)
{
    return recv(s, byte, 1, 0);
}

static int read_recvfrom(SOCKET s, char *byte)
{
    return recvfrom(s, byte, 1, 0, NULL, NULL);
}

static int read_wsarecv(SOCKET s, char *byte)
{
    WSABUF buffer = {.len = 1, .buf = byte};
    DWORD got = 0, flags = 0;
    return WSARecv(s, &buffer, 1, &got, &flags, NULL, NULL) == 0 ? (int)got : SOCKET_ERROR;
}

static int read_wsarecvfrom(SOCKET s, char *byte)
{
    WSABUF buffer = {.len = 1, .buf = byte};
    DWORD got = 0, flags = 0;
    return WSARecvFrom(s, &buffer, 1, &got, &flags, NULL, NULL, NULL, NULL) == 0 ? (int)got
                                                                                 : SOCKET_ERROR;
}

static const struct {
    struct row row;
    int (*read)(SOCKET, char *);
} readers[] = {
    {{"recv", NULL}, read_recv},
    {{"recvfrom", NULL}, read_recvfrom},
    {{"wsarecv", NULL}, read_wsarecv},
    {{"wsarecvfrom", NULL}, read_wsarecvfrom},
};

START_TEST(next_datagram_after_reading_one)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create();
    char byte = 0;
    watch(s, event, FD_READ);
    send_datagram(s, s, "a");
    send_datagram(s, s, "b");
    require(await(s, event).lNetworkEvents == FD_READ);

    int got = readers[_i].read(s, &byte);

    expect_number(got, 1);
    expect_signaled(event);
    expect_number(recorded(s), FD_READ);
    expect_datagram(s, "b");
}
END_TEST
COVERS_ROWS(next_datagram_after_reading_one, readers,
            "winsock.event_select.reenable_functions_read");

START_TEST(nothing_after_reading_all)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create();
    char byte;
    watch(s, event, FD_READ);
    send_datagram(s, s, "a");
    require(await(s, event).lNetworkEvents == FD_READ);

    int got = recv(s, &byte, 1, 0);

    expect_number(got, 1);
    expect_stays_unsignaled(event);
    send_datagram(s, s, "b");
    expect_signaled(event);
}
END_TEST
COVERS(nothing_after_reading_all, "winsock.event_select.read_level_triggered");

/* ---- FD_WRITE */

START_TEST(room_to_send_is_recorded_once)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(receiver);
    HANDLE event = event_create();
    watch(s, event, FD_WRITE);
    expect_signaled(event);
    expect_number(await(s, event).lNetworkEvents, FD_WRITE);

    int sent = sendto(s, "x", 1, 0, (struct sockaddr *)&name, sizeof(name));

    expect_number(sent, 1);
    expect_stays_unsignaled(event);
    expect_number(recorded(s), 0);
}
END_TEST
COVERS(room_to_send_is_recorded_once, "winsock.event_select.fd_write_initial",
       "winsock.event_select.fd_write_send_rearms");

START_TEST(room_again_after_would_block)
{
    static char chunk[64 * 1024];
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    int total = 0, sent;
    watch(pair.client, event, FD_WRITE);
    require(await(pair.client, event).lNetworkEvents == FD_WRITE);
    while ((sent = send(pair.client, chunk, sizeof(chunk), 0)) != SOCKET_ERROR)
        total += sent;
    expect_last_error(WSAEWOULDBLOCK); /* room may come back at any time from here on */

    while (total > 0 && (sent = recv(pair.server, chunk, sizeof(chunk), 0)) > 0)
        total -= sent;

    expect_number(total, 0);
    expect_signaled(event);
    expect_number(recorded(pair.client), FD_WRITE);
    expect_number(send(pair.client, "x", 1, 0), 1);
}
END_TEST
COVERS(room_again_after_would_block, "winsock.event_select.fd_write_after_ewouldblock");

/* ---- FD_OOB and FD_CLOSE */

static const struct {
    struct row row;
    BOOL in_line;
    long event;
} urgents[] = {
    {{"out_of_band", "winsock.event_select.fd_oob"}, FALSE, FD_OOB},
    {{"in_line", "winsock.event_select.fd_oob_inline"}, TRUE, FD_READ},
};

START_TEST(urgent_data)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    require(setsockopt(pair.server, SOL_SOCKET, SO_OOBINLINE, (char *)&urgents[_i].in_line,
                       sizeof(BOOL)) == 0);
    watch(pair.server, event, FD_OOB | FD_READ);

    int sent = send(pair.client, "!", 1, MSG_OOB);

    expect_number(sent, 1);
    expect_signaled(event);
    expect_number(recorded(pair.server), urgents[_i].event);
}
END_TEST
COVERS_ROWS(urgent_data, urgents);

START_TEST(abortive_close)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    LINGER at_once = {.l_onoff = 1, .l_linger = 0};
    require(setsockopt(pair.client, SOL_SOCKET, SO_LINGER, (char *)&at_once, sizeof(at_once)) == 0);
    watch(pair.server, event, FD_CLOSE);
    socket_close(pair.client);
    expect_signaled(event);
    WSANETWORKEVENTS seen = {0};

    int result = WSAEnumNetworkEvents(pair.server, NULL, &seen);

    expect_socket_succeeded(result);
    expect_number(seen.lNetworkEvents, FD_CLOSE);
    char error[80];
    record("error", "%s", error_text((DWORD)seen.iErrorCode[FD_CLOSE_BIT], error, sizeof(error)));
}
END_TEST
COVERS(abortive_close, "winsock.event_select.fd_close_abortive");

START_TEST(closing_the_socket_itself)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE event = event_create();
    watch(pair.server, event, FD_READ | FD_CLOSE);

    int result = closesocket(pair.server);

    expect_socket_succeeded(result);
    expect_stays_unsignaled(event);
}
END_TEST
COVERS(closing_the_socket_itself, "winsock.event_select.close_cancels");

/* ---- The association */

START_TEST(another_call_replaces_the_event)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE reading = event_create(), writing = event_create();
    watch(s, reading, FD_READ);

    int result = WSAEventSelect(s, writing, FD_WRITE);

    expect_socket_succeeded(result);
    expect_number(await(s, writing).lNetworkEvents, FD_WRITE);
    send_datagram(s, s, "x");
    wait_readable(s);
    expect_not_signaled(reading);
    expect_not_signaled(writing);
    expect_number(recorded(s), 0);
}
END_TEST
COVERS(another_call_replaces_the_event, "winsock.event_select.one_event_per_socket");

START_TEST(another_call_clears_the_record)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create(), next = event_create();
    watch(s, event, FD_READ);
    send_datagram(s, s, "x");
    require(WaitForSingleObject(event, step_limit()) == WAIT_OBJECT_0);

    int result = WSAEventSelect(s, next, FD_CLOSE);

    expect_socket_succeeded(result);
    expect_number(recorded(s), 0);
}
END_TEST
COVERS(another_call_clears_the_record, "winsock.enum_events.reselect_clears");

START_TEST(cancelled)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create();
    watch(s, event, FD_READ);

    int result = WSAEventSelect(s, NULL, 0);

    expect_socket_succeeded(result);
    send_datagram(s, s, "x");
    wait_readable(s);
    expect_not_signaled(event);
    expect_number(recorded(s), 0);
}
END_TEST
COVERS(cancelled, "winsock.event_select.cancel");

START_TEST(cancelled_whatever_the_event)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE closed = event_create();
    watch(s, closed, FD_READ);
    require(CloseHandle(closed));

    int result = WSAEventSelect(s, closed, 0);

    expect_socket_succeeded(result);
    send_datagram(s, s, "x");
    wait_readable(s);
    expect_number(recorded(s), 0);
}
END_TEST
COVERS(cancelled_whatever_the_event, "winsock.event_select.cancel_ignores_event");

START_TEST(cancelled_with_another_event)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create(), other = event_create();
    watch(s, event, FD_READ);

    int result = WSAEventSelect(s, other, 0);

    expect_socket_succeeded(result);
    send_datagram(s, s, "x");
    wait_readable(s);
    expect_not_signaled(event);
    expect_not_signaled(other);
    expect_number(recorded(s), 0);
}
END_TEST
COVERS(cancelled_with_another_event, "winsock.event_select.cancel_ignores_event");

START_TEST(one_event_for_two_sockets)
{
    winsock_start();
    SOCKET idle = socket_bound(SOCK_DGRAM), s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create();
    watch(idle, event, FD_READ);

    int result = WSAEventSelect(s, event, FD_READ);

    expect_socket_succeeded(result);
    send_datagram(idle, s, "x");
    expect_signaled(event);
    expect_number(recorded(idle), 0);
    expect_number(recorded(s), FD_READ);
    send_datagram(s, idle, "x");
    wait_readable(idle);
    expect_number(recorded(idle), FD_READ);
}
END_TEST
COVERS(one_event_for_two_sockets, "winsock.event_select.one_event_many_sockets");

START_TEST(events_add_up_until_they_are_asked_for)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create();
    watch(s, event, FD_READ | FD_WRITE);
    send_datagram(s, s, "x");
    wait_readable(s);
    WSANETWORKEVENTS seen = {0};
    memset(seen.iErrorCode, 0x5c, sizeof(seen.iErrorCode));

    int result = WSAEnumNetworkEvents(s, NULL, &seen);

    expect_socket_succeeded(result);
    expect_number(seen.lNetworkEvents, FD_READ | FD_WRITE);
    expect_error(seen.iErrorCode[FD_READ_BIT], 0);
    expect_error(seen.iErrorCode[FD_WRITE_BIT], 0);
    expect_filled(&seen.iErrorCode[FD_OOB_BIT], 0x5c, sizeof(int) * (FD_MAX_EVENTS - FD_OOB_BIT));
    expect_signaled(event);
    expect_signaled(event); /* until somebody resets it */
}
END_TEST
COVERS(events_add_up_until_they_are_asked_for, "winsock.async_select.record_per_socket",
       "winsock.enum_events.error_array_only_set", "winsock.async_select.signaled_unchanged");

START_TEST(select_and_poll_leave_the_record)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create();
    WSAPOLLFD request = {.fd = s, .events = POLLIN};
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = select_limit();
    watch(s, event, FD_READ);
    send_datagram(s, s, "x");
    require(WaitForSingleObject(event, step_limit()) == WAIT_OBJECT_0);

    int ready = select(0, &one, NULL, NULL, &limit);

    expect_number(ready, 1);
    expect_number(WSAPoll(&request, 1, (INT)step_limit()), 1);
    expect_signaled(event);
    expect_number(recorded(s), FD_READ);
}
END_TEST
COVERS(select_and_poll_leave_the_record, "winsock.select.no_effect_eventselect",
       "winsock.event_select.select_independent");

START_TEST(duplicate_replaces_the_event_too)
{
    WSAPROTOCOL_INFOW info;
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = event_create(), other = event_create();
    require(WSADuplicateSocketW(s, GetCurrentProcessId(), &info) == 0);
    SOCKET duplicate = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info,
                                  0, WSA_FLAG_OVERLAPPED);
    require(duplicate != INVALID_SOCKET);
    watch(s, event, FD_READ);

    int result = WSAEventSelect(duplicate, other, FD_READ);

    expect_socket_succeeded(result);
    send_datagram(s, s, "x");
    expect_signaled(other);
    expect_not_signaled(event);
}
END_TEST
COVERS(duplicate_replaces_the_event_too, "stream.dup.event_registration_replaced");
