/* Wrong behaviours, for the tests of cleanup_pending.c: what the last WSACleanup leaves waiting. */
#include "winsock-mutants.h"

/* ---- Calls that wait ---- */

static volatile LONG inside;

static int WINAPI recv_inside(SOCKET s, char *bytes, int size, int how)
{
    InterlockedIncrement(&inside);
    int result = real(recv)(s, bytes, size, how);
    InterlockedDecrement(&inside);
    return result;
}

static int WINAPI cleanup_but_those_inside(void)
{
    return inside ? 0 : real(WSACleanup)();
}
MUTANT(cleanup_lets_blocking_calls_wait, "WSACleanup leaves a recv that waits in another thread",
       PATCH(recv, recv_inside), PATCH(WSACleanup, cleanup_but_those_inside));

/* ---- Operations that are pending ---- */

static bool pending;

static int WINAPI notes_pending(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD how,
                                LPWSAOVERLAPPED overlapped,
                                LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    int result = real(WSARecv)(s, buffers, count, got, how, overlapped, routine);
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING)
        pending = true;
    return result;
}

static int WINAPI cleanup_but_pending(void)
{
    return pending ? 0 : real(WSACleanup)();
}
MUTANT(cleanup_leaves_operations_pending, "WSACleanup leaves a WSARecv that is pending",
       PATCH(WSARecv, notes_pending), PATCH(WSACleanup, cleanup_but_pending));

static HANDLE watching;

static int WINAPI notes_event(SOCKET s, WSAEVENT event, long events)
{
    watching = event;
    return real(WSAEventSelect)(s, event, events);
}

static int WINAPI cleanup_signals(void)
{
    int result = real(WSACleanup)();
    if (result == 0 && watching)
        real(SetEvent)(watching);
    return result;
}
MUTANT(cleanup_signals_network_events, "WSACleanup sets the event of WSAEventSelect",
       PATCH(WSAEventSelect, notes_event), PATCH(WSACleanup, cleanup_signals));
