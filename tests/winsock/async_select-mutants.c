/* Wrong behaviours of WSAAsyncSelect, and of what makes it send the next message. */
#include "async_select-mutants.h"

static int WINAPI one_message_for_all(PARAMETERS)
{
    if (last.message)
        message = last.message;
    return remember(SELECT, s, window, message, events);
}
MUTANT(async_select_sends_the_first_message_for_all,
       "WSAAsyncSelect sends the message of the first call for every socket",
       PATCH(WSAAsyncSelect, one_message_for_all));

static int WINAPI nothing_leaves_blocking(PARAMETERS)
{
    u_long off = 0;
    int result = SELECT;
    if (result == 0 && !events)
        real(ioctlsocket)(s, (long)FIONBIO, &off);
    return result;
}
MUTANT(async_select_of_nothing_leaves_blocking,
       "WSAAsyncSelect without events does not make the socket nonblocking",
       PATCH(WSAAsyncSelect, nothing_leaves_blocking));

static int WINAPI posts_for_each(SOCKET s, const char *bytes, int size, int flags,
                                 const struct sockaddr *to, int length)
{
    int result = real(sendto)(s, bytes, size, flags, to, length);
    if (result >= 0 && last.window && last.events & FD_READ)
        USER32(PostMessageW)(last.window, last.message, last.s, FD_READ);
    return result;
}
MUTANT(async_select_sends_a_message_for_each_datagram,
       "WSAAsyncSelect sends FD_READ for each datagram that arrives",
       PATCH(WSAAsyncSelect, remembers), PATCH(sendto, posts_for_each));

static int WINAPI receive_ends_it(SOCKET s, char *bytes, int size, int flags, struct sockaddr *from,
                                  int *length)
{
    int result = real(recvfrom)(s, bytes, size, flags, from, length);
    if (result >= 0 && s == last.s && bytes_waiting(s))
        real(WSAAsyncSelect)(s, last.window, last.message, 0);
    return result;
}
MUTANT(recvfrom_does_not_enable_fd_read_for_what_waits,
       "recvfrom that leaves datagrams does not lead to another FD_READ",
       PATCH(WSAAsyncSelect, remembers), PATCH(recvfrom, receive_ends_it));

#define RECV_PARAMETERS SOCKET s, char *bytes, int size, int flags

static int WINAPI ends_with_the_last(RECV_PARAMETERS)
{
    int result = real(recv)(s, bytes, size, flags);
    if (result >= 0 && s == last.s && !(flags & MSG_PEEK))
        USER32(PostMessageW)(last.window, last.message, s, FD_READ);
    return result;
}
MUTANT(recv_of_the_last_datagram_sends_fd_read, "recv that leaves nothing leads to another FD_READ",
       PATCH(WSAAsyncSelect, remembers), PATCH(recv, ends_with_the_last));

static int WINAPI peek_ends_it(RECV_PARAMETERS)
{
    if (s != last.s || !(flags & MSG_PEEK))
        return real(recv)(s, bytes, size, flags);
    real(WSAAsyncSelect)(s, last.window, last.message, 0);
    return real(recv)(s, bytes, size, flags);
}
MUTANT(recv_with_peek_does_not_enable_fd_read,
       "recv with MSG_PEEK does not lead to another FD_READ", PATCH(WSAAsyncSelect, remembers),
       PATCH(recv, peek_ends_it));

static int WINAPI failure_ends_it(RECV_PARAMETERS)
{
    int result = real(recv)(s, bytes, size, flags);
    DWORD error = GetLastError();
    if (result == SOCKET_ERROR && s == last.s && error == WSAEFAULT)
        real(WSAAsyncSelect)(s, last.window, last.message, 0);
    SetLastError(error);
    return result;
}
MUTANT(recv_that_fails_does_not_enable_fd_read, "recv that fails does not lead to another FD_READ",
       PATCH(WSAAsyncSelect, remembers), PATCH(recv, failure_ends_it));

static int WINAPI same_again_is_nothing(PARAMETERS)
{
    if (s == last.s && window == last.window && message == last.message && events == last.events)
        return 0;
    return remember(SELECT, s, window, message, events);
}
MUTANT(async_select_again_sends_nothing,
       "WSAAsyncSelect with what it was called with before does not send again",
       PATCH(WSAAsyncSelect, same_again_is_nothing));

static int WINAPI only_what_comes(PARAMETERS)
{
    if (s != last.s && bytes_waiting(s))
        events &= ~FD_READ;
    return remember(SELECT, s, window, message, events);
}
MUTANT(async_select_sends_nothing_for_what_is_there,
       "WSAAsyncSelect does not send FD_READ for data that came before it",
       PATCH(WSAAsyncSelect, only_what_comes));

static int WINAPI tells_own_close(SOCKET s)
{
    int result = real(closesocket)(s);
    if (result == 0 && last.window)
        USER32(PostMessageW)(last.window, last.message, s, FD_CLOSE);
    return result;
}
MUTANT(closesocket_sends_fd_close, "closesocket sends FD_CLOSE to the socket's own window",
       PATCH(WSAAsyncSelect, remembers), PATCH(closesocket, tells_own_close));

static int WINAPI select_receives(int n, fd_set *reads, fd_set *writes, fd_set *excepts,
                                  PTIMEVAL time)
{
    int count = real(select)(n, reads, writes, excepts, time);
    DWORD error = GetLastError();
    if (count > 0 && last.window && reads && FD_ISSET(last.s, reads))
        real(WSAAsyncSelect)(last.s, last.window, last.message, last.events);
    SetLastError(error);
    return count;
}
MUTANT(select_counts_as_a_receive, "select leads to another FD_READ message, as a receive does",
       PATCH(WSAAsyncSelect, remembers), PATCH(select, select_receives));
