/* Wrong behaviours, for the tests of ioctl_list.c: what WSAIoctl tells of functions, interfaces
 * and addresses. */
#include "ioctl-mutants.h"

static int WINAPI sizeless(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == SIO_GET_EXTENSION_FUNCTION_POINTER)
        *size = 0;
    return result;
}
MUTANT(extension_has_no_size, "SIO_GET_EXTENSION_FUNCTION_POINTER tells no size",
       PATCH(WSAIoctl, sizeless));

IOCTL_FAILS(short_is_invalid, SIO_GET_INTERFACE_LIST, true, WSAEFAULT, WSAEINVAL)
MUTANT(short_interface_list_is_invalid,
       "SIO_GET_INTERFACE_LIST with too little room fails with WSAEINVAL",
       PATCH(WSAIoctl, short_is_invalid));

IOCTL_FAILS(short_route_is_invalid, SIO_ROUTING_INTERFACE_QUERY, true, WSAEFAULT, WSAEINVAL)
MUTANT(short_route_is_invalid_too,
       "SIO_ROUTING_INTERFACE_QUERY with too little room fails with WSAEINVAL",
       PATCH(WSAIoctl, short_route_is_invalid));

static int WINAPI no_loopback(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    INTERFACE_INFO *list = out;
    for (DWORD i = 0; result == 0 && code == SIO_GET_INTERFACE_LIST && i < *size / sizeof(*list);
         i++)
        list[i].iiFlags &= ~(ULONG)IFF_LOOPBACK;
    return result;
}
MUTANT(interface_list_has_no_loopback, "SIO_GET_INTERFACE_LIST marks no loopback interface",
       PATCH(WSAIoctl, no_loopback));

/* A machine may have no address but loopback: then the list is empty without this one. */
static int address_list_of_one(int result, DWORD code, SOCKET_ADDRESS_LIST *list, short family,
                               DWORD address)
{
    static struct sockaddr_in name;
    name.sin_family = family;
    name.sin_addr.s_addr = htonl(address);
    if (result == 0 && code == SIO_ADDRESS_LIST_QUERY) {
        list->iAddressCount = 1;
        list->Address[0].lpSockaddr = (struct sockaddr *)&name;
        list->Address[0].iSockaddrLength = sizeof(name);
    }
    return result;
}

static int WINAPI other_family(IOCTL_PARAMETERS)
{
    return address_list_of_one(IOCTL, code, out, AF_INET6, INADDR_LOOPBACK);
}
MUTANT(address_list_has_another_family, "SIO_ADDRESS_LIST_QUERY tells another family",
       PATCH(WSAIoctl, other_family));

static int WINAPI with_loopback(IOCTL_PARAMETERS)
{
    return address_list_of_one(IOCTL, code, out, AF_INET, INADDR_LOOPBACK);
}
MUTANT(address_list_has_loopback, "SIO_ADDRESS_LIST_QUERY tells the loopback address",
       PATCH(WSAIoctl, with_loopback));

static int WINAPI of_others(IOCTL_PARAMETERS)
{
    return address_list_of_one(IOCTL, code, out, AF_INET, 0xCB007101); /* 203.0.113.1 */
}
MUTANT(address_list_has_addresses_of_others,
       "SIO_ADDRESS_LIST_QUERY tells an address that cannot be bound to",
       PATCH(WSAIoctl, of_others));

static int WINAPI bound_only(IOCTL_PARAMETERS)
{
    return code == SIO_ADDRESS_LIST_QUERY && out && !overlapped && !is_bound(s)
               ? socket_fails(WSAEINVAL)
               : IOCTL;
}
MUTANT(address_list_of_bound_sockets_only, "SIO_ADDRESS_LIST_QUERY fails on an unbound socket",
       PATCH(WSAIoctl, bound_only));

static int WINAPI needs_nothing(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == SOCKET_ERROR && code == SIO_ADDRESS_LIST_QUERY)
        *size = 0;
    return result;
}
MUTANT(address_list_tells_no_size, "SIO_ADDRESS_LIST_QUERY does not tell the room it needs",
       PATCH(WSAIoctl, needs_nothing));

static int WINAPI no_event(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    DWORD error = GetLastError();
    if (overlapped && code == SIO_ADDRESS_LIST_QUERY)
        real(ResetEvent)(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(ioctl_sets_no_event, "WSAIoctl does not set the event of what is done",
       PATCH(WSAIoctl, no_event));

IOCTL_FAILS(change_would_block, SIO_ADDRESS_LIST_CHANGE, true, WSA_IO_PENDING, WSAEWOULDBLOCK)
MUTANT(pending_change_would_block, "SIO_ADDRESS_LIST_CHANGE that pends fails with WSAEWOULDBLOCK",
       PATCH(WSAIoctl, change_would_block));

static int WINAPI counts_early(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING && size)
        *size = 0;
    return result;
}
MUTANT(ioctl_counts_while_pending, "WSAIoctl that is pending stores a count",
       PATCH(WSAIoctl, counts_early));

IOCTL_FAILS(change_is_invalid, SIO_ADDRESS_LIST_CHANGE, true, WSAEWOULDBLOCK, WSAEINVAL)
MUTANT(change_without_waiting_is_invalid,
       "SIO_ADDRESS_LIST_CHANGE of a nonblocking socket fails with WSAEINVAL",
       PATCH(WSAIoctl, change_is_invalid));
