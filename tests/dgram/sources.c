/* The address that a message comes from: of WSASendMsg with IP_PKTINFO or IPV6_PKTINFO in a control
 * message, and of a socket that is bound. Loopback only. */
#include "control.h"

/* 127.0.0.2, which is this machine's, too: UNSUPPORTED where it is not. */
static IN_PKTINFO second_address(void)
{
    IN_PKTINFO info = {.ipi_addr.s_addr = htonl(INADDR_LOOPBACK + 1)};
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr = info.ipi_addr};
    if (bind(socket_open(SOCK_DGRAM), (struct sockaddr *)&name, sizeof(name)) != 0)
        unsupported("127.0.0.2 is no address of this machine");
    return info;
}

/* The address of IPv4, in host order, that "hello" comes from. */
static DWORD source_of_hello(SOCKET receiver)
{
    struct sockaddr_in from;
    int length = sizeof(from);
    char bytes[8];
    expect_number(recvfrom(receiver, bytes, 8, 0, (struct sockaddr *)&from, &length), 5);
    return ntohl(from.sin_addr.s_addr);
}

START_TEST(of_ipv4)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);
    IN_PKTINFO info = second_address();
    DWORD sent = 0;

    int result = send_message(s)(
        s, message_with(&to, sizeof(to), IPPROTO_IP, IP_PKTINFO, &info, sizeof(info)), 0, &sent,
        NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(sent, 5);
    expect_number(source_of_hello(receiver), INADDR_LOOPBACK + 1);
}
END_TEST
COVERS(of_ipv4, "dgram.wsasendmsg.pktinfo_second_address");

START_TEST(of_ipv4_and_the_next_without)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);
    IN_PKTINFO info = second_address();
    DWORD sent = 0;
    require(send_message(s)(
                s, message_with(&to, sizeof(to), IPPROTO_IP, IP_PKTINFO, &info, sizeof(info)), 0,
                &sent, NULL, NULL) == 0);
    expect_datagram(receiver, "hello");

    int result = send_message(s)(s, message_to(&to), 0, &sent, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(source_of_hello(receiver), INADDR_LOOPBACK);
}
END_TEST
COVERS(of_ipv4_and_the_next_without, "dgram.wsasendmsg.pktinfo_once");

START_TEST(of_a_dual_stack_socket)
{
    winsock_start();
    SOCKET s = dual_open(), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in6 to = loopback6(socket_port(receiver), true);
    IN_PKTINFO info = second_address();
    DWORD sent = 0;

    int result = send_message(s)(
        s, message_with(&to, sizeof(to), IPPROTO_IP, IP_PKTINFO, &info, sizeof(info)), 0, &sent,
        NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(sent, 5);
    expect_number(source_of_hello(receiver), INADDR_LOOPBACK + 1);
}
END_TEST
COVERS(of_a_dual_stack_socket, "dgram.dual_stack.source_of_ipv4");

static const struct {
    struct row row;
    bool dual;
} sockets[] = {
    {{"of_ipv6_alone", "dgram.wsasendmsg.pktinfo6_source"}, false},
    {{"of_both", "dgram.dual_stack.source_of_ipv6"}, true},
};

START_TEST(of_ipv6)
{
    winsock_start();
    SOCKET s = sockets[_i].dual ? dual_open() : socket_of(AF_INET6, SOCK_DGRAM);
    SOCKET receiver = bound_to(AF_INET6);
    struct sockaddr_in6 to = loopback6(port_of_any(receiver), false), from;
    IN6_PKTINFO info = {.ipi6_addr = to.sin6_addr};
    int length = sizeof(from);
    DWORD sent = 0;
    char bytes[8];

    int result = send_message(s)(
        s, message_with(&to, sizeof(to), IPPROTO_IPV6, IPV6_PKTINFO, &info, sizeof(info)), 0, &sent,
        NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(sent, 5);
    expect_number(recvfrom(receiver, bytes, 8, 0, (struct sockaddr *)&from, &length), 5);
    expect_bytes(&from.sin6_addr, &to.sin6_addr, sizeof(from.sin6_addr));
}
END_TEST
COVERS_ROWS(of_ipv6, sockets);

START_TEST(of_a_bound_socket)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver), from;
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr = second_address().ipi_addr};
    int length = sizeof(from);
    char bytes[8];
    require(bind(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    require(sendto(s, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to)) == 5);

    int got = recvfrom(receiver, bytes, 8, 0, (struct sockaddr *)&from, &length);

    expect_number(got, 5);
    expect_number(ntohl(from.sin_addr.s_addr), INADDR_LOOPBACK + 1);
    expect_number(from.sin_port, htons((u_short)socket_port(s)));
}
END_TEST
COVERS(of_a_bound_socket, "dgram.sendto.bound_source");

/* ---- What a dual-stack socket tells: each option is for its own family. */

START_TEST(packet_information_of_ipv4_alone)
{
    winsock_start();
    SOCKET s = dual_open(), sender = bound_to(AF_INET6);
    struct sockaddr_in6 to = loopback6(port_of_any(s), false), from;
    WSAMSG *message = room_for(256);
    DWORD got = 0;
    message->name = (struct sockaddr *)&from;
    message->namelen = sizeof(from);
    expect_socket_succeeded(option_set(s, IPPROTO_IP, IP_PKTINFO, 1));
    require(sendto(sender, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to)) == 5);

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(got, 5);
    expect_number(message->Control.len, 0);
}
END_TEST
COVERS(packet_information_of_ipv4_alone, "dgram.dual_stack.pktinfo_of_its_own");
