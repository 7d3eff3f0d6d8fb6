/* Overlapped operations of sockets: completion ports, their results, and cancelling them. */
#include "winsock.h"

#define KEY 0x1234

static WSAOVERLAPPED operations[5];
static char received[5][16];

static HANDLE port_create(void)
{
    HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    require(port != NULL);
    return port;
}

/* A bound datagram socket that reports to PORT. */
static SOCKET socket_on(HANDLE port)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    require(CreateIoCompletionPort((HANDLE)s, port, KEY, 0) == port);
    return s;
}

/* Begins receive number I, of at most ROOM bytes. */
static int receive_begin(SOCKET s, unsigned i, ULONG room)
{
    WSABUF buffer = {.len = room, .buf = received[i]};
    DWORD flags = 0;
    return WSARecvFrom(s, &buffer, 1, NULL, &flags, NULL, NULL, &operations[i], NULL);
}

static void receive_pending(SOCKET s, unsigned i)
{
    require(receive_begin(s, i, sizeof(received[i])) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);
}

struct packet {
    BOOL done;
    DWORD error, count;
    ULONG_PTR key;
    OVERLAPPED *operation;
};

static struct packet packet_within(HANDLE port, DWORD milliseconds)
{
    struct packet packet = {.count = 99};
    packet.done = GetQueuedCompletionStatus(port, &packet.count, &packet.key, &packet.operation,
                                            milliseconds);
    packet.error = GetLastError();
    return packet;
}

static struct packet packet_next(HANDLE port)
{
    return packet_within(port, step_limit());
}

/* ---- Association */

START_TEST(association_returns_the_port)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_bound(SOCK_DGRAM);

    HANDLE result = CreateIoCompletionPort((HANDLE)s, port, 2, 0);

    expect_handle(result);
    expect_pointer(result, port);
}
END_TEST
COVERS(association_returns_the_port, "winsock.completion_port.returns_existing");

START_TEST(packet_of_a_receive)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_on(port);
    receive_pending(s, 0);
    send_datagram(s, s, "hello");

    struct packet packet = packet_next(port);

    expect_succeeded(packet.done);
    expect_number(packet.count, 5);
    expect_number(packet.key, KEY);
    expect_pointer(packet.operation, &operations[0]);
    expect_bytes(received[0], "hello", 5);
}
END_TEST
COVERS(packet_of_a_receive, "winsock.completion_port.associate", "winsock.completion_port.success");

START_TEST(packet_of_what_was_done_at_once)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_on(port);
    struct sockaddr_in name = socket_name(s);
    WSABUF buffer = {.len = 5, .buf = (char *)"hello"};

    int result = WSASendTo(s, &buffer, 1, NULL, 0, (struct sockaddr *)&name, sizeof(name),
                           &operations[0], NULL);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    struct packet packet = packet_next(port);
    expect_succeeded(packet.done);
    expect_number(packet.count, 5);
    expect_pointer(packet.operation, &operations[0]);
    expect_failed(packet_within(port, 0).done, WAIT_TIMEOUT);
}
END_TEST
COVERS(packet_of_what_was_done_at_once, "winsock.completion_port.immediate_packet");

START_TEST(packet_of_a_failure)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_on(port);
    require(receive_begin(s, 0, 3) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);
    send_datagram(s, s, "hello");

    struct packet packet = packet_next(port);

    expect_number(packet.done, FALSE);
    expect_error(packet.error, ERROR_MORE_DATA);
    expect_number(packet.key, KEY);
    expect_pointer(packet.operation, &operations[0]);
    expect_bytes(received[0], "hel", 3);
}
END_TEST
COVERS(packet_of_a_failure, "winsock.completion_port.failed_op");

START_TEST(packet_of_a_stream)
{
    winsock_start();
    HANDLE port = port_create();
    struct stream_pair pair = stream_pair_open();
    require(CreateIoCompletionPort((HANDLE)pair.server, port, KEY, 0) == port);
    receive_pending(pair.server, 0);
    send_all(pair.client, "hello", 5);

    struct packet packet = packet_next(port);

    expect_succeeded(packet.done);
    expect_number(packet.count, 5);
    expect_number(packet.key, KEY);
    expect_pointer(packet.operation, &operations[0]);
}
END_TEST
COVERS(packet_of_a_stream, "stream.handle.iocp_association", "winsock.completion_port.associate");

START_TEST(end_of_stream_is_a_packet_of_no_bytes)
{
    winsock_start();
    HANDLE port = port_create();
    struct stream_pair pair = stream_pair_open();
    require(CreateIoCompletionPort((HANDLE)pair.server, port, KEY, 0) == port);
    receive_pending(pair.server, 0);
    require(shutdown(pair.client, SD_SEND) == 0);

    struct packet packet = packet_next(port);

    expect_succeeded(packet.done);
    expect_number(packet.count, 0);
    expect_pointer(packet.operation, &operations[0]);
}
END_TEST
COVERS(end_of_stream_is_a_packet_of_no_bytes, "winsock.completion_port.end_of_stream");

