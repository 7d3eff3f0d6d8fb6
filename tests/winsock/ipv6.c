/* Sockets of IPv6, and those that speak IPv4 through mapped addresses. Loopback only. */
#include "stream/extension.h"

/* [::1]:PORT, or the mapped [::ffff:127.0.0.1]:PORT. */
static struct sockaddr_in6 loopback6(unsigned port, bool mapped)
{
    struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_port = htons((u_short)port)};
    if (mapped)
        memcpy(&name.sin6_addr,
               &(BYTE[16]){[10] = 255, [11] = 255, [12] = 127, [13] = 0, [14] = 0, [15] = 1}, 16);
    else
        name.sin6_addr.s6_addr[15] = 1;
    return name;
}

/* An unbound socket of IPv6; UNSUPPORTED where a machine has not even its loopback address. */
static SOCKET socket6(int type)
{
    struct sockaddr_in6 name = loopback6(0, false);
    SOCKET probe = socket(AF_INET6, SOCK_DGRAM, 0);
    if (probe == INVALID_SOCKET || bind(probe, (struct sockaddr *)&name, sizeof(name)) != 0)
        unsupported("no IPv6 on this machine");
    socket_close(probe);
    SOCKET s = socket(AF_INET6, type, 0);
    require(s != INVALID_SOCKET);
    limit_waits(s);
    return s;
}

static void set_v6only(SOCKET s, DWORD on)
{
    require(setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&on, sizeof(on)) == 0);
}

static SOCKET bound6(SOCKET s, bool mapped)
{
    struct sockaddr_in6 name = loopback6(0, mapped);
    require(bind(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    return s;
}

static struct sockaddr_in6 name6(SOCKET s)
{
    struct sockaddr_in6 name;
    int length = sizeof(name);
    require(getsockname(s, (struct sockaddr *)&name, &length) == 0);
    return name;
}

/* ---- IPv6 alone */

START_TEST(connection)
{
    winsock_start();
    SOCKET listener = bound6(socket6(SOCK_STREAM), false), client = socket6(SOCK_STREAM);
    struct sockaddr_in6 server = name6(listener), peer;
    int length = sizeof(peer);
    require(listen(listener, 1) == 0);

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_succeeded(result);
    SOCKET accepted = accept(listener, (struct sockaddr *)&peer, &length);
    expect_true(accepted != INVALID_SOCKET);
    expect_number(length, sizeof(peer));
    expect_number(peer.sin6_family, AF_INET6);
    expect_number(peer.sin6_port, name6(client).sin6_port);
    expect_bytes(&peer.sin6_addr, &server.sin6_addr, 16);
    send_all(client, "hello", 5);
    expect_receives(accepted, "hello", 5);
}
END_TEST
COVERS(connection, "stream.socket.tcp6");

START_TEST(datagram)
{
    winsock_start();
    SOCKET s = bound6(socket6(SOCK_DGRAM), false), receiver = bound6(socket6(SOCK_DGRAM), false);
    struct sockaddr_in6 to = name6(receiver), from = {0}, own = name6(s);
    int length = sizeof(from);
    char bytes[16];

    int sent = sendto(s, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to));

    expect_number(sent, 5);
    expect_number(recvfrom(receiver, bytes, sizeof(bytes), 0, (struct sockaddr *)&from, &length),
                  5);
    expect_bytes(bytes, "hello", 5);
    expect_number(length, sizeof(from));
    expect_number(from.sin6_port, own.sin6_port);
    expect_bytes(&from.sin6_addr, &own.sin6_addr, 16);
}
END_TEST
COVERS(datagram, "dgram.socket.udp6");

START_TEST(no_ipv4_by_default)
{
    winsock_start();
    SOCKET s = socket6(SOCK_STREAM);
    DWORD on = 99;
    int size = sizeof(on);

    int result = getsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&on, &size);

    expect_socket_succeeded(result);
    expect_number(on & 0xFF, 1);
}
END_TEST
COVERS(no_ipv4_by_default, "stream.dual.default_v6only");

