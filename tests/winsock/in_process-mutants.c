/* Wrong behaviours, for the tests of in_process.c. */
#include "option-mutants.h"

static SOCKET connecting = INVALID_SOCKET;

static int WINAPI notes_connecting(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    if (result == SOCKET_ERROR && GetLastError() == WSAEWOULDBLOCK)
        connecting = s;
    return result;
}

static int WINAPI sets_while_connecting(SET_PARAMETERS)
{
    int result = SET;
    return s == connecting && IS_OPTION(SOL_SOCKET, SO_KEEPALIVE)
               ? failure_hidden(result, WSAEINVAL, 0)
               : result;
}
MUTANT(keepalive_can_be_set_while_connecting,
       "SO_KEEPALIVE can be set while a connection is in process", PATCH(connect, notes_connecting),
       PATCH(setsockopt, sets_while_connecting));

static int WINAPI never_waits(IOCTL_PARAMETERS)
{
    return code == SIO_ADDRESS_LIST_CHANGE && !overlapped ? socket_fails(WSAEWOULDBLOCK) : IOCTL;
}
MUTANT(address_list_change_never_waits,
       "SIO_ADDRESS_LIST_CHANGE of a blocking socket fails with WSAEWOULDBLOCK",
       PATCH(WSAIoctl, never_waits));
