/* Options of IPv6 and UDP: the header, the interface for groups, checksums. */
#include "groups.h"

#define OPT_UDP_CHECKSUM_COVERAGE 20

START_TEST(header_of_datagrams)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM);
    DWORD value = 99;

    int result = option_get(s, IPPROTO_IPV6, OPT_IPV6_HDRINCL, &value);

    record_outcome("reading IPV6_HDRINCL", result == 0);
    if (result == 0)
        expect_number(value, 0);
    else
        expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(header_of_datagrams, "winsock.option_beside.hdrincl_datagram");

START_TEST(header_of_streams)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, SOCK_STREAM);
    DWORD value;

    int result = option_get(s, IPPROTO_IPV6, OPT_IPV6_HDRINCL, &value);

    expect_socket_failed(result, WSAEINVAL);
    expect_socket_failed(option_set(s, IPPROTO_IPV6, OPT_IPV6_HDRINCL, 1), WSAEINVAL);
    expect_socket_succeeded(option_get(s, IPPROTO_IPV6, IPV6_UNICAST_HOPS, &value));
}
END_TEST
COVERS(header_of_streams, "winsock.option_beside.hdrincl_stream");

/* ---- The interface by which groups are sent to */

START_TEST(default_interface_again)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM);
    DWORD value = 99;
    require(option_set(s, IPPROTO_IPV6, IPV6_MULTICAST_IF, loopback_index()) == 0);

    int result = option_set(s, IPPROTO_IPV6, IPV6_MULTICAST_IF, 0);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, IPPROTO_IPV6, IPV6_MULTICAST_IF, &value));
    record("IPV6_MULTICAST_IF after 0", "%s", value ? "an interface" : "0");
}
END_TEST
COVERS(default_interface_again, "winsock.option_beside.multicast_if_zero");

START_TEST(interface_from_nothing)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM);

    int result = setsockopt(s, IPPROTO_IPV6, IPV6_MULTICAST_IF, NULL, sizeof(DWORD));

    record_outcome("IPV6_MULTICAST_IF without a value", result == 0);
    if (result != 0)
        expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(interface_from_nothing, "winsock.option_beside.multicast_if_null");

/* ---- Checksums */

START_TEST(checksum_coverage)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD value = 99;

    int result = option_get(s, IPPROTO_UDP, OPT_UDP_CHECKSUM_COVERAGE, &value);

    record_outcome("reading UDP_CHECKSUM_COVERAGE", result == 0);
    if (result == 0) {
        expect_socket_succeeded(option_set(s, IPPROTO_UDP, OPT_UDP_CHECKSUM_COVERAGE, TRUE));
        expect_socket_succeeded(option_get(s, IPPROTO_UDP, OPT_UDP_CHECKSUM_COVERAGE, &value));
        expect_true(value != 0);
        send_datagram(s, s, "there");
        expect_datagram(s, "there");
    } else {
        expect_socket_failed(result, WSAENOPROTOOPT, WSAEINVAL);
    }
}
END_TEST
COVERS(checksum_coverage, "winsock.option_beside.checksum_coverage");

START_TEST(no_checksum_of_ipv6)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM), ipv4 = socket_of(AF_INET, SOCK_DGRAM);

    int result = option_set(s, IPPROTO_UDP, OPT_UDP_NOCHECKSUM, TRUE);

    expect_failed_somehow(result == 0);
    expect_socket_succeeded(option_set(ipv4, IPPROTO_UDP, OPT_UDP_NOCHECKSUM, TRUE));
}
END_TEST
COVERS(no_checksum_of_ipv6, "winsock.option_beside.nochecksum_ipv6");
