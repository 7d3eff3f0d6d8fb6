/* The Microsoft extensions, which are found at run time through WSAIoctl. */
#ifndef EXTENSION_H
#define EXTENSION_H

#include "winsock/winsock.h"

#include <mswsock.h>

/* What AcceptEx wants of room for a name. */
#define NAME_ROOM (sizeof(struct sockaddr_in) + 16)

static inline void *extension(SOCKET s, GUID id)
{
    void *function = NULL;
    DWORD size = 0;
    require(WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &function,
                     sizeof(function), &size, NULL, NULL) == 0);
    require(function != NULL);
    return function;
}

static inline LPFN_ACCEPTEX accept_ex(SOCKET s)
{
    return (LPFN_ACCEPTEX)extension(s, (GUID)WSAID_ACCEPTEX);
}

static inline LPFN_CONNECTEX connect_ex(SOCKET s)
{
    return (LPFN_CONNECTEX)extension(s, (GUID)WSAID_CONNECTEX);
}

static inline LPFN_DISCONNECTEX disconnect_ex(SOCKET s)
{
    return (LPFN_DISCONNECTEX)extension(s, (GUID)WSAID_DISCONNECTEX);
}

static inline LPFN_TRANSMITFILE transmit_file(SOCKET s)
{
    return (LPFN_TRANSMITFILE)extension(s, (GUID)WSAID_TRANSMITFILE);
}

/* What the system writes to while an operation is pending, even after a test has failed. */
static OVERLAPPED extension_operation;

static inline OVERLAPPED *operation_with_event(void)
{
    extension_operation.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(extension_operation.hEvent != NULL);
    return &extension_operation;
}

/* The result of an operation that has been started; *count is its byte count. */
static inline BOOL extension_result(SOCKET s, OVERLAPPED *operation, DWORD *count)
{
    DWORD flags = 0;
    expect_signaled(operation->hEvent);
    return WSAGetOverlappedResult(s, operation, count, FALSE, &flags);
}

/*
 * Waits until the other side's end of the stream is here. Who ends a connection first may have to
 * wait for minutes (TIME_WAIT) before its socket can be used again.
 */
static inline void wait_end_of_stream(SOCKET s)
{
    char byte;
    wait_readable(s);
    require(recv(s, &byte, 1, 0) == 0);
}

#endif
