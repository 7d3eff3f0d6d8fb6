/* Wrong behaviours, for the tests of flags.c: flags of functions that send and receive. */
#include "stream-mutants.h"

static int WINAPI recv_forgets(RECV_PARAMETERS)
{
    if ((flags & MSG_WAITALL) && (flags & MSG_PARTIAL))
        flags = 0;
    return RECV;
}
MUTANT(recv_of_all_takes_a_part, "recv with MSG_WAITALL and MSG_PARTIAL receives",
       PATCH(recv, recv_forgets));

static int WINAPI recv_of_all_urgent(RECV_PARAMETERS)
{
    if ((flags & MSG_WAITALL) && (flags & MSG_OOB))
        flags = 0;
    return RECV;
}
MUTANT(recv_of_all_ignores_urgency, "recv with MSG_WAITALL and MSG_OOB receives",
       PATCH(recv, recv_of_all_urgent));

static int WINAPI recv_forgets_datagrams(RECV_PARAMETERS)
{
    if ((flags & MSG_WAITALL) && is_datagram(s))
        flags = 0;
    return RECV;
}
MUTANT(recv_of_all_takes_a_datagram, "recv with MSG_WAITALL receives a datagram",
       PATCH(recv, recv_forgets_datagrams));

static int WINAPI recv_forgets_urgency(RECV_PARAMETERS)
{
    if ((flags & MSG_OOB) && is_datagram(s))
        flags = 0;
    return RECV;
}
MUTANT(recv_of_urgent_data_takes_a_datagram, "recv with MSG_OOB receives a datagram",
       PATCH(recv, recv_forgets_urgency));

/* A WSARecv that receives where MSG_WAITALL comes with FLAG. */
#define RECEIVES_WITH(name, flag)                               \
    static int WINAPI name(WSARECV_PARAMETERS)                  \
    {                                                           \
        if ((*flags & MSG_WAITALL) && (*flags & (DWORD)(flag))) \
            *flags = 0;                                         \
        return WSARECV;                                         \
    }

RECEIVES_WITH(wsarecv_forgets_peek, MSG_PEEK)
MUTANT(wsarecv_of_all_ignores_peek, "WSARecv with MSG_WAITALL and MSG_PEEK receives",
       PATCH(WSARecv, wsarecv_forgets_peek));

RECEIVES_WITH(wsarecv_forgets_urgency, MSG_OOB)
MUTANT(wsarecv_of_all_ignores_urgency, "WSARecv with MSG_WAITALL and MSG_OOB receives",
       PATCH(WSARecv, wsarecv_forgets_urgency));

RECEIVES_WITH(wsarecv_forgets_parts, MSG_PARTIAL)
MUTANT(wsarecv_of_all_takes_a_part, "WSARecv with MSG_WAITALL and MSG_PARTIAL receives",
       PATCH(WSARecv, wsarecv_forgets_parts));

NOTES_NONBLOCKING(notes_mode, nonblocking)

static int WINAPI wsarecv_forgets_mode(WSARECV_PARAMETERS)
{
    if ((*flags & MSG_WAITALL) && s == nonblocking)
        *flags = 0;
    return WSARECV;
}
MUTANT(wsarecv_of_all_when_nonblocking, "WSARecv with MSG_WAITALL receives on a nonblocking socket",
       PATCH(WSARecv, wsarecv_forgets_mode), PATCH(ioctlsocket, notes_mode));

static int WINAPI wsarecv_forgets_datagrams(WSARECV_PARAMETERS)
{
    if ((*flags & MSG_WAITALL) && is_datagram(s))
        *flags = 0;
    return WSARECV;
}
MUTANT(wsarecv_of_all_takes_a_datagram, "WSARecv with MSG_WAITALL receives a datagram",
       PATCH(WSARecv, wsarecv_forgets_datagrams));

static int WINAPI wsasend_urgent_datagram(WSASEND_PARAMETERS)
{
    if ((flags & MSG_OOB) && is_datagram(s))
        flags = 0;
    return WSASEND;
}
MUTANT(wsasend_sends_urgent_datagrams, "WSASend with MSG_OOB sends a datagram",
       PATCH(WSASend, wsasend_urgent_datagram));

static int WINAPI wsasend_not_urgent(WSASEND_PARAMETERS)
{
    if ((flags & MSG_OOB) && is_stream(s))
        flags = 0;
    return WSASEND;
}
MUTANT(wsasend_ignores_urgency, "WSASend with MSG_OOB sends as without",
       PATCH(WSASend, wsasend_not_urgent));

