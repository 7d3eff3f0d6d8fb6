/* Mutexes of several threads and processes: who owns one, how often, and what becomes of one whose
 * owner has ended. */
#include "handle.h"

static HANDLE new_mutex(void)
{
    HANDLE mutex = CreateMutexW(NULL, FALSE, NULL);
    require(mutex != NULL);
    return mutex;
}

static DWORD take(void *mutex)
{
    return WaitForSingleObject(mutex, step_limit());
}

/* What a thread that wants the mutex now is told. */
static DWORD ask(void *mutex)
{
    return WaitForSingleObject(mutex, 0);
}

static DWORD told_to_another_thread(HANDLE mutex)
{
    return thread_join(thread_start(ask, mutex));
}

PEER(takes_the_mutex)
{
    expect_number(take(peer_handle(0)), WAIT_OBJECT_0);
    checkpoint_reach("owned");
    checkpoint_wait("end");
}

/* ---- Owners that end ---- */

enum end { PROCESS_KILLED, PROCESS_EXITS, THREAD_RETURNS };

static const struct owner {
    struct row row;
    enum end end;
} owners[] = {
    {{"process_killed", "handle.mutex.abandoned_by_process"}, PROCESS_KILLED},
    {{"process_exits", "handle.mutex.abandoned_by_process"}, PROCESS_EXITS},
    {{"thread_returns", "handle.mutex.abandoned_by_thread"}, THREAD_RETURNS},
};

/* A mutex whose owner has ended. */
static HANDLE abandoned_mutex(enum end end)
{
    HANDLE mutex = new_mutex();
    if (end == THREAD_RETURNS) {
        require(thread_join(thread_start(take, mutex)) == WAIT_OBJECT_0);
        return mutex;
    }
    struct peer *peer = peer_start(takes_the_mutex, given_handle(mutex));
    checkpoint_wait("owned");
    if (end == PROCESS_KILLED) {
        peer_kill(peer);
    } else {
        checkpoint_reach("end");
        peer_join(peer);
    }
    return mutex;
}

START_TEST(abandoned)
{
    HANDLE mutex = abandoned_mutex(owners[_i].end);

    DWORD waited = WaitForSingleObject(mutex, step_limit());

    expect_number(waited, WAIT_ABANDONED);
    expect_number(told_to_another_thread(mutex), WAIT_TIMEOUT); /* this thread owns it */
    expect_succeeded(ReleaseMutex(mutex));
}
END_TEST
COVERS_ROWS(abandoned, owners, "handle.mutex.abandoned_is_owned");

START_TEST(abandonment_ends_a_wait)
{
    HANDLE mutex = new_mutex();
    struct peer *peer = peer_start(takes_the_mutex, given_handle(mutex));
    checkpoint_wait("owned");
    struct thread *waiter = thread_start(take, mutex);
    expect_stays_unsignaled(waiter->handle);

    peer_kill(peer);

    expect_number(thread_join(waiter), WAIT_ABANDONED);
}
END_TEST
COVERS(abandonment_ends_a_wait, "handle.mutex.abandoned_while_waited_for");

START_TEST(once_abandoned_only)
{
    HANDLE mutex = abandoned_mutex(THREAD_RETURNS);
    expect_number(WaitForSingleObject(mutex, step_limit()), WAIT_ABANDONED);
    expect_succeeded(ReleaseMutex(mutex));

    DWORD waited = WaitForSingleObject(mutex, step_limit());

    expect_number(waited, WAIT_OBJECT_0);
    expect_succeeded(ReleaseMutex(mutex));
    expect_number(told_to_another_thread(mutex), WAIT_OBJECT_0);
}
END_TEST
COVERS(once_abandoned_only, "handle.mutex.abandoned_once");

START_TEST(abandoned_one_of_several)
{
    HANDLE first = event_create(FALSE), last = event_create(FALSE);
    HANDLE mutex = abandoned_mutex(THREAD_RETURNS);
    HANDLE objects[] = {first, mutex, last};

    DWORD waited = WaitForMultipleObjects(3, objects, FALSE, step_limit());

    expect_number(waited, WAIT_ABANDONED_0 + 1);
    expect_number(told_to_another_thread(mutex), WAIT_TIMEOUT);
    expect_succeeded(ReleaseMutex(mutex));
    waited = WaitForMultipleObjects(3, objects, FALSE, step_limit());
    expect_number(waited, WAIT_OBJECT_0 + 1);
}
END_TEST
COVERS(abandoned_one_of_several, "handle.mutex.abandoned_any");

