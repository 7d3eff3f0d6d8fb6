/* WSAEnumProtocols: the room it needs, its filter, and what the entries of TCP and UDP tell. */
#include "winsock.h"

static WSAPROTOCOL_INFOW protocols[64];

/* How many there are of these kinds (ending with 0; NULL: all), which are then in protocols. */
static int enumerate(int *kinds)
{
    DWORD size = sizeof(protocols);
    int count = WSAEnumProtocolsW(kinds, protocols, &size);
    require(count > 0);
    return count;
}

/* The entry of IPv4 for PROTOCOL. */
static const WSAPROTOCOL_INFOW *entry_of(int protocol)
{
    int kinds[] = {protocol, 0};
    for (int i = 0, count = enumerate(kinds); i < count; i++)
        if (protocols[i].iAddressFamily == AF_INET && protocols[i].iProtocol == protocol)
            return &protocols[i];
    unresolved("no protocol %d of IPv4", protocol);
}

START_TEST(just_enough_room)
{
    winsock_start();
    int udp[] = {IPPROTO_UDP, 0}, all = enumerate(udp);
    DWORD needed = 0;
    require(WSAEnumProtocolsW(udp, NULL, &needed) == SOCKET_ERROR && needed <= sizeof(protocols));

    int count = WSAEnumProtocolsW(udp, protocols, &needed);

    expect_socket_succeeded(count);
    expect_number(count, all);
}
END_TEST
COVERS(just_enough_room, "winsock.protocols.enough_room");

START_TEST(byte_less_than_is_needed)
{
    winsock_start();
    int udp[] = {IPPROTO_UDP, 0};
    DWORD needed = 0;
    require(WSAEnumProtocolsW(udp, NULL, &needed) == SOCKET_ERROR);
    DWORD size = needed - 1;

    int count = WSAEnumProtocolsW(udp, protocols, &size);

    expect_socket_failed(count, WSAENOBUFS);
    expect_number(size, needed);
}
END_TEST
COVERS(byte_less_than_is_needed, "winsock.protocols.byte_less");

START_TEST(nowhere_to_tell_the_size)
{
    winsock_start();

    int count = WSAEnumProtocolsW(NULL, protocols, NULL);

    expect_socket_failed(count, WSAEFAULT);
}
END_TEST
COVERS(nowhere_to_tell_the_size, "winsock.protocols.fault");

static const struct {
    struct row row;
    bool kinds, list; /* which is not in memory */
} nowheres[] = {
    {{"kinds", "winsock.protocols.kinds_fault"}, true, false},
    {{"list", "winsock.protocols.list_fault"}, false, true},
};

START_TEST(not_in_memory)
{
    winsock_start();
    void *nowhere = memory_nowhere();
    DWORD size = sizeof(protocols);

    int count = WSAEnumProtocolsW(nowheres[_i].kinds ? nowhere : NULL,
                                  nowheres[_i].list ? nowhere : protocols, &size);

    expect_socket_failed(count, WSAEFAULT);
    expect_true(enumerate(NULL) > 0);
}
END_TEST
COVERS_ROWS(not_in_memory, nowheres);

START_TEST(unknown_protocols_in_the_list)
{
    winsock_start();
    int kinds[] = {250, IPPROTO_TCP, 251, IPPROTO_UDP, 252, 0};
    bool tcp = false, udp = false;

    int count = WSAEnumProtocolsW(kinds, protocols, &(DWORD){sizeof(protocols)});

    expect_socket_succeeded(count);
    for (int i = 0; i < count; i++) {
        tcp |= protocols[i].iProtocol == IPPROTO_TCP;
        udp |= protocols[i].iProtocol == IPPROTO_UDP;
        expect_true(protocols[i].iProtocol == IPPROTO_TCP || protocols[i].iProtocol == IPPROTO_UDP);
    }
    expect_true(tcp && udp);
}
END_TEST
COVERS(unknown_protocols_in_the_list, "winsock.protocols.filter_several");

