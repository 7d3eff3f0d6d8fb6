/* Wrong behaviours, for the tests of accept.c: the socket and the address that accept returns. */
#include "stream-mutants.h"

MUTANT(accept_with_address_is_unconnected,
       "accept returns an unconnected socket when the address is asked for",
       PATCH(accept, unconnected));

static SOCKET WINAPI own_address(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real(accept)(s, name, length);
    if (accepted != INVALID_SOCKET && name)
        real(getsockname)(s, name, length);
    return accepted;
}
MUTANT(accept_tells_own_address, "accept tells the listener's address instead of the client's",
       PATCH(accept, own_address));

static SOCKET WINAPI leaves_addrlen(SOCKET s, struct sockaddr *name, int *length)
{
    int before = length ? *length : 0;
    SOCKET accepted = real(accept)(s, name, length);
    if (length)
        *length = before;
    return accepted;
}
MUTANT(accept_leaves_addrlen, "accept does not store the length of the address",
       PATCH(accept, leaves_addrlen));

static SOCKET WINAPI only_once(SOCKET s, struct sockaddr *name, int *length)
{
    static SOCKET done = INVALID_SOCKET;
    if (s == done) {
        SetLastError(WSAEINVAL);
        return INVALID_SOCKET;
    }
    SOCKET accepted = real(accept)(s, name, length);
    if (accepted != INVALID_SOCKET)
        done = s;
    return accepted;
}

static int WINAPI forgets(SOCKET s)
{
    (void)s;
    return 0;
}
MUTANT(accept_ends_listening, "a listener accepts one connection only", PATCH(accept, only_once),
       PATCH(closesocket, forgets));

static SOCKET WINAPI newest_first(SOCKET s, struct sockaddr *name, int *length)
{
    static SOCKET kept = INVALID_SOCKET;
    SOCKET accepted = kept != INVALID_SOCKET ? kept : real(accept)(s, name, length);
    kept = INVALID_SOCKET;
    fd_set more = {.fd_count = 1, .fd_array = {s}};
    if (accepted != INVALID_SOCKET && real(select)(0, &more, NULL, NULL, &(TIMEVAL){0, 0}) == 1) {
        kept = accepted;
        accepted = real(accept)(s, name, length);
    }
    return accepted;
}
MUTANT(accept_newest_first, "accept hands out the newest connection first",
       PATCH(accept, newest_first));

static SOCKET WINAPI unlistened_blocks(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real(accept)(s, name, length);
    if (accepted == INVALID_SOCKET && GetLastError() == WSAEINVAL)
        SetLastError(WSAEWOULDBLOCK);
    return accepted;
}
MUTANT(accept_without_listen_would_block, "accept on a socket that does not listen would block",
       PATCH(accept, unlistened_blocks));

static SOCKET WINAPI accept_renames(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real(accept)(s, name, length);
    if (accepted == INVALID_SOCKET && GetLastError() == WSAEINVAL && has_peer(s))
        SetLastError(WSAEOPNOTSUPP);
    return accepted;
}
MUTANT(accept_of_accepted_is_not_supported, "accept of an accepted socket fails with WSAEOPNOTSUPP",
       PATCH(accept, accept_renames));

static SOCKET WINAPI accept_datagrams(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real(accept)(s, name, length);
    if (accepted == INVALID_SOCKET && GetLastError() == WSAEOPNOTSUPP)
        SetLastError(WSAEINVAL);
    return accepted;
}
MUTANT(accept_of_datagrams_is_invalid, "accept of a datagram socket fails with WSAEINVAL",
       PATCH(accept, accept_datagrams));

static SOCKET WINAPI accept_wants_length(SOCKET s, struct sockaddr *name, int *length)
{
    if (name && !length) {
        SetLastError(WSAEFAULT);
        return INVALID_SOCKET;
    }
    return real(accept)(s, name, length);
}
MUTANT(accept_wants_the_length, "accept fails with a name and no length for it",
       PATCH(accept, accept_wants_length));
