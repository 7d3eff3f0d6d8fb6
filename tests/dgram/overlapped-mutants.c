/* Wrong behaviours, for the tests of overlapped.c: WSARecvFrom with several buffers, overlapped,
 * events and completion routines. */
#include "dgram-mutants.h"

static int WINAPI sent_counts_twice(WSASENDTO_PARAMETERS)
{
    int result = WSASENDTO;
    if (result == 0 && sent && overlapped)
        *sent *= 2;
    return result;
}
MUTANT(wsasendto_counts_twice_beside_an_overlapped,
       "WSASendTo with an OVERLAPPED counts what it sends twice",
       PATCH(WSASendTo, sent_counts_twice));

static int WINAPI got_counts_twice(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    if (result == 0 && got && overlapped)
        *got *= 2;
    return result;
}
MUTANT(wsarecvfrom_counts_twice_beside_an_overlapped,
       "WSARecvFrom with an OVERLAPPED counts what it receives twice",
       PATCH(WSARecvFrom, got_counts_twice));

static int WINAPI last_first(WSARECVFROM_PARAMETERS)
{
    WSABUF swapped[2];
    if (count != 2 || buffers[1].len < buffers[0].len + 1)
        return WSARECVFROM;
    swapped[0] = buffers[1];
    swapped[1] = buffers[0];
    buffers = swapped;
    return WSARECVFROM;
}
MUTANT(wsarecvfrom_fills_the_last_buffer_first, "WSARecvFrom fills the last buffer first",
       PATCH(WSARecvFrom, last_first));

static int WINAPI partial_always(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    if (result == 0 && !overlapped)
        *flags |= MSG_PARTIAL;
    return result;
}
MUTANT(wsarecvfrom_is_always_partial, "WSARecvFrom sets MSG_PARTIAL for a whole datagram",
       PATCH(WSARecvFrom, partial_always));

static int WINAPI truncation_succeeds(WSARECVFROM_PARAMETERS)
{
    return failure_hidden(WSARECVFROM, WSAEMSGSIZE, 0);
}
MUTANT(wsarecvfrom_truncates_without_error, "WSARecvFrom succeeds when it has cut a datagram",
       PATCH(WSARecvFrom, truncation_succeeds));

static SOCKET nonblocking;

static int WINAPI notes_nonblocking(SOCKET s, long command, u_long *argument)
{
    if (command == (long)FIONBIO && *argument)
        nonblocking = s;
    return real(ioctlsocket)(s, command, argument);
}

static int WINAPI nonblocking_would_block(WSARECVFROM_PARAMETERS)
{
    return overlapped && s == nonblocking
               ? failure_renamed(WSARECVFROM, WSA_IO_PENDING, WSAEWOULDBLOCK)
               : WSARECVFROM;
}
MUTANT(wsarecvfrom_nonblocking_would_block,
       "An overlapped WSARecvFrom on a nonblocking socket fails with WSAEWOULDBLOCK",
       PATCH(ioctlsocket, notes_nonblocking), PATCH(WSARecvFrom, nonblocking_would_block));

static int WINAPI pending_would_block(WSARECVFROM_PARAMETERS)
{
    bool asked = from && from->sa_family == 0x7878; /* what the test has filled it with */
    return overlapped && asked && s != nonblocking
               ? failure_renamed(WSARECVFROM, WSA_IO_PENDING, WSAEWOULDBLOCK)
               : WSARECVFROM;
}
MUTANT(wsarecvfrom_pending_would_block,
       "An overlapped WSARecvFrom on a blocking socket fails with WSAEWOULDBLOCK",
       PATCH(ioctlsocket, notes_nonblocking), PATCH(WSARecvFrom, pending_would_block));

static int WINAPI clears_source(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    DWORD error = GetLastError();
    if (overlapped && from)
        memset(from, 0, sizeof(struct sockaddr_in));
    SetLastError(error);
    return result;
}
MUTANT(wsarecvfrom_stores_the_source_early, "WSARecvFrom changes lpFrom while it is pending",
       PATCH(WSARecvFrom, clears_source));

