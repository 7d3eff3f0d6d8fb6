/* Wrong behaviours, for the tests of receive_from.c: WSARecvFrom. */
#include "dgram-mutants.h"

static bool is_pending(int result)
{
    return result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING;
}

static LPWSAOVERLAPPED_COMPLETION_ROUTINE wrapped;

#define WRAPS(name, wrapper)                       \
    static int WINAPI name(WSARECVFROM_PARAMETERS) \
    {                                              \
        if (routine) {                             \
            wrapped = routine;                     \
            routine = (wrapper);                   \
        }                                          \
        return WSARECVFROM;                        \
    }

static void CALLBACK tells_flags(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    wrapped(error, count, overlapped, error ? flags : flags | MSG_PARTIAL);
}
WRAPS(routine_with_flags, tells_flags)
MUTANT(wsarecvfrom_routine_gets_flags,
       "The routine of WSARecvFrom is told MSG_PARTIAL of a success",
       PATCH(WSARecvFrom, routine_with_flags));

static void CALLBACK hides_too_long(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped,
                                    DWORD flags)
{
    wrapped(error == WSAEMSGSIZE ? 0 : error, count, overlapped, flags);
}
WRAPS(routine_without_error, hides_too_long)
MUTANT(wsarecvfrom_routine_hides_truncation,
       "The routine of WSARecvFrom is told of no error when the datagram was too long",
       PATCH(WSARecvFrom, routine_without_error));

static void CALLBACK sets_event(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    if (overlapped->hEvent)
        SetEvent(overlapped->hEvent);
    wrapped(error, count, overlapped, flags);
}
WRAPS(routine_and_event, sets_event)
MUTANT(wsarecvfrom_routine_sets_event, "WSARecvFrom with a routine sets hEvent as well",
       PATCH(WSARecvFrom, routine_and_event));

static int in_routine;

static void CALLBACK is_in_routine(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped,
                                   DWORD flags)
{
    in_routine++;
    wrapped(error, count, overlapped, flags);
    in_routine--;
}

static int WINAPI not_in_routine(WSARECVFROM_PARAMETERS)
{
    if (in_routine)
        return socket_fails(WSAEWOULDBLOCK);
    if (routine) {
        wrapped = routine;
        routine = is_in_routine;
    }
    return WSARECVFROM;
}
MUTANT(wsarecvfrom_in_routine_would_block,
       "WSARecvFrom in a completion routine fails with WSAEWOULDBLOCK",
       PATCH(WSARecvFrom, not_in_routine));

WRAPS(notes_routine, is_in_routine)

static int WINAPI sends_outside(WSASENDTO_PARAMETERS)
{
    return in_routine ? socket_fails(WSAEINPROGRESS) : WSASENDTO;
}
MUTANT(wsasendto_in_routine_is_in_progress,
       "WSASendTo in a completion routine fails with WSAEINPROGRESS",
       PATCH(WSARecvFrom, notes_routine), PATCH(WSASendTo, sends_outside));

static bool has_routine;

static int WINAPI pends_with_routine(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    if (routine && is_pending(result))
        has_routine = true;
    return result;
}

static int WINAPI any_sendto(SENDTO_PARAMETERS)
{
    int sent = real(sendto)(SENDTO_ARGUMENTS);
    DWORD error = GetLastError();
    if (has_routine)
        real(SleepEx)(50, TRUE);
    SetLastError(error);
    return sent;
}
MUTANT(wsarecvfrom_routine_runs_in_any_wait,
       "The routine of WSARecvFrom runs in waits that are not alertable",
       PATCH(WSARecvFrom, pends_with_routine), PATCH(sendto, any_sendto));

static int WINAPI no_routine_at_once(WSARECVFROM_PARAMETERS)
{
    DWORD size = 0;
    if (!routine || !bytes_waiting(s))
        return WSARECVFROM;
    return real(WSARecvFrom)(s, buffers, count, got ? got : &size, flags, from, length, NULL, NULL);
}
MUTANT(wsarecvfrom_no_routine_at_once,
       "The routine of a WSARecvFrom that completes at once does not run",
       PATCH(WSARecvFrom, no_routine_at_once));

