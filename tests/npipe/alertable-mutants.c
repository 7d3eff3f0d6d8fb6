/* Wrong behaviours, for the tests of alertable.c: completion routines and the waits they run in. */
#include "npipe-mutants.h"

static bool writes; /* whether WriteFileEx was called */

static BOOL WINAPI note_write(HANDLE file, LPCVOID buffer, DWORD size, LPOVERLAPPED overlapped,
                              LPOVERLAPPED_COMPLETION_ROUTINE routine)
{
    writes = true;
    return real(WriteFileEx)(file, buffer, size, overlapped, routine);
}

/* A wait that is not alertable where it should be would last; it need not. */
#define SHORT(time_out) (writes && (time_out) > 50 ? 50 : (time_out))

static DWORD WINAPI wait_single(HANDLE object, DWORD time_out, BOOL alertable)
{
    return real(WaitForSingleObjectEx)(object, SHORT(time_out), alertable && !writes);
}
MUTANT(wait_single_runs_no_routine_of_a_write,
       "WaitForSingleObjectEx runs no completion routine of a write",
       PATCH(WriteFileEx, note_write), PATCH(WaitForSingleObjectEx, wait_single));

static DWORD WINAPI wait_multiple(DWORD count, const HANDLE *objects, BOOL all, DWORD time_out,
                                  BOOL alertable)
{
    return real(WaitForMultipleObjectsEx)(count, objects, all, SHORT(time_out),
                                          alertable && !writes);
}
MUTANT(wait_multiple_runs_no_routine_of_a_write,
       "WaitForMultipleObjectsEx runs no completion routine of a write",
       PATCH(WriteFileEx, note_write), PATCH(WaitForMultipleObjectsEx, wait_multiple));

static DWORD WINAPI signal_wait(HANDLE signaled, HANDLE object, DWORD time_out, BOOL alertable)
{
    return real(SignalObjectAndWait)(signaled, object, SHORT(time_out), alertable && !writes);
}
MUTANT(signal_and_wait_runs_no_routine_of_a_write,
       "SignalObjectAndWait runs no completion routine of a write", PATCH(WriteFileEx, note_write),
       PATCH(SignalObjectAndWait, signal_wait));

static DWORD WINAPI message_wait(DWORD count, const HANDLE *objects, DWORD time_out, DWORD wake,
                                 DWORD flags)
{
    if (writes)
        flags &= ~(DWORD)MWMO_ALERTABLE;
    return real(MsgWaitForMultipleObjectsEx)(count, objects, SHORT(time_out), wake, flags);
}
MUTANT(wait_for_messages_runs_no_routine_of_a_write,
       "MsgWaitForMultipleObjectsEx runs no completion routine of a write",
       PATCH(WriteFileEx, note_write), PATCH(MsgWaitForMultipleObjectsEx, message_wait));

static DWORD WINAPI message_wait_always_alertable(DWORD count, const HANDLE *objects,
                                                  DWORD time_out, DWORD wake, DWORD flags)
{
    if (!writes)
        flags |= MWMO_ALERTABLE;
    return real(MsgWaitForMultipleObjectsEx)(count, objects, time_out, wake, flags);
}
MUTANT(wait_for_messages_runs_a_read_unasked,
       "MsgWaitForMultipleObjectsEx runs the completion routine of a read without MWMO_ALERTABLE",
       PATCH(WriteFileEx, note_write),
       PATCH(MsgWaitForMultipleObjectsEx, message_wait_always_alertable));

#define EX_PARAMETERS(buffer_type)                                        \
    HANDLE file, buffer_type buffer, DWORD size, LPOVERLAPPED overlapped, \
        LPOVERLAPPED_COMPLETION_ROUTINE routine

static BOOL WINAPI set_event(EX_PARAMETERS(LPCVOID))
{
    BOOL started = real(WriteFileEx)(file, buffer, size, overlapped, routine);
    if (started && overlapped->hEvent)
        real(SetEvent)(overlapped->hEvent);
    return started;
}
MUTANT(write_file_ex_sets_the_event, "WriteFileEx sets the event that is stored in hEvent",
       PATCH(WriteFileEx, set_event));

static LPOVERLAPPED_COMPLETION_ROUTINE refused;

static void CALLBACK tell_refused(ULONG_PTR overlapped)
{
    refused(ERROR_ACCESS_DENIED, 0, (OVERLAPPED *)overlapped);
}

static BOOL tell_routine(BOOL started, LPOVERLAPPED overlapped,
                         LPOVERLAPPED_COMPLETION_ROUTINE routine)
{
    if (started || GetLastError() != ERROR_ACCESS_DENIED)
        return started;
    refused = routine;
    return QueueUserAPC(tell_refused, GetCurrentThread(), (ULONG_PTR)overlapped) != 0;
}

static BOOL WINAPI read_tells_routine(EX_PARAMETERS(LPVOID))
{
    return tell_routine(real(ReadFileEx)(file, buffer, size, overlapped, routine), overlapped,
                        routine);
}
MUTANT(read_file_ex_tells_the_routine_of_access,
       "ReadFileEx tells its routine, and nobody else, that access is denied",
       PATCH(ReadFileEx, read_tells_routine));

static BOOL WINAPI write_tells_routine(EX_PARAMETERS(LPCVOID))
{
    return tell_routine(real(WriteFileEx)(file, buffer, size, overlapped, routine), overlapped,
                        routine);
}
MUTANT(write_file_ex_tells_the_routine_of_access,
       "WriteFileEx tells its routine, and nobody else, that access is denied",
       PATCH(WriteFileEx, write_tells_routine));

static LPOVERLAPPED_COMPLETION_ROUTINE early;

static void CALLBACK end_early(ULONG_PTR overlapped)
{
    early(ERROR_SUCCESS, 0, (OVERLAPPED *)overlapped);
}

static bool has_written;

static BOOL WINAPI notes_written(WRITE_PARAMETERS)
{
    has_written = true;
    return WRITE;
}

static BOOL WINAPI end_at_once(EX_PARAMETERS(LPCVOID))
{
    if (size > 4096 && !is_client_end(file) && !has_written) {
        early = routine;
        QueueUserAPC(end_early, GetCurrentThread(), (ULONG_PTR)overlapped);
    }
    return real(WriteFileEx)(file, buffer, size, overlapped, routine);
}
MUTANT(write_file_ex_does_not_wait,
       "The routine of a server's WriteFileEx of too much runs at once when nothing was written "
       "before",
       PATCH(WriteFile, notes_written), PATCH(WriteFileEx, end_at_once));
