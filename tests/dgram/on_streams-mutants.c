/* Wrong behaviours, for the tests of on_streams.c: the functions of datagrams with streams. */
#include "dgram-mutants.h"

static int WINAPI wsasendto_looks(WSASENDTO_PARAMETERS)
{
    return to && is_stream(s) && has_peer(s) ? socket_fails(WSAEISCONN) : WSASENDTO;
}
MUTANT(wsasendto_looks_at_the_name_for_a_stream,
       "WSASendTo of a connected stream fails with WSAEISCONN where a destination is given",
       PATCH(WSASendTo, wsasendto_looks));

static int WINAPI sendto_elsewhere(SENDTO_PARAMETERS)
{
    int sent = real(sendto)(SENDTO_ARGUMENTS);
    return is_stream(s) ? failure_renamed(sent, WSAENOTCONN, WSAEDESTADDRREQ) : sent;
}
MUTANT(sendto_of_a_stream_wants_a_destination,
       "sendto of a stream without a connection fails with WSAEDESTADDRREQ",
       PATCH(sendto, sendto_elsewhere));

static int WINAPI wsasendto_elsewhere(WSASENDTO_PARAMETERS)
{
    int result = WSASENDTO;
    return is_stream(s) ? failure_renamed(result, WSAENOTCONN, WSAEDESTADDRREQ) : result;
}
MUTANT(wsasendto_of_a_stream_wants_a_destination,
       "WSASendTo of a stream without a connection fails with WSAEDESTADDRREQ",
       PATCH(WSASendTo, wsasendto_elsewhere));

static int WINAPI sendto_something(SENDTO_PARAMETERS)
{
    return size == 0 && is_stream(s) ? socket_fails(WSAEINVAL) : real(sendto)(SENDTO_ARGUMENTS);
}
MUTANT(sendto_of_a_stream_wants_bytes, "sendto of a stream fails with WSAEINVAL for no bytes",
       PATCH(sendto, sendto_something));

static int WINAPI sendto_calmly(SENDTO_PARAMETERS)
{
    if (is_stream(s))
        flags &= ~MSG_OOB;
    return real(sendto)(SENDTO_ARGUMENTS);
}
MUTANT(sendto_sends_nothing_urgently, "sendto of a stream ignores MSG_OOB",
       PATCH(sendto, sendto_calmly));

static int WINAPI recvfrom_no_urgent(RECVFROM_PARAMETERS)
{
    return flags & MSG_OOB && is_stream(s) ? socket_fails(WSAEOPNOTSUPP) : RECVFROM;
}
MUTANT(recvfrom_of_a_stream_has_no_urgent_data,
       "recvfrom of a stream with MSG_OOB fails with WSAEOPNOTSUPP",
       PATCH(recvfrom, recvfrom_no_urgent));

static int WINAPI recvfrom_drops(RECVFROM_PARAMETERS)
{
    int got = RECVFROM;
    if (got > 0 && got == size && is_stream(s) && !(flags & MSG_OOB))
        real(recv)(s, (char[64]){0}, bytes_waiting(s) ? 64 : 0, 0);
    return got;
}
MUTANT(recvfrom_of_a_stream_loses_the_rest,
       "What a recvfrom of a stream has no room for is lost, as if it were a datagram",
       PATCH(recvfrom, recvfrom_drops));

static int WINAPI wsarecvfrom_drops(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    if (result == 0 && got && *got == buffers->len && is_stream(s) && bytes_waiting(s))
        real(recv)(s, (char[64]){0}, 64, 0);
    return result;
}
MUTANT(wsarecvfrom_of_a_stream_loses_the_rest,
       "What a WSARecvFrom of a stream has no room for is lost, as if it were a datagram",
       PATCH(WSARecvFrom, wsarecvfrom_drops));

static int WINAPI wsarecvfrom_tells_peer(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    if (result == 0 && from && length && is_stream(s)) {
        from->sa_family = AF_INET;
        *length = sizeof(struct sockaddr_in);
    }
    return result;
}
MUTANT(wsarecvfrom_tells_the_source_of_streams,
       "WSARecvFrom stores an address of a stream's other end",
       PATCH(WSARecvFrom, wsarecvfrom_tells_peer));

static int WINAPI recvfrom_end(RECVFROM_PARAMETERS)
{
    int got = RECVFROM;
    return got == 0 && size && is_stream(s) ? socket_fails(WSAEDISCON) : got;
}
MUTANT(recvfrom_of_an_ended_stream_fails, "recvfrom at the end of a stream fails with WSAEDISCON",
       PATCH(recvfrom, recvfrom_end));

static int WINAPI wsarecvfrom_end(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    return result == 0 && got && *got == 0 && is_stream(s) ? socket_fails(WSAEDISCON) : result;
}
MUTANT(wsarecvfrom_of_an_ended_stream_fails,
       "WSARecvFrom at the end of a stream fails with WSAEDISCON",
       PATCH(WSARecvFrom, wsarecvfrom_end));

static int WINAPI recvfrom_reset(RECVFROM_PARAMETERS)
{
    int got = RECVFROM;
    return is_stream(s) ? failure_renamed(got, WSAECONNRESET, WSAECONNABORTED) : got;
}
MUTANT(recvfrom_of_a_reset_stream_is_aborted,
       "recvfrom of a connection that was reset fails with WSAECONNABORTED",
       PATCH(recvfrom, recvfrom_reset));

static int WINAPI wsarecvfrom_reset(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    return is_stream(s) ? failure_renamed(result, WSAECONNRESET, WSAECONNABORTED) : result;
}
MUTANT(wsarecvfrom_of_a_reset_stream_is_aborted,
       "WSARecvFrom of a connection that was reset fails with WSAECONNABORTED",
       PATCH(WSARecvFrom, wsarecvfrom_reset));

static int WINAPI wsarecvfrom_unconnected(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    return is_stream(s) ? failure_renamed(result, WSAENOTCONN, WSAEINVAL) : result;
}
MUTANT(wsarecvfrom_without_connection_is_invalid,
       "WSARecvFrom of a stream without a connection fails with WSAEINVAL",
       PATCH(WSARecvFrom, wsarecvfrom_unconnected));

static int WINAPI recvfrom_inline(RECVFROM_PARAMETERS)
{
    if (flags & MSG_OOB && is_stream(s) && socket_option(s, SO_OOBINLINE))
        return socket_fails(WSAEWOULDBLOCK);
    return RECVFROM;
}
MUTANT(recvfrom_of_inline_urgent_data_would_block,
       "recvfrom with MSG_OOB fails with WSAEWOULDBLOCK while urgent data are inline",
       PATCH(recvfrom, recvfrom_inline));
