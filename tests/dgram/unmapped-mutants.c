/* Wrong behaviours, for the tests of unmapped.c. */
#include "message-mutants.h"

static int WINAPI array_nowhere(WSASENDTO_PARAMETERS)
{
    return is_nowhere(buffers) ? socket_fails(WSAEINVAL) : WSASENDTO;
}
MUTANT(wsasendto_array_nowhere_is_invalid,
       "WSASendTo with an array that is not in memory fails with WSAEINVAL",
       PATCH(WSASendTo, array_nowhere));

static int WINAPI buffer_nowhere(WSASENDTO_PARAMETERS)
{
    WSABUF empty = {.len = 0, .buf = NULL};
    if (!is_nowhere(buffers) && count == 1 && buffers->len && is_nowhere(buffers->buf))
        buffers = &empty;
    return WSASENDTO;
}
MUTANT(wsasendto_of_nowhere_is_empty,
       "WSASendTo of a buffer that is not in memory sends an empty datagram",
       PATCH(WSASendTo, buffer_nowhere));

static int WINAPI overlapped_nowhere(WSASENDTO_PARAMETERS)
{
    DWORD lost;
    if (!overlapped || !is_nowhere(overlapped))
        return WSASENDTO;
    overlapped = NULL;
    sent = &lost;
    return WSASENDTO;
}
MUTANT(wsasendto_overlapped_nowhere_is_none,
       "WSASendTo with an OVERLAPPED that is not in memory sends without one",
       PATCH(WSASendTo, overlapped_nowhere));

static INT WSAAPI sends_without(SEND_PARAMETERS)
{
    DWORD lost;
    if (!overlapped || !is_nowhere(overlapped))
        return SEND;
    overlapped = NULL;
    count = &lost;
    return SEND;
}

SENDS(send_1, sends_without)

MUTANT(wsasendmsg_overlapped_nowhere_is_none,
       "WSASendMsg with an OVERLAPPED that is not in memory sends without one",
       PATCH(WSAIoctl, send_1));

static INT WSAAPI array_of_message(RECEIVE_PARAMETERS)
{
    return message && is_nowhere(message->lpBuffers) ? socket_fails(WSAEINVAL) : RECEIVE;
}

RECEIVES(receive_1, array_of_message)

MUTANT(wsarecvmsg_array_nowhere_is_invalid,
       "WSARecvMsg with an array that is not in memory fails with WSAEINVAL",
       PATCH(WSAIoctl, receive_1));

static INT WSAAPI buffer_of_message(RECEIVE_PARAMETERS)
{
    return message && !is_nowhere(message->lpBuffers) && is_nowhere(message->lpBuffers->buf)
               ? socket_fails(WSAEMSGSIZE)
               : RECEIVE;
}

RECEIVES(receive_2, buffer_of_message)

MUTANT(wsarecvmsg_into_nowhere_is_too_long,
       "WSARecvMsg into a buffer that is not in memory fails with WSAEMSGSIZE",
       PATCH(WSAIoctl, receive_2));

static INT WSAAPI message_overlapped(RECEIVE_PARAMETERS)
{
    return overlapped && is_nowhere(overlapped) ? socket_fails(WSAEINVAL) : RECEIVE;
}

RECEIVES(receive_3, message_overlapped)

MUTANT(wsarecvmsg_overlapped_nowhere_is_invalid,
       "WSARecvMsg with an OVERLAPPED that is not in memory fails with WSAEINVAL",
       PATCH(WSAIoctl, receive_3));

static int WINAPI from_overlapped(WSARECVFROM_PARAMETERS)
{
    return overlapped && is_nowhere(overlapped) ? socket_fails(WSAEINVAL) : WSARECVFROM;
}
MUTANT(wsarecvfrom_overlapped_nowhere_is_invalid,
       "WSARecvFrom with an OVERLAPPED that is not in memory fails with WSAEINVAL",
       PATCH(WSARecvFrom, from_overlapped));

static int WINAPI code_overlapped(IOCTL_PARAMETERS)
{
    return overlapped && is_nowhere(overlapped) ? socket_fails(WSAEINVAL) : IOCTL;
}
MUTANT(wsaioctl_overlapped_nowhere_is_invalid,
       "WSAIoctl with an OVERLAPPED that is not in memory fails with WSAEINVAL",
       PATCH(WSAIoctl, code_overlapped));
