/* Several that wait for one pipe, for several pipes, and what does not end their wait. */
#include "npipe.h"

static HANDLE instance_of(const WCHAR *name)
{
    return create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 4);
}

/* A pipe all of whose instances, this one, have a client. */
static struct connection busy_pipe(void)
{
    struct connection pipe = {.name = unique_pipe()};
    pipe.server = instance_of(pipe.name);
    pipe.client = open_client(pipe.name, READ_WRITE, 0);
    return pipe;
}

static DWORD wait_for_instance(void *name)
{
    expect_succeeded(WaitNamedPipeW(name, step_limit()));
    return 0;
}

static struct thread *start_waiting(const WCHAR *name)
{
    struct thread *thread = thread_start(wait_for_instance, (void *)name);
    expect_stays_unsignaled(thread->handle);
    return thread;
}

enum event { SECOND_INSTANCE, OFFERED_AGAIN };

/* COUNT instances become available, at once. */
static void make_available(struct connection *pipe, enum event event, int count)
{
    static OVERLAPPED connecting; /* stays pending */
    if (event == OFFERED_AGAIN) {
        require(DisconnectNamedPipe(pipe->server));
        offer(pipe->server, &connecting);
        count--;
    }
    while (count--)
        instance_of(pipe->name);
}

static const struct several {
    struct row row;
    enum event event;
} severals[] = {
    {{"new_ones", NULL}, SECOND_INSTANCE},
    {{"one_is_offered_again", NULL}, OFFERED_AGAIN},
};

START_TEST(two_waiters_for_two_instances)
{
    struct connection pipe = busy_pipe();
    struct thread *first = start_waiting(pipe.name), *second = start_waiting(pipe.name);

    make_available(&pipe, severals[_i].event, 2);

    thread_join(first);
    thread_join(second);
    expect_handle(CreateFileW(pipe.name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL));
    expect_handle(CreateFileW(pipe.name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL));
}
END_TEST
COVERS_ROWS(two_waiters_for_two_instances, severals, "npipe.waiters.each_of_two");

START_TEST(waiter_for_another_pipe)
{
    struct connection pipe = busy_pipe(), other = busy_pipe();
    struct thread *waiter = start_waiting(pipe.name), *of_other = start_waiting(other.name);

    make_available(&other, severals[_i].event, 1);

    thread_join(of_other);
    expect_stays_unsignaled(waiter->handle);
    make_available(&pipe, severals[_i].event, 1);
    thread_join(waiter);
}
END_TEST
COVERS_ROWS(waiter_for_another_pipe, severals, "npipe.waiters.of_that_name");

PEER(waits_in_another_process)
{
    checkpoint_reach("started");
    expect_succeeded(WaitNamedPipeW(peer_text(0), step_limit()));
    HANDLE client = CreateFileW(peer_text(0), READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_handle(client);
    put(client, "waited", 6);
}

START_TEST(waiter_in_another_process)
{
    struct connection pipe = busy_pipe();
    struct peer *waiter = peer_start(waits_in_another_process, given_text(pipe.name));
    checkpoint_wait("started");
    expect_stays_unsignaled(waiter->info.hProcess);

    make_available(&pipe, severals[_i].event, 1);

    peer_join(waiter);
}
END_TEST
COVERS_ROWS(waiter_in_another_process, severals, "npipe.waiters.another_process");

/* ---- What makes no instance available */

static const struct in_vain {
    struct row row;
    enum { CUT_OFF, LEFT } event;
} in_vains[] = {
    {{"disconnecting", NULL}, CUT_OFF},
    {{"the_client_leaving", NULL}, LEFT},
};

START_TEST(wait_goes_on_after)
{
    struct connection pipe = busy_pipe();
    OVERLAPPED connecting;
    struct thread *waiter = start_waiting(pipe.name);

    if (in_vains[_i].event == CUT_OFF)
        require(DisconnectNamedPipe(pipe.server));
    else
        close_handle(&pipe.client);

    expect_stays_unsignaled(waiter->handle);
    if (in_vains[_i].event != CUT_OFF)
        require(DisconnectNamedPipe(pipe.server));
    offer(pipe.server, &connecting);
    thread_join(waiter);
}
END_TEST
COVERS_ROWS(wait_goes_on_after, in_vains, "npipe.waiters.not_yet");

START_TEST(wait_after_one_that_timed_out)
{
    struct connection pipe = busy_pipe();
    require(!WaitNamedPipeW(pipe.name, 1) && GetLastError() == ERROR_SEM_TIMEOUT);
    make_available(&pipe, severals[_i].event, 1);

    BOOL available = WaitNamedPipeW(pipe.name, 1);

    expect_succeeded(available);
    expect_handle(CreateFileW(pipe.name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL));
    available = WaitNamedPipeW(pipe.name, 1);
    expect_failed(available, ERROR_SEM_TIMEOUT);
}
END_TEST
COVERS_ROWS(wait_after_one_that_timed_out, severals, "npipe.waiters.after_time_out");

/* What a time-out is counted from is each wait's own. */
static DWORD wait_shortly(void *name)
{
    expect_failed(WaitNamedPipeW(name, 50), ERROR_SEM_TIMEOUT);
    return 0;
}

START_TEST(time_out_of_one_of_two)
{
    struct connection pipe = busy_pipe();
    struct thread *longer = start_waiting(pipe.name);

    thread_join(thread_start(wait_shortly, (void *)pipe.name));

    expect_stays_unsignaled(longer->handle);
    make_available(&pipe, severals[_i].event, 1);
    thread_join(longer);
}
END_TEST
COVERS_ROWS(time_out_of_one_of_two, severals, "npipe.waiters.own_time_out");

/* One instance for two: one of them at least; what the other sees is not said. */
START_TEST(two_waiters_for_one_instance)
{
    struct connection pipe = busy_pipe();
    struct thread *threads[] = {start_waiting(pipe.name), start_waiting(pipe.name)};
    HANDLE handles[] = {threads[0]->handle, threads[1]->handle};

    instance_of(pipe.name);

    expect_true(WaitForMultipleObjects(2, handles, FALSE, step_limit()) < WAIT_OBJECT_0 + 2);
    bool both = settles(handles[0]) && settles(handles[1]);
    record("two that wait for one instance", "%s", both ? "both are told" : "one is told");
    instance_of(pipe.name);
    thread_join(threads[0]);
    thread_join(threads[1]);
}
END_TEST
COVERS(two_waiters_for_one_instance, "npipe.waiters.one_for_two");
