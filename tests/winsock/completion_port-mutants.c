/* Wrong behaviours, for the tests of completion_port.c: overlapped operations of sockets:
 * completion ports, their results, and cancelling them. */
#include "winsock-mutants.h"

#define ASSOCIATE_PARAMETERS HANDLE file, HANDLE existing, ULONG_PTR key, DWORD threads
#define ASSOCIATE real.CreateIoCompletionPort(file, existing, key, threads)
#define PACKET_PARAMETERS \
    HANDLE port, LPDWORD count, PULONG_PTR key, LPOVERLAPPED *overlapped, DWORD time
#define PACKET real.GetQueuedCompletionStatus(port, count, key, overlapped, time)
#define RECVFROM_PARAMETERS                                                                     \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD flags, struct sockaddr *from, \
        LPINT length, LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define RECVFROM real.WSARecvFrom(s, buffers, count, got, flags, from, length, overlapped, routine)
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
        real.DuplicateHandle(GetCurrentProcess(), port, GetCurrentProcess(), &copy, 0, FALSE,
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
    return real.WSASendTo(s, buffers, count, sent, flags, to, length, overlapped, routine);
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
    return real.PostQueuedCompletionStatus(port, count == 9 ? 0 : count, key, overlapped);
}
MUTANT(posted_packets_change, "A packet posted by hand loses its count",
       PATCH(PostQueuedCompletionStatus, posts_other_count));

static BOOL WINAPI closed_is_late(PACKET_PARAMETERS)
{
    BOOL done = PACKET;
    if (!done && GetLastError() == ERROR_ABANDONED_WAIT_0)
        SetLastError(WAIT_TIMEOUT);
    return done;
}
MUTANT(closing_a_port_ends_no_wait, "Closing a port does not end the wait for its packets",
       PATCH(GetQueuedCompletionStatus, closed_is_late));

static BOOL WINAPI late_is_otherwise(PACKET_PARAMETERS)
{
    BOOL done = PACKET;
    if (!done && time == 20 && GetLastError() == WAIT_TIMEOUT)
        SetLastError(ERROR_TIMEOUT);
    return done;
}
MUTANT(late_packets_are_called_otherwise,
       "GetQueuedCompletionStatus fails with ERROR_TIMEOUT when no packet comes",
       PATCH(GetQueuedCompletionStatus, late_is_otherwise));

static bool skipping;

static BOOL WINAPI skips_never(HANDLE file, UCHAR flags)
{
    (void)file, (void)flags;
    return TRUE;
}
MUTANT(completion_modes_change_nothing, "SetFileCompletionNotificationModes changes nothing",
       PATCH(SetFileCompletionNotificationModes, skips_never));

static BOOL WINAPI notes_skipping(HANDLE file, UCHAR flags)
{
    skipping = true;
    return real.SetFileCompletionNotificationModes(file, flags);
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
    return real.SetFileCompletionNotificationModes(file, flags);
}

static int WINAPI packet_after_all(RECVFROM_PARAMETERS)
{
    int result = RECVFROM;
    if (result == 0 && skipping && overlapped)
        real.PostQueuedCompletionStatus(the_port, 5, 0x1234, overlapped);
    return result;
}
MUTANT(completion_modes_can_be_taken_back,
       "SetFileCompletionNotificationModes with 0 ends the skipping",
       PATCH(CreateIoCompletionPort, notes_port),
       PATCH(SetFileCompletionNotificationModes, takes_back), PATCH(WSARecvFrom, packet_after_all));

static bool is_socket(HANDLE file)
{
    return socket_option((SOCKET)file, SO_TYPE) != 0;
}

static BOOL WINAPI cancels_all(HANDLE file, LPOVERLAPPED overlapped)
{
    return real.CancelIoEx(file, is_socket(file) ? NULL : overlapped);
}
MUTANT(cancelling_one_cancels_all, "CancelIoEx cancels every operation of a socket",
       PATCH(CancelIoEx, cancels_all));

static BOOL WINAPI cancels_own(HANDLE file, LPOVERLAPPED overlapped)
{
    return !overlapped && is_socket(file) ? real.CancelIo(file) : real.CancelIoEx(file, overlapped);
}
MUTANT(cancelling_all_cancels_own, "CancelIoEx cancels what its own thread has begun on a socket",
       PATCH(CancelIoEx, cancels_own));

static DWORD beginner;

static int WINAPI notes_beginner(RECVFROM_PARAMETERS)
{
    if (overlapped)
        beginner = GetCurrentThreadId();
    return RECVFROM;
}

