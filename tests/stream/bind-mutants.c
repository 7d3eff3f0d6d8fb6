/* Wrong behaviours, for the tests of bind.c: which names bind gives to stream sockets, and which
 * it refuses. */
#include "stream-mutants.h"

static int WINAPI port_0_wildcard(SOCKET s, const struct sockaddr *name, int length)
{
    struct sockaddr_in in;
    if (length != sizeof(in) || !is_stream(s))
        return real(bind)(s, name, length);
    memcpy(&in, name, sizeof(in));
    if (in.sin_port == 0)
        in.sin_addr.s_addr = htonl(INADDR_ANY);
    return real(bind)(s, (struct sockaddr *)&in, sizeof(in));
}
MUTANT(bind_port_0_binds_all_addresses, "bind to port 0 of one address binds all addresses",
       PATCH(bind, port_0_wildcard));

static int WINAPI bind_returns_1(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(bind)(s, name, length);
    return result == 0 ? 1 : result;
}

MUTANT(bind_success_is_1, "bind returns 1 when it has succeeded", PATCH(bind, bind_returns_1));

static int WINAPI shares(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_hidden(real(bind)(s, name, length), WSAEADDRINUSE, 0);
}
MUTANT(bind_shares_addresses, "bind to the address of another socket succeeds",
       PATCH(bind, shares));

static int WINAPI binds_again(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_hidden(real(bind)(s, name, length), WSAEINVAL, 0);
}

MUTANT(bind_again_succeeds, "a second bind of a socket succeeds", PATCH(bind, binds_again));

static int WINAPI bind_renames_fault(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_renamed(real(bind)(s, name, length), WSAEFAULT, WSAEINVAL);
}
MUTANT(bind_without_a_name_is_invalid, "bind without a name fails with WSAEINVAL",
       PATCH(bind, bind_renames_fault));

static int WINAPI one_port(SOCKET s, const struct sockaddr *name, int length)
{
    static struct sockaddr_in before;
    BOOL on = TRUE;
    int size = sizeof(before);
    if (!name || length != size || port_of(name, length) || !is_stream(s))
        return real(bind)(s, name, length);
    real(setsockopt)(s, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof(on));
    if (before.sin_port && real(bind)(s, (struct sockaddr *)&before, size) == 0)
        return 0;
    int result = real(bind)(s, name, length);
    real(getsockname)(s, (struct sockaddr *)&before, &size);
    return result;
}
MUTANT(bind_port_0_gives_one_port, "bind to port 0 gives every stream socket the same port",
       PATCH(bind, one_port));

static int WINAPI protocols_share(SOCKET s, const struct sockaddr *name, int length)
{
    if (is_stream(s) && port_of(name, length) &&
        is_taken(name, length, SOCK_DGRAM, INADDR_LOOPBACK))
        return socket_fails(WSAEADDRINUSE);
    return real(bind)(s, name, length);
}
MUTANT(bind_ports_are_of_all_protocols, "bind refuses a TCP port that a UDP socket has",
       PATCH(bind, protocols_share));

static int WINAPI reuse_steals(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_hidden(real(bind)(s, name, length), WSAEACCES, 0);
}
MUTANT(bind_with_reuse_steals, "bind with SO_REUSEADDR takes an address that is not shared",
       PATCH(bind, reuse_steals));

static int WINAPI takes_both(SET_PARAMETERS)
{
    int result = SET;
    return level == SOL_SOCKET && (option == SO_REUSEADDR || option == SO_EXCLUSIVEADDRUSE)
               ? failure_hidden(result, WSAEINVAL, 0)
               : result;
}
MUTANT(setsockopt_takes_reuse_and_exclusive, "SO_REUSEADDR and SO_EXCLUSIVEADDRUSE can be set both",
       PATCH(setsockopt, takes_both));

static int WINAPI takes_broadcast(SOCKET s, const struct sockaddr *name, int length)
{
    struct sockaddr_in any;
    memcpy(&any, name, length < (int)sizeof(any) ? (size_t)length : sizeof(any));
    if (length < (int)sizeof(any) || any.sin_family != AF_INET ||
        any.sin_addr.s_addr != INADDR_BROADCAST)
        return real(bind)(s, name, length);
    any.sin_addr.s_addr = INADDR_ANY;
    return real(bind)(s, (struct sockaddr *)&any, sizeof(any));
}
MUTANT(bind_takes_the_broadcast_address, "bind takes the broadcast address for any address",
       PATCH(bind, takes_broadcast));
