/* Wrong behaviours, for the tests of accept_lengths.c: the room for names, and IPv6. */
#include "stream-mutants.h"

static LPFN_ACCEPTEX real_accept_ex;

#define ACCEPT_PARAMETERS                                                                  \
    SOCKET listener, SOCKET acceptor, PVOID output, DWORD data, DWORD local, DWORD remote, \
        LPDWORD got, LPOVERLAPPED overlapped
#define ACCEPT real_accept_ex(listener, acceptor, output, data, local, remote, got, overlapped)

static BOOL PASCAL needs_little_room(ACCEPT_PARAMETERS)
{
    DWORD needed = sizeof(struct sockaddr_in) + 16;
    if (local && local < needed)
        local = needed;
    return ACCEPT;
}
EXCHANGES(gives_little_need, WSAID_ACCEPTEX, needs_little_room, real_accept_ex)
MUTANT(acceptex_needs_little_room, "AcceptEx succeeds with too little room for the local name",
       PATCH(WSAIoctl, gives_little_need));

static BOOL PASCAL accepts_no_ipv6(ACCEPT_PARAMETERS)
{
    return is_ipv6(acceptor) ? failed(WSAEAFNOSUPPORT) : ACCEPT;
}
EXCHANGES(gives_accept_without_ipv6, WSAID_ACCEPTEX, accepts_no_ipv6, real_accept_ex)
MUTANT(acceptex_knows_no_ipv6, "AcceptEx does not accept connections of IPv6",
       PATCH(WSAIoctl, gives_accept_without_ipv6));

static LPFN_CONNECTEX real_connect_ex;

static BOOL PASCAL connects_no_ipv6(SOCKET s, const struct sockaddr *name, int length, PVOID bytes,
                                    DWORD size, LPDWORD sent, LPOVERLAPPED overlapped)
{
    if (is_ipv6(s))
        return failed(WSAEAFNOSUPPORT);
    return real_connect_ex(s, name, length, bytes, size, sent, overlapped);
}
EXCHANGES(gives_connect_without_ipv6, WSAID_CONNECTEX, connects_no_ipv6, real_connect_ex)
MUTANT(connectex_knows_no_ipv6, "ConnectEx does not connect over IPv6",
       PATCH(WSAIoctl, gives_connect_without_ipv6));

static LPFN_GETACCEPTEXSOCKADDRS real_names;

static void PASCAL short_names(PVOID output, DWORD data, DWORD local, DWORD remote,
                               struct sockaddr **local_name, LPINT local_size,
                               struct sockaddr **remote_name, LPINT remote_size)
{
    real_names(output, data, local, remote, local_name, local_size, remote_name, remote_size);
    if ((*local_name)->sa_family == AF_INET6)
        *local_size = *remote_size = sizeof(struct sockaddr_in);
}
EXCHANGES(gives_short_names, WSAID_GETACCEPTEXSOCKADDRS, short_names, real_names)
MUTANT(acceptexaddrs_cut_ipv6, "GetAcceptExSockaddrs tells the length of an IPv4 name for IPv6",
       PATCH(WSAIoctl, gives_short_names));

static SOCKET connector = INVALID_SOCKET;

static BOOL PASCAL notes_connector(SOCKET s, const struct sockaddr *name, int length, PVOID bytes,
                                   DWORD size, LPDWORD sent, LPOVERLAPPED overlapped)
{
    connector = s;
    return real_connect_ex(s, name, length, bytes, size, sent, overlapped);
}
EXCHANGES(gives_noting_connect, WSAID_CONNECTEX, notes_connector, real_connect_ex)

static int WINAPI no_time(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && s == connector && option == SO_CONNECT_TIME)
        *(DWORD *)value = 0xFFFFFFFF;
    return result;
}
MUTANT(connectex_has_no_time, "SO_CONNECT_TIME does not know connections of ConnectEx",
       PATCH(WSAIoctl, gives_noting_connect), PATCH(getsockopt, no_time));
