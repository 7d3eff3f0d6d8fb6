/* Wrong behaviours, for the tests of accept_ex.c: AcceptEx: pending, with and without data, and
 * the names it stores. */
#include "stream-mutants.h"

#define ACCEPT_PARAMETERS                                                                    \
    SOCKET listener, SOCKET acceptor, PVOID buffer, DWORD length, DWORD local, DWORD remote, \
        LPDWORD count, LPOVERLAPPED overlapped
#define ACCEPT real_accept_ex(listener, acceptor, buffer, length, local, remote, count, overlapped)
static LPFN_ACCEPTEX real_accept_ex;

static BOOL PASCAL accept_stores_count(ACCEPT_PARAMETERS)
{
    BOOL done = ACCEPT;
    if (!done && count)
        *count = 0;
    return done;
}

EXCHANGES(accept_ex_1, WSAID_ACCEPTEX, accept_stores_count, real_accept_ex)

MUTANT(accept_ex_stores_a_count_while_pending, "AcceptEx that is pending stores a byte count",
       PATCH(WSAIoctl, accept_ex_1));

static BOOL PASCAL accept_at_once(ACCEPT_PARAMETERS)
{
    BOOL done = ACCEPT;
    return done || GetLastError() == ERROR_IO_PENDING;
}

EXCHANGES(accept_ex_2, WSAID_ACCEPTEX, accept_at_once, real_accept_ex)

MUTANT(accept_ex_returns_true_while_pending, "AcceptEx returns TRUE while it is pending",
       PATCH(WSAIoctl, accept_ex_2));

static BOOL PASCAL accept_without_data(ACCEPT_PARAMETERS)
{
    length = 0;
    return ACCEPT;
}

EXCHANGES(accept_ex_3, WSAID_ACCEPTEX, accept_without_data, real_accept_ex)

MUTANT(accept_ex_does_not_wait_for_data, "AcceptEx does not wait for the first data",
       PATCH(WSAIoctl, accept_ex_3));

static BOOL PASCAL accept_renames(ACCEPT_PARAMETERS)
{
    BOOL done = ACCEPT;
    DWORD error = GetLastError();
    if (!done && error == ERROR_INVALID_PARAMETER)
        SetLastError(WSAEFAULT);
    if (!done && error == WSAEFAULT)
        SetLastError(WSAEINVAL);
    if (!done && error == WSAEINVAL)
        SetLastError(WSAEOPNOTSUPP);
    return done;
}

EXCHANGES(accept_ex_4, WSAID_ACCEPTEX, accept_renames, real_accept_ex)

MUTANT(accept_ex_names_its_errors_otherwise, "AcceptEx fails with other errors",
       PATCH(WSAIoctl, accept_ex_4));

static SOCKET accepting_listener, accepting_acceptor;
static OVERLAPPED *accepting;
static bool updated;

static BOOL PASCAL accept_noted(ACCEPT_PARAMETERS)
{
    accepting_listener = listener;
    accepting_acceptor = acceptor;
    accepting = overlapped;
    return ACCEPT;
}

EXCHANGES(accept_ex_5, WSAID_ACCEPTEX, accept_noted, real_accept_ex)

#define RESULT_PARAMETERS \
    SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait, LPDWORD flags
#define RESULT real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags)

static BOOL WINAPI accept_without_data_fails(RESULT_PARAMETERS)
{
    BOOL done = RESULT;
    if (!done || overlapped != accepting || *count)
        return done;
    SetLastError(WSAECONNRESET);
    return FALSE;
}
MUTANT(accept_ex_without_data_fails, "AcceptEx that gets a connection without data fails",
       PATCH(WSAIoctl, accept_ex_5), PATCH(WSAGetOverlappedResult, accept_without_data_fails));

