/* Wrong behaviours, for the tests of unbound.c: what a datagram socket may do before bind. */
#include "dgram-mutants.h"

static int WINAPI stays_unbound(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getsockname)(s, name, length);
    if (result == 0 && is_datagram(s) &&
        ((struct sockaddr_in *)name)->sin_addr.s_addr == htonl(INADDR_ANY))
        return socket_fails(WSAEINVAL);
    return result;
}
MUTANT(sendto_leaves_socket_unbound, "the first sendto gives the socket no name",
       PATCH(getsockname, stays_unbound));

static int WINAPI binds_loopback(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getsockname)(s, name, length);
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
    return real(sendto)(SENDTO_ARGUMENTS);
}

static int WINAPI tells_destination(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getpeername)(s, name, length);
    if (result == SOCKET_ERROR && GetLastError() == WSAENOTCONN && last_destination.sin_port) {
        memcpy(name, &last_destination, sizeof(last_destination));
        result = 0;
    }
    return result;
}
MUTANT(getpeername_tells_last_destination, "getpeername tells where the last sendto went",
       PATCH(sendto, notes_destination), PATCH(getpeername, tells_destination));
