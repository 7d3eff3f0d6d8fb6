/* The flags of getaddrinfo's hints, and names that mean the machine itself. No name is looked up
 * that is not in a file of this machine. */
#include "winsock.h"

#include <stdio.h>

static const struct {
    struct row row;
    const char *node;
    int flags, good;
    DWORD error;
} refusals[] = {
    {{"canonical_name_of_no_node", "winsock.getaddrinfo.canonname_of_nothing"},
     NULL,
     AI_CANONNAME,
     0,
     WSANO_RECOVERY},
    {{"qualified_name_of_no_node", "winsock.getaddrinfo.fqdn_of_nothing"},
     NULL,
     AI_FQDN,
     0,
     WSANO_RECOVERY},
    {{"number_of_no_node", "winsock.getaddrinfo.numerichost_null"},
     NULL,
     AI_NUMERICHOST,
     0,
     WSAHOST_NOT_FOUND},
    {{"two_kinds_of_names", "winsock.getaddrinfo.fqdn_and_canonname"},
     "127.0.0.1",
     AI_FQDN | AI_CANONNAME | AI_NUMERICHOST,
     AI_CANONNAME | AI_NUMERICHOST,
     WSAEINVAL},
    {{"address_with_a_port", "winsock.getaddrinfo.numerichost_port"},
     "127.0.0.1:80",
     AI_NUMERICHOST,
     0,
     WSAHOST_NOT_FOUND},
    {{"bracket_that_does_not_close", "winsock.getaddrinfo.numerichost_bracket"},
     "[::1",
     AI_NUMERICHOST,
     0,
     WSAHOST_NOT_FOUND},
};

START_TEST(refused)
{
    winsock_start();
    const char *node = refusals[_i].node;
    ADDRINFOA hints = {.ai_flags = refusals[_i].flags}, good = {.ai_flags = refusals[_i].good};
    ADDRINFOA *found = NULL;
    bool a_number = !node || !strchr(node, ':'); /* and no name that would be looked up */

    int result = getaddrinfo(node, "80", &hints, &found);

    expect_error(result, refusals[_i].error);
    expect_pointer(found, NULL);
    if (a_number)
        expect_error(getaddrinfo(node, "80", &good, &found), 0);
}
END_TEST
COVERS_ROWS(refused, refusals);

START_TEST(a_flag_that_is_none)
{
    winsock_start();
    ADDRINFOA hints = {.ai_flags = AI_NUMERICHOST | 0x2000}, *found = NULL;

    int result = getaddrinfo("127.0.0.1", "80", &hints, &found);

    record("a flag that is none", "error %d", result);
    if (result != 0)
        expect_error(result, WSAEINVAL);
    expect_true((found != NULL) == (result == 0));
}
END_TEST
COVERS(a_flag_that_is_none, "winsock.getaddrinfo.bad_flags");

START_TEST(failure_is_the_last_error_too)
{
    winsock_start();
    ADDRINFOA numeric = {.ai_flags = AI_NUMERICHOST}, *found = NULL;

    int result = getaddrinfo("localhost", "80", &numeric, &found);

    DWORD error = GetLastError();
    expect_error(result, WSAHOST_NOT_FOUND);
    expect_error(error, WSAHOST_NOT_FOUND);
}
END_TEST
COVERS(failure_is_the_last_error_too, "winsock.getaddrinfo.last_error");

static const struct {
    struct row row;
    const char *node;
    int family;
} others[] = {
    {{"ipv4_for_ipv6", NULL}, "127.0.0.1", AF_INET6},
    {{"ipv6_for_ipv4", NULL}, "::1", AF_INET},
};

START_TEST(number_of_another_family)
{
    winsock_start();
    ADDRINFOA hints = {.ai_flags = AI_NUMERICHOST, .ai_family = others[_i].family}, *found = NULL;
    ADDRINFOA any = {.ai_flags = AI_NUMERICHOST};

    int result = getaddrinfo(others[_i].node, NULL, &hints, &found);

    expect_error(result, WSAHOST_NOT_FOUND);
    expect_pointer(found, NULL);
    expect_error(getaddrinfo(others[_i].node, NULL, &any, &found), 0);
    expect_true(found->ai_family != others[_i].family);
}
END_TEST
COVERS_ROWS(number_of_another_family, others, "winsock.getaddrinfo.numeric_other_family");