START_TEST(abandoned_among_all)
{
    HANDLE set = CreateEventW(NULL, TRUE, TRUE, NULL), mutex = abandoned_mutex(THREAD_RETURNS);
    require(set != NULL);
    HANDLE objects[] = {set, mutex};

    DWORD waited = WaitForMultipleObjects(2, objects, TRUE, step_limit());

    expect_true(waited == WAIT_ABANDONED_0 || waited == WAIT_ABANDONED_0 + 1);
    expect_number(told_to_another_thread(mutex), WAIT_TIMEOUT);
    expect_succeeded(ReleaseMutex(mutex));
    expect_number(WaitForMultipleObjects(2, objects, TRUE, step_limit()), WAIT_OBJECT_0);
}
END_TEST
COVERS(abandoned_among_all, "handle.mutex.abandoned_all");

/* ---- Ownership ---- */

PEER(asks_twice)
{
    HANDLE mutex = peer_handle(0);
    checkpoint_wait("once");
    expect_number(ask(mutex), WAIT_TIMEOUT);
    checkpoint_reach("asked");
    checkpoint_wait("twice");
    expect_number(ask(mutex), WAIT_OBJECT_0);
}

START_TEST(owned_as_often_as_waited_for)
{
    HANDLE mutex = new_mutex();
    struct peer *peer = peer_start(asks_twice, given_handle(mutex));
    require(WaitForSingleObject(mutex, step_limit()) == WAIT_OBJECT_0);

    DWORD again = WaitForSingleObject(mutex, step_limit());

    expect_number(again, WAIT_OBJECT_0);
    expect_succeeded(ReleaseMutex(mutex));
    checkpoint_reach("once");
    checkpoint_wait("asked");
    expect_succeeded(ReleaseMutex(mutex));
    checkpoint_reach("twice");
    peer_join(peer);
}
END_TEST
COVERS(owned_as_often_as_waited_for, "handle.mutex.waits_again", "handle.mutex.releases_each");

static DWORD release_fails(void *mutex)
{
    expect_failed(ReleaseMutex(mutex), ERROR_NOT_OWNER);
    return 0;
}

PEER(releases_in_vain)
{
    release_fails(peer_handle(0));
}

static const struct stranger {
    struct row row;
    bool owned, process;
} strangers[] = {
    {{"another_thread", NULL}, true, false},
    {{"another_process", NULL}, true, true},
    {{"of_no_owner", NULL}, false, false},
};

START_TEST(released_by_a_stranger)
{
    const struct stranger *stranger = &strangers[_i];
    HANDLE mutex = new_mutex();
    if (stranger->owned)
        require(WaitForSingleObject(mutex, step_limit()) == WAIT_OBJECT_0);

    if (stranger->process)
        peer_join(peer_start(releases_in_vain, given_handle(mutex)));
    else
        thread_join(thread_start(release_fails, mutex));

    expect_number(told_to_another_thread(mutex), stranger->owned ? WAIT_TIMEOUT : WAIT_OBJECT_0);
    if (stranger->owned)
        expect_succeeded(ReleaseMutex(mutex));
}
END_TEST
COVERS_ROWS(released_by_a_stranger, strangers, "handle.mutex.release_by_owner_only");

static const struct creation {
    struct row row;
    BOOL owned;
} creations[] = {
    {{"owned", NULL}, TRUE},
    {{"free", NULL}, FALSE},
};

START_TEST(created)
{
    BOOL owned = creations[_i].owned;

    HANDLE mutex = CreateMutexW(NULL, owned, NULL);

    expect_handle(mutex);
    if (owned) {
        expect_number(told_to_another_thread(mutex), WAIT_TIMEOUT);
        expect_succeeded(ReleaseMutex(mutex));
    }
    expect_number(told_to_another_thread(mutex), WAIT_OBJECT_0);
}
END_TEST
COVERS_ROWS(created, creations, "handle.mutex.created_owned");
