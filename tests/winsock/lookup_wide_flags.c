/* GetAddrInfoW: flags and kinds of its hints, names that mean the machine itself, and what of them
 * the structures of both widths promise. No name is looked up that is not in a file of this
 * machine. */
#include "services.h"
#include "winsock.h"

#include <wchar.h>

static const struct {
    struct row row;
    const WCHAR *node, *service;
    ADDRINFOW hints, good;
    const WCHAR *good_node;
    DWORD error;
} refusals[] = {
    {{"qualified_name_of_no_node", "winsock.getaddrinfow.fqdn_of_nothing"},
     NULL,
     L"80",
     {.ai_flags = AI_FQDN},
     {0},
     NULL,
     WSANO_RECOVERY},
    {{"number_of_no_node", "winsock.getaddrinfow.numerichost_null"},
     NULL,
     L"80",
     {.ai_flags = AI_NUMERICHOST},
     {0},
     NULL,
     WSAHOST_NOT_FOUND},
    {{"address_with_a_port", "winsock.getaddrinfow.numerichost_port"},
     L"127.0.0.1:80",
     NULL,
     {.ai_flags = AI_NUMERICHOST},
     {.ai_flags = AI_NUMERICHOST},
     L"127.0.0.1",
     WSAHOST_NOT_FOUND},
    {{"bracket_that_does_not_close", "winsock.getaddrinfow.numerichost_bracket"},
     L"[::1",
     NULL,
     {.ai_flags = AI_NUMERICHOST},
     {.ai_flags = AI_NUMERICHOST},
     L"::1",
     WSAHOST_NOT_FOUND},
    {{"ipv4_for_ipv6", "winsock.getaddrinfow.numeric_other_family"},
     L"127.0.0.1",
     NULL,
     {.ai_flags = AI_NUMERICHOST, .ai_family = AF_INET6},
     {.ai_flags = AI_NUMERICHOST, .ai_family = AF_INET},
     L"127.0.0.1",
     WSAHOST_NOT_FOUND},
    {{"ipv6_for_ipv4", "winsock.getaddrinfow.numeric_other_family"},
     L"::1",
     NULL,
     {.ai_flags = AI_NUMERICHOST, .ai_family = AF_INET},
     {.ai_flags = AI_NUMERICHOST, .ai_family = AF_INET6},
     L"::1",
     WSAHOST_NOT_FOUND},
    {{"service_of_another_type", "winsock.getaddrinfow.service_of_other_type"},
     L"127.0.0.1",
     L"telnet",
     {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_DGRAM},
     {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM},
     L"127.0.0.1",
     WSATYPE_NOT_FOUND},
};

START_TEST(refused)
{
    winsock_start();
    if (refusals[_i].error == WSATYPE_NOT_FOUND)
        needs_telnet_over_tcp_alone();
    ADDRINFOW *found = (ADDRINFOW *)&found, *good = NULL;

    int result = GetAddrInfoW(refusals[_i].node, refusals[_i].service, &refusals[_i].hints, &found);

    expect_error(result, refusals[_i].error);
    expect_pointer(found, NULL);
    expect_error(
        GetAddrInfoW(refusals[_i].good_node, refusals[_i].service, &refusals[_i].good, &good), 0);
}
END_TEST
COVERS_ROWS(refused, refusals);

START_TEST(passive_leaves_a_given_node)
{
    winsock_start();
    ADDRINFOW hints = {.ai_flags = AI_PASSIVE | AI_NUMERICHOST}, *found = NULL;
    struct sockaddr_in expected = loopback(80);

    int result = GetAddrInfoW(L"127.0.0.1", L"80", &hints, &found);

    expect_error(result, 0);
    expect_bytes(found->ai_addr, &expected, NAME_SIZE);
}
END_TEST
COVERS(passive_leaves_a_given_node, "winsock.getaddrinfow.passive_given");

START_TEST(empty_service_is_port_0)
{
    winsock_start();
    ADDRINFOW hints = {.ai_family = AF_INET}, *found = NULL;

    int result = GetAddrInfoW(NULL, L"", &hints, &found);

    expect_error(result, 0);
    struct sockaddr_in expected = loopback(0);
    expect_bytes(found->ai_addr, &expected, NAME_SIZE);
}
END_TEST
COVERS(empty_service_is_port_0, "winsock.getaddrinfow.empty_service");

START_TEST(no_hints_are_hints_of_nothing)
{
    winsock_start();
    ADDRINFOW nothing = {.ai_family = AF_UNSPEC}, *without = NULL, *with = NULL;
    require(GetAddrInfoW(L"127.0.0.1", L"80", &nothing, &with) == 0);

    int result = GetAddrInfoW(L"127.0.0.1", L"80", NULL, &without);

    expect_error(result, 0);
    ADDRINFOW *one = without, *other = with;
    for (; one && other; one = one->ai_next, other = other->ai_next) {
        expect_number(one->ai_family, other->ai_family);
        expect_number(one->ai_socktype, other->ai_socktype);
        expect_number(one->ai_protocol, other->ai_protocol);
        expect_number(one->ai_addrlen, other->ai_addrlen);
        expect_bytes(one->ai_addr, other->ai_addr, one->ai_addrlen);
    }
    expect_true(!one && !other);
}
END_TEST
COVERS(no_hints_are_hints_of_nothing, "winsock.getaddrinfow.no_hints");

