/* How GetQueuedCompletionStatusEx takes several packets of a completion port at once. */
#include "completion_port.h"

enum { ROOM = 4 };
static OVERLAPPED_ENTRY entries[ROOM];

static BOOL entries_take(HANDLE port, ULONG room, ULONG *count, DWORD milliseconds)
{
    *count = 99;
    return GetQueuedCompletionStatusEx(port, entries, room, count, milliseconds, FALSE);
}

static void post(HANDLE port, DWORD count, ULONG_PTR key)
{
    require(PostQueuedCompletionStatus(port, count, key, &operations[key]));
}

START_TEST(entries_of_sockets)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET one = socket_on(port), other = socket_bound(SOCK_DGRAM);
    require(CreateIoCompletionPort((HANDLE)other, port, KEY + 1, 0) == port);
    receive_pending(one, 0), receive_pending(other, 1);
    send_datagram(other, other, "ab");
    ULONG count = 99;

    BOOL done = GetQueuedCompletionStatusEx(port, entries, ROOM, &count, step_limit(), FALSE);

    expect_succeeded(done);
    expect_number(count, 1);
    expect_number(entries[0].lpCompletionKey, KEY + 1);
    expect_pointer(entries[0].lpOverlapped, &operations[1]);
    expect_number(entries[0].dwNumberOfBytesTransferred, 2);
}
END_TEST
COVERS(entries_of_sockets, "winsock.completion_entries.values");

START_TEST(several_entries)
{
    winsock_start();
    HANDLE port = port_create();
    post(port, 30, 3), post(port, 10, 1), post(port, 20, 2);
    memset(entries, 0xEE, sizeof(entries));
    ULONG count = 99;

    BOOL done = GetQueuedCompletionStatusEx(port, entries, ROOM, &count, step_limit(), FALSE);

    expect_succeeded(done);
    expect_number(count, 3);
    static const unsigned order[] = {3, 1, 2};
    for (unsigned i = 0; i < 3; i++) {
        expect_number(entries[i].lpCompletionKey, order[i]);
        expect_pointer(entries[i].lpOverlapped, &operations[order[i]]);
        expect_number(entries[i].dwNumberOfBytesTransferred, order[i] * 10);
    }
    expect_failed(packet_within(port, 0).done, WAIT_TIMEOUT);
}
END_TEST
COVERS(several_entries, "winsock.completion_entries.several", "winsock.completion_entries.order");

START_TEST(no_more_than_asked_for)
{
    winsock_start();
    HANDLE port = port_create();
    post(port, 10, 1), post(port, 20, 2), post(port, 30, 3);
    memset(entries, 0xEE, sizeof(entries));
    ULONG count = 99;

    BOOL done = GetQueuedCompletionStatusEx(port, entries, 2, &count, step_limit(), FALSE);

    expect_succeeded(done);
    expect_number(count, 2);
    expect_number(entries[1].lpCompletionKey, 2);
    expect_filled(&entries[2], 0xEE, sizeof(entries[2]));
    expect_succeeded(entries_take(port, 2, &count, step_limit()));
    expect_number(count, 1);
    expect_number(entries[0].lpCompletionKey, 3);
}
END_TEST
COVERS(no_more_than_asked_for, "winsock.completion_entries.at_most");

START_TEST(entry_without_overlapped)
{
    winsock_start();
    HANDLE port = port_create();
    require(PostQueuedCompletionStatus(port, 0xFFFFFFFF, ~(ULONG_PTR)0, NULL));
    ULONG count = 99;

    BOOL done = GetQueuedCompletionStatusEx(port, entries, ROOM, &count, step_limit(), FALSE);

    expect_succeeded(done);
    expect_number(count, 1);
    expect_number(entries[0].lpCompletionKey, ~(ULONG_PTR)0);
    expect_pointer(entries[0].lpOverlapped, NULL);
    expect_number(entries[0].dwNumberOfBytesTransferred, 0xFFFFFFFF);
}
END_TEST
COVERS(entry_without_overlapped, "winsock.completion_entries.posted");

START_TEST(entry_of_a_failure)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_on(port);
    require(receive_begin(s, 0, 3) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);
    send_datagram(s, s, "hello");
    ULONG count = 99;

    BOOL done = GetQueuedCompletionStatusEx(port, entries, ROOM, &count, step_limit(), FALSE);

    expect_succeeded(done);
    expect_number(count, 1);
    expect_pointer(entries[0].lpOverlapped, &operations[0]);
    expect_number(entries[0].lpCompletionKey, KEY);
    DWORD size, flags;
    BOOL whole = WSAGetOverlappedResult(s, entries[0].lpOverlapped, &size, FALSE, &flags);
    expect_failed(whole, WSAEMSGSIZE);
}
END_TEST
COVERS(entry_of_a_failure, "winsock.completion_entries.failed");

