/* Wrong behaviours, for the tests of optional.c. */
#include "stream-mutants.h"

static SOCKET WINAPI accept_needs_name(SOCKET s, struct sockaddr *name, int *length)
{
    return length && !name ? (SOCKET)socket_fails(WSAEFAULT) : real(accept)(s, name, length);
}
MUTANT(accept_needs_a_name_for_its_length, "accept fails with a length and without an address",
       PATCH(accept, accept_needs_name));

static SOCKET WINAPI wsaaccept_needs_name(WSAACCEPT_PARAMETERS)
{
    return length && !name ? (SOCKET)socket_fails(WSAEFAULT) : WSAACCEPT;
}
MUTANT(wsaaccept_needs_a_name_for_its_length,
       "WSAAccept fails with a length and without an address",
       PATCH(WSAAccept, wsaaccept_needs_name));

static SOCKET WINAPI wsaaccept_needs_length(WSAACCEPT_PARAMETERS)
{
    return name && !length ? (SOCKET)socket_fails(WSAEFAULT) : WSAACCEPT;
}
MUTANT(wsaaccept_needs_a_length_for_its_name,
       "WSAAccept fails with an address and without its length",
       PATCH(WSAAccept, wsaaccept_needs_length));

static SOCKET WINAPI wsaaccept_unconnected(WSAACCEPT_PARAMETERS)
{
    static SOCKET before = INVALID_SOCKET;
    bool again = s == before;
    SOCKET accepted = WSAACCEPT;
    if (accepted == INVALID_SOCKET || name || condition)
        return accepted;
    before = s;
    if (!again)
        return accepted;
    real(closesocket)(accepted);
    return real(socket)(AF_INET, SOCK_STREAM, 0);
}
MUTANT(wsaaccept_without_name_is_unconnected,
       "The second WSAAccept without an address returns an unconnected socket",
       PATCH(WSAAccept, wsaaccept_unconnected));

static SOCKET WINAPI wsaaccept_once(WSAACCEPT_PARAMETERS)
{
    static SOCKET listener = INVALID_SOCKET;
    if (s == listener)
        return (SOCKET)socket_fails(WSAEINVAL);
    SOCKET accepted = WSAACCEPT;
    if (accepted != INVALID_SOCKET && !condition)
        listener = s;
    return accepted;
}
MUTANT(wsaaccept_ends_listening, "WSAAccept of a socket that has accepted fails",
       PATCH(WSAAccept, wsaaccept_once));

static SOCKET watched = INVALID_SOCKET;

static int WINAPI notes_watched(SOCKET s, WSAEVENT event, long events)
{
    if (events & FD_ACCEPT)
        watched = s;
    return real(WSAEventSelect)(s, event, events);
}

static SOCKET WINAPI wsaaccept_unwatched(WSAACCEPT_PARAMETERS)
{
    SOCKET accepted = WSAACCEPT;
    if (accepted != INVALID_SOCKET && s == watched)
        real(WSAEventSelect)(accepted, NULL, 0);
    return accepted;
}
MUTANT(wsaaccept_forgets_the_events, "The socket that WSAAccept returns has no events",
       PATCH(WSAAccept, wsaaccept_unwatched), PATCH(WSAEventSelect, notes_watched));

static SOCKET everywhere = INVALID_SOCKET;

static int WINAPI notes_everywhere(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(bind)(s, name, length);
    if (result == 0 && name->sa_family == AF_INET &&
        ((const struct sockaddr_in *)name)->sin_addr.s_addr == INADDR_ANY)
        everywhere = s;
    return result;
}

static int WINAPI stays_everywhere(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getsockname)(s, name, length);
    if (result == 0 && s == everywhere && has_peer(s))
        ((struct sockaddr_in *)name)->sin_addr.s_addr = INADDR_ANY;
    return result;
}
MUTANT(getsockname_stays_at_any_address,
       "getsockname tells INADDR_ANY after the connection, where a socket was bound to it",
       PATCH(bind, notes_everywhere), PATCH(getsockname, stays_everywhere));

static int WINAPI listens_to_more(SOCKET s, int backlog)
{
    return real(listen)(s, backlog == 1 ? SOMAXCONN : backlog);
}
MUTANT(listen_has_room_for_all, "A small backlog is as good as a large one",
       PATCH(listen, listens_to_more));

static int WINAPI bind_elsewhere(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_renamed(real(bind)(s, name, length), WSAEADDRNOTAVAIL, WSAEINVAL);
}
MUTANT(bind_to_another_machine_is_invalid,
       "bind to an address that is not local fails with WSAEINVAL", PATCH(bind, bind_elsewhere));

static int WINAPI shutdown_closes(SOCKET s, int how)
{
    return is_datagram(s) && how == SD_RECEIVE ? real(shutdown)(s, SD_BOTH)
                                               : real(shutdown)(s, how);
}
MUTANT(shutdown_of_receiving_ends_sending_of_datagrams,
       "shutdown of receiving ends the sending of datagrams, too",
       PATCH(shutdown, shutdown_closes));
