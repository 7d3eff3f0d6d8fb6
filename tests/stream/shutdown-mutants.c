/* Wrong behaviours, for the tests of shutdown.c: what shutdown forbids, what it leaves, and
 * where it is refused. */
#include "stream-mutants.h"

static int WINAPI shut_is_unconnected(SOCKET s, const char *bytes, int size, int flags)
{
    return failure_renamed(real(send)(s, bytes, size, flags), WSAESHUTDOWN, WSAENOTCONN);
}
MUTANT(send_after_shutdown_is_unconnected, "send after shutdown says WSAENOTCONN",
       PATCH(send, shut_is_unconnected));

static int WINAPI shut_is_end(SOCKET s, char *buffer, int size, int flags)
{
    return failure_hidden(real(recv)(s, buffer, size, flags), WSAESHUTDOWN, 0);
}

MUTANT(recv_after_shutdown_is_end, "recv after shutdown returns 0", PATCH(recv, shut_is_end));

static int WINAPI unconnected_shuts(SOCKET s, int how)
{
    return failure_hidden(real(shutdown)(s, how), WSAENOTCONN, 0);
}
MUTANT(shutdown_unconnected_succeeds, "shutdown of an unconnected stream socket succeeds",
       PATCH(shutdown, unconnected_shuts));

static int WINAPI any_how(SOCKET s, int how)
{
    return real(shutdown)(s, how > SD_BOTH ? SD_BOTH : how);
}
MUTANT(shutdown_unknown_is_both, "shutdown takes an unknown direction for both",
       PATCH(shutdown, any_how));

static SOCKET shut;

static int WINAPI notes_shutdown(SOCKET s, int how)
{
    int result = real(shutdown)(s, how);
    if (result == 0 && how == SD_BOTH)
        shut = s;
    return result;
}

static int WINAPI nameless(SOCKET s, struct sockaddr *name, int *length)
{
    return s == shut ? socket_fails(WSAENOTCONN) : real(getpeername)(s, name, length);
}
MUTANT(shutdown_forgets_the_peer, "getpeername fails after shutdown of both directions",
       PATCH(shutdown, notes_shutdown), PATCH(getpeername, nameless));

static int WINAPI both_is_receiving(SOCKET s, int how)
{
    return real(shutdown)(s, how == SD_BOTH ? SD_RECEIVE : how);
}
MUTANT(shutdown_of_both_leaves_sending, "shutdown of both directions leaves sending as it is",
       PATCH(shutdown, both_is_receiving));

static int WINAPI lingers(SOCKET s, int how)
{
    LINGER linger = {0, 0};
    int size = sizeof(linger);
    real(getsockopt)(s, SOL_SOCKET, SO_LINGER, (char *)&linger, &size);
    if (linger.l_onoff)
        real(WaitForSingleObject)(GetCurrentProcess(), 2000);
    return real(shutdown)(s, how);
}

MUTANT(shutdown_lingers, "shutdown waits as long as SO_LINGER says", PATCH(shutdown, lingers));

static int WINAPI disconnects_both(SOCKET s, LPWSABUF data)
{
    int result = real(WSASendDisconnect)(s, data);
    if (result == 0)
        real(shutdown)(s, SD_RECEIVE);
    return result;
}
MUTANT(wsa_send_disconnect_ends_receiving, "WSASendDisconnect ends receiving, too",
       PATCH(WSASendDisconnect, disconnects_both));

static int WINAPI disconnect_renames(SOCKET s, LPWSABUF data)
{
    return failure_renamed(real(WSASendDisconnect)(s, data), WSAENOTCONN, WSAEINVAL);
}
MUTANT(wsa_send_disconnect_of_unconnected_is_invalid,
       "WSASendDisconnect on what is not connected fails with WSAEINVAL",
       PATCH(WSASendDisconnect, disconnect_renames));

static int WINAPI close_returns_1(SOCKET s)
{
    int result = real(closesocket)(s);
    return result == 0 ? 1 : result;
}
MUTANT(closesocket_success_is_1, "closesocket returns 1 when it has succeeded",
       PATCH(closesocket, close_returns_1));

static int WINAPI connects_again(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_hidden(real(connect)(s, name, length), WSAEISCONN, 0);
}
MUTANT(connect_of_connected_succeeds, "connect on a connected socket succeeds",
       PATCH(connect, connects_again));

/* How many of the sides of this process have ended their sending. */
static int ended_sides;

static int WINAPI ended_unconnected(SOCKET s, int how)
{
    if (ended_sides == 2)
        return socket_fails(WSAENOTCONN);
    int result = real(shutdown)(s, how);
    if (result == 0 && how == SD_SEND)
        ended_sides++;
    return result;
}
MUTANT(shutdown_of_ended_connections_is_unconnected,
       "shutdown of a connection that both sides have ended fails with WSAENOTCONN",
       PATCH(shutdown, ended_unconnected));
