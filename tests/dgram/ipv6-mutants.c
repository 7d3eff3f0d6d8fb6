/* Wrong behaviours, for the tests of ipv6.c: datagrams of IPv6 alone. */
#include "dgram-mutants.h"

#define SEND_PARAMETERS SOCKET s, const char *bytes, int size, int flags
#define SEND real(send)(s, bytes, size, flags)
#define SENDTO real(sendto)(SENDTO_ARGUMENTS)
#define CONNECT_PARAMETERS SOCKET s, const struct sockaddr *name, int length
#define CONNECT real(connect)(s, name, length)

static bool is_datagram6(SOCKET s)
{
    return is_datagram(s) && is_ipv6(s);
}

/* ---- Peers ---- */

static int WINAPI sets_no_peer(CONNECT_PARAMETERS)
{
    if (!is_datagram6(s))
        return CONNECT;
    struct sockaddr_in6 any_port = {.sin6_family = AF_INET6, .sin6_addr.s6_addr[15] = 1};
    if (!is_bound(s))
        real(bind)(s, (struct sockaddr *)&any_port, sizeof(any_port));
    return 0;
}
MUTANT(connect_of_ipv6_sets_no_peer, "connect of a datagram socket of IPv6 sets no peer",
       PATCH(connect, sets_no_peer));

static int WINAPI zeros_keep_peer(CONNECT_PARAMETERS)
{
    return is_datagram6(s) && length >= (int)sizeof(struct sockaddr_in6) &&
                   name->sa_family == AF_UNSPEC
               ? 0
               : CONNECT;
}
MUTANT(connect_of_ipv6_to_zeros_keeps_the_peer,
       "connect of a datagram socket of IPv6 to zeros changes nothing",
       PATCH(connect, zeros_keep_peer));

static int WINAPI takes_short_zeros(CONNECT_PARAMETERS)
{
    struct sockaddr_in6 zeros = {.sin6_family = AF_UNSPEC};
    return is_datagram6(s) && length == sizeof(struct sockaddr_in) && name->sa_family == AF_UNSPEC
               ? real(connect)(s, (struct sockaddr *)&zeros, sizeof(zeros))
               : CONNECT;
}
MUTANT(connect_of_ipv6_takes_short_zeros,
       "connect of a datagram socket of IPv6 takes zeros of the length of a name of IPv4",
       PATCH(connect, takes_short_zeros));

static struct {
    SOCKET s;
    struct sockaddr_in6 name;
} peer;

static int WINAPI notes_peer(CONNECT_PARAMETERS)
{
    if (!is_datagram6(s) || length != sizeof(peer.name))
        return CONNECT;
    sets_no_peer(s, name, length);
    peer.s = s;
    memcpy(&peer.name, name, sizeof(peer.name));
    return 0;
}

static int WINAPI sends_to_peer(SEND_PARAMETERS)
{
    return peer.s && s == peer.s ? real(sendto)(s, bytes, size, flags,
                                                (struct sockaddr *)&peer.name, sizeof(peer.name))
                                 : SEND;
}

static int WINAPI tells_peer(SOCKET s, struct sockaddr *name, int *length)
{
    if (!peer.s || s != peer.s)
        return real(getpeername)(s, name, length);
    memcpy(name, &peer.name, sizeof(peer.name));
    *length = sizeof(peer.name);
    return 0;
}
MUTANT(connect_of_ipv6_does_not_filter,
       "A datagram socket of IPv6 that has a peer hears others as well", PATCH(connect, notes_peer),
       PATCH(send, sends_to_peer), PATCH(getpeername, tells_peer));

static int WINAPI keeps_the_first(CONNECT_PARAMETERS)
{
    return is_datagram6(s) && has_peer(s) ? 0 : CONNECT;
}
MUTANT(connect_of_ipv6_keeps_the_first_peer,
       "A second connect of a datagram socket of IPv6 leaves its peer",
       PATCH(connect, keeps_the_first));

/* ---- Each function that sends ---- */

#define TOTAL(buffers, count) ((count) == 1 ? (buffers)->len : 1)

/* A function of PARAMETERS that does OTHERWISE for a datagram socket of IPv6 if IF. */
#define DOES6(name, parameters, call, if_, otherwise) \
    static int WINAPI name(parameters)                \
    {                                                 \
        if (is_datagram6(s) && (if_))                 \
            return otherwise;                         \
        return call;                                  \
    }
/* A function of PARAMETERS whose failure with ERROR is told as INSTEAD for IPv6. */
#define RENAMES6(name, parameters, call, error, instead)                               \
    static int WINAPI name(parameters)                                                 \
    {                                                                                  \
        int result = call;                                                             \
        return is_datagram6(s) ? failure_renamed(result, (error), (instead)) : result; \
    }

