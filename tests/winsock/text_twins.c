/* Addresses as text: what inet_pton and its wide twin take, what inet_ntop and its wide twin write,
 * and inet_ntoa. */
#include "text.h"

#include <stdio.h>

/* ---- inet_pton and InetPtonW */

static const struct {
    struct row row;
    int family;
    const WCHAR *text;
    BYTE address[16];
} good[] = {
    {{"ipv4", NULL}, AF_INET, L"192.168.16.0", V6(192, 168, 16)},
    {{"ipv4_of_zeros", NULL}, AF_INET, L"0.0.0.0", V6(0)},
    {{"ipv4_of_all_bits", NULL}, AF_INET, L"255.255.255.255", V6(255, 255, 255, 255)},
    {{"eight_groups", "winsock.inet_pton.v6_groups"},
     AF_INET6,
     L"1111:2222:3333:4444:5555:6666:7777:8888",
     V6(0x11, 0x11, 0x22, 0x22, 0x33, 0x33, 0x44, 0x44, 0x55, 0x55, 0x66, 0x66, 0x77, 0x77, 0x88,
        0x88)},
    {{"capitals", "winsock.inet_pton.v6_groups"},
     AF_INET6,
     L"2001::CE49:7601:2CAD:DFFF:7C94:FFFE",
     V6(0x20, 1, 0, 0, 0xCE, 0x49, 0x76, 1, 0x2C, 0xAD, 0xDF, 0xFF, 0x7C, 0x94, 0xFF, 0xFE)},
    {{"zeros_left_out_in_front", "winsock.inet_pton.v6_zeros"},
     AF_INET6,
     L"::8:800:200c:417a",
     V6([9] = 8, [10] = 8, [11] = 0, [12] = 0x20, [13] = 0x0c, [14] = 0x41, [15] = 0x7a)},
    {{"zeros_left_out_in_the_middle", "winsock.inet_pton.v6_zeros"},
     AF_INET6,
     L"1111::7777:8888",
     V6([0] = 0x11, [1] = 0x11, [12] = 0x77, [13] = 0x77, [14] = 0x88, [15] = 0x88)},
    {{"zeros_left_out_at_the_end", "winsock.inet_pton.v6_zeros"},
     AF_INET6,
     L"1111:2222::",
     V6(0x11, 0x11, 0x22, 0x22)},
    {{"dotted_end", "winsock.inet_pton.v6_dotted"},
     AF_INET6,
     L"::13.1.68.3",
     V6([12] = 13, [13] = 1, [14] = 68, [15] = 3)},
    {{"dotted_end_of_six_groups", "winsock.inet_pton.v6_dotted"},
     AF_INET6,
     L"1:2:3:4:5:6:1.2.3.4",
     V6(0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 1, 2, 3, 4)},
};

START_TEST(address_of)
{
    char text[64];
    BYTE address[16];
    sprintf(text, "%ls", good[_i].text);

    int result = inet_pton(good[_i].family, text, address);

    expect_number(result, 1);
    expect_bytes(address, good[_i].address, good[_i].family == AF_INET ? 4 : 16);
}
END_TEST
COVERS_ROWS(address_of, good, "winsock.inet_pton.no_startup");

START_TEST(address_of_wide)
{
    BYTE address[16];

    int result = InetPtonW(good[_i].family, good[_i].text, address);

    expect_number(result, 1);
    expect_bytes(address, good[_i].address, good[_i].family == AF_INET ? 4 : 16);
}
END_TEST
COVERS_ROWS(address_of_wide, good, "winsock.inetptonw.forms", "winsock.inetptonw.no_startup");

