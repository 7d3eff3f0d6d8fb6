/* What WSARecvMsg delivers: scattered data, control messages and flags; at once and later. */
#include "message.h"

START_TEST(buffers_are_filled_in_order)
{
    char first[3], second[4];
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);
    WSABUF two[] = {{.len = sizeof(first), .buf = first}, {.len = sizeof(second), .buf = second}};
    WSAMSG *message = room_for(0);
    DWORD got = 0;
    message->lpBuffers = two;
    message->dwBufferCount = 2;
    memset(second, 0x5c, sizeof(second));

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(got, 5);
    expect_bytes(first, "hel", 3);
    expect_bytes(second, "lo", 2);
    expect_filled(second + 2, 0x5c, sizeof(second) - 2);
}
END_TEST
COVERS(buffers_are_filled_in_order, "dgram.recvmsg.scatter");

START_TEST(all_buffers_are_too_small)
{
    char first[2], second[2];
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);
    send_datagram(sender, s, "next");
    WSABUF two[] = {{.len = sizeof(first), .buf = first}, {.len = sizeof(second), .buf = second}};
    WSAMSG *message = room_for(0);
    DWORD got = 0;
    message->lpBuffers = two;
    message->dwBufferCount = 2;

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_failed(result, WSAEMSGSIZE);
    expect_bytes(first, "he", 2);
    expect_bytes(second, "ll", 2);
    expect_datagram(s, "next");
}
END_TEST
COVERS(all_buffers_are_too_small, "dgram.recvmsg.scatter_truncation", "dgram.recvmsg.excess_lost");

START_TEST(message_without_bytes)
{
    winsock_start();
    SOCKET sender = socket_bound(SOCK_DGRAM), s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in from = socket_name(sender);
    DWORD got = 99;
    send_datagram(sender, s, "");
    send_datagram(sender, s, "next");

    int result = receive_message(s)(s, room_for(0), &got, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(got, 0);
    expect_bytes(&source, &from, NAME_SIZE);
    expect_datagram(s, "next");
}
END_TEST
COVERS(message_without_bytes, "dgram.recvmsg.empty");

START_TEST(length_of_a_control_message)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSAMSG *message = room_for_told(s, IP_PKTINFO);
    DWORD got = 0;

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    WSACMSGHDR *header = WSA_CMSG_FIRSTHDR(message);
    expect_true(header != NULL);
    expect_number(header->cmsg_len,
                  (size_t)((char *)WSA_CMSG_DATA(header) - (char *)header) + sizeof(IN_PKTINFO));
}
END_TEST
COVERS(length_of_a_control_message, "dgram.control_message.length");

START_TEST(address_of_a_socket_of_all_addresses)
{
    winsock_start();
    SOCKET sender = socket_bound(SOCK_DGRAM), s = socket_open(SOCK_DGRAM);
    struct sockaddr_in any = {.sin_family = AF_INET};
    require(bind(s, (struct sockaddr *)&any, sizeof(any)) == 0);
    switch_on(s, IP_PKTINFO);
    struct sockaddr_in to = loopback(socket_port(s));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
    require(sendto(sender, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to)) == 5);
    WSAMSG *message = room_for(256);
    DWORD got = 0;

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    WSACMSGHDR *header = WSA_CMSG_FIRSTHDR(message);
    expect_true(header != NULL);
    IN_PKTINFO *info = (IN_PKTINFO *)WSA_CMSG_DATA(header);
    expect_number(info->ipi_addr.s_addr, htonl(INADDR_LOOPBACK + 1));
}
END_TEST
COVERS(address_of_a_socket_of_all_addresses, "dgram.recvmsg.pktinfo_address");

START_TEST(option_switched_off_again)
{
    winsock_start();
    SOCKET sender, s = socket_bound(SOCK_DGRAM);
    switch_on(s, IP_PKTINFO);
    DWORD off = 0, got = 0;
    require(setsockopt(s, IPPROTO_IP, IP_PKTINFO, (char *)&off, sizeof(off)) == 0);
    with_hello(s, &sender);
    WSAMSG *message = room_for(256);

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(message->Control.len, 0);
}
END_TEST
COVERS(option_switched_off_again, "dgram.recvmsg.pktinfo_off_again");

START_TEST(message_to_a_group)
{
    winsock_start();
    SOCKET sender = socket_bound(SOCK_DGRAM), s = socket_open(SOCK_DGRAM);
    DWORD interface = htonl(INADDR_LOOPBACK), got = 0;
    struct sockaddr_in any = {.sin_family = AF_INET};
    struct ip_mreq group = {.imr_multiaddr.s_addr = htonl(group_address(0)),
                            .imr_interface.s_addr = interface};
    require(bind(s, (struct sockaddr *)&any, sizeof(any)) == 0);
    if (setsockopt(sender, IPPROTO_IP, IP_MULTICAST_IF, (char *)&interface, sizeof(interface)) ||
        setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, (char *)&group, sizeof(group)))
        unsupported("no multicast on the loopback interface");
    struct sockaddr_in to = loopback(socket_port(s));
    to.sin_addr = group.imr_multiaddr;
    require(sendto(sender, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to)) == 5);
    WSAMSG *message = room_for(0);

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    expect_bytes(received, "hello", 5);
    expect_number(message->dwFlags & (MSG_MCAST | MSG_BCAST), MSG_MCAST);
}
END_TEST
COVERS(message_to_a_group, "dgram.recvmsg.multicast_flag");

