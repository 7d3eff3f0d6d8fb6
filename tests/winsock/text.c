/* Addresses as text: inet_addr, inet_pton, inet_ntop, WSAAddressToString and WSAStringToAddress. */
#include "text.h"

static const struct {
    struct row row;
    const char *text;
    DWORD value; /* in the order of this machine */
} numbers[] = {
    {{"four_parts", "winsock.inet_addr.forms"}, "1.2.3.4", 0x01020304},
    {{"three_parts", "winsock.inet_addr.forms"}, "1.2.3", 0x01020003},
    {{"two_parts", "winsock.inet_addr.forms"}, "1.2", 0x01000002},
    {{"one_part", "winsock.inet_addr.forms"}, "16909060", 0x01020304},
    {{"hexadecimal", "winsock.inet_addr.radix"}, "0x7f.1", 0x7F000001},
    {{"octal", "winsock.inet_addr.radix"}, "0177.1", 0x7F000001},
    {{"part_above_255", "winsock.inet_addr.invalid"}, "1.2.3.256", INADDR_NONE},
    {{"letters", "winsock.inet_addr.invalid"}, "a.b.c.d", INADDR_NONE},
    {{"five_parts", "winsock.inet_addr.invalid"}, "1.2.3.4.5", INADDR_NONE},
    {{"nothing", "winsock.inet_addr.empty"}, "", INADDR_NONE},
    {{"a_blank", "winsock.inet_addr.space"}, " ", 0},
    {{"all_bits", "winsock.inet_addr.broadcast_ambiguity"}, "255.255.255.255", INADDR_NONE},
};

START_TEST(number_of)
{
    winsock_start();

    DWORD address = inet_addr(numbers[_i].text);

    expect_number(address, htonl(numbers[_i].value));
}
END_TEST
COVERS_ROWS(number_of, numbers, "winsock.inet_addr.net_order");

static const struct {
    struct row row;
    int family;
    const char *text;
    int result;
    BYTE address[16];
} texts[] = {
    {{"ipv4", "winsock.inet_pton.v4"}, AF_INET, "127.0.0.1", 1, V6(127, 0, 0, 1)},
    {{"ipv4_of_three_parts", "winsock.inet_pton.v4"}, AF_INET, "1.2.3", 0, V6(0)},
    {{"ipv4_in_hexadecimal", "winsock.inet_pton.v4"}, AF_INET, "0x7f.0.0.1", 0, V6(0)},
    {{"ipv4_and_more", "winsock.inet_pton.return_zero"}, AF_INET, "1.2.3.4x", 0, V6(0)},
    {{"no_address", "winsock.inet_pton.return_zero"}, AF_INET, "x", 0, V6(0)},
    {{"ipv6_loopback", "winsock.inet_pton.v6"}, AF_INET6, "::1", 1, V6([15] = 1)},
    {{"ipv6_with_ipv4", "winsock.inet_pton.v6"},
     AF_INET6,
     "::ffff:1.2.3.4",
     1,
     V6([10] = 255, [11] = 255, [12] = 1, [13] = 2, [14] = 3, [15] = 4)},
    {{"ipv6_link_local", "winsock.inet_pton.v6"},
     AF_INET6,
     "fe80::1",
     1,
     V6([0] = 0xFE, [1] = 0x80, [15] = 1)},
    {{"ipv6_of_two_groups", "winsock.inet_pton.v6"}, AF_INET6, "1:2", 0, V6(0)},
    {{"ipv6_of_colons", "winsock.inet_pton.v6"}, AF_INET6, ":::", 0, V6(0)},
};

/* Winsock need not be started for it. */
START_TEST(address_of)
{
    BYTE address[16];

    int result = inet_pton(texts[_i].family, texts[_i].text, address);

    expect_number(result, texts[_i].result);
    if (result == 1)
        expect_bytes(address, texts[_i].address, texts[_i].family == AF_INET ? 4 : 16);
}
END_TEST
COVERS_ROWS(address_of, texts, "winsock.inet_pton.no_startup");

static const struct {
    struct row row;
    int family;
    const char *text;
    bool room;
    DWORD error;
} no_texts[] = {
    {{"another_family", "winsock.inet_pton.family"}, 99, "1.2.3.4", true, WSAEAFNOSUPPORT},
    {{"no_text", "winsock.inet_pton.null"}, AF_INET, NULL, true, WSAEFAULT},
    {{"no_room", "winsock.inet_pton.null"}, AF_INET, "1.2.3.4", false, WSAEFAULT},
};

START_TEST(no_address_of)
{
    BYTE address[16];
    winsock_start();

    int result =
        inet_pton(no_texts[_i].family, no_texts[_i].text, no_texts[_i].room ? address : NULL);

    expect_socket_failed(result, no_texts[_i].error);
}
END_TEST
COVERS_ROWS(no_address_of, no_texts);

