/* Explicit congestion notification: the codepoints that WSASendMsg is given in a control message,
 * and how they arrive. Loopback only. */
#include "control.h"

enum { ECT_1 = 1, ECT_0 = 2, CONGESTED = 3 };
enum { ECN = 50 }; /* IP_ECN and IPV6_ECN */

/* The two bits that a message came with, told in the type of service or the traffic class. */
static int codepoint_of(WSAMSG *message, int level, int type)
{
    for (WSACMSGHDR *header = WSA_CMSG_FIRSTHDR(message); header;
         header = WSA_CMSG_NXTHDR(message, header))
        if (header->cmsg_level == level && header->cmsg_type == type)
            return *(int *)WSA_CMSG_DATA(header) & 3;
    return -1;
}

static const struct way {
    struct row row;
    int family;  /* of the receiver */
    bool mapped; /* from a dual-stack socket */
    int codepoint;
} ways[] = {
    {{"ect_0_of_ipv4", "dgram.ecn.sent"}, AF_INET, false, ECT_0},
    {{"ect_1_of_ipv4", "dgram.ecn.sent"}, AF_INET, false, ECT_1},
    {{"ect_0_of_ipv6", "dgram.ecn.sent6"}, AF_INET6, false, ECT_0},
    {{"ect_1_of_ipv6", "dgram.ecn.sent6"}, AF_INET6, false, ECT_1},
    {{"ect_0_of_mapped", "dgram.ecn.sent_mapped"}, AF_INET, true, ECT_0},
    {{"ect_1_of_mapped", "dgram.ecn.sent_mapped"}, AF_INET, true, ECT_1},
};

static SOCKET sender_of(const struct way *way)
{
    return way->mapped ? dual_open() : bound_to(way->family);
}

static WSAMSG *marked(const struct way *way, SOCKET receiver, int codepoint)
{
    unsigned port = port_of_any(receiver);
    int level = level_of(way->family);
    if (way->family == AF_INET && !way->mapped) {
        struct sockaddr_in to = loopback(port);
        return message_with(&to, sizeof(to), level, ECN, &codepoint, sizeof(codepoint));
    }
    struct sockaddr_in6 to = loopback6(port, way->mapped);
    return message_with(&to, sizeof(to), level, ECN, &codepoint, sizeof(codepoint));
}

/* By IP_RECVTOS and IPV6_RECVTCLASS, which are older than the options that tell it alone. */
START_TEST(arrives)
{
    winsock_start();
    const struct way *way = &ways[_i];
    SOCKET receiver = bound_to(way->family), s = sender_of(way);
    int level = level_of(way->family), told = way->family == AF_INET ? IP_TOS : OPT_IPV6_TCLASS;
    DWORD sent = 0, got = 0;
    if (option_set(receiver, level, OPT_RECVTOS, 1) != 0)
        unsupported("the type of service is not told");

    int result = send_message(s)(s, marked(way, receiver, way->codepoint), 0, &sent, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(sent, 5);
    WSAMSG *message = room_for(256);
    message->name = NULL;
    message->namelen = 0;
    expect_socket_succeeded(receive_message(receiver)(receiver, message, &got, NULL, NULL));
    expect_bytes(received, "hello", 5);
    expect_number(codepoint_of(message, level, told), way->codepoint);
}
END_TEST
COVERS_ROWS(arrives, ways);

static const struct way congestions[] = {
    {{"of_ipv4", NULL}, AF_INET, false, CONGESTED},
    {{"of_ipv6", NULL}, AF_INET6, false, CONGESTED},
    {{"of_mapped", NULL}, AF_INET, true, CONGESTED},
};

START_TEST(congestion_cannot_be_sent)
{
    winsock_start();
    const struct way *way = &congestions[_i];
    SOCKET receiver = bound_to(way->family), s = sender_of(way);
    DWORD sent = 0;

    int result = send_message(s)(s, marked(way, receiver, CONGESTED), 0, &sent, NULL, NULL);

    expect_socket_failed(result, WSAEINVAL);
    expect_socket_succeeded(send_message(s)(s, marked(way, receiver, ECT_0), 0, &sent, NULL, NULL));
    expect_datagram(receiver, "hello");
    char byte;
    set_nonblocking(receiver, true);
    expect_socket_failed(recv(receiver, &byte, 1, 0), WSAEWOULDBLOCK);
}
END_TEST
COVERS_ROWS(congestion_cannot_be_sent, congestions, "dgram.ecn.congestion_refused");

/* ---- IP_RECVECN and IPV6_RECVECN of a dual-stack socket */

static const struct {
    struct row row;
    bool mapped; /* it is bound to an address of IPv4, or else of IPv6 */
    bool everywhere;
    int from; /* the family that it is sent by */
} receivers[] = {
    {{"all_addresses_from_ipv4", "dgram.ecn.dual_everywhere"}, false, true, AF_INET},
    {{"all_addresses_from_ipv6", "dgram.ecn.dual_everywhere"}, false, true, AF_INET6},
    {{"address_of_ipv6", "dgram.ecn.dual_ipv6"}, false, false, AF_INET6},
    {{"mapped_address", "dgram.ecn.dual_mapped"}, true, false, AF_INET},
};

static SOCKET dual_bound_to(bool mapped)
{
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM);
    struct sockaddr_in6 name = loopback6(0, mapped);
    require(option_set(s, IPPROTO_IPV6, IPV6_V6ONLY, 0) == 0);
    require(bind(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    return s;
}

START_TEST(is_told_to_a_dual_stack_socket)
{
    winsock_start();
    int from = receivers[_i].from, level = level_of(from);
    struct way way = {.family = from, .codepoint = ECT_0};
    SOCKET s = receivers[_i].everywhere ? dual_open() : dual_bound_to(receivers[_i].mapped);
    SOCKET sender = bound_to(from);
    DWORD sent = 0, got = 0;
    if (option_set(s, level, OPT_RECVECN, 1) != 0)
        unsupported("IP_RECVECN cannot be set");
    if (receivers[_i].everywhere)
        expect_socket_succeeded(
            option_set(s, from == AF_INET ? IPPROTO_IPV6 : IPPROTO_IP, OPT_RECVECN, 1));
    require(send_message(sender)(sender, marked(&way, s, ECT_0), 0, &sent, NULL, NULL) == 0);
    WSAMSG *message = room_for(256);
    message->name = NULL;
    message->namelen = 0;

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(got, 5);
    expect_number(codepoint_of(message, level, ECN), ECT_0);
}
END_TEST
COVERS_ROWS(is_told_to_a_dual_stack_socket, receivers);
