/* Wrong behaviours, for the tests of port_calls.c: packets of the calls that begin an operation. */
#include "associated-mutants.h"

static HANDLE skipping; /* the last socket that wants no packets of what succeeds at once */

static BOOL WINAPI notes_mode(HANDLE file, UCHAR flags)
{
    BOOL set = real(SetFileCompletionNotificationModes)(file, flags);
    if (set && flags & FILE_SKIP_COMPLETION_PORT_ON_SUCCESS)
        skipping = file;
    return set;
}

#define NOTES_MODE PATCH(SetFileCompletionNotificationModes, notes_mode)

static void queue(LPWSAOVERLAPPED overlapped, DWORD count)
{
    DWORD error = GetLastError();
    real(PostQueuedCompletionStatus)(associated.port, count, associated.key, overlapped);
    SetLastError(error);
}

static bool is_associated(SOCKET s, const void *overlapped)
{
    return overlapped && associated.port && (HANDLE)s == associated.file;
}

/* ---- No packet of what is done at once: its event says that none is wanted */

static void want_no_packet(SOCKET s, LPWSAOVERLAPPED overlapped)
{
    if (is_associated(s, overlapped) && !overlapped->hEvent && associated.file != skipping)
        overlapped->hEvent = (HANDLE)((UINT_PTR)real(CreateEventW)(NULL, TRUE, FALSE, NULL) | 1);
}

static int WINAPI sends_silently(WSASEND_PARAMETERS)
{
    want_no_packet(s, overlapped);
    return WSASEND;
}
MUTANT(wsasend_done_at_once_makes_no_packet, "WSASend makes no packet", NOTES,
       PATCH(WSASend, sends_silently));

static int WINAPI receives_silently(WSARECV_PARAMETERS)
{
    if (bytes_waiting(s))
        want_no_packet(s, overlapped);
    return WSARECV;
}
MUTANT(wsarecv_done_at_once_makes_no_packet, "WSARecv that is done at once makes no packet", NOTES,
       PATCH(WSARecv, receives_silently));

static int WINAPI receives_from_silently(WSARECVFROM_PARAMETERS)
{
    if (bytes_waiting(s))
        want_no_packet(s, overlapped);
    return WSARECVFROM;
}
MUTANT(wsarecvfrom_done_at_once_makes_no_packet, "WSARecvFrom that is done at once makes no packet",
       NOTES, PATCH(WSARecvFrom, receives_from_silently));

/* ---- The mode that is ignored */

static int done_aloud(int result, SOCKET s, LPWSAOVERLAPPED overlapped)
{
    if (result == 0 && is_associated(s, overlapped) && associated.file == skipping)
        queue(overlapped, (DWORD)overlapped->InternalHigh);
    return result;
}

static int WINAPI sends_aloud(WSASEND_PARAMETERS)
{
    return done_aloud(WSASEND, s, overlapped);
}
MUTANT(wsasend_ignores_the_mode_to_skip,
       "FILE_SKIP_COMPLETION_PORT_ON_SUCCESS does not keep packets of WSASend back", NOTES,
       NOTES_MODE, PATCH(WSASend, sends_aloud));

static int WINAPI sends_to_aloud(WSASENDTO_PARAMETERS)
{
    return done_aloud(WSASENDTO, s, overlapped);
}
MUTANT(wsasendto_ignores_the_mode_to_skip,
       "FILE_SKIP_COMPLETION_PORT_ON_SUCCESS does not keep packets of WSASendTo back", NOTES,
       NOTES_MODE, PATCH(WSASendTo, sends_to_aloud));

static int WINAPI receives_aloud(WSARECV_PARAMETERS)
{
    return done_aloud(WSARECV, s, overlapped);
}
MUTANT(wsarecv_ignores_the_mode_to_skip,
       "FILE_SKIP_COMPLETION_PORT_ON_SUCCESS does not keep packets of WSARecv back", NOTES,
       NOTES_MODE, PATCH(WSARecv, receives_aloud));

/* ---- A packet of what could not begin */

static int refused_aloud(int result, SOCKET s, LPWSAOVERLAPPED overlapped)
{
    if (result == SOCKET_ERROR && GetLastError() != WSA_IO_PENDING && is_associated(s, overlapped))
        queue(overlapped, 0);
    return result;
}

static int WINAPI refuses_to_send(WSASEND_PARAMETERS)
{
    return refused_aloud(WSASEND, s, overlapped);
}
MUTANT(wsasend_queues_a_packet_of_a_refusal, "A WSASend that cannot begin queues a packet", NOTES,
       PATCH(WSASend, refuses_to_send));

static int WINAPI refuses_to_send_to(WSASENDTO_PARAMETERS)
{
    return refused_aloud(WSASENDTO, s, overlapped);
}
MUTANT(wsasendto_queues_a_packet_of_a_refusal, "A WSASendTo that cannot begin queues a packet",
       NOTES, PATCH(WSASendTo, refuses_to_send_to));

static int WINAPI refuses_to_receive(WSARECV_PARAMETERS)
{
    return refused_aloud(WSARECV, s, overlapped);
}
MUTANT(wsarecv_queues_a_packet_of_a_refusal, "A WSARecv that cannot begin queues a packet", NOTES,
       PATCH(WSARecv, refuses_to_receive));

static int WINAPI refuses_to_receive_from(WSARECVFROM_PARAMETERS)
{
    return refused_aloud(WSARECVFROM, s, overlapped);
}
MUTANT(wsarecvfrom_queues_a_packet_of_a_refusal, "A WSARecvFrom that cannot begin queues a packet",
       NOTES, PATCH(WSARecvFrom, refuses_to_receive_from));
