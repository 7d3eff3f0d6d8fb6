/* Wrong behaviours, for the tests of close.c: what protects a socket from closing, what needs no
 * notification, and what is used again. */
#include "stream-mutants.h"

static SOCKET recycled = INVALID_SOCKET;
static LPFN_DISCONNECTEX real_disconnect;

static BOOL PASCAL disconnect_noted(SOCKET s, LPOVERLAPPED overlapped, DWORD flags, DWORD reserved)
{
    if (flags & TF_REUSE_SOCKET)
        recycled = s;
    return real_disconnect(s, overlapped, flags, reserved);
}

EXCHANGES(gives_disconnect, WSAID_DISCONNECTEX, disconnect_noted, real_disconnect)

static int WINAPI still_has_peer(SOCKET s, struct sockaddr *name, int *length)
{
    return s == recycled ? real(getsockname)(s, name, length) : real(getpeername)(s, name, length);
}
MUTANT(recycled_sockets_have_a_peer, "getpeername succeeds for a socket that DisconnectEx recycled",
       PATCH(WSAIoctl, gives_disconnect), PATCH(getpeername, still_has_peer));

static BOOL PASCAL disconnect_for_good(SOCKET s, LPOVERLAPPED overlapped, DWORD flags,
                                       DWORD reserved)
{
    if (flags & TF_REUSE_SOCKET) {
        SetLastError(WSAEINVAL);
        return FALSE;
    }
    return real_disconnect(s, overlapped, flags, reserved);
}

EXCHANGES(gives_disconnect_for_good, WSAID_DISCONNECTEX, disconnect_for_good, real_disconnect)

MUTANT(disconnect_ex_recycles_nothing, "DisconnectEx with TF_REUSE_SOCKET fails",
       PATCH(WSAIoctl, gives_disconnect_for_good));

static BOOL WINAPI unprotected(HANDLE handle, DWORD mask, DWORD flags)
{
    int type, size = sizeof(type);
    if (real(getsockopt)((SOCKET)handle, SOL_SOCKET, SO_TYPE, (char *)&type, &size) == 0)
        return real(SetHandleInformation)(handle, mask & ~(DWORD)HANDLE_FLAG_PROTECT_FROM_CLOSE,
                                          flags & ~(DWORD)HANDLE_FLAG_PROTECT_FROM_CLOSE);
    return real(SetHandleInformation)(handle, mask, flags);
}
MUTANT(sockets_are_not_protected, "HANDLE_FLAG_PROTECT_FROM_CLOSE does not protect a socket",
       PATCH(SetHandleInformation, unprotected));

static BOOL WINAPI needs_event(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                               LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    if (done && !overlapped->hEvent && is_stream(s)) {
        SetLastError(WSA_IO_INCOMPLETE);
        return FALSE;
    }
    return done;
}
MUTANT(result_needs_an_event, "An operation without an event is never done",
       PATCH(WSAGetOverlappedResult, needs_event));

static int WINAPI never_pends(WSARECV_PARAMETERS)
{
    if (overlapped && !overlapped->hEvent && !routine && is_datagram(s))
        return socket_fails(WSAEINVAL);
    return WSARECV;
}
MUTANT(sockets_are_not_overlapped, "A socket of socket() takes no overlapped WSARecv",
       PATCH(WSARecv, never_pends));
