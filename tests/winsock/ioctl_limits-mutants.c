/* WSAIoctl that takes what it must refuse, and tells routes wrong. */
#include "ioctl-mutants.h"

IOCTL_FAILS(no_base_room, SIO_BASE_HANDLE, !out, WSAEFAULT, WSAEINVAL)
MUTANT(base_handle_without_room_is_invalid, "SIO_BASE_HANDLE without a buffer fails with WSAEINVAL",
       PATCH(WSAIoctl, no_base_room));

IOCTL_FAILS(short_base_room, SIO_BASE_HANDLE, out_size &&out_size < sizeof(SOCKET), WSAEFAULT, 0)
MUTANT(base_handle_takes_a_byte_less,
       "SIO_BASE_HANDLE takes a buffer that is smaller than a SOCKET",
       PATCH(WSAIoctl, short_base_room));

IOCTL_FAILS(short_function_room, SIO_GET_EXTENSION_FUNCTION_POINTER, out_size < sizeof(void *),
            WSAEFAULT, WSAEINVAL)
MUTANT(extension_function_in_short_room_is_invalid,
       "SIO_GET_EXTENSION_FUNCTION_POINTER fails with WSAEINVAL for a buffer that is too small",
       PATCH(WSAIoctl, short_function_room));

IOCTL_FAILS(short_mode, FIONBIO, in_size < sizeof(u_long), WSAEFAULT, 0)
MUTANT(wsaioctl_takes_short_blocking_modes, "WSAIoctl takes FIONBIO with less than a u_long",
       PATCH(WSAIoctl, short_mode));

IOCTL_FAILS(broadcast_v6, SIO_GET_BROADCAST_ADDRESS, is_ipv6(s), WSAENOPROTOOPT, WSAEOPNOTSUPP)
MUTANT(broadcast_address_of_ipv6_is_not_supported,
       "SIO_GET_BROADCAST_ADDRESS of IPv6 fails with WSAEOPNOTSUPP", PATCH(WSAIoctl, broadcast_v6));

IOCTL_FAILS(interfaces_v6, SIO_GET_INTERFACE_LIST, is_ipv6(s), WSAEINVAL, 0)
MUTANT(interface_list_of_ipv6_succeeds, "SIO_GET_INTERFACE_LIST succeeds for a socket of IPv6",
       PATCH(WSAIoctl, interfaces_v6));

IOCTL_FAILS(addresses_with_input, SIO_ADDRESS_LIST_QUERY, in_size, WSAEINVAL, 0)
MUTANT(address_list_takes_input, "SIO_ADDRESS_LIST_QUERY takes an input buffer",
       PATCH(WSAIoctl, addresses_with_input));

IOCTL_FAILS(keepalive_datagrams, SIO_KEEPALIVE_VALS, is_datagram(s), WSAENOPROTOOPT, 0)
MUTANT(keepalive_values_of_datagrams_succeed, "SIO_KEEPALIVE_VALS succeeds for a datagram socket",
       PATCH(WSAIoctl, keepalive_datagrams));

static int WINAPI count_optional(IOCTL_PARAMETERS)
{
    DWORD own;
    if (!size && !overlapped)
        size = &own;
    return IOCTL;
}
MUTANT(wsaioctl_needs_no_count, "WSAIoctl succeeds with neither count nor OVERLAPPED",
       PATCH(WSAIoctl, count_optional));

static int WINAPI wrong_broadcast(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == SIO_GET_BROADCAST_ADDRESS)
        ((struct sockaddr_in *)out)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return result;
}
MUTANT(broadcast_address_is_of_one_host, "SIO_GET_BROADCAST_ADDRESS tells the address of one host",
       PATCH(WSAIoctl, wrong_broadcast));

static int WINAPI wildcard_route(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == SIO_ROUTING_INTERFACE_QUERY)
        ((struct sockaddr_in *)out)->sin_addr.s_addr = 0;
    return result;
}
MUTANT(route_is_the_wildcard, "SIO_ROUTING_INTERFACE_QUERY tells the wildcard address",
       PATCH(WSAIoctl, wildcard_route));

static int WINAPI no_needed_size(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == SOCKET_ERROR && code == SIO_ROUTING_INTERFACE_QUERY && size)
        *size = 0;
    return result;
}
MUTANT(route_does_not_tell_the_room_it_needs,
       "SIO_ROUTING_INTERFACE_QUERY into too little room does not tell how much it needs",
       PATCH(WSAIoctl, no_needed_size));

static int WINAPI route_from_nothing(IOCTL_PARAMETERS)
{
    return code == SIO_ROUTING_INTERFACE_QUERY && !in ? 0 : IOCTL;
}
MUTANT(route_to_nothing_succeeds, "SIO_ROUTING_INTERFACE_QUERY without a destination succeeds",
       PATCH(WSAIoctl, route_from_nothing));

IOCTL_FAILS(routes_do_not_change, SIO_ROUTING_INTERFACE_CHANGE, true, WSAEWOULDBLOCK, 0)
MUTANT(change_of_routes_is_told_at_once,
       "SIO_ROUTING_INTERFACE_CHANGE succeeds at once on a nonblocking socket",
       PATCH(WSAIoctl, routes_do_not_change));
