/* Wrong behaviours, for the tests of events.c: when WSAEventSelect sets its event, and what
 * WSAEnumNetworkEvents then reports. */
#include "winsock-mutants.h"

static int WINAPI off_always(SOCKET s, long command, u_long *argument)
{
    return failure_hidden(real.ioctlsocket(s, command, argument), WSAEINVAL, 0);
}
MUTANT(fionbio_off_allowed_under_event_select,
       "FIONBIO makes a socket blocking that WSAEventSelect watches",
       PATCH(ioctlsocket, off_always));

static int WINAPI read_is_oob(SOCKET s, WSAEVENT event, WSANETWORKEVENTS *seen)
{
    bool untouched = seen->iErrorCode[FD_READ_BIT] == -1; /* as one of many callers fills it */
    int result = real.WSAEnumNetworkEvents(s, event, seen);
    if (result == 0 && seen->lNetworkEvents == FD_READ && untouched)
        seen->lNetworkEvents = FD_OOB;
    return result;
}
MUTANT(enum_events_reports_data_as_oob, "WSAEnumNetworkEvents reports a datagram as FD_OOB",
       PATCH(WSAEnumNetworkEvents, read_is_oob));

static int WINAPI close_is_read(SOCKET s, WSAEVENT event, WSANETWORKEVENTS *seen)
{
    int result = real.WSAEnumNetworkEvents(s, event, seen);
    if (result == 0 && seen->lNetworkEvents & FD_CLOSE)
        seen->lNetworkEvents |= FD_READ;
    return result;
}
MUTANT(enum_events_reports_close_as_read_too, "the end of a stream is recorded as FD_READ too",
       PATCH(WSAEnumNetworkEvents, close_is_read));

static int WINAPI close_is_reset(SOCKET s, WSAEVENT event, WSANETWORKEVENTS *seen)
{
    int result = real.WSAEnumNetworkEvents(s, event, seen);
    if (result == 0 && seen->lNetworkEvents & FD_CLOSE)
        seen->iErrorCode[FD_CLOSE_BIT] = WSAECONNRESET;
    return result;
}
MUTANT(enum_events_reports_end_as_reset, "FD_CLOSE of a graceful end carries WSAECONNRESET",
       PATCH(WSAEnumNetworkEvents, close_is_reset));

static int WINAPI keeps_record(SOCKET s, WSAEVENT event, WSANETWORKEVENTS *seen)
{
    static WSANETWORKEVENTS last;
    int result = real.WSAEnumNetworkEvents(s, event, seen);
    if (result == 0 && !seen->lNetworkEvents)
        *seen = last;
    last = *seen;
    return result;
}
MUTANT(enum_events_keeps_record, "WSAEnumNetworkEvents does not clear the record",
       PATCH(WSAEnumNetworkEvents, keeps_record));

static HANDLE watched;

static int WINAPI remembers_event(SOCKET s, WSAEVENT event, long events)
{
    watched = event;
    return real.WSAEventSelect(s, event, events);
}

static int WINAPI leaves_event(SOCKET s, WSAEVENT event, WSANETWORKEVENTS *seen)
{
    int result = real.WSAEnumNetworkEvents(s, NULL, seen);
    if (event && result == 0)
        real.SetEvent(event);
    return result;
}
MUTANT(enum_events_leaves_event_set, "WSAEnumNetworkEvents does not reset the event it is given",
       PATCH(WSAEnumNetworkEvents, leaves_event));

static int WINAPI resets_anyway(SOCKET s, WSAEVENT event, WSANETWORKEVENTS *seen)
{
    return real.WSAEnumNetworkEvents(s, event ? event : watched, seen);
}
MUTANT(enum_events_resets_event_anyway,
       "WSAEnumNetworkEvents resets the event without being given it",
       PATCH(WSAEnumNetworkEvents, resets_anyway), PATCH(WSAEventSelect, remembers_event));

static int WINAPI misses_waiting(SOCKET s, WSAEVENT event, long events)
{
    int result = real.WSAEventSelect(s, event, events);
    if (result == 0 && event)
        real.ResetEvent(event);
    return result;
}
MUTANT(event_select_misses_waiting_data, "WSAEventSelect does not see what has already come",
       PATCH(WSAEventSelect, misses_waiting));

static SOCKET still_blocking = INVALID_SOCKET;

static int WINAPI notes_socket(SOCKET s, WSAEVENT event, long events)
{
    still_blocking = s;
    return real.WSAEventSelect(s, event, events);
}

static int WINAPI waits_for_datagram(SOCKET s, char *buffer, int size, int flags,
                                     struct sockaddr *from, int *length)
{
    int got = real.recvfrom(s, buffer, size, flags, from, length);
    return s == still_blocking ? failure_renamed(got, WSAEWOULDBLOCK, WSAETIMEDOUT) : got;
}
MUTANT(event_select_leaves_socket_blocking, "WSAEventSelect leaves the socket blocking",
       PATCH(WSAEventSelect, notes_socket), PATCH(recvfrom, waits_for_datagram));
