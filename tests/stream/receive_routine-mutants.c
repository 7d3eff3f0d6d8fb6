/* Wrong behaviours, for the tests of receive_routine.c: WSARecv. */
#include "stream-mutants.h"

static bool is_pending(int result)
{
    return result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING;
}

static LPWSAOVERLAPPED_COMPLETION_ROUTINE wrapped;

static void CALLBACK tells_no_count(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped,
                                    DWORD flags)
{
    wrapped(error, error ? count : 0, overlapped, flags);
}

static int WINAPI routine_without_count(WSARECV_PARAMETERS)
{
    if (routine && is_stream(s)) {
        wrapped = routine;
        routine = tells_no_count;
    }
    return WSARECV;
}
MUTANT(recv_routine_is_told_no_count, "The routine of WSARecv is told 0 bytes of a success",
       PATCH(WSARecv, routine_without_count));

static bool has_routine;

static int WINAPI notes_routine(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    if (routine && is_pending(result))
        has_routine = true;
    return result;
}

static int WINAPI any_send(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real(send)(s, bytes, size, flags);
    DWORD error = GetLastError();
    if (has_routine)
        real(SleepEx)(50, TRUE);
    SetLastError(error);
    return sent;
}
MUTANT(recv_routine_runs_in_any_wait, "The routine of WSARecv runs in waits that are not alertable",
       PATCH(WSARecv, notes_routine), PATCH(send, any_send));

static int WINAPI no_routine_at_once(WSARECV_PARAMETERS)
{
    DWORD size = 0;
    if (!routine || !is_stream(s) || !bytes_waiting(s))
        return WSARECV;
    return real(WSARecv)(s, buffers, count, got ? got : &size, flags, NULL, NULL);
}
MUTANT(recv_routine_not_after_immediate_end,
       "The routine of a WSARecv that completes at once does not run",
       PATCH(WSARecv, no_routine_at_once));

static int WINAPI no_event_at_once(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    if (result == 0 && overlapped && !routine && is_stream(s) &&
        !((ULONG_PTR)overlapped->hEvent & 1) && overlapped->hEvent)
        ResetEvent(overlapped->hEvent);
    return result;
}
MUTANT(recv_event_not_after_immediate_end, "A WSARecv that completes at once sets no event",
       PATCH(WSARecv, no_event_at_once));

static void CALLBACK sets_event(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    if (overlapped->hEvent)
        SetEvent(overlapped->hEvent);
    wrapped(error, count, overlapped, flags);
}

static int WINAPI routine_and_event(WSARECV_PARAMETERS)
{
    if (routine) {
        wrapped = routine;
        routine = sets_event;
    }
    return WSARECV;
}
MUTANT(recv_routine_sets_event, "WSARecv with a routine sets hEvent as well",
       PATCH(WSARecv, routine_and_event));

static int in_routine;

static void CALLBACK is_in_routine(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped,
                                   DWORD flags)
{
    in_routine++;
    wrapped(error, count, overlapped, flags);
    in_routine--;
}

static int WINAPI not_in_routine(WSARECV_PARAMETERS)
{
    if (in_routine)
        return socket_fails(WSAEWOULDBLOCK);
    if (routine) {
        wrapped = routine;
        routine = is_in_routine;
    }
    return WSARECV;
}
MUTANT(recv_from_routine_would_block, "WSARecv in a completion routine fails with WSAEWOULDBLOCK",
       PATCH(WSARecv, not_in_routine));

static int routines_begun;

static int WINAPI second_is_late(WSARECV_PARAMETERS)
{
    DWORD size = 0;
    if (!routine || !is_stream(s) || !bytes_waiting(s) || routines_begun++ == 0)
        return WSARECV;
    return real(WSARecv)(s, buffers, count, got ? got : &size, flags, NULL, NULL);
}
MUTANT(wait_runs_no_second_routine, "An alertable wait returns after one completion routine",
       PATCH(WSARecv, second_is_late));

static int WINAPI pending_clears_flags(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    if (is_pending(result) && is_stream(s))
        *flags = 0;
    return result;
}
MUTANT(recv_pending_clears_flags, "A WSARecv that pends clears its flags",
       PATCH(WSARecv, pending_clears_flags));

static LPWSAOVERLAPPED flagged;

static int WINAPI notes_flags(WSARECV_PARAMETERS)
{
    if (*flags && is_stream(s))
        flagged = overlapped;
    return WSARECV;
}

static BOOL WINAPI tells_no_flags(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD transferred,
                                  BOOL wait, LPDWORD flags)
{
    DWORD ignored = 0;
    return real(WSAGetOverlappedResult)(s, overlapped, transferred, wait,
                                        overlapped == flagged ? &ignored : flags);
}
MUTANT(result_tells_no_flags, "WSAGetOverlappedResult does not store flags",
       PATCH(WSARecv, notes_flags), PATCH(WSAGetOverlappedResult, tells_no_flags));

static int WINAPI needs_no_count(WSARECV_PARAMETERS)
{
    DWORD size;
    return real(WSARecv)(s, buffers, count, got || overlapped ? got : &size, flags, overlapped,
                         routine);
}
MUTANT(recv_needs_no_count, "WSARecv succeeds without a place for its count",
       PATCH(WSARecv, needs_no_count));

static int WINAPI keeps_no_array(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    if (is_pending(result) && is_stream(s) && count > 1) {
        real(CancelIoEx)((HANDLE)s, overlapped);
        SetLastError(WSA_IO_PENDING);
    }
    return result;
}
MUTANT(recv_keeps_no_array, "WSARecv of several buffers looks at the array after the call",
       PATCH(WSARecv, keeps_no_array));

static int WINAPI fault_invalid(WSARECV_PARAMETERS)
{
    return failure_renamed(WSARECV, WSAEFAULT, WSAEINVAL);
}
MUTANT(wsarecv_fault_is_invalid, "WSARecv says WSAEINVAL of a buffer that is not in memory",
       PATCH(WSARecv, fault_invalid));

static int WINAPI times_out(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    return overlapped ? result : failure_renamed(result, WSAEWOULDBLOCK, WSAETIMEDOUT);
}
MUTANT(wsarecv_times_out_at_once, "WSARecv says WSAETIMEDOUT of a nonblocking socket",
       PATCH(WSARecv, times_out));

static int WINAPI ignores_oob(WSARECV_PARAMETERS)
{
    if (is_stream(s))
        *flags &= ~(DWORD)MSG_OOB;
    return WSARECV;
}
MUTANT(wsarecv_ignores_oob, "WSARecv ignores MSG_OOB", PATCH(WSARecv, ignores_oob));

static int WINAPI oob_invalid(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    return is_datagram(s) ? failure_renamed(result, WSAEOPNOTSUPP, WSAEINVAL) : result;
}
MUTANT(wsarecv_oob_of_datagrams_is_invalid,
       "WSARecv says WSAEINVAL of urgent data on a datagram socket", PATCH(WSARecv, oob_invalid));
