/* WSASendMsg and WSARecvMsg with an OVERLAPPED: events, completion routines, and what they may do;
 * and destinations and flags of WSASendMsg. */
#include "message.h"

/* What the system writes to while an operation is pending, even after a test has failed. */
static WSAOVERLAPPED operation, second_operation;

static struct told {
    DWORD calls, error, count;
    HANDLE event;
} told;

static void CALLBACK tells(DWORD error, DWORD count, LPWSAOVERLAPPED done, DWORD flags)
{
    (void)flags;
    told = (struct told){told.calls + 1, error, count, done->hEvent};
}

static void let_routines_run(void)
{
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
}

static SOCKET receiving(LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    require(receive_message(s)(s, room_for(0), NULL, &operation, routine) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);
    return s;
}

/* ---- WSASendMsg */

START_TEST(event_is_set_at_the_end_of_sending)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);
    DWORD sent = 0;
    operation.hEvent = event_create();

    int result = send_message(s)(s, message_to(&to), 0, NULL, &operation, NULL);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_succeeded(extension_result(s, &operation, &sent));
    expect_number(sent, 5);
    expect_datagram(receiver, "hello");
}
END_TEST
COVERS(event_is_set_at_the_end_of_sending, "dgram.wsasendmsg.overlapped_event");

START_TEST(routine_of_sending)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);
    HANDLE event = operation.hEvent = event_create();

    int result = send_message(s)(s, message_to(&to), 0, NULL, &operation, tells);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_number(told.calls, 0);
    let_routines_run();
    expect_number(told.calls, 1);
    expect_number(told.error, 0);
    expect_number(told.count, 5);
    expect_pointer(told.event, event);
    expect_not_signaled(event);
}
END_TEST
COVERS(routine_of_sending, "dgram.wsasendmsg.routine", "dgram.wsasendmsg.routine_ignores_event");

START_TEST(count_beside_an_overlapped)
{
    static DWORD count;
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);
    operation.hEvent = event_create();
    count = 99;

    int result = send_message(s)(s, message_to(&to), 0, &count, &operation, NULL);

    if (result == SOCKET_ERROR) {
        expect_socket_failed(result, WSA_IO_PENDING);
        expect_number(count, 99);
    } else {
        expect_number(count, 5);
    }
    expect_signaled(operation.hEvent);
}
END_TEST
COVERS(count_beside_an_overlapped, "dgram.wsasendmsg.count_with_overlapped");

START_TEST(message_to_another_than_the_peer)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM),
           other = socket_bound(SOCK_DGRAM);
    struct sockaddr_in peer_name = socket_name(peer), name = socket_name(other);
    DWORD sent = 0;
    require(connect(s, (struct sockaddr *)&peer_name, sizeof(peer_name)) == 0);

    int result = send_message(s)(s, message_to(&name), 0, &sent, NULL, NULL);

    expect_socket_succeeded(result);
    expect_datagram(other, "hello");
    send_all(s, "peer", 4);
    expect_datagram(peer, "peer");
}
END_TEST
COVERS(message_to_another_than_the_peer, "dgram.wsasendmsg.override_peer");

START_TEST(message_to_nobody)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), gone = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(gone);
    DWORD sent = 0;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);

    int result = send_message(s)(s, message_to(&to), 0, &sent, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(sent, 5);
}
END_TEST
COVERS(message_to_nobody, "dgram.wsasendmsg.success_not_delivery");

START_TEST(message_without_routes)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);
    DWORD sent = 0;

    int result = send_message(s)(s, message_to(&to), MSG_DONTROUTE, &sent, NULL, NULL);

    expect_socket_succeeded(result);
    expect_datagram(receiver, "hello");
}
END_TEST
COVERS(message_without_routes, "dgram.wsasendmsg.dontroute");

