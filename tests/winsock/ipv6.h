/* ipv6.h - sockets of IPv6, for tests of what those of IPv4 do as well. Loopback only. */
#ifndef WINSOCK_IPV6_H
#define WINSOCK_IPV6_H

#include "option.h"

/* The address [::1]:PORT; port 0 lets the system choose one. */
static inline struct sockaddr_in6 address_of_ipv6(unsigned port)
{
    struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_port = htons((u_short)port)};
    name.sin6_addr.s6_addr[15] = 1;
    return name;
}

static inline SOCKET bound_to_ipv6(int type)
{
    SOCKET s = socket_of(AF_INET6, type);
    struct sockaddr_in6 any_port = address_of_ipv6(0);
    require(bind(s, (struct sockaddr *)&any_port, sizeof(any_port)) == 0);
    return s;
}

static inline struct sockaddr_in6 name_of_ipv6(SOCKET s)
{
    struct sockaddr_in6 name;
    int length = sizeof(name);
    require(getsockname(s, (struct sockaddr *)&name, &length) == 0);
    return name;
}

static inline int connect_by_ipv6(SOCKET s, struct sockaddr_in6 name)
{
    return connect(s, (struct sockaddr *)&name, sizeof(name));
}

/* Sends one datagram that holds TEXT without its terminator. */
static inline void send_by_ipv6(SOCKET from, SOCKET to, const char *text)
{
    struct sockaddr_in6 name = name_of_ipv6(to);
    require(sendto(from, text, (int)strlen(text), 0, (struct sockaddr *)&name, sizeof(name)) !=
            SOCKET_ERROR);
}

#endif
