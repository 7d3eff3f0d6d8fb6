/* Wrong behaviours, for the tests of receive_disconnect.c: WSARecvDisconnect. */
#include "disconnect-mutants.h"

#define RECEIVING real(WSARecvDisconnect)(s, data)

RENAMED(no_receiver, WSARecvDisconnect, true, WSAENOTSOCK, WSA_INVALID_HANDLE)
MUTANT(recvdisc_strangers_are_invalid_handles,
       "WSARecvDisconnect says WSA_INVALID_HANDLE of what is no socket",
       PATCH(WSARecvDisconnect, no_receiver));

RENAMED(unconnected_receiver, WSARecvDisconnect, !is_listening(s), WSAENOTCONN, WSAEINVAL)
MUTANT(recvdisc_unconnected_is_invalid,
       "WSARecvDisconnect says WSAEINVAL of a socket that is not connected",
       PATCH(WSARecvDisconnect, unconnected_receiver));

RENAMED(listening_receiver, WSARecvDisconnect, is_listening(s), WSAENOTCONN, WSAEINVAL)
MUTANT(recvdisc_listening_is_invalid, "WSARecvDisconnect says WSAEINVAL of a listening socket",
       PATCH(WSARecvDisconnect, listening_receiver));

RENAMED(early_receiver, WSARecvDisconnect, true, WSANOTINITIALISED, WSAENOTSOCK)
MUTANT(recvdisc_needs_no_startup, "WSARecvDisconnect looks at its socket before WSAStartup",
       PATCH(WSARecvDisconnect, early_receiver));

NOTES_END(ends_receiving, WSARecvDisconnect)
MUTANT(recvdisc_gives_up_the_peer, "WSARecvDisconnect makes the socket forget its peer",
       PATCH(WSARecvDisconnect, ends_receiving), PATCH(getpeername, has_no_peer));

TELLS_PORT(receiving_tells, WSARecvDisconnect)
MUTANT(recvdisc_queues_a_packet, "WSARecvDisconnect queues a packet to the port of its socket",
       PATCH(CreateIoCompletionPort, notes_port), PATCH(WSARecvDisconnect, receiving_tells));

LINGERS(receiving_lingers, WSARecvDisconnect)
MUTANT(recvdisc_lingers, "WSARecvDisconnect waits as long as SO_LINGER says",
       PATCH(WSARecvDisconnect, receiving_lingers));

static int WINAPI unconnected_recv(RECV_PARAMETERS)
{
    int result = RECV;
    return s == ended ? failure_renamed(result, WSAESHUTDOWN, WSAENOTCONN) : result;
}

static int WINAPI unconnected_wsarecv(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    return s == ended ? failure_renamed(result, WSAESHUTDOWN, WSAENOTCONN) : result;
}
MUTANT(recvdisc_goes_on_receiving, "Receives after WSARecvDisconnect fail with WSAENOTCONN",
       PATCH(WSARecvDisconnect, ends_receiving), PATCH(recv, unconnected_recv),
       PATCH(WSARecv, unconnected_wsarecv));

static int WINAPI ends_both(DISCONNECT_PARAMETERS)
{
    int result = RECEIVING;
    if (result == 0)
        real(shutdown)(s, SD_SEND);
    return result;
}
MUTANT(recvdisc_ends_sending, "WSARecvDisconnect ends sending as well",
       PATCH(WSARecvDisconnect, ends_both));

static int WINAPI ended_quietly(DISCONNECT_PARAMETERS)
{
    return has_peer(s) && bytes_waiting(s) ? 0 : RECEIVING;
}
MUTANT(recvdisc_keeps_the_unread, "WSARecvDisconnect leaves what is unread without a reset",
       PATCH(WSARecvDisconnect, ended_quietly));

/* For data that come later: receiving is ended for those alone who ask. */
static int WINAPI ends_for_the_program(DISCONNECT_PARAMETERS)
{
    if (!has_peer(s) || bytes_waiting(s))
        return RECEIVING;
    ended = s;
    return 0;
}

static int WINAPI shuts_for_the_program(SOCKET s, int how)
{
    if (how != SD_RECEIVE || !has_peer(s) || bytes_waiting(s))
        return real(shutdown)(s, how);
    ended = s;
    return 0;
}

static int WINAPI refuses_recv(RECV_PARAMETERS)
{
    return s == ended ? socket_fails(WSAESHUTDOWN) : RECV;
}
MUTANT(recvdisc_takes_later_data, "Data that come after WSARecvDisconnect do not reset",
       PATCH(WSARecvDisconnect, ends_for_the_program), PATCH(recv, refuses_recv));
MUTANT(shutdown_takes_later_data, "Data that come after shutdown of receiving do not reset",
       PATCH(shutdown, shuts_for_the_program), PATCH(recv, refuses_recv));
