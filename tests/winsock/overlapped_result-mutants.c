/* The results of overlapped operations of sockets, done wrong. */
#include "completion_port-mutants.h"

#define RESULT_PARAMETERS \
    SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait, LPDWORD flags
#define RESULT real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags)

static BOOL WINAPI never_waits(RESULT_PARAMETERS)
{
    wait = FALSE;
    return RESULT;
}
MUTANT(wsa_result_never_waits, "WSAGetOverlappedResult does not wait",
       PATCH(WSAGetOverlappedResult, never_waits));

static BOOL WINAPI clears_count(RESULT_PARAMETERS)
{
    BOOL done = RESULT;
    if (!done && GetLastError() == WSA_IO_INCOMPLETE)
        *count = 0;
    return done;
}
MUTANT(wsa_result_clears_the_count, "WSAGetOverlappedResult stores a count when it fails",
       PATCH(WSAGetOverlappedResult, clears_count));

static BOOL WINAPI aborted_is_interrupted(RESULT_PARAMETERS)
{
    BOOL done = RESULT;
    rename_error(!done, WSA_OPERATION_ABORTED, WSAEINTR);
    return done;
}
MUTANT(wsa_result_of_cancelled_is_interrupted,
       "WSAGetOverlappedResult fails with WSAEINTR for what was cancelled",
       PATCH(WSAGetOverlappedResult, aborted_is_interrupted));

static int WINAPI becomes_nonblocking(RECVFROM_PARAMETERS)
{
    int result = RECVFROM;
    DWORD error = GetLastError();
    u_long on = 1;
    if (overlapped && !routine)
        real(ioctlsocket)(s, FIONBIO, &on);
    SetLastError(error);
    return result;
}
MUTANT(overlapped_receive_makes_nonblocking, "An overlapped receive makes its socket nonblocking",
       PATCH(WSARecvFrom, becomes_nonblocking));

static int WINAPI runs_routine(RECVFROM_PARAMETERS)
{
    LPWSAOVERLAPPED_COMPLETION_ROUTINE given = overlapped ? NULL : routine;
    routine = overlapped ? routine : NULL;
    int result = RECVFROM;
    if (result == 0 && given)
        given(0, *got, NULL, 0);
    return result;
}
MUTANT(routine_runs_without_overlapped, "WSARecvFrom runs a routine without an OVERLAPPED",
       PATCH(WSARecvFrom, runs_routine));
