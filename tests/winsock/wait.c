/* Event objects of Windows Sockets, and waiting for them. */
#include "winsock.h"

START_TEST(new_event_is_not_signaled)
{
    WSAEVENT event = WSACreateEvent();

    expect_true(event != WSA_INVALID_EVENT);
    expect_not_signaled(event);
    expect_succeeded(SetEvent(event));
    expect_signaled(event);
    expect_signaled(event); /* it is a manual-reset event */
}
END_TEST
COVERS(new_event_is_not_signaled, "winsock.event.create_state", "winsock.event.is_win32_event");

START_TEST(low_bits_of_handles)
{
    winsock_start();
    UINT_PTR bits = 0;

    for (int i = 0; i < 8; i++) {
        WSAEVENT event = WSACreateEvent();
        expect_true(event != WSA_INVALID_EVENT);
        bits |= (UINT_PTR)event | (UINT_PTR)event_create() | socket_open(SOCK_DGRAM);
    }

    record("low bits of events and sockets", "%u", (unsigned)(bits & 3));
}
END_TEST
COVERS(low_bits_of_handles, "winsock.event.low_bits");

START_TEST(event_is_set_and_reset)
{
    WSAEVENT event = WSACreateEvent();
    require(event != WSA_INVALID_EVENT);

    BOOL set = WSASetEvent(event);

    expect_succeeded(set);
    expect_signaled(event);
    expect_succeeded(WSAResetEvent(event));
    expect_not_signaled(event);
}
END_TEST
COVERS(event_is_set_and_reset, "winsock.event.set", "winsock.event.reset");

START_TEST(closed_event)
{
    WSAEVENT event = WSACreateEvent();
    require(event != WSA_INVALID_EVENT);

    BOOL closed = WSACloseEvent(event);

    expect_succeeded(closed);
    expect_failed(WSASetEvent(event), WSA_INVALID_HANDLE);
    expect_failed(WSAResetEvent(event), WSA_INVALID_HANDLE);
}
END_TEST
COVERS(closed_event, "winsock.event.close", "winsock.event.set_invalid",
       "winsock.event.reset_invalid");

static void make_events(WSAEVENT *events, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        events[i] = WSACreateEvent();
        require(events[i] != WSA_INVALID_EVENT);
    }
}

START_TEST(lowest_of_those_signaled)
{
    WSAEVENT events[4];
    winsock_start();
    make_events(events, 4);
    require(WSASetEvent(events[3]) && WSASetEvent(events[1]));

    DWORD which = WSAWaitForMultipleEvents(4, events, FALSE, step_limit(), FALSE);

    expect_number(which, WSA_WAIT_EVENT_0 + 1);
}
END_TEST
COVERS(lowest_of_those_signaled, "winsock.event_wait.any_lowest");

START_TEST(all_of_them)
{
    WSAEVENT events[2];
    winsock_start();
    make_events(events, 2);
    require(WSASetEvent(events[0]));

    DWORD one = WSAWaitForMultipleEvents(2, events, TRUE, 0, FALSE);

    expect_number(one, WSA_WAIT_TIMEOUT);
    expect_signaled(events[0]);
    require(WSASetEvent(events[1]));
    expect_number(WSAWaitForMultipleEvents(2, events, TRUE, step_limit(), FALSE), WSA_WAIT_EVENT_0);
}
END_TEST
COVERS(all_of_them, "winsock.event_wait.all", "winsock.event_wait.all_no_consume");

START_TEST(time_runs_out)
{
    WSAEVENT events[1];
    winsock_start();
    make_events(events, 1);

    DWORD which = WSAWaitForMultipleEvents(1, events, FALSE, 20, FALSE);

    expect_number(which, WSA_WAIT_TIMEOUT);
}
END_TEST
COVERS(time_runs_out, "winsock.event_wait.timeout");

static const struct {
    struct row row;
    DWORD count;
} counts[] = {
    {{"none", NULL}, 0},
    {{"too_many", NULL}, WSA_MAXIMUM_WAIT_EVENTS + 1},
};

START_TEST(number_of_events)
{
    WSAEVENT events[WSA_MAXIMUM_WAIT_EVENTS + 1];
    winsock_start();
    make_events(events, WSA_MAXIMUM_WAIT_EVENTS + 1);

    DWORD which = WSAWaitForMultipleEvents(counts[_i].count, events, FALSE, 0, FALSE);

    DWORD error = GetLastError();
    expect_number(which, WSA_WAIT_FAILED);
    expect_error(error, WSA_INVALID_PARAMETER);
}
END_TEST
COVERS_ROWS(number_of_events, counts, "winsock.event_wait.count_zero");

START_TEST(closed_event_cannot_be_waited_for)
{
    WSAEVENT events[2];
    winsock_start();
    make_events(events, 2);
    require(WSACloseEvent(events[1]));

    DWORD which = WSAWaitForMultipleEvents(2, events, FALSE, 0, FALSE);

    DWORD error = GetLastError();
    expect_number(which, WSA_WAIT_FAILED);
    expect_error(error, WSA_INVALID_HANDLE);
}
END_TEST
COVERS(closed_event_cannot_be_waited_for, "winsock.event_wait.invalid_handle");

static bool ran;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *operation, DWORD flags)
{
    (void)error, (void)count, (void)operation, (void)flags;
    ran = true;
}

static const struct {
    struct row row;
    BOOL alertable;
    DWORD result;
} alertables[] = {
    {{"alertable", "winsock.event_wait.alertable"}, TRUE, WSA_WAIT_IO_COMPLETION},
    {{"not_alertable", "winsock.event_wait.not_alertable"}, FALSE, WSA_WAIT_TIMEOUT},
};

START_TEST(completion_routine_while_waiting)
{
    static WSAOVERLAPPED operation;
    static char byte;
    WSAEVENT events[1];
    WSABUF buffer = {.len = 1, .buf = &byte};
    DWORD flags = 0;
    winsock_start();
    make_events(events, 1);
    SOCKET s = socket_bound(SOCK_DGRAM);
    send_datagram(s, s, "x");
    wait_readable(s);
    int result = WSARecv(s, &buffer, 1, NULL, &flags, &operation, note);
    require(result == 0 || GetLastError() == WSA_IO_PENDING);

    DWORD which = WSAWaitForMultipleEvents(
        1, events, FALSE, alertables[_i].alertable ? step_limit() : 50, alertables[_i].alertable);

    expect_number(which, alertables[_i].result);
    expect_number(ran, alertables[_i].alertable);
    SleepEx(0, TRUE);
}
END_TEST
COVERS_ROWS(completion_routine_while_waiting, alertables);
