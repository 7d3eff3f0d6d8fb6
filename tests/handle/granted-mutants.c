/* Wrong behaviours, for the tests of granted.c: access to events and mutexes that exist. */
#include "handle-mutants.h"

#define EVENT_PARAMETERS SECURITY_ATTRIBUTES *security, BOOL manual, BOOL set, const WCHAR *name
#define CREATED_EVENT real(CreateEventW)(security, manual, set, name)
#define MUTEX_PARAMETERS SECURITY_ATTRIBUTES *security, BOOL owned, const WCHAR *name
#define CREATED_MUTEX real(CreateMutexW)(security, owned, name)

/* A handle with this access alone instead. */
static HANDLE weakened(HANDLE handle, DWORD access)
{
    HANDLE weak = NULL;
    DWORD error = GetLastError();
    if (handle && error != ERROR_ALREADY_EXISTS &&
        real(DuplicateHandle)(GetCurrentProcess(), handle, GetCurrentProcess(), &weak, access,
                              (flags_of(handle) & HANDLE_FLAG_INHERIT) != 0, 0)) {
        real(CloseHandle)(handle);
        handle = weak;
    }
    SetLastError(error);
    return handle;
}

static HANDLE WINAPI weak_event(EVENT_PARAMETERS)
{
    return weakened(CREATED_EVENT, SYNCHRONIZE | EVENT_MODIFY_STATE);
}
MUTANT(create_event_gives_no_right_to_the_descriptor,
       "The handle of CreateEventW has no access to the security descriptor",
       PATCH(CreateEventW, weak_event));

static HANDLE WINAPI weak_mutex(MUTEX_PARAMETERS)
{
    return weakened(CREATED_MUTEX, SYNCHRONIZE | MUTEX_MODIFY_STATE);
}
MUTANT(create_mutex_gives_no_right_to_the_descriptor,
       "The handle of CreateMutexW has no access to the security descriptor",
       PATCH(CreateMutexW, weak_mutex));

static SECURITY_ATTRIBUTES *without_descriptor(const SECURITY_ATTRIBUTES *security)
{
    static SECURITY_ATTRIBUTES without;
    if (!security)
        return NULL;
    without = *security;
    without.lpSecurityDescriptor = NULL;
    return &without;
}

static HANDLE WINAPI default_event(EVENT_PARAMETERS)
{
    return real(CreateEventW)(without_descriptor(security), manual, set, name);
}
MUTANT(create_event_ignores_the_descriptor,
       "CreateEventW gives every event the default security descriptor",
       PATCH(CreateEventW, default_event));

static HANDLE WINAPI default_mutex(MUTEX_PARAMETERS)
{
    return real(CreateMutexW)(without_descriptor(security), owned, name);
}
MUTANT(create_mutex_ignores_the_descriptor,
       "CreateMutexW gives every mutex the default security descriptor",
       PATCH(CreateMutexW, default_mutex));

/* ---- Who opens it ---- */

#define OPENS_WHAT_IS_GRANTED(function, open)                                    \
    static HANDLE WINAPI function(DWORD access, BOOL inherit, const WCHAR *name) \
    {                                                                            \
        HANDLE opened = real(open)(access, inherit, name);                       \
        if (!opened && GetLastError() == ERROR_ACCESS_DENIED)                    \
            opened = real(open)(SYNCHRONIZE, inherit, name);                     \
        return opened;                                                           \
    }

OPENS_WHAT_IS_GRANTED(granted_event, OpenEventW)
MUTANT(open_event_gives_what_is_granted,
       "OpenEventW gives a handle to wait with when what it is asked for is not granted",
       PATCH(OpenEventW, granted_event));

OPENS_WHAT_IS_GRANTED(granted_semaphore, OpenSemaphoreW)
MUTANT(open_semaphore_gives_what_is_granted,
       "OpenSemaphoreW gives a handle to wait with when what it is asked for is not granted",
       PATCH(OpenSemaphoreW, granted_semaphore));

OPENS_WHAT_IS_GRANTED(granted_timer, OpenWaitableTimerW)
MUTANT(open_timer_gives_what_is_granted,
       "OpenWaitableTimerW gives a handle to wait with when what it is asked for is not granted",
       PATCH(OpenWaitableTimerW, granted_timer));

