/* Wrong behaviours, for the tests of routines.c: ReadFileEx, WriteFileEx and alertable waits. */
#include "npipe-mutants.h"

#define ROUTINE LPOVERLAPPED_COMPLETION_ROUTINE
#define READ_EX_PARAMETERS \
    HANDLE end, LPVOID buffer, DWORD size, LPOVERLAPPED overlapped, ROUTINE routine
#define WRITE_EX_PARAMETERS \
    HANDLE end, LPCVOID buffer, DWORD size, LPOVERLAPPED overlapped, ROUTINE routine

/* The routines of the test, and what they are to be told in a later moment. */
static struct call {
    OVERLAPPED *operation;
    ROUTINE routine;
    DWORD error, count, thread;
    bool ended;
} calls[8];
static unsigned count_of_calls;
static bool holds_back;        /* while a SleepEx runs */
static bool writes_afterwards; /* to the OVERLAPPED of a routine that has run */
static unsigned running;       /* routines */

static void CALLBACK note_end(DWORD error, DWORD count, LPOVERLAPPED operation)
{
    for (unsigned i = 0; i < count_of_calls; i++) {
        struct call *call = &calls[i];
        if (call->operation != operation || call->ended)
            continue;
        call->error = error;
        call->count = count;
        call->ended = holds_back;
        if (!holds_back) {
            call->operation = NULL;
            running++;
            call->routine(error, count, operation);
            running--;
            if (writes_afterwards)
                operation->Internal = error;
        }
        return;
    }
}

static ROUTINE noted(LPOVERLAPPED operation, ROUTINE routine)
{
    if (!routine || count_of_calls == 8)
        return routine;
    calls[count_of_calls++] = (struct call){operation, routine, 0, 0, GetCurrentThreadId(), false};
    return note_end;
}

static BOOL WINAPI notes_read(READ_EX_PARAMETERS)
{
    return real(ReadFileEx)(end, buffer, size, overlapped, noted(overlapped, routine));
}

static BOOL WINAPI notes_write(WRITE_EX_PARAMETERS)
{
    return real(WriteFileEx)(end, buffer, size, overlapped, noted(overlapped, routine));
}

/* Runs the first routine that was held back. */
static bool run_one(void)
{
    for (unsigned i = 0; i < count_of_calls; i++) {
        struct call *call = &calls[i];
        if (call->ended) {
            struct call now = *call;
            *call = (struct call){0};
            now.routine(now.error, now.count, now.operation);
            return true;
        }
    }
    return false;
}

static DWORD sleep_holding_back(DWORD time, BOOL alertable)
{
    holds_back = true;
    DWORD waited = real(SleepEx)(time, alertable);
    holds_back = false;
    return waited;
}

static DWORD WINAPI runs_one(DWORD time, BOOL alertable)
{
    if (alertable && run_one())
        return WAIT_IO_COMPLETION;
    DWORD waited = sleep_holding_back(time, alertable);
    run_one();
    return waited;
}
MUTANT(alertable_wait_runs_one_routine,
       "SleepEx runs one of the completion routines that are queued", PATCH(ReadFileEx, notes_read),
       PATCH(WriteFileEx, notes_write), PATCH(SleepEx, runs_one));

static DWORD WINAPI runs_of_others(DWORD time, BOOL alertable)
{
    for (unsigned i = 0; alertable && i < count_of_calls; i++) {
        struct call *call = &calls[i];
        if (call->operation && call->thread != GetCurrentThreadId() &&
            call->operation->Internal == 0) {
            OVERLAPPED *operation = call->operation;
            call->operation = NULL;
            call->routine(0, (DWORD)operation->InternalHigh, operation);
            return WAIT_IO_COMPLETION;
        }
    }
    return real(SleepEx)(time, alertable);
}
MUTANT(alertable_wait_runs_routines_of_other_threads,
       "SleepEx runs the completion routines of operations that other threads have begun",
       PATCH(ReadFileEx, notes_read), PATCH(WriteFileEx, notes_write),
       PATCH(SleepEx, runs_of_others));

static DWORD WINAPI not_within(DWORD time, BOOL alertable)
{
    return running ? real(SleepEx)(time < 50 ? time : 50, FALSE) : real(SleepEx)(time, alertable);
}
MUTANT(alertable_wait_within_a_routine_runs_none,
       "SleepEx in a completion routine is never alertable", PATCH(ReadFileEx, notes_read),
       PATCH(WriteFileEx, notes_write), PATCH(SleepEx, not_within));

static BOOL WINAPI read_and_write_afterwards(READ_EX_PARAMETERS)
{
    writes_afterwards = true;
    return real(ReadFileEx)(end, buffer, size, overlapped, noted(overlapped, routine));
}

static BOOL WINAPI write_and_write_afterwards(WRITE_EX_PARAMETERS)
{
    writes_afterwards = true;
    return real(WriteFileEx)(end, buffer, size, overlapped, noted(overlapped, routine));
}
MUTANT(alertable_wait_writes_to_the_overlapped,
       "The status is written to the OVERLAPPED when the completion routine has returned",
       PATCH(ReadFileEx, read_and_write_afterwards),
       PATCH(WriteFileEx, write_and_write_afterwards));

