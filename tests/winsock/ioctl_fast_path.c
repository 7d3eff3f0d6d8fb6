/* SIO_LOOPBACK_FAST_PATH by IPv6 and beside options; what it and SIO_TCP_INITIAL_RTO count. */
#include "fast_path.h"
#include "option.h"

static BOOL on = TRUE;
static TCP_INITIAL_RTO_PARAMETERS first_time_out = {.Rtt = 1000, .MaxSynRetransmissions = 2};

START_TEST(connection_by_ipv6)
{
    winsock_start();
    SOCKET listener = socket_of(AF_INET6, SOCK_STREAM), client = socket_of(AF_INET6, SOCK_STREAM);
    struct sockaddr_in6 server = {.sin6_family = AF_INET6, .sin6_addr.s6_addr[15] = 1};
    int length = sizeof(server);
    expect_socket_succeeded(fast_path(listener));
    require(bind(listener, (struct sockaddr *)&server, sizeof(server)) == 0);
    require(getsockname(listener, (struct sockaddr *)&server, &length) == 0);
    require(listen(listener, 1) == 0);

    int result = fast_path(client);

    expect_socket_succeeded(result);
    expect_socket_succeeded(connect(client, (struct sockaddr *)&server, sizeof(server)));
    expect_carries_both_ways(client, stream_accept(listener));
}
END_TEST
COVERS(connection_by_ipv6, "winsock.ioctl_fast_path.ipv6");

static const struct {
    struct row row;
    int family, level, option;
    DWORD value;
} beside[] = {
    {{"ttl", NULL}, AF_INET, IPPROTO_IP, IP_TTL, 5},
    {{"unicast_interface", NULL}, AF_INET, IPPROTO_IP, OPT_UNICAST_IF, 0},
    {{"ipv6_unicast_hops", NULL}, AF_INET6, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 5},
    {{"ipv6_unicast_interface", NULL}, AF_INET6, IPPROTO_IPV6, OPT_UNICAST_IF, 0},
    {{"ipv6_only", NULL}, AF_INET6, IPPROTO_IPV6, IPV6_V6ONLY, 0},
    {{"conditional_accept", NULL}, AF_INET, SOL_SOCKET, SO_CONDITIONAL_ACCEPT, 1},
    {{"exclusive_address", NULL}, AF_INET, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1},
    {{"port_scalability", NULL}, AF_INET, SOL_SOCKET, OPT_PORT_SCALABILITY, 1},
    {{"receive_buffer", NULL}, AF_INET, SOL_SOCKET, SO_RCVBUF, 8192},
    {{"reused_address", NULL}, AF_INET, SOL_SOCKET, SO_REUSEADDR, 1},
    {{"urgent_by_bsd", NULL}, AF_INET, IPPROTO_TCP, TCP_BSDURGENT, 1},
};

START_TEST(option_beside_it)
{
    winsock_start();
    SOCKET s = socket_of(beside[_i].family, SOCK_STREAM);
    int level = beside[_i].level, option = beside[_i].option;
    DWORD value = 99;
    expect_socket_succeeded(fast_path(s));

    int result = option_set(s, level, option, beside[_i].value);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, level, option, &value));
    expect_number(value, beside[_i].value);
}
END_TEST
COVERS_ROWS(option_beside_it, beside, "winsock.ioctl_fast_path.options");

static const struct {
    struct row row;
    DWORD code;
    void *in;
    DWORD in_size;
} counts[] = {
    {{"fast_path", "winsock.ioctl_fast_path.count"}, SIO_LOOPBACK_FAST_PATH, &on, sizeof(on)},
    {{"first_time_out", "winsock.ioctl_initial_rto.count"},
     SIO_TCP_INITIAL_RTO,
     &first_time_out,
     sizeof(first_time_out)},
};

START_TEST(count_of)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    DWORD size = 0x5C5C5C5C;

    int result =
        WSAIoctl(s, counts[_i].code, counts[_i].in, counts[_i].in_size, NULL, 0, &size, NULL, NULL);

    expect_socket_succeeded(result);
    record("count", "%lu", size);
    expect_true(size != 0x5C5C5C5C);
}
END_TEST
COVERS_ROWS(count_of, counts);
