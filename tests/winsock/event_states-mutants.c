/* Wrong behaviours, for the tests of event_states.c: when WSAEventSelect records an event again. */
#include "events-mutants.h"

/* Leaves the last error alone. */
static void forget_events_of(SOCKET s)
{
    DWORD error = GetLastError();
    WSANETWORKEVENTS taken;
    if (watched.event && watched.s == s)
        real(WSAEnumNetworkEvents)(s, watched.event, &taken);
    SetLastError(error);
}

static void set_event(void)
{
    DWORD error = GetLastError();
    real(SetEvent)(watched.event);
    SetLastError(error);
}

static bool connecting;

static int WINAPI notes_connect(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    connecting = s == watched.s;
    return result;
}

static int WINAPI connected_without_write(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0 && connecting && is_stream(s))
        seen->lNetworkEvents &= ~FD_WRITE;
    return result;
}
MUTANT(event_select_connects_without_write, "a connection made is not recorded as FD_WRITE",
       PATCH(WSAEventSelect, notes), PATCH(connect, notes_connect),
       PATCH(WSAEnumNetworkEvents, connected_without_write));

static SOCKET accepted;

static SOCKET WINAPI notes_accept(SOCKET s, struct sockaddr *name, int *length)
{
    return accepted = real(accept)(s, name, length);
}

static int WINAPI accepted_without_write(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0 && s == accepted)
        seen->lNetworkEvents &= ~FD_WRITE;
    return result;
}
MUTANT(event_select_accepts_without_write, "an accepted socket does not record FD_WRITE",
       PATCH(accept, notes_accept), PATCH(WSAEnumNetworkEvents, accepted_without_write));

static int WINAPI end_sets_event(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    if (got == 0 && watched.s == s && watched.events & FD_CLOSE)
        set_event();
    return got;
}
MUTANT(event_select_repeats_the_end, "a receive that finds the end sets the event again",
       PATCH(WSAEventSelect, notes), PATCH(recv, end_sets_event));

static bool half_closed;

static int WINAPI notes_shutdown(SOCKET s, int how)
{
    half_closed = how == SD_SEND;
    return real(shutdown)(s, how);
}

static int WINAPI half_close_is_read(ENUM_PARAMETERS)
{
    int result = ENUM;
    if (result == 0 && half_closed && seen->lNetworkEvents & FD_CLOSE)
        seen->lNetworkEvents = FD_READ;
    return result;
}
MUTANT(event_select_half_close_is_data, "shutdown of the other side is recorded as FD_READ",
       PATCH(shutdown, notes_shutdown), PATCH(WSAEnumNetworkEvents, half_close_is_read));

static int WINAPI peek_is_nothing(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    if (got > 0 && flags & MSG_PEEK)
        forget_events_of(s);
    return got;
}
MUTANT(event_select_peek_does_not_reenable, "recv with MSG_PEEK does not make FD_READ be recorded",
       PATCH(WSAEventSelect, notes), PATCH(recv, peek_is_nothing));

static int WINAPI rest_is_nothing(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    if (got > 0 && is_stream(s))
        forget_events_of(s);
    return got;
}
MUTANT(event_select_forgets_the_rest, "what recv leaves of a stream is not recorded again",
       PATCH(WSAEventSelect, notes), PATCH(recv, rest_is_nothing));

static SOCKET WINAPI wsaaccept_is_nothing(SOCKET s, struct sockaddr *name, LPINT length,
                                          LPCONDITIONPROC condition, DWORD_PTR data)
{
    SOCKET taken = real(WSAAccept)(s, name, length, condition, data);
    if (taken != INVALID_SOCKET)
        forget_events_of(s);
    return taken;
}
MUTANT(event_select_wsaaccept_does_not_reenable, "WSAAccept does not make FD_ACCEPT be recorded",
       PATCH(WSAEventSelect, notes), PATCH(WSAAccept, wsaaccept_is_nothing));

static int WINAPI failure_resets(ENUM_PARAMETERS)
{
    int result = ENUM;
    DWORD error = GetLastError();
    if (result == SOCKET_ERROR && event)
        real(ResetEvent)(event);
    SetLastError(error);
    return result;
}
MUTANT(enum_events_that_fails_resets, "WSAEnumNetworkEvents resets the event when it fails",
       PATCH(WSAEnumNetworkEvents, failure_resets));

static int WINAPI closes_event(SOCKET s)
{
    int result = real(closesocket)(s);
    if (result == 0 && watched.s == s && watched.event)
        real(CloseHandle)(watched.event);
    return result;
}
MUTANT(closesocket_closes_the_event, "closesocket closes the event of WSAEventSelect",
       PATCH(WSAEventSelect, notes), PATCH(closesocket, closes_event));