static const struct {
    struct row row;
    int family;
    BYTE address[16];
    const char *text;
} addresses[] = {
    {{"ipv4", "winsock.inet_ntop.v4"}, AF_INET, V6(127, 0, 0, 1), "127.0.0.1"},
    {{"ipv4_longest", "winsock.inet_ntop.v4"}, AF_INET, V6(255, 255, 255, 255), "255.255.255.255"},
    {{"ipv6_loopback", "winsock.inet_ntop.v6"}, AF_INET6, V6([15] = 1), "::1"},
    {{"ipv6_none", "winsock.inet_ntop.v6"}, AF_INET6, V6(0), "::"},
    {{"ipv6_documentation", "winsock.inet_ntop.v6"},
     AF_INET6,
     V6([0] = 0x20, [1] = 0x01, [2] = 0x0D, [3] = 0xB8, [15] = 1),
     "2001:db8::1"},
};

START_TEST(text_of)
{
    char text[46];
    winsock_start();

    const char *result = inet_ntop(addresses[_i].family, addresses[_i].address, text, sizeof(text));

    expect_pointer(result, text);
    expect_text_a(text, addresses[_i].text);
}
END_TEST
COVERS_ROWS(text_of, addresses);

static const BYTE some_address[16];

START_TEST(no_text_of_another_family)
{
    char text[46];
    winsock_start();

    const char *result = inet_ntop(99, some_address, text, sizeof(text));

    expect_null(result, WSAEAFNOSUPPORT);
}
END_TEST
COVERS(no_text_of_another_family, "winsock.inet_ntop.family");

/* ---- WSAStringToAddress and WSAAddressToString */

static const struct {
    struct row row;
    int family;
    unsigned port;
    const WCHAR *text;
} names[] = {
    {{"ipv4", "winsock.address_to_string.v4"}, AF_INET, 0, L"127.0.0.1"},
    {{"ipv4_with_port", "winsock.address_to_string.port"}, AF_INET, 80, L"127.0.0.1:80"},
    {{"ipv6", "winsock.address_to_string.port"}, AF_INET6, 0, L"::1"},
    {{"ipv6_with_port", "winsock.address_to_string.port"}, AF_INET6, 80, L"[::1]:80"},
};

START_TEST(string_of_address)
{
    WCHAR text[64];
    DWORD length = 64;
    winsock_start();
    struct sockaddr_storage name;
    DWORD size = loopback_of(names[_i].family, names[_i].port, &name);

    int result = WSAAddressToStringW((struct sockaddr *)&name, size, NULL, text, &length);

    expect_socket_succeeded(result);
    expect_text(text, names[_i].text);
    expect_number(length, wcslen(names[_i].text) + 1);
}
END_TEST
COVERS_ROWS(string_of_address, names);

START_TEST(string_needs_room)
{
    WCHAR text[64];
    DWORD length = 3;
    winsock_start();
    struct sockaddr_in name = loopback(0);

    int result = WSAAddressToStringW((struct sockaddr *)&name, sizeof(name), NULL, text, &length);

    expect_socket_failed(result, WSAEFAULT);
    expect_number(length, 10);
}
END_TEST
COVERS(string_needs_room, "winsock.address_to_string.small");

START_TEST(address_of_string)
{
    WCHAR text[64];
    struct sockaddr_storage name, expected;
    DWORD length = loopback_of(names[_i].family, names[_i].port, &expected);
    int size = sizeof(name);
    winsock_start();
    wcscpy(text, names[_i].text);
    memset(&name, 0, sizeof(name));

    int result = WSAStringToAddressW(text, names[_i].family, NULL, (struct sockaddr *)&name, &size);

    expect_socket_succeeded(result);
    expect_number(size, length);
    expect_bytes(&name, &expected, names[_i].family == AF_INET ? NAME_SIZE : length);
}
END_TEST
COVERS_ROWS(address_of_string, names, "winsock.address_to_string.roundtrip",
            "winsock.string_to_address.v6port");

static const struct {
    struct row row;
    const WCHAR *text;
    int size;
    DWORD error;
} no_strings[] = {
    {{"no_address", "winsock.string_to_address.bad"}, L"x", 64, WSAEINVAL},
    {{"port_above_65535", "winsock.string_to_address.bad"}, L"1.2.3.4:99999", 64, WSAEINVAL},
    {{"one_byte", "winsock.string_to_address.small"}, L"1.2.3.4", 1, WSAEFAULT},
};

START_TEST(no_address_of_string)
{
    WCHAR text[64];
    struct sockaddr_storage name;
    int size = no_strings[_i].size;
    winsock_start();
    wcscpy(text, no_strings[_i].text);

    int result = WSAStringToAddressW(text, AF_INET, NULL, (struct sockaddr *)&name, &size);

    expect_socket_failed(result, no_strings[_i].error);
}
END_TEST
COVERS_ROWS(no_address_of_string, no_strings);
