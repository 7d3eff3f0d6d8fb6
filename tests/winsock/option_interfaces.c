/* IP_UNICAST_IF and IPV6_UNICAST_IF: the interface that is sent by, here that of loopback. */
#include "groups.h"

static const struct {
    struct row row;
    int family;
} kinds[] = {
    {{"of_ipv4", NULL}, AF_INET},
    {{"of_ipv6", NULL}, AF_INET6},
};

/* The number of an interface as the option of the family takes it: of IPv4 in network order. */
static DWORD as_taken(int family, DWORD number)
{
    return family == AF_INET ? htonl(number) : number;
}

START_TEST(sends_by_loopback)
{
    winsock_start();
    int family = kinds[_i].family;
    SOCKET s = socket_of(family, SOCK_DGRAM), receiver = socket_of(family, SOCK_DGRAM);
    SOCKADDR_STORAGE here = host_of(family, 1);
    require(bind(receiver, (struct sockaddr *)&here, name_size(family)) == 0);

    int result =
        option_set(s, level_of(family), OPT_UNICAST_IF, as_taken(family, loopback_index()));

    expect_socket_succeeded(result);
    expect_socket_succeeded(send_to(s, here, receiver, "by loopback"));
    expect_datagram(receiver, "by loopback");
}
END_TEST
COVERS_ROWS(sends_by_loopback, kinds, "winsock.option_interfaces.unicast_if_sends");

START_TEST(no_longer_chosen)
{
    winsock_start();
    int family = kinds[_i].family, level = level_of(family);
    SOCKET s = socket_of(family, SOCK_DGRAM);
    DWORD number = loopback_index(), value;
    expect_socket_succeeded(option_set(s, level, OPT_UNICAST_IF, as_taken(family, number)));

    int result = option_set(s, level, OPT_UNICAST_IF, 0);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, level, OPT_UNICAST_IF, &value));
    expect_number(value, 0);
}
END_TEST
COVERS_ROWS(no_longer_chosen, kinds, "winsock.option_interfaces.unicast_if_zero");

START_TEST(number_is_told)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM);
    DWORD number = loopback_index(), value;

    int result = option_set(s, IPPROTO_IPV6, OPT_UNICAST_IF, number);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, IPPROTO_IPV6, OPT_UNICAST_IF, &value));
    expect_number(value, number);
}
END_TEST
COVERS(number_is_told, "winsock.option_interfaces.unicast_if6_told");

START_TEST(number_of_ipv4_is_told)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET, SOCK_DGRAM);
    DWORD number = loopback_index(), value;

    int result = option_set(s, IPPROTO_IP, OPT_UNICAST_IF, htonl(number));

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, IPPROTO_IP, OPT_UNICAST_IF, &value));
    expect_true(value == number || value == htonl(number));
    record("order of the number", "%s", value == number ? "host" : "network");
}
END_TEST
COVERS(number_of_ipv4_is_told, "winsock.option_interfaces.unicast_if_told");
