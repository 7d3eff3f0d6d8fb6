/* Wrong behaviours, for the tests of lookup_faults.c: memory that is not there is taken for a value
 * that is not valid, or for something that is not found. */
#include "faults-mutants.h"

#include <ws2tcpip.h>

static int invalid(void)
{
    return socket_fails(WSAEINVAL);
}

static void *not_found(void)
{
    SetLastError(WSANO_DATA);
    return NULL;
}

static int malformed(void)
{
    return 0;
}

/* RESULT FUNCTION(PARAMETERS), called with ARGUMENTS, that fails by FAILS for POINTER to nowhere.
 */
#define MISSES(name, result, function, pointer, fails, parameters, ...)     \
    static result WINAPI name parameters                                    \
    {                                                                       \
        return is_nowhere(pointer) ? fails() : real(function)(__VA_ARGS__); \
    }

MISSES(name_misses, int, gethostname, name, invalid, (LPSTR name, int size), name, size)
MUTANT(gethostname_of_nowhere_is_invalid, "gethostname of nowhere fails with WSAEINVAL",
       PATCH(gethostname, name_misses));

MISSES(host_misses, LPHOSTENT, gethostbyname, name, not_found, (LPCSTR name), name)
MUTANT(gethostbyname_of_nowhere_is_not_found, "gethostbyname of nowhere finds no host",
       PATCH(gethostbyname, host_misses));

MISSES(protocol_misses, LPPROTOENT, getprotobyname, name, not_found, (LPCSTR name), name)
MUTANT(getprotobyname_of_nowhere_is_not_found, "getprotobyname of nowhere finds none",
       PATCH(getprotobyname, protocol_misses));

MISSES(service_misses, LPSERVENT, getservbyport, name, not_found, (int port, LPCSTR name), port,
       name)
MUTANT(getservbyport_of_nowhere_is_not_found,
       "getservbyport with a protocol of nowhere finds no service",
       PATCH(getservbyport, service_misses));

MISSES(wsahtonl_misses, int, WSAHtonl, to, invalid, (SOCKET s, ULONG number, ULONG *to), s, number,
       to)
MUTANT(wsahtonl_into_nowhere_is_invalid, "WSAHtonl into nowhere fails with WSAEINVAL",
       PATCH(WSAHtonl, wsahtonl_misses));

MISSES(wsahtons_misses, int, WSAHtons, to, invalid, (SOCKET s, u_short number, WORD *to), s, number,
       to)
MUTANT(wsahtons_into_nowhere_is_invalid, "WSAHtons into nowhere fails with WSAEINVAL",
       PATCH(WSAHtons, wsahtons_misses));

MISSES(wsantohl_misses, int, WSANtohl, to, invalid, (SOCKET s, ULONG number, ULONG *to), s, number,
       to)
MUTANT(wsantohl_into_nowhere_is_invalid, "WSANtohl into nowhere fails with WSAEINVAL",
       PATCH(WSANtohl, wsantohl_misses));

MISSES(wsantohs_misses, int, WSANtohs, to, invalid, (SOCKET s, u_short number, WORD *to), s, number,
       to)
MUTANT(wsantohs_into_nowhere_is_invalid, "WSANtohs into nowhere fails with WSAEINVAL",
       PATCH(WSANtohs, wsantohs_misses));

MISSES(inet_pton_text_misses, int, inet_pton, text, malformed,
       (int family, LPCSTR text, PVOID address), family, text, address)
MUTANT(inet_pton_of_nowhere_is_malformed, "inet_pton of a text of nowhere returns 0",
       PATCH(inet_pton, inet_pton_text_misses));

MISSES(inet_pton_address_misses, int, inet_pton, address, invalid,
       (int family, LPCSTR text, PVOID address), family, text, address)
MUTANT(inet_pton_into_nowhere_is_invalid, "inet_pton into nowhere fails with WSAEINVAL",
       PATCH(inet_pton, inet_pton_address_misses));

