/* WSAAddressToString and WSAStringToAddress of both widths: all components of an address, a
 * provider that is named, and what may not be missing. */
#include "text.h"

static struct sockaddr_in6 name_v6(DWORD scope, unsigned port)
{
    struct sockaddr_in6 name = {
        .sin6_family = AF_INET6, .sin6_port = htons((u_short)port), .sin6_scope_id = scope};
    name.sin6_addr.s6_addr[0] = 0x20;
    name.sin6_addr.s6_addr[1] = 0xab;
    name.sin6_addr.s6_addr[14] = 0x20;
    name.sin6_addr.s6_addr[15] = 1;
    return name;
}

static const struct {
    struct row row;
    DWORD scope;
    unsigned port;
    const char *text;
    const WCHAR *wide;
} scopes[] = {
    {{"alone", NULL}, 4660, 0, "20ab::2001%4660", L"20ab::2001%4660"},
    {{"with_a_port", NULL}, 4660, 33274, "[20ab::2001%4660]:33274", L"[20ab::2001%4660]:33274"},
};

START_TEST(scope)
{
    winsock_start();
    struct sockaddr_in6 name = name_v6(scopes[_i].scope, scopes[_i].port);
    WCHAR text[64];
    DWORD length = 64;

    int result = WSAAddressToStringW((struct sockaddr *)&name, sizeof(name), NULL, text, &length);

    expect_socket_succeeded(result);
    expect_text(text, scopes[_i].wide);
    expect_number(length, wcslen(scopes[_i].wide) + 1);
}
END_TEST
COVERS_ROWS(scope, scopes, "winsock.address_to_string.scope");

START_TEST(ansi_scope)
{
    winsock_start();
    struct sockaddr_in6 name = name_v6(scopes[_i].scope, scopes[_i].port);
    char text[64];
    DWORD length = 64;

    int result = WSAAddressToStringA((struct sockaddr *)&name, sizeof(name), NULL, text, &length);

    expect_socket_succeeded(result);
    expect_text_a(text, scopes[_i].text);
    expect_number(length, strlen(scopes[_i].text) + 1);
}
END_TEST
COVERS_ROWS(ansi_scope, scopes, "winsock.address_to_string_a.scope");

static const struct {
    struct row row;
    DWORD address;
    unsigned port;
    const char *text;
    const WCHAR *wide;
} ends[] = {
    {{"zeros", NULL}, 0, 0, "0.0.0.0", L"0.0.0.0"},
    {{"all_bits", NULL}, 0xFFFFFFFF, 0, "255.255.255.255", L"255.255.255.255"},
    {{"zeros_with_a_port", NULL}, 0, 65535, "0.0.0.0:65535", L"0.0.0.0:65535"},
    {{"longest", NULL}, 0xFFFFFFFF, 65535, "255.255.255.255:65535", L"255.255.255.255:65535"},
};

START_TEST(whole_range)
{
    winsock_start();
    struct sockaddr_in name = loopback(ends[_i].port);
    name.sin_addr.s_addr = ends[_i].address;
    WCHAR text[64];
    DWORD length = 64;

    int result = WSAAddressToStringW((struct sockaddr *)&name, sizeof(name), NULL, text, &length);

    expect_socket_succeeded(result);
    expect_text(text, ends[_i].wide);
    expect_number(length, wcslen(ends[_i].wide) + 1);
}
END_TEST
COVERS_ROWS(whole_range, ends, "winsock.address_to_string.whole_range");

START_TEST(ansi_whole_range)
{
    winsock_start();
    struct sockaddr_in name = loopback(ends[_i].port);
    name.sin_addr.s_addr = ends[_i].address;
    char text[64];
    DWORD length = 64;

    int result = WSAAddressToStringA((struct sockaddr *)&name, sizeof(name), NULL, text, &length);

    expect_socket_succeeded(result);
    expect_text_a(text, ends[_i].text);
    expect_number(length, strlen(ends[_i].text) + 1);
}
END_TEST
COVERS_ROWS(ansi_whole_range, ends, "winsock.address_to_string_a.whole_range");

/* ---- What may not be missing */

enum missing { ADDRESS, LENGTH, BUFFER };

