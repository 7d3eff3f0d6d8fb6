/* Wrong behaviours, for the tests of urgent_order.c: out-of-band data and the order of the stream.
 */
#include "../dgram/dgram-mutants.h"

static bool urgent_waits(SOCKET s)
{
    DWORD error = GetLastError();
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL now = {0, 0};
    bool waits = real(select)(0, NULL, NULL, &one, &now) == 1;
    SetLastError(error);
    return waits;
}

static int WINAPI loses_urgent(RECV_PARAMETERS)
{
    bool urgent = !flags && urgent_waits(s);
    int got = RECV;
    char byte;
    if (got > 0 && urgent && !bytes_waiting(s))
        real(recv)(s, &byte, 1, MSG_OOB);
    return got;
}
MUTANT(recv_of_normal_data_loses_urgent_data,
       "recv of all normal data takes the urgent byte away, too", PATCH(recv, loses_urgent));

static SOCKET told = INVALID_SOCKET;

static int WINAPI mark_noted(SOCKET s, long command, u_long *argument)
{
    int result = real(ioctlsocket)(s, command, argument);
    if (result != 0 || command != (long)SIOCATMARK)
        return result;
    if (!*argument)
        told = s;
    else if (s == told)
        *argument = FALSE;
    return result;
}
MUTANT(siocatmark_remembers_urgent_data, "SIOCATMARK goes on to say FALSE after the urgent byte",
       PATCH(ioctlsocket, mark_noted));

static int WINAPI tells_in_line(SOCKET s, long command, u_long *argument)
{
    int result = real(ioctlsocket)(s, command, argument);
    if (result == 0 && command == (long)SIOCATMARK && socket_option(s, SO_OOBINLINE))
        *argument = !bytes_waiting(s);
    return result;
}
MUTANT(siocatmark_tells_of_urgent_data_in_line,
       "SIOCATMARK says FALSE for urgent data that are in line", PATCH(ioctlsocket, tells_in_line));

static int WINAPI sends_again(SOCKET s, const char *bytes, int size, int flags)
{
    static SOCKET last = INVALID_SOCKET;
    static char kept;
    if (flags == MSG_OOB) {
        if (s == last)
            real(send)(s, &kept, 1, 0);
        last = s;
        kept = bytes[size - 1];
    }
    return real(send)(s, bytes, size, flags);
}
MUTANT(urgent_data_come_back_into_the_stream,
       "An urgent byte comes into the stream when another one follows", PATCH(send, sends_again));

static int WINAPI not_in_line(SET_PARAMETERS)
{
    return level == SOL_SOCKET && option == SO_OOBINLINE && is_stream(s) ? 0 : SET;
}
MUTANT(oobinline_changes_nothing, "SO_OOBINLINE leaves urgent data out of the stream",
       PATCH(setsockopt, not_in_line));

static int WINAPI next_for_urgent(WSARECVFROM_PARAMETERS)
{
    if (*flags & MSG_OOB && is_stream(s) && bytes_waiting(s) && !socket_option(s, SO_OOBINLINE))
        *flags = 0;
    return WSARECVFROM;
}
MUTANT(wsarecvfrom_takes_the_next_for_urgent,
       "WSARecvFrom with MSG_OOB returns the next normal byte of a stream",
       PATCH(WSARecvFrom, next_for_urgent));

static int WINAPI recv_would_block(WSARECV_PARAMETERS)
{
    bool urgent = *flags & MSG_OOB && socket_option(s, SO_OOBINLINE);
    int result = WSARECV;
    return urgent ? failure_renamed(result, WSAEINVAL, WSAEWOULDBLOCK) : result;
}
MUTANT(wsarecv_of_inline_urgent_data_would_block,
       "WSARecv with MSG_OOB fails with WSAEWOULDBLOCK when urgent data are in line",
       PATCH(WSARecv, recv_would_block));

static int WINAPI recvfrom_would_block(WSARECVFROM_PARAMETERS)
{
    bool urgent = *flags & MSG_OOB && socket_option(s, SO_OOBINLINE);
    int result = WSARECVFROM;
    return urgent ? failure_renamed(result, WSAEINVAL, WSAEWOULDBLOCK) : result;
}
MUTANT(wsarecvfrom_of_inline_urgent_data_would_block,
       "WSARecvFrom with MSG_OOB fails with WSAEWOULDBLOCK when urgent data are in line",
       PATCH(WSARecvFrom, recvfrom_would_block));
