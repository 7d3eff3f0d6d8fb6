/* name_info.h - what the tests of getnameinfo and of GetNameInfoW share. */
#ifndef NAME_INFO_H
#define NAME_INFO_H

#include "winsock.h"

/* A port whose service of TCP and whose service of UDP have different names. */
static inline u_short port_of_two_services(void)
{
    for (u_short port = 512; port < 520; port++) {
        char stream[NI_MAXSERV];
        struct servent *entry = getservbyport(htons(port), "tcp");
        if (!entry)
            continue;
        strncpy(stream, entry->s_name, sizeof(stream) - 1);
        stream[sizeof(stream) - 1] = 0;
        entry = getservbyport(htons(port), "udp");
        if (entry && strcmp(stream, entry->s_name))
            return port;
    }
    unresolved("this machine knows no port of two services");
}

#endif
