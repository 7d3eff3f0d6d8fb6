/* WSAWaitForMultipleEvents at its limits, and what can be waited for. */
#include "winsock.h"

static void make_events(WSAEVENT *events, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        events[i] = WSACreateEvent();
        require(events[i] != WSA_INVALID_EVENT);
    }
}

#define expect_wait_failed(result, error)         \
    do {                                          \
        DWORD error_ = GetLastError();            \
        expect_number((result), WSA_WAIT_FAILED); \
        expect_error(error_, error);              \
    } while (0)

START_TEST(new_event_is_not_inherited)
{
    DWORD flags = 99;

    WSAEVENT event = WSACreateEvent();

    expect_true(event != WSA_INVALID_EVENT);
    expect_succeeded(GetHandleInformation(event, &flags));
    expect_number(flags & HANDLE_FLAG_INHERIT, 0);
}
END_TEST
COVERS(new_event_is_not_inherited, "winsock.event.not_inherited");

START_TEST(closed_event_cannot_be_closed)
{
    WSAEVENT event = WSACreateEvent();
    require(WSACloseEvent(event));

    BOOL closed = WSACloseEvent(event);

    expect_failed(closed, WSA_INVALID_HANDLE);
}
END_TEST
COVERS(closed_event_cannot_be_closed, "winsock.event.close_invalid");

/* ---- How many */

START_TEST(as_many_as_there_may_be)
{
    WSAEVENT events[WSA_MAXIMUM_WAIT_EVENTS];
    winsock_start();
    make_events(events, WSA_MAXIMUM_WAIT_EVENTS);
    require(WSASetEvent(events[WSA_MAXIMUM_WAIT_EVENTS - 1]));

    DWORD which = WSAWaitForMultipleEvents(WSA_MAXIMUM_WAIT_EVENTS, events, FALSE, 0, FALSE);

    expect_number(which, WSA_WAIT_EVENT_0 + WSA_MAXIMUM_WAIT_EVENTS - 1);
}
END_TEST
COVERS(as_many_as_there_may_be, "winsock.event_wait.maximum");

START_TEST(all_of_as_many_as_there_may_be)
{
    WSAEVENT events[WSA_MAXIMUM_WAIT_EVENTS];
    winsock_start();
    make_events(events, WSA_MAXIMUM_WAIT_EVENTS);
    for (int i = 0; i < WSA_MAXIMUM_WAIT_EVENTS - 1; i++)
        require(WSASetEvent(events[i]));

    DWORD which = WSAWaitForMultipleEvents(WSA_MAXIMUM_WAIT_EVENTS, events, TRUE, 0, FALSE);

    expect_number(which, WSA_WAIT_TIMEOUT);
    require(WSASetEvent(events[WSA_MAXIMUM_WAIT_EVENTS - 1]));
    expect_number(WSAWaitForMultipleEvents(WSA_MAXIMUM_WAIT_EVENTS, events, TRUE, 0, FALSE),
                  WSA_WAIT_EVENT_0);
}
END_TEST
COVERS(all_of_as_many_as_there_may_be, "winsock.event_wait.maximum_all");

static const struct {
    struct row row;
    DWORD count;
} counts[] = {
    {{"none", NULL}, 0},
    {{"too_many", NULL}, WSA_MAXIMUM_WAIT_EVENTS + 1},
};

START_TEST(number_to_wait_for_all_of)
{
    WSAEVENT events[WSA_MAXIMUM_WAIT_EVENTS + 1];
    winsock_start();
    make_events(events, WSA_MAXIMUM_WAIT_EVENTS + 1);

    DWORD which = WSAWaitForMultipleEvents(counts[_i].count, events, TRUE, 0, FALSE);

    expect_wait_failed(which, WSA_INVALID_PARAMETER);
}
END_TEST
COVERS_ROWS(number_to_wait_for_all_of, counts, "winsock.event_wait.count_all");

START_TEST(twice_among_all)
{
    WSAEVENT events[3];
    winsock_start();
    make_events(events, 2);
    events[2] = events[0];
    require(WSASetEvent(events[0]) && WSASetEvent(events[1]));

    DWORD which = WSAWaitForMultipleEvents(3, events, TRUE, 0, FALSE);

    DWORD error = GetLastError();
    char text[80];
    expect_number(which, WSA_WAIT_FAILED);
    record("error", "%s", error_text(error, text, sizeof(text)));
    expect_number(WSAWaitForMultipleEvents(2, events, TRUE, 0, FALSE), WSA_WAIT_EVENT_0);
}
END_TEST
COVERS(twice_among_all, "winsock.event_wait.duplicates_all");

