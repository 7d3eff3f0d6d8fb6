/* Wrong behaviours, for the tests of option_groups.c. */
#include "option-mutants.h"

#define MULTICAST_LIMIT \
    (IS_OPTION(IPPROTO_IP, IP_MULTICAST_TTL) || IS_OPTION(IPPROTO_IPV6, IPV6_MULTICAST_HOPS))

SET_SUCCEEDS(group_hops, MULTICAST_LIMIT)
MUTANT(hops_to_groups_are_not_sent, "The limit of hops to groups cannot be changed",
       PATCH(setsockopt, set_group_hops));

/* The limit of what goes to a host is that of what goes to groups as well. */
static int WINAPI set_both_limits(SET_PARAMETERS)
{
    int result = SET;
    DWORD error = GetLastError();
    if (result == 0 && IS_OPTION(IPPROTO_IP, IP_TTL))
        real(setsockopt)(s, level, IP_MULTICAST_TTL, value, size);
    if (result == 0 && IS_OPTION(IPPROTO_IPV6, IPV6_UNICAST_HOPS))
        real(setsockopt)(s, level, IPV6_MULTICAST_HOPS, value, size);
    SetLastError(error);
    return result;
}
MUTANT(hops_to_hosts_are_those_to_groups, "IP_TTL and IPV6_UNICAST_HOPS count for groups, too",
       PATCH(setsockopt, set_both_limits));

/* A datagram to a group goes as far as one to a host. */
static int WINAPI sends_far(SOCKET s, const char *bytes, int count, int flags,
                            const struct sockaddr *to, int length)
{
    int one = 0, size = sizeof(one), far_away = 64;
    if (to && to->sa_family == AF_INET &&
        real(getsockopt)(s, IPPROTO_IP, IP_MULTICAST_TTL, (char *)&one, &size) == 0 && one == 1)
        real(setsockopt)(s, IPPROTO_IP, IP_MULTICAST_TTL, (char *)&far_away, sizeof(far_away));
    return real(sendto)(s, bytes, count, flags, to, length);
}
MUTANT(groups_are_far_by_default, "Datagrams to groups leave with a time to live of 64 by default",
       PATCH(sendto, sends_far));

static int WINAPI scope_of_two(IOCTL_PARAMETERS)
{
    int two = 2;
    if (code == SIO_MULTICAST_SCOPE && in)
        in = &two;
    return IOCTL;
}
MUTANT(multicast_scope_is_another, "SIO_MULTICAST_SCOPE sets another scope than it is given",
       PATCH(WSAIoctl, scope_of_two));

#define IS_LOOP \
    (IS_OPTION(IPPROTO_IP, IP_MULTICAST_LOOP) || IS_OPTION(IPPROTO_IPV6, IPV6_MULTICAST_LOOP))

SET_SUCCEEDS(no_loop, IS_LOOP &&value && !*value)
MUTANT(members_always_hear_themselves, "The echo of a group cannot be switched off",
       PATCH(setsockopt, set_no_loop));

/* Whose echo is switched on sends nothing to groups any more. */
static SOCKET silenced;

static int WINAPI set_loop_again(SET_PARAMETERS)
{
    if (IS_LOOP && value && *value)
        silenced = s;
    return SET;
}

static int WINAPI sends_silently(SOCKET s, const char *bytes, int count, int flags,
                                 const struct sockaddr *to, int length)
{
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)to;
    const struct sockaddr_in *four = (const struct sockaddr_in *)to;
    bool group =
        to && (to->sa_family == AF_INET6 ? six->sin6_addr.s6_addr[0] == 0xFF
                                         : IN_MULTICAST(real(ntohl)(four->sin_addr.s_addr)));
    return group && silenced && s == silenced ? count
                                              : real(sendto)(s, bytes, count, flags, to, length);
}
MUTANT(members_never_hear_themselves_again, "The echo of a group cannot be switched on again",
       PATCH(setsockopt, set_loop_again), PATCH(sendto, sends_silently));

static int WINAPI loops_always(IOCTL_PARAMETERS)
{
    return code == SIO_MULTIPOINT_LOOPBACK && in && !*(const BOOL *)in ? 0 : IOCTL;
}
MUTANT(multipoint_loopback_stays_on, "SIO_MULTIPOINT_LOOPBACK with FALSE changes nothing",
       PATCH(WSAIoctl, loops_always));

SET_SUCCEEDS(stream_leaves, IS_OPTION(IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP) && is_stream(s))
MUTANT(streams_leave_groups_of_ipv6, "IPV6_DROP_MEMBERSHIP succeeds on a stream socket",
       PATCH(setsockopt, set_stream_leaves));

#define STAYS(name, level_, option_) \
    SET_SUCCEEDS(name, IS_OPTION(level_, option_) && value && !*value)

STAYS(hops, IPPROTO_IP, OPT_RECVTTL)
MUTANT(hops_are_told_for_ever, "IP_RECVTTL cannot be switched off", PATCH(setsockopt, set_hops));

STAYS(service, IPPROTO_IP, OPT_RECVTOS)
MUTANT(service_is_told_for_ever, "IP_RECVTOS cannot be switched off",
       PATCH(setsockopt, set_service));

STAYS(hops_6, IPPROTO_IPV6, IPV6_HOPLIMIT)
MUTANT(hops_of_ipv6_are_told_for_ever, "IPV6_HOPLIMIT cannot be switched off",
       PATCH(setsockopt, set_hops_6));

STAYS(class_6, IPPROTO_IPV6, OPT_RECVTOS)
MUTANT(class_of_ipv6_is_told_for_ever, "IPV6_RECVTCLASS cannot be switched off",
       PATCH(setsockopt, set_class_6));

STAYS(packet_6, IPPROTO_IPV6, IPV6_PKTINFO)
MUTANT(packets_of_ipv6_are_told_for_ever, "IPV6_PKTINFO cannot be switched off",
       PATCH(setsockopt, set_packet_6));

SET_SUCCEEDS(interface_of_6, IS_OPTION(IPPROTO_IPV6, OPT_RECVIF))
MUTANT(interfaces_of_ipv6_are_not_told, "IPV6_RECVIF changes nothing",
       PATCH(setsockopt, set_interface_of_6));
