/* Streams whose other side is a program of the system that an emulator runs on. */
#include "extension.h"

#include "winsock/native.h"

#include <inttypes.h>

#define MUCH (4 << 20)

/* What `count` says of the first SIZE bytes of the pattern. */
static const char *counted(size_t size)
{
    static char text[48];
    char *bytes = zero_bytes(size);
    pattern_fill(bytes, size, 0);
    snprintf(text, sizeof(text), "%u %016" PRIx64 "\n", (unsigned)size,
             checksum(CHECKSUM_START, bytes, size));
    return text;
}

static DWORD send_much(void *socket)
{
    SOCKET s = *(SOCKET *)socket;
    char *bytes = zero_bytes(MUCH);
    pattern_fill(bytes, MUCH, 0);
    expect_number(send(s, bytes, MUCH, 0), MUCH);
    expect_number(shutdown(s, SD_SEND), 0);
    return 0;
}

START_TEST(much_goes_both_ways_at_once)
{
    winsock_start();
    static SOCKET s;
    s = native_peer("echo");
    char *bytes = zero_bytes(MUCH);
    struct thread *sender = thread_start(send_much, &s);

    int got = receive_all(s, bytes, MUCH);

    expect_number(got, MUCH);
    expect_pattern(bytes, MUCH, 0);
    expect_end_of_stream(s);
    thread_join(sender);
}
END_TEST
COVERS(much_goes_both_ways_at_once, "stream.send.order_kept");
TAKES(much_goes_both_ways_at_once, 60);

static const struct {
    struct row row;
    int size;
} sizes[] = {
    {{"nothing", NULL}, 0},
    {{"a_byte", NULL}, 1},
    {{"a_page_and_a_byte", NULL}, 4097},
    {{"much", NULL}, 1000001},
};

START_TEST(end_comes_after_all_that_was_sent)
{
    winsock_start();
    SOCKET s = native_peer("count");
    char *bytes = zero_bytes((size_t)sizes[_i].size + 1), answer[48] = "";
    pattern_fill(bytes, (size_t)sizes[_i].size, 0);
    send_all(s, bytes, sizes[_i].size);

    int result = shutdown(s, SD_SEND);

    expect_socket_succeeded(result);
    expect_true(receive_all(s, answer, sizeof(answer) - 1) > 0);
    expect_text_a(answer, counted((size_t)sizes[_i].size));
}
END_TEST
COVERS_ROWS(end_comes_after_all_that_was_sent, sizes, "stream.shutdown.send_fin",
            "stream.shutdown.half_close_receive");

START_TEST(end_is_seen_after_all_that_came)
{
    winsock_start();
    SOCKET s = native_peer("send 65537");
    char *bytes = zero_bytes(65538);

    int got = receive_all(s, bytes, 65538);

    expect_number(got, 65537);
    expect_pattern(bytes, 65537, 0);
    expect_end_of_stream(s);
}
END_TEST
COVERS(end_is_seen_after_all_that_came, "stream.recv.graceful_zero");

START_TEST(reset_is_seen)
{
    winsock_start();
    SOCKET s = native_peer("reset");
    wait_readable(s);
    char byte;

    int got = recv(s, &byte, 1, 0);

    expect_socket_failed(got, WSAECONNRESET);
}
END_TEST
COVERS(reset_is_seen, "stream.recv.reset");

static WSAOVERLAPPED pending;
static char came[300];

/* A connection with a receive that was pending until the other side did what COMMAND says. */
static SOCKET pending_until(const char *command)
{
    SOCKET s = stream_connect(native_port());
    WSABUF buffer = {.len = sizeof(came), .buf = came};
    DWORD flags = 0;
    pending.hEvent = event_create();
    require(WSARecv(s, &buffer, 1, NULL, &flags, &pending, NULL) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);
    native_command(s, command);
    expect_signaled(pending.hEvent);
    return s;
}

START_TEST(reset_ends_what_is_pending)
{
    winsock_start();
    SOCKET s = pending_until("reset");
    DWORD count = 0, flags;

    BOOL done = WSAGetOverlappedResult(s, &pending, &count, FALSE, &flags);

    expect_failed(done, WSAECONNRESET);
}
END_TEST
COVERS(reset_ends_what_is_pending, "stream.wsarecv.reset");

START_TEST(pending_receive_gets_what_comes)
{
    winsock_start();
    SOCKET s = pending_until("send 300");
    DWORD count = 0, flags;

    BOOL done = WSAGetOverlappedResult(s, &pending, &count, FALSE, &flags);

    expect_succeeded(done);
    expect_true(count > 0 && count <= sizeof(came));
    expect_pattern(came, count, 0);
}
END_TEST
COVERS(pending_receive_gets_what_comes, "stream.wsarecv.completes_partial");

