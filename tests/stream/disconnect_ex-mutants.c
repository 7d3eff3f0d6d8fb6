/* Wrong behaviours: DisconnectEx, what it leaves, and how it tells that it is done. */
#include "stream-mutants.h"

#define DISCONNECT_PARAMETERS SOCKET s, LPOVERLAPPED overlapped, DWORD flags, DWORD reserved
#define DISCONNECT real_disconnect(s, overlapped, flags, reserved)

static LPFN_DISCONNECTEX real_disconnect;
static SOCKET disconnected = INVALID_SOCKET;
static OVERLAPPED *disconnecting;

static BOOL PASCAL no_socket(DISCONNECT_PARAMETERS)
{
    BOOL done = DISCONNECT;
    return renamed(done, WSAENOTSOCK, WSAENOTCONN);
}
EXCHANGES(plant_unconnected, WSAID_DISCONNECTEX, no_socket, real_disconnect)
MUTANT(disconnect_ex_without_socket_is_unconnected,
       "DisconnectEx fails with WSAENOTCONN for what is no socket",
       PATCH(WSAIoctl, plant_unconnected));

static BOOL PASCAL listener_is_invalid(DISCONNECT_PARAMETERS)
{
    return is_listening(s) ? failed(WSAEINVAL) : DISCONNECT;
}
EXCHANGES(plant_listener, WSAID_DISCONNECTEX, listener_is_invalid, real_disconnect)
MUTANT(disconnect_ex_of_a_listener_is_invalid,
       "DisconnectEx on a listening socket fails with WSAEINVAL", PATCH(WSAIoctl, plant_listener));

static BOOL PASCAL noted(DISCONNECT_PARAMETERS)
{
    disconnecting = overlapped;
    BOOL done = DISCONNECT;
    if (done)
        disconnected = s;
    return done;
}
EXCHANGES(plant_noted, WSAID_DISCONNECTEX, noted, real_disconnect)

static BOOL WINAPI counts_a_byte(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                                 LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    if (done && overlapped == disconnecting)
        *count = 1;
    return done;
}
MUTANT(disconnect_ex_counts_a_byte, "The result of DisconnectEx counts one byte",
       PATCH(WSAIoctl, plant_noted), PATCH(WSAGetOverlappedResult, counts_a_byte));

static BOOL WINAPI packet_without_key(HANDLE port, LPDWORD count, PULONG_PTR key,
                                      LPOVERLAPPED *overlapped, DWORD time)
{
    BOOL got = real(GetQueuedCompletionStatus)(port, count, key, overlapped, time);
    if (got && disconnecting && *overlapped == disconnecting)
        *key = 0;
    return got;
}
MUTANT(disconnect_ex_packet_has_no_key, "The packet of DisconnectEx has no key",
       PATCH(WSAIoctl, plant_noted), PATCH(GetQueuedCompletionStatus, packet_without_key));

static int WINAPI sends_on(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real(send)(s, bytes, size, flags);
    return s == disconnected ? failure_hidden(sent, WSAESHUTDOWN, size) : sent;
}
MUTANT(disconnect_ex_leaves_sending, "send succeeds after DisconnectEx",
       PATCH(WSAIoctl, plant_noted), PATCH(send, sends_on));

/* The last bytes that were given to send are kept back until it is known whether DisconnectEx
 * comes. */
static struct {
    SOCKET s;
    char bytes[64];
    int size;
} held = {INVALID_SOCKET, "", 0};

static void let_go(void)
{
    if (held.size)
        real(send)(held.s, held.bytes, held.size, 0);
    held.size = 0;
}

static int WINAPI send_held(SOCKET s, const char *bytes, int size, int flags)
{
    let_go();
    if (!is_stream(s) || size <= 0 || size > (int)sizeof(held.bytes) || flags)
        return real(send)(s, bytes, size, flags);
    held.s = s;
    held.size = size;
    memcpy(held.bytes, bytes, (size_t)size);
    return size;
}

static int WINAPI recv_after_held(SOCKET s, char *bytes, int size, int flags)
{
    let_go();
    return real(recv)(s, bytes, size, flags);
}

static BOOL PASCAL drops_held(DISCONNECT_PARAMETERS)
{
    held.size = 0;
    return DISCONNECT;
}
EXCHANGES(plant_drops_held, WSAID_DISCONNECTEX, drops_held, real_disconnect)
MUTANT(disconnect_ex_drops_what_is_sent, "DisconnectEx drops what was sent before it",
       PATCH(WSAIoctl, plant_drops_held), PATCH(send, send_held), PATCH(recv, recv_after_held));

static int WINAPI receives_nothing(SOCKET s, char *bytes, int size, int flags)
{
    return s == disconnected ? socket_fails(WSAESHUTDOWN) : real(recv)(s, bytes, size, flags);
}
MUTANT(disconnect_ex_ends_receiving, "recv fails after DisconnectEx", PATCH(WSAIoctl, plant_noted),
       PATCH(recv, receives_nothing));

static int WINAPI connects_again(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    return s == disconnected ? failure_hidden(result, WSAEISCONN, 0) : result;
}
MUTANT(disconnect_ex_always_recycles, "A disconnected socket can be connected without reuse",
       PATCH(WSAIoctl, plant_noted), PATCH(connect, connects_again));

static LPFN_CONNECTEX real_connect_ex;

static BOOL PASCAL connects_nothing_recycled(SOCKET s, const struct sockaddr *name, int length,
                                             PVOID buffer, DWORD size, LPDWORD sent,
                                             LPOVERLAPPED overlapped)
{
    return s == disconnected ? failed(WSAEISCONN)
                             : real_connect_ex(s, name, length, buffer, size, sent, overlapped);
}
static int WINAPI plant_both(IOCTL_PARAMETERS)
{
    int result =
        exchange(IOCTL, code, in, out, (GUID)WSAID_DISCONNECTEX, (void *)noted, &real_disconnect);
    return exchange(result, code, in, out, (GUID)WSAID_CONNECTEX, (void *)connects_nothing_recycled,
                    &real_connect_ex);
}
MUTANT(disconnect_ex_recycles_for_accept_ex_only,
       "ConnectEx fails on a socket that DisconnectEx recycled", PATCH(WSAIoctl, plant_both));
