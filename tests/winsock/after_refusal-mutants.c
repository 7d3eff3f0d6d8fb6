/* Wrong behaviours, for the tests of after_refusal.c: sockets that were refused. */
#include "winsock-mutants.h"

#define SELECT_PARAMETERS \
    int n, fd_set *reads, fd_set *writes, fd_set *excepts, const PTIMEVAL limit
#define SELECT real(select)(n, reads, writes, excepts, limit)

/* The last socket whose failure select has told, and how often. */
static SOCKET failed = INVALID_SOCKET;
static unsigned told;

static int WINAPI notes(SELECT_PARAMETERS)
{
    SOCKET asked = excepts && excepts->fd_count == 1 ? excepts->fd_array[0] : INVALID_SOCKET;
    int count = SELECT;
    if (count > 0 && asked != INVALID_SOCKET && excepts->fd_count == 1 &&
        socket_option(asked, SO_ERROR)) {
        told = asked == failed ? told + 1 : 1;
        failed = asked;
    }
    return count;
}

#define NOTES PATCH(select, notes)

/* ---- SO_ERROR that is reset by what tells of it */

static SOCKET reset = INVALID_SOCKET;

static int WINAPI tells_0_of_reset(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_ERROR &&
        (s == reset || (s == failed && told > 1)))
        *value = 0, value[1] = 0;
    return result;
}

MUTANT(select_resets_so_error, "A second select that tells of a failure resets SO_ERROR", NOTES,
       PATCH(getsockopt, tells_0_of_reset));

static int WINAPI resets_by_poll(LPWSAPOLLFD elements, ULONG count, INT time)
{
    int result = real(WSAPoll)(elements, count, time);
    if (result == 1 && elements->revents & POLLERR)
        reset = elements->fd;
    return result;
}
MUTANT(wsapoll_resets_so_error, "WSAPoll that tells of an error resets SO_ERROR",
       PATCH(WSAPoll, resets_by_poll), PATCH(getsockopt, tells_0_of_reset));

static int WINAPI resets_by_events(SOCKET s, WSAEVENT event, LPWSANETWORKEVENTS events)
{
    reset = s;
    return real(WSAEnumNetworkEvents)(s, event, events);
}
MUTANT(wsaenumnetworkevents_resets_so_error, "WSAEnumNetworkEvents resets SO_ERROR",
       PATCH(WSAEnumNetworkEvents, resets_by_events), PATCH(getsockopt, tells_0_of_reset));

/* ---- What select tells later */

static int WINAPI tells_once(SELECT_PARAMETERS)
{
    SOCKET before = failed;
    int count = notes(n, reads, writes, excepts, limit);
    if (count > 0 && excepts && excepts->fd_count == 1 && excepts->fd_array[0] == before &&
        told > 1) {
        excepts->fd_count = 0;
        count--;
    }
    return count;
}
MUTANT(select_tells_of_a_refusal_once, "select tells once alone that a connect was refused",
       PATCH(select, tells_once));

static int WINAPI remembers(SELECT_PARAMETERS)
{
    SOCKET asked = excepts && excepts->fd_count == 1 ? excepts->fd_array[0] : INVALID_SOCKET;
    int count = notes(n, reads, writes, excepts, limit);
    if (count > 0 && asked == failed && asked != INVALID_SOCKET && excepts->fd_count == 0 &&
        has_peer(asked)) {
        excepts->fd_count = 1;
        excepts->fd_array[0] = asked;
        count++;
    }
    return count;
}
MUTANT(select_remembers_a_refusal,
       "select tells of a connect that was refused although a second one has succeeded",
       PATCH(select, remembers));

static int WINAPI polls_memory(LPWSAPOLLFD elements, ULONG count, INT time)
{
    int result = real(WSAPoll)(elements, count, time);
    if (result == 1 && elements->fd == failed && has_peer(failed))
        elements->revents |= POLLERR | POLLHUP;
    return result;
}
MUTANT(wsapoll_remembers_a_refusal,
       "WSAPoll tells of a connect that was refused although a second one has succeeded", NOTES,
       PATCH(WSAPoll, polls_memory));

static int WINAPI is_aborted_first(SOCKET s, const struct sockaddr *name, int length)
{
    static SOCKET aborted = INVALID_SOCKET;
    if (s != failed || s == aborted)
        return real(connect)(s, name, length);
    aborted = s;
    return socket_fails(WSAECONNABORTED);
}
MUTANT(connect_after_a_refusal_is_aborted,
       "The next connect of a nonblocking socket that was refused fails with WSAECONNABORTED",
       NOTES, PATCH(connect, is_aborted_first));

static int WINAPI listens_never_again(SOCKET s, int backlog)
{
    return s == failed ? socket_fails(WSAEINVAL) : real(listen)(s, backlog);
}
MUTANT(listen_refuses_what_was_refused, "listen fails for a socket whose connect was refused",
       NOTES, PATCH(listen, listens_never_again));
