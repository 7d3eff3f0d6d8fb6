/* Wrong behaviours, for the tests of receivers.c: recv, WSARecv and WSARecvFrom of datagrams. */
#include "dgram-mutants.h"

/* BUFFERS in another order: the last one first. At most four. */
static LPWSABUF turned(LPWSABUF buffers, DWORD count, WSABUF *room)
{
    if (count < 2 || count > 4)
        return buffers;
    memcpy(room, buffers, count * sizeof(WSABUF));
    room[0] = buffers[count - 1];
    room[count - 1] = buffers[0];
    return room;
}

static int WINAPI turned_wsarecv(WSARECV_PARAMETERS)
{
    WSABUF room[4];
    if (!overlapped && is_datagram(s))
        buffers = turned(buffers, count, room);
    return WSARECV;
}
MUTANT(wsarecv_of_a_datagram_fills_the_last_buffer_first,
       "WSARecv of a datagram fills the last buffer first", PATCH(WSARecv, turned_wsarecv));

static int WINAPI turned_overlapped(WSARECV_PARAMETERS)
{
    WSABUF room[4];
    if (overlapped && is_datagram(s))
        buffers = turned(buffers, count, room);
    return WSARECV;
}
MUTANT(overlapped_wsarecv_of_a_datagram_fills_the_last_buffer_first,
       "An overlapped WSARecv of a datagram fills the last buffer first",
       PATCH(WSARecv, turned_overlapped));

static int WINAPI turned_from(WSARECVFROM_PARAMETERS)
{
    WSABUF room[4];
    if (overlapped)
        buffers = turned(buffers, count, room);
    return WSARECVFROM;
}
MUTANT(overlapped_wsarecvfrom_fills_the_last_buffer_first,
       "An overlapped WSARecvFrom fills the last buffer first", PATCH(WSARecvFrom, turned_from));

static int WINAPI fills_one(WSARECV_PARAMETERS)
{
    if (count == 2 && is_datagram(s) && bytes_waiting(s) > buffers[0].len + buffers[1].len)
        count = 1;
    return WSARECV;
}
MUTANT(wsarecv_of_a_long_datagram_fills_one_buffer,
       "WSARecv of a datagram that is too long fills one buffer", PATCH(WSARecv, fills_one));

static int WINAPI recv_passes_over(RECV_PARAMETERS)
{
    int got = RECV;
    return got == 0 && size > 0 && is_datagram(s) ? RECV : got;
}
MUTANT(recv_passes_over_empty_datagrams, "recv passes over a datagram without bytes",
       PATCH(recv, recv_passes_over));

/* The next datagram that waits has no bytes: takes it. */
static void skip_empty(SOCKET s)
{
    DWORD error = GetLastError();
    char byte;
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL none = {0, 0};
    if (is_datagram(s) && real(select)(0, &one, NULL, NULL, &none) == 1 &&
        real(recv)(s, &byte, 1, MSG_PEEK) == 0)
        real(recv)(s, &byte, 1, 0);
    SetLastError(error);
}

static int WINAPI wsarecv_passes_over(WSARECV_PARAMETERS)
{
    skip_empty(s);
    return WSARECV;
}
MUTANT(wsarecv_passes_over_empty_datagrams, "WSARecv passes over a datagram without bytes",
       PATCH(WSARecv, wsarecv_passes_over));

static int WINAPI wsarecvfrom_passes_over(WSARECVFROM_PARAMETERS)
{
    skip_empty(s);
    return WSARECVFROM;
}
MUTANT(wsarecvfrom_passes_over_empty_datagrams, "WSARecvFrom passes over a datagram without bytes",
       PATCH(WSARecvFrom, wsarecvfrom_passes_over));

static int WINAPI recv_unconnected(RECV_PARAMETERS)
{
    int got = RECV;
    return is_datagram(s) ? failure_renamed(got, WSAESHUTDOWN, WSAENOTCONN) : got;
}
MUTANT(recv_of_a_datagram_after_shutdown_is_not_connected,
       "recv on a datagram socket after shutdown fails with WSAENOTCONN",
       PATCH(recv, recv_unconnected));

static int WINAPI wsarecv_unconnected(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    return is_datagram(s) ? failure_renamed(result, WSAESHUTDOWN, WSAENOTCONN) : result;
}
MUTANT(wsarecv_of_a_datagram_after_shutdown_is_not_connected,
       "WSARecv on a datagram socket after shutdown fails with WSAENOTCONN",
       PATCH(WSARecv, wsarecv_unconnected));
