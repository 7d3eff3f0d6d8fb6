/* Wrong behaviours, for the tests of arguments.c: what sendto and recvfrom refuse, and what they
 * take, of addresses, buffers and flags. */
#include "dgram-mutants.h"

#define PLAIN_SENDTO_PARAMETERS \
    SOCKET s, const char *bytes, int size, int flags, const struct sockaddr *to, int length
#define PLAIN_SENDTO real(sendto)(s, bytes, size, flags, to, length)
#define PLAIN_RECVFROM_PARAMETERS \
    SOCKET s, char *bytes, int size, int flags, struct sockaddr *from, int *length
#define PLAIN_RECVFROM real(recvfrom)(s, bytes, size, flags, from, length)

static int WINAPI sendto_renames(PLAIN_SENDTO_PARAMETERS)
{
    return failure_renamed(failure_renamed(PLAIN_SENDTO, WSAEAFNOSUPPORT, WSAEINVAL), WSAEFAULT,
                           WSAEINVAL);
}
MUTANT(sendto_wrong_arguments_are_invalid, "sendto fails with WSAEINVAL for wrong addresses",
       PATCH(sendto, sendto_renames));

static int WINAPI sendto_knows_nobody(PLAIN_SENDTO_PARAMETERS)
{
    const struct sockaddr_in *name = (const struct sockaddr_in *)to;
    if (size == 5 && to && length == sizeof(*name) &&
        name->sin_addr.s_addr == htonl(INADDR_LOOPBACK + 1))
        return socket_fails(WSAECONNRESET);
    return PLAIN_SENDTO;
}
MUTANT(sendto_knows_that_nobody_listens, "sendto fails at once where nobody receives",
       PATCH(sendto, sendto_knows_nobody));

static int WINAPI no_local_address(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getsockname)(s, name, length);
    if (result == 0 && is_datagram(s) && has_peer(s))
        ((struct sockaddr_in *)name)->sin_addr.s_addr = htonl(INADDR_ANY);
    return result;
}
MUTANT(getsockname_of_connected_datagrams_is_any,
       "getsockname tells no address of a connected datagram socket",
       PATCH(getsockname, no_local_address));

static int WINAPI sendto_shut(PLAIN_SENDTO_PARAMETERS)
{
    return failure_renamed(PLAIN_SENDTO, WSAESHUTDOWN, WSAENOTCONN);
}
MUTANT(sendto_after_shutdown_is_unconnected, "sendto after shutdown fails with WSAENOTCONN",
       PATCH(sendto, sendto_shut));

static int WINAPI recvfrom_shut(PLAIN_RECVFROM_PARAMETERS)
{
    return failure_renamed(PLAIN_RECVFROM, WSAESHUTDOWN, WSAENOTCONN);
}
MUTANT(recvfrom_after_shutdown_is_unconnected, "recvfrom after shutdown fails with WSAENOTCONN",
       PATCH(recvfrom, recvfrom_shut));

static int WINAPI recvfrom_wants_from(PLAIN_RECVFROM_PARAMETERS)
{
    return size == 8 && !from ? socket_fails(WSAEFAULT) : PLAIN_RECVFROM;
}
MUTANT(recvfrom_wants_room_for_the_source, "recvfrom fails without room for the source",
       PATCH(recvfrom, recvfrom_wants_from));

static int WINAPI recvfrom_fault(PLAIN_RECVFROM_PARAMETERS)
{
    return failure_renamed(PLAIN_RECVFROM, WSAEFAULT, WSAEINVAL);
}
MUTANT(recvfrom_faults_are_invalid, "recvfrom fails with WSAEINVAL for too little room",
       PATCH(recvfrom, recvfrom_fault));

static int WINAPI recvfrom_is_connected(PLAIN_RECVFROM_PARAMETERS)
{
    return from && is_datagram(s) && has_peer(s) ? socket_fails(WSAEISCONN) : PLAIN_RECVFROM;
}
MUTANT(recvfrom_refuses_connected_sockets, "recvfrom fails on a connected datagram socket",
       PATCH(recvfrom, recvfrom_is_connected));

static int WINAPI recvfrom_no_reset(PLAIN_RECVFROM_PARAMETERS)
{
    return failure_renamed(PLAIN_RECVFROM, WSAECONNRESET, WSAETIMEDOUT);
}
MUTANT(recvfrom_is_not_reset, "recvfrom is not told that a port cannot be reached",
       PATCH(recvfrom, recvfrom_no_reset));

static int WINAPI connect_family(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    return is_datagram(s) ? failure_renamed(result, WSAEAFNOSUPPORT, WSAEFAULT) : result;
}
MUTANT(connect_datagrams_to_a_family_is_a_fault,
       "connect of a datagram socket to another family fails with WSAEFAULT",
       PATCH(connect, connect_family));

static int WINAPI waits_deaf(SOCKET s, char *bytes, int size, int flags, struct sockaddr *from,
                             int *length)
{
    for (int i = 0; size == 8 && !flags && is_datagram(s) && !bytes_waiting(s) && i < 20000; i++)
        real(SleepEx)(1, FALSE);
    return real(recvfrom)(s, bytes, size, flags, from, length);
}
MUTANT(recvfrom_runs_no_procedure_calls, "No procedure call runs while recvfrom waits",
       PATCH(recvfrom, waits_deaf));

static int WINAPI addresses_share(SOCKET s, const struct sockaddr *name, int length)
{
    if (port_of(name, length) &&
        ((const struct sockaddr_in *)name)->sin_addr.s_addr == htonl(INADDR_LOOPBACK + 1) &&
        is_taken(name, length, is_stream(s) ? SOCK_STREAM : SOCK_DGRAM, INADDR_LOOPBACK))
        return socket_fails(WSAEADDRINUSE);
    return real(bind)(s, name, length);
}
MUTANT(bind_ports_are_of_all_addresses, "bind refuses a port that another address has",
       PATCH(bind, addresses_share));

static int WINAPI reuse_is_nothing(SOCKET s, const struct sockaddr *name, int length)
{
    if (port_of(name, length) && socket_option(s, SO_REUSEADDR) &&
        is_taken(name, length, is_stream(s) ? SOCK_STREAM : SOCK_DGRAM, INADDR_LOOPBACK))
        return socket_fails(WSAEADDRINUSE);
    return real(bind)(s, name, length);
}
MUTANT(bind_with_reuse_shares_nothing, "bind with SO_REUSEADDR fails for a shared address",
       PATCH(bind, reuse_is_nothing));
