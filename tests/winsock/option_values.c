/* Options by level: their defaults, what they take, and what they refuse. */
#include "option.h"

static const struct {
    struct row row;
    int level, option;
    DWORD value;
} defaults[] = {
    {{"multicast_ttl", "winsock.option_ip.multicast_ttl_default"}, IPPROTO_IP, IP_MULTICAST_TTL, 1},
    {{"dont_fragment", "winsock.option_ip.dontfragment_default"}, IPPROTO_IP, IP_DONTFRAGMENT, 0},
    {{"packet_info", "winsock.packet_info.default_off"}, IPPROTO_IP, IP_PKTINFO, 0},
    {{"error", "winsock.getsockopt.so_error_fresh"}, SOL_SOCKET, SO_ERROR, 0},
};

START_TEST(default_of)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    DWORD value = 99;

    int result = option_get(s, defaults[_i].level, defaults[_i].option, &value);

    expect_socket_succeeded(result);
    expect_number(value, defaults[_i].value);
}
END_TEST
COVERS_ROWS(default_of, defaults);

static const struct {
    struct row row;
    int level, option;
    DWORD value;
} round_trips[] = {
    {{"ttl", "winsock.option_ip.ttl_getset"}, IPPROTO_IP, IP_TTL, 5},
    {{"dont_fragment", "winsock.option_ip.dontfragment_default"}, IPPROTO_IP, IP_DONTFRAGMENT, 1},
    {{"packet_info", "winsock.option_ip.pktinfo_levels"}, IPPROTO_IP, IP_PKTINFO, 1},
    {{"multicast_ttl", "winsock.option_ip.multicast_ttl_range"}, IPPROTO_IP, IP_MULTICAST_TTL, 255},
    {{"receive_time_out", "winsock.getsockopt.rcvtimeo_unsupported_conflict"},
     SOL_SOCKET,
     SO_RCVTIMEO,
     1234},
};

START_TEST(set_and_read_back)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    DWORD value = 99;

    int result =
        option_set(s, round_trips[_i].level, round_trips[_i].option, round_trips[_i].value);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, round_trips[_i].level, round_trips[_i].option, &value));
    expect_number(value, round_trips[_i].value);
}
END_TEST
COVERS_ROWS(set_and_read_back, round_trips);

static const struct {
    struct row row;
    int type, level, option;
    DWORD error;
} unreadable[] = {
    {{"membership", "winsock.option_ip.add_membership_set_only"},
     SOCK_DGRAM,
     IPPROTO_IP,
     IP_ADD_MEMBERSHIP,
     WSAENOPROTOOPT},
    {{"header_of_datagrams", "winsock.option_ip.hdrincl_raw_only"},
     SOCK_DGRAM,
     IPPROTO_IP,
     IP_HDRINCL,
     WSAEINVAL},
    {{"ttl_of_streams", "winsock.option_ip.recvttl_stream"},
     SOCK_STREAM,
     IPPROTO_IP,
     OPT_RECVTTL,
     WSAEINVAL},
    {{"connect_data", "winsock.option_socket.conndata_unsupported"},
     SOCK_DGRAM,
     SOL_SOCKET,
     SO_CONNDATA,
     WSAENOPROTOOPT},
    {{"linger_of_datagrams", "winsock.getsockopt.linger_dgram"},
     SOCK_DGRAM,
     SOL_SOCKET,
     SO_LINGER,
     WSAENOPROTOOPT},
};

START_TEST(cannot_read)
{
    winsock_start();
    SOCKET s = socket_open(unreadable[_i].type);
    DWORD value;

    int result = option_get(s, unreadable[_i].level, unreadable[_i].option, &value);

    expect_socket_failed(result, unreadable[_i].error);
}
END_TEST
COVERS_ROWS(cannot_read, unreadable);

static const struct {
    struct row row;
    int level, option;
    DWORD value, error;
} unwritable[] = {
    {{"ttl_of_256", "winsock.option_ip.ttl_range"}, IPPROTO_IP, IP_TTL, 256, WSAEINVAL},
    {{"multicast_ttl_of_256", "winsock.option_ip.multicast_ttl_range"},
     IPPROTO_IP,
     IP_MULTICAST_TTL,
     256,
     WSAEINVAL},
    {{"largest_message", "winsock.setsockopt.readonly_maxmsg"},
     SOL_SOCKET,
     SO_MAX_MSG_SIZE,
     100,
     WSAENOPROTOOPT},
};

START_TEST(cannot_set)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);

    int result = option_set(s, unwritable[_i].level, unwritable[_i].option, unwritable[_i].value);

    expect_socket_failed(result, unwritable[_i].error);
}
END_TEST
COVERS_ROWS(cannot_set, unwritable);

/* Reserved, and the page says no more of it than that there are limitations. */
START_TEST(group_priority)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);

    int result = option_set(s, SOL_SOCKET, SO_GROUP_PRIORITY, 1);

    record_outcome("setting SO_GROUP_PRIORITY", result == 0);
}
END_TEST
COVERS(group_priority, "winsock.setsockopt.group_priority");

START_TEST(one_byte_for_packet_info)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    char byte = 0;
    int size = 1;

    int result = getsockopt(s, IPPROTO_IP, IP_PKTINFO, &byte, &size);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(one_byte_for_packet_info, "winsock.packet_info.short");

static const struct {
    struct row row;
    int type, protocol;
} kinds[] = {
    {{"stream", NULL}, SOCK_STREAM, IPPROTO_TCP},
    {{"datagram", NULL}, SOCK_DGRAM, IPPROTO_UDP},
};

