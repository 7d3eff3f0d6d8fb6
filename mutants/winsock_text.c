/* Wrong behaviours of addresses as text, of names, and of the list of protocols. */
#include "winsock_socket.h"

/* ---- inet_addr, inet_pton, inet_ntop */

static unsigned dots(const char *text)
{
    unsigned count = 0;
    for (; *text; text++)
        count += *text == '.';
    return count;
}

static DWORD WINAPI four_parts(LPCSTR text)
{
    return *text >= '1' && dots(text) < 3 ? INADDR_NONE : real.inet_addr(text);
}
MUTANT(inet_addr_wants_four_parts, "inet_addr takes addresses of four parts only",
       PATCH(inet_addr, four_parts));

static DWORD WINAPI decimal(LPCSTR text)
{
    return *text == '0' ? INADDR_NONE : real.inet_addr(text);
}
MUTANT(inet_addr_is_decimal, "inet_addr takes decimal parts only", PATCH(inet_addr, decimal));

static DWORD WINAPI wrong_is_any(LPCSTR text)
{
    DWORD address = real.inet_addr(text);
    return address == INADDR_NONE && *text && strncmp(text, "255", 3) ? INADDR_ANY : address;
}
MUTANT(inet_addr_of_nonsense_is_0, "inet_addr returns 0 for what is no address",
       PATCH(inet_addr, wrong_is_any));

static DWORD WINAPI empty_is_any(LPCSTR text)
{
    return *text ? real.inet_addr(text) : INADDR_ANY;
}
MUTANT(inet_addr_of_nothing_is_0, "inet_addr returns 0 for an empty text",
       PATCH(inet_addr, empty_is_any));

static DWORD WINAPI blank_is_wrong(LPCSTR text)
{
    return *text == ' ' ? INADDR_NONE : real.inet_addr(text);
}
MUTANT(inet_addr_of_a_blank_is_none, "inet_addr returns INADDR_NONE for a blank",
       PATCH(inet_addr, blank_is_wrong));

static DWORD WINAPI no_broadcast(LPCSTR text)
{
    return strncmp(text, "255", 3) ? real.inet_addr(text) : 0xFEFFFFFF;
}
MUTANT(inet_addr_of_all_bits_differs, "inet_addr of 255.255.255.255 is not INADDR_NONE",
       PATCH(inet_addr, no_broadcast));

static DWORD WINAPI host_order(LPCSTR text)
{
    DWORD address = real.inet_addr(text);
    return text[1] == 'x' ? ntohl(address) : address;
}
MUTANT(inet_addr_in_host_order, "inet_addr returns the order of the machine",
       PATCH(inet_addr, host_order));

#define PTON_PARAMETERS int family, LPCSTR text, PVOID address
#define PTON real.inet_pton(family, text, address)

static int WINAPI takes_short(PTON_PARAMETERS)
{
    int result = PTON;
    return result == 0 && family == AF_INET && dots(text) == 2 ? 1 : result;
}
MUTANT(inet_pton_takes_three_parts, "inet_pton takes an IPv4 address of three parts",
       PATCH(inet_pton, takes_short));

static int WINAPI wrong_is_failure(PTON_PARAMETERS)
{
    int result = PTON;
    return result == 0 && family == AF_INET && strchr(text, 'x') && *text != '0'
               ? socket_fails(WSAEINVAL)
               : result;
}
MUTANT(inet_pton_of_nonsense_fails, "inet_pton returns -1 for what is no address",
       PATCH(inet_pton, wrong_is_failure));

static int WINAPI no_mixed(PTON_PARAMETERS)
{
    return family == AF_INET6 && text && strchr(text, '.') ? 0 : PTON;
}
MUTANT(inet_pton_knows_no_ipv4_in_ipv6, "inet_pton takes no IPv6 address with an IPv4 part",
       PATCH(inet_pton, no_mixed));

static bool started;

static int WINAPI notes_start(WORD version, LPWSADATA data)
{
    started = true;
    return real.WSAStartup(version, data);
}

static int WINAPI needs_start(PTON_PARAMETERS)
{
    return !started && text && !strncmp(text, "fe80", 4) ? socket_fails(WSANOTINITIALISED) : PTON;
}
MUTANT(inet_pton_needs_a_start, "inet_pton fails before WSAStartup", PATCH(WSAStartup, notes_start),
       PATCH(inet_pton, needs_start));

static int WINAPI family_is_invalid(PTON_PARAMETERS)
{
    return failure_renamed(PTON, WSAEAFNOSUPPORT, WSAEINVAL);
}
MUTANT(inet_pton_of_a_family_is_invalid, "inet_pton fails with WSAEINVAL for another family",
       PATCH(inet_pton, family_is_invalid));

