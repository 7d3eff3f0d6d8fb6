/* Interfaces that are given by their number where an address of IPv4 is expected. */
#include "groups.h"

/* The group on the loopback interface, which is given by its address or by its number. */
static struct ip_mreq group_on(DWORD interface_in_network_order)
{
    SOCKADDR_STORAGE group = group_of(AF_INET);
    return (struct ip_mreq){.imr_multiaddr = ((struct sockaddr_in *)&group)->sin_addr,
                            .imr_interface.s_addr = interface_in_network_order};
}

static int member(SOCKET s, int option, DWORD interface_in_network_order)
{
    struct ip_mreq group = group_on(interface_in_network_order);
    return setsockopt(s, IPPROTO_IP, option, (char *)&group, sizeof(group));
}

START_TEST(joined_by_number)
{
    winsock_start();
    SOCKET s = listener_open(AF_INET), sender = sender_open(AF_INET);
    DWORD number = htonl(loopback_index());

    int result = member(s, IP_ADD_MEMBERSHIP, number);

    expect_socket_succeeded(result);
    expect_member(s, sender, AF_INET);
}
END_TEST
COVERS(joined_by_number, "winsock.interface_number.join");

START_TEST(left_by_number)
{
    winsock_start();
    SOCKET s = listener_open(AF_INET), sender = sender_open(AF_INET);
    DWORD number = htonl(loopback_index());
    require(member(s, IP_ADD_MEMBERSHIP, htonl(INADDR_LOOPBACK)) == 0);
    expect_member(s, sender, AF_INET);

    int result = member(s, IP_DROP_MEMBERSHIP, number);

    expect_socket_succeeded(result);
    expect_no_member(s, sender, AF_INET);
}
END_TEST
COVERS(left_by_number, "winsock.interface_number.leave");

START_TEST(joined_by_number_and_by_address)
{
    winsock_start();
    SOCKET s = listener_open(AF_INET);
    DWORD number = htonl(loopback_index());
    require(member(s, IP_ADD_MEMBERSHIP, htonl(INADDR_LOOPBACK)) == 0);

    int result = member(s, IP_ADD_MEMBERSHIP, number);

    expect_socket_failed(result, WSAEADDRNOTAVAIL);
}
END_TEST
COVERS(joined_by_number_and_by_address, "winsock.interface_number.same");

START_TEST(source_by_number)
{
    winsock_start();
    SOCKET s = listener_open(AF_INET), sender = sender_open(AF_INET);
    struct ip_mreq group = group_on(htonl(loopback_index()));
    struct ip_mreq_source source = {.imr_multiaddr = group.imr_multiaddr,
                                    .imr_sourceaddr.s_addr = htonl(INADDR_LOOPBACK),
                                    .imr_interface = group.imr_interface};

    int result =
        setsockopt(s, IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, (char *)&source, sizeof(source));

    expect_socket_succeeded(result);
    expect_member(s, sender, AF_INET);
}
END_TEST
COVERS(source_by_number, "winsock.interface_number.source");