START_TEST(all_protocols)
{
    winsock_start();
    int kinds[] = {IPPROTO_TCP, IPPROTO_UDP, 0}, of_two = enumerate(kinds);
    bool tcp = false, udp = false;

    int count = WSAEnumProtocolsW(NULL, protocols, &(DWORD){sizeof(protocols)});

    expect_socket_succeeded(count);
    expect_true(count >= of_two);
    for (int i = 0; i < count; i++) {
        tcp |= protocols[i].iProtocol == IPPROTO_TCP && protocols[i].iAddressFamily == AF_INET;
        udp |= protocols[i].iProtocol == IPPROTO_UDP && protocols[i].iAddressFamily == AF_INET;
    }
    expect_true(tcp && udp);
}
END_TEST
COVERS(all_protocols, "winsock.protocols.all");

START_TEST(nothing_is_hidden)
{
    winsock_start();

    int count = WSAEnumProtocolsW(NULL, protocols, &(DWORD){sizeof(protocols)});

    expect_socket_succeeded(count);
    for (int i = 0; i < count; i++)
        expect_number(protocols[i].dwProviderFlags & PFL_HIDDEN, 0);
}
END_TEST
COVERS(nothing_is_hidden, "winsock.protocols.not_hidden");

START_TEST(entries_have_numbers_of_their_own)
{
    winsock_start();

    int count = WSAEnumProtocolsW(NULL, protocols, &(DWORD){sizeof(protocols)});

    expect_socket_succeeded(count);
    for (int i = 0; i < count; i++)
        for (int k = 0; k < i; k++)
            expect_true(protocols[i].dwCatalogEntryId != protocols[k].dwCatalogEntryId);
}
END_TEST
COVERS(entries_have_numbers_of_their_own, "winsock.protocols.entry_id");

static const struct {
    struct row row;
    int protocol, type;
    DWORD has, has_not;
} kinds_of_service[] = {
    {{"tcp", "winsock.protocols.tcp_service"},
     IPPROTO_TCP,
     SOCK_STREAM,
     XP1_GUARANTEED_DELIVERY | XP1_GUARANTEED_ORDER | XP1_GRACEFUL_CLOSE | XP1_EXPEDITED_DATA,
     XP1_CONNECTIONLESS | XP1_MESSAGE_ORIENTED | XP1_SUPPORT_BROADCAST | XP1_SUPPORT_MULTIPOINT},
    {{"udp", "winsock.protocols.udp_service"},
     IPPROTO_UDP,
     SOCK_DGRAM,
     XP1_CONNECTIONLESS | XP1_MESSAGE_ORIENTED,
     XP1_GUARANTEED_ORDER | XP1_GRACEFUL_CLOSE | XP1_EXPEDITED_DATA | XP1_PSEUDO_STREAM},
};

START_TEST(service_of)
{
    winsock_start();

    const WSAPROTOCOL_INFOW *entry = entry_of(kinds_of_service[_i].protocol);

    expect_number(entry->iSocketType, kinds_of_service[_i].type);
    expect_number(entry->dwServiceFlags1 & kinds_of_service[_i].has, kinds_of_service[_i].has);
    expect_number(entry->dwServiceFlags1 & kinds_of_service[_i].has_not, 0);
}
END_TEST
COVERS_ROWS(service_of, kinds_of_service);

START_TEST(size_of_a_message)
{
    winsock_start();

    DWORD of_stream = entry_of(IPPROTO_TCP)->dwMessageSize;

    expect_number(of_stream, 0);
    expect_true(entry_of(IPPROTO_UDP)->dwMessageSize != 0);
}
END_TEST
COVERS(size_of_a_message, "winsock.protocols.message_size");

START_TEST(entry_of_tcp_makes_a_socket)
{
    winsock_start();
    WSAPROTOCOL_INFOW entry = *entry_of(IPPROTO_TCP);
    int type = 0, size = sizeof(type);

    SOCKET s = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &entry, 0,
                          WSA_FLAG_OVERLAPPED);

    expect_socket_succeeded(s);
    expect_socket_succeeded(getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&type, &size));
    expect_number(type, SOCK_STREAM);
    struct sockaddr_in name = loopback(0);
    expect_socket_succeeded(bind(s, (struct sockaddr *)&name, sizeof(name)));
}
END_TEST
COVERS(entry_of_tcp_makes_a_socket, "winsock.protocols.tcp_usable");
