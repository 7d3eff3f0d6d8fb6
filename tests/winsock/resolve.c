/* getaddrinfo, getnameinfo and gethostname, without a name server; WSAEnumProtocols. */
#include "winsock.h"

static const ADDRINFOA numeric = {.ai_flags = AI_NUMERICHOST};

/* The first address found, which the caller frees. */
static ADDRINFOA *resolve(const char *node, const char *service, const ADDRINFOA *hints)
{
    ADDRINFOA *found = NULL;
    int result = getaddrinfo(node, service, hints, &found);
    expect_error(result, 0);
    expect_true(found != NULL);
    return found;
}

/* Those of localhost. The name is in nobody's power but the machine's. */
static ADDRINFOA *resolve_localhost(const ADDRINFOA *hints)
{
    ADDRINFOA *found = NULL;
    if (getaddrinfo("localhost", NULL, hints, &found) != 0)
        unresolved("this machine does not know localhost");
    return found;
}

START_TEST(ipv4_address_and_port)
{
    winsock_start();
    struct sockaddr_in expected = loopback(80);

    ADDRINFOA *found = resolve("127.0.0.1", "80", &numeric);

    expect_number(found->ai_family, AF_INET);
    expect_number(found->ai_addrlen, sizeof(expected));
    expect_bytes(found->ai_addr, &expected, NAME_SIZE);
    freeaddrinfo(found);
}
END_TEST
COVERS(ipv4_address_and_port, "winsock.getaddrinfo.numeric_v4", "winsock.getaddrinfo.addrlen");

START_TEST(ipv6_address_and_port)
{
    winsock_start();

    ADDRINFOA *found = resolve("::1", "80", &numeric);

    expect_number(found->ai_family, AF_INET6);
    expect_number(found->ai_addrlen, sizeof(struct sockaddr_in6));
    struct sockaddr_in6 *name = (struct sockaddr_in6 *)found->ai_addr;
    expect_number(ntohs(name->sin6_port), 80);
    expect_number(name->sin6_addr.s6_addr[15], 1);
    freeaddrinfo(found);
}
END_TEST
COVERS(ipv6_address_and_port, "winsock.getaddrinfo.numeric_v6");

static const struct {
    struct row row;
    int flags;
    DWORD address;
} without_node[] = {
    {{"to_bind_to", "winsock.getaddrinfo.passive_null"}, AI_PASSIVE, INADDR_ANY},
    {{"to_connect_to", "winsock.getaddrinfo.nonpassive_null"}, 0, INADDR_LOOPBACK},
};

START_TEST(no_node)
{
    winsock_start();
    ADDRINFOA hints = {.ai_family = AF_INET, .ai_flags = without_node[_i].flags};

    ADDRINFOA *found = resolve(NULL, "80", &hints);

    struct sockaddr_in *name = (struct sockaddr_in *)found->ai_addr;
    expect_number(name->sin_addr.s_addr, htonl(without_node[_i].address));
    expect_number(ntohs(name->sin_port), 80);
    freeaddrinfo(found);
}
END_TEST
COVERS_ROWS(no_node, without_node);

START_TEST(local_host)
{
    winsock_start();
    ADDRINFOA hints = {.ai_family = AF_INET};

    ADDRINFOA *found = resolve_localhost(&hints);

    for (ADDRINFOA *one = found; one; one = one->ai_next) {
        expect_number(one->ai_family, AF_INET);
        expect_number(ntohl(((struct sockaddr_in *)one->ai_addr)->sin_addr.s_addr) >> 24, 127);
    }
    freeaddrinfo(found);
}
END_TEST
COVERS(local_host, "winsock.getaddrinfo.localhost", "winsock.getaddrinfo.family_filter");

START_TEST(kind_asked_for)
{
    winsock_start();
    ADDRINFOA hints = {
        .ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_DGRAM, .ai_protocol = IPPROTO_UDP};

    ADDRINFOA *found = resolve("127.0.0.1", "80", &hints);

    expect_number(found->ai_socktype, SOCK_DGRAM);
    expect_number(found->ai_protocol, IPPROTO_UDP);
    freeaddrinfo(found);
}
END_TEST
COVERS(kind_asked_for, "winsock.getaddrinfo.socktype_echo");

static const struct {
    struct row row;
    const char *node, *service;
    ADDRINFOA hints;
    DWORD error;
} refusals[] = {
    {{"nothing", "winsock.getaddrinfo.both_null"}, NULL, NULL, {0}, WSAHOST_NOT_FOUND},
    {{"name_for_a_number", "winsock.getaddrinfo.numerichost"},
     "localhost",
     NULL,
     {.ai_flags = AI_NUMERICHOST},
     WSAHOST_NOT_FOUND},
    {{"unknown_family", "winsock.getaddrinfo.family_unsupported"},
     "127.0.0.1",
     NULL,
     {.ai_family = 99},
     WSAEAFNOSUPPORT},
    {{"unknown_type", "winsock.getaddrinfo.socktype_unsupported"},
     "127.0.0.1",
     NULL,
     {.ai_socktype = 99},
     WSAESOCKTNOSUPPORT},
};

START_TEST(nothing_found_for)
{
    winsock_start();
    ADDRINFOA *found = (ADDRINFOA *)&found;

    int result = getaddrinfo(refusals[_i].node, refusals[_i].service, &refusals[_i].hints, &found);

    expect_error(result, refusals[_i].error);
    expect_pointer(found, NULL);
}
END_TEST
COVERS_ROWS(nothing_found_for, refusals);

