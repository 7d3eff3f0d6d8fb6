/* The ANSI twins of WSAEnumProtocolsW, WSASocketW and WSADuplicateSocketW. */
#include "winsock.h"

static WSAPROTOCOL_INFOA protocols[64];
static WSAPROTOCOL_INFOW wide_protocols[64];

START_TEST(same_entries_as_the_wide_one)
{
    winsock_start();
    DWORD size = sizeof(protocols), wide_size = sizeof(wide_protocols);
    int wide_count = WSAEnumProtocolsW(NULL, wide_protocols, &wide_size);
    require(wide_count > 0);

    int count = WSAEnumProtocolsA(NULL, protocols, &size);

    expect_socket_succeeded(count);
    expect_number(count, wide_count);
    for (int i = 0; i < count; i++) {
        char name[WSAPROTOCOL_LEN + 1] = "";
        WideCharToMultiByte(CP_ACP, 0, wide_protocols[i].szProtocol, -1, name, sizeof(name), NULL,
                            NULL);
        expect_number(protocols[i].dwCatalogEntryId, wide_protocols[i].dwCatalogEntryId);
        expect_number(protocols[i].dwServiceFlags1, wide_protocols[i].dwServiceFlags1);
        expect_number(protocols[i].iProtocol, wide_protocols[i].iProtocol);
        expect_text_a(protocols[i].szProtocol, name);
    }
}
END_TEST
COVERS(same_entries_as_the_wide_one, "winsock.protocols_a.entries");

START_TEST(just_enough_room)
{
    winsock_start();
    int udp[] = {IPPROTO_UDP, 0};
    DWORD needed = 0;
    require(WSAEnumProtocolsA(udp, NULL, &needed) == SOCKET_ERROR && needed <= sizeof(protocols));

    int count = WSAEnumProtocolsA(udp, protocols, &needed);

    expect_socket_succeeded(count);
    expect_true(count > 0);
    for (int i = 0; i < count; i++)
        expect_number(protocols[i].iProtocol, IPPROTO_UDP);
}
END_TEST
COVERS(just_enough_room, "winsock.protocols_a.enough_room");

START_TEST(byte_less_than_is_needed)
{
    winsock_start();
    DWORD needed = 0;
    require(WSAEnumProtocolsA(NULL, NULL, &needed) == SOCKET_ERROR);
    DWORD size = needed - 1;

    int count = WSAEnumProtocolsA(NULL, protocols, &size);

    expect_socket_failed(count, WSAENOBUFS);
    expect_number(size, needed);
}
END_TEST
COVERS(byte_less_than_is_needed, "winsock.protocols_a.byte_less");

static const struct {
    struct row row;
    bool wide;
} twins[] = {
    {{"ansi", "winsock.protocols_a.notinit"}, false},
    {{"wide", "winsock.protocols.notinit"}, true},
};

START_TEST(enumeration_needs_startup)
{
    DWORD size = sizeof(protocols);

    int count = twins[_i].wide ? WSAEnumProtocolsW(NULL, wide_protocols, &size)
                               : WSAEnumProtocolsA(NULL, protocols, &size);

    expect_socket_failed(count, WSANOTINITIALISED);
}
END_TEST
COVERS_ROWS(enumeration_needs_startup, twins);

START_TEST(entry_makes_a_socket)
{
    winsock_start();
    int udp[] = {IPPROTO_UDP, 0}, type = 0, size = sizeof(type);
    DWORD length = sizeof(protocols);
    require(WSAEnumProtocolsA(udp, protocols, &length) > 0);

    SOCKET s = WSASocketA(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &protocols[0],
                          0, WSA_FLAG_OVERLAPPED);

    expect_socket_succeeded(s);
    expect_socket_succeeded(getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&type, &size));
    expect_number(type, SOCK_DGRAM);
}
END_TEST
COVERS(entry_makes_a_socket, "winsock.wsasocket_a.entry");

START_TEST(socket_needs_startup)
{
    SOCKET s = WSASocketA(AF_INET, SOCK_STREAM, 0, NULL, 0, 0);

    expect_socket_failed(s, WSANOTINITIALISED);
    winsock_start();
    expect_socket_succeeded(WSASocketA(AF_INET, SOCK_STREAM, 0, NULL, 0, 0));
}
END_TEST
COVERS(socket_needs_startup, "winsock.wsasocket_a.notinit");

START_TEST(duplicate_is_the_same_socket)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSAPROTOCOL_INFOA info;

    int result = WSADuplicateSocketA(s, GetCurrentProcessId(), &info);

    expect_socket_succeeded(result);
    SOCKET duplicate = WSASocketA(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info,
                                  0, WSA_FLAG_OVERLAPPED);
    expect_socket_succeeded(duplicate);
    expect_number(socket_port(duplicate), socket_port(s));
    socket_close(s);
    send_datagram(duplicate, duplicate, "still");
    expect_datagram(duplicate, "still");
}
END_TEST
COVERS(duplicate_is_the_same_socket, "winsock.duplicate_a.same_socket");

static const struct {
    struct row row;
    bool closed, no_info;
    DWORD process, error;
} refusals[] = {
    {{"no_socket", "winsock.duplicate_a.enotsock"}, true, false, 0, WSAENOTSOCK},
    {{"no_info", "winsock.duplicate_a.fault"}, false, true, 0, WSAEFAULT},
    {{"no_process", "winsock.duplicate_a.process"}, false, false, 0xFFFFFFF0, WSAEINVAL},
};

START_TEST(no_duplicate_with)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSAPROTOCOL_INFOA info;
    DWORD process = refusals[_i].process ? refusals[_i].process : GetCurrentProcessId();
    require(WSADuplicateSocketA(s, GetCurrentProcessId(), &info) == 0);
    if (refusals[_i].closed)
        socket_close(s);

    int result = WSADuplicateSocketA(s, process, refusals[_i].no_info ? NULL : &info);

    expect_socket_failed(result, refusals[_i].error);
}
END_TEST
COVERS_ROWS(no_duplicate_with, refusals);