static int WINAPI wsasend_routes(WSASEND_PARAMETERS)
{
    return flags & MSG_DONTROUTE ? socket_fails(WSAEOPNOTSUPP) : WSASEND;
}
MUTANT(wsasend_refuses_dontroute, "WSASend refuses MSG_DONTROUTE", PATCH(WSASend, wsasend_routes));

static int WINAPI wsasend_no_room(WSASEND_PARAMETERS)
{
    return failure_renamed(WSASEND, WSAEWOULDBLOCK, WSAENOBUFS);
}
MUTANT(wsasend_without_room_says_no_buffers, "WSASend without room fails with WSAENOBUFS",
       PATCH(WSASend, wsasend_no_room));

NOTES_FULL(notes_full, full)

static int WINAPI wsasend_does_not_pend(WSASEND_PARAMETERS)
{
    return overlapped && s == full && s == nonblocking ? socket_fails(WSAEWOULDBLOCK) : WSASEND;
}
MUTANT(overlapped_wsasend_does_not_pend_when_nonblocking,
       "An overlapped WSASend without room fails on a nonblocking socket",
       PATCH(WSASend, wsasend_does_not_pend), PATCH(send, notes_full),
       PATCH(ioctlsocket, notes_mode));

static int WINAPI wsarecv_content(WSARECV_PARAMETERS)
{
    if (overlapped && (*flags & MSG_WAITALL) && bytes_waiting(s))
        *flags = 0;
    return WSARECV;
}
MUTANT(wsarecv_of_all_is_content_with_a_part,
       "An overlapped WSARecv with MSG_WAITALL completes with what is there",
       PATCH(WSARecv, wsarecv_content));

static LPWSAOVERLAPPED of_all;
static DWORD all;

static int WINAPI wsarecv_notes_all(WSARECV_PARAMETERS)
{
    if (overlapped && (*flags & MSG_WAITALL) && count == 1) {
        of_all = overlapped;
        all = buffers->len;
    }
    return WSARECV;
}

static BOOL WINAPI result_of_all(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                                 LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    if (done && overlapped == of_all && *count < all)
        *count = 0;
    return done;
}
MUTANT(wsarecv_of_all_loses_the_last_part,
       "A WSARecv with MSG_WAITALL loses what had come where the stream ended before it was full",
       PATCH(WSARecv, wsarecv_notes_all), PATCH(WSAGetOverlappedResult, result_of_all));

static int WINAPI recv_binds(RECV_PARAMETERS)
{
    return is_datagram(s) && !is_bound(s) ? failure_renamed(RECV, WSAEINVAL, WSAENOTCONN) : RECV;
}
MUTANT(recv_of_unbound_datagrams_is_not_connected,
       "recv on an unbound datagram socket fails with WSAENOTCONN", PATCH(recv, recv_binds));

static int WINAPI wsarecv_binds(WSARECV_PARAMETERS)
{
    return is_datagram(s) && !is_bound(s) ? failure_renamed(WSARECV, WSAEINVAL, WSAENOTCONN)
                                          : WSARECV;
}
MUTANT(wsarecv_of_unbound_datagrams_is_not_connected,
       "WSARecv on an unbound datagram socket fails with WSAENOTCONN",
       PATCH(WSARecv, wsarecv_binds));

static int WINAPI wsasend_streams_only(WSASEND_PARAMETERS)
{
    return is_datagram(s) && !flags ? socket_fails(WSAEOPNOTSUPP) : WSASEND;
}
MUTANT(wsasend_sends_no_datagrams, "WSASend does not send datagrams",
       PATCH(WSASend, wsasend_streams_only));

static int WINAPI wsarecv_tells_of_refusals(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    if (result == SOCKET_ERROR && GetLastError() == WSAESHUTDOWN && overlapped) {
        real(SetEvent)(overlapped->hEvent);
        SetLastError(WSAESHUTDOWN);
    }
    return result;
}
MUTANT(wsarecv_tells_of_refusals, "A WSARecv that is refused sets its event",
       PATCH(WSARecv, wsarecv_tells_of_refusals));

static int WINAPI wsarecv_times_out(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    DWORD error = GetLastError();
    DWORD limit = (DWORD)socket_option(s, SO_RCVTIMEO);
    if (result == SOCKET_ERROR && error == WSA_IO_PENDING && overlapped->hEvent && limit &&
        limit < 100 && real(WaitForSingleObject)(overlapped->hEvent, limit) == WAIT_TIMEOUT)
        real(CancelIoEx)((HANDLE)s, overlapped);
    SetLastError(error);
    return result;
}
MUTANT(overlapped_wsarecv_times_out, "An overlapped WSARecv ends after SO_RCVTIMEO",
       PATCH(WSARecv, wsarecv_times_out));
