/* Wrong behaviours, for the tests of blocking_mode.c: what FIONBIO makes of calls that have to
 * wait. */
#include "winsock-mutants.h"

static int WINAPI on_ignored(SOCKET s, long command, u_long *argument)
{
    return command == (long)FIONBIO && *argument && is_datagram(s)
               ? 0
               : real(ioctlsocket)(s, command, argument);
}
MUTANT(fionbio_on_ignored, "FIONBIO does not make a datagram socket nonblocking",
       PATCH(ioctlsocket, on_ignored));

static int WINAPI off_ignored(SOCKET s, long command, u_long *argument)
{
    return command == (long)FIONBIO && !*argument ? 0 : real(ioctlsocket)(s, command, argument);
}
MUTANT(fionbio_off_ignored, "FIONBIO does not make a socket blocking again",
       PATCH(ioctlsocket, off_ignored));

static int WINAPI recv_blocked_is_end(SOCKET s, char *buffer, int size, int flags)
{
    return failure_hidden(real(recv)(s, buffer, size, flags), WSAEWOULDBLOCK, 0);
}
MUTANT(recv_would_block_is_end, "a nonblocking recv without data looks like the end of the stream",
       PATCH(recv, recv_blocked_is_end));

static int WINAPI recvfrom_blocked_is_empty(SOCKET s, char *buffer, int size, int flags,
                                            struct sockaddr *from, int *length)
{
    return failure_hidden(real(recvfrom)(s, buffer, size, flags, from, length), WSAEWOULDBLOCK, 0);
}
MUTANT(recvfrom_would_block_is_empty,
       "a nonblocking recvfrom without data looks like an empty datagram",
       PATCH(recvfrom, recvfrom_blocked_is_empty));

static int WINAPI recvfrom_late_is_blocked(SOCKET s, char *buffer, int size, int flags,
                                           struct sockaddr *from, int *length)
{
    return failure_renamed(real(recvfrom)(s, buffer, size, flags, from, length), WSAETIMEDOUT,
                           WSAEWOULDBLOCK);
}
MUTANT(recvfrom_time_out_is_would_block, "a recvfrom that times out says WSAEWOULDBLOCK",
       PATCH(recvfrom, recvfrom_late_is_blocked));

static SOCKET WINAPI accept_blocked_is_invalid(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real(accept)(s, name, length);
    rename_error(accepted == INVALID_SOCKET, WSAEWOULDBLOCK, WSAEINVAL);
    return accepted;
}
MUTANT(accept_would_block_is_invalid, "a nonblocking accept without connections says WSAEINVAL",
       PATCH(accept, accept_blocked_is_invalid));
