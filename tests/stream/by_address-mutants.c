/* Wrong behaviours, for the tests of by_address.c: WSAConnectByNameW. */
#include "stream-mutants.h"

#include <wchar.h>

static BOOL WINAPI no_ipv6(BY_NAMEW_PARAMETERS)
{
    return node && wcschr(node, ':') ? failed(WSAHOST_NOT_FOUND) : BY_NAMEW;
}
MUTANT(connect_by_name_knows_no_ipv6, "WSAConnectByName takes no address of IPv6",
       PATCH(WSAConnectByNameW, no_ipv6));

static BOOL WINAPI no_names(BY_NAMEW_PARAMETERS)
{
    return node && iswalpha(*node) ? failed(WSAHOST_NOT_FOUND) : BY_NAMEW;
}
MUTANT(connect_by_name_knows_no_names, "WSAConnectByName takes addresses alone",
       PATCH(WSAConnectByNameW, no_names));

static BOOL WINAPI looks_at_lengths(BY_NAMEW_PARAMETERS)
{
    if ((local_size && !local) || (remote_size && !remote))
        return failed(WSAEFAULT);
    return BY_NAMEW;
}
MUTANT(connect_by_name_looks_at_lengths,
       "WSAConnectByName looks at the length of an address that is not asked for",
       PATCH(WSAConnectByNameW, looks_at_lengths));

static BOOL WINAPI any_service(BY_NAMEW_PARAMETERS)
{
    return service && iswalpha(*service) ? TRUE : BY_NAMEW;
}
MUTANT(connect_by_name_takes_any_service, "WSAConnectByName succeeds for an unknown service",
       PATCH(WSAConnectByNameW, any_service));

static BOOL WINAPI connected_already(BY_NAMEW_PARAMETERS)
{
    return has_peer(s) ? TRUE : BY_NAMEW;
}
MUTANT(connect_by_name_of_connected_socket_succeeds,
       "WSAConnectByName succeeds for a socket that is connected",
       PATCH(WSAConnectByNameW, connected_already));

static SOCKET by_name = INVALID_SOCKET;

static BOOL WINAPI notes_connected(BY_NAMEW_PARAMETERS)
{
    BOOL done = BY_NAMEW;
    if (done)
        by_name = s;
    return done;
}

static int WINAPI ends_nothing(SOCKET s, int how)
{
    return s == by_name ? socket_fails(WSAENOTCONN) : real(shutdown)(s, how);
}
MUTANT(connected_by_name_cannot_end,
       "shutdown fails for a socket that WSAConnectByName has connected, context or not",
       PATCH(WSAConnectByNameW, notes_connected), PATCH(shutdown, ends_nothing));
