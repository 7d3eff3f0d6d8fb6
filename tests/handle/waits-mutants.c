/* Wrong behaviours, for the tests of waits.c: waiting for semaphores, events and several objects.
 */
#include "handle-mutants.h"

#define WAIT(handle, limit) real(WaitForSingleObject)(handle, limit)

/* ---- Semaphores ---- */

static BOOL WINAPI releases_one(HANDLE semaphore, LONG count, LONG *before)
{
    return real(ReleaseSemaphore)(semaphore, count > 1 ? 1 : count, before);
}
MUTANT(release_semaphore_releases_one, "ReleaseSemaphore adds one, whatever it is told to add",
       PATCH(ReleaseSemaphore, releases_one));

static BOOL WINAPI tells_new_count(HANDLE semaphore, LONG count, LONG *before)
{
    BOOL released = real(ReleaseSemaphore)(semaphore, count, before);
    if (released && before)
        *before += count;
    return released;
}
MUTANT(release_semaphore_tells_the_new_count,
       "ReleaseSemaphore tells the count that it has made, not the one that it has found",
       PATCH(ReleaseSemaphore, tells_new_count));

static BOOL WINAPI releases_up_to_the_limit(HANDLE semaphore, LONG count, LONG *before)
{
    BOOL released = real(ReleaseSemaphore)(semaphore, count, before);
    DWORD error = GetLastError();
    while (!released && error == ERROR_TOO_MANY_POSTS && real(ReleaseSemaphore)(semaphore, 1, NULL))
        ;
    SetLastError(error);
    return released;
}
MUTANT(release_semaphore_releases_up_to_the_limit,
       "ReleaseSemaphore that fails because of the limit adds as much as there is room for",
       PATCH(ReleaseSemaphore, releases_up_to_the_limit));

static HANDLE first_semaphore;

static HANDLE WINAPI note_semaphore(SECURITY_ATTRIBUTES *security, LONG count, LONG limit,
                                    const WCHAR *name)
{
    HANDLE semaphore = real(CreateSemaphoreW)(security, count, limit, name);
    if (!first_semaphore && count == limit)
        first_semaphore = semaphore;
    return semaphore;
}

/* After its first wait this process is all that has taken something. */
static DWORD WINAPI gives_back(HANDLE handle, DWORD limit)
{
    static bool has_waited;
    DWORD error = GetLastError(), waited = WAIT(handle, limit);
    if (waited == WAIT_OBJECT_0 && !is_peer() && handle == first_semaphore && !has_waited) {
        has_waited = true;
        while (real(ReleaseSemaphore)(handle, 1, NULL))
            ;
        WAIT(handle, 0);
    }
    SetLastError(error);
    return waited;
}
MUTANT(semaphore_is_given_back_by_the_end_of_a_process,
       "What another process has taken of a semaphore is given back",
       PATCH(CreateSemaphoreW, note_semaphore), PATCH(WaitForSingleObject, gives_back));

static HANDLE WINAPI begins_at_a_limit(SECURITY_ATTRIBUTES *security, LONG count, LONG limit,
                                       const WCHAR *name)
{
    if (limit > 0)
        count = count < 0 ? 0 : count > limit ? limit : count;
    return real(CreateSemaphoreW)(security, count, limit, name);
}
MUTANT(create_semaphore_begins_at_a_limit,
       "CreateSemaphoreW takes an initial count that is out of range for the nearest that is not",
       PATCH(CreateSemaphoreW, begins_at_a_limit));

/* ---- Events ---- */

static BOOL WINAPI sets_for_all(HANDLE event)
{
    BOOL set = real(SetEvent)(event);
    DWORD error = GetLastError();
    for (int i = 0; set && i < 200 && WAIT(event, 0) == WAIT_TIMEOUT; i++)
        real(SetEvent)(event);
    real(SetEvent)(event);
    SetLastError(error);
    return set;
}
MUTANT(set_event_releases_all_waiters, "SetEvent of an auto-reset event releases all that wait",
       PATCH(SetEvent, sets_for_all));

static HANDLE auto_events[8];

static HANDLE WINAPI note_auto_event(SECURITY_ATTRIBUTES *security, BOOL manual, BOOL set,
                                     const WCHAR *name)
{
    static unsigned count;
    HANDLE event = real(CreateEventW)(security, manual, set, name);
    if (!manual && !set)
        auto_events[count++ % 8] = event;
    return event;
}

static BOOL WINAPI is_lost(HANDLE event)
{
    for (int i = 0; i < 8; i++)
        if (auto_events[i] == event)
            return PulseEvent(event);
    return real(SetEvent)(event);
}
MUTANT(set_event_without_waiters_is_lost,
       "SetEvent of an auto-reset event has no effect when no thread waits for it",
       PATCH(CreateEventW, note_auto_event), PATCH(SetEvent, is_lost));

