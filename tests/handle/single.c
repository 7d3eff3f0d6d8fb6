/* Waiting for one object: what the wait changes, the right that it needs, and how long it takes. */
#include "handle.h"

static DWORD ask(void *object)
{
    return WaitForSingleObject(object, 0);
}

static DWORD wait_for(void *object)
{
    return WaitForSingleObject(object, step_limit());
}

static HANDLE made(HANDLE object)
{
    require(object != NULL);
    return object;
}

/* ---- Each kind of object: not signaled yet, and made so ---- */

static struct thread *owner, *ended_thread;
static HANDLE owner_may_end, owner_has_it;
static struct peer *ended_process;

static HANDLE new_event(void)
{
    return made(CreateEventW(NULL, TRUE, FALSE, NULL));
}

static HANDLE new_auto_event(void)
{
    return made(CreateEventW(NULL, FALSE, FALSE, NULL));
}

static void set_event(HANDLE event)
{
    require(SetEvent(event));
}

static HANDLE new_semaphore(void)
{
    return made(CreateSemaphoreW(NULL, 0, 2, NULL));
}

static void release_once(HANDLE semaphore)
{
    require(ReleaseSemaphore(semaphore, 1, NULL));
}

static HANDLE new_timer(void)
{
    return made(CreateWaitableTimerW(NULL, TRUE, NULL));
}

static HANDLE new_synchronization_timer(void)
{
    return made(CreateWaitableTimerW(NULL, FALSE, NULL));
}

static void set_timer(HANDLE timer)
{
    LARGE_INTEGER now = {.QuadPart = -1};
    require(SetWaitableTimer(timer, &now, 0, NULL, NULL, FALSE));
}

static DWORD own_for_a_while(void *mutex)
{
    require(wait_for(mutex) == WAIT_OBJECT_0);
    require(SetEvent(owner_has_it));
    require(wait_for(owner_may_end) == WAIT_OBJECT_0);
    require(ReleaseMutex(mutex));
    return 0;
}

static HANDLE new_owned_mutex(void)
{
    HANDLE mutex = made(CreateMutexW(NULL, FALSE, NULL));
    owner_may_end = new_event();
    owner_has_it = new_event();
    owner = thread_start(own_for_a_while, mutex);
    require(wait_for(owner_has_it) == WAIT_OBJECT_0);
    return mutex;
}

static void let_owner_release(HANDLE mutex)
{
    (void)mutex;
    require(SetEvent(owner_may_end));
    thread_join(owner);
}

static HANDLE new_thread(void)
{
    owner_may_end = new_event();
    ended_thread = thread_start(wait_for, owner_may_end);
    return ended_thread->handle;
}

static void let_thread_end(HANDLE thread)
{
    (void)thread;
    require(SetEvent(owner_may_end));
}

PEER(stays_until_killed)
{
    checkpoint_wait("never");
}

static HANDLE new_process(void)
{
    ended_process = peer_start(stays_until_killed);
    return ended_process->info.hProcess;
}

static void kill_process(HANDLE process)
{
    (void)process;
    peer_kill(ended_process);
}

static const struct kind {
    struct row row;
    HANDLE (*create)(void);
    void (*signal)(HANDLE);
    bool stays; /* signaled, whoever waits for it */
} kinds[] = {
    {{"auto_reset_event", "handle.wait.one_changes"}, new_auto_event, set_event, false},
    {{"semaphore", "handle.wait.one_changes"}, new_semaphore, release_once, false},
    {{"mutex", "handle.wait.one_changes"}, new_owned_mutex, let_owner_release, false},
    {{"synchronization_timer", "handle.wait.one_changes"},
     new_synchronization_timer,
     set_timer,
     false},
    {{"manual_reset_event", "handle.wait.one_leaves"}, new_event, set_event, true},
    {{"manual_reset_timer", "handle.wait.one_leaves"}, new_timer, set_timer, true},
    {{"thread", "handle.wait.one_leaves"}, new_thread, let_thread_end, true},
    {{"process", "handle.wait.one_leaves"}, new_process, kill_process, true},
};

/* Another thread asks: the one that waited may own a mutex. */
static DWORD ask_elsewhere(HANDLE object)
{
    return thread_join(thread_start(ask, object));
}

START_TEST(wait_for_a)
{
    const struct kind *kind = &kinds[_i];
    HANDLE object = kind->create();
    expect_number(ask(object), WAIT_TIMEOUT);
    kind->signal(object);

    DWORD waited = WaitForSingleObject(object, step_limit());

    expect_number(waited, WAIT_OBJECT_0);
    expect_number(ask_elsewhere(object), kind->stays ? WAIT_OBJECT_0 : WAIT_TIMEOUT);
    if (kind->stays)
        expect_number(ask_elsewhere(object), WAIT_OBJECT_0);
}
END_TEST
COVERS_ROWS(wait_for_a, kinds);

/* ---- The right to wait ---- */

static HANDLE with_access(HANDLE object, DWORD access)
{
    HANDLE copy = NULL;
    require(
        DuplicateHandle(GetCurrentProcess(), object, GetCurrentProcess(), &copy, access, FALSE, 0));
    return copy;
}

