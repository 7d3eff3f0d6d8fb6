/* Wrong behaviours, for the tests of boundaries.c: one send is one datagram is one receive. */
#include "dgram-mutants.h"

static int WINAPI merges(RECVFROM_PARAMETERS)
{
    int got = real(recvfrom)(RECVFROM_ARGUMENTS);
    if (got > 0 && got < size && !(flags & MSG_PEEK) && bytes_waiting(s))
        got += real(recvfrom)(s, buffer + got, size - got, flags, NULL, NULL);
    return got;
}

MUTANT(recvfrom_merges_datagrams, "recvfrom returns two datagrams as one", PATCH(recvfrom, merges));

static int WINAPI leaves_address(RECVFROM_PARAMETERS)
{
    (void)from;
    (void)length;
    return real(recvfrom)(s, buffer, size, flags, NULL, NULL);
}
MUTANT(recvfrom_leaves_address, "recvfrom does not tell the sender's address",
       PATCH(recvfrom, leaves_address));

static int WINAPI peek_consumes(RECVFROM_PARAMETERS)
{
    return real(recvfrom)(s, buffer, size, flags & ~MSG_PEEK, from, length);
}
MUTANT(recvfrom_peek_consumes, "recvfrom with MSG_PEEK removes the datagram",
       PATCH(recvfrom, peek_consumes));

static int WINAPI peek_counts_all(RECVFROM_PARAMETERS)
{
    int got = real(recvfrom)(RECVFROM_ARGUMENTS);
    return got > 0 && flags & MSG_PEEK ? got + 6 : got;
}
MUTANT(recvfrom_peek_counts_all_queued, "recvfrom with MSG_PEEK counts all datagrams that wait",
       PATCH(recvfrom, peek_counts_all));

static int WINAPI counts_header(RECVFROM_PARAMETERS)
{
    int got = real(recvfrom)(RECVFROM_ARGUMENTS);
    return got > 40 ? got + 8 : got;
}
MUTANT(recvfrom_counts_header, "recvfrom counts the header of larger datagrams",
       PATCH(recvfrom, counts_header));

static SOCKET bound[64];
static unsigned bound_count;

static int WINAPI notes_bound(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(bind)(s, name, length);
    if (result == 0 && bound_count < 64)
        bound[bound_count++] = s;
    return result;
}

static int WINAPI needs_bind(RECVFROM_PARAMETERS)
{
    for (unsigned i = 0; i < bound_count; i++)
        if (bound[i] == s)
            return real(recvfrom)(RECVFROM_ARGUMENTS);
    return socket_fails(WSAEINVAL);
}
MUTANT(recvfrom_needs_explicit_bind, "recvfrom fails on a socket that a send has bound",
       PATCH(bind, notes_bound), PATCH(recvfrom, needs_bind));

static int WINAPI drops_empty(SENDTO_PARAMETERS)
{
    return size ? real(sendto)(SENDTO_ARGUMENTS) : 0;
}
MUTANT(sendto_drops_empty_datagrams, "sendto of no bytes sends no datagram",
       PATCH(sendto, drops_empty));

static int WINAPI splits(SENDTO_PARAMETERS)
{
    int half = size / 2;
    if (size <= 20 || size > 65507)
        return real(sendto)(SENDTO_ARGUMENTS);
    int first = real(sendto)(s, bytes, half, flags, to, to_length);
    return first == half ? half + real(sendto)(s, bytes + half, size - half, flags, to, to_length)
                         : first;
}

MUTANT(sendto_splits_datagrams, "sendto sends longer datagrams in two", PATCH(sendto, splits));

static int WINAPI returns_0(SENDTO_PARAMETERS)
{
    int sent = real(sendto)(SENDTO_ARGUMENTS);
    return sent > 3 ? 0 : sent;
}

MUTANT(sendto_returns_0, "sendto returns 0 when it has succeeded", PATCH(sendto, returns_0));

static int WINAPI empty_is_end(RECVFROM_PARAMETERS)
{
    int got = RECVFROM;
    return got == 0 && size && is_datagram(s) ? socket_fails(WSAEDISCON) : got;
}
MUTANT(recvfrom_of_an_empty_datagram_fails,
       "recvfrom fails with WSAEDISCON for a datagram without bytes",
       PATCH(recvfrom, empty_is_end));
