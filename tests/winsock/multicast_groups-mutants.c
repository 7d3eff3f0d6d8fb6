/* Wrong behaviours, for the tests of multicast_groups.c: groups of either family. */
#include "option-mutants.h"

#define OF_EITHER(option_) (IS_OPTION(IPPROTO_IP, option_) || IS_OPTION(IPPROTO_IPV6, option_))

SET_SUCCEEDS(join, OF_EITHER(MCAST_JOIN_GROUP))
MUTANT(mcast_join_group_does_nothing, "MCAST_JOIN_GROUP joins no group",
       PATCH(setsockopt, set_join));

SET_SUCCEEDS(leave, OF_EITHER(MCAST_LEAVE_GROUP))
MUTANT(mcast_leave_group_does_nothing, "MCAST_LEAVE_GROUP leaves no group",
       PATCH(setsockopt, set_leave));

static int WINAPI set_every_source(SET_PARAMETERS)
{
    if (!OF_EITHER(MCAST_JOIN_SOURCE_GROUP))
        return SET;
    const GROUP_SOURCE_REQ *request = (const GROUP_SOURCE_REQ *)value;
    GROUP_REQ whole = {.gr_interface = request->gsr_interface, .gr_group = request->gsr_group};
    int result = real(setsockopt)(s, level, MCAST_JOIN_GROUP, (char *)&whole, sizeof(whole));
    return failure_hidden(result, WSAEADDRNOTAVAIL, 0);
}
MUTANT(mcast_join_source_group_takes_every_source, "MCAST_JOIN_SOURCE_GROUP joins the whole group",
       PATCH(setsockopt, set_every_source));

SET_SUCCEEDS(leave_source, OF_EITHER(MCAST_LEAVE_SOURCE_GROUP))
MUTANT(mcast_leave_source_group_does_nothing, "MCAST_LEAVE_SOURCE_GROUP leaves no source",
       PATCH(setsockopt, set_leave_source));

SET_SUCCEEDS(block, OF_EITHER(MCAST_BLOCK_SOURCE))
MUTANT(mcast_block_source_does_nothing, "MCAST_BLOCK_SOURCE blocks nobody",
       PATCH(setsockopt, set_block));

SET_SUCCEEDS(unblock, OF_EITHER(MCAST_UNBLOCK_SOURCE))
MUTANT(mcast_unblock_source_does_nothing, "MCAST_UNBLOCK_SOURCE unblocks nobody",
       PATCH(setsockopt, set_unblock));

SET_SUCCEEDS(join_6, IS_OPTION(IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP))
MUTANT(ipv6_add_membership_does_nothing, "IPV6_ADD_MEMBERSHIP joins no group",
       PATCH(setsockopt, set_join_6));

SET_SUCCEEDS(interface_6, IS_OPTION(IPPROTO_IPV6, IPV6_MULTICAST_IF))
MUTANT(ipv6_multicast_if_does_nothing, "IPV6_MULTICAST_IF chooses no interface",
       PATCH(setsockopt, set_interface_6));

SET_SUCCEEDS(leave_6, IS_OPTION(IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP))
MUTANT(ipv6_drop_membership_does_nothing, "IPV6_DROP_MEMBERSHIP leaves no group",
       PATCH(setsockopt, set_leave_6));

SET_SUCCEEDS(stream_6, IS_OPTION(IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP) && is_stream(s))
MUTANT(streams_join_groups_of_ipv6, "IPV6_ADD_MEMBERSHIP succeeds on a stream socket",
       PATCH(setsockopt, set_stream_6));

#define IS_NUMBER (value && *(const DWORD *)value && !*(const BYTE *)value)

SET_REFUSES(addresses_only, IS_OPTION(IPPROTO_IP, IP_MULTICAST_IF) && IS_NUMBER, WSAEADDRNOTAVAIL)
MUTANT(multicast_if_takes_addresses_only, "IP_MULTICAST_IF takes no number of an interface",
       PATCH(setsockopt, set_addresses_only));

SET_TAKES(any_number, IS_OPTION(IPPROTO_IP, IP_MULTICAST_IF) && IS_NUMBER)
MUTANT(multicast_if_takes_any_number, "IP_MULTICAST_IF takes the number of no interface",
       PATCH(setsockopt, set_any_number));

SET_TAKES(any_number_6, IS_OPTION(IPPROTO_IPV6, IPV6_MULTICAST_IF))
MUTANT(ipv6_multicast_if_takes_any_number, "IPV6_MULTICAST_IF takes the number of no interface",
       PATCH(setsockopt, set_any_number_6));

static int WINAPI ignores_scope(IOCTL_PARAMETERS)
{
    return code == SIO_MULTICAST_SCOPE ? 0 : IOCTL;
}
MUTANT(multicast_scope_is_not_the_ttl, "SIO_MULTICAST_SCOPE does not set IP_MULTICAST_TTL",
       PATCH(WSAIoctl, ignores_scope));

static int WINAPI ignores_loopback(IOCTL_PARAMETERS)
{
    return code == SIO_MULTIPOINT_LOOPBACK ? 0 : IOCTL;
}
MUTANT(multipoint_loopback_is_not_the_option,
       "SIO_MULTIPOINT_LOOPBACK does not set IP_MULTICAST_LOOP", PATCH(WSAIoctl, ignores_loopback));

static SOCKET of_sources = INVALID_SOCKET;

static int WINAPI leaves_no_source(SET_PARAMETERS)
{
    if (option == MCAST_JOIN_SOURCE_GROUP)
        of_sources = s;
    return option == MCAST_LEAVE_GROUP && s == of_sources ? 0 : SET;
}
MUTANT(mcast_leave_group_leaves_no_source,
       "MCAST_LEAVE_GROUP of a group whose sources were joined leaves none of them",
       PATCH(setsockopt, leaves_no_source));
