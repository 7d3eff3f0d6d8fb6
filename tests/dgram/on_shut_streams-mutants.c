/* Wrong behaviours, for the tests of on_shut_streams.c: the calls of datagrams on streams. */
#include "dgram-mutants.h"

static int not_connected(SOCKET s, int result)
{
    return is_stream(s) ? failure_renamed(result, WSAESHUTDOWN, WSAENOTCONN) : result;
}

static int WINAPI sendto_unconnected(SENDTO_PARAMETERS)
{
    return not_connected(s, real(sendto)(SENDTO_ARGUMENTS));
}
MUTANT(sendto_of_a_shut_stream_is_not_connected,
       "sendto of a stream after shutdown fails with WSAENOTCONN",
       PATCH(sendto, sendto_unconnected));

static int WINAPI wsasendto_unconnected(WSASENDTO_PARAMETERS)
{
    return not_connected(s, WSASENDTO);
}
MUTANT(wsasendto_of_a_shut_stream_is_not_connected,
       "WSASendTo of a stream after shutdown fails with WSAENOTCONN",
       PATCH(WSASendTo, wsasendto_unconnected));

static int WINAPI recvfrom_unconnected(RECVFROM_PARAMETERS)
{
    return not_connected(s, RECVFROM);
}
MUTANT(recvfrom_of_a_shut_stream_is_not_connected,
       "recvfrom of a stream after shutdown fails with WSAENOTCONN",
       PATCH(recvfrom, recvfrom_unconnected));

static int WINAPI recvfrom_takes(RECVFROM_PARAMETERS)
{
    if (is_stream(s))
        flags &= ~MSG_PEEK;
    return RECVFROM;
}
MUTANT(recvfrom_of_a_stream_takes_what_it_peeks_at, "recvfrom of a stream ignores MSG_PEEK",
       PATCH(recvfrom, recvfrom_takes));

static int WINAPI wsarecvfrom_takes(WSARECVFROM_PARAMETERS)
{
    if (flags && !is_nowhere(flags) && is_stream(s))
        *flags &= ~(DWORD)MSG_PEEK;
    return WSARECVFROM;
}
MUTANT(wsarecvfrom_of_a_stream_takes_what_it_peeks_at, "WSARecvFrom of a stream ignores MSG_PEEK",
       PATCH(WSARecvFrom, wsarecvfrom_takes));
