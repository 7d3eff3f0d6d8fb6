/* Waiting for objects that two processes share: what a wait changes in them, and which of several
 * it takes. */
#include "handle.h"

static HANDLE new_semaphore(LONG count, LONG limit)
{
    HANDLE semaphore = CreateSemaphoreW(NULL, count, limit, NULL);
    require(semaphore != NULL);
    return semaphore;
}

static HANDLE new_event(BOOL manual_reset, BOOL set)
{
    HANDLE event = CreateEventW(NULL, manual_reset, set, NULL);
    require(event != NULL);
    return event;
}

static HANDLE auto_reset_event(BOOL set)
{
    return new_event(FALSE, set);
}

static DWORD ask(void *object)
{
    return WaitForSingleObject(object, 0);
}

static DWORD wait_for(void *object)
{
    return WaitForSingleObject(object, step_limit());
}

PEER(waits_for_it)
{
    checkpoint_reach("ready");
    expect_number(wait_for(peer_handle(0)), WAIT_OBJECT_0);
}

/* ---- Semaphores ---- */

PEER(releases_two)
{
    LONG before = 99;
    expect_succeeded(ReleaseSemaphore(peer_handle(0), 2, &before));
    expect_number(before, 1);
}

START_TEST(semaphore_counts_for_all)
{
    HANDLE semaphore = new_semaphore(1, 5);

    peer_join(peer_start(releases_two, given_handle(semaphore)));

    for (int i = 0; i < 3; i++)
        expect_number(wait_for(semaphore), WAIT_OBJECT_0);
    expect_number(ask(semaphore), WAIT_TIMEOUT);
}
END_TEST
COVERS(semaphore_counts_for_all, "handle.semaphore.count");

START_TEST(semaphore_over_its_limit)
{
    HANDLE semaphore = new_semaphore(1, 3);
    LONG before = 99;

    BOOL released = ReleaseSemaphore(semaphore, 3, &before);

    expect_failed(released, ERROR_TOO_MANY_POSTS);
    expect_number(wait_for(semaphore), WAIT_OBJECT_0);
    expect_number(ask(semaphore), WAIT_TIMEOUT);
    expect_succeeded(ReleaseSemaphore(semaphore, 3, &before)); /* up to it is right */
    expect_number(before, 0);
}
END_TEST
COVERS(semaphore_over_its_limit, "handle.semaphore.limit");

PEER(takes_and_stays)
{
    expect_number(wait_for(peer_handle(0)), WAIT_OBJECT_0);
    checkpoint_reach("taken");
    checkpoint_wait("never");
}

START_TEST(semaphore_of_a_killed_process)
{
    HANDLE semaphore = new_semaphore(2, 2);
    struct peer *peer = peer_start(takes_and_stays, given_handle(semaphore));
    checkpoint_wait("taken");

    peer_kill(peer);

    expect_number(ask(semaphore), WAIT_OBJECT_0);
    expect_stays_unsignaled(semaphore);
    expect_succeeded(ReleaseSemaphore(semaphore, 1, NULL));
    expect_number(ask(semaphore), WAIT_OBJECT_0);
}
END_TEST
COVERS(semaphore_of_a_killed_process, "handle.semaphore.not_given_back");

static const struct count {
    struct row row;
    LONG count, limit;
} counts[] = {
    {{"below_zero", NULL}, -1, 1},
    {{"above_the_maximum", NULL}, 2, 1},
};

START_TEST(semaphore_created_with)
{
    SetLastError(LAST_ERROR_UNSET);

    HANDLE semaphore = CreateSemaphoreW(NULL, counts[_i].count, counts[_i].limit, NULL);

    expect_null(semaphore, ERROR_INVALID_PARAMETER);
    expect_handle(CreateSemaphoreW(NULL, 0, 1, NULL)); /* the limits themselves are right */
    expect_handle(CreateSemaphoreW(NULL, 1, 1, NULL));
}
END_TEST
COVERS_ROWS(semaphore_created_with, counts, "handle.semaphore.initial");

START_TEST(several_handles_of_a_semaphore)
{
    HANDLE semaphore = new_semaphore(2, 2);
    HANDLE handles[] = {semaphore, duplicate(semaphore)};

    DWORD waited = WaitForMultipleObjects(2, handles, FALSE, step_limit());

    expect_number(waited, WAIT_OBJECT_0);
    expect_number(ask(handles[1]), WAIT_OBJECT_0);
    expect_number(ask(semaphore), WAIT_TIMEOUT);
}
END_TEST
COVERS(several_handles_of_a_semaphore, "handle.semaphore.several_handles");

/* ---- Events ---- */

