/* Wrong behaviours, for the tests of wsaconnect.c: WSAConnect with datagrams, and the outcome of an
 * attempt. */
#include "stream-mutants.h"

static int WINAPI leaves_unbound(WSACONNECT_PARAMETERS)
{
    return is_datagram(s) && !is_bound(s) ? socket_fails(WSAEINVAL) : WSACONNECT;
}
MUTANT(wsaconnect_needs_a_bound_datagram_socket,
       "WSAConnect of a datagram socket that is not bound fails",
       PATCH(WSAConnect, leaves_unbound));

static int WINAPI names_no_peer(WSACONNECT_PARAMETERS)
{
    return is_datagram(s) && !has_peer(s) && !caller ? 0 : WSACONNECT;
}
MUTANT(wsaconnect_forgets_the_peer_of_datagrams, "WSAConnect of a datagram socket names no peer",
       PATCH(WSAConnect, names_no_peer));

static int WINAPI keeps_peer(WSACONNECT_PARAMETERS)
{
    bool again = is_datagram(s) && has_peer(s) && name && name->sa_family != AF_UNSPEC;
    return again ? 0 : WSACONNECT;
}
MUTANT(wsaconnect_keeps_the_first_peer, "WSAConnect of a connected datagram socket changes nothing",
       PATCH(WSAConnect, keeps_peer));

static int WINAPI keeps_peer_always(WSACONNECT_PARAMETERS)
{
    bool none = is_datagram(s) && has_peer(s) && name && name->sa_family == AF_UNSPEC;
    return none ? 0 : WSACONNECT;
}
MUTANT(wsaconnect_does_not_disconnect, "WSAConnect to a name of zeros keeps the peer",
       PATCH(WSAConnect, keeps_peer_always));

static SOCKET attempted = INVALID_SOCKET;

static int WINAPI notes_attempt(WSACONNECT_PARAMETERS)
{
    int result = WSACONNECT;
    if (result == SOCKET_ERROR && GetLastError() == WSAEWOULDBLOCK)
        attempted = s;
    return result;
}

static bool is_attempt(const fd_set *set)
{
    return set && set->fd_count == 1 && set->fd_array[0] == attempted;
}

/* A select that tells of an attempt in the other set. */
static int WINAPI exchanged(int unused, fd_set *readable, fd_set *writable, fd_set *failed,
                            struct timeval *const limit)
{
    bool both = is_attempt(writable) && is_attempt(failed);
    int count = real(select)(unused, readable, writable, failed, limit);
    if (both && count == 1) {
        fd_set other = *writable;
        *writable = *failed;
        *failed = other;
    }
    return count;
}
MUTANT(select_exchanges_outcomes_of_wsaconnect,
       "select tells of the outcome of WSAConnect in the wrong set",
       PATCH(WSAConnect, notes_attempt), PATCH(select, exchanged));

static int WINAPI tells_no_error(SOCKET s, WSAEVENT event, LPWSANETWORKEVENTS happened)
{
    int result = real(WSAEnumNetworkEvents)(s, event, happened);
    if (result == 0 && s == attempted)
        happened->iErrorCode[FD_CONNECT_BIT] = 0;
    return result;
}
MUTANT(event_of_wsaconnect_has_no_error, "FD_CONNECT of a WSAConnect that failed has no error",
       PATCH(WSAConnect, notes_attempt), PATCH(WSAEnumNetworkEvents, tells_no_error));

static int WINAPI refuses_data(WSACONNECT_PARAMETERS)
{
    return is_datagram(s) && caller ? socket_fails(WSAEPROTONOSUPPORT) : WSACONNECT;
}
MUTANT(wsaconnect_refuses_data_of_datagrams,
       "WSAConnect of a datagram socket fails where there are connect data",
       PATCH(WSAConnect, refuses_data));
