/* control-mutants.h - what the mutants of control messages that are sent share. */
#ifndef CONTROL_MUTANTS_H
#define CONTROL_MUTANTS_H

#include "message-mutants.h"

/* The first control message of a WSASendMsg, when it is of LEVEL and TYPE. */
static inline void *control_of(LPWSAMSG message, int level, int type)
{
    WSACMSGHDR *header =
        message && !is_nowhere(message) && message->Control.buf ? WSA_CMSG_FIRSTHDR(message) : NULL;
    return header && header->cmsg_level == level && header->cmsg_type == type
               ? WSA_CMSG_DATA(header)
               : NULL;
}

/* Sends without the control messages. */
static inline WSAMSG without_control(LPWSAMSG message)
{
    WSAMSG bare = *message;
    bare.Control = (WSABUF){0};
    return bare;
}

static inline bool is_dual(SOCKET s)
{
    DWORD error = GetLastError(), alone = 1;
    int size = sizeof(alone);
    bool dual = is_ipv6(s) &&
                real(getsockopt)(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&alone, &size) == 0 &&
                !alone;
    SetLastError(error);
    return dual;
}

#endif
