/* What an entry of a protocol or of a service holds, by which names it is found, and to whom it
 * belongs. Nothing is looked up that is not in a file of this machine; a machine whose files lack
 * it is UNRESOLVED. */
#include "services.h"
#include "winsock.h"

static const struct {
    struct row row;
    const char *name, *alias;
    int number;
} protocols[] = {
    {{"icmp", NULL}, "icmp", "ICMP", IPPROTO_ICMP},
    {{"tcp", NULL}, "tcp", "TCP", IPPROTO_TCP},
    {{"udp", NULL}, "udp", "UDP", IPPROTO_UDP},
};

START_TEST(protocol_by_name)
{
    winsock_start();

    struct protoent *entry = getprotobyname(protocols[_i].name);

    expect_not_null(entry);
    expect_text_a(entry->p_name, protocols[_i].name);
    expect_not_null(entry->p_aliases[0]);
    expect_text_a(entry->p_aliases[0], protocols[_i].alias);
    expect_number(entry->p_proto, protocols[_i].number);
}
END_TEST
COVERS_ROWS(protocol_by_name, protocols, "winsock.getprotobyname.entry");

START_TEST(protocol_by_alias)
{
    winsock_start();

    struct protoent *entry = getprotobyname(protocols[_i].alias);

    expect_not_null(entry);
    expect_text_a(entry->p_name, protocols[_i].name);
    expect_number(entry->p_proto, protocols[_i].number);
}
END_TEST
COVERS_ROWS(protocol_by_alias, protocols, "winsock.getprotobyname.alias");

START_TEST(protocol_by_number_in_the_structure_of_names)
{
    winsock_start();
    require(getprotobyname("udp") != NULL); /* there is room for either from now on */
    struct protoent *by_name = getprotobyname("tcp");
    require(by_name != NULL);

    struct protoent *by_number = getprotobynumber(IPPROTO_UDP);

    expect_not_null(by_number);
    expect_pointer(by_number, by_name);
    expect_text_a(by_name->p_name, "udp");
}
END_TEST
COVERS(protocol_by_number_in_the_structure_of_names, "winsock.getprotobynumber.same_structure");

static DWORD ask_for_udp(void *unused)
{
    (void)unused;
    require(getprotobynumber(IPPROTO_UDP) != NULL);
    return 0;
}

START_TEST(number_asked_for_in_another_thread)
{
    winsock_start();
    struct protoent *entry = getprotobynumber(IPPROTO_TCP);
    require(entry != NULL);

    thread_join(thread_start(ask_for_udp, NULL));

    expect_text_a(entry->p_name, "tcp");
    expect_number(entry->p_proto, IPPROTO_TCP);
}
END_TEST
COVERS(number_asked_for_in_another_thread, "winsock.getprotobynumber.per_thread");

START_TEST(number_needs_startup)
{
    SetLastError(LAST_ERROR_UNSET);

    struct protoent *entry = getprotobynumber(IPPROTO_TCP);

    expect_null(entry, WSANOTINITIALISED);
    winsock_start();
    expect_not_null(getprotobynumber(IPPROTO_TCP));
}
END_TEST
COVERS(number_needs_startup, "winsock.getprotobynumber.notinit");

START_TEST(number_of_no_protocol)
{
    winsock_start();
    require(getprotobynumber(IPPROTO_TCP) != NULL);

    struct protoent *entry = getprotobynumber(256);

    DWORD error = GetLastError();
    char text[80];
    expect_null(entry, WSANO_DATA, WSAHOST_NOT_FOUND);
    record("error", "%s", error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(number_of_no_protocol, "winsock.getprotobynumber.unknown_error");

/* ---- Services */

struct alias {
    char name[NI_MAXSERV], alias[NI_MAXSERV];
    u_short port;
};

static bool has_alias(const struct servent *entry, const char *alias)
{
    for (char **one = entry->s_aliases; *one; one++)
        if (!strcmp(*one, alias))
            return true;
    return false;
}

/* A service of TCP with another name: http is www, too, on many a machine. */
static struct alias service_with_alias(void)
{
    struct alias found = {.port = 0};
    for (u_short port = 1; port < 1024; port++) {
        struct servent *entry = getservbyport(htons(port), "tcp");
        if (!entry || !entry->s_aliases[0] || strlen(entry->s_name) >= NI_MAXSERV ||
            strlen(entry->s_aliases[0]) >= NI_MAXSERV)
            continue;
        strcpy(found.name, entry->s_name);
        strcpy(found.alias, entry->s_aliases[0]);
        found.port = entry->s_port;
        /* Some alias is the name of another service. */
        entry = getservbyname(found.alias, NULL);
        if (!entry || strcmp(entry->s_name, found.alias) != 0)
            return found;
    }
    unresolved("this machine knows no service by two names");
}

static const struct {
    struct row row;
    const char *protocol;
} aliases[] = {
    {{"any_protocol", "winsock.getservbyname.alias"}, NULL},
    {{"a_protocol", "winsock.getservbyname.alias_of_protocol"}, "tcp"},
};

START_TEST(service_by_alias_of)
{
    winsock_start();
    struct alias known = service_with_alias();

    struct servent *entry = getservbyname(known.alias, aliases[_i].protocol);

    expect_not_null(entry);
    expect_text_a(entry->s_name, known.name);
    expect_number((u_short)entry->s_port, known.port);
    expect_true(has_alias(entry, known.alias));
}
END_TEST
COVERS_ROWS(service_by_alias_of, aliases);

START_TEST(port_of_another_protocol)
{
    winsock_start();
    needs_telnet_over_tcp_alone();
    require(getservbyport(htons(23), "tcp") != NULL);

    struct servent *entry = getservbyport(htons(23), "udp");

    expect_null(entry, WSANO_DATA, WSAHOST_NOT_FOUND);
}
END_TEST
COVERS(port_of_another_protocol, "winsock.getservbyport.protocol");

START_TEST(service_by_name_in_the_structure_of_ports)
{
    winsock_start();
    require(getservbyname("telnet", "tcp") != NULL); /* there is room for either from now on */
    struct servent *by_port = getservbyport(htons(53), "udp");
    require(by_port != NULL);

    struct servent *by_name = getservbyname("telnet", "tcp");

    expect_not_null(by_name);
    expect_pointer(by_name, by_port);
    expect_number((u_short)by_port->s_port, htons(23));
}
END_TEST
COVERS(service_by_name_in_the_structure_of_ports, "winsock.getservbyname.same_structure");

static DWORD ask_for_telnet(void *unused)
{
    (void)unused;
    require(getservbyport(htons(23), "tcp") != NULL);
    return 0;
}

START_TEST(port_asked_for_in_another_thread)
{
    winsock_start();
    struct servent *entry = getservbyport(htons(53), "udp");
    require(entry != NULL);

    thread_join(thread_start(ask_for_telnet, NULL));

    expect_text_a(entry->s_name, "domain");
    expect_text_a(entry->s_proto, "udp");
    expect_number((u_short)entry->s_port, htons(53));
}
END_TEST
COVERS(port_asked_for_in_another_thread, "winsock.getservbyport.per_thread");

START_TEST(port_needs_startup)
{
    SetLastError(LAST_ERROR_UNSET);

    struct servent *entry = getservbyport(htons(53), "udp");

    expect_null(entry, WSANOTINITIALISED);
    winsock_start();
    if (!getservbyport(htons(53), "udp"))
        unresolved("this machine knows no service of port 53");
}
END_TEST
COVERS(port_needs_startup, "winsock.getservbyport.notinit");
