/* What getnameinfo tells and refuses, done wrong. */
#include "winsock-mutants.h"

#include <ws2tcpip.h>

#define NAME_PARAMETERS                                                                  \
    const struct sockaddr *name, int length, LPSTR node, DWORD node_size, LPSTR service, \
        DWORD service_size, int flags
#define NAME real(getnameinfo)(name, length, node, node_size, service, service_size, flags)

static int WINAPI nothing_is_fine(NAME_PARAMETERS)
{
    int error = NAME;
    return !node && !service && error == WSAHOST_NOT_FOUND ? 0 : error;
}
MUTANT(getnameinfo_takes_no_question,
       "getnameinfo succeeds when neither host nor service is asked for",
       PATCH(getnameinfo, nothing_is_fine));

static int WINAPI null_is_invalid(NAME_PARAMETERS)
{
    int error = NAME;
    return !name && error ? WSAEINVAL : error;
}
MUTANT(getnameinfo_of_null_is_invalid, "getnameinfo without an address fails with WSAEINVAL",
       PATCH(getnameinfo, null_is_invalid));

static int WINAPI byte_less(NAME_PARAMETERS)
{
    if (length == sizeof(struct sockaddr_in) - 1)
        length++;
    return NAME;
}
MUTANT(getnameinfo_takes_a_byte_less,
       "getnameinfo takes a sockaddr_in whose last byte is not there",
       PATCH(getnameinfo, byte_less));

static int WINAPI length_of_v4(NAME_PARAMETERS)
{
    if (name && name->sa_family == AF_INET6 && length == sizeof(struct sockaddr_in))
        length = sizeof(struct sockaddr_in6);
    return NAME;
}
MUTANT(getnameinfo_takes_ipv6_in_the_length_of_ipv4,
       "getnameinfo takes an address of IPv6 in the length of one of IPv4",
       PATCH(getnameinfo, length_of_v4));

static int WINAPI no_node_room(NAME_PARAMETERS)
{
    if (node && !node_size)
        node = NULL;
    return NAME;
}
MUTANT(getnameinfo_leaves_out_the_host, "getnameinfo with no room for the host leaves it out",
       PATCH(getnameinfo, no_node_room));

static int WINAPI no_service_room(NAME_PARAMETERS)
{
    if (service && !service_size)
        service = NULL;
    return NAME;
}
MUTANT(getnameinfo_leaves_out_the_service, "getnameinfo with no room for the service leaves it out",
       PATCH(getnameinfo, no_service_room));

static int WINAPI service_needed(NAME_PARAMETERS)
{
    if (service && !(flags & NI_NUMERICSERV) && name->sa_family == AF_INET &&
        !real(getservbyport)(((const struct sockaddr_in *)name)->sin_port, "tcp"))
        return WSAHOST_NOT_FOUND;
    return NAME;
}
MUTANT(getnameinfo_needs_a_service, "getnameinfo fails for a port that no service has",
       PATCH(getnameinfo, service_needed));

static int WINAPI streams_only(NAME_PARAMETERS)
{
    flags &= ~NI_DGRAM;
    return NAME;
}
MUTANT(getnameinfo_ignores_ni_dgram, "getnameinfo tells the service of TCP with NI_DGRAM, too",
       PATCH(getnameinfo, streams_only));

static int WINAPI datagrams_only(NAME_PARAMETERS)
{
    flags |= NI_DGRAM;
    return NAME;
}
MUTANT(getnameinfo_tells_services_of_udp, "getnameinfo tells the service of UDP without NI_DGRAM",
       PATCH(getnameinfo, datagrams_only));

static int WINAPI service_by_name(NAME_PARAMETERS)
{
    int result = NAME;
    const struct servent *entry = NULL;
    if (result == 0 && service && flags & NI_NUMERICSERV && name->sa_family == AF_INET)
        entry = real(getservbyport)(((const struct sockaddr_in *)name)->sin_port, "tcp");
    if (entry && strlen(entry->s_name) < service_size)
        strcpy(service, entry->s_name);
    return result;
}
MUTANT(getnameinfo_names_the_service,
       "getnameinfo with NI_NUMERICSERV writes the name of a service of TCP that an address of "
       "IPv4 has",
       PATCH(getnameinfo, service_by_name));

static int WINAPI family_fault(NAME_PARAMETERS)
{
    int result = NAME;
    return result == WSAEAFNOSUPPORT ? WSAEFAULT : result;
}
MUTANT(getnameinfo_of_a_family_is_a_fault, "getnameinfo of an unknown family returns WSAEFAULT",
       PATCH(getnameinfo, family_fault));

/* ---- Numbers and names */

static int WINAPI capitals(NAME_PARAMETERS)
{
    int error = NAME;
    for (char *c = node; !error && node && flags & NI_NUMERICHOST && *c; c++)
        if (*c >= 'a' && *c <= 'f')
            *c -= 'a' - 'A';
    return error;
}
MUTANT(getnameinfo_writes_capitals, "getnameinfo writes hexadecimal digits in capitals",
       PATCH(getnameinfo, capitals));

static int WINAPI no_scope(NAME_PARAMETERS)
{
    int error = NAME;
    char *percent = !error && node ? strchr(node, '%') : NULL;
    if (percent)
        *percent = 0;
    return error;
}
MUTANT(getnameinfo_forgets_the_scope, "getnameinfo does not write the scope",
       PATCH(getnameinfo, no_scope));

static int WINAPI both_buffers(NAME_PARAMETERS)
{
    return node && !service && flags & NI_NUMERICSERV ? WSAEINVAL : NAME;
}
MUTANT(getnameinfo_needs_both_buffers, "getnameinfo fails without a buffer for the service",
       PATCH(getnameinfo, both_buffers));

static int WINAPI needs_host(NAME_PARAMETERS)
{
    return service && !node && flags & NI_NUMERICHOST ? WSAEINVAL : NAME;
}
MUTANT(getnameinfo_needs_a_host, "getnameinfo fails without a buffer for the host",
       PATCH(getnameinfo, needs_host));

static int WINAPI no_error(NAME_PARAMETERS)
{
    DWORD before = GetLastError();
    int error = NAME;
    if (error == WSAEAFNOSUPPORT)
        SetLastError(before);
    return error;
}
MUTANT(getnameinfo_stores_no_error,
       "getnameinfo leaves the last error alone when it does not know the family",
       PATCH(getnameinfo, no_error));

static int WINAPI numeric_host(NAME_PARAMETERS)
{
    if (flags & NI_NUMERICSERV)
        flags |= NI_NUMERICHOST;
    return NAME;
}
MUTANT(ni_numericserv_makes_hosts_numbers, "NI_NUMERICSERV makes the host a number, too",
       PATCH(getnameinfo, numeric_host));

static int WINAPI numeric_service(NAME_PARAMETERS)
{
    if (flags & NI_NUMERICHOST)
        flags |= NI_NUMERICSERV;
    return NAME;
}
MUTANT(ni_numerichost_makes_services_numbers, "NI_NUMERICHOST makes the service a number, too",
       PATCH(getnameinfo, numeric_service));

static int WINAPI adds_domain(NAME_PARAMETERS)
{
    int error = NAME;
    if (!error && node && flags & NI_NOFQDN && strlen(node) + 8 < node_size)
        strcat(node, ".domain");
    return error;
}
MUTANT(ni_nofqdn_adds_a_domain, "getnameinfo with NI_NOFQDN tells a domain",
       PATCH(getnameinfo, adds_domain));
