/* Wrong behaviours of what tells when a socket is ready: FIONBIO, select, WSAPoll, events. */
#include "winsock_socket.h"

/* ---- FIONBIO and calls that would block */

static int WINAPI on_ignored(SOCKET s, long command, u_long *argument)
{
    return command == (long)FIONBIO && *argument && is_datagram(s)
               ? 0
               : real.ioctlsocket(s, command, argument);
}
MUTANT(fionbio_on_ignored, "FIONBIO does not make a datagram socket nonblocking",
       PATCH(ioctlsocket, on_ignored));

static int WINAPI off_ignored(SOCKET s, long command, u_long *argument)
{
    return command == (long)FIONBIO && !*argument ? 0 : real.ioctlsocket(s, command, argument);
}
MUTANT(fionbio_off_ignored, "FIONBIO does not make a socket blocking again",
       PATCH(ioctlsocket, off_ignored));

static int WINAPI off_always(SOCKET s, long command, u_long *argument)
{
    return failure_hidden(real.ioctlsocket(s, command, argument), WSAEINVAL, 0);
}
MUTANT(fionbio_off_allowed_under_event_select,
       "FIONBIO makes a socket blocking that WSAEventSelect watches",
       PATCH(ioctlsocket, off_always));

static int WINAPI recv_blocked_is_end(SOCKET s, char *buffer, int size, int flags)
{
    return failure_hidden(real.recv(s, buffer, size, flags), WSAEWOULDBLOCK, 0);
}
MUTANT(recv_would_block_is_end, "a nonblocking recv without data looks like the end of the stream",
       PATCH(recv, recv_blocked_is_end));

static int WINAPI recvfrom_blocked_is_empty(SOCKET s, char *buffer, int size, int flags,
                                            struct sockaddr *from, int *length)
{
    return failure_hidden(real.recvfrom(s, buffer, size, flags, from, length), WSAEWOULDBLOCK, 0);
}
MUTANT(recvfrom_would_block_is_empty,
       "a nonblocking recvfrom without data looks like an empty datagram",
       PATCH(recvfrom, recvfrom_blocked_is_empty));

static int WINAPI recvfrom_late_is_blocked(SOCKET s, char *buffer, int size, int flags,
                                           struct sockaddr *from, int *length)
{
    return failure_renamed(real.recvfrom(s, buffer, size, flags, from, length), WSAETIMEDOUT,
                           WSAEWOULDBLOCK);
}
MUTANT(recvfrom_time_out_is_would_block, "a recvfrom that times out says WSAEWOULDBLOCK",
       PATCH(recvfrom, recvfrom_late_is_blocked));

static SOCKET WINAPI accept_blocked_is_invalid(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real.accept(s, name, length);
    if (accepted == INVALID_SOCKET && GetLastError() == WSAEWOULDBLOCK)
        SetLastError(WSAEINVAL);
    return accepted;
}
MUTANT(accept_would_block_is_invalid, "a nonblocking accept without connections says WSAEINVAL",
       PATCH(accept, accept_blocked_is_invalid));

static int WINAPI connect_posix(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_renamed(real.connect(s, name, length), WSAEWOULDBLOCK, WSAEINPROGRESS);
}
MUTANT(connect_would_block_is_in_progress, "a nonblocking connect says WSAEINPROGRESS",
       PATCH(connect, connect_posix));

/* ---- select */

static void restore(fd_set *set, const fd_set *before)
{
    if (set)
        *set = *before;
}

static int WINAPI keeps_idle(int n, fd_set *reads, fd_set *writes, fd_set *excepts, TIMEVAL *limit)
{
    fd_set before;
    restore(&before, reads ? reads : &(fd_set){0});
    int ready = real.select(n, reads, writes, excepts, limit);
    if (ready > 0 && before.fd_count > 1)
        restore(reads, &before);
    return ready;
}
MUTANT(select_keeps_idle_sockets, "select leaves sockets in readfds that are not readable",
       PATCH(select, keeps_idle));

static int WINAPI counts_once(int n, fd_set *reads, fd_set *writes, fd_set *excepts, TIMEVAL *limit)
{
    int ready = real.select(n, reads, writes, excepts, limit);
    return ready > 1 && reads && writes ? ready - 1 : ready;
}
MUTANT(select_counts_a_socket_once, "select counts a socket once that is in two sets",
       PATCH(select, counts_once));

static int WINAPI leaves_set(int n, fd_set *reads, fd_set *writes, fd_set *excepts, TIMEVAL *limit)
{
    fd_set before;
    restore(&before, reads ? reads : &(fd_set){0});
    int ready = real.select(n, reads, writes, excepts, limit);
    if (ready == 0)
        restore(reads, &before);
    return ready;
}
MUTANT(select_leaves_set_when_time_is_up, "select leaves readfds as it was when the time is up",
       PATCH(select, leaves_set));

