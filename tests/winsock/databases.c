/*
 * Protocols, services and hosts by name and number. Nothing is looked up that is not in a file of
 * this machine; a machine whose files lack it is UNRESOLVED.
 */
#include "services.h"
#include "winsock.h"

static const struct {
    struct row row;
    const char *name;
    int number;
} protocols[] = {
    {{"tcp", NULL}, "tcp", IPPROTO_TCP},
    {{"udp", NULL}, "udp", IPPROTO_UDP},
    {{"icmp", NULL}, "icmp", IPPROTO_ICMP},
};

START_TEST(number_of)
{
    winsock_start();

    struct protoent *entry = getprotobyname(protocols[_i].name);

    expect_not_null(entry);
    expect_number(entry->p_proto, protocols[_i].number);
}
END_TEST
COVERS_ROWS(number_of, protocols, "winsock.getprotobyname.udp");

static const struct {
    struct row row;
    int number;
    const char *name, *alias;
} numbers[] = {
    {{"icmp", NULL}, 1, "icmp", "ICMP"},
    {{"tcp", NULL}, 6, "tcp", "TCP"},
    {{"udp", NULL}, 17, "udp", "UDP"},
};

START_TEST(name_of)
{
    winsock_start();

    struct protoent *entry = getprotobynumber(numbers[_i].number);

    expect_not_null(entry);
    expect_text_a(entry->p_name, numbers[_i].name);
    expect_not_null(entry->p_aliases[0]);
    expect_text_a(entry->p_aliases[0], numbers[_i].alias);
    expect_number(entry->p_proto, numbers[_i].number);
}
END_TEST
COVERS_ROWS(name_of, numbers, "winsock.getprotobynumber.name");

static const struct {
    struct row row;
    int number;
} nobodys[] = {
    {{"negative", NULL}, -1},
    {{"beyond_a_byte", NULL}, 256},
    {{"beyond_a_byte_like_tcp", NULL}, 256 + IPPROTO_TCP},
};

START_TEST(no_protocol_has)
{
    winsock_start();

    struct protoent *entry = getprotobynumber(nobodys[_i].number);

    expect_failed_somehow(entry != NULL);
}
END_TEST
COVERS_ROWS(no_protocol_has, nobodys, "winsock.getprotobynumber.unknown");

/* ---- Services */

START_TEST(service_of_a_protocol)
{
    winsock_start();
    require(getservbyname("domain", "udp") != NULL);

    struct servent *entry = getservbyname("domain", "udp");

    expect_not_null(entry);
    expect_text_a(entry->s_name, "domain");
    expect_text_a(entry->s_proto, "udp");
    expect_number((u_short)entry->s_port, htons(53));
}
END_TEST
COVERS(service_of_a_protocol, "winsock.getservbyname.entry");

START_TEST(service_of_any_protocol)
{
    winsock_start();
    require(getservbyname("telnet", "tcp") != NULL);

    struct servent *entry = getservbyname("telnet", NULL);

    expect_not_null(entry);
    expect_text_a(entry->s_name, "telnet");
    expect_number((u_short)entry->s_port, htons(23));
}
END_TEST
COVERS(service_of_any_protocol, "winsock.getservbyname.null_proto");

START_TEST(service_of_another_protocol)
{
    winsock_start();
    needs_telnet_over_tcp_alone();
    require(getservbyname("telnet", "tcp") != NULL);

    struct servent *entry = getservbyname("telnet", "udp");

    expect_failed(entry != NULL, WSANO_DATA, WSAHOST_NOT_FOUND);
}
END_TEST
COVERS(service_of_another_protocol, "winsock.getservbyname.protocol");

START_TEST(service_of_a_port)
{
    winsock_start();
    require(getservbyname("domain", "udp") != NULL);

    struct servent *entry = getservbyport(htons(53), "udp");

    expect_not_null(entry);
    expect_text_a(entry->s_name, "domain");
    expect_text_a(entry->s_proto, "udp");
    expect_number((u_short)entry->s_port, htons(53));
}
END_TEST
COVERS(service_of_a_port, "winsock.getservbyport.entry");

START_TEST(service_of_a_port_of_any_protocol)
{
    winsock_start();
    require(getservbyname("telnet", "tcp") != NULL);

    struct servent *entry = getservbyport(htons(23), NULL);

    expect_not_null(entry);
    expect_text_a(entry->s_name, "telnet");
}
END_TEST
COVERS(service_of_a_port_of_any_protocol, "winsock.getservbyport.null_proto");

START_TEST(one_structure_for_both_questions)
{
    winsock_start();
    struct servent *by_name = getservbyname("domain", "udp");
    require(by_name != NULL);

    struct servent *by_port = getservbyport(htons(53), "udp");

    expect_not_null(by_port);
    expect_pointer(by_port, by_name);
}
END_TEST
COVERS(one_structure_for_both_questions, "winsock.getservbyport.same_structure");

/* ---- Hosts */

static const struct {
    struct row row;
    const char *name;
    DWORD address;
} literals[] = {
    {{"loopback", NULL}, "127.0.0.1", INADDR_LOOPBACK},
    {{"all_bits_but_one", NULL}, "255.255.255.254", 0xFFFFFFFE},
    {{"zero", NULL}, "0.0.0.0", 0},
};

