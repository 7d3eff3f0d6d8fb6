/* What GetQueuedCompletionStatus tells besides a success, what can be posted, and which notices
 * SetFileCompletionNotificationModes leaves out. */
#include "completion_port.h"

static DWORD take_packet(void *port)
{
    DWORD count;
    ULONG_PTR key = 0;
    OVERLAPPED *operation;
    BOOL done = GetQueuedCompletionStatus((HANDLE)port, &count, &key, &operation, step_limit() / 2);
    expect_succeeded(done);
    return (DWORD)key;
}

START_TEST(posted_packet_ends_a_wait)
{
    HANDLE port = port_create();
    struct thread *waiting = thread_start(take_packet, port);
    expect_stays_unsignaled(waiting->handle);

    BOOL posted = PostQueuedCompletionStatus(port, 0, KEY, NULL);

    expect_succeeded(posted);
    expect_number(thread_join(waiting), KEY);
}
END_TEST
COVERS(posted_packet_ends_a_wait, "winsock.completion_packets.posted_while_waited_for");

static DWORD post_one(void *port)
{
    return (DWORD)PostQueuedCompletionStatus((HANDLE)port, 1, KEY, NULL);
}

START_TEST(posted_by_another_thread)
{
    HANDLE port = port_create();

    require(thread_join(thread_start(post_one, port)));

    expect_number(packet_next(port).key, KEY);
}
END_TEST
COVERS(posted_by_another_thread, "winsock.completion_packets.threads");

START_TEST(largest_values)
{
    HANDLE port = port_create();

    BOOL posted = PostQueuedCompletionStatus(port, 0xFFFFFFFF, ~(ULONG_PTR)0, (OVERLAPPED *)1);

    expect_succeeded(posted);
    struct packet packet = packet_next(port);
    expect_succeeded(packet.done);
    expect_number(packet.count, 0xFFFFFFFF);
    expect_number(packet.key, ~(ULONG_PTR)0);
    expect_pointer(packet.operation, (OVERLAPPED *)1);
}
END_TEST
COVERS(largest_values, "winsock.completion_packets.any_values");

START_TEST(order_of_packets)
{
    HANDLE port = port_create();
    for (unsigned i = 1; i <= 3; i++)
        require(PostQueuedCompletionStatus(port, 0, i, NULL));

    for (unsigned i = 1; i <= 3; i++)
        expect_number(packet_next(port).key, i);
}
END_TEST
COVERS(order_of_packets, "winsock.completion_packets.order");

START_TEST(post_needs_a_port)
{
    HANDLE port = port_create();
    require(PostQueuedCompletionStatus(port, 0, 1, NULL));
    require(CloseHandle(port));

    BOOL posted = PostQueuedCompletionStatus(port, 0, 1, NULL);

    expect_failed_somehow(posted);
}
END_TEST
COVERS(post_needs_a_port, "winsock.completion_packets.post_fails");

START_TEST(packets_need_a_port)
{
    HANDLE port = port_create();
    require(CloseHandle(port));
    DWORD count;
    ULONG_PTR key;
    OVERLAPPED *operation = &operations[0];

    BOOL done = GetQueuedCompletionStatus(port, &count, &key, &operation, 0);

    expect_failed_somehow(done);
    expect_pointer(operation, NULL);
}
END_TEST
COVERS(packets_need_a_port, "winsock.completion_packets.no_port");

START_TEST(no_packet_at_once)
{
    HANDLE port = port_create();
    DWORD count;
    ULONG_PTR key;
    OVERLAPPED *operation = &operations[0];

    BOOL done = GetQueuedCompletionStatus(port, &count, &key, &operation, 0);

    expect_failed(done, WAIT_TIMEOUT);
    expect_pointer(operation, NULL);
    require(PostQueuedCompletionStatus(port, 0, KEY, NULL));
    expect_number(packet_within(port, 0).key, KEY);
}
END_TEST
COVERS(no_packet_at_once, "winsock.completion_packets.no_wait");

START_TEST(time_passes)
{
    enum { WAITED = 120, COARSE = 16 }; /* milliseconds; the clock may be as coarse as this */
    HANDLE port = port_create();
    ULONGLONG before = GetTickCount64();

    struct packet packet = packet_within(port, WAITED);

    expect_error(packet.error, WAIT_TIMEOUT);
    expect_true(GetTickCount64() - before + COARSE >= WAITED);
}
END_TEST
COVERS(time_passes, "winsock.completion_packets.time");

START_TEST(count_of_a_failure)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_on(port);
    require(receive_begin(s, 0, 3) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);
    send_datagram(s, s, "hello");

    struct packet packet = packet_next(port);

    expect_number(packet.done, FALSE);
    expect_number(packet.count, 3);
    expect_number(packet.key, KEY);
}
END_TEST
COVERS(count_of_a_failure, "winsock.completion_packets.failed_count");

START_TEST(event_and_packet)
{
    winsock_start();
    HANDLE port = port_create(), event = event_create();
    SOCKET s = socket_on(port);
    operations[0].hEvent = event;
    receive_pending(s, 0);

    send_datagram(s, s, "hello");

    expect_signaled(event);
    expect_pointer(packet_next(port).operation, &operations[0]);
}
END_TEST
COVERS(event_and_packet, "winsock.completion_packets.event_too");

