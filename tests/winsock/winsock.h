/*
 * winsock.h - what the tests of sockets set up: loopback only, port 0 only, and every blocking
 * send and receive bounded by the step limit.
 */
#ifndef WINSOCK_H
#define WINSOCK_H

#include "cts.h"

#include <mstcpip.h>

static inline void winsock_start(void)
{
    WSADATA data;
    require(WSAStartup(MAKEWORD(2, 2), &data) == 0);
}

/* A page of address space without memory: nothing can be read or written there. */
static inline void *memory_nowhere(void)
{
    void *address = VirtualAlloc(NULL, 4096, MEM_RESERVE, PAGE_NOACCESS);
    require(address != NULL);
    return address;
}

/* The address 127.0.0.1:PORT; port 0 lets the system choose one. */
static inline struct sockaddr_in loopback(unsigned port)
{
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((u_short)port)};
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return name;
}

/* How much of a sockaddr_in means something: family, port and address. */
#define NAME_SIZE offsetof(struct sockaddr_in, sin_zero)

/* A receive that nothing comes for ends with WSAETIMEDOUT after so many milliseconds. */
static inline void limit_receives(SOCKET s, DWORD limit)
{
    require(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&limit, sizeof(limit)) == 0);
}

static inline void limit_waits(SOCKET s)
{
    DWORD limit = step_limit();
    limit_receives(s, limit);
    require(setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, (char *)&limit, sizeof(limit)) == 0);
}

/* An unbound socket of TYPE (SOCK_STREAM, SOCK_DGRAM). */
static inline SOCKET socket_open(int type)
{
    SOCKET s = socket(AF_INET, type, 0);
    require(s != INVALID_SOCKET);
    limit_waits(s);
    return s;
}

/* One of four multicast groups that are this process's alone, in host order: of the addresses for
 * one's own organisation, 239.192.0.0/14. There are systems on which a socket hears groups that
 * others of the same machine have joined. */
static inline DWORD group_address(unsigned which)
{
    static LONG64 chosen;
    if (chosen == 0) {
        LARGE_INTEGER now;
        QueryPerformanceCounter(&now);
        chosen = (now.QuadPart ^ (LONG64)GetCurrentProcessId() << 6) | 1;
    }
    return 0xEFC00000 | (DWORD)(chosen & 0xFFFF) << 2 | which;
}

static inline SOCKET socket_bound(int type)
{
    SOCKET s = socket_open(type);
    struct sockaddr_in any_port = loopback(0);
    require(bind(s, (struct sockaddr *)&any_port, sizeof(any_port)) != SOCKET_ERROR);
    return s;
}

static inline struct sockaddr_in socket_name(SOCKET s)
{
    struct sockaddr_in name;
    int length = sizeof(name);
    require(getsockname(s, (struct sockaddr *)&name, &length) == 0);
    return name;
}

static inline unsigned socket_port(SOCKET s)
{
    return ntohs(socket_name(s).sin_port);
}

static inline void socket_close(SOCKET s)
{
    require(closesocket(s) != SOCKET_ERROR);
}

static inline void set_nonblocking(SOCKET s, bool nonblocking)
{
    u_long mode = nonblocking;
    require(ioctlsocket(s, FIONBIO, &mode) == 0);
}

static inline HANDLE event_create(void)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(event != NULL);
    return event;
}

/* Notes under KEY what became of a call that may succeed or fail; leaves the last error alone. */
static inline void record_outcome(const char *key, bool succeeded)
{
    DWORD error = GetLastError();
    char text[80];
    record(key, "%s", succeeded ? "succeeds" : error_text(error, text, sizeof(text)));
    SetLastError(error);
}

/* The step limit as select takes it. */
static inline TIMEVAL select_limit(void)
{
    DWORD limit = step_limit();
    return (TIMEVAL){.tv_sec = (long)(limit / 1000), .tv_usec = (long)(limit % 1000 * 1000)};
}

/* Waits until a receive (an accept) would not block. */
static inline void wait_readable(SOCKET s)
{
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = select_limit();
    require(select(0, &one, NULL, NULL, &limit) == 1);
}

static inline SOCKET stream_listen(void)
{
    SOCKET listener = socket_bound(SOCK_STREAM);
    require(listen(listener, SOMAXCONN) != SOCKET_ERROR);
    return listener;
}

static inline SOCKET stream_connect(unsigned port)
{
    SOCKET client = socket_open(SOCK_STREAM);
    struct sockaddr_in server = loopback(port);
    require(connect(client, (struct sockaddr *)&server, sizeof(server)) != SOCKET_ERROR);
    return client;
}