static HANDLE manual_event;

static HANDLE WINAPI note_event(SECURITY_ATTRIBUTES *security, BOOL manual, BOOL set,
                                const WCHAR *name)
{
    HANDLE event = real(CreateEventW)(security, manual, set, name);
    if (manual && !manual_event)
        manual_event = event;
    return event;
}

static DWORD WINAPI resets(HANDLE handle, DWORD limit)
{
    DWORD error = GetLastError(), waited = WAIT(handle, limit);
    if (waited == WAIT_OBJECT_0 && handle == manual_event)
        real(ResetEvent)(handle);
    SetLastError(error);
    return waited;
}
MUTANT(wait_resets_manual_reset_events, "A wait for a manual-reset event resets it",
       PATCH(CreateEventW, note_event), PATCH(WaitForSingleObject, resets));

static BOOL WINAPI resets_own(HANDLE event)
{
    return is_peer() ? TRUE : real(ResetEvent)(event);
}
MUTANT(reset_event_of_another_process_has_no_effect,
       "ResetEvent of an event that another process has created has no effect",
       PATCH(ResetEvent, resets_own));

/* ---- Several objects ---- */

#define SEVERAL_PARAMETERS DWORD count, const HANDLE *objects, BOOL all, DWORD limit
#define WAIT_FOR_SEVERAL real(WaitForMultipleObjects)(count, objects, all, limit)

static DWORD WINAPI tells_the_last(SEVERAL_PARAMETERS)
{
    HANDLE turned[MAXIMUM_WAIT_OBJECTS] = {NULL};
    if (all || !count || count > MAXIMUM_WAIT_OBJECTS)
        return WAIT_FOR_SEVERAL;
    for (DWORD i = 0; i < count; i++)
        turned[i] = objects[count - 1 - i];
    DWORD waited = real(WaitForMultipleObjects)(count, turned, FALSE, limit);
    return waited < WAIT_OBJECT_0 + count ? count - 1 - waited : waited;
}
MUTANT(wait_for_any_tells_the_last,
       "WaitForMultipleObjects for any takes the object of the highest index",
       PATCH(WaitForMultipleObjects, tells_the_last));

static DWORD WINAPI takes_the_others(SEVERAL_PARAMETERS)
{
    DWORD waited = WAIT_FOR_SEVERAL, error = GetLastError();
    for (DWORD i = 0; !all && waited < count && i < count; i++)
        if (i > waited)
            WAIT(objects[i], 0);
    SetLastError(error);
    return waited;
}
MUTANT(wait_for_any_takes_the_others,
       "WaitForMultipleObjects for any changes the state of all that are signaled",
       PATCH(WaitForMultipleObjects, takes_the_others));

/* Takes the mutexes, or the other objects, that are signaled when not all are. */
static DWORD take_some(bool mutexes, SEVERAL_PARAMETERS)
{
    DWORD waited = WAIT_FOR_SEVERAL, error = GetLastError();
    for (DWORD i = 0; all && waited == WAIT_TIMEOUT && i < count; i++) {
        if (WAIT(objects[i], 0) != WAIT_OBJECT_0)
            continue;
        if (real(ReleaseMutex)(objects[i])) { /* it is one */
            if (mutexes)
                WAIT(objects[i], 0);
        } else if (mutexes) {
            if (!real(ReleaseSemaphore)(objects[i], 1, NULL))
                real(SetEvent)(objects[i]);
        }
    }
    SetLastError(error);
    return waited;
}

static DWORD WINAPI takes_what_is_there(SEVERAL_PARAMETERS)
{
    return take_some(false, count, objects, all, limit);
}
MUTANT(wait_for_all_takes_what_is_there,
       "WaitForMultipleObjects for all changes the objects that are signaled while others are not",
       PATCH(WaitForMultipleObjects, takes_what_is_there));

static DWORD WINAPI takes_mutexes(SEVERAL_PARAMETERS)
{
    return take_some(true, count, objects, all, limit);
}
MUTANT(wait_for_all_takes_a_mutex_early,
       "WaitForMultipleObjects for all takes a mutex before the other objects are signaled",
       PATCH(WaitForMultipleObjects, takes_mutexes));

static DWORD WINAPI takes_the_first(SEVERAL_PARAMETERS)
{
    DWORD waited = WAIT_FOR_SEVERAL, error = GetLastError();
    for (DWORD i = 1; all && waited == WAIT_OBJECT_0 && i < count; i++)
        if (!real(ReleaseMutex)(objects[i]) && !real(ReleaseSemaphore)(objects[i], 1, NULL))
            real(SetEvent)(objects[i]);
    SetLastError(error);
    return waited;
}
MUTANT(wait_for_all_takes_the_first_only,
       "WaitForMultipleObjects for all changes the state of the first object only",
       PATCH(WaitForMultipleObjects, takes_the_first));

