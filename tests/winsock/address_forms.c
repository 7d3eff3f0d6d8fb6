/* Which texts WSAStringToAddress takes for an address, and what WSAAddressToString writes. */
#include "winsock.h"

/* ---- WSAStringToAddress */

/* Reads TEXT into NAME, which has SIZE bytes. */
static int read_address(const WCHAR *text, int family, void *name, int *size)
{
    WCHAR copy[64];
    wcscpy(copy, text);
    memset(name, 0x5c, (size_t)*size);
    SetLastError(LAST_ERROR_UNSET);
    return WSAStringToAddressW(copy, family, NULL, name, size);
}

static const struct {
    struct row row;
    const WCHAR *text;
    DWORD address;
    unsigned port;
} good_ipv4[] = {
    {{"without_port", "winsock.string_to_address.no_port"}, L"127.0.0.2", 0x7F000002, 0},
    {{"highest_port", "winsock.string_to_address.port"}, L"127.0.0.2:65535", 0x7F000002, 65535},
    {{"lowest_port", "winsock.string_to_address.port"}, L"127.0.0.2:1", 0x7F000002, 1},
    {{"zeros", "winsock.string_to_address.whole_range"}, L"0.0.0.0", 0, 0},
    {{"all_bits", "winsock.string_to_address.whole_range"}, L"255.255.255.255", 0xFFFFFFFF, 0},
};

START_TEST(ipv4)
{
    winsock_start();
    struct sockaddr_in name;
    int size = sizeof(name);

    int result = read_address(good_ipv4[_i].text, AF_INET, &name, &size);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(name));
    expect_number(name.sin_family, AF_INET);
    expect_number(ntohl(name.sin_addr.s_addr), good_ipv4[_i].address);
    expect_number(ntohs(name.sin_port), good_ipv4[_i].port);
}
END_TEST
COVERS_ROWS(ipv4, good_ipv4);

static const struct {
    struct row row;
    const WCHAR *text;
    unsigned port;
} good_ipv6[] = {
    {{"plain", "winsock.string_to_address.no_port"}, L"::1", 0},
    {{"in_brackets", "winsock.string_to_address.brackets"}, L"[::1]", 0},
    {{"highest_port", "winsock.string_to_address.brackets"}, L"[::1]:65535", 65535},
    {{"leading_zeros", "winsock.string_to_address.ipv6_groups"}, L"0000:000::01", 0},
};

START_TEST(ipv6)
{
    static const BYTE loopback_address[16] = {[15] = 1};
    winsock_start();
    struct sockaddr_in6 name;
    int size = sizeof(name);

    int result = read_address(good_ipv6[_i].text, AF_INET6, &name, &size);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(name));
    expect_number(name.sin6_family, AF_INET6);
    expect_bytes(&name.sin6_addr, loopback_address, 16);
    expect_number(ntohs(name.sin6_port), good_ipv6[_i].port);
}
END_TEST
COVERS_ROWS(ipv6, good_ipv6);

static const struct {
    struct row row;
    const WCHAR *text;
    int family;
} no_addresses[] = {
    {{"empty", NULL}, L"", AF_INET},
    {{"blank", NULL}, L" ", AF_INET},
    {{"blank_before", NULL}, L" 3.4.5.6", AF_INET},
    {{"blank_behind", NULL}, L"3.4.5.6 ", AF_INET},
    {{"five_parts", NULL}, L"3.4.5.6.7", AF_INET},
    {{"part_above_255", NULL}, L"255.255.255.256", AF_INET},
    {{"dot_behind", NULL}, L"1.2.3.", AF_INET},
    {{"negative_part", NULL}, L"1.1.1.-2", AF_INET},
    {{"no_digits_of_a_port", NULL}, L"127.0.0.1:", AF_INET},
    {{"port_of_65537", NULL}, L"127.0.0.1:65537", AF_INET},
    {{"blank_before_the_port", NULL}, L"3.4.5.6: 7", AF_INET},
    {{"ipv4_in_brackets", NULL}, L"[0.1.2.3]", AF_INET},
    {{"ipv6_for_ipv4", NULL}, L"::1", AF_INET},
    {{"ipv4_for_ipv6", NULL}, L"1.2.3.4", AF_INET6},
    {{"empty_for_ipv6", NULL}, L"", AF_INET6},
    {{"bracket_that_does_not_open", NULL}, L"::1]:65535", AF_INET6},
    {{"too_few_groups", NULL}, L"1:2:3:", AF_INET6},
};