static inline SOCKET stream_accept(SOCKET listener)
{
    wait_readable(listener);
    SOCKET accepted = accept(listener, NULL, NULL);
    require(accepted != INVALID_SOCKET);
    limit_waits(accepted);
    return accepted;
}

/*
 * Asks not to knock again where a connection was refused: Windows does, for two seconds. Some
 * systems cannot be asked (Windows before 10, version 1709); there it takes those two seconds.
 */
static inline void take_no_for_an_answer(SOCKET s)
{
    TCP_INITIAL_RTO_PARAMETERS once = {.Rtt = TCP_INITIAL_RTO_NO_SYN_RETRANSMISSIONS,
                                       .MaxSynRetransmissions =
                                           TCP_INITIAL_RTO_NO_SYN_RETRANSMISSIONS};
    DWORD size;
    WSAIoctl(s, SIO_TCP_INITIAL_RTO, &once, sizeof(once), NULL, 0, &size, NULL, NULL);
    SetLastError(LAST_ERROR_UNSET);
}

/* Two connected ends in this process. */
struct stream_pair {
    SOCKET client, server;
};

static inline struct stream_pair stream_pair_open(void)
{
    SOCKET listener = stream_listen();
    struct stream_pair pair = {.client = stream_connect(socket_port(listener))};
    pair.server = stream_accept(listener);
    socket_close(listener);
    return pair;
}

/*
 * Port P of 127.0.0.2, while P of 127.0.0.1 is held: nobody is given it without asking for it.
 * UNRESOLVED where this machine keeps the report that a port is unreachable to itself, as some
 * firewalls do: no receive, and no second send, of a connected socket learns of it.
 */
static inline struct sockaddr_in unreachable_port(void)
{
    SOCKET holder = socket_bound(SOCK_DGRAM), probe = socket_open(SOCK_DGRAM);
    struct sockaddr_in nobody = socket_name(holder);
    nobody.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
    require(connect(probe, (struct sockaddr *)&nobody, sizeof(nobody)) == 0);
    set_nonblocking(probe, true);
    char byte = 0;
    for (DWORD ms = 0; send(probe, &byte, 1, 0) == 1; ms++) {
        if (recv(probe, &byte, 1, 0) == SOCKET_ERROR && GetLastError() != WSAEWOULDBLOCK)
            break;
        if (ms == step_limit() / 10)
            unresolved("unreachable ports are not reported on this machine");
        WaitForSingleObject(GetCurrentProcess(), 1);
    }
    socket_close(probe);
    return nobody;
}

/* Sends SIZE bytes over a connection, or one datagram to the peer of a connected socket. */
static inline void send_all(SOCKET s, const void *bytes, int size)
{
    require(send(s, bytes, size, 0) == size);
}

/* Sends one datagram that holds TEXT without its terminator. */
static inline void send_datagram(SOCKET from, SOCKET to, const char *text)
{
    struct sockaddr_in name = socket_name(to);
    require(sendto(from, text, (int)strlen(text), 0, (struct sockaddr *)&name, sizeof(name)) !=
            SOCKET_ERROR);
}

/* The bytes received when SIZE have come or the stream has ended; SOCKET_ERROR as recv says it. */
static inline int receive_all(SOCKET s, void *buffer, int size)
{
    int total = 0;
    while (total < size) {
        int got = recv(s, (char *)buffer + total, size - total, 0);
        if (got == SOCKET_ERROR)
            return SOCKET_ERROR;
        if (got == 0)
            break;
        total += got;
    }
    return total;
}

/* The next SIZE bytes (at most 64) of the stream are these. */
#define expect_receives(s, bytes, size)              \
    do {                                             \
        char got_[64];                               \
        int count_ = receive_all((s), got_, (size)); \
        expect_socket_succeeded(count_);             \
        expect_number(count_, (size));               \
        expect_bytes(got_, (bytes), (size_t)(size)); \
    } while (0)

/* The next datagram is TEXT without its terminator. */
#define expect_datagram(s, text)                             \
    do {                                                     \
        char got_[64];                                       \
        int count_ = recvfrom((s), got_, 64, 0, NULL, NULL); \
        expect_socket_succeeded(count_);                     \
        expect_number(count_, strlen(text));                 \
        expect_bytes(got_, (text), strlen(text));            \
    } while (0)

/* The other side has ended the stream gracefully, and all it sent has been read. */
#define expect_end_of_stream(s)               \
    do {                                      \
        char byte_;                           \
        int count_ = recv((s), &byte_, 1, 0); \
        expect_socket_succeeded(count_);      \
        expect_number(count_, 0);             \
    } while (0)

#endif
