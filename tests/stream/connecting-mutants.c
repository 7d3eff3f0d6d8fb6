/* Wrong behaviours, for the tests of connecting.c: what a socket is good for while its
 * connection is still being made. */
#include "stream-mutants.h"

static int WINAPI connect_again(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_renamed(real(connect)(s, name, length), WSAEALREADY, WSAEWOULDBLOCK);
}
MUTANT(connect_once_more_would_block, "connect while connecting would block, once more",
       PATCH(connect, connect_again));

static int WINAPI wsaconnect_again(WSACONNECT_PARAMETERS)
{
    return failure_renamed(WSACONNECT, WSAEALREADY, WSAEWOULDBLOCK);
}
MUTANT(wsaconnect_once_more_would_block, "WSAConnect while connecting would block, once more",
       PATCH(WSAConnect, wsaconnect_again));

/* Whether S has a name and waits for nobody: it is bound, or connecting. */
static bool has_name(SOCKET s)
{
    DWORD error = GetLastError();
    struct sockaddr_storage name;
    int length = sizeof(name);
    bool named = real(getsockname)(s, (struct sockaddr *)&name, &length) == 0;
    SetLastError(error);
    return named;
}

static int would_block(SOCKET s, int result)
{
    return is_stream(s) && has_name(s) ? failure_renamed(result, WSAENOTCONN, WSAEWOULDBLOCK)
                                       : result;
}

static int WINAPI send_blocks(SOCKET s, const char *bytes, int size, int flags)
{
    return would_block(s, real(send)(s, bytes, size, flags));
}
MUTANT(send_while_connecting_would_block, "send on a socket without a connection would block",
       PATCH(send, send_blocks));

static int WINAPI recv_blocks(SOCKET s, char *bytes, int size, int flags)
{
    return would_block(s, real(recv)(s, bytes, size, flags));
}
MUTANT(recv_while_connecting_would_block, "recv on a socket without a connection would block",
       PATCH(recv, recv_blocks));

static int WINAPI wsasend_blocks(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
                                 LPWSAOVERLAPPED overlapped,
                                 LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    return would_block(s, real(WSASend)(s, buffers, count, sent, flags, overlapped, routine));
}
MUTANT(wsasend_while_connecting_would_block, "WSASend on a socket without a connection would block",
       PATCH(WSASend, wsasend_blocks));

static int WINAPI wsarecv_blocks(WSARECV_PARAMETERS)
{
    return would_block(s, WSARECV);
}
MUTANT(wsarecv_while_connecting_would_block, "WSARecv on a socket without a connection would block",
       PATCH(WSARecv, wsarecv_blocks));

static int WINAPI shutdown_connecting(SOCKET s, int how)
{
    int result = real(shutdown)(s, how);
    return is_stream(s) && has_name(s) && !is_listening(s) ? failure_hidden(result, WSAENOTCONN, 0)
                                                           : result;
}
MUTANT(shutdown_while_connecting_succeeds, "shutdown of a socket without a connection succeeds",
       PATCH(shutdown, shutdown_connecting));
