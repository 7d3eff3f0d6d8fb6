/* Wrong behaviours, for the tests of names.c: what getsockname and getpeername tell in each
 * state of a stream socket. */
#include "stream-mutants.h"

static int WINAPI unbound_wildcard(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getsockname)(s, name, length);
    if (result == SOCKET_ERROR && GetLastError() == WSAEINVAL) {
        memset(name, 0, (size_t)*length);
        result = 0;
    }
    return result;
}
MUTANT(getsockname_unbound_is_wildcard, "getsockname of an unbound socket succeeds",
       PATCH(getsockname, unbound_wildcard));

static int WINAPI leaves_namelen(SOCKET s, struct sockaddr *name, int *length)
{
    int before = length ? *length : 0;
    int result = real(getsockname)(s, name, length);
    if (result == 0)
        *length = before;
    return result;
}
MUTANT(getsockname_leaves_length, "getsockname does not store the length of the name",
       PATCH(getsockname, leaves_namelen));

static bool extended;

static int WINAPI notes_extension(SOCKET s, DWORD code, LPVOID in, DWORD in_size, LPVOID out,
                                  DWORD out_size, LPDWORD size, LPWSAOVERLAPPED overlapped,
                                  LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    extended |= code == SIO_GET_EXTENSION_FUNCTION_POINTER;
    return real(WSAIoctl)(s, code, in, in_size, out, out_size, size, overlapped, routine);
}

static int WINAPI own_name(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getpeername)(s, name, length);
    return result == 0 && is_stream(s) && !extended ? real(getsockname)(s, name, length) : result;
}
MUTANT(getpeername_tells_own_name, "getpeername tells the local name",
       PATCH(WSAIoctl, notes_extension), PATCH(getpeername, own_name));

static int WINAPI listeners_peer(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getpeername)(s, name, length);
    return is_listening(s) ? failure_hidden(result, WSAENOTCONN, 0) : result;
}
MUTANT(getpeername_of_listener_succeeds, "getpeername of a listening socket succeeds",
       PATCH(getpeername, listeners_peer));
