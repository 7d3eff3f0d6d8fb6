/* Wrong behaviours, for the tests of time_outs.c: SO_RCVTIMEO and SO_SNDTIMEO. */
#include "../dgram/dgram-mutants.h"

static int would_block(int result)
{
    return failure_renamed(result, WSAETIMEDOUT, WSAEWOULDBLOCK);
}

static int WINAPI recv_blocks(RECV_PARAMETERS)
{
    int got = RECV;
    return is_datagram(s) ? would_block(got) : got;
}
MUTANT(recv_of_datagrams_that_times_out_would_block,
       "recv of datagrams that times out fails with WSAEWOULDBLOCK", PATCH(recv, recv_blocks));

static int WINAPI recvfrom_blocks(RECVFROM_PARAMETERS)
{
    int got = RECVFROM;
    return is_stream(s) ? would_block(got) : got;
}
MUTANT(recvfrom_of_a_stream_that_times_out_would_block,
       "recvfrom of a stream that times out fails with WSAEWOULDBLOCK",
       PATCH(recvfrom, recvfrom_blocks));

static int WINAPI wsarecv_blocks(WSARECV_PARAMETERS)
{
    return would_block(WSARECV);
}
MUTANT(wsarecv_that_times_out_would_block, "WSARecv that times out fails with WSAEWOULDBLOCK",
       PATCH(WSARecv, wsarecv_blocks));

static int WINAPI wsarecvfrom_blocks(WSARECVFROM_PARAMETERS)
{
    return would_block(WSARECVFROM);
}
MUTANT(wsarecvfrom_that_times_out_would_block,
       "WSARecvFrom that times out fails with WSAEWOULDBLOCK",
       PATCH(WSARecvFrom, wsarecvfrom_blocks));

static int WINAPI send_blocks(SOCKET s, const char *bytes, int size, int flags)
{
    return would_block(real(send)(s, bytes, size, flags));
}
MUTANT(send_that_times_out_would_block, "send that times out fails with WSAEWOULDBLOCK",
       PATCH(send, send_blocks));

static int WINAPI wsasend_blocks(WSASEND_PARAMETERS)
{
    return would_block(WSASEND);
}
MUTANT(wsasend_that_times_out_would_block, "WSASend that times out fails with WSAEWOULDBLOCK",
       PATCH(WSASend, wsasend_blocks));

static bool is_limit_of_0(int level, int option, int which, const char *value, int size)
{
    DWORD limit = 1;
    if (level == SOL_SOCKET && option == which && value && size == sizeof(limit))
        memcpy(&limit, value, sizeof(limit));
    return limit == 0;
}

static int WINAPI keeps_the_limit(SET_PARAMETERS)
{
    return is_limit_of_0(level, option, SO_RCVTIMEO, value, size) ? 0 : SET;
}
MUTANT(a_limit_of_receives_cannot_be_taken_back, "SO_RCVTIMEO of 0 changes nothing",
       PATCH(setsockopt, keeps_the_limit));

static int WINAPI keeps_the_limit_of_sends(SET_PARAMETERS)
{
    return is_limit_of_0(level, option, SO_SNDTIMEO, value, size) ? 0 : SET;
}
MUTANT(a_limit_of_sends_cannot_be_taken_back, "SO_SNDTIMEO of 0 changes nothing",
       PATCH(setsockopt, keeps_the_limit_of_sends));
