/* How WSAAsyncSelect associates sockets with windows, done wrong. */
#include "async_select-mutants.h"

static int WINAPI lets_block(SOCKET s, long command, u_long *argument)
{
    bool blocks = command == (long)FIONBIO && !*argument;
    int result = real(ioctlsocket)(s, command, argument);
    return blocks ? failure_hidden(result, WSAEINVAL, 0) : result;
}
MUTANT(fionbio_off_of_a_watched_socket_succeeds,
       "FIONBIO with 0 succeeds for a socket that a window or an event watches",
       PATCH(ioctlsocket, lets_block));

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
    return real(WSAAsyncSelect)(s, window, message, events & ~FD_WRITE);
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
    SOCKET accepted = real(accept)(s, name, length);
    if (accepted != INVALID_SOCKET && last.window)
        real(WSAAsyncSelect)(accepted, last.window, 0, 0);
    return accepted;
}
MUTANT(accepted_socket_is_not_watched, "accept does not take WSAAsyncSelect over from the listener",
       PATCH(WSAAsyncSelect, remembers), PATCH(accept, accepted_is_free));

static int WINAPI leaves_to_window(SOCKET s, WSAEVENT event, long events)
{
    return last.window && s == last.s ? 0 : real(WSAEventSelect)(s, event, events);
}
MUTANT(event_select_leaves_sockets_to_windows,
       "WSAEventSelect does not take a socket from the window that watches it",
       PATCH(WSAAsyncSelect, remembers), PATCH(WSAEventSelect, leaves_to_window));

static WSAEVENT selected;

static int WINAPI remembers_event(SOCKET s, WSAEVENT event, long events)
{
    selected = event;
    return real(WSAEventSelect)(s, event, events);
}

static int WINAPI sets_event_too(SOCKET s, const char *bytes, int size, int flags,
                                 const struct sockaddr *to, int length)
{
    int result = real(sendto)(s, bytes, size, flags, to, length);
    if (result >= 0 && selected)
        real(WSASetEvent)(selected);
    return result;
}
MUTANT(async_select_leaves_the_event, "WSAAsyncSelect does not end what WSAEventSelect began",
       PATCH(WSAEventSelect, remembers_event), PATCH(sendto, sets_event_too));

static int WINAPI tells_of_windows(SOCKET s, WSAEVENT event, LPWSANETWORKEVENTS events)
{
    int result = real(WSAEnumNetworkEvents)(s, event, events);
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