DOES6(send_no_empty, SEND_PARAMETERS, SEND, size == 0, 0)
DOES6(sendto_no_empty, SENDTO_PARAMETERS, SENDTO, size == 0, 0)
DOES6(wsasend_no_empty, WSASEND_PARAMETERS, WSASEND, count == 1 && buffers->len == 0,
      (*sent = 0, 0))
DOES6(wsasendto_no_empty, WSASENDTO_PARAMETERS, WSASENDTO, count == 1 && buffers->len == 0,
      (*sent = 0, 0))
MUTANT(send_of_ipv6_sends_nothing_empty, "send of no bytes by IPv6 sends no datagram",
       PATCH(send, send_no_empty));
MUTANT(sendto_of_ipv6_sends_nothing_empty, "sendto of no bytes by IPv6 sends no datagram",
       PATCH(sendto, sendto_no_empty));
MUTANT(wsasend_of_ipv6_sends_nothing_empty, "WSASend of no bytes by IPv6 sends no datagram",
       PATCH(WSASend, wsasend_no_empty));
MUTANT(wsasendto_of_ipv6_sends_nothing_empty, "WSASendTo of no bytes by IPv6 sends no datagram",
       PATCH(WSASendTo, wsasendto_no_empty));

RENAMES6(send_too_long, SEND_PARAMETERS, SEND, WSAEMSGSIZE, WSAENOBUFS)
RENAMES6(sendto_too_long, SENDTO_PARAMETERS, SENDTO, WSAEMSGSIZE, WSAENOBUFS)
RENAMES6(wsasend_too_long, WSASEND_PARAMETERS, WSASEND, WSAEMSGSIZE, WSAENOBUFS)
RENAMES6(wsasendto_too_long, WSASENDTO_PARAMETERS, WSASENDTO, WSAEMSGSIZE, WSAENOBUFS)
MUTANT(send_of_ipv6_too_long_is_enobufs, "send of too much by IPv6 fails with WSAENOBUFS",
       PATCH(send, send_too_long));
MUTANT(sendto_of_ipv6_too_long_is_enobufs, "sendto of too much by IPv6 fails with WSAENOBUFS",
       PATCH(sendto, sendto_too_long));
MUTANT(wsasend_of_ipv6_too_long_is_enobufs, "WSASend of too much by IPv6 fails with WSAENOBUFS",
       PATCH(WSASend, wsasend_too_long));
MUTANT(wsasendto_of_ipv6_too_long_is_enobufs, "WSASendTo of too much by IPv6 fails with WSAENOBUFS",
       PATCH(WSASendTo, wsasendto_too_long));

RENAMES6(send_shut, SEND_PARAMETERS, SEND, WSAESHUTDOWN, WSAENOTCONN)
RENAMES6(sendto_shut, SENDTO_PARAMETERS, SENDTO, WSAESHUTDOWN, WSAENOTCONN)
RENAMES6(wsasend_shut, WSASEND_PARAMETERS, WSASEND, WSAESHUTDOWN, WSAENOTCONN)
RENAMES6(wsasendto_shut, WSASENDTO_PARAMETERS, WSASENDTO, WSAESHUTDOWN, WSAENOTCONN)
MUTANT(send_of_ipv6_after_shutdown_is_enotconn,
       "send by IPv6 after shutdown fails with WSAENOTCONN", PATCH(send, send_shut));
MUTANT(sendto_of_ipv6_after_shutdown_is_enotconn,
       "sendto by IPv6 after shutdown fails with WSAENOTCONN", PATCH(sendto, sendto_shut));
MUTANT(wsasend_of_ipv6_after_shutdown_is_enotconn,
       "WSASend by IPv6 after shutdown fails with WSAENOTCONN", PATCH(WSASend, wsasend_shut));
MUTANT(wsasendto_of_ipv6_after_shutdown_is_enotconn,
       "WSASendTo by IPv6 after shutdown fails with WSAENOTCONN", PATCH(WSASendTo, wsasendto_shut));

DOES6(sendto_to_peer, SENDTO_PARAMETERS, SENDTO, has_peer(s), real(send)(s, bytes, size, flags))
DOES6(wsasendto_to_peer, WSASENDTO_PARAMETERS, WSASENDTO, has_peer(s),
      real(WSASend)(s, buffers, count, sent, flags, overlapped, routine))
MUTANT(sendto_of_ipv6_goes_to_the_peer, "sendto by a socket of IPv6 that has a peer goes to that",
       PATCH(sendto, sendto_to_peer));
MUTANT(wsasendto_of_ipv6_goes_to_the_peer,
       "WSASendTo by a socket of IPv6 that has a peer goes to that",
       PATCH(WSASendTo, wsasendto_to_peer));

