/* The machine's own name, and hosts by name and address, done wrong. */
#include "winsock-mutants.h"

#include <ws2tcpip.h>

static int WINAPI null_invalid(LPSTR name, int size)
{
    return name ? real(gethostname)(name, size) : socket_fails(WSAEINVAL);
}
MUTANT(gethostname_of_null_is_invalid, "gethostname without a buffer fails with WSAEINVAL",
       PATCH(gethostname, null_invalid));

static int WINAPI wants_more(LPSTR name, int size)
{
    char own[256];
    if (size < 256 && real(gethostname)(own, sizeof(own)) == 0 && (int)strlen(own) + 1 == size)
        size--;
    return real(gethostname)(name, size);
}
MUTANT(gethostname_wants_more_room, "gethostname wants a byte more than it needs",
       PATCH(gethostname, wants_more));

static int WINAPI needs_no_end(LPSTR name, int size)
{
    char own[256];
    if (!name || real(gethostname)(own, sizeof(own)) || (int)strlen(own) != size)
        return real(gethostname)(name, size);
    memcpy(name, own, (size_t)size);
    return 0;
}
MUTANT(gethostname_needs_no_end, "gethostname leaves out the end that there is no room for",
       PATCH(gethostname, needs_no_end));

static LPHOSTENT WINAPI does_not_know_us(LPCSTR name)
{
    char own[256];
    if (name && *name && real(gethostname)(own, sizeof(own)) == 0 && !strcmp(own, name)) {
        SetLastError(WSAHOST_NOT_FOUND);
        return NULL;
    }
    return real(gethostbyname)(name);
}
MUTANT(gethostbyname_does_not_know_us, "gethostbyname does not know the name of this machine",
       PATCH(gethostbyname, does_not_know_us));

static int WINAPI empty_name(LPWSTR name, int size)
{
    int result = real(GetHostNameW)(name, size);
    if (result == 0 && (int)wcslen(name) + 1 < size)
        *name = 0;
    return result;
}
MUTANT(gethostnamew_is_empty, "GetHostNameW with more room than it needs tells an empty name",
       PATCH(GetHostNameW, empty_name));

static int WINAPI wide_nowhere(LPWSTR name, int size)
{
    MEMORY_BASIC_INFORMATION info;
    bool reserved =
        name && real(VirtualQuery)(name, &info, sizeof(info)) && info.State != MEM_COMMIT;
    return reserved ? 0 : real(GetHostNameW)(name, size);
}
MUTANT(gethostnamew_writes_nowhere, "GetHostNameW succeeds with a buffer that is not in memory",
       PATCH(GetHostNameW, wide_nowhere));

static int WINAPI wide_null_invalid(LPWSTR name, int size)
{
    return name ? real(GetHostNameW)(name, size) : socket_fails(WSAEINVAL);
}
MUTANT(gethostnamew_of_null_is_invalid, "GetHostNameW without a buffer fails with WSAEINVAL",
       PATCH(GetHostNameW, wide_null_invalid));

static int WINAPI wide_needs_no_end(LPWSTR name, int size)
{
    WCHAR own[256];
    if (!name || real(GetHostNameW)(own, 256) || (int)wcslen(own) != size)
        return real(GetHostNameW)(name, size);
    memcpy(name, own, (size_t)size * sizeof(*own));
    return 0;
}
MUTANT(gethostnamew_needs_no_end, "GetHostNameW leaves out the end that there is no room for",
       PATCH(GetHostNameW, wide_needs_no_end));

static int WINAPI wide_unstarted(LPWSTR name, int size)
{
    return failure_renamed(real(GetHostNameW)(name, size), WSANOTINITIALISED, WSAENETDOWN);
}
MUTANT(gethostnamew_before_startup_is_net_down,
       "GetHostNameW without WSAStartup fails with WSAENETDOWN",
       PATCH(GetHostNameW, wide_unstarted));

static int WINAPI wide_does_not_know_us(LPCWSTR node, LPCWSTR service, const ADDRINFOW *hints,
                                        PADDRINFOW *found)
{
    char own[256];
    WCHAR wide[256];
    if (node && real(gethostname)(own, sizeof(own)) == 0 &&
        MultiByteToWideChar(CP_ACP, 0, own, -1, wide, 256) && !wcscmp(node, wide))
        return WSAHOST_NOT_FOUND;
    return real(GetAddrInfoW)(node, service, hints, found);
}
MUTANT(getaddrinfow_does_not_know_us, "GetAddrInfoW does not know the name of this machine",
       PATCH(GetAddrInfoW, wide_does_not_know_us));

