/* WSASendTo, WSARecvFrom, recvfrom and sendto with other errors than theirs, or with none. */
#include "../winsock/winsock-mutants.h"

#define SENDTO_PARAMETERS                                                                          \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags, const struct sockaddr *to, \
        int length, LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define SENDTO real(WSASendTo)(s, buffers, count, sent, flags, to, length, overlapped, routine)

#define SENDTO_RENAMES(name, error, instead)            \
    static int WINAPI name(SENDTO_PARAMETERS)           \
    {                                                   \
        return failure_renamed(SENDTO, error, instead); \
    }

static int WINAPI everybody_may(SENDTO_PARAMETERS)
{
    return failure_hidden(SENDTO, WSAEACCES, 0);
}
MUTANT(wsasendto_needs_no_permission_to_broadcast,
       "WSASendTo succeeds for the broadcast address without SO_BROADCAST",
       PATCH(WSASendTo, everybody_may));

SENDTO_RENAMES(family_invalid, WSAEAFNOSUPPORT, WSAEINVAL)
MUTANT(wsasendto_to_another_family_is_invalid,
       "WSASendTo to an address of another family fails with WSAEINVAL",
       PATCH(WSASendTo, family_invalid));

static int WINAPI cuts_large(SENDTO_PARAMETERS)
{
    return failure_hidden(SENDTO, WSAEMSGSIZE, 0);
}
MUTANT(wsasendto_drops_large_datagrams, "WSASendTo of too large a datagram succeeds",
       PATCH(WSASendTo, cuts_large));

SENDTO_RENAMES(shut_down, WSAESHUTDOWN, WSAENOTCONN)
MUTANT(wsasendto_after_shutdown_is_not_connected, "WSASendTo after shutdown fails with WSAENOTCONN",
       PATCH(WSASendTo, shut_down));

static int WINAPI peer_alone(SENDTO_PARAMETERS)
{
    if (has_peer(s) && is_datagram(s))
        return real(WSASendTo)(s, buffers, count, sent, flags, NULL, 0, overlapped, routine);
    return SENDTO;
}
MUTANT(wsasendto_sends_to_the_peer_alone,
       "WSASendTo on a connected datagram socket sends to the peer, whatever the destination",
       PATCH(WSASendTo, peer_alone));

SENDTO_RENAMES(sendto_unstarted, WSANOTINITIALISED, WSAENOTSOCK)
MUTANT(wsasendto_before_startup_is_no_socket, "WSASendTo without WSAStartup fails with WSAENOTSOCK",
       PATCH(WSASendTo, sendto_unstarted));

SENDTO_RENAMES(sendto_closed, WSAENOTSOCK, WSAEINVAL)
MUTANT(wsasendto_of_no_socket_is_invalid, "WSASendTo on a closed socket fails with WSAEINVAL",
       PATCH(WSASendTo, sendto_closed));

#define RECVFROM_PARAMETERS                                                   \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD received, LPDWORD flags, \
        struct sockaddr *from, LPINT length, LPWSAOVERLAPPED overlapped,      \
        LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define RECVFROM \
    real(WSARecvFrom)(s, buffers, count, received, flags, from, length, overlapped, routine)

static int WINAPI count_optional(RECVFROM_PARAMETERS)
{
    DWORD own;
    if (!received && !overlapped)
        received = &own;
    return RECVFROM;
}
MUTANT(wsarecvfrom_needs_no_count, "WSARecvFrom succeeds with neither count nor OVERLAPPED",
       PATCH(WSARecvFrom, count_optional));

static int WINAPI flags_optional(RECVFROM_PARAMETERS)
{
    DWORD own = 0;
    if (!flags)
        flags = &own;
    return RECVFROM;
}
MUTANT(wsarecvfrom_needs_no_flags, "WSARecvFrom succeeds without lpFlags",
       PATCH(WSARecvFrom, flags_optional));

static int WINAPI recvfrom_unstarted(RECVFROM_PARAMETERS)
{
    return failure_renamed(RECVFROM, WSANOTINITIALISED, WSAENOTSOCK);
}
MUTANT(wsarecvfrom_before_startup_is_no_socket,
       "WSARecvFrom without WSAStartup fails with WSAENOTSOCK",
       PATCH(WSARecvFrom, recvfrom_unstarted));

static int WINAPI urgent_is_normal(SOCKET s, char *bytes, int size, int flags,
                                   struct sockaddr *from, int *length)
{
    if (is_datagram(s))
        flags &= ~MSG_OOB;
    return real(recvfrom)(s, bytes, size, flags, from, length);
}
MUTANT(recvfrom_ignores_msg_oob_of_datagrams, "recvfrom ignores MSG_OOB on a datagram socket",
       PATCH(recvfrom, urgent_is_normal));

#define PLAIN_PARAMETERS \
    SOCKET s, const char *bytes, int size, int flags, const struct sockaddr *to, int length
#define PLAIN real(sendto)(s, bytes, size, flags, to, length)

static int WINAPI plain_everybody(PLAIN_PARAMETERS)
{
    return failure_hidden(PLAIN, WSAEACCES, size);
}
MUTANT(sendto_needs_no_permission_to_broadcast,
       "sendto succeeds for the broadcast address without SO_BROADCAST",
       PATCH(sendto, plain_everybody));

static int WINAPI nowhere_is_fine(PLAIN_PARAMETERS)
{
    bool any = to && to->sa_family == AF_INET && !((const struct sockaddr_in *)to)->sin_addr.s_addr;
    return any ? size : PLAIN;
}
MUTANT(sendto_takes_the_wildcard_for_a_destination, "sendto to the wildcard address succeeds",
       PATCH(sendto, nowhere_is_fine));
