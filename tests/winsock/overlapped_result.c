/* What WSAGetOverlappedResult tells, and when routines are not called. */
#include "completion_port.h"

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
