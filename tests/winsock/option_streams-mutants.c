/* Wrong behaviours, for the tests of option_streams.c. */
#include "option-mutants.h"

SET_SUCCEEDS(state, IS_OPTION(SOL_SOCKET, OPT_BSP_STATE))
MUTANT(bsp_state_can_be_set, "SO_BSP_STATE can be set", PATCH(setsockopt, set_state));

SET_SUCCEEDS(time, IS_OPTION(SOL_SOCKET, SO_CONNECT_TIME))
MUTANT(connect_time_can_be_set, "SO_CONNECT_TIME can be set", PATCH(setsockopt, set_time));

SET_SUCCEEDS(info,
             IS_OPTION(SOL_SOCKET, SO_PROTOCOL_INFOA) || IS_OPTION(SOL_SOCKET, SO_PROTOCOL_INFOW))
MUTANT(protocol_info_can_be_set, "SO_PROTOCOL_INFO can be set", PATCH(setsockopt, set_info));

SET_SUCCEEDS(mtu, IS_OPTION(IPPROTO_IP, OPT_IP_MTU) || IS_OPTION(IPPROTO_IPV6, OPT_IPV6_MTU))
MUTANT(mtu_can_be_set, "IP_MTU and IPV6_MTU can be set", PATCH(setsockopt, set_mtu));

GET_SUCCEEDS(accept_context, IS_OPTION(SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT))
MUTANT(accept_context_can_be_read, "SO_UPDATE_ACCEPT_CONTEXT can be read",
       PATCH(getsockopt, get_accept_context));

GET_SUCCEEDS(connect_context, IS_OPTION(SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT))
MUTANT(connect_context_can_be_read, "SO_UPDATE_CONNECT_CONTEXT can be read",
       PATCH(getsockopt, get_connect_context));

GET_SUCCEEDS(added, IS_OPTION(IPPROTO_IP, OPT_ADD_IFLIST))
MUTANT(added_interfaces_can_be_read, "IP_ADD_IFLIST can be read", PATCH(getsockopt, get_added));

GET_SUCCEEDS(removed, IS_OPTION(IPPROTO_IP, OPT_DEL_IFLIST))
MUTANT(removed_interfaces_can_be_read, "IP_DEL_IFLIST can be read", PATCH(getsockopt, get_removed));

SET_SUCCEEDS(hops, (IS_OPTION(IPPROTO_IP, IP_TTL) || IS_OPTION(IPPROTO_IPV6, IPV6_UNICAST_HOPS)) &&
                       is_stream(s))
MUTANT(hops_of_streams_cannot_be_set, "IP_TTL and IPV6_UNICAST_HOPS of a stream change nothing",
       PATCH(setsockopt, set_hops));

SET_REFUSES(random, IS_OPTION(SOL_SOCKET, OPT_RANDOMIZE_PORT), WSAENOPROTOOPT)
MUTANT(ports_are_never_random, "SO_RANDOMIZE_PORT is not known", PATCH(setsockopt, set_random));

SET_REFUSES(reuse, IS_OPTION(SOL_SOCKET, OPT_REUSE_UNICASTPORT), WSAENOPROTOOPT)
MUTANT(ports_are_never_reused, "SO_REUSE_UNICASTPORT is not known", PATCH(setsockopt, set_reuse));

SET_SUCCEEDS(pause, IS_OPTION(SOL_SOCKET, OPT_PAUSE_ACCEPT))
MUTANT(listeners_never_pause, "SO_PAUSE_ACCEPT changes nothing", PATCH(setsockopt, set_pause));

SET_REFUSES(fast, IS_OPTION(IPPROTO_TCP, OPT_TCP_FASTOPEN), WSAENOPROTOOPT)
MUTANT(nothing_opens_fast, "TCP_FASTOPEN is not known", PATCH(setsockopt, set_fast));

SET_SUCCEEDS(kind, IS_OPTION(SOL_SOCKET, SO_OPENTYPE))
MUTANT(sockets_are_always_overlapped, "SO_OPENTYPE changes nothing", PATCH(setsockopt, set_kind));

/* A socket that is protected at all does not connect. */
static SOCKET protected_one;

static int WINAPI set_protected(SET_PARAMETERS)
{
    if (IS_OPTION(IPPROTO_IPV6, OPT_PROTECTION_LEVEL))
        protected_one = s;
    return SET;
}

static int WINAPI connects_unprotected(SOCKET s, const struct sockaddr *name, int length)
{
    return protected_one && s == protected_one ? socket_fails(WSAECONNREFUSED)
                                               : real(connect)(s, name, length);
}
MUTANT(protection_is_for_clients, "connect of a socket with IPV6_PROTECTION_LEVEL is refused",
       PATCH(setsockopt, set_protected), PATCH(connect, connects_unprotected));

static int WINAPI no_fast_path(IOCTL_PARAMETERS)
{
    return code == SIO_LOOPBACK_FAST_PATH ? socket_fails(WSAEOPNOTSUPP) : IOCTL;
}
MUTANT(there_is_no_fast_path, "SIO_LOOPBACK_FAST_PATH is not known", PATCH(WSAIoctl, no_fast_path));

static int WINAPI no_first_time_out(IOCTL_PARAMETERS)
{
    return code == SIO_TCP_INITIAL_RTO ? socket_fails(WSAEOPNOTSUPP) : IOCTL;
}
MUTANT(there_is_no_first_time_out, "SIO_TCP_INITIAL_RTO is not known",
       PATCH(WSAIoctl, no_first_time_out));
