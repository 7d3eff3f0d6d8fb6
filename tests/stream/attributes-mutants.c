/* Wrong behaviours, for the tests of attributes.c: what sockets are made with. */
#include "stream-mutants.h"

#define ROOTS (WSA_FLAG_MULTIPOINT_C_ROOT | WSA_FLAG_MULTIPOINT_D_ROOT)
#define LEAVES (WSA_FLAG_MULTIPOINT_C_LEAF | WSA_FLAG_MULTIPOINT_D_LEAF)

static SOCKET no_socket(DWORD error)
{
    SetLastError(error);
    return INVALID_SOCKET;
}

static SOCKET WINAPI no_leaves(WSASOCKETW_PARAMETERS)
{
    return flags & LEAVES && type == SOCK_DGRAM ? no_socket(WSAEINVAL) : WSASOCKETW;
}
MUTANT(wsasocket_makes_no_leaves, "WSASocket makes no multipoint sockets of UDP",
       PATCH(WSASocketW, no_leaves));

static SOCKET WINAPI any_roots(WSASOCKETW_PARAMETERS)
{
    if ((flags & (ROOTS | LEAVES)) != LEAVES)
        flags &= ~(DWORD)(ROOTS | LEAVES);
    return WSASOCKETW;
}
MUTANT(wsasocket_ignores_roots, "WSASocket ignores the flags of multipoint roots",
       PATCH(WSASocketW, any_roots));

static SOCKET WINAPI any_stream(WSASOCKETW_PARAMETERS)
{
    if (type == SOCK_STREAM)
        flags &= ~(DWORD)LEAVES;
    return WSASOCKETW;
}
MUTANT(wsasocket_makes_leaves_of_streams, "WSASocket makes multipoint sockets of TCP",
       PATCH(WSASocketW, any_stream));

static SOCKET WINAPI no_privilege(WSASOCKETW_PARAMETERS)
{
    flags &= ~(DWORD)WSA_FLAG_ACCESS_SYSTEM_SECURITY;
    return WSASOCKETW;
}
MUTANT(wsasocket_ignores_system_security, "WSASocket ignores WSA_FLAG_ACCESS_SYSTEM_SECURITY",
       PATCH(WSASocketW, no_privilege));

static SOCKET WINAPI default_socket(WSASOCKETW_PARAMETERS)
{
    return info && !info->iAddressFamily ? real(WSASocketW)(AF_INET, SOCK_STREAM, 0, NULL, 0, flags)
                                         : WSASOCKETW;
}
MUTANT(wsasocket_makes_streams_of_nothing, "WSASocket makes a socket of an empty structure",
       PATCH(WSASocketW, default_socket));

static SOCKET WINAPI any_family(int family, int type, int protocol)
{
    SOCKET s = real(socket)(family, type, protocol);
    return family == AF_IPX || family == AF_APPLETALK
               ? socket_renamed(s, WSAEAFNOSUPPORT, WSAEPROTONOSUPPORT)
               : s;
}
MUTANT(old_families_have_no_protocols,
       "socket fails with WSAEPROTONOSUPPORT for families that are gone",
       PATCH(socket, any_family));

static SOCKET unbuffered = INVALID_SOCKET;

static int WINAPI notes_unbuffered(SET_PARAMETERS)
{
    int result = SET;
    if (result == 0 && level == SOL_SOCKET && option == SO_RCVBUF && !*(const int *)value)
        unbuffered = s;
    return result;
}

static int WINAPI buffers_anyway(RECV_PARAMETERS)
{
    if (s != unbuffered || is_stream(s))
        return RECV;
    memset(bytes, 'x', 4);
    return 4;
}
MUTANT(datagrams_are_buffered_anyway, "A receive buffer of no bytes holds datagrams",
       PATCH(setsockopt, notes_unbuffered), PATCH(recv, buffers_anyway));

static int WINAPI loses_streams(RECV_PARAMETERS)
{
    int got = RECV;
    return s == unbuffered && is_stream(s) && got > 0 ? socket_fails(WSAETIMEDOUT) : got;
}
MUTANT(unbuffered_streams_lose_data, "What comes over a stream without a receive buffer is lost",
       PATCH(setsockopt, notes_unbuffered), PATCH(recv, loses_streams));

static int WINAPI posts_nothing(WSARECV_PARAMETERS)
{
    static char elsewhere[64];
    if (s == unbuffered && overlapped)
        buffers->buf = elsewhere;
    return WSARECV;
}
MUTANT(unbuffered_receives_get_nothing,
       "A pending receive of a socket without a receive buffer gets nothing",
       PATCH(setsockopt, notes_unbuffered), PATCH(WSARecv, posts_nothing));

/* ---- Nothing to send from ---- */

static SOCKET sends_unbuffered = INVALID_SOCKET;

static int WINAPI notes_unbuffered_sender(SET_PARAMETERS)
{
    int result = SET;
    if (result == 0 && level == SOL_SOCKET && option == SO_SNDBUF && !*(const int *)value)
        sends_unbuffered = s;
    return result;
}

static int WINAPI sends_nothing(SOCKET s, const char *bytes, int size, int flags)
{
    return s == sends_unbuffered ? socket_fails(WSAENOBUFS) : real(send)(s, bytes, size, flags);
}

static int WINAPI plain_wsasend_sends_nothing(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent,
                                              DWORD flags, LPWSAOVERLAPPED overlapped,
                                              LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    return s == sends_unbuffered && !overlapped
               ? socket_fails(WSAENOBUFS)
               : real(WSASend)(s, buffers, count, sent, flags, overlapped, routine);
}
MUTANT(unbuffered_sends_send_nothing, "send and WSASend fail with WSAENOBUFS while SO_SNDBUF is 0",
       PATCH(setsockopt, notes_unbuffered_sender), PATCH(send, sends_nothing),
       PATCH(WSASend, plain_wsasend_sends_nothing));

static int WINAPI cuts(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
                       LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    WSABUF part = *buffers;
    if (s != sends_unbuffered || !overlapped || part.len < 65536)
        return real(WSASend)(s, buffers, count, sent, flags, overlapped, routine);
    part.len = 65536;
    return real(WSASend)(s, &part, 1, sent, flags, overlapped, routine);
}
MUTANT(unbuffered_sends_are_cut,
       "An overlapped WSASend with an SO_SNDBUF of 0 sends no more than 64 KiB",
       PATCH(setsockopt, notes_unbuffered_sender), PATCH(WSASend, cuts));
