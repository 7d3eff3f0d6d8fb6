/* Wrong behaviours, for the tests of by_name.c: WSAConnectByName. */
#include "stream-mutants.h"

#define BY_NAMEA_PARAMETERS BY_NAME_PARAMETERS(LPSTR)
#define BY_NAMEA                                                                            \
    real(WSAConnectByNameA)(s, node, service, local_size, local, remote_size, remote, time, \
                            reserved)

static BOOL WINAPI ansi_no_peer(BY_NAMEA_PARAMETERS)
{
    BOOL done = BY_NAMEA;
    if (done && remote)
        ((struct sockaddr_in *)remote)->sin_port = 0;
    return done;
}
MUTANT(connect_by_name_ansi_tells_no_peer, "WSAConnectByNameA tells no port of the peer",
       PATCH(WSAConnectByNameA, ansi_no_peer));

static BOOL WINAPI ansi_fault(BY_NAMEA_PARAMETERS)
{
    return node && service ? BY_NAMEA : failed(WSAEFAULT);
}
MUTANT(connect_by_no_ansi_name_is_a_fault, "WSAConnectByNameA without a name says WSAEFAULT",
       PATCH(WSAConnectByNameA, ansi_fault));

static BOOL WINAPI ansi_ignores(BY_NAMEA_PARAMETERS)
{
    reserved = NULL;
    return BY_NAMEA;
}
MUTANT(connect_by_ansi_name_ignores_reserved, "WSAConnectByNameA ignores its reserved argument",
       PATCH(WSAConnectByNameA, ansi_ignores));

static BOOL WINAPI no_socket_invalid(BY_NAMEW_PARAMETERS)
{
    BOOL done = BY_NAMEW;
    return renamed(done, WSAENOTSOCK, WSAEINVAL);
}
MUTANT(connect_by_name_of_no_socket_is_invalid, "WSAConnectByName of no socket says WSAEINVAL",
       PATCH(WSAConnectByNameW, no_socket_invalid));

static BOOL WINAPI connects_datagrams(BY_NAMEW_PARAMETERS)
{
    struct sockaddr_in nobody = {.sin_family = AF_INET, .sin_port = 9};
    nobody.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (is_datagram(s))
        return real(connect)(s, (struct sockaddr *)&nobody, sizeof(nobody)) == 0;
    return BY_NAMEW;
}
MUTANT(connect_by_name_connects_datagrams, "WSAConnectByName connects a datagram socket",
       PATCH(WSAConnectByNameW, connects_datagrams));

static BOOL WINAPI nobody_succeeds(BY_NAMEW_PARAMETERS)
{
    BOOL done = BY_NAMEW;
    DWORD error = GetLastError();
    if (!done && node && service && !reserved && is_stream(s))
        return TRUE;
    SetLastError(error);
    return done;
}
MUTANT(connect_by_name_to_nobody_succeeds, "WSAConnectByName succeeds without a connection",
       PATCH(WSAConnectByNameW, nobody_succeeds));

static BOOL WINAPI keeps_lengths(BY_NAMEW_PARAMETERS)
{
    DWORD local_before = local_size ? *local_size : 0;
    DWORD remote_before = remote_size ? *remote_size : 0;
    BOOL done = BY_NAMEW;
    if (done && local_size)
        *local_size = local_before;
    if (done && remote_size)
        *remote_size = remote_before;
    return done;
}
MUTANT(connect_by_name_keeps_lengths, "WSAConnectByName does not store how long the addresses are",
       PATCH(WSAConnectByNameW, keeps_lengths));

static BOOL WINAPI takes_no_time(BY_NAMEW_PARAMETERS)
{
    return time ? failed(WSAETIMEDOUT) : BY_NAMEW;
}
MUTANT(connect_by_name_takes_no_time, "WSAConnectByName with a time fails with WSAETIMEDOUT",
       PATCH(WSAConnectByNameW, takes_no_time));

static BOOL WINAPI one_family(BY_NAMEW_PARAMETERS)
{
    WSAPROTOCOL_INFOW info;
    int size = sizeof(info);
    if (real(getsockopt)(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size) == 0 &&
        info.iAddressFamily == AF_INET6)
        return failed(WSAEHOSTUNREACH);
    return BY_NAMEW;
}
MUTANT(connect_by_name_is_of_one_family, "WSAConnectByName finds nothing for an IPv6 socket",
       PATCH(WSAConnectByNameW, one_family));

static BOOL WINAPI needs_unbound(BY_NAMEW_PARAMETERS)
{
    return is_bound(s) ? failed(WSAEINVAL) : BY_NAMEW;
}
MUTANT(connect_by_name_needs_an_unbound_socket, "WSAConnectByName fails on a bound socket",
       PATCH(WSAConnectByNameW, needs_unbound));
