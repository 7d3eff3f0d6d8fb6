/* Wrong behaviours, for the tests of text.c: addresses as text. */
#include "text-mutants.h"

static unsigned dots(const char *text)
{
    unsigned count = 0;
    for (; *text; text++)
        count += *text == '.';
    return count;
}

static DWORD WINAPI four_parts(LPCSTR text)
{
    bool small = text && *text == '1' && text[1] != '0' && text[1] != '2';
    return small && dots(text) < 3 ? INADDR_NONE : real(inet_addr)(text);
}
MUTANT(inet_addr_wants_four_parts,
       "inet_addr takes addresses of four parts only where the first is 1",
       PATCH(inet_addr, four_parts));

static DWORD WINAPI decimal(LPCSTR text)
{
    return text && *text == '0' ? INADDR_NONE : real(inet_addr)(text);
}

MUTANT(inet_addr_is_decimal, "inet_addr takes decimal parts only", PATCH(inet_addr, decimal));

static DWORD WINAPI wrong_is_any(LPCSTR text)
{
    DWORD address = real(inet_addr)(text);
    bool wrong = address == INADDR_NONE && text && dots(text) >= 3 && !strpbrk(text, " :[x-");
    return wrong && strncmp(text, "255", 3) ? INADDR_ANY : address;
}
MUTANT(inet_addr_of_nonsense_is_0, "inet_addr returns 0 for four parts or more that are no address",
       PATCH(inet_addr, wrong_is_any));

static DWORD WINAPI empty_is_any(LPCSTR text)
{
    return !text || *text ? real(inet_addr)(text) : INADDR_ANY;
}
MUTANT(inet_addr_of_nothing_is_0, "inet_addr returns 0 for an empty text",
       PATCH(inet_addr, empty_is_any));

static DWORD WINAPI blank_is_wrong(LPCSTR text)
{
    return text && *text == ' ' ? INADDR_NONE : real(inet_addr)(text);
}
MUTANT(inet_addr_of_a_blank_is_none, "inet_addr returns INADDR_NONE for a blank",
       PATCH(inet_addr, blank_is_wrong));

static DWORD WINAPI no_broadcast(LPCSTR text)
{
    return !text || strncmp(text, "255", 3) ? real(inet_addr)(text) : 0xFEFFFFFF;
}
MUTANT(inet_addr_of_all_bits_differs, "inet_addr of 255.255.255.255 is not INADDR_NONE",
       PATCH(inet_addr, no_broadcast));

static DWORD WINAPI host_order(LPCSTR text)
{
    DWORD address = real(inet_addr)(text);
    return text && *text && text[1] == 'x' ? ntohl(address) : address;
}
MUTANT(inet_addr_in_host_order, "inet_addr returns the order of the machine",
       PATCH(inet_addr, host_order));

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
    return real(WSAStartup)(version, data);
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

static LPCSTR WINAPI leading_zeros(NTOP_PARAMETERS)
{
    LPCSTR result = NTOP;
    const BYTE *part = address;
    if (result && family == AF_INET && part[0] == 127 && size >= INET_ADDRSTRLEN)
        sprintf(text, "%03u.%03u.%03u.%03u", part[0], part[1], part[2], part[3]);
    return result;
}
MUTANT(inet_ntop_writes_leading_zeros, "inet_ntop writes leading zeros of loopback addresses",
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
    rename_error(!result, WSAEAFNOSUPPORT, WSAEINVAL);
    return result;
}
MUTANT(inet_ntop_of_a_family_is_invalid, "inet_ntop fails with WSAEINVAL for another family",
       PATCH(inet_ntop, text_of_family));

static int WINAPI counts_letters(TO_STRING_PARAMETERS)
{
    int result = TO_STRING;
    if (result == 0 && name->sa_family == AF_INET && !((struct sockaddr_in *)name)->sin_port)
        *length -= 1;
    return result;
}
MUTANT(address_string_is_counted_without_end,
       "WSAAddressToString does not count the terminator of an address of IPv4 without a port",
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
    if (result == SOCKET_ERROR && room)
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
    int result = TO_ADDRESS;
    return family == AF_INET6 ? failure_renamed(result, WSAEINVAL, WSAEFAULT) : result;
}
MUTANT(string_of_no_address_is_a_fault,
       "WSAStringToAddress fails with WSAEFAULT for nonsense as an address of IPv6",
       PATCH(WSAStringToAddressW, wrong_is_fault));

static int WINAPI short_is_invalid(TO_ADDRESS_PARAMETERS)
{
    return failure_renamed(TO_ADDRESS, WSAEFAULT, WSAEINVAL);
}
MUTANT(string_address_without_room_is_invalid,
       "WSAStringToAddress fails with WSAEINVAL for too little room",
       PATCH(WSAStringToAddressW, short_is_invalid));
