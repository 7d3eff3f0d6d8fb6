/* Addresses as text, in both widths, done wrong. */
#include "text-mutants.h"

#include <ctype.h>
#include <wchar.h>

/* How often C stands in TEXT. */
static unsigned count_of(const char *text, char c)
{
    unsigned count = 0;
    for (; text && *text; text++)
        count += *text == c;
    return count;
}

static int reads_start(PTON_PARAMETERS, const char *end)
{
    char start[64];
    if (end - text >= (int)sizeof(start))
        return PTON;
    memcpy(start, text, (size_t)(end - text));
    start[end - text] = 0;
    return real(inet_pton)(family, start, address);
}

static int WINAPI nine_groups(PTON_PARAMETERS)
{
    if (family == AF_INET6 && count_of(text, ':') == 8 && !strstr(text, "::"))
        return reads_start(family, text, address, strrchr(text, ':'));
    return PTON;
}
MUTANT(inet_pton_takes_nine_groups, "inet_pton leaves out the ninth group",
       PATCH(inet_pton, nine_groups));

static int WINAPI zeros_at_end(PTON_PARAMETERS)
{
    size_t length = text ? strlen(text) : 0;
    if (family == AF_INET6 && length > 2 && !strcmp(text + length - 2, "::"))
        return 0;
    return PTON;
}
MUTANT(inet_pton_wants_zeros_at_the_end, "inet_pton takes no double colon at the end",
       PATCH(inet_pton, zeros_at_end));

static int WINAPI five_digits(PTON_PARAMETERS)
{
    size_t digits = text ? strspn(text, "0123456789abcdefABCDEF") : 0;
    if (family == AF_INET6 && digits == 5)
        text++;
    return PTON;
}
MUTANT(inet_pton_takes_five_digits, "inet_pton takes a group of five digits",
       PATCH(inet_pton, five_digits));

static int WINAPI two_double_colons(PTON_PARAMETERS)
{
    const char *first = text ? strstr(text, "::") : NULL;
    const char *second = first ? strstr(first + 2, "::") : NULL;
    return family == AF_INET6 && second ? reads_start(family, text, address, second) : PTON;
}
MUTANT(inet_pton_takes_two_double_colons, "inet_pton takes a second double colon",
       PATCH(inet_pton, two_double_colons));

static int WINAPI takes_number(PTON_PARAMETERS)
{
    if (family == AF_INET && text && *text && !text[strspn(text, "0123456789")]) {
        DWORD number = htonl(strtoul(text, NULL, 10));
        memcpy(address, &number, 4);
        return 1;
    }
    return PTON;
}
MUTANT(inet_pton_takes_a_number, "inet_pton takes an address of IPv4 of one part",
       PATCH(inet_pton, takes_number));

static int WINAPI above_255(PTON_PARAMETERS)
{
    unsigned part[4];
    char end;
    if (family == AF_INET && text && !strchr(text, '-') &&
        sscanf(text, "%u.%u.%u.%u%c", &part[0], &part[1], &part[2], &part[3], &end) == 4 &&
        part[3] > 255) {
        for (int i = 0; i < 4; i++)
            ((BYTE *)address)[i] = (BYTE)part[i];
        return 1;
    }
    return PTON;
}
MUTANT(inet_pton_takes_parts_above_255, "inet_pton takes a part above 255",
       PATCH(inet_pton, above_255));

static int WINAPI octal(PTON_PARAMETERS)
{
    const char *dot = text ? strrchr(text, '.') : NULL;
    if (family != AF_INET || !dot || dot[1] != '0' || !isdigit((unsigned char)dot[2]))
        return PTON;
    char plain[64];
    snprintf(plain, sizeof(plain), "%.*s.%lu", (int)(dot - text), text, strtoul(dot + 1, NULL, 8));
    return real(inet_pton)(family, plain, address);
}
MUTANT(inet_pton_takes_octal_parts, "inet_pton takes an octal part", PATCH(inet_pton, octal));

