/* Wrong behaviours, for the tests of events.c: when WSAEventSelect sets its event, and what
 * WSAEnumNetworkEvents then reports. */
#include "events-mutants.h"

static int WINAPI off_always(SOCKET s, long command, u_long *argument)
{
    return failure_hidden(real(ioctlsocket)(s, command, argument), WSAEINVAL, 0);
}
MUTANT(fionbio_off_allowed_under_event_select,
       "FIONBIO makes a socket blocking that WSAEventSelect watches",
       PATCH(ioctlsocket, off_always));

static int WINAPI read_is_oob(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0 && seen->lNetworkEvents == FD_READ && !event && is_datagram(s))
        seen->lNetworkEvents = FD_OOB;
    return result;
}
MUTANT(enum_events_reports_data_as_oob,
       "WSAEnumNetworkEvents without an event reports a datagram as FD_OOB",
       PATCH(WSAEnumNetworkEvents, read_is_oob));

static int WINAPI close_is_read(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0 && seen->lNetworkEvents & FD_CLOSE)
        seen->lNetworkEvents |= FD_READ;
    return result;
}
MUTANT(enum_events_reports_close_as_read_too, "the end of a stream is recorded as FD_READ too",
       PATCH(WSAEnumNetworkEvents, close_is_read));

static int WINAPI close_is_reset(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0 && seen->lNetworkEvents & FD_CLOSE)
        seen->iErrorCode[FD_CLOSE_BIT] = WSAECONNRESET;
    return result;
}
MUTANT(enum_events_reports_end_as_reset, "FD_CLOSE of a graceful end carries WSAECONNRESET",
       PATCH(WSAEnumNetworkEvents, close_is_reset));

static int WINAPI keeps_record(ENUM_PARAMETERS)
{
    static WSANETWORKEVENTS last;
    int result = ENUM;
    if (result == 0 && !seen->lNetworkEvents)
        *seen = last;
    last = *seen;
    return result;
}
MUTANT(enum_events_keeps_record, "WSAEnumNetworkEvents does not clear the record",
       PATCH(WSAEnumNetworkEvents, keeps_record));

static int WINAPI leaves_event(ENUM_PARAMETERS)
{
    int result = real(WSAEnumNetworkEvents)(s, NULL, seen);
    if (event && result == 0)
        real(SetEvent)(event);
    return result;
}
MUTANT(enum_events_leaves_event_set, "WSAEnumNetworkEvents does not reset the event it is given",
       PATCH(WSAEnumNetworkEvents, leaves_event));

static int WINAPI resets_anyway(ENUM_PARAMETERS)
{
    return real(WSAEnumNetworkEvents)(s, event ? event : watched.event, seen);
}
MUTANT(enum_events_resets_event_anyway,
       "WSAEnumNetworkEvents resets the event without being given it",
       PATCH(WSAEnumNetworkEvents, resets_anyway), PATCH(WSAEventSelect, notes));

static int WINAPI misses_waiting(SELECT_PARAMETERS)
{
    int result = SELECT;
    if (result == 0 && event)
        real(ResetEvent)(event);
    return result;
}
MUTANT(event_select_misses_waiting_data, "WSAEventSelect does not see what has already come",
       PATCH(WSAEventSelect, misses_waiting));

static int WINAPI waits_for_datagram(SOCKET s, char *buffer, int size, int flags,
                                     struct sockaddr *from, int *length)
{
    int got = real(recvfrom)(s, buffer, size, flags, from, length);
    return watched.event && s == watched.s ? failure_renamed(got, WSAEWOULDBLOCK, WSAETIMEDOUT)
                                           : got;
}
MUTANT(event_select_leaves_socket_blocking, "WSAEventSelect leaves the socket blocking",
       PATCH(WSAEventSelect, notes), PATCH(recvfrom, waits_for_datagram));
