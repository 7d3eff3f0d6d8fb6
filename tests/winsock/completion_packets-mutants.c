/* Wrong behaviours, for the tests of completion_packets.c: GetQueuedCompletionStatus,
 * PostQueuedCompletionStatus, SetFileCompletionNotificationModes. */
#include "completion_port-mutants.h"

#define POST_PARAMETERS HANDLE port, DWORD count, ULONG_PTR key, LPOVERLAPPED overlapped
#define POST real(PostQueuedCompletionStatus)(port, count, key, overlapped)

static volatile LONG waiting;

static BOOL WINAPI notes_wait(PACKET_PARAMETERS)
{
    InterlockedIncrement(&waiting);
    BOOL done = PACKET;
    InterlockedDecrement(&waiting);
    return done;
}

static BOOL WINAPI lost_on_waiters(POST_PARAMETERS)
{
    return waiting ? TRUE : POST;
}
MUTANT(posted_packet_ends_no_wait, "PostQueuedCompletionStatus does not wake a thread that waits",
       PATCH(GetQueuedCompletionStatus, notes_wait),
       PATCH(PostQueuedCompletionStatus, lost_on_waiters));

static DWORD creator;

static HANDLE WINAPI notes_creator(HANDLE file, HANDLE existing, ULONG_PTR key, DWORD threads)
{
    creator = GetCurrentThreadId();
    return real(CreateIoCompletionPort)(file, existing, key, threads);
}

static BOOL WINAPI own_thread_only(POST_PARAMETERS)
{
    return creator && creator != GetCurrentThreadId() ? TRUE : POST;
}
MUTANT(packets_of_other_threads_are_lost, "A packet is lost that another thread has posted",
       PATCH(CreateIoCompletionPort, notes_creator),
       PATCH(PostQueuedCompletionStatus, own_thread_only));

static BOOL WINAPI checks_pointer(POST_PARAMETERS)
{
    if ((ULONG_PTR)overlapped & 3) {
        SetLastError(ERROR_NOACCESS);
        return FALSE;
    }
    return POST;
}
MUTANT(posted_overlapped_is_aligned,
       "PostQueuedCompletionStatus refuses a pointer that is not aligned",
       PATCH(PostQueuedCompletionStatus, checks_pointer));

static ULONG_PTR held_key;
static bool held;

static BOOL WINAPI holds_first(POST_PARAMETERS)
{
    if (!held && !count && key == 1 && !overlapped) {
        held = true, held_key = key;
        return TRUE;
    }
    BOOL posted = POST;
    if (held && held_key) {
        real(PostQueuedCompletionStatus)(port, 0, held_key, NULL);
        held_key = 0;
    }
    return posted;
}
MUTANT(second_packet_overtakes, "The second packet that is posted comes first",
       PATCH(PostQueuedCompletionStatus, holds_first));

static BOOL WINAPI posts_anywhere(POST_PARAMETERS)
{
    BOOL posted = POST;
    return posted || GetLastError() == ERROR_INVALID_HANDLE;
}
MUTANT(packets_can_be_posted_nowhere,
       "PostQueuedCompletionStatus succeeds for a port that was closed",
       PATCH(PostQueuedCompletionStatus, posts_anywhere));

static BOOL WINAPI keeps_overlapped(PACKET_PARAMETERS)
{
    LPOVERLAPPED before = *overlapped;
    BOOL done = PACKET;
    if (!done && !*overlapped && GetLastError() != WAIT_TIMEOUT)
        *overlapped = before;
    return done;
}
MUTANT(no_port_leaves_the_overlapped,
       "GetQueuedCompletionStatus leaves the pointer to an OVERLAPPED alone where there is no port",
       PATCH(GetQueuedCompletionStatus, keeps_overlapped));

static BOOL WINAPI late_keeps_overlapped(PACKET_PARAMETERS)
{
    LPOVERLAPPED before = *overlapped;
    BOOL done = PACKET;
    if (!done && !*overlapped && GetLastError() == WAIT_TIMEOUT && !time)
        *overlapped = before;
    return done;
}
MUTANT(no_packet_leaves_the_overlapped,
       "GetQueuedCompletionStatus that does not wait leaves the pointer to an OVERLAPPED alone",
       PATCH(GetQueuedCompletionStatus, late_keeps_overlapped));

static BOOL WINAPI waits_half(PACKET_PARAMETERS)
{
    return real(GetQueuedCompletionStatus)(port, count, key, overlapped,
                                           time < 1000 ? time / 2 : time);
}
MUTANT(packets_are_waited_for_half_the_time, "GetQueuedCompletionStatus waits half of a short time",
       PATCH(GetQueuedCompletionStatus, waits_half));

