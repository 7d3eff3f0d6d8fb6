/* alertable.h - a datagram that comes only when an APC runs in the wait for it. */
#ifndef ALERTABLE_H
#define ALERTABLE_H

#include "winsock.h"

struct sender {
    SOCKET s;
    HANDLE go;
};

/* Sends when it is told to, or else when it is certain that nobody will tell. */
static inline DWORD send_when_told(void *argument)
{
    struct sender *sender = argument;
    DWORD told = WaitForSingleObject(sender->go, step_limit() / 2);
    send_datagram(sender->s, sender->s, "x");
    return told;
}

/* An APC that sets an event. */
static inline void CALLBACK tell(ULONG_PTR event)
{
    SetEvent((HANDLE)event);
}

#endif
