/* Wrong behaviours, for the tests of receive_ex.c: WSARecvEx. */
#include "stream-mutants.h"

#define RECVEX_PARAMETERS SOCKET s, char *bytes, int size, int *flags
#define RECVEX real(WSARecvEx)(s, bytes, size, flags)

static int WINAPI fills_up(RECVEX_PARAMETERS)
{
    int got = RECVEX;
    return got > 0 && is_stream(s) && got < size ? size : got;
}
MUTANT(recvex_counts_its_room, "WSARecvEx returns the size of its buffer",
       PATCH(WSARecvEx, fills_up));

static int WINAPI stream_is_partial(RECVEX_PARAMETERS)
{
    int got = RECVEX;
    if (got > 0 && is_stream(s) && bytes_waiting(s))
        *flags |= MSG_PARTIAL;
    return got;
}
MUTANT(recvex_says_partial_of_a_stream, "WSARecvEx sets MSG_PARTIAL when a stream has more",
       PATCH(WSARecvEx, stream_is_partial));

static int WINAPI end_is_reset(RECVEX_PARAMETERS)
{
    int got = RECVEX;
    return got == 0 && size ? socket_fails(WSAECONNRESET) : got;
}
MUTANT(recvex_fails_at_the_end, "WSARecvEx fails with WSAECONNRESET at the end of the stream",
       PATCH(WSARecvEx, end_is_reset));

static int WINAPI flags_count(RECVEX_PARAMETERS)
{
    return *flags ? real(recv)(s, bytes, size, *flags) : RECVEX;
}
MUTANT(recvex_takes_flags, "WSARecvEx does what its flags say, as recv does",
       PATCH(WSARecvEx, flags_count));

static int WINAPI always_partial(RECVEX_PARAMETERS)
{
    int got = RECVEX;
    if (got > 0 && is_datagram(s))
        *flags |= MSG_PARTIAL;
    return got;
}
MUTANT(recvex_says_partial_of_a_whole_message, "WSARecvEx sets MSG_PARTIAL for a whole message",
       PATCH(WSARecvEx, always_partial));

static int WINAPI part_is_msgsize(RECVEX_PARAMETERS)
{
    int got = RECVEX;
    return got > 0 && *flags & MSG_PARTIAL ? socket_fails(WSAEMSGSIZE) : got;
}
MUTANT(recvex_fails_for_a_part, "WSARecvEx fails with WSAEMSGSIZE for a part of a message",
       PATCH(WSARecvEx, part_is_msgsize));

#define RENAMED(name, error, instead)                   \
    static int WINAPI name(RECVEX_PARAMETERS)           \
    {                                                   \
        return failure_renamed(RECVEX, error, instead); \
    }

RENAMED(no_socket, WSAENOTSOCK, WSA_INVALID_HANDLE)
MUTANT(recvex_strangers_are_invalid_handles,
       "WSARecvEx says WSA_INVALID_HANDLE of what is no socket", PATCH(WSARecvEx, no_socket));

RENAMED(unconnected_socket, WSAENOTCONN, WSAEINVAL)
MUTANT(recvex_unconnected_is_invalid, "WSARecvEx says WSAEINVAL of a socket that is not connected",
       PATCH(WSARecvEx, unconnected_socket));

RENAMED(would_block, WSAEWOULDBLOCK, WSAETIMEDOUT)
MUTANT(recvex_times_out_at_once, "WSARecvEx says WSAETIMEDOUT of a nonblocking socket",
       PATCH(WSARecvEx, would_block));

RENAMED(shut_down, WSAESHUTDOWN, WSAENOTCONN)
MUTANT(recvex_shut_down_is_unconnected, "WSARecvEx says WSAENOTCONN after shutdown",
       PATCH(WSARecvEx, shut_down));

RENAMED(reset, WSAECONNRESET, WSAECONNABORTED)
MUTANT(recvex_reset_is_aborted, "WSARecvEx says WSAECONNABORTED after a reset",
       PATCH(WSARecvEx, reset));

RENAMED(early, WSANOTINITIALISED, WSAENOTSOCK)
MUTANT(recvex_needs_no_startup, "WSARecvEx looks at its socket before WSAStartup",
       PATCH(WSARecvEx, early));

RENAMED(fault, WSAEFAULT, WSAEINVAL)
MUTANT(recvex_fault_is_invalid, "WSARecvEx says WSAEINVAL of memory that cannot be written",
       PATCH(WSARecvEx, fault));
