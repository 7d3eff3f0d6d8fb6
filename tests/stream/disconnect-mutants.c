/* Wrong behaviours, for the tests of disconnect.c: WSASendDisconnect, and data that wait at
 * shutdown of receiving. */
#include "disconnect-mutants.h"

#define SENDING real(WSASendDisconnect)(s, data)

RENAMED(no_sender, WSASendDisconnect, true, WSAENOTSOCK, WSA_INVALID_HANDLE)
MUTANT(senddisc_strangers_are_invalid_handles,
       "WSASendDisconnect says WSA_INVALID_HANDLE of what is no socket",
       PATCH(WSASendDisconnect, no_sender));

RENAMED(unbound_sender, WSASendDisconnect, !is_bound(s), WSAENOTCONN, WSAEINVAL)
MUTANT(senddisc_unbound_is_invalid, "WSASendDisconnect says WSAEINVAL of an unbound socket",
       PATCH(WSASendDisconnect, unbound_sender));

RENAMED(listening_sender, WSASendDisconnect, is_listening(s), WSAENOTCONN, WSAEINVAL)
MUTANT(senddisc_listening_is_invalid, "WSASendDisconnect says WSAEINVAL of a listening socket",
       PATCH(WSASendDisconnect, listening_sender));

RENAMED(early_sender, WSASendDisconnect, true, WSANOTINITIALISED, WSAENOTSOCK)
MUTANT(senddisc_needs_no_startup, "WSASendDisconnect looks at its socket before WSAStartup",
       PATCH(WSASendDisconnect, early_sender));

NOTES_END(ends_sending, WSASendDisconnect)
MUTANT(senddisc_gives_up_the_peer, "WSASendDisconnect makes the socket forget its peer",
       PATCH(WSASendDisconnect, ends_sending), PATCH(getpeername, has_no_peer));

TELLS_PORT(sending_tells, WSASendDisconnect)
MUTANT(senddisc_queues_a_packet, "WSASendDisconnect queues a packet to the port of its socket",
       PATCH(CreateIoCompletionPort, notes_port), PATCH(WSASendDisconnect, sending_tells));

LINGERS(sending_lingers, WSASendDisconnect)
MUTANT(senddisc_lingers, "WSASendDisconnect waits as long as SO_LINGER says",
       PATCH(WSASendDisconnect, sending_lingers));

/* ---- Sending ---- */

NOTES_FULL(notes_full, full)

static int WINAPI drops_the_rest(DISCONNECT_PARAMETERS)
{
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    if (s != full)
        return SENDING;
    real(setsockopt)(s, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard));
    return real(closesocket)(s);
}
MUTANT(senddisc_drops_the_unsent, "WSASendDisconnect drops what is not sent yet",
       PATCH(send, notes_full), PATCH(WSASendDisconnect, drops_the_rest));

static int WINAPI sends_aborted(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real(send)(s, bytes, size, flags);
    return s == ended ? failure_renamed(sent, WSAESHUTDOWN, WSAECONNABORTED) : sent;
}

static int WINAPI wsa_sends_aborted(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    return s == ended ? failure_renamed(result, WSAESHUTDOWN, WSAECONNABORTED) : result;
}
MUTANT(senddisc_aborts_later_sends, "Sends after WSASendDisconnect fail with WSAECONNABORTED",
       PATCH(WSASendDisconnect, ends_sending), PATCH(send, sends_aborted),
       PATCH(WSASend, wsa_sends_aborted));

static int WINAPI takes_data(DISCONNECT_PARAMETERS)
{
    (void)data;
    return real(WSASendDisconnect)(s, NULL);
}
MUTANT(senddisc_takes_data, "WSASendDisconnect with data succeeds and sends none",
       PATCH(WSASendDisconnect, takes_data));

/* ---- Receiving ---- */

static int WINAPI receiving_is_ended_quietly(SOCKET s, int how)
{
    return how == SD_RECEIVE && has_peer(s) && bytes_waiting(s) ? 0 : real(shutdown)(s, how);
}
MUTANT(shutdown_keeps_the_unread, "shutdown of receiving leaves what is unread without a reset",
       PATCH(shutdown, receiving_is_ended_quietly));
