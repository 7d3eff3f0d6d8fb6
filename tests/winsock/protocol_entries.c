/* What the entries of TCP and UDP tell of addresses, of the order of bytes, and of providers. */
#include "winsock.h"

static const struct kind {
    struct row row;
    int protocol, family, type;
    int name_size;
} kinds[] = {
    {{"tcp", NULL}, IPPROTO_TCP, AF_INET, SOCK_STREAM, sizeof(struct sockaddr_in)},
    {{"udp", NULL}, IPPROTO_UDP, AF_INET, SOCK_DGRAM, sizeof(struct sockaddr_in)},
    {{"tcp_of_ipv6", NULL}, IPPROTO_TCP, AF_INET6, SOCK_STREAM, sizeof(struct sockaddr_in6)},
    {{"udp_of_ipv6", NULL}, IPPROTO_UDP, AF_INET6, SOCK_DGRAM, sizeof(struct sockaddr_in6)},
};

/* The entry of a base protocol; UNSUPPORTED where there is none of IPv6. */
static const WSAPROTOCOL_INFOW *base_entry(const struct kind *kind)
{
    static WSAPROTOCOL_INFOW entries[64];
    DWORD size = sizeof(entries);
    int wanted[] = {kind->protocol, 0}, count = WSAEnumProtocolsW(wanted, entries, &size);
    require(count > 0);
    for (int i = 0; i < count; i++)
        if (entries[i].iAddressFamily == kind->family && entries[i].iProtocol == kind->protocol &&
            entries[i].ProtocolChain.ChainLen == BASE_PROTOCOL)
            return &entries[i];
    if (kind->family == AF_INET6)
        unsupported("no IPv6 on this machine");
    return NULL;
}

START_TEST(entry_of)
{
    winsock_start();

    const WSAPROTOCOL_INFOW *entry = base_entry(&kinds[_i]);

    expect_true(entry != NULL);
    expect_number(entry->iMaxSockAddr, kinds[_i].name_size);
    expect_number(entry->iMinSockAddr, kinds[_i].name_size);
    expect_number(entry->iNetworkByteOrder, BIGENDIAN);
    expect_number(entry->iSecurityScheme, SECURITY_PROTOCOL_NONE);
}
END_TEST
COVERS_ROWS(entry_of, kinds, "winsock.protocols.base_entry", "winsock.protocols.address_lengths",
            "winsock.protocols.byte_order", "winsock.protocols.no_security");

START_TEST(protocol_zero_is)
{
    winsock_start();
    const WSAPROTOCOL_INFOW *entry = base_entry(&kinds[_i]);
    require(entry && (entry->dwProviderFlags & PFL_MATCHES_PROTOCOL_ZERO));
    WSAPROTOCOL_INFOW info = {.iProtocol = 0};
    int size = sizeof(info);

    SOCKET s = socket(kinds[_i].family, kinds[_i].type, 0);

    expect_socket_succeeded(s);
    int result = getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size);
    expect_socket_succeeded(result);
    expect_number(info.iProtocol, kinds[_i].protocol);
}
END_TEST
COVERS_ROWS(protocol_zero_is, kinds, "winsock.protocols.matches_zero");

/* ---- What an operation writes into its OVERLAPPED ---- */

static WSAOVERLAPPED operation;
static char room[16];

START_TEST(fields_of_an_operation)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSABUF buffer = {.len = sizeof(room), .buf = room};
    DWORD count = 0, flags = 0;
    operation = (WSAOVERLAPPED){.Internal = 1, .InternalHigh = 99, .hEvent = event_create()};

    int result = WSARecv(s, &buffer, 1, NULL, &flags, &operation, NULL);

    expect_socket_failed(result, WSA_IO_PENDING);
    expect_number(operation.Internal, STATUS_PENDING);
    expect_true(!HasOverlappedIoCompleted(&operation));
    send_datagram(s, s, "hello");
    expect_signaled(operation.hEvent);
    require(WSAGetOverlappedResult(s, &operation, &count, FALSE, &flags) && count == 5);
    expect_number(operation.Internal, 0);
    expect_number(operation.InternalHigh, 5);
    expect_true(HasOverlappedIoCompleted(&operation));
}
END_TEST
COVERS(fields_of_an_operation, "winsock.overlapped.status_pending",
       "winsock.overlapped.status_and_count");

START_TEST(offset_stays)
{
    HANDLE file = CreateFileW(scratch_path(L"file"), GENERIC_READ | GENERIC_WRITE, 0, NULL,
                              CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
    DWORD count = 0;
    require(file != INVALID_HANDLE_VALUE && WriteFile(file, "0123456789", 10, &count, NULL));
    operation = (WSAOVERLAPPED){.Offset = 3};

    BOOL done = ReadFile(file, room, 4, &count, &operation);

    expect_succeeded(done);
    expect_number(count, 4);
    expect_bytes(room, "3456", 4);
    expect_number(operation.Offset, 3);
    expect_number(operation.OffsetHigh, 0);
}
END_TEST
COVERS(offset_stays, "winsock.overlapped.offset_stays");
