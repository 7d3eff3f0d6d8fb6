/* Wrong behaviours, for the tests of accepted.c: what an accepted socket takes over from the
 * listener that accepted it. */
#include "stream-mutants.h"

#include <stdlib.h>

static void start_blocking(SOCKET s)
{
    DWORD error = GetLastError();
    u_long off = 0;
    real(ioctlsocket)(s, FIONBIO, &off);
    SetLastError(error);
}

static SOCKET WINAPI accepts_blocking(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real(accept)(s, name, length);
    if (accepted != INVALID_SOCKET)
        start_blocking(accepted);
    return accepted;
}
MUTANT(accept_starts_blocking, "The socket that a nonblocking listener accepts is blocking",
       PATCH(accept, accepts_blocking));

/* Gives S the values of a new socket for options that are off then. */
static void forget(SOCKET s, bool booleans, bool linger, bool nodelay)
{
    static const int names[] = {SO_KEEPALIVE, SO_OOBINLINE, SO_SNDTIMEO, SO_RCVTIMEO, SO_REUSEADDR};
    static const LINGER never;
    DWORD off = 0, error = GetLastError();
    for (size_t i = 0; booleans && i < sizeof(names) / sizeof(*names); i++)
        real(setsockopt)(s, SOL_SOCKET, names[i], (char *)&off, sizeof(off));
    if (linger)
        real(setsockopt)(s, SOL_SOCKET, SO_LINGER, (char *)&never, sizeof(never));
    if (nodelay)
        real(setsockopt)(s, IPPROTO_TCP, TCP_NODELAY, (char *)&off, sizeof(off));
    SetLastError(error);
}

#define FORGETS(function, booleans, linger, nodelay)                            \
    static SOCKET WINAPI function(SOCKET s, struct sockaddr *name, int *length) \
    {                                                                           \
        SOCKET accepted = real(accept)(s, name, length);                        \
        if (accepted != INVALID_SOCKET)                                         \
            forget(accepted, booleans, linger, nodelay);                        \
        return accepted;                                                        \
    }

FORGETS(forgets_booleans, true, false, false)

MUTANT(accept_forgets_the_options, "An accepted socket has no options but those of TCP",
       PATCH(accept, forgets_booleans));

FORGETS(forgets_linger, false, true, false)

MUTANT(accept_forgets_to_linger, "An accepted socket does not linger as its listener",
       PATCH(accept, forgets_linger));

FORGETS(forgets_nodelay, false, false, true)

MUTANT(accept_forgets_nodelay, "An accepted socket has not its listener's TCP_NODELAY",
       PATCH(accept, forgets_nodelay));

static SOCKET WINAPI wsaaccepts_blocking(WSAACCEPT_PARAMETERS)
{
    SOCKET accepted = WSAACCEPT;
    if (accepted != INVALID_SOCKET)
        start_blocking(accepted);
    return accepted;
}
MUTANT(wsaaccept_starts_blocking, "The socket that WSAAccept returns is blocking",
       PATCH(WSAAccept, wsaaccepts_blocking));

static SOCKET WINAPI wsaaccept_forgets(WSAACCEPT_PARAMETERS)
{
    SOCKET accepted = WSAACCEPT;
    if (accepted != INVALID_SOCKET)
        forget(accepted, true, true, false);
    return accepted;
}
MUTANT(wsaaccept_forgets_the_options,
       "The socket that WSAAccept returns has no options but those of TCP",
       PATCH(WSAAccept, wsaaccept_forgets));

static SOCKET WINAPI wsaaccept_delays(WSAACCEPT_PARAMETERS)
{
    SOCKET accepted = WSAACCEPT;
    if (accepted != INVALID_SOCKET)
        forget(accepted, false, false, true);
    return accepted;
}
MUTANT(wsaaccept_forgets_nodelay,
       "The socket that WSAAccept returns has not its listener's TCP_NODELAY",
       PATCH(WSAAccept, wsaaccept_delays));

static LPFN_ACCEPTEX original;

static BOOL PASCAL inherits(SOCKET listener, SOCKET s, PVOID buffer, DWORD size, DWORD local,
                            DWORD remote, LPDWORD got, LPOVERLAPPED overlapped)
{
    DWORD time = (DWORD)socket_option(listener, SO_RCVTIMEO);
    real(setsockopt)(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&time, sizeof(time));
    return original(listener, s, buffer, size, local, remote, got, overlapped);
}

EXCHANGES(gives_inherits, WSAID_ACCEPTEX, inherits, original)

MUTANT(accept_ex_brings_properties_at_once, "AcceptEx itself brings a property of the listener",
       PATCH(WSAIoctl, gives_inherits));