static BOOL WINAPI cancels_one_of_own(HANDLE file, LPOVERLAPPED overlapped)
{
    if (overlapped && beginner && beginner != GetCurrentThreadId() && is_socket(file)) {
        SetLastError(ERROR_NOT_FOUND);
        return FALSE;
    }
    return real.CancelIoEx(file, overlapped);
}
MUTANT(cancelling_one_cancels_own,
       "CancelIoEx does not find an operation that another thread began",
       PATCH(WSARecvFrom, notes_beginner), PATCH(CancelIoEx, cancels_one_of_own));

static BOOL WINAPI cancels_others_too(HANDLE file)
{
    return is_socket(file) ? real.CancelIoEx(file, NULL) : real.CancelIo(file);
}
MUTANT(cancelling_own_cancels_all, "CancelIo cancels what other threads have begun on a socket",
       PATCH(CancelIo, cancels_others_too));

static BOOL WINAPI nothing_is_cancelled(HANDLE file, LPOVERLAPPED overlapped)
{
    BOOL cancelled = real.CancelIoEx(file, overlapped);
    return cancelled || (GetLastError() == ERROR_NOT_FOUND && is_socket(file));
}
MUTANT(cancelling_nothing_succeeds, "CancelIoEx succeeds for a socket without operations",
       PATCH(CancelIoEx, nothing_is_cancelled));

static SOCKET receiving = INVALID_SOCKET;

static int WINAPI notes_receiving(RECVFROM_PARAMETERS)
{
    if (overlapped && !routine)
        receiving = s;
    return RECVFROM;
}

static int WINAPI closes_later(SOCKET s)
{
    return s == receiving ? 0 : real.closesocket(s);
}
MUTANT(closing_leaves_operations_pending, "closesocket does not end the operations of its socket",
       PATCH(WSARecvFrom, notes_receiving), PATCH(closesocket, closes_later));

static BOOL WINAPI closed_otherwise(PACKET_PARAMETERS)
{
    BOOL done = PACKET;
    if (!done && GetLastError() == ERROR_OPERATION_ABORTED && *overlapped && receiving == 0)
        SetLastError(676); /* ERROR_HANDLES_CLOSED */
    return done;
}

static int WINAPI notes_closing(SOCKET s)
{
    receiving = 0;
    return real.closesocket(s);
}
MUTANT(closing_is_told_otherwise, "Operations of a closed socket end with ERROR_HANDLES_CLOSED",
       PATCH(closesocket, notes_closing), PATCH(GetQueuedCompletionStatus, closed_otherwise));

#define RESULT_PARAMETERS \
    SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait, LPDWORD flags
#define RESULT real.WSAGetOverlappedResult(s, overlapped, count, wait, flags)

static BOOL WINAPI never_waits(RESULT_PARAMETERS)
{
    wait = FALSE;
    return RESULT;
}
MUTANT(wsa_result_never_waits, "WSAGetOverlappedResult does not wait",
       PATCH(WSAGetOverlappedResult, never_waits));

static BOOL WINAPI clears_count(RESULT_PARAMETERS)
{
    BOOL done = RESULT;
    if (!done && GetLastError() == WSA_IO_INCOMPLETE)
        *count = 0;
    return done;
}
MUTANT(wsa_result_clears_the_count, "WSAGetOverlappedResult stores a count when it fails",
       PATCH(WSAGetOverlappedResult, clears_count));

static BOOL WINAPI aborted_is_interrupted(RESULT_PARAMETERS)
{
    BOOL done = RESULT;
    if (!done && GetLastError() == WSA_OPERATION_ABORTED)
        SetLastError(WSAEINTR);
    return done;
}
MUTANT(wsa_result_of_cancelled_is_interrupted,
       "WSAGetOverlappedResult fails with WSAEINTR for what was cancelled",
       PATCH(WSAGetOverlappedResult, aborted_is_interrupted));

static int WINAPI becomes_nonblocking(RECVFROM_PARAMETERS)
{
    int result = RECVFROM;
    DWORD error = GetLastError();
    u_long on = 1;
    if (overlapped && !routine)
        real.ioctlsocket(s, FIONBIO, &on);
    SetLastError(error);
    return result;
}
MUTANT(overlapped_receive_makes_nonblocking, "An overlapped receive makes its socket nonblocking",
       PATCH(WSARecvFrom, becomes_nonblocking));

static int WINAPI runs_routine(RECVFROM_PARAMETERS)
{
    LPWSAOVERLAPPED_COMPLETION_ROUTINE given = overlapped ? NULL : routine;
    routine = overlapped ? routine : NULL;
    int result = RECVFROM;
    if (result == 0 && given)
        given(0, *got, NULL, 0);
    return result;
}
MUTANT(routine_runs_without_overlapped, "WSARecvFrom runs a routine without an OVERLAPPED",
       PATCH(WSARecvFrom, runs_routine));
