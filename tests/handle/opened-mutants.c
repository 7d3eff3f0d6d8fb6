/* Wrong behaviours, for the tests of opened.c: objects that are opened by their name. */
#include "handle-mutants.h"

#include <string.h>

/*
 * For the function NAME that opens what CREATE creates: its wrong behaviours. TEXT is the type of
 * a character of the name.
 */
#define OPENS(open, text, suffix, create_unnamed)                                               \
    static HANDLE WINAPI suffix##_creates(DWORD access, BOOL inherit, const text *name)         \
    {                                                                                           \
        HANDLE handle = real(open)(access, inherit, name);                                      \
        return handle && is_peer() ? create_unnamed : handle;                                   \
    }                                                                                           \
    static HANDLE WINAPI suffix##_renames(DWORD access, BOOL inherit, const text *name)         \
    {                                                                                           \
        HANDLE handle = real(open)(access, inherit, name);                                      \
        if (!handle && GetLastError() == ERROR_FILE_NOT_FOUND)                                  \
            SetLastError(ERROR_INVALID_NAME);                                                   \
        return handle;                                                                          \
    }                                                                                           \
    static HANDLE WINAPI suffix##_ignores_case(DWORD access, BOOL inherit, const text *name)    \
    {                                                                                           \
        text small[200];                                                                        \
        size_t length = 0;                                                                      \
        HANDLE handle = real(open)(access, inherit, name);                                      \
        while (length < 199 && name[length]) {                                                  \
            small[length] = name[length];                                                       \
            length++;                                                                           \
        }                                                                                       \
        small[length] = 0;                                                                      \
        if (handle || !length || small[length - 1] != 'A')                                      \
            return handle;                                                                      \
        small[length - 1] = 'a';                                                                \
        return real(open)(access, inherit, small);                                              \
    }                                                                                           \
    static HANDLE WINAPI suffix##_never_inherits(DWORD access, BOOL inherit, const text *name)  \
    {                                                                                           \
        (void)inherit;                                                                          \
        return real(open)(access, FALSE, name);                                                 \
    }                                                                                           \
    static HANDLE WINAPI suffix##_always_inherits(DWORD access, BOOL inherit, const text *name) \
    {                                                                                           \
        (void)inherit;                                                                          \
        return real(open)(access, TRUE, name);                                                  \
    }

OPENS(OpenEventW, WCHAR, open_event, real(CreateEventW)(NULL, TRUE, FALSE, NULL))
OPENS(OpenEventA, char, open_event_a, real(CreateEventW)(NULL, TRUE, FALSE, NULL))
OPENS(OpenSemaphoreW, WCHAR, open_semaphore, real(CreateSemaphoreW)(NULL, 0, 5, NULL))
OPENS(OpenWaitableTimerW, WCHAR, open_timer, real(CreateWaitableTimerW)(NULL, TRUE, NULL))

static HANDLE owned_mutex(void)
{
    return real(CreateMutexW)(NULL, TRUE, NULL);
}
OPENS(OpenMutexW, WCHAR, open_mutex, owned_mutex())

MUTANT(open_event_opens_another, "OpenEventW in another process gives another object",
       PATCH(OpenEventW, open_event_creates));
MUTANT(open_event_of_nothing_is_invalid_name,
       "OpenEventW of a name that no object has fails with ERROR_INVALID_NAME",
       PATCH(OpenEventW, open_event_renames));
MUTANT(open_event_ignores_the_case, "OpenEventW finds an object by its name in other case",
       PATCH(OpenEventW, open_event_ignores_case));
MUTANT(open_event_never_inheritable, "OpenEventW never gives an inheritable handle",
       PATCH(OpenEventW, open_event_never_inherits));
MUTANT(open_event_always_inheritable, "OpenEventW always gives an inheritable handle",
       PATCH(OpenEventW, open_event_always_inherits));

MUTANT(open_event_a_opens_another, "OpenEventA in another process gives another object",
       PATCH(OpenEventA, open_event_a_creates));
MUTANT(open_event_a_of_nothing_is_invalid_name,
       "OpenEventA of a name that no object has fails with ERROR_INVALID_NAME",
       PATCH(OpenEventA, open_event_a_renames));
MUTANT(open_event_a_ignores_the_case, "OpenEventA finds an object by its name in other case",
       PATCH(OpenEventA, open_event_a_ignores_case));
MUTANT(open_event_a_never_inheritable, "OpenEventA never gives an inheritable handle",
       PATCH(OpenEventA, open_event_a_never_inherits));
MUTANT(open_event_a_always_inheritable, "OpenEventA always gives an inheritable handle",
       PATCH(OpenEventA, open_event_a_always_inherits));

