/* WSAStringToAddressA and WSAAddressToStringA: addresses as ANSI text. */
#include "text.h"

static const struct {
    struct row row;
    const char *text;
    DWORD address;
    unsigned port;
} good[] = {
    {{"plain", NULL}, "127.0.0.2", 0x7F000002, 0},
    {{"with_port", NULL}, "127.0.0.2:65535", 0x7F000002, 65535},
    {{"all_bits", NULL}, "255.255.255.255", 0xFFFFFFFF, 0},
};

START_TEST(address_of)
{
    char text[64];
    struct sockaddr_in name;
    int size = sizeof(name);
    winsock_start();
    strcpy(text, good[_i].text);

    int result = WSAStringToAddressA(text, AF_INET, NULL, (struct sockaddr *)&name, &size);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(name));
    expect_number(name.sin_family, AF_INET);
    expect_number(ntohl(name.sin_addr.s_addr), good[_i].address);
    expect_number(ntohs(name.sin_port), good[_i].port);
}
END_TEST
COVERS_ROWS(address_of, good, "winsock.string_to_address_a.v4");

START_TEST(address_of_ipv6)
{
    static const BYTE loopback_v6[16] = {[15] = 1};
    char text[] = "[::1]:80";
    struct sockaddr_in6 name;
    int size = sizeof(name);
    winsock_start();

    int result = WSAStringToAddressA(text, AF_INET6, NULL, (struct sockaddr *)&name, &size);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(name));
    expect_number(name.sin6_family, AF_INET6);
    expect_bytes(&name.sin6_addr, loopback_v6, 16);
    expect_number(ntohs(name.sin6_port), 80);
}
END_TEST
COVERS(address_of_ipv6, "winsock.string_to_address_a.v6");

static const struct {
    struct row row;
    const char *text;
    int family, size;
    DWORD error;
} bad[] = {
    {{"no_address", "winsock.string_to_address_a.bad"}, "x", AF_INET, 64, WSAEINVAL},
    {{"nothing", "winsock.string_to_address_a.bad"}, "", AF_INET, 64, WSAEINVAL},
    {{"high_port", "winsock.string_to_address_a.bad"}, "1.2.3.4:65537", AF_INET, 64, WSAEINVAL},
    {{"another_family", "winsock.string_to_address_a.family"}, "1.2.3.4", 99, 64, WSAEINVAL},
    {{"a_byte_less", "winsock.string_to_address_a.small"},
     "1.2.3.4",
     AF_INET,
     sizeof(struct sockaddr_in) - 1,
     WSAEFAULT},
};

START_TEST(no_address_of)
{
    char text[64];
    struct sockaddr_storage name;
    int size = bad[_i].size;
    winsock_start();
    strcpy(text, bad[_i].text);

    int result = WSAStringToAddressA(text, bad[_i].family, NULL, (struct sockaddr *)&name, &size);

    expect_socket_failed(result, bad[_i].error);
    if (bad[_i].error == WSAEFAULT)
        expect_number(size, sizeof(struct sockaddr_in));
}
END_TEST
COVERS_ROWS(no_address_of, bad);

START_TEST(string_needs_startup)
{
    char text[] = "127.0.0.1";
    struct sockaddr_in name;
    int size = sizeof(name);

    int result = WSAStringToAddressA(text, AF_INET, NULL, (struct sockaddr *)&name, &size);

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS(string_needs_startup, "winsock.string_to_address_a.notinit");

/* ---- WSAAddressToStringA */

static const struct {
    struct row row;
    int family;
    unsigned port;
    const char *text;
} names[] = {
    {{"ipv4", NULL}, AF_INET, 0, "127.0.0.1"},
    {{"ipv4_with_port", NULL}, AF_INET, 80, "127.0.0.1:80"},
    {{"ipv6", NULL}, AF_INET6, 0, "::1"},
    {{"ipv6_with_port", NULL}, AF_INET6, 80, "[::1]:80"},
};

START_TEST(text_of)
{
    char text[64];
    DWORD size = sizeof(text);
    struct sockaddr_storage name;
    DWORD length = loopback_of(names[_i].family, names[_i].port, &name);
    winsock_start();

    int result = WSAAddressToStringA((struct sockaddr *)&name, length, NULL, text, &size);

    expect_socket_succeeded(result);
    expect_text_a(text, names[_i].text);
    expect_number(size, strlen(names[_i].text) + 1);
}
END_TEST
COVERS_ROWS(text_of, names, "winsock.address_to_string_a.value");

START_TEST(text_needs_its_end)
{
    char text[64];
    DWORD needed = (DWORD)strlen(names[_i].text) + 1, size = needed - 1;
    struct sockaddr_storage name;
    DWORD length = loopback_of(names[_i].family, names[_i].port, &name);
    winsock_start();

    int result = WSAAddressToStringA((struct sockaddr *)&name, length, NULL, text, &size);

    expect_socket_failed(result, WSAEFAULT);
    expect_number(size, needed);
    expect_socket_succeeded(
        WSAAddressToStringA((struct sockaddr *)&name, length, NULL, text, &size));
}
END_TEST
COVERS_ROWS(text_needs_its_end, names, "winsock.address_to_string_a.small");

START_TEST(text_of_another_family)
{
    char text[64];
    DWORD size = sizeof(text);
    winsock_start();
    struct sockaddr_in name = loopback(0);
    name.sin_family = 99;

    int result = WSAAddressToStringA((struct sockaddr *)&name, sizeof(name), NULL, text, &size);

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(text_of_another_family, "winsock.address_to_string_a.invalid");

START_TEST(text_needs_startup)
{
    char text[64];
    DWORD size = sizeof(text);
    struct sockaddr_in name = {.sin_family = AF_INET};

    int result = WSAAddressToStringA((struct sockaddr *)&name, sizeof(name), NULL, text, &size);

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS(text_needs_startup, "winsock.address_to_string_a.notinit");
