/* Wrong behaviours of WSAAsyncSelect, and of what makes it send the next message. */
#include "user32.h"
#include "winsock-mutants.h"

#define PARAMETERS SOCKET s, HWND window, u_int message, long events
#define SELECT real.WSAAsyncSelect(s, window, message, events)

/* The last successful call; no mutant watches two windows. */
static struct {
    SOCKET s;
    HWND window;
    u_int message;
    long events;
} last;

static int remember(int result, PARAMETERS)
{
    if (result == 0) {
        last.s = s;
        last.window = window;
        last.message = message;
        last.events = events;
    }
    return result;
}

static int WINAPI remembers(PARAMETERS)
{
    return remember(SELECT, s, window, message, events);
}

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
        real.ioctlsocket(s, (long)FIONBIO, &off);
    return result;
}
MUTANT(async_select_of_nothing_leaves_blocking,
       "WSAAsyncSelect without events does not make the socket nonblocking",
       PATCH(WSAAsyncSelect, nothing_leaves_blocking));

static int WINAPI lets_block(SOCKET s, long command, u_long *argument)
{
    bool blocks = command == (long)FIONBIO && !*argument;
    int result = real.ioctlsocket(s, command, argument);
    return blocks ? failure_hidden(result, WSAEINVAL, 0) : result;
}
MUTANT(fionbio_off_of_a_watched_socket_succeeds,
       "FIONBIO with 0 succeeds for a socket that a window or an event watches",
       PATCH(ioctlsocket, lets_block));

static int WINAPI posts_for_each(SOCKET s, const char *bytes, int size, int flags,
                                 const struct sockaddr *to, int length)
{
    int result = real.sendto(s, bytes, size, flags, to, length);
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
    int result = real.recvfrom(s, bytes, size, flags, from, length);
    if (result >= 0 && s == last.s && bytes_waiting(s))
        real.WSAAsyncSelect(s, last.window, last.message, 0);
    return result;
}
MUTANT(recvfrom_does_not_enable_fd_read_for_what_waits,
       "recvfrom that leaves datagrams does not lead to another FD_READ",
       PATCH(WSAAsyncSelect, remembers), PATCH(recvfrom, receive_ends_it));

#define RECV_PARAMETERS SOCKET s, char *bytes, int size, int flags

static int WINAPI ends_with_the_last(RECV_PARAMETERS)
{
    int result = real.recv(s, bytes, size, flags);
    if (result >= 0 && s == last.s && !(flags & MSG_PEEK))
        USER32(PostMessageW)(last.window, last.message, s, FD_READ);
    return result;
}
MUTANT(recv_of_the_last_datagram_sends_fd_read, "recv that leaves nothing leads to another FD_READ",
       PATCH(WSAAsyncSelect, remembers), PATCH(recv, ends_with_the_last));

static int WINAPI peek_ends_it(RECV_PARAMETERS)
{
    if (s != last.s || !(flags & MSG_PEEK))
        return real.recv(s, bytes, size, flags);
    real.WSAAsyncSelect(s, last.window, last.message, 0);
    return real.recv(s, bytes, size, flags);
}
MUTANT(recv_with_peek_does_not_enable_fd_read,
       "recv with MSG_PEEK does not lead to another FD_READ", PATCH(WSAAsyncSelect, remembers),
       PATCH(recv, peek_ends_it));