OPENS_WHAT_IS_GRANTED(granted_mutex, OpenMutexW)
MUTANT(open_mutex_gives_what_is_granted,
       "OpenMutexW gives a handle to wait with when what it is asked for is not granted",
       PATCH(OpenMutexW, granted_mutex));

static HANDLE opened_to_wait;

static HANDLE WINAPI note_opened(DWORD access, BOOL inherit, const WCHAR *name)
{
    HANDLE opened = real(OpenMutexW)(access, inherit, name);
    if (!(access & MUTEX_MODIFY_STATE))
        opened_to_wait = opened;
    return opened;
}

static BOOL WINAPI needs_modify(HANDLE mutex)
{
    return mutex == opened_to_wait ? failed(ERROR_ACCESS_DENIED) : real(ReleaseMutex)(mutex);
}
MUTANT(release_mutex_needs_the_right_to_modify,
       "ReleaseMutex fails with ERROR_ACCESS_DENIED without MUTEX_MODIFY_STATE",
       PATCH(OpenMutexW, note_opened), PATCH(ReleaseMutex, needs_modify));

/* ---- Who creates it again ---- */

static HANDLE WINAPI event_takes_less(EVENT_PARAMETERS)
{
    HANDLE event = CREATED_EVENT;
    if (!event && GetLastError() == ERROR_ACCESS_DENIED) {
        event = real(OpenEventW)(SYNCHRONIZE, FALSE, name);
        SetLastError(event ? ERROR_ALREADY_EXISTS : ERROR_ACCESS_DENIED);
    }
    return event;
}
MUTANT(create_event_again_takes_less,
       "CreateEventW of an event that exists asks only for the right to wait for it",
       PATCH(CreateEventW, event_takes_less));

static HANDLE WINAPI mutex_takes_less(MUTEX_PARAMETERS)
{
    HANDLE mutex = CREATED_MUTEX;
    if (!mutex && GetLastError() == ERROR_ACCESS_DENIED) {
        mutex = real(OpenMutexW)(SYNCHRONIZE, FALSE, name);
        SetLastError(mutex ? ERROR_ALREADY_EXISTS : ERROR_ACCESS_DENIED);
    }
    return mutex;
}
MUTANT(create_mutex_again_takes_less,
       "CreateMutexW of a mutex that exists asks only for the right to wait for it",
       PATCH(CreateMutexW, mutex_takes_less));

static bool exists(HANDLE object)
{
    return object && GetLastError() == ERROR_ALREADY_EXISTS;
}

static HANDLE with_descriptor(HANDLE object, const SECURITY_ATTRIBUTES *security)
{
    if (exists(object) && security && security->lpSecurityDescriptor) {
        SetKernelObjectSecurity(object, DACL_SECURITY_INFORMATION, security->lpSecurityDescriptor);
        SetLastError(ERROR_ALREADY_EXISTS);
    }
    return object;
}

static HANDLE WINAPI event_with_descriptor(EVENT_PARAMETERS)
{
    return with_descriptor(CREATED_EVENT, security);
}
MUTANT(create_event_again_sets_the_descriptor,
       "CreateEventW gives an event that exists the descriptor of its parameter",
       PATCH(CreateEventW, event_with_descriptor));

static HANDLE WINAPI mutex_with_descriptor(MUTEX_PARAMETERS)
{
    return with_descriptor(CREATED_MUTEX, security);
}
MUTANT(create_mutex_again_sets_the_descriptor,
       "CreateMutexW gives a mutex that exists the descriptor of its parameter",
       PATCH(CreateMutexW, mutex_with_descriptor));

static HANDLE with_flag(HANDLE object, DWORD flag)
{
    if (exists(object)) {
        real(SetHandleInformation)(object, HANDLE_FLAG_INHERIT, flag);
        SetLastError(ERROR_ALREADY_EXISTS);
    }
    return object;
}

static HANDLE WINAPI event_not_inheritable(EVENT_PARAMETERS)
{
    return with_flag(CREATED_EVENT, 0);
}
MUTANT(create_event_again_is_not_inheritable,
       "The handle of CreateEventW to an event that exists is not inheritable",
       PATCH(CreateEventW, event_not_inheritable));

static HANDLE WINAPI mutex_not_inheritable(MUTEX_PARAMETERS)
{
    return with_flag(CREATED_MUTEX, 0);
}
MUTANT(create_mutex_again_is_not_inheritable,
       "The handle of CreateMutexW to a mutex that exists is not inheritable",
       PATCH(CreateMutexW, mutex_not_inheritable));

