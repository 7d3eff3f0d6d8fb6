/* Wrong behaviours, for the tests of shared_port_dual.c: bind of dual-stack sockets. */
#include "winsock-mutants.h"

#define BIND_PARAMETERS SOCKET s, const struct sockaddr *name, int length

static const struct sockaddr_in6 *of_ipv6(const struct sockaddr *name)
{
    return name && name->sa_family == AF_INET6 ? (const struct sockaddr_in6 *)name : NULL;
}

static bool is_any(const struct sockaddr_in6 *name)
{
    static const struct in6_addr any;
    return name && !memcmp(&name->sin6_addr, &any, sizeof(any));
}

static bool is_mapped(const struct sockaddr_in6 *name)
{
    return name && name->sin6_addr.s6_addr[10] == 0xFF && name->sin6_addr.s6_addr[11] == 0xFF;
}

/* Takes a socket of IPv6 out of IPv4; leaves the last error alone. */
static void leave_ipv4(SOCKET s)
{
    DWORD error = GetLastError(), yes = TRUE;
    real(setsockopt)(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&yes, sizeof(yes));
    SetLastError(error);
}

/* The port, in network order; 0 where there is none. */
static u_short port_at(SOCKET s)
{
    DWORD error = GetLastError();
    struct sockaddr_in6 name = {.sin6_port = 0};
    int length = sizeof(name);
    real(getsockname)(s, (struct sockaddr *)&name, &length);
    SetLastError(error);
    return name.sin6_port;
}

static int WINAPI holds_ipv6(BIND_PARAMETERS)
{
    if (is_any(of_ipv6(name)) && socket_option(s, SO_EXCLUSIVEADDRUSE))
        leave_ipv4(s);
    return real(bind)(s, name, length);
}
MUTANT(dual_stack_sockets_hold_ipv6_alone,
       "An exclusive dual-stack socket leaves its port of IPv4 to others", PATCH(bind, holds_ipv6));

static int WINAPI takes_the_rest(BIND_PARAMETERS)
{
    int result = real(bind)(s, name, length);
    if (result == 0 || !is_any(of_ipv6(name)) || !of_ipv6(name)->sin6_port)
        return result;
    leave_ipv4(s);
    return real(bind)(s, name, length);
}
MUTANT(dual_stack_sockets_bind_to_what_is_left,
       "A dual-stack socket is bound although another has its port of IPv4",
       PATCH(bind, takes_the_rest));

static int WINAPI mapped_differs(BIND_PARAMETERS)
{
    static u_short mapped_port;
    int result = real(bind)(s, name, length);
    const struct sockaddr_in6 *six = of_ipv6(name);
    if (is_mapped(six)) {
        mapped_port = result == 0 ? port_at(s) : 0;
        return failure_hidden(result, WSAEADDRINUSE, 0);
    }
    if (!six && name && mapped_port && ((const struct sockaddr_in *)name)->sin_port == mapped_port)
        return failure_hidden(result, WSAEADDRINUSE, 0);
    return result;
}
MUTANT(mapped_addresses_are_others, "A mapped address is another one than that of IPv4",
       PATCH(bind, mapped_differs));

static int WINAPI own_holds_ipv4(BIND_PARAMETERS)
{
    static u_short six_port, four_port;
    const struct sockaddr_in6 *six = of_ipv6(name);
    u_short port = !name ? 0 : six ? six->sin6_port : ((const struct sockaddr_in *)name)->sin_port;
    bool own = six && !is_any(six) && !is_mapped(six);
    if (port && ((!six && port == six_port) || (own && port == four_port)))
        return socket_fails(WSAEADDRINUSE);
    int result = real(bind)(s, name, length);
    if (result == 0 && own)
        six_port = port_at(s);
    if (result == 0 && !six)
        four_port = port_at(s);
    return result;
}
MUTANT(own_address_of_ipv6_holds_ipv4, "A port of [::1] is held in IPv4 as well",
       PATCH(bind, own_holds_ipv4));
