/* WSAHtonl and its family with sockets of IPv6, whose order of bytes is the same. */
#include "winsock.h"

static const struct {
    struct row row;
    int type;
} types[] = {
    {{"streams", NULL}, SOCK_STREAM},
    {{"datagrams", NULL}, SOCK_DGRAM},
};

static SOCKET socket_of_ipv6(int type)
{
    winsock_start();
    SOCKET s = socket(AF_INET6, type, 0);
    if (s == INVALID_SOCKET)
        unresolved("this machine has no sockets of IPv6");
    SetLastError(LAST_ERROR_UNSET);
    return s;
}

START_TEST(long_to_the_network_of)
{
    static const BYTE bytes[] = {255, 2, 3, 4};
    SOCKET s = socket_of_ipv6(types[_i].type);
    ULONG turned = 99;

    int result = WSAHtonl(s, 0xFF020304, &turned);

    expect_socket_succeeded(result);
    expect_number(result, 0);
    expect_bytes(&turned, bytes, 4);
}
END_TEST
COVERS_ROWS(long_to_the_network_of, types, "winsock.wsahtonl.ipv6");

START_TEST(short_to_the_network_of)
{
    static const BYTE bytes[] = {255, 2};
    SOCKET s = socket_of_ipv6(types[_i].type);
    WORD turned = 99;

    int result = WSAHtons(s, 0xFF02, &turned);

    expect_socket_succeeded(result);
    expect_number(result, 0);
    expect_bytes(&turned, bytes, 2);
}
END_TEST
COVERS_ROWS(short_to_the_network_of, types, "winsock.wsahtons.ipv6");

START_TEST(long_from_the_network_of)
{
    static const BYTE bytes[] = {255, 2, 3, 4};
    SOCKET s = socket_of_ipv6(types[_i].type);
    ULONG given, turned = 99;
    memcpy(&given, bytes, sizeof(given));

    int result = WSANtohl(s, given, &turned);

    expect_socket_succeeded(result);
    expect_number(result, 0);
    expect_number(turned, 0xFF020304);
}
END_TEST
COVERS_ROWS(long_from_the_network_of, types, "winsock.wsantohl.ipv6");

START_TEST(short_from_the_network_of)
{
    static const BYTE bytes[] = {255, 2};
    SOCKET s = socket_of_ipv6(types[_i].type);
    WORD given, turned = 99;
    memcpy(&given, bytes, sizeof(given));

    int result = WSANtohs(s, given, &turned);

    expect_socket_succeeded(result);
    expect_number(result, 0);
    expect_number(turned, 0xFF02);
}
END_TEST
COVERS_ROWS(short_from_the_network_of, types, "winsock.wsantohs.ipv6");