/* ---- gethostname */

START_TEST(name_of_this_machine)
{
    char name[256];
    winsock_start();
    memset(name, 0x5c, sizeof(name));

    int result = gethostname(name, sizeof(name));

    expect_socket_succeeded(result);
    expect_true(memchr(name, 0, sizeof(name)) != NULL);
    expect_true(name[0] != 0);
}
END_TEST
COVERS(name_of_this_machine, "winsock.gethostname.256", "winsock.gethostname.value");

START_TEST(name_needs_room)
{
    char name[4] = "";
    winsock_start();

    int result = gethostname(name, 1);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(name_needs_room, "winsock.gethostname.small");

/* ---- WSAEnumProtocols */

static WSAPROTOCOL_INFOW protocols[64];

/* How many there are of these kinds (ending with 0; NULL: all). */
static int enumerate(int *kinds)
{
    DWORD size = sizeof(protocols);
    return WSAEnumProtocolsW(kinds, protocols, &size);
}

START_TEST(protocols_need_room)
{
    DWORD size = 0;
    winsock_start();

    int count = WSAEnumProtocolsW(NULL, NULL, &size);

    expect_socket_failed(count, WSAENOBUFS);
    expect_true(size >= sizeof(protocols[0]));
}
END_TEST
COVERS(protocols_need_room, "winsock.protocols.enobufs");

START_TEST(protocol_of_datagrams)
{
    int udp[] = {IPPROTO_UDP, 0};
    const DWORD has =
        XP1_CONNECTIONLESS | XP1_MESSAGE_ORIENTED | XP1_SUPPORT_BROADCAST | XP1_SUPPORT_MULTIPOINT;
    bool found = false;
    winsock_start();

    int count = enumerate(udp);

    expect_true(count > 0);
    for (int i = 0; i < count; i++) {
        expect_number(protocols[i].iProtocol, IPPROTO_UDP);
        if (protocols[i].iAddressFamily != AF_INET)
            continue;
        found = true;
        expect_number(protocols[i].iSocketType, SOCK_DGRAM);
        expect_number(protocols[i].dwServiceFlags1 & has, has);
        expect_number(protocols[i].dwServiceFlags1 & XP1_GUARANTEED_DELIVERY, 0);
    }
    expect_true(found);
}
END_TEST
COVERS(protocol_of_datagrams, "winsock.protocols.udp_entry", "winsock.protocols.filter");

START_TEST(protocol_of_streams)
{
    int tcp[] = {IPPROTO_TCP, 0};
    const DWORD has = XP1_GUARANTEED_DELIVERY | XP1_GUARANTEED_ORDER | XP1_IFS_HANDLES;
    winsock_start();

    int count = enumerate(tcp);

    expect_true(count > 0);
    for (int i = 0; i < count; i++) {
        expect_number(protocols[i].iProtocol, IPPROTO_TCP);
        expect_number(protocols[i].dwServiceFlags1 & has, has);
        expect_number(protocols[i].dwServiceFlags1 & XP1_CONNECTIONLESS, 0);
    }
}
END_TEST
COVERS(protocol_of_streams, "stream.socket.ifs_handle");

START_TEST(no_such_protocol)
{
    int none[] = {250, 0};
    winsock_start();

    int count = enumerate(none);

    expect_number(count, 0);
}
END_TEST
COVERS(no_such_protocol, "winsock.protocols.filter_none");

START_TEST(entry_makes_a_socket)
{
    int udp[] = {IPPROTO_UDP, 0}, type = 0, size = sizeof(type);
    winsock_start();
    require(enumerate(udp) > 0);

    SOCKET s = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &protocols[0],
                          0, WSA_FLAG_OVERLAPPED);

    expect_socket_succeeded(s);
    expect_socket_succeeded(getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&type, &size));
    expect_number(type, SOCK_DGRAM);
}
END_TEST
COVERS(entry_makes_a_socket, "winsock.protocols.usable");

/* The page speaks of requests to a name service, which an address is not. */
START_TEST(mapped_address)
{
    winsock_start();
    ADDRINFOA hints = {.ai_family = AF_INET6, .ai_flags = AI_V4MAPPED}, *found = NULL;

    int error = getaddrinfo("127.0.0.1", NULL, &hints, &found);

    char text[80];
    record("127.0.0.1 as a mapped address", "%s", error_text((DWORD)error, text, sizeof(text)));
    if (error)
        return;
    expect_number(found->ai_family, AF_INET6);
    BYTE *address = ((struct sockaddr_in6 *)found->ai_addr)->sin6_addr.s6_addr;
    expect_number(address[11], 255);
    expect_number(address[12], 127);
    freeaddrinfo(found);
}
END_TEST
COVERS(mapped_address, "winsock.getaddrinfo.v4mapped");

START_TEST(canonical_name)
{
    winsock_start();
    ADDRINFOA hints = {.ai_family = AF_INET, .ai_flags = AI_CANONNAME};

    ADDRINFOA *found = resolve_localhost(&hints);

    for (ADDRINFOA *one = found->ai_next; one; one = one->ai_next)
        expect_pointer(one->ai_canonname, NULL);
    expect_true(found->ai_canonname == NULL || *found->ai_canonname != 0);
    freeaddrinfo(found);
}
END_TEST
COVERS(canonical_name, "winsock.getaddrinfo.canonname");
