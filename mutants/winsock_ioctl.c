/* Wrong behaviours of select, ioctlsocket, WSAIoctl, options, event objects and waiting. */
#include "winsock_socket.h"

#define SELECT_PARAMETERS \
    int count, fd_set *readable, fd_set *writable, fd_set *exceptional, const PTIMEVAL time
#define SELECT(time_) real.select(count, readable, writable, exceptional, (time_))

static int WINAPI minds_count(SELECT_PARAMETERS)
{
    return count < 0 ? socket_fails(WSAEINVAL) : SELECT(time);
}
MUTANT(select_minds_the_first_argument, "select fails for a negative first argument",
       PATCH(select, minds_count));

static int WINAPI changes_time(SELECT_PARAMETERS)
{
    int ready = SELECT(time);
    if (ready == 0 && time)
        time->tv_usec = 0;
    return ready;
}
MUTANT(select_changes_the_time, "select stores the time that is left", PATCH(select, changes_time));

static int WINAPI short_time(SELECT_PARAMETERS)
{
    TIMEVAL tenth;
    if (!time || time->tv_sec || time->tv_usec < 100000)
        return SELECT(time);
    tenth = (TIMEVAL){.tv_sec = 0, .tv_usec = time->tv_usec / 10};
    return SELECT(&tenth);
}
MUTANT(select_waits_a_tenth, "select waits for a tenth of the time", PATCH(select, short_time));

static int WINAPI no_time_is_zero(SELECT_PARAMETERS)
{
    TIMEVAL zero = {0, 0};
    return SELECT(time ? time : &zero);
}
MUTANT(select_without_a_time_polls, "select without a time does not wait",
       PATCH(select, no_time_is_zero));

static int WINAPI empty_is_time_out(SELECT_PARAMETERS)
{
    return readable && !readable->fd_count ? failure_hidden(SELECT(time), WSAEINVAL, 0)
                                           : SELECT(time);
}
MUTANT(select_of_empty_sets_returns_0, "select of an empty set returns 0",
       PATCH(select, empty_is_time_out));

static int WINAPI at_most_64(SELECT_PARAMETERS)
{
    return readable && readable->fd_count > 64 ? socket_fails(WSAEINVAL) : SELECT(time);
}
MUTANT(select_takes_64_sockets, "select fails for more than 64 sockets", PATCH(select, at_most_64));

/* ---- ioctlsocket and WSAIoctl */

#define COMMAND_PARAMETERS SOCKET s, long command, u_long *argument
#define COMMAND real.ioctlsocket(s, command, argument)

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

#define IOCTL_PARAMETERS                                                                      \
    SOCKET s, DWORD code, LPVOID in, DWORD in_size, LPVOID out, DWORD out_size, LPDWORD size, \
        LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define IOCTL real.WSAIoctl(s, code, in, in_size, out, out_size, size, overlapped, routine)

static int WINAPI stays_blocking(IOCTL_PARAMETERS)
{
    u_long off = 0;
    int result = IOCTL;
    if (result == 0 && code == (DWORD)FIONBIO) {
        DWORD milliseconds = 10;
        real.ioctlsocket(s, FIONBIO, &off);
        real.setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&milliseconds, sizeof(milliseconds));
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

#define CONNRESET _WSAIOW(IOC_VENDOR, 12)

static bool switched_off;

static int WINAPI notes_switch(IOCTL_PARAMETERS)
{
    if (code == CONNRESET && in)
        switched_off = !*(BOOL *)in;
    return IOCTL;
}

static int WINAPI still_reset(SOCKET s, char *bytes, int size, int flags)
{
    int got = real.recv(s, bytes, size, flags);
    return switched_off ? failure_renamed(got, WSAETIMEDOUT, WSAECONNRESET) : got;
}
MUTANT(udp_connreset_cannot_be_switched_off, "SIO_UDP_CONNRESET does not switch the reports off",
       PATCH(WSAIoctl, notes_switch), PATCH(recv, still_reset));

static int WINAPI never_reset(SOCKET s, char *bytes, int size, int flags)
{
    return is_datagram(s)
               ? failure_renamed(real.recv(s, bytes, size, flags), WSAECONNRESET, WSAETIMEDOUT)
               : real.recv(s, bytes, size, flags);
}
MUTANT(recv_of_datagrams_is_not_reset, "recv is not told that a port cannot be reached",
       PATCH(recv, never_reset));

static int WINAPI keepalive_answers(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == _WSAIOW(IOC_VENDOR, 4))
        *size = 12;
    return result;
}
MUTANT(keepalive_values_have_output, "SIO_KEEPALIVE_VALS reports output",
       PATCH(WSAIoctl, keepalive_answers));

