/* Wrong behaviours: further errors before WSAStartup and of strangers, the last error, WSADATA. */
#include "winsock_socket.h"

#include <errno.h>

/* FUNCTION, whose failure with ERROR is told as INSTEAD. */
#define RENAMES(prefix, error, instead, result, function, parameters, ...) \
    static result WINAPI prefix##_##function parameters                    \
    {                                                                      \
        result got = real.function(__VA_ARGS__);                           \
        if (got == (result)SOCKET_ERROR && GetLastError() == (error))      \
            SetLastError(instead);                                         \
        return got;                                                        \
    }

#define WSASEND_PARAMETERS                                               \
    (SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags, \
     LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)

RENAMES(early, WSANOTINITIALISED, WSASYSNOTREADY, SOCKET, accept,
        (SOCKET s, struct sockaddr *name, int *length), s, name, length)
RENAMES(early, WSANOTINITIALISED, WSASYSNOTREADY, int, WSASend, WSASEND_PARAMETERS, s, buffers,
        count, sent, flags, overlapped, routine)
RENAMES(early, WSANOTINITIALISED, WSASYSNOTREADY, int, shutdown, (SOCKET s, int how), s, how)
RENAMES(early, WSANOTINITIALISED, WSASYSNOTREADY, int, getpeername,
        (SOCKET s, struct sockaddr *name, int *length), s, name, length)
MUTANT(other_calls_before_startup_say_sysnotready,
       "accept, WSASend, shutdown and getpeername before WSAStartup fail with WSASYSNOTREADY",
       PATCH(accept, early_accept), PATCH(WSASend, early_WSASend), PATCH(shutdown, early_shutdown),
       PATCH(getpeername, early_getpeername));

RENAMES(other, WSAENOTSOCK, WSA_INVALID_HANDLE, SOCKET, accept,
        (SOCKET s, struct sockaddr *name, int *length), s, name, length)
RENAMES(other, WSAENOTSOCK, WSA_INVALID_HANDLE, SOCKET, WSAAccept,
        (SOCKET s, struct sockaddr *name, LPINT length, LPCONDITIONPROC condition, DWORD_PTR data),
        s, name, length, condition, data)
RENAMES(other, WSAENOTSOCK, WSA_INVALID_HANDLE, int, WSAConnect,
        (SOCKET s, const struct sockaddr *name, int length, LPWSABUF mine, LPWSABUF theirs,
         LPQOS qos, LPQOS group),
        s, name, length, mine, theirs, qos, group)
RENAMES(other, WSAENOTSOCK, WSA_INVALID_HANDLE, int, WSASend, WSASEND_PARAMETERS, s, buffers, count,
        sent, flags, overlapped, routine)
RENAMES(other, WSAENOTSOCK, WSA_INVALID_HANDLE, int, getsockopt,
        (SOCKET s, int level, int option, char *value, int *size), s, level, option, value, size)
RENAMES(other, WSAENOTSOCK, WSA_INVALID_HANDLE, int, setsockopt,
        (SOCKET s, int level, int option, const char *value, int size), s, level, option, value,
        size)
RENAMES(other, WSAENOTSOCK, WSA_INVALID_HANDLE, int, ioctlsocket,
        (SOCKET s, long command, u_long *argument), s, command, argument)
RENAMES(other, WSAENOTSOCK, WSA_INVALID_HANDLE, int, WSAIoctl,
        (SOCKET s, DWORD code, LPVOID in, DWORD in_size, LPVOID out, DWORD out_size, LPDWORD size,
         LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine),
        s, code, in, in_size, out, out_size, size, overlapped, routine)
RENAMES(other, WSAENOTSOCK, WSA_INVALID_HANDLE, int, WSAEventSelect,
        (SOCKET s, WSAEVENT event, long events), s, event, events)
RENAMES(other, WSAENOTSOCK, WSA_INVALID_HANDLE, int, WSAEnumNetworkEvents,
        (SOCKET s, WSAEVENT event, LPWSANETWORKEVENTS events), s, event, events)
MUTANT(other_strangers_are_invalid_handles,
       "further functions fail with WSA_INVALID_HANDLE for a handle that is not a socket",
       PATCH(accept, other_accept), PATCH(WSAAccept, other_WSAAccept),
       PATCH(WSAConnect, other_WSAConnect), PATCH(WSASend, other_WSASend),
       PATCH(getsockopt, other_getsockopt), PATCH(setsockopt, other_setsockopt),
       PATCH(ioctlsocket, other_ioctlsocket), PATCH(WSAIoctl, other_WSAIoctl),
       PATCH(WSAEventSelect, other_WSAEventSelect),
       PATCH(WSAEnumNetworkEvents, other_WSAEnumNetworkEvents));