static int WINAPI posts_backwards(WSARECVFROM_PARAMETERS)
{
    static LPWSAOVERLAPPED held;
    static WSABUF held_buffer;
    static DWORD held_flags;
    if (!overlapped || bytes_waiting(s) || !from || from->sa_family)
        return WSARECVFROM;
    if (!held) {
        held = overlapped;
        held_buffer = *buffers;
        return socket_fails(WSA_IO_PENDING);
    }
    int result = WSARECVFROM;
    real(WSARecvFrom)(s, &held_buffer, 1, NULL, &held_flags, NULL, NULL, held, NULL);
    SetLastError(WSA_IO_PENDING);
    return result;
}
MUTANT(wsarecvfrom_serves_the_last_first, "The receive that was begun last is served first",
       PATCH(WSARecvFrom, posts_backwards));

static int WINAPI immediate_sets_no_event(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    DWORD error = GetLastError();
    if (result == 0 && overlapped && !routine)
        real(ResetEvent)(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(wsarecvfrom_done_at_once_sets_no_event,
       "WSARecvFrom that is done at once does not set its event",
       PATCH(WSARecvFrom, immediate_sets_no_event));

static BOOL WINAPI late_truncation_succeeds(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count,
                                            BOOL wait, LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    return done || GetLastError() == WSAEMSGSIZE;
}
MUTANT(wsa_result_of_truncation_is_success,
       "WSAGetOverlappedResult succeeds for a datagram that was cut",
       PATCH(WSAGetOverlappedResult, late_truncation_succeeds));

static int WINAPI recvfrom_renames(WSARECVFROM_PARAMETERS)
{
    int result = failure_renamed(WSARECVFROM, WSAEINVAL, WSAENOTCONN);
    return overlapped ? result : failure_renamed(result, WSAEWOULDBLOCK, WSA_IO_PENDING);
}
MUTANT(wsarecvfrom_names_its_errors_otherwise, "WSARecvFrom fails with other errors",
       PATCH(WSARecvFrom, recvfrom_renames));

static int WINAPI cuts_source(WSARECVFROM_PARAMETERS)
{
    return failure_hidden(WSARECVFROM, WSAEFAULT, 0);
}
MUTANT(wsarecvfrom_cuts_the_source, "WSARecvFrom succeeds with too little room for the source",
       PATCH(WSARecvFrom, cuts_source));

static int WINAPI counts_early(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING && got)
        *got = 0;
    return result;
}
MUTANT(wsarecvfrom_counts_while_pending, "WSARecvFrom that is pending stores a count",
       PATCH(WSARecvFrom, counts_early));

static int WINAPI flags_early(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING && got)
        *flags = MSG_PARTIAL;
    return result;
}
MUTANT(wsarecvfrom_stores_flags_while_pending, "WSARecvFrom that is pending stores flags",
       PATCH(WSARecvFrom, flags_early));

static int WINAPI nests(WSARECVFROM_PARAMETERS)
{
    static LPWSAOVERLAPPED last;
    int result = WSARECVFROM;
    DWORD error = GetLastError();
    if (routine && overlapped == last)
        real(SleepEx)(0, TRUE);
    last = routine ? overlapped : NULL;
    SetLastError(error);
    return result;
}
MUTANT(completion_routines_nest, "A completion routine runs inside another",
       PATCH(WSARecvFrom, nests));

static int WINAPI loses_third(WSARECVFROM_PARAMETERS)
{
    static LPWSAOVERLAPPED first, second;
    if (routine && first && second && overlapped != second && overlapped != first)
        routine = NULL;
    if (routine && !first)
        first = overlapped;
    else if (routine && !second && overlapped != first)
        second = overlapped;
    return WSARECVFROM;
}
MUTANT(third_routine_is_lost, "Two completion routines run in one wait at most",
       PATCH(WSARecvFrom, loses_third));
