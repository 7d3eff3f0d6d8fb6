/* Wrong behaviours, for the tests of completion_port.c: overlapped operations of sockets with
 * completion ports. */
#include "completion_port-mutants.h"

#define ASSOCIATE_PARAMETERS HANDLE file, HANDLE existing, ULONG_PTR key, DWORD threads
#define ASSOCIATE real(CreateIoCompletionPort)(file, existing, key, threads)
static HANDLE the_port;

static HANDLE WINAPI notes_port(ASSOCIATE_PARAMETERS)
{
    HANDLE port = ASSOCIATE;
    the_port = port;
    return port;
}

static HANDLE WINAPI another_handle(ASSOCIATE_PARAMETERS)
{
    HANDLE port = ASSOCIATE, copy = NULL;
    if (existing && key == 2 && port)
        real(DuplicateHandle)(GetCurrentProcess(), port, GetCurrentProcess(), &copy, 0, FALSE,
                              DUPLICATE_SAME_ACCESS);
    return copy ? copy : port;
}
MUTANT(association_returns_another_handle,
       "Associating a socket returns another handle of the port",
       PATCH(CreateIoCompletionPort, another_handle));

static BOOL WINAPI loses_key(PACKET_PARAMETERS)
{
    BOOL done = PACKET;
    DWORD error = GetLastError();
    if (*overlapped && *key == 0x1234)
        *key = 0;
    SetLastError(error);
    return done;
}
MUTANT(packets_lose_their_key, "The packet of a socket does not carry its key",
       PATCH(GetQueuedCompletionStatus, loses_key));

static BOOL WINAPI half_count(PACKET_PARAMETERS)
{
    BOOL done = PACKET;
    if (done && *key == 0x1234)
        *count /= 2;
    return done;
}
MUTANT(packets_count_half, "The packet of a socket tells half of the bytes",
       PATCH(GetQueuedCompletionStatus, half_count));

static int WINAPI sends_without_packet(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent,
                                       DWORD flags, const struct sockaddr *to, int length,
                                       LPWSAOVERLAPPED overlapped,
                                       LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    DWORD done;
    if (overlapped && !overlapped->hEvent && !routine)
        overlapped = NULL, sent = &done;
    return real(WSASendTo)(s, buffers, count, sent, flags, to, length, overlapped, routine);
}
MUTANT(what_is_done_at_once_has_no_packet, "WSASendTo that is done at once makes no packet",
       PATCH(WSASendTo, sends_without_packet));

static BOOL WINAPI socket_errors(PACKET_PARAMETERS)
{
    BOOL done = PACKET;
    if (!done && GetLastError() == ERROR_MORE_DATA && *key == 0x1234)
        SetLastError(WSAEMSGSIZE);
    return done;
}
MUTANT(packets_carry_errors_of_sockets, "A packet tells WSAEMSGSIZE for a datagram that was cut",
       PATCH(GetQueuedCompletionStatus, socket_errors));

static BOOL WINAPI end_is_failure(PACKET_PARAMETERS)
{
    BOOL done = PACKET;
    if (done && *key == 0x1234 && *count == 0) {
        SetLastError(ERROR_HANDLE_EOF);
        return FALSE;
    }
    return done;
}
MUTANT(packet_of_the_end_is_a_failure, "The packet of the end of a stream tells a failure",
       PATCH(GetQueuedCompletionStatus, end_is_failure));

static int WINAPI ignores_low_bit(RECVFROM_PARAMETERS)
{
    if (overlapped)
        overlapped->hEvent = (HANDLE)((ULONG_PTR)overlapped->hEvent & ~(ULONG_PTR)1);
    return RECVFROM;
}
MUTANT(low_bit_of_the_event_is_ignored, "A packet is made though the low bit of hEvent is set",
       PATCH(WSARecvFrom, ignores_low_bit));

static BOOL WINAPI posts_other_count(HANDLE port, DWORD count, ULONG_PTR key,
                                     LPOVERLAPPED overlapped)
{
    return real(PostQueuedCompletionStatus)(port, count == 9 ? 0 : count, key, overlapped);
}
MUTANT(posted_packets_change, "A packet posted by hand loses its count",
       PATCH(PostQueuedCompletionStatus, posts_other_count));

static BOOL WINAPI closed_is_late(PACKET_PARAMETERS)
{
    BOOL done = PACKET;
    rename_error(!done, ERROR_ABANDONED_WAIT_0, WAIT_TIMEOUT);
    return done;
}
MUTANT(closing_a_port_ends_no_wait, "Closing a port does not end the wait for its packets",
       PATCH(GetQueuedCompletionStatus, closed_is_late));

static BOOL WINAPI late_is_otherwise(PACKET_PARAMETERS)
{
    BOOL done = PACKET;
    rename_error(!done && time == 20, WAIT_TIMEOUT, ERROR_TIMEOUT);
    return done;
}
MUTANT(late_packets_are_called_otherwise,
       "GetQueuedCompletionStatus fails with ERROR_TIMEOUT when no packet comes",
       PATCH(GetQueuedCompletionStatus, late_is_otherwise));

static bool skipping;

static BOOL WINAPI notes_skipping(HANDLE file, UCHAR flags)
{
    skipping = true;
    return real(SetFileCompletionNotificationModes)(file, flags);
}

static BOOL WINAPI skips_all(PACKET_PARAMETERS)
{
    BOOL done = PACKET;
    if (done && skipping) {
        SetLastError(WAIT_TIMEOUT);
        *overlapped = NULL;
        return FALSE;
    }
    return done;
}
MUTANT(pending_operations_are_skipped_too,
       "FILE_SKIP_COMPLETION_PORT_ON_SUCCESS skips what was pending, too",
       PATCH(SetFileCompletionNotificationModes, notes_skipping),
       PATCH(GetQueuedCompletionStatus, skips_all));

static BOOL WINAPI takes_back(HANDLE file, UCHAR flags)
{
    skipping = flags == 0;
    return real(SetFileCompletionNotificationModes)(file, flags);
}

static int WINAPI packet_after_all(RECVFROM_PARAMETERS)
{
    int result = RECVFROM;
    if (result == 0 && skipping && overlapped)
        real(PostQueuedCompletionStatus)(the_port, 5, 0x1234, overlapped);
    return result;
}
MUTANT(completion_modes_can_be_taken_back,
       "SetFileCompletionNotificationModes with 0 ends the skipping",
       PATCH(CreateIoCompletionPort, notes_port),
       PATCH(SetFileCompletionNotificationModes, takes_back), PATCH(WSARecvFrom, packet_after_all));

static BOOL WINAPI skips_in_vain(HANDLE file, UCHAR flags)
{
    skipping = flags & FILE_SKIP_COMPLETION_PORT_ON_SUCCESS;
    return real(SetFileCompletionNotificationModes)(file, flags);
}
MUTANT(completion_modes_change_nothing,
       "FILE_SKIP_COMPLETION_PORT_ON_SUCCESS does not keep packets of WSARecvFrom back",
       PATCH(CreateIoCompletionPort, notes_port),
       PATCH(SetFileCompletionNotificationModes, skips_in_vain),
       PATCH(WSARecvFrom, packet_after_all));
