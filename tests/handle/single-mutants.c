/* Wrong behaviours, for the tests of single.c: waiting for one object. */
#include "handle-mutants.h"

#define WAIT(handle, limit) real(WaitForSingleObject)(handle, limit)

/* ---- What a wait changes ---- */

static HANDLE noted; /* the object of a test */

static HANDLE WINAPI note_auto_event(SECURITY_ATTRIBUTES *security, BOOL manual, BOOL set,
                                     const WCHAR *name)
{
    HANDLE event = real(CreateEventW)(security, manual, set, name);
    if (!manual && !noted)
        noted = event;
    return event;
}

static HANDLE WINAPI note_semaphore(SECURITY_ATTRIBUTES *security, LONG count, LONG limit,
                                    const WCHAR *name)
{
    return noted = real(CreateSemaphoreW)(security, count, limit, name);
}

static HANDLE WINAPI note_mutex(SECURITY_ATTRIBUTES *security, BOOL owned, const WCHAR *name)
{
    return noted = real(CreateMutexW)(security, owned, name);
}

static HANDLE WINAPI note_synchronization_timer(SECURITY_ATTRIBUTES *security, BOOL manual,
                                                const WCHAR *name)
{
    HANDLE timer = real(CreateWaitableTimerW)(security, manual, name);
    noted = manual ? noted : timer;
    return timer;
}

static HANDLE WINAPI note_manual_timer(SECURITY_ATTRIBUTES *security, BOOL manual,
                                       const WCHAR *name)
{
    HANDLE timer = real(CreateWaitableTimerW)(security, manual, name);
    noted = manual ? timer : noted;
    return timer;
}

/* Undoes what a wait for the noted object has changed. */
static DWORD undo(HANDLE handle, DWORD limit, void (*undo_it)(HANDLE))
{
    DWORD waited = WAIT(handle, limit), error = GetLastError();
    if (waited == WAIT_OBJECT_0 && handle == noted)
        undo_it(handle);
    SetLastError(error);
    return waited;
}

static void set(HANDLE event)
{
    real(SetEvent)(event);
}

static void release_semaphore(HANDLE semaphore)
{
    real(ReleaseSemaphore)(semaphore, 1, NULL);
}

static void release_mutex(HANDLE mutex)
{
    real(ReleaseMutex)(mutex);
}

static void set_for_later(HANDLE timer)
{
    LARGE_INTEGER later = {.QuadPart = -36000000000};
    real(SetWaitableTimer)(timer, &later, 0, NULL, NULL, FALSE);
}

#define UNDOES(name, undo_it)                            \
    static DWORD WINAPI name(HANDLE handle, DWORD limit) \
    {                                                    \
        return undo(handle, limit, undo_it);             \
    }

UNDOES(leaves_events, set)
MUTANT(wait_leaves_auto_reset_events, "A wait leaves an auto-reset event signaled",
       PATCH(CreateEventW, note_auto_event), PATCH(WaitForSingleObject, leaves_events));

UNDOES(leaves_semaphores, release_semaphore)
MUTANT(wait_leaves_semaphores, "A wait leaves the count of a semaphore alone",
       PATCH(CreateSemaphoreW, note_semaphore), PATCH(WaitForSingleObject, leaves_semaphores));

UNDOES(leaves_mutexes, release_mutex)
MUTANT(wait_leaves_mutexes, "A wait does not give the mutex to the thread that waited",
       PATCH(CreateMutexW, note_mutex), PATCH(WaitForSingleObject, leaves_mutexes));

UNDOES(resets_timers, set_for_later)
MUTANT(wait_resets_manual_reset_timers, "A wait resets a manual-reset timer",
       PATCH(CreateWaitableTimerW, note_manual_timer), PATCH(WaitForSingleObject, resets_timers));

static DWORD WINAPI leaves_timers(HANDLE handle, DWORD limit)
{
    static bool has_ended;
    DWORD waited = handle == noted && has_ended ? WAIT_OBJECT_0 : WAIT(handle, limit);
    has_ended |= handle == noted && waited == WAIT_OBJECT_0;
    return waited;
}
MUTANT(wait_leaves_synchronization_timers, "A wait leaves a synchronization timer signaled",
       PATCH(CreateWaitableTimerW, note_synchronization_timer),
       PATCH(WaitForSingleObject, leaves_timers));

/* Of objects with an ID, the end is told to one wait only. */
static DWORD tell_once(DWORD(WINAPI *id)(HANDLE), HANDLE handle, DWORD limit)
{
    static HANDLE told[16];
    static unsigned count;
    DWORD waited = WAIT(handle, limit), error = GetLastError();
    if (waited == WAIT_OBJECT_0 && id(handle)) {
        for (unsigned i = 0; i < count; i++)
            if (told[i] == handle)
                waited = WAIT_TIMEOUT;
        if (waited == WAIT_OBJECT_0 && count < 16)
            told[count++] = handle;
    }
    SetLastError(error);
    return waited;
}

