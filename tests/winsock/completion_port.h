/* completion_port.h - receives that are begun, and the packets of a completion port. */
#ifndef COMPLETION_PORT_H
#define COMPLETION_PORT_H

#include "winsock.h"

#define KEY 0x1234

static WSAOVERLAPPED operations[5];
static char received[5][16];

static inline HANDLE port_create(void)
{
    HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    require(port != NULL);
    return port;
}

/* A bound datagram socket that reports to PORT. */
static inline SOCKET socket_on(HANDLE port)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    require(CreateIoCompletionPort((HANDLE)s, port, KEY, 0) == port);
    return s;
}

/* Begins receive number I, of at most ROOM bytes. */
static inline int receive_begin(SOCKET s, unsigned i, ULONG room)
{
    WSABUF buffer = {.len = room, .buf = received[i]};
    DWORD flags = 0;
    return WSARecvFrom(s, &buffer, 1, NULL, &flags, NULL, NULL, &operations[i], NULL);
}

static inline void receive_pending(SOCKET s, unsigned i)
{
    require(receive_begin(s, i, sizeof(received[i])) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);
}

struct packet {
    BOOL done;
    DWORD error, count;
    ULONG_PTR key;
    OVERLAPPED *operation;
};

static inline struct packet packet_within(HANDLE port, DWORD milliseconds)
{
    struct packet packet = {.count = 99};
    packet.done = GetQueuedCompletionStatus(port, &packet.count, &packet.key, &packet.operation,
                                            milliseconds);
    packet.error = GetLastError();
    return packet;
}

static inline struct packet packet_next(HANDLE port)
{
    return packet_within(port, step_limit());
}

#endif
