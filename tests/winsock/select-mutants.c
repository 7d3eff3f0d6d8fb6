/* Wrong behaviours, for the tests of select.c: which sockets select leaves in its sets, and how
 * it counts them. */
#include "winsock-mutants.h"

#include <mswsock.h>

#define SELECT_PARAMETERS \
    int count, fd_set *readable, fd_set *writable, fd_set *exceptional, const PTIMEVAL time
#define SELECT(time_) real(select)(count, readable, writable, exceptional, (time_))

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

static int WINAPI in_every_set(SOCKET s, fd_set *set)
{
    (void)s;
    return set->fd_count > 0;
}
MUTANT(every_socket_is_in_the_set, "FD_ISSET finds every socket in a set",
       PATCH(__WSAFDIsSet, in_every_set));

static int WINAPI connect_posix(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_renamed(real(connect)(s, name, length), WSAEWOULDBLOCK, WSAEINPROGRESS);
}
MUTANT(connect_would_block_is_in_progress, "a nonblocking connect says WSAEINPROGRESS",
       PATCH(connect, connect_posix));

static void restore(fd_set *set, const fd_set *before)
{
    if (set)
        *set = *before;
}

static int WINAPI keeps_idle(int n, fd_set *reads, fd_set *writes, fd_set *excepts, TIMEVAL *limit)
{
    fd_set before;
    restore(&before, reads ? reads : &(fd_set){0});
    int ready = real(select)(n, reads, writes, excepts, limit);
    if (ready > 0 && before.fd_count > 1)
        restore(reads, &before);
    return ready;
}
MUTANT(select_keeps_idle_sockets, "select leaves sockets in readfds that are not readable",
       PATCH(select, keeps_idle));

static int WINAPI counts_once(int n, fd_set *reads, fd_set *writes, fd_set *excepts, TIMEVAL *limit)
{
    int ready = real(select)(n, reads, writes, excepts, limit);
    return ready > 1 && reads && writes ? ready - 1 : ready;
}
MUTANT(select_counts_a_socket_once, "select counts a socket once that is in two sets",
       PATCH(select, counts_once));

static int WINAPI leaves_set(int n, fd_set *reads, fd_set *writes, fd_set *excepts, TIMEVAL *limit)
{
    fd_set before;
    restore(&before, reads ? reads : &(fd_set){0});
    int ready = real(select)(n, reads, writes, excepts, limit);
    if (ready == 0)
        restore(reads, &before);
    return ready;
}
MUTANT(select_leaves_set_when_time_is_up, "select leaves readfds as it was when the time is up",
       PATCH(select, leaves_set));

static int WINAPI refuses_zero(int n, fd_set *reads, fd_set *writes, fd_set *excepts,
                               TIMEVAL *limit)
{
    if (limit && !limit->tv_sec && !limit->tv_usec && reads && reads->fd_count)
        return socket_fails(WSAEINVAL);
    return real(select)(n, reads, writes, excepts, limit);
}
MUTANT(select_refuses_to_poll, "select with a zero time fails with WSAEINVAL",
       PATCH(select, refuses_zero));

static int WINAPI without_sets(int n, fd_set *reads, fd_set *writes, fd_set *excepts,
                               TIMEVAL *limit)
{
    return reads || writes || excepts ? real(select)(n, reads, writes, excepts, limit) : 0;
}
MUTANT(select_without_sets_times_out, "select without any set times out",
       PATCH(select, without_sets));

static int WINAPI skips_strangers(int n, fd_set *reads, fd_set *writes, fd_set *excepts,
                                  TIMEVAL *limit)
{
    return failure_hidden(real(select)(n, reads, writes, excepts, limit), WSAENOTSOCK, 0);
}
MUTANT(select_skips_what_is_no_socket, "select passes over handles that are not sockets",
       PATCH(select, skips_strangers));

static int WINAPI listener_always(int n, fd_set *reads, fd_set *writes, fd_set *excepts,
                                  TIMEVAL *limit)
{
    if (reads && reads->fd_count == 1 && !writes && !excepts && is_listening(reads->fd_array[0]))
        return 1;
    return real(select)(n, reads, writes, excepts, limit);
}
MUTANT(select_calls_every_listener_readable,
       "select reports a listener as readable that has no connection",
       PATCH(select, listener_always));

static int WINAPI end_is_idle(int n, fd_set *reads, fd_set *writes, fd_set *excepts, TIMEVAL *limit)
{
    int ready = real(select)(n, reads, writes, excepts, limit);
    if (ready == 1 && reads && reads->fd_count == 1 && is_stream(reads->fd_array[0]) &&
        !is_listening(reads->fd_array[0]) && !bytes_waiting(reads->fd_array[0]))
        ready = (int)(reads->fd_count = 0);
    return ready;
}
MUTANT(select_misses_end_of_stream, "select does not report the end of a stream as readable",
       PATCH(select, end_is_idle));

static void move_all(fd_set *from, fd_set *to)
{
    *to = *from;
    from->fd_count = 0;
}

static int WINAPI done_is_exception(int n, fd_set *reads, fd_set *writes, fd_set *excepts,
                                    TIMEVAL *limit)
{
    int ready = real(select)(n, reads, writes, excepts, limit);
    if (ready == 1 && writes && excepts && writes->fd_count == 1)
        move_all(writes, excepts);
    return ready;
}
MUTANT(select_finished_connect_is_exception, "select reports a finished connect in exceptfds",
       PATCH(select, done_is_exception));

static int WINAPI refused_is_writable(int n, fd_set *reads, fd_set *writes, fd_set *excepts,
                                      TIMEVAL *limit)
{
    int ready = real(select)(n, reads, writes, excepts, limit);
    if (ready == 1 && writes && excepts && excepts->fd_count == 1)
        move_all(excepts, writes);
    return ready;
}
MUTANT(select_refused_connect_is_writable, "select reports a refused connect in writefds",
       PATCH(select, refused_is_writable));

static int WINAPI forgets_refusal(SOCKET s, int level, int option, char *value, int *size)
{
    int result = real(getsockopt)(s, level, option, value, size);
    if (result == 0 && level == SOL_SOCKET && option == SO_ERROR)
        memset(value, 0, (size_t)*size);
    return result;
}
MUTANT(so_error_is_always_0, "SO_ERROR does not tell why a connect failed",
       PATCH(getsockopt, forgets_refusal));
