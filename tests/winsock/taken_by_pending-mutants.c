/* Wrong behaviours, for the tests of taken_by_pending.c: what was taken is still told, and what was
 * left is not. */
#include "../stream/stream-mutants.h"

#define SELECT_PARAMETERS int n, fd_set *reads, fd_set *writes, fd_set *excepts, TIMEVAL *limit
#define SELECT real(select)(n, reads, writes, excepts, limit)

/* The last socket of which a receive was pending, and the last that AcceptEx had to wait at. */
static SOCKET receiver = INVALID_SOCKET, acceptor = INVALID_SOCKET;
static LPFN_ACCEPTEX real_accept_ex;

static int WINAPI notes_receiver(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING)
        receiver = s;
    return result;
}

static BOOL WINAPI notes_acceptor(SOCKET listener, SOCKET s, PVOID buffer, DWORD size, DWORD local,
                                  DWORD remote, LPDWORD count, LPOVERLAPPED overlapped)
{
    BOOL done = real_accept_ex(listener, s, buffer, size, local, remote, count, overlapped);
    if (!done && GetLastError() == ERROR_IO_PENDING)
        acceptor = listener;
    return done;
}
EXCHANGES(accept_ex_1, WSAID_ACCEPTEX, notes_acceptor, real_accept_ex)

static bool is_only(const fd_set *set, SOCKET s)
{
    return s != INVALID_SOCKET && set && set->fd_count == 1 && set->fd_array[0] == s;
}

static int told_again(SOCKET s, SELECT_PARAMETERS)
{
    bool only = is_only(reads, s);
    int ready = SELECT;
    if (ready == 0 && only)
        ready = (int)(reads->fd_count = 1);
    return ready;
}

static int WINAPI tells_accepted(SELECT_PARAMETERS)
{
    return told_again(acceptor, n, reads, writes, excepts, limit);
}
MUTANT(select_tells_accepted, "select tells a listening socket whose client AcceptEx has taken",
       PATCH(WSAIoctl, accept_ex_1), PATCH(select, tells_accepted));

static int WINAPI tells_received(SELECT_PARAMETERS)
{
    return told_again(receiver, n, reads, writes, excepts, limit);
}
MUTANT(select_tells_received, "select tells a socket whose data a pending WSARecv has taken",
       PATCH(WSARecv, notes_receiver), PATCH(select, tells_received));

static int WINAPI poll_tells(WSAPOLLFD *sockets, ULONG count, INT time)
{
    int ready = real(WSAPoll)(sockets, count, time);
    if (ready == 0 && count == 1 && (sockets->fd == receiver || sockets->fd == acceptor)) {
        sockets->revents = POLLRDNORM;
        ready = 1;
    }
    return ready;
}
MUTANT(poll_tells_taken, "WSAPoll reports what a pending operation has taken",
       PATCH(WSARecv, notes_receiver), PATCH(WSAIoctl, accept_ex_1), PATCH(WSAPoll, poll_tells));

static int WINAPI event_tells(SOCKET s, WSAEVENT event, long events)
{
    int result = real(WSAEventSelect)(s, event, events);
    if (result == 0 && events && (s == receiver || s == acceptor))
        real(SetEvent)(event);
    return result;
}
MUTANT(event_select_records_taken, "WSAEventSelect records what a pending operation has taken",
       PATCH(WSARecv, notes_receiver), PATCH(WSAIoctl, accept_ex_1),
       PATCH(WSAEventSelect, event_tells));

static int WINAPI misses_rest(SELECT_PARAMETERS)
{
    bool only = is_only(reads, receiver);
    int ready = SELECT;
    if (ready == 1 && only)
        ready = (int)(reads->fd_count = 0);
    return ready;
}
MUTANT(select_misses_what_was_left,
       "select does not tell a socket of which a pending WSARecv has left something",
       PATCH(WSARecv, notes_receiver), PATCH(select, misses_rest));

static WSABUF taken_into;
static LPWSAOVERLAPPED pending;

static int WINAPI notes_room(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD flags,
                             LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    taken_into = *buffers;
    pending = overlapped;
    receiver = s;
    return real(WSARecv)(s, buffers, count, got, flags, overlapped, routine);
}

static int WINAPI returns_taken(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    if (got != SOCKET_ERROR || GetLastError() != WSAEWOULDBLOCK || s != receiver || !pending ||
        !HasOverlappedIoCompleted(pending) || !pending->InternalHigh || size < (int)taken_into.len)
        return got;
    memcpy(bytes, taken_into.buf, pending->InternalHigh);
    return (int)pending->InternalHigh;
}
MUTANT(recv_returns_what_was_taken, "recv returns once more what a pending WSARecv has taken",
       PATCH(WSARecv, notes_room), PATCH(recv, returns_taken));

static int WINAPI ends_pending(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    if (s == receiver && pending && !HasOverlappedIoCompleted(pending)) {
        DWORD error = GetLastError();
        real(CancelIoEx)((HANDLE)s, pending);
        SetLastError(error);
    }
    return got;
}
MUTANT(recv_ends_pending_receives, "recv ends a WSARecv that is pending",
       PATCH(WSARecv, notes_room), PATCH(recv, ends_pending));
