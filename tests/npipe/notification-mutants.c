/* Wrong behaviours, for the tests of notification.c: SetFileCompletionNotificationModes on named
 * pipes. */
#include "npipe-mutants.h"

/* Sockets have these modes, too. */
static bool is_named_pipe(HANDLE file)
{
    DWORD error = GetLastError();
    bool is = real(GetNamedPipeInfo)(file, NULL, NULL, NULL, NULL);
    SetLastError(error);
    return is;
}

static BOOL WINAPI never_skip(HANDLE file, UCHAR modes)
{
    if (is_named_pipe(file))
        modes &= (UCHAR)~FILE_SKIP_COMPLETION_PORT_ON_SUCCESS;
    return real(SetFileCompletionNotificationModes)(file, modes);
}
MUTANT(completion_modes_of_pipes_change_nothing,
       "FILE_SKIP_COMPLETION_PORT_ON_SUCCESS has no effect on named pipes",
       PATCH(SetFileCompletionNotificationModes, never_skip));

static BOOL WINAPI skip_packets_too(HANDLE file, UCHAR modes)
{
    if (modes == FILE_SKIP_SET_EVENT_ON_HANDLE && is_named_pipe(file))
        modes |= FILE_SKIP_COMPLETION_PORT_ON_SUCCESS;
    return real(SetFileCompletionNotificationModes)(file, modes);
}
MUTANT(completion_modes_skip_packets_too,
       "FILE_SKIP_SET_EVENT_ON_HANDLE skips the packets of what succeeds at once, too",
       PATCH(SetFileCompletionNotificationModes, skip_packets_too));

static BOOL WINAPI skip_handle_too(HANDLE file, UCHAR modes)
{
    if (modes == FILE_SKIP_COMPLETION_PORT_ON_SUCCESS && is_named_pipe(file))
        modes |= FILE_SKIP_SET_EVENT_ON_HANDLE;
    return real(SetFileCompletionNotificationModes)(file, modes);
}
MUTANT(completion_modes_skip_the_handle_too,
       "FILE_SKIP_COMPLETION_PORT_ON_SUCCESS leaves the handle not signaled, too",
       PATCH(SetFileCompletionNotificationModes, skip_handle_too));

static BOOL WINAPI keep_the_handle(HANDLE file, UCHAR modes)
{
    if (is_named_pipe(file))
        modes &= (UCHAR)~FILE_SKIP_SET_EVENT_ON_HANDLE;
    return real(SetFileCompletionNotificationModes)(file, modes);
}
MUTANT(completion_modes_keep_the_handle,
       "FILE_SKIP_SET_EVENT_ON_HANDLE has no effect on named pipes",
       PATCH(SetFileCompletionNotificationModes, keep_the_handle));

static UCHAR modes_set;
static HANDLE of_pipe;

static BOOL WINAPI note_modes(HANDLE file, UCHAR modes)
{
    if (is_named_pipe(file)) {
        modes_set |= modes;
        of_pipe = file;
    }
    return real(SetFileCompletionNotificationModes)(file, modes);
}

static BOOL WINAPI drop_packets(HANDLE port, LPDWORD count, PULONG_PTR key,
                                LPOVERLAPPED *overlapped, DWORD time_out)
{
    BOOL got = real(GetQueuedCompletionStatus)(port, count, key, overlapped, time_out);
    if (got && (modes_set & FILE_SKIP_COMPLETION_PORT_ON_SUCCESS) &&
        (modes_set & FILE_SKIP_SET_EVENT_ON_HANDLE)) {
        *overlapped = NULL;
        return fail_with(WAIT_TIMEOUT);
    }
    return got;
}
MUTANT(completion_modes_skip_pending_reads, "With both modes no operation makes a packet",
       PATCH(SetFileCompletionNotificationModes, note_modes),
       PATCH(GetQueuedCompletionStatus, drop_packets));

static BOOL WINAPI read_without_event(HANDLE file, LPVOID buffer, DWORD size, LPDWORD got,
                                      LPOVERLAPPED overlapped)
{
    HANDLE event = NULL;
    bool skip = file == of_pipe && (modes_set & FILE_SKIP_SET_EVENT_ON_HANDLE) && overlapped;
    if (skip) {
        event = overlapped->hEvent;
        overlapped->hEvent = NULL;
    }
    BOOL read = real(ReadFile)(file, buffer, size, got, overlapped);
    if (skip)
        overlapped->hEvent = event;
    return read;
}
MUTANT(completion_modes_skip_events, "FILE_SKIP_SET_EVENT_ON_HANDLE skips the event of a read, too",
       PATCH(SetFileCompletionNotificationModes, note_modes), PATCH(ReadFile, read_without_event));

#define BOTH_MODES (FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE)

static BOOL WINAPI together_skip_no_packet(HANDLE file, UCHAR modes)
{
    return real(SetFileCompletionNotificationModes)(
        file, modes == BOTH_MODES ? FILE_SKIP_SET_EVENT_ON_HANDLE : modes);
}
MUTANT(completion_modes_together_skip_no_packet,
       "FILE_SKIP_COMPLETION_PORT_ON_SUCCESS beside the other mode has no effect",
       PATCH(SetFileCompletionNotificationModes, together_skip_no_packet));

static BOOL WINAPI together_signal(HANDLE file, UCHAR modes)
{
    return real(SetFileCompletionNotificationModes)(
        file, modes == BOTH_MODES ? FILE_SKIP_COMPLETION_PORT_ON_SUCCESS : modes);
}
MUTANT(completion_modes_together_signal_the_handle,
       "FILE_SKIP_SET_EVENT_ON_HANDLE beside the other mode has no effect",
       PATCH(SetFileCompletionNotificationModes, together_signal));
