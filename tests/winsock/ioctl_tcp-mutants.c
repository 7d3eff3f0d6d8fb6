/* Wrong behaviours, for the tests of ioctl_tcp.c. */
#include "ioctl-mutants.h"

#define CODE_TCP_INFO 0xD8000027u
#define CODE_BACKLOG_CHANGE 0x2000747Au

static int WINAPI tells_closed(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == CODE_TCP_INFO && out)
        *(DWORD *)out = 0;
    return result;
}
MUTANT(tcp_info_tells_no_connection, "SIO_TCP_INFO tells of a connection that it is closed",
       PATCH(WSAIoctl, tells_closed));

static int WINAPI tells_no_bytes(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == CODE_TCP_INFO && out)
        memset((char *)out + 16, 0, out_size - 16);
    return result;
}
MUTANT(tcp_info_counts_nothing, "SIO_TCP_INFO counts no bytes", PATCH(WSAIoctl, tells_no_bytes));

IOCTL_FAILS(any_version, CODE_TCP_INFO, true, WSAEMSGSIZE, WSAEFAULT)
MUTANT(tcp_info_without_version_is_a_fault, "SIO_TCP_INFO without a version fails with WSAEFAULT",
       PATCH(WSAIoctl, any_version));

IOCTL_FAILS(any_room, CODE_TCP_INFO, out_size <= sizeof(DWORD), WSAEINVAL, WSAEFAULT)
MUTANT(tcp_info_without_room_is_a_fault, "SIO_TCP_INFO with too little room fails with WSAEFAULT",
       PATCH(WSAIoctl, any_room));

static int WINAPI of_datagrams(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    return code == CODE_TCP_INFO && is_datagram(s) ? 0 : result;
}
MUTANT(datagrams_have_tcp_info, "SIO_TCP_INFO succeeds on datagram sockets",
       PATCH(WSAIoctl, of_datagrams));

IOCTL_FAILS(unconnected_waits, CODE_BACKLOG_CHANGE, true, WSAENOTCONN, WSA_IO_PENDING)
MUTANT(backlog_change_needs_no_connection,
       "SIO_IDEAL_SEND_BACKLOG_CHANGE pends without a connection",
       PATCH(WSAIoctl, unconnected_waits));

IOCTL_FAILS(datagram_waits, CODE_BACKLOG_CHANGE, is_datagram(s), WSAEOPNOTSUPP, WSA_IO_PENDING)
MUTANT(backlog_change_of_datagrams_pends, "SIO_IDEAL_SEND_BACKLOG_CHANGE of datagrams pends",
       PATCH(WSAIoctl, datagram_waits));

IOCTL_FAILS(output_waits, CODE_BACKLOG_CHANGE, out_size, WSAEINVAL, WSA_IO_PENDING)
MUTANT(backlog_change_takes_output, "SIO_IDEAL_SEND_BACKLOG_CHANGE takes an output buffer",
       PATCH(WSAIoctl, output_waits));

IOCTL_FAILS(never_waits, CODE_BACKLOG_CHANGE, !out_size, WSA_IO_PENDING, WSAEOPNOTSUPP)
MUTANT(backlog_change_never_pends, "SIO_IDEAL_SEND_BACKLOG_CHANGE is not supported",
       PATCH(WSAIoctl, never_waits));
