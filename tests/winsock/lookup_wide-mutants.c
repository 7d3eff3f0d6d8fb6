/* GetAddrInfoW, done wrong. */
#define INFO_PARAMETERS LPCWSTR node, LPCWSTR service, const ADDRINFOW *hints, PADDRINFOW *found
#define INFO INFO_WITH(hints)
#define INFO_WITH(hints) real(GetAddrInfoW)(node, service, hints, found)
#define INFO_TYPE ADDRINFOW
#include "lookup-mutants.h"

#include <wchar.h>

MUTANT(getaddrinfow_takes_a_length, "GetAddrInfoW takes hints with ai_addrlen",
       PATCH(GetAddrInfoW, blind_to_length));

MUTANT(getaddrinfow_takes_a_name, "GetAddrInfoW takes hints with ai_canonname",
       PATCH(GetAddrInfoW, blind_to_name));

MUTANT(getaddrinfow_takes_an_address, "GetAddrInfoW takes hints with ai_addr",
       PATCH(GetAddrInfoW, blind_to_address));

MUTANT(getaddrinfow_takes_a_next_one, "GetAddrInfoW takes hints with ai_next",
       PATCH(GetAddrInfoW, blind_to_next));

MUTANT(getaddrinfow_reads_no_port, "GetAddrInfoW does not store the port of an address of IPv4",
       PATCH(GetAddrInfoW, reads_no_port));

MUTANT(getaddrinfow_tells_a_longer_name,
       "GetAddrInfoW tells a length of its addresses that is too much by 1",
       PATCH(GetAddrInfoW, longer));

MUTANT(getaddrinfow_knows_no_ipv6, "GetAddrInfoW does not know addresses of IPv6",
       PATCH(GetAddrInfoW, no_ipv6));

MUTANT(getaddrinfow_forgets_the_kind, "GetAddrInfoW does not tell type and protocol of its hints",
       PATCH(GetAddrInfoW, forgets_kind));

MUTANT(getaddrinfow_to_bind_is_loopback, "GetAddrInfoW with AI_PASSIVE tells the loopback address",
       PATCH(GetAddrInfoW, bind_loopback));

MUTANT(getaddrinfow_to_connect_is_any, "GetAddrInfoW without AI_PASSIVE tells the wildcard address",
       PATCH(GetAddrInfoW, connect_any));

MUTANT(getaddrinfow_of_nothing_is_invalid, "GetAddrInfoW of nothing fails with WSAEINVAL",
       PATCH(GetAddrInfoW, nothing_invalid));

MUTANT(getaddrinfow_looks_up_always, "GetAddrInfoW looks a name up in spite of AI_NUMERICHOST",
       PATCH(GetAddrInfoW, looks_up));

MUTANT(getaddrinfow_of_a_family_is_invalid,
       "GetAddrInfoW of an unknown family fails with WSAEINVAL",
       PATCH(GetAddrInfoW, family_invalid));

MUTANT(getaddrinfow_of_a_type_is_invalid, "GetAddrInfoW of an unknown type fails with WSAEINVAL",
       PATCH(GetAddrInfoW, type_invalid));

MUTANT(getaddrinfow_takes_service_for_host,
       "GetAddrInfoW of an unknown service fails with WSAHOST_NOT_FOUND",
       PATCH(GetAddrInfoW, service_host));

MUTANT(getaddrinfow_before_startup_cannot_recover,
       "GetAddrInfoW without WSAStartup fails with WSANO_RECOVERY",
       PATCH(GetAddrInfoW, info_unstarted));

static int WINAPI goes_round(INFO_PARAMETERS)
{
    int error = INFO;
    if (!error && node && hints && hints->ai_flags == AI_NUMERICHOST)
        (*found)->ai_next = *found;
    return error;
}
MUTANT(getaddrinfow_list_goes_round, "GetAddrInfoW has its last entry point to the first",
       PATCH(GetAddrInfoW, goes_round));

static int WINAPI localhost_elsewhere(INFO_PARAMETERS)
{
    int error = INFO;
    if (!error && node && !wcscmp(node, L"localhost") && (*found)->ai_family == AF_INET)
        ((struct sockaddr_in *)(*found)->ai_addr)->sin_addr.s_addr = htonl(0x0A000001);
    return error;
}
MUTANT(getaddrinfow_localhost_is_elsewhere, "GetAddrInfoW tells another address of localhost",
       PATCH(GetAddrInfoW, localhost_elsewhere));

MUTANT(getaddrinfow_tells_another_family, "GetAddrInfoW tells a family that was not asked for",
       PATCH(GetAddrInfoW, other_family));

MUTANT(getaddrinfow_tells_services_in_host_order,
       "GetAddrInfoW stores the port of a named service in host byte order",
       PATCH(GetAddrInfoW, host_order));

MUTANT(getaddrinfow_takes_canonname_of_nothing, "GetAddrInfoW takes AI_CANONNAME without a node",
       PATCH(GetAddrInfoW, canonname_of_nothing));

MUTANT(getaddrinfow_takes_two_kinds_of_names, "GetAddrInfoW takes AI_FQDN beside AI_CANONNAME",
       PATCH(GetAddrInfoW, two_names));

static int WINAPI stores_none(INFO_PARAMETERS)
{
    DWORD before = GetLastError();
    int error = INFO;
    if (error == WSAESOCKTNOSUPPORT)
        SetLastError(before);
    return error;
}
MUTANT(getaddrinfow_stores_no_error, "GetAddrInfoW of an unknown type leaves the last error alone",
       PATCH(GetAddrInfoW, stores_none));

MUTANT(getaddrinfow_has_one_list, "GetAddrInfoW without hints returns the list of the call before",
       PATCH(GetAddrInfoW, one_list));
