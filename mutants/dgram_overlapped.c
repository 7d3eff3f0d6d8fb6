/* Wrong behaviours of datagram sockets: arguments, WSASendTo and WSARecvFrom. */
#include "winsock_socket.h"

#define SENDTO_PARAMETERS \
    SOCKET s, const char *bytes, int size, int flags, const struct sockaddr *to, int length
#define SENDTO real.sendto(s, bytes, size, flags, to, length)
#define RECVFROM_PARAMETERS \
    SOCKET s, char *bytes, int size, int flags, struct sockaddr *from, int *length
#define RECVFROM real.recvfrom(s, bytes, size, flags, from, length)

static int WINAPI sendto_renames(SENDTO_PARAMETERS)
{
    return failure_renamed(failure_renamed(SENDTO, WSAEAFNOSUPPORT, WSAEINVAL), WSAEFAULT,
                           WSAEINVAL);
}
MUTANT(sendto_wrong_arguments_are_invalid, "sendto fails with WSAEINVAL for wrong addresses",
       PATCH(sendto, sendto_renames));

static int WINAPI sendto_knows_nobody(SENDTO_PARAMETERS)
{
    const struct sockaddr_in *name = (const struct sockaddr_in *)to;
    if (size == 5 && to && length == sizeof(*name) &&
        name->sin_addr.s_addr == htonl(INADDR_LOOPBACK + 1))
        return socket_fails(WSAECONNRESET);
    return SENDTO;
}
MUTANT(sendto_knows_that_nobody_listens, "sendto fails at once where nobody receives",
       PATCH(sendto, sendto_knows_nobody));

static int WINAPI no_local_address(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real.getsockname(s, name, length);
    if (result == 0 && is_datagram(s) && has_peer(s))
        ((struct sockaddr_in *)name)->sin_addr.s_addr = htonl(INADDR_ANY);
    return result;
}
MUTANT(getsockname_of_connected_datagrams_is_any,
       "getsockname tells no address of a connected datagram socket",
       PATCH(getsockname, no_local_address));

static int WINAPI sendto_shut(SENDTO_PARAMETERS)
{
    return failure_renamed(SENDTO, WSAESHUTDOWN, WSAENOTCONN);
}
MUTANT(sendto_after_shutdown_is_unconnected, "sendto after shutdown fails with WSAENOTCONN",
       PATCH(sendto, sendto_shut));

static int WINAPI recvfrom_shut(RECVFROM_PARAMETERS)
{
    return failure_renamed(RECVFROM, WSAESHUTDOWN, WSAENOTCONN);
}
MUTANT(recvfrom_after_shutdown_is_unconnected, "recvfrom after shutdown fails with WSAENOTCONN",
       PATCH(recvfrom, recvfrom_shut));

static int WINAPI recvfrom_wants_from(RECVFROM_PARAMETERS)
{
    return size == 8 && !from ? socket_fails(WSAEFAULT) : RECVFROM;
}
MUTANT(recvfrom_wants_room_for_the_source, "recvfrom fails without room for the source",
       PATCH(recvfrom, recvfrom_wants_from));

static int WINAPI recvfrom_fault(RECVFROM_PARAMETERS)
{
    return failure_renamed(RECVFROM, WSAEFAULT, WSAEINVAL);
}
MUTANT(recvfrom_faults_are_invalid, "recvfrom fails with WSAEINVAL for too little room",
       PATCH(recvfrom, recvfrom_fault));

static int WINAPI recvfrom_is_connected(RECVFROM_PARAMETERS)
{
    return from && is_datagram(s) && has_peer(s) ? socket_fails(WSAEISCONN) : RECVFROM;
}
MUTANT(recvfrom_refuses_connected_sockets, "recvfrom fails on a connected datagram socket",
       PATCH(recvfrom, recvfrom_is_connected));

static int WINAPI recvfrom_no_reset(RECVFROM_PARAMETERS)
{
    return failure_renamed(RECVFROM, WSAECONNRESET, WSAETIMEDOUT);
}
MUTANT(recvfrom_is_not_reset, "recvfrom is not told that a port cannot be reached",
       PATCH(recvfrom, recvfrom_no_reset));

static int WINAPI connect_family(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real.connect(s, name, length);
    return is_datagram(s) ? failure_renamed(result, WSAEAFNOSUPPORT, WSAEFAULT) : result;
}
MUTANT(connect_datagrams_to_a_family_is_a_fault,
       "connect of a datagram socket to another family fails with WSAEFAULT",
       PATCH(connect, connect_family));

/* ---- WSASendTo */