static BOOL WINAPI result_of_stranger(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count,
                                      BOOL wait, LPDWORD flags)
{
    BOOL done = real.WSAGetOverlappedResult(s, overlapped, count, wait, flags);
    if (!done && GetLastError() == WSAENOTSOCK)
        SetLastError(WSA_INVALID_HANDLE);
    return done;
}
MUTANT(result_of_stranger_is_an_invalid_handle,
       "WSAGetOverlappedResult fails with WSA_INVALID_HANDLE for what is not a socket",
       PATCH(WSAGetOverlappedResult, result_of_stranger));

/* ---- The last error */

static void WINAPI sets_nothing(int error)
{
    (void)error;
}
MUTANT(wsa_set_last_error_sets_nothing, "WSASetLastError sets nothing",
       PATCH(WSASetLastError, sets_nothing));

static bool started;

static int WINAPI notes_startup(WORD version, LPWSADATA data)
{
    started = true;
    return real.WSAStartup(version, data);
}

static int WINAPI needs_startup(void)
{
    return started ? real.WSAGetLastError() : 0;
}
MUTANT(wsa_get_last_error_needs_startup, "WSAGetLastError returns 0 before WSAStartup",
       PATCH(WSAStartup, notes_startup), PATCH(WSAGetLastError, needs_startup));

static int shared_error;

static void WINAPI sets_for_all(int error)
{
    shared_error = error;
    real.WSASetLastError(error);
}

static int WINAPI gets_for_all(void)
{
    return shared_error ? shared_error : real.WSAGetLastError();
}
MUTANT(wsa_last_error_is_of_the_process, "All threads share one WSAGetLastError",
       PATCH(WSASetLastError, sets_for_all), PATCH(WSAGetLastError, gets_for_all));

#define GET_PARAMETERS SOCKET s, int level, int option, char *value, int *size
#define GET real.getsockopt(s, level, option, value, size)

static int WINAPI error_of_the_thread(GET_PARAMETERS)
{
    int error = (int)GetLastError(), result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_ERROR && *(int *)value == 0)
        *(int *)value = error;
    return result;
}
MUTANT(so_error_is_the_threads_error, "SO_ERROR tells the thread's last error",
       PATCH(getsockopt, error_of_the_thread));

static int WINAPI keeps_last_error(GET_PARAMETERS)
{
    DWORD error = GetLastError();
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_ERROR)
        SetLastError(error);
    return result;
}
MUTANT(so_error_leaves_last_error, "A successful getsockopt for SO_ERROR leaves the last error",
       PATCH(getsockopt, keeps_last_error));

static int WINAPI sets_errno(SOCKET s, int backlog)
{
    int result = real.listen(s, backlog);
    if (result == SOCKET_ERROR)
        errno = EINVAL;
    return result;
}
MUTANT(listen_sets_errno, "listen that fails sets errno", PATCH(listen, sets_errno));

/* ---- WSADATA */

static int WINAPI endless_texts(WORD version, LPWSADATA data)
{
    int error = real.WSAStartup(version, data);
    if (!error && data) {
        memset(data->szDescription, 'x', sizeof(data->szDescription));
        memset(data->szSystemStatus, 'x', sizeof(data->szSystemStatus));
    }
    return error;
}
MUTANT(startup_does_not_end_texts, "WSAStartup fills its texts without ending them",
       PATCH(WSAStartup, endless_texts));

static int WINAPI lower_agreement(WORD version, LPWSADATA data)
{
    int error = real.WSAStartup(version, data);
    if (!error && data && version == MAKEWORD(2, 2))
        data->wVersion = MAKEWORD(2, 1);
    return error;
}
MUTANT(startup_never_agrees_on_the_highest, "WSAStartup agrees on 2.1 when it is asked for 2.2",
       PATCH(WSAStartup, lower_agreement));

static int WINAPI swapped_bytes(WORD version, LPWSADATA data)
{
    int error = real.WSAStartup(version, data);
    if (!error && data)
        data->wVersion = MAKEWORD(HIBYTE(data->wVersion), LOBYTE(data->wVersion));
    return error;
}
MUTANT(startup_swaps_the_version, "WSAStartup stores the major version in the high byte",
       PATCH(WSAStartup, swapped_bytes));
