/* Wrong behaviours, for the tests of socket.c: what socket and WSASocket make and refuse, and
 * what a socket can do that nobody has connected. */
#include "stream-mutants.h"

static bool is_socket(HANDLE handle, const WCHAR *unused)
{
    int type, size = sizeof(type);
    (void)unused;
    return real(getsockopt)((SOCKET)handle, SOL_SOCKET, SO_TYPE, (char *)&type, &size) == 0;
}

KEEPS(keeps_sockets, is_socket, NULL)

MUTANT(create_process_keeps_sockets, "CreateProcess does not pass sockets on",
       PATCH(CreateProcessW, keeps_sockets));

static BOOL WINAPI passes_sockets(CREATE_PROCESS_PARAMETERS)
{
    for (UINT_PTR value = 4; inherit && value < 0x1000; value += 4)
        if (is_socket((HANDLE)value, NULL))
            real(SetHandleInformation)((HANDLE)value, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    return CREATE_PROCESS(inherit, flags, startup);
}
MUTANT(create_process_passes_plain_sockets,
       "CreateProcess passes sockets on that are not inheritable",
       PATCH(CreateProcessW, passes_sockets));

static int WINAPI protocol_stays_0(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_PROTOCOL_INFOW &&
        ((WSAPROTOCOL_INFOW *)value)->iProtocol == IPPROTO_TCP)
        ((WSAPROTOCOL_INFOW *)value)->iProtocol = 0;
    return result;
}
MUTANT(protocol_info_names_no_tcp, "SO_PROTOCOL_INFO tells no protocol of a TCP socket",
       PATCH(getsockopt, protocol_stays_0));

static SOCKET WINAPI unknown_family(int family, int type, int protocol)
{
    return socket_renamed(real(socket)(family, type, protocol), WSAEAFNOSUPPORT, WSAEINVAL);
}
MUTANT(socket_unknown_family_is_invalid, "socket fails with WSAEINVAL for an unknown family",
       PATCH(socket, unknown_family));

static SOCKET WINAPI unknown_type(int family, int type, int protocol)
{
    return socket_renamed(real(socket)(family, type, protocol), WSAESOCKTNOSUPPORT, WSAEPROTOTYPE);
}
MUTANT(socket_unknown_type_is_a_wrong_protocol,
       "socket fails with WSAEPROTOTYPE for an unknown type", PATCH(socket, unknown_type));

static SOCKET WINAPI unspecified_is_tcp(int family, int type, int protocol)
{
    if (!family && !type && !protocol)
        family = AF_INET, type = SOCK_STREAM;
    return real(socket)(family, type, protocol);
}
MUTANT(socket_unspecified_is_tcp, "socket makes a TCP socket when nothing is given",
       PATCH(socket, unspecified_is_tcp));

static int WINAPI late_is_would_block(SOCKET s, char *bytes, int size, int flags)
{
    return failure_renamed(real(recv)(s, bytes, size, flags), WSAETIMEDOUT, WSAEWOULDBLOCK);
}
MUTANT(recv_time_out_says_would_block, "recv that runs out of time fails with WSAEWOULDBLOCK",
       PATCH(recv, late_is_would_block));

static int WINAPI unconnected_is_ended(SOCKET s, char *bytes, int size, int flags)
{
    return failure_hidden(real(recv)(s, bytes, size, flags), WSAENOTCONN, 0);
}
MUTANT(recv_unconnected_is_ended, "recv on a socket that is not connected returns 0",
       PATCH(recv, unconnected_is_ended));

static int WINAPI send_binds(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real(send)(s, bytes, size, flags);
    DWORD error = GetLastError();
    struct sockaddr_in name = {.sin_family = AF_INET};
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (sent == SOCKET_ERROR && is_stream(s))
        real(bind)(s, (struct sockaddr *)&name, sizeof(name));
    SetLastError(error);
    return sent;
}
MUTANT(send_binds_a_stream, "send on a fresh stream socket gives it a name",
       PATCH(send, send_binds));

static int WINAPI loses_sent(SOCKET s, const char *bytes, int size, int flags)
{
    struct sockaddr_storage name;
    int length = sizeof(name);
    int sent = real(send)(s, bytes, size, flags);
    DWORD error = GetLastError();
    if (sent == SOCKET_ERROR && is_stream(s) &&
        real(getsockname)(s, (struct sockaddr *)&name, &length) == SOCKET_ERROR)
        sent = size;
    SetLastError(error);
    return sent;
}
MUTANT(send_of_unbound_stream_is_lost,
       "send on an unbound stream socket succeeds and sends nothing", PATCH(send, loses_sent));

static SOCKET WINAPI ignores_info(WSASOCKETW_PARAMETERS)
{
    if (family == FROM_PROTOCOL_INFO && info && !info->dwServiceFlags4)
        family = AF_INET, type = SOCK_STREAM, protocol = IPPROTO_TCP, info = NULL;
    return WSASOCKETW;
}
MUTANT(wsasocket_ignores_protocol_info, "WSASocket makes a TCP socket whatever the info says",
       PATCH(WSASocketW, ignores_info));

static SOCKET WINAPI prefers_info(WSASOCKETW_PARAMETERS)
{
    if (info)
        family = type = protocol = FROM_PROTOCOL_INFO;
    return WSASOCKETW;
}
MUTANT(wsasocket_prefers_protocol_info,
       "WSASocket makes what the info says, whatever else is given",
       PATCH(WSASocketW, prefers_info));

static SOCKET WINAPI plain_socket(int family, int type, int protocol)
{
    SOCKET s = real(socket)(family, type, protocol);
    if (s != INVALID_SOCKET)
        real(SetHandleInformation)((HANDLE)s, HANDLE_FLAG_INHERIT, 0);
    return s;
}

static SOCKET WINAPI plain_wsasocket(WSASOCKETW_PARAMETERS)
{
    flags |= WSA_FLAG_NO_HANDLE_INHERIT;
    return WSASOCKETW;
}
MUTANT(sockets_are_not_inheritable, "socket and WSASocket make handles that are not inheritable",
       PATCH(socket, plain_socket), PATCH(WSASocketW, plain_wsasocket));

static SOCKET WINAPI always_inheritable(WSASOCKETW_PARAMETERS)
{
    flags &= ~(DWORD)WSA_FLAG_NO_HANDLE_INHERIT;
    return WSASOCKETW;
}
MUTANT(wsasocket_ignores_no_inherit, "WSASocket ignores WSA_FLAG_NO_HANDLE_INHERIT",
       PATCH(WSASocketW, always_inheritable));
