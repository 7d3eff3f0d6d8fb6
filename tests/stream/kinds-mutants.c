/* Wrong behaviours, for the tests of kinds.c: socket and WSASocket. */
#include "stream-mutants.h"

static SOCKET WINAPI protocol_prototype(int family, int type, int protocol)
{
    SOCKET s = real(socket)(family, type, protocol);
    return family == AF_INET && (type == SOCK_STREAM || type == SOCK_DGRAM)
               ? socket_renamed(s, WSAEPROTONOSUPPORT, WSAEPROTOTYPE)
               : s;
}
MUTANT(socket_protocol_is_of_the_wrong_type, "socket says WSAEPROTOTYPE of an unknown protocol",
       PATCH(socket, protocol_prototype));

#define WSASOCKETA_PARAMETERS WSASOCKET_PARAMETERS(LPWSAPROTOCOL_INFOA)
#define WSASOCKETA real(WSASocketA)(family, type, protocol, info, group, flags)

#define RENAMED(name, error, instead)                       \
    static SOCKET WINAPI name##_wide(WSASOCKETW_PARAMETERS) \
    {                                                       \
        return socket_renamed(WSASOCKETW, error, instead);  \
    }                                                       \
    static SOCKET WINAPI name##_ansi(WSASOCKETA_PARAMETERS) \
    {                                                       \
        return socket_renamed(WSASOCKETA, error, instead);  \
    }

RENAMED(family_invalid, WSAEAFNOSUPPORT, WSAEINVAL)
MUTANT(wsasocket_family_is_invalid, "WSASocket says WSAEINVAL of an unknown family",
       PATCH(WSASocketW, family_invalid_wide), PATCH(WSASocketA, family_invalid_ansi));

RENAMED(type_prototype, WSAESOCKTNOSUPPORT, WSAEPROTOTYPE)
MUTANT(wsasocket_type_is_of_no_protocol, "WSASocket says WSAEPROTOTYPE of an unknown type",
       PATCH(WSASocketW, type_prototype_wide), PATCH(WSASocketA, type_prototype_ansi));

RENAMED(protocol_type, WSAEPROTONOSUPPORT, WSAEPROTOTYPE)
MUTANT(wsasocket_protocol_is_of_the_wrong_type,
       "WSASocket says WSAEPROTOTYPE of an unknown protocol", PATCH(WSASocketW, protocol_type_wide),
       PATCH(WSASocketA, protocol_type_ansi));

static SOCKET WINAPI no_group(WSASOCKETW_PARAMETERS)
{
    group = 0;
    return WSASOCKETW;
}
MUTANT(wsasocket_ignores_the_group, "WSASocket does not look at the group",
       PATCH(WSASocketW, no_group));

static SOCKET WINAPI unreadable(WSASOCKETW_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION memory;
    if (info && VirtualQuery(info, &memory, sizeof(memory)) && memory.State != MEM_COMMIT) {
        SetLastError(WSAEINVAL);
        return INVALID_SOCKET;
    }
    return WSASOCKETW;
}
MUTANT(wsasocket_unreadable_is_invalid, "WSASocket says WSAEINVAL of a description not in memory",
       PATCH(WSASocketW, unreadable));

static const void *described;

static int WINAPI notes_description(SOCKET s, int level, int option, char *value, int *length)
{
    if (level == SOL_SOCKET && option == SO_PROTOCOL_INFOA)
        described = value;
    return real(getsockopt)(s, level, option, value, length);
}

static SOCKET WINAPI ansi_streams(WSASOCKETA_PARAMETERS)
{
    if (info && info == described && type == FROM_PROTOCOL_INFO) {
        family = AF_INET;
        type = SOCK_STREAM;
        protocol = 0;
        info = NULL;
    }
    return WSASOCKETA;
}
MUTANT(wsasocket_ansi_makes_streams, "WSASocketA takes no type from the description of a socket",
       PATCH(getsockopt, notes_description), PATCH(WSASocketA, ansi_streams));

static SOCKET WINAPI ansi_inheritable(WSASOCKETA_PARAMETERS)
{
    flags &= ~(DWORD)WSA_FLAG_NO_HANDLE_INHERIT;
    return WSASOCKETA;
}
MUTANT(wsasocket_ansi_handles_are_inheritable, "WSASocketA ignores WSA_FLAG_NO_HANDLE_INHERIT",
       PATCH(WSASocketA, ansi_inheritable));

static SOCKET WINAPI ansi_uninheritable(WSASOCKETA_PARAMETERS)
{
    flags |= WSA_FLAG_NO_HANDLE_INHERIT;
    return WSASOCKETA;
}
MUTANT(wsasocket_ansi_handles_are_not_inheritable, "WSASocketA makes no inheritable handles",
       PATCH(WSASocketA, ansi_uninheritable));

static SOCKET WINAPI always_overlapped(WSASOCKETW_PARAMETERS)
{
    flags |= WSA_FLAG_OVERLAPPED;
    return WSASOCKETW;
}
MUTANT(wsasocket_is_always_overlapped, "WSASocket makes overlapped sockets without being asked",
       PATCH(WSASocketW, always_overlapped));
