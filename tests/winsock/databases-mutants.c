/* Wrong answers about protocols, services and hosts. */
#include "winsock-mutants.h"

static LPPROTOENT WINAPI next_number(LPCSTR name)
{
    static __thread struct protoent told;
    LPPROTOENT entry = real(getprotobyname)(name);
    if (!entry || strcmp(name, "udp") != 0)
        return entry;
    told = *entry;
    told.p_proto++;
    return &told;
}
MUTANT(getprotobyname_tells_next_number, "getprotobyname tells the next number for udp",
       PATCH(getprotobyname, next_number));

static LPPROTOENT WINAPI no_alias(int number)
{
    static __thread struct protoent told;
    static char *none[] = {NULL};
    LPPROTOENT entry = real(getprotobynumber)(number);
    if (!entry || number != IPPROTO_UDP)
        return entry;
    told = *entry;
    told.p_aliases = none;
    return &told;
}
MUTANT(getprotobynumber_has_no_alias, "getprotobynumber tells no alias of udp",
       PATCH(getprotobynumber, no_alias));

static LPPROTOENT WINAPI low_byte(int number)
{
    return real(getprotobynumber)(number > 256 ? number & 0xFF : number);
}
MUTANT(getprotobynumber_takes_low_byte, "getprotobynumber looks at the low byte alone",
       PATCH(getprotobynumber, low_byte));

static LPSERVENT WINAPI host_order(LPCSTR name, LPCSTR proto)
{
    LPSERVENT entry = real(getservbyname)(name, proto);
    if (entry && proto && !strcmp(proto, "udp"))
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
    return real(getservbyname)(name, proto);
}
MUTANT(getservbyname_needs_protocol, "getservbyname fails without a protocol",
       PATCH(getservbyname, needs_protocol));

static LPSERVENT WINAPI any_protocol(LPCSTR name, LPCSTR proto)
{
    LPSERVENT entry = real(getservbyname)(name, proto);
    return entry ? entry : real(getservbyname)(name, NULL);
}
MUTANT(getservbyname_ignores_protocol, "getservbyname tells another protocol's entry instead",
       PATCH(getservbyname, any_protocol));

static LPSERVENT WINAPI takes_host_order(int port, LPCSTR proto)
{
    bool is_udp = proto && !strcmp(proto, "udp");
    return real(getservbyport)(is_udp ? htons((u_short)port) : port, proto);
}
MUTANT(getservbyport_takes_host_order, "getservbyport takes a port of UDP in host byte order",
       PATCH(getservbyport, takes_host_order));

static LPSERVENT WINAPI tells_host_order(int port, LPCSTR proto)
{
    LPSERVENT entry = real(getservbyport)(port, proto);
    if (entry && proto && !strcmp(proto, "udp"))
        entry->s_port = (short)ntohs((u_short)entry->s_port);
    return entry;
}
MUTANT(getservbyport_tells_host_order, "getservbyport tells a port of UDP in host byte order",
       PATCH(getservbyport, tells_host_order));

static LPSERVENT WINAPI port_needs_protocol(int port, LPCSTR proto)
{
    if (!proto) {
        SetLastError(WSAEFAULT);
        return NULL;
    }
    return real(getservbyport)(port, proto);
}
MUTANT(getservbyport_needs_protocol, "getservbyport fails without a protocol",
       PATCH(getservbyport, port_needs_protocol));

static LPSERVENT WINAPI own_servent(int port, LPCSTR proto)
{
    static __thread struct servent own;
    LPSERVENT entry = real(getservbyport)(port, proto);
    if (!entry)
        return NULL;
    own = *entry;
    return &own;
}
MUTANT(getservbyport_has_its_own_servent, "getservbyport has a structure of its own",
       PATCH(getservbyport, own_servent));

static bool is_foreign_literal(LPCSTR name)
{
    unsigned long address = inet_addr(name);
    return address != INADDR_NONE && ntohl(address) >> 24 != 127;
}

static LPHOSTENT WINAPI renames(LPCSTR name)
{
    static __thread struct hostent told;
    LPHOSTENT host = real(gethostbyname)(name);
    if (!host || !is_foreign_literal(name))
        return host;
    told = *host;
    static char other[] = "localhost";
    told.h_name = other;
    return &told;
}
MUTANT(gethostbyname_renames_literals,
       "gethostbyname of a literal that is not loopback tells another name",
       PATCH(gethostbyname, renames));

