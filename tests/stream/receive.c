/* What recv returns from a stream. */
#include "winsock/winsock.h"

START_TEST(returns_what_is_there)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "ten bytes!", 10);
    wait_readable(pair.server);
    char buffer[100];

    int got = recv(pair.server, buffer, sizeof(buffer), 0);

    expect_socket_succeeded(got);
    expect_number(got, 10);
    expect_bytes(buffer, "ten bytes!", 10);
}
END_TEST
COVERS(returns_what_is_there, "stream.recv.returns_available");

START_TEST(peeked_bytes_stay)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "five!", 5);
    wait_readable(pair.server);
    char buffer[2];

    int got = recv(pair.server, buffer, sizeof(buffer), MSG_PEEK);

    expect_socket_succeeded(got);
    expect_number(got, 2);
    expect_bytes(buffer, "fi", 2);
    expect_receives(pair.server, "five!", 5);
}
END_TEST
COVERS(peeked_bytes_stay, "stream.recv.peek_short");

START_TEST(closed_stream_ends_after_its_last_byte)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "last", 4);
    socket_close(pair.client);
    expect_receives(pair.server, "last", 4);
    char byte;

    int got = recv(pair.server, &byte, 1, 0);

    expect_socket_succeeded(got);
    expect_number(got, 0);
}
END_TEST
COVERS(closed_stream_ends_after_its_last_byte, "stream.recv.graceful_zero",
       "stream.close.implicit_shutdown");

START_TEST(unconnected_socket_cannot_receive)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_STREAM);
    char byte;

    int got = recv(s, &byte, 1, 0);

    expect_socket_failed(got, WSAENOTCONN);
}
END_TEST
COVERS(unconnected_socket_cannot_receive, "stream.recv.notconn");

START_TEST(unconnected_socket_cannot_send)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_STREAM);

    int sent = send(s, "x", 1, 0);

    expect_socket_failed(sent, WSAENOTCONN);
}
END_TEST
COVERS(unconnected_socket_cannot_send, "stream.send.notconn");

START_TEST(no_buffer_is_a_fault)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "bytes", 5);
    wait_readable(pair.server);

    int got = recv(pair.server, NULL, 5, 0);

    expect_socket_failed(got, WSAEFAULT);
    expect_receives(pair.server, "bytes", 5);
}
END_TEST
COVERS(no_buffer_is_a_fault, "stream.recv.bad_buffer_efault");

START_TEST(no_bytes)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char byte;
    send_all(pair.client, "bytes", 5);
    wait_readable(pair.server);

    int got = recv(pair.server, &byte, 0, 0);

    DWORD error = GetLastError();
    char text[80];
    record("recv of 0 bytes", "%s", got == 0 ? "returns 0" : error_text(error, text, sizeof(text)));
    expect_true(got == 0 || (got == SOCKET_ERROR && error == WSAEINVAL));
    expect_receives(pair.server, "bytes", 5);
}
END_TEST
COVERS(no_bytes, "stream.recv.zero_len_einval");

START_TEST(unknown_flag)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char byte;
    send_all(pair.client, "x", 1);
    wait_readable(pair.server);

    int got = recv(pair.server, &byte, 1, 0x4000);

    char text[80];
    record("recv with an unknown flag", "%s",
           got == 1 ? "succeeds" : error_text(GetLastError(), text, sizeof(text)));
}
END_TEST
COVERS(unknown_flag, "stream.recv.unknown_flag_einval");

START_TEST(one_byte_is_enough)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char bytes[100];
    WSABUF buffer = {.len = sizeof(bytes), .buf = bytes};
    DWORD got = 99, flags = 0;
    send_all(pair.client, "x", 1);

    int result = WSARecv(pair.server, &buffer, 1, &got, &flags, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(got, 1);
    expect_bytes(bytes, "x", 1);
}
END_TEST
COVERS(one_byte_is_enough, "stream.wsarecv.one_byte_unblocks");