START_TEST(address_of_ipv4_without_mapping)
{
    winsock_start();
    SOCKET s = socket6(SOCK_STREAM), listener = stream_listen();
    struct sockaddr_in server = socket_name(listener);

    int result = connect(s, (struct sockaddr *)&server, sizeof(server));

    DWORD error = GetLastError();
    char text[80];
    expect_number(result, SOCKET_ERROR);
    record("error", "%s", error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(address_of_ipv4_without_mapping, "stream.dual.plain_v4_address_rejected");

START_TEST(mapped_address_without_dual_stack)
{
    winsock_start();
    SOCKET s = socket6(SOCK_STREAM), listener = stream_listen();
    struct sockaddr_in6 server = loopback6(socket_port(listener), true);

    int result = connect(s, (struct sockaddr *)&server, sizeof(server));

    DWORD error = GetLastError();
    char text[80];
    expect_number(result, SOCKET_ERROR);
    record("error", "%s", error_text(error, text, sizeof(text)));
    set_nonblocking(listener, true);
    expect_socket_failed(accept(listener, NULL, NULL), WSAEWOULDBLOCK);
}
END_TEST
COVERS(mapped_address_without_dual_stack, "stream.dual.mapped_on_v6only_fails");

START_TEST(mapped_destination_without_dual_stack)
{
    winsock_start();
    SOCKET s = bound6(socket6(SOCK_DGRAM), false), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in6 to = loopback6(socket_port(receiver), true);

    int sent = sendto(s, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to));

    DWORD error = GetLastError();
    char text[80];
    expect_number(sent, SOCKET_ERROR);
    record("error", "%s", error_text(error, text, sizeof(text)));
    send_datagram(receiver, receiver, "next");
    expect_datagram(receiver, "next");
}
END_TEST
COVERS(mapped_destination_without_dual_stack, "winsock.dual.v6only_mapped");

/* ---- Both */

START_TEST(connection_to_ipv4)
{
    winsock_start();
    SOCKET client = socket6(SOCK_STREAM), listener = stream_listen();
    struct sockaddr_in6 server = loopback6(socket_port(listener), true);
    set_v6only(client, 0);

    int result = connect(client, (struct sockaddr *)&server, sizeof(server));

    expect_socket_succeeded(result);
    send_all(client, "hello", 5);
    expect_receives(stream_accept(listener), "hello", 5);
}
END_TEST
COVERS(connection_to_ipv4, "stream.dual.connect_v4_mapped", "winsock.dual.clear_v6only");

START_TEST(datagrams_to_and_from_ipv4)
{
    winsock_start();
    SOCKET s = socket6(SOCK_DGRAM), other = socket_bound(SOCK_DGRAM);
    set_v6only(s, 0);
    bound6(s, true);
    struct sockaddr_in6 to = loopback6(socket_port(other), true), from = {0};
    struct sockaddr_in back = loopback(ntohs(name6(s).sin6_port));
    int length = sizeof(from);
    char bytes[16];

    int sent = sendto(s, "out", 3, 0, (struct sockaddr *)&to, sizeof(to));

    expect_number(sent, 3);
    expect_datagram(other, "out");
    expect_number(sendto(other, "in", 2, 0, (struct sockaddr *)&back, sizeof(back)), 2);
    expect_number(recvfrom(s, bytes, sizeof(bytes), 0, (struct sockaddr *)&from, &length), 2);
    expect_number(from.sin6_family, AF_INET6);
    expect_bytes(&from.sin6_addr, &to.sin6_addr, 16);
    expect_number(from.sin6_port, to.sin6_port);
}
END_TEST
COVERS(datagrams_to_and_from_ipv4, "winsock.dual.mapped_dest", "winsock.dual.mapped_source");

START_TEST(too_late_for_ipv4)
{
    winsock_start();
    SOCKET s = bound6(socket6(SOCK_DGRAM), false);
    DWORD off = 0;

    int result = setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&off, sizeof(off));

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(too_late_for_ipv4, "winsock.dual.after_bind");

/* ---- Options */

/* A dual-stack socket of all addresses, and a client of either family. */
static const struct {
    struct row row;
    bool mapped;
} clients[] = {
    {{"of_ipv6", NULL}, false},
    {{"of_ipv4", NULL}, true},
};

static SOCKET dual_stack(int type)
{
    struct sockaddr_in6 everywhere = {.sin6_family = AF_INET6};
    SOCKET s = socket6(type);
    set_v6only(s, 0);
    require(bind(s, (struct sockaddr *)&everywhere, sizeof(everywhere)) == 0);
    return s;
}

START_TEST(listener_of_both_families)
{
    winsock_start();
    SOCKET listener = dual_stack(SOCK_STREAM), client = socket6(SOCK_STREAM);
    struct sockaddr_in6 server = loopback6(ntohs(name6(listener).sin6_port), clients[_i].mapped);
    struct sockaddr_in6 peer, expected = loopback6(0, clients[_i].mapped);
    int length = sizeof(peer);
    set_v6only(client, !clients[_i].mapped);
    require(listen(listener, 1) == 0);
    expect_socket_succeeded(connect(client, (struct sockaddr *)&server, sizeof(server)));

    SOCKET accepted = accept(listener, NULL, NULL);

    expect_true(accepted != INVALID_SOCKET);
    expect_socket_succeeded(getpeername(accepted, (struct sockaddr *)&peer, &length));
    expect_bytes(&peer.sin6_addr, &expected.sin6_addr, sizeof(expected.sin6_addr));
    peer = name6(accepted);
    expect_bytes(&peer.sin6_addr, &expected.sin6_addr, sizeof(expected.sin6_addr));
    send_all(client, "hello", 5);
    expect_receives(accepted, "hello", 5);
}
END_TEST
COVERS_ROWS(listener_of_both_families, clients, "winsock.dual.listener_both",
            "winsock.dual.names_mapped");

START_TEST(datagrams_of_both_families)
{
    winsock_start();
    SOCKET s = dual_stack(SOCK_DGRAM), sender = socket6(SOCK_DGRAM);
    struct sockaddr_in6 to = loopback6(ntohs(name6(s).sin6_port), clients[_i].mapped);
    set_v6only(sender, !clients[_i].mapped);

    int sent = sendto(sender, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to));

    expect_socket_succeeded(sent);
    expect_datagram(s, "hello");
}
END_TEST
COVERS_ROWS(datagrams_of_both_families, clients, "winsock.dual.datagrams_both");

