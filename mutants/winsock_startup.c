/* Wrong behaviours of WSAStartup and WSACleanup, and of calls without or on no socket. */
#include "winsock_socket.h"

/* ---- WSAStartup */

static int WINAPI ignores_request(WORD version, WSADATA *data)
{
    int error = real.WSAStartup(version, data);
    if (!error && LOBYTE(version) < 2)
        data->wVersion = MAKEWORD(2, 2);
    return error;
}
MUTANT(startup_raises_1_x_to_2_2, "WSAStartup answers requests for 1.0 and 1.1 with 2.2",
       PATCH(WSAStartup, ignores_request));

static int WINAPI rounds_2_x_down(WORD version, WSADATA *data)
{
    int error = real.WSAStartup(version, data);
    if (!error && (version == MAKEWORD(2, 1) || version == MAKEWORD(2, 2)))
        data->wVersion = MAKEWORD(2, 0);
    return error;
}
MUTANT(startup_rounds_2_x_down, "WSAStartup answers requests for 2.1 and 2.2 with 2.0",
       PATCH(WSAStartup, rounds_2_x_down));

static int WINAPI raises_2_0(WORD version, WSADATA *data)
{
    int error = real.WSAStartup(version, data);
    if (!error && version == MAKEWORD(2, 0))
        data->wVersion = MAKEWORD(2, 2);
    return error;
}
MUTANT(startup_raises_2_0, "WSAStartup answers a request for 2.0 with 2.2",
       PATCH(WSAStartup, raises_2_0));

static int WINAPI echoes_higher(WORD version, WSADATA *data)
{
    int error = real.WSAStartup(version, data);
    if (!error && data->wVersion == MAKEWORD(2, 2))
        data->wVersion = version;
    return error;
}
MUTANT(startup_echoes_higher_version, "WSAStartup agrees on versions above 2.2",
       PATCH(WSAStartup, echoes_higher));

static int WINAPI refuses_1_0(WORD version, WSADATA *data)
{
    return version == MAKEWORD(1, 0) ? WSAVERNOTSUPPORTED : real.WSAStartup(version, data);
}
MUTANT(startup_refuses_1_0, "WSAStartup does not support 1.0", PATCH(WSAStartup, refuses_1_0));

static int WINAPI high_is_agreed(WORD version, WSADATA *data)
{
    int error = real.WSAStartup(version, data);
    if (!error)
        data->wHighVersion = data->wVersion;
    return error;
}
MUTANT(startup_high_version_is_agreed_one, "WSAStartup reports the version agreed as the highest",
       PATCH(WSAStartup, high_is_agreed));

static int WINAPI accepts_major_0(WORD version, WSADATA *data)
{
    return real.WSAStartup(LOBYTE(version) ? version : MAKEWORD(1, 0), data);
}
MUTANT(startup_accepts_major_0, "WSAStartup supports versions below 1.0",
       PATCH(WSAStartup, accepts_major_0));

static int WINAPI stores_error(WORD version, WSADATA *data)
{
    int error = real.WSAStartup(version, data);
    return error ? socket_fails((DWORD)error) : 0;
}
MUTANT(startup_stores_its_error, "WSAStartup returns SOCKET_ERROR and stores the error",
       PATCH(WSAStartup, stores_error));

static int WINAPI counts_failures(WORD version, WSADATA *data)
{
    int error = real.WSAStartup(version, data);
    if (error)
        real.WSAStartup(MAKEWORD(2, 2), &(WSADATA){0});
    return error;
}
MUTANT(startup_counts_failures, "a WSAStartup that fails is counted all the same",
       PATCH(WSAStartup, counts_failures));

static int WINAPI tolerates_no_data(WORD version, WSADATA *data)
{
    return real.WSAStartup(version, data ? data : &(WSADATA){0});
}
MUTANT(startup_tolerates_no_data, "WSAStartup succeeds without a WSADATA",
       PATCH(WSAStartup, tolerates_no_data));

static int WINAPI sticks_to_first(WORD version, WSADATA *data)
{
    static WORD first;
    int error = real.WSAStartup(version, data);
    if (!error && first)
        data->wVersion = first;
    else if (!error)
        first = data->wVersion;
    return error;
}
MUTANT(startup_sticks_to_first_version, "a second WSAStartup answers with the first one's version",
       PATCH(WSAStartup, sticks_to_first));

static bool ended;

static int WINAPI notes_last_cleanup(void)
{
    int result = real.WSACleanup();
    SOCKET probe = real.socket(AF_INET, SOCK_DGRAM, 0);
    ended = probe == INVALID_SOCKET;
    if (!ended)
        real.closesocket(probe);
    return result;
}

static int WINAPI refuses_restart(WORD version, WSADATA *data)
{
    return ended ? WSASYSNOTREADY : real.WSAStartup(version, data);
}
MUTANT(startup_only_once, "WSAStartup fails after the last WSACleanup",
       PATCH(WSAStartup, refuses_restart), PATCH(WSACleanup, notes_last_cleanup));

/* ---- WSACleanup */

static int WINAPI too_many_succeed(void)
{
    return failure_hidden(real.WSACleanup(), WSANOTINITIALISED, 0);
}
MUTANT(cleanup_without_startup_succeeds, "a WSACleanup too many succeeds",
       PATCH(WSACleanup, too_many_succeed));

static int WINAPI first_ends_all(void)
{
    int result = real.WSACleanup();
    if (result == 0)
        while (real.WSACleanup() == 0)
            ;
    return result;
}
MUTANT(cleanup_ends_use_at_once, "the first WSACleanup ends the use of Winsock",
       PATCH(WSACleanup, first_ends_all));

static int count;