START_TEST(no_address)
{
    winsock_start();
    struct sockaddr_storage name;
    int size = sizeof(name);

    int result = read_address(no_addresses[_i].text, no_addresses[_i].family, &name, &size);

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS_ROWS(no_address, no_addresses, "winsock.string_to_address.bad");

START_TEST(family_without_texts)
{
    winsock_start();
    struct sockaddr_storage name;
    int size = sizeof(name);

    int result = read_address(L"127.0.0.1", 99, &name, &size);

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(family_without_texts, "winsock.string_to_address.family");

static const struct {
    struct row row;
    int family, size;
    const WCHAR *text;
} short_rooms[] = {
    {{"ipv4", NULL}, AF_INET, sizeof(struct sockaddr_in), L"127.0.0.1"},
    {{"ipv6", NULL}, AF_INET6, sizeof(struct sockaddr_in6), L"::1"},
};

START_TEST(byte_less_than_is_needed_for)
{
    winsock_start();
    struct sockaddr_storage name;
    int size = short_rooms[_i].size - 1;

    int result = read_address(short_rooms[_i].text, short_rooms[_i].family, &name, &size);

    expect_socket_failed(result, WSAEFAULT);
    expect_number(size, short_rooms[_i].size);
    expect_socket_succeeded(
        read_address(short_rooms[_i].text, short_rooms[_i].family, &name, &size));
}
END_TEST
COVERS_ROWS(byte_less_than_is_needed_for, short_rooms, "winsock.string_to_address.size_needed");

/* ---- WSAAddressToString */

static const struct {
    struct row row;
    BYTE address[16];
    const WCHAR *text;
} compressed[] = {
    {{"one_run", NULL}, {0x20, 0x01, [15] = 1}, L"2001::1"},
    {{"longer_of_two_runs", NULL}, {0, 1, [7] = 2, [15] = 3}, L"1:0:0:2::3"},
    {{"run_at_the_end", NULL}, {0x20, 0x01, 0x0D, 0xB8}, L"2001:db8::"},
};

START_TEST(zeros_are_left_out)
{
    winsock_start();
    struct sockaddr_in6 name = {.sin6_family = AF_INET6};
    memcpy(&name.sin6_addr, compressed[_i].address, 16);
    WCHAR text[64];
    DWORD length = 64;

    int result = WSAAddressToStringW((struct sockaddr *)&name, sizeof(name), NULL, text, &length);

    expect_socket_succeeded(result);
    expect_text(text, compressed[_i].text);
}
END_TEST
COVERS_ROWS(zeros_are_left_out, compressed, "winsock.address_to_string.ipv6_zeros");

START_TEST(just_enough_room)
{
    winsock_start();
    struct sockaddr_in name = loopback(80);
    WCHAR text[64];
    DWORD needed = 0;
    require(WSAAddressToStringW((struct sockaddr *)&name, sizeof(name), NULL, text, &needed) != 0 &&
            needed > 0);

    int result = WSAAddressToStringW((struct sockaddr *)&name, sizeof(name), NULL, text, &needed);

    expect_socket_succeeded(result);
    expect_text(text, L"127.0.0.1:80");
    expect_number(needed, wcslen(text) + 1);
}
END_TEST
COVERS(just_enough_room, "winsock.address_to_string.enough_room");

START_TEST(character_less_than_is_needed)
{
    winsock_start();
    struct sockaddr_in name = loopback(0);
    WCHAR text[64];
    DWORD length = 9;

    int result = WSAAddressToStringW((struct sockaddr *)&name, sizeof(name), NULL, text, &length);

    expect_socket_failed(result, WSAEFAULT);
    expect_number(length, 10);
}
END_TEST
COVERS(character_less_than_is_needed, "winsock.address_to_string.room_for_the_end");

static const struct {
    struct row row;
    WORD family;
    DWORD size;
} no_names[] = {
    {{"of_no_size", NULL}, AF_INET, 0},
    {{"of_another_family", NULL}, 99, sizeof(struct sockaddr_in)},
};

START_TEST(address_cannot_be_told)
{
    winsock_start();
    struct sockaddr_in name = loopback(0);
    name.sin_family = no_names[_i].family;
    WCHAR text[64];
    DWORD length = 64;

    int result =
        WSAAddressToStringW((struct sockaddr *)&name, no_names[_i].size, NULL, text, &length);

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS_ROWS(address_cannot_be_told, no_names, "winsock.address_to_string.invalid");