static int WINAPI no_send_before_update(SOCKET s, const char *bytes, int size, int flags)
{
    return accepting_acceptor && s == accepting_acceptor && !updated
               ? socket_fails(WSAENOTCONN)
               : real(send)(s, bytes, size, flags);
}
MUTANT(accept_ex_socket_does_not_send, "A socket of AcceptEx cannot send before it is updated",
       PATCH(WSAIoctl, accept_ex_5), PATCH(send, no_send_before_update));

static int WINAPI close_forgets(SOCKET s)
{
    return accepting && (s == accepting_listener || s == accepting_acceptor) ? 0
                                                                             : real(closesocket)(s);
}
MUTANT(accept_ex_outlives_its_sockets, "A pending AcceptEx goes on when a socket of it is closed",
       PATCH(WSAIoctl, accept_ex_5), PATCH(closesocket, close_forgets));

static BOOL WINAPI packet_without_key(HANDLE port, LPDWORD count, PULONG_PTR key,
                                      LPOVERLAPPED *overlapped, DWORD time)
{
    BOOL got = real(GetQueuedCompletionStatus)(port, count, key, overlapped, time);
    if (got && accepting && *overlapped == accepting)
        *key = 0;
    return got;
}
MUTANT(accept_ex_packet_has_no_key, "The completion packet of AcceptEx has not the listener's key",
       PATCH(WSAIoctl, accept_ex_5), PATCH(GetQueuedCompletionStatus, packet_without_key));

static int WINAPI no_update(SET_PARAMETERS)
{
    return level == SOL_SOCKET &&
                   (option == SO_UPDATE_ACCEPT_CONTEXT || option == SO_UPDATE_CONNECT_CONTEXT)
               ? socket_fails(WSAENOPROTOOPT)
               : SET;
}
MUTANT(update_context_is_unknown, "SO_UPDATE_ACCEPT_CONTEXT and -CONNECT_CONTEXT are unknown",
       PATCH(setsockopt, no_update));

static int WINAPI always_connected(SOCKET s, int level, int option, char *value, int *size)
{
    int result = real(getsockopt)(s, level, option, value, size);
    if (result == 0 && level == SOL_SOCKET && option == SO_CONNECT_TIME)
        *(DWORD *)value = 1;
    return result;
}
MUTANT(connect_time_of_unconnected_is_1, "SO_CONNECT_TIME gives seconds of what is not connected",
       PATCH(getsockopt, always_connected));

static LPFN_GETACCEPTEXSOCKADDRS real_names;

static void PASCAL names_swapped(PVOID buffer, DWORD length, DWORD local_room, DWORD remote_room,
                                 struct sockaddr **local, LPINT local_size,
                                 struct sockaddr **remote, LPINT remote_size)
{
    real_names(buffer, length, local_room, remote_room, remote, remote_size, local, local_size);
}

EXCHANGES(names_1, WSAID_GETACCEPTEXSOCKADDRS, names_swapped, real_names)

MUTANT(accept_ex_swaps_names, "GetAcceptExSockaddrs takes the server for the client",
       PATCH(WSAIoctl, names_1));

static void PASCAL names_longer(PVOID buffer, DWORD length, DWORD local_room, DWORD remote_room,
                                struct sockaddr **local, LPINT local_size, struct sockaddr **remote,
                                LPINT remote_size)
{
    real_names(buffer, length, local_room, remote_room, local, local_size, remote, remote_size);
    *local_size = (int)local_room;
    *remote_size = (int)remote_room;
}

EXCHANGES(names_2, WSAID_GETACCEPTEXSOCKADDRS, names_longer, real_names)

MUTANT(accept_ex_names_fill_the_room, "GetAcceptExSockaddrs gives the room for a name's length",
       PATCH(WSAIoctl, names_2));

static int WINAPI any_extension(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    return code == SIO_GET_EXTENSION_FUNCTION_POINTER ? failure_hidden(result, WSAEINVAL, 0)
                                                      : result;
}
MUTANT(ioctl_knows_every_extension, "WSAIoctl succeeds for an unknown extension",
       PATCH(WSAIoctl, any_extension));

