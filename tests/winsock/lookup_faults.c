/* Names, protocols, numbers and addresses as text, from and into memory that is not there. */
#include "winsock.h"

static char room[8192];
static struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr.s_addr = 0x0100007F};
static DWORD size_of_room;
static SOCKET some_socket;

/* ---- Functions of the machine's name and of databases: the pointer is the only one they take */

static int own_name(void *address)
{
    return gethostname(address, 256);
}

static int host(void *address)
{
    return gethostbyname(address) ? 0 : SOCKET_ERROR;
}

static int protocol(void *address)
{
    return getprotobyname(address) ? 0 : SOCKET_ERROR;
}

static int service(void *address)
{
    return getservbyport(htons(80), address) ? 0 : SOCKET_ERROR;
}

/* ---- Numbers */

static int long_to_network(void *address)
{
    return WSAHtonl(some_socket, 1, address);
}

static int short_to_network(void *address)
{
    return WSAHtons(some_socket, 1, address);
}

static int long_from_network(void *address)
{
    return WSANtohl(some_socket, 1, address);
}

static int short_from_network(void *address)
{
    return WSANtohs(some_socket, 1, address);
}

/* ---- Texts */

static int parsed_text(void *address)
{
    return inet_pton(AF_INET, address, room);
}

static int parsed_address(void *address)
{
    return inet_pton(AF_INET, "127.0.0.1", address);
}

static int parsed_wide_text(void *address)
{
    return InetPtonW(AF_INET, address, room);
}

static int parsed_wide_address(void *address)
{
    return InetPtonW(AF_INET, L"127.0.0.1", address);
}

static int told_address(void *address)
{
    DWORD size = 64;
    return WSAAddressToStringA(address, sizeof(name), NULL, room, &size);
}

static int told_by_protocol(void *address)
{
    DWORD size = 64;
    return WSAAddressToStringA((SOCKADDR *)&name, sizeof(name), address, room, &size);
}

static int told_text(void *address)
{
    DWORD size = 64;
    return WSAAddressToStringA((SOCKADDR *)&name, sizeof(name), NULL, address, &size);
}

static int told_wide_address(void *address)
{
    DWORD size = 64;
    return WSAAddressToStringW(address, sizeof(name), NULL, (WCHAR *)room, &size);
}

static int told_wide_by_protocol(void *address)
{
    DWORD size = 64;
    return WSAAddressToStringW((SOCKADDR *)&name, sizeof(name), address, (WCHAR *)room, &size);
}

static int told_wide_text(void *address)
{
    DWORD size = 64;
    return WSAAddressToStringW((SOCKADDR *)&name, sizeof(name), NULL, address, &size);
}

/* ---- Protocols */

static int size_of_entries(void *address)
{
    return WSAEnumProtocolsW(NULL, (WSAPROTOCOL_INFOW *)room, address);
}

static const struct {
    struct row row;
    int (*call)(void *address);
    const void *valid; /* what the same call takes */
} calls[] = {
    {{"own_name", "winsock.gethostname.nowhere"}, own_name, room},
    {{"host_of_a_name", "winsock.gethostbyname.nowhere"}, host, "127.0.0.1"},
    {{"protocol_of_a_name", "winsock.getprotobyname.nowhere"}, protocol, "tcp"},
    {{"service_of_a_protocol", "winsock.getservbyport.nowhere"}, service, "tcp"},
    {{"long_to_network", "winsock.wsahtonl.nowhere"}, long_to_network, room},
    {{"short_to_network", "winsock.wsahtons.nowhere"}, short_to_network, room},
    {{"long_from_network", "winsock.wsantohl.nowhere"}, long_from_network, room},
    {{"short_from_network", "winsock.wsantohs.nowhere"}, short_from_network, room},
    {{"address_of_a_text", "winsock.inet_pton.text_nowhere"}, parsed_text, "127.0.0.1"},
    {{"address_into", "winsock.inet_pton.address_nowhere"}, parsed_address, room},
    {{"address_of_a_wide_text", "winsock.inetptonw.text_nowhere"}, parsed_wide_text, L"127.0.0.1"},
    {{"wide_address_into", "winsock.inetptonw.address_nowhere"}, parsed_wide_address, room},
    {{"text_of_an_address", "winsock.address_to_string.address_nowhere"}, told_address, &name},
    {{"text_by_a_protocol", "winsock.address_to_string.protocol_nowhere"}, told_by_protocol, NULL},
    {{"text_into", "winsock.address_to_string.text_nowhere"}, told_text, room},
    {{"wide_text_of_an_address", "winsock.address_to_string.address_nowhere_w"},
     told_wide_address,
     &name},
    {{"wide_text_by_a_protocol", "winsock.address_to_string.protocol_nowhere_w"},
     told_wide_by_protocol,
     NULL},
    {{"wide_text_into", "winsock.address_to_string.text_nowhere_w"}, told_wide_text, room},
    {{"protocols_of_a_size", "winsock.protocols.size_nowhere"}, size_of_entries, &size_of_room},
};

START_TEST(no_memory)
{
    winsock_start();
    some_socket = socket_open(SOCK_DGRAM);
    size_of_room = sizeof(room);
    void *address = memory_nowhere();

    int result = calls[_i].call(address);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(calls[_i].call((void *)calls[_i].valid));
}
END_TEST
COVERS_ROWS(no_memory, calls);
