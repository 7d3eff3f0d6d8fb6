/* How WSAEventSelect associates sockets with events, and who takes its record, done wrong. */
#include "events-mutants.h"

static int WINAPI adds_events(SELECT_PARAMETERS)
{
    if (events && watched.s == s)
        events |= watched.events;
    note(s, event, events);
    return SELECT;
}
MUTANT(event_select_adds_events, "WSAEventSelect adds to the events asked for before",
       PATCH(WSAEventSelect, adds_events));

static int WINAPI never_cancels(SELECT_PARAMETERS)
{
    return !event && !events ? 0 : SELECT;
}
MUTANT(event_select_never_cancels, "WSAEventSelect of no events changes nothing",
       PATCH(WSAEventSelect, never_cancels));

static int WINAPI with_event_stays(SELECT_PARAMETERS)
{
    return !events && event ? 0 : SELECT;
}
MUTANT(event_select_cancels_only_without_event,
       "WSAEventSelect of no events changes nothing when it is given an event",
       PATCH(WSAEventSelect, with_event_stays));

static int WINAPI minds_the_event(SELECT_PARAMETERS)
{
    bool other = !events && event && watched.s == s && watched.event != event;
    if (events)
        note(s, event, events);
    return other ? socket_fails(WSAEINVAL) : SELECT;
}
MUTANT(event_select_minds_the_event_of_nothing,
       "WSAEventSelect of no events fails when it is given another event than before",
       PATCH(WSAEventSelect, minds_the_event));

static int WINAPI one_socket(SELECT_PARAMETERS)
{
    if (event && watched.event == event && watched.s != s)
        real(WSAEventSelect)(watched.s, NULL, 0);
    note(s, event, events);
    return SELECT;
}
MUTANT(event_serves_one_socket, "An event serves the last socket that was given it only",
       PATCH(WSAEventSelect, one_socket));

static int WINAPI one_at_a_time(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0)
        seen->lNetworkEvents &= -seen->lNetworkEvents;
    return result;
}
MUTANT(enum_events_tells_one, "WSAEnumNetworkEvents tells one of several events",
       PATCH(WSAEnumNetworkEvents, one_at_a_time));

static int WINAPI clears_errors(ENUM_PARAMETERS)
{
    int result = ENUM;
    for (int i = 0; result == 0 && i < FD_MAX_EVENTS; i++)
        if (!(seen->lNetworkEvents & 1 << i))
            seen->iErrorCode[i] = 0;
    return result;
}
MUTANT(enum_events_clears_other_errors, "WSAEnumNetworkEvents clears the errors of other events",
       PATCH(WSAEnumNetworkEvents, clears_errors));

/* Leaves the last error alone. */
static void take_record_of(SOCKET s)
{
    DWORD error = GetLastError();
    WSANETWORKEVENTS taken;
    if (watched.event && watched.s == s)
        real(WSAEnumNetworkEvents)(s, NULL, &taken);
    SetLastError(error);
}

static int WINAPI select_takes(int count, fd_set *readable, fd_set *writable, fd_set *exceptional,
                               const PTIMEVAL time)
{
    int ready = real(select)(count, readable, writable, exceptional, time);
    if (ready > 0 && readable && readable->fd_count)
        take_record_of(readable->fd_array[0]);
    return ready;
}
MUTANT(select_takes_the_record, "select takes what WSAEventSelect has recorded",
       PATCH(WSAEventSelect, notes), PATCH(select, select_takes));

static int WINAPI poll_takes(LPWSAPOLLFD sockets, ULONG count, INT time)
{
    int ready = real(WSAPoll)(sockets, count, time);
    if (ready > 0)
        take_record_of(sockets[0].fd);
    return ready;
}
MUTANT(poll_takes_the_record, "WSAPoll takes what WSAEventSelect has recorded",
       PATCH(WSAEventSelect, notes), PATCH(WSAPoll, poll_takes));

static SOCKET duplicate = INVALID_SOCKET;

static SOCKET WINAPI notes_duplicate(int family, int type, int protocol, LPWSAPROTOCOL_INFOW info,
                                     GROUP group, DWORD flags)
{
    SOCKET s = real(WSASocketW)(family, type, protocol, info, group, flags);
    if (info)
        duplicate = s;
    return s;
}

static int WINAPI not_of_duplicates(SELECT_PARAMETERS)
{
    return s == duplicate ? 0 : SELECT;
}
MUTANT(event_select_of_duplicate_does_nothing,
       "WSAEventSelect of a duplicated socket changes nothing", PATCH(WSASocketW, notes_duplicate),
       PATCH(WSAEventSelect, not_of_duplicates));
