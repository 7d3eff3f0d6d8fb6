/* Options of groups that show in the datagrams: how far they go, and who hears what this machine
 * sends. And control messages that are told no longer. Loopback interface alone. */
#include "groups.h"

static const struct family {
    struct row row;
    int family, unicast, multicast, told, type; /* TOLD: in a control message of TYPE */
} families[] = {
    {{"of_ipv4", NULL}, AF_INET, IP_TTL, IP_MULTICAST_TTL, OPT_RECVTTL, IP_TTL},
    {{"of_ipv6", NULL},
     AF_INET6,
     IPV6_UNICAST_HOPS,
     IPV6_MULTICAST_HOPS,
     IPV6_HOPLIMIT,
     IPV6_HOPLIMIT},
};

/* Receives one datagram. The data of its only control message, of TYPE, or NULL for none. */
static const void *told_by(SOCKET s, int level, int type)
{
    WSAMSG *message = room_for(256);
    DWORD got = 0;
    SOCKADDR_STORAGE from;
    message->name = (struct sockaddr *)&from;
    message->namelen = sizeof(from);
    require(receive_message(s)(s, message, &got, NULL, NULL) == 0);
    WSACMSGHDR *header = WSA_CMSG_FIRSTHDR(message);
    if (!header)
        return NULL;
    expect_number(header->cmsg_level, level);
    expect_number(header->cmsg_type, type);
    return WSA_CMSG_DATA(header);
}

static INT hops_told(SOCKET s, const struct family *family)
{
    const INT *hops = told_by(s, level_of(family->family), family->type);
    expect_true(hops != NULL);
    return *hops;
}

/* A member of the group that is told the hops of what comes. */
static SOCKET told_member(const struct family *family)
{
    SOCKET s = listener_open(family->family);
    int join = family->family == AF_INET ? IP_ADD_MEMBERSHIP : IPV6_ADD_MEMBERSHIP;
    require(by_family(s, family->family, join) == 0);
    if (option_set(s, level_of(family->family), family->told, 1) != 0)
        unsupported("the number of hops is not told");
    return s;
}

START_TEST(hops_to_a_group)
{
    winsock_start();
    const struct family *family = &families[_i];
    SOCKET s = told_member(family), sender = sender_open(family->family);

    int result = option_set(sender, level_of(family->family), family->multicast, 5);

    expect_socket_succeeded(result);
    expect_socket_succeeded(send_to(sender, group_of(family->family), s, "group"));
    expect_number(hops_told(s, family), 5);
}
END_TEST
COVERS_ROWS(hops_to_a_group, families, "winsock.option_groups.hops_sent");

START_TEST(hops_to_a_group_are_not_those_to_a_host)
{
    winsock_start();
    const struct family *family = &families[_i];
    SOCKET s = told_member(family), sender = sender_open(family->family);
    int level = level_of(family->family);
    require(option_set(sender, level, family->multicast, 5) == 0);

    int result = option_set(sender, level, family->unicast, 9);

    expect_socket_succeeded(result);
    expect_socket_succeeded(send_to(sender, group_of(family->family), s, "group"));
    expect_number(hops_told(s, family), 5);
    expect_socket_succeeded(option_set(sender, level, family->multicast, 3));
    expect_socket_succeeded(send_to(sender, host_of(family->family, 1), s, "one"));
    expect_number(hops_told(s, family), 9);
}
END_TEST
COVERS_ROWS(hops_to_a_group_are_not_those_to_a_host, families, "winsock.option_groups.two_limits");

START_TEST(one_hop_to_a_group_by_default)
{
    winsock_start();
    const struct family *family = &families[0];
    SOCKET s = told_member(family), sender = sender_open(AF_INET);

    int sent = send_to(sender, group_of(AF_INET), s, "group");

    expect_socket_succeeded(sent);
    expect_number(hops_told(s, family), 1);
}
END_TEST
COVERS(one_hop_to_a_group_by_default, "winsock.option_groups.default_scope");

