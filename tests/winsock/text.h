/* text.h - what tests of addresses as text share. */
#ifndef TEXT_H
#define TEXT_H

#include "winsock.h"

/* The bytes of an address in a table, as one argument of a macro. */
#define V6(...)     \
    {               \
        __VA_ARGS__ \
    }

/* The error is ERROR_INVALID_PARAMETER by the page; Windows has told others. */
#define expect_no_text(result)                                                               \
    do {                                                                                     \
        DWORD error_ = GetLastError();                                                       \
        char text_[80];                                                                      \
        expect_null((result), ERROR_INVALID_PARAMETER, STATUS_INVALID_PARAMETER, WSAEINVAL); \
        record("error", "%s", error_text(error_, text_, sizeof(text_)));                     \
    } while (0)

/* The loopback address of a family, and how long it is. */
static inline DWORD loopback_of(int family, unsigned port, struct sockaddr_storage *name)
{
    struct sockaddr_in v4 = loopback(port);
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons((u_short)port)};
    v6.sin6_addr.s6_addr[15] = 1;
    DWORD length = family == AF_INET ? sizeof(v4) : sizeof(v6);
    memcpy(name, family == AF_INET ? (void *)&v4 : (void *)&v6, length);
    return length;
}

#endif