START_TEST(auto_reset_event_releases_one)
{
    HANDLE event = auto_reset_event(FALSE);
    struct peer *peer = peer_start(waits_for_it, given_handle(event));
    struct thread *thread = thread_start(wait_for, event);
    HANDLE waiters[] = {peer->info.hProcess, thread->handle};
    checkpoint_wait("ready");

    BOOL set = SetEvent(event);

    expect_succeeded(set);
    DWORD first = WaitForMultipleObjects(2, waiters, FALSE, step_limit());
    require(first <= WAIT_OBJECT_0 + 1);
    expect_stays_unsignaled(waiters[!first]);
    expect_succeeded(SetEvent(event));
    peer_join(peer);
    expect_number(thread_join(thread), WAIT_OBJECT_0);
    expect_number(ask(event), WAIT_TIMEOUT);
}
END_TEST
COVERS(auto_reset_event_releases_one, "handle.event.auto_reset_releases_one");

START_TEST(auto_reset_event_stays_set)
{
    HANDLE event = auto_reset_event(FALSE);

    BOOL set = SetEvent(event);

    expect_succeeded(set);
    peer_join(peer_start(waits_for_it, given_handle(event)));
    expect_number(ask(event), WAIT_TIMEOUT);
}
END_TEST
COVERS(auto_reset_event_stays_set, "handle.event.auto_reset_stays_set");

PEER(waits_and_resets)
{
    HANDLE event = peer_handle(0);
    expect_number(wait_for(event), WAIT_OBJECT_0);
    checkpoint_reach("waited");
    checkpoint_wait("seen");
    expect_succeeded(ResetEvent(event));
}

START_TEST(manual_reset_event_releases_all)
{
    HANDLE event = new_event(TRUE, FALSE);
    struct peer *peer = peer_start(waits_and_resets, given_handle(event));
    struct thread *thread = thread_start(wait_for, event);

    BOOL set = SetEvent(event);

    expect_succeeded(set);
    expect_number(thread_join(thread), WAIT_OBJECT_0);
    expect_number(ask(event), WAIT_OBJECT_0); /* still set */
    checkpoint_wait("waited");
    checkpoint_reach("seen");
    peer_join(peer);
    expect_number(ask(event), WAIT_TIMEOUT); /* until somebody resets it */
}
END_TEST
COVERS(manual_reset_event_releases_all, "handle.event.manual_reset_releases_all");

/* ---- Several objects ---- */

START_TEST(any_takes_the_first_only)
{
    HANDLE unset = auto_reset_event(FALSE), semaphore = new_semaphore(1, 1),
           set = auto_reset_event(TRUE);
    HANDLE objects[] = {unset, semaphore, set};

    DWORD waited = WaitForMultipleObjects(3, objects, FALSE, step_limit());

    expect_number(waited, WAIT_OBJECT_0 + 1);
    expect_number(ask(semaphore), WAIT_TIMEOUT);
    expect_number(ask(set), WAIT_OBJECT_0);
}
END_TEST
COVERS(any_takes_the_first_only, "handle.wait.any_first", "handle.wait.any_changes_one");

static DWORD take_and_release(void *mutex)
{
    DWORD waited = ask(mutex);
    if (waited == WAIT_OBJECT_0)
        expect_succeeded(ReleaseMutex(mutex));
    return waited;
}

/* An event that is set, a semaphore that can be waited for once, a mutex, and an event. */
static DWORD wait_for_all(HANDLE *objects, DWORD limit)
{
    return WaitForMultipleObjects(4, objects, TRUE, limit);
}

START_TEST(all_or_none)
{
    HANDLE set = auto_reset_event(TRUE), semaphore = new_semaphore(1, 1);
    HANDLE mutex = CreateMutexW(NULL, FALSE, NULL), last = auto_reset_event(FALSE);
    require(mutex != NULL);
    HANDLE objects[] = {set, semaphore, mutex, last};

    DWORD waited = wait_for_all(objects, 0);

    expect_number(waited, WAIT_TIMEOUT);
    expect_number(ask(set), WAIT_OBJECT_0); /* the wait has left them alone */
    expect_number(ask(semaphore), WAIT_OBJECT_0);
    expect_number(thread_join(thread_start(take_and_release, mutex)), WAIT_OBJECT_0);
    require(SetEvent(set) && ReleaseSemaphore(semaphore, 1, NULL) && SetEvent(last));
    expect_number(wait_for_all(objects, step_limit()), WAIT_OBJECT_0);
    expect_number(ask(set), WAIT_TIMEOUT);
    expect_number(ask(semaphore), WAIT_TIMEOUT);
    expect_number(ask(last), WAIT_TIMEOUT);
    expect_number(thread_join(thread_start(ask, mutex)), WAIT_TIMEOUT);
}
END_TEST
COVERS(all_or_none, "handle.wait.all_or_none", "handle.wait.all_takes_all");

