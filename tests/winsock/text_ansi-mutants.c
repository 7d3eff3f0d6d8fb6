/* WSAStringToAddressA and WSAAddressToStringA, done wrong. */
#include "winsock-mutants.h"

#include <ws2tcpip.h>

#define STRING_PARAMETERS \
    LPSTR text, int family, LPWSAPROTOCOL_INFOA protocol, LPSOCKADDR name, LPINT size
#define STRING real(WSAStringToAddressA)(text, family, protocol, name, size)
#define ADDRESS_PARAMETERS \
    LPSOCKADDR name, DWORD length, LPWSAPROTOCOL_INFOA protocol, LPSTR text, LPDWORD size
#define ADDRESS real(WSAAddressToStringA)(name, length, protocol, text, size)

static int WINAPI no_port(STRING_PARAMETERS)
{
    int result = STRING;
    if (result == 0 && family == AF_INET)
        ((struct sockaddr_in *)name)->sin_port = 0;
    return result;
}
MUTANT(string_to_address_a_reads_no_port,
       "WSAStringToAddressA does not store the port of an address of IPv4",
       PATCH(WSAStringToAddressA, no_port));

static int WINAPI no_brackets(STRING_PARAMETERS)
{
    return *text == '[' && text[strlen(text) - 1] != ']' ? socket_fails(WSAEINVAL) : STRING;
}
MUTANT(string_to_address_a_reads_no_brackets, "WSAStringToAddressA takes no port behind brackets",
       PATCH(WSAStringToAddressA, no_brackets));

static int WINAPI no_address(STRING_PARAMETERS)
{
    int result = STRING;
    return family == AF_INET && !strchr(text, ':') ? failure_renamed(result, WSAEINVAL, WSAEFAULT)
                                                   : result;
}
MUTANT(string_to_address_a_of_no_address_is_a_fault,
       "WSAStringToAddressA of what is no address of IPv4, without a port, fails with WSAEFAULT",
       PATCH(WSAStringToAddressA, no_address));

static int WINAPI family_unsupported(STRING_PARAMETERS)
{
    int result = STRING;
    return family != AF_INET ? failure_renamed(result, WSAEINVAL, WSAEAFNOSUPPORT) : result;
}
MUTANT(string_to_address_a_of_a_family_is_unsupported,
       "WSAStringToAddressA of an unknown family fails with WSAEAFNOSUPPORT",
       PATCH(WSAStringToAddressA, family_unsupported));

static int WINAPI no_size(STRING_PARAMETERS)
{
    int before = *size, result = STRING;
    if (result == SOCKET_ERROR && GetLastError() == WSAEFAULT && family == AF_INET)
        *size = before;
    return result;
}
MUTANT(string_to_address_a_tells_no_size,
       "WSAStringToAddressA does not tell the size that an address of IPv4 needs",
       PATCH(WSAStringToAddressA, no_size));

static int WINAPI string_unstarted(STRING_PARAMETERS)
{
    return failure_renamed(STRING, WSANOTINITIALISED, WSAEINVAL);
}
MUTANT(string_to_address_a_before_startup_is_invalid,
       "WSAStringToAddressA without WSAStartup fails with WSAEINVAL",
       PATCH(WSAStringToAddressA, string_unstarted));

static int WINAPI without_end(ADDRESS_PARAMETERS)
{
    int result = ADDRESS;
    if (result == 0 && name->sa_family == AF_INET6)
        --*size;
    return result;
}
MUTANT(address_to_string_a_is_counted_without_end,
       "WSAAddressToStringA does not count the end of a text of IPv6",
       PATCH(WSAAddressToStringA, without_end));

static int WINAPI no_length(ADDRESS_PARAMETERS)
{
    DWORD before = *size;
    int result = ADDRESS;
    if (result == SOCKET_ERROR && GetLastError() == WSAEFAULT && name->sa_family == AF_INET6)
        *size = before;
    return result;
}
MUTANT(address_to_string_a_tells_no_size,
       "WSAAddressToStringA does not tell the length that IPv6 needs",
       PATCH(WSAAddressToStringA, no_length));

static int WINAPI family_fault(ADDRESS_PARAMETERS)
{
    return failure_renamed(ADDRESS, WSAEINVAL, WSAEFAULT);
}
MUTANT(address_to_string_a_of_a_family_is_a_fault,
       "WSAAddressToStringA of an unknown family fails with WSAEFAULT",
       PATCH(WSAAddressToStringA, family_fault));

static int WINAPI address_unstarted(ADDRESS_PARAMETERS)
{
    return failure_renamed(ADDRESS, WSANOTINITIALISED, WSAEINVAL);
}
MUTANT(address_to_string_a_before_startup_is_invalid,
       "WSAAddressToStringA without WSAStartup fails with WSAEINVAL",
       PATCH(WSAAddressToStringA, address_unstarted));
