/* Wrong behaviours, for the tests of ioctl_modes.c: WSAIoctl and ioctlsocket. */
#include "ioctl-mutants.h"

/* The mode that a socket was given, and whether a call that fails so would have done otherwise. */
IOCTL_FAILS(blocks_watched, FIONBIO, true, WSAEINVAL, 0)
MUTANT(wsaioctl_makes_watched_sockets_blocking,
       "FIONBIO of WSAIoctl with 0 succeeds while WSAEventSelect watches the socket",
       PATCH(WSAIoctl, blocks_watched));

static int WINAPI one_is_nonblocking(SOCKET s, long command, u_long *argument)
{
    u_long no = 0;
    if (command == (long)FIONBIO && argument && (ULONG_PTR)argument > 0x10000 && *argument > 1)
        return real(ioctlsocket)(s, command, &no);
    return real(ioctlsocket)(s, command, argument);
}
MUTANT(fionbio_takes_1_alone, "FIONBIO of ioctlsocket with a number above 1 makes blocking",
       PATCH(ioctlsocket, one_is_nonblocking));

/* Sockets that nobody has set the mode of: those of the calls to socket, until FIONBIO. */
static SOCKET made = INVALID_SOCKET;

static int WINAPI notes_mode(SOCKET s, long command, u_long *argument)
{
    if (command == (long)FIONBIO)
        made = s;
    return real(ioctlsocket)(s, command, argument);
}

static bool nothing_waits(SOCKET s)
{
    DWORD error = GetLastError();
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    bool nothing = real(select)(0, &one, NULL, NULL, &(TIMEVAL){0, 0}) == 0;
    SetLastError(error);
    return nothing;
}

static int WINAPI new_is_nonblocking(SOCKET s, char *bytes, int size, int flags)
{
    if (is_datagram(s) && s != made && nothing_waits(s))
        return socket_fails(WSAEWOULDBLOCK);
    return real(recv)(s, bytes, size, flags);
}
MUTANT(new_datagram_sockets_are_nonblocking, "A new datagram socket is nonblocking",
       PATCH(ioctlsocket, notes_mode), PATCH(recv, new_is_nonblocking));

static int WINAPI never_blocking(IOCTL_PARAMETERS)
{
    DWORD count = 0;
    if (code == (DWORD)FIONBIO && in && in_size >= sizeof(u_long) && !*(u_long *)in &&
        !overlapped && size) {
        u_long yes = 1;
        return real(WSAIoctl)(s, code, &yes, sizeof(yes), NULL, 0, &count, NULL, NULL);
    }
    return IOCTL;
}
MUTANT(wsaioctl_never_makes_blocking, "FIONBIO of WSAIoctl with 0 leaves a socket nonblocking",
       PATCH(WSAIoctl, never_blocking));

static int WINAPI needs_no_count(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    return overlapped && !size ? failure_hidden(result, WSAEFAULT, 0) : result;
}
MUTANT(wsaioctl_with_overlapped_needs_no_count,
       "WSAIoctl with an OVERLAPPED needs no room for the count", PATCH(WSAIoctl, needs_no_count));

static int WINAPI argument_invalid(SOCKET s, long command, u_long *argument)
{
    int result = real(ioctlsocket)(s, command, argument);
    return argument && (ULONG_PTR)argument < 0x10000 ? failure_renamed(result, WSAEFAULT, WSAEINVAL)
                                                     : result;
}
MUTANT(ioctlsocket_argument_nowhere_is_invalid,
       "ioctlsocket fails with WSAEINVAL when its argument is not in memory",
       PATCH(ioctlsocket, argument_invalid));

static int WINAPI listener_has_no_queue(SOCKET s, long command, u_long *argument)
{
    if (command != (long)FIONBIO && is_listening(s))
        return socket_fails(WSAENOTCONN);
    return real(ioctlsocket)(s, command, argument);
}
MUTANT(ioctlsocket_refuses_listeners, "FIONREAD and SIOCATMARK fail on a listening socket",
       PATCH(ioctlsocket, listener_has_no_queue));

static int WINAPI tells_no_backlog(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == CODE_IDEAL_SEND_BACKLOG)
        *(ULONG *)out = 0;
    return result;
}
MUTANT(backlog_is_0, "SIO_IDEAL_SEND_BACKLOG_QUERY tells 0", PATCH(WSAIoctl, tells_no_backlog));

IOCTL_FAILS(backlog_of_all, CODE_IDEAL_SEND_BACKLOG, true, WSAENOTCONN, WSAEINVAL)
MUTANT(backlog_without_connection_is_invalid,
       "SIO_IDEAL_SEND_BACKLOG_QUERY without a connection fails with WSAEINVAL",
       PATCH(WSAIoctl, backlog_of_all));

static LPWSAOVERLAPPED_COMPLETION_ROUTINE wrapped;

static void CALLBACK sets_event(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    if (overlapped->hEvent)
        SetEvent(overlapped->hEvent);
    wrapped(error, count, overlapped, flags);
}

static int WINAPI routine_and_event(IOCTL_PARAMETERS)
{
    if (routine) {
        wrapped = routine;
        routine = sets_event;
    }
    return IOCTL;
}
MUTANT(wsaioctl_with_routine_sets_event, "WSAIoctl with a routine sets hEvent as well",
       PATCH(WSAIoctl, routine_and_event));

