/* Wrong behaviours, for the tests of not_given.c: what is needed though it need not be given, and
 * what has an effect though it is given in vain. */
#include "stream-mutants.h"

#include "../winsock/plain-mutants.h"

#define CONNECT_EX_PARAMETERS                                                                 \
    SOCKET s, const struct sockaddr *name, int length, PVOID bytes, DWORD size, LPDWORD sent, \
        LPOVERLAPPED overlapped

static LPFN_CONNECTEX real_connect_ex;

static BOOL PASCAL needs_a_count(CONNECT_EX_PARAMETERS)
{
    return sent ? real_connect_ex(s, name, length, bytes, size, sent, overlapped)
                : failed(WSAEFAULT);
}
EXCHANGES(plant_needs, WSAID_CONNECTEX, needs_a_count, real_connect_ex)
MUTANT(connect_ex_needs_a_count, "ConnectEx fails without a place for the count",
       PATCH(WSAIoctl, plant_needs));

static SOCKET fast = INVALID_SOCKET;

static int WINAPI notes_fast(SET_PARAMETERS)
{
    if (level == IPPROTO_TCP && option == 15)
        fast = s;
    return SET;
}

static BOOL PASCAL sends_nothing(CONNECT_EX_PARAMETERS)
{
    bool nothing = s == fast;
    return real_connect_ex(s, name, length, nothing ? NULL : bytes, nothing ? 0 : size, sent,
                           overlapped);
}
EXCHANGES(plant_nothing, WSAID_CONNECTEX, sends_nothing, real_connect_ex)
MUTANT(connect_ex_of_a_fast_socket_sends_nothing,
       "ConnectEx of a socket with TCP_FASTOPEN sends no data", PATCH(setsockopt, notes_fast),
       PATCH(WSAIoctl, plant_nothing));

static int WINAPI runs_routine(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    if (result == 0 && s == plain && routine)
        routine(0, got ? *got : 0, overlapped, *flags);
    return result;
}
MUTANT(wsarecv_of_a_plain_socket_runs_the_routine,
       "WSARecv of a socket without the overlapped attribute runs the routine",
       PATCH(WSASocketW, notes_plain), PATCH(WSARecv, runs_routine));

static SOCKET limited = INVALID_SOCKET;

static int WINAPI notes_limit(SET_PARAMETERS)
{
    if (level == SOL_SOCKET && option == SO_SNDTIMEO && *(const DWORD *)value == 1)
        limited = s;
    return SET;
}

static int WINAPI times_out(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING && s == limited) {
        real(CancelIoEx)((HANDLE)s, overlapped);
        SetLastError(WSA_IO_PENDING);
    }
    return result;
}
MUTANT(wsasend_overlapped_times_out, "SO_SNDTIMEO ends an overlapped WSASend",
       PATCH(setsockopt, notes_limit), PATCH(WSASend, times_out));

static BOOL WINAPI invalid(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                           LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    rename_error(!done, WSA_INVALID_HANDLE, WSAEINVAL);
    return done;
}
MUTANT(gor_of_no_event_is_invalid,
       "WSAGetOverlappedResult fails with WSAEINVAL when hEvent is no event",
       PATCH(WSAGetOverlappedResult, invalid));
