/* The ANSI twins of WSAEnumProtocolsW, WSASocketW and WSADuplicateSocketW, done wrong. */
#include "winsock-mutants.h"

#define LIST_PARAMETERS LPINT kinds, LPWSAPROTOCOL_INFOA list, LPDWORD size
#define LIST real(WSAEnumProtocolsA)(kinds, list, size)

static int WINAPI leaves_out(LIST_PARAMETERS)
{
    int count = LIST;
    return count > 1 && !kinds ? count - 1 : count;
}
MUTANT(protocols_a_leave_out_the_last, "WSAEnumProtocolsA leaves out the last of all protocols",
       PATCH(WSAEnumProtocolsA, leaves_out));

static int WINAPI more_room(LIST_PARAMETERS)
{
    static DWORD told;
    if (list && told && *size == told)
        return socket_fails(WSAENOBUFS);
    int count = LIST;
    if (count == SOCKET_ERROR)
        told = *size;
    return count;
}
MUTANT(protocols_a_want_more_room, "WSAEnumProtocolsA fails with the room that it said it needs",
       PATCH(WSAEnumProtocolsA, more_room));

static int WINAPI room_fault(LIST_PARAMETERS)
{
    return list ? failure_renamed(LIST, WSAENOBUFS, WSAEFAULT) : LIST;
}
MUTANT(protocols_a_without_room_are_a_fault,
       "WSAEnumProtocolsA with too little room fails with WSAEFAULT",
       PATCH(WSAEnumProtocolsA, room_fault));

static int WINAPI list_unstarted(LIST_PARAMETERS)
{
    return failure_renamed(LIST, WSANOTINITIALISED, WSAENETDOWN);
}
MUTANT(protocols_a_before_startup_are_net_down,
       "WSAEnumProtocolsA without WSAStartup fails with WSAENETDOWN",
       PATCH(WSAEnumProtocolsA, list_unstarted));

static int WINAPI wide_unstarted(LPINT kinds, LPWSAPROTOCOL_INFOW list, LPDWORD size)
{
    return failure_renamed(real(WSAEnumProtocolsW)(kinds, list, size), WSANOTINITIALISED,
                           WSAENETDOWN);
}
MUTANT(protocols_before_startup_are_net_down,
       "WSAEnumProtocolsW without WSAStartup fails with WSAENETDOWN",
       PATCH(WSAEnumProtocolsW, wide_unstarted));

#define SOCKET_PARAMETERS \
    int family, int type, int protocol, LPWSAPROTOCOL_INFOA info, GROUP group, DWORD flags
#define SOCKET_A real(WSASocketA)(family, type, protocol, info, group, flags)

static const WSAPROTOCOL_INFOA *entries;

static int WINAPI notes_entries(LPINT wanted, LPWSAPROTOCOL_INFOA list, LPDWORD size)
{
    entries = list;
    return real(WSAEnumProtocolsA)(wanted, list, size);
}

static SOCKET WINAPI ignores_type(SOCKET_PARAMETERS)
{
    if (info && info == entries)
        return real(WSASocketA)(AF_INET, SOCK_STREAM, 0, NULL, 0, flags);
    return SOCKET_A;
}
MUTANT(wsasocket_a_ignores_the_type_of_its_entry,
       "WSASocketA makes a stream socket of the first entry of WSAEnumProtocolsA",
       PATCH(WSAEnumProtocolsA, notes_entries), PATCH(WSASocketA, ignores_type));

static SOCKET WINAPI socket_unstarted(SOCKET_PARAMETERS)
{
    SOCKET s = SOCKET_A;
    rename_error(s == INVALID_SOCKET, WSANOTINITIALISED, WSAENETDOWN);
    return s;
}
MUTANT(wsasocket_a_before_startup_is_net_down,
       "WSASocketA without WSAStartup fails with WSAENETDOWN", PATCH(WSASocketA, socket_unstarted));

#define DUPLICATE_PARAMETERS SOCKET s, DWORD process, LPWSAPROTOCOL_INFOA info
#define DUPLICATE real(WSADuplicateSocketA)(s, process, info)

static const WSAPROTOCOL_INFOA *duplicated;

static int WINAPI notes_duplicate(DUPLICATE_PARAMETERS)
{
    duplicated = info;
    return DUPLICATE;
}

static SOCKET WINAPI another_socket(SOCKET_PARAMETERS)
{
    if (!info || info != duplicated)
        return SOCKET_A;
    const struct sockaddr_in any = {.sin_family = AF_INET};
    SOCKET other = real(WSASocketA)(AF_INET, SOCK_DGRAM, 0, NULL, 0, flags);
    real(bind)(other, (const struct sockaddr *)&any, sizeof(any));
    return other;
}
MUTANT(duplicate_a_is_another_socket,
       "WSASocketA makes a new socket of what WSADuplicateSocketA told",
       PATCH(WSADuplicateSocketA, notes_duplicate), PATCH(WSASocketA, another_socket));

static int WINAPI no_socket(DUPLICATE_PARAMETERS)
{
    return failure_renamed(DUPLICATE, WSAENOTSOCK, WSAEINVAL);
}
MUTANT(duplicate_a_of_no_socket_is_invalid,
       "WSADuplicateSocketA of what is no socket fails with WSAEINVAL",
       PATCH(WSADuplicateSocketA, no_socket));

static int WINAPI null_info(DUPLICATE_PARAMETERS)
{
    return failure_renamed(DUPLICATE, WSAEFAULT, WSAEINVAL);
}
MUTANT(duplicate_a_of_null_is_invalid, "WSADuplicateSocketA without room fails with WSAEINVAL",
       PATCH(WSADuplicateSocketA, null_info));

static int WINAPI any_process(DUPLICATE_PARAMETERS)
{
    int result = DUPLICATE;
    return process != GetCurrentProcessId() ? failure_hidden(result, WSAEINVAL, 0) : result;
}
MUTANT(duplicate_a_takes_any_process, "WSADuplicateSocketA takes what is no process",
       PATCH(WSADuplicateSocketA, any_process));
