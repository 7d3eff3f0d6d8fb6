/* Wrong behaviours, for the tests of portions.c: how much a receive takes, and what it tells. */
#include "stream-mutants.h"

static int last_size;

static int WINAPI notes_size(SOCKET s, const char *bytes, int size, int flags)
{
    last_size = real(send)(s, bytes, size, flags);
    return last_size;
}

static int WINAPI stops(RECV_PARAMETERS)
{
    bool several = is_stream(s) && !flags && last_size > 0 && size > last_size &&
                   bytes_waiting(s) > (u_long)last_size;
    return real(recv)(s, bytes, several ? last_size : size, flags);
}
MUTANT(recv_stops_behind_a_send, "recv of a stream returns no more than one send has sent",
       PATCH(send, notes_size), PATCH(recv, stops));

static int WINAPI leaves_flags(WSARECV_PARAMETERS)
{
    DWORD before = flags ? *flags : 0;
    int result = WSARECV;
    if (result == 0 && overlapped && flags && before)
        *flags = before;
    return result;
}
MUTANT(wsarecv_at_once_leaves_the_flags,
       "An overlapped WSARecv that completes at once does not store the flags",
       PATCH(WSARecv, leaves_flags));

#define RECVEX_PARAMETERS SOCKET s, char *bytes, int size, int *flags
#define RECVEX real(WSARecvEx)(s, bytes, size, flags)

static int WINAPI is_unconnected(RECVEX_PARAMETERS)
{
    return failure_renamed(RECVEX, WSAEINVAL, WSAENOTCONN);
}
MUTANT(recvex_of_an_unbound_socket_is_unconnected,
       "WSARecvEx on a socket that is not bound fails with WSAENOTCONN",
       PATCH(WSARecvEx, is_unconnected));

static int WINAPI is_reset_by_the_net(RECVEX_PARAMETERS)
{
    int got = RECVEX;
    return is_datagram(s) ? failure_renamed(got, WSAECONNRESET, WSAENETRESET) : got;
}
MUTANT(recvex_after_an_unreachable_port_is_reset_by_the_net,
       "WSARecvEx fails with WSAENETRESET behind a datagram that could not be delivered",
       PATCH(WSARecvEx, is_reset_by_the_net));