static int WINAPI skips_scope(PTON_PARAMETERS)
{
    const char *percent = text ? strchr(text, '%') : NULL;
    return percent ? reads_start(family, text, address, percent) : PTON;
}
MUTANT(inet_pton_skips_the_scope, "inet_pton skips a scope behind the address",
       PATCH(inet_pton, skips_scope));

static int WINAPI maps_v4(PTON_PARAMETERS)
{
    char mapped[64];
    if (family != AF_INET6 || !text || strchr(text, ':') || !strchr(text, '.'))
        return PTON;
    snprintf(mapped, sizeof(mapped), "::ffff:%s", text);
    return real(inet_pton)(family, mapped, address);
}
MUTANT(inet_pton_maps_ipv4, "inet_pton of IPv6 takes an address of IPv4",
       PATCH(inet_pton, maps_v4));

static int WINAPI skips_blanks(PTON_PARAMETERS)
{
    while (family == AF_INET && text && *text == ' ' && text[1])
        text++;
    return PTON;
}
MUTANT(inet_pton_skips_blanks, "inet_pton skips blanks in front of an address",
       PATCH(inet_pton, skips_blanks));

static int WINAPI wide_host_order(WIDE_PTON_PARAMETERS)
{
    int result = WIDE_PTON;
    if (result == 1 && family == AF_INET)
        *(DWORD *)address = ntohl(*(DWORD *)address);
    return result;
}
MUTANT(inetptonw_in_host_order, "InetPtonW stores an address of IPv4 in host byte order",
       PATCH(InetPtonW, wide_host_order));

static bool is_started(void)
{
    DWORD error = GetLastError();
    SOCKET s = real(socket)(AF_INET, SOCK_DGRAM, 0);
    if (s != INVALID_SOCKET)
        real(closesocket)(s);
    SetLastError(error);
    return s != INVALID_SOCKET;
}

static int WINAPI wide_needs_start(WIDE_PTON_PARAMETERS)
{
    int result = WIDE_PTON;
    if (result == 1 && family == AF_INET && *(DWORD *)address == INADDR_ANY && !is_started())
        return socket_fails(WSANOTINITIALISED);
    return result;
}
MUTANT(inetptonw_needs_a_start, "InetPtonW of the wildcard address needs WSAStartup",
       PATCH(InetPtonW, wide_needs_start));

static int WINAPI wide_prefix(WIDE_PTON_PARAMETERS)
{
    WCHAR start[64];
    const WCHAR *slash = text ? wcschr(text, L'/') : NULL;
    if (!slash || slash - text > 63)
        return WIDE_PTON;
    wmemcpy(start, text, (size_t)(slash - text));
    start[slash - text] = 0;
    return real(InetPtonW)(family, start, address);
}
MUTANT(inetptonw_takes_prefixes, "InetPtonW skips a prefix behind the address",
       PATCH(InetPtonW, wide_prefix));

static int WINAPI wide_family(WIDE_PTON_PARAMETERS)
{
    return failure_renamed(WIDE_PTON, WSAEAFNOSUPPORT, WSAEINVAL);
}
MUTANT(inetptonw_of_a_family_is_invalid, "InetPtonW of an unknown family fails with WSAEINVAL",
       PATCH(InetPtonW, wide_family));

static int WINAPI wide_null(WIDE_PTON_PARAMETERS)
{
    return failure_renamed(WIDE_PTON, WSAEFAULT, WSAEINVAL);
}
MUTANT(inetptonw_of_null_is_invalid, "InetPtonW without a text or a buffer fails with WSAEINVAL",
       PATCH(InetPtonW, wide_null));

static LPCSTR WINAPI first_zeros(NTOP_PARAMETERS)
{
    const WORD *group = address;
    if (family == AF_INET6 && text && size > 40 && group[0] && !group[1] && group[3] && !group[4]) {
        snprintf(text, size, "%x::%x:0:0:0:%x", ntohs(group[0]), ntohs(group[3]), ntohs(group[7]));
        return text;
    }
    return NTOP;
}
MUTANT(inet_ntop_leaves_out_the_first_zeros,
       "inet_ntop writes the double colon for the first run of zeros",
       PATCH(inet_ntop, first_zeros));