/* ---- No node */

static const BYTE any_v6[16], loopback_v6[16] = {[15] = 1};

static const struct {
    struct row row;
    int flags;
    const BYTE *address;
} without_node[] = {
    {{"to_bind_to", "winsock.getaddrinfo.passive_null_v6"}, AI_PASSIVE, any_v6},
    {{"to_connect_to", "winsock.getaddrinfo.nonpassive_null_v6"}, 0, loopback_v6},
};

START_TEST(no_node_of_ipv6)
{
    winsock_start();
    ADDRINFOA hints = {.ai_family = AF_INET6, .ai_flags = without_node[_i].flags}, *found = NULL;

    int result = getaddrinfo(NULL, "80", &hints, &found);

    expect_error(result, 0);
    expect_number(found->ai_family, AF_INET6);
    struct sockaddr_in6 *name = (struct sockaddr_in6 *)found->ai_addr;
    expect_bytes(&name->sin6_addr, without_node[_i].address, 16);
    expect_number(ntohs(name->sin6_port), 80);
}
END_TEST
COVERS_ROWS(no_node_of_ipv6, without_node);

START_TEST(passive_leaves_a_given_node)
{
    winsock_start();
    ADDRINFOA hints = {.ai_flags = AI_PASSIVE | AI_NUMERICHOST}, *found = NULL;
    struct sockaddr_in expected = loopback(80);

    int result = getaddrinfo("127.0.0.1", "80", &hints, &found);

    expect_error(result, 0);
    expect_bytes(found->ai_addr, &expected, NAME_SIZE);
}
END_TEST
COVERS(passive_leaves_a_given_node, "winsock.getaddrinfo.passive_given");

START_TEST(empty_service_is_port_0)
{
    winsock_start();
    ADDRINFOA hints = {.ai_family = AF_INET}, *found = NULL;

    int result = getaddrinfo(NULL, "", &hints, &found);

    expect_error(result, 0);
    struct sockaddr_in expected = loopback(0);
    expect_bytes(found->ai_addr, &expected, NAME_SIZE);
}
END_TEST
COVERS(empty_service_is_port_0, "winsock.getaddrinfo.empty_service");

/* ---- What is found */

START_TEST(no_hints_are_hints_of_nothing)
{
    winsock_start();
    ADDRINFOA nothing = {.ai_family = AF_UNSPEC}, *without = NULL, *with = NULL;
    require(getaddrinfo("127.0.0.1", "80", &nothing, &with) == 0);

    int result = getaddrinfo("127.0.0.1", "80", NULL, &without);

    expect_error(result, 0);
    ADDRINFOA *one = without, *other = with;
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
COVERS(no_hints_are_hints_of_nothing, "winsock.getaddrinfo.no_hints");

/* Every entry of localhost is an address of loopback, of the families asked for. */
static void expect_loopback(const ADDRINFOA *found)
{
    for (const ADDRINFOA *one = found; one; one = one->ai_next) {
        expect_number(one->ai_addr->sa_family, one->ai_family);
        if (one->ai_family == AF_INET) {
            DWORD address = ((struct sockaddr_in *)one->ai_addr)->sin_addr.s_addr;
            expect_number(ntohl(address) >> 24, 127);
            continue;
        }
        expect_number(one->ai_family, AF_INET6);
        expect_bytes(&((struct sockaddr_in6 *)one->ai_addr)->sin6_addr, loopback_v6, 16);
    }
}

START_TEST(localhost_of_any_family)
{
    winsock_start();
    ADDRINFOA hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM}, *found = NULL;

    int result = getaddrinfo("localhost", "80", &hints, &found);

    if (result != 0)
        unresolved("this machine does not know localhost");
    expect_loopback(found);
    for (ADDRINFOA *one = found; one; one = one->ai_next) {
        expect_number(one->ai_socktype, SOCK_STREAM);
        expect_pointer(one->ai_canonname, NULL);
    }
}
END_TEST
COVERS(localhost_of_any_family, "winsock.getaddrinfo.unspec_families",
       "winsock.getaddrinfo.canonname_not_asked");

