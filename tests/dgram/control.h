/* control.h - what the tests of control messages that are sent share. */
#ifndef CONTROL_H
#define CONTROL_H

#include "winsock/groups.h"

/* ::1, or ::ffff:127.0.0.1. */
static inline struct sockaddr_in6 loopback6(unsigned port, bool mapped)
{
    struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_port = htons((u_short)port)};
    BYTE *bytes = name.sin6_addr.s6_addr;
    bytes[15] = 1;
    if (mapped)
        bytes[10] = bytes[11] = 0xFF, bytes[12] = 127;
    return name;
}

/* A message of "hello" to NAME with a control message of SIZE bytes. */
static inline WSAMSG *message_with(const void *name, int length, int level, int type,
                                   const void *data, size_t size)
{
    static char control[128];
    static SOCKADDR_STORAGE to;
    WSAMSG *message = message_to(NULL);
    memcpy(&to, name, (size_t)length);
    message->name = (struct sockaddr *)&to;
    message->namelen = length;
    memset(control, 0, sizeof(control));
    message->Control = (WSABUF){.len = (ULONG)WSA_CMSG_SPACE(size), .buf = control};
    WSACMSGHDR *header = WSA_CMSG_FIRSTHDR(message);
    header->cmsg_level = level;
    header->cmsg_type = type;
    header->cmsg_len = WSA_CMSG_LEN(size);
    memcpy(WSA_CMSG_DATA(header), data, size);
    return message;
}

/* A socket of IPv6 that is of IPv4, too, and bound to all addresses of both. */
static inline SOCKET dual_open(void)
{
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM);
    struct sockaddr_in6 any = {.sin6_family = AF_INET6};
    require(option_set(s, IPPROTO_IPV6, IPV6_V6ONLY, 0) == 0);
    require(bind(s, (struct sockaddr *)&any, sizeof(any)) == 0);
    return s;
}

static inline SOCKET bound_to(int family)
{
    SOCKET s = socket_of(family, SOCK_DGRAM);
    SOCKADDR_STORAGE here = host_of(family, 1);
    require(bind(s, (struct sockaddr *)&here, name_size(family)) == 0);
    return s;
}

static inline unsigned port_of_any(SOCKET s)
{
    SOCKADDR_STORAGE name;
    int length = sizeof(name);
    require(getsockname(s, (struct sockaddr *)&name, &length) == 0);
    return ntohs(((struct sockaddr_in *)&name)->sin_port);
}

#endif
