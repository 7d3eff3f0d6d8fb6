/* Wrong behaviours, for the tests of event_reenabling.c: WSAEventSelect, WSAEnumNetworkEvents. */
#include "events-mutants.h"

/* The socket whose next EVENT is not told. */
static SOCKET forgotten = INVALID_SOCKET;
static long forgotten_event;

static int WINAPI forgets(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0 && s == forgotten)
        seen->lNetworkEvents &= ~forgotten_event;
    return result;
}

static void forget(bool condition, SOCKET s, long event)
{
    if (condition)
        forgotten = s, forgotten_event = event;
}

static int would_block(int result, SOCKET s)
{
    forget(result == SOCKET_ERROR && GetLastError() == WSAEWOULDBLOCK, s, FD_WRITE);
    return result;
}

static int WINAPI full_send(SOCKET s, const char *bytes, int size, int flags)
{
    return would_block(real(send)(s, bytes, size, flags), s);
}
MUTANT(send_that_would_block_is_forgotten, "FD_WRITE is not recorded after a send that would block",
       PATCH(send, full_send), PATCH(WSAEnumNetworkEvents, forgets));

static int WINAPI full_sendto(SOCKET s, const char *bytes, int size, int flags,
                              const struct sockaddr *to, int length)
{
    return would_block(real(sendto)(s, bytes, size, flags, to, length), s);
}
MUTANT(sendto_that_would_block_is_forgotten,
       "FD_WRITE is not recorded after a sendto that would block", PATCH(sendto, full_sendto),
       PATCH(WSAEnumNetworkEvents, forgets));

static int WINAPI full_wsasend(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
                               LPWSAOVERLAPPED overlapped,
                               LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    return would_block(real(WSASend)(s, buffers, count, sent, flags, overlapped, routine), s);
}
MUTANT(wsasend_that_would_block_is_forgotten,
       "FD_WRITE is not recorded after a WSASend that would block", PATCH(WSASend, full_wsasend),
       PATCH(WSAEnumNetworkEvents, forgets));

static int WINAPI full_wsasendto(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
                                 const struct sockaddr *to, int length, LPWSAOVERLAPPED overlapped,
                                 LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    return would_block(
        real(WSASendTo)(s, buffers, count, sent, flags, to, length, overlapped, routine), s);
}
MUTANT(wsasendto_that_would_block_is_forgotten,
       "FD_WRITE is not recorded after a WSASendTo that would block",
       PATCH(WSASendTo, full_wsasendto), PATCH(WSAEnumNetworkEvents, forgets));

static int WINAPI urgent_recv(SOCKET s, char *bytes, int size, int flags)
{
    forget(flags & MSG_OOB, s, FD_OOB);
    return real(recv)(s, bytes, size, flags);
}
MUTANT(recv_does_not_reenable_urgent, "recv does not make FD_OOB be recorded again",
       PATCH(recv, urgent_recv), PATCH(WSAEnumNetworkEvents, forgets));

static int WINAPI urgent_recvfrom(SOCKET s, char *bytes, int size, int flags, struct sockaddr *from,
                                  int *length)
{
    forget(flags & MSG_OOB, s, FD_OOB);
    return real(recvfrom)(s, bytes, size, flags, from, length);
}
MUTANT(recvfrom_does_not_reenable_urgent, "recvfrom does not make FD_OOB be recorded again",
       PATCH(recvfrom, urgent_recvfrom), PATCH(WSAEnumNetworkEvents, forgets));

static int WINAPI urgent_wsarecv(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got,
                                 LPDWORD flags, LPWSAOVERLAPPED overlapped,
                                 LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    forget(flags && *flags & MSG_OOB, s, FD_OOB);
    return real(WSARecv)(s, buffers, count, got, flags, overlapped, routine);
}
MUTANT(wsarecv_does_not_reenable_urgent, "WSARecv does not make FD_OOB be recorded again",
       PATCH(WSARecv, urgent_wsarecv), PATCH(WSAEnumNetworkEvents, forgets));

static int WINAPI urgent_wsarecvfrom(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got,
                                     LPDWORD flags, struct sockaddr *from, LPINT length,
                                     LPWSAOVERLAPPED overlapped,
                                     LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    forget(flags && *flags & MSG_OOB, s, FD_OOB);
    return real(WSARecvFrom)(s, buffers, count, got, flags, from, length, overlapped, routine);
}
MUTANT(wsarecvfrom_does_not_reenable_urgent, "WSARecvFrom does not make FD_OOB be recorded again",
       PATCH(WSARecvFrom, urgent_wsarecvfrom), PATCH(WSAEnumNetworkEvents, forgets));

static int WINAPI urgent_wsarecvex(SOCKET s, char *bytes, int size, int *flags)
{
    forget(*flags & MSG_OOB, s, FD_OOB);
    return real(WSARecvEx)(s, bytes, size, flags);
}
MUTANT(wsarecvex_does_not_reenable_urgent, "WSARecvEx does not make FD_OOB be recorded again",
       PATCH(WSARecvEx, urgent_wsarecvex), PATCH(WSAEnumNetworkEvents, forgets));

static int WINAPI plain_wsarecvex(SOCKET s, char *bytes, int size, int *flags)
{
    forget(!(*flags & MSG_OOB), s, FD_READ);
    return real(WSARecvEx)(s, bytes, size, flags);
}
MUTANT(wsarecvex_does_not_reenable_reading, "WSARecvEx does not make FD_READ be recorded again",
       PATCH(WSARecvEx, plain_wsarecvex), PATCH(WSAEnumNetworkEvents, forgets));

static int WINAPI wsaconnect_without_room(SOCKET s, const struct sockaddr *name, int length,
                                          LPWSABUF caller, LPWSABUF callee, LPQOS qos, LPQOS group)
{
    int result = real(WSAConnect)(s, name, length, caller, callee, qos, group);
    return would_block(result, s);
}
MUTANT(wsaconnect_makes_no_room, "FD_WRITE is not recorded of a socket that WSAConnect connected",
       PATCH(WSAConnect, wsaconnect_without_room), PATCH(WSAEnumNetworkEvents, forgets));

static SOCKET WINAPI wsaaccept_without_room(SOCKET s, struct sockaddr *name, LPINT length,
                                            LPCONDITIONPROC condition, DWORD_PTR data)
{
    SOCKET accepted = real(WSAAccept)(s, name, length, condition, data);
    forget(accepted != INVALID_SOCKET, accepted, FD_WRITE);
    return accepted;
}
MUTANT(wsaaccept_makes_no_room, "FD_WRITE is not recorded of a socket that WSAAccept returned",
       PATCH(WSAAccept, wsaaccept_without_room), PATCH(WSAEnumNetworkEvents, forgets));

static int WINAPI refuses_late_events(SELECT_PARAMETERS)
{
    return events > (FD_CLOSE | (FD_CLOSE - 1)) ? socket_fails(WSAEINVAL) : SELECT;
}
MUTANT(events_beyond_close_are_invalid, "WSAEventSelect takes no events beyond FD_CLOSE",
       PATCH(WSAEventSelect, refuses_late_events));

static int WINAPI nothing_blocks(SELECT_PARAMETERS)
{
    return events || event ? SELECT : 0;
}
MUTANT(no_events_leave_sockets_blocking, "WSAEventSelect without event and events does nothing",
       PATCH(WSAEventSelect, nothing_blocks));