START_TEST(protocol_information)
{
    winsock_start();
    SOCKET s = socket_open(kinds[_i].type);
    WSAPROTOCOL_INFOW info = {0};
    int size = sizeof(info);

    int result = getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size);

    expect_socket_succeeded(result);
    expect_number(info.iAddressFamily, AF_INET);
    expect_number(info.iSocketType, kinds[_i].type);
    expect_number(info.iProtocol, kinds[_i].protocol);
    expect_number(size, sizeof(info));
}
END_TEST
COVERS_ROWS(protocol_information, kinds, "winsock.getsockopt.protocol_info");

START_TEST(protocol_information_needs_room)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    WSAPROTOCOL_INFOW info;
    int size = sizeof(info) / 2;

    int result = getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size);

    expect_socket_failed(result, WSAEFAULT);
    record("length behind SO_PROTOCOL_INFOW of half a structure", "%s",
           size == sizeof(info) / 2 ? "as it was" : "another");
    expect_true(size == sizeof(info) / 2 || size == sizeof(info));
    size = sizeof(info);
    expect_socket_succeeded(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size));
}
END_TEST
COVERS(protocol_information_needs_room, "winsock.getsockopt.protocol_info_size");

START_TEST(largest_message_of_datagrams)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    DWORD size = 0;

    int result = option_get(s, SOL_SOCKET, SO_MAX_MSG_SIZE, &size);

    expect_socket_succeeded(result);
    expect_true(size == 65507 || size == 65527);
}
END_TEST
COVERS(largest_message_of_datagrams, "winsock.getsockopt.max_msg_size");

START_TEST(time_since_connecting)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    DWORD seconds = 99;

    int result = option_get(pair.client, SOL_SOCKET, SO_CONNECT_TIME, &seconds);

    expect_socket_succeeded(result);
    expect_true(seconds <= step_limit() / 1000);
}
END_TEST
COVERS(time_since_connecting, "winsock.getsockopt.connect_time_connected");

/* ---- SO_BSP_STATE */

static union {
    CSADDR_INFO info;
    char room[sizeof(CSADDR_INFO) + 2 * sizeof(struct sockaddr_storage)];
} state;

static int bsp_state(SOCKET s)
{
    int size = sizeof(state);
    memset(&state, 0x5c, sizeof(state));
    return getsockopt(s, SOL_SOCKET, OPT_BSP_STATE, (char *)&state, &size);
}

START_TEST(state_of_an_unbound_socket)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);

    int result = bsp_state(s);

    expect_socket_succeeded(result);
    expect_number(state.info.iSocketType, SOCK_DGRAM);
    expect_number(state.info.iProtocol, IPPROTO_UDP);
    expect_number(state.info.LocalAddr.iSockaddrLength, 0);
    expect_pointer(state.info.LocalAddr.lpSockaddr, NULL);
    expect_number(state.info.RemoteAddr.iSockaddrLength, 0);
    expect_pointer(state.info.RemoteAddr.lpSockaddr, NULL);
}
END_TEST
COVERS(state_of_an_unbound_socket, "winsock.option_bsp_state.unbound");

START_TEST(state_of_a_bound_socket)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(s);

    int result = bsp_state(s);

    expect_socket_succeeded(result);
    expect_number(state.info.LocalAddr.iSockaddrLength, sizeof(name));
    expect_bytes(state.info.LocalAddr.lpSockaddr, &name, NAME_SIZE);
}
END_TEST
COVERS(state_of_a_bound_socket, "winsock.option_bsp_state.bound");

START_TEST(state_of_a_connected_socket)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct sockaddr_in peer = socket_name(pair.server);

    int result = bsp_state(pair.client);

    expect_socket_succeeded(result);
    expect_number(state.info.iSocketType, SOCK_STREAM);
    expect_number(state.info.RemoteAddr.iSockaddrLength, sizeof(peer));
    expect_bytes(state.info.RemoteAddr.lpSockaddr, &peer, NAME_SIZE);
}
END_TEST
COVERS(state_of_a_connected_socket, "winsock.option_bsp_state.connected");

START_TEST(state_needs_room)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    int size = sizeof(CSADDR_INFO);
    memset(&state, 0x5c, sizeof(state));

    int result = getsockopt(s, SOL_SOCKET, OPT_BSP_STATE, (char *)&state, &size);

    expect_socket_failed(result, WSAEFAULT);
    expect_filled(&state, 0x5c, sizeof(state));
}
END_TEST
COVERS(state_needs_room, "winsock.option_bsp_state.small");

START_TEST(options_of_the_header)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    char options[40] = {1, 1, 1, 0}; /* three that do nothing, and the end */
    int size = sizeof(options);
    if (getsockopt(s, IPPROTO_IP, IP_OPTIONS, options + 4, &(int){36}) != 0 ||
        setsockopt(s, IPPROTO_IP, IP_OPTIONS, options, 4) != 0)
        unsupported("no options in the header");

    int result = setsockopt(s, IPPROTO_IP, IP_OPTIONS, options, 0);

    expect_socket_succeeded(result);
    expect_socket_succeeded(getsockopt(s, IPPROTO_IP, IP_OPTIONS, options, &size));
    expect_number(size, 0);
}
END_TEST
COVERS(options_of_the_header, "winsock.option_ip.options_clear");

START_TEST(multicast_interface)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD value = 99;

    int result = option_set(s, IPPROTO_IP, IP_MULTICAST_IF, htonl(INADDR_LOOPBACK));

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, IPPROTO_IP, IP_MULTICAST_IF, &value));
    expect_true(value != 0); /* in which form is option_rules.c's to record */
    expect_socket_succeeded(option_set(s, IPPROTO_IP, IP_MULTICAST_IF, 0));
    expect_socket_succeeded(option_get(s, IPPROTO_IP, IP_MULTICAST_IF, &value));
    expect_number(value, 0);
}
END_TEST
COVERS(multicast_interface, "winsock.option_ip.multicast_if_zero");