static int WINAPI refuses_zero(int n, fd_set *reads, fd_set *writes, fd_set *excepts,
                               TIMEVAL *limit)
{
    if (limit && !limit->tv_sec && !limit->tv_usec && reads && reads->fd_count)
        return socket_fails(WSAEINVAL);
    return real.select(n, reads, writes, excepts, limit);
}
MUTANT(select_refuses_to_poll, "select with a zero time fails with WSAEINVAL",
       PATCH(select, refuses_zero));

static int WINAPI without_sets(int n, fd_set *reads, fd_set *writes, fd_set *excepts,
                               TIMEVAL *limit)
{
    return reads || writes || excepts ? real.select(n, reads, writes, excepts, limit) : 0;
}
MUTANT(select_without_sets_times_out, "select without any set times out",
       PATCH(select, without_sets));

static int WINAPI skips_strangers(int n, fd_set *reads, fd_set *writes, fd_set *excepts,
                                  TIMEVAL *limit)
{
    return failure_hidden(real.select(n, reads, writes, excepts, limit), WSAENOTSOCK, 0);
}
MUTANT(select_skips_what_is_no_socket, "select passes over handles that are not sockets",
       PATCH(select, skips_strangers));

static int WINAPI listener_always(int n, fd_set *reads, fd_set *writes, fd_set *excepts,
                                  TIMEVAL *limit)
{
    if (reads && reads->fd_count == 1 && !writes && !excepts && is_listening(reads->fd_array[0]))
        return 1;
    return real.select(n, reads, writes, excepts, limit);
}
MUTANT(select_calls_every_listener_readable,
       "select reports a listener as readable that has no connection",
       PATCH(select, listener_always));

static int WINAPI end_is_idle(int n, fd_set *reads, fd_set *writes, fd_set *excepts, TIMEVAL *limit)
{
    int ready = real.select(n, reads, writes, excepts, limit);
    if (ready == 1 && reads && reads->fd_count == 1 && is_stream(reads->fd_array[0]) &&
        !is_listening(reads->fd_array[0]) && !bytes_waiting(reads->fd_array[0]))
        ready = (int)(reads->fd_count = 0);
    return ready;
}
MUTANT(select_misses_end_of_stream, "select does not report the end of a stream as readable",
       PATCH(select, end_is_idle));

static void move_all(fd_set *from, fd_set *to)
{
    *to = *from;
    from->fd_count = 0;
}

static int WINAPI done_is_exception(int n, fd_set *reads, fd_set *writes, fd_set *excepts,
                                    TIMEVAL *limit)
{
    int ready = real.select(n, reads, writes, excepts, limit);
    if (ready == 1 && writes && excepts && writes->fd_count == 1)
        move_all(writes, excepts);
    return ready;
}
MUTANT(select_finished_connect_is_exception, "select reports a finished connect in exceptfds",
       PATCH(select, done_is_exception));

static int WINAPI refused_is_writable(int n, fd_set *reads, fd_set *writes, fd_set *excepts,
                                      TIMEVAL *limit)
{
    int ready = real.select(n, reads, writes, excepts, limit);
    if (ready == 1 && writes && excepts && excepts->fd_count == 1)
        move_all(excepts, writes);
    return ready;
}
MUTANT(select_refused_connect_is_writable, "select reports a refused connect in writefds",
       PATCH(select, refused_is_writable));

/* ---- WSAPoll */

static int WINAPI reports_pollin(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    int ready = real.WSAPoll(sockets, size, limit);
    for (ULONG i = 0; ready > 0 && i < size; i++)
        if (sockets[i].revents == POLLRDNORM && is_datagram(sockets[i].fd) && size > 1)
            sockets[i].revents = POLLIN;
    return ready;
}
MUTANT(poll_reports_pollin, "WSAPoll reports a datagram as POLLRDNORM and POLLRDBAND",
       PATCH(WSAPoll, reports_pollin));

static int WINAPI returns_size(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    int ready = real.WSAPoll(sockets, size, limit);
    return ready > 0 ? (int)size : ready;
}
MUTANT(poll_returns_size_of_array, "WSAPoll returns how many sockets it was asked about",
       PATCH(WSAPoll, returns_size));

static int WINAPI leaves_idle_revents(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    SHORT before = sockets && size ? sockets[0].revents : 0;
    int ready = real.WSAPoll(sockets, size, limit);
    if (ready > 0 && sockets[0].revents == 0)
        sockets[0].revents = before;
    return ready;
}
MUTANT(poll_leaves_revents_of_idle, "WSAPoll does not clear revents of a socket that is not ready",
       PATCH(WSAPoll, leaves_idle_revents));

