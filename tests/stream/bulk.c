/* Many buffers in one call, some of them empty, and much data both ways at once. */
#include "winsock/winsock.h"

/* ---- 64 MiB each way, over one connection ---- */

enum { CHUNK = 1 << 20, CHUNKS = 64 };

struct way {
    SOCKET s;
    uint64_t offset; /* of the pattern: no two ways carry the same bytes */
    char *chunk;
};

static DWORD send_way(void *argument)
{
    struct way *way = argument;
    for (unsigned i = 0; i < CHUNKS; i++) {
        pattern_fill(way->chunk, CHUNK, way->offset + (uint64_t)i * CHUNK);
        int sent = send(way->s, way->chunk, CHUNK, 0);
        expect_socket_succeeded(sent);
        expect_number(sent, CHUNK);
    }
    expect_socket_succeeded(shutdown(way->s, SD_SEND));
    return 0;
}

static DWORD receive_way(void *argument)
{
    struct way *way = argument;
    for (unsigned i = 0; i < CHUNKS; i++) {
        int got = receive_all(way->s, way->chunk, CHUNK);
        expect_socket_succeeded(got);
        expect_number(got, CHUNK);
        expect_pattern(way->chunk, CHUNK, way->offset + (uint64_t)i * CHUNK);
    }
    expect_end_of_stream(way->s);
    return 0;
}

START_TEST(both_ways_at_once)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct way ways[] = {
        {pair.client, 0, zero_bytes(CHUNK)},
        {pair.server, 0, zero_bytes(CHUNK)},
        {pair.server, 1u << 30, zero_bytes(CHUNK)},
        {pair.client, 1u << 30, zero_bytes(CHUNK)},
    };

    struct thread *threads[] = {
        thread_start(send_way, &ways[0]),
        thread_start(receive_way, &ways[1]),
        thread_start(send_way, &ways[2]),
        thread_start(receive_way, &ways[3]),
    };

    for (unsigned i = 0; i < 4; i++) {
        while (WaitForSingleObject(threads[i]->handle, step_limit()) != WAIT_OBJECT_0)
            ; /* the watchdog ends a case that takes too long */
        thread_join(threads[i]);
    }
}
END_TEST
COVERS(both_ways_at_once, "stream.transfer.both_ways");
TAKES(both_ways_at_once, 90);

/* ---- Gathered ---- */

static const struct {
    struct row row;
    const char *buffers[6];
    unsigned count;
} gathered[] = {
    {{"empty_one_in_the_middle", "stream.wsasend.gather_empty_middle"}, {"ab", "", "cd"}, 3},
    {{"empty_one_first", "stream.wsasend.gather_empty_first"}, {"", "abcd"}, 2},
    {{"empty_one_last", "stream.wsasend.gather_empty_last"}, {"abcd", ""}, 2},
    {{"two_empty_ones", "stream.wsasend.gather_empty_middle"}, {"a", "", "", "bcd"}, 4},
    {{"null_without_length", "stream.wsasend.gather_null_empty"}, {"ab", NULL, "cd"}, 3},
};

