/* Wrong behaviours, for the tests of truncation.c: datagrams that are too long. */
#include "dgram-mutants.h"
#include "winsock/option-mutants.h"

#define WSARECV_PARAMETERS                                               \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD flags, \
        LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSARECV real(WSARecv)(s, buffers, count, got, flags, overlapped, routine)

/* RESULT; takes the datagram that a call which peeked at it has left. */
static int without_it(SOCKET s, int result)
{
    DWORD error = GetLastError();
    char byte;
    if (result == SOCKET_ERROR && error == WSAEMSGSIZE)
        real(recv)(s, &byte, 1, 0);
    SetLastError(error);
    return result;
}

static int WINAPI recv_hides(RECV_PARAMETERS)
{
    return failure_hidden(RECV, WSAEMSGSIZE, size);
}
MUTANT(recv_cuts_without_error, "recv succeeds when it has cut a datagram",
       PATCH(recv, recv_hides));

static int WINAPI recv_keeps(RECV_PARAMETERS)
{
    if (!is_datagram(s) || size >= (int)bytes_waiting(s))
        return RECV;
    flags |= MSG_PEEK;
    return RECV;
}
MUTANT(recv_keeps_what_was_cut, "recv leaves a datagram that is too long where it is",
       PATCH(recv, recv_keeps));

static int WINAPI recvfrom_no_source(RECVFROM_PARAMETERS)
{
    int result = RECVFROM;
    DWORD error = GetLastError();
    if (result == SOCKET_ERROR && error == WSAEMSGSIZE && from)
        memset(from, 0, sizeof(struct sockaddr_in));
    SetLastError(error);
    return result;
}
MUTANT(recvfrom_of_too_much_tells_no_source, "recvfrom of a datagram that is cut tells no source",
       PATCH(recvfrom, recvfrom_no_source));

static int WINAPI wsarecv_hides(WSARECV_PARAMETERS)
{
    return overlapped ? WSARECV : failure_hidden(WSARECV, WSAEMSGSIZE, 0);
}
MUTANT(wsarecv_cuts_without_error, "WSARecv succeeds when it has cut a datagram",
       PATCH(WSARecv, wsarecv_hides));

static int WINAPI wsarecvfrom_no_source(WSARECVFROM_PARAMETERS)
{
    int result = WSARECVFROM;
    DWORD error = GetLastError();
    if (result == SOCKET_ERROR && error == WSAEMSGSIZE && from)
        memset(from, 0, sizeof(struct sockaddr_in));
    SetLastError(error);
    return result;
}
MUTANT(wsarecvfrom_of_too_much_tells_no_source,
       "WSARecvFrom of a datagram that is cut tells no source",
       PATCH(WSARecvFrom, wsarecvfrom_no_source));

static LPWSAOVERLAPPED cutting;

static int WINAPI wsarecv_notes(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    DWORD error = GetLastError();
    if (overlapped && is_datagram(s))
        cutting = overlapped;
    if (result == SOCKET_ERROR && error == WSAEMSGSIZE && overlapped)
        return 0;
    SetLastError(error);
    return result;
}

static BOOL WINAPI result_hides(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                                LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    return done || (overlapped == cutting && GetLastError() == WSAEMSGSIZE);
}
MUTANT(overlapped_wsarecv_cuts_without_error, "An overlapped WSARecv that cuts a datagram succeeds",
       PATCH(WSARecv, wsarecv_notes), PATCH(WSAGetOverlappedResult, result_hides));

static int WINAPI recv_takes(RECV_PARAMETERS)
{
    int result = RECV;
    return flags & MSG_PEEK ? without_it(s, result) : result;
}
MUTANT(recv_that_peeks_takes_what_is_too_long, "recv takes a datagram that it cannot peek at whole",
       PATCH(recv, recv_takes));

static int WINAPI recvfrom_takes(RECVFROM_PARAMETERS)
{
    int result = RECVFROM;
    return flags & MSG_PEEK ? without_it(s, result) : result;
}
MUTANT(recvfrom_that_peeks_takes_what_is_too_long,
       "recvfrom takes a datagram that it cannot peek at whole", PATCH(recvfrom, recvfrom_takes));

static int WINAPI wsarecv_takes(WSARECV_PARAMETERS)
{
    bool peeks = flags && *flags & MSG_PEEK;
    int result = WSARECV;
    return peeks ? without_it(s, result) : result;
}
MUTANT(wsarecv_that_peeks_takes_what_is_too_long,
       "WSARecv takes a datagram that it cannot peek at whole", PATCH(WSARecv, wsarecv_takes));

static int WINAPI wsarecvfrom_takes(WSARECVFROM_PARAMETERS)
{
    bool peeks = flags && *flags & MSG_PEEK;
    int result = WSARECVFROM;
    return peeks ? without_it(s, result) : result;
}
MUTANT(wsarecvfrom_that_peeks_takes_what_is_too_long,
       "WSARecvFrom takes a datagram that it cannot peek at whole",
       PATCH(WSARecvFrom, wsarecvfrom_takes));

static int WINAPI recv_wants_more(RECV_PARAMETERS)
{
    int result = RECV;
    return result == size && size > 1 && is_datagram(s) ? socket_fails(WSAEMSGSIZE) : result;
}
MUTANT(recv_wants_room_to_spare, "recv of a datagram fails when the buffer has exactly its size",
       PATCH(recv, recv_wants_more));

GET_TELLS(one_more, IS_OPTION(SOL_SOCKET, SO_MAX_MSG_SIZE), *(DWORD *)value + 1)
MUTANT(max_msg_size_is_one_too_many, "SO_MAX_MSG_SIZE tells one byte more than can be sent",
       PATCH(getsockopt, get_one_more));

static int WINAPI sends_less(WSASENDTO_PARAMETERS)
{
    DWORD all = 0;
    for (DWORD i = 0; buffers && i < count; i++)
        all += buffers[i].len;
    return all == 65507 ? socket_fails(WSAEMSGSIZE) : WSASENDTO;
}
MUTANT(wsasendto_sends_no_more_than_65506, "WSASendTo sends no datagram of 65507 bytes",
       PATCH(WSASendTo, sends_less));
