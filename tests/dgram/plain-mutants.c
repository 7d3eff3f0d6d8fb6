/* Wrong behaviours, for the tests of plain.c: datagram sockets that are not overlapped. */
#include "message-mutants.h"

#include "../winsock/ioctl-mutants.h"
#include "../winsock/plain-mutants.h"

static bool would_wait(SOCKET s)
{
    return s == plain && !bytes_waiting(s);
}

static int WINAPI refuses_to_wait(WSARECVFROM_PARAMETERS)
{
    return would_wait(s) && overlapped ? socket_fails(WSAEINVAL) : WSARECVFROM;
}
MUTANT(wsarecvfrom_of_a_plain_socket_is_invalid,
       "WSARecvFrom of a plain socket fails with WSAEINVAL when it is given an OVERLAPPED",
       PATCH(WSASocketW, notes_plain), PATCH(WSARecvFrom, refuses_to_wait));

static INT WSAAPI refuses_message(RECEIVE_PARAMETERS)
{
    return would_wait(s) && overlapped ? socket_fails(WSAEINVAL) : RECEIVE;
}
RECEIVES(exchanges_receive, refuses_message)
MUTANT(wsarecvmsg_of_a_plain_socket_is_invalid,
       "WSARecvMsg of a plain socket fails with WSAEINVAL when it is given an OVERLAPPED",
       PATCH(WSASocketW, notes_plain), PATCH(WSAIoctl, exchanges_receive));

static int WINAPI refuses_code(IOCTL_PARAMETERS)
{
    return s == plain && overlapped && code == (DWORD)FIONREAD ? socket_fails(WSAEINVAL) : IOCTL;
}
MUTANT(wsaioctl_of_a_plain_socket_is_invalid,
       "WSAIoctl of a plain socket fails with WSAEINVAL when it is given an OVERLAPPED",
       PATCH(WSASocketW, notes_plain), PATCH(WSAIoctl, refuses_code));