static int WINAPI null_is_invalid(PTON_PARAMETERS)
{
    return failure_renamed(PTON, WSAEFAULT, WSAEINVAL);
}
MUTANT(inet_pton_of_null_is_invalid, "inet_pton fails with WSAEINVAL for NULL",
       PATCH(inet_pton, null_is_invalid));

#define NTOP_PARAMETERS int family, LPCVOID address, LPSTR text, SIZE_T size
#define NTOP real.inet_ntop(family, address, text, size)

static LPCSTR WINAPI leading_zeros(NTOP_PARAMETERS)
{
    LPCSTR result = NTOP;
    if (result && family == AF_INET && !strncmp(text, "127", 3))
        strcpy(text, "127.000.000.001");
    return result;
}
MUTANT(inet_ntop_writes_leading_zeros, "inet_ntop writes leading zeros",
       PATCH(inet_ntop, leading_zeros));

static LPCSTR WINAPI capitals(NTOP_PARAMETERS)
{
    LPCSTR result = NTOP;
    for (char *c = text; result && family == AF_INET6 && *c; c++)
        *c = *c >= 'a' && *c <= 'f' ? (char)(*c - 'a' + 'A') : *c;
    return result;
}
MUTANT(inet_ntop_writes_capitals, "inet_ntop writes IPv6 addresses in capitals",
       PATCH(inet_ntop, capitals));

static LPCSTR WINAPI text_of_family(NTOP_PARAMETERS)
{
    LPCSTR result = NTOP;
    if (!result && GetLastError() == WSAEAFNOSUPPORT)
        SetLastError(WSAEINVAL);
    return result;
}
MUTANT(inet_ntop_of_a_family_is_invalid, "inet_ntop fails with WSAEINVAL for another family",
       PATCH(inet_ntop, text_of_family));

/* ---- WSAAddressToString and WSAStringToAddress */

#define TO_STRING_PARAMETERS \
    LPSOCKADDR name, DWORD size, LPWSAPROTOCOL_INFOW info, LPWSTR text, LPDWORD length
#define TO_STRING real.WSAAddressToStringW(name, size, info, text, length)
#define TO_ADDRESS_PARAMETERS \
    LPWSTR text, int family, LPWSAPROTOCOL_INFOW info, LPSOCKADDR name, LPINT size
#define TO_ADDRESS real.WSAStringToAddressW(text, family, info, name, size)

static int WINAPI counts_letters(TO_STRING_PARAMETERS)
{
    int result = TO_STRING;
    if (result == 0 && *length == 10)
        *length -= 1;
    return result;
}
MUTANT(address_string_is_counted_without_end, "WSAAddressToString does not count the terminator",
       PATCH(WSAAddressToStringW, counts_letters));

static int WINAPI no_port(TO_STRING_PARAMETERS)
{
    int result = TO_STRING;
    WCHAR *colon = result == 0 && name->sa_family == AF_INET ? wcschr(text, L':') : NULL;
    if (colon)
        *colon = 0;
    return result;
}
MUTANT(address_string_has_no_port, "WSAAddressToString writes no port",
       PATCH(WSAAddressToStringW, no_port));

static int WINAPI tells_no_room(TO_STRING_PARAMETERS)
{
    DWORD room = *length;
    int result = TO_STRING;
    if (result == SOCKET_ERROR)
        *length = room;
    return result;
}
MUTANT(address_string_tells_no_size, "WSAAddressToString does not tell the room it needs",
       PATCH(WSAAddressToStringW, tells_no_room));

static int WINAPI loses_port(TO_ADDRESS_PARAMETERS)
{
    int result = TO_ADDRESS;
    if (result == 0 && family == AF_INET)
        ((struct sockaddr_in *)name)->sin_port = 0;
    return result;
}
MUTANT(string_address_has_no_port, "WSAStringToAddress reads no port",
       PATCH(WSAStringToAddressW, loses_port));

static int WINAPI no_brackets(TO_ADDRESS_PARAMETERS)
{
    return *text == L'[' ? socket_fails(WSAEINVAL) : TO_ADDRESS;
}
MUTANT(string_address_has_no_brackets, "WSAStringToAddress takes no [address]:port",
       PATCH(WSAStringToAddressW, no_brackets));

static int WINAPI wrong_is_fault(TO_ADDRESS_PARAMETERS)
{
    return failure_renamed(TO_ADDRESS, WSAEINVAL, WSAEFAULT);
}
MUTANT(string_of_no_address_is_a_fault, "WSAStringToAddress fails with WSAEFAULT for nonsense",
       PATCH(WSAStringToAddressW, wrong_is_fault));