/* ---- Waiting */

static DWORD take_one(void *port)
{
    OVERLAPPED_ENTRY entry = {0};
    ULONG count = 99;
    BOOL done =
        GetQueuedCompletionStatusEx((HANDLE)port, &entry, 1, &count, step_limit() / 2, FALSE);
    expect_succeeded(done);
    expect_number(count, 1);
    return (DWORD)entry.lpCompletionKey;
}

START_TEST(waits_for_a_packet)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_on(port);
    receive_pending(s, 0);
    struct thread *waiting = thread_start(take_one, port);
    expect_stays_unsignaled(waiting->handle);

    send_datagram(s, s, "hello");

    expect_number(thread_join(waiting), KEY);
}
END_TEST
COVERS(waits_for_a_packet, "winsock.completion_entries.waits");

START_TEST(a_packet_ends_the_wait_of_one_thread)
{
    winsock_start();
    HANDLE port = port_create();
    struct thread *waiting[] = {thread_start(take_one, port), thread_start(take_one, port)};
    HANDLE threads[] = {waiting[0]->handle, waiting[1]->handle};

    post(port, 0, 1);

    DWORD first = WaitForMultipleObjects(2, threads, FALSE, step_limit());
    require(first < 2);
    expect_stays_unsignaled(threads[1 - first]);
    post(port, 0, 2);
    expect_number(thread_join(waiting[first]), 1);
    expect_number(thread_join(waiting[1 - first]), 2);
}
END_TEST
COVERS(a_packet_ends_the_wait_of_one_thread, "winsock.completion_entries.one_thread");

START_TEST(no_packet_at_once)
{
    winsock_start();
    HANDLE port = port_create();
    ULONG count = 99;

    BOOL done = GetQueuedCompletionStatusEx(port, entries, ROOM, &count, 0, FALSE);

    expect_failed(done, WAIT_TIMEOUT);
    post(port, 10, 1);
    expect_succeeded(entries_take(port, ROOM, &count, 0));
    expect_number(count, 1);
}
END_TEST
COVERS(no_packet_at_once, "winsock.completion_entries.no_wait");

START_TEST(no_packet_within_the_time)
{
    enum { WAITED = 120, COARSE = 16 }; /* milliseconds; the clock may be as coarse as this */
    winsock_start();
    HANDLE port = port_create();
    ULONG count = 99;
    ULONGLONG before = GetTickCount64();

    BOOL done = GetQueuedCompletionStatusEx(port, entries, ROOM, &count, WAITED, FALSE);

    expect_failed(done, WAIT_TIMEOUT);
    expect_true(GetTickCount64() - before + COARSE >= WAITED);
}
END_TEST
COVERS(no_packet_within_the_time, "winsock.completion_entries.time_out");

/* ---- Alertable waits */

static volatile unsigned calls;

static void CALLBACK count_call(ULONG_PTR by)
{
    calls += (unsigned)by;
}

static void CALLBACK count_routine(DWORD error, DWORD size, LPOVERLAPPED operation, DWORD flags)
{
    (void)size, (void)operation, (void)flags;
    calls += error == 0;
}

START_TEST(apc_ends_an_alertable_wait)
{
    winsock_start();
    HANDLE port = port_create();
    require(QueueUserAPC(count_call, GetCurrentThread(), 1));
    ULONG count = 99;

    BOOL done = GetQueuedCompletionStatusEx(port, entries, ROOM, &count, step_limit() / 2, TRUE);

    expect_failed(done, WAIT_IO_COMPLETION);
    expect_number(calls, 1);
}
END_TEST
COVERS(apc_ends_an_alertable_wait, "winsock.completion_entries.apc");

START_TEST(routine_ends_an_alertable_wait)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSABUF buffer = {.len = sizeof(received[0]), .buf = received[0]};
    DWORD flags = 0;
    require(WSARecv(s, &buffer, 1, NULL, &flags, &operations[0], count_routine) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);
    send_datagram(s, s, "hello");
    ULONG count = 99;

    BOOL done = GetQueuedCompletionStatusEx(port, entries, ROOM, &count, step_limit() / 2, TRUE);

    expect_failed(done, WAIT_IO_COMPLETION);
    expect_number(calls, 1);
}
END_TEST
COVERS(routine_ends_an_alertable_wait, "winsock.completion_entries.routine");