/* Every handle that CreateEvent or CreateMutex has made for a name. */
static HANDLE handles[4];
static unsigned count_of_handles;

static HANDLE with_flag_of_first(HANDLE object, const WCHAR *name)
{
    DWORD error = GetLastError();
    if (exists(object) && count_of_handles)
        real(SetHandleInformation)(object, HANDLE_FLAG_INHERIT, flags_of(handles[0]));
    if (object && name && count_of_handles < 4)
        handles[count_of_handles++] = object;
    SetLastError(error);
    return object;
}

static HANDLE WINAPI event_as_first(EVENT_PARAMETERS)
{
    return with_flag_of_first(CREATED_EVENT, name);
}
MUTANT(create_event_again_is_inheritable,
       "The handle of CreateEventW to an event that exists is as inheritable as the first",
       PATCH(CreateEventW, event_as_first));

static HANDLE WINAPI mutex_as_first(MUTEX_PARAMETERS)
{
    return with_flag_of_first(CREATED_MUTEX, name);
}
MUTANT(create_mutex_again_is_inheritable,
       "The handle of CreateMutexW to a mutex that exists is as inheritable as the first",
       PATCH(CreateMutexW, mutex_as_first));

static HANDLE WINAPI event_for_all(EVENT_PARAMETERS)
{
    HANDLE event = CREATED_EVENT;
    DWORD error = GetLastError();
    if (exists(event))
        for (unsigned i = 0; i < count_of_handles; i++)
            real(SetHandleInformation)(handles[i], HANDLE_FLAG_INHERIT, flags_of(event));
    if (event && name && count_of_handles < 4)
        handles[count_of_handles++] = event;
    SetLastError(error);
    return event;
}
MUTANT(create_event_again_inherits_for_all,
       "bInheritHandle of a second CreateEventW changes the first handle, too",
       PATCH(CreateEventW, event_for_all));

/* An event whose mode a second creation has changed: what a wait does to it, by any handle. */
static bool has_changed, is_manual_now;

static HANDLE note_event(BOOL to, EVENT_PARAMETERS)
{
    HANDLE event = CREATED_EVENT;
    if (exists(event) && manual == to) {
        has_changed = true;
        is_manual_now = manual;
    }
    if (event && name && count_of_handles < 4)
        handles[count_of_handles++] = event;
    return event;
}

static HANDLE WINAPI becomes_manual(EVENT_PARAMETERS)
{
    return note_event(TRUE, security, manual, set, name);
}

static HANDLE WINAPI becomes_automatic(EVENT_PARAMETERS)
{
    return note_event(FALSE, security, manual, set, name);
}

static DWORD WINAPI wait_by_new_mode(HANDLE handle, DWORD limit)
{
    DWORD waited = real(WaitForSingleObject)(handle, limit), error = GetLastError();
    for (unsigned i = 0; has_changed && waited == WAIT_OBJECT_0 && i < count_of_handles; i++)
        if (handles[i] == handle) {
            if (is_manual_now)
                real(SetEvent)(handle);
            else
                real(ResetEvent)(handle);
        }
    SetLastError(error);
    return waited;
}
MUTANT(create_event_again_makes_it_manual,
       "CreateEventW makes an auto-reset event that exists a manual-reset event",
       PATCH(CreateEventW, becomes_manual), PATCH(WaitForSingleObject, wait_by_new_mode));
MUTANT(create_event_again_makes_it_automatic,
       "CreateEventW makes a manual-reset event that exists an auto-reset event",
       PATCH(CreateEventW, becomes_automatic), PATCH(WaitForSingleObject, wait_by_new_mode));

/* ---- The state of a new one ---- */

static HANDLE WINAPI not_set_at_first(EVENT_PARAMETERS)
{
    (void)set;
    return real(CreateEventW)(security, manual, FALSE, name);
}
MUTANT(create_event_is_not_set_at_first, "CreateEventW makes no event signaled",
       PATCH(CreateEventW, not_set_at_first));

static HANDLE WINAPI auto_only(EVENT_PARAMETERS)
{
    return real(CreateEventW)(security, manual, set && manual, name);
}
MUTANT(create_event_auto_reset_is_not_set_at_first,
       "CreateEventW makes no auto-reset event signaled", PATCH(CreateEventW, auto_only));
