/* Wrong answers about protocols, services and hosts. */
#include "winsock-mutants.h"

static LPPROTOENT WINAPI next_number(LPCSTR name)
{
    static __thread struct protoent told;
    LPPROTOENT entry = real.getprotobyname(name);
    if (!entry)
        return NULL;
    told = *entry;
    told.p_proto++;
    return &told;
}
MUTANT(getprotobyname_tells_next_number, "getprotobyname tells the next number",
       PATCH(getprotobyname, next_number));

static LPPROTOENT WINAPI no_alias(int number)
{
    static __thread struct protoent told;
    static char *none[] = {NULL};
    LPPROTOENT entry = real.getprotobynumber(number);
    if (!entry)
        return NULL;
    told = *entry;
    told.p_aliases = none;
    return &told;
}
MUTANT(getprotobynumber_has_no_alias, "getprotobynumber tells no alias",
       PATCH(getprotobynumber, no_alias));

static LPPROTOENT WINAPI low_byte(int number)
{
    return real.getprotobynumber(number & 0xFF);
}
MUTANT(getprotobynumber_takes_low_byte, "getprotobynumber looks at the low byte alone",
       PATCH(getprotobynumber, low_byte));

static LPSERVENT WINAPI host_order(LPCSTR name, LPCSTR proto)
{
    LPSERVENT entry = real.getservbyname(name, proto);
    if (entry)
        entry->s_port = ntohs((u_short)entry->s_port);
    return entry;
}
MUTANT(getservbyname_tells_host_order, "getservbyname tells the port in host byte order",
       PATCH(getservbyname, host_order));

static LPSERVENT WINAPI needs_protocol(LPCSTR name, LPCSTR proto)
{
    if (!proto) {
        SetLastError(WSAEFAULT);
        return NULL;
    }
    return real.getservbyname(name, proto);
}
MUTANT(getservbyname_needs_protocol, "getservbyname fails without a protocol",
       PATCH(getservbyname, needs_protocol));

static LPSERVENT WINAPI any_protocol(LPCSTR name, LPCSTR proto)
{
    LPSERVENT entry = real.getservbyname(name, proto);
    return entry ? entry : real.getservbyname(name, NULL);
}
MUTANT(getservbyname_ignores_protocol, "getservbyname tells another protocol's entry instead",
       PATCH(getservbyname, any_protocol));

static LPSERVENT WINAPI takes_host_order(int port, LPCSTR proto)
{
    return real.getservbyport(proto ? htons((u_short)port) : port, proto);
}
MUTANT(getservbyport_takes_host_order, "getservbyport takes the port in host byte order",
       PATCH(getservbyport, takes_host_order));

static LPSERVENT WINAPI port_needs_protocol(int port, LPCSTR proto)
{
    if (!proto) {
        SetLastError(WSAEFAULT);
        return NULL;
    }
    return real.getservbyport(port, proto);
}
MUTANT(getservbyport_needs_protocol, "getservbyport fails without a protocol",
       PATCH(getservbyport, port_needs_protocol));

static LPSERVENT WINAPI own_servent(int port, LPCSTR proto)
{
    static __thread struct servent own;
    LPSERVENT entry = real.getservbyport(port, proto);
    if (!entry)
        return NULL;
    own = *entry;
    return &own;
}
MUTANT(getservbyport_has_its_own_servent, "getservbyport has a structure of its own",
       PATCH(getservbyport, own_servent));

static LPHOSTENT WINAPI renames(LPCSTR name)
{
    static __thread struct hostent told;
    LPHOSTENT host = real.gethostbyname(name);
    if (!host || inet_addr(name) == INADDR_NONE)
        return host;
    told = *host;
    static char other[] = "localhost";
    told.h_name = other;
    return &told;
}
MUTANT(gethostbyname_renames_literals, "gethostbyname of a literal tells another name",
       PATCH(gethostbyname, renames));

static LPHOSTENT WINAPI long_addresses(LPCSTR name)
{
    LPHOSTENT host = real.gethostbyname(name);
    if (host)
        host->h_length = 16;
    return host;
}
MUTANT(gethostbyname_tells_length_of_ipv6, "gethostbyname tells an h_length of 16",
       PATCH(gethostbyname, long_addresses));

static LPHOSTENT WINAPI moves_localhost(LPCSTR name)
{
    LPHOSTENT host = real.gethostbyname(name);
    if (host && name && !strcmp(name, "localhost"))
        host->h_addr_list[0][3] = 2;
    return host;
}
MUTANT(gethostbyname_moves_localhost, "gethostbyname tells 127.0.0.2 for localhost",
       PATCH(gethostbyname, moves_localhost));

