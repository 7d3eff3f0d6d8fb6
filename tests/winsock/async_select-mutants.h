/* async_select-mutants.h - what the mutants of WSAAsyncSelect share. */
#ifndef ASYNC_SELECT_MUTANTS_H
#define ASYNC_SELECT_MUTANTS_H

#include "user32.h"
#include "winsock-mutants.h"

#define PARAMETERS SOCKET s, HWND window, u_int message, long events
#define SELECT real(WSAAsyncSelect)(s, window, message, events)

/* The last successful call; no mutant watches two windows. */
static struct {
    SOCKET s;
    HWND window;
    u_int message;
    long events;
} last;

static inline int remember(int result, PARAMETERS)
{
    if (result == 0) {
        last.s = s;
        last.window = window;
        last.message = message;
        last.events = events;
    }
    return result;
}

static inline int WINAPI remembers(PARAMETERS)
{
    return remember(SELECT, s, window, message, events);
}

#endif
