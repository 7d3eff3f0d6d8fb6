/* Wrong behaviours, for the tests of address.c: what is no address: for every function that is
 * given a name, or told where to store one. */
#include "stream-mutants.h"

static int WINAPI reads_past(SOCKET s, const struct sockaddr *name, int length)
{
    int full = sizeof(struct sockaddr_in);
    return real(bind)(s, name, length == full - 1 ? full : length);
}
MUTANT(bind_reads_past_the_name, "bind takes a name that is one byte short",
       PATCH(bind, reads_past));

static int WINAPI cuts_name(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getpeername)(s, name, length);
    return name && length && *length > 0 ? failure_hidden(result, WSAEFAULT, 0) : result;
}
MUTANT(getpeername_cuts_the_name, "getpeername succeeds with a buffer that is too small",
       PATCH(getpeername, cuts_name));

/* What NAME of LENGTH bytes looks like to somebody who does not look closely. */
static bool nowhere(const void *name)
{
    return (UINT_PTR)name < 0x10000;
}

static bool zeros(const struct sockaddr *name, int length)
{
    return !nowhere(name) && length == sizeof(struct sockaddr_in) &&
           ((const struct sockaddr_in *)name)->sin_addr.s_addr == 0;
}

static int WINAPI connect_invalid(SOCKET s, const struct sockaddr *name, int length)
{
    return nowhere(name) ? socket_fails(WSAEINVAL) : real(connect)(s, name, length);
}
MUTANT(connect_without_a_name_is_invalid, "connect without a name fails with WSAEINVAL",
       PATCH(connect, connect_invalid));

static int WINAPI connect_zeros(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    return zeros(name, length) ? failure_renamed(result, WSAEADDRNOTAVAIL, WSAECONNREFUSED)
                               : result;
}

MUTANT(connect_to_zeros_is_refused, "connect to 0.0.0.0 is refused", PATCH(connect, connect_zeros));

static int WINAPI wsaconnect_invalid(WSACONNECT_PARAMETERS)
{
    return nowhere(name) ? socket_fails(WSAEINVAL) : WSACONNECT;
}
MUTANT(wsaconnect_without_a_name_is_invalid, "WSAConnect without a name fails with WSAEINVAL",
       PATCH(WSAConnect, wsaconnect_invalid));

static int WINAPI wsaconnect_half(WSACONNECT_PARAMETERS)
{
    int result = WSACONNECT;
    return nowhere(name) ? result : failure_renamed(result, WSAEFAULT, WSAEINVAL);
}
MUTANT(wsaconnect_with_half_a_name_is_invalid, "WSAConnect with a short name fails with WSAEINVAL",
       PATCH(WSAConnect, wsaconnect_half));

static int WINAPI wsaconnect_refused(WSACONNECT_PARAMETERS)
{
    int result = failure_renamed(WSACONNECT, WSAEADDRNOTAVAIL, WSAECONNREFUSED);
    return failure_renamed(result, WSAEAFNOSUPPORT, WSAECONNREFUSED);
}
MUTANT(wsaconnect_to_nowhere_is_refused, "WSAConnect to what cannot be reached is refused",
       PATCH(WSAConnect, wsaconnect_refused));

#define CONNECT_EX_PARAMETERS                                                                 \
    SOCKET s, const struct sockaddr *name, int length, PVOID bytes, DWORD size, LPDWORD sent, \
        LPOVERLAPPED overlapped
#define CONNECT_EX original(s, name, length, bytes, size, sent, overlapped)
static LPFN_CONNECTEX original;

static BOOL PASCAL connect_ex_invalid(CONNECT_EX_PARAMETERS)
{
    BOOL done = !nowhere(name) && CONNECT_EX;
    if (nowhere(name) || (!done && GetLastError() == WSAEFAULT))
        SetLastError(WSAEINVAL);
    return done;
}

EXCHANGES(gives_invalid, WSAID_CONNECTEX, connect_ex_invalid, original)

MUTANT(connect_ex_without_a_name_is_invalid, "ConnectEx without a name fails with WSAEINVAL",
       PATCH(WSAIoctl, gives_invalid));

static BOOL PASCAL connect_ex_refused(CONNECT_EX_PARAMETERS)
{
    BOOL done = CONNECT_EX;
    if (!done && (GetLastError() == WSAEADDRNOTAVAIL || GetLastError() == WSAEAFNOSUPPORT))
        SetLastError(WSAECONNREFUSED);
    return done;
}

EXCHANGES(gives_refused, WSAID_CONNECTEX, connect_ex_refused, original)

MUTANT(connect_ex_to_nowhere_is_refused, "ConnectEx to what cannot be reached is refused",
       PATCH(WSAIoctl, gives_refused));

static int WINAPI bind_half(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(bind)(s, name, length);
    return length == sizeof(struct sockaddr_in) && name
               ? failure_renamed(result, WSAEFAULT, WSAEINVAL)
               : result;
}
MUTANT(bind_with_half_a_name_is_invalid,
       "bind with a name that cannot be read fails with WSAEINVAL", PATCH(bind, bind_half));

static int WINAPI getsockname_invalid(SOCKET s, struct sockaddr *name, int *length)
{
    return nowhere(name) || nowhere(length) ? socket_fails(WSAEINVAL)
                                            : real(getsockname)(s, name, length);
}
MUTANT(getsockname_without_room_is_invalid, "getsockname without room fails with WSAEINVAL",
       PATCH(getsockname, getsockname_invalid));

static int WINAPI getsockname_cuts(SOCKET s, struct sockaddr *name, int *length)
{
    struct sockaddr_in whole;
    int full = sizeof(whole), size = length ? *length : 0;
    if (nowhere(name) || size >= full || size < 2)
        return real(getsockname)(s, name, length);
    int result = real(getsockname)(s, (struct sockaddr *)&whole, &full);
    if (result == 0)
        memcpy(name, &whole, (size_t)size);
    return result;
}
MUTANT(getsockname_cuts_the_name, "getsockname stores as much of a name as there is room for",
       PATCH(getsockname, getsockname_cuts));

static int WINAPI getpeername_invalid(SOCKET s, struct sockaddr *name, int *length)
{
    return nowhere(name) || nowhere(length) ? socket_fails(WSAEINVAL)
                                            : real(getpeername)(s, name, length);
}
MUTANT(getpeername_without_room_is_invalid, "getpeername without room fails with WSAEINVAL",
       PATCH(getpeername, getpeername_invalid));

static SOCKET WINAPI accept_invalid(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real(accept)(s, name, length);
    if (accepted == INVALID_SOCKET && GetLastError() == WSAEFAULT)
        SetLastError(WSAEINVAL);
    return accepted;
}
MUTANT(accept_without_room_is_invalid, "accept without room for the address fails with WSAEINVAL",
       PATCH(accept, accept_invalid));

static SOCKET WINAPI wsaaccept_invalid(WSAACCEPT_PARAMETERS)
{
    SOCKET accepted = WSAACCEPT;
    if (accepted == INVALID_SOCKET && GetLastError() == WSAEFAULT)
        SetLastError(WSAEINVAL);
    return accepted;
}
MUTANT(wsaaccept_without_room_is_invalid,
       "WSAAccept without room for the address fails with WSAEINVAL",
       PATCH(WSAAccept, wsaaccept_invalid));
