/* Wrong behaviours of connections: accept, urgent data, what is pending, what is recycled. */
#include "winsock_extension.h"

static SOCKET WINAPI accept_renames(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real.accept(s, name, length);
    if (accepted == INVALID_SOCKET && GetLastError() == WSAEINVAL && has_peer(s))
        SetLastError(WSAEOPNOTSUPP);
    return accepted;
}
MUTANT(accept_of_accepted_is_not_supported, "accept of an accepted socket fails with WSAEOPNOTSUPP",
       PATCH(accept, accept_renames));

static SOCKET WINAPI accept_datagrams(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real.accept(s, name, length);
    if (accepted == INVALID_SOCKET && GetLastError() == WSAEOPNOTSUPP)
        SetLastError(WSAEINVAL);
    return accepted;
}
MUTANT(accept_of_datagrams_is_invalid, "accept of a datagram socket fails with WSAEINVAL",
       PATCH(accept, accept_datagrams));

static SOCKET WINAPI accept_wants_length(SOCKET s, struct sockaddr *name, int *length)
{
    if (name && !length) {
        SetLastError(WSAEFAULT);
        return INVALID_SOCKET;
    }
    return real.accept(s, name, length);
}
MUTANT(accept_wants_the_length, "accept fails with a name and no length for it",
       PATCH(accept, accept_wants_length));

static int WINAPI shutdown_cancels(SOCKET s, int how)
{
    int result = real.shutdown(s, how);
    DWORD error = GetLastError();
    if (how == SD_RECEIVE)
        real.CancelIoEx((HANDLE)s, NULL);
    SetLastError(error);
    return result;
}
MUTANT(shutdown_cancels_receives, "shutdown of the receiving side cancels what is pending",
       PATCH(shutdown, shutdown_cancels));

static int WINAPI no_push(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD flags,
                          LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    if (flags && *flags & 0x20)
        return socket_fails(WSAEOPNOTSUPP);
    return real.WSARecv(s, buffers, count, got, flags, overlapped, routine);
}
MUTANT(wsarecv_knows_no_push, "WSARecv fails for MSG_PUSH_IMMEDIATE", PATCH(WSARecv, no_push));

static BOOL WINAPI end_is_deleted(HANDLE file, LPOVERLAPPED overlapped, LPDWORD count, BOOL wait)
{
    BOOL done = real.GetOverlappedResult(file, overlapped, count, wait);
    if (done && *count == 0 && is_stream((SOCKET)file)) {
        SetLastError(ERROR_NETNAME_DELETED);
        return FALSE;
    }
    return done;
}
MUTANT(end_of_stream_is_a_deleted_name, "ReadFile at the end of a stream fails",
       PATCH(GetOverlappedResult, end_is_deleted));

static int WINAPI two_urgent_bytes(SOCKET s, char *bytes, int size, int flags)
{
    int got = real.recv(s, bytes, size, flags);
    if (got == 1 && size > 1 && flags == MSG_OOB)
        got += real.recv(s, bytes + 1, 1, 0);
    return got;
}
MUTANT(recv_takes_two_urgent_bytes, "recv with MSG_OOB returns more than the urgent byte",
       PATCH(recv, two_urgent_bytes));

/* ---- Extensions */

static SOCKET recycled = INVALID_SOCKET;
static LPFN_DISCONNECTEX real_disconnect;
static LPFN_TRANSMITFILE real_transmit;

static BOOL PASCAL disconnect_noted(SOCKET s, LPOVERLAPPED overlapped, DWORD flags, DWORD reserved)
{
    if (flags & TF_REUSE_SOCKET)
        recycled = s;
    return real_disconnect(s, overlapped, flags, reserved);
}

EXCHANGES(gives_disconnect, WSAID_DISCONNECTEX, disconnect_noted, real_disconnect)
static int WINAPI still_has_peer(SOCKET s, struct sockaddr *name, int *length)
{
    return s == recycled ? real.getsockname(s, name, length) : real.getpeername(s, name, length);
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
    if (real.getsockopt((SOCKET)handle, SOL_SOCKET, SO_TYPE, (char *)&type, &size) == 0)
        return real.SetHandleInformation(handle, mask & ~(DWORD)HANDLE_FLAG_PROTECT_FROM_CLOSE,
                                         flags & ~(DWORD)HANDLE_FLAG_PROTECT_FROM_CLOSE);
    return real.SetHandleInformation(handle, mask, flags);
}
MUTANT(sockets_are_not_protected, "HANDLE_FLAG_PROTECT_FROM_CLOSE does not protect a socket",
       PATCH(SetHandleInformation, unprotected));