static BOOL WINAPI failure_without_count(PACKET_PARAMETERS)
{
    BOOL done = PACKET;
    if (!done && GetLastError() == ERROR_MORE_DATA)
        *count = 0;
    return done;
}
MUTANT(packet_of_a_cut_datagram_has_no_count,
       "The packet of a datagram that was cut tells no bytes",
       PATCH(GetQueuedCompletionStatus, failure_without_count));

static int WINAPI event_or_packet(RECVFROM_PARAMETERS)
{
    if (overlapped && overlapped->hEvent)
        overlapped->hEvent = (HANDLE)((ULONG_PTR)overlapped->hEvent | 1);
    return RECVFROM;
}
MUTANT(operations_with_events_have_no_packets, "An operation that has an event makes no packet",
       PATCH(WSARecvFrom, event_or_packet));

/* ---- Modes */

#define MODES_PARAMETERS HANDLE file, UCHAR modes

static BOOL WINAPI modes_always_event(MODES_PARAMETERS)
{
    return real(SetFileCompletionNotificationModes)(file,
                                                    modes ? modes : FILE_SKIP_SET_EVENT_ON_HANDLE);
}

static BOOL WINAPI port_skips_event(MODES_PARAMETERS)
{
    if (modes == FILE_SKIP_COMPLETION_PORT_ON_SUCCESS)
        modes |= FILE_SKIP_SET_EVENT_ON_HANDLE;
    return real(SetFileCompletionNotificationModes)(file, modes);
}
MUTANT(no_mode_skips_the_handle, "Without a mode a handle is not set when an operation is done",
       PATCH(SetFileCompletionNotificationModes, modes_always_event));
MUTANT(skipping_the_port_skips_the_handle,
       "FILE_SKIP_COMPLETION_PORT_ON_SUCCESS leaves the handle alone, too",
       PATCH(SetFileCompletionNotificationModes, port_skips_event));

static BOOL WINAPI event_alone_ignored(MODES_PARAMETERS)
{
    return modes == FILE_SKIP_SET_EVENT_ON_HANDLE
               ? TRUE
               : real(SetFileCompletionNotificationModes)(file, modes);
}
MUTANT(skipping_the_handle_is_ignored, "FILE_SKIP_SET_EVENT_ON_HANDLE alone changes nothing",
       PATCH(SetFileCompletionNotificationModes, event_alone_ignored));

static BOOL WINAPI one_mode(MODES_PARAMETERS)
{
    return real(SetFileCompletionNotificationModes)(
        file, modes == 3 ? FILE_SKIP_COMPLETION_PORT_ON_SUCCESS : modes);
}
MUTANT(one_of_two_modes_is_set,
       "SetFileCompletionNotificationModes sets the first of two modes only",
       PATCH(SetFileCompletionNotificationModes, one_mode));

static bool skips_event;

static BOOL WINAPI notes_mode(MODES_PARAMETERS)
{
    skips_event = modes == FILE_SKIP_SET_EVENT_ON_HANDLE;
    return real(SetFileCompletionNotificationModes)(file, modes);
}

static BOOL WINAPI reads_without_event(HANDLE file, LPVOID bytes, DWORD size, LPDWORD count,
                                       LPOVERLAPPED overlapped)
{
    if (skips_event && overlapped && overlapped->hEvent)
        overlapped->hEvent = NULL;
    return real(ReadFile)(file, bytes, size, count, overlapped);
}
MUTANT(skipping_the_handle_skips_events,
       "FILE_SKIP_SET_EVENT_ON_HANDLE leaves the event of an operation alone, too",
       PATCH(SetFileCompletionNotificationModes, notes_mode), PATCH(ReadFile, reads_without_event));

static HANDLE with_port;

static HANDLE WINAPI notes_port(HANDLE file, HANDLE existing, ULONG_PTR key, DWORD threads)
{
    if (existing)
        with_port = file;
    return real(CreateIoCompletionPort)(file, existing, key, threads);
}

static BOOL WINAPI needs_port(MODES_PARAMETERS)
{
    return file == with_port ? real(SetFileCompletionNotificationModes)(file, modes) : TRUE;
}
MUTANT(modes_before_the_port_are_lost, "A mode that is set before a port is associated is lost",
       PATCH(CreateIoCompletionPort, notes_port),
       PATCH(SetFileCompletionNotificationModes, needs_port));

static BOOL WINAPI any_handle(MODES_PARAMETERS)
{
    BOOL set = real(SetFileCompletionNotificationModes)(file, modes);
    return set || GetLastError() == ERROR_INVALID_HANDLE;
}
MUTANT(modes_need_no_file, "SetFileCompletionNotificationModes succeeds for a closed handle",
       PATCH(SetFileCompletionNotificationModes, any_handle));