/* The address of a socket of all addresses is told in a control message. */
START_TEST(message_from_an_address)
{
    static char control[WSA_CMSG_SPACE(sizeof(IN_PKTINFO))];
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver), from;
    int length = sizeof(from);
    WSAMSG *message = message_to(&to);
    DWORD sent = 0;
    char bytes[8];
    message->Control = (WSABUF){.len = sizeof(control), .buf = control};
    WSACMSGHDR *header = WSA_CMSG_FIRSTHDR(message);
    header->cmsg_level = IPPROTO_IP;
    header->cmsg_type = IP_PKTINFO;
    header->cmsg_len = WSA_CMSG_LEN(sizeof(IN_PKTINFO));
    ((IN_PKTINFO *)WSA_CMSG_DATA(header))->ipi_addr.s_addr = htonl(INADDR_LOOPBACK);

    int result = send_message(s)(s, message, 0, &sent, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(sent, 5);
    expect_number(recvfrom(receiver, bytes, 8, 0, (struct sockaddr *)&from, &length), 5);
    expect_number(from.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
}
END_TEST
COVERS(message_from_an_address, "dgram.wsasendmsg.pktinfo_source");

/* ---- WSARecvMsg */

START_TEST(routine_of_receiving)
{
    winsock_start();
    HANDLE event = operation.hEvent = event_create();
    SOCKET s = receiving(tells);

    send_datagram(s, s, "hello");

    let_routines_run();
    expect_number(told.calls, 1);
    expect_number(told.error, 0);
    expect_number(told.count, 5);
    expect_pointer(told.event, event);
    expect_not_signaled(event);
    expect_bytes(received, "hello", 5);
}
END_TEST
COVERS(routine_of_receiving, "dgram.recvmsg.routine_arguments",
       "dgram.recvmsg.routine_ignores_event");

START_TEST(routine_waits_for_an_alertable_wait)
{
    winsock_start();
    HANDLE never = event_create();
    SOCKET s = receiving(tells);
    send_datagram(s, s, "hello");

    expect_stays_unsignaled(never); /* a wait that is not alertable */

    expect_number(told.calls, 0);
    let_routines_run();
    expect_number(told.calls, 1);
}
END_TEST
COVERS(routine_waits_for_an_alertable_wait, "dgram.recvmsg.routine_only_alertable");

START_TEST(what_waits_completes_with_its_event)
{
    winsock_start();
    SOCKET sender, s = with_hello(socket_bound(SOCK_DGRAM), &sender);
    DWORD got = 0;
    operation.hEvent = event_create();

    int result = receive_message(s)(s, room_for(0), NULL, &operation, NULL);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_succeeded(extension_result(s, &operation, &got));
    expect_number(got, 5);
}
END_TEST
COVERS(what_waits_completes_with_its_event, "dgram.recvmsg.immediate_event");

START_TEST(array_of_buffers_need_not_last)
{
    static char first[2], second[6];
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSABUF two[] = {{.len = 2, .buf = first}, {.len = 6, .buf = second}};
    WSAMSG *message = room_for(0);
    operation.hEvent = event_create();
    message->lpBuffers = two;
    message->dwBufferCount = 2;
    require(receive_message(s)(s, message, NULL, &operation, NULL) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);

    memset(two, 0, sizeof(two));

    send_datagram(s, s, "hello");
    expect_signaled(operation.hEvent);
    expect_bytes(first, "he", 2);
    expect_bytes(second, "llo", 3);
}
END_TEST
COVERS(array_of_buffers_need_not_last, "dgram.recvmsg.wsabuf_captured");

static SOCKET echoing;

static void CALLBACK answers(DWORD error, DWORD count, LPWSAOVERLAPPED done, DWORD flags)
{
    struct sockaddr_in to = source;
    (void)error, (void)count, (void)done, (void)flags;
    send_message(echoing)(echoing, message_to(&to), 0, NULL, &second_operation, tells);
}

START_TEST(routine_answers)
{
    winsock_start();
    SOCKET client = socket_bound(SOCK_DGRAM);
    echoing = receiving(answers);
    send_datagram(client, echoing, "anybody?");

    let_routines_run();

    expect_datagram(client, "hello");
    while (told.calls == 0)
        let_routines_run();
    expect_number(told.error, 0);
}
END_TEST
COVERS(routine_answers, "dgram.wsasendmsg.from_routine");

static void CALLBACK goes_on(DWORD error, DWORD count, LPWSAOVERLAPPED done, DWORD flags)
{
    tells(error, count, done, flags);
    receive_message(echoing)(echoing, room_for(0), NULL, &second_operation, tells);
}

START_TEST(routine_goes_on)
{
    winsock_start();
    echoing = receiving(goes_on);
    send_datagram(echoing, echoing, "one");
    let_routines_run();

    send_datagram(echoing, echoing, "second");

    while (told.calls < 2)
        let_routines_run();
    expect_number(told.count, 6);
    expect_bytes(received, "second", 6);
}
END_TEST
COVERS(routine_goes_on, "dgram.recvmsg.from_routine");

START_TEST(flags_of_what_is_sent_stay)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);
    WSAMSG *message = message_to(&to);
    DWORD sent = 0;
    message->dwFlags = 0;

    int result = send_message(s)(s, message, 0, &sent, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(message->dwFlags, 0);
}
END_TEST
COVERS(flags_of_what_is_sent_stay, "dgram.wsasendmsg.flags_unused");

static SOCKET shared;

static DWORD begins(void *unused)
{
    (void)unused;
    require(receive_message(shared)(shared, room_for(0), NULL, &operation, NULL) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);
    return 0;
}

START_TEST(thread_takes_along)
{
    winsock_start();
    shared = socket_bound(SOCK_DGRAM);
    operation.hEvent = event_create();
    DWORD count = 0;

    thread_join(thread_start(begins, NULL));

    expect_failed(extension_result(shared, &operation, &count), WSA_OPERATION_ABORTED);
    send_datagram(shared, shared, "later");
    expect_datagram(shared, "later");
}
END_TEST
COVERS(thread_takes_along, "dgram.recvmsg.thread_exit_aborts");
