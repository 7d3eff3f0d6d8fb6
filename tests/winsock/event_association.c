/* Which event WSAEventSelect ties a socket to, for how long, and how events add up. */
#include "events.h"

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
