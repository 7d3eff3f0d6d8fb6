/* disconnect-mutants.h - what the mutants of WSASendDisconnect and WSARecvDisconnect share:
 * wrappers of FUNCTION, which is one of the two. */
#ifndef DISCONNECT_MUTANTS_H
#define DISCONNECT_MUTANTS_H

#include "stream-mutants.h"

#define DISCONNECT_PARAMETERS SOCKET s, LPWSABUF data

#define RENAMED(name, function, condition, error, instead)                   \
    static int WINAPI name(DISCONNECT_PARAMETERS)                            \
    {                                                                        \
        int result = real(function)(s, data);                                \
        return condition ? failure_renamed(result, error, instead) : result; \
    }

/* The last socket that was disconnected. */
static SOCKET ended = INVALID_SOCKET;

#define NOTES_END(name, function)                 \
    static int WINAPI name(DISCONNECT_PARAMETERS) \
    {                                             \
        ended = s;                                \
        return real(function)(s, data);           \
    }

static int WINAPI has_no_peer(SOCKET s, struct sockaddr *name, int *length)
{
    return s == ended ? socket_fails(WSAENOTCONN) : real(getpeername)(s, name, length);
}

/* The last socket that was given to a port. */
static struct {
    SOCKET s;
    HANDLE port;
    ULONG_PTR key;
} associated;

static HANDLE WINAPI notes_port(HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads)
{
    HANDLE result = real(CreateIoCompletionPort)(file, port, key, threads);
    if (result && file != INVALID_HANDLE_VALUE) {
        associated.s = (SOCKET)file;
        associated.port = result;
        associated.key = key;
    }
    return result;
}

#define TELLS_PORT(name, function)                                                      \
    static int WINAPI name(DISCONNECT_PARAMETERS)                                       \
    {                                                                                   \
        int result = real(function)(s, data);                                           \
        if (result == 0 && s == associated.s)                                           \
            real(PostQueuedCompletionStatus)(associated.port, 0, associated.key, NULL); \
        return result;                                                                  \
    }

static inline void linger(SOCKET s)
{
    LINGER value = {0, 0};
    int size = sizeof(value);
    real(getsockopt)(s, SOL_SOCKET, SO_LINGER, (char *)&value, &size);
    if (value.l_onoff)
        real(SleepEx)(value.l_linger > 6 ? 6000 : value.l_linger * 1000, FALSE);
}

#define LINGERS(name, function)                   \
    static int WINAPI name(DISCONNECT_PARAMETERS) \
    {                                             \
        linger(s);                                \
        return real(function)(s, data);           \
    }

#endif