MISSES(inetptonw_text_misses, int, InetPtonW, text, malformed,
       (int family, LPCWSTR text, PVOID address), family, text, address)
MUTANT(inetptonw_of_nowhere_is_malformed, "InetPtonW of a text of nowhere returns 0",
       PATCH(InetPtonW, inetptonw_text_misses));

MISSES(inetptonw_address_misses, int, InetPtonW, address, invalid,
       (int family, LPCWSTR text, PVOID address), family, text, address)
MUTANT(inetptonw_into_nowhere_is_invalid, "InetPtonW into nowhere fails with WSAEINVAL",
       PATCH(InetPtonW, inetptonw_address_misses));

MISSES(told_a_misses_address, int, WSAAddressToStringA, address, invalid,
       (LPSOCKADDR address, DWORD length, LPWSAPROTOCOL_INFOA protocol, LPSTR text, LPDWORD size),
       address, length, protocol, text, size)
MUTANT(address_to_string_a_misses_address,
       "WSAAddressToStringA with an address of nowhere fails with WSAEINVAL",
       PATCH(WSAAddressToStringA, told_a_misses_address));

MISSES(told_a_misses_protocol, int, WSAAddressToStringA, protocol, invalid,
       (LPSOCKADDR address, DWORD length, LPWSAPROTOCOL_INFOA protocol, LPSTR text, LPDWORD size),
       address, length, protocol, text, size)
MUTANT(address_to_string_a_misses_protocol,
       "WSAAddressToStringA with a protocol of nowhere fails with WSAEINVAL",
       PATCH(WSAAddressToStringA, told_a_misses_protocol));

MISSES(told_a_misses_text, int, WSAAddressToStringA, text, invalid,
       (LPSOCKADDR address, DWORD length, LPWSAPROTOCOL_INFOA protocol, LPSTR text, LPDWORD size),
       address, length, protocol, text, size)
MUTANT(address_to_string_a_misses_text,
       "WSAAddressToStringA with a text of nowhere fails with WSAEINVAL",
       PATCH(WSAAddressToStringA, told_a_misses_text));

MISSES(told_w_misses_address, int, WSAAddressToStringW, address, invalid,
       (LPSOCKADDR address, DWORD length, LPWSAPROTOCOL_INFOW protocol, LPWSTR text, LPDWORD size),
       address, length, protocol, text, size)
MUTANT(address_to_string_w_misses_address,
       "WSAAddressToStringW with an address of nowhere fails with WSAEINVAL",
       PATCH(WSAAddressToStringW, told_w_misses_address));

MISSES(told_w_misses_protocol, int, WSAAddressToStringW, protocol, invalid,
       (LPSOCKADDR address, DWORD length, LPWSAPROTOCOL_INFOW protocol, LPWSTR text, LPDWORD size),
       address, length, protocol, text, size)
MUTANT(address_to_string_w_misses_protocol,
       "WSAAddressToStringW with a protocol of nowhere fails with WSAEINVAL",
       PATCH(WSAAddressToStringW, told_w_misses_protocol));

MISSES(told_w_misses_text, int, WSAAddressToStringW, text, invalid,
       (LPSOCKADDR address, DWORD length, LPWSAPROTOCOL_INFOW protocol, LPWSTR text, LPDWORD size),
       address, length, protocol, text, size)
MUTANT(address_to_string_w_misses_text,
       "WSAAddressToStringW with a text of nowhere fails with WSAEINVAL",
       PATCH(WSAAddressToStringW, told_w_misses_text));

MISSES(protocols_misses_size, int, WSAEnumProtocolsW, size, invalid,
       (LPINT list, LPWSAPROTOCOL_INFOW buffer, LPDWORD size), list, buffer, size)
MUTANT(protocols_miss_size, "WSAEnumProtocolsW with a size of nowhere fails with WSAEINVAL",
       PATCH(WSAEnumProtocolsW, protocols_misses_size));
