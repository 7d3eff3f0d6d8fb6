/* Expectations in other threads than the first. */
#include "cts.h"

static DWORD doubles(void *argument)
{
    expect_true(true);
    return 2 * *(DWORD *)argument;
}

static DWORD fails(void *unused)
{
    (void)unused;
    expect_number(1, 2);
    return 0;
}

static DWORD lacks_set_up(void *unused)
{
    (void)unused;
    require(CloseHandle(NULL));
    return 0;
}

START_TEST(result_arrives)
{
    DWORD number = 21;
    expect_number(thread_join(thread_start(doubles, &number)), 42);
}
END_TEST
COVERS(result_arrives);

START_TEST(starts_without_a_last_error)
{
    DWORD number = 21;
    SetLastError(ERROR_PIPE_BUSY);
    struct thread *thread = thread_start(doubles, &number);
    expect_number(GetLastError(), LAST_ERROR_UNSET);
    expect_number(thread_join(thread), 42);
    expect_number(GetLastError(), LAST_ERROR_UNSET);
}
END_TEST
COVERS(starts_without_a_last_error);

START_TEST(failure_is_seen_when_joined)
{
    thread_join(thread_start(fails, NULL));
    unresolved("the test went on");
}
END_TEST
COVERS(failure_is_seen_when_joined);

START_TEST(failure_is_seen_when_nobody_joins)
{
    thread_start(fails, NULL);
}
END_TEST
COVERS(failure_is_seen_when_nobody_joins);

START_TEST(set_up_fails)
{
    thread_join(thread_start(lacks_set_up, NULL));
}
END_TEST
COVERS(set_up_fails);

/* One verdict, however many of them fail at once. */
START_TEST(many_fail)
{
    for (int i = 0; i < 8; i++)
        thread_start(fails, NULL);
}
END_TEST
COVERS(many_fail);

START_TEST(failure_ends_a_wait_for_a_checkpoint)
{
    thread_start(fails, NULL);
    checkpoint_wait("never");
}
END_TEST
COVERS(failure_ends_a_wait_for_a_checkpoint);

static DWORD asks_often(void *begin)
{
    expect_signaled(begin);
    for (int i = 0; i < 500; i++)
        GetFileType(NULL);
    return 0;
}

/* For the trace: its lines stay apart. */
START_TEST(four_call_at_once)
{
    HANDLE begin = CreateEventW(NULL, TRUE, FALSE, NULL);
    struct thread *threads[4];
    for (int i = 0; i < 4; i++)
        threads[i] = thread_start(asks_often, begin);
    require(SetEvent(begin));
    for (int i = 0; i < 4; i++)
        expect_number(thread_join(threads[i]), 0);
}
END_TEST
COVERS(four_call_at_once);
