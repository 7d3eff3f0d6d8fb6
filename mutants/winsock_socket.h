/* winsock_socket.h - what the mutants of sockets share. */
#ifndef WINSOCK_SOCKET_H
#define WINSOCK_SOCKET_H

#include "mutants.h"

#include <string.h>

static inline int socket_fails(DWORD error)
{
    SetLastError(error);
    return SOCKET_ERROR;
}

/* RESULT, whose failure with one error is told as another. */
static inline int failure_renamed(int result, DWORD error, DWORD instead)
{
    return result == SOCKET_ERROR && GetLastError() == error ? socket_fails(instead) : result;
}

/* RESULT, whose failure with ERROR is told as a success. */
static inline int failure_hidden(int result, DWORD error, int instead)
{
    return result == SOCKET_ERROR && GetLastError() == error ? instead : result;
}

/* Questions about a socket that leave the last error alone. */
static inline int socket_option(SOCKET s, int option)
{
    DWORD error = GetLastError();
    int value = 0, size = sizeof(value);
    if (real.getsockopt(s, SOL_SOCKET, option, (char *)&value, &size) == SOCKET_ERROR)
        value = 0;
    SetLastError(error);
    return value;
}

static inline bool is_datagram(SOCKET s)
{
    return socket_option(s, SO_TYPE) == SOCK_DGRAM;
}

static inline bool is_stream(SOCKET s)
{
    return socket_option(s, SO_TYPE) == SOCK_STREAM;
}

static inline bool is_listening(SOCKET s)
{
    return is_stream(s) && socket_option(s, SO_ACCEPTCONN);
}

static inline bool has_peer(SOCKET s)
{
    DWORD error = GetLastError();
    struct sockaddr_storage name;
    int length = sizeof(name);
    bool connected = real.getpeername(s, (struct sockaddr *)&name, &length) == 0;
    SetLastError(error);
    return connected;
}

static inline u_long bytes_waiting(SOCKET s)
{
    DWORD error = GetLastError();
    u_long count = 0;
    real.ioctlsocket(s, FIONREAD, &count);
    SetLastError(error);
    return count;
}

#endif