static LPHOSTENT WINAPI no_ipv6_host(LPCSTR name)
{
    LPHOSTENT host = real.gethostbyname(name);
    if (!host && GetLastError() == WSANO_DATA)
        SetLastError(WSAHOST_NOT_FOUND);
    return host;
}
MUTANT(gethostbyname_finds_no_ipv6_host,
       "gethostbyname of an address of IPv6 fails with WSAHOST_NOT_FOUND",
       PATCH(gethostbyname, no_ipv6_host));

/* ---- What all of them have in common */

static LPPROTOENT WINAPI getprotobyname_shared(LPCSTR name)
{
    static LPPROTOENT kept;
    LPPROTOENT entry = real.getprotobyname(name);
    if (entry && !kept)
        kept = entry;
    else if (entry)
        *kept = *entry;
    return entry ? kept : NULL;
}
MUTANT(getprotobyname_shares_between_threads, "getprotobyname has one structure for all threads",
       PATCH(getprotobyname, getprotobyname_shared));

static LPPROTOENT WINAPI getprotobyname_unstarted(LPCSTR name)
{
    LPPROTOENT entry = real.getprotobyname(name);
    if (!entry && GetLastError() == WSANOTINITIALISED)
        SetLastError(WSANO_RECOVERY);
    return entry;
}
MUTANT(getprotobyname_needs_no_startup,
       "getprotobyname without WSAStartup fails with WSANO_RECOVERY",
       PATCH(getprotobyname, getprotobyname_unstarted));

static LPSERVENT WINAPI getservbyname_shared(LPCSTR name, LPCSTR proto)
{
    static LPSERVENT kept;
    LPSERVENT entry = real.getservbyname(name, proto);
    if (entry && !kept)
        kept = entry;
    else if (entry)
        *kept = *entry;
    return entry ? kept : NULL;
}
MUTANT(getservbyname_shares_between_threads, "getservbyname has one structure for all threads",
       PATCH(getservbyname, getservbyname_shared));

static LPSERVENT WINAPI getservbyname_unstarted(LPCSTR name, LPCSTR proto)
{
    LPSERVENT entry = real.getservbyname(name, proto);
    if (!entry && GetLastError() == WSANOTINITIALISED)
        SetLastError(WSANO_RECOVERY);
    return entry;
}
MUTANT(getservbyname_needs_no_startup, "getservbyname without WSAStartup fails with WSANO_RECOVERY",
       PATCH(getservbyname, getservbyname_unstarted));

static LPHOSTENT WINAPI gethostbyname_shared(LPCSTR name)
{
    static LPHOSTENT kept;
    LPHOSTENT entry = real.gethostbyname(name);
    if (entry && !kept)
        kept = entry;
    else if (entry)
        *kept = *entry;
    return entry ? kept : NULL;
}
MUTANT(gethostbyname_shares_between_threads, "gethostbyname has one structure for all threads",
       PATCH(gethostbyname, gethostbyname_shared));

static LPHOSTENT WINAPI gethostbyname_unstarted(LPCSTR name)
{
    LPHOSTENT entry = real.gethostbyname(name);
    if (!entry && GetLastError() == WSANOTINITIALISED)
        SetLastError(WSANO_RECOVERY);
    return entry;
}
MUTANT(gethostbyname_needs_no_startup, "gethostbyname without WSAStartup fails with WSANO_RECOVERY",
       PATCH(gethostbyname, gethostbyname_unstarted));

static LPPROTOENT WINAPI getprotobyname_silent(LPCSTR name)
{
    DWORD before = GetLastError();
    LPPROTOENT entry = real.getprotobyname(name);
    if (!entry && GetLastError() != WSANOTINITIALISED)
        SetLastError(before);
    return entry;
}
MUTANT(getprotobyname_has_no_error, "getprotobyname sets no error when it finds nothing",
       PATCH(getprotobyname, getprotobyname_silent));

static LPSERVENT WINAPI getservbyname_silent(LPCSTR name, LPCSTR proto)
{
    DWORD before = GetLastError();
    LPSERVENT entry = real.getservbyname(name, proto);
    if (!entry && GetLastError() != WSANOTINITIALISED)
        SetLastError(before);
    return entry;
}
MUTANT(getservbyname_has_no_error, "getservbyname sets no error when it finds nothing",
       PATCH(getservbyname, getservbyname_silent));

static LPSERVENT WINAPI getservbyport_silent(int port, LPCSTR proto)
{
    DWORD before = GetLastError();
    LPSERVENT entry = real.getservbyport(port, proto);
    if (!entry && GetLastError() != WSANOTINITIALISED)
        SetLastError(before);
    return entry;
}
MUTANT(getservbyport_has_no_error, "getservbyport sets no error when it finds nothing",
       PATCH(getservbyport, getservbyport_silent));
