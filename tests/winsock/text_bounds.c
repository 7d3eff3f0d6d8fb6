/* How much inet_pton, InetPtonW and InetNtopW write, and characters that are wider than a byte. */
#include "text.h"

static const struct {
    struct row row;
    int family;
    const char *text;
    const WCHAR *wide;
    size_t size;
} addresses[] = {
    {{"ipv4", NULL}, AF_INET, "1.2.3.4", L"1.2.3.4", 4},
    {{"ipv6", NULL}, AF_INET6, "1:2:3:4:5:6:7:8", L"1:2:3:4:5:6:7:8", 16},
};

START_TEST(bytes_behind)
{
    BYTE address[32];
    memset(address, 0x5c, sizeof(address));

    int result = inet_pton(addresses[_i].family, addresses[_i].text, address);

    expect_number(result, 1);
    expect_filled(address + addresses[_i].size, 0x5c, sizeof(address) - addresses[_i].size);
}
END_TEST
COVERS_ROWS(bytes_behind, addresses, "winsock.inet_pton.address_size");

START_TEST(bytes_behind_wide)
{
    BYTE address[32];
    memset(address, 0x5c, sizeof(address));

    int result = InetPtonW(addresses[_i].family, addresses[_i].wide, address);

    expect_number(result, 1);
    expect_filled(address + addresses[_i].size, 0x5c, sizeof(address) - addresses[_i].size);
}
END_TEST
COVERS_ROWS(bytes_behind_wide, addresses, "winsock.inetptonw.address_size");

/* Their low bytes are those of an address. */
static const struct {
    struct row row;
    int family;
    const WCHAR *wide, *low;
} wide_digits[] = {
    {{"ipv4", NULL},
     AF_INET,
     L"\x0131"
     L".2.3.4",
     L"1.2.3.4"},
    {{"ipv4_dot", NULL},
     AF_INET,
     L"1\x022e"
     L"2.3.4",
     L"1.2.3.4"},
    {{"ipv6", NULL}, AF_INET6, L"::\x0131", L"::1"},
};

START_TEST(wide_digit_of)
{
    BYTE address[16];

    int result = InetPtonW(wide_digits[_i].family, wide_digits[_i].wide, address);

    expect_number(result, 0);
    expect_number(InetPtonW(wide_digits[_i].family, wide_digits[_i].low, address), 1);
}
END_TEST
COVERS_ROWS(wide_digit_of, wide_digits, "winsock.inetptonw.wide_digits");

static const struct {
    struct row row;
    int family;
    BYTE address[16];
    const WCHAR *text;
    SIZE_T room; /* that the page says is enough */
} longest[] = {
    {{"ipv4", NULL}, AF_INET, V6(255, 255, 255, 255), L"255.255.255.255", 16},
    {{"ipv6", NULL},
     AF_INET6,
     V6(0x20, 1, 0x11, 0x11, 0x22, 0x22, 0x33, 0x33, 0x44, 0x44, 0x55, 0x55, 0x66, 0x66, 0x77,
        0x77),
     L"2001:1111:2222:3333:4444:5555:6666:7777",
     46},
};

START_TEST(room_for_the_longest)
{
    WCHAR text[64];
    text[longest[_i].room] = L'-';

    const WCHAR *result =
        InetNtopW(longest[_i].family, longest[_i].address, text, longest[_i].room);

    expect_pointer(result, text);
    expect_text(text, longest[_i].text);
    expect_number(text[longest[_i].room], L'-');
}
END_TEST
COVERS_ROWS(room_for_the_longest, longest, "winsock.inetntopw.enough_room");
