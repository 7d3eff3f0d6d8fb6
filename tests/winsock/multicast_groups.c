/*
 * Groups of either family, by the options that serve both (MCAST_*) and by numbers of interfaces,
 * on the loopback interface alone. Each listener is sent "group" by the group and "one" by its own
 * address: what comes first tells whether it is a member.
 */
#include "groups.h"

/* MCAST_JOIN_GROUP and MCAST_LEAVE_GROUP. */
static int of_group(SOCKET s, int family, int option)
{
    GROUP_REQ request = {.gr_interface = loopback_index(), .gr_group = group_of(family)};
    return setsockopt(s, level_of(family), option, (char *)&request, sizeof(request));
}

/* The MCAST_ options that take a source: host 1, which is the sender, or another. */
static int of_source(SOCKET s, int family, int option, BYTE host)
{
    GROUP_SOURCE_REQ request = {.gsr_interface = loopback_index(),
                                .gsr_group = group_of(family),
                                .gsr_source = host_of(family, host)};
    return setsockopt(s, level_of(family), option, (char *)&request, sizeof(request));
}

START_TEST(join_group)
{
    winsock_start();
    int family = ip_families[_i].family;
    SOCKET s = listener_open(family), sender = sender_open(family);

    int result = of_group(s, family, MCAST_JOIN_GROUP);

    expect_socket_succeeded(result);
    expect_member(s, sender, family);
}
END_TEST
COVERS_ROWS(join_group, ip_families, "winsock.multicast.mcast_join_group");

START_TEST(leave_group)
{
    winsock_start();
    int family = ip_families[_i].family;
    SOCKET s = listener_open(family), sender = sender_open(family);
    expect_socket_succeeded(of_group(s, family, MCAST_JOIN_GROUP));
    expect_member(s, sender, family);

    int result = of_group(s, family, MCAST_LEAVE_GROUP);

    expect_socket_succeeded(result);
    expect_no_member(s, sender, family);
}
END_TEST
COVERS_ROWS(leave_group, ip_families, "winsock.multicast.mcast_leave_group");

START_TEST(join_source_group)
{
    winsock_start();
    int family = ip_families[_i].family;
    SOCKET s = listener_open(family), sender = sender_open(family);

    int result = of_source(s, family, MCAST_JOIN_SOURCE_GROUP, 9);

    expect_socket_succeeded(result);
    expect_no_member(s, sender, family);
    expect_socket_succeeded(of_source(s, family, MCAST_JOIN_SOURCE_GROUP, 1));
    expect_member(s, sender, family);
}
END_TEST
COVERS_ROWS(join_source_group, ip_families, "winsock.multicast.mcast_join_source_group");

START_TEST(leave_source_group)
{
    winsock_start();
    int family = ip_families[_i].family;
    SOCKET s = listener_open(family), sender = sender_open(family);
    expect_socket_succeeded(of_source(s, family, MCAST_JOIN_SOURCE_GROUP, 1));
    expect_socket_succeeded(of_source(s, family, MCAST_JOIN_SOURCE_GROUP, 9));
    expect_member(s, sender, family);

    int result = of_source(s, family, MCAST_LEAVE_SOURCE_GROUP, 1);

    expect_socket_succeeded(result);
    expect_no_member(s, sender, family);
}
END_TEST
COVERS_ROWS(leave_source_group, ip_families, "winsock.multicast.mcast_leave_source_group");

START_TEST(leaving_leaves_all_sources)
{
    winsock_start();
    int family = ip_families[_i].family;
    SOCKET s = listener_open(family), sender = sender_open(family);
    expect_socket_succeeded(of_source(s, family, MCAST_JOIN_SOURCE_GROUP, 1));
    expect_socket_succeeded(of_source(s, family, MCAST_JOIN_SOURCE_GROUP, 9));
    expect_member(s, sender, family);

    int result = of_group(s, family, MCAST_LEAVE_GROUP);

    expect_socket_succeeded(result);
    expect_no_member(s, sender, family);
}
END_TEST
COVERS_ROWS(leaving_leaves_all_sources, ip_families,
            "winsock.multicast.mcast_leave_group_all_sources");

START_TEST(block_and_unblock_source)
{
    winsock_start();
    int family = ip_families[_i].family;
    SOCKET s = listener_open(family), sender = sender_open(family);
    expect_socket_succeeded(of_group(s, family, MCAST_JOIN_GROUP));
    expect_member(s, sender, family);

    int result = of_source(s, family, MCAST_BLOCK_SOURCE, 1);

    expect_socket_succeeded(result);
    expect_no_member(s, sender, family);
    expect_socket_succeeded(of_source(s, family, MCAST_UNBLOCK_SOURCE, 1));
    expect_member(s, sender, family);
}
END_TEST
COVERS_ROWS(block_and_unblock_source, ip_families, "winsock.multicast.mcast_block_source",
            "winsock.multicast.mcast_unblock_source");

