/* Wrong behaviours, for the tests of linger.c: what closesocket does by what SO_LINGER and
 * SO_DONTLINGER say. */
#include "stream-mutants.h"

static LINGER linger_of(SOCKET s)
{
    LINGER linger = {0, 0};
    int size = sizeof(linger);
    DWORD error = GetLastError();
    if (real(getsockopt)(s, SOL_SOCKET, SO_LINGER, (char *)&linger, &size) != 0)
        linger = (LINGER){0, 0};
    SetLastError(error);
    return linger;
}

static void set_linger(SOCKET s, u_short on, u_short seconds)
{
    LINGER linger = {.l_onoff = on, .l_linger = seconds};
    DWORD error = GetLastError();
    real(setsockopt)(s, SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof(linger));
    SetLastError(error);
}

/* ---- The options ---- */

TELLS(dontlinger_tells_false, SOL_SOCKET, SO_DONTLINGER, 1, 0)
MUTANT(dontlinger_is_off_by_default, "SO_DONTLINGER is FALSE of a socket that does not linger",
       PATCH(getsockopt, dontlinger_tells_false));

TELLS(dontlinger_tells_true, SOL_SOCKET, SO_DONTLINGER, 0, 1)
MUTANT(dontlinger_is_always_true, "SO_DONTLINGER is TRUE of a socket that lingers",
       PATCH(getsockopt, dontlinger_tells_true));

static bool is_dontlinger(int level, int option, const char *value)
{
    return level == SOL_SOCKET && option == SO_DONTLINGER && value;
}

static int WINAPI true_is_ignored(SET_PARAMETERS)
{
    return is_dontlinger(level, option, value) && *value ? 0 : SET;
}
MUTANT(dontlinger_leaves_lingering_on, "Setting SO_DONTLINGER leaves l_onoff as it is",
       PATCH(setsockopt, true_is_ignored));

static int WINAPI false_is_ignored(SET_PARAMETERS)
{
    return is_dontlinger(level, option, value) && !*value ? 0 : SET;
}
MUTANT(dontlinger_false_changes_nothing, "Setting SO_DONTLINGER to FALSE leaves l_onoff as it is",
       PATCH(setsockopt, false_is_ignored));

static int WINAPI time_is_forgotten(SET_PARAMETERS)
{
    int result = SET;
    if (result == 0 && is_dontlinger(level, option, value) && !*value)
        set_linger(s, 1, 0);
    return result;
}
MUTANT(dontlinger_false_forgets_the_time, "Setting SO_DONTLINGER to FALSE sets a time of 0",
       PATCH(setsockopt, time_is_forgotten));

/* setsockopt whose failure for one option with one error is told as another. */
#define SET_RENAMED(name, option_, error, instead)           \
    static int WINAPI name(SET_PARAMETERS)                   \
    {                                                        \
        int result = SET;                                    \
        return level == SOL_SOCKET && option == (option_)    \
                   ? failure_renamed(result, error, instead) \
                   : result;                                 \
    }

SET_RENAMED(linger_unknown, SO_LINGER, WSAENOPROTOOPT, WSAEINVAL)
MUTANT(linger_of_datagrams_is_invalid,
       "setsockopt of SO_LINGER of a datagram socket fails with WSAEINVAL",
       PATCH(setsockopt, linger_unknown));

SET_RENAMED(dontlinger_unknown, SO_DONTLINGER, WSAENOPROTOOPT, WSAEINVAL)
MUTANT(dontlinger_of_datagrams_is_invalid,
       "setsockopt of SO_DONTLINGER of a datagram socket fails with WSAEINVAL",
       PATCH(setsockopt, dontlinger_unknown));

SET_RENAMED(linger_fault, SO_LINGER, WSAEFAULT, WSAEINVAL)
MUTANT(linger_without_value_is_invalid, "setsockopt of SO_LINGER without a value says WSAEINVAL",
       PATCH(setsockopt, linger_fault));

SET_RENAMED(dontlinger_fault, SO_DONTLINGER, WSAEFAULT, WSAEINVAL)
MUTANT(dontlinger_without_value_is_invalid,
       "setsockopt of SO_DONTLINGER without a value says WSAEINVAL",
       PATCH(setsockopt, dontlinger_fault));

/* ---- What is known of a socket when it is closed ---- */

static SOCKET nonblocking = INVALID_SOCKET; /* the last one that was made so, and is still */
static LINGER taken_back;                   /* what SO_DONTLINGER has undone ... */
static SOCKET taken_back_from = INVALID_SOCKET;

static int WINAPI notes_mode(SOCKET s, long command, u_long *argument)
{
    int result = real(ioctlsocket)(s, command, argument);
    if (result == 0 && command == (long)FIONBIO)
        nonblocking = *argument ? s : nonblocking == s ? INVALID_SOCKET : nonblocking;
    return result;
}

NOTES_FULL(notes_full, full) /* the last one that had no room for more */

static int WINAPI notes_taken_back(SET_PARAMETERS)
{
    LINGER before = linger_of(s);
    int result = SET;
    if (result == 0 && is_dontlinger(level, option, value) && *value) {
        taken_back = before;
        taken_back_from = s;
    }
    return result;
}

/* ---- The close ---- */

static bool does_not_linger(SOCKET s)
{
    return is_stream(s) && !linger_of(s).l_onoff;
}

static bool lingers_for_a_time(SOCKET s)
{
    return is_stream(s) && linger_of(s).l_onoff && linger_of(s).l_linger;
}

static bool closes_hard(SOCKET s)
{
    return is_stream(s) && linger_of(s).l_onoff && !linger_of(s).l_linger;
}

