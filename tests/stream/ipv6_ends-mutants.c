/* Wrong behaviours, for the tests of ipv6_ends.c: connections of IPv6 alone. */
#include "transmit-mutants.h"

static bool is_stream6(SOCKET s)
{
    return is_stream(s) && is_ipv6(s);
}

/* The last socket of IPv6 that was accepted. */
static SOCKET accepted = INVALID_SOCKET;

static SOCKET WINAPI notes_accepted(SOCKET listener, struct sockaddr *name, int *length)
{
    SOCKET s = real(accept)(listener, name, length);
    if (s != INVALID_SOCKET && is_stream6(s))
        accepted = s;
    return s;
}

static BOOL PASCAL forgets_tail(TRANSMIT_PARAMETERS)
{
    TRANSMIT_FILE_BUFFERS head = {0};
    if (around && is_stream6(s)) {
        head.Head = around->Head;
        head.HeadLength = around->HeadLength;
        around = &head;
    }
    return TRANSMIT;
}
TRANSMITS(gives_forgets_tail, forgets_tail)
MUTANT(transmit_file_of_ipv6_forgets_the_tail, "TransmitFile sends no tail over IPv6",
       PATCH(WSAIoctl, gives_forgets_tail));

static LPFN_DISCONNECTEX real_disconnect;

static BOOL PASCAL does_nothing(SOCKET s, LPOVERLAPPED overlapped, DWORD flags, DWORD reserved)
{
    return is_stream6(s) ? TRUE : real_disconnect(s, overlapped, flags, reserved);
}
EXCHANGES(gives_does_nothing, WSAID_DISCONNECTEX, does_nothing, real_disconnect)
MUTANT(disconnect_ex_of_ipv6_does_nothing, "DisconnectEx does nothing to a connection of IPv6",
       PATCH(WSAIoctl, gives_does_nothing));

static int WINAPI recv_aborted(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    return got == SOCKET_ERROR && GetLastError() == WSAECONNRESET && is_stream6(s)
               ? socket_fails(WSAECONNABORTED)
               : got;
}
MUTANT(reset_of_ipv6_is_aborted, "recv tells the reset of a connection of IPv6 as WSAECONNABORTED",
       PATCH(recv, recv_aborted));

static int WINAPI ends_nothing(SOCKET s)
{
    return is_stream6(s) && has_peer(s) ? 0 : real(closesocket)(s);
}
MUTANT(close_of_ipv6_ends_nothing, "closesocket does not end connections of IPv6",
       PATCH(closesocket, ends_nothing));

static int WINAPI sends_no_urgent(SOCKET s, const char *bytes, int size, int flags)
{
    if (flags & MSG_OOB && is_stream6(s))
        flags &= ~MSG_OOB;
    return real(send)(s, bytes, size, flags);
}
MUTANT(urgent_data_of_ipv6_is_normal, "send with MSG_OOB sends normal data over IPv6",
       PATCH(send, sends_no_urgent));

static int WINAPI tells_no_bytes(SOCKET s, long command, u_long *value)
{
    int result = real(ioctlsocket)(s, command, value);
    if (result == 0 && command == (long)FIONREAD && s == accepted)
        *value = 0;
    return result;
}
MUTANT(fionread_of_ipv6_is_0, "FIONREAD tells 0 of a connection of IPv6",
       PATCH(accept, notes_accepted), PATCH(ioctlsocket, tells_no_bytes));

static int WINAPI records_no_data(SOCKET s, WSAEVENT event, LPWSANETWORKEVENTS events)
{
    int result = real(WSAEnumNetworkEvents)(s, event, events);
    if (result == 0 && s == accepted)
        events->lNetworkEvents &= ~FD_READ;
    return result;
}
MUTANT(data_of_ipv6_are_not_recorded, "WSAEnumNetworkEvents tells no FD_READ of IPv6",
       PATCH(accept, notes_accepted), PATCH(WSAEnumNetworkEvents, records_no_data));

static int WINAPI records_no_end(SOCKET s, WSAEVENT event, LPWSANETWORKEVENTS events)
{
    int result = real(WSAEnumNetworkEvents)(s, event, events);
    if (result == 0 && s == accepted)
        events->lNetworkEvents &= ~FD_CLOSE;
    return result;
}
MUTANT(end_of_ipv6_is_not_recorded, "WSAEnumNetworkEvents tells no FD_CLOSE of IPv6",
       PATCH(accept, notes_accepted), PATCH(WSAEnumNetworkEvents, records_no_end));
