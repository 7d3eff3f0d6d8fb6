/* Wrong behaviours, for the tests of accepted_events.c: sockets that were accepted. */
#include "../stream/stream-mutants.h"

static WSAEVENT event_of;
static LONG events_of;
static SOCKET accepted = INVALID_SOCKET;

static int WINAPI notes(SOCKET s, WSAEVENT event, LONG events)
{
    event_of = event;
    events_of = events;
    return real(WSAEventSelect)(s, event, events);
}

/* Forgets what S, just accepted, has recorded already: data, or the end of the stream. */
static SOCKET forgets(SOCKET s, bool data)
{
    WSANETWORKEVENTS seen;
    DWORD error = GetLastError();
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL none = {0, 0};
    if (s != INVALID_SOCKET && event_of && events_of & FD_ACCEPT && events_of & FD_READ &&
        real(select)(0, &one, NULL, NULL, &none) == 1 && (bytes_waiting(s) > 0) == data)
        real(WSAEnumNetworkEvents)(s, event_of, &seen);
    SetLastError(error);
    return s;
}

static SOCKET WINAPI forgets_data(SOCKET s, struct sockaddr *name, int *length)
{
    return forgets(real(accept)(s, name, length), true);
}

static SOCKET WINAPI wsa_forgets_data(WSAACCEPT_PARAMETERS)
{
    return forgets(WSAACCEPT, true);
}
MUTANT(data_before_accept_is_not_recorded,
       "Data that came before a socket was accepted are not recorded as FD_READ",
       PATCH(WSAEventSelect, notes), PATCH(accept, forgets_data),
       PATCH(WSAAccept, wsa_forgets_data));

static SOCKET WINAPI forgets_end(SOCKET s, struct sockaddr *name, int *length)
{
    return forgets(real(accept)(s, name, length), false);
}

static SOCKET WINAPI wsa_forgets_end(WSAACCEPT_PARAMETERS)
{
    return forgets(WSAACCEPT, false);
}
MUTANT(end_before_accept_is_not_recorded,
       "The end of a stream that came before a socket was accepted is not recorded as FD_CLOSE",
       PATCH(WSAEventSelect, notes), PATCH(accept, forgets_end), PATCH(WSAAccept, wsa_forgets_end));

/* ---- What accept and WSAAccept have returned last */

static SOCKET WINAPI notes_accepted(SOCKET s, struct sockaddr *name, int *length)
{
    return accepted = real(accept)(s, name, length);
}

static SOCKET WINAPI wsa_notes_accepted(WSAACCEPT_PARAMETERS)
{
    return accepted = WSAACCEPT;
}

#define NOTES_ACCEPTED PATCH(accept, notes_accepted), PATCH(WSAAccept, wsa_notes_accepted)

static int WINAPI tells_connection(SOCKET s, WSAEVENT event, LPWSANETWORKEVENTS seen)
{
    int result = real(WSAEnumNetworkEvents)(s, event, seen);
    if (result == 0 && s == accepted && events_of & FD_CONNECT) {
        seen->lNetworkEvents |= FD_CONNECT;
        seen->iErrorCode[FD_CONNECT_BIT] = 0;
    }
    return result;
}
MUTANT(accepted_sockets_record_a_connection, "FD_CONNECT is recorded of sockets that were accepted",
       PATCH(WSAEventSelect, notes), NOTES_ACCEPTED, PATCH(WSAEnumNetworkEvents, tells_connection));

static int WINAPI was_never_connected(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && s == accepted && level == SOL_SOCKET && option == SO_CONNECT_TIME)
        *(DWORD *)value = 0xFFFFFFFF;
    return result;
}
MUTANT(accepted_sockets_have_no_connect_time,
       "SO_CONNECT_TIME of sockets that were accepted is that of none", NOTES_ACCEPTED,
       PATCH(getsockopt, was_never_connected));