static int WINAPI other_base(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == _WSAIOR(IOC_WS2, 34))
        *(SOCKET *)out += 4;
    return result;
}
MUTANT(base_handle_is_another, "SIO_BASE_HANDLE gives another handle", PATCH(WSAIoctl, other_base));

/* ---- Options */

#define GET_PARAMETERS SOCKET s, int level, int option, char *value, int *size
#define GET real.getsockopt(s, level, option, value, size)
#define SET_PARAMETERS SOCKET s, int level, int option, const char *value, int size
#define SET real.setsockopt(s, level, option, value, size)

static int WINAPI get_renames(GET_PARAMETERS)
{
    return failure_renamed(failure_renamed(GET, WSAENOPROTOOPT, WSAEINVAL), WSAEFAULT, WSAEINVAL);
}
MUTANT(getsockopt_errors_are_invalid, "getsockopt fails with WSAEINVAL for whatever is wrong",
       PATCH(getsockopt, get_renames));

static int WINAPI set_renames(SET_PARAMETERS)
{
    return failure_renamed(failure_renamed(SET, WSAENOPROTOOPT, WSAEINVAL), WSAEFAULT, WSAEINVAL);
}
MUTANT(setsockopt_errors_are_invalid, "setsockopt fails with WSAEINVAL for whatever is wrong",
       PATCH(setsockopt, set_renames));

static int WINAPI level_is_option(SET_PARAMETERS)
{
    int result = SET;
    return level == 0x8000 ? failure_renamed(result, WSAEINVAL, WSAENOPROTOOPT) : result;
}
MUTANT(setsockopt_of_unknown_level_has_no_option,
       "setsockopt fails with WSAENOPROTOOPT for an unknown level",
       PATCH(setsockopt, level_is_option));

static int WINAPI keepalive_is_on(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_KEEPALIVE)
        *value = TRUE;
    return result;
}
MUTANT(keepalive_is_on, "SO_KEEPALIVE is on by default", PATCH(getsockopt, keepalive_is_on));

static int WINAPI nodelay_is_on(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == IPPROTO_TCP && option == TCP_NODELAY)
        *value = TRUE;
    return result;
}
MUTANT(nodelay_is_on, "TCP_NODELAY is on by default", PATCH(getsockopt, nodelay_is_on));

static int WINAPI numbers_halved(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET &&
        (option == SO_RCVBUF || option == SO_SNDBUF || option == SO_RCVTIMEO ||
         option == SO_SNDTIMEO))
        *(int *)value /= 2;
    return result;
}
MUTANT(getsockopt_halves_numbers, "Sizes of buffers and time-outs are told as half of what was set",
       PATCH(getsockopt, numbers_halved));

static int WINAPI linger_is_0(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_LINGER)
        ((LINGER *)value)->l_linger = 0;
    return result;
}
MUTANT(getsockopt_forgets_the_linger_time, "SO_LINGER tells a time of 0",
       PATCH(getsockopt, linger_is_0));

static SOCKET timed_out;

static int WINAPI recv_notes_time_out(SOCKET s, char *bytes, int size, int flags)
{
    int got = real.recv(s, bytes, size, flags);
    if (got == SOCKET_ERROR && GetLastError() == WSAETIMEDOUT)
        timed_out = s;
    return got;
}

static int WINAPI dead_after_time_out(SOCKET s, char *bytes, int size, int flags,
                                      struct sockaddr *from, int *length)
{
    return timed_out && s == timed_out ? socket_fails(WSAECONNABORTED)
                                       : real.recvfrom(s, bytes, size, flags, from, length);
}
MUTANT(time_out_ends_the_socket, "A socket whose receive ran out of time receives no more",
       PATCH(recv, recv_notes_time_out), PATCH(recvfrom, dead_after_time_out));

/* ---- Event objects */

static WSAEVENT WINAPI auto_reset(void)
{
    return real.CreateEventW(NULL, FALSE, FALSE, NULL);
}
MUTANT(wsa_event_resets_itself, "WSACreateEvent makes an auto-reset event",
       PATCH(WSACreateEvent, auto_reset));

static bool is_open(WSAEVENT event)
{
    DWORD error = GetLastError();
    bool open = real.WaitForSingleObject(event, 0) != WAIT_FAILED;
    SetLastError(error);
    return open;
}

static BOOL WINAPI sets_nothing(WSAEVENT event)
{
    static bool before;
    if (before || !is_open(event))
        return real.WSASetEvent(event);
    before = true;
    return TRUE;
}
MUTANT(wsa_set_event_sets_nothing, "The first WSASetEvent returns TRUE and sets nothing",
       PATCH(WSASetEvent, sets_nothing));

