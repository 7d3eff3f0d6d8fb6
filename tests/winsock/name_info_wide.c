/* GetNameInfoW: what it tells, and what it refuses. */
#include "name_info.h"

START_TEST(name_as_numbers)
{
    WCHAR node[64], service[64];
    winsock_start();
    struct sockaddr_in name = loopback(65101);

    int result = GetNameInfoW((struct sockaddr *)&name, sizeof(name), node, 64, service, 64,
                              NI_NUMERICHOST | NI_NUMERICSERV);

    expect_error(result, 0);
    expect_text(node, L"127.0.0.1");
    expect_text(service, L"65101");
}
END_TEST
COVERS(name_as_numbers, "winsock.getnameinfow.numeric");

START_TEST(name_of_ipv6_as_numbers)
{
    WCHAR node[64], service[64];
    winsock_start();
    struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_port = htons(80)};
    name.sin6_addr.s6_addr[0] = 0x20;
    name.sin6_addr.s6_addr[15] = 0x0f;

    int result = GetNameInfoW((struct sockaddr *)&name, sizeof(name), node, 64, service, 64,
                              NI_NUMERICHOST | NI_NUMERICSERV);

    expect_error(result, 0);
    expect_text(node, L"2000::f");
    expect_text(service, L"80");
}
END_TEST
COVERS(name_of_ipv6_as_numbers, "winsock.getnameinfow.numeric_v6");

static const struct {
    struct row row;
    int flags;
    const char *protocol;
} services[] = {
    {{"streams", "winsock.getnameinfow.service"}, 0, "tcp"},
    {{"datagrams", "winsock.getnameinfow.dgram_service"}, NI_DGRAM, "udp"},
};

START_TEST(service_of)
{
    WCHAR service[NI_MAXSERV], expected[NI_MAXSERV];
    winsock_start();
    struct sockaddr_in name = loopback(port_of_two_services());
    const char *told = getservbyport(name.sin_port, services[_i].protocol)->s_name;
    MultiByteToWideChar(CP_ACP, 0, told, -1, expected, NI_MAXSERV);

    int result = GetNameInfoW((struct sockaddr *)&name, sizeof(name), NULL, 0, service, NI_MAXSERV,
                              services[_i].flags);

    expect_error(result, 0);
    expect_text(service, expected);
}
END_TEST
COVERS_ROWS(service_of, services);

START_TEST(port_0)
{
    WCHAR service[NI_MAXSERV] = L"";
    winsock_start();
    struct sockaddr_in name = loopback(0);

    int result =
        GetNameInfoW((struct sockaddr *)&name, sizeof(name), NULL, 0, service, NI_MAXSERV, 0);

    record_outcome("the service of port 0", result == 0);
    if (result != 0)
        expect_error(result, WSAHOST_NOT_FOUND);
    else
        expect_text(service, L"0");
}
END_TEST
COVERS(port_0, "winsock.getnameinfow.port_0");

START_TEST(port_without_a_service)
{
    WCHAR service[NI_MAXSERV];
    winsock_start();
    struct sockaddr_in name = loopback(65101);
    require(!getservbyport(name.sin_port, "tcp"));

    int result =
        GetNameInfoW((struct sockaddr *)&name, sizeof(name), NULL, 0, service, NI_MAXSERV, 0);

    expect_error(result, 0);
    expect_text(service, L"65101");
}
END_TEST
COVERS(port_without_a_service, "winsock.getnameinfow.unknown_port");

static const struct {
    struct row row;
    int family, length; /* 0: no address at all */
    DWORD node, service, error;
} questions[] = {
    {{"unknown_family", "winsock.getnameinfow.family"},
     99,
     sizeof(struct sockaddr_in),
     64,
     64,
     WSAEAFNOSUPPORT},
    {{"no_question", "winsock.getnameinfow.both_empty"},
     AF_INET,
     sizeof(struct sockaddr_in),
     0,
     0,
     WSAHOST_NOT_FOUND},
    {{"no_address", "winsock.getnameinfow.salen"}, AF_INET, 0, 64, 64, WSAEFAULT},
    {{"a_byte_less", "winsock.getnameinfow.salen"},
     AF_INET,
     sizeof(struct sockaddr_in) - 1,
     64,
     64,
     WSAEFAULT},
    {{"ipv6_in_the_length_of_ipv4", "winsock.getnameinfow.salen"},
     AF_INET6,
     sizeof(struct sockaddr_in),
     64,
     64,
     WSAEFAULT},
};

START_TEST(no_name_of)
{
    WCHAR node[64], service[64];
    winsock_start();
    struct sockaddr_in6 name = {.sin6_family = (WORD)questions[_i].family, .sin6_port = 1};
    int length = questions[_i].length;
    DWORD room = questions[_i].node, service_room = questions[_i].service;

    int result =
        GetNameInfoW(length ? (struct sockaddr *)&name : NULL, length, room ? node : NULL, room,
                     service_room ? service : NULL, service_room, NI_NUMERICHOST | NI_NUMERICSERV);

    DWORD stored = GetLastError();
    expect_error(result, questions[_i].error);
    expect_error(stored, questions[_i].error);
}
END_TEST
COVERS_ROWS(no_name_of, questions, "winsock.getnameinfow.last_error");

static const struct {
    struct row row;
    DWORD node, service;
} rooms[] = {
    {{"for_the_host", NULL}, 0, 64},
    {{"for_the_service", NULL}, 64, 0},
};

START_TEST(no_room)
{
    WCHAR node[64], service[64];
    winsock_start();
    struct sockaddr_in name = loopback(80);

    int result = GetNameInfoW((struct sockaddr *)&name, sizeof(name), node, rooms[_i].node, service,
                              rooms[_i].service, NI_NUMERICHOST | NI_NUMERICSERV);

    expect_error(result, WSAEINVAL);
}
END_TEST
COVERS_ROWS(no_room, rooms, "winsock.getnameinfow.no_room");
