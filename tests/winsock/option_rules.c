/* Options: what the next value does to the one before, which sockets and lengths they are for, and
 * which interfaces they leave alone. Loopback only. */
#include "groups.h"

/* ---- The header of IPv4 */

static int options_of(SOCKET s, char *options, int room)
{
    require(getsockopt(s, IPPROTO_IP, IP_OPTIONS, options, &room) == 0);
    return room;
}

/* As they are told of a socket that never had others. */
START_TEST(options_of_the_header_are_replaced)
{
    static const char long_ones[8] = {1, 1, 1, 1, 1, 1, 1, 0}, short_ones[4] = {1, 1, 1, 0};
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), other = socket_bound(SOCK_DGRAM);
    char told[40] = "", expected[40] = "";
    if (setsockopt(s, IPPROTO_IP, IP_OPTIONS, long_ones, sizeof(long_ones)) != 0)
        unsupported("no options in the header");
    require(setsockopt(other, IPPROTO_IP, IP_OPTIONS, short_ones, sizeof(short_ones)) == 0);

    int result = setsockopt(s, IPPROTO_IP, IP_OPTIONS, short_ones, sizeof(short_ones));

    expect_socket_succeeded(result);
    int size = options_of(other, expected, sizeof(expected));
    expect_number(options_of(s, told, sizeof(told)), size);
    expect_bytes(told, expected, (size_t)size);
}
END_TEST
COVERS(options_of_the_header_are_replaced, "winsock.option_ip.options_replaced");

/* ---- Sockets that an option is not for */

static const struct {
    struct row row;
    int family, type, level, option;
} odd[] = {
    {{"dontfragment_of_a_stream", "winsock.option_ip.dontfragment_stream"},
     AF_INET,
     SOCK_STREAM,
     IPPROTO_IP,
     IP_DONTFRAGMENT},
    {{"dontroute_of_a_stream", "winsock.option_socket.dontroute_stream"},
     AF_INET,
     SOCK_STREAM,
     SOL_SOCKET,
     SO_DONTROUTE},
    {{"broadcast_of_ipv6", "winsock.option_socket.broadcast_ipv6"},
     AF_INET6,
     SOCK_DGRAM,
     SOL_SOCKET,
     SO_BROADCAST},
    {{"config", "winsock.option_socket.pvd_config"}, AF_INET, SOCK_DGRAM, SOL_SOCKET, PVD_CONFIG},
    {{"connect_data", "winsock.option_socket.data_lengths"},
     AF_INET,
     SOCK_STREAM,
     SOL_SOCKET,
     SO_CONNDATALEN},
    {{"connect_options", "winsock.option_socket.data_lengths"},
     AF_INET,
     SOCK_STREAM,
     SOL_SOCKET,
     SO_CONNOPTLEN},
    {{"disconnect_data", "winsock.option_socket.data_lengths"},
     AF_INET,
     SOCK_STREAM,
     SOL_SOCKET,
     SO_DISCDATALEN},
    {{"disconnect_options", "winsock.option_socket.data_lengths"},
     AF_INET,
     SOCK_STREAM,
     SOL_SOCKET,
     SO_DISCOPTLEN},
};

START_TEST(may_be_set)
{
    winsock_start();
    SOCKET s = socket_of(odd[_i].family, odd[_i].type);
    DWORD value = 99;

    int result = option_set(s, odd[_i].level, odd[_i].option, 1);

    record_outcome("setting", result == 0);
    result = option_get(s, odd[_i].level, odd[_i].option, &value);
    record_outcome("reading", result == 0);
    if (result == 0)
        record("value", "%lu", value);
}
END_TEST
COVERS_ROWS(may_be_set, odd);

/* ---- Lengths */

static const struct {
    struct row row;
    int option;
} booleans[] = {
    {{"keepalive", "winsock.option_keepalive.short"}, SO_KEEPALIVE},
    {{"conditional_accept", "winsock.option_conditional_accept.short"}, SO_CONDITIONAL_ACCEPT},
};

START_TEST(byte_for_a_boolean)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    BYTE on = 1;
    if (option_set(socket_open(SOCK_STREAM), SOL_SOCKET, booleans[_i].option, 1) != 0)
        unsupported("the option cannot be set");

    int result = setsockopt(s, SOL_SOCKET, booleans[_i].option, (char *)&on, sizeof(on));

    record_outcome("setting", result == 0);
    if (result == SOCKET_ERROR)
        expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS_ROWS(byte_for_a_boolean, booleans);

START_TEST(length_of_the_state)
{
    static union {
        CSADDR_INFO info;
        char room[512];
    } state;
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    int size = sizeof(state);

    int result = getsockopt(s, SOL_SOCKET, OPT_BSP_STATE, (char *)&state, &size);

    expect_socket_succeeded(result);
    expect_true(size >= (int)sizeof(state.info) && size <= (int)sizeof(state));
    record("length of the state of 512 bytes of room", "%d", size);
}
END_TEST
COVERS(length_of_the_state, "winsock.option_bsp_state.length");

START_TEST(largest_segment)
{
    enum { MAXSEG = 4 };
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    DWORD value = 0;

    int result = option_get(pair.client, IPPROTO_TCP, MAXSEG, &value);

    expect_socket_succeeded(result);
    expect_true(value > 0 && value <= 0xFFFF);
}
END_TEST
COVERS(largest_segment, "winsock.getsockopt.maxseg");

/* ---- Interfaces */

