/* IPV6_V6ONLY from the side of IPv4: what a socket of IPv6 alone keeps out of, and what a
 * dual-stack socket tells and takes. Loopback only. */
#include "dgram/message.h"
#include "option.h"

static struct sockaddr_in6 address6(unsigned port, bool mapped)
{
    struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_port = htons((u_short)port)};
    BYTE *bytes = name.sin6_addr.s6_addr;
    bytes[15] = 1;
    if (mapped)
        bytes[10] = bytes[11] = 0xFF, bytes[12] = 127;
    return name;
}

/* A socket of IPv6 that is bound to all addresses, and of IPv4 as well when it is DUAL. */
static SOCKET everywhere(int type, bool dual, unsigned *port)
{
    SOCKET s = socket_of(AF_INET6, type);
    struct sockaddr_in6 name = {.sin6_family = AF_INET6};
    int length = sizeof(name);
    require(option_set(s, IPPROTO_IPV6, IPV6_V6ONLY, !dual) == 0);
    require(bind(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    require(getsockname(s, (struct sockaddr *)&name, &length) == 0);
    *port = ntohs(name.sin6_port);
    return s;
}

/* ---- IPv6 alone */

static const struct {
    struct row row;
    int type;
} types[] = {
    {{"stream", NULL}, SOCK_STREAM},
    {{"datagram", NULL}, SOCK_DGRAM},
};

START_TEST(switched)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, types[_i].type);
    DWORD value;

    int result = option_set(s, IPPROTO_IPV6, IPV6_V6ONLY, 0);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, IPPROTO_IPV6, IPV6_V6ONLY, &value));
    expect_number(value, 0);
    expect_socket_succeeded(option_set(s, IPPROTO_IPV6, IPV6_V6ONLY, 1));
    expect_socket_succeeded(option_get(s, IPPROTO_IPV6, IPV6_V6ONLY, &value));
    expect_number(value, 1);
}
END_TEST
COVERS_ROWS(switched, types, "winsock.dual_stack.set_and_read");

/* The port of IPv4 is another one's, who does not listen: nobody else can. */
START_TEST(listener_of_ipv6_alone)
{
    winsock_start();
    unsigned port;
    SOCKET listener = everywhere(SOCK_STREAM, false, &port);
    SOCKET holder = socket_open(SOCK_STREAM), four = socket_open(SOCK_STREAM);
    SOCKET six = socket_of(AF_INET6, SOCK_STREAM);
    struct sockaddr_in here = loopback(port);
    struct sockaddr_in6 here6 = address6(port, false);
    require(listen(listener, 1) == 0);
    require(bind(holder, (struct sockaddr *)&here, sizeof(here)) == 0);
    take_no_for_an_answer(four);

    int result = connect(four, (struct sockaddr *)&here, sizeof(here));

    expect_socket_failed(result, WSAECONNREFUSED);
    expect_socket_succeeded(connect(six, (struct sockaddr *)&here6, sizeof(here6)));
}
END_TEST
COVERS(listener_of_ipv6_alone, "winsock.dual_stack.v6only_no_connection");

START_TEST(port_of_each_family)
{
    winsock_start();
    unsigned port;
    SOCKET six = everywhere(types[_i].type, false, &port);
    SOCKET four = socket_open(types[_i].type);
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((u_short)port)};

    int result = bind(four, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
    expect_number(socket_port(four), port);
    struct sockaddr_in6 own;
    int length = sizeof(own);
    expect_socket_succeeded(getsockname(six, (struct sockaddr *)&own, &length));
    expect_number(ntohs(own.sin6_port), port);
}
END_TEST
COVERS_ROWS(port_of_each_family, types, "winsock.dual_stack.v6only_port");

static const struct {
    struct row row;
    int type;
    bool everywhere; /* or on the loopback address */
} after_ipv4[] = {
    {{"stream", NULL}, SOCK_STREAM, false},
    {{"stream_everywhere", NULL}, SOCK_STREAM, true},
    {{"datagram", NULL}, SOCK_DGRAM, false},
    {{"datagram_everywhere", NULL}, SOCK_DGRAM, true},
};

START_TEST(port_of_ipv4_is_free_for_ipv6_alone)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, after_ipv4[_i].type), four = socket_open(after_ipv4[_i].type);
    struct sockaddr_in name = {.sin_family = AF_INET};
    name.sin_addr.s_addr = htonl(after_ipv4[_i].everywhere ? INADDR_ANY : INADDR_LOOPBACK);
    require(bind(four, (struct sockaddr *)&name, sizeof(name)) == 0);
    struct sockaddr_in6 name6 = address6(socket_port(four), false);
    if (after_ipv4[_i].everywhere)
        name6.sin6_addr.s6_addr[15] = 0;
    require(option_set(s, IPPROTO_IPV6, IPV6_V6ONLY, 1) == 0);

    int result = bind(s, (struct sockaddr *)&name6, sizeof(name6));

    expect_socket_succeeded(result);
    expect_number(socket_port(four), ntohs(name6.sin6_port));
}
END_TEST
COVERS_ROWS(port_of_ipv4_is_free_for_ipv6_alone, after_ipv4, "winsock.dual_stack.v6only_port");