static LPHOSTENT WINAPI long_addresses(LPCSTR name)
{
    LPHOSTENT host = real(gethostbyname)(name);
    if (host && is_foreign_literal(name))
        host->h_length = 16;
    return host;
}
MUTANT(gethostbyname_tells_length_of_ipv6,
       "gethostbyname of a literal that is not loopback tells an h_length of 16",
       PATCH(gethostbyname, long_addresses));

static LPHOSTENT WINAPI moves_localhost(LPCSTR name)
{
    LPHOSTENT host = real(gethostbyname)(name);
    if (host && name && !strcmp(name, "localhost"))
        host->h_addr_list[0][3] = 2;
    return host;
}
MUTANT(gethostbyname_moves_localhost, "gethostbyname tells 127.0.0.2 for localhost",
       PATCH(gethostbyname, moves_localhost));

/* ---- What all of them have in common */

#define SHARED(name, type, call, ...)    \
    static type WINAPI name(__VA_ARGS__) \
    {                                    \
        static type kept;                \
        type entry = call;               \
        if (entry && !kept)              \
            kept = entry;                \
        else if (entry)                  \
            *kept = *entry;              \
        return entry ? kept : NULL;      \
    }

#define UNSTARTED(name, type, call, ...)                         \
    static type WINAPI name(__VA_ARGS__)                         \
    {                                                            \
        type entry = call;                                       \
        rename_error(!entry, WSANOTINITIALISED, WSANO_RECOVERY); \
        return entry;                                            \
    }

#define SILENT(name, type, call, ...)                      \
    static type WINAPI name(__VA_ARGS__)                   \
    {                                                      \
        DWORD before = GetLastError();                     \
        type entry = call;                                 \
        if (!entry && GetLastError() != WSANOTINITIALISED) \
            SetLastError(before);                          \
        return entry;                                      \
    }

SHARED(getprotobyname_shared, LPPROTOENT, real(getprotobyname)(name), LPCSTR name)
MUTANT(getprotobyname_shares_between_threads, "getprotobyname has one structure for all threads",
       PATCH(getprotobyname, getprotobyname_shared));

UNSTARTED(getprotobyname_unstarted, LPPROTOENT, real(getprotobyname)(name), LPCSTR name)
MUTANT(getprotobyname_needs_no_startup,
       "getprotobyname without WSAStartup fails with WSANO_RECOVERY",
       PATCH(getprotobyname, getprotobyname_unstarted));

SHARED(getservbyname_shared, LPSERVENT, real(getservbyname)(name, proto), LPCSTR name, LPCSTR proto)
MUTANT(getservbyname_shares_between_threads, "getservbyname has one structure for all threads",
       PATCH(getservbyname, getservbyname_shared));

UNSTARTED(getservbyname_unstarted, LPSERVENT, real(getservbyname)(name, proto), LPCSTR name,
          LPCSTR proto)
MUTANT(getservbyname_needs_no_startup, "getservbyname without WSAStartup fails with WSANO_RECOVERY",
       PATCH(getservbyname, getservbyname_unstarted));

SHARED(gethostbyname_shared, LPHOSTENT, real(gethostbyname)(name), LPCSTR name)
MUTANT(gethostbyname_shares_between_threads, "gethostbyname has one structure for all threads",
       PATCH(gethostbyname, gethostbyname_shared));

UNSTARTED(gethostbyname_unstarted, LPHOSTENT, real(gethostbyname)(name), LPCSTR name)
MUTANT(gethostbyname_needs_no_startup, "gethostbyname without WSAStartup fails with WSANO_RECOVERY",
       PATCH(gethostbyname, gethostbyname_unstarted));

SILENT(getprotobyname_silent, LPPROTOENT, real(getprotobyname)(name), LPCSTR name)
MUTANT(getprotobyname_has_no_error, "getprotobyname sets no error when it finds nothing",
       PATCH(getprotobyname, getprotobyname_silent));

SILENT(getservbyname_silent, LPSERVENT, real(getservbyname)(name, proto), LPCSTR name, LPCSTR proto)
MUTANT(getservbyname_has_no_error, "getservbyname sets no error when it finds nothing",
       PATCH(getservbyname, getservbyname_silent));

SILENT(getservbyport_silent, LPSERVENT, real(getservbyport)(port, proto), int port, LPCSTR proto)
MUTANT(getservbyport_has_no_error, "getservbyport sets no error when it finds nothing",
       PATCH(getservbyport, getservbyport_silent));
