/* Wrong behaviours, for the tests of address_forms.c: WSAStringToAddress, WSAAddressToString. */
#include "text-mutants.h"

static u_short *port_of(LPSOCKADDR name)
{
    return &((struct sockaddr_in *)name)->sin_port; /* the place is that of sin6_port */
}

static int WINAPI invents_port(TO_ADDRESS_PARAMETERS)
{
    int result = TO_ADDRESS;
    if (result == 0 && !*port_of(name))
        *port_of(name) = 0x5c5c;
    return result;
}
MUTANT(string_address_invents_a_port, "WSAStringToAddress leaves the port when none is given",
       PATCH(WSAStringToAddressW, invents_port));

static int WINAPI small_ports(TO_ADDRESS_PARAMETERS)
{
    int result = TO_ADDRESS;
    return result == 0 && family == AF_INET && ntohs(*port_of(name)) > 32767
               ? socket_fails(WSAEINVAL)
               : result;
}
MUTANT(string_address_takes_no_high_port, "WSAStringToAddress takes no port above 32767",
       PATCH(WSAStringToAddressW, small_ports));

static int WINAPI no_broadcast(TO_ADDRESS_PARAMETERS)
{
    return family == AF_INET && !wcsncmp(text, L"255.255.255.255", 15) ? socket_fails(WSAEINVAL)
                                                                       : TO_ADDRESS;
}
MUTANT(string_address_takes_no_broadcast, "WSAStringToAddress takes 255.255.255.255 for an error",
       PATCH(WSAStringToAddressW, no_broadcast));

static int WINAPI wants_port(TO_ADDRESS_PARAMETERS)
{
    return *text == L'[' && text[wcslen(text) - 1] == L']' ? socket_fails(WSAEINVAL) : TO_ADDRESS;
}
MUTANT(string_address_in_brackets_wants_a_port, "WSAStringToAddress takes no [address] alone",
       PATCH(WSAStringToAddressW, wants_port));

static int WINAPI no_leading_zeros(TO_ADDRESS_PARAMETERS)
{
    return family == AF_INET6 && wcsstr(text, L"00") ? socket_fails(WSAEINVAL) : TO_ADDRESS;
}
MUTANT(string_address_takes_no_leading_zeros, "WSAStringToAddress takes no 0 before a group",
       PATCH(WSAStringToAddressW, no_leading_zeros));

static int WINAPI family_is_unsupported(TO_ADDRESS_PARAMETERS)
{
    int result = TO_ADDRESS;
    return family != AF_INET && family != AF_INET6
               ? failure_renamed(result, WSAEINVAL, WSAEAFNOSUPPORT)
               : result;
}
MUTANT(string_address_of_a_family_is_unsupported,
       "WSAStringToAddress fails with WSAEAFNOSUPPORT for another family",
       PATCH(WSAStringToAddressW, family_is_unsupported));

static int WINAPI tells_no_size(TO_ADDRESS_PARAMETERS)
{
    int room = *size, result = TO_ADDRESS;
    if (result == SOCKET_ERROR)
        *size = room;
    return result;
}
MUTANT(string_address_tells_no_size, "WSAStringToAddress does not tell the size it needs",
       PATCH(WSAStringToAddressW, tells_no_size));

static int WINAPI skips_blanks(TO_ADDRESS_PARAMETERS)
{
    WCHAR trimmed[64];
    wcsncpy(trimmed, text + wcsspn(text, L" "), 63);
    trimmed[63] = 0;
    trimmed[wcscspn(trimmed, L" ")] = 0;
    text = trimmed;
    return TO_ADDRESS;
}
MUTANT(string_address_takes_blanks, "WSAStringToAddress passes over blanks around an address",
       PATCH(WSAStringToAddressW, skips_blanks));

static int WINAPI skips_port(TO_ADDRESS_PARAMETERS)
{
    int room = *size, result = TO_ADDRESS;
    WCHAR *colon = wcschr(text, L':');
    if (result == 0 || family != AF_INET || !colon || GetLastError() != WSAEINVAL)
        return result;
    *colon = 0;
    *size = room;
    return TO_ADDRESS;
}
MUTANT(string_address_skips_the_port, "WSAStringToAddress leaves out a port that is none",
       PATCH(WSAStringToAddressW, skips_port));

static int WINAPI first_run(TO_STRING_PARAMETERS)
{
    int result = TO_STRING;
    if (result != 0 || name->sa_family != AF_INET6)
        return result;
    const BYTE *bytes = ((struct sockaddr_in6 *)name)->sin6_addr.s6_addr;
    unsigned words[8], first = 8, end = 8;
    for (unsigned i = 0; i < 8; i++) {
        words[i] = bytes[2 * i] * 256u + bytes[2 * i + 1];
        if (!words[i] && first == 8)
            first = i;
        if (words[i] && first < 8 && end == 8)
            end = i;
    }
    *text = 0;
    for (unsigned i = 0; i < 8; i++) {
        if (i < first || i >= end)
            swprintf(text + wcslen(text), 6, i && i != end ? L":%x" : L"%x", words[i]);
        else if (i == first)
            wcscat(text, L"::");
    }
    return result;
}
MUTANT(address_string_leaves_out_the_first_zeros,
       "WSAAddressToString leaves out the first run of zeros, not the longest",
       PATCH(WSAAddressToStringW, first_run));

static int WINAPI wants_more(TO_STRING_PARAMETERS)
{
    DWORD room = *length;
    int result = TO_STRING;
    return result == 0 && *length == room ? socket_fails(WSAEFAULT) : result;
}
MUTANT(address_string_wants_more_room, "WSAAddressToString needs a character more than it says",
       PATCH(WSAAddressToStringW, wants_more));

static int WINAPI cuts_end(TO_STRING_PARAMETERS)
{
    DWORD room = *length;
    int result = TO_STRING;
    if (result == SOCKET_ERROR && GetLastError() == WSAEFAULT && room && *length == room + 1)
        return 0;
    return result;
}
MUTANT(address_string_needs_no_end, "WSAAddressToString succeeds without room for the terminator",
       PATCH(WSAAddressToStringW, cuts_end));

static int WINAPI nonsense_is_fault(TO_STRING_PARAMETERS)
{
    return failure_renamed(TO_STRING, WSAEINVAL, WSAEFAULT);
}
MUTANT(address_string_of_nonsense_is_a_fault,
       "WSAAddressToString fails with WSAEFAULT for what is no address",
       PATCH(WSAAddressToStringW, nonsense_is_fault));