static int WINAPI never_writable(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    int ready = real.WSAPoll(sockets, size, limit);
    if (ready == 1 && sockets[0].revents == POLLWRNORM && sockets[0].events & POLLIN)
        ready = sockets[0].revents = 0;
    return ready;
}
MUTANT(poll_never_writable, "WSAPoll does not report a datagram socket as writable",
       PATCH(WSAPoll, never_writable));

static int WINAPI listener_band(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    int ready = real.WSAPoll(sockets, size, limit);
    if (ready == 1 && is_listening(sockets[0].fd))
        sockets[0].revents = POLLRDBAND;
    return ready;
}
MUTANT(poll_reports_connection_as_band, "WSAPoll reports a waiting connection as POLLRDBAND",
       PATCH(WSAPoll, listener_band));

static int WINAPI no_array_invalid(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    return failure_renamed(real.WSAPoll(sockets, size, limit), WSAEFAULT, WSAEINVAL);
}
MUTANT(poll_without_array_is_invalid, "WSAPoll without an array says WSAEINVAL",
       PATCH(WSAPoll, no_array_invalid));

static int WINAPI invalid_is_fault(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    return failure_renamed(real.WSAPoll(sockets, size, limit), WSAEINVAL, WSAEFAULT);
}
MUTANT(poll_invalid_is_a_fault, "WSAPoll says WSAEFAULT for an invalid request",
       PATCH(WSAPoll, invalid_is_fault));

static int WINAPI nothing_is_timeout(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    return size ? real.WSAPoll(sockets, size, limit) : 0;
}
MUTANT(poll_of_nothing_times_out, "WSAPoll of no sockets times out",
       PATCH(WSAPoll, nothing_is_timeout));

static int WINAPI edge_triggered(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    static SOCKET told = INVALID_SOCKET;
    int ready = real.WSAPoll(sockets, size, limit);
    if (ready == 1 && sockets[0].fd == told)
        ready = sockets[0].revents = 0;
    else if (ready == 1)
        told = sockets[0].fd;
    return ready;
}
MUTANT(poll_edge_triggered, "WSAPoll reports a datagram once only", PATCH(WSAPoll, edge_triggered));

/* ---- WSAEventSelect and WSAEnumNetworkEvents */

static int WINAPI read_is_oob(SOCKET s, WSAEVENT event, WSANETWORKEVENTS *seen)
{
    bool untouched = seen->iErrorCode[FD_READ_BIT] == -1; /* as one of many callers fills it */
    int result = real.WSAEnumNetworkEvents(s, event, seen);
    if (result == 0 && seen->lNetworkEvents == FD_READ && untouched)
        seen->lNetworkEvents = FD_OOB;
    return result;
}
MUTANT(enum_events_reports_data_as_oob, "WSAEnumNetworkEvents reports a datagram as FD_OOB",
       PATCH(WSAEnumNetworkEvents, read_is_oob));

static int WINAPI close_is_read(SOCKET s, WSAEVENT event, WSANETWORKEVENTS *seen)
{
    int result = real.WSAEnumNetworkEvents(s, event, seen);
    if (result == 0 && seen->lNetworkEvents & FD_CLOSE)
        seen->lNetworkEvents |= FD_READ;
    return result;
}
MUTANT(enum_events_reports_close_as_read_too, "the end of a stream is recorded as FD_READ too",
       PATCH(WSAEnumNetworkEvents, close_is_read));

static int WINAPI close_is_reset(SOCKET s, WSAEVENT event, WSANETWORKEVENTS *seen)
{
    int result = real.WSAEnumNetworkEvents(s, event, seen);
    if (result == 0 && seen->lNetworkEvents & FD_CLOSE)
        seen->iErrorCode[FD_CLOSE_BIT] = WSAECONNRESET;
    return result;
}
MUTANT(enum_events_reports_end_as_reset, "FD_CLOSE of a graceful end carries WSAECONNRESET",
       PATCH(WSAEnumNetworkEvents, close_is_reset));

static int WINAPI keeps_record(SOCKET s, WSAEVENT event, WSANETWORKEVENTS *seen)
{
    static WSANETWORKEVENTS last;
    int result = real.WSAEnumNetworkEvents(s, event, seen);
    if (result == 0 && !seen->lNetworkEvents)
        *seen = last;
    last = *seen;
    return result;
}
MUTANT(enum_events_keeps_record, "WSAEnumNetworkEvents does not clear the record",
       PATCH(WSAEnumNetworkEvents, keeps_record));

static HANDLE watched;

static int WINAPI remembers_event(SOCKET s, WSAEVENT event, long events)
{
    watched = event;
    return real.WSAEventSelect(s, event, events);
}

