/* Wrong behaviours: send, WSASend, recv, shutdown, urgent data. */
#include "winsock_socket.h"

#define SEND_PARAMETERS SOCKET s, const char *bytes, int size, int flags
#define SEND real.send(s, bytes, size, flags)
#define RECV_PARAMETERS SOCKET s, char *bytes, int size, int flags
#define RECV real.recv(s, bytes, size, flags)

static int WINAPI send_counts_short(SEND_PARAMETERS)
{
    int sent = SEND;
    return sent == 5 && !memcmp(bytes, "bytes", 5) ? 4 : sent;
}
MUTANT(send_counts_one_less, "send counts one byte less than it has sent",
       PATCH(send, send_counts_short));

static int WINAPI send_of_nothing(SEND_PARAMETERS)
{
    return size == 0 ? socket_fails(WSAEINVAL) : SEND;
}
MUTANT(send_of_nothing_is_invalid, "send of no bytes fails", PATCH(send, send_of_nothing));

static int WINAPI send_fault(SEND_PARAMETERS)
{
    return failure_renamed(SEND, WSAEFAULT, WSAEINVAL);
}
MUTANT(send_without_a_buffer_is_invalid, "send without a buffer fails with WSAEINVAL",
       PATCH(send, send_fault));

static int WINAPI send_urgent(SEND_PARAMETERS)
{
    return flags & MSG_OOB ? failure_renamed(SEND, WSAEOPNOTSUPP, WSAEINVAL) : SEND;
}
MUTANT(send_of_urgent_datagrams_is_invalid, "send of an urgent datagram fails with WSAEINVAL",
       PATCH(send, send_urgent));

static int WINAPI send_routes(SEND_PARAMETERS)
{
    return flags & MSG_DONTROUTE ? socket_fails(WSAEOPNOTSUPP) : SEND;
}
MUTANT(send_refuses_dontroute, "send refuses MSG_DONTROUTE", PATCH(send, send_routes));

static int WINAPI send_no_room(SEND_PARAMETERS)
{
    return failure_renamed(SEND, WSAEWOULDBLOCK, WSAENOBUFS);
}
MUTANT(send_without_room_says_no_buffers, "send without room fails with WSAENOBUFS",
       PATCH(send, send_no_room));

static int WINAPI stream_sendto(SOCKET s, const char *bytes, int size, int flags,
                                const struct sockaddr *to, int length)
{
    if (to && is_stream(s))
        return socket_fails(WSAEISCONN);
    return real.sendto(s, bytes, size, flags, to, length);
}
MUTANT(sendto_refuses_connected_streams, "sendto with a destination fails for a connected stream",
       PATCH(sendto, stream_sendto));

static int WINAPI stream_recvfrom(SOCKET s, char *bytes, int size, int flags, struct sockaddr *from,
                                  int *length)
{
    int got = real.recvfrom(s, bytes, size, flags, from, length);
    if (got > 0 && from && is_stream(s))
        real.getpeername(s, from, length);
    return got;
}
MUTANT(recvfrom_tells_the_source_of_streams, "recvfrom stores the name of a stream's other end",
       PATCH(recvfrom, stream_recvfrom));

/* ---- WSASend */

#define WSASEND_PARAMETERS                                              \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags, \
        LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSASEND real.WSASend(s, buffers, count, sent, flags, overlapped, routine)

static int swapped_send(WSASEND_PARAMETERS)
{
    WSABUF swapped[2] = {buffers[1], buffers[0]};
    buffers = swapped;
    return WSASEND;
}

static int WINAPI last_first(WSASEND_PARAMETERS)
{
    return count == 2 && buffers->len == 4 && !overlapped
               ? swapped_send(s, buffers, count, sent, flags, overlapped, routine)
               : WSASEND;
}
MUTANT(wsasend_takes_the_last_buffer_first, "WSASend sends the last buffer first",
       PATCH(WSASend, last_first));

static int WINAPI overlapped_last_first(WSASEND_PARAMETERS)
{
    return count == 2 && overlapped && !routine
               ? swapped_send(s, buffers, count, sent, flags, overlapped, routine)
               : WSASEND;
}
MUTANT(wsasend_overlapped_takes_the_last_buffer_first,
       "An overlapped WSASend sends the last buffer first", PATCH(WSASend, overlapped_last_first));

