/* What WSASendMsg and WSARecvMsg, and the functions that they stand for, make of flags that they
 * may not be given, and what an OVERLAPPED changes about the flags that are told. */
#include "message.h"

#include "winsock/groups.h"

/* ---- Waiting */

START_TEST(nonblocking_socket_with_a_time_limit)
{
    winsock_start();
    SOCKET sender, s = socket_bound(SOCK_DGRAM);
    DWORD got = 0;
    limit_receives(s, 100);
    set_nonblocking(s, true);

    int result = receive_message(s)(s, room_for(0), &got, NULL, NULL);

    expect_socket_failed(result, WSAEWOULDBLOCK);
    set_nonblocking(s, false);
    expect_socket_failed(receive_message(s)(s, room_for(0), &got, NULL, NULL), WSAETIMEDOUT);
    with_hello(s, &sender);
    expect_socket_succeeded(receive_message(s)(s, room_for(0), &got, NULL, NULL));
}
END_TEST
COVERS(nonblocking_socket_with_a_time_limit, "dgram.recvmsg.rcvtimeo_blocking_only");

/* ---- Before WSAStartup */

START_TEST(before_startup)
{
    struct sockaddr_in nobody = {.sin_family = AF_INET, .sin_port = 0x0900};
    DWORD sent = 99;

    int result = WSASendMsg(INVALID_SOCKET, message_to(&nobody), 0, &sent, NULL, NULL);

    expect_socket_failed(result, WSANOTINITIALISED);
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in self = socket_name(s);
    expect_socket_succeeded(WSASendMsg(s, message_to(&self), 0, &sent, NULL, NULL));
    expect_datagram(s, "hello");
}
END_TEST
COVERS(before_startup, "dgram.wsasendmsg.notinitialised");

/* ---- Flags that are not for them */

static const struct {
    struct row row;
    DWORD flag;
} unsendable[] = {
    {{"part_of_a_message", "dgram.wsasendmsg.partial"}, MSG_PARTIAL},
    {{"look", "dgram.wsasendmsg.flags"}, MSG_PEEK},
    {{"unknown", "dgram.wsasendmsg.flags"}, 0x4000},
};

START_TEST(sent_with)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in self = socket_name(s);
    DWORD sent = 0;

    int result = send_message(s)(s, message_to(&self), unsendable[_i].flag, &sent, NULL, NULL);

    record_outcome("sending", result == 0);
    if (result == 0)
        expect_datagram(s, "hello");
    send_datagram(s, s, "next");
    expect_datagram(s, "next");
}
END_TEST
COVERS_ROWS(sent_with, unsendable);

static int look_with_recvfrom(SOCKET s, WSAOVERLAPPED *operation)
{
    static WSABUF buffer = {.len = sizeof(received), .buf = received};
    static DWORD flags = MSG_PEEK;
    return WSARecvFrom(s, &buffer, 1, NULL, &flags, NULL, NULL, operation, NULL);
}

static int look_with_message(SOCKET s, WSAOVERLAPPED *operation)
{
    WSAMSG *message = room_for(0);
    message->dwFlags = MSG_PEEK;
    return receive_message(s)(s, message, NULL, operation, NULL);
}

static const struct {
    struct row row;
    int (*call)(SOCKET, WSAOVERLAPPED *);
} looks[] = {
    {{"wsarecvfrom", "dgram.wsarecvfrom.peek_overlapped"}, look_with_recvfrom},
    {{"wsarecvmsg", "dgram.recvmsg.peek_overlapped"}, look_with_message},
};

/* Where it is refused, the datagram is not lost. */
START_TEST(look_later)
{
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);
    OVERLAPPED *operation = operation_with_event();

    int result = looks[_i].call(s, operation);

    record_outcome("looking with an OVERLAPPED", result == 0);
    if (result == SOCKET_ERROR && GetLastError() != WSA_IO_PENDING)
        expect_datagram(s, "hello");
}
END_TEST
COVERS_ROWS(look_later, looks);

START_TEST(unknown_flag)
{
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);
    char bytes[8];

    int got = recvfrom(s, bytes, sizeof(bytes), 0x4000, NULL, NULL);

    record_outcome("receiving", got != SOCKET_ERROR);
    if (got != SOCKET_ERROR)
        expect_number(got, 5);
    else
        expect_datagram(s, "hello");
}
END_TEST
COVERS(unknown_flag, "dgram.recvfrom.unknown_flag");

START_TEST(look_at_a_stream)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LPFN_WSARECVMSG receive_it = receive_message(socket_open(SOCK_DGRAM));
    WSAMSG *message = room_for(0);
    DWORD got = 0;
    message->dwFlags = MSG_PEEK;
    send_all(pair.client, "hello", 5);
    wait_readable(pair.server);

    int result = receive_it(pair.server, message, &got, NULL, NULL);

    record_outcome("looking at a stream", result == 0);
    expect_receives(pair.server, "hello", 5);
}
END_TEST
COVERS(look_at_a_stream, "dgram.recvmsg.peek_stream");