START_TEST(twice_among_any)
{
    WSAEVENT events[3];
    winsock_start();
    make_events(events, 2);
    events[2] = events[1];
    require(WSASetEvent(events[1]));

    DWORD which = WSAWaitForMultipleEvents(3, events, FALSE, 0, FALSE);

    expect_number(which, WSA_WAIT_EVENT_0 + 1);
}
END_TEST
COVERS(twice_among_any, "winsock.event_wait.duplicates_any");

/* ---- What */

static DWORD end_at_once(void *unused)
{
    (void)unused;
    return 0;
}

START_TEST(objects_of_different_types)
{
    winsock_start();
    HANDLE semaphore = CreateSemaphoreW(NULL, 0, 1, NULL);
    HANDLE mutex = CreateMutexW(NULL, TRUE, NULL);
    struct thread *thread = thread_start(end_at_once, NULL);
    require(semaphore && mutex && WaitForSingleObject(thread->handle, step_limit()) == 0);
    WSAEVENT objects[] = {WSACreateEvent(), semaphore, thread->handle, mutex};

    DWORD which = WSAWaitForMultipleEvents(4, objects, FALSE, 0, FALSE);

    expect_number(which, WSA_WAIT_EVENT_0 + 2);
    require(WSASetEvent(objects[0]) && ReleaseSemaphore(semaphore, 1, NULL));
    expect_number(WSAWaitForMultipleEvents(4, objects, TRUE, 0, FALSE), WSA_WAIT_EVENT_0);
    expect_not_signaled(semaphore);
}
END_TEST
COVERS(objects_of_different_types, "winsock.event_wait.types");

START_TEST(handle_that_may_not_be_waited_for)
{
    winsock_start();
    HANDLE event = CreateEventW(NULL, TRUE, TRUE, NULL), weak;
    require(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &weak,
                            EVENT_MODIFY_STATE, FALSE, 0));
    WSAEVENT strong = event;

    DWORD which = WSAWaitForMultipleEvents(1, &weak, FALSE, 0, FALSE);

    expect_number(which, WSA_WAIT_FAILED);
    expect_number(WSAWaitForMultipleEvents(1, &strong, FALSE, 0, FALSE), WSA_WAIT_EVENT_0);
}
END_TEST
COVERS(handle_that_may_not_be_waited_for, "winsock.event_wait.synchronize");

START_TEST(what_satisfied_the_wait_is_taken_alone)
{
    winsock_start();
    WSAEVENT events[] = {CreateEventW(NULL, FALSE, TRUE, NULL),
                         CreateEventW(NULL, FALSE, TRUE, NULL)};

    DWORD which = WSAWaitForMultipleEvents(2, events, FALSE, 0, FALSE);

    expect_number(which, WSA_WAIT_EVENT_0);
    expect_not_signaled(events[0]);
    expect_signaled(events[1]);
}
END_TEST
COVERS(what_satisfied_the_wait_is_taken_alone, "winsock.event_wait.any_in_order");

START_TEST(invalid_handle_among_all)
{
    WSAEVENT events[2];
    winsock_start();
    make_events(events, 2);
    require(WSASetEvent(events[0]) && WSACloseEvent(events[1]));

    DWORD which = WSAWaitForMultipleEvents(2, events, TRUE, 0, FALSE);

    expect_wait_failed(which, WSA_INVALID_HANDLE);
    expect_number(WSAWaitForMultipleEvents(1, events, TRUE, 0, FALSE), WSA_WAIT_EVENT_0);
}
END_TEST
COVERS(invalid_handle_among_all, "winsock.event_wait.invalid_handle_all");

/* ---- How long */

static DWORD set_event(void *event)
{
    return WSASetEvent(event);
}

START_TEST(as_long_as_it_takes)
{
    WSAEVENT events[2];
    winsock_start();
    make_events(events, 2);
    struct thread *setter = thread_start(set_event, events[1]);

    DWORD which = WSAWaitForMultipleEvents(2, events, FALSE, WSA_INFINITE, FALSE);

    expect_number(which, WSA_WAIT_EVENT_0 + 1);
    expect_number(thread_join(setter), TRUE);
}
END_TEST
COVERS(as_long_as_it_takes, "winsock.event_wait.infinite");

