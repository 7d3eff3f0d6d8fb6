/*
 * What getaddrinfo, getnameinfo, inet_ntop and the functions of byte order refuse, and what they do
 * at their limits. No name is looked up that is not in a file of this machine.
 */
#include "winsock.h"

/* ---- getaddrinfo */

static struct sockaddr_in some_name;
static char some_text[] = "name";
static ADDRINFOA some_info;

static const struct {
    struct row row;
    const char *node, *service;
    ADDRINFOA hints, good;
    DWORD error;
} hints[] = {
    {{"a_length", "winsock.getaddrinfo.hints_nonzero_pointer"},
     "127.0.0.1",
     "80",
     {.ai_addrlen = sizeof(some_name)},
     {0},
     WSANO_RECOVERY},
    {{"a_name", "winsock.getaddrinfo.hints_nonzero_pointer"},
     "127.0.0.1",
     "80",
     {.ai_canonname = some_text},
     {0},
     WSANO_RECOVERY},
    {{"an_address", "winsock.getaddrinfo.hints_nonzero_pointer"},
     "127.0.0.1",
     "80",
     {.ai_addr = (struct sockaddr *)&some_name},
     {0},
     WSANO_RECOVERY},
    {{"a_next_one", "winsock.getaddrinfo.hints_nonzero_pointer"},
     "127.0.0.1",
     "80",
     {.ai_next = &some_info},
     {0},
     WSANO_RECOVERY},
    {{"service_of_another_type", "winsock.getaddrinfo.service_of_other_type"},
     "127.0.0.1",
     "telnet",
     {.ai_socktype = SOCK_DGRAM},
     {.ai_socktype = SOCK_STREAM},
     WSATYPE_NOT_FOUND},
};

START_TEST(nothing_found_with)
{
    winsock_start();
    ADDRINFOA *found = &some_info, *good = NULL;
    require(getservbyname("telnet", "tcp") && !getservbyname("telnet", "udp"));

    int result = getaddrinfo(hints[_i].node, hints[_i].service, &hints[_i].hints, &found);

    expect_error(result, hints[_i].error);
    expect_error(getaddrinfo(hints[_i].node, hints[_i].service, &hints[_i].good, &good), 0);
}
END_TEST
COVERS_ROWS(nothing_found_with, hints);

START_TEST(unknown_service)
{
    winsock_start();
    ADDRINFOA *found = NULL;

    int result = getaddrinfo("127.0.0.1", "no-such-service", NULL, &found);

    expect_error(result, WSATYPE_NOT_FOUND);
    expect_error(getaddrinfo("127.0.0.1", "80", NULL, &found), 0);
}
END_TEST
COVERS(unknown_service, "winsock.getaddrinfo.service_unknown");

START_TEST(service_by_name)
{
    winsock_start();
    require(getservbyname("domain", "udp") != NULL);
    ADDRINFOA datagrams = {.ai_socktype = SOCK_DGRAM}, *found = NULL;

    int result = getaddrinfo("127.0.0.1", "domain", &datagrams, &found);

    expect_error(result, 0);
    expect_number(((struct sockaddr_in *)found->ai_addr)->sin_port, htons(53));
}
END_TEST
COVERS(service_by_name, "winsock.getaddrinfo.service_name");

START_TEST(getaddrinfo_needs_startup)
{
    ADDRINFOA *found = NULL;

    int result = getaddrinfo("127.0.0.1", "80", NULL, &found);

    expect_error(result, WSANOTINITIALISED);
    winsock_start();
    expect_error(getaddrinfo("127.0.0.1", "80", NULL, &found), 0);
}
END_TEST
COVERS(getaddrinfo_needs_startup, "winsock.getaddrinfo.notinit");

/* ---- getnameinfo */

static struct sockaddr_in6 name_v6(void)
{
    return (struct sockaddr_in6){
        .sin6_family = AF_INET6, .sin6_port = htons(80), .sin6_addr.s6_addr[15] = 1};
}

static const struct {
    struct row row;
    int family, length; /* 0: no address at all */
    DWORD node, service;
    DWORD error;
} questions[] = {
    {{"of_nothing", "winsock.getnameinfo.both_empty"},
     AF_INET,
     sizeof(struct sockaddr_in),
     0,
     0,
     WSAHOST_NOT_FOUND},
    {{"without_an_address", "winsock.getnameinfo.salen"}, AF_INET, 0, 64, 64, WSAEFAULT},
    {{"of_a_byte_less", "winsock.getnameinfo.salen"},
     AF_INET,
     sizeof(struct sockaddr_in) - 1,
     64,
     64,
     WSAEFAULT},
    {{"of_ipv6_in_the_length_of_ipv4", "winsock.getnameinfo.salen"},
     AF_INET6,
     sizeof(struct sockaddr_in),
     64,
     64,
     WSAEFAULT},
};

