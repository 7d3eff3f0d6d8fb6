/* Buffers, and arrays of them, that are not or not wholly in memory. */
#include "extension.h"

/* SIZE bytes of which only the first HERE can be read and written. */
static char *partly_there(const char *bytes, size_t size, size_t here)
{
    char *pages = VirtualAlloc(NULL, 0x2000, MEM_RESERVE, PAGE_NOACCESS);
    require(here <= size && pages && VirtualAlloc(pages, 0x1000, MEM_COMMIT, PAGE_READWRITE));
    return memcpy(pages + 0x1000 - here, bytes, here);
}

static char *nowhere(void)
{
    return partly_there("", 1, 0);
}

/* ---- Sending ---- */

static int with_send(SOCKET s, char *bytes)
{
    return send(s, bytes, 5, 0);
}

static int sends(SOCKET s, WSABUF *buffers, DWORD count, bool overlapped)
{
    DWORD sent;
    return WSASend(s, buffers, count, overlapped ? NULL : &sent, 0,
                   overlapped ? operation_with_event() : NULL, NULL);
}

static int with_wsasend(SOCKET s, char *bytes)
{
    return sends(s, &(WSABUF){.len = 5, .buf = bytes}, 1, false);
}

static int with_overlapped(SOCKET s, char *bytes)
{
    return sends(s, &(WSABUF){.len = 5, .buf = bytes}, 1, true);
}

static int with_second_buffer(SOCKET s, char *bytes)
{
    WSABUF buffers[] = {{.len = 4, .buf = "head"}, {.len = 5, .buf = bytes}};
    return sends(s, buffers, 2, false);
}

static int with_array(SOCKET s, char *nowhere)
{
    return sends(s, (WSABUF *)nowhere, 1, false);
}

static int with_overlapped_array(SOCKET s, char *nowhere)
{
    return sends(s, (WSABUF *)nowhere, 1, true);
}

static const struct {
    struct row row;
    int (*call)(SOCKET, char *);
    int here; /* how many of the 5 bytes are in memory */
} sent[] = {
    {{"send", "stream.send.bad_buffer_efault"}, with_send, 0},
    {{"send_in_part", "stream.send.bad_buffer_efault"}, with_send, 2},
    {{"wsasend", "stream.wsasend.bad_buffer_efault"}, with_wsasend, 0},
    {{"wsasend_in_part", "stream.wsasend.bad_buffer_efault"}, with_wsasend, 2},
    {{"second_buffer", "stream.wsasend.bad_buffer_efault"}, with_second_buffer, 0},
    {{"overlapped", "stream.wsasend.bad_buffer_efault"}, with_overlapped, 0},
    {{"overlapped_in_part", "stream.wsasend.bad_buffer_efault"}, with_overlapped, 2},
    {{"array", "stream.wsasend.bad_array_efault"}, with_array, 0},
    {{"overlapped_array", "stream.wsasend.bad_array_efault"}, with_overlapped_array, 0},
};

START_TEST(cannot_be_sent)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char *bytes = partly_there("bytes", 5, (size_t)sent[_i].here);

    int result = sent[_i].call(pair.client, bytes);

    expect_socket_failed(result, WSAEFAULT);
    send_all(pair.client, "next", 4);
    expect_receives(pair.server, "next", 4);
}
END_TEST
COVERS_ROWS(cannot_be_sent, sent);

START_TEST(count_cannot_be_stored)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSABUF buffer = {.len = 5, .buf = "bytes"};

    int result = WSASend(pair.client, &buffer, 1, (DWORD *)nowhere(), 0, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(count_cannot_be_stored, "stream.wsasend.bad_count_efault");

/* ---- Receiving ---- */

static int with_recv(SOCKET s, char *bytes)
{
    return recv(s, bytes, 5, 0);
}

static int receives(SOCKET s, WSABUF *buffers, DWORD count, bool overlapped)
{
    static DWORD flags;
    DWORD got;
    return WSARecv(s, buffers, count, overlapped ? NULL : &got, &flags,
                   overlapped ? operation_with_event() : NULL, NULL);
}

static int into_wsarecv(SOCKET s, char *bytes)
{
    return receives(s, &(WSABUF){.len = 5, .buf = bytes}, 1, false);
}

static int into_overlapped(SOCKET s, char *bytes)
{
    return receives(s, &(WSABUF){.len = 5, .buf = bytes}, 1, true);
}

static int into_second_buffer(SOCKET s, char *bytes)
{
    static char head[2];
    WSABUF buffers[] = {{.len = sizeof(head), .buf = head}, {.len = 5, .buf = bytes}};
    return receives(s, buffers, 2, false);
}

static int into_array(SOCKET s, char *nowhere)
{
    return receives(s, (WSABUF *)nowhere, 1, false);
}

static int into_overlapped_array(SOCKET s, char *nowhere)
{
    return receives(s, (WSABUF *)nowhere, 1, true);
}

static const struct {
    struct row row;
    int (*call)(SOCKET, char *);
    int here;
} received[] = {
    {{"recv", "stream.recv.bad_buffer_efault"}, with_recv, 0},
    {{"recv_in_part", "stream.recv.bad_buffer_efault"}, with_recv, 2},
    {{"wsarecv", "stream.wsarecv.bad_buffer_efault"}, into_wsarecv, 0},
    {{"wsarecv_in_part", "stream.wsarecv.buffer_in_part_efault"}, into_wsarecv, 2},
    {{"second_buffer", "stream.wsarecv.buffer_in_part_efault"}, into_second_buffer, 0},
    {{"overlapped", "stream.wsarecv.bad_buffer_efault"}, into_overlapped, 0},
    {{"overlapped_in_part", "stream.wsarecv.buffer_in_part_efault"}, into_overlapped, 2},
    {{"array", "stream.wsarecv.bad_array_efault"}, into_array, 0},
    {{"overlapped_array", "stream.wsarecv.bad_array_efault"}, into_overlapped_array, 0},
};

START_TEST(cannot_be_received_into)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char *bytes = partly_there("     ", 5, (size_t)received[_i].here);
    send_all(pair.client, "bytes", 5);
    wait_readable(pair.server);

    int result = received[_i].call(pair.server, bytes);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS_ROWS(cannot_be_received_into, received);
