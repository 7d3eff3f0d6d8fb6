/* Numbers in the order of the network, done wrong. */
#include "winsock-mutants.h"

#include <ws2tcpip.h>

/* A function of byte order, one of whose failures has another error, and one that takes NULL. */
#define RENAMES(name, function, number, room, error, instead)                 \
    static int WINAPI name(SOCKET s, number value, room at)                   \
    {                                                                         \
        return failure_renamed(real(function)(s, value, at), error, instead); \
    }

#define TAKES_NULL(name, function, number, room)            \
    static int WINAPI name(SOCKET s, number value, room at) \
    {                                                       \
        return at ? real(function)(s, value, at) : 0;       \
    }

RENAMES(wsahtonl_no_socket, WSAHtonl, ULONG, PULONG, WSAENOTSOCK, WSAEINVAL)
MUTANT(wsahtonl_of_no_socket_is_invalid, "WSAHtonl of what is no socket fails with WSAEINVAL",
       PATCH(WSAHtonl, wsahtonl_no_socket));

RENAMES(wsahtonl_unstarted, WSAHtonl, ULONG, PULONG, WSANOTINITIALISED, WSAENOTSOCK)
MUTANT(wsahtonl_before_startup_is_no_socket, "WSAHtonl without WSAStartup fails with WSAENOTSOCK",
       PATCH(WSAHtonl, wsahtonl_unstarted));

TAKES_NULL(wsahtonl_null, WSAHtonl, ULONG, PULONG)
MUTANT(wsahtonl_takes_null, "WSAHtonl without room for the result succeeds",
       PATCH(WSAHtonl, wsahtonl_null));

RENAMES(wsahtons_no_socket, WSAHtons, WORD, LPWORD, WSAENOTSOCK, WSAEINVAL)
MUTANT(wsahtons_of_no_socket_is_invalid, "WSAHtons of what is no socket fails with WSAEINVAL",
       PATCH(WSAHtons, wsahtons_no_socket));

RENAMES(wsahtons_unstarted, WSAHtons, WORD, LPWORD, WSANOTINITIALISED, WSAENOTSOCK)
MUTANT(wsahtons_before_startup_is_no_socket, "WSAHtons without WSAStartup fails with WSAENOTSOCK",
       PATCH(WSAHtons, wsahtons_unstarted));

RENAMES(wsahtons_null, WSAHtons, WORD, LPWORD, WSAEFAULT, WSAEINVAL)
MUTANT(wsahtons_of_null_is_invalid, "WSAHtons fails with WSAEINVAL for NULL",
       PATCH(WSAHtons, wsahtons_null));

RENAMES(wsantohl_no_socket, WSANtohl, ULONG, PULONG, WSAENOTSOCK, WSAEINVAL)
MUTANT(wsantohl_of_no_socket_is_invalid, "WSANtohl of what is no socket fails with WSAEINVAL",
       PATCH(WSANtohl, wsantohl_no_socket));

RENAMES(wsantohl_unstarted, WSANtohl, ULONG, PULONG, WSANOTINITIALISED, WSAENOTSOCK)
MUTANT(wsantohl_before_startup_is_no_socket, "WSANtohl without WSAStartup fails with WSAENOTSOCK",
       PATCH(WSANtohl, wsantohl_unstarted));

TAKES_NULL(wsantohl_null, WSANtohl, ULONG, PULONG)
MUTANT(wsantohl_takes_null, "WSANtohl without room for the result succeeds",
       PATCH(WSANtohl, wsantohl_null));

RENAMES(wsantohs_no_socket, WSANtohs, WORD, LPWORD, WSAENOTSOCK, WSAEINVAL)
MUTANT(wsantohs_of_no_socket_is_invalid, "WSANtohs of what is no socket fails with WSAEINVAL",
       PATCH(WSANtohs, wsantohs_no_socket));

RENAMES(wsantohs_unstarted, WSANtohs, WORD, LPWORD, WSANOTINITIALISED, WSAENOTSOCK)
MUTANT(wsantohs_before_startup_is_no_socket, "WSANtohs without WSAStartup fails with WSAENOTSOCK",
       PATCH(WSANtohs, wsantohs_unstarted));

TAKES_NULL(wsantohs_null, WSANtohs, WORD, LPWORD)
MUTANT(wsantohs_takes_null, "WSANtohs without room for the result succeeds",
       PATCH(WSANtohs, wsantohs_null));

/* ---- Numbers themselves */

static u_long halves_swapped(u_long number)
{
    return number >> 16 | number << 16;
}

static u_long WINAPI long_halves(u_long number)
{
    u_long turned = real(htonl)(number);
    return number & 0x80000000 ? halves_swapped(turned) : turned;
}
MUTANT(htonl_swaps_halves, "htonl swaps the halves of a number whose highest bit is set",
       PATCH(htonl, long_halves));

static u_short WINAPI short_same(u_short number)
{
    return number < IPPORT_RESERVED ? number : real(htons)(number);
}
MUTANT(htons_swaps_nothing, "htons does not swap a number below 1024", PATCH(htons, short_same));

static u_long WINAPI from_halves(u_long number)
{
    u_long turned = real(ntohl)(number);
    return turned & 0x80000000 ? halves_swapped(turned) : turned;
}
MUTANT(ntohl_swaps_halves, "ntohl swaps the halves of a number whose highest bit is set",
       PATCH(ntohl, from_halves));

static u_short WINAPI from_same(u_short number)
{
    u_short turned = real(ntohs)(number);
    return turned < IPPORT_RESERVED ? number : turned;
}
MUTANT(ntohs_swaps_nothing, "ntohs does not swap a number below 1024", PATCH(ntohs, from_same));

#define SAME(name, function, number, room)                  \
    static int WINAPI name(SOCKET s, number value, room at) \
    {                                                       \
        int result = real(function)(s, value, at);          \
        if (result == 0)                                    \
            *at = value;                                    \
        return result;                                      \
    }

SAME(wsahtonl_same, WSAHtonl, ULONG, PULONG)
MUTANT(wsahtonl_swaps_nothing, "WSAHtonl stores the number as it is",
       PATCH(WSAHtonl, wsahtonl_same));

SAME(wsahtons_same, WSAHtons, WORD, LPWORD)
MUTANT(wsahtons_does_not_swap, "WSAHtons does not change the order",
       PATCH(WSAHtons, wsahtons_same));

SAME(wsantohl_same, WSANtohl, ULONG, PULONG)
MUTANT(wsantohl_swaps_nothing, "WSANtohl stores the number as it is",
       PATCH(WSANtohl, wsantohl_same));

SAME(wsantohs_same, WSANtohs, WORD, LPWORD)
MUTANT(wsantohs_swaps_nothing, "WSANtohs stores the number as it is",
       PATCH(WSANtohs, wsantohs_same));
