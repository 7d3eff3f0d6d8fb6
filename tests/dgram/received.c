/* The options that ask for information about a datagram, which WSARecvMsg then tells. */
#include "stream/extension.h"
#include "winsock/option_numbers.h"

/* A socket of loopback; UNSUPPORTED where a machine does not have this family. */
static SOCKET socket_of(int family, struct sockaddr_storage *name)
{
    int size = family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
    memset(name, 0, sizeof(*name));
    name->ss_family = (ADDRESS_FAMILY)family;
    if (family == AF_INET)
        ((struct sockaddr_in *)name)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    else
        ((struct sockaddr_in6 *)name)->sin6_addr.s6_addr[15] = 1;
    SOCKET s = socket(family, SOCK_DGRAM, 0);
    if (s == INVALID_SOCKET || bind(s, (struct sockaddr *)name, size) != 0)
        unsupported("no IPv6 on this machine");
    require(getsockname(s, (struct sockaddr *)name, &size) == 0);
    limit_waits(s);
    return s;
}

static int level_of(int family)
{
    return family == AF_INET ? IPPROTO_IP : IPPROTO_IPV6;
}

static const struct {
    struct row row;
    int family, option;
} switches[] = {
    {{"packet_info", "winsock.option_ip.pktinfo_levels"}, AF_INET, IP_PKTINFO},
    {{"interface", "winsock.option_ip.recvif"}, AF_INET, OPT_RECVIF},
    {{"time_to_live", "winsock.option_ip.recvttl"}, AF_INET, OPT_RECVTTL},
    {{"type_of_service", "winsock.option_ip.recvtos"}, AF_INET, OPT_RECVTOS},
    {{"congestion", "winsock.option_ip.recvecn"}, AF_INET, OPT_RECVECN},
    {{"original_interface", "winsock.option_ip.original_arrival_if"},
     AF_INET,
     OPT_ORIGINAL_ARRIVAL_IF},
    {{"packet_info_6", "winsock.packet_info.ipv6_on"}, AF_INET6, IPV6_PKTINFO},
    {{"interface_6", "winsock.option_ipv6.recvif"}, AF_INET6, OPT_RECVIF},
    {{"hop_limit", "winsock.option_ipv6.hoplimit"}, AF_INET6, OPT_RECVTTL},
    {{"traffic_class", "winsock.option_ipv6.recvtclass"}, AF_INET6, OPT_RECVTOS},
    {{"congestion_6", "winsock.option_ipv6.recvecn"}, AF_INET6, OPT_RECVECN},
};

START_TEST(switched_on_and_off)
{
    winsock_start();
    struct sockaddr_storage name;
    int level = level_of(switches[_i].family), option = switches[_i].option, size = sizeof(DWORD);
    SOCKET s = socket_of(switches[_i].family, &name);
    DWORD on = 1, off = 0, value = 99;

    int result = setsockopt(s, level, option, (char *)&on, sizeof(on));

    expect_socket_succeeded(result);
    expect_socket_succeeded(getsockopt(s, level, option, (char *)&value, &size));
    expect_number(value, 1);
    expect_socket_succeeded(setsockopt(s, level, option, (char *)&off, sizeof(off)));
    expect_socket_succeeded(getsockopt(s, level, option, (char *)&value, &size));
    expect_number(value, 0);
}
END_TEST
COVERS_ROWS(switched_on_and_off, switches);

static const struct {
    struct row row;
    int family, option, type; /* of the control message */
    int least, most;
} messages[] = {
    {{"time_to_live", "dgram.recvmsg.ttl_cmsg"}, AF_INET, OPT_RECVTTL, IP_TTL, 1, 255},
    {{"type_of_service", "dgram.recvmsg.tos_cmsg"}, AF_INET, OPT_RECVTOS, IP_TOS, 0, 0},
    {{"congestion", "dgram.recvmsg.ecn_cmsg"}, AF_INET, OPT_RECVECN, OPT_RECVECN, 0, 0},
    {{"hop_limit", "winsock.option_ipv6.hoplimit_cmsg"},
     AF_INET6,
     OPT_RECVTTL,
     OPT_RECVTTL,
     1,
     255},
    {{"traffic_class", "dgram.recvmsg.tclass_cmsg"}, AF_INET6, OPT_RECVTOS, OPT_IPV6_TCLASS, 0, 0},
    {{"congestion_6", "dgram.recvmsg.ecn6_cmsg"}, AF_INET6, OPT_RECVECN, OPT_RECVECN, 0, 0},
};

START_TEST(told_in_a_control_message)
{
    static char received[16], control[256];
    struct sockaddr_storage name;
    winsock_start();
    SOCKET s = socket_of(messages[_i].family, &name);
    LPFN_WSARECVMSG receive = (LPFN_WSARECVMSG)extension(s, (GUID)WSAID_WSARECVMSG);
    WSABUF buffer = {.len = sizeof(received), .buf = received};
    WSAMSG message = {.lpBuffers = &buffer,
                      .dwBufferCount = 1,
                      .Control = {.len = sizeof(control), .buf = control}};
    DWORD on = 1, got = 0;
    int level = level_of(messages[_i].family);
    if (setsockopt(s, level, messages[_i].option, (char *)&on, sizeof(on)) != 0)
        unsupported("option %d cannot be set", messages[_i].option);
    require(sendto(s, "hello", 5, 0, (struct sockaddr *)&name,
                   messages[_i].family == AF_INET ? sizeof(struct sockaddr_in)
                                                  : sizeof(struct sockaddr_in6)) == 5);

    int result = receive(s, &message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(got, 5);
    WSACMSGHDR *header = WSA_CMSG_FIRSTHDR(&message);
    expect_true(header != NULL);
    expect_number(header->cmsg_level, level);
    expect_number(header->cmsg_type, messages[_i].type);
    expect_number(header->cmsg_len, WSA_CMSG_LEN(sizeof(INT)));
    INT value = *(INT *)WSA_CMSG_DATA(header);
    expect_true(value >= messages[_i].least && value <= messages[_i].most);
    expect_true(WSA_CMSG_NXTHDR(&message, header) == NULL);
}
END_TEST
COVERS_ROWS(told_in_a_control_message, messages);
