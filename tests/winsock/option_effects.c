/* Options that show in the datagrams: hops, interfaces that are heard, and options that can be set
 * alone. */
#include "option.h"
#include "stream/extension.h"

/* A bound socket of loopback; its name. */
static SOCKET bound_of(int family, struct sockaddr_storage *name)
{
    SOCKET s = socket_of(family, SOCK_DGRAM);
    int size = family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
    memset(name, 0, sizeof(*name));
    name->ss_family = (ADDRESS_FAMILY)family;
    if (family == AF_INET)
        ((struct sockaddr_in *)name)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    else
        ((struct sockaddr_in6 *)name)->sin6_addr.s6_addr[15] = 1;
    require(bind(s, (struct sockaddr *)name, size) == 0);
    require(getsockname(s, (struct sockaddr *)name, &size) == 0);
    return s;
}

static int size_of_name(int family)
{
    return family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
}

/* Receives one datagram; the data of its only control message, of TYPE, or NULL. */
static const void *control_data(SOCKET s, int level, int type)
{
    static char received[16], control[256];
    static WSABUF buffer;
    static WSAMSG message;
    LPFN_WSARECVMSG receive = (LPFN_WSARECVMSG)extension(s, (GUID)WSAID_WSARECVMSG);
    DWORD got = 0;
    buffer = (WSABUF){.len = sizeof(received), .buf = received};
    message = (WSAMSG){.lpBuffers = &buffer,
                       .dwBufferCount = 1,
                       .Control = {.len = sizeof(control), .buf = control}};
    require(receive(s, &message, &got, NULL, NULL) == 0);
    WSACMSGHDR *header = WSA_CMSG_FIRSTHDR(&message);
    return header && header->cmsg_level == level && header->cmsg_type == type
               ? WSA_CMSG_DATA(header)
               : NULL;
}

/* ---- Hops */

static const struct {
    struct row row;
    int family, level, option, told, type; /* TOLD: in a control message of TYPE */
} hops[] = {
    {{"of_ipv4", "winsock.option_ip.ttl_sent"}, AF_INET, IPPROTO_IP, IP_TTL, OPT_RECVTTL, IP_TTL},
    {{"of_ipv6", "winsock.option_ipv6.unicast_hops_sent"},
     AF_INET6,
     IPPROTO_IPV6,
     IPV6_UNICAST_HOPS,
     IPV6_HOPLIMIT,
     IPV6_HOPLIMIT},
};

START_TEST(hops_arrive)
{
    winsock_start();
    struct sockaddr_storage name, other;
    SOCKET s = bound_of(hops[_i].family, &name), sender = bound_of(hops[_i].family, &other);
    if (option_set(s, hops[_i].level, hops[_i].told, 1) != 0)
        unsupported("the number of hops is not told");

    int result = option_set(sender, hops[_i].level, hops[_i].option, 7);

    expect_socket_succeeded(result);
    expect_number(
        sendto(sender, "hello", 5, 0, (struct sockaddr *)&name, size_of_name(hops[_i].family)), 5);
    const INT *told = control_data(s, hops[_i].level, hops[_i].type);
    expect_true(told != NULL);
    expect_number(*told, 7);
}
END_TEST
COVERS_ROWS(hops_arrive, hops);

/* ---- Interfaces */

/* The number of the interface that a datagram from this host to S comes by. */
static DWORD own_interface(SOCKET s, const struct sockaddr_storage *name)
{
    require(option_set(s, IPPROTO_IP, IP_PKTINFO, 1) == 0);
    require(sendto(s, "x", 1, 0, (struct sockaddr *)name, sizeof(struct sockaddr_in)) == 1);
    const IN_PKTINFO *info = control_data(s, IPPROTO_IP, IP_PKTINFO);
    require(info != NULL);
    require(option_set(s, IPPROTO_IP, IP_PKTINFO, 0) == 0);
    return info->ipi_ifindex;
}

START_TEST(interface_is_told)
{
    winsock_start();
    struct sockaddr_storage name;
    SOCKET s = bound_of(AF_INET, &name);
    DWORD interface_number = own_interface(s, &name);

    int result = option_set(s, IPPROTO_IP, OPT_RECVIF, 1);

    expect_socket_succeeded(result);
    expect_number(sendto(s, "x", 1, 0, (struct sockaddr *)&name, sizeof(struct sockaddr_in)), 1);
    const DWORD *told = control_data(s, IPPROTO_IP, OPT_RECVIF);
    expect_true(told != NULL);
    expect_number(*told, interface_number);
}
END_TEST
COVERS(interface_is_told, "winsock.option_ip.recvif_cmsg");

START_TEST(list_of_interfaces)
{
    winsock_start();
    struct sockaddr_storage name;
    SOCKET s = bound_of(AF_INET, &name);
    DWORD interface_number = own_interface(s, &name), list[16];
    int size = sizeof(list);
    expect_failed_somehow(getsockopt(s, IPPROTO_IP, OPT_GET_IFLIST, (char *)list, &size) == 0);

    int result = option_set(s, IPPROTO_IP, OPT_IFLIST, TRUE);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_set(s, IPPROTO_IP, OPT_ADD_IFLIST, interface_number));
    size = sizeof(list);
    expect_socket_succeeded(getsockopt(s, IPPROTO_IP, OPT_GET_IFLIST, (char *)list, &size));
    expect_number(size, sizeof(list[0]));
    expect_number(list[0], interface_number);
    expect_socket_succeeded(option_set(s, IPPROTO_IP, OPT_DEL_IFLIST, interface_number));
    size = sizeof(list);
    int left = getsockopt(s, IPPROTO_IP, OPT_GET_IFLIST, (char *)list, &size);
    expect_true(left != 0 || size == 0);
}
END_TEST
COVERS(list_of_interfaces, "winsock.option_ip.iflist_entries");

START_TEST(interface_that_is_not_listed)
{
    winsock_start();
    struct sockaddr_storage name, other;
    SOCKET s = bound_of(AF_INET, &name), sender = bound_of(AF_INET, &other);
    DWORD interface_number = own_interface(s, &name);

    int result = option_set(s, IPPROTO_IP, OPT_IFLIST, TRUE);

    expect_socket_succeeded(result);
    send_datagram(sender, s, "not heard");
    expect_socket_succeeded(option_set(s, IPPROTO_IP, OPT_ADD_IFLIST, interface_number));
    send_datagram(sender, s, "heard");
    expect_datagram(s, "heard");
}
END_TEST
COVERS(interface_that_is_not_listed, "winsock.option_ip.iflist_restricts");

/* ---- Options that can be set and not read */

static const struct {
    struct row row;
    int option;
} sources[] = {
    {{"add_source", NULL}, IP_ADD_SOURCE_MEMBERSHIP},
    {{"drop_source", NULL}, IP_DROP_SOURCE_MEMBERSHIP},
    {{"block_source", NULL}, IP_BLOCK_SOURCE},
    {{"unblock_source", NULL}, IP_UNBLOCK_SOURCE},
};

START_TEST(cannot_be_read)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET, SOCK_DGRAM);
    DWORD value;
    expect_socket_succeeded(option_get(s, IPPROTO_IP, IP_MULTICAST_LOOP, &value));

    int result = option_get(s, IPPROTO_IP, sources[_i].option, &value);

    expect_failed_somehow(result == 0);
}
END_TEST
COVERS_ROWS(cannot_be_read, sources, "winsock.option_kind.sources_set_only");
