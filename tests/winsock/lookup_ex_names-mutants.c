/* GetAddrInfoExW and GetAddrInfoExA, done wrong: names, flags and what is reserved. */
#include "lookup_ex-mutants.h"

DROPS(qualified_nothing, AI_FQDN, !node)

MUTANT(getaddrinfoex_takes_a_canonical_nothing,
       "GetAddrInfoExW with AI_CANONNAME does not need a name",
       PATCH(GetAddrInfoExW, canonname_of_nothing));

MUTANT(getaddrinfoex_takes_a_qualified_nothing, "GetAddrInfoExW with AI_FQDN does not need a name",
       PATCH(GetAddrInfoExW, qualified_nothing));

static int WINAPI not_itself(INFO_PARAMETERS)
{
    return node && (!*node || *node == '.') ? WSAHOST_NOT_FOUND : INFO;
}
MUTANT(getaddrinfoex_does_not_know_itself,
       "GetAddrInfoExW does not know the names that each machine has for itself",
       PATCH(GetAddrInfoExW, not_itself));

static int WINAPI streams(INFO_PARAMETERS)
{
    int error = INFO;
    if (!error && !hints && *found)
        (*found)->ai_socktype = SOCK_STREAM;
    return error;
}
MUTANT(getaddrinfoex_without_hints_means_streams,
       "GetAddrInfoExW without hints tells of streams alone", PATCH(GetAddrInfoExW, streams));

static int WINAPI any_space(INFO_PARAMETERS)
{
    if (space > 0x7000)
        space = NS_DNS;
    return INFO;
}
MUTANT(getaddrinfoex_takes_any_name_space, "GetAddrInfoExW takes any name space for that of names",
       PATCH(GetAddrInfoExW, any_space));

static int WINAPI reserves_nothing(LPCSTR node, LPCSTR service, DWORD space, LPGUID provider,
                                   const ADDRINFOEXA *hints, PADDRINFOEXA *found,
                                   struct timeval *time, LPOVERLAPPED operation,
                                   LPLOOKUPSERVICE_COMPLETION_ROUTINE routine, LPHANDLE handle)
{
    (void)time, (void)operation, (void)routine, (void)handle;
    return real(GetAddrInfoExA)(node, service, space, provider, hints, found, NULL, NULL, NULL,
                                NULL);
}
MUTANT(getaddrinfoex_ansi_reserves_nothing, "GetAddrInfoExA takes what it reserves",
       PATCH(GetAddrInfoExA, reserves_nothing));
