/* inet_addr: the notations it takes, and what is none of them. */
#include "winsock.h"

static const struct {
    struct row row;
    const char *text;
    BYTE address[4];
} good[] = {
    {{"decimal", "winsock.inet_addr.four_parts"}, "4.3.2.16", {4, 3, 2, 16}},
    {{"largest_parts", "winsock.inet_addr.four_parts"}, "255.254.255.254", {255, 254, 255, 254}},
    {{"octal", "winsock.inet_addr.octal_parts"}, "004.003.002.020", {4, 3, 2, 16}},
    {{"octal_zero", "winsock.inet_addr.octal_parts"}, "1.2.3.00", {1, 2, 3, 0}},
    {{"hexadecimal", "winsock.inet_addr.hexadecimal_parts"}, "0x4.0x3.0x2.0x10", {4, 3, 2, 16}},
    {{"capital_x", "winsock.inet_addr.capital_x"}, "0X4.0X3.0X2.0X10", {4, 3, 2, 16}},
    {{"digits_of_either_case", "winsock.inet_addr.hexadecimal_parts"},
     "1.2.3.0xaA",
     {1, 2, 3, 170}},
    {{"mixed", "winsock.inet_addr.mixed_parts"}, "4.003.002.0x10", {4, 3, 2, 16}},
    {{"three_parts", "winsock.inet_addr.three_parts"}, "128.1.513", {128, 1, 2, 1}},
    {{"three_parts_of_all_bits", "winsock.inet_addr.three_parts"},
     "128.1.65535",
     {128, 1, 255, 255}},
    {{"two_parts", "winsock.inet_addr.two_parts"}, "10.66051", {10, 1, 2, 3}},
    {{"two_parts_of_all_bits", "winsock.inet_addr.two_parts"}, "10.16777215", {10, 255, 255, 255}},
    {{"one_part", "winsock.inet_addr.one_part"}, "203569230", {0x0c, 0x22, 0x38, 0x4e}},
    {{"one_hexadecimal_part", "winsock.inet_addr.one_part"}, "0x00010203", {0, 1, 2, 3}},
    {{"one_octal_part", "winsock.inet_addr.one_part"}, "017700000001", {127, 0, 0, 1}},
};

START_TEST(address_of)
{
    winsock_start();

    DWORD address = inet_addr(good[_i].text);

    expect_bytes(&address, good[_i].address, 4);
}
END_TEST
COVERS_ROWS(address_of, good);

static const struct {
    struct row row;
    const char *text, *without; /* the same without what is wrong about it */
} bad[] = {
    {{"port", "winsock.inet_addr.no_port"}, "127.127.127.255:123", "127.127.127.255"},
    {{"blank_in_front", "winsock.inet_addr.no_blank_in_front"}, " 3.4.5.6", "3.4.5.6"},
    {{"tab_in_front", "winsock.inet_addr.no_blank_in_front"}, "\t3.4.5.6", "3.4.5.6"},
    {{"blank_in_front_of_a_part", "winsock.inet_addr.no_blank_in_front"}, "1.2.3. 4", "1.2.3.4"},
    {{"dot_in_front", "winsock.inet_addr.no_empty_part"}, ".1.2.3", "1.2.3"},
    {{"dot_alone", "winsock.inet_addr.no_empty_part"}, ".", "1.2"},
    {{"no_hexadecimal_digits", "winsock.inet_addr.digits"}, "1.1.1.0x", "1.1.1.0x1"},
    {{"letter_behind_octal", "winsock.inet_addr.digits"}, "1.2.3.0a", "1.2.3.01"},
    {{"letters_behind_decimal", "winsock.inet_addr.digits"}, "1234BEEF", "1234"},
    {{"sign", "winsock.inet_addr.no_sign"}, "1.1.1.-2", "1.1.1.2"},
    {{"brackets", "winsock.inet_addr.no_brackets"}, "[0.1.2.3]", "0.1.2.3"},
    {{"ipv6", "winsock.inet_addr.no_ipv6"}, "::1", "1"},
    {{"ipv6_with_ipv4", "winsock.inet_addr.no_ipv6"}, "::177.32.45.20", "177.32.45.20"},
};

START_TEST(no_address_of)
{
    winsock_start();

    DWORD address = inet_addr(bad[_i].text);

    expect_number(address, INADDR_NONE);
    expect_true(inet_addr(bad[_i].without) != INADDR_NONE);
}
END_TEST
COVERS_ROWS(no_address_of, bad);

START_TEST(no_text)
{
    winsock_start();

    DWORD address = inet_addr(NULL);

    expect_number(address, INADDR_NONE);
    expect_number(inet_addr("0.0.0.0"), INADDR_ANY);
}
END_TEST
COVERS(no_text, "winsock.inet_addr.null");
