/* Wrong behaviours, for the tests of thousands.c: a limit on the number of buffers. */
#include "../dgram/message-mutants.h"

enum { AT_MOST = 1000 };

static int WINAPI sends_some(WSASEND_PARAMETERS)
{
    if (count > AT_MOST)
        count = AT_MOST;
    return WSASEND;
}
MUTANT(wsasend_sends_1000_buffers, "WSASend sends no more than 1,000 of its buffers",
       PATCH(WSASend, sends_some));

static int WINAPI receives_some(WSARECV_PARAMETERS)
{
    if (count > AT_MOST)
        count = AT_MOST;
    return WSARECV;
}
MUTANT(wsarecv_fills_1000_buffers, "WSARecv fills no more than 1,000 of its buffers",
       PATCH(WSARecv, receives_some));

static int WINAPI sends_to_few(WSASENDTO_PARAMETERS)
{
    return count > AT_MOST ? socket_fails(WSAEMSGSIZE) : WSASENDTO;
}
MUTANT(wsasendto_refuses_1001_buffers, "WSASendTo fails for more than 1,000 buffers",
       PATCH(WSASendTo, sends_to_few));

static int WINAPI receives_from_few(WSARECVFROM_PARAMETERS)
{
    return count > AT_MOST ? socket_fails(WSAEMSGSIZE) : WSARECVFROM;
}
MUTANT(wsarecvfrom_refuses_1001_buffers, "WSARecvFrom fails for more than 1,000 buffers",
       PATCH(WSARecvFrom, receives_from_few));

static INT WSAAPI sends_short_messages(SEND_PARAMETERS)
{
    return message && message->dwBufferCount > AT_MOST ? socket_fails(WSAEMSGSIZE) : SEND;
}
SENDS(gives_short_sending, sends_short_messages)
MUTANT(wsasendmsg_refuses_1001_buffers, "WSASendMsg fails for more than 1,000 buffers",
       PATCH(WSAIoctl, gives_short_sending));

static INT WSAAPI receives_short_messages(RECEIVE_PARAMETERS)
{
    return message && message->dwBufferCount > AT_MOST ? socket_fails(WSAEMSGSIZE) : RECEIVE;
}
RECEIVES(gives_short_receiving, receives_short_messages)
MUTANT(wsarecvmsg_refuses_1001_buffers, "WSARecvMsg fails for more than 1,000 buffers",
       PATCH(WSAIoctl, gives_short_receiving));