START_TEST(event_with_its_low_bit_set_makes_no_packet)
{
    winsock_start();
    HANDLE port = port_create(), event = event_create();
    SOCKET s = socket_on(port);
    operations[0].hEvent = (HANDLE)((ULONG_PTR)event | 1);
    receive_pending(s, 0);

    send_datagram(s, s, "hello");

    expect_signaled(event);
    expect_failed(packet_within(port, 0).done, WAIT_TIMEOUT);
}
END_TEST
COVERS(event_with_its_low_bit_set_makes_no_packet, "winsock.completion_port.hevent_low_bit");

START_TEST(packets_posted_by_hand)
{
    winsock_start();
    HANDLE port = port_create();

    BOOL posted = PostQueuedCompletionStatus(port, 9, 7, (OVERLAPPED *)0x1234);

    expect_succeeded(posted);
    struct packet packet = packet_next(port);
    expect_succeeded(packet.done);
    expect_number(packet.count, 9);
    expect_number(packet.key, 7);
    expect_pointer(packet.operation, (OVERLAPPED *)0x1234);
}
END_TEST
COVERS(packets_posted_by_hand, "winsock.completion_port.verbatim");

START_TEST(packet_without_overlapped)
{
    winsock_start();
    HANDLE port = port_create();

    BOOL posted = PostQueuedCompletionStatus(port, 0, 1, NULL);

    expect_succeeded(posted);
    struct packet packet = packet_next(port);
    expect_succeeded(packet.done);
    expect_number(packet.key, 1);
    expect_pointer(packet.operation, NULL);
}
END_TEST
COVERS(packet_without_overlapped, "winsock.completion_port.verbatim");

static DWORD take_packet(void *port)
{
    struct packet packet = {.count = 99};
    packet.done = GetQueuedCompletionStatus((HANDLE)port, &packet.count, &packet.key,
                                            &packet.operation, step_limit() / 2);
    packet.error = GetLastError();
    expect_number(packet.done, FALSE);
    expect_pointer(packet.operation, NULL);
    return packet.error;
}

START_TEST(port_closed_while_waited_for)
{
    winsock_start();
    DWORD error = ERROR_INVALID_HANDLE; /* of a thread that came late: it is asked again */
    for (int tries = 0; error == ERROR_INVALID_HANDLE && tries < 5; tries++) {
        HANDLE port = port_create();
        struct thread *waiting = thread_start(take_packet, port);
        settles(waiting->handle);

        BOOL closed = CloseHandle(port);

        expect_succeeded(closed);
        error = thread_join(waiting);
    }
    expect_error(error, ERROR_ABANDONED_WAIT_0);
}
END_TEST
COVERS(port_closed_while_waited_for, "winsock.completion_port.port_closed");

START_TEST(no_packet_within_the_time)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_on(port);
    receive_pending(s, 0);

    struct packet packet = packet_within(port, 20);

    expect_number(packet.done, FALSE);
    expect_error(packet.error, WAIT_TIMEOUT);
    expect_pointer(packet.operation, NULL);
}
END_TEST
COVERS(no_packet_within_the_time, "winsock.completion_port.time_out");

/* ---- FILE_SKIP_COMPLETION_PORT_ON_SUCCESS */

static SOCKET socket_that_skips(HANDLE port)
{
    SOCKET s = socket_on(port);
    require(SetFileCompletionNotificationModes((HANDLE)s, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS));
    return s;
}

START_TEST(skipping_on_success)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_on(port);

    BOOL set = SetFileCompletionNotificationModes((HANDLE)s, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS);

    expect_succeeded(set);
    send_datagram(s, s, "hello");
    wait_readable(s);
    int result = receive_begin(s, 0, 16);
    if (result == 0)
        expect_failed(packet_within(port, 0).done, WAIT_TIMEOUT);
    else
        expect_pointer(packet_next(port).operation, &operations[0]);
}
END_TEST
COVERS(skipping_on_success, "winsock.completion_port.on_success");

START_TEST(pending_is_not_skipped)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_that_skips(port);
    receive_pending(s, 0);

    send_datagram(s, s, "hello");

    struct packet packet = packet_next(port);
    expect_succeeded(packet.done);
    expect_pointer(packet.operation, &operations[0]);
}
END_TEST
COVERS(pending_is_not_skipped, "winsock.completion_port.pending_still");