MUTANT(open_semaphore_opens_another, "OpenSemaphoreW in another process gives another object",
       PATCH(OpenSemaphoreW, open_semaphore_creates));
MUTANT(open_semaphore_of_nothing_is_invalid_name,
       "OpenSemaphoreW of a name that no object has fails with ERROR_INVALID_NAME",
       PATCH(OpenSemaphoreW, open_semaphore_renames));
MUTANT(open_semaphore_ignores_the_case, "OpenSemaphoreW finds an object by its name in other case",
       PATCH(OpenSemaphoreW, open_semaphore_ignores_case));
MUTANT(open_semaphore_never_inheritable, "OpenSemaphoreW never gives an inheritable handle",
       PATCH(OpenSemaphoreW, open_semaphore_never_inherits));
MUTANT(open_semaphore_always_inheritable, "OpenSemaphoreW always gives an inheritable handle",
       PATCH(OpenSemaphoreW, open_semaphore_always_inherits));

MUTANT(open_timer_opens_another, "OpenWaitableTimerW in another process gives another object",
       PATCH(OpenWaitableTimerW, open_timer_creates));
MUTANT(open_timer_of_nothing_is_invalid_name,
       "OpenWaitableTimerW of a name that no object has fails with ERROR_INVALID_NAME",
       PATCH(OpenWaitableTimerW, open_timer_renames));
MUTANT(open_timer_ignores_the_case, "OpenWaitableTimerW finds an object by its name in other case",
       PATCH(OpenWaitableTimerW, open_timer_ignores_case));
MUTANT(open_timer_never_inheritable, "OpenWaitableTimerW never gives an inheritable handle",
       PATCH(OpenWaitableTimerW, open_timer_never_inherits));
MUTANT(open_timer_always_inheritable, "OpenWaitableTimerW always gives an inheritable handle",
       PATCH(OpenWaitableTimerW, open_timer_always_inherits));

MUTANT(open_mutex_opens_another, "OpenMutexW in another process gives another object",
       PATCH(OpenMutexW, open_mutex_creates));
MUTANT(open_mutex_of_nothing_is_invalid_name,
       "OpenMutexW of a name that no object has fails with ERROR_INVALID_NAME",
       PATCH(OpenMutexW, open_mutex_renames));
MUTANT(open_mutex_ignores_the_case, "OpenMutexW finds an object by its name in other case",
       PATCH(OpenMutexW, open_mutex_ignores_case));
MUTANT(open_mutex_never_inheritable, "OpenMutexW never gives an inheritable handle",
       PATCH(OpenMutexW, open_mutex_never_inherits));
MUTANT(open_mutex_always_inheritable, "OpenMutexW always gives an inheritable handle",
       PATCH(OpenMutexW, open_mutex_always_inherits));

/* A handle that keeps no object: closed when the next one is asked for. */
static HANDLE kept;

static BOOL WINAPI last_close_frees(HANDLE handle)
{
    BOOL closed = real(CloseHandle)(handle);
    if (kept && handle != kept) {
        real(CloseHandle)(kept);
        kept = NULL;
    }
    return closed;
}

#define KEEPS_NOTHING(name, open)                                              \
    static HANDLE WINAPI name(DWORD access, BOOL inherit, const WCHAR *object) \
    {                                                                          \
        return kept = real(open)(access, inherit, object);                     \
    }

KEEPS_NOTHING(open_event_keeps_nothing, OpenEventW)
MUTANT(open_event_keeps_no_object, "A handle that OpenEventW gave is closed with another one",
       PATCH(OpenEventW, open_event_keeps_nothing), PATCH(CloseHandle, last_close_frees));
KEEPS_NOTHING(open_semaphore_keeps_nothing, OpenSemaphoreW)
MUTANT(open_semaphore_keeps_no_object,
       "A handle that OpenSemaphoreW gave is closed with another one",
       PATCH(OpenSemaphoreW, open_semaphore_keeps_nothing), PATCH(CloseHandle, last_close_frees));
KEEPS_NOTHING(open_timer_keeps_nothing, OpenWaitableTimerW)
MUTANT(open_timer_keeps_no_object,
       "A handle that OpenWaitableTimerW gave is closed with another one",
       PATCH(OpenWaitableTimerW, open_timer_keeps_nothing), PATCH(CloseHandle, last_close_frees));
KEEPS_NOTHING(open_mutex_keeps_nothing, OpenMutexW)
MUTANT(open_mutex_keeps_no_object, "A handle that OpenMutexW gave is closed with another one",
       PATCH(OpenMutexW, open_mutex_keeps_nothing), PATCH(CloseHandle, last_close_frees));