START_TEST(each_family_hears_its_own)
{
    winsock_start();
    unsigned port;
    SOCKET six = everywhere(SOCK_DGRAM, false, &port), four = socket_open(SOCK_DGRAM);
    SOCKET sender = socket_bound(SOCK_DGRAM), sender6 = socket_of(AF_INET6, SOCK_DGRAM);
    struct sockaddr_in here = loopback(port);
    struct sockaddr_in6 here6 = address6(port, false);
    require(bind(four, (struct sockaddr *)&here, sizeof(here)) == 0);

    int sent = sendto(sender, "four", 4, 0, (struct sockaddr *)&here, sizeof(here));

    expect_number(sent, 4);
    expect_number(sendto(sender6, "six", 3, 0, (struct sockaddr *)&here6, sizeof(here6)), 3);
    expect_datagram(six, "six");
    expect_datagram(four, "four");
    set_nonblocking(six, true);
    set_nonblocking(four, true);
    char byte;
    expect_socket_failed(recv(six, &byte, 1, 0), WSAEWOULDBLOCK);
    expect_socket_failed(recv(four, &byte, 1, 0), WSAEWOULDBLOCK);
}
END_TEST
COVERS(each_family_hears_its_own, "winsock.dual_stack.v6only_no_datagram");

/* ---- Both: mapped addresses */

START_TEST(bound_to_a_mapped_address)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, types[_i].type);
    struct sockaddr_in6 name = address6(0, true), own = {0};
    int length = sizeof(own);
    require(option_set(s, IPPROTO_IPV6, IPV6_V6ONLY, 0) == 0);

    int result = bind(s, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
    expect_socket_succeeded(getsockname(s, (struct sockaddr *)&own, &length));
    expect_number(length, sizeof(own));
    expect_number(own.sin6_family, AF_INET6);
    expect_bytes(&own.sin6_addr, &name.sin6_addr, sizeof(name.sin6_addr));
    expect_true(own.sin6_port != 0);
}
END_TEST
COVERS_ROWS(bound_to_a_mapped_address, types, "winsock.dual_stack.bind_mapped");

START_TEST(names_of_a_client)
{
    winsock_start();
    SOCKET client = socket_of(AF_INET6, types[_i].type);
    SOCKET server = types[_i].type == SOCK_STREAM ? stream_listen() : socket_bound(SOCK_DGRAM);
    struct sockaddr_in6 there = address6(socket_port(server), true), peer = {0}, own = {0};
    int length = sizeof(peer);
    require(option_set(client, IPPROTO_IPV6, IPV6_V6ONLY, 0) == 0);

    int result = connect(client, (struct sockaddr *)&there, sizeof(there));

    expect_socket_succeeded(result);
    expect_socket_succeeded(getpeername(client, (struct sockaddr *)&peer, &length));
    expect_number(peer.sin6_family, AF_INET6);
    expect_number(peer.sin6_port, there.sin6_port);
    expect_bytes(&peer.sin6_addr, &there.sin6_addr, sizeof(there.sin6_addr));
    expect_socket_succeeded(getsockname(client, (struct sockaddr *)&own, &length));
    expect_bytes(&own.sin6_addr, &there.sin6_addr, sizeof(there.sin6_addr));
}
END_TEST
COVERS_ROWS(names_of_a_client, types, "winsock.dual_stack.client_names");

START_TEST(address_of_ipv4_as_it_is)
{
    winsock_start();
    SOCKET client = socket_of(AF_INET6, types[_i].type);
    SOCKET server = types[_i].type == SOCK_STREAM ? stream_listen() : socket_bound(SOCK_DGRAM);
    struct sockaddr_in there = socket_name(server);
    struct sockaddr_in6 mapped = address6(socket_port(server), true);
    require(option_set(client, IPPROTO_IPV6, IPV6_V6ONLY, 0) == 0);

    int result = connect(client, (struct sockaddr *)&there, sizeof(there));

    expect_failed_somehow(result == 0);
    expect_socket_succeeded(connect(client, (struct sockaddr *)&mapped, sizeof(mapped)));
}
END_TEST
COVERS_ROWS(address_of_ipv4_as_it_is, types, "winsock.dual_stack.plain_v4_refused");

static int binds(SOCKET s, const struct sockaddr_in6 *name)
{
    return bind(s, (const struct sockaddr *)name, sizeof(*name));
}

static int connects(SOCKET s, const struct sockaddr_in6 *name)
{
    return connect(s, (const struct sockaddr *)name, sizeof(*name));
}

static int sends(SOCKET s, const struct sockaddr_in6 *name)
{
    return sendto(s, "mapped", 6, 0, (const struct sockaddr *)name, sizeof(*name)) == 6
               ? 0
               : SOCKET_ERROR;
}

static const struct {
    struct row row;
    int (*use)(SOCKET, const struct sockaddr_in6 *);
} uses[] = {
    {{"bind", NULL}, binds},
    {{"connect", NULL}, connects},
    {{"sendto", NULL}, sends},
};