RENAMES6(send_no_peer, SEND_PARAMETERS, SEND, WSAENOTCONN, WSAEDESTADDRREQ)
RENAMES6(wsasend_no_peer, WSASEND_PARAMETERS, WSASEND, WSAENOTCONN, WSAEDESTADDRREQ)
MUTANT(send_of_ipv6_without_a_peer_wants_one,
       "send by IPv6 without a peer fails with WSAEDESTADDRREQ", PATCH(send, send_no_peer));
MUTANT(wsasend_of_ipv6_without_a_peer_wants_one,
       "WSASend by IPv6 without a peer fails with WSAEDESTADDRREQ",
       PATCH(WSASend, wsasend_no_peer));

/* ---- Each function that receives ---- */

static int hidden6(SOCKET s, int result, DWORD error, int instead)
{
    return is_datagram6(s) ? failure_hidden(result, error, instead) : result;
}

static int WINAPI recv_cuts(RECV_PARAMETERS)
{
    return hidden6(s, RECV, WSAEMSGSIZE, size);
}
static int WINAPI recvfrom_cuts(RECVFROM_PARAMETERS)
{
    return hidden6(s, RECVFROM, WSAEMSGSIZE, size);
}
static int WINAPI wsarecv_cuts(WSARECV_PARAMETERS)
{
    return hidden6(s, WSARECV, WSAEMSGSIZE, 0);
}
static int WINAPI wsarecvfrom_cuts(WSARECVFROM_PARAMETERS)
{
    return hidden6(s, WSARECVFROM, WSAEMSGSIZE, 0);
}
MUTANT(recv_of_ipv6_cuts, "recv of a part of a datagram of IPv6 succeeds", PATCH(recv, recv_cuts));
MUTANT(recvfrom_of_ipv6_cuts, "recvfrom of a part of a datagram of IPv6 succeeds",
       PATCH(recvfrom, recvfrom_cuts));
MUTANT(wsarecv_of_ipv6_cuts, "WSARecv of a part of a datagram of IPv6 succeeds",
       PATCH(WSARecv, wsarecv_cuts));
MUTANT(wsarecvfrom_of_ipv6_cuts, "WSARecvFrom of a part of a datagram of IPv6 succeeds",
       PATCH(WSARecvFrom, wsarecvfrom_cuts));

static int WINAPI recv_takes(RECV_PARAMETERS)
{
    return real(recv)(s, bytes, size, is_datagram6(s) ? flags & ~MSG_PEEK : flags);
}
static int WINAPI recvfrom_takes(RECVFROM_PARAMETERS)
{
    return real(recvfrom)(s, buffer, size, is_datagram6(s) ? flags & ~MSG_PEEK : flags, from,
                          length);
}
static int WINAPI wsarecv_takes(WSARECV_PARAMETERS)
{
    if (flags && is_datagram6(s))
        *flags &= ~(DWORD)MSG_PEEK;
    return WSARECV;
}
static int WINAPI wsarecvfrom_takes(WSARECVFROM_PARAMETERS)
{
    if (flags && is_datagram6(s))
        *flags &= ~(DWORD)MSG_PEEK;
    return WSARECVFROM;
}
MUTANT(recv_of_ipv6_takes_what_it_looks_at, "recv with MSG_PEEK takes a datagram of IPv6",
       PATCH(recv, recv_takes));
MUTANT(recvfrom_of_ipv6_takes_what_it_looks_at, "recvfrom with MSG_PEEK takes a datagram of IPv6",
       PATCH(recvfrom, recvfrom_takes));
MUTANT(wsarecv_of_ipv6_takes_what_it_looks_at, "WSARecv with MSG_PEEK takes a datagram of IPv6",
       PATCH(WSARecv, wsarecv_takes));
MUTANT(wsarecvfrom_of_ipv6_takes_what_it_looks_at,
       "WSARecvFrom with MSG_PEEK takes a datagram of IPv6", PATCH(WSARecvFrom, wsarecvfrom_takes));

