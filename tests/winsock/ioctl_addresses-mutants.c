/* Wrong behaviours, for the tests of ioctl_addresses.c. */
#include "ioctl-mutants.h"
#include "plain-mutants.h"

#include <stddef.h>
#include <string.h>

static bool is_list(DWORD code)
{
    return code == (DWORD)SIO_ADDRESS_LIST_QUERY;
}

static bool is_nowhere(const void *address)
{
    MEMORY_BASIC_INFORMATION info = {0};
    VirtualQuery(address, &info, sizeof(info));
    return address && info.State != MEM_COMMIT;
}

static int WINAPI elsewhere(IOCTL_PARAMETERS)
{
    static struct sockaddr_in names[16];
    int result = IOCTL;
    SOCKET_ADDRESS_LIST *list = out;
    for (int i = 0; result == 0 && is_list(code) && i < list->iAddressCount && i < 16; i++) {
        memcpy(&names[i], list->Address[i].lpSockaddr, sizeof(names[i]));
        list->Address[i].lpSockaddr = (struct sockaddr *)&names[i];
    }
    return result;
}
MUTANT(address_list_is_not_in_the_buffer,
       "SIO_ADDRESS_LIST_QUERY stores the entries alone, and the addresses elsewhere",
       PATCH(WSAIoctl, elsewhere));

static int WINAPI none_for_connections(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && is_list(code) && out && has_peer(s)) {
        ((SOCKET_ADDRESS_LIST *)out)->iAddressCount = 0;
        *size = offsetof(SOCKET_ADDRESS_LIST, Address);
    }
    return result;
}
MUTANT(address_list_is_empty_for_connections,
       "SIO_ADDRESS_LIST_QUERY of a connected socket tells no address",
       PATCH(WSAIoctl, none_for_connections));

static int WINAPI stores_what_fits(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    const DWORD header = offsetof(SOCKET_ADDRESS_LIST, Address);
    if (result == 0 || !is_list(code) || !out || out_size < header || overlapped ||
        GetLastError() != WSAEFAULT || is_nowhere(out))
        return result;
    ((SOCKET_ADDRESS_LIST *)out)->iAddressCount = 0;
    *size = header;
    return 0;
}
MUTANT(address_list_stores_what_fits, "SIO_ADDRESS_LIST_QUERY stores as many addresses as fit",
       PATCH(WSAIoctl, stores_what_fits));

static int WINAPI takes_a_byte(IOCTL_PARAMETERS)
{
    if (is_list(code) && out && out_size == 1) {
        memset(out, 0, sizeof(INT));
        *size = sizeof(INT);
        return 0;
    }
    return IOCTL;
}
MUTANT(address_list_takes_a_byte, "SIO_ADDRESS_LIST_QUERY stores a count in a single byte",
       PATCH(WSAIoctl, takes_a_byte));

IOCTL_FAILS(null_invalid, SIO_ADDRESS_LIST_QUERY, !out && out_size, WSAEFAULT, WSAEINVAL)
MUTANT(address_list_without_buffer_is_invalid,
       "SIO_ADDRESS_LIST_QUERY without a buffer fails with WSAEINVAL",
       PATCH(WSAIoctl, null_invalid));

static int WINAPI output_nowhere(IOCTL_PARAMETERS)
{
    return is_list(code) && is_nowhere(out) ? 0 : IOCTL;
}
MUTANT(address_list_nowhere_succeeds,
       "SIO_ADDRESS_LIST_QUERY into addresses that are not in memory succeeds",
       PATCH(WSAIoctl, output_nowhere));

static int WINAPI count_nowhere(IOCTL_PARAMETERS)
{
    return is_list(code) && is_nowhere(size) ? 0 : IOCTL;
}
MUTANT(address_list_count_nowhere_succeeds,
       "SIO_ADDRESS_LIST_QUERY succeeds when its count is not in memory",
       PATCH(WSAIoctl, count_nowhere));

static int WINAPI small_pends(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 || !is_list(code) || !overlapped || GetLastError() != WSAEFAULT)
        return result;
    overlapped->Internal = 0xC0000023; /* STATUS_BUFFER_TOO_SMALL */
    if (overlapped->hEvent)
        real(SetEvent)(overlapped->hEvent);
    return socket_fails(WSA_IO_PENDING);
}
MUTANT(address_list_small_pends,
       "An overlapped SIO_ADDRESS_LIST_QUERY tells later that its buffer is too small",
       PATCH(WSAIoctl, small_pends));

static int WINAPI no_routine(IOCTL_PARAMETERS)
{
    if (is_list(code) && routine)
        return real(WSAIoctl)(s, code, in, in_size, out, out_size, size, NULL, NULL);
    return IOCTL;
}
MUTANT(address_list_runs_no_routine, "SIO_ADDRESS_LIST_QUERY runs no routine",
       PATCH(WSAIoctl, no_routine));

static int WINAPI overlaps_always(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && is_list(code) && overlapped && s == plain) {
        overlapped->Internal = overlapped->InternalHigh = 0;
        if (overlapped->hEvent)
            real(SetEvent)(overlapped->hEvent);
    }
    return result;
}
MUTANT(address_list_overlaps_always,
       "SIO_ADDRESS_LIST_QUERY uses the OVERLAPPED of a socket that is not overlapped",
       PATCH(WSASocketW, notes_plain), PATCH(WSAIoctl, overlaps_always));

static int WINAPI with_own_of_ipv6(IOCTL_PARAMETERS)
{
    static struct sockaddr_in6 own = {.sin6_family = AF_INET6, .sin6_addr.s6_addr[15] = 1};
    int result = IOCTL;
    SOCKET_ADDRESS_LIST *list = out;
    if (result == 0 && is_list(code) && is_ipv6(s)) {
        list->iAddressCount = 1;
        list->Address[0].lpSockaddr = (struct sockaddr *)&own;
        list->Address[0].iSockaddrLength = sizeof(own);
    }
    return result;
}
MUTANT(address_list_has_loopback_of_ipv6, "SIO_ADDRESS_LIST_QUERY of IPv6 tells [::1]",
       PATCH(WSAIoctl, with_own_of_ipv6));
