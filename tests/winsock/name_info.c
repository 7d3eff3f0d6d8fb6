/* What getnameinfo tells, and what it refuses. */
#include "name_info.h"

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

START_TEST(port_0)
{
    winsock_start();
    char service[64] = "";
    struct sockaddr_in name = loopback(0);

    int result =
        getnameinfo((struct sockaddr *)&name, sizeof(name), NULL, 0, service, sizeof(service), 0);

    record_outcome("the service of port 0", result == 0);
    if (result != 0)
        expect_error(result, WSAHOST_NOT_FOUND);
    else
        expect_text_a(service, "0");
}
END_TEST
COVERS(port_0, "winsock.getnameinfo.port_0");

static const struct {
    struct row row;
    int flags;
    const char *protocol;
} protocols[] = {
    {{"streams", "winsock.getnameinfo.service"}, 0, "tcp"},
    {{"datagrams", "winsock.getnameinfo.dgram_service"}, NI_DGRAM, "udp"},
};

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

START_TEST(name_as_numbers)
{
    char node[NI_MAXHOST], service[NI_MAXSERV];
    winsock_start();
    struct sockaddr_in name = loopback(80);

    int result = getnameinfo((struct sockaddr *)&name, sizeof(name), node, sizeof(node), service,
                             sizeof(service), NI_NUMERICHOST | NI_NUMERICSERV);

    expect_error(result, 0);
    expect_text_a(node, "127.0.0.1");
    expect_text_a(service, "80");
}
END_TEST
COVERS(name_as_numbers, "winsock.getnameinfo.numeric");

START_TEST(name_of_an_unknown_family)
{
    char node[NI_MAXHOST];
    winsock_start();
    struct sockaddr_in name = loopback(80);
    name.sin_family = 99;

    int result = getnameinfo((struct sockaddr *)&name, sizeof(name), node, sizeof(node), NULL, 0,
                             NI_NUMERICHOST);

    expect_error(result, WSAEAFNOSUPPORT);
}
END_TEST
COVERS(name_of_an_unknown_family, "winsock.getnameinfo.family");

static const struct {
    struct row row;
    BYTE address[16];
    DWORD scope;
    const char *text;
} numbers_v6[] = {
    {{"loopback", NULL}, {[15] = 1}, 0, "::1"},
    {{"zeros_left_out", NULL}, {0x20, 1, 0x0d, 0xb8, [15] = 0x0a}, 0, "2001:db8::a"},
    {{"scope", "winsock.getnameinfo.scope"}, {0xfe, 0x80, [15] = 1}, 42, "fe80::1%42"},
};

START_TEST(name_of_ipv6_as_numbers)
{
    char node[NI_MAXHOST], service[NI_MAXSERV];
    winsock_start();
    struct sockaddr_in6 name = name_v6();
    memcpy(&name.sin6_addr, numbers_v6[_i].address, 16);
    name.sin6_scope_id = numbers_v6[_i].scope;

    int result = getnameinfo((struct sockaddr *)&name, sizeof(name), node, sizeof(node), service,
                             sizeof(service), NI_NUMERICHOST | NI_NUMERICSERV);

    expect_error(result, 0);
    expect_text_a(node, numbers_v6[_i].text);
    expect_text_a(service, "80");
}
END_TEST
COVERS_ROWS(name_of_ipv6_as_numbers, numbers_v6, "winsock.getnameinfo.numeric_v6");

static const struct {
    struct row row;
    bool node, service;
} halves[] = {
    {{"host", "winsock.getnameinfo.host_alone"}, true, false},
    {{"service", "winsock.getnameinfo.service_alone"}, false, true},
};

START_TEST(no_more_than_the)
{
    char node[NI_MAXHOST] = "before", service[NI_MAXSERV] = "before";
    winsock_start();
    struct sockaddr_in name = loopback(65101);

    int result =
        getnameinfo((struct sockaddr *)&name, sizeof(name), halves[_i].node ? node : NULL,
                    halves[_i].node ? sizeof(node) : 0, halves[_i].service ? service : NULL,
                    halves[_i].service ? sizeof(service) : 0, NI_NUMERICHOST | NI_NUMERICSERV);

    expect_error(result, 0);
    expect_text_a(node, halves[_i].node ? "127.0.0.1" : "before");
    expect_text_a(service, halves[_i].service ? "65101" : "before");
}
END_TEST
COVERS_ROWS(no_more_than_the, halves);

START_TEST(failure_is_the_last_error_too)
{
    char node[NI_MAXHOST];
    winsock_start();
    struct sockaddr_in name = loopback(80);
    name.sin_family = 99;

    int result = getnameinfo((struct sockaddr *)&name, sizeof(name), node, sizeof(node), NULL, 0,
                             NI_NUMERICHOST);

    DWORD error = GetLastError();
    expect_true(result != 0);
    expect_error(error, WSAEAFNOSUPPORT);
}
END_TEST
COVERS(failure_is_the_last_error_too, "winsock.getnameinfo.last_error");

/* Whoever 127.0.0.1 is, this machine knows it without asking another. */
static void name_of_loopback(char *node, int flags)
{
    struct sockaddr_in name = loopback(80);
    if (getnameinfo((struct sockaddr *)&name, sizeof(name), node, NI_MAXHOST, NULL, 0,
                    NI_NAMEREQD | flags) != 0)
        unresolved("this machine does not know who 127.0.0.1 is");
}

START_TEST(service_as_a_number_and_a_host_by_name)
{
    char named[NI_MAXHOST], node[NI_MAXHOST], service[NI_MAXSERV];
    winsock_start();
    struct sockaddr_in name = loopback(80);
    name_of_loopback(named, 0);
    require(strcmp(named, "127.0.0.1") != 0);

    int result = getnameinfo((struct sockaddr *)&name, sizeof(name), node, sizeof(node), service,
                             sizeof(service), NI_NUMERICSERV);

    expect_error(result, 0);
    expect_text_a(node, named);
    expect_text_a(service, "80");
}
END_TEST
COVERS(service_as_a_number_and_a_host_by_name, "winsock.getnameinfo.numericserv_alone");

START_TEST(host_as_a_number_and_a_service_by_name)
{
    char node[NI_MAXHOST], service[NI_MAXSERV];
    winsock_start();
    struct sockaddr_in name = loopback(53);
    require(getservbyport(htons(53), "udp") && getservbyport(htons(53), "tcp"));

    int result = getnameinfo((struct sockaddr *)&name, sizeof(name), node, sizeof(node), service,
                             sizeof(service), NI_NUMERICHOST);

    expect_error(result, 0);
    expect_text_a(node, "127.0.0.1");
    expect_text_a(service, getservbyport(htons(53), "tcp")->s_name);
}
END_TEST
COVERS(host_as_a_number_and_a_service_by_name, "winsock.getnameinfo.numerichost_alone");

START_TEST(own_host_without_its_domain)
{
    char node[NI_MAXHOST];
    winsock_start();

    name_of_loopback(node, NI_NOFQDN);

    expect_true(strcmp(node, "127.0.0.1") != 0);
    expect_true(strchr(node, '.') == NULL);
}
END_TEST
COVERS(own_host_without_its_domain, "winsock.getnameinfo.nofqdn");