/* A closesocket that first sets SO_LINGER where CONDITION holds. */
#define CLOSES(name, condition, on, seconds) \
    static int WINAPI name(SOCKET s)         \
    {                                        \
        if (condition)                       \
            set_linger(s, on, seconds);      \
        return real(closesocket)(s);         \
    }

CLOSES(resets_nonblocking, s == nonblocking && does_not_linger(s), 1, 0)
MUTANT(nonblocking_sockets_close_hard, "closesocket of a nonblocking socket resets the connection",
       PATCH(ioctlsocket, notes_mode), PATCH(closesocket, resets_nonblocking));

static SOCKET timed = INVALID_SOCKET; /* the last one that was given a time, but does not linger */

static int WINAPI notes_time(SET_PARAMETERS)
{
    int result = SET;
    if (result == 0 && level == SOL_SOCKET && option == SO_LINGER)
        timed = does_not_linger(s) && ((const LINGER *)value)->l_linger ? s : INVALID_SOCKET;
    return result;
}

CLOSES(resets_timed, s == timed, 1, 0)
MUTANT(linger_that_is_off_closes_hard, "A time in SO_LINGER makes closesocket hard when it is off",
       PATCH(setsockopt, notes_time), PATCH(closesocket, resets_timed));

CLOSES(resets_taken_back, s == taken_back_from && taken_back.l_onoff && !taken_back.l_linger, 1, 0)
MUTANT(dontlinger_leaves_the_close_hard, "SO_DONTLINGER does not take back a linger of no time",
       PATCH(setsockopt, notes_taken_back), PATCH(closesocket, resets_taken_back));

CLOSES(resets_lingering, lingers_for_a_time(s), 1, 0)
MUTANT(lingering_sockets_close_hard, "closesocket of a socket that lingers resets the connection",
       PATCH(closesocket, resets_lingering));

CLOSES(drops_if_blocking, s == full && s != nonblocking && does_not_linger(s), 1, 0)
MUTANT(blocking_close_drops_the_unsent,
       "closesocket of a blocking socket drops what is not sent yet", PATCH(send, notes_full),
       PATCH(ioctlsocket, notes_mode), PATCH(closesocket, drops_if_blocking));

CLOSES(drops_if_nonblocking, s == full && s == nonblocking && does_not_linger(s), 1, 0)
MUTANT(nonblocking_close_drops_the_unsent,
       "closesocket of a nonblocking socket drops what is not sent yet", PATCH(send, notes_full),
       PATCH(ioctlsocket, notes_mode), PATCH(closesocket, drops_if_nonblocking));

CLOSES(lingers_still, s == taken_back_from && taken_back.l_onoff && taken_back.l_linger, 1,
       taken_back.l_linger)
MUTANT(dontlinger_still_waits, "closesocket waits for the time that SO_DONTLINGER has undone",
       PATCH(setsockopt, notes_taken_back), PATCH(closesocket, lingers_still));

static int WINAPI always_waits(SOCKET s)
{
    if (lingers_for_a_time(s))
        real(SleepEx)(linger_of(s).l_linger > 6 ? 6000 : linger_of(s).l_linger * 1000, FALSE);
    return real(closesocket)(s);
}
MUTANT(lingering_close_always_waits, "closesocket waits for all of its time with nothing to send",
       PATCH(closesocket, always_waits));

CLOSES(returns_at_once, lingers_for_a_time(s), 0, 0)
MUTANT(lingering_close_does_not_wait,
       "closesocket does not linger, and leaves the rest to the background",
       PATCH(closesocket, returns_at_once));

static int WINAPI tells_timeout(SOCKET s)
{
    DWORD limit = lingers_for_a_time(s) ? linger_of(s).l_linger * 1000u : INFINITE;
    ULONGLONG before = GetTickCount64();
    int result = real(closesocket)(s);
    return result == 0 && limit != INFINITE && GetTickCount64() - before >= limit - 100
               ? socket_fails(WSAETIMEDOUT)
               : result;
}
MUTANT(lingering_close_tells_the_timeout, "closesocket fails when its time is over",
       PATCH(closesocket, tells_timeout));

static int WINAPI waits_for_once(SOCKET s)
{
    u_long off = 0;
    if (s == nonblocking && lingers_for_a_time(s))
        real(ioctlsocket)(s, FIONBIO, &off);
    return real(closesocket)(s);
}
MUTANT(nonblocking_lingering_close_waits, "closesocket of a nonblocking socket that lingers waits",
       PATCH(ioctlsocket, notes_mode), PATCH(closesocket, waits_for_once));

static int WINAPI closes_all_the_same(SOCKET s)
{
    int result = real(closesocket)(s);
    if (result == SOCKET_ERROR && GetLastError() == WSAEWOULDBLOCK) {
        set_linger(s, 0, 0);
        real(closesocket)(s);
        SetLastError(WSAEWOULDBLOCK);
    }
    return result;
}
MUTANT(nonblocking_lingering_close_closes, "closesocket that says WSAEWOULDBLOCK has closed",
       PATCH(closesocket, closes_all_the_same));

CLOSES(graceful_if_nonblocking, s == nonblocking && closes_hard(s), 0, 0)
MUTANT(nonblocking_hard_close_is_graceful,
       "closesocket of a nonblocking socket that lingers for no time is graceful",
       PATCH(ioctlsocket, notes_mode), PATCH(closesocket, graceful_if_nonblocking));

CLOSES(graceful_if_full, s == full && s != nonblocking && closes_hard(s), 0, 0)
MUTANT(blocking_hard_close_is_graceful,
       "closesocket of a socket that lingers for no time sends what is unsent first",
       PATCH(send, notes_full), PATCH(ioctlsocket, notes_mode),
       PATCH(closesocket, graceful_if_full));
