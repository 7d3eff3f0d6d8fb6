/* WSASendMsg and WSARecvMsg: gathered buffers, names, and control messages. */
#include "message.h"

enum { OPTION_RECVTTL = 21, OPTION_RECVTOS = 40 }; /* newer than the headers of mingw-w64 10 */

/* ---- WSASendMsg */

START_TEST(buffers_become_one_datagram)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(receiver);
    WSABUF two[] = {{.len = 3, .buf = (char *)"one"}, {.len = 3, .buf = (char *)"two"}};
    WSAMSG *message = message_to(&name);
    DWORD sent = 99;
    message->lpBuffers = two;
    message->dwBufferCount = 2;

    int result = send_message(s)(s, message, 0, &sent, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(sent, 6);
    expect_datagram(receiver, "onetwo");
}
END_TEST
COVERS(buffers_become_one_datagram, "dgram.wsasendmsg.gather",
       "dgram.wsasendmsg.extension_pointer");

START_TEST(sending_binds)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(receiver);
    DWORD sent = 0;

    int result = send_message(s)(s, message_to(&name), 0, &sent, NULL, NULL);

    expect_socket_succeeded(result);
    expect_true(socket_port(s) != 0);
    expect_datagram(receiver, "hello");
}
END_TEST
COVERS(sending_binds, "dgram.wsasendmsg.implicit_bind");

START_TEST(connected_socket_needs_no_name)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(receiver);
    DWORD sent = 0;
    require(connect(s, (struct sockaddr *)&name, sizeof(name)) == 0);

    int result = send_message(s)(s, message_to(NULL), 0, &sent, NULL, NULL);

    expect_socket_succeeded(result);
    expect_datagram(receiver, "hello");
}
END_TEST
COVERS(connected_socket_needs_no_name, "dgram.wsasendmsg.connected_noname");

START_TEST(no_name_and_no_peer)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD sent = 0;

    int result = send_message(s)(s, message_to(NULL), 0, &sent, NULL, NULL);

    expect_socket_failed(result, WSAENOTCONN);
}
END_TEST
COVERS(no_name_and_no_peer, "dgram.wsasendmsg.unconnected_noname");

START_TEST(no_message)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    struct sockaddr_in name;
    int length = sizeof(name);
    DWORD sent = 0;

    int result = send_message(s)(s, NULL, 0, &sent, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_failed(getsockname(s, (struct sockaddr *)&name, &length), WSAEINVAL);
}
END_TEST
COVERS(no_message, "dgram.wsasendmsg.null_msg");

START_TEST(no_room_for_the_count)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(receiver);

    int result = send_message(s)(s, message_to(&name), 0, NULL, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(no_room_for_the_count, "dgram.wsasendmsg.null_count_binds");

START_TEST(stream_sends_no_messages)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LPFN_WSASENDMSG send_it = send_message(socket_open(SOCK_DGRAM));
    DWORD sent = 0;

    int result = send_it(pair.client, message_to(NULL), 0, &sent, NULL, NULL);

    DWORD error = GetLastError();
    char text[80];
    expect_number(result, SOCKET_ERROR);
    record("error", "%s", error_text(error, text, sizeof(text)));
    send_all(pair.client, "next", 4);
    expect_receives(pair.server, "next", 4);
}
END_TEST
COVERS(stream_sends_no_messages, "dgram.wsasendmsg.dgram_raw_only");

START_TEST(unconnected_stream_sends_no_messages)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(receiver);
    LPFN_WSASENDMSG send_it = send_message(receiver);
    DWORD sent = 0;

    int result = send_it(s, message_to(&name), 0, &sent, NULL, NULL);

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(unconnected_stream_sends_no_messages, "dgram.wsasendmsg.dgram_raw_only");

START_TEST(no_socket_to_send_from)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(s);
    DWORD sent = 0;

    int result = send_message(s)(INVALID_SOCKET, message_to(&name), 0, &sent, NULL, NULL);

    expect_socket_failed(result, WSAENOTSOCK);
}
END_TEST
COVERS(no_socket_to_send_from, "dgram.wsasendmsg.enotsock");

/* ---- WSARecvMsg */

START_TEST(source_and_data)
{
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);
    WSAMSG *message = room_for(0);
    struct sockaddr_in from = socket_name(sender);
    DWORD got = 99;

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(got, 5);
    expect_bytes(received, "hello", 5);
    expect_bytes(&source, &from, NAME_SIZE);
    expect_number(message->namelen, sizeof(source));
    expect_number(message->dwFlags, 0);
}
END_TEST
COVERS(source_and_data, "dgram.recvmsg.name_and_data", "dgram.recvmsg.extension_pointer",
       "dgram.recvmsg.unicast_noflags", "dgram.recvmsg.control_null_len0");

START_TEST(control_message_of_the_interface)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSAMSG *message = room_for_told(s, IP_PKTINFO);
    DWORD got = 0;

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    WSACMSGHDR *header = WSA_CMSG_FIRSTHDR(message);
    expect_true(header != NULL);
    expect_number(header->cmsg_level, IPPROTO_IP);
    expect_number(header->cmsg_type, IP_PKTINFO);
    IN_PKTINFO *info = (IN_PKTINFO *)WSA_CMSG_DATA(header);
    expect_true(info->ipi_ifindex != 0);
    expect_number(info->ipi_addr.s_addr, htonl(INADDR_LOOPBACK));
    expect_true(WSA_CMSG_NXTHDR(message, header) == NULL);
    expect_number(message->Control.len, WSA_CMSG_SPACE(sizeof(IN_PKTINFO)));
}
END_TEST
COVERS(control_message_of_the_interface, "dgram.recvmsg.pktinfo_cmsg",
       "dgram.recvmsg.control_len_updated");

