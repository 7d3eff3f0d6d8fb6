/* What sendto and recvfrom refuse, and what they take, of addresses, buffers and flags. */
#include "winsock/winsock.h"

static const struct {
    struct row row;
    u_short family;
    int size;
    bool bytes;
    DWORD error;
} sendings[] = {
    {{"short_name", "dgram.sendto.tolen_small"},
     AF_INET,
     sizeof(struct sockaddr_in) - 1,
     true,
     WSAEFAULT},
    {{"no_bytes", "dgram.sendto.bad_pointer"},
     AF_INET,
     sizeof(struct sockaddr_in),
     false,
     WSAEFAULT},
};

START_TEST(sendto_refuses)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    union {
        struct sockaddr_in name;
        struct sockaddr_in6 other;
    } to = {.name = socket_name(receiver)};
    to.name.sin_family = sendings[_i].family;

    int sent = sendto(s, sendings[_i].bytes ? "hello" : NULL, 5, 0, (struct sockaddr *)&to,
                      sendings[_i].size);

    expect_socket_failed(sent, sendings[_i].error);
    send_datagram(s, receiver, "next");
    expect_datagram(receiver, "next");
}
END_TEST
COVERS_ROWS(sendto_refuses, sendings);

START_TEST(other_family)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in6 to = {.sin6_family = AF_INET6, .sin6_port = htons(1)};
    to.sin6_addr.s6_addr[15] = 1;

    int sent = sendto(s, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to));

    expect_socket_failed(sent, WSAEAFNOSUPPORT);
}
END_TEST
COVERS(other_family, "dgram.sendto.wrong_family");

START_TEST(port_0)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = loopback(0);

    int sent = sendto(s, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to));

    record_outcome("sendto to port 0", sent == 5);
}
END_TEST
COVERS(port_0, "dgram.sendto.port_zero");

START_TEST(success_is_not_delivery)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), gone = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(gone);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);

    int sent = sendto(s, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to));

    expect_socket_succeeded(sent);
    expect_number(sent, 5);
}
END_TEST
COVERS(success_is_not_delivery, "dgram.sendto.success_not_delivery");

START_TEST(connected_socket_has_a_whole_name)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(peer);
    require(connect(s, (struct sockaddr *)&to, sizeof(to)) == 0);

    int sent = send(s, "hello", 5, 0);

    expect_socket_succeeded(sent);
    struct sockaddr_in name = socket_name(s);
    expect_true(name.sin_port != 0);
    expect_number(name.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
}
END_TEST
COVERS(connected_socket_has_a_whole_name, "dgram.sendto.connected_localname");

static const struct {
    struct row row;
    bool sends;
    int how;
} ends[] = {
    {{"sending", "dgram.sendto.shutdown"}, true, SD_SEND},
    {{"sending_and_both", "dgram.sendto.shutdown"}, true, SD_BOTH},
    {{"receiving", "dgram.recvfrom.shutdown_receive"}, false, SD_RECEIVE},
    {{"receiving_and_both", "dgram.recvfrom.shutdown_receive"}, false, SD_BOTH},
};

START_TEST(shut_down)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(peer);
    require(connect(s, (struct sockaddr *)&to, sizeof(to)) == 0);
    require(shutdown(s, ends[_i].how) == 0);
    char byte;

    int result =
        ends[_i].sends ? sendto(s, "x", 1, 0, NULL, 0) : recvfrom(s, &byte, 1, 0, NULL, NULL);

    expect_socket_failed(result, WSAESHUTDOWN);
}
END_TEST
COVERS_ROWS(shut_down, ends);

/* ---- recvfrom ---- */

START_TEST(source_need_not_be_asked_for)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    char bytes[8];
    send_datagram(s, receiver, "hello");

    int got = recvfrom(receiver, bytes, sizeof(bytes), 0, NULL, NULL);

    expect_socket_succeeded(got);
    expect_number(got, 5);
    expect_bytes(bytes, "hello", 5);
}
END_TEST
COVERS(source_need_not_be_asked_for, "dgram.recvfrom.from_null");