START_TEST(no_name)
{
    winsock_start();
    char node[64], service[64];
    struct sockaddr_in v4 = loopback(80);
    struct sockaddr_in6 v6 = name_v6();
    const void *name = questions[_i].family == AF_INET ? (void *)&v4 : (void *)&v6;
    DWORD room = questions[_i].node, service_room = questions[_i].service;
    int flags = NI_NUMERICHOST | NI_NUMERICSERV, length = questions[_i].length;
    int whole = questions[_i].family == AF_INET ? sizeof(v4) : sizeof(v6);

    int result = getnameinfo(length ? name : NULL, length ? length : whole, room ? node : NULL,
                             room, service_room ? service : NULL, service_room, flags);

    expect_error(result, questions[_i].error);
    expect_error(getnameinfo(name, whole, node, 64, service, 64, flags), 0);
}
END_TEST
COVERS_ROWS(no_name, questions);

static const struct {
    struct row row;
    DWORD node, service;
} rooms[] = {
    {{"for_the_host", "winsock.getnameinfo.no_room"}, 0, 64},
    {{"for_the_service", "winsock.getnameinfo.no_room"}, 64, 0},
};

START_TEST(no_room)
{
    winsock_start();
    char node[64], service[64];
    struct sockaddr_in name = loopback(80);

    int result = getnameinfo((struct sockaddr *)&name, sizeof(name), node, rooms[_i].node, service,
                             rooms[_i].service, NI_NUMERICHOST | NI_NUMERICSERV);

    expect_error(result, WSAEINVAL);
}
END_TEST
COVERS_ROWS(no_room, rooms);

START_TEST(port_without_a_service)
{
    winsock_start();
    char service[64] = "";
    struct sockaddr_in name = loopback(65101);
    require(!getservbyport(name.sin_port, "tcp"));

    int result =
        getnameinfo((struct sockaddr *)&name, sizeof(name), NULL, 0, service, sizeof(service), 0);

    expect_error(result, 0);
    expect_text_a(service, "65101");
}
END_TEST
COVERS(port_without_a_service, "winsock.getnameinfo.unknown_port");

static const struct {
    struct row row;
    int flags;
    const char *protocol;
} protocols[] = {
    {{"streams", "winsock.getnameinfo.service"}, 0, "tcp"},
    {{"datagrams", "winsock.getnameinfo.dgram_service"}, NI_DGRAM, "udp"},
};

/* A port whose service of TCP and whose service of UDP have different names. */
static u_short port_of_two_services(void)
{
    for (u_short port = 512; port < 520; port++) {
        char stream[NI_MAXSERV];
        struct servent *entry = getservbyport(htons(port), "tcp");
        if (!entry)
            continue;
        strncpy(stream, entry->s_name, sizeof(stream) - 1);
        stream[sizeof(stream) - 1] = 0;
        entry = getservbyport(htons(port), "udp");
        if (entry && strcmp(stream, entry->s_name))
            return port;
    }
    unresolved("this machine knows no port of two services");
}

START_TEST(service_of)
{
    winsock_start();
    char service[NI_MAXSERV] = "";
    struct sockaddr_in name = loopback(port_of_two_services());

    int result = getnameinfo((struct sockaddr *)&name, sizeof(name), NULL, 0, service,
                             sizeof(service), protocols[_i].flags);

    expect_error(result, 0);
    expect_text_a(service, getservbyport(name.sin_port, protocols[_i].protocol)->s_name);
}
END_TEST
COVERS_ROWS(service_of, protocols);

/* ---- inet_ntop */

static const struct {
    struct row row;
    int family;
    BYTE address[16];
    SIZE_T needs;
} longest[] = {
    {{"ipv4", NULL}, AF_INET, {255, 255, 255, 255}, sizeof("255.255.255.255")},
    {{"ipv6", NULL},
     AF_INET6,
     {0x20, 1, 0x11, 0x11, 0x22, 0x22, 0x33, 0x33, 0x44, 0x44, 0x55, 0x55, 0x66, 0x66, 0x77, 0x77},
     sizeof("2001:1111:2222:3333:4444:5555:6666:7777")},
};