/* ---- Flags that are told with an OVERLAPPED */

static WSAMSG *message_told;
static DWORD flags_at_the_end, flags_of_the_result, flags_of_the_routine, routines;

static void CALLBACK tells_flags(DWORD error, DWORD count, LPWSAOVERLAPPED done, DWORD flags)
{
    (void)error, (void)count, (void)done;
    flags_of_the_routine = flags;
    routines++;
}

/* Receives what waits, or what SENDER's message will be, with an event, or with a routine. */
static DWORD receive_all_flags(SOCKET s, bool by_routine)
{
    DWORD count = 0;
    WSAOVERLAPPED *operation = operation_with_event();
    message_told = room_for(0);
    int result =
        receive_message(s)(s, message_told, NULL, operation, by_routine ? tells_flags : NULL);
    if (result == SOCKET_ERROR)
        expect_socket_failed(result, WSA_IO_PENDING);
    if (by_routine) {
        while (!routines)
            expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    } else {
        expect_signaled(operation->hEvent);
        expect_succeeded(WSAGetOverlappedResult(s, operation, &count, FALSE, &flags_of_the_result));
    }
    flags_at_the_end = message_told->dwFlags & (MSG_MCAST | MSG_BCAST);
    return count;
}

START_TEST(flags_of_a_message_to_one)
{
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);

    DWORD count = receive_all_flags(s, false);

    expect_number(count, 5);
    expect_number(flags_at_the_end, 0);
}
END_TEST
COVERS(flags_of_a_message_to_one, "dgram.recvmsg.flags_overlapped");

/* Which of the three places Windows tells of a group in is not known but for the message. */
START_TEST(flags_of_a_message_to_a_group)
{
    winsock_start();
    SOCKET s = listener_open(AF_INET), sender = sender_open(AF_INET);
    require(by_family(s, AF_INET, IP_ADD_MEMBERSHIP) == 0);
    expect_socket_succeeded(send_to(sender, group_of(AF_INET), s, "group"));
    wait_readable(s);

    DWORD count = receive_all_flags(s, false);

    expect_number(count, 5);
    expect_number(flags_at_the_end, MSG_MCAST);
}
END_TEST
COVERS(flags_of_a_message_to_a_group, "dgram.recvmsg.flags_overlapped_group");

START_TEST(flags_in_other_places)
{
    winsock_start();
    SOCKET s = listener_open(AF_INET), sender = sender_open(AF_INET);
    require(by_family(s, AF_INET, IP_ADD_MEMBERSHIP) == 0);
    expect_socket_succeeded(send_to(sender, group_of(AF_INET), s, "group"));
    expect_socket_succeeded(send_to(sender, group_of(AF_INET), s, "again"));

    receive_all_flags(s, false);

    receive_all_flags(s, true);
    record("flags of WSAGetOverlappedResult", "0x%lx", flags_of_the_result);
    record("flags of the routine", "0x%lx", flags_of_the_routine);
    expect_number(routines, 1);
}
END_TEST
COVERS(flags_in_other_places, "dgram.recvmsg.flags_of_result", "dgram.recvmsg.flags_of_routine");

/* ---- After the report that a port is unreachable */

static int again_with_sendto(SOCKET s, struct sockaddr_in *to)
{
    return sendto(s, "again", 5, 0, (struct sockaddr *)to, sizeof(*to)) == 5 ? 0 : SOCKET_ERROR;
}

static int again_with_wsasendto(SOCKET s, struct sockaddr_in *to)
{
    WSABUF buffer = {.len = 5, .buf = "again"};
    DWORD sent = 0;
    return WSASendTo(s, &buffer, 1, &sent, 0, (struct sockaddr *)to, sizeof(*to), NULL, NULL);
}

static int again_with_message(SOCKET s, struct sockaddr_in *to)
{
    DWORD sent = 0;
    return send_message(s)(s, message_to(to), 0, &sent, NULL, NULL);
}

static const struct {
    struct row row;
    int (*call)(SOCKET, struct sockaddr_in *);
} sendings[] = {
    {{"sendto", "dgram.sendto.reset_port"}, again_with_sendto},
    {{"wsasendto", "dgram.wsasendto.reset_port"}, again_with_wsasendto},
    {{"wsasendmsg", "dgram.wsasendmsg.reset_port"}, again_with_message},
};

START_TEST(sent_again_to_nobody)
{
    winsock_start();
    struct sockaddr_in nobody = unreachable_port();
    SOCKET s = socket_open(SOCK_DGRAM);
    require(connect(s, (struct sockaddr *)&nobody, sizeof(nobody)) == 0);
    require(send(s, "hello", 5, 0) == 5);

    int result = sendings[_i].call(s, &nobody);

    record_outcome("second sending to an unreachable port", result == 0);
    if (result == SOCKET_ERROR)
        expect_socket_failed(result, WSAECONNRESET);
}
END_TEST
COVERS_ROWS(sent_again_to_nobody, sendings);