START_TEST(urgent_byte_comes_apart)
{
    winsock_start();
    SOCKET s = native_peer("urgent U");
    fd_set exceptional = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = select_limit();
    require(select(0, NULL, NULL, &exceptional, &limit) == 1);
    char byte = 0;

    int got = recv(s, &byte, 1, MSG_OOB);

    expect_socket_succeeded(got);
    expect_number(got, 1);
    expect_number(byte, 'U');
    require(shutdown(s, SD_SEND) == 0);
    expect_end_of_stream(s);
}
END_TEST
COVERS(urgent_byte_comes_apart, "stream.oob.recv_oob_jumps_queue",
       "stream.oob.not_in_normal_stream");

START_TEST(accepted_when_it_connects)
{
    winsock_start();
    SOCKET listener = stream_listen();
    native_peer_of("connect", listener, 0);
    wait_readable(listener);
    struct sockaddr_in name = {0}, peer = {0};
    int length = sizeof(name), peer_length = sizeof(peer);

    SOCKET accepted = accept(listener, (struct sockaddr *)&name, &length);

    expect_true(accepted != INVALID_SOCKET);
    expect_number(length, sizeof(name));
    expect_number(name.sin_family, AF_INET);
    expect_number(ntohl(name.sin_addr.s_addr), INADDR_LOOPBACK);
    require(getpeername(accepted, (struct sockaddr *)&peer, &peer_length) == 0);
    expect_bytes(&name, &peer, NAME_SIZE);
    limit_waits(accepted);
    expect_receives(accepted, "native", 6);
}
END_TEST
COVERS(accepted_when_it_connects, "stream.accept.returns_connected_socket",
       "stream.accept.addr_is_client");

START_TEST(accepted_with_its_first_data)
{
    static char room[16 + 2 * NAME_ROOM];
    winsock_start();
    SOCKET listener = stream_listen(), acceptor = socket_open(SOCK_STREAM);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    native_port();

    BOOL done =
        accept_ex(listener)(listener, acceptor, room, 16, NAME_ROOM, NAME_ROOM, &count, operation);

    expect_failed(done, ERROR_IO_PENDING);
    native_peer_of("connect", listener, 0);
    expect_succeeded(extension_result(listener, operation, &count));
    expect_number(count, 6);
    expect_bytes(room, "native", 6);
}
END_TEST
COVERS(accepted_with_its_first_data, "stream.acceptex.data_waits_first_block",
       "stream.acceptex.data_at_offset_zero");

START_TEST(connected_with_the_first_data)
{
    winsock_start();
    struct sockaddr_in server = loopback(native_port());
    SOCKET s = socket_bound(SOCK_STREAM);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    char bytes[10];

    BOOL done = connect_ex(s)(s, (struct sockaddr *)&server, sizeof(server), "send 10\n", 8, &count,
                              operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(s, operation, &count));
    expect_number(count, 8);
    expect_number(receive_all(s, bytes, 10), 10);
    expect_pattern(bytes, 10, 0);
}
END_TEST
COVERS(connected_with_the_first_data, "stream.connectex.send_data");

START_TEST(file_arrives_whole)
{
    enum { SIZE = 300001 };
    winsock_start();
    SOCKET s = native_peer("count");
    char *bytes = zero_bytes(SIZE), answer[48] = "";
    DWORD written = 0;
    pattern_fill(bytes, SIZE, 0);
    HANDLE file = CreateFileW(scratch_path(L"file"), GENERIC_READ | GENERIC_WRITE, 0, NULL,
                              CREATE_ALWAYS, 0, NULL);
    require(file != INVALID_HANDLE_VALUE);
    require(WriteFile(file, bytes, SIZE, &written, NULL) && written == SIZE);
    require(SetFilePointerEx(file, (LARGE_INTEGER){0}, NULL, FILE_BEGIN));

    BOOL done = transmit_file(s)(s, file, 0, 0, NULL, NULL, 0);

    expect_succeeded(done);
    require(shutdown(s, SD_SEND) == 0);
    expect_true(receive_all(s, answer, sizeof(answer) - 1) > 0);
    expect_text_a(answer, counted(SIZE));
}
END_TEST
COVERS(file_arrives_whole, "stream.transmitfile.whole_file");

START_TEST(connects_without_blocking)
{
    winsock_start();
    struct sockaddr_in server = loopback(native_port());
    SOCKET s = socket_open(SOCK_STREAM);
    set_nonblocking(s, true);
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = select_limit();

    int result = connect(s, (struct sockaddr *)&server, sizeof(server));

    expect_socket_failed(result, WSAEWOULDBLOCK);
    expect_number(select(0, NULL, &one, NULL, &limit), 1);
    set_nonblocking(s, false);
    native_command(s, "send 3");
    char bytes[3];
    expect_number(receive_all(s, bytes, 3), 3);
    expect_pattern(bytes, 3, 0);
}
END_TEST
COVERS(connects_without_blocking, "stream.connect.nonblocking_wouldblock",
       "stream.connect.nonblocking_success_writefds");
