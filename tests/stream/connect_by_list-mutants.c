/* Wrong behaviours, for the tests of connect_by_list.c: WSAConnectByList. */
#include "stream-mutants.h"

#define BY_LIST_PARAMETERS                                                     \
    SOCKET s, PSOCKET_ADDRESS_LIST list, LPDWORD local_size, LPSOCKADDR local, \
        LPDWORD remote_size, LPSOCKADDR remote, const PTIMEVAL time, LPWSAOVERLAPPED reserved
#define BY_LIST \
    real(WSAConnectByList)(s, list, local_size, local, remote_size, remote, time, reserved)

static BOOL WINAPI first_alone(BY_LIST_PARAMETERS)
{
    list->iAddressCount = 1;
    return BY_LIST;
}
MUTANT(connect_by_list_tries_the_first_alone, "WSAConnectByList tries its first address only",
       PATCH(WSAConnectByList, first_alone));

static BOOL WINAPI tells_no_peer(BY_LIST_PARAMETERS)
{
    BOOL done = BY_LIST;
    if (done && remote)
        ((struct sockaddr_in6 *)remote)->sin6_port = 0;
    return done;
}
MUTANT(connect_by_list_tells_no_peer, "WSAConnectByList tells no port of the peer",
       PATCH(WSAConnectByList, tells_no_peer));

static BOOL WINAPI unreachable(BY_LIST_PARAMETERS)
{
    BOOL done = BY_LIST;
    return renamed(done, WSAECONNREFUSED, WSAEHOSTUNREACH);
}
MUTANT(connect_by_list_is_unreachable, "WSAConnectByList says WSAEHOSTUNREACH when it is refused",
       PATCH(WSAConnectByList, unreachable));

NOTES_NONBLOCKING(notes_mode, nonblocking)

static BOOL WINAPI would_block(BY_LIST_PARAMETERS)
{
    BOOL done = BY_LIST;
    return s == nonblocking && done ? failed(WSAEWOULDBLOCK) : done;
}
MUTANT(connect_by_list_would_block, "WSAConnectByList on a nonblocking socket does not wait",
       PATCH(WSAConnectByList, would_block), PATCH(ioctlsocket, notes_mode));

static BOOL WINAPI needs_addresses(BY_LIST_PARAMETERS)
{
    BOOL done = BY_LIST;
    return done && (!local || !remote) ? failed(WSAEFAULT) : done;
}
MUTANT(connect_by_list_needs_addresses, "WSAConnectByList fails without room for addresses",
       PATCH(WSAConnectByList, needs_addresses));

static BOOL WINAPI ignores_reserved(BY_LIST_PARAMETERS)
{
    reserved = NULL;
    return BY_LIST;
}
MUTANT(connect_by_list_ignores_reserved, "WSAConnectByList ignores its reserved argument",
       PATCH(WSAConnectByList, ignores_reserved));

static BOOL WINAPI no_socket_invalid(BY_LIST_PARAMETERS)
{
    BOOL done = BY_LIST;
    return renamed(done, WSAENOTSOCK, WSAEINVAL);
}
MUTANT(connect_by_list_of_no_socket_is_invalid, "WSAConnectByList of no socket says WSAEINVAL",
       PATCH(WSAConnectByList, no_socket_invalid));

static BOOL WINAPI with_a_time(BY_LIST_PARAMETERS)
{
    BOOL done = BY_LIST;
    return done && time ? failed(WSAETIMEDOUT) : done;
}
MUTANT(connect_by_list_with_a_time_is_late, "WSAConnectByList with a time always times out",
       PATCH(WSAConnectByList, with_a_time));

static BOOL WINAPI takes_bound(BY_LIST_PARAMETERS)
{
    bool bound = is_bound(s);
    BOOL done = BY_LIST;
    return done || bound;
}
MUTANT(connect_by_list_takes_bound_sockets, "WSAConnectByList succeeds for a socket that is bound",
       PATCH(WSAConnectByList, takes_bound));

static BOOL WINAPI takes_datagrams(BY_LIST_PARAMETERS)
{
    BOOL done = BY_LIST;
    return done || is_datagram(s);
}
MUTANT(connect_by_list_takes_datagram_sockets, "WSAConnectByList succeeds for a datagram socket",
       PATCH(WSAConnectByList, takes_datagrams));
