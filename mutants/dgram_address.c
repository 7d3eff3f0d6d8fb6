/* Wrong behaviours of datagram sockets towards addresses that are none, groups and everybody. */
#include "winsock_socket.h"

#define SENDTO_PARAMETERS \
    SOCKET s, const char *bytes, int size, int flags, const struct sockaddr *to, int to_length
#define SENDTO real.sendto(s, bytes, size, flags, to, to_length)
#define RECVFROM_PARAMETERS \
    SOCKET s, char *buffer, int size, int flags, struct sockaddr *from, int *length
#define RECVFROM real.recvfrom(s, buffer, size, flags, from, length)
#define WSASENDTO_PARAMETERS                                                                       \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags, const struct sockaddr *to, \
        int length, LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSASENDTO real.WSASendTo(s, buffers, count, sent, flags, to, length, overlapped, routine)
#define WSARECVFROM_PARAMETERS                                                                  \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD flags, struct sockaddr *from, \
        LPINT length, LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSARECVFROM \
    real.WSARecvFrom(s, buffers, count, got, flags, from, length, overlapped, routine)
#define NAME_PARAMETERS SOCKET s, const struct sockaddr *name, int length
#define WSACONNECT_PARAMETERS \
    NAME_PARAMETERS, LPWSABUF mine, LPWSABUF theirs, LPQOS qos, LPQOS group
#define WSACONNECT(s, name, length) real.WSAConnect(s, name, length, mine, theirs, qos, group)

static bool is_nowhere(const void *name)
{
    return (UINT_PTR)name < 0x10000;
}

static DWORD address_of(const struct sockaddr *name)
{
    return name && !is_nowhere(name) && name->sa_family == AF_INET
               ? ntohl(((const struct sockaddr_in *)name)->sin_addr.s_addr)
               : 0;
}

/* SIZE, or that of a whole name where it is one byte short. */
static int whole(int size)
{
    return size == (int)sizeof(struct sockaddr_in) - 1 ? size + 1 : size;
}

/* ---- bind, connect, WSAConnect */

static int WINAPI bind_nothing_invalid(NAME_PARAMETERS)
{
    return is_nowhere(name) && is_datagram(s) ? socket_fails(WSAEINVAL)
                                              : real.bind(s, name, length);
}
MUTANT(datagram_bind_to_nothing_is_invalid,
       "bind of a datagram socket fails with WSAEINVAL without a name",
       PATCH(bind, bind_nothing_invalid));

static int WINAPI connect_nothing_invalid(NAME_PARAMETERS)
{
    return is_nowhere(name) && is_datagram(s) ? socket_fails(WSAEINVAL)
                                              : real.connect(s, name, length);
}
MUTANT(datagram_connect_to_nothing_is_invalid,
       "connect of a datagram socket fails with WSAEINVAL without a name",
       PATCH(connect, connect_nothing_invalid));

static int WINAPI wsaconnect_nothing_invalid(WSACONNECT_PARAMETERS)
{
    return is_nowhere(name) && is_datagram(s) ? socket_fails(WSAEINVAL)
                                              : WSACONNECT(s, name, length);
}
MUTANT(datagram_wsaconnect_to_nothing_is_invalid,
       "WSAConnect of a datagram socket fails with WSAEINVAL without a name",
       PATCH(WSAConnect, wsaconnect_nothing_invalid));

static int WINAPI bind_short(NAME_PARAMETERS)
{
    return real.bind(s, name, is_datagram(s) ? whole(length) : length);
}
MUTANT(datagram_bind_takes_short_names, "bind of a datagram socket takes a name that is cut",
       PATCH(bind, bind_short));

static int WINAPI connect_short(NAME_PARAMETERS)
{
    return real.connect(s, name, is_datagram(s) ? whole(length) : length);
}
MUTANT(datagram_connect_takes_short_names, "connect of a datagram socket takes a name that is cut",
       PATCH(connect, connect_short));

static int WINAPI wsaconnect_short(WSACONNECT_PARAMETERS)
{
    return WSACONNECT(s, name, is_datagram(s) ? whole(length) : length);
}
MUTANT(datagram_wsaconnect_takes_short_names,
       "WSAConnect of a datagram socket takes a name that is cut",
       PATCH(WSAConnect, wsaconnect_short));

static int WINAPI bind_foreign(NAME_PARAMETERS)
{
    int result = real.bind(s, name, length);
    return is_datagram(s) ? failure_hidden(result, WSAEADDRNOTAVAIL, 0) : result;
}
MUTANT(datagram_bind_takes_foreign_addresses,
       "bind of a datagram socket takes an address of another machine", PATCH(bind, bind_foreign));

static int WINAPI refuses_broadcast(NAME_PARAMETERS)
{
    return address_of(name) == INADDR_BROADCAST ? socket_fails(WSAEACCES)
                                                : real.connect(s, name, length);
}
MUTANT(datagram_connect_refuses_broadcast,
       "connect of a datagram socket never takes the broadcast address",
       PATCH(connect, refuses_broadcast));

static char kept[16];
static int kept_size;