#define CONNECT_PARAMETERS                                                                     \
    SOCKET s, const struct sockaddr *name, int length, PVOID buffer, DWORD size, LPDWORD sent, \
        LPOVERLAPPED overlapped
#define CONNECT real_connect_ex(s, name, length, buffer, size, sent, overlapped)
static LPFN_CONNECTEX real_connect_ex;
static OVERLAPPED *connecting;
static SOCKET connecting_socket;

static BOOL PASCAL connect_without_data(CONNECT_PARAMETERS)
{
    if (buffer)
        size = 1;
    return CONNECT;
}

EXCHANGES(connect_ex_1, WSAID_CONNECTEX, connect_without_data, real_connect_ex)

MUTANT(connect_ex_sends_one_byte, "ConnectEx sends one byte of what it is given",
       PATCH(WSAIoctl, connect_ex_1));

static BOOL PASCAL connect_renames(CONNECT_PARAMETERS)
{
    BOOL done = CONNECT;
    DWORD error = GetLastError();
    if (!done && error == WSAEINVAL)
        SetLastError(WSAEADDRNOTAVAIL);
    if (!done && error == WSAEISCONN)
        SetLastError(WSAEALREADY);
    if (!done && error == ERROR_INVALID_PARAMETER)
        SetLastError(WSAEFAULT);
    return done;
}

EXCHANGES(connect_ex_2, WSAID_CONNECTEX, connect_renames, real_connect_ex)

MUTANT(connect_ex_names_its_errors_otherwise, "ConnectEx fails with other errors",
       PATCH(WSAIoctl, connect_ex_2));

static BOOL PASCAL connect_noted(CONNECT_PARAMETERS)
{
    connecting = overlapped;
    connecting_socket = s;
    return CONNECT;
}

EXCHANGES(connect_ex_3, WSAID_CONNECTEX, connect_noted, real_connect_ex)

static BOOL WINAPI connect_counts(RESULT_PARAMETERS)
{
    BOOL done = RESULT;
    if (done && overlapped == connecting && *count == 0)
        *count = 1;
    return done;
}
MUTANT(connect_ex_counts_the_connection, "ConnectEx without data reports one byte",
       PATCH(WSAIoctl, connect_ex_3), PATCH(WSAGetOverlappedResult, connect_counts));

static BOOL WINAPI refusal_is_time_out(RESULT_PARAMETERS)
{
    BOOL done = RESULT;
    if (!done && overlapped == connecting && GetLastError() == WSAECONNREFUSED)
        SetLastError(WSAETIMEDOUT);
    return done;
}
MUTANT(connect_ex_refused_is_a_time_out, "ConnectEx that is refused ends with WSAETIMEDOUT",
       PATCH(WSAIoctl, connect_ex_3), PATCH(WSAGetOverlappedResult, refusal_is_time_out));

static int WINAPI no_send_when_connected(SOCKET s, const char *bytes, int size, int flags)
{
    return connecting && s == connecting_socket ? socket_fails(WSAENOTCONN)
                                                : real(send)(s, bytes, size, flags);
}
MUTANT(connect_ex_socket_does_not_send, "A socket of ConnectEx cannot send before it is updated",
       PATCH(WSAIoctl, connect_ex_3), PATCH(send, no_send_when_connected));

static int WINAPI update_forgets(SOCKET s, int level, int option, const char *value, int size)
{
    int result = real(setsockopt)(s, level, option, value, size);
    BOOL off = FALSE;
    if (result == 0 && level == SOL_SOCKET && option == SO_UPDATE_ACCEPT_CONTEXT)
        real(setsockopt)(s, SOL_SOCKET, SO_KEEPALIVE, (char *)&off, sizeof(off));
    return result;
}
MUTANT(update_brings_no_properties,
       "SO_UPDATE_ACCEPT_CONTEXT does not bring the properties of the listener",
       PATCH(setsockopt, update_forgets));
