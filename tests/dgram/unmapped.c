/* Arrays of buffers, buffers and OVERLAPPEDs that are not in memory: of WSASendTo, WSASendMsg,
 * WSARecvFrom, WSARecvMsg and WSAIoctl. */
#include "message.h"

#define NOWHERE ((void *)(UINT_PTR)1)

/* ---- Buffers */

static int sends_to(SOCKET s, WSABUF *buffers, WSAOVERLAPPED *operation)
{
    struct sockaddr_in self = socket_name(s);
    DWORD sent = 0;
    return WSASendTo(s, buffers, 1, operation ? NULL : &sent, 0, (struct sockaddr *)&self,
                     sizeof(self), operation, NULL);
}

static int sends_message(SOCKET s, WSABUF *buffers, WSAOVERLAPPED *operation)
{
    struct sockaddr_in self = socket_name(s);
    WSAMSG *message = message_to(&self);
    DWORD sent = 0;
    if (buffers)
        message->lpBuffers = buffers;
    return send_message(s)(s, message, 0, operation ? NULL : &sent, operation, NULL);
}

static int sends_no_array(SOCKET s)
{
    return sends_to(s, NOWHERE, NULL);
}

static int sends_no_buffer(SOCKET s)
{
    return sends_to(s, &(WSABUF){.len = 5, .buf = NOWHERE}, NULL);
}

static const struct call {
    struct row row;
    int (*call)(SOCKET);
} unsendable[] = {
    {{"wsasendto_array", "dgram.wsasendto.bad_array"}, sends_no_array},
    {{"wsasendto_buffer", "dgram.wsasendto.bad_buffer"}, sends_no_buffer},
};

START_TEST(cannot_be_sent)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    int result = unsendable[_i].call(s);

    expect_socket_failed(result, WSAEFAULT);
    send_datagram(s, s, "next");
    expect_datagram(s, "next");
}
END_TEST
COVERS_ROWS(cannot_be_sent, unsendable);

static int receives_message(SOCKET s, WSABUF *buffers, WSAOVERLAPPED *operation)
{
    WSAMSG *message = room_for(0);
    DWORD got = 0;
    if (buffers)
        message->lpBuffers = buffers;
    return receive_message(s)(s, message, operation ? NULL : &got, operation, NULL);
}

static int receives_no_array(SOCKET s)
{
    return receives_message(s, NOWHERE, NULL);
}

static int receives_no_buffer(SOCKET s)
{
    return receives_message(s, &(WSABUF){.len = 5, .buf = NOWHERE}, NULL);
}

static const struct call unreceivable[] = {
    {{"wsarecvmsg_array", "dgram.recvmsg.bad_array"}, receives_no_array},
    {{"wsarecvmsg_buffer", "dgram.recvmsg.bad_buffer"}, receives_no_buffer},
};

/* Whether the datagram is lost is not said. */
START_TEST(cannot_be_received)
{
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);

    int result = unreceivable[_i].call(s);

    expect_socket_failed(result, WSAEFAULT);
    with_hello(s, &sender);
    expect_datagram(s, "hello");
}
END_TEST
COVERS_ROWS(cannot_be_received, unreceivable);

/* ---- OVERLAPPEDs */

static int to_send(SOCKET s)
{
    return sends_to(s, &(WSABUF){.len = 5, .buf = "hello"}, NOWHERE);
}

static int to_send_a_message(SOCKET s)
{
    return sends_message(s, NULL, NOWHERE);
}

static int to_receive(SOCKET s)
{
    static WSABUF buffer = {.len = sizeof(received), .buf = received};
    static DWORD flags;
    return WSARecvFrom(s, &buffer, 1, NULL, &flags, NULL, NULL, NOWHERE, NULL);
}

static int to_receive_a_message(SOCKET s)
{
    return receives_message(s, NULL, NOWHERE);
}

static int to_control(SOCKET s)
{
    static DWORD size;
    return WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &size, NOWHERE, NULL);
}

static const struct call operations[] = {
    {{"wsasendto", "dgram.wsasendto.bad_overlapped"}, to_send},
    {{"wsasendmsg", "dgram.wsasendmsg.bad_overlapped"}, to_send_a_message},
    {{"wsarecvfrom", "dgram.wsarecvfrom.bad_overlapped"}, to_receive},
    {{"wsarecvmsg", "dgram.recvmsg.bad_overlapped"}, to_receive_a_message},
    {{"wsaioctl", "winsock.ioctl.bad_overlapped"}, to_control},
};

START_TEST(cannot_be_overlapped)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    int result = operations[_i].call(s);

    expect_socket_failed(result, WSAEFAULT);
    send_datagram(s, s, "next");
    expect_datagram(s, "next");
}
END_TEST
COVERS_ROWS(cannot_be_overlapped, operations);