static const struct {
    struct row row;
    int family;
    const WCHAR *text;
} bad[] = {
    {{"nothing", "winsock.inet_pton.malformed"}, AF_INET, L""},
    {{"blank", "winsock.inet_pton.malformed"}, AF_INET, L" "},
    {{"blank_in_front", "winsock.inet_pton.malformed"}, AF_INET, L" 3.4.5.6"},
    {{"blank_behind", "winsock.inet_pton.malformed"}, AF_INET, L"3.4.5.6 "},
    {{"one_part", "winsock.inet_pton.v4_four_parts"}, AF_INET, L"203569230"},
    {{"two_parts", "winsock.inet_pton.v4_four_parts"}, AF_INET, L"1.2"},
    {{"five_parts", "winsock.inet_pton.v4_four_parts"}, AF_INET, L"3.4.5.6.7"},
    {{"part_above_255", "winsock.inet_pton.v4_parts"}, AF_INET, L"127.127.127.256"},
    {{"negative_part", "winsock.inet_pton.v4_parts"}, AF_INET, L"1.1.1.-2"},
    {{"octal_part", "winsock.inet_pton.v4_decimal"}, AF_INET, L"1.1.1.010"},
    {{"hexadecimal_part", "winsock.inet_pton.v4_decimal"}, AF_INET, L"1.1.1.0xaA"},
    {{"port", "winsock.inet_pton.address_alone"}, AF_INET, L"127.127.127.255:123"},
    {{"ipv6_for_ipv4", "winsock.inet_pton.other_family"}, AF_INET, L"::1"},
    {{"ipv4_for_ipv6", "winsock.inet_pton.other_family"}, AF_INET6, L"1.2.3.4"},
    {{"seven_groups", "winsock.inet_pton.v6_groups"}, AF_INET6, L"1:2:3:4:5:6:7"},
    {{"nine_groups", "winsock.inet_pton.v6_groups"}, AF_INET6, L"1:2:3:4:5:6:7:8:9"},
    {{"group_of_five_digits", "winsock.inet_pton.v6_group_digits"}, AF_INET6, L"12345::6:7:8"},
    {{"two_double_colons", "winsock.inet_pton.v6_one_double_colon"}, AF_INET6, L"1::2::3"},
    {{"colon_in_front", "winsock.inet_pton.v6_one_double_colon"}, AF_INET6, L":1111::"},
    {{"dotted_in_the_middle", "winsock.inet_pton.v6_dotted"}, AF_INET6, L"1::1.2.3.4::1"},
    {{"dotted_above_255", "winsock.inet_pton.v6_dotted"}, AF_INET6, L"1::1.2.256.4"},
    {{"brackets", "winsock.inet_pton.address_alone"}, AF_INET6, L"[::]"},
    {{"prefix", "winsock.inet_pton.address_alone"}, AF_INET6, L"::/16"},
    {{"scope", "winsock.inet_pton.address_alone"}, AF_INET6, L"::%16"},
};

START_TEST(no_address_of)
{
    char text[64];
    BYTE address[16];
    sprintf(text, "%ls", bad[_i].text);

    int result = inet_pton(bad[_i].family, text, address);

    expect_number(result, 0);
}
END_TEST
COVERS_ROWS(no_address_of, bad);

START_TEST(no_address_of_wide)
{
    BYTE address[16];

    int result = InetPtonW(bad[_i].family, bad[_i].text, address);

    expect_number(result, 0);
}
END_TEST
COVERS_ROWS(no_address_of_wide, bad, "winsock.inetptonw.malformed");

static const struct {
    struct row row;
    int family;
    const WCHAR *text;
    bool room;
    DWORD error;
} failures[] = {
    {{"another_family", "winsock.inetptonw.family"}, 99, L"1.2.3.4", true, WSAEAFNOSUPPORT},
    {{"no_family", "winsock.inetptonw.family"}, AF_UNSPEC, L"1.2.3.4", true, WSAEAFNOSUPPORT},
    {{"no_text", "winsock.inetptonw.null"}, AF_INET, NULL, true, WSAEFAULT},
    {{"no_room", "winsock.inetptonw.null"}, AF_INET6, L"::1", false, WSAEFAULT},
};

START_TEST(wide_text_fails)
{
    BYTE address[16];

    int result =
        InetPtonW(failures[_i].family, failures[_i].text, failures[_i].room ? address : NULL);

    expect_socket_failed(result, failures[_i].error);
}
END_TEST
COVERS_ROWS(wide_text_fails, failures);

/* ---- inet_ntop, InetNtopW and inet_ntoa */

