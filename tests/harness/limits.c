/* Waits that never complete: each is bounded by the step limit or by the watchdog. The limits are
 * scaled down where these cases run. */
#include "cts.h"
#include "case/process.h"

#include <stdlib.h>

static HANDLE never(void)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(event != NULL);
    return event;
}

static DWORD wait_for_an_hour(void *unused)
{
    (void)unused;
    return WaitForSingleObject(never(), 3600 * 1000);
}

PEER(waits_for_an_hour)
{
    checkpoint_reach("waiting");
    wait_for_an_hour(NULL);
}

START_TEST(call_never_returns)
{
    wait_for_an_hour(NULL);
}
END_TEST
COVERS(call_never_returns);

START_TEST(loop_never_ends)
{
    checkpoint_reach("looping");
    for (;;)
        nap();
}
END_TEST
COVERS(loop_never_ends);
TAKES(loop_never_ends, 7);

START_TEST(call_never_returns_while_a_peer_runs)
{
    peer_start(waits_for_an_hour);
    checkpoint_wait("waiting");
    wait_for_an_hour(NULL);
}
END_TEST
COVERS(call_never_returns_while_a_peer_runs);

/* The main thread is gone, another keeps the process. */
START_TEST(main_thread_ends_and_another_stays)
{
    thread_start(wait_for_an_hour, NULL);
    ExitThread(0);
}
END_TEST
COVERS(main_thread_ends_and_another_stays);

static void wait_at_exit(void)
{
    wait_for_an_hour(NULL);
}

START_TEST(passes_and_never_exits)
{
    atexit(wait_at_exit);
}
END_TEST
COVERS(passes_and_never_exits);

START_TEST(fails_and_never_exits)
{
    atexit(wait_at_exit);
    expect_number(1, 2);
}
END_TEST
COVERS(fails_and_never_exits);

/* Runs out of its own limit, and not of three times that. */
START_TEST(is_slow)
{
    expect_number(WaitForSingleObject(never(), 2000), WAIT_TIMEOUT);
}
END_TEST
COVERS(is_slow);
TAKES(is_slow, 4);

static DWORD signal_late(void *event)
{
    WaitForSingleObject(never(), 2500);
    SetEvent(event);
    return 0;
}

/* The call under test runs out of the time that it is given, and not of three times that. */
START_TEST(call_runs_out_of_time)
{
    HANDLE event = never();
    thread_start(signal_late, event);
    expect_number(WaitForSingleObject(event, step_limit()), WAIT_OBJECT_0);
}
END_TEST
COVERS(call_runs_out_of_time);

/* Is tried again, which does not help. */
START_TEST(event_is_never_signaled)
{
    HANDLE event = never();
    expect_signaled(event);
}
END_TEST
COVERS(event_is_never_signaled);

START_TEST(process_never_exits)
{
    struct peer *peer = peer_start(waits_for_an_hour);
    expect_exit_code(peer->info.hProcess, 0);
}
END_TEST
COVERS(process_never_exits);

START_TEST(nobody_reaches_the_checkpoint)
{
    checkpoint_reach("one");
    checkpoint_wait("another");
}
END_TEST
COVERS(nobody_reaches_the_checkpoint);

START_TEST(thread_never_ends)
{
    thread_join(thread_start(wait_for_an_hour, NULL));
}
END_TEST
COVERS(thread_never_ends);

START_TEST(thread_never_ends_and_nobody_joins)
{
    thread_start(wait_for_an_hour, NULL);
}
END_TEST
COVERS(thread_never_ends_and_nobody_joins);

START_TEST(peer_never_ends)
{
    peer_join(peer_start(waits_for_an_hour));
}
END_TEST
COVERS(peer_never_ends);

START_TEST(peer_never_ends_and_nobody_joins)
{
    peer_start(waits_for_an_hour);
}
END_TEST
COVERS(peer_never_ends_and_nobody_joins);

START_TEST(peer_stays_suspended)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    struct peer *peer = peer_prepare(waits_for_an_hour);
    require(CreateProcessW(NULL, peer->command_line, NULL, NULL, FALSE, CREATE_SUSPENDED, NULL,
                           NULL, &startup, &peer->info));
    peer_join(peer);
}
END_TEST
COVERS(peer_stays_suspended);

START_TEST(declared_waits_add_up)
{
    expect_stays_unsignaled(never());
    expect_stays_unsignaled(never());
}
END_TEST
COVERS(declared_waits_add_up);
