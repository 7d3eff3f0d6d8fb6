/* option.h - what the tests of options share. */
#ifndef WINSOCK_OPTION_H
#define WINSOCK_OPTION_H

#include "winsock.h"

#include "option_numbers.h"

#include <mswsock.h>

/* An unbound socket of a family and type; UNSUPPORTED where the machine has no IPv6. */
static inline SOCKET socket_of(int family, int type)
{
    if (family == AF_INET)
        return socket_open(type);
    struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_addr.s6_addr[15] = 1};
    SOCKET probe = socket(AF_INET6, SOCK_DGRAM, 0);
    if (probe == INVALID_SOCKET || bind(probe, (struct sockaddr *)&name, sizeof(name)) != 0)
        unsupported("no IPv6 on this machine");
    socket_close(probe);
    SOCKET s = socket(AF_INET6, type, 0);
    require(s != INVALID_SOCKET);
    limit_waits(s);
    return s;
}

/* getsockopt and setsockopt of a DWORD. Some BOOLs are stored as a single byte. */
static inline int option_get(SOCKET s, int level, int option, DWORD *value)
{
    int size = sizeof(*value);
    *value = 0x5C5C5C5C;
    int result = getsockopt(s, level, option, (char *)value, &size);
    if (result == 0 && size == 1)
        *value &= 0xFF;
    return result;
}

static inline int option_set(SOCKET s, int level, int option, DWORD value)
{
    return setsockopt(s, level, option, (char *)&value, sizeof(value));
}

/* UNSUPPORTED where the machine has no network but the loopback interface: it has no other route
 * then. The address is one for documentation, and nothing is sent to it. */
static inline void needs_network(void)
{
    struct sockaddr_in nobody = {.sin_family = AF_INET, .sin_port = htons(1)};
    nobody.sin_addr.s_addr = htonl(0xC6336401); /* 198.51.100.1 */
    SOCKET probe = socket(AF_INET, SOCK_DGRAM, 0);
    require(probe != INVALID_SOCKET);
    if (connect(probe, (struct sockaddr *)&nobody, sizeof(nobody)) != 0)
        unsupported("no network but the loopback interface");
    socket_close(probe);
}

/* The same, and where the machine cannot be asked for its addresses: in a Wine whose nsiproxy.sys
 * did not start, or has ended, all that is about them fails until there is another server. */
static inline void needs_addresses(void)
{
    typedef ULONG WINAPI function(ULONG, ULONG, void *, void *, ULONG *);
    needs_network();
    HMODULE module = LoadLibraryA("iphlpapi.dll");
    function *ask = module ? (function *)GetProcAddress(module, "GetAdaptersAddresses") : NULL;
    ULONG size = 0, error = ask ? ask(AF_INET, 0, NULL, NULL, &size) : ERROR_BUFFER_OVERFLOW;
    if (error != ERROR_BUFFER_OVERFLOW)
        unsupported("GetAdaptersAddresses fails with %lu", error);
    SetLastError(LAST_ERROR_UNSET);
}

/* The same for the codes of WSAIoctl that are about routes and addresses. */
static inline void needs_addresses_of(DWORD code)
{
    if (code == SIO_ROUTING_INTERFACE_QUERY || code == SIO_ADDRESS_LIST_QUERY)
        needs_addresses();
}

#endif