static const struct {
    struct row row;
    int option;
    DWORD value;
} options[] = {
    {{"multicast_interface", "winsock.option_ipv6.multicast_if_order"}, IPV6_MULTICAST_IF, 1},
    {{"hops", "winsock.option_ipv6.unicast_hops"}, IPV6_UNICAST_HOPS, 5},
    {{"packet_info", "winsock.packet_info.ipv6_on"}, IPV6_PKTINFO, 1},
};

START_TEST(set_and_read_back)
{
    winsock_start();
    SOCKET s = socket6(SOCK_DGRAM);
    DWORD value = 0;
    int size = sizeof(value);

    int result =
        setsockopt(s, IPPROTO_IPV6, options[_i].option, (char *)&options[_i].value, sizeof(DWORD));

    expect_socket_succeeded(result);
    expect_socket_succeeded(getsockopt(s, IPPROTO_IPV6, options[_i].option, (char *)&value, &size));
    expect_number(value, options[_i].value);
}
END_TEST
COVERS_ROWS(set_and_read_back, options);

static const struct {
    struct row row;
    int option, type;
} controls[] = {
    {{"packet_info", "dgram.recvmsg.pktinfo6_cmsg"}, IPV6_PKTINFO, IPV6_PKTINFO},
    {{"hop_limit", "winsock.option_ipv6.hoplimit_cmsg"}, IPV6_HOPLIMIT, IPV6_HOPLIMIT},
};

START_TEST(control_message)
{
    static char received[16], control[256];
    winsock_start();
    SOCKET s = bound6(socket6(SOCK_DGRAM), false);
    LPFN_WSARECVMSG receive = (LPFN_WSARECVMSG)extension(s, (GUID)WSAID_WSARECVMSG);
    struct sockaddr_in6 own = name6(s), from;
    WSABUF buffer = {.len = sizeof(received), .buf = received};
    WSAMSG message = {.name = (struct sockaddr *)&from,
                      .namelen = sizeof(from),
                      .lpBuffers = &buffer,
                      .dwBufferCount = 1,
                      .Control = {.len = sizeof(control), .buf = control}};
    DWORD on = 1, got = 0;
    require(setsockopt(s, IPPROTO_IPV6, controls[_i].option, (char *)&on, sizeof(on)) == 0);
    require(sendto(s, "hello", 5, 0, (struct sockaddr *)&own, sizeof(own)) == 5);
    wait_readable(s);

    int result = receive(s, &message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    WSACMSGHDR *header = WSA_CMSG_FIRSTHDR(&message);
    expect_true(header != NULL);
    expect_number(header->cmsg_level, IPPROTO_IPV6);
    expect_number(header->cmsg_type, controls[_i].type);
    if (controls[_i].type == IPV6_PKTINFO)
        expect_bytes(WSA_CMSG_DATA(header), &own.sin6_addr, 16);
    else
        expect_true(*(INT *)WSA_CMSG_DATA(header) > 0);
}
END_TEST
COVERS_ROWS(control_message, controls);
