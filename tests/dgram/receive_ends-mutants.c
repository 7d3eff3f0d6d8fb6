/* Wrong behaviours, for the tests of receive_ends.c: how WSARecvFrom ends. */
#include "dgram-mutants.h"

static LPWSAOVERLAPPED_COMPLETION_ROUTINE wrapped;

static void CALLBACK tells_end(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    wrapped(error == WSA_OPERATION_ABORTED ? 0 : error, count, overlapped, flags);
}

static int WINAPI routine_of_close(WSARECVFROM_PARAMETERS)
{
    if (routine) {
        wrapped = routine;
        routine = tells_end;
    }
    return WSARECVFROM;
}
MUTANT(wsarecvfrom_closed_is_success,
       "The routine of a WSARecvFrom whose socket is closed is told of no error",
       PATCH(WSARecvFrom, routine_of_close));

/* Without one that waits, a report of an unreachable port is forgotten. */
static int WINAPI no_reset(WSARECVFROM_PARAMETERS)
{
    BOOL report = FALSE;
    DWORD size;
    if (is_datagram(s))
        real(WSAIoctl)(s, SIO_UDP_CONNRESET, &report, sizeof(report), NULL, 0, &size, NULL, NULL);
    return failure_renamed(WSARECVFROM, WSAECONNRESET, WSAETIMEDOUT);
}

static BOOL WINAPI no_reset_later(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                                  LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    if (!done && is_datagram(s))
        rename_error(true, WSAECONNRESET, WSAENETRESET);
    return done;
}
MUTANT(wsarecvfrom_forgets_unreachable_ports, "WSARecvFrom is not told that a port was unreachable",
       PATCH(WSARecvFrom, no_reset), PATCH(WSAGetOverlappedResult, no_reset_later));

struct call {
    SOCKET s;
    LPWSABUF buffers;
    DWORD count, flags;
    struct sockaddr *from;
    LPINT length;
    LPWSAOVERLAPPED overlapped;
    int result;
    DWORD error;
    HANDLE done;
};

static DWORD WINAPI begin_and_stay(void *argument)
{
    struct call *call = argument;
    call->result = real(WSARecvFrom)(call->s, call->buffers, call->count, NULL, &call->flags,
                                     call->from, call->length, call->overlapped, NULL);
    call->error = GetLastError();
    real(SetEvent)(call->done);
    while (real(WaitForSingleObject)(GetCurrentThread(), 1000) == WAIT_TIMEOUT)
        ;
    return 0;
}

static int WINAPI receives_elsewhere(WSARECVFROM_PARAMETERS)
{
    static struct call call;
    if (!overlapped || !overlapped->hEvent || routine || got)
        return WSARECVFROM;
    call = (struct call){s, buffers, count, *flags, from, length, overlapped, 0, 0, NULL};
    call.done = real(CreateEventW)(NULL, TRUE, FALSE, NULL);
    HANDLE thread = CreateThread(NULL, 0, begin_and_stay, &call, 0, NULL);
    real(WaitForSingleObject)(call.done, 10000);
    real(CloseHandle)(thread);
    SetLastError(call.error);
    return call.result;
}
MUTANT(wsarecvfrom_outlives_its_thread,
       "A pending WSARecvFrom does not end with the thread that began it",
       PATCH(WSARecvFrom, receives_elsewhere));

/* ---- Blocking: whether something can be received, or said, at once */

static bool would_wait(SOCKET s)
{
    DWORD error = GetLastError();
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    bool waits =
        is_datagram(s) && is_bound(s) && real(select)(0, &one, NULL, NULL, &(TIMEVAL){0, 0}) == 0;
    SetLastError(error);
    return waits;
}

static int WINAPI never_waits(RECVFROM_PARAMETERS)
{
    return would_wait(s) ? socket_fails(WSAEWOULDBLOCK) : RECVFROM;
}
MUTANT(recvfrom_never_blocks, "recvfrom of a datagram socket never waits",
       PATCH(recvfrom, never_waits));

static int WINAPI wsa_never_waits(WSARECVFROM_PARAMETERS)
{
    return !overlapped && would_wait(s) ? socket_fails(WSAEWOULDBLOCK) : WSARECVFROM;
}
MUTANT(wsarecvfrom_never_blocks, "WSARecvFrom of a datagram socket never waits",
       PATCH(WSARecvFrom, wsa_never_waits));

static int WINAPI waits_deafly(WSARECVFROM_PARAMETERS)
{
    for (int i = 0; !overlapped && would_wait(s) && i < 20000; i++)
        real(SleepEx)(1, FALSE);
    return WSARECVFROM;
}
MUTANT(wsarecvfrom_waits_deafly, "WSARecvFrom waits without running queued procedure calls",
       PATCH(WSARecvFrom, waits_deafly));
