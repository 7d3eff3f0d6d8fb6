/* Wrong behaviours, for the tests of network_events.c: which network events WSAEventSelect
 * records, and what makes it record them again. */
#include "events-mutants.h"

/* Leaves the last error alone. */
static void reset_event_of(SOCKET s)
{
    DWORD error = GetLastError();
    if (watched.event && watched.s == s)
        real(ResetEvent)(watched.event);
    SetLastError(error);
}

static void set_event_of(SOCKET s)
{
    DWORD error = GetLastError();
    if (watched.event && watched.s == s)
        real(SetEvent)(watched.event);
    SetLastError(error);
}

static int WINAPI connection_is_data(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0 && seen->lNetworkEvents & FD_ACCEPT)
        seen->lNetworkEvents = FD_READ;
    return result;
}
MUTANT(enum_events_reports_connection_as_data,
       "A connection that can be accepted is recorded as FD_READ",
       PATCH(WSAEnumNetworkEvents, connection_is_data));

static SOCKET WINAPI accepts_one(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real(accept)(s, name, length);
    reset_event_of(s);
    return accepted;
}
MUTANT(accept_records_no_next_connection, "accept does not record the connection that comes next",
       PATCH(WSAEventSelect, notes), PATCH(accept, accepts_one));

static int WINAPI connected_with_error(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0 && seen->lNetworkEvents & FD_CONNECT && !seen->iErrorCode[FD_CONNECT_BIT])
        seen->iErrorCode[FD_CONNECT_BIT] = WSAEISCONN;
    return result;
}
MUTANT(enum_events_of_connected_has_an_error, "FD_CONNECT of a connection made has an error",
       PATCH(WSAEnumNetworkEvents, connected_with_error));

static int WINAPI refused_without_error(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0 && seen->lNetworkEvents & FD_CONNECT)
        seen->iErrorCode[FD_CONNECT_BIT] = 0;
    return result;
}
MUTANT(enum_events_of_refused_has_no_error, "FD_CONNECT of a refused connection has no error",
       PATCH(WSAEnumNetworkEvents, refused_without_error));

static SOCKET WINAPI accepts_unwatched(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real(accept)(s, name, length);
    if (accepted != INVALID_SOCKET && watched.event && watched.s == s)
        real(WSAEventSelect)(accepted, NULL, 0);
    return accepted;
}
MUTANT(accept_forgets_the_events, "An accepted socket has not the events of its listener",
       PATCH(WSAEventSelect, notes), PATCH(accept, accepts_unwatched));

static int WINAPI recv_once(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    reset_event_of(s);
    return got;
}

static int WINAPI recvfrom_once(SOCKET s, char *bytes, int size, int flags, struct sockaddr *from,
                                int *length)
{
    int got = real(recvfrom)(s, bytes, size, flags, from, length);
    reset_event_of(s);
    return got;
}

static int WINAPI wsarecv_once(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD flags,
                               LPWSAOVERLAPPED overlapped,
                               LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    int result = real(WSARecv)(s, buffers, count, got, flags, overlapped, routine);
    reset_event_of(s);
    return result;
}

static int WINAPI wsarecvfrom_once(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got,
                                   LPDWORD flags, struct sockaddr *from, LPINT length,
                                   LPWSAOVERLAPPED overlapped,
                                   LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    int result =
        real(WSARecvFrom)(s, buffers, count, got, flags, from, length, overlapped, routine);
    reset_event_of(s);
    return result;
}
MUTANT(receiving_records_nothing_again, "FD_READ is recorded once, whatever is left to read",
       PATCH(WSAEventSelect, notes), PATCH(recv, recv_once), PATCH(recvfrom, recvfrom_once),
       PATCH(WSARecv, wsarecv_once), PATCH(WSARecvFrom, wsarecvfrom_once));

static int WINAPI recv_records(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    set_event_of(s);
    return got;
}
MUTANT(receiving_records_always, "FD_READ is recorded again though nothing is left to read",
       PATCH(WSAEventSelect, notes), PATCH(recv, recv_records));

static int WINAPI no_room_at_first(SELECT_PARAMETERS)
{
    if (events == FD_WRITE && is_datagram(s))
        events = FD_QOS;
    return SELECT;
}
MUTANT(event_select_records_no_room_at_first, "FD_WRITE is not recorded when it is asked for",
       PATCH(WSAEventSelect, no_room_at_first));

static int WINAPI sendto_records(SOCKET s, const char *bytes, int size, int flags,
                                 const struct sockaddr *to, int length)
{
    int sent = real(sendto)(s, bytes, size, flags, to, length);
    set_event_of(s);
    return sent;
}
MUTANT(sending_records_room, "FD_WRITE is recorded again after every sendto",
       PATCH(WSAEventSelect, notes), PATCH(sendto, sendto_records));

static int WINAPI send_blocked_for_ever(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real(send)(s, bytes, size, flags);
    if (sent == SOCKET_ERROR && GetLastError() == WSAEWOULDBLOCK && watched.event &&
        watched.s == s) {
        real(WSAEventSelect)(s, watched.event, FD_QOS);
        SetLastError(WSAEWOULDBLOCK);
    }
    return sent;
}
MUTANT(room_is_not_recorded_again, "FD_WRITE is not recorded when there is room again",
       PATCH(WSAEventSelect, notes), PATCH(send, send_blocked_for_ever));

static int WINAPI urgent_is_data(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0 && seen->lNetworkEvents & FD_OOB && !socket_option(s, SO_OOBINLINE))
        seen->lNetworkEvents = FD_READ;
    return result;
}
MUTANT(enum_events_reports_urgent_as_data, "Urgent data is recorded as FD_READ",
       PATCH(WSAEnumNetworkEvents, urgent_is_data));

static int WINAPI in_line_is_urgent(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0 && seen->lNetworkEvents & FD_READ && socket_option(s, SO_OOBINLINE))
        seen->lNetworkEvents |= FD_OOB;
    return result;
}
MUTANT(enum_events_reports_in_line_as_urgent, "Urgent data received in line is recorded as FD_OOB",
       PATCH(WSAEnumNetworkEvents, in_line_is_urgent));

static int WINAPI close_sets(SOCKET s)
{
    set_event_of(s);
    return real(closesocket)(s);
}
MUTANT(closesocket_sets_the_event, "closesocket sets the event of its own socket",
       PATCH(WSAEventSelect, notes), PATCH(closesocket, close_sets));