START_TEST(no_control_messages_unless_asked_for)
{
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);
    WSAMSG *message = room_for(256);
    DWORD got = 0;

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(message->Control.len, 0);
}
END_TEST
COVERS(no_control_messages_unless_asked_for, "dgram.recvmsg.pktinfo_off");

START_TEST(two_control_messages)
{
    winsock_start();
    SOCKET sender, s = socket_bound(SOCK_DGRAM);
    switch_on(s, IP_PKTINFO);
    switch_on(s, OPTION_RECVTTL);
    with_hello(s, &sender);
    WSAMSG *message = room_for(256);
    DWORD got = 0, seen = 0;

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    for (WSACMSGHDR *h = WSA_CMSG_FIRSTHDR(message); h; h = WSA_CMSG_NXTHDR(message, h)) {
        expect_number(h->cmsg_level, IPPROTO_IP);
        seen |= h->cmsg_type == IP_PKTINFO                                                   ? 1
                : h->cmsg_type == IP_TTL || h->cmsg_type == OPTION_RECVTTL /* before 1703 */ ? 2
                                                                                             : 4;
    }
    expect_number(seen, 3);
}
END_TEST
COVERS(two_control_messages, "winsock.control_message.multiple");

START_TEST(too_little_room_for_control_messages)
{
    winsock_start();
    SOCKET sender, s = socket_bound(SOCK_DGRAM);
    switch_on(s, IP_PKTINFO);
    with_hello(s, &sender);
    WSAMSG *message = room_for(1);
    DWORD got = 0;

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_failed(result, WSAEMSGSIZE);
    expect_number(message->dwFlags & MSG_CTRUNC, MSG_CTRUNC);
    expect_bytes(received, "hello", 5);
}
END_TEST
COVERS(too_little_room_for_control_messages, "dgram.recvmsg.ctrunc");

START_TEST(too_little_room_for_the_data)
{
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);
    WSAMSG *message = room_for(0);
    DWORD got = 0;
    memset(received, 0x5c, sizeof(received));
    message->lpBuffers->len = 3;

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_failed(result, WSAEMSGSIZE);
    expect_bytes(received, "hel", 3);
    expect_filled(received + 3, 0x5c, sizeof(received) - 3);
}
END_TEST
COVERS(too_little_room_for_the_data, "dgram.recvmsg.trunc");

START_TEST(flag_of_what_was_cut)
{
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);
    WSAMSG *message = room_for(0);
    DWORD got = 0;
    message->lpBuffers->len = 3;

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_failed(result, WSAEMSGSIZE);
    record("flag of data that were cut", "%s", message->dwFlags & MSG_TRUNC ? "MSG_TRUNC" : "none");
    expect_number(message->dwFlags & MSG_CTRUNC, 0);
}
END_TEST
COVERS(flag_of_what_was_cut, "dgram.recvmsg.trunc_flag");

START_TEST(peeked_message_stays)
{
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);
    WSAMSG *message = room_for(0);
    DWORD got = 0;
    message->dwFlags = MSG_PEEK;

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(got, 5);
    expect_datagram(s, "hello");
}
END_TEST
COVERS(peeked_message_stays, "dgram.recvmsg.peek");

START_TEST(no_message_within_the_time)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD got = 0;
    limit_receives(s, 50);

    int result = receive_message(s)(s, room_for(0), &got, NULL, NULL);

    expect_socket_failed(result, WSAETIMEDOUT);
}
END_TEST
COVERS(no_message_within_the_time, "dgram.recvmsg.rcvtimeo");

static DWORD routine_count;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *operation, DWORD flags)
{
    (void)error, (void)operation, (void)flags;
    routine_count = count;
}

START_TEST(routine_runs_in_an_alertable_wait)
{
    static WSAOVERLAPPED operation;
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);

    int result = receive_message(s)(s, room_for(0), NULL, &operation, note);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_number(routine_count, 0);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(routine_count, 5);
    expect_bytes(received, "hello", 5);
}
END_TEST
COVERS(routine_runs_in_an_alertable_wait, "dgram.recvmsg.overlapped_apc");

START_TEST(control_message_of_the_type_of_service)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSAMSG *message = room_for_told(s, OPTION_RECVTOS);
    DWORD got = 0;

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    WSACMSGHDR *header = WSA_CMSG_FIRSTHDR(message);
    expect_true(header != NULL);
    expect_number(header->cmsg_level, IPPROTO_IP);
    expect_number(header->cmsg_type, IP_TOS);
    expect_number(*(INT *)WSA_CMSG_DATA(header), 0);
}
END_TEST
COVERS(control_message_of_the_type_of_service, "dgram.recvmsg.tos_cmsg");

START_TEST(urgent_message)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(s);
    DWORD sent = 0;

    int result = send_message(s)(s, message_to(&name), MSG_OOB, &sent, NULL, NULL);

    expect_socket_failed(result, WSAEOPNOTSUPP);
}
END_TEST
COVERS(urgent_message, "dgram.wsasendmsg.dwflags_oob");