static const struct {
    struct row row;
    bool ansi;
    enum missing missing;
    DWORD error;
} gaps[] = {
    {{"address", "winsock.address_to_string.no_address"}, false, ADDRESS, WSAEINVAL},
    {{"length", "winsock.address_to_string.no_length"}, false, LENGTH, WSAEINVAL},
    {{"buffer", "winsock.address_to_string.no_buffer"}, false, BUFFER, WSAEFAULT},
    {{"ansi_address", "winsock.address_to_string_a.no_address"}, true, ADDRESS, WSAEINVAL},
    {{"ansi_length", "winsock.address_to_string_a.no_length"}, true, LENGTH, WSAEINVAL},
    {{"ansi_buffer", "winsock.address_to_string_a.no_buffer"}, true, BUFFER, WSAEFAULT},
};

/* In either width; the text is not looked at. */
static int text_of(bool ansi, struct sockaddr_in *name, void *text, DWORD *length)
{
    return ansi ? WSAAddressToStringA((struct sockaddr *)name, sizeof(*name), NULL, text, length)
                : WSAAddressToStringW((struct sockaddr *)name, sizeof(*name), NULL, text, length);
}

START_TEST(no_text_without)
{
    winsock_start();
    struct sockaddr_in name = loopback(80);
    enum missing missing = gaps[_i].missing;
    WCHAR text[64];
    DWORD length = missing == BUFFER ? 0 : 64;

    int result = text_of(gaps[_i].ansi, missing == ADDRESS ? NULL : &name,
                         missing == BUFFER ? NULL : text, missing == LENGTH ? NULL : &length);

    expect_socket_failed(result, gaps[_i].error);
    if (missing == BUFFER)
        expect_number(length, 13);
    length = 64;
    expect_socket_succeeded(text_of(gaps[_i].ansi, &name, text, &length));
}
END_TEST
COVERS_ROWS(no_text_without, gaps);

START_TEST(ansi_text_of_no_size)
{
    winsock_start();
    struct sockaddr_in name = loopback(80);
    char text[64];
    DWORD length = 64;

    int result = WSAAddressToStringA((struct sockaddr *)&name, 0, NULL, text, &length);

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(ansi_text_of_no_size, "winsock.address_to_string_a.no_size");

/* ---- A provider that is named */

static const struct {
    struct row row;
    int family;
    const char *text;
    const WCHAR *wide;
} families[] = {
    {{"ipv4", NULL}, AF_INET, "127.0.0.1:80", L"127.0.0.1:80"},
    {{"ipv6", NULL}, AF_INET6, "[::1]:80", L"[::1]:80"},
};

static WSAPROTOCOL_INFOW provider_of(int family)
{
    WSAPROTOCOL_INFOW info;
    int size = sizeof(info);
    SOCKET s = socket(family, SOCK_STREAM, 0);
    if (s == INVALID_SOCKET)
        unresolved("this machine has no sockets of the family");
    require(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size) == 0);
    socket_close(s);
    return info;
}

static WSAPROTOCOL_INFOA ansi_provider_of(int family)
{
    WSAPROTOCOL_INFOA info;
    int size = sizeof(info);
    SOCKET s = socket(family, SOCK_STREAM, 0);
    if (s == INVALID_SOCKET)
        unresolved("this machine has no sockets of the family");
    require(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, (char *)&info, &size) == 0);
    socket_close(s);
    return info;
}

START_TEST(text_of_a_provider)
{
    winsock_start();
    WSAPROTOCOL_INFOW info = provider_of(families[_i].family);
    struct sockaddr_storage name;
    DWORD size = loopback_of(families[_i].family, 80, &name), length = 64;
    WCHAR text[64];

    int result = WSAAddressToStringW((struct sockaddr *)&name, size, &info, text, &length);

    expect_socket_succeeded(result);
    expect_text(text, families[_i].wide);
}
END_TEST
COVERS_ROWS(text_of_a_provider, families, "winsock.address_to_string.provider");

START_TEST(ansi_text_of_a_provider)
{
    winsock_start();
    WSAPROTOCOL_INFOA info = ansi_provider_of(families[_i].family);
    struct sockaddr_storage name;
    DWORD size = loopback_of(families[_i].family, 80, &name), length = 64;
    char text[64];

    int result = WSAAddressToStringA((struct sockaddr *)&name, size, &info, text, &length);

    expect_socket_succeeded(result);
    expect_text_a(text, families[_i].text);
}
END_TEST
COVERS_ROWS(ansi_text_of_a_provider, families, "winsock.address_to_string_a.provider");

