/* Wrong behaviours, for the tests of room_of_connections.c: connections without room to send. */
#include "../stream/stream-mutants.h"

static SOCKET made = INVALID_SOCKET;

static int WINAPI no_room(SOCKET s, WSAEVENT event, long events)
{
    return real(WSAEventSelect)(s, event, s == made ? events & ~FD_WRITE : events);
}

static BOOL WINAPI notes_by_name(BY_NAME_PARAMETERS(LPWSTR))
{
    made = s;
    return BY_NAMEW;
}
MUTANT(no_room_after_connect_by_name,
       "WSAEventSelect records no room of what WSAConnectByName has connected",
       PATCH(WSAConnectByNameW, notes_by_name), PATCH(WSAEventSelect, no_room));

static BOOL WINAPI notes_by_list(SOCKET s, PSOCKET_ADDRESS_LIST list, LPDWORD local_size,
                                 LPSOCKADDR local, LPDWORD remote_size, LPSOCKADDR remote,
                                 const PTIMEVAL time, LPWSAOVERLAPPED reserved)
{
    made = s;
    return real(WSAConnectByList)(s, list, local_size, local, remote_size, remote, time, reserved);
}
MUTANT(no_room_after_connect_by_list,
       "WSAEventSelect records no room of what WSAConnectByList has connected",
       PATCH(WSAConnectByList, notes_by_list), PATCH(WSAEventSelect, no_room));

static LPFN_ACCEPTEX real_accept_ex;

static BOOL PASCAL notes_accepted(SOCKET listener, SOCKET s, PVOID room, DWORD data, DWORD local,
                                  DWORD remote, LPDWORD count, LPOVERLAPPED overlapped)
{
    made = s;
    return real_accept_ex(listener, s, room, data, local, remote, count, overlapped);
}
EXCHANGES(plant_notes, WSAID_ACCEPTEX, notes_accepted, real_accept_ex)
MUTANT(no_room_after_accept_ex, "WSAEventSelect records no room of what AcceptEx has accepted",
       PATCH(WSAIoctl, plant_notes), PATCH(WSAEventSelect, no_room));