START_TEST(localhost_of_any_family)
{
    static const BYTE loopback_v6[16] = {[15] = 1};
    winsock_start();
    ADDRINFOW hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM}, *found = NULL;

    int result = GetAddrInfoW(L"localhost", L"80", &hints, &found);

    if (result != 0)
        unresolved("this machine does not know localhost");
    for (ADDRINFOW *one = found; one; one = one->ai_next) {
        expect_number(one->ai_addr->sa_family, one->ai_family);
        expect_pointer(one->ai_canonname, NULL);
        if (one->ai_family == AF_INET) {
            struct sockaddr_in *name = (struct sockaddr_in *)one->ai_addr;
            expect_number(ntohl(name->sin_addr.s_addr) >> 24, 127);
            continue;
        }
        expect_number(one->ai_family, AF_INET6);
        expect_bytes(&((struct sockaddr_in6 *)one->ai_addr)->sin6_addr, loopback_v6, 16);
    }
}
END_TEST
COVERS(localhost_of_any_family, "winsock.getaddrinfow.unspec_families",
       "winsock.getaddrinfow.canonname_not_asked");

START_TEST(canonical_name_stands_in_the_first)
{
    winsock_start();
    ADDRINFOW hints = {.ai_flags = AI_CANONNAME, .ai_socktype = SOCK_STREAM}, *found = NULL;

    int result = GetAddrInfoW(L"localhost", NULL, &hints, &found);

    if (result != 0)
        unresolved("this machine does not know localhost");
    /* There may be none, the page says. */
    if (found->ai_canonname)
        expect_true(found->ai_canonname[0] != 0);
    for (ADDRINFOW *one = found->ai_next; one; one = one->ai_next)
        expect_pointer(one->ai_canonname, NULL);
}
END_TEST
COVERS(canonical_name_stands_in_the_first, "winsock.getaddrinfow.canonname");

START_TEST(canonical_name_of_a_number)
{
    winsock_start();
    ADDRINFOW hints = {.ai_flags = AI_CANONNAME | AI_NUMERICHOST}, *found = NULL;

    int result = GetAddrInfoW(L"127.0.0.1", L"80", &hints, &found);

    expect_error(result, 0);
    record("canonical name of 127.0.0.1", "%ls",
           found->ai_canonname ? found->ai_canonname : L"none");
    if (found->ai_canonname)
        expect_text(found->ai_canonname, L"127.0.0.1");
}
END_TEST
COVERS(canonical_name_of_a_number, "winsock.getaddrinfow.canonname_number");

/* What is asked for as the machine itself. */
static const struct {
    struct row row;
    const WCHAR *node;
} ourselves[] = {
    {{"nothing", "winsock.getaddrinfow.empty_node"}, L""},
    {{"localmachine", "winsock.getaddrinfow.localmachine"}, L"..localmachine"},
};

static bool among(const ADDRINFOW *one, const ADDRINFOW *list)
{
    for (; list; list = list->ai_next)
        if (list->ai_addrlen == one->ai_addrlen && !memcmp(list->ai_addr, one->ai_addr, NAME_SIZE))
            return true;
    return false;
}

START_TEST(addresses_of_this_machine)
{
    winsock_start();
    char name[NI_MAXHOST];
    WCHAR wide[NI_MAXHOST];
    ADDRINFOW hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found = NULL;
    ADDRINFOW *by_name = NULL;
    require(gethostname(name, sizeof(name)) == 0);
    require(MultiByteToWideChar(CP_ACP, 0, name, -1, wide, NI_MAXHOST) > 0);
    if (GetAddrInfoW(wide, NULL, &hints, &by_name) != 0)
        unresolved("this machine does not know its own name");

    int result = GetAddrInfoW(ourselves[_i].node, NULL, &hints, &found);

    expect_error(result, 0);
    for (ADDRINFOW *one = found; one; one = one->ai_next)
        expect_true(among(one, by_name));
    for (ADDRINFOW *one = by_name; one; one = one->ai_next)
        expect_true(among(one, found));
}
END_TEST
COVERS_ROWS(addresses_of_this_machine, ourselves);

START_TEST(what_is_found_makes_a_connection)
{
    winsock_start();
    ADDRINFOW hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    ADDRINFOW *here = NULL, *there = NULL;
    WCHAR port[8];
    require(GetAddrInfoW(L"127.0.0.1", L"0", &hints, &here) == 0);
    SOCKET listener = socket(here->ai_family, here->ai_socktype, here->ai_protocol);
    require(bind(listener, here->ai_addr, (int)here->ai_addrlen) == 0 && listen(listener, 1) == 0);
    swprintf(port, 8, L"%u", socket_port(listener));

    int result = GetAddrInfoW(NULL, port, &hints, &there);

    expect_error(result, 0);
    SOCKET client = socket(there->ai_family, there->ai_socktype, there->ai_protocol);
    expect_socket_succeeded(connect(client, there->ai_addr, (int)there->ai_addrlen));
    FreeAddrInfoW(here);
    FreeAddrInfoW(there);
    SOCKET server = stream_accept(listener);
    send_all(client, "found", 5);
    expect_receives(server, "found", 5);
}
END_TEST
COVERS(what_is_found_makes_a_connection, "winsock.getaddrinfow.usable");