static BOOL WINAPI needs_event(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                               LPDWORD flags)
{
    BOOL done = real.WSAGetOverlappedResult(s, overlapped, count, wait, flags);
    if (done && !overlapped->hEvent && is_stream(s)) {
        SetLastError(WSA_IO_INCOMPLETE);
        return FALSE;
    }
    return done;
}
MUTANT(result_needs_an_event, "An operation without an event is never done",
       PATCH(WSAGetOverlappedResult, needs_event));

static int WINAPI never_pends(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD flags,
                              LPWSAOVERLAPPED overlapped,
                              LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    if (overlapped && !overlapped->hEvent && !routine && is_datagram(s))
        return socket_fails(WSAEINVAL);
    return real.WSARecv(s, buffers, count, got, flags, overlapped, routine);
}
MUTANT(sockets_are_not_overlapped, "A socket of socket() takes no overlapped WSARecv",
       PATCH(WSARecv, never_pends));

static BOOL PASCAL no_worker(SOCKET s, HANDLE file, DWORD count, DWORD each,
                             LPOVERLAPPED overlapped, LPTRANSMIT_FILE_BUFFERS around, DWORD flags)
{
    if (flags & (TF_USE_SYSTEM_THREAD | TF_USE_KERNEL_APC) || overlapped || around || count)
        return real_transmit(s, file, count, each, overlapped, around,
                             flags & ~(DWORD)(TF_USE_SYSTEM_THREAD));
    return real_transmit(s, file, 5, each, overlapped, around, flags);
}

EXCHANGES(gives_transmit, WSAID_TRANSMITFILE, no_worker, real_transmit)
MUTANT(transmit_file_by_default_sends_half,
       "TransmitFile sends half of a file with no other worker", PATCH(WSAIoctl, gives_transmit));

static int WINAPI update_forgets(SOCKET s, int level, int option, const char *value, int size)
{
    int result = real.setsockopt(s, level, option, value, size);
    BOOL off = FALSE;
    if (result == 0 && level == SOL_SOCKET && option == SO_UPDATE_ACCEPT_CONTEXT)
        real.setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, (char *)&off, sizeof(off));
    return result;
}
MUTANT(update_brings_no_properties,
       "SO_UPDATE_ACCEPT_CONTEXT does not bring the properties of the listener",
       PATCH(setsockopt, update_forgets));

/* ---- WSAConnectByName */

#define BY_NAME_PARAMETERS                                                       \
    SOCKET s, LPWSTR node, LPWSTR service, LPDWORD local_size, LPSOCKADDR local, \
        LPDWORD remote_size, LPSOCKADDR remote, const PTIMEVAL time, LPWSAOVERLAPPED reserved
#define BY_NAME \
    real.WSAConnectByNameW(s, node, service, local_size, local, remote_size, remote, time, reserved)

static BOOL WINAPI by_name_remote(BY_NAME_PARAMETERS)
{
    BOOL done = BY_NAME;
    if (done && remote)
        ((struct sockaddr_in *)remote)->sin_port = 0;
    return done;
}
MUTANT(connect_by_name_tells_no_peer, "WSAConnectByName tells no port of the peer",
       PATCH(WSAConnectByNameW, by_name_remote));

static BOOL WINAPI by_name_local(BY_NAME_PARAMETERS)
{
    BOOL done = BY_NAME;
    if (done && local)
        ((struct sockaddr_in *)local)->sin_addr.s_addr = 0;
    return done;
}
MUTANT(connect_by_name_tells_the_wildcard, "WSAConnectByName tells 0.0.0.0 as its own address",
       PATCH(WSAConnectByNameW, by_name_local));

static SOCKET nonblocking = INVALID_SOCKET;

static int WINAPI notes_mode(SOCKET s, long command, u_long *value)
{
    if (command == (long)FIONBIO && *value)
        nonblocking = s;
    return real.ioctlsocket(s, command, value);
}

static BOOL WINAPI by_name_would_block(BY_NAME_PARAMETERS)
{
    BOOL done = BY_NAME;
    if (s == nonblocking && done) {
        SetLastError(WSAEWOULDBLOCK);
        return FALSE;
    }
    return done;
}
MUTANT(connect_by_name_would_block, "WSAConnectByName on a nonblocking socket does not wait",
       PATCH(WSAConnectByNameW, by_name_would_block), PATCH(ioctlsocket, notes_mode));