static LPCSTR WINAPI no_dotted_end(NTOP_PARAMETERS)
{
    const WORD *group = address;
    if (family == AF_INET6 && text && size > 40 && !group[5] && group[6] && !group[0]) {
        snprintf(text, size, "::%x:%x", ntohs(group[6]), ntohs(group[7]));
        return text;
    }
    return NTOP;
}
MUTANT(inet_ntop_writes_no_dotted_end,
       "inet_ntop writes an address that is compatible to IPv4 in groups",
       PATCH(inet_ntop, no_dotted_end));

static LPCSTR WINAPI ntop_needs_start(NTOP_PARAMETERS)
{
    if (family == AF_INET && text && size >= INET_ADDRSTRLEN && !is_started()) {
        SetLastError(WSANOTINITIALISED);
        return NULL;
    }
    return NTOP;
}
MUTANT(inet_ntop_needs_a_start, "inet_ntop of IPv4 needs WSAStartup",
       PATCH(inet_ntop, ntop_needs_start));

static LPCWSTR WINAPI wide_capitals(WIDE_NTOP_PARAMETERS)
{
    LPCWSTR result = WIDE_NTOP;
    for (WCHAR *c = text; result && *c; c++)
        *c = (WCHAR)towupper(*c);
    return result;
}
MUTANT(inetntopw_writes_capitals, "InetNtopW writes hexadecimal digits in capitals",
       PATCH(InetNtopW, wide_capitals));

static LPCWSTR WINAPI wide_ntop_needs_start(WIDE_NTOP_PARAMETERS)
{
    if (family == AF_INET && text && size >= INET_ADDRSTRLEN && !is_started()) {
        SetLastError(WSANOTINITIALISED);
        return NULL;
    }
    return WIDE_NTOP;
}
MUTANT(inetntopw_needs_a_start, "InetNtopW of IPv4 needs WSAStartup",
       PATCH(InetNtopW, wide_ntop_needs_start));

static LPCWSTR WINAPI wide_cuts(WIDE_NTOP_PARAMETERS)
{
    WCHAR whole[64];
    LPCWSTR result = WIDE_NTOP;
    if (result || !text || !size || !real(InetNtopW)(family, address, whole, 64))
        return result;
    wmemcpy(text, whole, size);
    return text;
}
MUTANT(inetntopw_cuts_the_text, "InetNtopW cuts a text for which there is no room",
       PATCH(InetNtopW, wide_cuts));

static LPCWSTR WINAPI wide_own_room(WIDE_NTOP_PARAMETERS)
{
    static WCHAR room[64];
    return real(InetNtopW)(family, address, text ? text : room, text ? size : 64);
}
MUTANT(inetntopw_has_room_of_its_own, "InetNtopW without a buffer tells the text in one of its own",
       PATCH(InetNtopW, wide_own_room));

static LPCWSTR WINAPI wide_ntop_family(WIDE_NTOP_PARAMETERS)
{
    LPCWSTR result = WIDE_NTOP;
    rename_error(!result, WSAEAFNOSUPPORT, WSAEINVAL);
    return result;
}
MUTANT(inetntopw_of_a_family_is_invalid, "InetNtopW of an unknown family fails with WSAEINVAL",
       PATCH(InetNtopW, wide_ntop_family));

static LPSTR WINAPI backwards(struct in_addr in)
{
    if (in.S_un.S_un_b.s_b1 == 192 && in.S_un.S_un_b.s_b2 == 168)
        in.S_un.S_addr = ntohl(in.S_un.S_addr);
    return real(inet_ntoa)(in);
}
MUTANT(inet_ntoa_writes_the_parts_backwards,
       "inet_ntoa writes the parts of a private address backwards", PATCH(inet_ntoa, backwards));

static LPSTR WINAPI one_buffer(struct in_addr in)
{
    static char text[16];
    return strcpy(text, real(inet_ntoa)(in));
}
MUTANT(inet_ntoa_has_one_buffer, "inet_ntoa has one buffer for all threads",
       PATCH(inet_ntoa, one_buffer));
