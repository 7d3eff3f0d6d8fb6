/* Wrong behaviours, for the tests of wsasend.c: WSASend: several buffers, overlapped, with an
 * event, with a completion routine. */
#include "stream-mutants.h"

#include <stdlib.h>

static int WINAPI counts_nothing(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    if (result == 0 && overlapped && sent)
        *sent = 0;
    return result;
}
MUTANT(wsasend_overlapped_counts_nothing, "An overlapped WSASend that is done at once stores 0",
       PATCH(WSASend, counts_nothing));

static int WINAPI counts_early(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING && sent)
        *sent = 0;
    return result;
}
MUTANT(wsasend_pending_stores_a_count, "WSASend that pends stores a count of 0",
       PATCH(WSASend, counts_early));

static BOOL WINAPI counts_half(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                               LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    if (done && *count > 1 << 20)
        *count /= 2;
    return done;
}
MUTANT(overlapped_result_counts_half, "WSAGetOverlappedResult tells half of a large count",
       PATCH(WSAGetOverlappedResult, counts_half));

static int swapped_send(WSASEND_PARAMETERS)
{
    WSABUF swapped[2] = {buffers[1], buffers[0]};
    buffers = swapped;
    return WSASEND;
}

static int WINAPI last_first(WSASEND_PARAMETERS)
{
    return count == 2 && buffers->len == 4 && !overlapped
               ? swapped_send(s, buffers, count, sent, flags, overlapped, routine)
               : WSASEND;
}
MUTANT(wsasend_takes_the_last_buffer_first, "WSASend sends the last buffer first",
       PATCH(WSASend, last_first));

static int WINAPI overlapped_last_first(WSASEND_PARAMETERS)
{
    return count == 2 && overlapped && !routine
               ? swapped_send(s, buffers, count, sent, flags, overlapped, routine)
               : WSASEND;
}
MUTANT(wsasend_overlapped_takes_the_last_buffer_first,
       "An overlapped WSASend sends the last buffer first", PATCH(WSASend, overlapped_last_first));

static int WINAPI counts_one_buffer(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    if (result == 0 && sent && !overlapped && count == 2 && buffers[0].len && buffers[1].len)
        *sent = buffers[0].len;
    return result;
}
MUTANT(wsasend_counts_one_buffer,
       "WSASend counts only the first of two buffers that it has sent at once",
       PATCH(WSASend, counts_one_buffer));

static int WINAPI needs_no_count(WSASEND_PARAMETERS)
{
    return failure_hidden(WSASEND, WSAEFAULT, 0);
}
MUTANT(wsasend_needs_no_count, "WSASend needs no room for the count",
       PATCH(WSASend, needs_no_count));

static int WINAPI takes_one_buffer(WSASEND_PARAMETERS)
{
    if (buffers && buffers[0].len > 1000000)
        count = 1;
    return WSASEND;
}
MUTANT(wsasend_takes_what_fits, "A blocking WSASend takes a part of a large request",
       PATCH(WSASend, takes_one_buffer));

static int WINAPI sets_no_event(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    DWORD error = GetLastError();
    if (result == 0 && overlapped && !routine && overlapped->hEvent)
        real(ResetEvent)(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(wsasend_done_at_once_sets_no_event, "WSASend that is done at once does not set its event",
       PATCH(WSASend, sets_no_event));

static int WINAPI indicates_errors(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    DWORD error = GetLastError();
    if (result == SOCKET_ERROR && error != WSA_IO_PENDING && overlapped)
        real(SetEvent)(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(wsasend_that_fails_sets_the_event, "WSASend that fails sets its event",
       PATCH(WSASend, indicates_errors));

static int WINAPI shut_down_is_unconnected(WSASEND_PARAMETERS)
{
    return failure_renamed(WSASEND, WSAESHUTDOWN, WSAENOTCONN);
}
MUTANT(wsasend_after_shutdown_is_unconnected, "WSASend after shutdown fails with WSAENOTCONN",
       PATCH(WSASend, shut_down_is_unconnected));

static int WINAPI garbles_later(WSASEND_PARAMETERS)
{
    static char copy[100000];
    static int calls;
    if (count != 1 || buffers->len != sizeof(copy) || ++calls != 2)
        return WSASEND;
    memcpy(copy, buffers->buf + 1, sizeof(copy) - 1);
    WSABUF shifted = {.len = sizeof(copy), .buf = copy};
    buffers = &shifted;
    return WSASEND;
}
MUTANT(wsasend_mixes_requests, "The second of several overlapped sends goes out of order",
       PATCH(WSASend, garbles_later));

static int WINAPI runs_routine_at_once(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    DWORD error = GetLastError();
    if (routine)
        real(SleepEx)(20, TRUE);
    SetLastError(error);
    return result;
}
MUTANT(wsasend_runs_the_routine_at_once, "The routine of WSASend runs before an alertable wait",
       PATCH(WSASend, runs_routine_at_once));

static int WINAPI sets_event_too(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    DWORD error = GetLastError();
    if (routine && overlapped->hEvent)
        real(SetEvent)(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(wsasend_with_a_routine_sets_the_event, "WSASend with a routine sets the event as well",
       PATCH(WSASend, sets_event_too));

static LPWSAOVERLAPPED_COMPLETION_ROUTINE real_routine;
static bool in_routine;

static void CALLBACK marked_routine(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped,
                                    DWORD flags)
{
    in_routine = true;
    real_routine(error, count, overlapped, flags);
    in_routine = false;
}

static int WINAPI not_in_a_routine(WSASEND_PARAMETERS)
{
    if (in_routine)
        return socket_fails(WSAEINPROGRESS);
    if (routine)
        real_routine = routine, routine = marked_routine;
    return WSASEND;
}
MUTANT(wsasend_refuses_to_be_called_by_a_routine, "WSASend fails in a completion routine",
       PATCH(WSASend, not_in_a_routine));

static void CALLBACK countless_routine(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped,
                                       DWORD flags)
{
    (void)count;
    real_routine(error, 0, overlapped, flags);
}

static int WINAPI hides_count(WSASEND_PARAMETERS)
{
    if (routine)
        real_routine = routine, routine = countless_routine;
    return WSASEND;
}
MUTANT(wsasend_routine_gets_no_count, "The routine of WSASend is told of 0 bytes",
       PATCH(WSASend, hides_count));
