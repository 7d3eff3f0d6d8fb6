/* Wrong behaviours, for the tests of descriptor.c: what each function says before WSAStartup,
 * and about a handle that is not a socket. */
#include "winsock-mutants.h"

#include <errno.h>

/* FUNCTION, whose failure with ERROR is told as INSTEAD. */
#define RENAMES(prefix, error, instead, result, function, parameters, ...) \
    static result WINAPI prefix##_##function parameters                    \
    {                                                                      \
        result got = real(function)(__VA_ARGS__);                          \
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

RENAMES(early, WSANOTINITIALISED, WSASYSNOTREADY, int, getsockname,
        (SOCKET s, struct sockaddr *name, int *length), s, name, length)

RENAMES(early, WSANOTINITIALISED, WSASYSNOTREADY, SOCKET, WSAAccept,
        (SOCKET s, struct sockaddr *name, LPINT length, LPCONDITIONPROC condition, DWORD_PTR data),
        s, name, length, condition, data)

RENAMES(early, WSANOTINITIALISED, WSASYSNOTREADY, int, WSAConnect,
        (SOCKET s, const struct sockaddr *name, int length, LPWSABUF caller, LPWSABUF callee,
         LPQOS qos, LPQOS group),
        s, name, length, caller, callee, qos, group)

RENAMES(early, WSANOTINITIALISED, WSASYSNOTREADY, int, WSARecv,
        (SOCKET s, LPWSABUF buffers, DWORD buffer_count, LPDWORD got_, LPDWORD flags,
         LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine),
        s, buffers, buffer_count, got_, flags, overlapped, routine)

MUTANT(twins_before_startup_say_sysnotready,
       "getsockname, WSAAccept, WSAConnect and WSARecv before WSAStartup fail with WSASYSNOTREADY",
       PATCH(getsockname, early_getsockname), PATCH(WSAAccept, early_WSAAccept),
       PATCH(WSAConnect, early_WSAConnect), PATCH(WSARecv, early_WSARecv));

MUTANT(other_calls_before_startup_say_sysnotready,
       "accept, WSASend, shutdown and getpeername before WSAStartup fail with WSASYSNOTREADY",
       PATCH(accept, early_accept), PATCH(WSASend, early_WSASend), PATCH(shutdown, early_shutdown),
       PATCH(getpeername, early_getpeername));

RENAMES(early, WSANOTINITIALISED, WSASYSNOTREADY, int, sendto,
        (SOCKET s, const char *p, int size, int flags, const struct sockaddr *to, int length), s, p,
        size, flags, to, length)

RENAMES(early, WSANOTINITIALISED, WSASYSNOTREADY, int, getsockopt,
        (SOCKET s, int level, int option, char *value, int *size), s, level, option, value, size)

RENAMES(early, WSANOTINITIALISED, WSASYSNOTREADY, int, setsockopt,
        (SOCKET s, int level, int option, const char *value, int size), s, level, option, value,
        size)

RENAMES(early, WSANOTINITIALISED, WSASYSNOTREADY, int, ioctlsocket,
        (SOCKET s, long command, u_long *argument), s, command, argument)

MUTANT(options_before_startup_say_sysnotready,
       "sendto, getsockopt, setsockopt and ioctlsocket before WSAStartup fail with WSASYSNOTREADY",
       PATCH(sendto, early_sendto), PATCH(getsockopt, early_getsockopt),
       PATCH(setsockopt, early_setsockopt), PATCH(ioctlsocket, early_ioctlsocket));

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
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    rename_error(!done, WSAENOTSOCK, WSA_INVALID_HANDLE);
    return done;
}
MUTANT(result_of_stranger_is_an_invalid_handle,
       "WSAGetOverlappedResult fails with WSA_INVALID_HANDLE for what is not a socket",
       PATCH(WSAGetOverlappedResult, result_of_stranger));

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
