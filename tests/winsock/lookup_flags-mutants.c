/* The flags of getaddrinfo's hints, and names that mean the machine itself, done wrong. */
#include "lookup-mutants.h"

MUTANT(getaddrinfo_takes_canonname_of_nothing, "getaddrinfo takes AI_CANONNAME without a node",
       PATCH(getaddrinfo, canonname_of_nothing));

DROPS(fqdn_of_nothing, AI_FQDN, !node)
MUTANT(getaddrinfo_takes_fqdn_of_nothing, "getaddrinfo takes AI_FQDN without a node",
       PATCH(getaddrinfo, fqdn_of_nothing));

DROPS(number_of_nothing, AI_NUMERICHOST, !node)
MUTANT(getaddrinfo_takes_number_of_nothing, "getaddrinfo takes AI_NUMERICHOST without a node",
       PATCH(getaddrinfo, number_of_nothing));

MUTANT(getaddrinfo_takes_two_kinds_of_names, "getaddrinfo takes AI_FQDN beside AI_CANONNAME",
       PATCH(getaddrinfo, two_names));

static int WINAPI passive_is_any(INFO_PARAMETERS)
{
    if (hints && hints->ai_flags & AI_PASSIVE)
        node = NULL;
    return INFO;
}
MUTANT(getaddrinfo_to_bind_is_always_any,
       "getaddrinfo with AI_PASSIVE forgets the node that it was given",
       PATCH(getaddrinfo, passive_is_any));

/* A number with something behind (or in front of) it, without it. */
static int WINAPI cuts_port(INFO_PARAMETERS)
{
    char address[64];
    const char *colon = node ? strchr(node, ':') : NULL;
    if (!colon || strchr(colon + 1, ':') || colon - node >= (int)sizeof(address))
        return INFO;
    memcpy(address, node, (size_t)(colon - node));
    address[colon - node] = 0;
    return real(getaddrinfo)(address, service, hints, found);
}
MUTANT(getaddrinfo_takes_a_port_in_the_node, "getaddrinfo cuts a port off the node",
       PATCH(getaddrinfo, cuts_port));

static int WINAPI open_bracket(INFO_PARAMETERS)
{
    if (node && *node == '[' && !strchr(node, ']'))
        node++;
    return INFO;
}
MUTANT(getaddrinfo_takes_an_open_bracket, "getaddrinfo takes a bracket that does not close",
       PATCH(getaddrinfo, open_bracket));

static int WINAPI stores_nothing(INFO_PARAMETERS)
{
    DWORD before = GetLastError();
    int error = INFO;
    if (error == WSAHOST_NOT_FOUND && node && hints)
        SetLastError(before);
    return error;
}
MUTANT(getaddrinfo_stores_no_error, "getaddrinfo that finds no number leaves the last error alone",
       PATCH(getaddrinfo, stores_nothing));

static int WINAPI any_family(INFO_PARAMETERS)
{
    int error = INFO;
    if (error != WSAHOST_NOT_FOUND || !hints || !hints->ai_family)
        return error;
    ADDRINFOA rest = *hints;
    rest.ai_family = AF_UNSPEC;
    return INFO_WITH(&rest);
}
MUTANT(getaddrinfo_takes_numbers_of_any_family,
       "getaddrinfo finds a number of a family that was not asked for",
       PATCH(getaddrinfo, any_family));

/* A getaddrinfo that tells another address of IPv6 for no node. */
#define NO_NODE_V6(name, condition, last)                                               \
    static int WINAPI name(INFO_PARAMETERS)                                             \
    {                                                                                   \
        int error = INFO;                                                               \
        if (!error && !node && hints && (condition) && (*found)->ai_family == AF_INET6) \
            ((struct sockaddr_in6 *)(*found)->ai_addr)->sin6_addr.s6_addr[15] = (last); \
        return error;                                                                   \
    }

NO_NODE_V6(bind_v6, hints->ai_flags &AI_PASSIVE, 1)
MUTANT(getaddrinfo_to_bind_ipv6_is_loopback, "getaddrinfo with AI_PASSIVE tells ::1",
       PATCH(getaddrinfo, bind_v6));

