/* What tests presume of the machine's services database. */
#ifndef WINSOCK_SERVICES_H
#define WINSOCK_SERVICES_H

#include "winsock.h"

/* A service that one protocol has and another has not. The file of services is the machine's (some
 * name telnet for UDP as well), so a machine where that is not so is no deviation. Asked by a third
 * function: a fault of one of the two that look services up is not taken for a machine's. */
static inline void needs_telnet_over_tcp_alone(void)
{
    struct sockaddr_in port = loopback(23);
    char over_tcp[NI_MAXSERV] = "", over_udp[NI_MAXSERV] = "";
    getnameinfo((SOCKADDR *)&port, sizeof(port), NULL, 0, over_tcp, sizeof(over_tcp),
                NI_NUMERICHOST);
    getnameinfo((SOCKADDR *)&port, sizeof(port), NULL, 0, over_udp, sizeof(over_udp),
                NI_NUMERICHOST | NI_DGRAM);
    if (strcmp(over_tcp, "telnet") || !strcmp(over_udp, "telnet"))
        unsupported("telnet is not a service over TCP alone here");
    SetLastError(LAST_ERROR_UNSET);
}

/* The same for those who test neither getaddrinfo nor GetAddrInfoW, which so many cases call that
 * a fault of it is not mistaken for theirs. */
static inline void needs_no_telnet_over_udp(void)
{
    ADDRINFOW hints = {.ai_socktype = SOCK_DGRAM}, *found = NULL;
    if (GetAddrInfoW(NULL, L"telnet", &hints, &found) == 0)
        unsupported("telnet is not a service over TCP alone here");
    SetLastError(LAST_ERROR_UNSET);
}

#endif
