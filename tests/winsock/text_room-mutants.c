/* The room for texts of addresses, and functions of names before WSAStartup, done wrong. */
#include "text-mutants.h"

static LPCSTR WINAPI cuts(NTOP_PARAMETERS)
{
    char whole[64];
    LPCSTR result = real(inet_ntop)(family, address, text, size);
    if (result || !text || !real(inet_ntop)(family, address, whole, sizeof(whole)))
        return result;
    memcpy(text, whole, size);
    return text;
}
MUTANT(inet_ntop_cuts_the_text, "inet_ntop cuts a text for which there is no room",
       PATCH(inet_ntop, cuts));

static LPCSTR WINAPI own_room(NTOP_PARAMETERS)
{
    static char room[64];
    return real(inet_ntop)(family, address, text ? text : room, text ? size : sizeof(room));
}
MUTANT(inet_ntop_has_room_of_its_own, "inet_ntop without a buffer tells the text in one of its own",
       PATCH(inet_ntop, own_room));

/* ---- Before WSAStartup */

static int WINAPI string_unstarted(LPWSTR text, int family, LPWSAPROTOCOL_INFOW protocol,
                                   LPSOCKADDR name, LPINT size)
{
    return failure_renamed(real(WSAStringToAddressW)(text, family, protocol, name, size),
                           WSANOTINITIALISED, WSAEINVAL);
}
MUTANT(string_to_address_before_startup_is_invalid,
       "WSAStringToAddress without WSAStartup fails with WSAEINVAL",
       PATCH(WSAStringToAddressW, string_unstarted));

static int WINAPI address_unstarted(LPSOCKADDR name, DWORD size, LPWSAPROTOCOL_INFOW protocol,
                                    LPWSTR text, LPDWORD length)
{
    return failure_renamed(real(WSAAddressToStringW)(name, size, protocol, text, length),
                           WSANOTINITIALISED, WSAEINVAL);
}
MUTANT(address_to_string_before_startup_is_invalid,
       "WSAAddressToString without WSAStartup fails with WSAEINVAL",
       PATCH(WSAAddressToStringW, address_unstarted));

static int WINAPI name_unstarted(LPSTR name, int size)
{
    return failure_renamed(real(gethostname)(name, size), WSANOTINITIALISED, WSAENETDOWN);
}
MUTANT(gethostname_before_startup_is_net_down,
       "gethostname without WSAStartup fails with WSAENETDOWN", PATCH(gethostname, name_unstarted));
