/* getsockopt and setsockopt with a length or a pointer that will not do, and what they leave alone.
 */
#include "option.h"

#define NOWHERE ((void *)(UINT_PTR)1)

static const struct {
    struct row row;
    int family, type, level, option, size;
} options[] = {
    {{"linger", "winsock.option_length.linger"},
     AF_INET,
     SOCK_STREAM,
     SOL_SOCKET,
     SO_LINGER,
     sizeof(LINGER)},
    {{"receive_time_out", "winsock.option_length.rcvtimeo"},
     AF_INET,
     SOCK_STREAM,
     SOL_SOCKET,
     SO_RCVTIMEO,
     sizeof(DWORD)},
    {{"send_time_out", "winsock.option_length.sndtimeo"},
     AF_INET,
     SOCK_STREAM,
     SOL_SOCKET,
     SO_SNDTIMEO,
     sizeof(DWORD)},
    {{"send_buffer", "winsock.option_length.sndbuf"},
     AF_INET,
     SOCK_STREAM,
     SOL_SOCKET,
     SO_SNDBUF,
     sizeof(DWORD)},
    {{"packet_info", "winsock.option_length.pktinfo"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_IP,
     IP_PKTINFO,
     sizeof(DWORD)},
    {{"received_tos", "winsock.option_length.recvtos"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_IP,
     OPT_RECVTOS,
     sizeof(DWORD)},
    {{"received_ttl", "winsock.option_length.recvttl"},
     AF_INET,
     SOCK_DGRAM,
     IPPROTO_IP,
     OPT_RECVTTL,
     sizeof(DWORD)},
    {{"ipv6_packet_info", "winsock.option_length.pktinfo6"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     IPV6_PKTINFO,
     sizeof(DWORD)},
    {{"ipv6_hop_limit", "winsock.option_length.hoplimit"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     IPV6_HOPLIMIT,
     sizeof(DWORD)},
    {{"ipv6_received_class", "winsock.option_length.recvtclass"},
     AF_INET6,
     SOCK_DGRAM,
     IPPROTO_IPV6,
     OPT_RECVTOS,
     sizeof(DWORD)},
};

/* One value that is not the default: on, or a number. */
static union {
    LINGER linger;
    DWORD number;
} some = {.linger = {.l_onoff = 1, .l_linger = 0}};

START_TEST(a_byte_too_little_to_set)
{
    winsock_start();
    SOCKET s = socket_of(options[_i].family, options[_i].type);
    int level = options[_i].level, option = options[_i].option, size = options[_i].size;
    DWORD before = 0, after = 0;
    require(getsockopt(s, level, option, (char *)&before, &(int){size}) == 0);

    int result = setsockopt(s, level, option, (char *)&some, size - 1);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(getsockopt(s, level, option, (char *)&after, &(int){size}));
    expect_number(after, before);
    expect_socket_succeeded(setsockopt(s, level, option, (char *)&some, size));
}
END_TEST
COVERS_ROWS(a_byte_too_little_to_set, options);

START_TEST(a_byte_too_little_to_get)
{
    winsock_start();
    SOCKET s = socket_of(options[_i].family, options[_i].type);
    int level = options[_i].level, option = options[_i].option, size = options[_i].size - 1;
    char value[8];
    memset(value, 0x5C, sizeof(value));

    int result = getsockopt(s, level, option, value, &size);

    expect_socket_failed(result, WSAEFAULT);
    size = options[_i].size;
    expect_socket_succeeded(getsockopt(s, level, option, value, &size));
    expect_number(size, options[_i].size);
}
END_TEST
COVERS_ROWS(a_byte_too_little_to_get, options);

/* ---- Pointers */

static const struct {
    struct row row;
    bool value, size; /* which one is there */
} missing[] = {
    {{"value", NULL}, false, true},
    {{"length", NULL}, true, false},
    {{"both", NULL}, false, false},
};

START_TEST(cannot_get_protocol_information_without)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    WSAPROTOCOL_INFOW info;
    int size = sizeof(info);

    int result =
        getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, missing[_i].value ? (char *)&info : NULL,
                   missing[_i].size ? &size : NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size));
}
END_TEST
COVERS_ROWS(cannot_get_protocol_information_without, missing,
            "winsock.option_length.protocol_info_pointers");

START_TEST(no_room_for_the_length)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    DWORD value = 0;

    int result = getsockopt(s, SOL_SOCKET, SO_RCVBUF, (char *)&value, NULL);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(no_room_for_the_length, "winsock.option_length.null_length");

static const struct {
    struct row row;
    int level, option;
} nowhere[] = {
    {{"dont_route", NULL}, SOL_SOCKET, SO_DONTROUTE},
    {{"linger", NULL}, SOL_SOCKET, SO_LINGER},
    {{"receive_buffer", NULL}, SOL_SOCKET, SO_RCVBUF},
    {{"no_delay", NULL}, IPPROTO_TCP, TCP_NODELAY},
};

START_TEST(value_that_is_not_in_memory)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    int level = nowhere[_i].level, option = nowhere[_i].option;

    int result = setsockopt(s, level, option, NOWHERE, sizeof(DWORD));

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(setsockopt(s, level, option, (char *)&some, sizeof(DWORD)));
}
END_TEST
COVERS_ROWS(value_that_is_not_in_memory, nowhere, "winsock.option_length.unreadable_value");

/* ---- SO_PROTOCOL_INFOA */

static const struct {
    struct row row;
    int family, type;
} protocols[] = {
    {{"tcp", NULL}, AF_INET, SOCK_STREAM},
    {{"udp", NULL}, AF_INET, SOCK_DGRAM},
    {{"ipv6_tcp", NULL}, AF_INET6, SOCK_STREAM},
    {{"ipv6_udp", NULL}, AF_INET6, SOCK_DGRAM},
};

START_TEST(ansi_protocol_information)
{
    winsock_start();
    SOCKET s = socket_of(protocols[_i].family, protocols[_i].type);
    WSAPROTOCOL_INFOA ansi = {0};
    WSAPROTOCOL_INFOW wide = {0};
    int size = sizeof(ansi), wide_size = sizeof(wide);
    char name[WSAPROTOCOL_LEN + 1] = "";
    require(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&wide, &wide_size) == 0);

    int result = getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, (char *)&ansi, &size);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(ansi));
    expect_number(ansi.iAddressFamily, protocols[_i].family);
    expect_number(ansi.iSocketType, protocols[_i].type);
    expect_bytes(&ansi, &wide, offsetof(WSAPROTOCOL_INFOA, szProtocol));
    require(WideCharToMultiByte(CP_ACP, 0, wide.szProtocol, -1, name, sizeof(name), NULL, NULL));
    expect_text_a(ansi.szProtocol, name);
}
END_TEST
COVERS_ROWS(ansi_protocol_information, protocols, "winsock.getsockopt.protocol_info_ansi");

START_TEST(ansi_protocol_information_needs_room)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    WSAPROTOCOL_INFOA info;
    int size = sizeof(info) - 1;

    int result = getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, (char *)&info, &size);

    expect_socket_failed(result, WSAEFAULT);
    expect_number(size, sizeof(info));
    expect_socket_succeeded(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, (char *)&info, &size));
}
END_TEST
COVERS(ansi_protocol_information_needs_room, "winsock.getsockopt.protocol_info_ansi_size");
