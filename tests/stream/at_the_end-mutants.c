/* Wrong behaviours, for the tests of at_the_end.c: what calls that end a connection tell. */
#include "stream-mutants.h"

static struct {
    SOCKET s;
    HANDLE event;
} watches[4];
static unsigned watch_count;

static int WINAPI notes_close(SOCKET s, WSAEVENT event, long events)
{
    int result = real(WSAEventSelect)(s, event, events);
    if (result == 0 && events == FD_CLOSE && watch_count < 4) {
        watches[watch_count].s = s;
        watches[watch_count++].event = event;
    }
    return result;
}

static int WINAPI tells_close(SOCKET s)
{
    int result = real(closesocket)(s);
    for (unsigned i = 0; i < watch_count && result == 0; i++)
        if (watches[i].s == s)
            real(SetEvent)(watches[i].event);
    return result;
}
MUTANT(closesocket_tells_fd_close, "closesocket sets the event that FD_CLOSE is watched with",
       PATCH(WSAEventSelect, notes_close), PATCH(closesocket, tells_close));

#define DISCONNECT_PARAMETERS SOCKET s, LPOVERLAPPED overlapped, DWORD flags, DWORD reserved

static LPFN_DISCONNECTEX real_disconnect_ex;

static BOOL PASCAL takes_datagrams(DISCONNECT_PARAMETERS)
{
    return is_datagram(s) ? TRUE : real_disconnect_ex(s, overlapped, flags, reserved);
}
EXCHANGES(plant_datagrams, WSAID_DISCONNECTEX, takes_datagrams, real_disconnect_ex)
MUTANT(disconnect_ex_takes_datagrams, "DisconnectEx of a datagram socket succeeds",
       PATCH(WSAIoctl, plant_datagrams));

/* Gives the operation an event, which is signaled in place of the socket. */
static BOOL PASCAL signals_no_socket(DISCONNECT_PARAMETERS)
{
    if (!overlapped || overlapped->hEvent)
        return real_disconnect_ex(s, overlapped, flags, reserved);
    overlapped->hEvent = real(CreateEventW)(NULL, TRUE, FALSE, NULL);
    BOOL done = real_disconnect_ex(s, overlapped, flags, reserved);
    overlapped->hEvent = NULL;
    return done;
}
EXCHANGES(plant_silence, WSAID_DISCONNECTEX, signals_no_socket, real_disconnect_ex)
MUTANT(disconnect_ex_does_not_signal_the_socket,
       "DisconnectEx without an event does not signal the socket", PATCH(WSAIoctl, plant_silence));