static const struct {
    struct row row;
    bool connected;
    DWORD error;
} unable[] = {
    {{"unconnected", "stream.wsarecv.notconn"}, false, WSAENOTCONN},
    {{"shut_down", "stream.wsarecv.after_shutdown"}, true, WSAESHUTDOWN},
};

START_TEST(wsarecv_of)
{
    winsock_start();
    SOCKET s = unable[_i].connected ? stream_pair_open().server : socket_bound(SOCK_STREAM);
    char byte;
    WSABUF buffer = {.len = 1, .buf = &byte};
    DWORD got = 99, flags = 0;
    require(!unable[_i].connected || shutdown(s, SD_RECEIVE) == 0);

    int result = WSARecv(s, &buffer, 1, &got, &flags, NULL, NULL);

    expect_socket_failed(result, unable[_i].error);
}
END_TEST
COVERS_ROWS(wsarecv_of, unable);

static HANDLE ran;

static void CALLBACK note_run(ULONG_PTR unused)
{
    (void)unused;
    SetEvent(ran);
}

static DWORD receive_with_an_apc(void *argument)
{
    char byte;
    require(QueueUserAPC(note_run, GetCurrentThread(), 0));
    expect_number(recv(*(SOCKET *)argument, &byte, 1, 0), 1);
    return 0;
}

START_TEST(waits_alertably)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    ran = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(ran != NULL);

    struct thread *receiver = thread_start(receive_with_an_apc, &pair.server);

    expect_signaled(ran); /* only now: with the byte there, recv need not wait */
    expect_not_signaled(receiver->handle);
    send_all(pair.client, "x", 1);
    thread_join(receiver);
}
END_TEST
COVERS(waits_alertably, "stream.recv.apc_runs_during_wait");

START_TEST(receive_begun_before_the_shutdown)
{
    static WSAOVERLAPPED operation;
    static char bytes[8];
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSABUF buffer = {.len = sizeof(bytes), .buf = bytes};
    DWORD got = 0, flags = 0;
    operation.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(operation.hEvent != NULL);
    require(WSARecv(pair.server, &buffer, 1, NULL, &flags, &operation, NULL) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);

    int result = shutdown(pair.server, SD_RECEIVE);

    expect_socket_succeeded(result);
    send_all(pair.client, "hello", 5);
    expect_signaled(operation.hEvent);
    expect_succeeded(WSAGetOverlappedResult(pair.server, &operation, &got, FALSE, &flags));
    expect_number(got, 5);
}
END_TEST
COVERS(receive_begun_before_the_shutdown, "stream.wsarecv.pending_survives_shutdown");

START_TEST(pushed_data)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char bytes[8];
    WSABUF buffer = {.len = sizeof(bytes), .buf = bytes};
    DWORD got = 0, flags = 0x20; /* MSG_PUSH_IMMEDIATE */
    send_all(pair.client, "hello", 5);
    wait_readable(pair.server);

    int result = WSARecv(pair.server, &buffer, 1, &got, &flags, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(got, 5);
    expect_bytes(bytes, "hello", 5);
}
END_TEST
COVERS(pushed_data, "stream.wsarecv.push_immediate_accepted");

START_TEST(file_function_at_the_end_of_the_stream)
{
    static OVERLAPPED operation;
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char byte;
    DWORD got = 99;
    operation.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(operation.hEvent && shutdown(pair.client, SD_SEND) == 0);
    wait_readable(pair.server);

    BOOL done = ReadFile((HANDLE)pair.server, &byte, 1, NULL, &operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING || GetLastError() == ERROR_HANDLE_EOF);
    expect_signaled(operation.hEvent);
    done = GetOverlappedResult((HANDLE)pair.server, &operation, &got, FALSE);
    expect_true(done || GetLastError() == ERROR_HANDLE_EOF);
    expect_number(got, 0);
}
END_TEST
COVERS(file_function_at_the_end_of_the_stream, "stream.handle.readfile_eof");
