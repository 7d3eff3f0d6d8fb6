/* Wrong behaviours: what TransmitFile refuses. */
#include "transmit-mutants.h"

#include <limits.h>

static BOOL PASCAL not_connected(TRANSMIT_PARAMETERS)
{
    return renamed(TRANSMIT, WSAENOTSOCK, WSAENOTCONN);
}
TRANSMITS(plant_not_connected, not_connected)
MUTANT(transmit_file_without_socket_is_unconnected,
       "TransmitFile fails with WSAENOTCONN for what is no socket",
       PATCH(WSAIoctl, plant_not_connected));

static BOOL PASCAL listener_is_invalid(TRANSMIT_PARAMETERS)
{
    bool listening = is_listening(s);
    BOOL done = TRANSMIT;
    return listening ? renamed(done, WSAENOTCONN, WSAEINVAL) : done;
}
TRANSMITS(plant_listener_is_invalid, listener_is_invalid)
MUTANT(transmit_file_of_a_listener_is_invalid,
       "TransmitFile on a listening socket fails with WSAEINVAL",
       PATCH(WSAIoctl, plant_listener_is_invalid));

static BOOL PASCAL sends_datagrams(TRANSMIT_PARAMETERS)
{
    return is_datagram(s) && has_peer(s) ? TRUE : TRANSMIT;
}
TRANSMITS(plant_sends_datagrams, sends_datagrams)
MUTANT(transmit_file_sends_datagrams, "TransmitFile works on datagram sockets",
       PATCH(WSAIoctl, plant_sends_datagrams));

static int shut_down_how = -1;

static int WINAPI shutdown_noted(SOCKET s, int how)
{
    shut_down_how = how;
    return real(shutdown)(s, how);
}

static BOOL PASCAL ignores_both(TRANSMIT_PARAMETERS)
{
    return shut_down_how == SD_BOTH ? TRUE : TRANSMIT;
}
TRANSMITS(plant_ignores_both, ignores_both)
MUTANT(transmit_file_ignores_shutdown_of_both, "TransmitFile succeeds after SD_BOTH",
       PATCH(WSAIoctl, plant_ignores_both), PATCH(shutdown, shutdown_noted));

static BOOL PASCAL needs_receiving_half(TRANSMIT_PARAMETERS)
{
    return shut_down_how == SD_RECEIVE ? failed(WSAESHUTDOWN) : TRANSMIT;
}
TRANSMITS(plant_needs_receiving_half, needs_receiving_half)
MUTANT(transmit_file_needs_the_receiving_half, "TransmitFile fails after SD_RECEIVE",
       PATCH(WSAIoctl, plant_needs_receiving_half), PATCH(shutdown, shutdown_noted));

static BOOL PASCAL reset_is_aborted(TRANSMIT_PARAMETERS)
{
    return renamed(TRANSMIT, WSAECONNRESET, WSAECONNABORTED);
}
TRANSMITS(plant_reset_is_aborted, reset_is_aborted)
MUTANT(transmit_file_of_reset_is_aborted,
       "TransmitFile on a connection that was reset fails with WSAECONNABORTED",
       PATCH(WSAIoctl, plant_reset_is_aborted));

static BOOL PASCAL reuses_without_disconnect(TRANSMIT_PARAMETERS)
{
    if (!(flags & TF_DISCONNECT))
        flags &= ~(DWORD)TF_REUSE_SOCKET;
    return TRANSMIT;
}
TRANSMITS(plant_reuses_without_disconnect, reuses_without_disconnect)
MUTANT(transmit_file_reuses_without_disconnect,
       "TransmitFile ignores TF_REUSE_SOCKET without TF_DISCONNECT",
       PATCH(WSAIoctl, plant_reuses_without_disconnect));

static BOOL PASCAL takes_any_count(TRANSMIT_PARAMETERS)
{
    if (count > INT_MAX - 1)
        count = 0;
    return TRANSMIT;
}
TRANSMITS(plant_takes_any_count, takes_any_count)
MUTANT(transmit_file_takes_any_count,
       "TransmitFile takes counts above its limit for the whole file",
       PATCH(WSAIoctl, plant_takes_any_count));

static BOOL PASCAL nothing_from_behind(TRANSMIT_PARAMETERS)
{
    if (file && overlapped && overlapped->Offset > GetFileSize(file, NULL))
        file = NULL;
    return TRANSMIT;
}
TRANSMITS(plant_nothing_from_behind, nothing_from_behind)
MUTANT(transmit_file_sends_nothing_from_behind_the_end,
       "TransmitFile succeeds for an offset behind the end of the file",
       PATCH(WSAIoctl, plant_nothing_from_behind));

static BOOL PASCAL ignores_bad_buffers(TRANSMIT_PARAMETERS)
{
    if ((UINT_PTR)around < 0x10000)
        around = NULL;
    return TRANSMIT;
}
TRANSMITS(plant_ignores_bad_buffers, ignores_bad_buffers)
MUTANT(transmit_file_ignores_bad_buffers, "TransmitFile ignores head and tail that it cannot read",
       PATCH(WSAIoctl, plant_ignores_bad_buffers));

static BOOL PASCAL sets_event(TRANSMIT_PARAMETERS)
{
    BOOL done = TRANSMIT;
    DWORD error = GetLastError();
    if (!done && error != ERROR_IO_PENDING && overlapped && overlapped->hEvent)
        SetEvent(overlapped->hEvent);
    SetLastError(error);
    return done;
}
TRANSMITS(plant_sets_event, sets_event)
MUTANT(refused_transmit_file_sets_its_event, "A refused TransmitFile sets its event",
       PATCH(WSAIoctl, plant_sets_event));

static HANDLE port_of_sockets;

static HANDLE WINAPI notes_port(HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads)
{
    return port_of_sockets = real(CreateIoCompletionPort)(file, port, key, threads);
}

static BOOL PASCAL is_queued(TRANSMIT_PARAMETERS)
{
    BOOL done = TRANSMIT;
    DWORD error = GetLastError();
    if (!done && error != ERROR_IO_PENDING && overlapped && port_of_sockets)
        real(PostQueuedCompletionStatus)(port_of_sockets, 0, 0, overlapped);
    SetLastError(error);
    return done;
}
TRANSMITS(plant_is_queued, is_queued)
MUTANT(refused_transmit_file_is_queued, "A refused TransmitFile queues a packet",
       PATCH(WSAIoctl, plant_is_queued), PATCH(CreateIoCompletionPort, notes_port));

static BOOL PASCAL limits_count(TRANSMIT_PARAMETERS)
{
    if (count <= INT_MAX - 1 && around &&
        count + (ULONGLONG)head_size(around) + tail_size(around) > INT_MAX - 1)
        count = 0;
    return TRANSMIT;
}
TRANSMITS(plant_limits_count, limits_count)
MUTANT(transmit_file_limits_the_count_alone,
       "TransmitFile does not count head and tail for its limit",
       PATCH(WSAIoctl, plant_limits_count));
