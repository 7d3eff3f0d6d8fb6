/* Wrong behaviours, for the tests of ioctl_kinds.c. */
#include "ioctl-mutants.h"

#define KEEPALIVE(name, condition)                                    \
    static int WINAPI name(IOCTL_PARAMETERS)                          \
    {                                                                 \
        return code == SIO_KEEPALIVE_VALS && (condition) ? 0 : IOCTL; \
    }
#define ONOFF (in ? ((const struct tcp_keepalive *)in)->onoff : 0)

KEEPALIVE(not_of_connections, has_peer(s) && ONOFF == 1 && !overlapped)
MUTANT(keepalive_of_a_connection_does_nothing, "SIO_KEEPALIVE_VALS changes nothing once connected",
       PATCH(WSAIoctl, not_of_connections));

KEEPALIVE(one_alone, ONOFF > 1)
MUTANT(keepalive_takes_1_alone, "SIO_KEEPALIVE_VALS with a number above 1 changes nothing",
       PATCH(WSAIoctl, one_alone));

static SOCKET kept;

static int WINAPI remembers(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == SIO_KEEPALIVE_VALS && in)
        kept = ONOFF ? s : INVALID_SOCKET;
    return result;
}

static int WINAPI set_keeps(SET_PARAMETERS)
{
    return level == SOL_SOCKET && option == SO_KEEPALIVE && s == kept ? 0 : SET;
}
MUTANT(keepalive_cannot_be_ended_by_the_option,
       "SO_KEEPALIVE changes nothing after SIO_KEEPALIVE_VALS", PATCH(WSAIoctl, remembers),
       PATCH(setsockopt, set_keeps));

static SOCKET begun;

static int WINAPI set_begins(SET_PARAMETERS)
{
    int result = SET;
    if (result == 0 && level == SOL_SOCKET && option == SO_KEEPALIVE)
        begun = s;
    return result;
}

static int WINAPI keeps_option(IOCTL_PARAMETERS)
{
    return code == SIO_KEEPALIVE_VALS && !ONOFF && s == begun ? 0 : IOCTL;
}
MUTANT(keepalive_leaves_the_option_on, "SIO_KEEPALIVE_VALS does not end what SO_KEEPALIVE began",
       PATCH(setsockopt, set_begins), PATCH(WSAIoctl, keeps_option));

static int WINAPI refuses_longer(IOCTL_PARAMETERS)
{
    return code == SIO_KEEPALIVE_VALS && in_size > sizeof(struct tcp_keepalive)
               ? socket_fails(WSAEINVAL)
               : IOCTL;
}
MUTANT(keepalive_needs_its_exact_size, "SIO_KEEPALIVE_VALS refuses a longer buffer",
       PATCH(WSAIoctl, refuses_longer));

static int WINAPI refuses_overlapped(IOCTL_PARAMETERS)
{
    return code == SIO_KEEPALIVE_VALS && overlapped ? socket_fails(WSAEOPNOTSUPP) : IOCTL;
}
MUTANT(keepalive_is_never_overlapped, "SIO_KEEPALIVE_VALS refuses an OVERLAPPED",
       PATCH(WSAIoctl, refuses_overlapped));

/* Every socket tells that it is kept alive once one is. */
static int WINAPI get_kept(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_KEEPALIVE && kept &&
        kept != INVALID_SOCKET)
        *value = 1;
    return result;
}
MUTANT(keepalive_is_of_both_sides, "SO_KEEPALIVE of all sockets tells that one is kept alive",
       PATCH(WSAIoctl, remembers), PATCH(getsockopt, get_kept));

#define SUCCEEDS(name, code_)                       \
    static int WINAPI name(IOCTL_PARAMETERS)        \
    {                                               \
        int result = IOCTL;                         \
        return code == (DWORD)(code_) ? 0 : result; \
    }

SUCCEEDS(receives_all, SIO_RCVALL)
MUTANT(sockets_receive_all, "SIO_RCVALL succeeds on sockets that are not raw",
       PATCH(WSAIoctl, receives_all));

