/* Wrong behaviours, for the tests of ioctl.c: ioctlsocket and WSAIoctl: FIONREAD, FIONBIO and
 * what they refuse. */
#include "ioctl-mutants.h"

#define COMMAND_PARAMETERS SOCKET s, long command, u_long *argument
#define COMMAND real(ioctlsocket)(s, command, argument)

static int WINAPI never_nothing(COMMAND_PARAMETERS)
{
    int result = COMMAND;
    if (result == 0 && command == (long)FIONREAD && *argument == 0)
        *argument = 1;
    return result;
}
MUTANT(fionread_is_never_0, "FIONREAD reports a byte where there is none",
       PATCH(ioctlsocket, never_nothing));

static int WINAPI counts_half(COMMAND_PARAMETERS)
{
    int result = COMMAND;
    if (result == 0 && command == (long)FIONREAD && is_stream(s))
        *argument /= 2;
    return result;
}
MUTANT(fionread_counts_half, "FIONREAD reports half of what a stream has",
       PATCH(ioctlsocket, counts_half));

static int WINAPI command_fault(COMMAND_PARAMETERS)
{
    return failure_renamed(COMMAND, WSAEFAULT, WSAEINVAL);
}
MUTANT(ioctlsocket_fault_is_invalid, "ioctlsocket without an argument fails with WSAEINVAL",
       PATCH(ioctlsocket, command_fault));

static int WINAPI takes_any_command(COMMAND_PARAMETERS)
{
    return command == (long)FIONREAD || command == (long)FIONBIO || command == (long)SIOCATMARK
               ? COMMAND
               : 0;
}
MUTANT(ioctlsocket_takes_any_command, "ioctlsocket succeeds with a command that nobody knows",
       PATCH(ioctlsocket, takes_any_command));

static int WINAPI stays_blocking(IOCTL_PARAMETERS)
{
    u_long off = 0;
    int result = IOCTL;
    if (result == 0 && code == (DWORD)FIONBIO) {
        DWORD milliseconds = 10;
        real(ioctlsocket)(s, FIONBIO, &off);
        real(setsockopt)(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&milliseconds, sizeof(milliseconds));
    }
    return result;
}
MUTANT(wsaioctl_leaves_sockets_blocking, "WSAIoctl with FIONBIO changes nothing",
       PATCH(WSAIoctl, stays_blocking));

static int WINAPI ioctl_fault(IOCTL_PARAMETERS)
{
    return failure_renamed(IOCTL, WSAEFAULT, WSAEINVAL);
}
MUTANT(wsaioctl_fault_is_invalid, "WSAIoctl with too little room fails with WSAEINVAL",
       PATCH(WSAIoctl, ioctl_fault));

static bool switched_off;

static int WINAPI notes_switch(IOCTL_PARAMETERS)
{
    if (code == SIO_UDP_CONNRESET && in)
        switched_off = !*(BOOL *)in;
    return IOCTL;
}

static int WINAPI still_reset(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    return switched_off ? failure_renamed(got, WSAETIMEDOUT, WSAECONNRESET) : got;
}
MUTANT(udp_connreset_cannot_be_switched_off, "SIO_UDP_CONNRESET does not switch the reports off",
       PATCH(WSAIoctl, notes_switch), PATCH(recv, still_reset));

static int WINAPI never_reset(SOCKET s, char *bytes, int size, int flags)
{
    return is_datagram(s)
               ? failure_renamed(real(recv)(s, bytes, size, flags), WSAECONNRESET, WSAETIMEDOUT)
               : real(recv)(s, bytes, size, flags);
}
MUTANT(recv_of_datagrams_is_not_reset, "recv is not told that a port cannot be reached",
       PATCH(recv, never_reset));

static int WINAPI keepalive_answers(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == SIO_KEEPALIVE_VALS)
        *size = 12;
    return result;
}
MUTANT(keepalive_values_have_output, "SIO_KEEPALIVE_VALS reports output",
       PATCH(WSAIoctl, keepalive_answers));

TELLS_ANOTHER(other_base, SIO_BASE_HANDLE)

MUTANT(base_handle_is_another, "SIO_BASE_HANDLE gives another handle", PATCH(WSAIoctl, other_base));