/* ---- The older options of IPv6 */

START_TEST(ipv6_membership)
{
    winsock_start();
    SOCKET s = listener_open(AF_INET6), sender = sender_open(AF_INET6);

    int result = by_family(s, AF_INET6, IPV6_ADD_MEMBERSHIP);

    expect_socket_succeeded(result);
    expect_member(s, sender, AF_INET6);
}
END_TEST
COVERS(ipv6_membership, "winsock.option_ipv6.add_membership",
       "winsock.option_ipv6.multicast_if_loopback");

START_TEST(ipv6_membership_ends)
{
    winsock_start();
    SOCKET s = listener_open(AF_INET6), sender = sender_open(AF_INET6);
    expect_socket_succeeded(by_family(s, AF_INET6, IPV6_ADD_MEMBERSHIP));
    expect_member(s, sender, AF_INET6);

    int result = by_family(s, AF_INET6, IPV6_DROP_MEMBERSHIP);

    expect_socket_succeeded(result);
    expect_no_member(s, sender, AF_INET6);
}
END_TEST
COVERS(ipv6_membership_ends, "winsock.option_ipv6.drop_membership");

START_TEST(streams_join_no_group)
{
    winsock_start();
    SOCKET datagram = listener_open(AF_INET6), stream = socket_of(AF_INET6, SOCK_STREAM);

    int result = by_family(stream, AF_INET6, IPV6_ADD_MEMBERSHIP);

    expect_failed_somehow(result == 0);
    expect_socket_succeeded(by_family(datagram, AF_INET6, IPV6_ADD_MEMBERSHIP));
}
END_TEST
COVERS(streams_join_no_group, "winsock.option_ipv6.join_dgram_only");

/* ---- Interfaces by number */

START_TEST(interface_by_number)
{
    winsock_start();
    SOCKET s = listener_open(AF_INET), sender = socket_bound(SOCK_DGRAM);
    require(by_family(s, AF_INET, IP_ADD_MEMBERSHIP) == 0);

    int result = option_set(sender, IPPROTO_IP, IP_MULTICAST_IF, htonl(loopback_index()));

    expect_socket_succeeded(result);
    expect_member(s, sender, AF_INET);
}
END_TEST
COVERS(interface_by_number, "winsock.option_ip.multicast_if_index");

static const struct {
    struct row row;
    int family, option;
} numbered[] = {
    {{"multicast", "winsock.option_ip.multicast_if_unknown"}, AF_INET, IP_MULTICAST_IF},
    {{"ipv6_multicast", "winsock.option_ipv6.multicast_if_unknown"}, AF_INET6, IPV6_MULTICAST_IF},
};

/* Options of IPv4 take the number of an interface in network order. */
static DWORD number_of(int family, DWORD index)
{
    return family == AF_INET ? htonl(index) : index;
}

START_TEST(interface_that_is_not_there)
{
    winsock_start();
    int family = numbered[_i].family, option = numbered[_i].option;
    SOCKET s = socket_of(family, SOCK_DGRAM);
    DWORD here = number_of(family, loopback_index()), nowhere = number_of(family, 0xFFFFFE);

    int result = option_set(s, level_of(family), option, nowhere);

    expect_failed_somehow(result == 0);
    expect_socket_succeeded(option_set(s, level_of(family), option, here));
}
END_TEST
COVERS_ROWS(interface_that_is_not_there, numbered);

/* ---- The IOCTLs that stand for options */

START_TEST(scope_is_the_time_to_live)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    int scope = 7;
    DWORD size = 0, value;

    int result =
        WSAIoctl(s, SIO_MULTICAST_SCOPE, &scope, sizeof(scope), NULL, 0, &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, IPPROTO_IP, IP_MULTICAST_TTL, &value));
    expect_number(value, 7);
}
END_TEST
COVERS(scope_is_the_time_to_live, "winsock.ioctl.multicast_scope");

START_TEST(loopback_is_the_option)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    BOOL off = FALSE;
    DWORD size = 0, value;

    int result =
        WSAIoctl(s, SIO_MULTIPOINT_LOOPBACK, &off, sizeof(off), NULL, 0, &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, IPPROTO_IP, IP_MULTICAST_LOOP, &value));
    expect_number(value, FALSE);
}
END_TEST
COVERS(loopback_is_the_option, "winsock.ioctl.multipoint_loopback");
