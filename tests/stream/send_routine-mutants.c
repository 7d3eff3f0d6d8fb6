/* Wrong behaviours, for the tests of send_routine.c: the completion routine of WSASend, and what
 * routines may begin. */
#include "stream-mutants.h"

static LPWSAOVERLAPPED_COMPLETION_ROUTINE real_routine;

/* A WSASend with another routine, which may call that of the caller. */
#define SENDS_WITH(name, instead)              \
    static int WINAPI name(WSASEND_PARAMETERS) \
    {                                          \
        if (routine) {                         \
            real_routine = routine;            \
            routine = instead;                 \
        }                                      \
        return WSASEND;                        \
    }

static void CALLBACK with_flags(DWORD error, DWORD count, LPWSAOVERLAPPED operation, DWORD flags)
{
    real_routine(error, count, operation, flags ? flags : MSG_DONTROUTE);
}

SENDS_WITH(wsasend_with_flags, with_flags)
MUTANT(send_routine_is_told_flags, "The routine of WSASend is told flags",
       PATCH(WSASend, wsasend_with_flags));

static void CALLBACK does_nothing(DWORD error, DWORD count, LPWSAOVERLAPPED operation, DWORD flags)
{
    (void)error;
    (void)count;
    (void)operation;
    (void)flags;
}

static int WINAPI wsasend_at_once(WSASEND_PARAMETERS)
{
    LPWSAOVERLAPPED_COMPLETION_ROUTINE own = routine;
    if (!routine)
        return WSASEND;
    routine = does_nothing;
    int result = WSASEND;
    if (result == 0 && overlapped->Internal == 0)
        own(0, (DWORD)overlapped->InternalHigh, overlapped, 0);
    return result;
}
MUTANT(send_routine_runs_in_the_call, "The routine of a WSASend that completes at once runs in it",
       PATCH(WSASend, wsasend_at_once));

static void CALLBACK without_error(DWORD error, DWORD count, LPWSAOVERLAPPED operation, DWORD flags)
{
    real_routine(error == WSA_OPERATION_ABORTED ? 0 : error, count, operation, flags);
}

SENDS_WITH(wsasend_hides_errors, without_error)
MUTANT(send_routine_is_told_of_no_cancel, "The routine of a cancelled WSASend is told no error",
       PATCH(WSASend, wsasend_hides_errors));

static unsigned in_routine;

static void CALLBACK one_only(DWORD error, DWORD count, LPWSAOVERLAPPED operation, DWORD flags)
{
    in_routine++;
    if (in_routine == 1)
        real_routine(error, count, operation, flags);
}

SENDS_WITH(wsasend_one_only, one_only)
MUTANT(one_send_routine_in_a_wait, "Of several routines of WSASend only the first runs",
       PATCH(WSASend, wsasend_one_only));

static LPWSAOVERLAPPED_COMPLETION_ROUTINE datagram_routine;
static bool within;

static void CALLBACK notes_routine(DWORD error, DWORD count, LPWSAOVERLAPPED operation, DWORD flags)
{
    within = true;
    datagram_routine(error, count, operation, flags);
    within = false;
}

#define NOTES_ROUTINE(name, call, ...)  \
    static int WINAPI name(__VA_ARGS__) \
    {                                   \
        if (routine) {                  \
            datagram_routine = routine; \
            routine = notes_routine;    \
        }                               \
        return call;                    \
    }

NOTES_ROUTINE(wsasendto_notes,
              real(WSASendTo)(s, buffers, count, sent, flags, to, length, overlapped, routine),
              SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
              const struct sockaddr *to, int length, LPWSAOVERLAPPED overlapped,
              LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
NOTES_ROUTINE(wsarecvfrom_notes,
              real(WSARecvFrom)(s, buffers, count, got, flags, from, length, overlapped, routine),
              SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD flags,
              struct sockaddr *from, LPINT length, LPWSAOVERLAPPED overlapped,
              LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)

static int WINAPI wsasend_elsewhere(WSASEND_PARAMETERS)
{
    return within ? socket_fails(WSAEINPROGRESS) : WSASEND;
}
MUTANT(wsasend_fails_in_other_routines, "WSASend fails in the routine of WSASendTo or WSARecvFrom",
       PATCH(WSASend, wsasend_elsewhere), PATCH(WSASendTo, wsasendto_notes),
       PATCH(WSARecvFrom, wsarecvfrom_notes));

static int WINAPI wsarecv_elsewhere(WSARECV_PARAMETERS)
{
    return within ? socket_fails(WSAEINPROGRESS) : WSARECV;
}
MUTANT(wsarecv_fails_in_other_routines, "WSARecv fails in the routine of WSASendTo or WSARecvFrom",
       PATCH(WSARecv, wsarecv_elsewhere), PATCH(WSASendTo, wsasendto_notes),
       PATCH(WSARecvFrom, wsarecvfrom_notes));
