/* Wrong behaviours, for the tests of nonblocking.c: nonblocking datagram sockets. */
#include "winsock/winsock-mutants.h"

/* The socket that was made nonblocking last. */
static SOCKET nonblocking = INVALID_SOCKET;

static int WINAPI notes_mode(SOCKET s, long command, u_long *value)
{
    int result = real(ioctlsocket)(s, command, value);
    if (result == 0 && command == (long)FIONBIO && *value)
        nonblocking = s;
    return result;
}

static bool is_ours(SOCKET s)
{
    return s == nonblocking && is_datagram(s);
}

#define CONNECT_PARAMETERS SOCKET s, const struct sockaddr *name, int length
#define WSACONNECT_PARAMETERS                                                            \
    SOCKET s, const struct sockaddr *name, int length, LPWSABUF caller, LPWSABUF callee, \
        LPQOS quality, LPQOS group
#define WSACONNECT real(WSAConnect)(s, name, length, caller, callee, quality, group)

static int would_block(SOCKET s, int result)
{
    return result == 0 && is_ours(s) ? socket_fails(WSAEWOULDBLOCK) : result;
}

static int WINAPI connect_would_block(CONNECT_PARAMETERS)
{
    return would_block(s, real(connect)(s, name, length));
}
MUTANT(connect_of_datagrams_would_block,
       "connect of a nonblocking datagram socket fails with WSAEWOULDBLOCK",
       PATCH(ioctlsocket, notes_mode), PATCH(connect, connect_would_block));

static int WINAPI already_done(CONNECT_PARAMETERS)
{
    return is_ours(s) && has_peer(s) ? socket_fails(WSAEISCONN) : real(connect)(s, name, length);
}
MUTANT(connect_of_datagrams_is_already_done,
       "connect of a nonblocking datagram socket that has a peer fails with WSAEISCONN",
       PATCH(ioctlsocket, notes_mode), PATCH(connect, already_done));

static int WINAPI wsaconnect_would_block(WSACONNECT_PARAMETERS)
{
    return would_block(s, WSACONNECT);
}
MUTANT(wsaconnect_of_datagrams_would_block,
       "WSAConnect of a nonblocking datagram socket fails with WSAEWOULDBLOCK",
       PATCH(ioctlsocket, notes_mode), PATCH(WSAConnect, wsaconnect_would_block));

/* The names that sockets of this process are bound to. */
static struct sockaddr_in names[8];
static unsigned count_of_names;

static int WINAPI notes_name(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(bind)(s, name, length);
    int size = sizeof(names[0]);
    if (result == 0 && count_of_names < 8 &&
        real(getsockname)(s, (struct sockaddr *)&names[count_of_names], &size) == 0)
        count_of_names++;
    return result;
}

static bool has_receiver(const struct sockaddr *name)
{
    const struct sockaddr_in *wanted = (const struct sockaddr_in *)name;
    for (unsigned i = 0; i < count_of_names; i++)
        if (names[i].sin_port == wanted->sin_port &&
            names[i].sin_addr.s_addr == wanted->sin_addr.s_addr)
            return true;
    return false;
}

static int WINAPI connect_looks(CONNECT_PARAMETERS)
{
    return is_ours(s) && !has_receiver(name) ? socket_fails(WSAECONNREFUSED)
                                             : real(connect)(s, name, length);
}
MUTANT(connect_of_datagrams_looks_for_the_peer,
       "connect of a datagram socket to a port that nobody has fails with WSAECONNREFUSED",
       PATCH(ioctlsocket, notes_mode), PATCH(bind, notes_name), PATCH(connect, connect_looks));

static int WINAPI wsaconnect_looks(WSACONNECT_PARAMETERS)
{
    return is_ours(s) && !has_receiver(name) ? socket_fails(WSAECONNREFUSED) : WSACONNECT;
}
MUTANT(wsaconnect_of_datagrams_looks_for_the_peer,
       "WSAConnect of a datagram socket to a port that nobody has fails with WSAECONNREFUSED",
       PATCH(ioctlsocket, notes_mode), PATCH(bind, notes_name),
       PATCH(WSAConnect, wsaconnect_looks));

/* ---- What fails */

static int WINAPI recv_would_block(SOCKET s, char *bytes, int size, int flags)
{
    int result = real(recv)(s, bytes, size, flags);
    return is_ours(s) ? failure_renamed(result, WSAEINVAL, WSAEWOULDBLOCK) : result;
}
MUTANT(recv_of_unbound_would_block,
       "recv of a nonblocking datagram socket that is not bound fails with WSAEWOULDBLOCK",
       PATCH(ioctlsocket, notes_mode), PATCH(recv, recv_would_block));

static int WINAPI send_would_block(SOCKET s, const char *bytes, int size, int flags)
{
    int result = real(send)(s, bytes, size, flags);
    return is_ours(s) ? failure_renamed(result, WSAENOTCONN, WSAEWOULDBLOCK) : result;
}
MUTANT(send_without_a_peer_would_block,
       "send of a nonblocking datagram socket without a peer fails with WSAEWOULDBLOCK",
       PATCH(ioctlsocket, notes_mode), PATCH(send, send_would_block));