static ROUTINE routine_of_read;

static void CALLBACK tell_of_more(DWORD error, DWORD count, LPOVERLAPPED operation)
{
    bool part = operation->Internal == 0x80000005; /* STATUS_BUFFER_OVERFLOW */
    routine_of_read(part ? ERROR_MORE_DATA : error, count, operation);
}

static BOOL WINAPI tells_of_more(READ_EX_PARAMETERS)
{
    routine_of_read = routine;
    return real(ReadFileEx)(end, buffer, size, overlapped, routine ? tell_of_more : NULL);
}
MUTANT(routine_of_a_part_is_told_of_more_data,
       "The completion routine of a read of part of a message is told ERROR_MORE_DATA",
       PATCH(ReadFileEx, tells_of_more));

/* ---- SleepEx ---- */

static DWORD WINAPI always_alertable(DWORD time, BOOL alertable)
{
    if (alertable)
        return real(SleepEx)(time, TRUE);
    real(SleepEx)(0, TRUE);
    return real(SleepEx)(time, FALSE);
}
MUTANT(sleep_runs_routines_alertable_or_not,
       "SleepEx runs the completion routines that are queued though it is not alertable",
       PATCH(SleepEx, always_alertable));

static DWORD WINAPI short_not_alertable(DWORD time, BOOL alertable)
{
    return real(SleepEx)(!alertable && time < 100 ? 0 : time, alertable);
}
MUTANT(sleep_not_alertable_ends_early,
       "SleepEx that is not alertable does not sleep for less than 100 ms",
       PATCH(SleepEx, short_not_alertable));

static DWORD WINAPI short_alertable(DWORD time, BOOL alertable)
{
    return real(SleepEx)(alertable && time < 100 ? 0 : time, alertable);
}
MUTANT(sleep_alertable_ends_early, "An alertable SleepEx does not sleep for less than 100 ms",
       PATCH(SleepEx, short_alertable));

/* ---- What fails at once is told to the routine instead ---- */

static void CALLBACK tell(ULONG_PTR failed)
{
    struct call *call = (struct call *)failed;
    call->routine(call->error, 0, call->operation);
}

static BOOL told(BOOL started, DWORD one, DWORD other, OVERLAPPED *operation, ROUTINE routine)
{
    DWORD error = GetLastError();
    if (started || (error != one && error != other) || count_of_calls == 8)
        return started;
    struct call *call = &calls[count_of_calls++];
    *call = (struct call){operation, routine, error, 0, GetCurrentThreadId(), false};
    return QueueUserAPC(tell, GetCurrentThread(), (ULONG_PTR)call) != 0;
}

static BOOL WINAPI read_tells_of_closed(READ_EX_PARAMETERS)
{
    BOOL started = real(ReadFileEx)(end, buffer, size, overlapped, routine);
    return told(started, ERROR_BROKEN_PIPE, ERROR_BROKEN_PIPE, overlapped, routine);
}
MUTANT(read_file_ex_tells_the_routine_of_a_closed_pipe,
       "ReadFileEx succeeds when the other end is closed, and the routine is told",
       PATCH(ReadFileEx, read_tells_of_closed));

static BOOL WINAPI read_tells_of_disconnect(READ_EX_PARAMETERS)
{
    BOOL started = real(ReadFileEx)(end, buffer, size, overlapped, routine);
    return told(started, ERROR_PIPE_NOT_CONNECTED, ERROR_PIPE_NOT_CONNECTED, overlapped, routine);
}
MUTANT(read_file_ex_tells_the_routine_of_a_disconnect,
       "ReadFileEx succeeds after a disconnect, and the routine is told",
       PATCH(ReadFileEx, read_tells_of_disconnect));

static BOOL WINAPI write_tells_of_closed(WRITE_EX_PARAMETERS)
{
    BOOL started = real(WriteFileEx)(end, buffer, size, overlapped, routine);
    return told(started, ERROR_NO_DATA, ERROR_BROKEN_PIPE, overlapped, routine);
}
MUTANT(write_file_ex_tells_the_routine_of_a_closed_pipe,
       "WriteFileEx succeeds when the other end is closed, and the routine is told",
       PATCH(WriteFileEx, write_tells_of_closed));

static BOOL WINAPI write_tells_of_disconnect(WRITE_EX_PARAMETERS)
{
    BOOL started = real(WriteFileEx)(end, buffer, size, overlapped, routine);
    return told(started, ERROR_PIPE_NOT_CONNECTED, ERROR_PIPE_NOT_CONNECTED, overlapped, routine);
}
MUTANT(write_file_ex_tells_the_routine_of_a_disconnect,
       "WriteFileEx succeeds after a disconnect, and the routine is told",
       PATCH(WriteFileEx, write_tells_of_disconnect));
