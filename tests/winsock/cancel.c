/* What CancelIo, CancelIoEx and closesocket do to operations that are pending. */
#include "completion_port.h"

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

static HANDLE begun, may_end;

static DWORD begin_in_thread(void *s)
{
    receive_pending((SOCKET)s, 2);
    SetEvent(begun);
    return WaitForSingleObject(may_end, step_limit());
}

/* A thread that has begun receive number 2, and lives until it may end. */
static struct thread *thread_with_receive(SOCKET s)
{
    begun = event_create();
    may_end = event_create();
    struct thread *other = thread_start(begin_in_thread, (void *)s);
    require(WaitForSingleObject(begun, step_limit()) == WAIT_OBJECT_0);
    return other;
}

START_TEST(all_operations_of_all_threads)
{
    winsock_start();
    HANDLE port = port_create();
    SOCKET s = socket_on(port);
    receive_pending(s, 0);
    receive_pending(s, 1);
    struct thread *other = thread_with_receive(s);

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
    struct thread *other = thread_with_receive(s);

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
    receive_pending(s, 0);
    struct thread *other = thread_with_receive(s);

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