/* GOT bytes of a datagram of IPv6, and the next one behind them if there is room. */
static int joined(SOCKET s, int got, char *buffer, int size, int flags)
{
    if (got <= 0 || got >= size || flags || !is_datagram6(s) || !bytes_waiting(s))
        return got;
    int more = real(recv)(s, buffer + got, size - got, 0);
    return more > 0 ? got + more : got;
}
static int WINAPI recv_joins(RECV_PARAMETERS)
{
    return joined(s, RECV, bytes, size, flags);
}
static int WINAPI recvfrom_joins(RECVFROM_PARAMETERS)
{
    return joined(s, RECVFROM, buffer, size, flags);
}
static int WINAPI wsarecv_joins(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    if (result == 0 && !overlapped && got && count == 1)
        *got = (DWORD)joined(s, (int)*got, buffers->buf, (int)buffers->len, 0);
    return result;
}
static int WINAPI wsarecvfrom_joins(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    if (result == 0 && !overlapped && got && count == 1)
        *got = (DWORD)joined(s, (int)*got, buffers->buf, (int)buffers->len, 0);
    return result;
}
MUTANT(recv_of_ipv6_joins, "recv joins two datagrams of IPv6", PATCH(recv, recv_joins));
MUTANT(recvfrom_of_ipv6_joins, "recvfrom joins two datagrams of IPv6",
       PATCH(recvfrom, recvfrom_joins));
MUTANT(wsarecv_of_ipv6_joins, "WSARecv joins two datagrams of IPv6", PATCH(WSARecv, wsarecv_joins));
MUTANT(wsarecvfrom_of_ipv6_joins, "WSARecvFrom joins two datagrams of IPv6",
       PATCH(WSARecvFrom, wsarecvfrom_joins));

RENAMES6(recv_waits, RECV_PARAMETERS, RECV, WSAEWOULDBLOCK, WSAETIMEDOUT)
RENAMES6(recvfrom_waits, RECVFROM_PARAMETERS, RECVFROM, WSAEWOULDBLOCK, WSAETIMEDOUT)
RENAMES6(wsarecv_waits, WSARECV_PARAMETERS, WSARECV, WSAEWOULDBLOCK, WSAETIMEDOUT)
RENAMES6(wsarecvfrom_waits, WSARECVFROM_PARAMETERS, WSARECVFROM, WSAEWOULDBLOCK, WSAETIMEDOUT)
MUTANT(recv_of_ipv6_times_out, "A nonblocking recv of nothing by IPv6 fails with WSAETIMEDOUT",
       PATCH(recv, recv_waits));
MUTANT(recvfrom_of_ipv6_times_out,
       "A nonblocking recvfrom of nothing by IPv6 fails with WSAETIMEDOUT",
       PATCH(recvfrom, recvfrom_waits));
MUTANT(wsarecv_of_ipv6_times_out,
       "A nonblocking WSARecv of nothing by IPv6 fails with WSAETIMEDOUT",
       PATCH(WSARecv, wsarecv_waits));
MUTANT(wsarecvfrom_of_ipv6_times_out,
       "A nonblocking WSARecvFrom of nothing by IPv6 fails with WSAETIMEDOUT",
       PATCH(WSARecvFrom, wsarecvfrom_waits));

RENAMES6(recv_shut, RECV_PARAMETERS, RECV, WSAESHUTDOWN, WSAENOTCONN)
RENAMES6(recvfrom_shut, RECVFROM_PARAMETERS, RECVFROM, WSAESHUTDOWN, WSAENOTCONN)
RENAMES6(wsarecv_shut, WSARECV_PARAMETERS, WSARECV, WSAESHUTDOWN, WSAENOTCONN)
RENAMES6(wsarecvfrom_shut, WSARECVFROM_PARAMETERS, WSARECVFROM, WSAESHUTDOWN, WSAENOTCONN)
MUTANT(recv_of_ipv6_after_shutdown_is_enotconn,
       "recv by IPv6 after shutdown fails with WSAENOTCONN", PATCH(recv, recv_shut));
MUTANT(recvfrom_of_ipv6_after_shutdown_is_enotconn,
       "recvfrom by IPv6 after shutdown fails with WSAENOTCONN", PATCH(recvfrom, recvfrom_shut));
MUTANT(wsarecv_of_ipv6_after_shutdown_is_enotconn,
       "WSARecv by IPv6 after shutdown fails with WSAENOTCONN", PATCH(WSARecv, wsarecv_shut));
MUTANT(wsarecvfrom_of_ipv6_after_shutdown_is_enotconn,
       "WSARecvFrom by IPv6 after shutdown fails with WSAENOTCONN",
       PATCH(WSARecvFrom, wsarecvfrom_shut));

static int WINAPI tells_no_source(WSARECVFROM_PARAMETERS)
{
    static struct sockaddr_in6 hidden;
    static int hidden_length = sizeof(hidden);
    if (!overlapped || !from || !is_datagram6(s))
        return WSARECVFROM;
    return real(WSARecvFrom)(s, buffers, count, got, flags, (struct sockaddr *)&hidden,
                             &hidden_length, overlapped, routine);
}
MUTANT(wsarecvfrom_of_ipv6_tells_no_source,
       "WSARecvFrom that pends does not tell the source of a datagram of IPv6",
       PATCH(WSARecvFrom, tells_no_source));
