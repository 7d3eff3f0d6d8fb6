/* Flags, kinds and names of GetAddrInfoW, and entries of both widths, done wrong. */
#define INFO_PARAMETERS LPCWSTR node, LPCWSTR service, const ADDRINFOW *hints, PADDRINFOW *found
#define INFO INFO_WITH(hints)
#define INFO_WITH(hints) real(GetAddrInfoW)(node, service, hints, found)
#define INFO_TYPE ADDRINFOW
#include "lookup-mutants.h"

#include <wchar.h>

/* It takes hints without some flags where CONDITION holds. */
DROPS(fqdn_of_nothing, AI_FQDN, !node)
MUTANT(getaddrinfow_takes_fqdn_of_nothing, "GetAddrInfoW takes AI_FQDN without a node",
       PATCH(GetAddrInfoW, fqdn_of_nothing));

DROPS(number_of_nothing, AI_NUMERICHOST, !node)
MUTANT(getaddrinfow_takes_numerichost_of_nothing,
       "GetAddrInfoW takes AI_NUMERICHOST without a node", PATCH(GetAddrInfoW, number_of_nothing));

/* The same question about the start of the node, up to END. */
static int asks_start(INFO_PARAMETERS, const WCHAR *end)
{
    WCHAR start[64];
    if (end - node >= 64)
        return INFO;
    wmemcpy(start, node, (size_t)(end - node));
    start[end - node] = 0;
    return real(GetAddrInfoW)(start, service, hints, found);
}

static int WINAPI skips_port(INFO_PARAMETERS)
{
    const WCHAR *colon = node ? wcschr(node, L':') : NULL;
    if (!colon || !wcschr(node, L'.'))
        return INFO;
    return asks_start(node, service, hints, found, colon);
}
MUTANT(getaddrinfow_skips_a_port, "GetAddrInfoW skips a port behind an address of IPv4",
       PATCH(GetAddrInfoW, skips_port));

static int WINAPI open_bracket(INFO_PARAMETERS)
{
    if (node && *node == L'[' && !wcschr(node, L']'))
        return real(GetAddrInfoW)(node + 1, service, hints, found);
    return INFO;
}
MUTANT(getaddrinfow_takes_an_open_bracket, "GetAddrInfoW takes a bracket that does not close",
       PATCH(GetAddrInfoW, open_bracket));

static int WINAPI any_family(INFO_PARAMETERS)
{
    int error = INFO;
    if (error != WSAHOST_NOT_FOUND || !hints || !(hints->ai_flags & AI_NUMERICHOST))
        return error;
    ADDRINFOW rest = *hints;
    rest.ai_family = AF_UNSPEC;
    return INFO_WITH(&rest);
}
MUTANT(getaddrinfow_finds_numbers_of_the_other_family,
       "GetAddrInfoW finds the number of an address of a family that is not asked for",
       PATCH(GetAddrInfoW, any_family));

static int WINAPI service_of_any_type(INFO_PARAMETERS)
{
    int error = INFO;
    if (error != WSATYPE_NOT_FOUND || !hints || hints->ai_socktype != SOCK_DGRAM)
        return error;
    ADDRINFOW rest = *hints;
    rest.ai_socktype = SOCK_STREAM;
    return INFO_WITH(&rest);
}
MUTANT(getaddrinfow_finds_services_of_the_other_type,
       "GetAddrInfoW of a service finds it for the other type",
       PATCH(GetAddrInfoW, service_of_any_type));

/* The first address of IPv4 that was found becomes another one where CONDITION holds. */
#define FIRST_IS(name, condition, address)                                               \
    static int WINAPI name(INFO_PARAMETERS)                                              \
    {                                                                                    \
        int error = INFO;                                                                \
        if (!error && (condition) && (*found)->ai_family == AF_INET)                     \
            ((struct sockaddr_in *)(*found)->ai_addr)->sin_addr.s_addr = htonl(address); \
        return error;                                                                    \
    }

FIRST_IS(passive_always, node &&hints && hints->ai_flags & AI_PASSIVE, INADDR_ANY)
MUTANT(getaddrinfow_passive_is_any, "GetAddrInfoW with AI_PASSIVE does not look at the node",
       PATCH(GetAddrInfoW, passive_always));

FIRST_IS(nobody, node && !*node, 0x7F000063)
MUTANT(getaddrinfow_of_an_empty_node_is_another,
       "GetAddrInfoW of an empty node tells another address", PATCH(GetAddrInfoW, nobody));

FIRST_IS(no_localmachine, node &&*node == L'.', 0x7F000063)
MUTANT(getaddrinfow_of_localmachine_is_another,
       "GetAddrInfoW of ..localmachine tells another address",
       PATCH(GetAddrInfoW, no_localmachine));

static int WINAPI needs_service(INFO_PARAMETERS)
{
    return service && !*service ? WSATYPE_NOT_FOUND : INFO;
}
MUTANT(getaddrinfow_takes_no_empty_service, "GetAddrInfoW of an empty service finds nothing",
       PATCH(GetAddrInfoW, needs_service));