START_TEST(right_to_wait_for_a)
{
    const struct kind *kind = &kinds[_i];
    HANDLE object = kind->create();
    HANDLE weak = with_access(object, READ_CONTROL), able = with_access(object, SYNCHRONIZE);
    kind->signal(object);
    expect_number(WaitForSingleObject(able, step_limit()), WAIT_OBJECT_0); /* that is enough */
    if (!kind->stays && kind->create != new_owned_mutex)
        kind->signal(object);
    SetLastError(LAST_ERROR_UNSET);

    DWORD waited = WaitForSingleObject(weak, 0);

    expect_failed(waited != WAIT_FAILED, ERROR_ACCESS_DENIED);
    if (!kind->stays)
        expect_number(WaitForSingleObject(able, step_limit()), WAIT_OBJECT_0); /* it was left */
}
END_TEST
COVERS_ROWS(right_to_wait_for_a, kinds, "handle.wait.one_right");

/* ---- Time ---- */

#define INTERVAL 60
#define TICK 16 /* of the clock; a wait may be that much shorter */

static DWORD wait_single(HANDLE event, DWORD time)
{
    return WaitForSingleObject(event, time);
}

static DWORD wait_single_ex(HANDLE event, DWORD time)
{
    return WaitForSingleObjectEx(event, time, FALSE);
}

static DWORD wait_multiple(HANDLE event, DWORD time)
{
    return WaitForMultipleObjects(1, &event, FALSE, time);
}

static DWORD wait_multiple_ex(HANDLE event, DWORD time)
{
    return WaitForMultipleObjectsEx(1, &event, FALSE, time, FALSE);
}

static DWORD signal_and_wait(HANDLE event, DWORD time)
{
    return SignalObjectAndWait(new_event(), event, time, FALSE);
}

static const struct wait {
    struct row row;
    DWORD (*wait)(HANDLE event, DWORD time);
} waits[] = {
    {{"wait_for_single_object", NULL}, wait_single},
    {{"wait_for_single_object_ex", NULL}, wait_single_ex},
    {{"wait_for_multiple_objects", NULL}, wait_multiple},
    {{"wait_for_multiple_objects_ex", NULL}, wait_multiple_ex},
    {{"signal_object_and_wait", NULL}, signal_and_wait},
};

START_TEST(time_of)
{
    LARGE_INTEGER frequency, before, after;
    HANDLE event = new_event();
    require(QueryPerformanceFrequency(&frequency) && QueryPerformanceCounter(&before));

    DWORD waited = waits[_i].wait(event, INTERVAL);

    require(QueryPerformanceCounter(&after));
    LONGLONG passed = (after.QuadPart - before.QuadPart) * 1000 / frequency.QuadPart;
    expect_number(waited, WAIT_TIMEOUT);
    expect_true(passed >= INTERVAL - TICK);
    expect_number(waits[_i].wait(event, 0), WAIT_TIMEOUT);
    require(SetEvent(event));
    expect_number(waits[_i].wait(event, INTERVAL), WAIT_OBJECT_0);
    expect_number(waits[_i].wait(event, 0), WAIT_OBJECT_0);
}
END_TEST
COVERS_ROWS(time_of, waits, "handle.wait.time_out");

static struct endless {
    const struct wait *how;
    HANDLE event;
} endless;

static DWORD wait_without_limit(void *what)
{
    const struct endless *wait = what;
    return wait->how->wait(wait->event, INFINITE);
}

START_TEST(infinite_time_of)
{
    endless = (struct endless){&waits[_i], new_event()};
    struct thread *thread = thread_start(wait_without_limit, &endless);
    expect_stays_unsignaled(thread->handle);

    require(SetEvent(endless.event));

    expect_number(thread_join(thread), WAIT_OBJECT_0);
}
END_TEST
COVERS_ROWS(infinite_time_of, waits, "handle.wait.infinite");

/* ---- Signaling one and waiting for another ---- */

static struct answer {
    HANDLE question, answer;
} answer;

static DWORD answer_it(void *pair)
{
    const struct answer *asked = pair;
    DWORD waited = wait_for(asked->question);
    if (waited == WAIT_OBJECT_0)
        require(SetEvent(asked->answer));
    return waited;
}

static HANDLE new_mutex_of_this_thread(void)
{
    return made(CreateMutexW(NULL, TRUE, NULL));
}

static const struct signaled {
    struct row row;
    HANDLE (*create)(void);
} signaled[] = {
    {{"event", NULL}, new_auto_event},
    {{"semaphore", NULL}, new_semaphore},
    {{"mutex", NULL}, new_mutex_of_this_thread},
};

START_TEST(question_and_answer_by)
{
    answer = (struct answer){signaled[_i].create(), new_auto_event()};
    struct thread *thread = thread_start(answer_it, &answer);

    DWORD waited = SignalObjectAndWait(answer.question, answer.answer, step_limit(), FALSE);

    expect_number(waited, WAIT_OBJECT_0);
    expect_number(thread_join(thread), WAIT_OBJECT_0);
    expect_number(ask(answer.answer), WAIT_TIMEOUT); /* the wait has taken it */
}
END_TEST
COVERS_ROWS(question_and_answer_by, signaled, "handle.wait.signals_one");

START_TEST(no_answer_to)
{
    HANDLE question = signaled[_i].create(), no_answer = new_auto_event();

    DWORD waited = SignalObjectAndWait(question, no_answer, 0, FALSE);

    expect_number(waited, WAIT_TIMEOUT);
    expect_number(ask_elsewhere(question), WAIT_OBJECT_0); /* signaled all the same */
}
END_TEST
COVERS_ROWS(no_answer_to, signaled, "handle.wait.signals_without_answer");
