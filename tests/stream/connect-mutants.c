/* Wrong behaviours, for the tests of connect.c: how connect succeeds, and how it says that it
 * was refused or came too late. */
#include "stream-mutants.h"

static int WINAPI connect_returns_1(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    return result == 0 && is_stream(s) ? 1 : result;
}
MUTANT(connect_success_is_1, "connect returns 1 when it has succeeded",
       PATCH(connect, connect_returns_1));

static int WINAPI refused_timed_out(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_renamed(real(connect)(s, name, length), WSAECONNREFUSED, WSAETIMEDOUT);
}
MUTANT(connect_refused_is_timed_out, "a refused connect says WSAETIMEDOUT",
       PATCH(connect, refused_timed_out));

static int WINAPI refused_closes(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    if (result == SOCKET_ERROR && GetLastError() == WSAECONNREFUSED) {
        real(closesocket)(s);
        SetLastError(WSAECONNREFUSED);
    }
    return result;
}
MUTANT(connect_refused_closes_socket, "a connect that is refused closes its socket",
       PATCH(connect, refused_closes));

static int WINAPI connects_again(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_hidden(real(connect)(s, name, length), WSAEISCONN, 0);
}
MUTANT(connect_again_succeeds, "connect on a connected stream socket succeeds",
       PATCH(connect, connects_again));

static int WINAPI listener_is_connected(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_renamed(real(connect)(s, name, length), WSAEINVAL, WSAEISCONN);
}
MUTANT(connect_on_listener_is_connected, "connect on a listening socket says WSAEISCONN",
       PATCH(connect, listener_is_connected));

static int WINAPI connected_wildcard(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getsockname)(s, name, length);
    if (result == 0 && is_stream(s) && has_peer(s))
        ((struct sockaddr_in *)name)->sin_addr.s_addr = htonl(INADDR_ANY);
    return result;
}
MUTANT(getsockname_connected_is_wildcard, "getsockname does not tell a connection's local address",
       PATCH(getsockname, connected_wildcard));

static int WINAPI connected_port_0(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getsockname)(s, name, length);
    if (result == 0 && is_stream(s) && has_peer(s))
        ((struct sockaddr_in *)name)->sin_port = 0;
    return result;
}
MUTANT(connect_gives_no_port, "connect leaves an unbound stream socket without a port",
       PATCH(getsockname, connected_port_0));

static int WINAPI nowhere_is_refused(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    result = failure_renamed(result, WSAEADDRNOTAVAIL, WSAECONNREFUSED);
    result = failure_renamed(result, WSAEAFNOSUPPORT, WSAECONNREFUSED);
    return failure_renamed(result, WSAEFAULT, WSAECONNREFUSED);
}
MUTANT(connect_to_nowhere_is_refused, "connect to what is no destination is refused",
       PATCH(connect, nowhere_is_refused));

static int WINAPI connected_is_already(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_renamed(real(connect)(s, name, length), WSAEISCONN, WSAEALREADY);
}
MUTANT(connect_of_connected_is_already, "connect on a connected socket fails with WSAEALREADY",
       PATCH(connect, connected_is_already));

#define CONNECT_PARAMETERS                                                                        \
    SOCKET s, const struct sockaddr *name, int length, LPWSABUF mine, LPWSABUF theirs, LPQOS qos, \
        LPQOS group
#define CONNECT real(WSAConnect)(s, name, length, mine, theirs, qos, group)

static int WINAPI wsaconnect_renames(CONNECT_PARAMETERS)
{
    return failure_renamed(CONNECT, WSAEINVAL, WSAEISCONN);
}
MUTANT(wsaconnect_of_listener_is_connected, "WSAConnect on a listener fails with WSAEISCONN",
       PATCH(WSAConnect, wsaconnect_renames));

static int WINAPI wsaconnect_fails(CONNECT_PARAMETERS)
{
    return theirs ? socket_fails(WSAEPROTONOSUPPORT) : CONNECT;
}
MUTANT(wsaconnect_takes_no_room_for_data, "WSAConnect fails when it is given room for connect data",
       PATCH(WSAConnect, wsaconnect_fails));
