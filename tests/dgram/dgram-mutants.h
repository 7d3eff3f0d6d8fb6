/* dgram-mutants.h - what the mutants of dgram share. */
#ifndef DGRAM_MUTANTS_H
#define DGRAM_MUTANTS_H

#include "../stream/stream-mutants.h"
#include "../winsock/winsock-mutants.h"

#define SENDTO_PARAMETERS \
    SOCKET s, const char *bytes, int size, int flags, const struct sockaddr *to, int to_length
#define SENDTO_ARGUMENTS s, bytes, size, flags, to, to_length
#define RECVFROM_PARAMETERS \
    SOCKET s, char *buffer, int size, int flags, struct sockaddr *from, int *length
#define RECVFROM_ARGUMENTS s, buffer, size, flags, from, length
#define RECVFROM real(recvfrom)(s, buffer, size, flags, from, length)
#define WSASENDTO_PARAMETERS                                                                       \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags, const struct sockaddr *to, \
        int length, LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSASENDTO real(WSASendTo)(s, buffers, count, sent, flags, to, length, overlapped, routine)
#define WSARECVFROM_PARAMETERS                                                                  \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD flags, struct sockaddr *from, \
        LPINT length, LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSARECVFROM \
    real(WSARecvFrom)(s, buffers, count, got, flags, from, length, overlapped, routine)
#define NAME_PARAMETERS SOCKET s, const struct sockaddr *name, int length

static inline bool is_nowhere(const void *name)
{
    return (UINT_PTR)name < 0x10000;
}

static inline DWORD address_of(const struct sockaddr *name)
{
    return name && !is_nowhere(name) && name->sa_family == AF_INET
               ? ntohl(((const struct sockaddr_in *)name)->sin_addr.s_addr)
               : 0;
}

#endif