static int WINAPI streams_alone(INFO_PARAMETERS)
{
    int error = INFO;
    if (!error && !hints)
        (*found)->ai_socktype = SOCK_STREAM;
    return error;
}
MUTANT(getaddrinfow_without_hints_tells_streams, "GetAddrInfoW without hints tells SOCK_STREAM",
       PATCH(GetAddrInfoW, streams_alone));

static int WINAPI no_family(INFO_PARAMETERS)
{
    int error = INFO;
    if (!error && node && *node == L'l' && hints && hints->ai_family == AF_UNSPEC &&
        !hints->ai_flags)
        (*found)->ai_family = AF_UNSPEC;
    return error;
}
MUTANT(getaddrinfow_tells_no_family, "GetAddrInfoW of localhost with AF_UNSPEC tells AF_UNSPEC",
       PATCH(GetAddrInfoW, no_family));

static WCHAR some_name[] = L"";

static int WINAPI names_all(INFO_PARAMETERS)
{
    int error = INFO;
    if (!error && node && *node == L'l' && hints && !(hints->ai_flags & AI_CANONNAME))
        (*found)->ai_canonname = some_name;
    return error;
}
MUTANT(getaddrinfow_tells_names_unasked,
       "GetAddrInfoW tells a canonical name that it was not asked for",
       PATCH(GetAddrInfoW, names_all));

static int WINAPI empty_name(INFO_PARAMETERS)
{
    int error = INFO;
    if (!error && hints && hints->ai_flags == AI_CANONNAME)
        (*found)->ai_canonname = some_name;
    return error;
}
MUTANT(getaddrinfow_tells_an_empty_name, "GetAddrInfoW tells an empty canonical name of localhost",
       PATCH(GetAddrInfoW, empty_name));

static int WINAPI other_name(INFO_PARAMETERS)
{
    int error = INFO;
    if (!error && hints && hints->ai_flags == (AI_CANONNAME | AI_NUMERICHOST))
        (*found)->ai_canonname = some_name;
    return error;
}
MUTANT(getaddrinfow_names_a_number_otherwise,
       "GetAddrInfoW tells another canonical name of a number than the number",
       PATCH(GetAddrInfoW, other_name));

FIRST_IS(unreachable, !node && hints && hints->ai_socktype == SOCK_STREAM && service && *service,
         0x7F000063)
MUTANT(getaddrinfow_tells_where_nobody_is,
       "GetAddrInfoW without a node tells an address of loopback where nobody listens",
       PATCH(GetAddrInfoW, unreachable));

static int WINAPI no_tcp(INFO_PARAMETERS)
{
    int error = INFO;
    if (!error && hints && hints->ai_protocol == IPPROTO_TCP)
        (*found)->ai_protocol = 0;
    return error;
}
MUTANT(getaddrinfow_tells_no_tcp, "GetAddrInfoW does not tell the protocol of streams",
       PATCH(GetAddrInfoW, no_tcp));

/* It takes no hints with a flag. */
static int WINAPI no_file_server(INFO_PARAMETERS)
{
    return hints && hints->ai_flags & AI_FILESERVER ? WSAEINVAL : INFO;
}
MUTANT(getaddrinfow_knows_no_file_servers, "GetAddrInfoW takes AI_FILESERVER for no flag",
       PATCH(GetAddrInfoW, no_file_server));

static int WINAPI encodes_always(INFO_PARAMETERS)
{
    return hints && hints->ai_flags & AI_DISABLE_IDN_ENCODING ? WSAEINVAL : INFO;
}
MUTANT(getaddrinfow_encodes_always, "GetAddrInfoW takes AI_DISABLE_IDN_ENCODING for no flag",
       PATCH(GetAddrInfoW, encodes_always));

/* ---- getaddrinfo */

#define ANSI_PARAMETERS LPCSTR node, LPCSTR service, const ADDRINFOA *hints, PADDRINFOA *found
#define ANSI real(getaddrinfo)(node, service, hints, found)

static int WINAPI no_tcp_a(ANSI_PARAMETERS)
{
    int error = ANSI;
    if (!error && hints && hints->ai_protocol == IPPROTO_TCP)
        (*found)->ai_protocol = 0;
    return error;
}
MUTANT(getaddrinfo_tells_no_tcp, "getaddrinfo does not tell the protocol of streams",
       PATCH(getaddrinfo, no_tcp_a));

static int WINAPI goes_round_a(ANSI_PARAMETERS)
{
    int error = ANSI;
    if (!error && hints && hints->ai_protocol && hints->ai_family)
        (*found)->ai_next = *found;
    return error;
}
MUTANT(getaddrinfo_list_goes_round, "getaddrinfo has its last entry point to the first",
       PATCH(getaddrinfo, goes_round_a));

static int WINAPI no_file_server_a(ANSI_PARAMETERS)
{
    return hints && hints->ai_flags & AI_FILESERVER ? WSAEINVAL : ANSI;
}
MUTANT(getaddrinfo_knows_no_file_servers, "getaddrinfo takes AI_FILESERVER for no flag",
       PATCH(getaddrinfo, no_file_server_a));
