/* Wrong behaviours, for the tests of mutexes.c: owners of mutexes, and owners that have ended. */
#include "handle-mutants.h"

#define WAIT(handle, limit) real(WaitForSingleObject)(handle, limit)

#define ROOM 8
static struct {
    HANDLE mutex;
    DWORD owner; /* thread of this process that has waited for it last, or 0 */
} mutexes[ROOM];

static HANDLE WINAPI note_mutex(SECURITY_ATTRIBUTES *security, BOOL owned, const WCHAR *name)
{
    HANDLE mutex = real(CreateMutexW)(security, owned, name);
    for (int i = 0; mutex && i < ROOM; i++) {
        if (!mutexes[i].mutex) {
            mutexes[i].mutex = mutex;
            break;
        }
    }
    return mutex;
}

static DWORD *owner_of(HANDLE mutex)
{
    for (int i = 0; i < ROOM; i++)
        if (mutex && mutexes[i].mutex == mutex)
            return &mutexes[i].owner;
    return NULL;
}

/* ---- Abandoned ones ---- */

static DWORD WINAPI tells_of_own_threads(HANDLE handle, DWORD limit)
{
    DWORD *owner = owner_of(handle), waited = WAIT(handle, limit);
    if (waited == WAIT_ABANDONED && owner && !*owner)
        waited = WAIT_OBJECT_0;
    if (owner && (waited == WAIT_OBJECT_0 || waited == WAIT_ABANDONED))
        *owner = GetCurrentThreadId();
    return waited;
}
MUTANT(wait_hides_that_a_process_abandoned_it,
       "A wait for a mutex that another process has abandoned returns WAIT_OBJECT_0",
       PATCH(CreateMutexW, note_mutex), PATCH(WaitForSingleObject, tells_of_own_threads));

static DWORD WINAPI never_gets_it(HANDLE handle, DWORD limit)
{
    DWORD *owner = owner_of(handle), waited = WAIT(handle, limit);
    if (waited == WAIT_ABANDONED && owner && !*owner)
        return WAIT_TIMEOUT;
    if (owner && waited == WAIT_OBJECT_0)
        *owner = GetCurrentThreadId();
    return waited;
}
MUTANT(mutex_of_an_ended_process_stays_owned,
       "A mutex whose owner's process has ended is never given to another process",
       PATCH(CreateMutexW, note_mutex), PATCH(WaitForSingleObject, never_gets_it));

static void CALLBACK release(void *mutex)
{
    real(ReleaseMutex)(mutex);
}

/* Runs `release` when the thread ends. */
static DWORD WINAPI will_be_released(HANDLE handle, DWORD limit)
{
    static DWORD slot = FLS_OUT_OF_INDEXES;
    DWORD error = GetLastError(), waited = WAIT(handle, limit);
    if (waited == WAIT_OBJECT_0 && owner_of(handle)) {
        if (slot == FLS_OUT_OF_INDEXES)
            slot = FlsAlloc(release);
        FlsSetValue(slot, handle);
        SetLastError(error);
    }
    return waited;
}
MUTANT(mutex_is_released_by_the_end_of_a_thread,
       "The end of a thread releases its mutexes as if it had called ReleaseMutex",
       PATCH(CreateMutexW, note_mutex), PATCH(WaitForSingleObject, will_be_released));

static DWORD WINAPI gives_no_ownership(HANDLE handle, DWORD limit)
{
    DWORD waited = WAIT(handle, limit);
    if (waited == WAIT_ABANDONED)
        real(ReleaseMutex)(handle);
    return waited;
}
MUTANT(wait_for_an_abandoned_mutex_gives_no_ownership,
       "A wait that returns WAIT_ABANDONED leaves the mutex without an owner",
       PATCH(WaitForSingleObject, gives_no_ownership));

static DWORD WINAPI waits_on(HANDLE handle, DWORD limit)
{
    DWORD waited = WAIT(handle, 0);
    if (waited != WAIT_TIMEOUT || limit == 0)
        return waited;
    waited = WAIT(handle, limit);
    if (waited != WAIT_ABANDONED)
        return waited;
    real(ReleaseMutex)(handle);
    return WAIT_TIMEOUT;
}
MUTANT(wait_is_not_ended_by_abandonment,
       "A wait that has begun when the owner of the mutex ends goes on to its time-out",
       PATCH(WaitForSingleObject, waits_on));

static DWORD WINAPI remembers(HANDLE handle, DWORD limit)
{
    static HANDLE abandoned;
    DWORD waited = WAIT(handle, limit);
    if (waited == WAIT_ABANDONED)
        abandoned = handle;
    return waited == WAIT_OBJECT_0 && handle == abandoned ? WAIT_ABANDONED : waited;
}
MUTANT(mutex_stays_abandoned, "A mutex that was abandoned once is so for ever",
       PATCH(WaitForSingleObject, remembers));

#define SEVERAL_PARAMETERS DWORD count, const HANDLE *objects, BOOL all, DWORD limit
#define WAIT_FOR_SEVERAL real(WaitForMultipleObjects)(count, objects, all, limit)