START_TEST(canonical_name_stands_in_the_first)
{
    winsock_start();
    ADDRINFOA hints = {.ai_flags = AI_CANONNAME | AI_NUMERICHOST}, *found = NULL;

    int result = getaddrinfo("127.0.0.1", "80", &hints, &found);

    expect_error(result, 0);
    record("canonical name of 127.0.0.1", "%s", found->ai_canonname ? found->ai_canonname : "none");
    if (found->ai_canonname)
        expect_text_a(found->ai_canonname, "127.0.0.1");
}
END_TEST
COVERS(canonical_name_stands_in_the_first, "winsock.getaddrinfo.canonname_number");

/* What is asked for as the machine itself. */
static const struct {
    struct row row;
    const char *node;
} ourselves[] = {
    {{"nothing", "winsock.getaddrinfo.empty_node"}, ""},
    {{"localmachine", "winsock.getaddrinfo.localmachine"}, "..localmachine"},
};

static bool among(const ADDRINFOA *one, const ADDRINFOA *list)
{
    for (; list; list = list->ai_next)
        if (list->ai_addrlen == one->ai_addrlen &&
            ((struct sockaddr_in *)list->ai_addr)->sin_addr.s_addr ==
                ((struct sockaddr_in *)one->ai_addr)->sin_addr.s_addr)
            return true;
    return false;
}

START_TEST(addresses_of_this_machine)
{
    winsock_start();
    char name[NI_MAXHOST];
    ADDRINFOA hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found = NULL;
    ADDRINFOA *by_name = NULL;
    require(gethostname(name, sizeof(name)) == 0);
    if (getaddrinfo(name, NULL, &hints, &by_name) != 0)
        unresolved("this machine does not know its own name");

    int result = getaddrinfo(ourselves[_i].node, NULL, &hints, &found);

    expect_error(result, 0);
    for (ADDRINFOA *one = found; one; one = one->ai_next)
        expect_true(among(one, by_name));
    for (ADDRINFOA *one = by_name; one; one = one->ai_next)
        expect_true(among(one, found));
}
END_TEST
COVERS_ROWS(addresses_of_this_machine, ourselves);

START_TEST(what_is_found_makes_a_connection)
{
    winsock_start();
    ADDRINFOA hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    ADDRINFOA *here = NULL, *there = NULL;
    char port[8];
    require(getaddrinfo("127.0.0.1", "0", &hints, &here) == 0);
    SOCKET listener = socket(here->ai_family, here->ai_socktype, here->ai_protocol);
    require(bind(listener, here->ai_addr, (int)here->ai_addrlen) == 0 && listen(listener, 1) == 0);
    sprintf(port, "%u", socket_port(listener));

    int result = getaddrinfo(NULL, port, &hints, &there);

    expect_error(result, 0);
    SOCKET client = socket(there->ai_family, there->ai_socktype, there->ai_protocol);
    expect_socket_succeeded(connect(client, there->ai_addr, (int)there->ai_addrlen));
    freeaddrinfo(here);
    freeaddrinfo(there);
    SOCKET server = stream_accept(listener);
    send_all(client, "found", 5);
    expect_receives(server, "found", 5);
}
END_TEST
COVERS(what_is_found_makes_a_connection, "winsock.getaddrinfo.usable");

START_TEST(a_list_that_was_freed_leaves_the_other)
{
    winsock_start();
    ADDRINFOA *first = NULL, *second = NULL;
    struct sockaddr_in expected = loopback(80);
    require(getaddrinfo("127.0.0.1", "80", NULL, &first) == 0);
    require(getaddrinfo("127.0.0.1", "80", NULL, &second) == 0);
    expect_true(first != second && first->ai_addr != second->ai_addr);

    freeaddrinfo(first);

    expect_bytes(second->ai_addr, &expected, NAME_SIZE);
    freeaddrinfo(second);
}
END_TEST
COVERS(a_list_that_was_freed_leaves_the_other, "winsock.freeaddrinfo.one_list");
