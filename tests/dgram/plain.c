/* Datagram sockets that WSASocket made without WSA_FLAG_OVERLAPPED: what becomes of an OVERLAPPED
 * and of a completion routine that they are given all the same. */
#include "message.h"

static SOCKET plain_socket(void)
{
    SOCKET s = WSASocketW(AF_INET, SOCK_DGRAM, 0, NULL, 0, 0);
    struct sockaddr_in any_port = loopback(0);
    require(s != INVALID_SOCKET);
    require(bind(s, (struct sockaddr *)&any_port, sizeof(any_port)) == 0);
    return s;
}

static WSAOVERLAPPED operation;
static volatile LONG runs;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *of, DWORD flags)
{
    (void)error, (void)count, (void)of, (void)flags;
    runs++;
}

typedef LPWSAOVERLAPPED_COMPLETION_ROUTINE routine;

static int with_wsarecvfrom(SOCKET s, DWORD *count, routine called)
{
    static WSABUF buffer = {.len = sizeof(received), .buf = received};
    static DWORD flags;
    static int size = sizeof(source);
    return WSARecvFrom(s, &buffer, 1, count, &flags, (struct sockaddr *)&source, &size, &operation,
                       called);
}

static int with_wsarecvmsg(SOCKET s, DWORD *count, routine called)
{
    return receive_message(s)(s, room_for(0), count, &operation, called);
}

struct call {
    struct row row;
    int (*call)(SOCKET, DWORD *, routine);
};

static const struct call *call;

static DWORD receives(void *argument)
{
    DWORD count = 99;

    int result = call->call(*(SOCKET *)argument, &count, NULL);

    expect_socket_succeeded(result);
    return count;
}

static const struct call waits[] = {
    {{"wsarecvfrom", "dgram.wsarecvfrom.plain_waits"}, with_wsarecvfrom},
    {{"wsarecvmsg", "dgram.recvmsg.plain_waits"}, with_wsarecvmsg},
};

START_TEST(receive_waits)
{
    winsock_start();
    SOCKET s = plain_socket(), sender = socket_bound(SOCK_DGRAM);
    struct sockaddr_in expected = socket_name(sender);
    call = &waits[_i];
    struct thread *receiver = thread_start(receives, &s);
    expect_stays_unsignaled(receiver->handle);

    send_datagram(sender, s, "hello");

    expect_number(thread_join(receiver), 5);
    expect_bytes(received, "hello", 5);
    expect_bytes(&source, &expected, NAME_SIZE);
}
END_TEST
COVERS_ROWS(receive_waits, waits);

static const struct call would_block[] = {
    {{"wsarecvfrom", "dgram.wsarecvfrom.plain_nonblocking"}, with_wsarecvfrom},
    {{"wsarecvmsg", "dgram.recvmsg.plain_nonblocking"}, with_wsarecvmsg},
};

static DWORD receives_or_not(void *argument)
{
    DWORD count = 99;

    int result = call->call(*(SOCKET *)argument, &count, NULL);

    record_outcome("overlapped receive of a plain socket in nonblocking mode", result == 0);
    if (result == 0) {
        expect_number(count, 5);
        expect_bytes(received, "hello", 5);
    } else
        expect_socket_failed(result, WSAEWOULDBLOCK);
    return 0;
}

START_TEST(receive_in_nonblocking_mode)
{
    winsock_start();
    SOCKET s = plain_socket(), sender = socket_bound(SOCK_DGRAM);
    set_nonblocking(s, true);
    call = &would_block[_i];
    struct thread *receiver = thread_start(receives_or_not, &s);
    bool waits = !settles(receiver->handle);

    send_datagram(sender, s, "hello");

    thread_join(receiver);
    record("it", "%s", waits ? "waits" : "does not wait");
}
END_TEST
COVERS_ROWS(receive_in_nonblocking_mode, would_block);

static const struct call routines[] = {
    {{"wsarecvfrom", "dgram.wsarecvfrom.plain_routine"}, with_wsarecvfrom},
    {{"wsarecvmsg", "dgram.recvmsg.plain_routine"}, with_wsarecvmsg},
};

START_TEST(routine_of_a_receive)
{
    winsock_start();
    SOCKET s = plain_socket(), sender = socket_bound(SOCK_DGRAM);
    DWORD count = 99;
    send_datagram(sender, s, "hello");
    wait_readable(s);

    int result = routines[_i].call(s, &count, note);

    expect_socket_succeeded(result);
    expect_number(count, 5);
    SleepEx(0, TRUE);
    record("routine of a receive of a socket without WSA_FLAG_OVERLAPPED", "%s",
           runs ? "runs" : "does not run");
}
END_TEST
COVERS_ROWS(routine_of_a_receive, routines);

static int with_wsasendto(SOCKET s, DWORD *count, routine called)
{
    static WSABUF buffer = {.len = 5, .buf = (char *)"hello"};
    return WSASendTo(s, &buffer, 1, count, 0, (struct sockaddr *)&source, sizeof(source),
                     &operation, called);
}

static int with_wsasendmsg(SOCKET s, DWORD *count, routine called)
{
    return send_message(s)(s, message_to(&source), 0, count, &operation, called);
}

static const struct call sends[] = {
    {{"wsasendto", "dgram.wsasendto.plain_socket"}, with_wsasendto},
    {{"wsasendmsg", "dgram.wsasendmsg.plain_socket"}, with_wsasendmsg},
};

START_TEST(overlapped_send)
{
    winsock_start();
    SOCKET s = plain_socket(), receiver = socket_bound(SOCK_DGRAM);
    DWORD count = 99;
    source = socket_name(receiver);

    int result = sends[_i].call(s, &count, note);

    record_outcome("overlapped send of a socket without WSA_FLAG_OVERLAPPED", result == 0);
    if (result == 0) {
        expect_number(count, 5);
        expect_datagram(receiver, "hello");
    } else
        expect_socket_failed(result, WSAEINVAL);
    SleepEx(0, TRUE);
    record("its routine", "%s", runs ? "runs" : "does not run");
}
END_TEST
COVERS_ROWS(overlapped_send, sends);

/* ---- Codes of WSAIoctl ---- */

START_TEST(code_with_an_overlapped)
{
    winsock_start();
    SOCKET s = plain_socket(), sender = socket_bound(SOCK_DGRAM);
    u_long waiting = 99;
    DWORD count = 99;
    send_datagram(sender, s, "hello");
    wait_readable(s);

    int result =
        WSAIoctl(s, FIONREAD, NULL, 0, &waiting, sizeof(waiting), &count, &operation, note);

    expect_socket_succeeded(result);
    expect_number(waiting, 5);
    expect_number(count, sizeof(waiting));
    SleepEx(0, TRUE);
    record("routine of a code of a socket without WSA_FLAG_OVERLAPPED", "%s",
           runs ? "runs" : "does not run");
}
END_TEST
COVERS(code_with_an_overlapped, "winsock.ioctl.plain_at_once", "winsock.ioctl.plain_routine");