/* ---- Which kinds ---- */

/* Waits as if the objects of one kind, those with an ID, never were signaled. */
static DWORD wait_except(DWORD(WINAPI *id)(HANDLE), SEVERAL_PARAMETERS)
{
    HANDLE others[MAXIMUM_WAIT_OBJECTS] = {NULL};
    DWORD error = GetLastError();
    if (all || count > MAXIMUM_WAIT_OBJECTS)
        return WAIT_FOR_SEVERAL;
    HANDLE never = real(CreateEventW)(NULL, TRUE, FALSE, NULL);
    for (DWORD i = 0; i < count; i++)
        others[i] = id(objects[i]) ? never : objects[i];
    SetLastError(error);
    return real(WaitForMultipleObjects)(count, others, all, limit);
}

static DWORD WINAPI except_processes(SEVERAL_PARAMETERS)
{
    return wait_except(GetProcessId, count, objects, all, limit);
}
MUTANT(wait_for_any_overlooks_processes,
       "WaitForMultipleObjects for any overlooks the end of a process",
       PATCH(WaitForMultipleObjects, except_processes));

static DWORD WINAPI except_threads(SEVERAL_PARAMETERS)
{
    return wait_except(GetThreadId, count, objects, all, limit);
}
MUTANT(wait_for_any_overlooks_threads,
       "WaitForMultipleObjects for any overlooks the end of a thread",
       PATCH(WaitForMultipleObjects, except_threads));

/* Of the objects, those that can be waited for; the others as if they were WITH. */
static DWORD wait_without(HANDLE with, SEVERAL_PARAMETERS)
{
    HANDLE others[MAXIMUM_WAIT_OBJECTS] = {NULL};
    DWORD waited = WAIT_FOR_SEVERAL;
    if (waited != WAIT_FAILED || GetLastError() != ERROR_ACCESS_DENIED)
        return waited;
    HANDLE never = real(CreateEventW)(NULL, TRUE, FALSE, NULL);
    for (DWORD i = 0; i < count; i++) {
        HANDLE both[] = {objects[i], never}; /* a wait that changes nothing */
        bool may = real(WaitForMultipleObjects)(2, both, TRUE, 0) != WAIT_FAILED;
        others[i] = may ? objects[i] : with;
    }
    return real(WaitForMultipleObjects)(count, others, all, limit);
}

static DWORD WINAPI needs_no_right(SEVERAL_PARAMETERS)
{
    return wait_without(real(CreateEventW)(NULL, TRUE, TRUE, NULL), count, objects, all, limit);
}
MUTANT(wait_for_several_needs_no_right,
       "WaitForMultipleObjects waits also for what it has no right to wait for",
       PATCH(WaitForMultipleObjects, needs_no_right));

static DWORD WINAPI overlooks(SEVERAL_PARAMETERS)
{
    return wait_without(real(CreateEventW)(NULL, TRUE, FALSE, NULL), count, objects, all, limit);
}
MUTANT(wait_for_several_overlooks_what_it_may_not_wait_for,
       "WaitForMultipleObjects waits for those objects only that it has the right to wait for",
       PATCH(WaitForMultipleObjects, overlooks));

/* ---- How many ---- */

static DWORD WINAPI none_succeeds(SEVERAL_PARAMETERS)
{
    return count ? WAIT_FOR_SEVERAL : WAIT_OBJECT_0;
}
MUTANT(wait_for_none_succeeds, "WaitForMultipleObjects for no objects returns WAIT_OBJECT_0",
       PATCH(WaitForMultipleObjects, none_succeeds));

static DWORD WINAPI overlooks_the_last(SEVERAL_PARAMETERS)
{
    if (count == MAXIMUM_WAIT_OBJECTS)
        count--;
    return WAIT_FOR_SEVERAL;
}
MUTANT(wait_overlooks_the_last_of_most,
       "WaitForMultipleObjects does not look at the last of MAXIMUM_WAIT_OBJECTS objects",
       PATCH(WaitForMultipleObjects, overlooks_the_last));

static DWORD WINAPI waits_for_the_first(SEVERAL_PARAMETERS)
{
    if (count > MAXIMUM_WAIT_OBJECTS)
        count = MAXIMUM_WAIT_OBJECTS;
    return WAIT_FOR_SEVERAL;
}
MUTANT(wait_for_too_many_waits_for_the_first,
       "WaitForMultipleObjects of too many objects waits for those that it can",
       PATCH(WaitForMultipleObjects, waits_for_the_first));
