/* GetAddrInfoW: what it finds, and what it refuses. No name is looked up that is not in a file of
 * this machine. */
#include "winsock.h"

static const ADDRINFOW numeric = {.ai_flags = AI_NUMERICHOST};

START_TEST(ipv4_address_and_port)
{
    winsock_start();
    ADDRINFOW *found = NULL;
    struct sockaddr_in expected = loopback(80);

    int result = GetAddrInfoW(L"127.0.0.1", L"80", &numeric, &found);

    expect_error(result, 0);
    expect_number(found->ai_family, AF_INET);
    expect_number(found->ai_addrlen, sizeof(expected));
    expect_bytes(found->ai_addr, &expected, NAME_SIZE);
    expect_pointer(found->ai_next, NULL);
    FreeAddrInfoW(found);
}
END_TEST
COVERS(ipv4_address_and_port, "winsock.getaddrinfow.numeric_v4", "winsock.getaddrinfow.addrlen",
       "winsock.getaddrinfow.next");

START_TEST(ipv6_address_and_port)
{
    winsock_start();
    ADDRINFOW *found = NULL;
    static const BYTE loopback_v6[16] = {[15] = 1};

    int result = GetAddrInfoW(L"::1", L"80", &numeric, &found);

    expect_error(result, 0);
    expect_number(found->ai_family, AF_INET6);
    expect_number(found->ai_addrlen, sizeof(struct sockaddr_in6));
    struct sockaddr_in6 *name = (struct sockaddr_in6 *)found->ai_addr;
    expect_number(name->sin6_family, AF_INET6);
    expect_number(ntohs(name->sin6_port), 80);
    expect_bytes(&name->sin6_addr, loopback_v6, 16);
    FreeAddrInfoW(found);
}
END_TEST
COVERS(ipv6_address_and_port, "winsock.getaddrinfow.numeric_v6");

static const struct {
    struct row row;
    int family, flags;
    const char *text;
} without_node[] = {
    {{"to_bind_to", "winsock.getaddrinfow.passive_null"}, AF_INET, AI_PASSIVE, "0.0.0.0"},
    {{"to_connect_to", "winsock.getaddrinfow.nonpassive_null"}, AF_INET, 0, "127.0.0.1"},
    {{"to_bind_to_ipv6", "winsock.getaddrinfow.passive_null"}, AF_INET6, AI_PASSIVE, "::"},
    {{"to_connect_to_ipv6", "winsock.getaddrinfow.nonpassive_null"}, AF_INET6, 0, "::1"},
};

START_TEST(no_node)
{
    winsock_start();
    ADDRINFOW hints = {.ai_family = without_node[_i].family, .ai_flags = without_node[_i].flags};
    ADDRINFOW *found = NULL;
    BYTE expected[16];
    require(inet_pton(without_node[_i].family, without_node[_i].text, expected) == 1);

    int result = GetAddrInfoW(NULL, L"80", &hints, &found);

    expect_error(result, 0);
    expect_number(found->ai_family, without_node[_i].family);
    struct sockaddr_in *v4 = (struct sockaddr_in *)found->ai_addr;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)found->ai_addr;
    expect_number(ntohs(v4->sin_port), 80);
    if (found->ai_family == AF_INET)
        expect_bytes(&v4->sin_addr, expected, 4);
    else
        expect_bytes(&v6->sin6_addr, expected, 16);
}
END_TEST
COVERS_ROWS(no_node, without_node);

START_TEST(localhost)
{
    winsock_start();
    ADDRINFOW hints = {.ai_family = AF_INET}, *found = NULL;

    int result = GetAddrInfoW(L"localhost", NULL, &hints, &found);

    if (result != 0)
        unresolved("this machine does not know localhost");
    for (ADDRINFOW *one = found; one; one = one->ai_next) {
        expect_number(one->ai_family, AF_INET);
        expect_number(ntohl(((struct sockaddr_in *)one->ai_addr)->sin_addr.s_addr) >> 24, 127);
    }
}
END_TEST
COVERS(localhost, "winsock.getaddrinfow.localhost", "winsock.getaddrinfow.family_filter");

START_TEST(kind_asked_for)
{
    winsock_start();
    ADDRINFOW hints = {
        .ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_DGRAM, .ai_protocol = IPPROTO_UDP};
    ADDRINFOW *found = NULL;

    int result = GetAddrInfoW(L"127.0.0.1", L"80", &hints, &found);

    expect_error(result, 0);
    expect_number(found->ai_socktype, SOCK_DGRAM);
    expect_number(found->ai_protocol, IPPROTO_UDP);
}
END_TEST
COVERS(kind_asked_for, "winsock.getaddrinfow.socktype_echo");

START_TEST(service_by_name)
{
    winsock_start();
    require(getservbyname("domain", "udp") != NULL);
    ADDRINFOW datagrams = {.ai_socktype = SOCK_DGRAM}, *found = NULL;

    int result = GetAddrInfoW(L"127.0.0.1", L"domain", &datagrams, &found);

    expect_error(result, 0);
    expect_number(((struct sockaddr_in *)found->ai_addr)->sin_port, htons(53));
}
END_TEST
COVERS(service_by_name, "winsock.getaddrinfow.service_name");

