/* overlapped.h - what the tests of overlapped datagrams share. */
#ifndef OVERLAPPED_H
#define OVERLAPPED_H

#include "winsock/winsock.h"

static WSABUF two[] = {{.len = 4, .buf = "head"}, {.len = 4, .buf = "tail"}};
static WSAOVERLAPPED operations[3];

/* One of the operations, with a new event. */
static inline WSAOVERLAPPED *with_event(int i)
{
    operations[i].hEvent = event_create();
    return &operations[i];
}

/* The result of an operation that has been started; its count and flags. */
static inline BOOL result_of(SOCKET s, WSAOVERLAPPED *operation, DWORD *count, DWORD *flags)
{
    expect_signaled(operation->hEvent);
    return WSAGetOverlappedResult(s, operation, count, FALSE, flags);
}

#endif
