/* groups.h - groups of either family on the loopback interface, and who is a member. */
#ifndef WINSOCK_GROUPS_H
#define WINSOCK_GROUPS_H

#include "dgram/message.h"
#include "option.h"

/* The number of the loopback interface, which a datagram's packet information tells. */
static inline DWORD loopback_index(void)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSAMSG *message = room_for_told(s, IP_PKTINFO);
    DWORD got = 0;
    require(receive_message(s)(s, message, &got, NULL, NULL) == 0);
    WSACMSGHDR *header = WSA_CMSG_FIRSTHDR(message);
    require(header != NULL);
    socket_close(s);
    return ((IN_PKTINFO *)WSA_CMSG_DATA(header))->ipi_ifindex;
}

/* The case's group: of one's own organisation, or of this machine's loopback interface. */
static inline SOCKADDR_STORAGE group_of(int family)
{
    SOCKADDR_STORAGE group = {.ss_family = (ADDRESS_FAMILY)family};
    DWORD address = htonl(group_address(1));
    if (family == AF_INET) {
        ((struct sockaddr_in *)&group)->sin_addr.s_addr = address;
    } else {
        BYTE *bytes = ((struct sockaddr_in6 *)&group)->sin6_addr.s6_addr;
        bytes[0] = 0xFF, bytes[1] = 0x11;
        memcpy(bytes + 12, &address, sizeof(address));
    }
    return group;
}

/* 127.0.0.N or ::N. */
static inline SOCKADDR_STORAGE host_of(int family, BYTE host)
{
    SOCKADDR_STORAGE name = {.ss_family = (ADDRESS_FAMILY)family};
    if (family == AF_INET)
        ((struct sockaddr_in *)&name)->sin_addr.s_addr = htonl(0x7F000000 + host);
    else
        ((struct sockaddr_in6 *)&name)->sin6_addr.s6_addr[15] = host;
    return name;
}

static inline int level_of(int family)
{
    return family == AF_INET ? IPPROTO_IP : IPPROTO_IPV6;
}

static inline int name_size(int family)
{
    return family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
}

/* Joins or leaves by the older option of the family. */
static inline int by_family(SOCKET s, int family, int option)
{
    SOCKADDR_STORAGE group = group_of(family);
    struct ip_mreq four = {.imr_multiaddr = ((struct sockaddr_in *)&group)->sin_addr,
                           .imr_interface.s_addr = htonl(INADDR_LOOPBACK)};
    IPV6_MREQ six = {.ipv6mr_multiaddr = ((struct sockaddr_in6 *)&group)->sin6_addr,
                     .ipv6mr_interface = loopback_index()};
    return family == AF_INET ? setsockopt(s, IPPROTO_IP, option, (char *)&four, sizeof(four))
                             : setsockopt(s, IPPROTO_IPV6, option, (char *)&six, sizeof(six));
}

/* A member by the older option; UNSUPPORTED where the loopback interface has no groups. */
static inline SOCKET member_open(int family)
{
    SOCKET s = socket_of(family, SOCK_DGRAM);
    if (by_family(s, family, family == AF_INET ? IP_ADD_MEMBERSHIP : IPV6_ADD_MEMBERSHIP) != 0)
        unsupported("no multicast on the loopback interface");
    return s;
}

static inline SOCKET listener_open(int family)
{
    SOCKET s = socket_of(family, SOCK_DGRAM);
    SOCKADDR_STORAGE everywhere = {.ss_family = (ADDRESS_FAMILY)family};
    socket_close(member_open(family));
    require(bind(s, (struct sockaddr *)&everywhere, name_size(family)) == 0);
    return s;
}

static inline SOCKET sender_open(int family)
{
    SOCKET s = socket_of(family, SOCK_DGRAM), member = member_open(family);
    SOCKADDR_STORAGE here = host_of(family, 1), group = group_of(family);
    require(bind(s, (struct sockaddr *)&here, name_size(family)) == 0);
    expect_socket_succeeded(family == AF_INET
                                ? option_set(s, IPPROTO_IP, IP_MULTICAST_IF, htonl(INADDR_LOOPBACK))
                                : option_set(s, IPPROTO_IPV6, IPV6_MULTICAST_IF, loopback_index()));
    ((struct sockaddr_in *)&group)->sin_port = htons(9);
    if (sendto(s, "", 0, 0, (struct sockaddr *)&group, name_size(family)) == SOCKET_ERROR &&
        GetLastError() == WSAENETUNREACH)
        unsupported("no way to groups of this family by the loopback interface");
    socket_close(member);
    return s;
}

static inline int send_to(SOCKET s, SOCKADDR_STORAGE host, SOCKET listener, const char *text)
{
    SOCKADDR_STORAGE name;
    int size = sizeof(name);
    require(getsockname(listener, (struct sockaddr *)&name, &size) == 0);
    ((struct sockaddr_in *)&host)->sin_port = ((struct sockaddr_in *)&name)->sin_port;
    return sendto(s, text, (int)strlen(text), 0, (struct sockaddr *)&host, size);
}

static const struct {
    struct row row;
    int family;
} ip_families[] = {
    {{"ipv4", NULL}, AF_INET},
    {{"ipv6", NULL}, AF_INET6},
};

#define expect_member(s, sender, family)                                              \
    do {                                                                              \
        expect_socket_succeeded(send_to((sender), group_of(family), (s), "group"));   \
        expect_socket_succeeded(send_to((sender), host_of((family), 1), (s), "one")); \
        expect_datagram((s), "group");                                                \
        expect_datagram((s), "one");                                                  \
    } while (0)

/* That the sending to the group succeeds where nobody is a member is not said. */
#define expect_no_member(s, sender, family)                                           \
    do {                                                                              \
        send_to((sender), group_of(family), (s), "group");                            \
        expect_socket_succeeded(send_to((sender), host_of((family), 1), (s), "one")); \
        expect_datagram((s), "one");                                                  \
    } while (0)

#endif
