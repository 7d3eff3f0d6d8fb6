/* Wrong behaviours, for the tests of poll_requests.c: what WSAPoll reports of what it was asked
 * for. */
#include "winsock-mutants.h"

#define POLL_PARAMETERS WSAPOLLFD *sockets, ULONG count, INT time
#define POLL real(WSAPoll)(sockets, count, time)

/* The result of a poll of one socket whose revents are REVENTS now. */
static int revised(int result, WSAPOLLFD *request, int revents)
{
    if (result == SOCKET_ERROR)
        return result;
    request->revents = (SHORT)revents;
    return revents != 0;
}

static bool of_stream(const WSAPOLLFD *sockets, ULONG count)
{
    return count == 1 && is_stream(sockets->fd);
}

static int WINAPI wants_both(POLL_PARAMETERS)
{
    if (of_stream(sockets, count) && sockets->events == POLLRDNORM)
        return revised(POLL, sockets, 0);
    return POLL;
}
MUTANT(poll_wants_both_kinds_of_data, "WSAPoll reports data only with POLLIN, not POLLRDNORM alone",
       PATCH(WSAPoll, wants_both));

static int WINAPI tells_data(POLL_PARAMETERS)
{
    int ready = POLL;
    if (of_stream(sockets, count) && sockets->events && bytes_waiting(sockets->fd))
        return revised(ready, sockets, sockets->revents | POLLRDNORM);
    return ready;
}
MUTANT(poll_tells_data_not_asked_for, "WSAPoll reports data that it was not asked for",
       PATCH(WSAPoll, tells_data));

static int WINAPI tells_room(POLL_PARAMETERS)
{
    int ready = POLL;
    if (of_stream(sockets, count) && sockets->events == POLLIN && sockets->revents == POLLRDNORM &&
        !is_listening(sockets->fd))
        sockets->revents |= POLLWRNORM;
    return ready;
}
MUTANT(poll_tells_room_not_asked_for, "WSAPoll reports room that it was not asked for",
       PATCH(WSAPoll, tells_room));

static int WINAPI urgent_wants_normal(POLL_PARAMETERS)
{
    int ready = POLL;
    if (count == 1 && sockets->revents & POLLRDBAND && !(sockets->events & POLLRDNORM))
        return revised(ready, sockets, sockets->revents & ~POLLRDBAND);
    return ready;
}
MUTANT(poll_wants_normal_data_for_urgent,
       "WSAPoll does not report urgent data for POLLRDBAND alone",
       PATCH(WSAPoll, urgent_wants_normal));

static int WINAPI tells_urgent(POLL_PARAMETERS)
{
    SHORT asked = count == 1 ? sockets->events : 0;
    if (asked == POLLRDNORM)
        sockets->events |= POLLRDBAND;
    int ready = POLL;
    if (count == 1)
        sockets->events = asked;
    return ready;
}
MUTANT(poll_tells_urgent_not_asked_for, "WSAPoll asked for POLLRDNORM reports urgent data",
       PATCH(WSAPoll, tells_urgent));

static int WINAPI one_flag(POLL_PARAMETERS)
{
    int ready = POLL;
    if (count == 1 && sockets->revents == (POLLRDNORM | POLLWRNORM))
        sockets->revents = POLLRDNORM;
    return ready;
}
MUTANT(poll_tells_one_flag, "WSAPoll reports data or room, not both", PATCH(WSAPoll, one_flag));

/* Polls a socket of which nothing was asked, and drops what is in DROPPED. */
static int poll_unasked(WSAPOLLFD *socket, INT time, int dropped)
{
    int ready = real(WSAPoll)(socket, 1, time);
    return socket->revents & dropped ? revised(ready, socket, socket->revents & ~dropped) : ready;
}

