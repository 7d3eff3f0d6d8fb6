/*
 * Groups of multicast, over the loopback interface. A receiver is bound to every address, as a
 * socket of one address does not hear a group everywhere.
 */
#include "winsock/winsock.h"

static struct ip_mreq membership(void)
{
    return (struct ip_mreq){.imr_multiaddr.s_addr = htonl(group_address(0)),
                            .imr_interface.s_addr = htonl(INADDR_LOOPBACK)};
}

static int set_loop(SOCKET s, DWORD on)
{
    return setsockopt(s, IPPROTO_IP, IP_MULTICAST_LOOP, (char *)&on, sizeof(on));
}

/* Sends to the group through the loopback interface alone. */
static SOCKET sender_open(void)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD loopback_interface = htonl(INADDR_LOOPBACK), told = 0;
    int size = sizeof(told);
    if (setsockopt(s, IPPROTO_IP, IP_MULTICAST_IF, (char *)&loopback_interface,
                   sizeof(loopback_interface)) != 0)
        unsupported("no multicast on the loopback interface");
    /* Its address or its number, in either order: 0 would be another interface. */
    require(getsockopt(s, IPPROTO_IP, IP_MULTICAST_IF, (char *)&told, &size) == 0 && told != 0);
    return s;
}

static SOCKET receiver_open(void)
{
    SOCKET s = socket_open(SOCK_DGRAM);
    struct sockaddr_in any = {.sin_family = AF_INET};
    require(bind(s, (struct sockaddr *)&any, sizeof(any)) == 0);
    return s;
}

static SOCKET member_open(void)
{
    SOCKET s = receiver_open();
    struct ip_mreq group = membership();
    if (setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, (char *)&group, sizeof(group)) != 0)
        unsupported("no multicast on the loopback interface");
    return s;
}

static int send_to_port(SOCKET s, DWORD address, SOCKET receiver, const char *text)
{
    struct sockaddr_in to = loopback(socket_port(receiver));
    to.sin_addr.s_addr = htonl(address);
    return sendto(s, text, (int)strlen(text), 0, (struct sockaddr *)&to, sizeof(to));
}

/* What comes next when "group" has been sent to the group, and "one" to the receiver alone. */
static void send_both(SOCKET s, SOCKET receiver)
{
    require(send_to_port(s, group_address(0), receiver, "group") == 5);
    require(send_to_port(s, INADDR_LOOPBACK, receiver, "one") == 3);
}

START_TEST(member_hears_the_group)
{
    winsock_start();
    SOCKET s = sender_open(), member = receiver_open();
    struct ip_mreq group = membership();

    int result = setsockopt(member, IPPROTO_IP, IP_ADD_MEMBERSHIP, (char *)&group, sizeof(group));

    if (result != 0)
        unsupported("no multicast on the loopback interface");
    send_both(s, member);
    expect_datagram(member, "group");
    expect_datagram(member, "one");
}
END_TEST
COVERS(member_hears_the_group, "dgram.multicast.member_receives");

START_TEST(two_members_hear_one_datagram)
{
    winsock_start();
    SOCKET s = sender_open(), first = socket_open(SOCK_DGRAM), second = socket_open(SOCK_DGRAM);
    BOOL on = TRUE;
    struct sockaddr_in any = {.sin_family = AF_INET};
    struct ip_mreq group = membership();
    require(setsockopt(first, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof(on)) == 0);
    require(setsockopt(second, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof(on)) == 0);
    require(bind(first, (struct sockaddr *)&any, sizeof(any)) == 0);
    any.sin_port = socket_name(first).sin_port;
    require(bind(second, (struct sockaddr *)&any, sizeof(any)) == 0);
    if (setsockopt(first, IPPROTO_IP, IP_ADD_MEMBERSHIP, (char *)&group, sizeof(group)) != 0)
        unsupported("no multicast on the loopback interface");
    require(setsockopt(second, IPPROTO_IP, IP_ADD_MEMBERSHIP, (char *)&group, sizeof(group)) == 0);

    int sent = send_to_port(s, group_address(0), first, "group");

    expect_number(sent, 5);
    expect_datagram(first, "group");
    expect_datagram(second, "group");
}
END_TEST
COVERS(two_members_hear_one_datagram, "dgram.multicast.every_member_receives");

START_TEST(member_that_left_hears_nothing)
{
    winsock_start();
    SOCKET s = sender_open(), member = member_open();
    struct ip_mreq group = membership();

    int result = setsockopt(member, IPPROTO_IP, IP_DROP_MEMBERSHIP, (char *)&group, sizeof(group));

    expect_socket_succeeded(result);
    send_to_port(s, group_address(0), member,
                 "group"); /* Windows does not send where nobody is a member */
    require(send_to_port(s, INADDR_LOOPBACK, member, "one") == 3);
    expect_datagram(member, "one");
}
END_TEST
COVERS(member_that_left_hears_nothing, "dgram.multicast.left");

START_TEST(loop_is_on)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    DWORD value = 0;
    int size = sizeof(value);

    int result = getsockopt(s, IPPROTO_IP, IP_MULTICAST_LOOP, (char *)&value, &size);

    expect_socket_succeeded(result);
    expect_number(value & 0xFF, 1);
}
END_TEST
COVERS(loop_is_on, "dgram.multicast.loop_default");

START_TEST(loop_is_for_the_receiver)
{
    winsock_start();
    SOCKET s = sender_open(), member = member_open();

    int result = set_loop(member, 0);

    expect_socket_succeeded(result);
    send_both(s, member);
    expect_datagram(member, "one");
}
END_TEST
COVERS(loop_is_for_the_receiver, "dgram.multicast.loop_at_receiver");

START_TEST(loop_is_not_for_the_sender)
{
    winsock_start();
    SOCKET s = sender_open(), member = member_open();

    int result = set_loop(s, 0);

    expect_socket_succeeded(result);
    send_both(s, member);
    expect_datagram(member, "group");
}
END_TEST
COVERS(loop_is_not_for_the_sender, "dgram.multicast.loop_not_at_sender");
