/* Wrong behaviours, for the tests of names.c: names of events, mutexes, semaphores, timers and
 * jobs, and how long they last. */
#include "mutants.h"

#include <wchar.h>
#include <wctype.h>

#define EVENT_PARAMETERS LPSECURITY_ATTRIBUTES attributes, BOOL manual, BOOL set, LPCWSTR name
#define EVENT(name_) real(CreateEventW)(attributes, manual, set, (name_))
#define MUTEX_PARAMETERS LPSECURITY_ATTRIBUTES attributes, BOOL own, LPCWSTR name
#define MUTEX(name_) real(CreateMutexW)(attributes, own, (name_))
#define SEMAPHORE_PARAMETERS LPSECURITY_ATTRIBUTES attributes, LONG count, LONG most, LPCWSTR name
#define SEMAPHORE(name_) real(CreateSemaphoreW)(attributes, count, most, (name_))
#define TIMER_PARAMETERS LPSECURITY_ATTRIBUTES attributes, BOOL manual, LPCWSTR name
#define TIMER(name_) real(CreateWaitableTimerW)(attributes, manual, (name_))
#define JOB_PARAMETERS LPSECURITY_ATTRIBUTES attributes, LPCWSTR name
#define JOB(name_) real(CreateJobObjectW)(attributes, (name_))

/* DEFINE(what, kind, creation, parameters) for each kind of object: the function WHAT_kind. */
#define FOR_EACH_KIND(DEFINE, what)                          \
    DEFINE(what, event, EVENT, EVENT_PARAMETERS)             \
    DEFINE(what, mutex, MUTEX, MUTEX_PARAMETERS)             \
    DEFINE(what, semaphore, SEMAPHORE, SEMAPHORE_PARAMETERS) \
    DEFINE(what, timer, TIMER, TIMER_PARAMETERS)             \
    DEFINE(what, job, JOB, JOB_PARAMETERS)
