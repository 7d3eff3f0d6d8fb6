/* Threads of a test: started, joined within a bound, their failed expectations counted. */
#include "case/process.h"
#include "base/memory.h"

struct thread_private {
    struct thread *next;
    DWORD (*function)(void *);
    void *argument;
    HANDLE runs; /* an event */
    bool joined;
};

static struct thread *threads;

static DWORD WINAPI run(void *argument)
{
    struct thread_private *private = argument;
    real(SetEvent)(private->runs);
    crashes_begin();
    SetLastError(LAST_ERROR_UNSET);
    return private->function(private->argument);
}

struct thread *thread_start(DWORD (*function)(void *), void *argument)
{
    struct thread *thread = zeroed(1, sizeof(*thread));
    thread->private = zeroed(1, sizeof(*thread->private));
    thread->private->function = function;
    thread->private->argument = argument;
    thread->private->runs = real(CreateEventW)(NULL, TRUE, FALSE, NULL);
    require(thread->private->runs != NULL);
    thread->private->next = threads;
    threads = thread;
    thread->handle = CreateThread(NULL, 0, run, thread->private, 0, &thread->id);
    require(thread->handle != NULL);
    /* Not that it is in its call by then: only that it need not be scheduled first. */
    require(real(WaitForSingleObject)(thread->private->runs, step_limit()) == WAIT_OBJECT_0);
    return thread;
}

DWORD thread_join(struct thread *thread)
{
    DWORD result = 0;
    if (real(WaitForSingleObject)(thread->handle, step_limit()) != WAIT_OBJECT_0)
        test_end((struct here){NULL, 0}, FAIL, CAUSE_TIMEOUT,
                 "a thread of the test did not end within %lu ms", step_limit());
    thread->private->joined = true;
    test_end_if_failed();
    GetExitCodeThread(thread->handle, &result);
    SetLastError(LAST_ERROR_UNSET);
    return result;
}

void threads_finish(void)
{
    for (struct thread *thread = threads; thread; thread = thread->private->next)
        if (!thread->private->joined)
            thread_join(thread);
}

void threads_forget(void)
{
    threads = NULL;
}
