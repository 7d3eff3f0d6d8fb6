/* Wrong behaviours, for the tests of poll.c: what WSAPoll reports, and which requests it
 * refuses. */
#include "winsock-mutants.h"

#include <mswsock.h>

#define POLL_PARAMETERS WSAPOLLFD *sockets, ULONG count, INT time
#define POLL real(WSAPoll)(sockets, count, time)

static int WINAPI misses_closed(POLL_PARAMETERS)
{
    int ready = POLL;
    for (ULONG i = 0; ready >= 0 && i < count; i++)
        if (sockets[i].revents == POLLNVAL)
            sockets[i].revents = 0;
    return ready;
}
MUTANT(poll_misses_closed_sockets, "WSAPoll does not set POLLNVAL for a closed socket",
       PATCH(WSAPoll, misses_closed));

static int WINAPI reset_is_end(POLL_PARAMETERS)
{
    int ready = POLL;
    if (ready == 1)
        sockets[0].revents &= ~POLLERR;
    return ready;
}
MUTANT(poll_tells_reset_as_end, "WSAPoll does not set POLLERR for a reset connection",
       PATCH(WSAPoll, reset_is_end));

static int WINAPI connected_is_band(POLL_PARAMETERS)
{
    int ready = POLL;
    if (ready == 1 && sockets[0].revents == POLLWRNORM && is_stream(sockets[0].fd))
        sockets[0].revents = POLLWRBAND;
    return ready;
}
MUTANT(poll_tells_connected_as_band, "WSAPoll sets POLLWRBAND for a connection made",
       PATCH(WSAPoll, connected_is_band));

static int WINAPI urgent_is_normal(POLL_PARAMETERS)
{
    int ready = POLL;
    if (ready == 1 && sockets[0].revents & POLLRDBAND)
        sockets[0].revents = POLLRDNORM;
    return ready;
}
MUTANT(poll_tells_urgent_as_normal, "WSAPoll sets POLLRDNORM for urgent data",
       PATCH(WSAPoll, urgent_is_normal));

static int WINAPI never_for_ever(POLL_PARAMETERS)
{
    time = time < 0 ? 0 : time;
    return POLL;
}
MUTANT(poll_never_waits_for_ever, "WSAPoll does not wait with a negative time",
       PATCH(WSAPoll, never_for_ever));

static int WINAPI late_is_failure(POLL_PARAMETERS)
{
    int ready = POLL;
    return ready == 0 && time == 20 ? socket_fails(WSAETIMEDOUT) : ready;
}
MUTANT(poll_that_ends_has_failed, "WSAPoll fails when its time is over",
       PATCH(WSAPoll, late_is_failure));

static int WINAPI takes_results(POLL_PARAMETERS)
{
    if (sockets && count)
        sockets[0].events &= ~(POLLERR | POLLHUP | POLLNVAL | POLLWRBAND);
    return POLL;
}
MUTANT(poll_takes_results_as_requests, "WSAPoll can be asked for what it only reports",
       PATCH(WSAPoll, takes_results));

static int WINAPI reports_pollin(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    int ready = real(WSAPoll)(sockets, size, limit);
    for (ULONG i = 0; ready > 0 && i < size; i++)
        if (sockets[i].revents == POLLRDNORM && is_datagram(sockets[i].fd) && size > 1)
            sockets[i].revents = POLLIN;
    return ready;
}
MUTANT(poll_reports_pollin, "WSAPoll reports a datagram as POLLRDNORM and POLLRDBAND",
       PATCH(WSAPoll, reports_pollin));

static int WINAPI returns_size(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    int ready = real(WSAPoll)(sockets, size, limit);
    return ready > 0 && limit == 0 ? (int)size : ready;
}
MUTANT(poll_returns_size_of_array,
       "WSAPoll without time to wait returns how many sockets it was asked about",
       PATCH(WSAPoll, returns_size));

static int WINAPI leaves_idle_revents(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    SHORT before = sockets && size ? sockets[0].revents : 0;
    int ready = real(WSAPoll)(sockets, size, limit);
    if (ready > 0 && sockets[0].revents == 0)
        sockets[0].revents = before;
    return ready;
}
MUTANT(poll_leaves_revents_of_idle, "WSAPoll does not clear revents of a socket that is not ready",
       PATCH(WSAPoll, leaves_idle_revents));

static int WINAPI never_writable(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    int ready = real(WSAPoll)(sockets, size, limit);
    if (ready == 1 && sockets[0].revents == POLLWRNORM && sockets[0].events & POLLIN)
        ready = sockets[0].revents = 0;
    return ready;
}
MUTANT(poll_never_writable, "WSAPoll does not report a datagram socket as writable",
       PATCH(WSAPoll, never_writable));

static int WINAPI listener_band(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    int ready = real(WSAPoll)(sockets, size, limit);
    if (ready == 1 && is_listening(sockets[0].fd))
        sockets[0].revents = POLLRDBAND;
    return ready;
}
MUTANT(poll_reports_connection_as_band, "WSAPoll reports a waiting connection as POLLRDBAND",
       PATCH(WSAPoll, listener_band));

static int WINAPI no_array_invalid(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    return failure_renamed(real(WSAPoll)(sockets, size, limit), WSAEFAULT, WSAEINVAL);
}
MUTANT(poll_without_array_is_invalid, "WSAPoll without an array says WSAEINVAL",
       PATCH(WSAPoll, no_array_invalid));

static int WINAPI invalid_is_fault(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    return failure_renamed(real(WSAPoll)(sockets, size, limit), WSAEINVAL, WSAEFAULT);
}
MUTANT(poll_invalid_is_a_fault, "WSAPoll says WSAEFAULT for an invalid request",
       PATCH(WSAPoll, invalid_is_fault));

static int WINAPI nothing_is_timeout(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    return size ? real(WSAPoll)(sockets, size, limit) : 0;
}
MUTANT(poll_of_nothing_times_out, "WSAPoll of no sockets times out",
       PATCH(WSAPoll, nothing_is_timeout));

static int WINAPI edge_triggered(WSAPOLLFD *sockets, ULONG size, INT limit)
{
    static SOCKET told = INVALID_SOCKET;
    int ready = real(WSAPoll)(sockets, size, limit);
    if (ready == 1 && sockets[0].fd == told)
        ready = sockets[0].revents = 0;
    else if (ready == 1)
        told = sockets[0].fd;
    return ready;
}

MUTANT(poll_edge_triggered, "WSAPoll reports a datagram once only", PATCH(WSAPoll, edge_triggered));