static int WINAPI failure_ends_it(RECV_PARAMETERS)
{
    int result = real.recv(s, bytes, size, flags);
    DWORD error = GetLastError();
    if (result == SOCKET_ERROR && s == last.s && error == WSAEFAULT)
        real.WSAAsyncSelect(s, last.window, last.message, 0);
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

static int WINAPI adds_events(PARAMETERS)
{
    if (events && s == last.s)
        events |= last.events;
    return remember(SELECT, s, window, message, events);
}
MUTANT(async_select_adds_to_the_events, "WSAAsyncSelect adds its events to those of the last call",
       PATCH(WSAAsyncSelect, adds_events));

static int WINAPI not_writable(PARAMETERS)
{
    return real.WSAAsyncSelect(s, window, message, events & ~FD_WRITE);
}
MUTANT(async_select_sends_no_fd_write_at_once,
       "WSAAsyncSelect does not send FD_WRITE for a socket that can be written to",
       PATCH(WSAAsyncSelect, not_writable));

static int WINAPI does_not_end(PARAMETERS)
{
    return events ? SELECT : 0;
}
MUTANT(async_select_of_nothing_does_not_end_it, "WSAAsyncSelect without events changes nothing",
       PATCH(WSAAsyncSelect, does_not_end));

static SOCKET WINAPI accepted_is_free(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real.accept(s, name, length);
    if (accepted != INVALID_SOCKET && last.window)
        real.WSAAsyncSelect(accepted, last.window, 0, 0);
    return accepted;
}
MUTANT(accepted_socket_is_not_watched, "accept does not take WSAAsyncSelect over from the listener",
       PATCH(WSAAsyncSelect, remembers), PATCH(accept, accepted_is_free));

static int WINAPI closes_at_once(SOCKET s, int how)
{
    int result = real.shutdown(s, how);
    if (result == 0 && last.window && last.events & FD_CLOSE)
        USER32(PostMessageW)(last.window, last.message, last.s, FD_CLOSE);
    return result;
}
MUTANT(fd_close_is_sent_before_the_data_is_read, "FD_CLOSE is sent while there is data to be read",
       PATCH(WSAAsyncSelect, remembers), PATCH(shutdown, closes_at_once));

static int WINAPI tells_own_close(SOCKET s)
{
    int result = real.closesocket(s);
    if (result == 0 && last.window)
        USER32(PostMessageW)(last.window, last.message, s, FD_CLOSE);
    return result;
}
MUTANT(closesocket_sends_fd_close, "closesocket sends FD_CLOSE to the socket's own window",
       PATCH(WSAAsyncSelect, remembers), PATCH(closesocket, tells_own_close));

static int WINAPI leaves_to_window(SOCKET s, WSAEVENT event, long events)
{
    return last.window && s == last.s ? 0 : real.WSAEventSelect(s, event, events);
}
MUTANT(event_select_leaves_sockets_to_windows,
       "WSAEventSelect does not take a socket from the window that watches it",
       PATCH(WSAAsyncSelect, remembers), PATCH(WSAEventSelect, leaves_to_window));

static WSAEVENT selected;

static int WINAPI remembers_event(SOCKET s, WSAEVENT event, long events)
{
    selected = event;
    return real.WSAEventSelect(s, event, events);
}

static int WINAPI sets_event_too(SOCKET s, const char *bytes, int size, int flags,
                                 const struct sockaddr *to, int length)
{
    int result = real.sendto(s, bytes, size, flags, to, length);
    if (result >= 0 && selected)
        real.WSASetEvent(selected);
    return result;
}
MUTANT(async_select_leaves_the_event, "WSAAsyncSelect does not end what WSAEventSelect began",
       PATCH(WSAEventSelect, remembers_event), PATCH(sendto, sets_event_too));

static int WINAPI tells_of_windows(SOCKET s, WSAEVENT event, LPWSANETWORKEVENTS events)
{
    int result = real.WSAEnumNetworkEvents(s, event, events);
    if (result == 0 && s == last.s && bytes_waiting(s))
        events->lNetworkEvents |= FD_READ;
    return result;
}
MUTANT(enum_network_events_tells_what_windows_got,
       "WSAEnumNetworkEvents tells of events that were sent to a window",
       PATCH(WSAAsyncSelect, remembers), PATCH(WSAEnumNetworkEvents, tells_of_windows));

#define RENAMES(name, error, instead)                   \
    static int WINAPI name(PARAMETERS)                  \
    {                                                   \
        return failure_renamed(SELECT, error, instead); \
    }

RENAMES(not_started, WSANOTINITIALISED, WSAENETDOWN)
MUTANT(async_select_before_startup_is_net_down,
       "WSAAsyncSelect without WSAStartup fails with WSAENETDOWN",
       PATCH(WSAAsyncSelect, not_started));

RENAMES(no_socket, WSAENOTSOCK, WSAEINVAL)
MUTANT(async_select_of_no_socket_is_invalid,
       "WSAAsyncSelect of what is no socket fails with WSAEINVAL",
       PATCH(WSAAsyncSelect, no_socket));

static int WINAPI any_window(PARAMETERS)
{
    return failure_hidden(SELECT, WSAEINVAL, 0);
}
MUTANT(async_select_takes_any_window, "WSAAsyncSelect succeeds for what is no window",
       PATCH(WSAAsyncSelect, any_window));