/* The error is ERROR_INVALID_PARAMETER by the page; Windows has told others. */
#define expect_no_text(result)                                                               \
    do {                                                                                     \
        DWORD error_ = GetLastError();                                                       \
        char text_[80];                                                                      \
        expect_null((result), ERROR_INVALID_PARAMETER, STATUS_INVALID_PARAMETER, WSAEINVAL); \
        record("error", "%s", error_text(error_, text_, sizeof(text_)));                     \
    } while (0)

START_TEST(text_needs_its_end)
{
    char text[64];
    SIZE_T needs = longest[_i].needs;

    const char *result = inet_ntop(longest[_i].family, longest[_i].address, text, needs - 1);

    expect_no_text(result);
    expect_pointer(inet_ntop(longest[_i].family, longest[_i].address, text, needs), text);
}
END_TEST
COVERS_ROWS(text_needs_its_end, longest, "winsock.inet_ntop.size");

START_TEST(text_of_no_size)
{
    char text[64];

    const char *result = inet_ntop(longest[_i].family, longest[_i].address, text, 0);

    expect_no_text(result);
}
END_TEST
COVERS_ROWS(text_of_no_size, longest, "winsock.inet_ntop.size");

START_TEST(text_without_room)
{
    const char *result = inet_ntop(longest[_i].family, longest[_i].address, NULL, 64);

    expect_no_text(result);
}
END_TEST
COVERS_ROWS(text_without_room, longest, "winsock.inet_ntop.null");

/* ---- Byte order */

static int to_long(SOCKET s, void *room)
{
    return WSAHtonl(s, 1, room);
}

static int to_short(SOCKET s, void *room)
{
    return WSAHtons(s, 1, room);
}

static int from_long(SOCKET s, void *room)
{
    return WSANtohl(s, 1, room);
}

static int from_short(SOCKET s, void *room)
{
    return WSANtohs(s, 1, room);
}

struct turn {
    struct row row;
    int (*turn)(SOCKET s, void *room);
};

static const struct turn of_no_socket[] = {
    {{"wsahtonl", "winsock.wsahtonl.enotsock"}, to_long},
    {{"wsahtons", "winsock.byte_order.enotsock"}, to_short},
    {{"wsantohl", "winsock.wsantohl.enotsock"}, from_long},
    {{"wsantohs", "winsock.wsantohs.enotsock"}, from_short},
};

START_TEST(number_of_no_socket)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), closed = socket_open(SOCK_DGRAM);
    ULONG room;
    socket_close(closed);

    int result = of_no_socket[_i].turn(closed, &room);

    expect_socket_failed(result, WSAENOTSOCK);
    expect_socket_succeeded(of_no_socket[_i].turn(s, &room));
}
END_TEST
COVERS_ROWS(number_of_no_socket, of_no_socket);

static const struct turn unstarted[] = {
    {{"wsahtonl", "winsock.wsahtonl.notinit"}, to_long},
    {{"wsahtons", "winsock.byte_order.notinit"}, to_short},
    {{"wsantohl", "winsock.wsantohl.notinit"}, from_long},
    {{"wsantohs", "winsock.wsantohs.notinit"}, from_short},
};

START_TEST(number_before_startup)
{
    ULONG room;

    int result = unstarted[_i].turn(INVALID_SOCKET, &room);

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS_ROWS(number_before_startup, unstarted);

static const struct turn into_nothing[] = {
    {{"wsahtonl", "winsock.wsahtonl.null"}, to_long},
    {{"wsantohl", "winsock.wsantohl.null"}, from_long},
    {{"wsantohs", "winsock.wsantohs.null"}, from_short},
};

START_TEST(number_without_room)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    ULONG room;

    int result = into_nothing[_i].turn(s, NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(into_nothing[_i].turn(s, &room));
}
END_TEST
COVERS_ROWS(number_without_room, into_nothing);

/* ---- WSAStringToAddress, WSAAddressToString and gethostname */

START_TEST(string_to_address_needs_startup)
{
    WCHAR text[] = L"127.0.0.1";
    struct sockaddr_in name;
    int size = sizeof(name);

    int result = WSAStringToAddressW(text, AF_INET, NULL, (struct sockaddr *)&name, &size);

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS(string_to_address_needs_startup, "winsock.string_to_address.notinit");

START_TEST(address_to_string_needs_startup)
{
    WCHAR text[64];
    DWORD size = 64;
    struct sockaddr_in name = {.sin_family = AF_INET};

    int result = WSAAddressToStringW((struct sockaddr *)&name, sizeof(name), NULL, text, &size);

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS(address_to_string_needs_startup, "winsock.address_to_string.notinit");

START_TEST(gethostname_needs_startup)
{
    char name[256];

    int result = gethostname(name, sizeof(name));

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS(gethostname_needs_startup, "winsock.gethostname.notinit");