static int WINAPI leaves_event(SOCKET s, WSAEVENT event, WSANETWORKEVENTS *seen)
{
    int result = real.WSAEnumNetworkEvents(s, NULL, seen);
    if (event && result == 0)
        real.SetEvent(event);
    return result;
}
MUTANT(enum_events_leaves_event_set, "WSAEnumNetworkEvents does not reset the event it is given",
       PATCH(WSAEnumNetworkEvents, leaves_event));

static int WINAPI resets_anyway(SOCKET s, WSAEVENT event, WSANETWORKEVENTS *seen)
{
    return real.WSAEnumNetworkEvents(s, event ? event : watched, seen);
}
MUTANT(enum_events_resets_event_anyway,
       "WSAEnumNetworkEvents resets the event without being given it",
       PATCH(WSAEnumNetworkEvents, resets_anyway), PATCH(WSAEventSelect, remembers_event));

static int WINAPI misses_waiting(SOCKET s, WSAEVENT event, long events)
{
    int result = real.WSAEventSelect(s, event, events);
    if (result == 0 && event)
        real.ResetEvent(event);
    return result;
}
MUTANT(event_select_misses_waiting_data, "WSAEventSelect does not see what has already come",
       PATCH(WSAEventSelect, misses_waiting));

static SOCKET still_blocking = INVALID_SOCKET;

static int WINAPI notes_socket(SOCKET s, WSAEVENT event, long events)
{
    still_blocking = s;
    return real.WSAEventSelect(s, event, events);
}

static int WINAPI waits_for_datagram(SOCKET s, char *buffer, int size, int flags,
                                     struct sockaddr *from, int *length)
{
    int got = real.recvfrom(s, buffer, size, flags, from, length);
    return s == still_blocking ? failure_renamed(got, WSAEWOULDBLOCK, WSAETIMEDOUT) : got;
}
MUTANT(event_select_leaves_socket_blocking, "WSAEventSelect leaves the socket blocking",
       PATCH(WSAEventSelect, notes_socket), PATCH(recvfrom, waits_for_datagram));

/* ---- getsockopt */

static int WINAPI forgets_refusal(SOCKET s, int level, int option, char *value, int *size)
{
    int result = real.getsockopt(s, level, option, value, size);
    if (result == 0 && level == SOL_SOCKET && option == SO_ERROR)
        memset(value, 0, (size_t)*size);
    return result;
}
MUTANT(so_error_is_always_0, "SO_ERROR does not tell why a connect failed",
       PATCH(getsockopt, forgets_refusal));

static int WINAPI type_is_protocol(SOCKET s, int level, int option, char *value, int *size)
{
    int result = real.getsockopt(s, level, option, value, size);
    if (result == 0 && option == SO_TYPE && *(int *)value == SOCK_DGRAM)
        *(int *)value = IPPROTO_UDP;
    return result;
}
MUTANT(so_type_is_protocol, "SO_TYPE of a datagram socket tells its protocol",
       PATCH(getsockopt, type_is_protocol));

static int WINAPI broadcast_on(SOCKET s, int level, int option, char *value, int *size)
{
    int result = real.getsockopt(s, level, option, value, size);
    if (result == 0 && level == SOL_SOCKET && option == SO_BROADCAST)
        *(BOOL *)value = TRUE;
    return result;
}
MUTANT(so_broadcast_is_on, "SO_BROADCAST is on by default", PATCH(getsockopt, broadcast_on));

static int WINAPI lingers(SOCKET s, int level, int option, char *value, int *size)
{
    int result = real.getsockopt(s, level, option, value, size);
    if (result == 0 && level == SOL_SOCKET && option == SO_LINGER)
        *(LINGER *)value = (LINGER){.l_onoff = 1, .l_linger = 0};
    return result;
}
MUTANT(so_linger_is_on, "SO_LINGER is on by default", PATCH(getsockopt, lingers));

static int WINAPI never_listens(SOCKET s, int level, int option, char *value, int *size)
{
    int result = real.getsockopt(s, level, option, value, size);
    if (result == 0 && level == SOL_SOCKET && option == SO_ACCEPTCONN)
        *(BOOL *)value = FALSE;
    return result;
}
MUTANT(so_acceptconn_is_always_off, "SO_ACCEPTCONN does not tell a listener",
       PATCH(getsockopt, never_listens));

static int WINAPI level_unknown_option(SOCKET s, int level, int option, char *value, int *size)
{
    return failure_renamed(real.getsockopt(s, level, option, value, size), WSAEINVAL,
                           WSAENOPROTOOPT);
}
MUTANT(getsockopt_unknown_level_is_unknown_option,
       "getsockopt with an unknown level says WSAENOPROTOOPT",
       PATCH(getsockopt, level_unknown_option));
