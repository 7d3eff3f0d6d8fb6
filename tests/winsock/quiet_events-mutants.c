/* Wrong behaviours, for the tests of quiet_events.c: events that are set again, and a port that is
 * lost. */
#include "../dgram/dgram-mutants.h"

static SOCKET watched = INVALID_SOCKET;
static WSAEVENT event_of;

static int WINAPI notes(SOCKET s, WSAEVENT event, LONG events)
{
    int result = real(WSAEventSelect)(s, event, events);
    if (result == 0 && events) {
        watched = s;
        event_of = event;
    }
    return result;
}

#define NOTES PATCH(WSAEventSelect, notes)

/* The watched socket is looked at: what holds there is told again. */
static void look_at(SOCKET s)
{
    DWORD error = GetLastError();
    if (s == watched)
        real(WSASetEvent)(event_of);
    SetLastError(error);
}

static int WINAPI selects_aloud(int n, fd_set *reads, fd_set *writes, fd_set *excepts,
                                const PTIMEVAL limit)
{
    int count = real(select)(n, reads, writes, excepts, limit);
    if (count > 0 && reads && reads->fd_count == 1)
        look_at(reads->fd_array[0]);
    else if (count > 0 && writes && writes->fd_count == 1)
        look_at(writes->fd_array[0]);
    return count;
}
MUTANT(select_sets_the_event_again, "select of a socket that is ready sets its event again", NOTES,
       PATCH(select, selects_aloud));

static int WINAPI polls_aloud(LPWSAPOLLFD elements, ULONG count, INT time)
{
    int result = real(WSAPoll)(elements, count, time);
    if (result > 0)
        look_at(elements->fd);
    return result;
}
MUTANT(wsapoll_sets_the_event_again, "WSAPoll of a socket that is ready sets its event again",
       NOTES, PATCH(WSAPoll, polls_aloud));

static int WINAPI asks_aloud(SOCKET s, long command, u_long *value)
{
    int result = real(ioctlsocket)(s, command, value);
    if (command == (long)FIONREAD)
        look_at(s);
    return result;
}

static int WINAPI gets_aloud(GET_PARAMETERS)
{
    look_at(s);
    return GET;
}
MUTANT(questions_set_the_event_again, "FIONREAD and getsockopt set the event of their socket again",
       NOTES, PATCH(ioctlsocket, asks_aloud), PATCH(getsockopt, gets_aloud));

static int WINAPI sends_aloud(SENDTO_PARAMETERS)
{
    int sent = real(sendto)(SENDTO_ARGUMENTS);
    look_at(s);
    return sent;
}
MUTANT(sendto_sets_the_event_again, "sendto sets the event of its socket again", NOTES,
       PATCH(sendto, sends_aloud));
