/* Wrong behaviours, for the tests of disconnect.c: WSARecvDisconnect of datagram sockets. */
#include "../winsock/winsock-mutants.h"

static SOCKET ended = INVALID_SOCKET;

static int WINAPI ends(SOCKET s, LPWSABUF data)
{
    int result = real(WSARecvDisconnect)(s, data);
    if (result == 0 && is_datagram(s))
        ended = s;
    return result;
}

static int WINAPI just_empty(SOCKET s, char *bytes, int size, int flags)
{
    return s == ended ? socket_fails(WSAETIMEDOUT) : real(recv)(s, bytes, size, flags);
}
MUTANT(datagrams_time_out_after_recvdisconnect,
       "recv of a datagram socket after WSARecvDisconnect waits in vain",
       PATCH(WSARecvDisconnect, ends), PATCH(recv, just_empty));

static int WINAPI ends_both(SOCKET s, LPWSABUF data)
{
    int result = real(WSARecvDisconnect)(s, data);
    if (result == 0 && is_datagram(s))
        real(shutdown)(s, SD_SEND);
    return result;
}
MUTANT(recvdisconnect_ends_sending_of_datagrams,
       "WSARecvDisconnect of a datagram socket ends sending as well",
       PATCH(WSARecvDisconnect, ends_both));

static int WINAPI is_told(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    return ended != INVALID_SOCKET && s != ended && got < 0 ? socket_fails(WSAECONNRESET) : got;
}
MUTANT(recvdisconnect_of_datagrams_is_reported,
       "Who sends to a datagram socket after WSARecvDisconnect is told that it is unreachable",
       PATCH(WSARecvDisconnect, ends), PATCH(recv, is_told));
