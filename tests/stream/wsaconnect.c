/* WSAConnect where connect is what is usually tested: datagrams, and what becomes of an attempt. */
#include "winsock/winsock.h"

static int to_name(SOCKET s, struct sockaddr_in name)
{
    return WSAConnect(s, (struct sockaddr *)&name, sizeof(name), NULL, NULL, NULL, NULL);
}

static int to_socket(SOCKET s, SOCKET peer)
{
    return to_name(s, socket_name(peer));
}

static unsigned peer_port(SOCKET s)
{
    struct sockaddr_in name = {.sin_port = 0};
    int length = sizeof(name);
    expect_number(getpeername(s, (struct sockaddr *)&name, &length), 0);
    return ntohs(name.sin_port);
}

/* ---- Datagrams ---- */

START_TEST(names_the_peer)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);

    int result = to_socket(s, peer);

    expect_socket_succeeded(result);
    expect_number(peer_port(s), socket_port(peer));
    expect_true(socket_port(s) != 0); /* it is bound now */
    expect_number(send(s, "hello", 5, 0), 5);
    expect_datagram(peer, "hello");
}
END_TEST
COVERS(names_the_peer, "dgram.wsaconnect.default_dest", "dgram.wsaconnect.implicit_bind");

START_TEST(shuts_others_out)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);
    SOCKET stranger = socket_bound(SOCK_DGRAM);

    int result = to_socket(s, peer);

    expect_socket_succeeded(result);
    send_datagram(stranger, s, "strange");
    send_datagram(peer, s, "known");
    expect_datagram(s, "known");
}
END_TEST
COVERS(shuts_others_out, "dgram.wsaconnect.filter_other_source");

START_TEST(changes_the_peer)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    SOCKET first = socket_bound(SOCK_DGRAM), second = socket_bound(SOCK_DGRAM);
    unsigned port = socket_port(s);
    require(to_socket(s, first) == 0);

    int result = to_socket(s, second);

    expect_socket_succeeded(result);
    expect_number(peer_port(s), socket_port(second));
    expect_number(socket_port(s), port);
    send_datagram(second, s, "new");
    expect_datagram(s, "new");
}
END_TEST
COVERS(changes_the_peer, "dgram.wsaconnect.reconnect");

START_TEST(drops_what_waits)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    SOCKET first = socket_bound(SOCK_DGRAM), second = socket_bound(SOCK_DGRAM);
    require(to_socket(s, first) == 0);
    send_datagram(first, s, "old");
    wait_readable(s);

    int result = to_socket(s, second);

    expect_socket_succeeded(result);
    send_datagram(second, s, "new");
    expect_datagram(s, "new");
}
END_TEST
COVERS(drops_what_waits, "dgram.wsaconnect.reconnect_discards");

START_TEST(takes_the_peer_away)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    SOCKET first = socket_bound(SOCK_DGRAM), other = socket_bound(SOCK_DGRAM);
    struct sockaddr_in third = socket_name(other), own = socket_name(s);
    require(to_socket(s, first) == 0);

    int result = to_name(s, (struct sockaddr_in){.sin_family = AF_UNSPEC});

    expect_socket_succeeded(result);
    expect_number(socket_port(s), ntohs(own.sin_port));
    int sent = sendto(s, "out", 3, 0, (struct sockaddr *)&third, sizeof(third));
    expect_socket_succeeded(sent);
    expect_datagram(other, "out");
    expect_number(sendto(other, "in", 2, 0, (struct sockaddr *)&own, sizeof(own)), 2);
    expect_datagram(s, "in");
}
END_TEST
COVERS(takes_the_peer_away, "dgram.wsaconnect.zero_name");

START_TEST(send_has_no_peer_again)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);
    require(to_socket(s, peer) == 0);
    require(to_name(s, (struct sockaddr_in){.sin_family = AF_UNSPEC}) == 0);

    int sent = send(s, "lost", 4, 0);

    expect_socket_failed(sent, WSAENOTCONN);
}
END_TEST
COVERS(send_has_no_peer_again, "dgram.wsaconnect.zero_name_send");

START_TEST(connect_data_are_ignored)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(peer);
    char text[] = "data";
    WSABUF caller = {.len = 4, .buf = text};

    int result = WSAConnect(s, (struct sockaddr *)&name, sizeof(name), &caller, NULL, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(peer_port(s), socket_port(peer));
    expect_number(send(s, "hello", 5, 0), 5);
    expect_datagram(peer, "hello"); /* and nothing before it */
}
END_TEST
COVERS(connect_data_are_ignored, "dgram.wsaconnect.data_ignored");

/* ---- What becomes of an attempt ---- */

START_TEST(success_is_told)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    set_nonblocking(s, true);
    int result = to_socket(s, listener);
    require(result == 0 || GetLastError() == WSAEWOULDBLOCK);
    fd_set made = {.fd_count = 1, .fd_array = {s}}, failed = made;
    TIMEVAL limit = select_limit();

    int count = select(0, NULL, &made, &failed, &limit);

    expect_number(count, 1);
    expect_number(made.fd_count, 1);
    result = to_socket(s, listener);
    expect_socket_failed(result, WSAEISCONN);
}
END_TEST
COVERS(success_is_told, "stream.wsaconnect.nonblocking_success_writefds");

START_TEST(failure_is_told)
{
    winsock_start();
    SOCKET nobody = socket_bound(SOCK_STREAM), s = socket_open(SOCK_STREAM);
    set_nonblocking(s, true);
    take_no_for_an_answer(s);
    require(to_socket(s, nobody) == SOCKET_ERROR && GetLastError() == WSAEWOULDBLOCK);
    fd_set made = {.fd_count = 1, .fd_array = {s}}, failed = made;
    TIMEVAL limit = select_limit();

    int count = select(0, NULL, &made, &failed, &limit);

    expect_number(count, 1);
    expect_number(failed.fd_count, 1);
}
END_TEST
COVERS(failure_is_told, "stream.wsaconnect.nonblocking_failure_exceptfds");

START_TEST(event_tells_of_the_outcome)
{
    winsock_start();
    SOCKET nobody = socket_bound(SOCK_STREAM), s = socket_open(SOCK_STREAM);
    HANDLE event = event_create();
    WSANETWORKEVENTS happened = {0};
    require(WSAEventSelect(s, event, FD_CONNECT) == 0);
    take_no_for_an_answer(s);

    int result = to_socket(s, nobody);

    expect_socket_failed(result, WSAEWOULDBLOCK);
    expect_signaled(event);
    require(WSAEnumNetworkEvents(s, event, &happened) == 0);
    expect_number(happened.lNetworkEvents, FD_CONNECT);
    expect_error((DWORD)happened.iErrorCode[FD_CONNECT_BIT], WSAECONNREFUSED);
}
END_TEST
COVERS(event_tells_of_the_outcome, "stream.wsaconnect.event");

START_TEST(quality_of_a_group)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    struct sockaddr_in name = socket_name(listener);
    QOS quality;
    memset(&quality, 0xFF, sizeof(quality));

    int result = WSAConnect(s, (struct sockaddr *)&name, sizeof(name), NULL, NULL, NULL, &quality);

    record_outcome("WSAConnect with a quality of service of the group", result == 0);
}
END_TEST
COVERS(quality_of_a_group, "stream.wsaconnect.group_qos_einval");