static int WINAPI short_is_invalid(TO_ADDRESS_PARAMETERS)
{
    return failure_renamed(TO_ADDRESS, WSAEFAULT, WSAEINVAL);
}
MUTANT(string_address_without_room_is_invalid,
       "WSAStringToAddress fails with WSAEINVAL for too little room",
       PATCH(WSAStringToAddressW, short_is_invalid));

static int WINAPI not_swapped(SOCKET s, WORD value, LPWORD swapped)
{
    int result = real.WSAHtons(s, value, swapped);
    if (result == 0)
        *swapped = value;
    return result;
}
MUTANT(wsahtons_does_not_swap, "WSAHtons does not change the order", PATCH(WSAHtons, not_swapped));

static int WINAPI no_room_is_invalid(SOCKET s, WORD value, LPWORD swapped)
{
    return failure_renamed(real.WSAHtons(s, value, swapped), WSAEFAULT, WSAEINVAL);
}
MUTANT(wsahtons_of_null_is_invalid, "WSAHtons fails with WSAEINVAL for NULL",
       PATCH(WSAHtons, no_room_is_invalid));

/* ---- getaddrinfo */

#define RESOLVE_PARAMETERS LPCSTR node, LPCSTR service, const ADDRINFOA *hints, PADDRINFOA *found
#define RESOLVE real.getaddrinfo(node, service, hints, found)

static int WINAPI no_service(RESOLVE_PARAMETERS)
{
    if (node && !strcmp(node, "127.0.0.1") && hints && !hints->ai_socktype)
        service = NULL;
    return RESOLVE;
}
MUTANT(getaddrinfo_reads_no_port, "getaddrinfo stores no port", PATCH(getaddrinfo, no_service));

static int WINAPI long_name(RESOLVE_PARAMETERS)
{
    int result = RESOLVE;
    if (result == 0 && node && !strcmp(node, "127.0.0.1"))
        (*found)->ai_addrlen = sizeof(struct sockaddr_storage);
    return result;
}
MUTANT(getaddrinfo_tells_a_longer_name, "getaddrinfo tells the length of the longest name",
       PATCH(getaddrinfo, long_name));

static int WINAPI no_ipv6(RESOLVE_PARAMETERS)
{
    return node && strchr(node, ':') ? WSAHOST_NOT_FOUND : RESOLVE;
}
MUTANT(getaddrinfo_knows_no_ipv6, "getaddrinfo finds no IPv6 address", PATCH(getaddrinfo, no_ipv6));

static int WINAPI passive_is_loopback(RESOLVE_PARAMETERS)
{
    int result = RESOLVE;
    if (result == 0 && !node && hints->ai_flags & AI_PASSIVE)
        ((struct sockaddr_in *)(*found)->ai_addr)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return result;
}
MUTANT(getaddrinfo_to_bind_is_loopback, "getaddrinfo with AI_PASSIVE tells the loopback address",
       PATCH(getaddrinfo, passive_is_loopback));

static int WINAPI active_is_any(RESOLVE_PARAMETERS)
{
    int result = RESOLVE;
    if (result == 0 && !node && !(hints->ai_flags & AI_PASSIVE))
        ((struct sockaddr_in *)(*found)->ai_addr)->sin_addr.s_addr = htonl(INADDR_ANY);
    return result;
}
MUTANT(getaddrinfo_to_connect_is_any, "getaddrinfo without AI_PASSIVE tells the wildcard address",
       PATCH(getaddrinfo, active_is_any));

static int WINAPI localhost_elsewhere(RESOLVE_PARAMETERS)
{
    int result = RESOLVE;
    if (result == 0 && node && !strcmp(node, "localhost"))
        ((struct sockaddr_in *)(*found)->ai_addr)->sin_addr.s_addr = htonl(0x0A000001);
    return result;
}
MUTANT(localhost_is_elsewhere, "getaddrinfo tells another address of localhost",
       PATCH(getaddrinfo, localhost_elsewhere));

static int WINAPI other_family(RESOLVE_PARAMETERS)
{
    int result = RESOLVE;
    if (result == 0 && hints && hints->ai_family == AF_INET && node)
        (*found)->ai_family = AF_INET6;
    return result;
}
MUTANT(getaddrinfo_tells_another_family, "getaddrinfo tells a family that was not asked for",
       PATCH(getaddrinfo, other_family));