/* ---- SetFileCompletionNotificationModes */

/* The end of a named pipe that reads, which reports to a port, and the end that writes. */
struct reader {
    HANDLE port, pipe, client;
};

static struct reader reader_create(UCHAR modes)
{
    const WCHAR *name = unique_name(L"\\\\.\\pipe\\");
    struct reader reader = {.port = port_create(),
                            .pipe =
                                CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0,
                                                 1, 4096, 4096, 0, NULL)};
    require(reader.pipe != INVALID_HANDLE_VALUE);
    reader.client =
        CreateFileW(name, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    require(reader.client != INVALID_HANDLE_VALUE);
    require(CreateIoCompletionPort(reader.pipe, reader.port, KEY, 0) == reader.port);
    BOOL set = SetFileCompletionNotificationModes(reader.pipe, modes);
    expect_succeeded(set);
    return reader;
}

static void read_something(struct reader reader)
{
    DWORD count;
    require(!ReadFile(reader.pipe, received[0], 5, NULL, &operations[0]) &&
            GetLastError() == ERROR_IO_PENDING);
    require(WriteFile(reader.client, "hello", 5, &count, NULL));
    expect_pointer(packet_next(reader.port).operation, &operations[0]);
}

static const struct mode {
    struct row row;
    UCHAR modes;
    DWORD state; /* of the handle */
} modes[] = {
    {{"none", "winsock.completion_packets.handle_set"}, 0, WAIT_OBJECT_0},
    {{"skip_port", "winsock.completion_packets.handle_set"},
     FILE_SKIP_COMPLETION_PORT_ON_SUCCESS,
     WAIT_OBJECT_0},
    {{"skip_event", "winsock.completion_packets.handle_not_set"},
     FILE_SKIP_SET_EVENT_ON_HANDLE,
     WAIT_TIMEOUT},
    {{"skip_both", "winsock.completion_packets.both"},
     FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE,
     WAIT_TIMEOUT},
};

START_TEST(handle_after_a_read)
{
    struct reader reader = reader_create(modes[_i].modes);

    read_something(reader);

    expect_number(WaitForSingleObject(reader.pipe, 0), modes[_i].state);
}
END_TEST
COVERS_ROWS(handle_after_a_read, modes);

static const struct mode modes_at_once[] = {
    {{"none", NULL}, 0, WAIT_OBJECT_0},
    {{"skip_event", NULL}, FILE_SKIP_SET_EVENT_ON_HANDLE, WAIT_TIMEOUT},
};

START_TEST(handle_after_a_write)
{
    struct reader reader = reader_create(modes_at_once[_i].modes);

    BOOL wrote = WriteFile(reader.pipe, "hello", 5, NULL, &operations[0]);

    expect_true(wrote || GetLastError() == ERROR_IO_PENDING);
    expect_pointer(packet_next(reader.port).operation, &operations[0]);
    expect_number(WaitForSingleObject(reader.pipe, 0), modes_at_once[_i].state);
}
END_TEST
COVERS_ROWS(handle_after_a_write, modes_at_once, "winsock.completion_packets.at_once");

START_TEST(event_is_set_all_the_same)
{
    struct reader reader = reader_create(FILE_SKIP_SET_EVENT_ON_HANDLE);
    operations[0].hEvent = event_create();

    read_something(reader);

    expect_signaled(operations[0].hEvent);
}
END_TEST
COVERS(event_is_set_all_the_same, "winsock.completion_packets.explicit_event");

START_TEST(modes_add_up)
{
    struct reader reader = reader_create(FILE_SKIP_SET_EVENT_ON_HANDLE);

    BOOL set =
        SetFileCompletionNotificationModes(reader.pipe, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS);

    expect_succeeded(set);
    read_something(reader);
    expect_number(WaitForSingleObject(reader.pipe, 0), WAIT_TIMEOUT);
}
END_TEST
COVERS(modes_add_up, "winsock.completion_packets.stays");

START_TEST(skipping_before_the_port)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    require(SetFileCompletionNotificationModes((HANDLE)s, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS));
    HANDLE port = port_create();

    HANDLE result = CreateIoCompletionPort((HANDLE)s, port, KEY, 0);

    expect_pointer(result, port);
    send_datagram(s, s, "hello");
    wait_readable(s);
    if (receive_begin(s, 0, 16) == 0)
        expect_failed(packet_within(port, 0).done, WAIT_TIMEOUT);
    else
        expect_pointer(packet_next(port).operation, &operations[0]);
}
END_TEST
COVERS(skipping_before_the_port, "winsock.completion_packets.before");

START_TEST(modes_need_a_file)
{
    HANDLE event = event_create();
    require(CloseHandle(event));

    BOOL set = SetFileCompletionNotificationModes(event, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS);

    expect_failed_somehow(set);
}
END_TEST
COVERS(modes_need_a_file, "winsock.completion_packets.modes_fail");
