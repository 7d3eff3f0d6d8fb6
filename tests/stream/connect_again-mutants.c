/* Wrong behaviours: ConnectEx on sockets of every kind, after a refusal, and what it sends. */
#include "stream-mutants.h"

#define CONNECT_PARAMETERS                                                                     \
    SOCKET s, const struct sockaddr *name, int length, PVOID buffer, DWORD size, LPDWORD sent, \
        LPOVERLAPPED overlapped
#define CONNECT real_connect_ex(s, name, length, buffer, size, sent, overlapped)

static LPFN_CONNECTEX real_connect_ex;

static BOOL PASCAL no_socket(CONNECT_PARAMETERS)
{
    BOOL done = CONNECT;
    return renamed(done, WSAENOTSOCK, WSAENOTCONN);
}
EXCHANGES(plant_unconnected, WSAID_CONNECTEX, no_socket, real_connect_ex)
MUTANT(connect_ex_without_socket_is_unconnected,
       "ConnectEx fails with WSAENOTCONN for what is no socket",
       PATCH(WSAIoctl, plant_unconnected));

static SOCKET accepted = INVALID_SOCKET;

static SOCKET WINAPI accept_noted(SOCKET s, struct sockaddr *name, int *length)
{
    return accepted = real(accept)(s, name, length);
}

static BOOL PASCAL accepted_is_invalid(CONNECT_PARAMETERS)
{
    return s == accepted ? failed(WSAEINVAL) : CONNECT;
}
EXCHANGES(plant_accepted, WSAID_CONNECTEX, accepted_is_invalid, real_connect_ex)
MUTANT(connect_ex_of_accepted_is_invalid, "ConnectEx fails with WSAEINVAL on an accepted socket",
       PATCH(WSAIoctl, plant_accepted), PATCH(accept, accept_noted));

static BOOL PASCAL takes_datagrams(CONNECT_PARAMETERS)
{
    return is_datagram(s) ? failed(ERROR_IO_PENDING) : CONNECT;
}
EXCHANGES(plant_takes_datagrams, WSAID_CONNECTEX, takes_datagrams, real_connect_ex)
MUTANT(connect_ex_takes_datagram_sockets, "ConnectEx connects datagram sockets",
       PATCH(WSAIoctl, plant_takes_datagrams));

static BOOL PASCAL nothing_of_bad_data(CONNECT_PARAMETERS)
{
    if (buffer && (UINT_PTR)buffer < 0x10000)
        buffer = NULL;
    return CONNECT;
}
EXCHANGES(plant_nothing_of_bad_data, WSAID_CONNECTEX, nothing_of_bad_data, real_connect_ex)
MUTANT(connect_ex_sends_nothing_of_bad_data, "ConnectEx ignores data that it cannot read",
       PATCH(WSAIoctl, plant_nothing_of_bad_data));

/* ---- After a refusal */

static struct {
    SOCKET s;
    OVERLAPPED *overlapped;
} connecting = {INVALID_SOCKET, NULL};
static SOCKET refused = INVALID_SOCKET;

static BOOL PASCAL connect_noted(CONNECT_PARAMETERS)
{
    connecting.s = s;
    connecting.overlapped = overlapped;
    return CONNECT;
}
EXCHANGES(plant_noted, WSAID_CONNECTEX, connect_noted, real_connect_ex)

static BOOL WINAPI refusal_noted(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                                 LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    if (!done && overlapped == connecting.overlapped && GetLastError() == WSAECONNREFUSED)
        refused = s;
    return done;
}

static BOOL PASCAL refused_for_good(CONNECT_PARAMETERS)
{
    return s == refused ? failed(WSAECONNREFUSED)
                        : connect_noted(s, name, length, buffer, size, sent, overlapped);
}
EXCHANGES(plant_refused_for_good, WSAID_CONNECTEX, refused_for_good, real_connect_ex)
MUTANT(connect_ex_refused_is_refused_for_good,
       "ConnectEx fails on a socket that was refused before",
       PATCH(WSAIoctl, plant_refused_for_good), PATCH(WSAGetOverlappedResult, refusal_noted));

static int WINAPI connect_of_refused(SOCKET s, const struct sockaddr *name, int length)
{
    return s == refused ? socket_fails(WSAEINVAL) : real(connect)(s, name, length);
}
MUTANT(connect_after_refused_connect_ex_fails,
       "connect fails on a socket whose ConnectEx was refused", PATCH(WSAIoctl, plant_noted),
       PATCH(WSAGetOverlappedResult, refusal_noted), PATCH(connect, connect_of_refused));