SUCCEEDS(receives_groups, SIO_RCVALL_MCAST)
MUTANT(sockets_receive_all_groups, "SIO_RCVALL_MCAST succeeds on sockets that are not raw",
       PATCH(WSAIoctl, receives_groups));

SUCCEEDS(receives_routers, SIO_RCVALL_IGMPMCAST)
MUTANT(sockets_receive_all_of_igmp, "SIO_RCVALL_IGMPMCAST succeeds on sockets that are not raw",
       PATCH(WSAIoctl, receives_routers));

SUCCEEDS(lists_interfaces, SIO_GET_INTERFACE_LIST_EX)
MUTANT(interfaces_are_listed_in_full, "SIO_GET_INTERFACE_LIST_EX succeeds",
       PATCH(WSAIoctl, lists_interfaces));

SUCCEEDS(fast_datagrams, SIO_LOOPBACK_FAST_PATH)
MUTANT(datagrams_have_a_fast_path, "SIO_LOOPBACK_FAST_PATH succeeds on datagram sockets",
       PATCH(WSAIoctl, fast_datagrams));

SUCCEEDS(timed_datagrams, SIO_TCP_INITIAL_RTO)
MUTANT(datagrams_have_a_first_time_out, "SIO_TCP_INITIAL_RTO succeeds on datagram sockets",
       PATCH(WSAIoctl, timed_datagrams));

SUCCEEDS(processors, 0x98000015u) /* SIO_CPU_AFFINITY */
MUTANT(streams_have_a_processor, "SIO_CPU_AFFINITY succeeds on stream sockets",
       PATCH(WSAIoctl, processors));

IOCTL_FAILS(bound_processors, 0x98000015u, is_bound(s), WSAEINVAL, 0)
MUTANT(bound_sockets_take_a_processor, "SIO_CPU_AFFINITY succeeds on bound datagram sockets",
       PATCH(WSAIoctl, bound_processors));

static int WINAPI sharing_processors(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    return code == 0x98000015u && socket_option(s, SO_REUSEADDR) ? 0 : result;
}
MUTANT(sharing_sockets_take_a_processor, "SIO_CPU_AFFINITY succeeds beside SO_REUSEADDR",
       PATCH(WSAIoctl, sharing_processors));

static int WINAPI routes_nowhere(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == SIO_ROUTING_INTERFACE_QUERY &&
        ((struct sockaddr *)out)->sa_family == AF_INET6)
        memset(&((struct sockaddr_in6 *)out)->sin6_addr, 0, 16);
    return result;
}
MUTANT(route_of_ipv6_is_not_told, "SIO_ROUTING_INTERFACE_QUERY of IPv6 tells no address",
       PATCH(WSAIoctl, routes_nowhere));

static int WINAPI lists_ipv4(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == SIO_ADDRESS_LIST_QUERY && is_ipv6(s))
        *size = 0;
    return result;
}
MUTANT(addresses_of_ipv6_are_not_told, "SIO_ADDRESS_LIST_QUERY of IPv6 tells nothing",
       PATCH(WSAIoctl, lists_ipv4));

static int WINAPI tells_later(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    return code == SIO_BSP_HANDLE_POLL && overlapped ? failure_hidden(result, WSAEFAULT, 0)
                                                     : result;
}
MUTANT(handle_for_poll_is_told_later, "SIO_BSP_HANDLE_POLL takes an OVERLAPPED",
       PATCH(WSAIoctl, tells_later));

/* What was too long for its buffer is counted on. */
static u_long cut;

static int WINAPI receives_cut(SOCKET s, char *bytes, int count, int flags)
{
    int result = real(recv)(s, bytes, count, flags);
    if (result == SOCKET_ERROR && GetLastError() == WSAEMSGSIZE)
        cut = 3;
    return result;
}

static int WINAPI counts_cut(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == FIONREAD && out)
        *(u_long *)out += cut;
    return result;
}
MUTANT(fionread_counts_what_was_cut_off, "FIONREAD counts what did not fit into the last receive",
       PATCH(recv, receives_cut), PATCH(WSAIoctl, counts_cut));
