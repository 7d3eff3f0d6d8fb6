/* A datagram that is longer than the room for it: in every call that receives, and when it is
 * peeked at. */
#include "stream/extension.h"

static char room[8];
static struct sockaddr_in source;

/* Receives into the first SIZE bytes of room. The error of one that pends is that of its end. */
static int by_recv(SOCKET s, int size, int flags)
{
    return recv(s, room, size, flags);
}

static int by_recvfrom(SOCKET s, int size, int flags)
{
    int length = sizeof(source);
    return recvfrom(s, room, size, flags, (struct sockaddr *)&source, &length);
}

static int by_wsarecv(SOCKET s, int size, int flags)
{
    WSABUF buffer = {.len = (ULONG)size, .buf = room};
    DWORD got = 0, in_and_out = (DWORD)flags;
    return WSARecv(s, &buffer, 1, &got, &in_and_out, NULL, NULL);
}

static int by_wsarecvfrom(SOCKET s, int size, int flags)
{
    WSABUF buffer = {.len = (ULONG)size, .buf = room};
    DWORD got = 0, in_and_out = (DWORD)flags;
    int length = sizeof(source);
    return WSARecvFrom(s, &buffer, 1, &got, &in_and_out, (struct sockaddr *)&source, &length, NULL,
                       NULL);
}

static int by_overlapped_wsarecv(SOCKET s, int size, int flags)
{
    WSABUF buffer = {.len = (ULONG)size, .buf = room};
    DWORD got = 0, in_and_out = (DWORD)flags;
    OVERLAPPED *operation = operation_with_event();
    int result = WSARecv(s, &buffer, 1, NULL, &in_and_out, operation, NULL);
    if (result == 0 || GetLastError() == WSA_IO_PENDING)
        result = extension_result(s, operation, &got) ? 0 : SOCKET_ERROR;
    return result;
}

static const struct {
    struct row row;
    int (*receive)(SOCKET, int, int);
    bool source;
} calls[] = {
    {{"recv", "dgram.recv.truncation"}, by_recv, false},
    {{"recvfrom", "dgram.recvfrom.truncation_source"}, by_recvfrom, true},
    {{"wsarecv", "dgram.wsarecv.truncation"}, by_wsarecv, false},
    {{"wsarecvfrom", "dgram.wsarecvfrom.truncation_source"}, by_wsarecvfrom, true},
    {{"overlapped_wsarecv", "dgram.wsarecv.truncation_overlapped"}, by_overlapped_wsarecv, false},
};

START_TEST(first_part)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), sender = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(sender);
    send_datagram(sender, s, "headtail");
    send_datagram(sender, s, "next");
    wait_readable(s);
    memset(room, 'x', sizeof(room));

    int result = calls[_i].receive(s, 4, 0);

    expect_socket_failed(result, WSAEMSGSIZE);
    expect_bytes(room, "headxxxx", 8);
    if (calls[_i].source)
        expect_bytes(&source, &name, NAME_SIZE);
    expect_datagram(s, "next");
}
END_TEST
COVERS_ROWS(first_part, calls);

static const struct {
    struct row row;
    int (*receive)(SOCKET, int, int);
} peeks[] = {
    {{"recv", "dgram.recv.peek_truncation"}, by_recv},
    {{"recvfrom", "dgram.recvfrom.peek_truncation"}, by_recvfrom},
    {{"wsarecv", "dgram.wsarecv.peek_truncation"}, by_wsarecv},
    {{"wsarecvfrom", "dgram.wsarecvfrom.peek_truncation"}, by_wsarecvfrom},
};

START_TEST(peeked_at)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), sender = socket_bound(SOCK_DGRAM);
    send_datagram(sender, s, "headtail");
    wait_readable(s);
    memset(room, 'x', sizeof(room));

    int result = peeks[_i].receive(s, 4, MSG_PEEK);

    expect_socket_failed(result, WSAEMSGSIZE);
    expect_bytes(room, "headxxxx", 8);
    expect_datagram(s, "headtail");
}
END_TEST
COVERS_ROWS(peeked_at, peeks);

/* ---- Exactly enough, and the largest */

START_TEST(room_that_is_just_enough)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    send_datagram(s, s, "four");
    wait_readable(s);

    int result = by_recv(s, 4, 0);

    expect_socket_succeeded(result);
    expect_number(result, 4);
    expect_bytes(room, "four", 4);
}
END_TEST
COVERS(room_that_is_just_enough, "dgram.recv.exact_room");

START_TEST(largest_message_that_is_told)
{
    static char bytes[70000], got[70000];
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), sender = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(s);
    int largest = 0, size = sizeof(largest);
    require(getsockopt(sender, SOL_SOCKET, SO_MAX_MSG_SIZE, (char *)&largest, &size) == 0);
    require(largest > 0 && largest < (int)sizeof(bytes));
    pattern_fill(bytes, sizeof(bytes), 0);

    int sent = sendto(sender, bytes, largest + 1, 0, (struct sockaddr *)&to, sizeof(to));

    expect_socket_failed(sent, WSAEMSGSIZE);
    sent = sendto(sender, bytes, largest, 0, (struct sockaddr *)&to, sizeof(to));
    expect_socket_succeeded(sent);
    expect_number(sent, largest);
    expect_number(recv(s, got, sizeof(got), 0), largest);
    expect_pattern(got, (size_t)largest, 0);
}
END_TEST
COVERS(largest_message_that_is_told, "dgram.sendto.max_msg_size_told");

START_TEST(largest_by_wsasendto)
{
    static char many[65507], got[65508];
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), sender = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(s);
    WSABUF halves[] = {{.len = 30000, .buf = many}, {.len = 35507, .buf = many + 30000}};
    DWORD sent = 0;
    pattern_fill(many, sizeof(many), 0);

    int result =
        WSASendTo(sender, halves, 2, &sent, 0, (struct sockaddr *)&to, sizeof(to), NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(sent, sizeof(many));
    expect_number(recv(s, got, sizeof(got), 0), sizeof(many));
    expect_pattern(got, sizeof(many), 0);
}
END_TEST
COVERS(largest_by_wsasendto, "dgram.wsasendto.largest");
