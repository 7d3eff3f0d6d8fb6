/* Wrong behaviours of datagram sockets: boundaries, sizes, peers. */
#include "winsock_socket.h"

#define SENDTO_PARAMETERS \
    SOCKET s, const char *bytes, int size, int flags, const struct sockaddr *to, int to_length
#define SENDTO_ARGUMENTS s, bytes, size, flags, to, to_length
#define RECVFROM_PARAMETERS \
    SOCKET s, char *buffer, int size, int flags, struct sockaddr *from, int *length
#define RECVFROM_ARGUMENTS s, buffer, size, flags, from, length

/* ---- Receiving */

static int WINAPI merges(RECVFROM_PARAMETERS)
{
    int got = real.recvfrom(RECVFROM_ARGUMENTS);
    if (got == 2 && size > 2 && !(flags & MSG_PEEK) && bytes_waiting(s))
        got += real.recvfrom(s, buffer + got, size - got, flags, NULL, NULL);
    return got;
}
MUTANT(recvfrom_merges_datagrams, "recvfrom returns two datagrams as one", PATCH(recvfrom, merges));

static int WINAPI leaves_address(RECVFROM_PARAMETERS)
{
    (void)from;
    (void)length;
    return real.recvfrom(s, buffer, size, flags, NULL, NULL);
}
MUTANT(recvfrom_leaves_address, "recvfrom does not tell the sender's address",
       PATCH(recvfrom, leaves_address));

static int WINAPI peek_consumes(RECVFROM_PARAMETERS)
{
    return real.recvfrom(s, buffer, size, flags & ~MSG_PEEK, from, length);
}
MUTANT(recvfrom_peek_consumes, "recvfrom with MSG_PEEK removes the datagram",
       PATCH(recvfrom, peek_consumes));

static int WINAPI peek_counts_all(RECVFROM_PARAMETERS)
{
    int got = real.recvfrom(RECVFROM_ARGUMENTS);
    return got > 0 && flags & MSG_PEEK ? got + 6 : got;
}
MUTANT(recvfrom_peek_counts_all_queued, "recvfrom with MSG_PEEK counts all datagrams that wait",
       PATCH(recvfrom, peek_counts_all));

static int WINAPI counts_header(RECVFROM_PARAMETERS)
{
    int got = real.recvfrom(RECVFROM_ARGUMENTS);
    return got > 40 ? got + 8 : got;
}
MUTANT(recvfrom_counts_header, "recvfrom counts the header of larger datagrams",
       PATCH(recvfrom, counts_header));

static int WINAPI cuts_silently(RECVFROM_PARAMETERS)
{
    return failure_hidden(real.recvfrom(RECVFROM_ARGUMENTS), WSAEMSGSIZE, size);
}
MUTANT(recvfrom_cuts_silently, "recvfrom into a short buffer succeeds",
       PATCH(recvfrom, cuts_silently));

static int WINAPI would_block_always(RECVFROM_PARAMETERS)
{
    int got = real.recvfrom(RECVFROM_ARGUMENTS);
    return got == SOCKET_ERROR ? socket_fails(WSAEWOULDBLOCK) : got;
}
MUTANT(recvfrom_failures_would_block, "recvfrom says WSAEWOULDBLOCK whatever it fails for",
       PATCH(recvfrom, would_block_always));

static int WINAPI keeps_excess(RECVFROM_PARAMETERS)
{
    static char rest[64];
    static int rest_size;
    char whole[64];
    if (rest_size) {
        int given = rest_size;
        memcpy(buffer, rest, (size_t)given);
        rest_size = 0;
        return given;
    }
    int got = size < (int)sizeof(whole)
                  ? real.recvfrom(s, whole, sizeof(whole), MSG_PEEK, NULL, NULL)
                  : SOCKET_ERROR;
    int result = real.recvfrom(RECVFROM_ARGUMENTS);
    if (got > size && result == SOCKET_ERROR && GetLastError() == WSAEMSGSIZE) {
        rest_size = got - size;
        memcpy(rest, whole + size, (size_t)rest_size);
    }
    return result;
}
MUTANT(recvfrom_keeps_excess, "the rest of a datagram that was cut comes with the next receive",
       PATCH(recvfrom, keeps_excess));

static SOCKET bound[64];
static unsigned bound_count;

static int WINAPI notes_bound(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real.bind(s, name, length);
    if (result == 0 && bound_count < 64)
        bound[bound_count++] = s;
    return result;
}

static int WINAPI needs_bind(RECVFROM_PARAMETERS)
{
    for (unsigned i = 0; i < bound_count; i++)
        if (bound[i] == s)
            return real.recvfrom(RECVFROM_ARGUMENTS);
    return socket_fails(WSAEINVAL);
}
MUTANT(recvfrom_needs_explicit_bind, "recvfrom fails on a socket that a send has bound",
       PATCH(bind, notes_bound), PATCH(recvfrom, needs_bind));

/* ---- Sending */

static int WINAPI drops_empty(SENDTO_PARAMETERS)
{
    return size ? real.sendto(SENDTO_ARGUMENTS) : 0;
}
MUTANT(sendto_drops_empty_datagrams, "sendto of no bytes sends no datagram",
       PATCH(sendto, drops_empty));