START_TEST(skipping_cannot_be_taken_back)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_that_skips(port);

    BOOL set = SetFileCompletionNotificationModes((HANDLE)s, 0);

    expect_succeeded(set);
    send_datagram(s, s, "hello");
    wait_readable(s);
    int result = receive_begin(s, 0, 16);
    if (result == 0)
        expect_failed(packet_within(port, 0).done, WAIT_TIMEOUT);
    else
        expect_pointer(packet_next(port).operation, &operations[0]);
}
END_TEST
COVERS(skipping_cannot_be_taken_back, "winsock.completion_port.cannot_remove");

/* ---- Cancelling */

START_TEST(one_operation_is_cancelled)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_on(port);
    receive_pending(s, 0);
    receive_pending(s, 1);

    BOOL cancelled = CancelIoEx((HANDLE)s, &operations[0]);

    expect_succeeded(cancelled);
    struct packet packet = packet_next(port);
    expect_number(packet.done, FALSE);
    expect_error(packet.error, ERROR_OPERATION_ABORTED);
    expect_pointer(packet.operation, &operations[0]);
    send_datagram(s, s, "hello");
    packet = packet_next(port);
    expect_succeeded(packet.done);
    expect_pointer(packet.operation, &operations[1]);
}
END_TEST
COVERS(one_operation_is_cancelled, "winsock.cancel.one");

static DWORD begin_in_thread(void *s)
{
    receive_pending((SOCKET)s, 2);
    SetEvent(operations[4].hEvent);
    return WaitForSingleObject(operations[3].hEvent, step_limit());
}

START_TEST(all_operations_of_all_threads)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_on(port);
    HANDLE begun = operations[4].hEvent = event_create();
    HANDLE may_end = operations[3].hEvent = event_create();
    receive_pending(s, 0);
    receive_pending(s, 1);
    struct thread *other = thread_start(begin_in_thread, (void *)s);
    require(WaitForSingleObject(begun, step_limit()) == WAIT_OBJECT_0);

    BOOL cancelled = CancelIoEx((HANDLE)s, NULL);

    expect_succeeded(cancelled);
    for (int i = 0; i < 3; i++) {
        struct packet packet = packet_next(port);
        expect_number(packet.done, FALSE);
        expect_error(packet.error, ERROR_OPERATION_ABORTED);
    }
    require(SetEvent(may_end));
    thread_join(other);
}
END_TEST
COVERS(all_operations_of_all_threads, "winsock.cancel.all");

START_TEST(operation_of_another_thread)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_on(port);
    HANDLE begun = operations[4].hEvent = event_create();
    HANDLE may_end = operations[3].hEvent = event_create();
    struct thread *other = thread_start(begin_in_thread, (void *)s);
    require(WaitForSingleObject(begun, step_limit()) == WAIT_OBJECT_0);

    BOOL cancelled = CancelIoEx((HANDLE)s, &operations[2]);

    expect_succeeded(cancelled);
    struct packet packet = packet_next(port);
    expect_number(packet.done, FALSE);
    expect_error(packet.error, ERROR_OPERATION_ABORTED);
    expect_pointer(packet.operation, &operations[2]);
    require(SetEvent(may_end));
    thread_join(other);
}
END_TEST
COVERS(operation_of_another_thread, "winsock.cancel.one_of_another_thread");

START_TEST(only_the_own_operations)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_on(port);
    HANDLE begun = operations[4].hEvent = event_create();
    HANDLE may_end = operations[3].hEvent = event_create();
    receive_pending(s, 0);
    struct thread *other = thread_start(begin_in_thread, (void *)s);
    require(WaitForSingleObject(begun, step_limit()) == WAIT_OBJECT_0);

    BOOL cancelled = CancelIo((HANDLE)s);

    expect_succeeded(cancelled);
    struct packet packet = packet_next(port);
    expect_error(packet.error, ERROR_OPERATION_ABORTED);
    expect_pointer(packet.operation, &operations[0]);
    send_datagram(s, s, "hello");
    packet = packet_next(port);
    expect_succeeded(packet.done);
    expect_pointer(packet.operation, &operations[2]);
    require(SetEvent(may_end));
    thread_join(other);
}
END_TEST
COVERS(only_the_own_operations, "winsock.cancel.own_thread_only");

START_TEST(nothing_to_cancel)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    BOOL cancelled = CancelIoEx((HANDLE)s, NULL);

    expect_failed(cancelled, ERROR_NOT_FOUND);
}
END_TEST
COVERS(nothing_to_cancel, "winsock.cancel.none");

START_TEST(closing_ends_what_is_pending)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_on(port);
    for (unsigned i = 0; i < 5; i++)
        receive_pending(s, i);

    int result = closesocket(s);

    expect_socket_succeeded(result);
    for (unsigned i = 0; i < 5; i++) {
        struct packet packet = packet_next(port);
        expect_number(packet.done, FALSE);
        expect_true(packet.operation != NULL);
    }
    expect_failed(packet_within(port, 0).done, WAIT_TIMEOUT);
}
END_TEST
COVERS(closing_ends_what_is_pending, "winsock.overlapped.close_aborts_all");