static DWORD WINAPI tells_thread_once(HANDLE handle, DWORD limit)
{
    return tell_once(GetThreadId, handle, limit);
}
MUTANT(wait_tells_the_end_of_a_thread_once, "The end of a thread ends the first wait for it only",
       PATCH(WaitForSingleObject, tells_thread_once));

static DWORD WINAPI tells_process_once(HANDLE handle, DWORD limit)
{
    return tell_once(GetProcessId, handle, limit);
}
MUTANT(wait_tells_the_end_of_a_process_once, "The end of a process ends the first wait for it only",
       PATCH(WaitForSingleObject, tells_process_once));

/* ---- The right to wait ---- */

static DWORD WINAPI needs_no_right(HANDLE handle, DWORD limit)
{
    DWORD before = GetLastError(), waited = WAIT(handle, limit);
    if (waited == WAIT_FAILED && GetLastError() == ERROR_ACCESS_DENIED) {
        SetLastError(before);
        return WAIT_OBJECT_0;
    }
    return waited;
}
MUTANT(wait_for_one_needs_no_right, "WaitForSingleObject waits without the right to",
       PATCH(WaitForSingleObject, needs_no_right));

static HANDLE source_of_copy, copy_without;

static BOOL WINAPI note_copy(DUPLICATE_PARAMETERS)
{
    BOOL copied = DUPLICATED;
    if (copied && copy && options == 0 && !(access & SYNCHRONIZE) && here(from) && here(to)) {
        source_of_copy = handle;
        copy_without = *copy;
    }
    return copied;
}

static DWORD WINAPI changes_first(HANDLE handle, DWORD limit)
{
    DWORD waited = WAIT(handle, limit);
    if (waited == WAIT_FAILED && handle == copy_without) {
        DWORD error = GetLastError();
        WAIT(source_of_copy, 0);
        SetLastError(error);
    }
    return waited;
}
MUTANT(wait_without_the_right_changes_the_object,
       "WaitForSingleObject looks at the right to wait when it has changed the object",
       PATCH(DuplicateHandle, note_copy), PATCH(WaitForSingleObject, changes_first));

/* ---- Time ---- */

#define SHORTENED(time) ((time) < 100 ? 0 : (time))

static DWORD WINAPI short_single(HANDLE handle, DWORD time)
{
    return WAIT(handle, SHORTENED(time));
}
MUTANT(wait_for_one_takes_a_short_time_for_none,
       "WaitForSingleObject does not wait for less than 100 ms",
       PATCH(WaitForSingleObject, short_single));

static DWORD WINAPI short_single_ex(HANDLE handle, DWORD time, BOOL alertable)
{
    return real(WaitForSingleObjectEx)(handle, SHORTENED(time), alertable);
}
MUTANT(wait_for_one_ex_takes_a_short_time_for_none,
       "WaitForSingleObjectEx does not wait for less than 100 ms",
       PATCH(WaitForSingleObjectEx, short_single_ex));

static DWORD WINAPI short_multiple(DWORD count, const HANDLE *objects, BOOL all, DWORD time)
{
    return real(WaitForMultipleObjects)(count, objects, all, SHORTENED(time));
}
MUTANT(wait_for_several_takes_a_short_time_for_none,
       "WaitForMultipleObjects does not wait for less than 100 ms",
       PATCH(WaitForMultipleObjects, short_multiple));

static DWORD WINAPI short_multiple_ex(DWORD count, const HANDLE *objects, BOOL all, DWORD time,
                                      BOOL alertable)
{
    return real(WaitForMultipleObjectsEx)(count, objects, all, SHORTENED(time), alertable);
}
MUTANT(wait_for_several_ex_takes_a_short_time_for_none,
       "WaitForMultipleObjectsEx does not wait for less than 100 ms",
       PATCH(WaitForMultipleObjectsEx, short_multiple_ex));

#define SIGNAL_PARAMETERS HANDLE signal, HANDLE object, DWORD time, BOOL alertable
#define SIGNAL_AND_WAIT(time) real(SignalObjectAndWait)(signal, object, time, alertable)

static DWORD WINAPI short_signal(SIGNAL_PARAMETERS)
{
    return SIGNAL_AND_WAIT(SHORTENED(time));
}
MUTANT(signal_and_wait_takes_a_short_time_for_none,
       "SignalObjectAndWait does not wait for less than 100 ms",
       PATCH(SignalObjectAndWait, short_signal));

#define ENDED(time) ((time) == INFINITE ? 0 : (time))

