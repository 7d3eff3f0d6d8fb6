/* Wrong behaviours, for the tests of urgent.c: out-of-band data: one urgent byte beside the
 * stream, or in it with SO_OOBINLINE. */
#include "stream-mutants.h"

static int WINAPI two_urgent_bytes(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    if (got == 1 && size > 1 && flags == MSG_OOB)
        got += real(recv)(s, bytes + 1, 1, 0);
    return got;
}
MUTANT(recv_takes_two_urgent_bytes, "recv with MSG_OOB returns more than the urgent byte",
       PATCH(recv, two_urgent_bytes));

static bool urgent_waits(SOCKET s)
{
    DWORD error = GetLastError();
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL now = {0, 0};
    bool waits = real(select)(0, NULL, NULL, &one, &now) == 1;
    SetLastError(error);
    return waits;
}

static int WINAPI no_urgent(RECV_PARAMETERS)
{
    if (urgent_waits(s) && bytes_waiting(s))
        flags &= ~MSG_OOB;
    return RECV;
}
MUTANT(recv_of_urgent_data_takes_the_next, "recv with MSG_OOB returns the next normal byte",
       PATCH(recv, no_urgent));

static int WINAPI mixes_in(RECV_PARAMETERS)
{
    bool urgent = !flags && urgent_waits(s);
    int got = RECV;
    if (got > 1 && urgent)
        real(recv)(s, bytes, 1, MSG_OOB);
    return got;
}
MUTANT(recv_mixes_in_urgent_data, "recv returns the urgent byte in the stream",
       PATCH(recv, mixes_in));

static int WINAPI peek_takes(RECV_PARAMETERS)
{
    if (flags & MSG_OOB)
        flags &= ~MSG_PEEK;
    return RECV;
}
MUTANT(recv_peeking_takes_urgent_data, "recv takes the urgent byte although it only peeks",
       PATCH(recv, peek_takes));

static int WINAPI inline_renames(RECV_PARAMETERS)
{
    return flags & MSG_OOB ? failure_renamed(RECV, WSAEINVAL, WSAEWOULDBLOCK) : RECV;
}
MUTANT(recv_of_inline_urgent_data_would_block,
       "recv with MSG_OOB fails with WSAEWOULDBLOCK when urgent data are in line",
       PATCH(recv, inline_renames));

static int WINAPI mark_inverted(SOCKET s, long command, u_long *argument)
{
    int result = real(ioctlsocket)(s, command, argument);
    if (result == 0 && command == (long)SIOCATMARK)
        *argument = !*argument;
    return result;
}
MUTANT(siocatmark_is_inverted, "SIOCATMARK says TRUE when urgent data wait",
       PATCH(ioctlsocket, mark_inverted));

#define SELECT_PARAMETERS \
    int count, fd_set *readable, fd_set *writable, fd_set *exceptional, const PTIMEVAL time
#define SELECT real(select)(count, readable, writable, exceptional, time)

static int WINAPI urgent_is_readable(SELECT_PARAMETERS)
{
    int ready = SELECT;
    if (ready == 1 && readable && exceptional && exceptional->fd_count && !readable->fd_count) {
        *readable = *exceptional;
        exceptional->fd_count = 0;
    }
    return ready;
}
MUTANT(select_takes_urgent_data_for_normal, "select reports urgent data as readable",
       PATCH(select, urgent_is_readable));

static int WINAPI inline_is_not_readable(SELECT_PARAMETERS)
{
    int ready = SELECT;
    if (ready == 1 && readable && readable->fd_count == 1 &&
        socket_option(readable->fd_array[0], SO_OOBINLINE)) {
        readable->fd_count = 0;
        return 0;
    }
    return ready;
}
MUTANT(select_misses_inline_urgent_data, "select does not report urgent data that are in line",
       PATCH(select, inline_is_not_readable));
