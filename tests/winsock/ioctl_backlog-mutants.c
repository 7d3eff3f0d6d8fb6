/* Wrong behaviours, for the tests of ioctl_backlog.c. */
#include "ioctl-mutants.h"

static int WINAPI takes_smaller(IOCTL_PARAMETERS)
{
    static ULONG whole;
    if (code != CODE_IDEAL_SEND_BACKLOG || out_size >= sizeof(whole))
        return IOCTL;
    int result =
        real(WSAIoctl)(s, code, in, in_size, &whole, sizeof(whole), size, overlapped, routine);
    if (result == 0 && out)
        memcpy(out, &whole, sizeof(whole));
    return result;
}
MUTANT(backlog_takes_a_smaller_buffer,
       "SIO_IDEAL_SEND_BACKLOG_QUERY stores a ULONG in whatever buffer",
       PATCH(WSAIoctl, takes_smaller));

IOCTL_FAILS(small_fault, CODE_IDEAL_SEND_BACKLOG, out_size == sizeof(ULONG) - 1, WSAEINVAL,
            WSAEFAULT)
MUTANT(backlog_small_is_a_fault,
       "SIO_IDEAL_SEND_BACKLOG_QUERY into less than a ULONG fails with WSAEFAULT",
       PATCH(WSAIoctl, small_fault));

static int WINAPI exact_room(IOCTL_PARAMETERS)
{
    if (code == CODE_IDEAL_SEND_BACKLOG && out_size > sizeof(ULONG))
        return socket_fails(WSAEINVAL);
    return IOCTL;
}
MUTANT(backlog_takes_no_larger_buffer,
       "SIO_IDEAL_SEND_BACKLOG_QUERY fails when the buffer is not as large as a ULONG",
       PATCH(WSAIoctl, exact_room));

IOCTL_FAILS(null_invalid, CODE_IDEAL_SEND_BACKLOG, !out && out_size, WSAEFAULT, WSAEINVAL)
MUTANT(backlog_without_buffer_is_invalid,
       "SIO_IDEAL_SEND_BACKLOG_QUERY without a buffer fails with WSAEINVAL",
       PATCH(WSAIoctl, null_invalid));

static bool is_nowhere(const void *address)
{
    MEMORY_BASIC_INFORMATION info = {0};
    VirtualQuery(address, &info, sizeof(info));
    return address && info.State != MEM_COMMIT;
}

static int WINAPI output_nowhere(IOCTL_PARAMETERS)
{
    return code == CODE_IDEAL_SEND_BACKLOG && is_nowhere(out) ? 0 : IOCTL;
}
MUTANT(backlog_nowhere_succeeds,
       "SIO_IDEAL_SEND_BACKLOG_QUERY into an address that is not in memory succeeds",
       PATCH(WSAIoctl, output_nowhere));

static int WINAPI no_count(IOCTL_PARAMETERS)
{
    DWORD own = 0;
    if (code == CODE_IDEAL_SEND_BACKLOG && !size)
        return real(WSAIoctl)(s, code, in, in_size, out, out_size, &own, overlapped, routine);
    return IOCTL;
}
MUTANT(backlog_needs_no_count, "SIO_IDEAL_SEND_BACKLOG_QUERY needs no room for the count",
       PATCH(WSAIoctl, no_count));

static int WINAPI count_nowhere(IOCTL_PARAMETERS)
{
    return code == CODE_IDEAL_SEND_BACKLOG && is_nowhere(size) ? 0 : IOCTL;
}
MUTANT(backlog_count_nowhere_succeeds,
       "SIO_IDEAL_SEND_BACKLOG_QUERY succeeds when its count is not in memory",
       PATCH(WSAIoctl, count_nowhere));

IOCTL_FAILS(datagram_unconnected, CODE_IDEAL_SEND_BACKLOG, is_datagram(s), WSAEOPNOTSUPP,
            WSAENOTCONN)
MUTANT(backlog_of_datagrams_is_not_connected,
       "SIO_IDEAL_SEND_BACKLOG_QUERY of a datagram socket fails with WSAENOTCONN",
       PATCH(WSAIoctl, datagram_unconnected));

