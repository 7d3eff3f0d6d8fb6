/* Wrong behaviours, for the tests of ipv6.c: sockets of IPv6, and those that speak IPv4 through
 * mapped addresses. */
#include "winsock-mutants.h"

static const BYTE ipv6_loopback[16] = {[15] = 1};

static const BYTE mapped_prefix[12] = {[10] = 255, [11] = 255};

static bool is_loopback6(const struct sockaddr *name)
{
    return name->sa_family == AF_INET6 &&
           !memcmp(&((const struct sockaddr_in6 *)name)->sin6_addr, ipv6_loopback, 16);
}

static bool is_mapped(const struct sockaddr *name)
{
    return name->sa_family == AF_INET6 &&
           !memcmp(&((const struct sockaddr_in6 *)name)->sin6_addr, mapped_prefix, 12);
}

static SOCKET WINAPI accepts_unnamed(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real(accept)(s, name, length);
    if (accepted != INVALID_SOCKET && name && is_loopback6(name))
        ((struct sockaddr_in6 *)name)->sin6_port = 0;
    return accepted;
}
MUTANT(accept_tells_no_port_of_ipv6, "accept tells no port of an IPv6 client",
       PATCH(accept, accepts_unnamed));

#define RECVFROM_PARAMETERS \
    SOCKET s, char *bytes, int size, int flags, struct sockaddr *from, int *length
#define RECVFROM real(recvfrom)(s, bytes, size, flags, from, length)
#define SENDTO_PARAMETERS \
    SOCKET s, const char *bytes, int size, int flags, const struct sockaddr *to, int length
#define SENDTO real(sendto)(s, bytes, size, flags, to, length)
#define CONNECT_PARAMETERS SOCKET s, const struct sockaddr *name, int length
#define CONNECT real(connect)(s, name, length)

static int WINAPI receives_unnamed(RECVFROM_PARAMETERS)
{
    int got = RECVFROM;
    if (got >= 0 && from && is_loopback6(from))
        ((struct sockaddr_in6 *)from)->sin6_port = 0;
    return got;
}
MUTANT(recvfrom_tells_no_port_of_ipv6, "recvfrom tells no port of an IPv6 source",
       PATCH(recvfrom, receives_unnamed));

static int WINAPI compatible_source(RECVFROM_PARAMETERS)
{
    int got = RECVFROM;
    if (got >= 0 && from && is_mapped(from))
        memset(&((struct sockaddr_in6 *)from)->sin6_addr, 0, 12);
    return got;
}
MUTANT(source_of_ipv4_is_not_mapped, "recvfrom tells ::a.b.c.d for a source of IPv4",
       PATCH(recvfrom, compatible_source));

static int WINAPI takes_plain(CONNECT_PARAMETERS)
{
    int result = CONNECT;
    return name->sa_family == AF_INET && is_ipv6(s) ? 0 : result;
}
MUTANT(ipv6_connects_to_plain_ipv4, "connect of an IPv6 socket takes an address of IPv4",
       PATCH(connect, takes_plain));

static int WINAPI takes_mapped(CONNECT_PARAMETERS)
{
    int result = CONNECT;
    return is_mapped(name) ? 0 : result;
}
MUTANT(ipv6_only_connects_to_mapped, "connect of an IPv6-only socket takes a mapped address",
       PATCH(connect, takes_mapped));

static int WINAPI sends_mapped(SENDTO_PARAMETERS)
{
    int sent = SENDTO;
    return sent == SOCKET_ERROR && is_mapped(to) ? size : sent;
}
MUTANT(ipv6_only_sends_to_mapped, "sendto of an IPv6-only socket takes a mapped address",
       PATCH(sendto, sends_mapped));

static int WINAPI refuses_mapped(CONNECT_PARAMETERS)
{
    return is_mapped(name) ? socket_fails(WSAEADDRNOTAVAIL) : CONNECT;
}
MUTANT(dual_stack_does_not_connect_to_mapped, "connect never takes a mapped address",
       PATCH(connect, refuses_mapped));

