/* events.h - what the tests of WSAEventSelect set up. */
#ifndef EVENTS_H
#define EVENTS_H

#include "winsock.h"

/* Has WSAEventSelect record EVENTS of the socket and set EVENT. */
static inline void watch(SOCKET s, HANDLE event, long events)
{
    require(WSAEventSelect(s, event, events) != SOCKET_ERROR);
}

/* Waits for EVENT, resets it and returns what was recorded for the socket. */
static inline WSANETWORKEVENTS await(SOCKET s, HANDLE event)
{
    WSANETWORKEVENTS seen = {0};
    require(WaitForSingleObject(event, step_limit()) == WAIT_OBJECT_0);
    require(WSAEnumNetworkEvents(s, event, &seen) != SOCKET_ERROR);
    return seen;
}

/* What was recorded for the socket; clears it, and leaves its event alone. */
static inline long recorded(SOCKET s)
{
    WSANETWORKEVENTS seen = {0};
    require(WSAEnumNetworkEvents(s, NULL, &seen) != SOCKET_ERROR);
    return seen.lNetworkEvents;
}

#endif
