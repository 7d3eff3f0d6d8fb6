/* What need not be given, and what is given in vain: places for counts, routines and events of
 * sockets without the overlapped attribute, a limit of overlapped sends, an event that is none. */
#include "extension.h"
#include "sockets.h"

static char room[16];
static WSABUF buffer = {.len = sizeof(room), .buf = room};

/* ---- ConnectEx ---- */

START_TEST(connect_ex_without_a_place_for_the_count)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    LPFN_CONNECTEX function = connect_ex(s);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 99;

    BOOL done = function(s, (struct sockaddr *)&server, sizeof(server), NULL, 0, NULL, operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(s, operation, &count));
    expect_number(count, 0);
    send_all(s, "there", 5);
    expect_receives(stream_accept(listener), "there", 5);
}
END_TEST
COVERS(connect_ex_without_a_place_for_the_count, "stream.connectex.count_not_needed");

START_TEST(connect_ex_of_a_fast_socket)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    LPFN_CONNECTEX function = connect_ex(s);
    OVERLAPPED *operation = operation_with_event();
    DWORD on = TRUE, count = 0;
    if (setsockopt(s, IPPROTO_TCP, 15, (char *)&on, sizeof(on)) != 0) /* TCP_FASTOPEN */
        unsupported("no TCP_FASTOPEN");

    BOOL done = function(s, (struct sockaddr *)&server, sizeof(server), "fast", 4, NULL, operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(s, operation, &count));
    expect_number(count, 4);
    expect_receives(stream_accept(listener), "fast", 4);
}
END_TEST
COVERS(connect_ex_of_a_fast_socket, "stream.connectex.fastopen");

/* ---- Sockets without the overlapped attribute ---- */

static bool ran;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *operation, DWORD flags)
{
    (void)error, (void)count, (void)operation, (void)flags;
    ran = true;
}

START_TEST(routine_of_a_plain_socket)
{
    winsock_start();
    SOCKET s = WSASocketW(AF_INET, SOCK_DGRAM, IPPROTO_UDP, NULL, 0, 0);
    struct sockaddr_in any_port = loopback(0);
    DWORD got = 0, flags = 0;
    require(s != INVALID_SOCKET && bind(s, (struct sockaddr *)&any_port, sizeof(any_port)) == 0);
    send_datagram(socket_open(SOCK_DGRAM), s, "hello");
    wait_readable(s);

    int result = WSARecv(s, &buffer, 1, &got, &flags, &extension_operation, note);

    expect_socket_succeeded(result);
    expect_number(got, 5);
    expect_bytes(room, "hello", 5);
    SleepEx(0, TRUE);
    expect_true(!ran);
}
END_TEST
COVERS(routine_of_a_plain_socket, "stream.wsarecv.routine_of_plain_socket");

/* ---- Overlapped operations ---- */

START_TEST(limit_does_not_end_an_overlapped_send)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSABUF large = {.len = 1 << 24, .buf = zero_bytes(1 << 24)};
    OVERLAPPED *operation = operation_with_event();
    DWORD limit = 1, count, flags = 0;
    fill(pair.client);
    require(setsockopt(pair.client, SOL_SOCKET, SO_SNDTIMEO, (char *)&limit, sizeof(limit)) == 0);

    int result = WSASend(pair.client, &large, 1, NULL, 0, operation, NULL);

    expect_socket_failed(result, WSA_IO_PENDING);
    expect_stays_unsignaled(operation->hEvent);
    expect_failed(WSAGetOverlappedResult(pair.client, operation, &count, FALSE, &flags),
                  WSA_IO_INCOMPLETE);
}
END_TEST
COVERS(limit_does_not_end_an_overlapped_send, "stream.wsasend.sndtimeo_ignored");

/* Ends the operation should nothing else do so. */
static DWORD sends_late(void *argument)
{
    SOCKET s = *(SOCKET *)argument;
    expect_stays_unsignaled(event_create());
    send_datagram(s, s, "late");
    return 0;
}

START_TEST(result_by_an_event_that_is_none)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD count = 0, flags = 0;
    OVERLAPPED *operation = operation_with_event();
    HANDLE event = operation->hEvent;
    int begun = WSARecv(s, &buffer, 1, NULL, &flags, operation, NULL);
    require(begun == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);
    operation->hEvent = (HANDLE)0x7FFFFFF0; /* no handle of this process, nor soon */
    struct thread *sender = thread_start(sends_late, &s);

    BOOL done = WSAGetOverlappedResult(s, operation, &count, TRUE, &flags);

    expect_failed(done, WSA_INVALID_HANDLE);
    thread_join(sender);
    operation->hEvent = event;
    expect_succeeded(extension_result(s, operation, &count));
    expect_number(count, 4);
}
END_TEST
COVERS(result_by_an_event_that_is_none, "stream.gor.invalid_event");
