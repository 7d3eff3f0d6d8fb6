/* Wrong behaviours, for the tests of address.c: what cannot be an address: of every function
 * that takes one, or stores one. */
#include "dgram-mutants.h"

#define WSACONNECT_TO_PARAMETERS \
    NAME_PARAMETERS, LPWSABUF mine, LPWSABUF theirs, LPQOS qos, LPQOS group
#define WSACONNECT_TO(s, name, length) real(WSAConnect)(s, name, length, mine, theirs, qos, group)

/* SIZE, or that of a whole name where it is one byte short. */
static int whole(int size)
{
    return size == (int)sizeof(struct sockaddr_in) - 1 ? size + 1 : size;
}

static int WINAPI bind_nothing_invalid(NAME_PARAMETERS)
{
    return is_nowhere(name) && is_datagram(s) ? socket_fails(WSAEINVAL)
                                              : real(bind)(s, name, length);
}
MUTANT(datagram_bind_to_nothing_is_invalid,
       "bind of a datagram socket fails with WSAEINVAL without a name",
       PATCH(bind, bind_nothing_invalid));

static int WINAPI connect_nothing_invalid(NAME_PARAMETERS)
{
    return is_nowhere(name) && is_datagram(s) ? socket_fails(WSAEINVAL)
                                              : real(connect)(s, name, length);
}
MUTANT(datagram_connect_to_nothing_is_invalid,
       "connect of a datagram socket fails with WSAEINVAL without a name",
       PATCH(connect, connect_nothing_invalid));

static int WINAPI wsaconnect_nothing_invalid(WSACONNECT_TO_PARAMETERS)
{
    return is_nowhere(name) && is_datagram(s) ? socket_fails(WSAEINVAL)
                                              : WSACONNECT_TO(s, name, length);
}
MUTANT(datagram_wsaconnect_to_nothing_is_invalid,
       "WSAConnect of a datagram socket fails with WSAEINVAL without a name",
       PATCH(WSAConnect, wsaconnect_nothing_invalid));

static int WINAPI bind_short(NAME_PARAMETERS)
{
    return real(bind)(s, name, is_datagram(s) ? whole(length) : length);
}
MUTANT(datagram_bind_takes_short_names, "bind of a datagram socket takes a name that is cut",
       PATCH(bind, bind_short));

static int WINAPI connect_short(NAME_PARAMETERS)
{
    return real(connect)(s, name, is_datagram(s) ? whole(length) : length);
}
MUTANT(datagram_connect_takes_short_names, "connect of a datagram socket takes a name that is cut",
       PATCH(connect, connect_short));

static int WINAPI wsaconnect_short(WSACONNECT_TO_PARAMETERS)
{
    return WSACONNECT_TO(s, name, is_datagram(s) ? whole(length) : length);
}
MUTANT(datagram_wsaconnect_takes_short_names,
       "WSAConnect of a datagram socket takes a name that is cut",
       PATCH(WSAConnect, wsaconnect_short));

static int WINAPI bind_foreign(NAME_PARAMETERS)
{
    int result = real(bind)(s, name, length);
    return is_datagram(s) ? failure_hidden(result, WSAEADDRNOTAVAIL, 0) : result;
}
MUTANT(datagram_bind_takes_foreign_addresses,
       "bind of a datagram socket takes an address of another machine", PATCH(bind, bind_foreign));

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
    return is_nowhere(name) ? socket_fails(WSAEINVAL) : real(getsockname)(s, name, length);
}
MUTANT(getsockname_to_nowhere_is_invalid,
       "getsockname fails with WSAEINVAL when the room is not in memory",
       PATCH(getsockname, own_name_invalid));

static int WINAPI peers_name_invalid(SOCKET s, struct sockaddr *name, int *length)
{
    return is_nowhere(name) ? socket_fails(WSAEINVAL) : real(getpeername)(s, name, length);
}
MUTANT(getpeername_to_nowhere_is_invalid,
       "getpeername fails with WSAEINVAL when the room is not in memory",
       PATCH(getpeername, peers_name_invalid));
