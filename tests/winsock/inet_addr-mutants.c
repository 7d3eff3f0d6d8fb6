/* inet_addr, done wrong. */
#include "winsock-mutants.h"

#include <stdio.h>
#include <stdlib.h>
#include <ws2tcpip.h>

#define NUMBER real(inet_addr)(text)

/* Where CONDITION holds of a text, inet_addr returns VALUE. */
#define NUMBER_IS(name, condition, value)      \
    static DWORD WINAPI name(LPCSTR text)      \
    {                                          \
        return (condition) ? (value) : NUMBER; \
    }

/* How often C stands in TEXT. */
static unsigned count_of(const char *text, char c)
{
    unsigned count = 0;
    for (; text && *text; text++)
        count += *text == c;
    return count;
}

/* Four parts, each in the notation of its own that it has in FORMAT. */
static bool reads(const char *text, const char *format)
{
    unsigned part[4];
    char end;
    return text && sscanf(text, format, &part[0], &part[1], &part[2], &part[3], &end) == 4;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = text ? strlen(text) : 0, size = strlen(end);
    return length >= size && !strcmp(text + length - size, end);
}

NUMBER_IS(null_is_any, !text, INADDR_ANY)
MUTANT(inet_addr_of_null_is_any, "inet_addr without a text returns INADDR_ANY",
       PATCH(inet_addr, null_is_any));

NUMBER_IS(backwards,
          text && (*text == '2' || *text == '4') && count_of(text, '.') == 3 &&
              !strchr(text, 'x') && !strstr(text, ".0") && NUMBER != INADDR_NONE,
          ntohl(NUMBER))
MUTANT(inet_addr_reads_parts_backwards,
       "inet_addr reads four decimal parts from the right to the left",
       PATCH(inet_addr, backwards));

static DWORD WINAPI octal_is_decimal(LPCSTR text)
{
    unsigned part[4];
    if (!reads(text, "%u.%u.%u.%u%c") || *text != '0' || text[1] != '0')
        return NUMBER;
    sscanf(text, "%u.%u.%u.%u", &part[0], &part[1], &part[2], &part[3]);
    return htonl(part[0] << 24 | part[1] << 16 | part[2] << 8 | part[3]);
}
MUTANT(inet_addr_reads_octal_as_decimal, "inet_addr takes zeros in front of a part for nothing",
       PATCH(inet_addr, octal_is_decimal));

NUMBER_IS(hexadecimal_alone, text &&strchr(text, 'x') && count_of(text, 'x') == 4, INADDR_NONE)
MUTANT(inet_addr_reads_one_hexadecimal_part,
       "inet_addr takes no address of hexadecimal parts alone",
       PATCH(inet_addr, hexadecimal_alone));

NUMBER_IS(no_capital_x, text &&strchr(text, 'X'), INADDR_NONE)
MUTANT(inet_addr_knows_no_capital_x, "inet_addr takes no part with 0X",
       PATCH(inet_addr, no_capital_x));

NUMBER_IS(one_notation, text &&count_of(text, 'x') == 1 && strstr(text, ".00"), INADDR_NONE)
MUTANT(inet_addr_wants_one_notation, "inet_addr takes no address of octal and hexadecimal parts",
       PATCH(inet_addr, one_notation));

NUMBER_IS(three_to_a_byte, count_of(text, '.') == 2 && !strchr(text, ':') && NUMBER != INADDR_NONE,
          NUMBER &htonl(0xFFFF00FF))
MUTANT(inet_addr_cuts_the_last_of_three, "inet_addr reads the last of three parts into a byte",
       PATCH(inet_addr, three_to_a_byte));

NUMBER_IS(two_to_16_bits, count_of(text, '.') == 1 && NUMBER != INADDR_NONE,
          NUMBER &htonl(0xFF00FFFF))
MUTANT(inet_addr_cuts_the_last_of_two, "inet_addr reads the last of two parts into 16 bits",
       PATCH(inet_addr, two_to_16_bits));

NUMBER_IS(one_in_host_order,
          text &&*text >= '0' && *text <= '9' && !count_of(text, '.') && !strchr(text, ':') &&
              NUMBER != INADDR_NONE,
          ntohl(NUMBER))
MUTANT(inet_addr_keeps_one_part_in_host_order, "inet_addr does not turn an address of one part",
       PATCH(inet_addr, one_in_host_order));

static DWORD WINAPI skips_port(LPCSTR text)
{
    char start[64];
    const char *colon = text ? strchr(text, ':') : NULL;
    if (!colon || colon == text || colon - text >= (int)sizeof(start))
        return NUMBER;
    memcpy(start, text, (size_t)(colon - text));
    start[colon - text] = 0;
    return real(inet_addr)(start);
}
MUTANT(inet_addr_skips_a_port, "inet_addr skips a port behind the address",
       PATCH(inet_addr, skips_port));

static DWORD WINAPI skips_blanks(LPCSTR text)
{
    char copy[64];
    size_t length = 0;
    if (!text || (*text != ' ' && *text != '\t' && !strstr(text, ". ")) || !text[1])
        return NUMBER;
    for (; *text && length < sizeof(copy) - 1; text++)
        if (*text != ' ' && *text != '\t')
            copy[length++] = *text;
    copy[length] = 0;
    return real(inet_addr)(copy);
}
MUTANT(inet_addr_skips_blanks, "inet_addr skips blanks in front of a part",
       PATCH(inet_addr, skips_blanks));

NUMBER_IS(empty_is_zero, text &&*text == '.', text[1] ? real(inet_addr)(text + 1) : INADDR_ANY)
MUTANT(inet_addr_takes_an_empty_part, "inet_addr skips a dot in front of the first part",
       PATCH(inet_addr, empty_is_zero));

NUMBER_IS(stops_at_letters,
          ends_with(text, "0x") || ends_with(text, ".0a") || ends_with(text, "BEEF"),
          htonl((DWORD)strtoul(text, NULL, 0)))
MUTANT(inet_addr_stops_at_a_letter, "inet_addr reads up to the first letter that is no digit",
       PATCH(inet_addr, stops_at_letters));

NUMBER_IS(takes_sign, text &&strchr(text, '-'), htonl(0x010101FE))
MUTANT(inet_addr_takes_a_sign, "inet_addr takes a negative part for a byte",
       PATCH(inet_addr, takes_sign));

NUMBER_IS(takes_brackets, text &&*text == '[', htonl(0x00010203))
MUTANT(inet_addr_takes_brackets, "inet_addr takes an address in brackets",
       PATCH(inet_addr, takes_brackets));

NUMBER_IS(takes_ipv6, text &&*text == ':' && text[1] == ':', real(inet_addr)(text + 2))
MUTANT(inet_addr_takes_ipv6, "inet_addr reads the last part of an address of IPv6",
       PATCH(inet_addr, takes_ipv6));