/* ---- Which kinds ---- */

static DWORD stays_until(void *event)
{
    return wait_for(event);
}

PEER(stays_until_killed)
{
    checkpoint_wait("never");
}

enum { EVENT, SEMAPHORE, TIMER, THREAD, PROCESS };

static const struct {
    struct row row;
} kinds[] = {
    {{"event", NULL}},  {{"semaphore", NULL}}, {{"timer", NULL}},
    {{"thread", NULL}}, {{"process", NULL}},
};

START_TEST(different_kinds)
{
    HANDLE end = auto_reset_event(FALSE), timer = CreateWaitableTimerW(NULL, TRUE, NULL);
    require(timer != NULL);
    struct thread *thread = thread_start(stays_until, end);
    struct peer *peer = peer_start(stays_until_killed);
    HANDLE objects[] = {auto_reset_event(FALSE), new_semaphore(0, 1), timer, thread->handle,
                        peer->info.hProcess};
    expect_number(WaitForMultipleObjects(5, objects, FALSE, 0), WAIT_TIMEOUT);
    LARGE_INTEGER now = {.QuadPart = -1};
    switch (_i) {
    case EVENT:
        require(SetEvent(objects[EVENT]));
        break;
    case SEMAPHORE:
        require(ReleaseSemaphore(objects[SEMAPHORE], 1, NULL));
        break;
    case TIMER:
        require(SetWaitableTimer(timer, &now, 0, NULL, NULL, FALSE));
        break;
    case THREAD:
        require(SetEvent(end));
        break;
    case PROCESS:
        peer_kill(peer);
    }

    DWORD waited = WaitForMultipleObjects(5, objects, FALSE, step_limit());

    expect_number(waited, WAIT_OBJECT_0 + (DWORD)_i);
    if (_i != THREAD)
        require(SetEvent(end));
    thread_join(thread);
    if (_i != PROCESS)
        peer_kill(peer);
}
END_TEST
COVERS_ROWS(different_kinds, kinds, "handle.wait.kinds");

START_TEST(without_the_right_to_wait)
{
    HANDLE event = auto_reset_event(TRUE), weak = NULL;
    require(DuplicateHandle(GetCurrentProcess(), auto_reset_event(TRUE), GetCurrentProcess(), &weak,
                            EVENT_MODIFY_STATE, FALSE, 0));
    HANDLE objects[] = {event, weak};
    SetLastError(LAST_ERROR_UNSET);

    DWORD waited = WaitForMultipleObjects(2, objects, FALSE, 0);

    expect_failed(waited != WAIT_FAILED, ERROR_ACCESS_DENIED);
    expect_number(WaitForMultipleObjects(1, objects, FALSE, 0), WAIT_OBJECT_0); /* it was left */
}
END_TEST
COVERS(without_the_right_to_wait, "handle.wait.synchronize");

/* ---- How many ---- */

static const struct number {
    struct row row;
    DWORD count;
    BOOL all, granted;
} numbers[] = {
    {{"none", "handle.wait.not_none"}, 0, FALSE, FALSE},
    {{"all_of_none", "handle.wait.not_none"}, 0, TRUE, FALSE},
    {{"most", "handle.wait.most"}, MAXIMUM_WAIT_OBJECTS, FALSE, TRUE},
    {{"all_of_most", "handle.wait.most"}, MAXIMUM_WAIT_OBJECTS, TRUE, TRUE},
    {{"one_more", "handle.wait.not_more"}, MAXIMUM_WAIT_OBJECTS + 1, FALSE, FALSE},
    {{"all_of_one_more", "handle.wait.not_more"}, MAXIMUM_WAIT_OBJECTS + 1, TRUE, FALSE},
};

START_TEST(number_of_objects)
{
    const struct number *number = &numbers[_i];
    HANDLE events[MAXIMUM_WAIT_OBJECTS + 1];
    DWORD last = number->count ? number->count - 1 : 0;
    for (DWORD i = 0; i <= MAXIMUM_WAIT_OBJECTS; i++)
        events[i] = new_event(TRUE, number->all || i == last);

    DWORD waited = WaitForMultipleObjects(number->count, events, number->all, 0);

    if (number->granted)
        expect_number(waited, WAIT_OBJECT_0 + (number->all ? 0 : last));
    else
        expect_failed_somehow(waited != WAIT_FAILED);
    expect_number(WaitForMultipleObjects(1, &events[last], number->all, 0), WAIT_OBJECT_0);
    if (number->granted) { /* one that is missing is noticed */
        expect_succeeded(ResetEvent(events[last]));
        expect_number(WaitForMultipleObjects(number->count, events, number->all, 0), WAIT_TIMEOUT);
    }
}
END_TEST
COVERS_ROWS(number_of_objects, numbers);
