/* Components and providers of addresses as text, in both widths, done wrong. */
#include "text-mutants.h"

#include <wchar.h>

#define ANSI_TO_STRING_PARAMETERS \
    LPSOCKADDR name, DWORD size, LPWSAPROTOCOL_INFOA info, LPSTR text, LPDWORD length
#define ANSI_TO_STRING real(WSAAddressToStringA)(name, size, info, text, length)
#define ANSI_TO_ADDRESS_PARAMETERS \
    LPSTR text, int family, LPWSAPROTOCOL_INFOA info, LPSOCKADDR name, LPINT size
#define ANSI_TO_ADDRESS real(WSAStringToAddressA)(text, family, info, name, size)

/* The same address without its scope. */
static struct sockaddr_in6 without_scope(const struct sockaddr *name)
{
    struct sockaddr_in6 copy = *(const struct sockaddr_in6 *)name;
    copy.sin6_scope_id = 0;
    return copy;
}

static bool has_size_of_v6(const struct sockaddr *name, DWORD size)
{
    return name && size == sizeof(struct sockaddr_in6) && name->sa_family == AF_INET6;
}

static int WINAPI no_scope(TO_STRING_PARAMETERS)
{
    if (!has_size_of_v6(name, size))
        return TO_STRING;
    struct sockaddr_in6 copy = without_scope(name);
    return real(WSAAddressToStringW)((LPSOCKADDR)&copy, size, info, text, length);
}
MUTANT(address_to_string_leaves_out_the_scope, "WSAAddressToString leaves out the scope",
       PATCH(WSAAddressToStringW, no_scope));

static int WINAPI ansi_no_scope(ANSI_TO_STRING_PARAMETERS)
{
    if (!has_size_of_v6(name, size))
        return ANSI_TO_STRING;
    struct sockaddr_in6 copy = without_scope(name);
    return real(WSAAddressToStringA)((LPSOCKADDR)&copy, size, info, text, length);
}
MUTANT(address_to_string_a_leaves_out_the_scope, "WSAAddressToStringA leaves out the scope",
       PATCH(WSAAddressToStringA, ansi_no_scope));

static DWORD address_in(const struct sockaddr *name, DWORD size)
{
    if (!name || size != sizeof(struct sockaddr_in) || name->sa_family != AF_INET)
        return INADDR_LOOPBACK;
    return ((const struct sockaddr_in *)name)->sin_addr.s_addr;
}

static int WINAPI no_broadcast(TO_STRING_PARAMETERS)
{
    return address_in(name, size) == INADDR_NONE ? socket_fails(WSAEINVAL) : TO_STRING;
}
MUTANT(address_to_string_takes_no_broadcast,
       "WSAAddressToString takes 255.255.255.255 for an error",
       PATCH(WSAAddressToStringW, no_broadcast));

static int WINAPI ansi_no_broadcast(ANSI_TO_STRING_PARAMETERS)
{
    return address_in(name, size) == INADDR_NONE ? socket_fails(WSAEINVAL) : ANSI_TO_STRING;
}
MUTANT(address_to_string_a_takes_no_broadcast,
       "WSAAddressToStringA takes 255.255.255.255 for an error",
       PATCH(WSAAddressToStringA, ansi_no_broadcast));

static int WINAPI null_fault(TO_STRING_PARAMETERS)
{
    return !name ? socket_fails(WSAEFAULT) : TO_STRING;
}
MUTANT(address_to_string_of_null_is_a_fault,
       "WSAAddressToString without an address fails with WSAEFAULT",
       PATCH(WSAAddressToStringW, null_fault));

static int WINAPI ansi_null_fault(ANSI_TO_STRING_PARAMETERS)
{
    return !name ? socket_fails(WSAEFAULT) : ANSI_TO_STRING;
}
MUTANT(address_to_string_a_of_null_is_a_fault,
       "WSAAddressToStringA without an address fails with WSAEFAULT",
       PATCH(WSAAddressToStringA, ansi_null_fault));

static int WINAPI length_fault(TO_STRING_PARAMETERS)
{
    return !length ? socket_fails(WSAEFAULT) : TO_STRING;
}
MUTANT(address_to_string_without_length_is_a_fault,
       "WSAAddressToString without a length fails with WSAEFAULT",
       PATCH(WSAAddressToStringW, length_fault));

static int WINAPI ansi_length_fault(ANSI_TO_STRING_PARAMETERS)
{
    return !length ? socket_fails(WSAEFAULT) : ANSI_TO_STRING;
}
MUTANT(address_to_string_a_without_length_is_a_fault,
       "WSAAddressToStringA without a length fails with WSAEFAULT",
       PATCH(WSAAddressToStringA, ansi_length_fault));

