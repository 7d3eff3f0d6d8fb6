/* Entries of protocols and services, done wrong. */
#include "winsock-mutants.h"

#include <ctype.h>

static LPPROTOENT WINAPI no_alias(LPCSTR name)
{
    static char *none[] = {NULL};
    LPPROTOENT entry = real(getprotobyname)(name);
    if (entry)
        entry->p_aliases = none;
    return entry;
}
MUTANT(getprotobyname_has_no_alias, "getprotobyname tells no alias",
       PATCH(getprotobyname, no_alias));

static LPPROTOENT WINAPI no_capitals(LPCSTR name)
{
    if (name && isupper((unsigned char)*name)) {
        SetLastError(WSANO_DATA);
        return NULL;
    }
    return real(getprotobyname)(name);
}
MUTANT(getprotobyname_knows_no_alias, "getprotobyname does not find a protocol by its alias",
       PATCH(getprotobyname, no_capitals));

static LPPROTOENT WINAPI own_protoent(int number)
{
    static __thread struct protoent own;
    LPPROTOENT entry = real(getprotobynumber)(number);
    if (!entry)
        return NULL;
    own = *entry;
    return &own;
}
MUTANT(getprotobynumber_has_its_own_protoent,
       "getprotobynumber returns another protoent than getprotobyname",
       PATCH(getprotobynumber, own_protoent));

static LPPROTOENT WINAPI shared_protoent(int number)
{
    static LPPROTOENT kept;
    LPPROTOENT entry = real(getprotobynumber)(number);
    if (entry && kept)
        *kept = *entry;
    else if (entry)
        kept = entry;
    return entry ? kept : NULL;
}
MUTANT(getprotobynumber_shares_between_threads,
       "getprotobynumber has one structure for all threads",
       PATCH(getprotobynumber, shared_protoent));

static LPPROTOENT WINAPI number_unstarted(int number)
{
    LPPROTOENT entry = real(getprotobynumber)(number);
    rename_error(!entry, WSANOTINITIALISED, WSANO_RECOVERY);
    return entry;
}
MUTANT(getprotobynumber_needs_no_startup,
       "getprotobynumber without WSAStartup fails with WSANO_RECOVERY",
       PATCH(getprotobynumber, number_unstarted));

static LPPROTOENT WINAPI number_silent(int number)
{
    DWORD before = GetLastError();
    LPPROTOENT entry = real(getprotobynumber)(number);
    if (!entry && GetLastError() != WSANOTINITIALISED)
        SetLastError(before);
    return entry;
}
MUTANT(getprotobynumber_has_no_error, "getprotobynumber sets no error when it finds nothing",
       PATCH(getprotobynumber, number_silent));

static LPSERVENT finds_nothing(void)
{
    SetLastError(WSANO_DATA);
    return NULL;
}

static LPSERVENT WINAPI no_service_alias(LPCSTR name, LPCSTR protocol)
{
    LPSERVENT entry = real(getservbyname)(name, protocol);
    return entry && !protocol && strcmp(entry->s_name, name) ? finds_nothing() : entry;
}
MUTANT(getservbyname_knows_no_alias, "getservbyname without a protocol does not look at aliases",
       PATCH(getservbyname, no_service_alias));

static LPSERVENT WINAPI no_alias_of_protocol(LPCSTR name, LPCSTR protocol)
{
    LPSERVENT entry = real(getservbyname)(name, protocol);
    return entry && protocol && strcmp(entry->s_name, name) ? finds_nothing() : entry;
}
MUTANT(getservbyname_knows_no_alias_of_a_protocol,
       "getservbyname with a protocol does not look at aliases",
       PATCH(getservbyname, no_alias_of_protocol));

static LPSERVENT WINAPI any_protocol(int port, LPCSTR protocol)
{
    LPSERVENT entry = real(getservbyport)(port, protocol);
    return entry ? entry : real(getservbyport)(port, NULL);
}
MUTANT(getservbyport_ignores_protocol, "getservbyport tells another protocol's entry instead",
       PATCH(getservbyport, any_protocol));

static LPSERVENT WINAPI own_servent(LPCSTR name, LPCSTR protocol)
{
    static __thread struct servent own;
    LPSERVENT entry = real(getservbyname)(name, protocol);
    if (!entry)
        return NULL;
    own = *entry;
    return &own;
}
MUTANT(getservbyname_has_its_own_servent,
       "getservbyname returns another servent than getservbyport",
       PATCH(getservbyname, own_servent));

static LPSERVENT WINAPI shared_servent(int port, LPCSTR protocol)
{
    static LPSERVENT kept;
    LPSERVENT entry = real(getservbyport)(port, protocol);
    if (entry && kept)
        *kept = *entry;
    else if (entry)
        kept = entry;
    return entry ? kept : NULL;
}
MUTANT(getservbyport_shares_between_threads, "getservbyport has one structure for all threads",
       PATCH(getservbyport, shared_servent));

static LPSERVENT WINAPI port_unstarted(int port, LPCSTR protocol)
{
    LPSERVENT entry = real(getservbyport)(port, protocol);
    rename_error(!entry, WSANOTINITIALISED, WSANO_RECOVERY);
    return entry;
}
MUTANT(getservbyport_needs_no_startup, "getservbyport without WSAStartup fails with WSANO_RECOVERY",
       PATCH(getservbyport, port_unstarted));