static int WINAPI splits(SENDTO_PARAMETERS)
{
    int half = size / 2;
    if (size <= 20 || size > 65507)
        return real.sendto(SENDTO_ARGUMENTS);
    int first = real.sendto(s, bytes, half, flags, to, to_length);
    return first == half ? half + real.sendto(s, bytes + half, size - half, flags, to, to_length)
                         : first;
}
MUTANT(sendto_splits_datagrams, "sendto sends longer datagrams in two", PATCH(sendto, splits));

static int WINAPI returns_0(SENDTO_PARAMETERS)
{
    int sent = real.sendto(SENDTO_ARGUMENTS);
    return sent > 3 ? 0 : sent;
}
MUTANT(sendto_returns_0, "sendto returns 0 when it has succeeded", PATCH(sendto, returns_0));

static int WINAPI cuts(SENDTO_PARAMETERS)
{
    int sent = real.sendto(s, bytes, size > 65507 ? 65507 : size, flags, to, to_length);
    return sent == 65507 ? size : sent;
}
MUTANT(sendto_cuts_large_datagrams, "sendto sends the first part of a datagram that is too large",
       PATCH(sendto, cuts));

static int WINAPI limits_to_frame(SENDTO_PARAMETERS)
{
    return size > 1472 ? socket_fails(WSAEMSGSIZE) : real.sendto(SENDTO_ARGUMENTS);
}
MUTANT(sendto_limits_to_a_frame, "sendto refuses datagrams that do not fit into an Ethernet frame",
       PATCH(sendto, limits_to_frame));

static int WINAPI ignores_destination(SENDTO_PARAMETERS)
{
    return has_peer(s) ? real.send(s, bytes, size, flags) : real.sendto(SENDTO_ARGUMENTS);
}
MUTANT(sendto_ignores_destination_when_connected, "sendto on a connected socket goes to its peer",
       PATCH(sendto, ignores_destination));

/* ---- Names */

static int WINAPI stays_unbound(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real.getsockname(s, name, length);
    if (result == 0 && is_datagram(s) &&
        ((struct sockaddr_in *)name)->sin_addr.s_addr == htonl(INADDR_ANY))
        return socket_fails(WSAEINVAL);
    return result;
}
MUTANT(sendto_leaves_socket_unbound, "the first sendto gives the socket no name",
       PATCH(getsockname, stays_unbound));

static int WINAPI binds_loopback(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real.getsockname(s, name, length);
    struct sockaddr_in *in = (struct sockaddr_in *)name;
    if (result == 0 && is_datagram(s) && in->sin_addr.s_addr == htonl(INADDR_ANY))
        in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return result;
}
MUTANT(sendto_binds_to_one_address, "the first sendto binds the socket to one address",
       PATCH(getsockname, binds_loopback));

static struct sockaddr_in last_destination;

static int WINAPI notes_destination(SENDTO_PARAMETERS)
{
    if (to && to_length == sizeof(last_destination))
        memcpy(&last_destination, to, sizeof(last_destination));
    return real.sendto(SENDTO_ARGUMENTS);
}

static int WINAPI tells_destination(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real.getpeername(s, name, length);
    if (result == SOCKET_ERROR && GetLastError() == WSAENOTCONN && last_destination.sin_port) {
        memcpy(name, &last_destination, sizeof(last_destination));
        result = 0;
    }
    return result;
}
MUTANT(getpeername_tells_last_destination, "getpeername tells where the last sendto went",
       PATCH(sendto, notes_destination), PATCH(getpeername, tells_destination));

/* ---- connect */

static int WINAPI does_nothing(SOCKET s, const struct sockaddr *name, int length)
{
    return is_datagram(s) ? 0 : real.connect(s, name, length);
}
MUTANT(datagram_connect_does_nothing, "connect does nothing to a datagram socket",
       PATCH(connect, does_nothing));

static int WINAPI only_once(SOCKET s, const struct sockaddr *name, int length)
{
    return is_datagram(s) && has_peer(s) ? socket_fails(WSAEISCONN) : real.connect(s, name, length);
}
MUTANT(datagram_connect_only_once, "a datagram socket cannot change its peer",
       PATCH(connect, only_once));

/* The one datagram socket that was connected, and to whom: it is not, really. */
static SOCKET unfiltered = INVALID_SOCKET;
static struct sockaddr_in unfiltered_peer;

static int WINAPI sets_destination_only(SOCKET s, const struct sockaddr *name, int length)
{
    struct sockaddr_in any_port = {.sin_family = AF_INET};
    if (!is_datagram(s) || length != sizeof(unfiltered_peer))
        return real.connect(s, name, length);
    any_port.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    DWORD error = GetLastError();
    real.bind(s, (struct sockaddr *)&any_port, sizeof(any_port));
    SetLastError(error);
    unfiltered = s;
    memcpy(&unfiltered_peer, name, sizeof(unfiltered_peer));
    return 0;
}

static int WINAPI sends_to_destination(SOCKET s, const char *bytes, int size, int flags)
{
    return s == unfiltered ? real.sendto(s, bytes, size, flags, (struct sockaddr *)&unfiltered_peer,
                                         sizeof(unfiltered_peer))
                           : real.send(s, bytes, size, flags);
}

static int WINAPI tells_peer(SOCKET s, struct sockaddr *name, int *length)
{
    if (s != unfiltered)
        return real.getpeername(s, name, length);
    memcpy(name, &unfiltered_peer, sizeof(unfiltered_peer));
    return 0;
}
MUTANT(datagram_connect_filters_nothing, "a connected datagram socket hears everybody",
       PATCH(connect, sets_destination_only), PATCH(send, sends_to_destination),
       PATCH(getpeername, tells_peer));
