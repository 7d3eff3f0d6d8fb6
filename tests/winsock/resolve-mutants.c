/* Wrong behaviours, for the tests of resolve.c: getaddrinfo, getnameinfo and gethostname,
 * without a name server; WSAEnumProtocols. */
#include "lookup-mutants.h"

MUTANT(getaddrinfo_reads_no_port, "getaddrinfo does not store the port of an address of IPv4",
       PATCH(getaddrinfo, reads_no_port));

MUTANT(getaddrinfo_tells_a_longer_name,
       "getaddrinfo tells a length of its addresses that is too much by 1",
       PATCH(getaddrinfo, longer));

MUTANT(getaddrinfo_knows_no_ipv6, "getaddrinfo finds no IPv6 address", PATCH(getaddrinfo, no_ipv6));

MUTANT(getaddrinfo_to_bind_is_loopback, "getaddrinfo with AI_PASSIVE tells the loopback address",
       PATCH(getaddrinfo, bind_loopback));

MUTANT(getaddrinfo_to_connect_is_any, "getaddrinfo without AI_PASSIVE tells the wildcard address",
       PATCH(getaddrinfo, connect_any));

static int WINAPI localhost_elsewhere(INFO_PARAMETERS)
{
    int result = INFO;
    if (result == 0 && node && !strcmp(node, "localhost"))
        ((struct sockaddr_in *)(*found)->ai_addr)->sin_addr.s_addr = htonl(0x0A000001);
    return result;
}
MUTANT(localhost_is_elsewhere, "getaddrinfo tells another address of localhost",
       PATCH(getaddrinfo, localhost_elsewhere));

MUTANT(getaddrinfo_tells_another_family, "getaddrinfo tells a family that was not asked for",
       PATCH(getaddrinfo, other_family));

MUTANT(getaddrinfo_forgets_the_kind, "getaddrinfo does not tell type and protocol of its hints",
       PATCH(getaddrinfo, forgets_kind));

MUTANT(getaddrinfo_of_nothing_is_invalid, "getaddrinfo of no names returns WSAEINVAL",
       PATCH(getaddrinfo, nothing_invalid));

MUTANT(getaddrinfo_looks_up_always, "getaddrinfo looks a name up in spite of AI_NUMERICHOST",
       PATCH(getaddrinfo, looks_up));

MUTANT(getaddrinfo_of_a_family_is_invalid, "getaddrinfo of an unknown family returns WSAEINVAL",
       PATCH(getaddrinfo, family_invalid));

MUTANT(getaddrinfo_of_a_type_is_invalid, "getaddrinfo of an unknown type returns WSAEINVAL",
       PATCH(getaddrinfo, type_invalid));

static int WINAPI empty_name(INFO_PARAMETERS)
{
    int result = INFO;
    if (result == 0 && (*found)->ai_canonname)
        *(*found)->ai_canonname = 0;
    return result;
}
MUTANT(canonical_name_is_empty, "getaddrinfo tells an empty canonical name",
       PATCH(getaddrinfo, empty_name));

static int WINAPI nameless(LPSTR name, int size)
{
    int result = real(gethostname)(name, size);
    if (result == 0 && size <= 256)
        *name = 0;
    return result;
}

MUTANT(gethostname_is_empty, "gethostname tells an empty name in 256 bytes",
       PATCH(gethostname, nameless));

static int WINAPI needs_more(LPSTR name, int size)
{
    return size == 256 ? socket_fails(WSAEFAULT) : real(gethostname)(name, size);
}

MUTANT(gethostname_needs_more, "gethostname fails for 256 bytes", PATCH(gethostname, needs_more));

static int WINAPI cuts_name(LPSTR name, int size)
{
    int result = real(gethostname)(name, size);
    return name && size < 2 ? failure_hidden(result, WSAEFAULT, 0) : result;
}
MUTANT(gethostname_cuts_the_name, "gethostname succeeds with room for no letter",
       PATCH(gethostname, cuts_name));

#define PROTOCOLS_PARAMETERS LPINT kinds, LPWSAPROTOCOL_INFOW list, LPDWORD size
#define PROTOCOLS real(WSAEnumProtocolsW)(kinds, list, size)

static int WINAPI no_list_is_fault(PROTOCOLS_PARAMETERS)
{
    return failure_renamed(PROTOCOLS, WSAENOBUFS, WSAEFAULT);
}
MUTANT(protocols_without_room_are_a_fault, "WSAEnumProtocols without room fails with WSAEFAULT",
       PATCH(WSAEnumProtocolsW, no_list_is_fault));

static int WINAPI no_messages(PROTOCOLS_PARAMETERS)
{
    int count = PROTOCOLS;
    for (int i = 0; i < count; i++)
        list[i].dwServiceFlags1 &= ~(DWORD)XP1_MESSAGE_ORIENTED;
    return count;
}
MUTANT(protocol_of_datagrams_has_no_messages, "The entry of UDP is not message-oriented",
       PATCH(WSAEnumProtocolsW, no_messages));

static int WINAPI all_kinds(PROTOCOLS_PARAMETERS)
{
    if (kinds && kinds[0] == IPPROTO_UDP)
        kinds = NULL;
    return PROTOCOLS;
}
MUTANT(protocols_are_not_filtered, "WSAEnumProtocols tells protocols that were not asked for",
       PATCH(WSAEnumProtocolsW, all_kinds));

static int WINAPI none_is_failure(PROTOCOLS_PARAMETERS)
{
    int count = PROTOCOLS;
    return count == 0 ? socket_fails(WSAEPROTONOSUPPORT) : count;
}
MUTANT(no_protocol_is_a_failure, "WSAEnumProtocols fails when there is no such protocol",
       PATCH(WSAEnumProtocolsW, none_is_failure));

static int WINAPI no_files(PROTOCOLS_PARAMETERS)
{
    int count = PROTOCOLS;
    for (int i = 0; i < count; i++)
        list[i].dwServiceFlags1 &= ~(DWORD)XP1_IFS_HANDLES;
    return count;
}
MUTANT(protocol_of_streams_has_no_file_handles, "The entry of TCP has not XP1_IFS_HANDLES",
       PATCH(WSAEnumProtocolsW, no_files));

static bool enumerated;

static int WINAPI notes_enumeration(PROTOCOLS_PARAMETERS)
{
    enumerated = true;
    return PROTOCOLS;
}

static SOCKET WINAPI no_entry(int family, int type, int protocol, LPWSAPROTOCOL_INFOW info,
                              GROUP group, DWORD flags)
{
    if (info && enumerated) {
        SetLastError(WSAEINVAL);
        return INVALID_SOCKET;
    }
    return real(WSASocketW)(family, type, protocol, info, group, flags);
}
MUTANT(protocol_entry_makes_no_socket, "WSASocket fails for an entry of WSAEnumProtocols",
       PATCH(WSAEnumProtocolsW, notes_enumeration), PATCH(WSASocketW, no_entry));