START_TEST(time_of_0)
{
    WSAEVENT events[2];
    winsock_start();
    make_events(events, 2);

    DWORD which = WSAWaitForMultipleEvents(2, events, FALSE, 0, FALSE);

    expect_number(which, WSA_WAIT_TIMEOUT);
    require(WSASetEvent(events[1]));
    expect_number(WSAWaitForMultipleEvents(2, events, FALSE, 0, FALSE), WSA_WAIT_EVENT_0 + 1);
}
END_TEST
COVERS(time_of_0, "winsock.event_wait.poll");

START_TEST(time_in_milliseconds)
{
    WSAEVENT event = WSACreateEvent();
    winsock_start();
    ULONGLONG start = GetTickCount64();

    DWORD which = WSAWaitForMultipleEvents(1, &event, TRUE, 100, FALSE);

    ULONGLONG took = GetTickCount64() - start;
    expect_number(which, WSA_WAIT_TIMEOUT);
    expect_true(took >= 80 && took < step_limit());
}
END_TEST
COVERS(time_in_milliseconds, "winsock.event_wait.milliseconds");

/* ---- Alertable */

static unsigned ran;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *operation, DWORD flags)
{
    (void)error, (void)count, (void)operation, (void)flags;
    ran++;
}

START_TEST(waits_again_after_a_routine)
{
    static WSAOVERLAPPED operation;
    static char byte;
    WSAEVENT event = WSACreateEvent();
    WSABUF buffer = {.len = 1, .buf = &byte};
    DWORD flags = 0;
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    send_datagram(s, s, "x");
    wait_readable(s);
    int result = WSARecv(s, &buffer, 1, NULL, &flags, &operation, note);
    require(result == 0 || GetLastError() == WSA_IO_PENDING);

    DWORD which = WSAWaitForMultipleEvents(1, &event, FALSE, step_limit(), TRUE);

    expect_number(which, WSA_WAIT_IO_COMPLETION);
    expect_number(ran, 1);
    expect_not_signaled(event);
    require(WSASetEvent(event));
    expect_number(WSAWaitForMultipleEvents(1, &event, FALSE, step_limit(), TRUE), WSA_WAIT_EVENT_0);
    expect_number(ran, 1);
}
END_TEST
COVERS(waits_again_after_a_routine, "winsock.event_wait.again");

START_TEST(time_runs_out_without_a_routine)
{
    WSAEVENT event = WSACreateEvent();
    winsock_start();

    DWORD which = WSAWaitForMultipleEvents(1, &event, FALSE, 20, TRUE);

    expect_number(which, WSA_WAIT_TIMEOUT);
    expect_number(ran, 0);
}
END_TEST
COVERS(time_runs_out_without_a_routine, "winsock.event_wait.alertable_timeout");

START_TEST(wait_needs_startup)
{
    WSAEVENT event = event_create();
    require(SetEvent(event));

    DWORD which = WSAWaitForMultipleEvents(1, &event, FALSE, 0, FALSE);

    expect_wait_failed(which, WSANOTINITIALISED);
    winsock_start();
    expect_number(WSAWaitForMultipleEvents(1, &event, FALSE, 0, FALSE), WSA_WAIT_EVENT_0);
}
END_TEST
COVERS(wait_needs_startup, "winsock.event_wait.notinit");

/* ---- Without WSAStartup */

static bool creates(HANDLE event)
{
    (void)event;
    return WSACreateEvent() != WSA_INVALID_EVENT;
}

static bool sets(HANDLE event)
{
    return WSASetEvent(event);
}

static bool resets(HANDLE event)
{
    return WSAResetEvent(event);
}

static bool closes(HANDLE event)
{
    return WSACloseEvent(event);
}

static const struct {
    struct row row;
    bool (*call)(HANDLE);
} calls[] = {
    {{"wsacreateevent", "winsock.event.create_notinitialised"}, creates},
    {{"wsasetevent", "winsock.event.set_notinitialised"}, sets},
    {{"wsaresetevent", "winsock.event.reset_notinitialised"}, resets},
    {{"wsacloseevent", "winsock.event.close_notinitialised"}, closes},
};

START_TEST(before_wsastartup)
{
    HANDLE event = event_create();

    bool succeeded = calls[_i].call(event);

    record_outcome("without WSAStartup", succeeded);
}
END_TEST
COVERS_ROWS(before_wsastartup, calls);
