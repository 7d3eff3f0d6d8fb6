/* What WSAAsyncSelect tells of data, of urgent data and of the end of a connection, told wrong. */
#include "async_select-mutants.h"

static void leave(SOCKET s, long events)
{
    DWORD error = GetLastError();
    real(WSAAsyncSelect)(s, last.window, last.message, events);
    SetLastError(error);
}

static void post(long event)
{
    DWORD error = GetLastError();
    USER32(PostMessageW)(last.window, last.message, last.s, event);
    SetLastError(error);
}

/* ---- FD_READ */

static int WINAPI recvfrom_ends_it(SOCKET s, char *bytes, int size, int flags,
                                   struct sockaddr *from, int *length)
{
    if (s == last.s && last.events & FD_READ)
        leave(s, 0);
    return real(recvfrom)(s, bytes, size, flags, from, length);
}
MUTANT(recvfrom_does_not_enable_fd_read, "recvfrom does not lead to another FD_READ",
       PATCH(WSAAsyncSelect, remembers), PATCH(recvfrom, recvfrom_ends_it));

static int WINAPI wsarecv_ends_it(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got,
                                  LPDWORD flags, LPWSAOVERLAPPED overlapped,
                                  LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    if (s == last.s && last.events & FD_READ)
        leave(s, 0);
    return real(WSARecv)(s, buffers, count, got, flags, overlapped, routine);
}
MUTANT(wsarecv_does_not_enable_fd_read, "WSARecv does not lead to another FD_READ",
       PATCH(WSAAsyncSelect, remembers), PATCH(WSARecv, wsarecv_ends_it));

static int WINAPI wsarecvfrom_ends_it(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got,
                                      LPDWORD flags, struct sockaddr *from, LPINT length,
                                      LPWSAOVERLAPPED overlapped,
                                      LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    if (s == last.s && last.events & FD_READ)
        leave(s, 0);
    return real(WSARecvFrom)(s, buffers, count, got, flags, from, length, overlapped, routine);
}
MUTANT(wsarecvfrom_does_not_enable_fd_read, "WSARecvFrom does not lead to another FD_READ",
       PATCH(WSAAsyncSelect, remembers), PATCH(WSARecvFrom, wsarecvfrom_ends_it));

#define RECV_PARAMETERS SOCKET s, char *bytes, int size, int flags
#define RECV real(recv)(s, bytes, size, flags)

static int WINAPI rest_is_not_told(RECV_PARAMETERS)
{
    if (s == last.s && is_stream(s) && !flags && bytes_waiting(s) > (u_long)size)
        leave(s, last.events & ~FD_READ);
    return RECV;
}
MUTANT(recv_of_a_part_does_not_enable_fd_read,
       "recv of a part of a stream does not lead to another FD_READ",
       PATCH(WSAAsyncSelect, remembers), PATCH(recv, rest_is_not_told));

static int WINAPI one_for_both(PARAMETERS)
{
    const long both = FD_READ | FD_WRITE;
    if ((events & both) != both || !bytes_waiting(s))
        return SELECT;
    int result = real(WSAAsyncSelect)(s, window, message, events & ~both);
    USER32(PostMessageW)(window, message, s, both);
    return result;
}
MUTANT(async_select_sends_one_message_for_two_events,
       "WSAAsyncSelect sends one message with all events that hold",
       PATCH(WSAAsyncSelect, one_for_both));

static int WINAPI first_window(PARAMETERS)
{
    if (s == last.s)
        window = last.window;
    return remember(SELECT, s, window, message, events);
}
MUTANT(async_select_keeps_its_window, "WSAAsyncSelect goes on with the window of its first call",
       PATCH(WSAAsyncSelect, first_window));

/* ---- FD_OOB */

#define SEND_PARAMETERS SOCKET s, const char *bytes, int size, int flags
#define SEND real(send)(s, bytes, size, flags)

static bool is_told_of_urgent(bool inline_)
{
    return last.events & FD_OOB && (socket_option(last.s, SO_OOBINLINE) != 0) == inline_;
}

static int WINAPI urgent_is_read(SEND_PARAMETERS)
{
    int sent = SEND;
    if (flags & MSG_OOB && is_told_of_urgent(false))
        post(FD_READ);
    return sent;
}
MUTANT(async_select_tells_urgent_as_data, "FD_READ comes for urgent data that is not in line",
       PATCH(WSAAsyncSelect, remembers), PATCH(send, urgent_is_read));

static int WINAPI urgent_is_told_once(RECV_PARAMETERS)
{
    if (s == last.s && flags & MSG_OOB)
        leave(s, last.events & ~FD_OOB);
    return RECV;
}
MUTANT(recv_does_not_enable_fd_oob, "recv of urgent data leads to no other FD_OOB",
       PATCH(WSAAsyncSelect, remembers), PATCH(recv, urgent_is_told_once));