static DWORD WINAPI ended_single(HANDLE handle, DWORD time)
{
    return WAIT(handle, ENDED(time));
}
MUTANT(wait_for_one_infinite_is_no_wait, "WaitForSingleObject with INFINITE does not wait",
       PATCH(WaitForSingleObject, ended_single));

static DWORD WINAPI ended_single_ex(HANDLE handle, DWORD time, BOOL alertable)
{
    return real(WaitForSingleObjectEx)(handle, ENDED(time), alertable);
}
MUTANT(wait_for_one_ex_infinite_is_no_wait, "WaitForSingleObjectEx with INFINITE does not wait",
       PATCH(WaitForSingleObjectEx, ended_single_ex));

static DWORD WINAPI ended_multiple(DWORD count, const HANDLE *objects, BOOL all, DWORD time)
{
    return real(WaitForMultipleObjects)(count, objects, all, ENDED(time));
}
MUTANT(wait_for_several_infinite_is_no_wait, "WaitForMultipleObjects with INFINITE does not wait",
       PATCH(WaitForMultipleObjects, ended_multiple));

static DWORD WINAPI ended_multiple_ex(DWORD count, const HANDLE *objects, BOOL all, DWORD time,
                                      BOOL alertable)
{
    return real(WaitForMultipleObjectsEx)(count, objects, all, ENDED(time), alertable);
}
MUTANT(wait_for_several_ex_infinite_is_no_wait,
       "WaitForMultipleObjectsEx with INFINITE does not wait",
       PATCH(WaitForMultipleObjectsEx, ended_multiple_ex));

static DWORD WINAPI ended_signal(SIGNAL_PARAMETERS)
{
    return SIGNAL_AND_WAIT(ENDED(time));
}
MUTANT(signal_and_wait_infinite_is_no_wait, "SignalObjectAndWait with INFINITE does not wait",
       PATCH(SignalObjectAndWait, ended_signal));

/* ---- Signaling one and waiting for another ---- */

/* Waits, and then signals the first object, unless only an end of the wait is to do that. */
static DWORD signal_after(bool whatever, SIGNAL_PARAMETERS)
{
    DWORD waited = real(WaitForSingleObjectEx)(object, time > 300 ? 300 : time, alertable);
    if (whatever || waited != WAIT_TIMEOUT) {
        HANDLE always = real(CreateEventW)(NULL, TRUE, TRUE, NULL);
        real(SignalObjectAndWait)(signal, always, 0, FALSE);
        real(CloseHandle)(always);
    }
    return waited;
}

static DWORD WINAPI signals_last(SIGNAL_PARAMETERS)
{
    return signal == noted ? signal_after(true, signal, object, time, alertable)
                           : SIGNAL_AND_WAIT(time);
}
MUTANT(signal_and_wait_signals_last,
       "SignalObjectAndWait sets an event when the wait for the second object is over",
       PATCH(CreateEventW, note_auto_event), PATCH(SignalObjectAndWait, signals_last));

static DWORD WINAPI signals_if_answered(SIGNAL_PARAMETERS)
{
    return time || signal != noted ? SIGNAL_AND_WAIT(time)
                                   : signal_after(false, signal, object, time, alertable);
}
MUTANT(signal_and_wait_signals_only_if_the_wait_ends,
       "SignalObjectAndWait without a time releases a semaphore only if the second is signaled",
       PATCH(CreateSemaphoreW, note_semaphore), PATCH(SignalObjectAndWait, signals_if_answered));

static DWORD WINAPI does_not_wait(SIGNAL_PARAMETERS)
{
    DWORD waited = SIGNAL_AND_WAIT(time);
    return waited == WAIT_TIMEOUT && !time && signal == noted ? WAIT_OBJECT_0 : waited;
}
MUTANT(signal_and_wait_does_not_wait,
       "SignalObjectAndWait that releases a mutex takes the second object for signaled",
       PATCH(CreateMutexW, note_mutex), PATCH(SignalObjectAndWait, does_not_wait));

static DWORD WINAPI overlooks(SIGNAL_PARAMETERS)
{
    return signal == noted ? real(WaitForSingleObjectEx)(object, time > 300 ? 300 : time, alertable)
                           : SIGNAL_AND_WAIT(time);
}
MUTANT(signal_and_wait_overlooks_semaphores, "SignalObjectAndWait releases no semaphore",
       PATCH(CreateSemaphoreW, note_semaphore), PATCH(SignalObjectAndWait, overlooks));
MUTANT(signal_and_wait_overlooks_mutexes, "SignalObjectAndWait releases no mutex",
       PATCH(CreateMutexW, note_mutex), PATCH(SignalObjectAndWait, overlooks));