static int WINAPI of_bound(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 || code != CODE_IDEAL_SEND_BACKLOG || !is_stream(s) || is_listening(s) ||
        !is_bound(s))
        return result;
    int hidden = failure_hidden(result, WSAENOTCONN, 0);
    if (hidden == 0)
        *(ULONG *)out = 0x10000;
    return hidden;
}
MUTANT(backlog_of_what_is_bound, "SIO_IDEAL_SEND_BACKLOG_QUERY of a bound socket tells a size",
       PATCH(WSAIoctl, of_bound));

IOCTL_FAILS(of_listeners, CODE_IDEAL_SEND_BACKLOG, is_listening(s), WSAENOTCONN, WSAEOPNOTSUPP)
MUTANT(backlog_of_listeners_is_not_supported,
       "SIO_IDEAL_SEND_BACKLOG_QUERY of a listening socket fails with WSAEOPNOTSUPP",
       PATCH(WSAIoctl, of_listeners));

static SOCKET accepted = INVALID_SOCKET;

static SOCKET WINAPI notes_accepted(SOCKET s, struct sockaddr *name, int *length)
{
    return accepted = real(accept)(s, name, length);
}

static int WINAPI of_clients(IOCTL_PARAMETERS)
{
    if (code == CODE_IDEAL_SEND_BACKLOG && s == accepted && accepted != INVALID_SOCKET)
        return socket_fails(WSAENOTCONN);
    return IOCTL;
}
MUTANT(backlog_of_clients_alone,
       "SIO_IDEAL_SEND_BACKLOG_QUERY of an accepted socket fails with WSAENOTCONN",
       PATCH(accept, notes_accepted), PATCH(WSAIoctl, of_clients));

static SOCKET nonblocking = INVALID_SOCKET;

static int WINAPI notes_nonblocking(SOCKET s, long command, u_long *argument)
{
    int result = real(ioctlsocket)(s, command, argument);
    if (result == 0 && command == (long)FIONBIO)
        nonblocking = *argument ? s : INVALID_SOCKET;
    return result;
}

static int WINAPI would_block(IOCTL_PARAMETERS)
{
    if (code == CODE_IDEAL_SEND_BACKLOG && s == nonblocking)
        return socket_fails(WSAEWOULDBLOCK);
    return IOCTL;
}
MUTANT(backlog_would_block,
       "SIO_IDEAL_SEND_BACKLOG_QUERY of a nonblocking socket fails with WSAEWOULDBLOCK",
       PATCH(ioctlsocket, notes_nonblocking), PATCH(WSAIoctl, would_block));

/* Done at once, and nobody is told. */
static int WINAPI tells_nobody(IOCTL_PARAMETERS)
{
    if (code == CODE_IDEAL_SEND_BACKLOG && overlapped)
        return real(WSAIoctl)(s, code, in, in_size, out, out_size, size, NULL, NULL);
    return IOCTL;
}
MUTANT(backlog_sets_no_event, "An overlapped SIO_IDEAL_SEND_BACKLOG_QUERY sets no event",
       PATCH(WSAIoctl, tells_nobody));

static int WINAPI no_routine(IOCTL_PARAMETERS)
{
    if (code == CODE_IDEAL_SEND_BACKLOG && routine)
        return real(WSAIoctl)(s, code, in, in_size, out, out_size, size, overlapped, NULL);
    return IOCTL;
}
MUTANT(backlog_runs_no_routine, "SIO_IDEAL_SEND_BACKLOG_QUERY runs no routine",
       PATCH(WSAIoctl, no_routine));

static int WINAPI overlaps_always(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == CODE_IDEAL_SEND_BACKLOG && overlapped && !routine) {
        overlapped->Internal = 0;
        overlapped->InternalHigh = sizeof(ULONG);
        if (overlapped->hEvent)
            real(SetEvent)(overlapped->hEvent);
    }
    return result;
}
MUTANT(backlog_overlaps_always,
       "SIO_IDEAL_SEND_BACKLOG_QUERY uses the OVERLAPPED of a socket that is not overlapped",
       PATCH(WSAIoctl, overlaps_always));
