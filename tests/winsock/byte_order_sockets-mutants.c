/* WSAHtonl and its family, done wrong for sockets of IPv6. */
#include "winsock-mutants.h"

#define KEEPS(name, call, type)                               \
    static int WINAPI name(SOCKET s, type number, type *room) \
    {                                                         \
        int result = call(s, number, room);                   \
        if (result == 0 && is_ipv6(s))                        \
            *room = number;                                   \
        return result;                                        \
    }

KEEPS(keeps_host_long, real(WSAHtonl), ULONG)
MUTANT(wsahtonl_keeps_numbers_of_ipv6, "WSAHtonl turns no number for a socket of IPv6",
       PATCH(WSAHtonl, keeps_host_long));

KEEPS(keeps_host_short, real(WSAHtons), WORD)
MUTANT(wsahtons_keeps_numbers_of_ipv6, "WSAHtons turns no number for a socket of IPv6",
       PATCH(WSAHtons, keeps_host_short));

KEEPS(keeps_net_long, real(WSANtohl), ULONG)
MUTANT(wsantohl_keeps_numbers_of_ipv6, "WSANtohl turns no number for a socket of IPv6",
       PATCH(WSANtohl, keeps_net_long));

KEEPS(keeps_net_short, real(WSANtohs), WORD)
MUTANT(wsantohs_keeps_numbers_of_ipv6, "WSANtohs turns no number for a socket of IPv6",
       PATCH(WSANtohs, keeps_net_short));
