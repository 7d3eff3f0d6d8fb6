/* Which packets a completion port gets of sockets, and what else can be waited for there. */
#include "completion_port.h"

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
