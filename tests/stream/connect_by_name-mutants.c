/* Wrong behaviours, for the tests of connect_by_name.c: WSAConnectByName: resolving and
 * connecting in one call. */
#include "stream-mutants.h"

static BOOL WINAPI by_name_remote(BY_NAMEW_PARAMETERS)
{
    BOOL done = BY_NAMEW;
    if (done && remote)
        ((struct sockaddr_in *)remote)->sin_port = 0;
    return done;
}
MUTANT(connect_by_name_tells_no_peer, "WSAConnectByName tells no port of the peer",
       PATCH(WSAConnectByNameW, by_name_remote));

static BOOL WINAPI by_name_local(BY_NAMEW_PARAMETERS)
{
    BOOL done = BY_NAMEW;
    if (done && local)
        ((struct sockaddr_in *)local)->sin_addr.s_addr = 0;
    return done;
}
MUTANT(connect_by_name_tells_the_wildcard, "WSAConnectByName tells 0.0.0.0 as its own address",
       PATCH(WSAConnectByNameW, by_name_local));

NOTES_NONBLOCKING(notes_mode, nonblocking)

static BOOL WINAPI by_name_would_block(BY_NAMEW_PARAMETERS)
{
    BOOL done = BY_NAMEW;
    return s == nonblocking && done ? failed(WSAEWOULDBLOCK) : done;
}
MUTANT(connect_by_name_would_block, "WSAConnectByName on a nonblocking socket does not wait",
       PATCH(WSAConnectByNameW, by_name_would_block), PATCH(ioctlsocket, notes_mode));

static BOOL WINAPI by_name_fault(BY_NAMEW_PARAMETERS)
{
    BOOL done = BY_NAMEW;
    if (!done && GetLastError() == WSAEINVAL && !reserved)
        SetLastError(WSAEFAULT);
    return done;
}
MUTANT(connect_by_no_name_is_a_fault, "WSAConnectByName without a name fails with WSAEFAULT",
       PATCH(WSAConnectByNameW, by_name_fault));

static BOOL WINAPI by_name_reserved(BY_NAMEW_PARAMETERS)
{
    reserved = NULL;
    return BY_NAMEW;
}
MUTANT(connect_by_name_ignores_reserved, "WSAConnectByName ignores its reserved argument",
       PATCH(WSAConnectByNameW, by_name_reserved));