START_TEST(apc_waits_for_another_wait)
{
    winsock_start();
    HANDLE port = port_create();
    require(QueueUserAPC(count_call, GetCurrentThread(), 1));
    ULONG count = 99;

    BOOL done = GetQueuedCompletionStatusEx(port, entries, ROOM, &count, 20, FALSE);

    expect_failed(done, WAIT_TIMEOUT);
    expect_number(calls, 0);
    require(SleepEx(0, TRUE) == WAIT_IO_COMPLETION);
    expect_number(calls, 1);
}
END_TEST
COVERS(apc_waits_for_another_wait, "winsock.completion_entries.not_alertable");

START_TEST(packets_come_before_apcs)
{
    winsock_start();
    HANDLE port = port_create();
    ULONG count = 99;
    require(!entries_take(port, ROOM, &count, 0)); /* the thread is the port's from now on */
    require(QueueUserAPC(count_call, GetCurrentThread(), 1));
    post(port, 10, 1);

    BOOL done = GetQueuedCompletionStatusEx(port, entries, ROOM, &count, step_limit() / 2, TRUE);

    expect_succeeded(done);
    expect_number(count, 1);
    expect_number(calls, 0);
    require(SleepEx(0, TRUE) == WAIT_IO_COMPLETION);
    expect_number(calls, 1);
}
END_TEST
COVERS(packets_come_before_apcs, "winsock.completion_entries.packets_first");

START_TEST(packets_of_a_thread_that_is_new_to_the_port)
{
    winsock_start();
    HANDLE port = port_create();
    require(QueueUserAPC(count_call, GetCurrentThread(), 1));
    post(port, 10, 1);
    ULONG count = 99;

    BOOL done = GetQueuedCompletionStatusEx(port, entries, ROOM, &count, step_limit() / 2, TRUE);

    record("a packet and an APC for a thread that is new to the port", "%s",
           done ? "the packet" : "the APC");
}
END_TEST
COVERS(packets_of_a_thread_that_is_new_to_the_port, "winsock.completion_entries.new_thread");

/* ---- What does not work */

static DWORD take_entries(void *port)
{
    OVERLAPPED_ENTRY entry;
    ULONG count = 99;
    BOOL done =
        GetQueuedCompletionStatusEx((HANDLE)port, &entry, 1, &count, step_limit() / 2, FALSE);
    DWORD error = GetLastError();
    expect_number(done, FALSE);
    return error;
}

START_TEST(port_closed_while_waited_for)
{
    winsock_start();
    DWORD error = ERROR_INVALID_HANDLE; /* of a thread that came late: it is asked again */
    for (int tries = 0; error == ERROR_INVALID_HANDLE && tries < 5; tries++) {
        HANDLE port = port_create();
        struct thread *waiting = thread_start(take_entries, port);
        settles(waiting->handle);

        BOOL closed = CloseHandle(port);

        expect_succeeded(closed);
        error = thread_join(waiting);
    }
    expect_error(error, ERROR_ABANDONED_WAIT_0);
}
END_TEST
COVERS(port_closed_while_waited_for, "winsock.completion_entries.port_closed");

static const struct no_port {
    struct row row;
    enum { CLOSED, EVENT } kind;
} no_ports[] = {{{"closed", NULL}, CLOSED}, {{"event", NULL}, EVENT}};

START_TEST(not_a_port)
{
    winsock_start();
    HANDLE handle = no_ports[_i].kind == EVENT ? event_create() : port_create();
    if (no_ports[_i].kind == CLOSED)
        require(CloseHandle(handle));
    ULONG count = 99;

    BOOL done = GetQueuedCompletionStatusEx(handle, entries, ROOM, &count, 0, FALSE);

    expect_failed_somehow(done);
}
END_TEST
COVERS_ROWS(not_a_port, no_ports, "winsock.completion_entries.invalid");

START_TEST(no_room_at_all)
{
    winsock_start();
    HANDLE port = port_create();
    post(port, 10, 1);
    ULONG count = 99;

    BOOL done = GetQueuedCompletionStatusEx(port, entries, 0, &count, 0, FALSE);

    record_outcome("GetQueuedCompletionStatusEx for 0 entries", done);
    record("and the packet", "%s", packet_within(port, 0).done ? "stays" : "is lost");
}
END_TEST
COVERS(no_room_at_all, "winsock.completion_entries.no_room");