/* ---- Both widths: what their structures promise */

static const struct kind {
    struct row row;
    int family, type, protocol;
    const WCHAR *node;
} kinds[] = {
    {{"streams", NULL}, AF_INET, SOCK_STREAM, IPPROTO_TCP, L"127.0.0.1"},
    {{"datagrams", NULL}, AF_INET, SOCK_DGRAM, IPPROTO_UDP, L"127.0.0.1"},
    {{"ipv6_streams", NULL}, AF_INET6, SOCK_STREAM, IPPROTO_TCP, L"::1"},
    {{"ipv6_datagrams", NULL}, AF_INET6, SOCK_DGRAM, IPPROTO_UDP, L"::1"},
};

START_TEST(wide_entry_of)
{
    const struct kind *kind = &kinds[_i];
    winsock_start();
    ADDRINFOW hints = {
        .ai_family = kind->family, .ai_socktype = kind->type, .ai_protocol = kind->protocol};
    ADDRINFOW *found = NULL;

    int result = GetAddrInfoW(kind->node, L"80", &hints, &found);

    expect_error(result, 0);
    expect_number(found->ai_family, kind->family);
    expect_number(found->ai_socktype, kind->type);
    expect_number(found->ai_protocol, kind->protocol);
    expect_number(found->ai_addrlen, kind->family == AF_INET ? sizeof(struct sockaddr_in)
                                                             : sizeof(struct sockaddr_in6));
    expect_number(found->ai_addr->sa_family, kind->family);
    expect_pointer(found->ai_next, NULL);
}
END_TEST
COVERS_ROWS(wide_entry_of, kinds, "winsock.addrinfow.kinds");

START_TEST(entry_of)
{
    const struct kind *kind = &kinds[_i];
    winsock_start();
    ADDRINFOA hints = {
        .ai_family = kind->family, .ai_socktype = kind->type, .ai_protocol = kind->protocol};
    ADDRINFOA *found = NULL;

    int result = getaddrinfo(kind->family == AF_INET ? "127.0.0.1" : "::1", "80", &hints, &found);

    expect_error(result, 0);
    expect_number(found->ai_family, kind->family);
    expect_number(found->ai_socktype, kind->type);
    expect_number(found->ai_protocol, kind->protocol);
    expect_number(found->ai_addrlen, kind->family == AF_INET ? sizeof(struct sockaddr_in)
                                                             : sizeof(struct sockaddr_in6));
    expect_number(found->ai_addr->sa_family, kind->family);
    expect_pointer(found->ai_next, NULL);
}
END_TEST
COVERS_ROWS(entry_of, kinds, "winsock.addrinfo.kinds", "winsock.addrinfo.last");

static const struct {
    struct row row;
    int flags;
} taken[] = {
    {{"all", NULL}, AI_ALL},
    {{"mapped", NULL}, AI_V4MAPPED},
    {{"file_server", NULL}, AI_FILESERVER},
};

START_TEST(wide_takes_flag)
{
    winsock_start();
    ADDRINFOW hints = {.ai_family = AF_INET, .ai_flags = AI_NUMERICHOST | taken[_i].flags};
    ADDRINFOW *found = NULL;
    struct sockaddr_in expected = loopback(80);

    int result = GetAddrInfoW(L"127.0.0.1", L"80", &hints, &found);

    expect_error(result, 0);
    expect_bytes(found->ai_addr, &expected, NAME_SIZE);
}
END_TEST
COVERS_ROWS(wide_takes_flag, taken, "winsock.addrinfow.flags");

START_TEST(takes_flag)
{
    winsock_start();
    ADDRINFOA hints = {.ai_family = AF_INET, .ai_flags = AI_NUMERICHOST | taken[_i].flags};
    ADDRINFOA *found = NULL;
    struct sockaddr_in expected = loopback(80);

    int result = getaddrinfo("127.0.0.1", "80", &hints, &found);

    expect_error(result, 0);
    expect_bytes(found->ai_addr, &expected, NAME_SIZE);
}
END_TEST
COVERS_ROWS(takes_flag, taken, "winsock.addrinfo.flags");

START_TEST(names_can_stay_unencoded)
{
    winsock_start();
    ADDRINFOW hints = {.ai_family = AF_INET, .ai_flags = AI_NUMERICHOST | AI_DISABLE_IDN_ENCODING};
    ADDRINFOW *found = NULL;
    struct sockaddr_in expected = loopback(80);

    int result = GetAddrInfoW(L"127.0.0.1", L"80", &hints, &found);

    expect_error(result, 0);
    expect_bytes(found->ai_addr, &expected, NAME_SIZE);
}
END_TEST
COVERS(names_can_stay_unencoded, "winsock.addrinfow.disable_idn_encoding");
