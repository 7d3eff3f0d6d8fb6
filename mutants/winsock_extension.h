/* winsock_extension.h - mutants of the functions that WSAIoctl hands out. */
#ifndef WINSOCK_EXTENSION_H
#define WINSOCK_EXTENSION_H

#include "winsock_socket.h"

#include <mswsock.h>

#define IOCTL_PARAMETERS                                                                      \
    SOCKET s, DWORD code, LPVOID in, DWORD in_size, LPVOID out, DWORD out_size, LPDWORD size, \
        LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define IOCTL real.WSAIoctl(s, code, in, in_size, out, out_size, size, overlapped, routine)

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

#endif