START_TEST(mapped_address_for_ipv4)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in6 mapped = address6(uses[_i].use == binds ? 0 : socket_port(receiver), true);

    int result = uses[_i].use(s, &mapped);

    expect_failed_somehow(result == 0);
    send_datagram(socket_bound(SOCK_DGRAM), receiver, "next");
    expect_datagram(receiver, "next");
}
END_TEST
COVERS_ROWS(mapped_address_for_ipv4, uses, "winsock.dual_stack.mapped_on_ipv4");

/* ---- Each way to receive tells the source of a datagram of IPv4 mapped. */

static int by_recvfrom(SOCKET s, struct sockaddr_in6 *from, int *length)
{
    char bytes[16];
    return recvfrom(s, bytes, sizeof(bytes), 0, (struct sockaddr *)from, length) == 5 ? 0 : -1;
}

static int by_wsarecvfrom(SOCKET s, struct sockaddr_in6 *from, int *length)
{
    char bytes[16];
    WSABUF buffer = {.len = sizeof(bytes), .buf = bytes};
    DWORD got = 0, flags = 0;
    return WSARecvFrom(s, &buffer, 1, &got, &flags, (struct sockaddr *)from, length, NULL, NULL);
}

static int by_message(SOCKET s, struct sockaddr_in6 *from, int *length)
{
    WSAMSG *message = room_for(0);
    DWORD got = 0;
    message->name = (struct sockaddr *)from;
    message->namelen = *length;
    int result = receive_message(s)(s, message, &got, NULL, NULL);
    *length = message->namelen;
    return result;
}

static const struct {
    struct row row;
    int (*receive)(SOCKET, struct sockaddr_in6 *, int *);
} ways[] = {
    {{"recvfrom", NULL}, by_recvfrom},
    {{"wsarecvfrom", NULL}, by_wsarecvfrom},
    {{"wsarecvmsg", NULL}, by_message},
};

START_TEST(source_of_ipv4)
{
    winsock_start();
    unsigned port;
    SOCKET s = everywhere(SOCK_DGRAM, true, &port), sender = socket_bound(SOCK_DGRAM);
    struct sockaddr_in here = loopback(port);
    struct sockaddr_in6 expected = address6(socket_port(sender), true), from = {0};
    int length = sizeof(from);
    require(sendto(sender, "hello", 5, 0, (struct sockaddr *)&here, sizeof(here)) == 5);

    int result = ways[_i].receive(s, &from, &length);

    expect_socket_succeeded(result);
    expect_number(length, sizeof(from));
    expect_number(from.sin6_family, AF_INET6);
    expect_number(from.sin6_port, expected.sin6_port);
    expect_bytes(&from.sin6_addr, &expected.sin6_addr, sizeof(from.sin6_addr));
}
END_TEST
COVERS_ROWS(source_of_ipv4, ways, "winsock.dual_stack.source_mapped");

/* ---- Packet information, which each family has its own option for */

static const struct {
    struct row row;
    bool mapped;
    int level, type;
} packets[] = {
    {{"of_ipv4", "winsock.dual_stack.pktinfo_ipv4"}, true, IPPROTO_IP, IP_PKTINFO},
    {{"of_ipv6", "winsock.dual_stack.pktinfo_ipv6"}, false, IPPROTO_IPV6, IPV6_PKTINFO},
};

START_TEST(packet_information)
{
    winsock_start();
    unsigned port;
    SOCKET s = everywhere(SOCK_DGRAM, true, &port), sender = socket_of(AF_INET6, SOCK_DGRAM);
    struct sockaddr_in6 from, to = address6(port, packets[_i].mapped);
    WSAMSG *message = room_for(256);
    DWORD got = 0;
    message->name = (struct sockaddr *)&from;
    message->namelen = sizeof(from);
    require(option_set(sender, IPPROTO_IPV6, IPV6_V6ONLY, 0) == 0);
    expect_socket_succeeded(option_set(s, IPPROTO_IPV6, IPV6_PKTINFO, 1));
    expect_socket_succeeded(option_set(s, IPPROTO_IP, IP_PKTINFO, 1));
    require(sendto(sender, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to)) == 5);

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(got, 5);
    WSACMSGHDR *header = WSA_CMSG_FIRSTHDR(message);
    while (header && header->cmsg_level != packets[_i].level)
        header = WSA_CMSG_NXTHDR(message, header);
    expect_true(header != NULL);
    expect_number(header->cmsg_type, packets[_i].type);
    if (packets[_i].mapped)
        expect_number(((IN_PKTINFO *)WSA_CMSG_DATA(header))->ipi_addr.s_addr,
                      htonl(INADDR_LOOPBACK));
    else
        expect_bytes(&((IN6_PKTINFO *)WSA_CMSG_DATA(header))->ipi6_addr, &to.sin6_addr,
                     sizeof(to.sin6_addr));
}
END_TEST
COVERS_ROWS(packet_information, packets);