static int WINAPI in_line_is_urgent(SEND_PARAMETERS)
{
    int sent = SEND;
    if (flags & MSG_OOB && is_told_of_urgent(true))
        post(FD_OOB);
    return sent;
}
MUTANT(async_select_tells_in_line_as_urgent, "FD_OOB comes for urgent data that is in line",
       PATCH(WSAAsyncSelect, remembers), PATCH(send, in_line_is_urgent));

static int WINAPI only_urgent_to_come(PARAMETERS)
{
    fd_set urgent = {.fd_count = 1, .fd_array = {s}};
    if (events & FD_OOB && real(select)(0, NULL, NULL, &urgent, &(TIMEVAL){0}) == 1)
        events &= ~FD_OOB;
    return SELECT;
}
MUTANT(async_select_tells_no_urgent_that_waits,
       "WSAAsyncSelect sends no FD_OOB for urgent data that came before it",
       PATCH(WSAAsyncSelect, only_urgent_to_come));

/* ---- FD_CLOSE */

static bool is_the_other_end(SOCKET s)
{
    return last.window && s != last.s && is_stream(s) && has_peer(s);
}

static int WINAPI closing_is_not_told(SOCKET s)
{
    if (is_the_other_end(s) && last.events & FD_CLOSE)
        leave(last.s, 0);
    return real(closesocket)(s);
}
MUTANT(async_select_tells_no_close, "No FD_CLOSE comes when the other side closes",
       PATCH(WSAAsyncSelect, remembers), PATCH(closesocket, closing_is_not_told));

static int WINAPI shutdown_is_not_told(SOCKET s, int how)
{
    if (is_the_other_end(s) && last.events & FD_CLOSE)
        leave(last.s, 0);
    return real(shutdown)(s, how);
}
MUTANT(async_select_tells_no_shutdown, "No FD_CLOSE comes when the other side shuts down sending",
       PATCH(WSAAsyncSelect, remembers), PATCH(shutdown, shutdown_is_not_told));

static int WINAPI close_is_read(SOCKET s)
{
    if (is_the_other_end(s) && last.events & FD_READ)
        post(FD_READ);
    return real(closesocket)(s);
}

static int WINAPI shutdown_is_read(SOCKET s, int how)
{
    if (is_the_other_end(s) && last.events & FD_READ)
        post(FD_READ);
    return real(shutdown)(s, how);
}
MUTANT(async_select_tells_the_end_as_data, "FD_READ comes for the end of a stream",
       PATCH(WSAAsyncSelect, remembers), PATCH(closesocket, close_is_read),
       PATCH(shutdown, shutdown_is_read));

static int WINAPI end_is_told_again(RECV_PARAMETERS)
{
    int got = RECV;
    if (got == 0 && s == last.s && last.events & FD_CLOSE)
        post(FD_CLOSE);
    return got;
}
MUTANT(recv_leads_to_fd_close, "recv at the end of a stream leads to another FD_CLOSE",
       PATCH(WSAAsyncSelect, remembers), PATCH(recv, end_is_told_again));

static int WINAPI only_ends_to_come(PARAMETERS)
{
    fd_set ended = {.fd_count = 1, .fd_array = {s}};
    if (events & FD_CLOSE && is_stream(s) && !bytes_waiting(s) &&
        real(select)(0, &ended, NULL, NULL, &(TIMEVAL){0}) == 1)
        events &= ~FD_CLOSE;
    return SELECT;
}
MUTANT(async_select_tells_no_end_that_was, "WSAAsyncSelect sends no FD_CLOSE for an earlier end",
       PATCH(WSAAsyncSelect, only_ends_to_come));

static int WINAPI own_end_is_enough(SOCKET s, int how)
{
    if (s == last.s && last.events & FD_CLOSE)
        leave(s, 0);
    return real(shutdown)(s, how);
}
MUTANT(shutdown_ends_the_watch, "No FD_CLOSE comes after an own shutdown",
       PATCH(WSAAsyncSelect, remembers), PATCH(shutdown, own_end_is_enough));

static int WINAPI datagrams_close(SOCKET s)
{
    if (last.window && s != last.s && is_datagram(s) && last.events & FD_CLOSE)
        post(FD_CLOSE);
    return real(closesocket)(s);
}
MUTANT(async_select_tells_close_of_datagrams,
       "FD_CLOSE comes when the peer of a datagram socket closes", PATCH(WSAAsyncSelect, remembers),
       PATCH(closesocket, datagrams_close));
