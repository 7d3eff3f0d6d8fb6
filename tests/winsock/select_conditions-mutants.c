/* Wrong behaviours, for the tests of select_conditions.c: when a socket is readable, writable or
 * exceptional. */
#include "winsock-mutants.h"

#define SELECT_PARAMETERS int n, fd_set *reads, fd_set *writes, fd_set *excepts, TIMEVAL *limit
#define SELECT real(select)(n, reads, writes, excepts, limit)

/* The only socket of SET, or INVALID_SOCKET. */
static SOCKET only_one(const fd_set *set)
{
    return set && set->fd_count == 1 ? set->fd_array[0] : INVALID_SOCKET;
}

static bool is_option(SOCKET s, int option)
{
    return s != INVALID_SOCKET && socket_option(s, option) != 0;
}

/* ---- Readable */

static int WINAPI wants_two_bytes(SELECT_PARAMETERS)
{
    int ready = SELECT;
    SOCKET s = only_one(reads);
    if (ready == 1 && is_stream(s) && bytes_waiting(s) == 1)
        ready = (int)(reads->fd_count = 0);
    return ready;
}
MUTANT(select_waits_for_a_second_byte, "select does not call a connection readable for one byte",
       PATCH(select, wants_two_bytes));

static SOCKET told;
static u_long told_bytes;

static int WINAPI edge_triggered(SELECT_PARAMETERS)
{
    int ready = SELECT;
    SOCKET s = only_one(reads);
    if (ready != 1 || !is_stream(s) || !bytes_waiting(s))
        return ready;
    if (s == told && bytes_waiting(s) < told_bytes)
        ready = (int)(reads->fd_count = 0);
    told = s;
    told_bytes = bytes_waiting(s);
    return ready;
}
MUTANT(select_is_edge_triggered, "select calls a connection readable once, until more comes",
       PATCH(select, edge_triggered));

static int WINAPI wants_bytes(SELECT_PARAMETERS)
{
    int ready = SELECT;
    SOCKET s = only_one(reads);
    if (ready == 1 && is_datagram(s) && !bytes_waiting(s))
        ready = (int)(reads->fd_count = 0);
    return ready;
}
MUTANT(select_misses_empty_datagrams, "select does not report a datagram without bytes",
       PATCH(select, wants_bytes));

static bool reset_sent;

static int WINAPI notes_reset(SOCKET s)
{
    LINGER linger = {0, 0};
    int size = sizeof(linger);
    if (is_stream(s) && !real(getsockopt)(s, SOL_SOCKET, SO_LINGER, (char *)&linger, &size))
        reset_sent = linger.l_onoff && !linger.l_linger;
    return real(closesocket)(s);
}

static int WINAPI misses_reset(SELECT_PARAMETERS)
{
    int ready = SELECT;
    SOCKET s = only_one(reads);
    if (ready == 1 && reset_sent && is_stream(s) && !is_listening(s) && !bytes_waiting(s))
        ready = (int)(reads->fd_count = 0);
    return ready;
}
MUTANT(select_misses_a_reset, "select does not report a reset connection",
       PATCH(closesocket, notes_reset), PATCH(select, misses_reset));

static SOCKET told_reset;

static int WINAPI notes_readable(SELECT_PARAMETERS)
{
    int ready = SELECT;
    told_reset = ready == 1 ? only_one(reads) : INVALID_SOCKET;
    return ready;
}

static int WINAPI reset_is_end(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    return s == told_reset ? failure_hidden(got, WSAECONNRESET, 0) : got;
}
MUTANT(select_takes_the_reset_away, "a receive that select asked for takes a reset for an end",
       PATCH(select, notes_readable), PATCH(recv, reset_is_end));

static SOCKET told_listener;

static int WINAPI listener_once(SELECT_PARAMETERS)
{
    int ready = SELECT;
    SOCKET s = only_one(reads);
    if (ready != 1 || !is_listening(s))
        return ready;
    if (s == told_listener)
        return (int)(reads->fd_count = 0);
    told_listener = s;
    return ready;
}
MUTANT(select_tells_of_a_listener_once, "select reports one connection of each listener",
       PATCH(select, listener_once));

/* ---- Writable */

static bool would_block;

static int WINAPI notes_full(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real(send)(s, bytes, size, flags);
    if (sent == SOCKET_ERROR && GetLastError() == WSAEWOULDBLOCK)
        would_block = true;
    return sent;
}

static int WINAPI full_is_writable(SELECT_PARAMETERS)
{
    SOCKET s = only_one(writes);
    int ready = SELECT;
    if (ready == 0 && would_block && !reads && s != INVALID_SOCKET && is_stream(s)) {
        *writes = (fd_set){.fd_count = 1, .fd_array = {s}};
        ready = 1;
    }
    return ready;
}
MUTANT(select_calls_full_connections_writable, "select calls a full connection writable",
       PATCH(send, notes_full), PATCH(select, full_is_writable));

static int WINAPI full_for_ever(SELECT_PARAMETERS)
{
    SOCKET s = only_one(writes);
    int ready = SELECT;
    if (ready == 1 && would_block && limit->tv_sec + limit->tv_usec && is_stream(s))
        ready = (int)(writes->fd_count = 0);
    return ready;
}
MUTANT(select_never_writable_after_would_block,
       "select does not call a connection writable again that was full", PATCH(send, notes_full),
       PATCH(select, full_for_ever));

static int WINAPI unconnected_is_writable(SELECT_PARAMETERS)
{
    SOCKET s = only_one(writes);
    int ready = SELECT;
    if (ready == 0 && s != INVALID_SOCKET && is_stream(s) && !has_peer(s)) {
        *writes = (fd_set){.fd_count = 1, .fd_array = {s}};
        ready = 1;
    }
    return ready;
}
MUTANT(select_calls_unconnected_writable, "select calls an unconnected stream socket writable",
       PATCH(select, unconnected_is_writable));

static int WINAPI unbound_is_not_writable(SELECT_PARAMETERS)
{
    int ready = SELECT;
    SOCKET s = only_one(writes);
    DWORD error = GetLastError();
    struct sockaddr_storage name;
    int length = sizeof(name);
    if (ready == 1 && s != INVALID_SOCKET && is_datagram(s) &&
        real(getsockname)(s, (struct sockaddr *)&name, &length) == SOCKET_ERROR)
        ready = (int)(writes->fd_count = 0);
    SetLastError(error);
    return ready;
}
MUTANT(select_wants_datagrams_bound, "select does not call an unbound datagram socket writable",
       PATCH(select, unbound_is_not_writable));

/* ---- Exceptional */

static SOCKET was_exceptional;

static int WINAPI remembers_urgent(SELECT_PARAMETERS)
{
    SOCKET s = only_one(excepts);
    int ready = SELECT;
    if (ready == 0 && !reads && !writes && s == was_exceptional) {
        *excepts = (fd_set){.fd_count = 1, .fd_array = {s}};
        return 1;
    }
    if (ready == 1)
        was_exceptional = only_one(excepts);
    return ready;
}
MUTANT(select_remembers_urgent_data, "select reports urgent data that has been received",
       PATCH(select, remembers_urgent));

static int WINAPI inline_is_exception(SELECT_PARAMETERS)
{
    int ready = SELECT;
    SOCKET s = only_one(reads);
    if (ready == 1 && excepts && is_option(s, SO_OOBINLINE) && bytes_waiting(s)) {
        *excepts = *reads;
        ready = 2;
    }
    return ready;
}
MUTANT(select_tells_inline_as_exception, "select puts urgent data into exceptfds that is in line",
       PATCH(select, inline_is_exception));
