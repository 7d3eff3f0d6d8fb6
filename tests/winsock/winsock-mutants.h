/* winsock-mutants.h - what the mutants of winsock share. */
#ifndef WINSOCK_MUTANTS_H
#define WINSOCK_MUTANTS_H

#include "mutants.h"

#include <mswsock.h>
#include <string.h>

static inline int socket_fails(DWORD error)
{
    SetLastError(error);
    return SOCKET_ERROR;
}

/* RESULT, whose failure with one error is told as another. */
static inline int failure_renamed(int result, DWORD error, DWORD instead)
{
    return result == SOCKET_ERROR && GetLastError() == error ? socket_fails(instead) : result;
}

/* RESULT, whose failure with ERROR is told as a success. */
static inline int failure_hidden(int result, DWORD error, int instead)
{
    return result == SOCKET_ERROR && GetLastError() == error ? instead : result;
}

/* Where a call has FAILED with one error, that is told as another. */
static inline void rename_error(bool failed, DWORD error, DWORD instead)
{
    if (failed && GetLastError() == error)
        SetLastError(instead);
}

/* Questions about a socket that leave the last error alone. */
static inline int socket_option(SOCKET s, int option)
{
    DWORD error = GetLastError();
    int value = 0, size = sizeof(value);
    if (real(getsockopt)(s, SOL_SOCKET, option, (char *)&value, &size) == SOCKET_ERROR)
        value = 0;
    SetLastError(error);
    return value;
}

static inline bool is_datagram(SOCKET s)
{
    return socket_option(s, SO_TYPE) == SOCK_DGRAM;
}

static inline bool is_stream(SOCKET s)
{
    return socket_option(s, SO_TYPE) == SOCK_STREAM;
}

static inline bool is_listening(SOCKET s)
{
    return is_stream(s) && socket_option(s, SO_ACCEPTCONN);
}

static inline bool has_peer(SOCKET s)
{
    DWORD error = GetLastError();
    struct sockaddr_storage name;
    int length = sizeof(name);
    bool connected = real(getpeername)(s, (struct sockaddr *)&name, &length) == 0;
    SetLastError(error);
    return connected;
}

static inline bool is_bound(SOCKET s)
{
    DWORD error = GetLastError();
    struct sockaddr_storage name;
    int length = sizeof(name);
    bool bound = real(getsockname)(s, (struct sockaddr *)&name, &length) == 0;
    SetLastError(error);
    return bound;
}

static inline bool is_ipv6(SOCKET s)
{
    DWORD error = GetLastError();
    WSAPROTOCOL_INFOW info = {0};
    int size = sizeof(info);
    real(getsockopt)(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size);
    SetLastError(error);
    return info.iAddressFamily == AF_INET6;
}

static inline u_long bytes_waiting(SOCKET s)
{
    DWORD error = GetLastError();
    u_long count = 0;
    real(ioctlsocket)(s, FIONREAD, &count);
    SetLastError(error);
    return count;
}

#define IOCTL_PARAMETERS                                                                      \
    SOCKET s, DWORD code, LPVOID in, DWORD in_size, LPVOID out, DWORD out_size, LPDWORD size, \
        LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define IOCTL real(WSAIoctl)(s, code, in, in_size, out, out_size, size, overlapped, routine)

/* Puts WRAPPER in the place of the extension ID; the real one is stored for it. */
static inline int exchange(int result, DWORD code, LPVOID in, LPVOID out, const GUID id,
                           void *wrapper, void *original)
{
    if (result == 0 && code == SIO_GET_EXTENSION_FUNCTION_POINTER && !memcmp(in, &id, sizeof(id)) &&
        *(void **)out != wrapper) {
        memcpy(original, out, sizeof(void *));
        memcpy(out, &wrapper, sizeof(void *));
    }
    return result;
}

#define EXCHANGES(name, id, wrapper, original)                                           \
    static int WINAPI name(IOCTL_PARAMETERS)                                             \
    {                                                                                    \
        return exchange(IOCTL, code, in, out, (GUID)id, (void *)(wrapper), &(original)); \
    }
#define GET_PARAMETERS SOCKET s, int level, int option, char *value, int *size
#define GET real(getsockopt)(s, level, option, value, size)
#define SET_PARAMETERS SOCKET s, int level, int option, const char *value, int size
#define SET real(setsockopt)(s, level, option, value, size)

/* A getsockopt that tells TOLD for one option whose value is WAS. */
#define TELLS(name, level_, option_, was, told)                                               \
    static int WINAPI name(GET_PARAMETERS)                                                    \
    {                                                                                         \
        int result = GET;                                                                     \
        if (result == 0 && level == (level_) && option == (option_) && *value == (char)(was)) \
            *value = (char)(told);                                                            \
        return result;                                                                        \
    }

/* A getsockopt that stores nothing where one option is off. */
#define STORES_NOTHING(name, level_, option_)                                   \
    static int WINAPI name(GET_PARAMETERS)                                      \
    {                                                                           \
        char before = value ? *value : 0;                                       \
        int result = GET;                                                       \
        if (result == 0 && level == (level_) && option == (option_) && !*value) \
            *value = before;                                                    \
        return result;                                                          \
    }

#endif
