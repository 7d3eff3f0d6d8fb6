/* The errors that the pages of WSASendMsg and WSARecvMsg name. */
#include "message.h"

/* ---- WSASendMsg */

START_TEST(message_to_everybody)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in everybody = loopback(9);
    everybody.sin_addr.s_addr = INADDR_BROADCAST;
    DWORD sent = 0;

    int result = send_message(s)(s, message_to(&everybody), 0, &sent, NULL, NULL);

    expect_socket_failed(result, WSAEACCES);
}
END_TEST
COVERS(message_to_everybody, "dgram.wsasendmsg.broadcast_eacces");

START_TEST(message_that_is_too_long)
{
    enum { LARGEST = 65507 };
    static char bytes[LARGEST + 1];
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(receiver);
    WSABUF halves[] = {{.len = LARGEST, .buf = bytes}, {.len = 1, .buf = bytes}};
    WSAMSG *message = message_to(&name);
    DWORD sent = 0;
    message->lpBuffers = halves;
    message->dwBufferCount = 2;

    int result = send_message(s)(s, message, 0, &sent, NULL, NULL);

    expect_socket_failed(result, WSAEMSGSIZE);
    expect_socket_succeeded(send_message(s)(s, message_to(&name), 0, &sent, NULL, NULL));
    expect_datagram(receiver, "hello");
}
END_TEST
COVERS(message_that_is_too_long, "dgram.wsasendmsg.emsgsize");

static const struct {
    struct row row;
    int how;
} shutdowns[] = {
    {{"send", NULL}, SD_SEND},
    {{"both", NULL}, SD_BOTH},
};

START_TEST(message_after_shutdown)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(receiver);
    DWORD sent = 0;
    require(connect(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    require(shutdown(s, shutdowns[_i].how) == 0);

    int result = send_message(s)(s, message_to(NULL), 0, &sent, NULL, NULL);

    expect_socket_failed(result, WSAESHUTDOWN);
}
END_TEST
COVERS_ROWS(message_after_shutdown, shutdowns, "dgram.wsasendmsg.shutdown");

START_TEST(control_message_that_is_not_there)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(receiver);
    WSAMSG *message = message_to(&name);
    DWORD sent = 0;
    message->Control.len = WSA_CMSG_SPACE(sizeof(IN_PKTINFO));

    int result = send_message(s)(s, message, 0, &sent, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(send_message(s)(s, message_to(&name), 0, &sent, NULL, NULL));
    expect_datagram(receiver, "hello");
}
END_TEST
COVERS(control_message_that_is_not_there, "dgram.wsasendmsg.null_control_of_a_size");

START_TEST(flags_of_the_message_are_ignored)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(receiver);
    WSAMSG *message = message_to(&name);
    DWORD sent = 0;
    message->dwFlags = MSG_OOB;

    int result = send_message(s)(s, message, 0, &sent, NULL, NULL);

    expect_socket_succeeded(result);
    expect_datagram(receiver, "hello");
}
END_TEST
COVERS(flags_of_the_message_are_ignored, "dgram.wsasendmsg.message_flags_ignored");

/* ---- WSARecvMsg */

START_TEST(nothing_to_receive_into)
{
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);
    DWORD got = 0;

    int result = receive_message(s)(s, NULL, &got, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_datagram(s, "hello");
}
END_TEST
COVERS(nothing_to_receive_into, "dgram.recvmsg.null_message");

START_TEST(no_room_for_the_count)
{
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);

    int result = receive_message(s)(s, room_for(0), NULL, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(no_room_for_the_count, "dgram.recvmsg.null_count");

static const struct {
    struct row row;
    INT name_size;
    bool name;
    ULONG control_size;
} rooms[] = {
    {{"name_too_small", "dgram.recvmsg.short_name"}, sizeof(struct sockaddr_in) - 1, true, 0},
    {{"no_name_of_a_size", "dgram.recvmsg.null_name_of_a_size"},
     sizeof(struct sockaddr_in),
     false,
     0},
    {{"no_control_of_a_size", "dgram.recvmsg.null_control_of_a_size"},
     sizeof(struct sockaddr_in),
     true,
     64},
};

START_TEST(cannot_receive_into)
{
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);
    WSAMSG *message = room_for(0);
    DWORD got = 0;
    message->namelen = rooms[_i].name_size;
    if (!rooms[_i].name)
        message->name = NULL;
    message->Control.len = rooms[_i].control_size;

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS_ROWS(cannot_receive_into, rooms);

START_TEST(nobody_wants_the_source)
{
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);
    WSAMSG *message = room_for(0);
    DWORD got = 0;
    message->name = NULL;
    message->namelen = 0;

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(got, 5);
    expect_bytes(received, "hello", 5);
}
END_TEST
COVERS(nobody_wants_the_source, "dgram.recvmsg.null_name");

START_TEST(socket_that_is_not_bound)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    DWORD got = 0;
    set_nonblocking(s, true);

    int result = receive_message(s)(s, room_for(0), &got, NULL, NULL);

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(socket_that_is_not_bound, "dgram.recvmsg.unbound");

START_TEST(nothing_waits)
{
    winsock_start();
    SOCKET sender, s = socket_bound(SOCK_DGRAM);
    DWORD got = 0;
    set_nonblocking(s, true);

    int result = receive_message(s)(s, room_for(0), &got, NULL, NULL);

    expect_socket_failed(result, WSAEWOULDBLOCK);
    with_hello(s, &sender);
    expect_socket_succeeded(receive_message(s)(s, room_for(0), &got, NULL, NULL));
}
END_TEST
COVERS(nothing_waits, "dgram.recvmsg.ewouldblock");

START_TEST(port_that_is_unreachable)
{
    winsock_start();
    struct sockaddr_in nobody = unreachable_port();
    SOCKET s = socket_open(SOCK_DGRAM);
    DWORD got = 0;
    limit_receives(s, step_limit() / 10);
    require(connect(s, (struct sockaddr *)&nobody, sizeof(nobody)) == 0);
    require(send(s, "hello", 5, 0) == 5);

    int result = receive_message(s)(s, room_for(0), &got, NULL, NULL);

    expect_socket_failed(result, WSAECONNRESET);
}
END_TEST
COVERS(port_that_is_unreachable, "dgram.recvmsg.connreset");

START_TEST(streams_have_no_messages)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LPFN_WSARECVMSG receive_it = receive_message(socket_open(SOCK_DGRAM));
    DWORD got = 0;
    send_all(pair.client, "hello", 5);
    wait_readable(pair.server);

    int result = receive_it(pair.server, room_for(0), &got, NULL, NULL);

    DWORD error = GetLastError();
    char text[80];
    expect_number(result, SOCKET_ERROR);
    record("error", "%s", error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(streams_have_no_messages, "dgram.recvmsg.dgram_raw_only");
