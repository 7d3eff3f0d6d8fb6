/* Wrong behaviours, for the tests of in_use.c: connecting from an address that is in use. */
#include "stream-mutants.h"

static int WINAPI connect_in_use(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_renamed(real(connect)(s, name, length), WSAEADDRINUSE, WSAEADDRNOTAVAIL);
}
MUTANT(connect_in_use_is_not_available,
       "connect from an address in use fails with WSAEADDRNOTAVAIL",
       PATCH(connect, connect_in_use));

static int WINAPI wsaconnect_in_use(WSACONNECT_PARAMETERS)
{
    return failure_renamed(WSACONNECT, WSAEADDRINUSE, WSAEADDRNOTAVAIL);
}
MUTANT(wsaconnect_in_use_is_not_available,
       "WSAConnect from an address in use fails with WSAEADDRNOTAVAIL",
       PATCH(WSAConnect, wsaconnect_in_use));

static BOOL WINAPI result_in_use(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                                 LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    return renamed(done, WSAEADDRINUSE, WSAEADDRNOTAVAIL);
}

static LPFN_CONNECTEX real_connect_ex;

static BOOL PASCAL connect_ex_in_use(SOCKET s, const struct sockaddr *name, int length, PVOID bytes,
                                     DWORD size, LPDWORD sent, LPOVERLAPPED overlapped)
{
    return renamed(real_connect_ex(s, name, length, bytes, size, sent, overlapped), WSAEADDRINUSE,
                   WSAEADDRNOTAVAIL);
}

EXCHANGES(gives_connect_ex, WSAID_CONNECTEX, connect_ex_in_use, real_connect_ex)

MUTANT(connect_ex_in_use_is_not_available,
       "ConnectEx from an address in use fails with WSAEADDRNOTAVAIL",
       PATCH(WSAIoctl, gives_connect_ex), PATCH(WSAGetOverlappedResult, result_in_use));