static bool is_abandoned(DWORD waited)
{
    return waited >= WAIT_ABANDONED_0 && waited < WAIT_ABANDONED_0 + MAXIMUM_WAIT_OBJECTS;
}

static DWORD WINAPI any_hides(SEVERAL_PARAMETERS)
{
    DWORD waited = WAIT_FOR_SEVERAL;
    return is_abandoned(waited) && !all ? waited - WAIT_ABANDONED_0 + WAIT_OBJECT_0 : waited;
}
MUTANT(wait_for_any_hides_abandonment,
       "WaitForMultipleObjects for any tells an abandoned mutex as if it had been released",
       PATCH(WaitForMultipleObjects, any_hides));

static DWORD WINAPI any_loses_index(SEVERAL_PARAMETERS)
{
    DWORD waited = WAIT_FOR_SEVERAL;
    return is_abandoned(waited) && !all ? WAIT_ABANDONED_0 : waited;
}
MUTANT(wait_for_any_loses_the_index_of_an_abandoned_one,
       "WaitForMultipleObjects for any returns WAIT_ABANDONED_0 whichever mutex was abandoned",
       PATCH(WaitForMultipleObjects, any_loses_index));

static DWORD WINAPI all_hides(SEVERAL_PARAMETERS)
{
    DWORD waited = WAIT_FOR_SEVERAL;
    return is_abandoned(waited) && all ? WAIT_OBJECT_0 : waited;
}
MUTANT(wait_for_all_hides_abandonment,
       "WaitForMultipleObjects for all returns WAIT_OBJECT_0 when a mutex was abandoned",
       PATCH(WaitForMultipleObjects, all_hides));

/* ---- Owners ---- */

static DWORD WINAPI blocks_the_owner(HANDLE handle, DWORD limit)
{
    DWORD *owner = owner_of(handle);
    if (owner && *owner == GetCurrentThreadId())
        return WAIT_TIMEOUT;
    DWORD waited = WAIT(handle, limit);
    if (owner && waited == WAIT_OBJECT_0)
        *owner = GetCurrentThreadId();
    return waited;
}

static BOOL WINAPI ends_ownership(HANDLE mutex)
{
    BOOL released = real(ReleaseMutex)(mutex);
    if (released && owner_of(mutex))
        *owner_of(mutex) = 0;
    return released;
}
MUTANT(owner_waits_for_its_own_mutex, "A wait for a mutex that the thread owns is in vain",
       PATCH(CreateMutexW, note_mutex), PATCH(WaitForSingleObject, blocks_the_owner),
       PATCH(ReleaseMutex, ends_ownership));

static BOOL WINAPI releases_all(HANDLE mutex)
{
    BOOL released = real(ReleaseMutex)(mutex);
    DWORD error = GetLastError();
    while (released && real(ReleaseMutex)(mutex))
        ;
    SetLastError(error);
    return released;
}
MUTANT(release_mutex_releases_all_at_once,
       "ReleaseMutex frees the mutex however often its owner has waited for it",
       PATCH(ReleaseMutex, releases_all));

static BOOL WINAPI is_content(HANDLE mutex)
{
    DWORD error = GetLastError();
    BOOL released = real(ReleaseMutex)(mutex);
    if (released || GetLastError() != ERROR_NOT_OWNER)
        return released;
    SetLastError(error);
    return TRUE;
}
MUTANT(release_mutex_by_a_stranger_succeeds,
       "ReleaseMutex returns TRUE in a thread that does not own the mutex",
       PATCH(ReleaseMutex, is_content));

static BOOL WINAPI denies(HANDLE mutex)
{
    BOOL released = real(ReleaseMutex)(mutex);
    return failed_with(released, ERROR_NOT_OWNER) ? failed(ERROR_ACCESS_DENIED) : released;
}
MUTANT(release_mutex_by_a_stranger_is_access_denied,
       "ReleaseMutex fails with ERROR_ACCESS_DENIED in a thread that does not own the mutex",
       PATCH(ReleaseMutex, denies));

static HANDLE WINAPI never_owned(SECURITY_ATTRIBUTES *security, BOOL owned, const WCHAR *name)
{
    (void)owned;
    return real(CreateMutexW)(security, FALSE, name);
}
MUTANT(create_mutex_gives_no_ownership, "CreateMutexW with bInitialOwner gives no ownership",
       PATCH(CreateMutexW, never_owned));

static HANDLE WINAPI owned_twice(SECURITY_ATTRIBUTES *security, BOOL owned, const WCHAR *name)
{
    HANDLE mutex = real(CreateMutexW)(security, owned, name);
    DWORD error = GetLastError();
    if (mutex && owned && error != ERROR_ALREADY_EXISTS)
        WAIT(mutex, 0);
    SetLastError(error);
    return mutex;
}
MUTANT(create_mutex_gives_ownership_twice,
       "A mutex that was created with bInitialOwner has to be released twice",
       PATCH(CreateMutexW, owned_twice));