START_TEST(address_of_a_provider)
{
    winsock_start();
    WSAPROTOCOL_INFOW info = provider_of(families[_i].family);
    struct sockaddr_storage name = {0}, expected;
    DWORD length = loopback_of(families[_i].family, 80, &expected);
    int size = sizeof(name);
    WCHAR text[64];
    wcscpy(text, families[_i].wide);

    int result =
        WSAStringToAddressW(text, families[_i].family, &info, (struct sockaddr *)&name, &size);

    expect_socket_succeeded(result);
    expect_number(size, length);
    expect_bytes(&name, &expected, NAME_SIZE);
}
END_TEST
COVERS_ROWS(address_of_a_provider, families, "winsock.string_to_address.provider");

START_TEST(address_of_a_provider_by_ansi)
{
    winsock_start();
    WSAPROTOCOL_INFOA info = ansi_provider_of(families[_i].family);
    struct sockaddr_storage name = {0}, expected;
    DWORD length = loopback_of(families[_i].family, 80, &expected);
    int size = sizeof(name);
    char text[64];
    strcpy(text, families[_i].text);

    int result =
        WSAStringToAddressA(text, families[_i].family, &info, (struct sockaddr *)&name, &size);

    expect_socket_succeeded(result);
    expect_number(size, length);
    expect_bytes(&name, &expected, NAME_SIZE);
}
END_TEST
COVERS_ROWS(address_of_a_provider_by_ansi, families, "winsock.string_to_address_a.provider");

/* ---- What a text leaves out */

START_TEST(components_left_out)
{
    winsock_start();
    struct sockaddr_in6 name;
    int size = sizeof(name);
    WCHAR text[] = L"2001::1";
    memset(&name, 0x5c, sizeof(name));

    int result = WSAStringToAddressW(text, AF_INET6, NULL, (struct sockaddr *)&name, &size);

    expect_socket_succeeded(result);
    expect_number(name.sin6_port, 0);
    expect_number(name.sin6_flowinfo, 0);
    expect_number(name.sin6_scope_id, 0);
}
END_TEST
COVERS(components_left_out, "winsock.string_to_address.left_out");

START_TEST(components_left_out_of_ansi)
{
    winsock_start();
    struct sockaddr_in6 name;
    int size = sizeof(name);
    char text[] = "2001::1";
    memset(&name, 0x5c, sizeof(name));

    int result = WSAStringToAddressA(text, AF_INET6, NULL, (struct sockaddr *)&name, &size);

    expect_socket_succeeded(result);
    expect_number(name.sin6_port, 0);
    expect_number(name.sin6_flowinfo, 0);
    expect_number(name.sin6_scope_id, 0);
}
END_TEST
COVERS(components_left_out_of_ansi, "winsock.string_to_address_a.left_out");

/* ---- What WSAAddressToStringA and WSAStringToAddressA have of their wide twins */

static const struct {
    struct row row;
    BYTE address[16];
    const char *text;
} zeros[] = {
    {{"one_run", NULL}, V6(0x20, 0x01, [15] = 1), "2001::1"},
    {{"longer_of_two_runs", NULL}, V6(0, 1, [7] = 2, [15] = 3), "1:0:0:2::3"},
    {{"run_at_the_end", NULL}, V6(0x20, 0x01, 0x0D, 0xB8), "2001:db8::"},
};

START_TEST(ansi_zeros)
{
    winsock_start();
    struct sockaddr_in6 name = {.sin6_family = AF_INET6};
    memcpy(&name.sin6_addr, zeros[_i].address, 16);
    char text[64];
    DWORD length = 64;

    int result = WSAAddressToStringA((struct sockaddr *)&name, sizeof(name), NULL, text, &length);

    expect_socket_succeeded(result);
    expect_text_a(text, zeros[_i].text);
}
END_TEST
COVERS_ROWS(ansi_zeros, zeros, "winsock.address_to_string_a.ipv6_zeros");

static const struct {
    struct row row;
    const char *text;
    unsigned port;
} brackets[] = {
    {{"alone", NULL}, "[::1]", 0},
    {{"with_a_port", NULL}, "[::1]:65535", 65535},
};

START_TEST(ansi_brackets)
{
    winsock_start();
    struct sockaddr_storage name = {0}, expected;
    DWORD length = loopback_of(AF_INET6, brackets[_i].port, &expected);
    int size = sizeof(name);
    char text[64];
    strcpy(text, brackets[_i].text);

    int result = WSAStringToAddressA(text, AF_INET6, NULL, (struct sockaddr *)&name, &size);

    expect_socket_succeeded(result);
    expect_number(size, length);
    expect_bytes(&name, &expected, length);
}
END_TEST
COVERS_ROWS(ansi_brackets, brackets, "winsock.string_to_address_a.brackets");