static struct sockaddr_in some_name;
static WCHAR some_text[] = L"name";
static ADDRINFOW some_info;

static const struct {
    struct row row;
    const WCHAR *node, *service;
    ADDRINFOW hints;
    DWORD error;
} refusals[] = {
    {{"nothing", "winsock.getaddrinfow.both_null"}, NULL, NULL, {0}, WSAHOST_NOT_FOUND},
    {{"name_for_a_number", "winsock.getaddrinfow.numerichost"},
     L"localhost",
     NULL,
     {.ai_flags = AI_NUMERICHOST},
     WSAHOST_NOT_FOUND},
    {{"unknown_family", "winsock.getaddrinfow.family_unsupported"},
     L"127.0.0.1",
     NULL,
     {.ai_family = 99},
     WSAEAFNOSUPPORT},
    {{"unknown_type", "winsock.getaddrinfow.socktype_unsupported"},
     L"127.0.0.1",
     NULL,
     {.ai_socktype = 99},
     WSAESOCKTNOSUPPORT},
    {{"unknown_service", "winsock.getaddrinfow.service_unknown"},
     L"127.0.0.1",
     L"no-such-service",
     {0},
     WSATYPE_NOT_FOUND},
    {{"a_length", "winsock.getaddrinfow.hints_nonzero_pointer"},
     L"127.0.0.1",
     L"80",
     {.ai_addrlen = sizeof(some_name)},
     WSANO_RECOVERY},
    {{"a_name", "winsock.getaddrinfow.hints_nonzero_pointer"},
     L"127.0.0.1",
     L"80",
     {.ai_canonname = some_text},
     WSANO_RECOVERY},
    {{"an_address", "winsock.getaddrinfow.hints_nonzero_pointer"},
     L"127.0.0.1",
     L"80",
     {.ai_addr = (struct sockaddr *)&some_name},
     WSANO_RECOVERY},
    {{"a_next_one", "winsock.getaddrinfow.hints_nonzero_pointer"},
     L"127.0.0.1",
     L"80",
     {.ai_next = &some_info},
     WSANO_RECOVERY},
    {{"canonical_name_of_no_node", "winsock.getaddrinfow.canonname_of_nothing"},
     NULL,
     L"80",
     {.ai_flags = AI_CANONNAME},
     WSANO_RECOVERY},
    {{"two_kinds_of_names", "winsock.getaddrinfow.fqdn_and_canonname"},
     L"127.0.0.1",
     L"80",
     {.ai_flags = AI_FQDN | AI_CANONNAME | AI_NUMERICHOST},
     WSAEINVAL},
};

START_TEST(nothing_found_for)
{
    winsock_start();
    ADDRINFOW *found = NULL, *good = NULL;

    int result = GetAddrInfoW(refusals[_i].node, refusals[_i].service, &refusals[_i].hints, &found);

    DWORD stored = GetLastError();
    expect_error(result, refusals[_i].error);
    expect_error(stored, refusals[_i].error);
    expect_pointer(found, NULL);
    expect_error(GetAddrInfoW(L"127.0.0.1", L"80", NULL, &good), 0);
}
END_TEST
COVERS_ROWS(nothing_found_for, refusals, "winsock.getaddrinfow.last_error");

START_TEST(a_flag_that_is_none)
{
    winsock_start();
    ADDRINFOW hints = {.ai_flags = AI_NUMERICHOST | 0x2000}, *found = NULL;

    int result = GetAddrInfoW(L"127.0.0.1", L"80", &hints, &found);

    record("a flag that is none", "error %d", result);
    if (result != 0)
        expect_error(result, WSAEINVAL);
    expect_true((found != NULL) == (result == 0));
}
END_TEST
COVERS(a_flag_that_is_none, "winsock.getaddrinfow.bad_flags");

START_TEST(lookup_needs_startup)
{
    ADDRINFOW *found = NULL;

    int result = GetAddrInfoW(L"127.0.0.1", L"80", NULL, &found);

    expect_error(result, WSANOTINITIALISED);
    winsock_start();
    expect_error(GetAddrInfoW(L"127.0.0.1", L"80", NULL, &found), 0);
}
END_TEST
COVERS(lookup_needs_startup, "winsock.getaddrinfow.notinit");

START_TEST(a_list_that_was_freed_leaves_the_other)
{
    winsock_start();
    ADDRINFOW *first = NULL, *second = NULL;
    struct sockaddr_in expected = loopback(80);
    require(GetAddrInfoW(L"127.0.0.1", L"80", NULL, &first) == 0);
    require(GetAddrInfoW(L"127.0.0.1", L"80", NULL, &second) == 0);
    expect_true(first != second && first->ai_addr != second->ai_addr);

    FreeAddrInfoW(first);

    expect_bytes(second->ai_addr, &expected, NAME_SIZE);
    FreeAddrInfoW(second);
}
END_TEST
COVERS(a_list_that_was_freed_leaves_the_other, "winsock.freeaddrinfow.one_list");
