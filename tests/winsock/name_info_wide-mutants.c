/* GetNameInfoW, done wrong. */
#include "winsock-mutants.h"

#include <wchar.h>
#include <ws2tcpip.h>

#define NAME_PARAMETERS                                                                    \
    const struct sockaddr *name, int length, LPWSTR node, DWORD node_size, LPWSTR service, \
        DWORD service_size, int flags
#define NAME real(GetNameInfoW)(name, length, node, node_size, service, service_size, flags)

static int WINAPI port_host_order(NAME_PARAMETERS)
{
    int error = NAME;
    if (!error && node && service_size > 6 && flags & NI_NUMERICSERV && name->sa_family == AF_INET)
        swprintf(service, service_size, L"%u", ((const struct sockaddr_in *)name)->sin_port);
    return error;
}
MUTANT(getnameinfow_writes_the_port_in_host_order, "GetNameInfoW does not turn the port round",
       PATCH(GetNameInfoW, port_host_order));

static int WINAPI all_zeros(NAME_PARAMETERS)
{
    int error = NAME;
    if (error || !node || name->sa_family != AF_INET6)
        return error;
    const u_short *group = ((const struct sockaddr_in6 *)name)->sin6_addr.s6_words;
    swprintf(node, node_size, L"%x:%x:%x:%x:%x:%x:%x:%x", ntohs(group[0]), ntohs(group[1]),
             ntohs(group[2]), ntohs(group[3]), ntohs(group[4]), ntohs(group[5]), ntohs(group[6]),
             ntohs(group[7]));
    return error;
}
MUTANT(getnameinfow_writes_all_zeros, "GetNameInfoW leaves no zeros of IPv6 out",
       PATCH(GetNameInfoW, all_zeros));

static int WINAPI udp_services(NAME_PARAMETERS)
{
    if (service && !(flags & NI_NUMERICSERV))
        flags |= NI_DGRAM;
    return NAME;
}
MUTANT(getnameinfow_tells_services_of_udp, "GetNameInfoW tells the service of UDP without NI_DGRAM",
       PATCH(GetNameInfoW, udp_services));

static int WINAPI no_dgram(NAME_PARAMETERS)
{
    flags &= ~NI_DGRAM;
    return NAME;
}
MUTANT(getnameinfow_ignores_ni_dgram, "GetNameInfoW tells the service of TCP with NI_DGRAM",
       PATCH(GetNameInfoW, no_dgram));

static int WINAPI needs_service(NAME_PARAMETERS)
{
    int error = NAME;
    if (!error && service && !(flags & NI_NUMERICSERV) && *service >= L'0' && *service <= L'9')
        error = WSAHOST_NOT_FOUND;
    return error;
}
MUTANT(getnameinfow_needs_a_service, "GetNameInfoW fails for a port that no service has",
       PATCH(GetNameInfoW, needs_service));

static int WINAPI family_fault(NAME_PARAMETERS)
{
    int error = NAME;
    if (error == WSAEAFNOSUPPORT)
        SetLastError(error = WSAEFAULT);
    return error;
}
MUTANT(getnameinfow_of_a_family_is_a_fault,
       "GetNameInfoW of an unknown family fails with WSAEFAULT", PATCH(GetNameInfoW, family_fault));

static int WINAPI no_question(NAME_PARAMETERS)
{
    int error = NAME;
    return !node && !service && error == WSAHOST_NOT_FOUND ? 0 : error;
}
MUTANT(getnameinfow_takes_no_question,
       "GetNameInfoW succeeds when neither host nor service is asked for",
       PATCH(GetNameInfoW, no_question));

static int WINAPI null_invalid(NAME_PARAMETERS)
{
    int error = NAME;
    return !name && error ? WSAEINVAL : error;
}
MUTANT(getnameinfow_of_null_is_invalid, "GetNameInfoW without an address fails with WSAEINVAL",
       PATCH(GetNameInfoW, null_invalid));

static int WINAPI byte_less(NAME_PARAMETERS)
{
    if (length == sizeof(struct sockaddr_in) - 1)
        length++;
    return NAME;
}
MUTANT(getnameinfow_takes_a_byte_less,
       "GetNameInfoW takes a sockaddr_in whose last byte is not there",
       PATCH(GetNameInfoW, byte_less));

static int WINAPI length_of_v4(NAME_PARAMETERS)
{
    if (name && name->sa_family == AF_INET6 && length == sizeof(struct sockaddr_in))
        length = sizeof(struct sockaddr_in6);
    return NAME;
}
MUTANT(getnameinfow_takes_ipv6_in_the_length_of_ipv4,
       "GetNameInfoW takes an address of IPv6 in the length of one of IPv4",
       PATCH(GetNameInfoW, length_of_v4));

static int WINAPI stores_nothing(NAME_PARAMETERS)
{
    DWORD before = GetLastError();
    int error = NAME;
    if (error == WSAEAFNOSUPPORT)
        SetLastError(before);
    return error;
}
MUTANT(getnameinfow_stores_no_error,
       "GetNameInfoW leaves the last error alone when it does not know the family",
       PATCH(GetNameInfoW, stores_nothing));

static int WINAPI no_host_room(NAME_PARAMETERS)
{
    if (node && !node_size)
        node = NULL;
    return NAME;
}
MUTANT(getnameinfow_leaves_out_the_host, "GetNameInfoW with no room for the host leaves it out",
       PATCH(GetNameInfoW, no_host_room));

static int WINAPI no_service_room(NAME_PARAMETERS)
{
    if (service && !service_size)
        service = NULL;
    return NAME;
}
MUTANT(getnameinfow_leaves_out_the_service,
       "GetNameInfoW with no room for the service leaves it out",
       PATCH(GetNameInfoW, no_service_room));