START_TEST(short_room_for_the_source)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in from;
    int size = sizeof(from) - 1;
    char bytes[8];
    send_datagram(s, receiver, "hello");

    int got = recvfrom(receiver, bytes, sizeof(bytes), 0, (struct sockaddr *)&from, &size);

    expect_socket_failed(got, WSAEFAULT);
}
END_TEST
COVERS(short_room_for_the_source, "dgram.recvfrom.fromlen_too_small");

START_TEST(no_buffer_is_a_fault)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    send_datagram(s, receiver, "hello");
    wait_readable(receiver);

    int got = recvfrom(receiver, NULL, 8, 0, NULL, NULL);

    expect_socket_failed(got, WSAEFAULT);
}
END_TEST
COVERS(no_buffer_is_a_fault, "dgram.recvfrom.bad_buffer");

START_TEST(connected_socket_tells_the_source)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(peer), from;
    int size = sizeof(from);
    char bytes[8];
    require(connect(s, (struct sockaddr *)&to, sizeof(to)) == 0);
    send_datagram(peer, s, "hello");

    int got = recvfrom(s, bytes, sizeof(bytes), 0, (struct sockaddr *)&from, &size);

    expect_socket_succeeded(got);
    expect_number(got, 5);
    expect_bytes(&from, &to, NAME_SIZE);
}
END_TEST
COVERS(connected_socket_tells_the_source, "dgram.recvfrom.eisconn_conflict");

START_TEST(unreachable_port_resets_an_unconnected_socket)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in nobody = unreachable_port();
    limit_receives(s, step_limit() / 10);
    require(sendto(s, "anybody?", 8, 0, (struct sockaddr *)&nobody, sizeof(nobody)) == 8);
    char byte;

    int got = recvfrom(s, &byte, 1, 0, NULL, NULL);

    expect_socket_failed(got, WSAECONNRESET);
}
END_TEST
COVERS(unreachable_port_resets_an_unconnected_socket, "dgram.recvfrom.connreset_port_unreachable");

START_TEST(connecting_to_another_family)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    struct sockaddr_in name = loopback(1);
    name.sin_family = 0x4D2;

    int result = connect(s, (struct sockaddr *)&name, sizeof(name));

    expect_socket_failed(result, WSAEAFNOSUPPORT);
}
END_TEST
COVERS(connecting_to_another_family, "dgram.connect.family_mismatch");

/* The same address twice, as for streams. */
static const struct {
    struct row row;
    bool first, second; /* SO_REUSEADDR */
    DWORD error;
} reuses[] = {
    {{"default_then_reuse", "dgram.bind.default_then_reuse_same"}, false, true, WSAEACCES},
    {{"both_reuse", "dgram.bind.both_reuse"}, true, true, 0},
};

START_TEST(same_address)
{
    winsock_start();
    SOCKET first = socket_open(SOCK_DGRAM), second = socket_open(SOCK_DGRAM);
    BOOL on = TRUE;
    require(!reuses[_i].first ||
            setsockopt(first, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof(on)) == 0);
    require(!reuses[_i].second ||
            setsockopt(second, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof(on)) == 0);
    struct sockaddr_in name = loopback(0);
    require(bind(first, (struct sockaddr *)&name, sizeof(name)) == 0);
    name = socket_name(first);

    int result = bind(second, (struct sockaddr *)&name, sizeof(name));

    if (reuses[_i].error)
        expect_socket_failed(result, reuses[_i].error);
    else
        expect_socket_succeeded(result);
}
END_TEST
COVERS_ROWS(same_address, reuses);

START_TEST(other_address_has_the_same_port)
{
    winsock_start();
    SOCKET first = socket_bound(SOCK_DGRAM), s = socket_open(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(first);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);

    int result = bind(s, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
    expect_number(socket_port(s), socket_port(first));
}
END_TEST
COVERS(other_address_has_the_same_port, "dgram.bind.different_specifics");

static HANDLE called;

static void CALLBACK call(ULONG_PTR argument)
{
    (void)argument;
    SetEvent(called);
}

static DWORD receive_in_thread(void *s)
{
    char bytes[8];
    require(QueueUserAPC(call, GetCurrentThread(), 0));
    int got = recvfrom((SOCKET)s, bytes, sizeof(bytes), 0, NULL, NULL);
    expect_socket_succeeded(got);
    return (DWORD)got;
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
COVERS(procedure_call_runs_while_it_waits, "dgram.recvfrom.alertable_wait");
