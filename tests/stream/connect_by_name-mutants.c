/* Wrong behaviours, for the tests of connect_by_name.c: WSAConnectByName: resolving and
 * connecting in one call. */
#include "stream-mutants.h"

#define BY_NAME_PARAMETERS                                                       \
    SOCKET s, LPWSTR node, LPWSTR service, LPDWORD local_size, LPSOCKADDR local, \
        LPDWORD remote_size, LPSOCKADDR remote, const PTIMEVAL time, LPWSAOVERLAPPED reserved
#define BY_NAME \
    real.WSAConnectByNameW(s, node, service, local_size, local, remote_size, remote, time, reserved)

static BOOL WINAPI by_name_remote(BY_NAME_PARAMETERS)
{
    BOOL done = BY_NAME;
    if (done && remote)
        ((struct sockaddr_in *)remote)->sin_port = 0;
    return done;
}
MUTANT(connect_by_name_tells_no_peer, "WSAConnectByName tells no port of the peer",
       PATCH(WSAConnectByNameW, by_name_remote));

static BOOL WINAPI by_name_local(BY_NAME_PARAMETERS)
{
    BOOL done = BY_NAME;
    if (done && local)
        ((struct sockaddr_in *)local)->sin_addr.s_addr = 0;
    return done;
}
MUTANT(connect_by_name_tells_the_wildcard, "WSAConnectByName tells 0.0.0.0 as its own address",
       PATCH(WSAConnectByNameW, by_name_local));

static SOCKET nonblocking = INVALID_SOCKET;

static int WINAPI notes_mode(SOCKET s, long command, u_long *value)
{
    if (command == (long)FIONBIO && *value)
        nonblocking = s;
    return real.ioctlsocket(s, command, value);
}

static BOOL WINAPI by_name_would_block(BY_NAME_PARAMETERS)
{
    BOOL done = BY_NAME;
    if (s == nonblocking && done) {
        SetLastError(WSAEWOULDBLOCK);
        return FALSE;
    }
    return done;
}
MUTANT(connect_by_name_would_block, "WSAConnectByName on a nonblocking socket does not wait",
       PATCH(WSAConnectByNameW, by_name_would_block), PATCH(ioctlsocket, notes_mode));

static BOOL WINAPI by_name_fault(BY_NAME_PARAMETERS)
{
    BOOL done = BY_NAME;
    if (!done && GetLastError() == WSAEINVAL && !reserved)
        SetLastError(WSAEFAULT);
    return done;
}
MUTANT(connect_by_no_name_is_a_fault, "WSAConnectByName without a name fails with WSAEFAULT",
       PATCH(WSAConnectByNameW, by_name_fault));

static BOOL WINAPI by_name_reserved(BY_NAME_PARAMETERS)
{
    reserved = NULL;
    return BY_NAME;
}
MUTANT(connect_by_name_ignores_reserved, "WSAConnectByName ignores its reserved argument",
       PATCH(WSAConnectByNameW, by_name_reserved));