/* SIO_MULTICAST_SCOPE is the other name of that limit. */
START_TEST(scope_of_a_group)
{
    winsock_start();
    const struct family *family = &families[0];
    SOCKET s = told_member(family), sender = sender_open(AF_INET);
    int scope = 4;
    DWORD size = 0;

    int result =
        WSAIoctl(sender, SIO_MULTICAST_SCOPE, &scope, sizeof(scope), NULL, 0, &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_socket_succeeded(send_to(sender, group_of(AF_INET), s, "group"));
    expect_number(hops_told(s, family), 4);
}
END_TEST
COVERS(scope_of_a_group, "winsock.ioctl.multicast_scope_sent");

/* ---- What this machine sends. The sender is the member: who else hears it is not the point. */

static SOCKET own_member(int family)
{
    SOCKET s = listener_open(family);
    int level = level_of(family);
    require(by_family(s, family, family == AF_INET ? IP_ADD_MEMBERSHIP : IPV6_ADD_MEMBERSHIP) == 0);
    require(family == AF_INET ? option_set(s, level, IP_MULTICAST_IF, htonl(INADDR_LOOPBACK)) == 0
                              : option_set(s, level, IPV6_MULTICAST_IF, loopback_index()) == 0);
    socket_close(sender_open(family)); /* there is a way to groups */
    return s;
}

static const struct {
    struct row row;
    int family, option;
} echoes[] = {
    {{"of_ipv4", NULL}, AF_INET, IP_MULTICAST_LOOP},
    {{"of_ipv6", NULL}, AF_INET6, IPV6_MULTICAST_LOOP},
};

START_TEST(member_does_not_hear_itself)
{
    winsock_start();
    int family = echoes[_i].family;
    SOCKET s = own_member(family);
    expect_member(s, s, family);

    int result = option_set(s, level_of(family), echoes[_i].option, FALSE);

    expect_socket_succeeded(result);
    expect_no_member(s, s, family);
}
END_TEST
COVERS_ROWS(member_does_not_hear_itself, echoes, "winsock.option_groups.loop_off");

START_TEST(member_hears_itself_again)
{
    winsock_start();
    int family = echoes[_i].family;
    SOCKET s = own_member(family);
    require(option_set(s, level_of(family), echoes[_i].option, FALSE) == 0);

    int result = option_set(s, level_of(family), echoes[_i].option, TRUE);

    expect_socket_succeeded(result);
    expect_member(s, s, family);
}
END_TEST
COVERS_ROWS(member_hears_itself_again, echoes, "winsock.option_groups.loop_on_again");

START_TEST(multipoint_loopback_off)
{
    winsock_start();
    SOCKET s = own_member(AF_INET);
    BOOL echo = FALSE;
    DWORD size = 0;
    expect_member(s, s, AF_INET);

    int result =
        WSAIoctl(s, SIO_MULTIPOINT_LOOPBACK, &echo, sizeof(echo), NULL, 0, &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_no_member(s, s, AF_INET);
}
END_TEST
COVERS(multipoint_loopback_off, "winsock.ioctl.multipoint_loopback_off");

/* ---- Joining and leaving */

START_TEST(streams_leave_no_group)
{
    winsock_start();
    SOCKET stream = socket_of(AF_INET6, SOCK_STREAM), member = member_open(AF_INET6);

    int result = by_family(stream, AF_INET6, IPV6_DROP_MEMBERSHIP);

    expect_failed_somehow(result == 0);
    expect_socket_succeeded(by_family(member, AF_INET6, IPV6_DROP_MEMBERSHIP));
}
END_TEST
COVERS(streams_leave_no_group, "winsock.option_groups.drop_dgram_only");

/* ---- Told no longer */

static const struct {
    struct row row;
    int family, option;
} untold[] = {
    {{"hops", "winsock.option_groups.recvttl_off"}, AF_INET, OPT_RECVTTL},
    {{"service", "winsock.option_groups.recvtos_off"}, AF_INET, OPT_RECVTOS},
    {{"ipv6_hops", "winsock.option_groups.hoplimit_off"}, AF_INET6, IPV6_HOPLIMIT},
    {{"ipv6_class", "winsock.option_groups.recvtclass_off"}, AF_INET6, OPT_RECVTOS},
    {{"ipv6_packet", "winsock.option_groups.pktinfo6_off"}, AF_INET6, IPV6_PKTINFO},
};

START_TEST(no_longer_told)
{
    winsock_start();
    int family = untold[_i].family, option = untold[_i].option, level = level_of(family);
    SOCKET s = socket_of(family, SOCK_DGRAM);
    SOCKADDR_STORAGE here = host_of(family, 1);
    WSAMSG *message = room_for(256);
    DWORD got = 0;
    require(bind(s, (struct sockaddr *)&here, name_size(family)) == 0);
    if (option_set(s, level, option, TRUE) != 0)
        unsupported("this is not told");
    require(send_to(s, here, s, "told") == 4);
    message->name = NULL;
    require(receive_message(s)(s, message, &got, NULL, NULL) == 0);
    expect_true(WSA_CMSG_FIRSTHDR(message) != NULL);

    int result = option_set(s, level, option, FALSE);

    expect_socket_succeeded(result);
    require(send_to(s, here, s, "untold") == 6);
    message = room_for(256);
    message->name = NULL;
    require(receive_message(s)(s, message, &got, NULL, NULL) == 0);
    expect_number(message->Control.len, 0);
}
END_TEST
COVERS_ROWS(no_longer_told, untold);

START_TEST(interface_of_ipv6_is_told)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM);
    SOCKADDR_STORAGE here = host_of(AF_INET6, 1);
    require(bind(s, (struct sockaddr *)&here, name_size(AF_INET6)) == 0);
    require(option_set(s, IPPROTO_IPV6, IPV6_PKTINFO, TRUE) == 0);
    require(send_to(s, here, s, "one") == 3);
    const IN6_PKTINFO *info = told_by(s, IPPROTO_IPV6, IPV6_PKTINFO);
    require(info != NULL);
    DWORD number = (DWORD)info->ipi6_ifindex;
    require(option_set(s, IPPROTO_IPV6, IPV6_PKTINFO, FALSE) == 0);

    int result = option_set(s, IPPROTO_IPV6, OPT_RECVIF, TRUE);

    expect_socket_succeeded(result);
    require(send_to(s, here, s, "two") == 3);
    const DWORD *told = told_by(s, IPPROTO_IPV6, OPT_RECVIF);
    expect_true(told != NULL);
    expect_number(*told, number);
}
END_TEST
COVERS(interface_of_ipv6_is_told, "winsock.option_groups.recvif6_cmsg");
