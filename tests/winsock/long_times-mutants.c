/* Wrong behaviours, for the tests of long_times.c: times that are counted in 32 bits. */
#include "completion_port-mutants.h"

/* MILLISECONDS as they come out where PER_MILLISECOND smaller units are counted in 32 bits, the
 * highest of which is a sign. */
static DWORD overflown(unsigned long long milliseconds, DWORD per_millisecond)
{
    int units = (int)(DWORD)(milliseconds * per_millisecond);
    return units < 0 ? 0 : (DWORD)units / per_millisecond;
}

/* ---- select */

static int select_within(int n, fd_set *reads, fd_set *writes, fd_set *excepts, TIMEVAL *limit,
                         DWORD units)
{
    unsigned long long time = limit ? limit->tv_sec * 1000ull + (DWORD)limit->tv_usec / 1000 : 0;
    TIMEVAL cut;
    if (limit && limit->tv_sec >= 200) {
        DWORD left = overflown(time, units);
        cut = (TIMEVAL){.tv_sec = (long)(left / 1000), .tv_usec = (long)(left % 1000 * 1000)};
        limit = &cut;
    }
    return real(select)(n, reads, writes, excepts, limit);
}

#define COUNTS(name, units)                                                                       \
    static int WINAPI name(int n, fd_set *reads, fd_set *writes, fd_set *excepts, TIMEVAL *limit) \
    {                                                                                             \
        return select_within(n, reads, writes, excepts, limit, units);                            \
    }

COUNTS(select_ticks, 10000)
MUTANT(select_counts_ticks_in_32_bits, "select counts its time in 32 bits of 100 nanoseconds",
       PATCH(select, select_ticks));

COUNTS(select_microseconds, 1000)
MUTANT(select_counts_microseconds_in_32_bits, "select counts its time in 32 bits of microseconds",
       PATCH(select, select_microseconds));

COUNTS(select_milliseconds, 1)
MUTANT(select_counts_milliseconds_in_32_bits, "select counts its time in 32 bits of milliseconds",
       PATCH(select, select_milliseconds));

/* ---- Times in milliseconds */

static bool is_long(DWORD milliseconds)
{
    return milliseconds >= 200000 && milliseconds != INFINITE;
}

static DWORD cut(DWORD milliseconds, DWORD units)
{
    return is_long(milliseconds) ? overflown(milliseconds, units) : milliseconds;
}

static int WINAPI poll_ticks(WSAPOLLFD *sockets, ULONG count, INT time)
{
    return real(WSAPoll)(sockets, count, time < 0 ? time : (INT)cut((DWORD)time, 10000));
}
MUTANT(poll_counts_ticks_in_32_bits, "WSAPoll counts its time in 32 bits of 100 nanoseconds",
       PATCH(WSAPoll, poll_ticks));

static int WINAPI poll_microseconds(WSAPOLLFD *sockets, ULONG count, INT time)
{
    return real(WSAPoll)(sockets, count, time < 0 ? time : (INT)cut((DWORD)time, 1000));
}
MUTANT(poll_counts_microseconds_in_32_bits, "WSAPoll counts its time in 32 bits of microseconds",
       PATCH(WSAPoll, poll_microseconds));

static int set_within(SOCKET s, int level, int option, const char *value, int size, int which,
                      DWORD units)
{
    DWORD time = 0;
    if (level == SOL_SOCKET && option == which && value && size == sizeof(time)) {
        memcpy(&time, value, sizeof(time));
        if (is_long(time)) {
            time = max(overflown(time, units), 1);
            value = (const char *)&time;
        }
    }
    return SET;
}

static int WINAPI receive_ticks(SET_PARAMETERS)
{
    return set_within(s, level, option, value, size, SO_RCVTIMEO, 10000);
}
MUTANT(rcvtimeo_counts_ticks_in_32_bits, "SO_RCVTIMEO is counted in 32 bits of 100 nanoseconds",
       PATCH(setsockopt, receive_ticks));

static int WINAPI receive_microseconds(SET_PARAMETERS)
{
    return set_within(s, level, option, value, size, SO_RCVTIMEO, 1000);
}
MUTANT(rcvtimeo_counts_microseconds_in_32_bits, "SO_RCVTIMEO is counted in 32 bits of microseconds",
       PATCH(setsockopt, receive_microseconds));

static int WINAPI send_ticks(SET_PARAMETERS)
{
    return set_within(s, level, option, value, size, SO_SNDTIMEO, 10000);
}
MUTANT(sndtimeo_counts_ticks_in_32_bits, "SO_SNDTIMEO is counted in 32 bits of 100 nanoseconds",
       PATCH(setsockopt, send_ticks));

static DWORD WINAPI wait_ticks(DWORD count, const WSAEVENT *events, BOOL all, DWORD time,
                               BOOL alertable)
{
    return real(WSAWaitForMultipleEvents)(count, events, all, cut(time, 10000), alertable);
}
MUTANT(wsa_wait_counts_ticks_in_32_bits,
       "WSAWaitForMultipleEvents counts its time in 32 bits of 100 nanoseconds",
       PATCH(WSAWaitForMultipleEvents, wait_ticks));

static DWORD WINAPI wait_microseconds(DWORD count, const WSAEVENT *events, BOOL all, DWORD time,
                                      BOOL alertable)
{
    return real(WSAWaitForMultipleEvents)(count, events, all, cut(time, 1000), alertable);
}
MUTANT(wsa_wait_counts_microseconds_in_32_bits,
       "WSAWaitForMultipleEvents counts its time in 32 bits of microseconds",
       PATCH(WSAWaitForMultipleEvents, wait_microseconds));

static BOOL WINAPI packet_ticks(PACKET_PARAMETERS)
{
    time = cut(time, 10000);
    return PACKET;
}
MUTANT(packet_time_in_ticks_of_32_bits,
       "GetQueuedCompletionStatus counts its time in 32 bits of 100 nanoseconds",
       PATCH(GetQueuedCompletionStatus, packet_ticks));

static BOOL WINAPI packet_microseconds(PACKET_PARAMETERS)
{
    time = cut(time, 1000);
    return PACKET;
}
MUTANT(packet_time_in_microseconds_of_32_bits,
       "GetQueuedCompletionStatus counts its time in 32 bits of microseconds",
       PATCH(GetQueuedCompletionStatus, packet_microseconds));
