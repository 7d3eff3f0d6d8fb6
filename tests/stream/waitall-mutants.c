/* Wrong behaviours, for the tests of waitall.c: receives with MSG_WAITALL that wait. */
#include "stream-mutants.h"

static int WINAPI recv_waits_for_nothing(RECV_PARAMETERS)
{
    flags &= ~MSG_WAITALL;
    return RECV;
}
MUTANT(recv_ignores_waitall, "recv ignores MSG_WAITALL", PATCH(recv, recv_waits_for_nothing));

static int WINAPI recv_all_or_nothing(RECV_PARAMETERS)
{
    int got = RECV;
    return flags & MSG_WAITALL && got >= 0 && got < size ? socket_fails(WSAECONNRESET) : got;
}
MUTANT(recv_waitall_fails_at_the_end, "recv with MSG_WAITALL fails when the stream ends before",
       PATCH(recv, recv_all_or_nothing));

/* Waits longer than anybody does, unless the stream of S has just ended. */
static void wait_unless_ended(SOCKET s)
{
    DWORD error = GetLastError();
    char byte;
    if (real(recv)(s, &byte, 1, MSG_PEEK) != 0)
        real(WaitForSingleObject)(GetCurrentProcess(), 2 * step_limit());
    SetLastError(error);
}

static int WINAPI recv_waits_on(RECV_PARAMETERS)
{
    int got = RECV;
    if (flags == MSG_WAITALL && got < size)
        wait_unless_ended(s);
    return got;
}
MUTANT(recv_of_all_waits_on_after_a_reset,
       "recv with MSG_WAITALL does not return when the connection is reset",
       PATCH(recv, recv_waits_on));

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

static int WINAPI waits_on(WSARECV_PARAMETERS)
{
    bool all = is_for_all(flags, overlapped, got, count);
    int result = WSARECV;
    if (all && (result == SOCKET_ERROR || *got < buffers->len))
        wait_unless_ended(s);
    return result;
}
MUTANT(wsarecv_of_all_waits_on_after_a_reset,
       "WSARecv with MSG_WAITALL waits for the rest although the connection was reset",
       PATCH(WSARecv, waits_on));