static BOOL WINAPI by_name_fault(BY_NAME_PARAMETERS)
{
    BOOL done = BY_NAME;
    if (!done && GetLastError() == WSAEINVAL && !reserved)
        SetLastError(WSAEFAULT);
    return done;
}
MUTANT(connect_by_no_name_is_a_fault, "WSAConnectByName without a name fails with WSAEFAULT",
       PATCH(WSAConnectByNameW, by_name_fault));

static BOOL WINAPI by_name_reserved(BY_NAME_PARAMETERS)
{
    reserved = NULL;
    return BY_NAME;
}
MUTANT(connect_by_name_ignores_reserved, "WSAConnectByName ignores its reserved argument",
       PATCH(WSAConnectByNameW, by_name_reserved));

/* ---- Datagrams */

static SOCKET without_peer = INVALID_SOCKET;

static int WINAPI notes_dissolving(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real.connect(s, name, length);
    if (result == 0 && !((const struct sockaddr_in *)name)->sin_port && is_datagram(s))
        without_peer = s;
    return result;
}

static int WINAPI no_more_sendto(SOCKET s, const char *bytes, int size, int flags,
                                 const struct sockaddr *to, int length)
{
    return s == without_peer ? socket_fails(WSAENOTCONN)
                             : real.sendto(s, bytes, size, flags, to, length);
}

static int WINAPI no_more_recvfrom(SOCKET s, char *bytes, int size, int flags,
                                   struct sockaddr *from, int *length)
{
    return s == without_peer ? socket_fails(WSAENOTCONN)
                             : real.recvfrom(s, bytes, size, flags, from, length);
}
MUTANT(socket_without_peer_is_unusable, "A datagram socket that lost its peer is of no more use",
       PATCH(connect, notes_dissolving), PATCH(sendto, no_more_sendto),
       PATCH(recvfrom, no_more_recvfrom));

static int WINAPI waits_deaf(SOCKET s, char *bytes, int size, int flags, struct sockaddr *from,
                             int *length)
{
    for (int i = 0; size == 8 && !flags && is_datagram(s) && !bytes_waiting(s) && i < 20000; i++)
        real.SleepEx(1, FALSE);
    return real.recvfrom(s, bytes, size, flags, from, length);
}
MUTANT(recvfrom_runs_no_procedure_calls, "No procedure call runs while recvfrom waits",
       PATCH(recvfrom, waits_deaf));

#define RECVFROM_PARAMETERS                                                                     \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD flags, struct sockaddr *from, \
        LPINT length, LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define RECVFROM real.WSARecvFrom(s, buffers, count, got, flags, from, length, overlapped, routine)

static int WINAPI counts_early(RECVFROM_PARAMETERS)
{
    int result = RECVFROM;
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING && got)
        *got = 0;
    return result;
}
MUTANT(wsarecvfrom_counts_while_pending, "WSARecvFrom that is pending stores a count",
       PATCH(WSARecvFrom, counts_early));

static int WINAPI flags_early(RECVFROM_PARAMETERS)
{
    int result = RECVFROM;
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING && got)
        *flags = MSG_PARTIAL;
    return result;
}
MUTANT(wsarecvfrom_stores_flags_while_pending, "WSARecvFrom that is pending stores flags",
       PATCH(WSARecvFrom, flags_early));

static int WINAPI nests(RECVFROM_PARAMETERS)
{
    static LPWSAOVERLAPPED last;
    int result = RECVFROM;
    DWORD error = GetLastError();
    if (routine && overlapped == last)
        real.SleepEx(0, TRUE);
    last = routine ? overlapped : NULL;
    SetLastError(error);
    return result;
}
MUTANT(completion_routines_nest, "A completion routine runs inside another",
       PATCH(WSARecvFrom, nests));

static int WINAPI loses_third(RECVFROM_PARAMETERS)
{
    static LPWSAOVERLAPPED first, second;
    if (routine && first && second && overlapped != second && overlapped != first)
        routine = NULL;
    if (routine && !first)
        first = overlapped;
    else if (routine && !second && overlapped != first)
        second = overlapped;
    return RECVFROM;
}
MUTANT(third_routine_is_lost, "Two completion routines run in one wait at most",
       PATCH(WSARecvFrom, loses_third));
