/* Wrong behaviours, for the tests of dual_stack.c. */
#include "option-mutants.h"

#define V6ONLY IS_OPTION(IPPROTO_IPV6, IPV6_V6ONLY)

GET_TELLS(always_on, V6ONLY, 1)
MUTANT(v6only_is_always_told, "IPV6_V6ONLY reads as on, whatever it is",
       PATCH(getsockopt, get_always_on));

/* A socket that is left to IPv6 alone speaks both. */
static int WINAPI binds_both(SOCKET s, const struct sockaddr *name, int length)
{
    int off = 0;
    if (name && name->sa_family == AF_INET6)
        real(setsockopt)(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&off, sizeof(off));
    return real(bind)(s, name, length);
}
MUTANT(sockets_of_ipv6_alone_hold_ports_of_ipv4,
       "A socket of IPv6 alone that is bound to all addresses holds the port of IPv4, too",
       PATCH(bind, binds_both));

/* A client of IPv4 that is refused reaches who listens to IPv6. */
static int WINAPI connects_across(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    return name && name->sa_family == AF_INET && is_stream(s) && is_bound(s)
               ? failure_hidden(result, WSAECONNREFUSED, 0)
               : result;
}
MUTANT(refused_clients_of_ipv4_are_connected, "connect of IPv4 that is refused says it succeeded",
       PATCH(connect, connects_across));

/* A datagram of IPv4 arrives at the port of IPv6, too. */
static int WINAPI sends_to_both(SOCKET s, const char *bytes, int count, int flags,
                                const struct sockaddr *to, int length)
{
    int result = real(sendto)(s, bytes, count, flags, to, length);
    DWORD error = GetLastError();
    if (result == count && to && to->sa_family == AF_INET) {
        struct sockaddr_in6 six = {.sin6_family = AF_INET6,
                                   .sin6_port = ((const struct sockaddr_in *)to)->sin_port,
                                   .sin6_addr.s6_addr[15] = 1};
        SOCKET other = real(socket)(AF_INET6, SOCK_DGRAM, 0);
        real(sendto)(other, bytes, count, 0, (struct sockaddr *)&six, sizeof(six));
        real(closesocket)(other);
    }
    SetLastError(error);
    return result;
}
MUTANT(datagrams_of_ipv4_arrive_at_ipv6,
       "A datagram of IPv4 arrives at the same port of IPv6 as well", PATCH(sendto, sends_to_both));

static bool is_mapped(const struct sockaddr *name)
{
    static const BYTE prefix[12] = {[10] = 0xFF, [11] = 0xFF};
    return name && name->sa_family == AF_INET6 &&
           !memcmp(&((const struct sockaddr_in6 *)name)->sin6_addr, prefix, sizeof(prefix));
}

/* Tells ::127.0.0.1 for ::ffff:127.0.0.1. */
static void unmap(struct sockaddr *name)
{
    if (is_mapped(name))
        memset(((struct sockaddr_in6 *)name)->sin6_addr.s6_addr + 10, 0, 2);
}

static int WINAPI names_unmapped(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getsockname)(s, name, length);
    if (result == 0 && !has_peer(s))
        unmap(name);
    return result;
}
MUTANT(getsockname_of_a_mapped_bind_is_not_mapped,
       "getsockname of a socket that is bound to a mapped address tells another",
       PATCH(getsockname, names_unmapped));

static int WINAPI client_unmapped(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getsockname)(s, name, length);
    if (result == 0 && has_peer(s))
        unmap(name);
    return result;
}
MUTANT(getsockname_of_a_client_is_not_mapped,
       "getsockname of a dual-stack socket that is connected to IPv4 tells another address",
       PATCH(getsockname, client_unmapped));

static int WINAPI connects_plain(SOCKET s, const struct sockaddr *name, int length)
{
    int off = 1, size = sizeof(off);
    DWORD error = GetLastError();
    bool dual = name && name->sa_family == AF_INET && is_ipv6(s) &&
                real(getsockopt)(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&off, &size) == 0 && !off;
    SetLastError(error);
    return dual ? 0 : real(connect)(s, name, length);
}
MUTANT(dual_stack_sockets_take_addresses_of_ipv4,
       "connect of a dual-stack socket takes a sockaddr_in", PATCH(connect, connects_plain));

static int WINAPI binds_mapped(SOCKET s, const struct sockaddr *name, int length)
{
    return is_mapped(name) && !is_ipv6(s) ? 0 : real(bind)(s, name, length);
}

static int WINAPI connects_mapped(SOCKET s, const struct sockaddr *name, int length)
{
    return is_mapped(name) && !is_ipv6(s) ? 0 : real(connect)(s, name, length);
}

static int WINAPI sends_mapped(SOCKET s, const char *bytes, int count, int flags,
                               const struct sockaddr *to, int length)
{
    return is_mapped(to) && !is_ipv6(s) ? count : real(sendto)(s, bytes, count, flags, to, length);
}
MUTANT(sockets_of_ipv4_take_mapped_addresses, "A socket of IPv4 takes mapped addresses",
       PATCH(bind, binds_mapped), PATCH(connect, connects_mapped), PATCH(sendto, sends_mapped));

static int WINAPI receives_unmapped(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got,
                                    LPDWORD flags, struct sockaddr *from, LPINT length,
                                    LPWSAOVERLAPPED overlapped,
                                    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    int result =
        real(WSARecvFrom)(s, buffers, count, got, flags, from, length, overlapped, routine);
    if (result == 0)
        unmap(from);
    return result;
}

static int WINAPI recvfrom_unmapped(SOCKET s, char *bytes, int count, int flags,
                                    struct sockaddr *from, int *length)
{
    int result = real(recvfrom)(s, bytes, count, flags, from, length);
    if (result != SOCKET_ERROR)
        unmap(from);
    return result;
}
MUTANT(sources_of_ipv4_are_not_mapped, "The source of a datagram of IPv4 is not told mapped",
       PATCH(recvfrom, recvfrom_unmapped), PATCH(WSARecvFrom, receives_unmapped));

SET_REFUSES(packet_of_4, IS_OPTION(IPPROTO_IP, IP_PKTINFO) && is_ipv6(s), WSAEINVAL)
MUTANT(dual_stack_has_no_packet_info_of_ipv4, "IP_PKTINFO of a dual-stack socket fails",
       PATCH(setsockopt, set_packet_of_4));

SET_SUCCEEDS(packet_of_6, IS_OPTION(IPPROTO_IPV6, IPV6_PKTINFO))
MUTANT(dual_stack_has_no_packet_info_of_ipv6, "IPV6_PKTINFO changes nothing",
       PATCH(setsockopt, set_packet_of_6));