START_TEST(host_of_a_literal)
{
    winsock_start();

    struct hostent *host = gethostbyname(literals[_i].name);

    expect_not_null(host);
    expect_text_a(host->h_name, literals[_i].name);
    expect_number(host->h_addrtype, AF_INET);
    expect_number(host->h_length, 4);
    expect_not_null(host->h_addr_list[0]);
    expect_number(*(DWORD *)host->h_addr_list[0], htonl(literals[_i].address));
    expect_pointer(host->h_addr_list[1], NULL);
}
END_TEST
COVERS_ROWS(host_of_a_literal, literals, "winsock.gethostbyname.literal",
            "winsock.gethostbyname.ipv4_only");

START_TEST(localhost_is_loopback)
{
    winsock_start();

    struct hostent *host = gethostbyname("localhost");

    if (!host)
        unresolved("this machine knows no localhost");
    expect_number(host->h_addrtype, AF_INET);
    expect_number(host->h_length, 4);
    expect_number(*(DWORD *)host->h_addr_list[0], htonl(INADDR_LOOPBACK));
}
END_TEST
COVERS(localhost_is_loopback, "winsock.gethostbyname.localhost", "winsock.gethostbyname.ipv4_only");

START_TEST(literal_of_ipv6_is_no_host)
{
    winsock_start();
    require(gethostbyname("127.0.0.1") != NULL);

    struct hostent *host = gethostbyname("::1");

    record_outcome("gethostbyname of ::1", host != NULL);
    expect_failed(host != NULL, WSANO_DATA, WSAHOST_NOT_FOUND);
}
END_TEST
COVERS(literal_of_ipv6_is_no_host, "winsock.gethostbyname.v6_literal");

/* ---- What all of them have in common */

static void *ask_protocol(int which)
{
    return getprotobyname(which ? "udp" : "tcp");
}

static void *ask_service(int which)
{
    return getservbyname(which ? "domain" : "telnet", which ? "udp" : "tcp");
}

static void *ask_host(int which)
{
    return gethostbyname(which ? "127.0.0.2" : "127.0.0.1");
}

/* A number that tells which of the two it is. */
static DWORD protocol_told(const void *entry)
{
    return (DWORD)((const struct protoent *)entry)->p_proto;
}

static DWORD service_told(const void *entry)
{
    return (DWORD)(u_short)((const struct servent *)entry)->s_port;
}

static DWORD host_told(const void *entry)
{
    return *(const DWORD *)((const struct hostent *)entry)->h_addr_list[0];
}

static const struct question {
    struct row row;
    void *(*ask)(int which);
    DWORD (*told)(const void *entry);
} questions[] = {
    {{"protocol", "winsock.getprotobyname.per_thread"}, ask_protocol, protocol_told},
    {{"service", "winsock.getservbyname.per_thread"}, ask_service, service_told},
    {{"host", "winsock.gethostbyname.per_thread"}, ask_host, host_told},
};

static DWORD ask_the_other(void *question)
{
    const struct question *asked = question;
    const void *entry = asked->ask(1);
    require(entry != NULL);
    return asked->told(entry);
}

START_TEST(one_structure_a_thread)
{
    winsock_start();
    const struct question *asked = &questions[_i];
    void *first = asked->ask(0);
    require(first != NULL);
    DWORD told = asked->told(first);

    DWORD other = thread_join(thread_start(ask_the_other, (void *)asked));

    expect_true(other != told);
    expect_number(asked->told(first), told);
    void *again = asked->ask(1);
    expect_not_null(again);
    expect_pointer(again, first);
    expect_number(asked->told(first), other);
}
END_TEST
COVERS_ROWS(one_structure_a_thread, questions);

static void *no_protocol(int which)
{
    (void)which;
    return getprotobyname("no-such-protocol");
}

static void *no_service(int which)
{
    (void)which;
    return getservbyname("no-such-service", "udp");
}

static void *no_port(int which)
{
    (void)which;
    return getservbyport(0, "udp");
}

static const struct {
    struct row row;
    void *(*ask)(int which);
} unknowns[] = {
    {{"protocol", "winsock.getprotobyname.unknown"}, no_protocol},
    {{"service", "winsock.getservbyname.unknown"}, no_service},
    {{"port", "winsock.getservbyport.unknown"}, no_port},
};

START_TEST(unknown)
{
    winsock_start();
    SetLastError(LAST_ERROR_UNSET);

    void *entry = unknowns[_i].ask(0);

    DWORD error = GetLastError();
    char text[80];
    expect_failed(entry != NULL, WSANO_DATA, WSAHOST_NOT_FOUND);
    record("error", "%s", error_text(error, text, sizeof(text)));
}
END_TEST
COVERS_ROWS(unknown, unknowns);

static const struct {
    struct row row;
    void *(*ask)(int which);
} uninitialised[] = {
    {{"protocol", "winsock.getprotobyname.notinit"}, ask_protocol},
    {{"service", "winsock.getservbyname.notinit"}, ask_service},
    {{"host", "winsock.gethostbyname.notinit"}, ask_host},
};

START_TEST(needs_startup)
{
    SetLastError(LAST_ERROR_UNSET);

    void *entry = uninitialised[_i].ask(0);

    expect_failed(entry != NULL, WSANOTINITIALISED);
    winsock_start();
    expect_not_null(uninitialised[_i].ask(0));
}
END_TEST
COVERS_ROWS(needs_startup, uninitialised);