START_TEST(closing_aborts_what_is_pending)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_on(port);
    receive_pending(s, 0);

    int result = closesocket(s);

    expect_socket_succeeded(result);
    struct packet packet = packet_next(port);
    expect_number(packet.done, FALSE);
    expect_error(packet.error, ERROR_OPERATION_ABORTED);
    expect_pointer(packet.operation, &operations[0]);
}
END_TEST
COVERS(closing_aborts_what_is_pending, "winsock.completion_port.close_socket");

START_TEST(closing_a_connection)
{
    winsock_start();
    HANDLE port = port_create();
    struct stream_pair pair = stream_pair_open();
    require(CreateIoCompletionPort((HANDLE)pair.server, port, KEY, 0) == port);
    receive_pending(pair.server, 0);

    int result = closesocket(pair.server);

    expect_socket_succeeded(result);
    struct packet packet = packet_next(port);
    char error[80];
    record("error of the packet", "%s", error_text(packet.error, error, sizeof(error)));
    expect_number(packet.done, FALSE);
    expect_pointer(packet.operation, &operations[0]);
    expect_failed(packet_within(port, 0).done, WAIT_TIMEOUT);
}
END_TEST
COVERS(closing_a_connection, "winsock.completion_port.close_connection");

START_TEST(closing_sets_the_event)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    HANDLE event = operations[0].hEvent = event_create();
    receive_pending(s, 0);

    int result = closesocket(s);

    expect_socket_succeeded(result);
    expect_signaled(event);
}
END_TEST
COVERS(closing_sets_the_event, "stream.close.pending_overlapped_aborted");

/* ---- WSAGetOverlappedResult */

static DWORD wait_for_result(void *s)
{
    DWORD count = 99, flags = 99;
    BOOL done = WSAGetOverlappedResult((SOCKET)s, &operations[0], &count, TRUE, &flags);
    expect_succeeded(done);
    return count;
}

START_TEST(result_is_waited_for)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    operations[0].hEvent = event_create();
    receive_pending(s, 0);

    struct thread *waiting = thread_start(wait_for_result, (void *)s);

    expect_stays_unsignaled(waiting->handle);
    send_datagram(s, s, "hello");
    expect_number(thread_join(waiting), 5);
    expect_bytes(received[0], "hello", 5);
}
END_TEST
COVERS(result_is_waited_for, "winsock.overlapped_result.wait", "stream.gor.wait");

START_TEST(result_is_not_there_yet)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD count = 99, flags = 99;
    operations[0].hEvent = event_create();
    receive_pending(s, 0);

    BOOL done = WSAGetOverlappedResult(s, &operations[0], &count, FALSE, &flags);

    expect_failed(done, WSA_IO_INCOMPLETE);
    expect_number(count, 99);
}
END_TEST
COVERS(result_is_not_there_yet, "stream.gor.failure_count_untouched");

START_TEST(result_of_what_was_cancelled)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD count = 99, flags = 99;
    HANDLE event = operations[0].hEvent = event_create();
    receive_pending(s, 0);
    require(CancelIoEx((HANDLE)s, NULL) && WaitForSingleObject(event, step_limit()) == 0);

    BOOL done = WSAGetOverlappedResult(s, &operations[0], &count, FALSE, &flags);

    expect_failed(done, WSA_OPERATION_ABORTED);
}
END_TEST
COVERS(result_of_what_was_cancelled, "winsock.cancel.result");

START_TEST(operations_do_not_make_the_socket_nonblocking)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD limit = 50;
    char byte;
    receive_pending(s, 0);
    require(CancelIoEx((HANDLE)s, NULL));
    require(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&limit, sizeof(limit)) == 0);

    int got = recv(s, &byte, 1, 0);

    expect_socket_failed(got, WSAETIMEDOUT);
}
END_TEST
COVERS(operations_do_not_make_the_socket_nonblocking, "winsock.overlapped.attr_independent");

static bool ran;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *operation, DWORD flags)
{
    (void)error, (void)count, (void)operation, (void)flags;
    ran = true;
}

START_TEST(routine_without_overlapped_is_ignored)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSABUF buffer = {.len = 16, .buf = received[0]};
    DWORD got = 0, flags = 0;
    send_datagram(s, s, "hello");
    wait_readable(s);

    int result = WSARecvFrom(s, &buffer, 1, &got, &flags, NULL, NULL, NULL, note);

    expect_socket_succeeded(result);
    expect_number(got, 5);
    SleepEx(0, TRUE);
    expect_true(!ran);
}
END_TEST
COVERS(routine_without_overlapped_is_ignored, "winsock.completion.null_overlapped");