static int WINAPI counted_startup(WORD version, WSADATA *data)
{
    int error = real.WSAStartup(version, data);
    if (!error)
        count++;
    return error;
}

static int WINAPI last_does_nothing(void)
{
    if (count == 1) {
        count = 0;
        return 0;
    }
    if (count > 0)
        count--;
    return count ? real.WSACleanup() : socket_fails(WSANOTINITIALISED);
}
MUTANT(cleanup_last_does_nothing, "the last WSACleanup leaves Winsock and all sockets as they are",
       PATCH(WSAStartup, counted_startup), PATCH(WSACleanup, last_does_nothing));

static int WINAPI returns_remaining(void)
{
    int result = real.WSACleanup();
    return result == 0 ? --count : result;
}
MUTANT(cleanup_returns_remaining_count, "WSACleanup returns how many more of it are needed",
       PATCH(WSAStartup, counted_startup), PATCH(WSACleanup, returns_remaining));

/* ---- Calls before WSAStartup, and on what is no socket */

/* FUNCTION, whose failure with ERROR is told as INSTEAD. */
#define RENAMES(prefix, error, instead, result, function, parameters, ...) \
    static result WINAPI prefix##_##function parameters                    \
    {                                                                      \
        result got = real.function(__VA_ARGS__);                           \
        if (got == (result)SOCKET_ERROR && GetLastError() == (error))      \
            SetLastError(instead);                                         \
        return got;                                                        \
    }

#define DESCRIPTOR_CALLS(prefix, error, instead)                                                  \
    RENAMES(prefix, error, instead, int, bind, (SOCKET s, const struct sockaddr *name, int size), \
            s, name, size)                                                                        \
    RENAMES(prefix, error, instead, int, listen, (SOCKET s, int backlog), s, backlog)             \
    RENAMES(prefix, error, instead, int, connect,                                                 \
            (SOCKET s, const struct sockaddr *name, int size), s, name, size)                     \
    RENAMES(prefix, error, instead, int, send, (SOCKET s, const char *p, int size, int flags), s, \
            p, size, flags)                                                                       \
    RENAMES(prefix, error, instead, int, recv, (SOCKET s, char *p, int size, int flags), s, p,    \
            size, flags)                                                                          \
    RENAMES(prefix, error, instead, int, recvfrom,                                                \
            (SOCKET s, char *p, int size, int flags, struct sockaddr *from, int *length), s, p,   \
            size, flags, from, length)                                                            \
    RENAMES(prefix, error, instead, int, closesocket, (SOCKET s), s)

DESCRIPTOR_CALLS(unstarted, WSANOTINITIALISED, WSASYSNOTREADY)
RENAMES(unstarted, WSANOTINITIALISED, WSASYSNOTREADY, SOCKET, socket,
        (int family, int type, int protocol), family, type, protocol)
RENAMES(unstarted, WSANOTINITIALISED, WSASYSNOTREADY, SOCKET, WSASocketW,
        (int family, int type, int protocol, LPWSAPROTOCOL_INFOW info, GROUP group, DWORD flags),
        family, type, protocol, info, group, flags)
MUTANT(call_before_startup_says_sysnotready, "calls before WSAStartup fail with WSASYSNOTREADY",
       PATCH(socket, unstarted_socket), PATCH(WSASocketW, unstarted_WSASocketW),
       PATCH(bind, unstarted_bind), PATCH(listen, unstarted_listen),
       PATCH(connect, unstarted_connect), PATCH(send, unstarted_send), PATCH(recv, unstarted_recv),
       PATCH(recvfrom, unstarted_recvfrom), PATCH(closesocket, unstarted_closesocket));

DESCRIPTOR_CALLS(stranger, WSAENOTSOCK, WSA_INVALID_HANDLE)
RENAMES(stranger, WSAENOTSOCK, WSA_INVALID_HANDLE, int, WSARecv,
        (SOCKET s, LPWSABUF buffers, DWORD buffer_count, LPDWORD got_, LPDWORD flags,
         LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine),
        s, buffers, buffer_count, got_, flags, overlapped, routine)
RENAMES(stranger, WSAENOTSOCK, WSA_INVALID_HANDLE, int, sendto,
        (SOCKET s, const char *p, int size, int flags, const struct sockaddr *to, int length), s, p,
        size, flags, to, length)
RENAMES(stranger, WSAENOTSOCK, WSA_INVALID_HANDLE, int, shutdown, (SOCKET s, int how), s, how)
RENAMES(stranger, WSAENOTSOCK, WSA_INVALID_HANDLE, int, getsockname,
        (SOCKET s, struct sockaddr *name, int *length), s, name, length)
RENAMES(stranger, WSAENOTSOCK, WSA_INVALID_HANDLE, int, getpeername,
        (SOCKET s, struct sockaddr *name, int *length), s, name, length)
RENAMES(stranger, WSAENOTSOCK, WSA_INVALID_HANDLE, int, WSADuplicateSocketW,
        (SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info), s, process, info)
MUTANT(stranger_is_an_invalid_handle, "a handle that is not a socket fails with WSA_INVALID_HANDLE",
       PATCH(bind, stranger_bind), PATCH(listen, stranger_listen), PATCH(connect, stranger_connect),
       PATCH(send, stranger_send), PATCH(recv, stranger_recv), PATCH(recvfrom, stranger_recvfrom),
       PATCH(closesocket, stranger_closesocket), PATCH(WSARecv, stranger_WSARecv),
       PATCH(sendto, stranger_sendto), PATCH(shutdown, stranger_shutdown),
       PATCH(getsockname, stranger_getsockname), PATCH(getpeername, stranger_getpeername),
       PATCH(WSADuplicateSocketW, stranger_WSADuplicateSocketW));
