/* Wrong behaviours, for the tests of waitall.c: WSARecv with MSG_WAITALL that waits. */
#include "stream-mutants.h"

static int WINAPI waits_for_nothing(WSARECV_PARAMETERS)
{
    if (flags && !overlapped)
        *flags &= ~(DWORD)MSG_WAITALL;
    return WSARECV;
}
MUTANT(wsarecv_waiting_ignores_waitall,
       "WSARecv ignores MSG_WAITALL where there is no WSAOVERLAPPED",
       PATCH(WSARecv, waits_for_nothing));

static bool is_for_all(LPDWORD flags, LPWSAOVERLAPPED overlapped, LPDWORD got, DWORD count)
{
    return flags && *flags & MSG_WAITALL && !overlapped && got && count == 1;
}

static int WINAPI all_or_nothing(WSARECV_PARAMETERS)
{
    bool all = is_for_all(flags, overlapped, got, count);
    int result = WSARECV;
    return all && result == 0 && *got < buffers->len ? socket_fails(WSAECONNRESET) : result;
}
MUTANT(wsarecv_of_all_fails_at_the_end,
       "WSARecv with MSG_WAITALL fails when the stream ends before",
       PATCH(WSARecv, all_or_nothing));

/* Longer than anybody waits, unless the stream has just ended. */
static int WINAPI waits_on(WSARECV_PARAMETERS)
{
    bool all = is_for_all(flags, overlapped, got, count);
    int result = WSARECV;
    DWORD error = GetLastError();
    char byte;
    if (all && (result == SOCKET_ERROR || *got < buffers->len) &&
        real(recv)(s, &byte, 1, MSG_PEEK) != 0)
        real(WaitForSingleObject)(GetCurrentProcess(), 2 * step_limit());
    SetLastError(error);
    return result;
}
MUTANT(wsarecv_of_all_waits_on_after_a_reset,
       "WSARecv with MSG_WAITALL waits for the rest although the connection was reset",
       PATCH(WSARecv, waits_on));
