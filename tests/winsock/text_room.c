/* The room that texts of addresses need, and functions of names before WSAStartup. */
#include "text.h"

static const struct {
    struct row row;
    int family;
    BYTE address[16];
    SIZE_T needs;
} longest[] = {
    {{"ipv4", NULL}, AF_INET, {255, 255, 255, 255}, sizeof("255.255.255.255")},
    {{"ipv6", NULL},
     AF_INET6,
     {0x20, 1, 0x11, 0x11, 0x22, 0x22, 0x33, 0x33, 0x44, 0x44, 0x55, 0x55, 0x66, 0x66, 0x77, 0x77},
     sizeof("2001:1111:2222:3333:4444:5555:6666:7777")},
};

START_TEST(text_needs_its_end)
{
    char text[64];
    SIZE_T needs = longest[_i].needs;

    const char *result = inet_ntop(longest[_i].family, longest[_i].address, text, needs - 1);

    expect_no_text(result);
    expect_pointer(inet_ntop(longest[_i].family, longest[_i].address, text, needs), text);
}
END_TEST
COVERS_ROWS(text_needs_its_end, longest, "winsock.inet_ntop.size");

START_TEST(text_of_no_size)
{
    char text[64];

    const char *result = inet_ntop(longest[_i].family, longest[_i].address, text, 0);

    expect_no_text(result);
}
END_TEST
COVERS_ROWS(text_of_no_size, longest, "winsock.inet_ntop.size");

START_TEST(text_without_room)
{
    const char *result = inet_ntop(longest[_i].family, longest[_i].address, NULL, 64);

    expect_no_text(result);
}
END_TEST
COVERS_ROWS(text_without_room, longest, "winsock.inet_ntop.null");

START_TEST(string_to_address_needs_startup)
{
    WCHAR text[] = L"127.0.0.1";
    struct sockaddr_in name;
    int size = sizeof(name);

    int result = WSAStringToAddressW(text, AF_INET, NULL, (struct sockaddr *)&name, &size);

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS(string_to_address_needs_startup, "winsock.string_to_address.notinit");

START_TEST(address_to_string_needs_startup)
{
    WCHAR text[64];
    DWORD size = 64;
    struct sockaddr_in name = {.sin_family = AF_INET};

    int result = WSAAddressToStringW((struct sockaddr *)&name, sizeof(name), NULL, text, &size);

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS(address_to_string_needs_startup, "winsock.address_to_string.notinit");

START_TEST(gethostname_needs_startup)
{
    char name[256];

    int result = gethostname(name, sizeof(name));

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS(gethostname_needs_startup, "winsock.gethostname.notinit");