static LPHOSTENT WINAPI names_us_otherwise(LPCSTR name)
{
    LPHOSTENT host = real(gethostbyname)(name);
    if (host && (!name || !*name))
        *host->h_name = '-';
    return host;
}
MUTANT(gethostbyname_names_us_otherwise,
       "gethostbyname of no name tells another one than gethostname",
       PATCH(gethostbyname, names_us_otherwise));

#define ADDRESS_PARAMETERS LPCSTR address, int length, int type
#define ADDRESS real(gethostbyaddr)(address, length, type)

static LPHOSTENT WINAPI another_address(ADDRESS_PARAMETERS)
{
    LPHOSTENT host = ADDRESS;
    if (host && host->h_addrtype == AF_INET)
        host->h_addr_list[0][3] ^= 2;
    return host;
}
MUTANT(gethostbyaddr_tells_another_address,
       "gethostbyaddr tells another address than it was asked for",
       PATCH(gethostbyaddr, another_address));

static LPHOSTENT WINAPI own_hostent(ADDRESS_PARAMETERS)
{
    static struct hostent own;
    LPHOSTENT host = ADDRESS;
    return host ? memcpy(&own, host, sizeof(own)) : NULL;
}
MUTANT(gethostbyaddr_has_its_own_hostent,
       "gethostbyaddr returns another hostent than gethostbyname",
       PATCH(gethostbyaddr, own_hostent));

static LPHOSTENT first;

static LPHOSTENT WINAPI notes_host(ADDRESS_PARAMETERS)
{
    return first = ADDRESS;
}

static LPHOSTENT WINAPI overwrites(LPCSTR name)
{
    LPHOSTENT host = real(gethostbyname)(name);
    if (host && first && first != host)
        memcpy(first->h_addr_list[0], host->h_addr_list[0], 4);
    return host;
}
MUTANT(gethostbyname_overwrites_other_threads,
       "gethostbyname overwrites the hostent that gethostbyaddr returned in another thread",
       PATCH(gethostbyaddr, notes_host), PATCH(gethostbyname, overwrites));

static LPHOSTENT WINAPI short_v6(ADDRESS_PARAMETERS)
{
    LPHOSTENT host = ADDRESS;
    rename_error(!host && type == AF_INET6, WSAEINVAL, WSAEFAULT);
    return host;
}
MUTANT(gethostbyaddr_of_short_ipv6_is_a_fault,
       "gethostbyaddr of a short address of IPv6 fails with WSAEFAULT",
       PATCH(gethostbyaddr, short_v6));

static LPHOSTENT WINAPI type_invalid(ADDRESS_PARAMETERS)
{
    LPHOSTENT host = ADDRESS;
    rename_error(!host, WSAEAFNOSUPPORT, WSAEINVAL);
    return host;
}
MUTANT(gethostbyaddr_of_a_type_is_invalid, "gethostbyaddr of an unknown type fails with WSAEINVAL",
       PATCH(gethostbyaddr, type_invalid));

static LPHOSTENT WINAPI null_address(ADDRESS_PARAMETERS)
{
    LPHOSTENT host = ADDRESS;
    rename_error(!host && !address, WSAEFAULT, WSAEINVAL);
    return host;
}
MUTANT(gethostbyaddr_of_null_is_invalid, "gethostbyaddr without an address fails with WSAEINVAL",
       PATCH(gethostbyaddr, null_address));

static LPHOSTENT WINAPI short_v4(ADDRESS_PARAMETERS)
{
    LPHOSTENT host = ADDRESS;
    rename_error(!host && address && type == AF_INET, WSAEFAULT, WSAEINVAL);
    return host;
}
MUTANT(gethostbyaddr_of_short_ipv4_is_invalid,
       "gethostbyaddr of a short address of IPv4 fails with WSAEINVAL",
       PATCH(gethostbyaddr, short_v4));

static LPHOSTENT WINAPI address_unstarted(ADDRESS_PARAMETERS)
{
    LPHOSTENT host = ADDRESS;
    rename_error(!host, WSANOTINITIALISED, WSAENETDOWN);
    return host;
}
MUTANT(gethostbyaddr_before_startup_is_net_down,
       "gethostbyaddr without WSAStartup fails with WSAENETDOWN",
       PATCH(gethostbyaddr, address_unstarted));