static int WINAPI buffer_invalid(TO_STRING_PARAMETERS)
{
    return !text ? socket_fails(WSAEINVAL) : TO_STRING;
}
MUTANT(address_to_string_into_nothing_is_invalid,
       "WSAAddressToString without a buffer fails with WSAEINVAL",
       PATCH(WSAAddressToStringW, buffer_invalid));

static int WINAPI ansi_buffer_invalid(ANSI_TO_STRING_PARAMETERS)
{
    return !text ? socket_fails(WSAEINVAL) : ANSI_TO_STRING;
}
MUTANT(address_to_string_a_into_nothing_is_invalid,
       "WSAAddressToStringA without a buffer fails with WSAEINVAL",
       PATCH(WSAAddressToStringA, ansi_buffer_invalid));

static int WINAPI ansi_size_fault(ANSI_TO_STRING_PARAMETERS)
{
    return name && !size ? socket_fails(WSAEFAULT) : ANSI_TO_STRING;
}
MUTANT(address_to_string_a_of_no_size_is_a_fault,
       "WSAAddressToStringA of an address of no size fails with WSAEFAULT",
       PATCH(WSAAddressToStringA, ansi_size_fault));

static int WINAPI no_provider(TO_STRING_PARAMETERS)
{
    return info ? socket_fails(WSAEINVAL) : TO_STRING;
}
MUTANT(address_to_string_takes_no_provider, "WSAAddressToString with a provider fails",
       PATCH(WSAAddressToStringW, no_provider));

static int WINAPI ansi_no_provider(ANSI_TO_STRING_PARAMETERS)
{
    return info ? socket_fails(WSAEINVAL) : ANSI_TO_STRING;
}
MUTANT(address_to_string_a_takes_no_provider, "WSAAddressToStringA with a provider fails",
       PATCH(WSAAddressToStringA, ansi_no_provider));

static int WINAPI address_of_no_provider(TO_ADDRESS_PARAMETERS)
{
    return info ? socket_fails(WSAEINVAL) : TO_ADDRESS;
}
MUTANT(string_to_address_takes_no_provider, "WSAStringToAddress with a provider fails",
       PATCH(WSAStringToAddressW, address_of_no_provider));

static int WINAPI ansi_address_of_no_provider(ANSI_TO_ADDRESS_PARAMETERS)
{
    return info ? socket_fails(WSAEINVAL) : ANSI_TO_ADDRESS;
}
MUTANT(string_to_address_a_takes_no_provider, "WSAStringToAddressA with a provider fails",
       PATCH(WSAStringToAddressA, ansi_address_of_no_provider));

static int WINAPI keeps_scope(TO_ADDRESS_PARAMETERS)
{
    DWORD scope = *size >= (int)sizeof(struct sockaddr_in6)
                      ? ((struct sockaddr_in6 *)name)->sin6_scope_id
                      : 0;
    int result = TO_ADDRESS;
    if (result == 0 && family == AF_INET6)
        ((struct sockaddr_in6 *)name)->sin6_scope_id = scope;
    return result;
}
MUTANT(string_to_address_keeps_the_scope, "WSAStringToAddress leaves a scope that it does not read",
       PATCH(WSAStringToAddressW, keeps_scope));

static int WINAPI ansi_keeps_scope(ANSI_TO_ADDRESS_PARAMETERS)
{
    DWORD scope = *size >= (int)sizeof(struct sockaddr_in6)
                      ? ((struct sockaddr_in6 *)name)->sin6_scope_id
                      : 0;
    int result = ANSI_TO_ADDRESS;
    if (result == 0 && family == AF_INET6)
        ((struct sockaddr_in6 *)name)->sin6_scope_id = scope;
    return result;
}
MUTANT(string_to_address_a_keeps_the_scope,
       "WSAStringToAddressA leaves a scope that it does not read",
       PATCH(WSAStringToAddressA, ansi_keeps_scope));

static int WINAPI ansi_first_zeros(ANSI_TO_STRING_PARAMETERS)
{
    int result = ANSI_TO_STRING;
    if (result == 0 && !strcmp(text, "1:0:0:2::3"))
        strcpy(text, "1::2:0:3");
    return result;
}
MUTANT(address_to_string_a_leaves_out_the_first_zeros,
       "WSAAddressToStringA writes the double colon for the first run of zeros",
       PATCH(WSAAddressToStringA, ansi_first_zeros));

static int WINAPI ansi_brackets_need_port(ANSI_TO_ADDRESS_PARAMETERS)
{
    return *text == '[' && text[strlen(text) - 1] == ']' ? socket_fails(WSAEINVAL)
                                                         : ANSI_TO_ADDRESS;
}
MUTANT(string_to_address_a_wants_a_port_behind_brackets,
       "WSAStringToAddressA takes no address in brackets without a port",
       PATCH(WSAStringToAddressA, ansi_brackets_need_port));
