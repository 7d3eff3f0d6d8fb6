/* stream-mutants.h - what the mutants of stream share. */
#ifndef STREAM_MUTANTS_H
#define STREAM_MUTANTS_H

#include "../inherit/inherit-mutants.h"
#include "../winsock/winsock-mutants.h"

#include <stdlib.h>

static inline SOCKET WINAPI unconnected(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real.accept(s, name, length);
    if (accepted == INVALID_SOCKET || !name)
        return accepted;
    real.closesocket(accepted);
    return real.socket(AF_INET, SOCK_STREAM, 0);
}

#define WSASEND_PARAMETERS                                              \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags, \
        LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSASEND real.WSASend(s, buffers, count, sent, flags, overlapped, routine)
#define WSACONNECT_PARAMETERS                                                            \
    SOCKET s, const struct sockaddr *name, int length, LPWSABUF caller, LPWSABUF callee, \
        LPQOS qos, LPQOS group
#define WSACONNECT real.WSAConnect(s, name, length, caller, callee, qos, group)
#define RECV_PARAMETERS SOCKET s, char *bytes, int size, int flags
#define RECV real.recv(s, bytes, size, flags)

static inline SOCKET socket_renamed(SOCKET s, DWORD error, DWORD instead)
{
    if (s == INVALID_SOCKET && GetLastError() == error)
        SetLastError(instead);
    return s;
}

static inline unsigned port_of(const struct sockaddr *name, int length)
{
    return name && length >= (int)sizeof(struct sockaddr_in)
               ? ntohs(((const struct sockaddr_in *)name)->sin_port)
               : 0;
}

static inline bool is_taken(const struct sockaddr *name, int length, int type, u_long address)
{
    struct sockaddr_in probe;
    SOCKET other = real.socket(AF_INET, type, 0);
    memcpy(&probe, name, sizeof(probe));
    probe.sin_addr.s_addr = htonl(address);
    bool taken = real.bind(other, (struct sockaddr *)&probe, length) == SOCKET_ERROR;
    real.closesocket(other);
    return taken;
}

#endif