/* Several buffers are filled where the array says that they are when the datagram has come. */
static LPWSABUF array_then;
static char bytes_then[64];

static int WINAPI keeps_array(WSARECVFROM_PARAMETERS)
{
    if (!overlapped || count < 2)
        return WSARECVFROM;
    array_then = buffers;
    WSABUF all = {.len = sizeof(bytes_then), .buf = bytes_then};
    return real(WSARecvFrom)(s, &all, 1, got, flags, from, length, overlapped, routine);
}

static int WINAPI fills_array(SENDTO_PARAMETERS)
{
    int sent = real(sendto)(SENDTO_ARGUMENTS);
    DWORD error = GetLastError();
    if (array_then && array_then->buf)
        memcpy(array_then->buf, bytes, array_then->len);
    SetLastError(error);
    return sent;
}
MUTANT(wsarecvfrom_reads_the_array_later,
       "WSARecvFrom that pends reads its array of several WSABUFs when the datagram comes",
       PATCH(WSARecvFrom, keeps_array), PATCH(sendto, fills_array));

static int WINAPI keeps_length(WSARECVFROM_PARAMETERS)
{
    int room = length && !is_nowhere(length) ? *length : 0, result = WSARECVFROM;
    if (result == 0 && length && !overlapped)
        *length = room;
    return result;
}
MUTANT(wsarecvfrom_keeps_the_length, "WSARecvFrom does not store the length of the source",
       PATCH(WSARecvFrom, keeps_length));

static int WINAPI length_elsewhere(WSARECVFROM_PARAMETERS)
{
    static int elsewhere;
    if (!overlapped || !length || *length <= (int)sizeof(struct sockaddr_in))
        return WSARECVFROM;
    elsewhere = *length;
    return real(WSARecvFrom)(s, buffers, count, got, flags, from, &elsewhere, overlapped, routine);
}
MUTANT(wsarecvfrom_stores_no_length_later,
       "WSARecvFrom that pends does not store the length of the source when it is done",
       PATCH(WSARecvFrom, length_elsewhere));

static int WINAPI peeking_takes(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    DWORD error = GetLastError();
    if (result == 0 && flags && !overlapped && *flags & MSG_PEEK)
        real(recv)(s, (char[64]){0}, 64, 0);
    SetLastError(error);
    return result;
}
MUTANT(wsarecvfrom_peek_takes, "WSARecvFrom with MSG_PEEK takes the datagram",
       PATCH(WSARecvFrom, peeking_takes));

static int WINAPI failure_sets_event(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    DWORD error = GetLastError();
    if (result == SOCKET_ERROR && error == WSAEFAULT && overlapped && overlapped->hEvent)
        SetEvent(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(wsarecvfrom_failure_sets_event, "WSARecvFrom that cannot begin sets the event",
       PATCH(WSARecvFrom, failure_sets_event));

#define RENAMES(name, error, instead)                        \
    static int WINAPI name(WSARECVFROM_PARAMETERS)           \
    {                                                        \
        return failure_renamed(WSARECVFROM, error, instead); \
    }

RENAMES(closed, WSAENOTSOCK, WSAEINVAL)
MUTANT(wsarecvfrom_of_no_socket_is_invalid, "WSARecvFrom on a closed socket fails with WSAEINVAL",
       PATCH(WSARecvFrom, closed));

static int WINAPI length_invalid(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    return is_nowhere(length) && length ? failure_renamed(result, WSAEFAULT, WSAEINVAL) : result;
}
MUTANT(wsarecvfrom_length_nowhere_is_invalid,
       "WSARecvFrom fails with WSAEINVAL when the length of the source is not in memory",
       PATCH(WSARecvFrom, length_invalid));

static int WINAPI buffer_invalid(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    return is_nowhere(buffers->buf) ? failure_renamed(result, WSAEFAULT, WSAEINVAL) : result;
}
MUTANT(wsarecvfrom_buffer_nowhere_is_invalid,
       "WSARecvFrom fails with WSAEINVAL when the buffer is not in memory",
       PATCH(WSARecvFrom, buffer_invalid));
