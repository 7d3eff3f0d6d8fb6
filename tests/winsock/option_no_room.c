/* getsockopt and setsockopt of each option without a value, and with no room for one. */
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
    {{"open_type", NULL}, OF(AF_INET, SOCK_STREAM, SOL_SOCKET, SO_OPENTYPE), false},
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

START_TEST(no_value_is_got)
{
    winsock_start();
    const struct option *o = &options[_i];
    SOCKET s = socket_of(o->family, o->type);
    DWORD value;

    int result = getsockopt(s, o->level, o->option, NULL, &(int){sizeof(DWORD)});

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(option_get(s, o->level, o->option, &value));
}
END_TEST
COVERS_ROWS(no_value_is_got, options, "winsock.getsockopt.bad_pointer");

START_TEST(no_value_is_set)
{
    winsock_start();
    const struct option *o = &options[_i];
    SOCKET s = socket_of(o->family, o->type);
    DWORD before, after;
    require(option_get(s, o->level, o->option, &before) == 0);

    int result = setsockopt(s, o->level, o->option, NULL, sizeof(DWORD));

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(option_get(s, o->level, o->option, &after));
    expect_number(after, before);
    expect_socket_succeeded(option_set(s, o->level, o->option, 1));
}
END_TEST
COVERS_ROWS(no_value_is_set, options, "winsock.setsockopt.optval_bad_pointer");

START_TEST(no_room_to_get)
{
    winsock_start();
    const struct option *o = &options[_i];
    SOCKET s = socket_of(o->family, o->type);
    DWORD value = 0x5C5C5C5C;

    int result = getsockopt(s, o->level, o->option, (char *)&value, &(int){0});

    expect_socket_failed(result, WSAEFAULT);
    expect_number(value, 0x5C5C5C5C);
    expect_socket_succeeded(option_get(s, o->level, o->option, &value));
}
END_TEST
COVERS_ROWS(no_room_to_get, options, "winsock.getsockopt.no_room");

START_TEST(nothing_to_set)
{
    winsock_start();
    const struct option *o = &options[_i];
    SOCKET s = socket_of(o->family, o->type);
    DWORD before, after, value = 1;
    require(option_get(s, o->level, o->option, &before) == 0);

    int result = setsockopt(s, o->level, o->option, (char *)&value, 0);

    if (o->set_in_no_byte && result == 0) {
        record("a length of 0", "succeeds");
        return;
    }
    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(option_get(s, o->level, o->option, &after));
    expect_number(after, before);
    expect_socket_succeeded(option_set(s, o->level, o->option, 1));
}
END_TEST
COVERS_ROWS(nothing_to_set, options, "winsock.setsockopt.no_byte");
