/* Wrong behaviours, for the tests of states.c: stream sockets in states that do not fit, and
 * WSAConnect. */
#include "stream-mutants.h"

static SOCKET WINAPI no_operation(WSAACCEPT_PARAMETERS)
{
    SOCKET accepted = WSAACCEPT;
    return is_listening(s) || has_peer(s) ? accepted
                                          : socket_renamed(accepted, WSAEINVAL, WSAEOPNOTSUPP);
}
MUTANT(wsaaccept_not_listening_is_no_operation,
       "WSAAccept on a socket that does not listen says WSAEOPNOTSUPP",
       PATCH(WSAAccept, no_operation));

static SOCKET WINAPI is_connected(WSAACCEPT_PARAMETERS)
{
    SOCKET accepted = WSAACCEPT;
    return has_peer(s) ? socket_renamed(accepted, WSAEINVAL, WSAEISCONN) : accepted;
}
MUTANT(wsaaccept_connected_is_connected, "WSAAccept on a connected socket says WSAEISCONN",
       PATCH(WSAAccept, is_connected));

static SOCKET WINAPI datagrams_invalid(WSAACCEPT_PARAMETERS)
{
    return socket_renamed(WSAACCEPT, WSAEOPNOTSUPP, WSAEINVAL);
}
MUTANT(wsaaccept_datagrams_are_invalid, "WSAAccept on a datagram socket says WSAEINVAL",
       PATCH(WSAAccept, datagrams_invalid));

static int WINAPI unconnected_invalid(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    return is_stream(s) ? failure_renamed(result, WSAENOTCONN, WSAEINVAL) : result;
}
MUTANT(wsasend_unconnected_is_invalid, "WSASend on an unconnected stream socket says WSAEINVAL",
       PATCH(WSASend, unconnected_invalid));

static int WINAPI bind_is_connected(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(bind)(s, name, length);
    return has_peer(s) ? failure_renamed(result, WSAEINVAL, WSAEISCONN) : result;
}
MUTANT(bind_connected_is_connected, "bind of a connected socket says WSAEISCONN",
       PATCH(bind, bind_is_connected));

static int WINAPI wsaconnect_invalid(WSACONNECT_PARAMETERS)
{
    return failure_renamed(WSACONNECT, WSAEISCONN, WSAEINVAL);
}
MUTANT(wsaconnect_connected_is_invalid, "WSAConnect of a connected socket says WSAEINVAL",
       PATCH(WSAConnect, wsaconnect_invalid));

static SOCKET ended = INVALID_SOCKET;

static int WINAPI notes_end(SOCKET s, int how)
{
    int result = real(shutdown)(s, how);
    if (result == 0 && how == SD_BOTH)
        ended = s;
    return result;
}

static int WINAPI end_is_invalid(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    return s == ended ? failure_renamed(result, WSAEISCONN, WSAEINVAL) : result;
}
MUTANT(connect_shut_down_is_invalid, "connect of a socket that was shut down says WSAEINVAL",
       PATCH(shutdown, notes_end), PATCH(connect, end_is_invalid));

static int WINAPI listener_shuts_down(SOCKET s, int how)
{
    int result = real(shutdown)(s, how);
    return is_listening(s) ? failure_hidden(result, WSAENOTCONN, 0) : result;
}
MUTANT(shutdown_of_a_listener_succeeds, "shutdown of a listening socket succeeds",
       PATCH(shutdown, listener_shuts_down));

/* ---- WSAConnect ---- */

static SOCKET nameless = INVALID_SOCKET;

static int WINAPI gives_no_name(WSACONNECT_PARAMETERS)
{
    int result = WSACONNECT;
    if (result == 0 && is_stream(s))
        nameless = s;
    return result;
}

static int WINAPI tells_wildcard(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getsockname)(s, name, length);
    if (result == 0 && s == nameless)
        ((struct sockaddr_in *)name)->sin_addr.s_addr = 0;
    return result;
}
MUTANT(wsaconnect_gives_no_name, "WSAConnect leaves its socket the wildcard address",
       PATCH(WSAConnect, gives_no_name), PATCH(getsockname, tells_wildcard));

static int WINAPI refused_is_timed_out(WSACONNECT_PARAMETERS)
{
    return failure_renamed(WSACONNECT, WSAECONNREFUSED, WSAETIMEDOUT);
}
MUTANT(wsaconnect_refused_is_timed_out, "WSAConnect that is refused says WSAETIMEDOUT",
       PATCH(WSAConnect, refused_is_timed_out));

static SOCKET refused = INVALID_SOCKET;

static int WINAPI refused_for_good(WSACONNECT_PARAMETERS)
{
    if (s == refused)
        return socket_fails(WSAECONNREFUSED);
    int result = WSACONNECT;
    if (result == SOCKET_ERROR && GetLastError() == WSAECONNREFUSED)
        refused = s;
    return result;
}
MUTANT(wsaconnect_refused_once_for_all, "WSAConnect of a socket that was refused fails for good",
       PATCH(WSAConnect, refused_for_good));

static SOCKET made_nonblocking = INVALID_SOCKET; /* by ioctlsocket, not by WSAEventSelect */

static int WINAPI notes_mode(SOCKET s, long command, u_long *argument)
{
    if (command == (long)FIONBIO && *argument)
        made_nonblocking = s;
    return real(ioctlsocket)(s, command, argument);
}

static int WINAPI in_progress(WSACONNECT_PARAMETERS)
{
    int result = WSACONNECT;
    return s == made_nonblocking ? failure_renamed(result, WSAEWOULDBLOCK, WSAEINPROGRESS) : result;
}
MUTANT(wsaconnect_in_progress, "WSAConnect of a nonblocking socket says WSAEINPROGRESS",
       PATCH(ioctlsocket, notes_mode), PATCH(WSAConnect, in_progress));
