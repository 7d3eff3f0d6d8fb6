/* How much inet_pton, InetPtonW and InetNtopW write, done wrong. */
#include "text-mutants.h"

static int WINAPI clears_more(PTON_PARAMETERS)
{
    int result = PTON;
    if (result == 1 && family == AF_INET && !strcmp(text, "1.2.3.4"))
        memset((BYTE *)address + 4, 0, 12);
    return result;
}
MUTANT(inet_pton_clears_more, "inet_pton of IPv4 clears the bytes behind an address",
       PATCH(inet_pton, clears_more));

static int WINAPI wide_clears_more(WIDE_PTON_PARAMETERS)
{
    int result = WIDE_PTON;
    if (result == 1 && family == AF_INET && *(BYTE *)address == 1)
        memset((BYTE *)address + 4, 0, 12);
    return result;
}
MUTANT(inetptonw_clears_more, "InetPtonW of IPv4 clears the bytes behind an address",
       PATCH(InetPtonW, wide_clears_more));

static int WINAPI low_bytes(WIDE_PTON_PARAMETERS)
{
    WCHAR low[64];
    size_t length = 0;
    for (; text && text[length] && length < 63; length++)
        low[length] = text[length] & 0xFF;
    low[length] = 0;
    return real(InetPtonW)(family, text ? low : NULL, address);
}
MUTANT(inetptonw_reads_low_bytes, "InetPtonW looks at the low byte of each character alone",
       PATCH(InetPtonW, low_bytes));

static LPCWSTR WINAPI wants_more(WIDE_NTOP_PARAMETERS)
{
    if (family == AF_INET && size == 16) {
        SetLastError(WSAEINVAL);
        return NULL;
    }
    return WIDE_NTOP;
}
MUTANT(inetntopw_wants_more_room, "InetNtopW of IPv4 wants more than 16 characters",
       PATCH(InetNtopW, wants_more));
