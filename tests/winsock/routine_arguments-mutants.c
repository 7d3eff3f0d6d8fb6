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

static void CALLBACK not_yet(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    if (error || count != room)
        wrapped(error, count, overlapped, flags);
}

static int WINAPI waits_for_second(RECEIVE_PARAMETERS)
{
    if (routine && count > 1) {
        wrapped = routine;
        routine = not_yet;
        room = buffers[0].len;
    }
    return RECEIVE;
}
MUTANT(wsarecv_waits_for_the_second_buffer,
       "WSARecv that has filled one of two buffers waits for what goes into the other",
       PATCH(WSARecv, waits_for_second));