START_TEST(gathers)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSABUF buffers[6];
    for (unsigned i = 0; i < gathered[_i].count; i++) {
        const char *text = gathered[_i].buffers[i];
        buffers[i] = (WSABUF){.len = text ? (ULONG)strlen(text) : 0, .buf = (char *)text};
    }
    DWORD count = 0;

    int result = WSASend(pair.client, buffers, gathered[_i].count, &count, 0, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(count, 4);
    socket_close(pair.client);
    expect_receives(pair.server, "abcd", 4);
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS_ROWS(gathers, gathered);

enum { MANY = 300, EACH = 7 };

START_TEST(gathers_hundreds)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    static char bytes[MANY * EACH], got[MANY * EACH];
    WSABUF buffers[MANY];
    pattern_fill(bytes, sizeof(bytes), 0);
    for (unsigned i = 0; i < MANY; i++)
        buffers[i] = (WSABUF){.len = EACH, .buf = bytes + i * EACH};
    DWORD count = 0;

    int result = WSASend(pair.client, buffers, MANY, &count, 0, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(count, sizeof(bytes));
    expect_number(receive_all(pair.server, got, sizeof(got)), sizeof(got));
    expect_pattern(got, sizeof(got), 0);
}
END_TEST
COVERS(gathers_hundreds, "stream.wsasend.gather_many");

/* ---- Scattered ---- */

START_TEST(scatters_to_hundreds)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    static char bytes[MANY * EACH], got[MANY * (EACH + 1)];
    WSABUF buffers[MANY];
    pattern_fill(bytes, sizeof(bytes), 0);
    for (unsigned i = 0; i < MANY; i++)
        buffers[i] = (WSABUF){.len = EACH, .buf = got + i * (EACH + 1)};
    send_all(pair.client, bytes, sizeof(bytes));
    DWORD count = 0, flags = MSG_WAITALL;

    int result = WSARecv(pair.server, buffers, MANY, &count, &flags, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(count, sizeof(bytes));
    for (unsigned i = 0; i < MANY; i++) {
        expect_pattern(got + i * (EACH + 1), EACH, i * EACH);
        expect_number(got[i * (EACH + 1) + EACH], 0);
    }
}
END_TEST
COVERS(scatters_to_hundreds, "stream.wsarecv.scatter_many");

START_TEST(scatters_past_an_empty_buffer)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char got[6] = "------";
    WSABUF buffers[] = {{2, got}, {0, got + 2}, {2, got + 4}};
    DWORD count = 0, flags = 0;
    send_all(pair.client, "abcd", 4);
    wait_readable(pair.server);

    int result = WSARecv(pair.server, buffers, 3, &count, &flags, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(count, 4);
    expect_bytes(got, "ab--cd", 6);
}
END_TEST
COVERS(scatters_past_an_empty_buffer, "stream.wsarecv.scatter_empty_middle");

START_TEST(peeks_into_several_buffers)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char got[4] = "";
    WSABUF buffers[] = {{1, got}, {3, got + 1}};
    DWORD count = 0, flags = MSG_PEEK;
    send_all(pair.client, "abcdef", 6);
    wait_readable(pair.server);

    int result = WSARecv(pair.server, buffers, 2, &count, &flags, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(count, 4);
    expect_bytes(got, "abcd", 4);
    expect_receives(pair.server, "abcdef", 6);
}
END_TEST
COVERS(peeks_into_several_buffers, "stream.wsarecv.peek_several");

START_TEST(peek_at_the_end_leaves_the_end)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char byte;
    require(shutdown(pair.client, SD_SEND) == 0);

    int got = recv(pair.server, &byte, 1, MSG_PEEK);

    expect_number(got, 0);
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS(peek_at_the_end_leaves_the_end, "stream.recv.peek_end");

/* ---- MSG_WAITALL ---- */

START_TEST(overlapped_receive_of_all)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    static char got[6];
    static WSAOVERLAPPED operation;
    WSABUF buffers[] = {{2, got}, {4, got + 2}};
    DWORD count = 0, flags = MSG_WAITALL;
    operation.hEvent = event_create();

    int result = WSARecv(pair.server, buffers, 2, NULL, &flags, &operation, NULL);

    expect_socket_failed(result, WSA_IO_PENDING);
    send_all(pair.client, "abc", 3);
    expect_stays_unsignaled(operation.hEvent);
    send_all(pair.client, "def", 3);
    expect_signaled(operation.hEvent);
    expect_succeeded(WSAGetOverlappedResult(pair.server, &operation, &count, FALSE, &flags));
    expect_number(count, 6);
    expect_bytes(got, "abcdef", 6);
}
END_TEST
COVERS(overlapped_receive_of_all, "stream.wsarecv.waitall_overlapped");

static const struct {
    struct row row;
    bool nonblocking;
    int flags;
} combinations[] = {
    {{"nonblocking", "stream.recv.waitall_nonblocking"}, true, MSG_WAITALL},
    {{"with_peek", "stream.recv.waitall_peek"}, false, MSG_WAITALL | MSG_PEEK},
};

START_TEST(receive_of_all)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char got[4];
    DWORD soon = 100; /* milliseconds: what should fail at once may wait for nothing */
    require(setsockopt(pair.server, SOL_SOCKET, SO_RCVTIMEO, (char *)&soon, sizeof(soon)) == 0);
    set_nonblocking(pair.server, combinations[_i].nonblocking);
    send_all(pair.client, "abcd", 4);
    wait_readable(pair.server);

    int result = recv(pair.server, got, 4, combinations[_i].flags);

    expect_socket_failed(result, WSAEOPNOTSUPP);
    expect_receives(pair.server, "abcd", 4);
}
END_TEST
COVERS_ROWS(receive_of_all, combinations);

/* ---- Several receives at once ---- */

START_TEST(receives_are_served_in_order)
{
    enum { RECEIVES = 4 };
    static char got[RECEIVES][4];
    static WSAOVERLAPPED operations[RECEIVES];
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    for (int i = 0; i < RECEIVES; i++) {
        WSABUF buffer = {.len = 4, .buf = got[i]};
        DWORD flags = 0;
        operations[i].hEvent = event_create();
        int result = WSARecv(pair.server, &buffer, 1, NULL, &flags, &operations[i], NULL);
        expect_socket_failed(result, WSA_IO_PENDING);
    }

    send_all(pair.client, "1111222233334444", 16);

    for (int i = 0; i < RECEIVES; i++) {
        DWORD count = 0, flags = 0;
        expect_signaled(operations[i].hEvent);
        expect_succeeded(
            WSAGetOverlappedResult(pair.server, &operations[i], &count, FALSE, &flags));
        expect_number(count, 4);
        expect_filled(got[i], (uint8_t)('1' + i), 4);
    }
}
END_TEST
COVERS(receives_are_served_in_order, "stream.wsarecv.several_in_order");
