/* Wrong behaviours, for the tests of disconnect.c: WSASendDisconnect, and data that wait at
 * shutdown of receiving. */
#include "stream-mutants.h"

#define SENDING real.WSASendDisconnect(s, data)

#define RENAMED(name, condition, error, instead)                             \
    static int WINAPI name(SOCKET s, LPWSABUF data)                          \
    {                                                                        \
        int result = SENDING;                                                \
        return condition ? failure_renamed(result, error, instead) : result; \
    }

RENAMED(no_sender, true, WSAENOTSOCK, WSA_INVALID_HANDLE)
MUTANT(senddisc_strangers_are_invalid_handles,
       "WSASendDisconnect says WSA_INVALID_HANDLE of what is no socket",
       PATCH(WSASendDisconnect, no_sender));

static bool is_bound(SOCKET s)
{
    struct sockaddr_storage name;
    int length = sizeof(name);
    DWORD error = GetLastError();
    bool bound = real.getsockname(s, (struct sockaddr *)&name, &length) == 0;
    SetLastError(error);
    return bound;
}

RENAMED(unbound_sender, !is_bound(s), WSAENOTCONN, WSAEINVAL)
MUTANT(senddisc_unbound_is_invalid, "WSASendDisconnect says WSAEINVAL of an unbound socket",
       PATCH(WSASendDisconnect, unbound_sender));

RENAMED(listening_sender, is_listening(s), WSAENOTCONN, WSAEINVAL)
MUTANT(senddisc_listening_is_invalid, "WSASendDisconnect says WSAEINVAL of a listening socket",
       PATCH(WSASendDisconnect, listening_sender));

RENAMED(early_sender, true, WSANOTINITIALISED, WSAENOTSOCK)
MUTANT(senddisc_needs_no_startup, "WSASendDisconnect looks at its socket before WSAStartup",
       PATCH(WSASendDisconnect, early_sender));

/* A socket that is no longer the connection it was, for those who ask for its peer. */
static SOCKET ended = INVALID_SOCKET;

static int WINAPI has_no_peer(SOCKET s, struct sockaddr *name, int *length)
{
    return s == ended ? socket_fails(WSAENOTCONN) : real.getpeername(s, name, length);
}

static int WINAPI ends_sending(SOCKET s, LPWSABUF data)
{
    ended = s;
    return SENDING;
}
MUTANT(senddisc_gives_up_the_peer, "WSASendDisconnect makes the socket forget its peer",
       PATCH(WSASendDisconnect, ends_sending), PATCH(getpeername, has_no_peer));

/* The last socket that was given to a port. */
static struct {
    SOCKET s;
    HANDLE port;
    ULONG_PTR key;
} associated;

static HANDLE WINAPI notes_port(HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads)
{
    HANDLE result = real.CreateIoCompletionPort(file, port, key, threads);
    if (result && file != INVALID_HANDLE_VALUE) {
        associated.s = (SOCKET)file;
        associated.port = result;
        associated.key = key;
    }
    return result;
}

static int tells_port(SOCKET s, int result)
{
    if (result == 0 && s == associated.s)
        real.PostQueuedCompletionStatus(associated.port, 0, associated.key, NULL);
    return result;
}

static int WINAPI sending_tells(SOCKET s, LPWSABUF data)
{
    return tells_port(s, SENDING);
}
MUTANT(senddisc_queues_a_packet, "WSASendDisconnect queues a packet to the port of its socket",
       PATCH(CreateIoCompletionPort, notes_port), PATCH(WSASendDisconnect, sending_tells));

static void linger(SOCKET s)
{
    LINGER value = {0, 0};
    int size = sizeof(value);
    real.getsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&value, &size);
    if (value.l_onoff)
        real.SleepEx(value.l_linger > 6 ? 6000 : value.l_linger * 1000, FALSE);
}

static int WINAPI sending_lingers(SOCKET s, LPWSABUF data)
{
    linger(s);
    return SENDING;
}
MUTANT(senddisc_lingers, "WSASendDisconnect waits as long as SO_LINGER says",
       PATCH(WSASendDisconnect, sending_lingers));

/* ---- Sending ---- */

static SOCKET full = INVALID_SOCKET;

static int WINAPI notes_full(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real.send(s, bytes, size, flags);
    if (sent == SOCKET_ERROR && GetLastError() == WSAEWOULDBLOCK)
        full = s;
    return sent;
}

static int WINAPI drops_the_rest(SOCKET s, LPWSABUF data)
{
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    if (s != full)
        return SENDING;
    real.setsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard));
    return real.closesocket(s);
}
MUTANT(senddisc_drops_the_unsent, "WSASendDisconnect drops what is not sent yet",
       PATCH(send, notes_full), PATCH(WSASendDisconnect, drops_the_rest));

static int WINAPI sends_aborted(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real.send(s, bytes, size, flags);
    return s == ended ? failure_renamed(sent, WSAESHUTDOWN, WSAECONNABORTED) : sent;
}

static int WINAPI wsa_sends_aborted(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    return s == ended ? failure_renamed(result, WSAESHUTDOWN, WSAECONNABORTED) : result;
}
MUTANT(senddisc_aborts_later_sends, "Sends after WSASendDisconnect fail with WSAECONNABORTED",
       PATCH(WSASendDisconnect, ends_sending), PATCH(send, sends_aborted),
       PATCH(WSASend, wsa_sends_aborted));

static int WINAPI takes_data(SOCKET s, LPWSABUF data)
{
    return data ? real.WSASendDisconnect(s, NULL) : SENDING;
}
MUTANT(senddisc_takes_data, "WSASendDisconnect with data succeeds and sends none",
       PATCH(WSASendDisconnect, takes_data));

/* ---- Receiving ---- */

static int WINAPI receiving_is_ended_quietly(SOCKET s, int how)
{
    return how == SD_RECEIVE && has_peer(s) && bytes_waiting(s) ? 0 : real.shutdown(s, how);
}
MUTANT(shutdown_keeps_the_unread, "shutdown of receiving leaves what is unread without a reset",
       PATCH(shutdown, receiving_is_ended_quietly));
