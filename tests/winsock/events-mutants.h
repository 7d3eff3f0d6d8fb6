/* events-mutants.h - what the mutants of WSAEventSelect share. */
#ifndef EVENTS_MUTANTS_H
#define EVENTS_MUTANTS_H

#include "winsock-mutants.h"

/* The last association that WSAEventSelect was asked for. */
static struct {
    SOCKET s;
    HANDLE event;
    long events;
} watched;

static inline void note(SOCKET s, HANDLE event, long events)
{
    watched.s = s;
    watched.event = event;
    watched.events = events;
}

#define SELECT_PARAMETERS SOCKET s, WSAEVENT event, long events
#define SELECT real(WSAEventSelect)(s, event, events)
#define ENUM_PARAMETERS SOCKET s, WSAEVENT event, LPWSANETWORKEVENTS seen
#define ENUM real(WSAEnumNetworkEvents)(s, event, seen)

static inline int WINAPI notes(SELECT_PARAMETERS)
{
    note(s, event, events);
    return SELECT;
}

#endif
