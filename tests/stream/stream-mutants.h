/* stream-mutants.h - what the mutants of stream share. */
#ifndef STREAM_MUTANTS_H
#define STREAM_MUTANTS_H

#include "../inherit/inherit-mutants.h"
#include "../winsock/winsock-mutants.h"

#include <stdlib.h>

static inline SOCKET WINAPI unconnected(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real(accept)(s, name, length);
    if (accepted == INVALID_SOCKET || !name)
        return accepted;
    real(closesocket)(accepted);
    return real(socket)(AF_INET, SOCK_STREAM, 0);
}

#define WSASEND_PARAMETERS                                              \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags, \
        LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSASEND real(WSASend)(s, buffers, count, sent, flags, overlapped, routine)
#define WSACONNECT_PARAMETERS                                                            \
    SOCKET s, const struct sockaddr *name, int length, LPWSABUF caller, LPWSABUF callee, \
        LPQOS qos, LPQOS group
#define WSACONNECT real(WSAConnect)(s, name, length, caller, callee, qos, group)
#define WSARECV_PARAMETERS                                               \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD flags, \
        LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSARECV real(WSARecv)(s, buffers, count, got, flags, overlapped, routine)
#define WSAACCEPT_PARAMETERS \
    SOCKET s, struct sockaddr *name, LPINT length, LPCONDITIONPROC condition, DWORD_PTR data
#define WSAACCEPT real(WSAAccept)(s, name, length, condition, data)
#define WSASOCKET_PARAMETERS(information) \
    int family, int type, int protocol, information info, GROUP group, DWORD flags
#define WSASOCKETW_PARAMETERS WSASOCKET_PARAMETERS(LPWSAPROTOCOL_INFOW)
#define WSASOCKETW real(WSASocketW)(family, type, protocol, info, group, flags)
#define BY_NAME_PARAMETERS(text)                                                                  \
    SOCKET s, text node, text service, LPDWORD local_size, LPSOCKADDR local, LPDWORD remote_size, \
        LPSOCKADDR remote, const PTIMEVAL time, LPWSAOVERLAPPED reserved
#define BY_NAMEW_PARAMETERS BY_NAME_PARAMETERS(LPWSTR)
#define BY_NAMEW                                                                            \
    real(WSAConnectByNameW)(s, node, service, local_size, local, remote_size, remote, time, \
                            reserved)
#define RECV_PARAMETERS SOCKET s, char *bytes, int size, int flags
#define RECV real(recv)(s, bytes, size, flags)

static inline SOCKET socket_renamed(SOCKET s, DWORD error, DWORD instead)
{
    if (s == INVALID_SOCKET && GetLastError() == error)
        SetLastError(instead);
    return s;
}

/* DONE, whose failure with one error is told as another. */
static inline BOOL renamed(BOOL done, DWORD error, DWORD instead)
{
    return failed_with(done, error) ? failed(instead) : done;
}

/* An ioctlsocket that notes which socket was the last to be made nonblocking. */
#define NOTES_NONBLOCKING(name, socket_)                          \
    static SOCKET socket_ = INVALID_SOCKET;                       \
    static int WINAPI name(SOCKET s, long command, u_long *value) \
    {                                                             \
        if (command == (long)FIONBIO && *value)                   \
            socket_ = s;                                          \
        return real(ioctlsocket)(s, command, value);              \
    }

/* A send that notes which socket was the last to have no room for more. */
#define NOTES_FULL(name, socket_)                                            \
    static SOCKET socket_ = INVALID_SOCKET;                                  \
    static int WINAPI name(SOCKET s, const char *bytes, int size, int flags) \
    {                                                                        \
        int sent = real(send)(s, bytes, size, flags);                        \
        if (sent == SOCKET_ERROR && GetLastError() == WSAEWOULDBLOCK)        \
            socket_ = s;                                                     \
        return sent;                                                         \
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
    SOCKET other = real(socket)(AF_INET, type, 0);
    memcpy(&probe, name, sizeof(probe));
    probe.sin_addr.s_addr = htonl(address);
    bool taken = real(bind)(other, (struct sockaddr *)&probe, length) == SOCKET_ERROR;
    real(closesocket)(other);
    return taken;
}

#endif