static int WINAPI no_error_unasked(POLL_PARAMETERS)
{
    return count == 1 && !sockets->events ? poll_unasked(sockets, time, POLLERR) : POLL;
}
MUTANT(poll_tells_no_error_unasked, "WSAPoll reports an error only with what was asked for",
       PATCH(WSAPoll, no_error_unasked));

static int WINAPI no_end_unasked(POLL_PARAMETERS)
{
    return count == 1 && !sockets->events ? poll_unasked(sockets, time, POLLHUP) : POLL;
}
MUTANT(poll_tells_no_hang_up_unasked, "WSAPoll reports an end only with what was asked for",
       PATCH(WSAPoll, no_end_unasked));

static bool taken;

static int WINAPI notes_taken(SOCKET s, char *bytes, int size, int flags)
{
    taken |= flags & MSG_OOB;
    return real(recv)(s, bytes, size, flags);
}

static int WINAPI remembers_urgent(POLL_PARAMETERS)
{
    int ready = POLL;
    if (taken && of_stream(sockets, count) && sockets->events & POLLRDBAND)
        return revised(ready, sockets, sockets->revents | POLLRDBAND);
    return ready;
}
MUTANT(poll_remembers_urgent_data, "WSAPoll reports urgent data that has been received",
       PATCH(recv, notes_taken), PATCH(WSAPoll, remembers_urgent));

static bool accepted;

static SOCKET WINAPI notes_accept(SOCKET s, struct sockaddr *name, int *length)
{
    accepted = true;
    return real(accept)(s, name, length);
}

static int WINAPI listener_once(POLL_PARAMETERS)
{
    int ready = POLL;
    return accepted && ready == 1 && is_listening(sockets->fd) ? revised(ready, sockets, 0) : ready;
}
MUTANT(poll_tells_of_a_listener_once, "WSAPoll reports the first connection of a listener only",
       PATCH(accept, notes_accept), PATCH(WSAPoll, listener_once));

static int WINAPI at_most_64(POLL_PARAMETERS)
{
    return count > 64 ? socket_fails(WSAEINVAL) : POLL;
}
MUTANT(poll_takes_64_sockets, "WSAPoll fails for more than 64 sockets", PATCH(WSAPoll, at_most_64));

static int WINAPI short_time(POLL_PARAMETERS)
{
    time = time >= 100 && time < 1000 ? time / 10 : time;
    return POLL;
}
MUTANT(poll_waits_a_tenth, "WSAPoll waits for a tenth of the time", PATCH(WSAPoll, short_time));

struct call {
    WSAPOLLFD *sockets;
    ULONG count;
    int ready;
    DWORD error;
};

static DWORD WINAPI poll_elsewhere(void *argument)
{
    struct call *call = argument;
    call->ready = real(WSAPoll)(call->sockets, call->count, -1);
    call->error = GetLastError();
    return 0;
}

static int WINAPI not_alertable(POLL_PARAMETERS)
{
    if (time >= 0)
        return POLL;
    struct call call = {sockets, count, 0, 0};
    HANDLE thread = CreateThread(NULL, 0, poll_elsewhere, &call, 0, NULL);
    real(WaitForSingleObject)(thread, INFINITE);
    SetLastError(call.error);
    return call.ready;
}
MUTANT(poll_waits_without_alerts, "WSAPoll without a limit does not let APCs run",
       PATCH(WSAPoll, not_alertable));

/* As Windows before 10, version 2004: the connect goes on for ever. */
static int WINAPI no_refusals(POLL_PARAMETERS)
{
    int ready = POLL, error = 0, size = sizeof(error);
    if (ready != 1 || count != 1 || !(sockets[0].revents & POLLERR) ||
        real(getsockopt)(sockets[0].fd, SOL_SOCKET, SO_ERROR, (char *)&error, &size) != 0 ||
        error != WSAECONNREFUSED)
        return ready;
    sockets[0].revents = 0;
    return 0;
}
MUTANT(poll_misses_refusals, "WSAPoll does not report a connect that was refused",
       PATCH(WSAPoll, no_refusals));
