/* getnameinfo and GetNameInfoW: the room that a host and a service need, how long an address may
 * be, and what of getnameinfo holds of its wide twin. */
#include "name_info.h"

#define NUMBERS (NI_NUMERICHOST | NI_NUMERICSERV)

static const struct {
    struct row row;
    u_short port;
    const char *text;
    const WCHAR *wide;
} ports[] = {
    {{"lowest", NULL}, 1, "1", L"1"},
    {{"above_15_bits", NULL}, 32769, "32769", L"32769"},
    {{"highest", NULL}, 65535, "65535", L"65535"},
};

START_TEST(number_of_port)
{
    char service[NI_MAXSERV] = "";
    winsock_start();
    struct sockaddr_in name = loopback(ports[_i].port);

    int result = getnameinfo((struct sockaddr *)&name, sizeof(name), NULL, 0, service,
                             sizeof(service), NI_NUMERICSERV);

    expect_error(result, 0);
    expect_text_a(service, ports[_i].text);
}
END_TEST
COVERS_ROWS(number_of_port, ports, "winsock.getnameinfo.every_port");

START_TEST(wide_number_of_port)
{
    WCHAR service[NI_MAXSERV] = L"";
    winsock_start();
    struct sockaddr_in name = loopback(ports[_i].port);

    int result = GetNameInfoW((struct sockaddr *)&name, sizeof(name), NULL, 0, service, NI_MAXSERV,
                              NI_NUMERICSERV);

    expect_error(result, 0);
    expect_text(service, ports[_i].wide);
}
END_TEST
COVERS_ROWS(wide_number_of_port, ports, "winsock.getnameinfow.every_port");

/* ---- Room: 127.0.0.1 needs 10 characters, 65101 needs 6 */

static const struct {
    struct row row;
    DWORD node, service;
} rooms[] = {
    {{"host", "winsock.getnameinfo.host_room"}, 9, NI_MAXSERV},
    {{"service", "winsock.getnameinfo.service_room"}, NI_MAXHOST, 5},
};

START_TEST(no_room_for_the_end_of_the)
{
    char node[NI_MAXHOST], service[NI_MAXSERV];
    winsock_start();
    struct sockaddr_in name = loopback(65101);
    node[9] = service[5] = '-';

    int result = getnameinfo((struct sockaddr *)&name, sizeof(name), node, rooms[_i].node, service,
                             rooms[_i].service, NUMBERS);

    DWORD error = GetLastError();
    char text[80];
    expect_true(result != 0);
    record("error", "%s", error_text(error, text, sizeof(text)));
    if (rooms[_i].node == 9)
        expect_number(node[9], '-');
    else
        expect_number(service[5], '-');
}
END_TEST
COVERS_ROWS(no_room_for_the_end_of_the, rooms);

START_TEST(just_enough_room)
{
    char node[10], service[6];
    winsock_start();
    struct sockaddr_in name = loopback(65101);

    int result = getnameinfo((struct sockaddr *)&name, sizeof(name), node, sizeof(node), service,
                             sizeof(service), NUMBERS);

    expect_error(result, 0);
    expect_text_a(node, "127.0.0.1");
    expect_text_a(service, "65101");
}
END_TEST
COVERS(just_enough_room, "winsock.getnameinfo.enough_room");

static const struct {
    struct row row;
    DWORD node, service;
} wide_rooms[] = {
    {{"host", "winsock.getnameinfow.host_room"}, 9, NI_MAXSERV},
    {{"service", "winsock.getnameinfow.service_room"}, NI_MAXHOST, 5},
};

START_TEST(no_room_for_the_end_of_the_wide)
{
    WCHAR node[NI_MAXHOST], service[NI_MAXSERV];
    winsock_start();
    struct sockaddr_in name = loopback(65101);
    node[9] = service[5] = '-';

    int result = GetNameInfoW((struct sockaddr *)&name, sizeof(name), node, wide_rooms[_i].node,
                              service, wide_rooms[_i].service, NUMBERS);

    DWORD error = GetLastError();
    char text[80];
    expect_true(result != 0);
    record("error", "%s", error_text(error, text, sizeof(text)));
    if (wide_rooms[_i].node == 9)
        expect_number(node[9], '-');
    else
        expect_number(service[5], '-');
}
END_TEST
COVERS_ROWS(no_room_for_the_end_of_the_wide, wide_rooms);

START_TEST(just_enough_room_for_wide)
{
    WCHAR node[10], service[6];
    winsock_start();
    struct sockaddr_in name = loopback(65101);

    int result =
        GetNameInfoW((struct sockaddr *)&name, sizeof(name), node, 10, service, 6, NUMBERS);

    expect_error(result, 0);
    expect_text(node, L"127.0.0.1");
    expect_text(service, L"65101");
}
END_TEST
COVERS(just_enough_room_for_wide, "winsock.getnameinfow.enough_room");

/* ---- More than an address needs */

static const struct {
    struct row row;
    int family;
    const char *text;
    const WCHAR *wide;
} families[] = {
    {{"ipv4", NULL}, AF_INET, "127.0.0.1", L"127.0.0.1"},
    {{"ipv6", NULL}, AF_INET6, "::1", L"::1"},
};

static void name_of_family(int family, SOCKADDR_STORAGE *name)
{
    memset(name, 0, sizeof(*name));
    name->ss_family = (short)family;
    if (family == AF_INET)
        ((struct sockaddr_in *)name)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    else
        ((struct sockaddr_in6 *)name)->sin6_addr.s6_addr[15] = 1;
}