static int WINAPI sends_no_mapped(SENDTO_PARAMETERS)
{
    return is_mapped(to) ? socket_fails(WSAENETUNREACH) : SENDTO;
}
MUTANT(dual_stack_does_not_send_to_mapped, "sendto never takes a mapped address",
       PATCH(sendto, sends_no_mapped));

static int WINAPI dual_by_default(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == IPPROTO_IPV6 && option == IPV6_V6ONLY)
        *value = 0;
    return result;
}
MUTANT(dual_stack_is_the_default, "IPV6_V6ONLY is off by default",
       PATCH(getsockopt, dual_by_default));

static int WINAPI stays_v6only(SET_PARAMETERS)
{
    return level == IPPROTO_IPV6 && option == IPV6_V6ONLY && is_stream(s) ? 0 : SET;
}
MUTANT(v6only_cannot_be_cleared, "Clearing IPV6_V6ONLY changes nothing",
       PATCH(setsockopt, stays_v6only));

static int WINAPI late_v6only(SET_PARAMETERS)
{
    int result = SET;
    return level == IPPROTO_IPV6 && option == IPV6_V6ONLY ? failure_hidden(result, WSAEINVAL, 0)
                                                          : result;
}
MUTANT(v6only_can_be_cleared_late, "IPV6_V6ONLY can be cleared after bind",
       PATCH(setsockopt, late_v6only));

static int WINAPI network_order(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == IPPROTO_IPV6 && option == IPV6_MULTICAST_IF)
        *(DWORD *)value = htonl(*(DWORD *)value);
    return result;
}
MUTANT(ipv6_interface_in_network_order, "IPV6_MULTICAST_IF is told in the order of the network",
       PATCH(getsockopt, network_order));

static int WINAPI fixed_hops(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == IPPROTO_IPV6 && option == IPV6_UNICAST_HOPS)
        *(DWORD *)value = 128;
    return result;
}
MUTANT(ipv6_hops_do_not_change, "IPV6_UNICAST_HOPS tells another value than was set",
       PATCH(getsockopt, fixed_hops));

/* Where 0 is set, a socket of IPv4's own family alone is heard: that is, IPv6 is not. */
static SOCKET dual = INVALID_SOCKET;

static int WINAPI notes_dual(SET_PARAMETERS)
{
    if (level == IPPROTO_IPV6 && option == IPV6_V6ONLY && value && !*value)
        dual = s;
    return SET;
}

static int WINAPI binds_mapped(SOCKET s, const struct sockaddr *name, int length)
{
    static const struct in6_addr none;
    struct sockaddr_in6 mapped = {.sin6_family = AF_INET6};
    memcpy(&mapped.sin6_addr, mapped_prefix, sizeof(mapped_prefix));
    if (s != dual || name->sa_family != AF_INET6 ||
        memcmp(&((const struct sockaddr_in6 *)name)->sin6_addr, &none, sizeof(none)) != 0)
        return real(bind)(s, name, length);
    mapped.sin6_port = ((const struct sockaddr_in6 *)name)->sin6_port;
    return real(bind)(s, (struct sockaddr *)&mapped, sizeof(mapped));
}
MUTANT(dual_stack_is_ipv4_alone, "A socket without IPV6_V6ONLY hears IPv4 and not IPv6",
       PATCH(setsockopt, notes_dual), PATCH(bind, binds_mapped));

static int WINAPI peer_unmapped(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getpeername)(s, name, length);
    if (result == 0 && is_mapped(name))
        memset(&((struct sockaddr_in6 *)name)->sin6_addr, 0, sizeof(mapped_prefix));
    return result;
}
MUTANT(getpeername_of_dual_stack_is_not_mapped,
       "getpeername of a dual-stack socket tells an address of IPv4 that is not mapped",
       PATCH(getpeername, peer_unmapped));