#define WSASENDTO_PARAMETERS                                                                       \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags, const struct sockaddr *to, \
        int length, LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSASENDTO real.WSASendTo(s, buffers, count, sent, flags, to, length, overlapped, routine)

static int WINAPI only_first(WSASENDTO_PARAMETERS)
{
    count = overlapped ? count : 1;
    return WSASENDTO;
}
MUTANT(wsasendto_sends_one_buffer, "WSASendTo without an OVERLAPPED sends the first buffer only",
       PATCH(WSASendTo, only_first));

static int WINAPI counts_nothing(WSASENDTO_PARAMETERS)
{
    int result = WSASENDTO;
    if (result == 0 && sent && !overlapped)
        *sent = 0;
    return result;
}
MUTANT(wsasendto_counts_nothing, "WSASendTo stores no count", PATCH(WSASendTo, counts_nothing));

static int WINAPI needs_no_count(WSASENDTO_PARAMETERS)
{
    return sent || overlapped ? WSASENDTO : failure_hidden(WSASENDTO, WSAEFAULT, 0);
}
MUTANT(wsasendto_needs_no_count, "WSASendTo needs no room for the count",
       PATCH(WSASendTo, needs_no_count));

static int WINAPI needs_a_name(WSASENDTO_PARAMETERS)
{
    DWORD error = GetLastError();
    struct sockaddr_storage name;
    int size = sizeof(name);
    if (real.getsockname(s, (struct sockaddr *)&name, &size) == SOCKET_ERROR)
        return socket_fails(WSAEINVAL);
    SetLastError(error);
    return WSASENDTO;
}
MUTANT(wsasendto_needs_a_bound_socket, "WSASendTo fails on a socket that is not bound",
       PATCH(WSASendTo, needs_a_name));

static int WINAPI sets_no_event(WSASENDTO_PARAMETERS)
{
    int result = WSASENDTO;
    DWORD error = GetLastError();
    if (overlapped && !routine)
        real.ResetEvent(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(wsasendto_sets_no_event, "WSASendTo that is done at once does not set its event",
       PATCH(WSASendTo, sets_no_event));

static int WINAPI runs_at_once(WSASENDTO_PARAMETERS)
{
    int result = WSASENDTO;
    DWORD error = GetLastError();
    if (routine)
        real.SleepEx(20, TRUE);
    SetLastError(error);
    return result;
}
MUTANT(wsasendto_runs_the_routine_at_once, "The routine of WSASendTo runs before an alertable wait",
       PATCH(WSASendTo, runs_at_once));

static LPWSAOVERLAPPED_COMPLETION_ROUTINE real_routine;

static void CALLBACK flagged(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    real_routine(error, count, overlapped, flags | MSG_PARTIAL);
}
static int WINAPI gives_flags(WSASENDTO_PARAMETERS)
{
    if (routine)
        real_routine = routine, routine = flagged;
    return WSASENDTO;
}
MUTANT(wsasendto_routine_gets_flags, "The routine of WSASendTo is given flags",
       PATCH(WSASendTo, gives_flags));

static void CALLBACK eventless(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    overlapped->hEvent = NULL;
    real_routine(error, count, overlapped, flags);
}
static int WINAPI clears_event(WSASENDTO_PARAMETERS)
{
    if (routine)
        real_routine = routine, routine = eventless;
    return WSASENDTO;
}
MUTANT(wsasendto_clears_the_event, "WSASendTo with a routine changes the member hEvent",
       PATCH(WSASendTo, clears_event));

static int WINAPI forgets_routine(WSASENDTO_PARAMETERS)
{
    routine = NULL;
    return WSASENDTO;
}
MUTANT(wsasendto_done_at_once_runs_no_routine,
       "WSASendTo that is done at once does not run its routine",
       PATCH(WSASendTo, forgets_routine));

/* ---- WSARecvFrom */

#define WSARECVFROM_PARAMETERS                                                                  \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD flags, struct sockaddr *from, \
        LPINT length, LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSARECVFROM \
    real.WSARecvFrom(s, buffers, count, got, flags, from, length, overlapped, routine)

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
    return real.ioctlsocket(s, command, argument);
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
    real.WSARecvFrom(s, &held_buffer, 1, NULL, &held_flags, NULL, NULL, held, NULL);
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
        real.ResetEvent(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(wsarecvfrom_done_at_once_sets_no_event,
       "WSARecvFrom that is done at once does not set its event",
       PATCH(WSARecvFrom, immediate_sets_no_event));

static BOOL WINAPI late_truncation_succeeds(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count,
                                            BOOL wait, LPDWORD flags)
{
    BOOL done = real.WSAGetOverlappedResult(s, overlapped, count, wait, flags);
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
