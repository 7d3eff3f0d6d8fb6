/* completion_port-mutants.h - what the mutants of overlapped operations share. */
#ifndef COMPLETION_PORT_MUTANTS_H
#define COMPLETION_PORT_MUTANTS_H

#include "winsock-mutants.h"

#define PACKET_PARAMETERS \
    HANDLE port, LPDWORD count, PULONG_PTR key, LPOVERLAPPED *overlapped, DWORD time
#define PACKET real(GetQueuedCompletionStatus)(port, count, key, overlapped, time)
#define RECVFROM_PARAMETERS                                                                     \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD flags, struct sockaddr *from, \
        LPINT length, LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define RECVFROM real(WSARecvFrom)(s, buffers, count, got, flags, from, length, overlapped, routine)

#endif