static const struct {
    struct row row;
    int family;
    BYTE address[16];
    const WCHAR *text;
} written[] = {
    {{"ipv4", NULL}, AF_INET, V6(192, 168, 16), L"192.168.16.0"},
    {{"ipv4_of_all_bits", NULL}, AF_INET, V6(255, 255, 255, 255), L"255.255.255.255"},
    {{"eight_groups", NULL},
     AF_INET6,
     V6(0x11, 0x11, 0x22, 0x22, 0x33, 0x33, 0x44, 0x44, 0x55, 0x55, 0x66, 0x66, 0x77, 0x77, 0x88,
        0x88),
     L"1111:2222:3333:4444:5555:6666:7777:8888"},
    {{"zeros_at_the_end", NULL}, AF_INET6, V6(0x20, 0x30, 0xa4, 0xb1), L"2030:a4b1::"},
    {{"one_double_colon", "winsock.inet_ntop.v6_one_double_colon"},
     AF_INET6,
     V6(0, 1, [7] = 2, [15] = 3),
     L"1:0:0:2::3"},
    {{"like_ipv4", "winsock.inet_ntop.v6_dotted"},
     AF_INET6,
     V6([12] = 0xcc, [13] = 0x98, [14] = 0xbd, [15] = 0x74),
     L"::204.152.189.116"},
    {{"not_like_ipv4", "winsock.inet_ntop.v6_dotted"},
     AF_INET6,
     V6([10] = 0xff, [11] = 0xfe, [12] = 0xcc, [13] = 0x98, [14] = 0xbd, [15] = 0x74),
     L"::fffe:cc98:bd74"},
};

START_TEST(text_of)
{
    char text[46], expected[46];
    sprintf(expected, "%ls", written[_i].text);

    const char *result = inet_ntop(written[_i].family, written[_i].address, text, sizeof(text));

    expect_pointer(result, text);
    expect_text_a(text, expected);
}
END_TEST
COVERS_ROWS(text_of, written, "winsock.inet_ntop.no_startup");

START_TEST(wide_text_of)
{
    WCHAR text[46];
    BYTE again[16];

    const WCHAR *result = InetNtopW(written[_i].family, written[_i].address, text, 46);

    expect_pointer(result, text);
    expect_text(text, written[_i].text);
    expect_number(InetPtonW(written[_i].family, text, again), 1);
    expect_bytes(again, written[_i].address, written[_i].family == AF_INET ? 4 : 16);
}
END_TEST
COVERS_ROWS(wide_text_of, written, "winsock.inetntopw.forms", "winsock.inetntopw.no_startup");

START_TEST(wide_text_needs_its_end)
{
    WCHAR text[46];
    size_t needs = wcslen(written[_i].text) + 1;

    const WCHAR *result = InetNtopW(written[_i].family, written[_i].address, text, needs - 1);

    expect_no_text(result);
    expect_pointer(InetNtopW(written[_i].family, written[_i].address, text, needs), text);
}
END_TEST
COVERS_ROWS(wide_text_needs_its_end, written, "winsock.inetntopw.size");

static const struct {
    struct row row;
    bool room;
    size_t size;
} rooms[] = {
    {{"no_size", "winsock.inetntopw.size"}, true, 0},
    {{"no_buffer", "winsock.inetntopw.null"}, false, 46},
};

START_TEST(wide_text_without)
{
    WCHAR text[46];
    BYTE address[4] = {127, 0, 0, 1};

    const WCHAR *result = InetNtopW(AF_INET, address, rooms[_i].room ? text : NULL, rooms[_i].size);

    expect_no_text(result);
}
END_TEST
COVERS_ROWS(wide_text_without, rooms);

START_TEST(wide_text_of_another_family)
{
    WCHAR text[46];
    BYTE address[16] = {1};

    const WCHAR *result = InetNtopW(99, address, text, 46);

    expect_null(result, WSAEAFNOSUPPORT);
}
END_TEST
COVERS(wide_text_of_another_family, "winsock.inetntopw.family");

static struct in_addr ipv4_address(DWORD address)
{
    return (struct in_addr){.S_un.S_addr = htonl(address)};
}

START_TEST(dotted)
{
    winsock_start();

    const char *text = inet_ntoa(ipv4_address(0xC0A81000));

    expect_not_null(text);
    expect_text_a(text, "192.168.16.0");
    expect_text_a(inet_ntoa(ipv4_address(0xFFFFFFFF)), "255.255.255.255");
    expect_text_a(inet_ntoa(ipv4_address(0)), "0.0.0.0");
}
END_TEST
COVERS(dotted, "winsock.inet_ntoa.value");

static DWORD dot_another(void *unused)
{
    (void)unused;
    winsock_start();
    expect_text_a(inet_ntoa(ipv4_address(0x04030201)), "4.3.2.1");
    return 0;
}

START_TEST(dotted_in_another_thread)
{
    winsock_start();
    const char *text = inet_ntoa(ipv4_address(0x01020304));

    thread_join(thread_start(dot_another, NULL));

    expect_text_a(text, "1.2.3.4");
}
END_TEST
COVERS(dotted_in_another_thread, "winsock.inet_ntoa.per_thread");
