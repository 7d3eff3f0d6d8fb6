/* Wrong behaviours, for the tests of message_limits.c. */
#include "message-mutants.h"

static INT WSAAPI times_out(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    return !overlapped && socket_option(s, SO_RCVTIMEO)
               ? failure_renamed(result, WSAEWOULDBLOCK, WSAETIMEDOUT)
               : result;
}

RECEIVES(receive_1, times_out)

MUTANT(wsarecvmsg_nonblocking_times_out,
       "WSARecvMsg of a nonblocking socket with SO_RCVTIMEO fails with WSAETIMEDOUT",
       PATCH(WSAIoctl, receive_1));

static bool started;

static int WINAPI notes_start(WORD version, LPWSADATA data)
{
    started = true;
    return real(WSAStartup)(version, data);
}

static int WINAPI sends_before(SEND_PARAMETERS)
{
    int result = real(WSASendMsg)(s, message, flags, count, overlapped, routine);
    return started ? result : failure_renamed(result, WSANOTINITIALISED, WSAENOTSOCK);
}
MUTANT(wsasendmsg_before_startup_is_no_socket,
       "WSASendMsg before WSAStartup fails with WSAENOTSOCK", PATCH(WSAStartup, notes_start),
       PATCH(WSASendMsg, sends_before));

static INT WSAAPI tells_a_broadcast(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    if (result == 0 && overlapped && !(message->dwFlags & MSG_MCAST))
        message->dwFlags |= MSG_BCAST;
    return result;
}

RECEIVES(receive_2, tells_a_broadcast)

MUTANT(wsarecvmsg_overlapped_tells_a_broadcast,
       "WSARecvMsg that is done at once with an OVERLAPPED sets MSG_BCAST",
       PATCH(WSAIoctl, receive_2));

static INT WSAAPI tells_no_group(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    if (result == 0 && overlapped)
        message->dwFlags &= ~(ULONG)MSG_MCAST;
    return result;
}

RECEIVES(receive_3, tells_no_group)

MUTANT(wsarecvmsg_overlapped_tells_no_group,
       "WSARecvMsg that is done at once with an OVERLAPPED does not set MSG_MCAST",
       PATCH(WSAIoctl, receive_3));
