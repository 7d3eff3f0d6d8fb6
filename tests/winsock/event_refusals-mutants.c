/* What WSAEventSelect and WSAEnumNetworkEvents refuse and record, done wrong. */
#include "events-mutants.h"

static int WINAPI select_unstarted(SELECT_PARAMETERS)
{
    return failure_renamed(SELECT, WSANOTINITIALISED, WSAENETDOWN);
}
MUTANT(event_select_before_startup_is_net_down,
       "WSAEventSelect without WSAStartup fails with WSAENETDOWN",
       PATCH(WSAEventSelect, select_unstarted));

static int WINAPI enum_unstarted(ENUM_PARAMETERS)
{
    return failure_renamed(ENUM, WSANOTINITIALISED, WSAENETDOWN);
}
MUTANT(enum_events_before_startup_is_net_down,
       "WSAEnumNetworkEvents without WSAStartup fails with WSAENETDOWN",
       PATCH(WSAEnumNetworkEvents, enum_unstarted));

static BOOL WINAPI result_unstarted(SOCKET s, LPWSAOVERLAPPED operation, LPDWORD count, BOOL wait,
                                    LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, operation, count, wait, flags);
    rename_error(!done, WSANOTINITIALISED, WSAENETDOWN);
    return done;
}
MUTANT(overlapped_result_before_startup_is_net_down,
       "WSAGetOverlappedResult without WSAStartup fails with WSAENETDOWN",
       PATCH(WSAGetOverlappedResult, result_unstarted));

static int WINAPI takes_closed(SELECT_PARAMETERS)
{
    DWORD before = GetLastError(), flags;
    if (events && event && !real(GetHandleInformation)(event, &flags)) {
        SetLastError(before);
        return 0;
    }
    SetLastError(before);
    return SELECT;
}
MUTANT(event_select_takes_closed_events, "WSAEventSelect takes an event that is closed",
       PATCH(WSAEventSelect, takes_closed));

static int WINAPI takes_none(SELECT_PARAMETERS)
{
    return events && !event ? 0 : SELECT;
}
MUTANT(event_select_takes_no_event, "WSAEventSelect takes events without an event object",
       PATCH(WSAEventSelect, takes_none));

/* Whether it is readable already. */
static bool readable(SOCKET s)
{
    DWORD error = GetLastError();
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL at_once = {0};
    bool ready = real(select)(0, &one, NULL, NULL, &at_once) == 1;
    SetLastError(error);
    return ready;
}

static int WINAPI misses_waiting(SELECT_PARAMETERS)
{
    if (events == FD_ACCEPT && is_listening(s) && readable(s))
        events = FD_CLOSE;
    return SELECT;
}
MUTANT(event_select_misses_waiting_connections,
       "WSAEventSelect does not record a connection that waits already",
       PATCH(WSAEventSelect, misses_waiting));

static int WINAPI finds_full(SELECT_PARAMETERS)
{
    if (events & FD_WRITE && events & FD_READ && is_stream(s) && has_peer(s))
        events &= ~FD_WRITE;
    return SELECT;
}
MUTANT(event_select_finds_connections_full,
       "WSAEventSelect for reading and writing does not record FD_WRITE of a connected socket",
       PATCH(WSAEventSelect, finds_full));

static int WINAPI forgets_room(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0 && seen->lNetworkEvents & FD_CONNECT)
        seen->lNetworkEvents &= ~FD_WRITE;
    return result;
}
MUTANT(enum_events_forgets_room_of_new_connections,
       "WSAEnumNetworkEvents tells no FD_WRITE with FD_CONNECT",
       PATCH(WSAEnumNetworkEvents, forgets_room));

static SOCKET connected;

static int WINAPI notes_connection(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0 && s == connected && !seen->lNetworkEvents)
        seen->lNetworkEvents = FD_CONNECT;
    else if (result == 0 && seen->lNetworkEvents == FD_CONNECT && !seen->iErrorCode[FD_CONNECT_BIT])
        connected = s;
    return result;
}
MUTANT(enum_events_repeats_connect,
       "WSAEnumNetworkEvents tells FD_CONNECT again when nothing has happened since",
       PATCH(WSAEnumNetworkEvents, notes_connection));

static SOCKET urgent;

static int WINAPI tells_once(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0 && seen->lNetworkEvents & FD_OOB) {
        if (urgent == s)
            seen->lNetworkEvents &= ~FD_OOB;
        urgent = s;
    }
    return result;
}
MUTANT(enum_events_tells_urgent_data_once, "WSAEnumNetworkEvents tells FD_OOB of a socket once",
       PATCH(WSAEnumNetworkEvents, tells_once));

static int WINAPI watches_data(SELECT_PARAMETERS)
{
    if (events == FD_CLOSE && is_stream(s) && has_peer(s))
        events |= FD_READ;
    return SELECT;
}
MUTANT(event_select_watches_data_too, "WSAEventSelect for FD_CLOSE records FD_READ, too",
       PATCH(WSAEventSelect, watches_data));

static SOCKET sockets[16];
static unsigned count;

static int WINAPI notes_watched(SELECT_PARAMETERS)
{
    if (count < 16)
        sockets[count++] = s;
    return SELECT;
}

static int WINAPI unwatched_fails(ENUM_PARAMETERS)
{
    for (unsigned i = 0; i < count; i++)
        if (sockets[i] == s)
            return ENUM;
    return is_datagram(s) ? socket_fails(WSAEINVAL) : ENUM;
}
MUTANT(enum_events_of_unwatched_fails,
       "WSAEnumNetworkEvents fails for a datagram socket that WSAEventSelect does not watch",
       PATCH(WSAEventSelect, notes_watched), PATCH(WSAEnumNetworkEvents, unwatched_fails));

static SOCKET accepted;

static SOCKET WINAPI notes_accepted(SOCKET s, struct sockaddr *name, int *size)
{
    return accepted = real(accept)(s, name, size);
}

static int WINAPI ignores_accepted(SELECT_PARAMETERS)
{
    return accepted && s == accepted && events ? 0 : SELECT;
}
MUTANT(event_select_of_accepted_is_ignored,
       "WSAEventSelect of an accepted socket leaves it with the event of its listener",
       PATCH(accept, notes_accepted), PATCH(WSAEventSelect, ignores_accepted));
