/* option.h - what the tests of options share. */
#ifndef WINSOCK_OPTION_H
#define WINSOCK_OPTION_H

#include "winsock.h"

#include "option_numbers.h"

#include <mswsock.h>

/* An unbound socket of a family and type; UNSUPPORTED where the machine has no IPv6. */
static inline SOCKET socket_of(int family, int type)
{
    if (family == AF_INET)
        return socket_open(type);
    struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_addr.s6_addr[15] = 1};
    SOCKET probe = socket(AF_INET6, SOCK_DGRAM, 0);
    if (probe == INVALID_SOCKET || bind(probe, (struct sockaddr *)&name, sizeof(name)) != 0)
        unsupported("no IPv6 on this machine");
    socket_close(probe);
    SOCKET s = socket(AF_INET6, type, 0);
    require(s != INVALID_SOCKET);
    limit_waits(s);
    return s;
}

/* getsockopt and setsockopt of a DWORD. Some BOOLs are stored as a single byte. */
static inline int option_get(SOCKET s, int level, int option, DWORD *value)
{
    int size = sizeof(*value);
    *value = 0x5C5C5C5C;
    int result = getsockopt(s, level, option, (char *)value, &size);
    if (result == 0 && size == 1)
        *value &= 0xFF;
    return result;
}

static inline int option_set(SOCKET s, int level, int option, DWORD value)
{
    return setsockopt(s, level, option, (char *)&value, sizeof(value));
}

#endif
