/* What WSASendTo and WSARecvFrom refuse as sendto and recvfrom do, and permission to broadcast. */
#include "winsock/winsock.h"

static char many[65508];

static int send_to(SOCKET s, DWORD size, const void *name, int length)
{
    WSABUF bytes = {.len = size, .buf = many};
    DWORD count;
    SetLastError(LAST_ERROR_UNSET);
    return WSASendTo(s, &bytes, 1, &count, 0, name, length, NULL, NULL);
}

static const struct sockaddr_in everybody = {
    .sin_family = AF_INET, .sin_port = 0x0900, .sin_addr.s_addr = INADDR_BROADCAST};
static const struct sockaddr_in6 of_ipv6 = {
    .sin6_family = AF_INET6, .sin6_port = 0x0900, .sin6_addr.s6_addr[15] = 1};

static const struct {
    struct row row;
    DWORD size;
    const void *name; /* NULL: that of the receiver */
    int length;
    DWORD error;
} sendings[] = {
    {{"to_everybody", "dgram.wsasendto.broadcast_eacces"},
     4,
     &everybody,
     sizeof(everybody),
     WSAEACCES},
    {{"to_another_family", "dgram.wsasendto.wrong_family"},
     4,
     &of_ipv6,
     sizeof(of_ipv6),
     WSAEAFNOSUPPORT},
    {{"a_byte_too_much", "dgram.wsasendto.emsgsize"},
     65508,
     NULL,
     sizeof(struct sockaddr_in),
     WSAEMSGSIZE},
};

START_TEST(wsasendto_refuses)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(receiver);

    int result = send_to(s, sendings[_i].size, sendings[_i].name ? sendings[_i].name : &name,
                         sendings[_i].length);

    expect_socket_failed(result, sendings[_i].error);
    expect_socket_succeeded(send_to(s, 0, &name, sizeof(name)));
    expect_datagram(receiver, "");
}
END_TEST
COVERS_ROWS(wsasendto_refuses, sendings);

static const struct {
    struct row row;
    int how;
} ends[] = {
    {{"for_sending", NULL}, SD_SEND},
    {{"for_both", NULL}, SD_BOTH},
};

START_TEST(wsasendto_after_shutdown)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(socket_bound(SOCK_DGRAM));
    require(send_to(s, 1, &name, sizeof(name)) == 0);
    require(shutdown(s, ends[_i].how) == 0);

    int result = send_to(s, 1, &name, sizeof(name));

    expect_socket_failed(result, WSAESHUTDOWN);
}
END_TEST
COVERS_ROWS(wsasendto_after_shutdown, ends, "dgram.wsasendto.shutdown");

START_TEST(wsasendto_to_another_than_the_peer)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM),
           other = socket_bound(SOCK_DGRAM);
    struct sockaddr_in peer_name = socket_name(peer), name = socket_name(other);
    require(connect(s, (struct sockaddr *)&peer_name, sizeof(peer_name)) == 0);

    int result = send_to(s, 0, &name, sizeof(name));

    expect_socket_succeeded(result);
    expect_datagram(other, "");
    send_all(s, "peer", 4);
    expect_datagram(peer, "peer");
}
END_TEST
COVERS(wsasendto_to_another_than_the_peer, "dgram.wsasendto.override_peer");

START_TEST(wsasendto_needs_startup)
{
    struct sockaddr_in name = loopback(9);

    int result = send_to(INVALID_SOCKET, 1, &name, sizeof(name));

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS(wsasendto_needs_startup, "dgram.wsasendto.notinitialised");

START_TEST(wsasendto_needs_a_socket)
{
    winsock_start();
    struct sockaddr_in name = socket_name(socket_bound(SOCK_DGRAM));
    SOCKET closed = socket_bound(SOCK_DGRAM);
    require(send_to(closed, 1, &name, sizeof(name)) == 0);
    socket_close(closed);

    int result = send_to(closed, 1, &name, sizeof(name));

    expect_socket_failed(result, WSAENOTSOCK);
}
END_TEST
COVERS(wsasendto_needs_a_socket, "dgram.wsasendto.enotsock");

/* ---- WSARecvFrom */

static const struct {
    struct row row;
    bool count, flags;
} rooms[] = {
    {{"for_the_count", "dgram.wsarecvfrom.null_count"}, false, true},
    {{"for_the_flags", "dgram.wsarecvfrom.null_flags"}, true, false},
};

START_TEST(wsarecvfrom_without_room)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    char bytes[8];
    WSABUF room = {.len = sizeof(bytes), .buf = bytes};
    DWORD count = 0, flags = 0;
    send_datagram(s, s, "data");

    int result = WSARecvFrom(s, &room, 1, rooms[_i].count ? &count : NULL,
                             rooms[_i].flags ? &flags : NULL, NULL, NULL, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
    send_datagram(s, s, "next");
    expect_socket_succeeded(WSARecvFrom(s, &room, 1, &count, &flags, NULL, NULL, NULL, NULL));
    expect_number(count, 4);
}
END_TEST
COVERS_ROWS(wsarecvfrom_without_room, rooms);

START_TEST(wsarecvfrom_needs_startup)
{
    char bytes[8];
    WSABUF room = {.len = sizeof(bytes), .buf = bytes};
    DWORD count = 0, flags = 0;

    int result = WSARecvFrom(INVALID_SOCKET, &room, 1, &count, &flags, NULL, NULL, NULL, NULL);

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS(wsarecvfrom_needs_startup, "dgram.wsarecvfrom.notinitialised");

/* ---- recvfrom and sendto */

START_TEST(recvfrom_has_no_urgent_data)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    char bytes[8];
    send_datagram(s, s, "data");

    int result = recvfrom(s, bytes, sizeof(bytes), MSG_OOB, NULL, NULL);

    expect_socket_failed(result, WSAEOPNOTSUPP);
    expect_datagram(s, "data");
}
END_TEST
COVERS(recvfrom_has_no_urgent_data, "dgram.recvfrom.oob_eopnotsupp");

START_TEST(permission_to_broadcast)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    int result = sendto(s, "all", 3, 0, (struct sockaddr *)&everybody, sizeof(everybody));

    expect_socket_failed(result, WSAEACCES);
    send_datagram(s, s, "one");
    expect_datagram(s, "one");
}
END_TEST
COVERS(permission_to_broadcast, "dgram.sendto.broadcast_eacces");

START_TEST(permission_taken_back)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    BOOL on = TRUE, off = FALSE;
    require(setsockopt(s, SOL_SOCKET, SO_BROADCAST, (char *)&on, sizeof(on)) == 0);

    int result = setsockopt(s, SOL_SOCKET, SO_BROADCAST, (char *)&off, sizeof(off));

    expect_socket_succeeded(result);
    expect_socket_failed(sendto(s, "all", 3, 0, (struct sockaddr *)&everybody, sizeof(everybody)),
                         WSAEACCES);
}
END_TEST
COVERS(permission_taken_back, "dgram.sendto.broadcast_eacces");

START_TEST(nowhere)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in nowhere = {.sin_family = AF_INET, .sin_port = htons(9)};
    char text[80];

    int result = sendto(s, "data", 4, 0, (struct sockaddr *)&nowhere, sizeof(nowhere));

    DWORD error = GetLastError();
    expect_socket_failed(result, WSAEADDRNOTAVAIL, WSAEDESTADDRREQ);
    record("error", "%s", error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(nowhere, "dgram.sendto.addr_any");
