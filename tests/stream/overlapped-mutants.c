/* Wrong behaviours, for the tests of overlapped.c: an overlapped WSARecv from its start to
 * WSAGetOverlappedResult. */
#include "stream-mutants.h"

static int WINAPI pending_is_success(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    return got && !routine ? failure_hidden(result, WSA_IO_PENDING, 0) : result;
}
MUTANT(wsarecv_pending_is_success,
       "WSARecv returns 0 when the receive is pending and it was given room for a count",
       PATCH(WSARecv, pending_is_success));

static int WINAPI pending_counts(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING && got)
        *got = 0;
    return result;
}
MUTANT(wsarecv_pending_stores_count, "WSARecv stores a count although the receive is pending",
       PATCH(WSARecv, pending_counts));

static int WINAPI leaves_event_set(WSARECV_PARAMETERS)
{
    bool was_set = overlapped && overlapped->hEvent &&
                   real(WaitForSingleObject)(overlapped->hEvent, 0) == WAIT_OBJECT_0;
    int result = WSARECV;
    if (was_set) {
        DWORD error = GetLastError();
        real(SetEvent)(overlapped->hEvent);
        SetLastError(error);
    }
    return result;
}
MUTANT(wsarecv_leaves_event_set, "WSARecv does not reset the event when the receive is pending",
       PATCH(WSARecv, leaves_event_set));

static SOCKET nonblocking = INVALID_SOCKET;

static int WINAPI notes_nonblocking(SOCKET s, long command, u_long *argument)
{
    if (command == (long)FIONBIO && *argument)
        nonblocking = s;
    return real(ioctlsocket)(s, command, argument);
}

static int WINAPI nonblocking_refuses(WSARECV_PARAMETERS)
{
    return s == nonblocking && !bytes_waiting(s) ? socket_fails(WSAEWOULDBLOCK) : WSARECV;
}
MUTANT(wsarecv_nonblocking_would_block,
       "an overlapped WSARecv on a nonblocking socket says WSAEWOULDBLOCK",
       PATCH(WSARecv, nonblocking_refuses), PATCH(ioctlsocket, notes_nonblocking));

static int WINAPI immediate_leaves_count(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    if (result == 0 && got && count > 1 && *got > buffers[0].len)
        *got = buffers[0].len;
    return result;
}
MUTANT(wsarecv_immediate_counts_one_buffer,
       "WSARecv counts only what came into the first buffer, when it receives at once",
       PATCH(WSARecv, immediate_leaves_count));

static int WINAPI last_buffer_first(WSARECV_PARAMETERS)
{
    if (count != 2)
        return WSARECV;
    WSABUF swapped[] = {buffers[1], buffers[0]};
    return real(WSARecv)(s, swapped, 2, got, flags, overlapped, routine);
}
MUTANT(wsarecv_fills_last_buffer_first, "WSARecv fills the last buffer first",
       PATCH(WSARecv, last_buffer_first));

static BOOL WINAPI incomplete_is_success(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count,
                                         BOOL wait, LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    return done || GetLastError() == WSA_IO_INCOMPLETE;
}
MUTANT(overlapped_result_incomplete_is_success,
       "WSAGetOverlappedResult returns TRUE for a pending receive",
       PATCH(WSAGetOverlappedResult, incomplete_is_success));

static BOOL WINAPI end_fails(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                             LPDWORD flags)
{
    DWORD before = *count;
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    if (done && !*count && before == 4711) { /* not AcceptEx or ConnectEx, which count 0 too */
        SetLastError(WSAEDISCON);
        done = FALSE;
    }
    return done;
}
MUTANT(overlapped_result_end_is_an_error, "an overlapped receive fails at the end of a stream",
       PATCH(WSAGetOverlappedResult, end_fails));

static BOOL WINAPI reset_is_netname_deleted(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count,
                                            BOOL wait, LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    if (!done && GetLastError() == WSAECONNRESET)
        SetLastError(ERROR_NETNAME_DELETED);
    return done;
}
MUTANT(overlapped_result_reset_is_netname_deleted,
       "WSAGetOverlappedResult says ERROR_NETNAME_DELETED for a reset connection",
       PATCH(WSAGetOverlappedResult, reset_is_netname_deleted));
