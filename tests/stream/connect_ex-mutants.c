/* Wrong behaviours, for the tests of connect_ex.c: ConnectEx and DisconnectEx. */
#include "stream-mutants.h"

static LPFN_DISCONNECTEX real_disconnect;

static BOOL PASCAL disconnects_nothing(SOCKET s, LPOVERLAPPED overlapped, DWORD flags,
                                       DWORD reserved)
{
    return !flags && !reserved && has_peer(s) ? TRUE
                                              : real_disconnect(s, overlapped, flags, reserved);
}

EXCHANGES(disconnect_ex_1, WSAID_DISCONNECTEX, disconnects_nothing, real_disconnect)

MUTANT(disconnect_ex_does_nothing, "DisconnectEx returns TRUE and leaves the connection",
       PATCH(WSAIoctl, disconnect_ex_1));

static BOOL PASCAL disconnect_renames(SOCKET s, LPOVERLAPPED overlapped, DWORD flags,
                                      DWORD reserved)
{
    BOOL done = real_disconnect(s, overlapped, flags, reserved);
    DWORD error = GetLastError();
    if (!done && (error == WSAEINVAL || error == WSAENOTCONN))
        SetLastError(WSAEOPNOTSUPP);
    return done;
}

EXCHANGES(disconnect_ex_2, WSAID_DISCONNECTEX, disconnect_renames, real_disconnect)

MUTANT(disconnect_ex_names_its_errors_otherwise, "DisconnectEx fails with other errors",
       PATCH(WSAIoctl, disconnect_ex_2));