static BOOL WINAPI resets_nothing(WSAEVENT event)
{
    return is_open(event) || real.WSAResetEvent(event);
}
MUTANT(wsa_reset_event_resets_nothing, "WSAResetEvent returns TRUE and resets nothing",
       PATCH(WSAResetEvent, resets_nothing));

static BOOL WINAPI sets_closed(WSAEVENT event)
{
    return !is_open(event) || real.WSASetEvent(event);
}
MUTANT(wsa_set_event_accepts_closed, "WSASetEvent returns TRUE for an event that is closed",
       PATCH(WSASetEvent, sets_closed));

static BOOL WINAPI resets_closed(WSAEVENT event)
{
    return !is_open(event) || real.WSAResetEvent(event);
}
MUTANT(wsa_reset_event_accepts_closed, "WSAResetEvent returns TRUE for an event that is closed",
       PATCH(WSAResetEvent, resets_closed));

/* ---- WSAWaitForMultipleEvents */

#define WAIT_PARAMETERS DWORD count, const WSAEVENT *events, BOOL all, DWORD time, BOOL alertable
#define WAIT real.WSAWaitForMultipleEvents(count, events, all, time, alertable)

static DWORD WINAPI highest(WAIT_PARAMETERS)
{
    DWORD which = WAIT;
    for (DWORD i = count; !all && which < count && i-- > which;)
        if (real.WaitForSingleObject(events[i], 0) == WAIT_OBJECT_0)
            return i;
    return which;
}
MUTANT(wsa_wait_tells_the_highest, "WSAWaitForMultipleEvents tells the highest event that is set",
       PATCH(WSAWaitForMultipleEvents, highest));

static DWORD WINAPI any_will_do(WAIT_PARAMETERS)
{
    all = FALSE;
    return WAIT;
}
MUTANT(wsa_wait_for_all_takes_one, "WSAWaitForMultipleEvents returns with one event of all",
       PATCH(WSAWaitForMultipleEvents, any_will_do));

static DWORD WINAPI consumes(WAIT_PARAMETERS)
{
    DWORD which = WAIT;
    if (all && which == WSA_WAIT_TIMEOUT)
        for (DWORD i = 0; i < count; i++)
            real.ResetEvent(events[i]);
    return which;
}
MUTANT(wsa_wait_for_all_consumes, "WSAWaitForMultipleEvents resets events though not all are set",
       PATCH(WSAWaitForMultipleEvents, consumes));

static DWORD WINAPI late_is_failure(WAIT_PARAMETERS)
{
    DWORD which = WAIT;
    return which == WSA_WAIT_TIMEOUT && time == 20 ? WSA_WAIT_FAILED : which;
}
MUTANT(wsa_wait_that_ends_has_failed, "WSAWaitForMultipleEvents fails when its time is over",
       PATCH(WSAWaitForMultipleEvents, late_is_failure));

static DWORD WINAPI count_is_invalid(WAIT_PARAMETERS)
{
    DWORD which = WAIT;
    if (which == WSA_WAIT_FAILED && GetLastError() == WSA_INVALID_PARAMETER)
        SetLastError(WSAEINVAL);
    return which;
}
MUTANT(wsa_wait_names_its_errors_otherwise,
       "WSAWaitForMultipleEvents fails with WSAEINVAL for a wrong count",
       PATCH(WSAWaitForMultipleEvents, count_is_invalid));

static DWORD WINAPI closed_is_no_socket(WAIT_PARAMETERS)
{
    DWORD which = WAIT;
    if (which == WSA_WAIT_FAILED && GetLastError() == WSA_INVALID_HANDLE)
        SetLastError(WSAENOTSOCK);
    return which;
}
MUTANT(wsa_wait_takes_closed_for_no_sockets,
       "WSAWaitForMultipleEvents fails with WSAENOTSOCK for a closed event",
       PATCH(WSAWaitForMultipleEvents, closed_is_no_socket));

static DWORD WINAPI never_alertable(WAIT_PARAMETERS)
{
    alertable = FALSE;
    time = time > 200 ? 200 : time;
    return WAIT;
}
MUTANT(wsa_wait_is_never_alertable, "WSAWaitForMultipleEvents runs no completion routines",
       PATCH(WSAWaitForMultipleEvents, never_alertable));

static DWORD WINAPI always_alertable(WAIT_PARAMETERS)
{
    alertable = TRUE;
    return WAIT;
}
MUTANT(wsa_wait_is_always_alertable, "WSAWaitForMultipleEvents runs completion routines always",
       PATCH(WSAWaitForMultipleEvents, always_alertable));