#define PATCH_EACH_KIND(what)                                                                 \
    PATCH(CreateEventW, what##_event), PATCH(CreateMutexW, what##_mutex),                     \
        PATCH(CreateSemaphoreW, what##_semaphore), PATCH(CreateWaitableTimerW, what##_timer), \
        PATCH(CreateJobObjectW, what##_job)

static bool existed(HANDLE object)
{
    return object && GetLastError() == ERROR_ALREADY_EXISTS;
}

/* ---- A second creation ---- */

#define MAKES_ANOTHER(what, kind, CREATE, ...)      \
    static HANDLE WINAPI what##_##kind(__VA_ARGS__) \
    {                                               \
        HANDLE object = CREATE(name);               \
        if (!existed(object))                       \
            return object;                          \
        real(CloseHandle)(object);                  \
        object = CREATE(NULL);                      \
        SetLastError(ERROR_ALREADY_EXISTS);         \
        return object;                              \
    }

FOR_EACH_KIND(MAKES_ANOTHER, another)

MUTANT(create_event_of_an_existing_name_is_new,
       "CreateEvent with the name of an event gives another event",
       PATCH(CreateEventW, another_event));

MUTANT(create_mutex_of_an_existing_name_is_new,
       "CreateMutex with the name of a mutex gives another mutex",
       PATCH(CreateMutexW, another_mutex));

MUTANT(create_semaphore_of_an_existing_name_is_new,
       "CreateSemaphore with the name of a semaphore gives another semaphore",
       PATCH(CreateSemaphoreW, another_semaphore));

MUTANT(create_timer_of_an_existing_name_is_new,
       "CreateWaitableTimer with the name of a timer gives another timer",
       PATCH(CreateWaitableTimerW, another_timer));

MUTANT(create_job_of_an_existing_name_is_new,
       "CreateJobObject with the name of a job gives another job",
       PATCH(CreateJobObjectW, another_job));

#define SAYS_NOTHING(what, kind, CREATE, ...)       \
    static HANDLE WINAPI what##_##kind(__VA_ARGS__) \
    {                                               \
        HANDLE object = CREATE(name);               \
        if (object && name)                         \
            SetLastError(ERROR_SUCCESS);            \
        return object;                              \
    }

FOR_EACH_KIND(SAYS_NOTHING, silent)
MUTANT(create_of_an_existing_name_says_nothing,
       "A creation with the name of an existing object leaves no ERROR_ALREADY_EXISTS behind",
       PATCH_EACH_KIND(silent));

static HANDLE WINAPI sets_existing(EVENT_PARAMETERS)
{
    HANDLE event = EVENT(name);
    if (existed(event) && set) {
        real(SetEvent)(event);
        SetLastError(ERROR_ALREADY_EXISTS);
    }
    return event;
}
MUTANT(create_event_sets_an_existing_one,
       "CreateEvent gives an existing event the initial state asked for",
       PATCH(CreateEventW, sets_existing));

static HANDLE WINAPI acquires_existing(MUTEX_PARAMETERS)
{
    HANDLE mutex = MUTEX(name);
    if (existed(mutex) && own) {
        real(WaitForSingleObject)(mutex, 0);
        SetLastError(ERROR_ALREADY_EXISTS);
    }
    return mutex;
}
MUTANT(create_mutex_acquires_an_existing_one,
       "CreateMutex with bInitialOwner acquires a mutex that existed",
       PATCH(CreateMutexW, acquires_existing));

static HANDLE WINAPI counts_existing_up(SEMAPHORE_PARAMETERS)
{
    HANDLE semaphore = SEMAPHORE(name);
    if (existed(semaphore) && count) {
        real(ReleaseSemaphore)(semaphore, count, NULL);
        SetLastError(ERROR_ALREADY_EXISTS);
    }
    return semaphore;
}
MUTANT(create_semaphore_counts_up_an_existing_one,
       "CreateSemaphore adds the initial count to a semaphore that existed",
       PATCH(CreateSemaphoreW, counts_existing_up));

/* ---- Another kind ---- */

#define MINDS_NO_OTHER(what, kind, CREATE, ...)               \
    static HANDLE WINAPI what##_##kind(__VA_ARGS__)           \
    {                                                         \
        HANDLE object = CREATE(name);                         \
        if (object || GetLastError() != ERROR_INVALID_HANDLE) \
            return object;                                    \
        return CREATE(NULL);                                  \
    }

FOR_EACH_KIND(MINDS_NO_OTHER, careless)

MUTANT(create_event_minds_no_other_kind,
       "CreateEvent succeeds with the name of an object of another kind",
       PATCH(CreateEventW, careless_event));
MUTANT(create_mutex_minds_no_other_kind,
       "CreateMutex succeeds with the name of an object of another kind",
       PATCH(CreateMutexW, careless_mutex));
MUTANT(create_semaphore_minds_no_other_kind,
       "CreateSemaphore succeeds with the name of an object of another kind",
       PATCH(CreateSemaphoreW, careless_semaphore));
MUTANT(create_timer_minds_no_other_kind,
       "CreateWaitableTimer succeeds with the name of an object of another kind",
       PATCH(CreateWaitableTimerW, careless_timer));
MUTANT(create_job_minds_no_other_kind,
       "CreateJobObject succeeds with the name of an object of another kind",
       PATCH(CreateJobObjectW, careless_job));

/* ---- Names understood in another way ---- */

enum { LONGEST = MAX_PATH + 20 };

/* Creates with what WHAT makes of the name. */
#define TAKES_NAMES_FOR(what, kind, CREATE, ...)    \
    static HANDLE WINAPI what##_##kind(__VA_ARGS__) \
    {                                               \
        WCHAR buffer[LONGEST];                      \
        return CREATE(what(name, buffer));          \
    }

static const WCHAR *of_this_process(const WCHAR *name, WCHAR *buffer)
{
    if (!name || wcslen(name) >= MAX_PATH)
        return name;
    swprintf(buffer, LONGEST, L"%ls-%lu", name, GetCurrentProcessId());
    return buffer;
}
FOR_EACH_KIND(TAKES_NAMES_FOR, of_this_process)
MUTANT(names_are_those_of_the_process,
       "A named event, mutex, semaphore, timer or job is found by its own process only",
       PATCH_EACH_KIND(of_this_process));

static const WCHAR *in_small_letters(const WCHAR *name, WCHAR *buffer)
{
    const WCHAR *rest = name ? wcschr(name, L'\\') : NULL;
    if (!rest || wcslen(name) >= MAX_PATH)
        return name;
    wcscpy(buffer, name);
    for (WCHAR *letter = buffer + (rest - name); *letter; letter++)
        *letter = (WCHAR)towlower(*letter);
    return buffer;
}
FOR_EACH_KIND(TAKES_NAMES_FOR, in_small_letters)
MUTANT(names_of_objects_ignore_case,
       "Names of events, mutexes, semaphores, timers and jobs that differ in case are the same",
       PATCH_EACH_KIND(in_small_letters));

static const WCHAR *local_of_global(const WCHAR *name, WCHAR *buffer)
{
    if (!name || wcsncmp(name, L"Global\\", 7) || wcslen(name) >= MAX_PATH)
        return name;
    return wcscpy(buffer, name + 7);
}
FOR_EACH_KIND(TAKES_NAMES_FOR, local_of_global)
MUTANT(global_prefix_means_local,
       "Names of events, mutexes, semaphores, timers and jobs behind Global\\ are of the session",
       PATCH_EACH_KIND(local_of_global));

static const WCHAR *new_for_each(const WCHAR *name, WCHAR *buffer)
{
    static unsigned count;
    if (!name || wcsncmp(name, L"Global\\", 7) || wcslen(name) >= MAX_PATH - 10)
        return name;
    wcscpy(buffer, name);
    wcscat(buffer, (const WCHAR[]){L'-', (WCHAR)(L'a' + count++ % 26), 0});
    return buffer;
}
FOR_EACH_KIND(TAKES_NAMES_FOR, new_for_each)
MUTANT(global_prefix_is_for_one_creation,
       "A name behind Global\\ means a new event, mutex, semaphore, timer or job each time",
       PATCH_EACH_KIND(new_for_each));

static const WCHAR *with_all_of_it(const WCHAR *name, WCHAR *buffer)
{
    if (!name || wcslen(name) >= MAX_PATH)
        return name;
    wcscpy(buffer, name);
    for (WCHAR *letter = buffer; (letter = wcschr(letter, L'\\')) != NULL;)
        *letter = L'/';
    return buffer;
}
FOR_EACH_KIND(TAKES_NAMES_FOR, with_all_of_it)
MUTANT(local_prefix_is_part_of_the_name,
       "Local\\ is part of the name of an event, mutex, semaphore, timer or job",
       PATCH_EACH_KIND(with_all_of_it));

/* ---- How long they last ---- */

static struct {
    HANDLE object;
    const WCHAR *name;
    bool closed;
} named[40];
#define ROOM (sizeof(named) / sizeof(named[0]))

static HANDLE note(HANDLE object, const WCHAR *name)
{
    DWORD error = GetLastError();
    for (size_t i = 0; object && name && error != ERROR_ALREADY_EXISTS && i < ROOM; i++)
        if (!named[i].object) {
            named[i].object = object;
            named[i].name = wcsdup(name);
            break;
        }
    SetLastError(error);
    return object;
}

/* NULL where the handle that the name was made with is closed. */
static const WCHAR *unless_closed(const WCHAR *name)
{
    for (size_t i = 0; name && i < ROOM; i++)
        if (named[i].closed && !wcscmp(named[i].name, name))
            return NULL;
    return name;
}

static BOOL WINAPI closes_names(HANDLE handle)
{
    for (size_t i = 0; i < ROOM; i++)
        if (handle && named[i].object == handle)
            named[i].closed = true;
    return real(CloseHandle)(handle);
}

#define NOTES(what, kind, CREATE, ...)                  \
    static HANDLE WINAPI what##_##kind(__VA_ARGS__)     \
    {                                                   \
        return note(CREATE(unless_closed(name)), name); \
    }
FOR_EACH_KIND(NOTES, notes)
MUTANT(name_goes_with_the_handle_that_made_it,
       "The name of an event, mutex, semaphore, timer or job is free when its creator's handle is "
       "closed, though there are others",
       PATCH_EACH_KIND(notes), PATCH(CloseHandle, closes_names));

static HANDLE keep(HANDLE object, const WCHAR *name)
{
    DWORD error = GetLastError();
    HANDLE another;
    if (object && name && error != ERROR_ALREADY_EXISTS)
        real(DuplicateHandle)(GetCurrentProcess(), object, GetCurrentProcess(), &another, 0, FALSE,
                              DUPLICATE_SAME_ACCESS);
    SetLastError(error);
    return object;
}

#define KEEPS_OBJECT(what, kind, CREATE, ...)       \
    static HANDLE WINAPI what##_##kind(__VA_ARGS__) \
    {                                               \
        return keep(CREATE(name), name);            \
    }
FOR_EACH_KIND(KEEPS_OBJECT, keeps)
MUTANT(names_outlive_their_objects,
       "A named event, mutex, semaphore, timer or job stays when its last handle is closed",
       PATCH_EACH_KIND(keeps));