static int WINAPI wsaconnect_of_refused(SOCKET s, const struct sockaddr *name, int length,
                                        LPWSABUF mine, LPWSABUF theirs, LPQOS qos, LPQOS group)
{
    return s == refused ? socket_fails(WSAEINVAL)
                        : real(WSAConnect)(s, name, length, mine, theirs, qos, group);
}
MUTANT(wsaconnect_after_refused_connect_ex_fails,
       "WSAConnect fails on a socket whose ConnectEx was refused", PATCH(WSAIoctl, plant_noted),
       PATCH(WSAGetOverlappedResult, refusal_noted), PATCH(WSAConnect, wsaconnect_of_refused));

/* ---- What it sends */

static BOOL PASCAL sends_64_kilobytes(CONNECT_PARAMETERS)
{
    if (size > 0x10000)
        size = 0x10000;
    return CONNECT;
}
EXCHANGES(plant_sends_64_kilobytes, WSAID_CONNECTEX, sends_64_kilobytes, real_connect_ex)
MUTANT(connect_ex_sends_64_kilobytes, "ConnectEx sends 64 KiB of larger data",
       PATCH(WSAIoctl, plant_sends_64_kilobytes));

static BOOL PASCAL at_least_one_byte(CONNECT_PARAMETERS)
{
    if (buffer && !size)
        size = 1;
    return CONNECT;
}
EXCHANGES(plant_at_least_one_byte, WSAID_CONNECTEX, at_least_one_byte, real_connect_ex)
MUTANT(connect_ex_sends_at_least_one_byte, "ConnectEx sends a byte of data of no bytes",
       PATCH(WSAIoctl, plant_at_least_one_byte));

static BOOL PASCAL wildcard_is_unbound(CONNECT_PARAMETERS)
{
    struct sockaddr_in own = {0};
    int own_size = sizeof(own);
    return real(getsockname)(s, (struct sockaddr *)&own, &own_size) == 0 && own.sin_port &&
                   own.sin_addr.s_addr == htonl(INADDR_ANY)
               ? failed(WSAEINVAL)
               : CONNECT;
}
EXCHANGES(plant_wildcard_is_unbound, WSAID_CONNECTEX, wildcard_is_unbound, real_connect_ex)
MUTANT(connect_ex_of_the_wildcard_is_unbound,
       "ConnectEx takes a socket bound to the wildcard for unbound",
       PATCH(WSAIoctl, plant_wildcard_is_unbound));

static BOOL WINAPI packet_of_nothing(HANDLE port, LPDWORD count, PULONG_PTR key,
                                     LPOVERLAPPED *overlapped, DWORD time)
{
    BOOL got = real(GetQueuedCompletionStatus)(port, count, key, overlapped, time);
    if (got && connecting.overlapped && *overlapped == connecting.overlapped)
        *count = 0;
    return got;
}
MUTANT(connect_ex_packet_counts_nothing, "The packet of ConnectEx has no count of bytes",
       PATCH(WSAIoctl, plant_noted), PATCH(GetQueuedCompletionStatus, packet_of_nothing));

static BOOL WINAPI no_packet_of_refusal(HANDLE port, LPDWORD count, PULONG_PTR key,
                                        LPOVERLAPPED *overlapped, DWORD time)
{
    BOOL got = real(GetQueuedCompletionStatus)(port, count, key, overlapped, time);
    if (got || !*overlapped || *overlapped != connecting.overlapped)
        return got;
    *overlapped = NULL;
    return failed(WAIT_TIMEOUT);
}
MUTANT(connect_ex_refusal_has_no_packet, "A refused ConnectEx queues no packet",
       PATCH(WSAIoctl, plant_noted), PATCH(GetQueuedCompletionStatus, no_packet_of_refusal));

static int WINAPI peer_is_forgotten(SOCKET s, struct sockaddr *name, int *length)
{
    return s == connecting.s ? socket_fails(WSAENOTCONN) : real(getpeername)(s, name, length);
}
MUTANT(connect_ex_update_forgets_the_peer, "A socket that ConnectEx connected has no peer's name",
       PATCH(WSAIoctl, plant_noted), PATCH(getpeername, peer_is_forgotten));
