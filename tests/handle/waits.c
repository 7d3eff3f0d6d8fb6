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
