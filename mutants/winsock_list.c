/* Wrong behaviours of WSAPoll, fd_set, and what WSAIoctl tells of functions and addresses. */
#include "winsock_socket.h"

#include <mswsock.h>

#define POLL_PARAMETERS WSAPOLLFD *sockets, ULONG count, INT time
#define POLL real.WSAPoll(sockets, count, time)

static int WINAPI misses_closed(POLL_PARAMETERS)
{
    int ready = POLL;
    for (ULONG i = 0; ready >= 0 && i < count; i++)
        if (sockets[i].revents == POLLNVAL)
            sockets[i].revents = 0;
    return ready;
}
MUTANT(poll_misses_closed_sockets, "WSAPoll does not set POLLNVAL for a closed socket",
       PATCH(WSAPoll, misses_closed));

static int WINAPI reset_is_end(POLL_PARAMETERS)
{
    int ready = POLL;
    if (ready == 1)
        sockets[0].revents &= ~POLLERR;
    return ready;
}
MUTANT(poll_tells_reset_as_end, "WSAPoll does not set POLLERR for a reset connection",
       PATCH(WSAPoll, reset_is_end));

static int WINAPI connected_is_band(POLL_PARAMETERS)
{
    int ready = POLL;
    if (ready == 1 && sockets[0].revents == POLLWRNORM && is_stream(sockets[0].fd))
        sockets[0].revents = POLLWRBAND;
    return ready;
}
MUTANT(poll_tells_connected_as_band, "WSAPoll sets POLLWRBAND for a connection made",
       PATCH(WSAPoll, connected_is_band));

static int WINAPI urgent_is_normal(POLL_PARAMETERS)
{
    int ready = POLL;
    if (ready == 1 && sockets[0].revents & POLLRDBAND)
        sockets[0].revents = POLLRDNORM;
    return ready;
}
MUTANT(poll_tells_urgent_as_normal, "WSAPoll sets POLLRDNORM for urgent data",
       PATCH(WSAPoll, urgent_is_normal));

static int WINAPI never_for_ever(POLL_PARAMETERS)
{
    time = time < 0 ? 0 : time;
    return POLL;
}
MUTANT(poll_never_waits_for_ever, "WSAPoll does not wait with a negative time",
       PATCH(WSAPoll, never_for_ever));

static int WINAPI late_is_failure(POLL_PARAMETERS)
{
    int ready = POLL;
    return ready == 0 && time == 20 ? socket_fails(WSAETIMEDOUT) : ready;
}
MUTANT(poll_that_ends_has_failed, "WSAPoll fails when its time is over",
       PATCH(WSAPoll, late_is_failure));

static int WINAPI takes_results(POLL_PARAMETERS)
{
    if (sockets && count)
        sockets[0].events &= ~(POLLERR | POLLHUP | POLLNVAL | POLLWRBAND);
    return POLL;
}
MUTANT(poll_takes_results_as_requests, "WSAPoll can be asked for what it only reports",
       PATCH(WSAPoll, takes_results));

static int WINAPI in_every_set(SOCKET s, fd_set *set)
{
    (void)s;
    return set->fd_count > 0;
}
MUTANT(every_socket_is_in_the_set, "FD_ISSET finds every socket in a set",
       PATCH(__WSAFDIsSet, in_every_set));

/* ---- WSAIoctl */

#define IOCTL_PARAMETERS                                                                      \
    SOCKET s, DWORD code, LPVOID in, DWORD in_size, LPVOID out, DWORD out_size, LPDWORD size, \
        LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define IOCTL real.WSAIoctl(s, code, in, in_size, out, out_size, size, overlapped, routine)

static int WINAPI sizeless(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == SIO_GET_EXTENSION_FUNCTION_POINTER)
        *size = 0;
    return result;
}
MUTANT(extension_has_no_size, "SIO_GET_EXTENSION_FUNCTION_POINTER tells no size",
       PATCH(WSAIoctl, sizeless));

static int WINAPI short_is_invalid(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    return code == SIO_GET_INTERFACE_LIST ? failure_renamed(result, WSAEFAULT, WSAEINVAL) : result;
}
MUTANT(short_interface_list_is_invalid,
       "SIO_GET_INTERFACE_LIST with too little room fails with WSAEINVAL",
       PATCH(WSAIoctl, short_is_invalid));

static int WINAPI short_route_is_invalid(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    return code == SIO_ROUTING_INTERFACE_QUERY ? failure_renamed(result, WSAEFAULT, WSAEINVAL)
                                               : result;
}
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
    struct sockaddr_in name;
    int length = sizeof(name);
    if (code == SIO_ADDRESS_LIST_QUERY && out && !overlapped &&
        real.getsockname(s, (struct sockaddr *)&name, &length) == SOCKET_ERROR)
        return socket_fails(WSAEINVAL);
    return IOCTL;
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
        real.ResetEvent(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(ioctl_sets_no_event, "WSAIoctl does not set the event of what is done",
       PATCH(WSAIoctl, no_event));

static int WINAPI change_would_block(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    return code == SIO_ADDRESS_LIST_CHANGE ? failure_renamed(result, WSA_IO_PENDING, WSAEWOULDBLOCK)
                                           : result;
}
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

static int WINAPI change_is_invalid(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    return code == SIO_ADDRESS_LIST_CHANGE ? failure_renamed(result, WSAEWOULDBLOCK, WSAEINVAL)
                                           : result;
}
MUTANT(change_without_waiting_is_invalid,
       "SIO_ADDRESS_LIST_CHANGE of a nonblocking socket fails with WSAEINVAL",
       PATCH(WSAIoctl, change_is_invalid));