NO_NODE_V6(connect_v6, !(hints->ai_flags & AI_PASSIVE), 0)
MUTANT(getaddrinfo_to_connect_ipv6_is_any,
       "getaddrinfo without AI_PASSIVE tells ::", PATCH(getaddrinfo, connect_v6));

static int WINAPI wants_service(INFO_PARAMETERS)
{
    return service && !*service ? WSATYPE_NOT_FOUND : INFO;
}
MUTANT(getaddrinfo_refuses_an_empty_service, "getaddrinfo fails for an empty service",
       PATCH(getaddrinfo, wants_service));

static int WINAPI streams(INFO_PARAMETERS)
{
    static const ADDRINFOA stream = {.ai_socktype = SOCK_STREAM};
    return INFO_WITH(hints ? hints : &stream);
}
MUTANT(getaddrinfo_without_hints_is_for_streams, "getaddrinfo without hints finds streams",
       PATCH(getaddrinfo, streams));

static int WINAPI localhost_elsewhere(INFO_PARAMETERS)
{
    int error = INFO;
    if (error || !node || strcmp(node, "localhost") || !hints || hints->ai_family)
        return error;
    for (ADDRINFOA *one = *found; one; one = one->ai_next)
        if (one->ai_family == AF_INET)
            ((struct sockaddr_in *)one->ai_addr)->sin_addr.s_addr = htonl(0x0A000001);
        else
            ((struct sockaddr_in6 *)one->ai_addr)->sin6_addr.s6_addr[0] = 0xFD;
    return error;
}
MUTANT(localhost_of_any_family_is_elsewhere,
       "getaddrinfo of localhost of any family tells other addresses",
       PATCH(getaddrinfo, localhost_elsewhere));

static int WINAPI always_a_name(INFO_PARAMETERS)
{
    static char name[] = "a-name";
    int error = INFO;
    if (!error && node && hints && !(hints->ai_flags & AI_CANONNAME) && !(*found)->ai_canonname)
        (*found)->ai_canonname = name;
    return error;
}
MUTANT(getaddrinfo_always_tells_a_name, "getaddrinfo tells a canonical name without AI_CANONNAME",
       PATCH(getaddrinfo, always_a_name));

static int WINAPI renames_numbers(INFO_PARAMETERS)
{
    int error = INFO;
    if (!error && node && (*found)->ai_canonname && hints->ai_flags & AI_NUMERICHOST)
        *(*found)->ai_canonname = 'x';
    return error;
}
MUTANT(getaddrinfo_renames_numbers, "getaddrinfo tells another name for a number",
       PATCH(getaddrinfo, renames_numbers));

/* A getaddrinfo that tells the wildcard address for one kind of node. */
#define ANY_FOR(name, text)                                                          \
    static int WINAPI name(INFO_PARAMETERS)                                          \
    {                                                                                \
        int error = INFO;                                                            \
        if (!error && node && !strcmp(node, text) && (*found)->ai_family == AF_INET) \
            ((struct sockaddr_in *)(*found)->ai_addr)->sin_addr.s_addr = INADDR_ANY; \
        return error;                                                                \
    }

ANY_FOR(empty_is_any, "")
MUTANT(getaddrinfo_of_an_empty_node_is_any, "getaddrinfo of an empty node tells 0.0.0.0",
       PATCH(getaddrinfo, empty_is_any));

ANY_FOR(localmachine_is_any, "..localmachine")
MUTANT(getaddrinfo_localmachine_is_any, "getaddrinfo of ..localmachine tells 0.0.0.0",
       PATCH(getaddrinfo, localmachine_is_any));

static int WINAPI datagram_protocol(INFO_PARAMETERS)
{
    int error = INFO;
    if (!error && !node && hints && hints->ai_socktype == SOCK_STREAM && !hints->ai_protocol)
        (*found)->ai_protocol = IPPROTO_UDP;
    return error;
}
MUTANT(getaddrinfo_tells_a_protocol_of_datagrams,
       "getaddrinfo tells UDP for streams whose protocol was not asked for",
       PATCH(getaddrinfo, datagram_protocol));

MUTANT(getaddrinfo_has_one_list, "getaddrinfo without hints returns the list of the call before",
       PATCH(getaddrinfo, one_list));