static int WINAPI counts_nothing(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    if (result == 0 && sent && !overlapped)
        *sent = 0;
    return result;
}
MUTANT(wsasend_counts_nothing, "WSASend stores no count when it has sent at once",
       PATCH(WSASend, counts_nothing));

static int WINAPI needs_no_count(WSASEND_PARAMETERS)
{
    return failure_hidden(WSASEND, WSAEFAULT, 0);
}
MUTANT(wsasend_needs_no_count, "WSASend needs no room for the count",
       PATCH(WSASend, needs_no_count));

static int WINAPI takes_one_buffer(WSASEND_PARAMETERS)
{
    if (buffers && buffers[0].len > 1000000)
        count = 1;
    return WSASEND;
}
MUTANT(wsasend_takes_what_fits, "A blocking WSASend takes a part of a large request",
       PATCH(WSASend, takes_one_buffer));

static int WINAPI sets_no_event(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    DWORD error = GetLastError();
    if (result == 0 && overlapped && !routine && overlapped->hEvent)
        real.ResetEvent(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(wsasend_done_at_once_sets_no_event, "WSASend that is done at once does not set its event",
       PATCH(WSASend, sets_no_event));

static int WINAPI indicates_errors(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    DWORD error = GetLastError();
    if (result == SOCKET_ERROR && error != WSA_IO_PENDING && overlapped)
        real.SetEvent(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(wsasend_that_fails_sets_the_event, "WSASend that fails sets its event",
       PATCH(WSASend, indicates_errors));

static int WINAPI shut_down_is_unconnected(WSASEND_PARAMETERS)
{
    return failure_renamed(WSASEND, WSAESHUTDOWN, WSAENOTCONN);
}
MUTANT(wsasend_after_shutdown_is_unconnected, "WSASend after shutdown fails with WSAENOTCONN",
       PATCH(WSASend, shut_down_is_unconnected));

static int WINAPI garbles_later(WSASEND_PARAMETERS)
{
    static char copy[100000];
    static int calls;
    if (count != 1 || buffers->len != sizeof(copy) || ++calls != 2)
        return WSASEND;
    memcpy(copy, buffers->buf + 1, sizeof(copy) - 1);
    WSABUF shifted = {.len = sizeof(copy), .buf = copy};
    buffers = &shifted;
    return WSASEND;
}
MUTANT(wsasend_mixes_requests, "The second of several overlapped sends goes out of order",
       PATCH(WSASend, garbles_later));

static int WINAPI runs_routine_at_once(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    DWORD error = GetLastError();
    if (routine)
        real.SleepEx(20, TRUE);
    SetLastError(error);
    return result;
}
MUTANT(wsasend_runs_the_routine_at_once, "The routine of WSASend runs before an alertable wait",
       PATCH(WSASend, runs_routine_at_once));

static int WINAPI sets_event_too(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    DWORD error = GetLastError();
    if (routine && overlapped->hEvent)
        real.SetEvent(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(wsasend_with_a_routine_sets_the_event, "WSASend with a routine sets the event as well",
       PATCH(WSASend, sets_event_too));

static LPWSAOVERLAPPED_COMPLETION_ROUTINE real_routine;
static bool in_routine;

static void CALLBACK marked_routine(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped,
                                    DWORD flags)
{
    in_routine = true;
    real_routine(error, count, overlapped, flags);
    in_routine = false;
}
static int WINAPI not_in_a_routine(WSASEND_PARAMETERS)
{
    if (in_routine)
        return socket_fails(WSAEINPROGRESS);
    if (routine)
        real_routine = routine, routine = marked_routine;
    return WSASEND;
}
MUTANT(wsasend_refuses_to_be_called_by_a_routine, "WSASend fails in a completion routine",
       PATCH(WSASend, not_in_a_routine));

static void CALLBACK countless_routine(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped,
                                       DWORD flags)
{
    (void)count;
    real_routine(error, 0, overlapped, flags);
}
static int WINAPI hides_count(WSASEND_PARAMETERS)
{
    if (routine)
        real_routine = routine, routine = countless_routine;
    return WSASEND;
}
MUTANT(wsasend_routine_gets_no_count, "The routine of WSASend is told of 0 bytes",
       PATCH(WSASend, hides_count));

/* ---- recv and WSARecv */

static int WINAPI recv_fault(RECV_PARAMETERS)
{
    return failure_renamed(RECV, WSAEFAULT, WSAEINVAL);
}
MUTANT(recv_without_a_buffer_is_invalid, "recv without a buffer fails with WSAEINVAL",
       PATCH(recv, recv_fault));

static int WINAPI waits_for_nothing(RECV_PARAMETERS)
{
    flags &= ~MSG_WAITALL;
    return RECV;
}
MUTANT(recv_ignores_waitall, "recv ignores MSG_WAITALL", PATCH(recv, waits_for_nothing));

static int WINAPI waitall_or_nothing(RECV_PARAMETERS)
{
    int got = RECV;
    return flags & MSG_WAITALL && got >= 0 && got < size ? socket_fails(WSAECONNRESET) : got;
}
MUTANT(recv_waitall_fails_at_the_end, "recv with MSG_WAITALL fails when the stream ends before",
       PATCH(recv, waitall_or_nothing));

static int WINAPI not_alertable(RECV_PARAMETERS)
{
    u_long ready = 0;
    for (int tries = 0; is_stream(s) && has_peer(s) && !flags && tries < 1000; tries++) {
        real.ioctlsocket(s, FIONREAD, &ready);
        if (ready)
            break;
        real.WaitForSingleObject(GetCurrentProcess(), 1);
    }
    return RECV;
}
MUTANT(recv_is_not_alertable, "recv waits without running the thread's APCs",
       PATCH(recv, not_alertable));

#define WSARECV_PARAMETERS                                               \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD flags, \
        LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSARECV real.WSARecv(s, buffers, count, got, flags, overlapped, routine)

static int WINAPI wants_two(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    return result == 0 && !overlapped && *got == 1 && buffers->len == 100
               ? socket_fails(WSAEWOULDBLOCK)
               : result;
}
MUTANT(wsarecv_wants_two_bytes, "WSARecv does not return with one byte", PATCH(WSARecv, wants_two));

static int WINAPI wsarecv_renames(WSARECV_PARAMETERS)
{
    return failure_renamed(failure_renamed(WSARECV, WSAENOTCONN, WSAEINVAL), WSAESHUTDOWN,
                           WSAENOTCONN);
}
MUTANT(wsarecv_names_its_errors_otherwise,
       "WSARecv fails with WSAEINVAL for WSAENOTCONN, and with that for WSAESHUTDOWN",
       PATCH(WSARecv, wsarecv_renames));

/* ---- shutdown, WSASendDisconnect, closesocket */

static SOCKET shut;

static int WINAPI notes_shutdown(SOCKET s, int how)
{
    int result = real.shutdown(s, how);
    if (result == 0 && how == SD_BOTH)
        shut = s;
    return result;
}

static int WINAPI nameless(SOCKET s, struct sockaddr *name, int *length)
{
    return s == shut ? socket_fails(WSAENOTCONN) : real.getpeername(s, name, length);
}
MUTANT(shutdown_forgets_the_peer, "getpeername fails after shutdown of both directions",
       PATCH(shutdown, notes_shutdown), PATCH(getpeername, nameless));

static int WINAPI both_is_receiving(SOCKET s, int how)
{
    return real.shutdown(s, how == SD_BOTH ? SD_RECEIVE : how);
}
MUTANT(shutdown_of_both_leaves_sending, "shutdown of both directions leaves sending as it is",
       PATCH(shutdown, both_is_receiving));

static int WINAPI lingers(SOCKET s, int how)
{
    LINGER linger = {0, 0};
    int size = sizeof(linger);
    real.getsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&linger, &size);
    if (linger.l_onoff)
        real.WaitForSingleObject(GetCurrentProcess(), 2000);
    return real.shutdown(s, how);
}
MUTANT(shutdown_lingers, "shutdown waits as long as SO_LINGER says", PATCH(shutdown, lingers));

static int WINAPI disconnects_both(SOCKET s, LPWSABUF data)
{
    int result = real.WSASendDisconnect(s, data);
    if (result == 0)
        real.shutdown(s, SD_RECEIVE);
    return result;
}
MUTANT(wsa_send_disconnect_ends_receiving, "WSASendDisconnect ends receiving, too",
       PATCH(WSASendDisconnect, disconnects_both));

static int WINAPI disconnect_renames(SOCKET s, LPWSABUF data)
{
    return failure_renamed(real.WSASendDisconnect(s, data), WSAENOTCONN, WSAEINVAL);
}
MUTANT(wsa_send_disconnect_of_unconnected_is_invalid,
       "WSASendDisconnect on what is not connected fails with WSAEINVAL",
       PATCH(WSASendDisconnect, disconnect_renames));

static int WINAPI close_returns_1(SOCKET s)
{
    int result = real.closesocket(s);
    return result == 0 ? 1 : result;
}
MUTANT(closesocket_success_is_1, "closesocket returns 1 when it has succeeded",
       PATCH(closesocket, close_returns_1));

/* ---- Urgent data */

static bool urgent_waits(SOCKET s)
{
    DWORD error = GetLastError();
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL now = {0, 0};
    bool waits = real.select(0, NULL, NULL, &one, &now) == 1;
    SetLastError(error);
    return waits;
}

static int WINAPI no_urgent(RECV_PARAMETERS)
{
    if (urgent_waits(s) && bytes_waiting(s))
        flags &= ~MSG_OOB;
    return RECV;
}
MUTANT(recv_of_urgent_data_takes_the_next, "recv with MSG_OOB returns the next normal byte",
       PATCH(recv, no_urgent));

static int WINAPI mixes_in(RECV_PARAMETERS)
{
    bool urgent = !flags && urgent_waits(s);
    int got = RECV;
    if (got > 1 && urgent)
        real.recv(s, bytes, 1, MSG_OOB);
    return got;
}
MUTANT(recv_mixes_in_urgent_data, "recv returns the urgent byte in the stream",
       PATCH(recv, mixes_in));

static int WINAPI peek_takes(RECV_PARAMETERS)
{
    if (flags & MSG_OOB)
        flags &= ~MSG_PEEK;
    return RECV;
}
MUTANT(recv_peeking_takes_urgent_data, "recv takes the urgent byte although it only peeks",
       PATCH(recv, peek_takes));

static int WINAPI inline_renames(RECV_PARAMETERS)
{
    return flags & MSG_OOB ? failure_renamed(RECV, WSAEINVAL, WSAEWOULDBLOCK) : RECV;
}
MUTANT(recv_of_inline_urgent_data_would_block,
       "recv with MSG_OOB fails with WSAEWOULDBLOCK when urgent data are in line",
       PATCH(recv, inline_renames));

static int WINAPI mark_inverted(SOCKET s, long command, u_long *argument)
{
    int result = real.ioctlsocket(s, command, argument);
    if (result == 0 && command == (long)SIOCATMARK)
        *argument = !*argument;
    return result;
}
MUTANT(siocatmark_is_inverted, "SIOCATMARK says TRUE when urgent data wait",
       PATCH(ioctlsocket, mark_inverted));

#define SELECT_PARAMETERS \
    int count, fd_set *readable, fd_set *writable, fd_set *exceptional, const PTIMEVAL time
#define SELECT real.select(count, readable, writable, exceptional, time)

static int WINAPI urgent_is_readable(SELECT_PARAMETERS)
{
    int ready = SELECT;
    if (ready == 1 && readable && exceptional && exceptional->fd_count && !readable->fd_count) {
        *readable = *exceptional;
        exceptional->fd_count = 0;
    }
    return ready;
}
MUTANT(select_takes_urgent_data_for_normal, "select reports urgent data as readable",
       PATCH(select, urgent_is_readable));

static int WINAPI inline_is_not_readable(SELECT_PARAMETERS)
{
    int ready = SELECT;
    if (ready == 1 && readable && readable->fd_count == 1 &&
        socket_option(readable->fd_array[0], SO_OOBINLINE)) {
        readable->fd_count = 0;
        return 0;
    }
    return ready;
}
MUTANT(select_misses_inline_urgent_data, "select does not report urgent data that are in line",
       PATCH(select, inline_is_not_readable));
