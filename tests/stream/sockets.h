/* sockets.h - sockets in the states that calls are tried in, and what is none. */
#ifndef SOCKETS_H
#define SOCKETS_H

#include "winsock/winsock.h"

static inline SOCKET an_event(void)
{
    return (SOCKET)event_create();
}

static inline SOCKET closed_socket(void)
{
    SOCKET s = socket_bound(SOCK_STREAM);
    socket_close(s);
    return s;
}

static inline SOCKET unbound_socket(void)
{
    return socket_open(SOCK_STREAM);
}

static inline SOCKET bound_socket(void)
{
    return socket_bound(SOCK_STREAM);
}

static inline SOCKET connected_socket(void)
{
    return stream_pair_open().client;
}

/* HOW as shutdown takes it. */
static inline SOCKET shut_down_socket(int how)
{
    SOCKET s = connected_socket();
    require(shutdown(s, how) == 0);
    return s;
}

static inline SOCKET socket_shut_down_both_ways(void)
{
    return shut_down_socket(SD_BOTH);
}

/* The other side has closed hard, and this one knows. */
static inline SOCKET reset_socket(void)
{
    struct stream_pair pair = stream_pair_open();
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    require(setsockopt(pair.server, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard)) == 0);
    socket_close(pair.server);
    wait_readable(pair.client);
    return pair.client;
}

/* From now on neither closing the socket nor the end of its process waits for what it has sent: all
 * of an emulator may have to wait with it. Keeps the last error. */
static inline void linger_no_more(SOCKET s)
{
    LINGER none = {.l_onoff = 0};
    DWORD error = GetLastError();
    require(setsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&none, sizeof(none)) == 0);
    SetLastError(error);
}

/* Sends until there is no more room on either side: what the system has taken may still be on its
 * way to where it waits to be received, and make room. The bytes that were taken. */
static inline ULONGLONG fill(SOCKET s)
{
    static char bytes[65536];
    ULONGLONG total = 0;
    set_nonblocking(s, true);
    for (bool settled = false;;) {
        int sent = send(s, bytes, sizeof(bytes), 0);
        require(sent > 0 || GetLastError() == WSAEWOULDBLOCK);
        if (sent <= 0 && settled)
            break;
        settled = sent <= 0;
        total += sent > 0 ? (ULONGLONG)sent : 0;
        fd_set one = {.fd_count = 1, .fd_array = {s}};
        TIMEVAL limit = {.tv_usec = 100000};
        if (settled)
            select(0, NULL, &one, NULL, &limit);
    }
    set_nonblocking(s, false);
    return total;
}

/* A datagram socket whose peer is itself. */
static inline SOCKET connected_datagram_socket(void)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in self = socket_name(s);
    require(connect(s, (struct sockaddr *)&self, sizeof(self)) == 0);
    return s;
}

#endif
