/* Wrong behaviours, for the tests of receive.c: what recv returns from a stream. */
#include "stream-mutants.h"

static int WINAPI byte_by_byte(SOCKET s, char *buffer, int size, int flags)
{
    return real(recv)(s, buffer, size > 1 && !(flags & MSG_PEEK) ? 1 : size, flags);
}
MUTANT(recv_returns_one_byte, "recv returns one byte although more have come",
       PATCH(recv, byte_by_byte));

static int WINAPI peek_consumes(SOCKET s, char *buffer, int size, int flags)
{
    return real(recv)(s, buffer, size, flags & ~MSG_PEEK);
}
MUTANT(recv_peek_consumes, "recv with MSG_PEEK removes what it returns",
       PATCH(recv, peek_consumes));

static int WINAPI unconnected_is_end(SOCKET s, char *buffer, int size, int flags)
{
    return failure_hidden(real(recv)(s, buffer, size, flags), WSAENOTCONN, 0);
}
MUTANT(recv_unconnected_is_end, "recv on an unconnected stream socket returns 0",
       PATCH(recv, unconnected_is_end));

static int WINAPI keeps_connection(SOCKET s)
{
    return is_stream(s) && has_peer(s) ? 0 : real(closesocket)(s);
}
MUTANT(closesocket_keeps_connection, "closesocket does not end the connection",
       PATCH(closesocket, keeps_connection));

static int WINAPI shutdown_cancels(SOCKET s, int how)
{
    int result = real(shutdown)(s, how);
    DWORD error = GetLastError();
    if (how == SD_RECEIVE)
        real(CancelIoEx)((HANDLE)s, NULL);
    SetLastError(error);
    return result;
}
MUTANT(shutdown_cancels_receives, "shutdown of the receiving side cancels what is pending",
       PATCH(shutdown, shutdown_cancels));

static int WINAPI no_push(WSARECV_PARAMETERS)
{
    if (flags && *flags & 0x20)
        return socket_fails(WSAEOPNOTSUPP);
    return WSARECV;
}

MUTANT(wsarecv_knows_no_push, "WSARecv fails for MSG_PUSH_IMMEDIATE", PATCH(WSARecv, no_push));

static BOOL WINAPI end_is_deleted(HANDLE file, LPOVERLAPPED overlapped, LPDWORD count, BOOL wait)
{
    BOOL done = real(GetOverlappedResult)(file, overlapped, count, wait);
    if (done && *count == 0 && is_stream((SOCKET)file)) {
        SetLastError(ERROR_NETNAME_DELETED);
        return FALSE;
    }
    return done;
}
MUTANT(end_of_stream_is_a_deleted_name, "ReadFile at the end of a stream fails",
       PATCH(GetOverlappedResult, end_is_deleted));

static int WINAPI recv_fault(RECV_PARAMETERS)
{
    return failure_renamed(RECV, WSAEFAULT, WSAEINVAL);
}
MUTANT(recv_without_a_buffer_is_invalid, "recv without a buffer fails with WSAEINVAL",
       PATCH(recv, recv_fault));

static bool is_readable(SOCKET s)
{
    fd_set read = {.fd_count = 1, .fd_array = {s}};
    return real(select)(0, &read, NULL, NULL, &(struct timeval){0, 0}) == 1;
}

/* Only where the wait has an end of its own: that of the socket's time-out. */
static int WINAPI not_alertable(RECV_PARAMETERS)
{
    DWORD limit = (DWORD)socket_option(s, SO_RCVTIMEO);
    ULONGLONG end = GetTickCount64() + limit;
    if (!limit || flags || !is_stream(s) || !has_peer(s))
        return RECV;
    while (!is_readable(s)) {
        if (GetTickCount64() >= end)
            return socket_fails(WSAETIMEDOUT);
        real(WaitForSingleObject)(GetCurrentProcess(), 1);
    }
    return RECV;
}
MUTANT(recv_is_not_alertable, "recv waits without running the thread's APCs",
       PATCH(recv, not_alertable));

static int WINAPI wants_two(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    return result == 0 && !overlapped && *got == 1 && buffers->len == 100
               ? socket_fails(WSAEWOULDBLOCK)
               : result;
}

MUTANT(wsarecv_wants_two_bytes, "WSARecv does not return with one byte", PATCH(WSARecv, wants_two));

static int WINAPI wsarecv_renames(WSARECV_PARAMETERS)
{
    return failure_renamed(failure_renamed(WSARECV, WSAENOTCONN, WSAEINVAL), WSAESHUTDOWN,
                           WSAENOTCONN);
}
MUTANT(wsarecv_names_its_errors_otherwise,
       "WSARecv fails with WSAEINVAL for WSAENOTCONN, and with that for WSAESHUTDOWN",
       PATCH(WSARecv, wsarecv_renames));
