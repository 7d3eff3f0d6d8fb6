/* Processes that end in every way but the right one: each costs one verdict and is never a pass. */
#include "cts.h"

#include <stdlib.h>

START_TEST(reads_null)
{
    (void)*(volatile int *)(UINT_PTR)_i;
}
END_TEST
COVERS(reads_null);

START_TEST(writes_null)
{
    *(volatile int *)(UINT_PTR)_i = 1;
}
END_TEST
COVERS(writes_null);

START_TEST(executes_what_is_no_instruction)
{
    __builtin_trap();
}
END_TEST
COVERS(executes_what_is_no_instruction);

START_TEST(raises_an_exception)
{
    RaiseException(0xE0001234, 0, 0, NULL);
}
END_TEST
COVERS(raises_an_exception);

static int dig(unsigned depth)
{
    volatile int room[1000];
    room[0] = (int)depth;
    return depth ? dig(depth - 1) + room[0] : 0;
}

START_TEST(overflows_the_stack)
{
    expect_true(dig(1000 * 1000 * 1000));
}
END_TEST
COVERS(overflows_the_stack);

START_TEST(calls_abort)
{
    abort();
}
END_TEST
COVERS(calls_abort);

START_TEST(calls_exit_0)
{
    exit(0);
}
END_TEST
COVERS(calls_exit_0);

START_TEST(calls_exit_process_0)
{
    ExitProcess(0);
}
END_TEST
COVERS(calls_exit_process_0);

START_TEST(terminates_itself)
{
    TerminateProcess(GetCurrentProcess(), 0x12345678);
}
END_TEST
COVERS(terminates_itself);

static HANDLE main_thread;

static DWORD end_the_process(void *unused)
{
    (void)unused;
    WaitForSingleObject(main_thread, INFINITE);
    ExitProcess(0);
}

START_TEST(ends_its_main_thread)
{
    require(DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(),
                            &main_thread, SYNCHRONIZE, FALSE, 0));
    thread_start(end_the_process, NULL);
    ExitThread(0);
}
END_TEST
COVERS(ends_its_main_thread);

static DWORD overflow_in_thread(void *unused)
{
    (void)unused;
    return (DWORD)dig(1000 * 1000 * 1000);
}

START_TEST(overflows_the_stack_of_a_thread)
{
    thread_join(thread_start(overflow_in_thread, NULL));
}
END_TEST
COVERS(overflows_the_stack_of_a_thread);

START_TEST(passes_and_exits_with_3)
{
    peer_passed();
    ExitProcess(3);
}
END_TEST
COVERS(passes_and_exits_with_3);

START_TEST(passes_and_crashes)
{
    peer_passed();
    *(volatile int *)(UINT_PTR)_i = 1;
}
END_TEST
COVERS(passes_and_crashes);

/* An early PASS is no way around what comes later in the test. */
START_TEST(passes_and_then_fails)
{
    peer_passed();
    expect_number(1, 2);
}
END_TEST
COVERS(passes_and_then_fails);

static void crash(void)
{
    *(volatile int *)(UINT_PTR)GetModuleHandleW(L"no such module") = 1;
}

START_TEST(crashes_after_its_end)
{
    atexit(crash);
}
END_TEST
COVERS(crashes_after_its_end);

/* The first verdict stands, whatever comes later. */
START_TEST(fails_and_then_crashes)
{
    atexit(crash);
    expect_number(1, 2);
}
END_TEST
COVERS(fails_and_then_crashes);

static DWORD crash_in_thread(void *unused)
{
    (void)unused;
    crash();
    return 0;
}

START_TEST(crashes_in_a_thread)
{
    thread_join(thread_start(crash_in_thread, NULL));
}
END_TEST
COVERS(crashes_in_a_thread);

START_TEST(crashes_past_a_checkpoint)
{
    checkpoint_reach("first");
    checkpoint_reach("second");
    crash();
}
END_TEST
COVERS(crashes_past_a_checkpoint);
