/* The room of getnameinfo and of GetNameInfoW, and what the wide one tells, done wrong. */
#include "winsock-mutants.h"

#include <stdio.h>
#include <wchar.h>
#include <ws2tcpip.h>

#define NAME_PARAMETERS                                                                  \
    const struct sockaddr *name, int length, LPSTR node, DWORD node_size, LPSTR service, \
        DWORD service_size, int flags
#define NAME real(getnameinfo)(name, length, node, node_size, service, service_size, flags)
#define WIDE_PARAMETERS                                                                    \
    const struct sockaddr *name, int length, LPWSTR node, DWORD node_size, LPWSTR service, \
        DWORD service_size, int flags
#define WIDE real(GetNameInfoW)(name, length, node, node_size, service, service_size, flags)

static u_short port_of(const struct sockaddr *name)
{
    return name ? ntohs(((const struct sockaddr_in *)name)->sin_port) : 0;
}

static int WINAPI signed_port(NAME_PARAMETERS)
{
    int error = NAME;
    if (!error && service && flags == NI_NUMERICSERV && port_of(name) > 0x7FFF)
        snprintf(service, service_size, "%d", (short)port_of(name));
    return error;
}
MUTANT(getnameinfo_writes_signed_ports, "getnameinfo writes a high port as a negative number",
       PATCH(getnameinfo, signed_port));

static int WINAPI wide_signed_port(WIDE_PARAMETERS)
{
    int error = WIDE;
    if (!error && service && flags == NI_NUMERICSERV && port_of(name) > 0x7FFF)
        swprintf(service, service_size, L"%d", (short)port_of(name));
    return error;
}
MUTANT(getnameinfow_writes_signed_ports, "GetNameInfoW writes a high port as a negative number",
       PATCH(GetNameInfoW, wide_signed_port));

/* Writes what there is room for of a text, without its end. */
static int WINAPI cuts_host(NAME_PARAMETERS)
{
    if (node && node_size && node_size < 10 && service) {
        memcpy(node, "127.0.0.1", node_size);
        return 0;
    }
    return NAME;
}
MUTANT(getnameinfo_cuts_the_host, "getnameinfo leaves out the end of a host that has no room",
       PATCH(getnameinfo, cuts_host));

static int WINAPI cuts_service(NAME_PARAMETERS)
{
    if (service && service_size && service_size < 6 && node) {
        memcpy(service, "65101", service_size);
        return 0;
    }
    return NAME;
}
MUTANT(getnameinfo_cuts_the_service, "getnameinfo leaves out the end of a service that has no room",
       PATCH(getnameinfo, cuts_service));

static int WINAPI wants_more(NAME_PARAMETERS)
{
    return node && node_size == 10 ? WSAEFAULT : NAME;
}
MUTANT(getnameinfo_wants_more_room, "getnameinfo wants a byte more than it needs",
       PATCH(getnameinfo, wants_more));

static int WINAPI cuts_wide_host(WIDE_PARAMETERS)
{
    if (node && node_size && node_size < 10 && service) {
        wmemcpy(node, L"127.0.0.1", node_size);
        return 0;
    }
    return WIDE;
}
MUTANT(getnameinfow_cuts_the_host, "GetNameInfoW leaves out the end of a host that has no room",
       PATCH(GetNameInfoW, cuts_wide_host));

static int WINAPI cuts_wide_service(WIDE_PARAMETERS)
{
    if (service && service_size && service_size < 6 && node) {
        wmemcpy(service, L"65101", service_size);
        return 0;
    }
    return WIDE;
}
MUTANT(getnameinfow_cuts_the_service,
       "GetNameInfoW leaves out the end of a service that has no room",
       PATCH(GetNameInfoW, cuts_wide_service));

static int WINAPI wide_wants_more(WIDE_PARAMETERS)
{
    return node && node_size == 10 ? WSAEFAULT : WIDE;
}
MUTANT(getnameinfow_wants_more_room, "GetNameInfoW wants a character more than it needs",
       PATCH(GetNameInfoW, wide_wants_more));

static int WINAPI exact_length(NAME_PARAMETERS)
{
    return length > (int)sizeof(struct sockaddr_in6) ? WSAEFAULT : NAME;
}
MUTANT(getnameinfo_wants_the_exact_length,
       "getnameinfo takes no address that is longer than it need be",
       PATCH(getnameinfo, exact_length));

static int WINAPI wide_exact_length(WIDE_PARAMETERS)
{
    return length > (int)sizeof(struct sockaddr_in6) ? WSAEFAULT : WIDE;
}
MUTANT(getnameinfow_wants_the_exact_length,
       "GetNameInfoW takes no address that is longer than it need be",
       PATCH(GetNameInfoW, wide_exact_length));

static int WINAPI no_scope(WIDE_PARAMETERS)
{
    int error = WIDE;
    WCHAR *percent = !error && node ? wcschr(node, L'%') : NULL;
    if (percent)
        *percent = 0;
    return error;
}
MUTANT(getnameinfow_writes_no_scope, "GetNameInfoW leaves out the scope of IPv6",
       PATCH(GetNameInfoW, no_scope));

static int WINAPI host_with_service(WIDE_PARAMETERS)
{
    return node && !service && name && port_of(name) == 65101 ? WSAHOST_NOT_FOUND : WIDE;
}
MUTANT(getnameinfow_wants_a_service_as_well,
       "GetNameInfoW tells no host of an address with a port when no service is asked for",
       PATCH(GetNameInfoW, host_with_service));

static int WINAPI service_with_host(WIDE_PARAMETERS)
{
    return !node && service && flags & NI_NUMERICHOST ? WSAHOST_NOT_FOUND : WIDE;
}
MUTANT(getnameinfow_wants_a_host_as_well,
       "GetNameInfoW with NI_NUMERICHOST tells no service when no host is asked for",
       PATCH(GetNameInfoW, service_with_host));

static int WINAPI numeric_host(WIDE_PARAMETERS)
{
    if (flags == NI_NUMERICSERV)
        flags |= NI_NUMERICHOST;
    return WIDE;
}
MUTANT(getnameinfow_numericserv_is_both, "GetNameInfoW with NI_NUMERICSERV writes the address, too",
       PATCH(GetNameInfoW, numeric_host));

static int WINAPI numeric_service(WIDE_PARAMETERS)
{
    if (flags == NI_NUMERICHOST)
        flags |= NI_NUMERICSERV;
    return WIDE;
}
MUTANT(getnameinfow_numerichost_is_both, "GetNameInfoW with NI_NUMERICHOST writes the port, too",
       PATCH(GetNameInfoW, numeric_service));

static int WINAPI nobody_known(WIDE_PARAMETERS)
{
    return flags == NI_NAMEREQD ? WSAHOST_NOT_FOUND : WIDE;
}
MUTANT(getnameinfow_finds_no_required_name,
       "GetNameInfoW with NI_NAMEREQD does not find a host that is known",
       PATCH(GetNameInfoW, nobody_known));

static int WINAPI adds_domain(WIDE_PARAMETERS)
{
    int error = WIDE;
    if (!error && node && flags & NI_NOFQDN && wcslen(node) + 7 < node_size)
        wcscat(node, L".local");
    return error;
}
MUTANT(getnameinfow_adds_a_domain, "GetNameInfoW with NI_NOFQDN tells a domain",
       PATCH(GetNameInfoW, adds_domain));