static int WINAPI keeps_queue(NAME_PARAMETERS)
{
    if (is_datagram(s) && has_peer(s) && bytes_waiting(s))
        kept_size = real.recvfrom(s, kept, sizeof(kept), 0, NULL, NULL);
    return real.connect(s, name, length);
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

/* ---- Sending and receiving */

static int WINAPI nowhere_is_nobody(WSASENDTO_PARAMETERS)
{
    return is_nowhere(to) && length ? socket_fails(WSAENOTCONN) : WSASENDTO;
}
MUTANT(wsasendto_to_nowhere_is_to_nobody,
       "WSASendTo to an address that is not in memory fails as without one",
       PATCH(WSASendTo, nowhere_is_nobody));

static int WINAPI wsasendto_short(WSASENDTO_PARAMETERS)
{
    length = whole(length);
    return WSASENDTO;
}
MUTANT(wsasendto_takes_short_names, "WSASendTo takes a destination that is cut",
       PATCH(WSASendTo, wsasendto_short));

static int WINAPI sent_counts_twice(WSASENDTO_PARAMETERS)
{
    int result = WSASENDTO;
    if (result == 0 && sent && overlapped)
        *sent *= 2;
    return result;
}
MUTANT(wsasendto_counts_twice_beside_an_overlapped,
       "WSASendTo with an OVERLAPPED counts what it sends twice",
       PATCH(WSASendTo, sent_counts_twice));

static int WINAPI got_counts_twice(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    if (result == 0 && got && overlapped)
        *got *= 2;
    return result;
}
MUTANT(wsarecvfrom_counts_twice_beside_an_overlapped,
       "WSARecvFrom with an OVERLAPPED counts what it receives twice",
       PATCH(WSARecvFrom, got_counts_twice));

static int WINAPI recvfrom_no_source(RECVFROM_PARAMETERS)
{
    if (is_nowhere(from))
        from = NULL, length = NULL;
    return RECVFROM;
}
MUTANT(recvfrom_to_nowhere_tells_no_source,
       "recvfrom succeeds when the room for the source is not in memory",
       PATCH(recvfrom, recvfrom_no_source));

static int WINAPI wsarecvfrom_no_source(WSARECVFROM_PARAMETERS)
{
    if (is_nowhere(from))
        from = NULL, length = NULL;
    return WSARECVFROM;
}
MUTANT(wsarecvfrom_to_nowhere_tells_no_source,
       "WSARecvFrom succeeds when the room for the source is not in memory",
       PATCH(WSARecvFrom, wsarecvfrom_no_source));

static int WINAPI own_name_invalid(SOCKET s, struct sockaddr *name, int *length)
{
    return is_nowhere(name) ? socket_fails(WSAEINVAL) : real.getsockname(s, name, length);
}
MUTANT(getsockname_to_nowhere_is_invalid,
       "getsockname fails with WSAEINVAL when the room is not in memory",
       PATCH(getsockname, own_name_invalid));

static int WINAPI peers_name_invalid(SOCKET s, struct sockaddr *name, int *length)
{
    return is_nowhere(name) ? socket_fails(WSAEINVAL) : real.getpeername(s, name, length);
}
MUTANT(getpeername_to_nowhere_is_invalid,
       "getpeername fails with WSAEINVAL when the room is not in memory",
       PATCH(getpeername, peers_name_invalid));

/* ---- Groups */

#define SET_PARAMETERS SOCKET s, int level, int option, const char *value, int size
#define SET real.setsockopt(s, level, option, value, size)

static int WINAPI forgets_membership(SET_PARAMETERS)
{
    return level == IPPROTO_IP && option == IP_ADD_MEMBERSHIP ? 0 : SET;
}
MUTANT(multicast_membership_is_forgotten, "IP_ADD_MEMBERSHIP joins no group",
       PATCH(setsockopt, forgets_membership));

static int WINAPI never_leaves(SET_PARAMETERS)
{
    return level == IPPROTO_IP && option == IP_DROP_MEMBERSHIP ? 0 : SET;
}
MUTANT(multicast_groups_are_not_left, "IP_DROP_MEMBERSHIP leaves no group",
       PATCH(setsockopt, never_leaves));

static int WINAPI one_member(RECVFROM_PARAMETERS)
{
    static SOCKET first = INVALID_SOCKET;
    int got = RECVFROM;
    if (got <= 0 || !socket_option(s, SO_REUSEADDR))
        return got;
    if (first == INVALID_SOCKET)
        first = s;
    return first == s ? got : socket_fails(WSAETIMEDOUT);
}
MUTANT(multicast_goes_to_one_member, "Of several sockets of one port only one receives",
       PATCH(recvfrom, one_member));

static int WINAPI loop_reads_as_off(SOCKET s, int level, int option, char *value, int *size)
{
    int result = real.getsockopt(s, level, option, value, size);
    if (result == 0 && level == IPPROTO_IP && option == IP_MULTICAST_LOOP)
        *value = 0;
    return result;
}
MUTANT(multicast_loop_is_off, "IP_MULTICAST_LOOP is off by default",
       PATCH(getsockopt, loop_reads_as_off));

static SOCKET silent = INVALID_SOCKET;

static int WINAPI loop_ignored(SET_PARAMETERS)
{
    return level == IPPROTO_IP && option == IP_MULTICAST_LOOP ? 0 : SET;
}
MUTANT(multicast_loop_is_not_for_receivers, "IP_MULTICAST_LOOP changes nothing",
       PATCH(setsockopt, loop_ignored));

static int WINAPI notes_silent(SET_PARAMETERS)
{
    if (level == IPPROTO_IP && option == IP_MULTICAST_LOOP && size && !*value)
        silent = s;
    return SET;
}

static int WINAPI not_to_groups(SENDTO_PARAMETERS)
{
    return s == silent && address_of(to) >> 28 == 0xE ? size : SENDTO;
}
MUTANT(multicast_loop_is_for_senders,
       "With IP_MULTICAST_LOOP off at the sender nobody on its machine hears a group",
       PATCH(setsockopt, notes_silent), PATCH(sendto, not_to_groups));