/* ---- Later */

static WSAOVERLAPPED operation;

/* Starts to receive MESSAGE, which has not come yet. */
static int receive_later(SOCKET s, WSAMSG *message, DWORD *count)
{
    operation.hEvent = event_create();
    int result = receive_message(s)(s, message, count, &operation, NULL);
    if (result == SOCKET_ERROR && GetLastError() != WSA_IO_PENDING)
        unresolved("WSARecvMsg does not pend");
    return result;
}

START_TEST(nothing_is_stored_before_it_comes)
{
    winsock_start();
    SOCKET sender = socket_bound(SOCK_DGRAM), s = socket_bound(SOCK_DGRAM);
    switch_on(s, IP_PKTINFO);
    WSAMSG *message = room_for(256);
    DWORD count = 4711, flags = 0;
    memset(&source, 0, sizeof(source));

    int result = receive_later(s, message, &count);

    expect_number(result, SOCKET_ERROR);
    expect_number(count, 4711);
    expect_number(message->Control.len, 256);
    expect_number(source.sin_port, 0);
    send_datagram(sender, s, "hello");
    expect_signaled(operation.hEvent);
    expect_succeeded(WSAGetOverlappedResult(s, &operation, &count, FALSE, &flags));
    expect_number(count, 5);
    expect_bytes(received, "hello", 5);
}
END_TEST
COVERS(nothing_is_stored_before_it_comes, "dgram.recvmsg.pending",
       "dgram.recvmsg.count_not_updated_pending");

START_TEST(source_and_control_messages_when_it_comes)
{
    winsock_start();
    SOCKET sender = socket_bound(SOCK_DGRAM), s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in from = socket_name(sender);
    switch_on(s, IP_PKTINFO);
    WSAMSG *message = room_for(256);
    require(receive_later(s, message, NULL) == SOCKET_ERROR);

    send_datagram(sender, s, "hello");

    expect_signaled(operation.hEvent);
    expect_bytes(&source, &from, NAME_SIZE);
    expect_number(message->Control.len, WSA_CMSG_SPACE(sizeof(IN_PKTINFO)));
    WSACMSGHDR *header = WSA_CMSG_FIRSTHDR(message);
    expect_number(header->cmsg_type, IP_PKTINFO);
}
END_TEST
COVERS(source_and_control_messages_when_it_comes, "dgram.recvmsg.pending_contents");

START_TEST(too_little_room_when_it_comes)
{
    winsock_start();
    SOCKET sender = socket_bound(SOCK_DGRAM), s = socket_bound(SOCK_DGRAM);
    switch_on(s, IP_PKTINFO);
    WSAMSG *message = room_for(1);
    DWORD count = 0, flags = 0;
    require(receive_later(s, message, NULL) == SOCKET_ERROR);
    send_datagram(sender, s, "hello");
    expect_signaled(operation.hEvent);

    BOOL done = WSAGetOverlappedResult(s, &operation, &count, FALSE, &flags);

    expect_failed(done, WSAEMSGSIZE);
    expect_number(message->dwFlags, MSG_CTRUNC);
}
END_TEST
COVERS(too_little_room_when_it_comes, "dgram.recvmsg.ctrunc_later");

static DWORD routine_error = (DWORD)-1;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *ended, DWORD flags)
{
    (void)count, (void)ended, (void)flags;
    routine_error = error;
}

START_TEST(closed_while_it_waits)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    require(receive_message(s)(s, room_for(0), NULL, &operation, note) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);

    int result = closesocket(s);

    expect_socket_succeeded(result);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_error(routine_error, WSA_OPERATION_ABORTED);
}
END_TEST
COVERS(closed_while_it_waits, "dgram.recvmsg.closed");

static HANDLE called;

static void CALLBACK call(ULONG_PTR argument)
{
    (void)argument;
    SetEvent(called);
}

static DWORD receive_in_thread(void *s)
{
    DWORD got = 0;
    require(QueueUserAPC(call, GetCurrentThread(), 0));
    int result = receive_message((SOCKET)s)((SOCKET)s, room_for(0), &got, NULL, NULL);
    expect_socket_succeeded(result);
    return got;
}

START_TEST(procedure_call_runs_while_it_waits)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    called = event_create();

    struct thread *receiving = thread_start(receive_in_thread, (void *)s);

    expect_signaled(called);
    send_datagram(s, s, "hello");
    expect_number(thread_join(receiving), 5);
}
END_TEST
COVERS(procedure_call_runs_while_it_waits, "dgram.recvmsg.alertable_wait");