START_TEST(interface_of_groups_is_told)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    DWORD number = loopback_index(), value;

    require(option_set(s, IPPROTO_IP, IP_MULTICAST_IF, htonl(INADDR_LOOPBACK)) == 0);

    int result = option_get(s, IPPROTO_IP, IP_MULTICAST_IF, &value);

    expect_socket_succeeded(result);
    expect_true(value == number || value == htonl(number) || value == htonl(INADDR_LOOPBACK));
    record("the interface as it is told", "%s",
           value == number          ? "number in host order"
           : value == htonl(number) ? "number in network order"
                                    : "address");
}
END_TEST
COVERS(interface_of_groups_is_told, "winsock.option_ip.multicast_if_told");

/* The address of this machine by which it would send to others; nothing is sent. */
static struct sockaddr_in own_address(void)
{
    struct sockaddr_in nobody = {.sin_family = AF_INET, .sin_port = htons(1)};
    nobody.sin_addr.s_addr = htonl(0xC6336401); /* 198.51.100.1 */
    SOCKET probe = socket_open(SOCK_DGRAM);
    if (connect(probe, (struct sockaddr *)&nobody, sizeof(nobody)) != 0)
        unsupported("no network but the loopback interface");
    return socket_name(probe);
}

START_TEST(groups_are_heard_by_another_interface)
{
    winsock_start();
    SOCKET s = listener_open(AF_INET), sender = sender_open(AF_INET);
    DWORD elsewhere = own_address().sin_addr.s_addr;

    int result = option_set(s, IPPROTO_IP, IP_MULTICAST_IF, elsewhere);

    expect_socket_succeeded(result);
    expect_socket_succeeded(by_family(s, AF_INET, IP_ADD_MEMBERSHIP));
    expect_member(s, sender, AF_INET);
}
END_TEST
COVERS(groups_are_heard_by_another_interface, "winsock.option_ip.multicast_if_sending_only");

/* The number of the interface by which this machine would send to others. */
static DWORD other_interface(void)
{
    typedef DWORD WINAPI function(DWORD, DWORD *);
    HMODULE module = LoadLibraryA("iphlpapi.dll");
    function *best = module ? (function *)GetProcAddress(module, "GetBestInterface") : NULL;
    DWORD number = 0, error;
    own_address();
    if (!best || (error = best(htonl(0xC6336401), &number)) != 0)
        unsupported("GetBestInterface tells no interface");
    if (number == loopback_index())
        unsupported("no interface but that of loopback");
    return number;
}

START_TEST(datagrams_are_heard_by_another_interface)
{
    winsock_start();
    SOCKET s = listener_open(AF_INET), sender = socket_bound(SOCK_DGRAM);
    DWORD elsewhere = htonl(other_interface());

    int result = option_set(s, IPPROTO_IP, OPT_UNICAST_IF, elsewhere);

    expect_socket_succeeded(result);
    expect_socket_succeeded(send_to(sender, host_of(AF_INET, 1), s, "by loopback"));
    expect_datagram(s, "by loopback");
}
END_TEST
COVERS(datagrams_are_heard_by_another_interface, "winsock.option_ip.unicast_if_sending_only");

START_TEST(original_interface)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD number = loopback_index(), got = 0;
    WSAMSG *message = room_for_told(s, OPT_ORIGINAL_ARRIVAL_IF);

    int result = receive_message(s)(s, message, &got, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(got, 5);
    WSACMSGHDR *header = WSA_CMSG_FIRSTHDR(message);
    bool told = header && header->cmsg_type == OPT_ORIGINAL_ARRIVAL_IF;
    record("the original interface", "%s", told ? "is told" : "is not told");
    if (told)
        expect_number(*(DWORD *)WSA_CMSG_DATA(header), number);
}
END_TEST
COVERS(original_interface, "winsock.option_ip.original_arrival_if_told");

/* ---- Ports that are shared for groups */

START_TEST(port_for_groups)
{
    winsock_start();
    SOCKET first = socket_open(SOCK_DGRAM), second = socket_open(SOCK_DGRAM);
    struct sockaddr_in any = {.sin_family = AF_INET};
    if (option_set(first, SOL_SOCKET, OPT_REUSE_MULTICASTPORT, 1) != 0 ||
        option_set(second, SOL_SOCKET, OPT_REUSE_MULTICASTPORT, 1) != 0)
        unsupported("SO_REUSE_MULTICASTPORT cannot be set");
    require(bind(first, (struct sockaddr *)&any, sizeof(any)) == 0);
    any.sin_port = htons((u_short)socket_port(first));

    int result = bind(second, (struct sockaddr *)&any, sizeof(any));

    expect_socket_succeeded(result);
    expect_number(socket_port(second), ntohs(any.sin_port));
}
END_TEST
COVERS(port_for_groups, "winsock.option_socket.reuse_multicastport_shares");

/* ---- Urgent data */

START_TEST(style_of_urgent_data_is_changed_back)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    DWORD value = 99;
    if (option_set(s, IPPROTO_TCP, TCP_EXPEDITED_1122, 1) != 0)
        unsupported("TCP_EXPEDITED_1122 cannot be set");

    int result = option_set(s, IPPROTO_TCP, TCP_EXPEDITED_1122, 0);

    record_outcome("switching TCP_EXPEDITED_1122 off again", result == 0);
    expect_socket_succeeded(option_get(s, IPPROTO_TCP, TCP_EXPEDITED_1122, &value));
    record("TCP_EXPEDITED_1122 afterwards", "%s", value ? "on" : "off");
}
END_TEST
COVERS(style_of_urgent_data_is_changed_back, "winsock.option_tcp.urgent_style_once");
