/* Wrong behaviours, for the tests of routine_arguments.c: WSARecv with a routine. */
#include "winsock-mutants.h"

#define RECEIVE_PARAMETERS                                                    \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD received, LPDWORD flags, \
        LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define RECEIVE real(WSARecv)(s, buffers, count, received, flags, overlapped, routine)

static LPWSAOVERLAPPED_COMPLETION_ROUTINE wrapped;
static DWORD room;

static void CALLBACK counts_room(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    wrapped(error, error ? room : count, overlapped, flags);
}

static int WINAPI counts_after_errors(RECEIVE_PARAMETERS)
{
    if (routine) {
        wrapped = routine;
        routine = counts_room;
        room = count ? buffers[0].len : 0;
    }
    return RECEIVE;
}
MUTANT(routines_count_after_errors,
       "The routine of a WSARecv that fails is told a count that is not 0",
       PATCH(WSARecv, counts_after_errors));

static void CALLBACK uses_it_again(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped,
                                   DWORD flags)
{
    wrapped(error, count, overlapped, flags);
    overlapped->InternalHigh = count;
}

static int WINAPI uses_structure(RECEIVE_PARAMETERS)
{
    if (routine) {
        wrapped = routine;
        routine = uses_it_again;
    }
    return RECEIVE;
}
MUTANT(overlapped_is_used_after_its_routine,
       "The WSAOVERLAPPED is written to when the routine has returned",
       PATCH(WSARecv, uses_structure));

static int WINAPI waits_for_all(RECEIVE_PARAMETERS)
{
    static DWORD all;
    if (routine && overlapped && count == 2 && is_stream(s)) {
        all = MSG_WAITALL;
        return real(WSARecv)(s, buffers, count, received, &all, overlapped, routine);
    }
    return RECEIVE;
}
MUTANT(wsarecv_waits_for_all_buffers, "WSARecv into several buffers waits until all are full",
       PATCH(WSARecv, waits_for_all));