static int WINAPI runs_at_once(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    DWORD error = GetLastError();
    if (routine && (result == 0 || error == WSA_IO_PENDING))
        real(SleepEx)(20, TRUE);
    SetLastError(error);
    return result;
}
MUTANT(wsaioctl_runs_the_routine_at_once, "The routine of WSAIoctl runs before an alertable wait",
       PATCH(WSAIoctl, runs_at_once));

static void CALLBACK is_success(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    wrapped(error == WSA_OPERATION_ABORTED ? 0 : error, count, overlapped, flags);
}

static int WINAPI closed_is_success(IOCTL_PARAMETERS)
{
    if (routine) {
        wrapped = routine;
        routine = is_success;
    }
    return IOCTL;
}
MUTANT(wsaioctl_closed_is_success,
       "The routine of a WSAIoctl whose socket is closed is told of no error",
       PATCH(WSAIoctl, closed_is_success));

struct call {
    SOCKET s;
    DWORD code;
    LPWSAOVERLAPPED overlapped;
    int result;
    DWORD error;
    HANDLE done;
};

static DWORD WINAPI begin_and_stay(void *argument)
{
    static DWORD count;
    struct call *call = argument;
    call->result =
        real(WSAIoctl)(call->s, call->code, NULL, 0, NULL, 0, &count, call->overlapped, NULL);
    call->error = GetLastError();
    real(SetEvent)(call->done);
    while (real(WaitForSingleObject)(GetCurrentThread(), 1000) == WAIT_TIMEOUT)
        ;
    return 0;
}

static int WINAPI waits_elsewhere(IOCTL_PARAMETERS)
{
    static struct call call;
    if (!overlapped || routine || in || out || code != (DWORD)SIO_ADDRESS_LIST_CHANGE)
        return IOCTL;
    call = (struct call){s, code, overlapped, 0, 0, NULL};
    call.done = real(CreateEventW)(NULL, TRUE, FALSE, NULL);
    HANDLE thread = CreateThread(NULL, 0, begin_and_stay, &call, 0, NULL);
    real(WaitForSingleObject)(call.done, 10000);
    real(CloseHandle)(thread);
    SetLastError(call.error);
    return call.result;
}
MUTANT(wsaioctl_outlives_its_thread,
       "A pending WSAIoctl does not end with the thread that began it",
       PATCH(WSAIoctl, waits_elsewhere));

static SOCKET nonblocking = INVALID_SOCKET;

static int WINAPI notes_nonblocking(SOCKET s, long command, u_long *argument)
{
    int result = real(ioctlsocket)(s, command, argument);
    if (result == 0 && command == (long)FIONBIO)
        nonblocking = *argument ? s : INVALID_SOCKET;
    return result;
}

static int WINAPI overlapped_would_block(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    return overlapped && s == nonblocking ? failure_renamed(result, WSA_IO_PENDING, WSAEWOULDBLOCK)
                                          : result;
}
MUTANT(wsaioctl_overlapped_would_block,
       "An overlapped WSAIoctl of a nonblocking socket does not wait: WSAEWOULDBLOCK",
       PATCH(ioctlsocket, notes_nonblocking), PATCH(WSAIoctl, overlapped_would_block));

IOCTL_FAILS(routes_unheard, SIO_ROUTING_INTERFACE_CHANGE, overlapped, WSA_IO_PENDING, WSAEOPNOTSUPP)
MUTANT(changes_of_routes_are_not_told,
       "An overlapped SIO_ROUTING_INTERFACE_CHANGE fails with WSAEOPNOTSUPP",
       PATCH(WSAIoctl, routes_unheard));

static int WINAPI another_base(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == SIO_BASE_HANDLE && (is_datagram(s) || is_ipv6(s)))
        *(SOCKET *)out += 4;
    return result;
}
MUTANT(base_handle_of_other_kinds_differs,
       "SIO_BASE_HANDLE of a datagram socket, or one of IPv6, is another handle",
       PATCH(WSAIoctl, another_base));

static int WINAPI failure_sets_event(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    DWORD error = GetLastError();
    if (result == SOCKET_ERROR && error == WSAEINVAL && overlapped && overlapped->hEvent)
        SetEvent(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(wsaioctl_failure_sets_event, "WSAIoctl that cannot begin sets the event",
       PATCH(WSAIoctl, failure_sets_event));

static int WINAPI takes_fioasync(SOCKET s, long command, u_long *argument)
{
    return command == (long)FIOASYNC ? 0 : real(ioctlsocket)(s, command, argument);
}
MUTANT(ioctlsocket_takes_fioasync, "ioctlsocket takes FIOASYNC",
       PATCH(ioctlsocket, takes_fioasync));

static int WINAPI wsa_takes_fioasync(IOCTL_PARAMETERS)
{
    return code == (DWORD)FIOASYNC ? 0 : IOCTL;
}
MUTANT(wsaioctl_takes_fioasync, "WSAIoctl takes FIOASYNC", PATCH(WSAIoctl, wsa_takes_fioasync));
