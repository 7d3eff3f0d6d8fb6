/* option_table.h - an option of each kind, with the sockets that have it. */
#ifndef WINSOCK_OPTION_TABLE_H
#define WINSOCK_OPTION_TABLE_H

#include "option.h"

#define OF(family_, type_, level_, option_) \
    .family = (family_), .type = (type_), .level = (level_), .option = (option_)

static const struct option {
    struct row row;
    int family, type, level, option;
    bool set_in_no_byte; /* text and Windows differ */
} options[] = {
    {{"broadcast", NULL}, OF(AF_INET, SOCK_DGRAM, SOL_SOCKET, SO_BROADCAST), true},
    {{"linger_not", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_DONTLINGER), true},
    {{"linger", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_LINGER), false},
    {{"urgent_inline", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_OOBINLINE), true},
    {{"receive_buffer", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_RCVBUF), false},
    {{"send_buffer", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_SNDBUF), false},
    {{"keepalive", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_KEEPALIVE), false},
    {{"dont_route", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_DONTROUTE), false},
    {{"receive_time_out", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_RCVTIMEO), false},
    {{"send_time_out", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_SNDTIMEO), false},
    {{"reuse", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_REUSEADDR), true},
    {{"exclusive", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_EXCLUSIVEADDRUSE), true},
    {{"no_delay", NULL}, OF(AF_INET, SOCK_STREAM, IPPROTO_TCP, TCP_NODELAY), false},
    {{"multicast_loop", NULL}, OF(AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_MULTICAST_LOOP), false},
    {{"multicast_ttl", NULL}, OF(AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_MULTICAST_TTL), false},
    {{"packet_info", NULL}, OF(AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_PKTINFO), false},
    {{"received_tos", NULL}, OF(AF_INET, SOCK_DGRAM, IPPROTO_IP, OPT_RECVTOS), false},
    {{"received_ttl", NULL}, OF(AF_INET, SOCK_DGRAM, IPPROTO_IP, OPT_RECVTTL), false},
    {{"tos", NULL}, OF(AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_TOS), false},
    {{"ttl", NULL}, OF(AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_TTL), false},
    {{"ipv6_dont_fragment", NULL}, OF(AF_INET6, SOCK_STREAM, IPPROTO_IPV6, IPV6_DONTFRAG), false},
    {{"ipv6_hop_limit", NULL}, OF(AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, IPV6_HOPLIMIT), false},
    {{"ipv6_multicast_hops", NULL},
     OF(AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, IPV6_MULTICAST_HOPS),
     false},
    {{"ipv6_multicast_loop", NULL},
     OF(AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, IPV6_MULTICAST_LOOP),
     false},
    {{"ipv6_packet_info", NULL}, OF(AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, IPV6_PKTINFO), false},
    {{"ipv6_received_class", NULL}, OF(AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, OPT_RECVTOS), false},
    {{"ipv6_hops", NULL}, OF(AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, IPV6_UNICAST_HOPS), false},
    {{"ipv6_only", NULL}, OF(AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, IPV6_V6ONLY), false},
};

#endif
