/* Groups are joined by sockets: who has not joined does not hear a group that another socket of the
 * machine has joined, and who has goes on hearing it when another one leaves. */
#include "groups.h"

static int enter(SOCKET s, int family)
{
    return by_family(s, family, family == AF_INET ? IP_ADD_MEMBERSHIP : IPV6_ADD_MEMBERSHIP);
}

static int quit(SOCKET s, int family)
{
    return by_family(s, family, family == AF_INET ? IP_DROP_MEMBERSHIP : IPV6_DROP_MEMBERSHIP);
}

/* A bound member, which has a port of its own. */
static SOCKET listening_member(int family)
{
    SOCKET s = listener_open(family);
    require(enter(s, family) == 0);
    return s;
}

START_TEST(stranger_beside_a_member)
{
    winsock_start();
    int family = ip_families[_i].family;
    SOCKET s = listener_open(family), sender = sender_open(family), member = listener_open(family);

    int result = enter(member, family);

    expect_socket_succeeded(result);
    expect_member(member, sender, family);
    expect_no_member(s, sender, family);
}
END_TEST
COVERS_ROWS(stranger_beside_a_member, ip_families, "winsock.neighbour.stranger");

START_TEST(former_member_beside_a_member)
{
    winsock_start();
    int family = ip_families[_i].family;
    SOCKET s = listening_member(family), sender = sender_open(family),
           member = listening_member(family);
    expect_member(s, sender, family);

    int result = quit(s, family);

    expect_socket_succeeded(result);
    expect_no_member(s, sender, family);
    expect_member(member, sender, family);
}
END_TEST
COVERS_ROWS(former_member_beside_a_member, ip_families, "winsock.neighbour.left");

/* Joins another group than that of the case. */
static int enter_another(SOCKET s, int family)
{
    DWORD address = htonl(group_address(2));
    SOCKADDR_STORAGE group = group_of(family);
    struct ip_mreq four = {.imr_multiaddr.s_addr = address,
                           .imr_interface.s_addr = htonl(INADDR_LOOPBACK)};
    IPV6_MREQ six = {.ipv6mr_multiaddr = ((struct sockaddr_in6 *)&group)->sin6_addr,
                     .ipv6mr_interface = loopback_index()};
    memcpy(six.ipv6mr_multiaddr.s6_addr + 12, &address, sizeof(address));
    return family == AF_INET
               ? setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, (char *)&four, sizeof(four))
               : setsockopt(s, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, (char *)&six, sizeof(six));
}

START_TEST(member_of_another_group)
{
    winsock_start();
    int family = ip_families[_i].family;
    SOCKET s = listener_open(family), sender = sender_open(family),
           member = listening_member(family);

    int result = enter_another(s, family);

    expect_socket_succeeded(result);
    expect_no_member(s, sender, family);
    expect_member(member, sender, family);
}
END_TEST
COVERS_ROWS(member_of_another_group, ip_families, "winsock.neighbour.another_group");

/* ---- The one that stays */

static int by_leaving(SOCKET s, int family)
{
    return quit(s, family);
}

static int by_closing(SOCKET s, int family)
{
    (void)family;
    return closesocket(s);
}

static const struct {
    struct row row;
    int family;
    int (*end)(SOCKET, int);
} ends[] = {
    {{"left_ipv4", "winsock.neighbour.stays"}, AF_INET, by_leaving},
    {{"left_ipv6", "winsock.neighbour.stays"}, AF_INET6, by_leaving},
    {{"closed_ipv4", "winsock.neighbour.stays"}, AF_INET, by_closing},
    {{"closed_ipv6", "winsock.neighbour.stays"}, AF_INET6, by_closing},
};

START_TEST(member_stays_when_another)
{
    winsock_start();
    int family = ends[_i].family;
    SOCKET first = listening_member(family), s = listening_member(family),
           sender = sender_open(family);

    int result = ends[_i].end(first, family);

    expect_socket_succeeded(result);
    expect_member(s, sender, family);
}
END_TEST
COVERS_ROWS(member_stays_when_another, ends);