START_TEST(longer_than)
{
    char node[NI_MAXHOST];
    winsock_start();
    SOCKADDR_STORAGE name;
    name_of_family(families[_i].family, &name);

    int result = getnameinfo((struct sockaddr *)&name, sizeof(name), node, sizeof(node), NULL, 0,
                             NI_NUMERICHOST);

    expect_error(result, 0);
    expect_text_a(node, families[_i].text);
}
END_TEST
COVERS_ROWS(longer_than, families, "winsock.getnameinfo.longer");

START_TEST(wide_longer_than)
{
    WCHAR node[NI_MAXHOST];
    winsock_start();
    SOCKADDR_STORAGE name;
    name_of_family(families[_i].family, &name);

    int result = GetNameInfoW((struct sockaddr *)&name, sizeof(name), node, NI_MAXHOST, NULL, 0,
                              NI_NUMERICHOST);

    expect_error(result, 0);
    expect_text(node, families[_i].wide);
}
END_TEST
COVERS_ROWS(wide_longer_than, families, "winsock.getnameinfow.longer");

/* ---- GetNameInfoW as getnameinfo */

START_TEST(scope_of_ipv6)
{
    WCHAR node[64];
    winsock_start();
    struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_scope_id = 42};
    name.sin6_addr.s6_addr[0] = 0xfe;
    name.sin6_addr.s6_addr[1] = 0x80;
    name.sin6_addr.s6_addr[15] = 1;

    int result =
        GetNameInfoW((struct sockaddr *)&name, sizeof(name), node, 64, NULL, 0, NI_NUMERICHOST);

    expect_error(result, 0);
    expect_text(node, L"fe80::1%42");
}
END_TEST
COVERS(scope_of_ipv6, "winsock.getnameinfow.scope");

static const struct {
    struct row row;
    bool node, service;
} halves[] = {
    {{"host", "winsock.getnameinfow.host_alone"}, true, false},
    {{"service", "winsock.getnameinfow.service_alone"}, false, true},
};

START_TEST(no_more_than_the)
{
    WCHAR node[64] = L"before", service[64] = L"before";
    winsock_start();
    struct sockaddr_in name = loopback(65101);

    int result = GetNameInfoW((struct sockaddr *)&name, sizeof(name), halves[_i].node ? node : NULL,
                              halves[_i].node ? 64 : 0, halves[_i].service ? service : NULL,
                              halves[_i].service ? 64 : 0, NUMBERS);

    expect_error(result, 0);
    expect_text(node, halves[_i].node ? L"127.0.0.1" : L"before");
    expect_text(service, halves[_i].service ? L"65101" : L"before");
}
END_TEST
COVERS_ROWS(no_more_than_the, halves);

/* Who 127.0.0.1 is to getnameinfo; this machine knows it without asking another. */
static void name_of_loopback(WCHAR *node, int flags)
{
    char told[NI_MAXHOST];
    struct sockaddr_in name = loopback(80);
    if (getnameinfo((struct sockaddr *)&name, sizeof(name), told, NI_MAXHOST, NULL, 0,
                    NI_NAMEREQD | flags) != 0)
        unresolved("this machine does not know who 127.0.0.1 is");
    require(strcmp(told, "127.0.0.1") != 0);
    require(MultiByteToWideChar(CP_ACP, 0, told, -1, node, NI_MAXHOST) > 0);
}

START_TEST(service_as_a_number_and_a_host_by_name)
{
    WCHAR named[NI_MAXHOST], node[NI_MAXHOST], service[NI_MAXSERV];
    winsock_start();
    struct sockaddr_in name = loopback(80);
    name_of_loopback(named, 0);

    int result = GetNameInfoW((struct sockaddr *)&name, sizeof(name), node, NI_MAXHOST, service,
                              NI_MAXSERV, NI_NUMERICSERV);

    expect_error(result, 0);
    expect_text(node, named);
    expect_text(service, L"80");
}
END_TEST
COVERS(service_as_a_number_and_a_host_by_name, "winsock.getnameinfow.numericserv_alone");

START_TEST(host_as_a_number_and_a_service_by_name)
{
    WCHAR node[NI_MAXHOST], service[NI_MAXSERV], expected[NI_MAXSERV];
    winsock_start();
    struct sockaddr_in name = loopback(53);
    struct servent *entry = getservbyport(htons(53), "tcp");
    require(entry && MultiByteToWideChar(CP_ACP, 0, entry->s_name, -1, expected, NI_MAXSERV));

    int result = GetNameInfoW((struct sockaddr *)&name, sizeof(name), node, NI_MAXHOST, service,
                              NI_MAXSERV, NI_NUMERICHOST);

    expect_error(result, 0);
    expect_text(node, L"127.0.0.1");
    expect_text(service, expected);
}
END_TEST
COVERS(host_as_a_number_and_a_service_by_name, "winsock.getnameinfow.numerichost_alone");

static const struct {
    struct row row;
    int flags;
} required[] = {
    {{"that_is_known", "winsock.getnameinfow.namereqd_known"}, NI_NAMEREQD},
    {{"without_its_domain", "winsock.getnameinfow.nofqdn"}, NI_NAMEREQD | NI_NOFQDN},
};

START_TEST(own_host)
{
    WCHAR named[NI_MAXHOST], node[NI_MAXHOST];
    winsock_start();
    struct sockaddr_in name = loopback(80);
    name_of_loopback(named, required[_i].flags);

    int result = GetNameInfoW((struct sockaddr *)&name, sizeof(name), node, NI_MAXHOST, NULL, 0,
                              required[_i].flags);

    expect_error(result, 0);
    expect_text(node, named);
    for (const WCHAR *c = node; *c && required[_i].flags & NI_NOFQDN; c++)
        expect_true(*c != L'.');
}
END_TEST
COVERS_ROWS(own_host, required);