static int WINAPI forgets_kind(RESOLVE_PARAMETERS)
{
    int result = RESOLVE;
    if (result == 0 && hints && hints->ai_socktype)
        (*found)->ai_socktype = (*found)->ai_protocol = 0;
    return result;
}
MUTANT(getaddrinfo_forgets_the_kind, "getaddrinfo does not tell the socket type asked for",
       PATCH(getaddrinfo, forgets_kind));

static int WINAPI nothing_is_invalid(RESOLVE_PARAMETERS)
{
    return node || service ? RESOLVE : WSAEINVAL;
}
MUTANT(getaddrinfo_of_nothing_is_invalid, "getaddrinfo of no names returns WSAEINVAL",
       PATCH(getaddrinfo, nothing_is_invalid));

static int WINAPI looks_up(RESOLVE_PARAMETERS)
{
    ADDRINFOA loose = hints ? *hints : (ADDRINFOA){0};
    loose.ai_flags &= ~AI_NUMERICHOST;
    hints = &loose;
    return RESOLVE;
}
MUTANT(getaddrinfo_looks_up_always, "getaddrinfo looks a name up in spite of AI_NUMERICHOST",
       PATCH(getaddrinfo, looks_up));

static int WINAPI family_is_not_found(RESOLVE_PARAMETERS)
{
    int result = RESOLVE;
    return result == WSAEAFNOSUPPORT ? WSAEINVAL : result;
}
MUTANT(getaddrinfo_of_a_family_is_invalid, "getaddrinfo of an unknown family returns WSAEINVAL",
       PATCH(getaddrinfo, family_is_not_found));

static int WINAPI type_is_invalid(RESOLVE_PARAMETERS)
{
    int result = RESOLVE;
    return result == WSAESOCKTNOSUPPORT ? WSAEINVAL : result;
}
MUTANT(getaddrinfo_of_a_type_is_invalid, "getaddrinfo of an unknown type returns WSAEINVAL",
       PATCH(getaddrinfo, type_is_invalid));

static int WINAPI empty_name(RESOLVE_PARAMETERS)
{
    int result = RESOLVE;
    if (result == 0 && (*found)->ai_canonname)
        *(*found)->ai_canonname = 0;
    return result;
}
MUTANT(canonical_name_is_empty, "getaddrinfo tells an empty canonical name",
       PATCH(getaddrinfo, empty_name));

/* ---- getnameinfo and gethostname */

#define NAME_PARAMETERS                                                                  \
    const struct sockaddr *name, int length, LPSTR node, DWORD node_size, LPSTR service, \
        DWORD service_size, int flags
#define NAME real.getnameinfo(name, length, node, node_size, service, service_size, flags)

static int WINAPI service_by_name(NAME_PARAMETERS)
{
    int result = NAME;
    if (result == 0 && service)
        strcpy(service, "http");
    return result;
}
MUTANT(getnameinfo_names_the_service, "getnameinfo writes a name for NI_NUMERICSERV",
       PATCH(getnameinfo, service_by_name));

static int WINAPI family_fault(NAME_PARAMETERS)
{
    int result = NAME;
    return result == WSAEAFNOSUPPORT ? WSAEFAULT : result;
}
MUTANT(getnameinfo_of_a_family_is_a_fault, "getnameinfo of an unknown family returns WSAEFAULT",
       PATCH(getnameinfo, family_fault));

static int WINAPI nameless(LPSTR name, int size)
{
    int result = real.gethostname(name, size);
    if (result == 0)
        *name = 0;
    return result;
}
MUTANT(gethostname_is_empty, "gethostname tells an empty name", PATCH(gethostname, nameless));

static int WINAPI needs_more(LPSTR name, int size)
{
    return size == 256 ? socket_fails(WSAEFAULT) : real.gethostname(name, size);
}
MUTANT(gethostname_needs_more, "gethostname fails for 256 bytes", PATCH(gethostname, needs_more));

static int WINAPI cuts_name(LPSTR name, int size)
{
    return failure_hidden(real.gethostname(name, size), WSAEFAULT, 0);
}
MUTANT(gethostname_cuts_the_name, "gethostname succeeds with too little room",
       PATCH(gethostname, cuts_name));

/* ---- WSAEnumProtocols */

#define PROTOCOLS_PARAMETERS LPINT kinds, LPWSAPROTOCOL_INFOW list, LPDWORD size
#define PROTOCOLS real.WSAEnumProtocolsW(kinds, list, size)

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
    return real.WSASocketW(family, type, protocol, info, group, flags);
}
MUTANT(protocol_entry_makes_no_socket, "WSASocket fails for an entry of WSAEnumProtocols",
       PATCH(WSAEnumProtocolsW, notes_enumeration), PATCH(WSASocketW, no_entry));
