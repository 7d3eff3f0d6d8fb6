/* Wrong behaviours, for the tests of connect.c: what connect does to a datagram socket: a
 * default destination, and a filter. */
#include "dgram-mutants.h"

static int WINAPI ignores_destination(SENDTO_PARAMETERS)
{
    return has_peer(s) ? real(send)(s, bytes, size, flags) : real(sendto)(SENDTO_ARGUMENTS);
}
MUTANT(sendto_ignores_destination_when_connected, "sendto on a connected socket goes to its peer",
       PATCH(sendto, ignores_destination));

static int WINAPI does_nothing(SOCKET s, const struct sockaddr *name, int length)
{
    return is_datagram(s) ? 0 : real(connect)(s, name, length);
}
MUTANT(datagram_connect_does_nothing, "connect does nothing to a datagram socket",
       PATCH(connect, does_nothing));

static int WINAPI only_once(SOCKET s, const struct sockaddr *name, int length)
{
    return is_datagram(s) && has_peer(s) ? socket_fails(WSAEISCONN)
                                         : real(connect)(s, name, length);
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
        return real(connect)(s, name, length);
    any_port.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    DWORD error = GetLastError();
    real(bind)(s, (struct sockaddr *)&any_port, sizeof(any_port));
    SetLastError(error);
    unfiltered = s;
    memcpy(&unfiltered_peer, name, sizeof(unfiltered_peer));
    return 0;
}

static int WINAPI sends_to_destination(SOCKET s, const char *bytes, int size, int flags)
{
    return s == unfiltered
               ? real(sendto)(s, bytes, size, flags, (struct sockaddr *)&unfiltered_peer,
                              sizeof(unfiltered_peer))
               : real(send)(s, bytes, size, flags);
}

static int WINAPI tells_peer(SOCKET s, struct sockaddr *name, int *length)
{
    if (s != unfiltered)
        return real(getpeername)(s, name, length);
    memcpy(name, &unfiltered_peer, sizeof(unfiltered_peer));
    return 0;
}
MUTANT(datagram_connect_filters_nothing, "a connected datagram socket hears everybody",
       PATCH(connect, sets_destination_only), PATCH(send, sends_to_destination),
       PATCH(getpeername, tells_peer));

static int WINAPI refuses_broadcast(NAME_PARAMETERS)
{
    return address_of(name) == INADDR_BROADCAST ? socket_fails(WSAEACCES)
                                                : real(connect)(s, name, length);
}
MUTANT(datagram_connect_refuses_broadcast,
       "connect of a datagram socket never takes the broadcast address",
       PATCH(connect, refuses_broadcast));

static char kept[16];
static int kept_size;

static int WINAPI keeps_queue(NAME_PARAMETERS)
{
    if (is_datagram(s) && has_peer(s) && bytes_waiting(s))
        kept_size = real(recvfrom)(s, kept, sizeof(kept), 0, NULL, NULL);
    return real(connect)(s, name, length);
}

static int WINAPI kept_first(RECVFROM_PARAMETERS)
{
    int given = kept_size;
    if (given <= 0)
        return RECVFROM;
    memcpy(buffer, kept, (size_t)given);
    kept_size = 0;
    return given;
}
MUTANT(datagram_connect_keeps_what_waits, "connect to another peer keeps the datagrams that wait",
       PATCH(connect, keeps_queue), PATCH(recvfrom, kept_first));

static int WINAPI send_einval(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real(send)(s, bytes, size, flags);
    return sent == SOCKET_ERROR ? socket_fails(WSAEINVAL) : sent;
}
MUTANT(send_failures_are_invalid, "send says WSAEINVAL whatever it fails for",
       PATCH(send, send_einval));

static int WINAPI fails_unconnected(SOCKET s, char *buffer, int size, int flags)
{
    int got = real(recv)(s, buffer, size, flags);
    return got == SOCKET_ERROR ? socket_fails(WSAENOTCONN) : got;
}
MUTANT(recv_failures_are_unconnected, "recv says WSAENOTCONN whatever it fails for",
       PATCH(recv, fails_unconnected));

static int WINAPI keeps_peer(NAME_PARAMETERS)
{
    return name && length >= (int)sizeof(struct sockaddr_in) && name->sa_family == AF_INET &&
                   address_of(name) == INADDR_ANY && is_datagram(s) && has_peer(s)
               ? 0
               : real(connect)(s, name, length);
}
MUTANT(datagram_connect_to_zeros_keeps_the_peer,
       "connect of a datagram socket to 0.0.0.0 succeeds and changes nothing",
       PATCH(connect, keeps_peer));

static SOCKET without_peer = INVALID_SOCKET;

static int WINAPI notes_dissolving(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    if (result == 0 && !((const struct sockaddr_in *)name)->sin_port && is_datagram(s))
        without_peer = s;
    return result;
}

static int WINAPI no_more_sendto(SOCKET s, const char *bytes, int size, int flags,
                                 const struct sockaddr *to, int length)
{
    return s == without_peer ? socket_fails(WSAENOTCONN)
                             : real(sendto)(s, bytes, size, flags, to, length);
}

static int WINAPI no_more_recvfrom(SOCKET s, char *bytes, int size, int flags,
                                   struct sockaddr *from, int *length)
{
    return s == without_peer ? socket_fails(WSAENOTCONN)
                             : real(recvfrom)(s, bytes, size, flags, from, length);
}
MUTANT(socket_without_peer_is_unusable, "A datagram socket that lost its peer is of no more use",
       PATCH(connect, notes_dissolving), PATCH(sendto, no_more_sendto),
       PATCH(recvfrom, no_more_recvfrom));

static struct {
    SOCKET s;
    struct sockaddr_in name;
} first_peer = {.s = INVALID_SOCKET};

static int WINAPI notes_first_peer(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    if (result == 0 && s != first_peer.s && length == sizeof(first_peer.name) && is_datagram(s)) {
        first_peer.s = s;
        memcpy(&first_peer.name, name, sizeof(first_peer.name));
    }
    return result;
}

static int WINAPI tells_first_peer(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getpeername)(s, name, length);
    if (result == 0 && s == first_peer.s)
        memcpy(name, &first_peer.name, sizeof(first_peer.name));
    return result;
}
MUTANT(getpeername_tells_the_first_peer, "getpeername tells the first peer of a datagram socket",
       PATCH(connect, notes_first_peer), PATCH(getpeername, tells_first_peer));
