/* Further processes of a case: what they are told, how their verdicts count, and checkpoints. */
#include "cts.h"

static void crash(void)
{
    *(volatile int *)(UINT_PTR)GetModuleHandleW(L"no such module") = 1;
}

PEER(passes)
{
    expect_true(true);
}

PEER(fails)
{
    expect_number(1, 2);
}

PEER(fails_by_libcheck)
{
    ck_assert_int_eq(1, 2);
}

PEER(lacks_set_up)
{
    require(CloseHandle(NULL));
}

PEER(lacks_a_feature)
{
    unsupported("no such feature");
}

PEER(crashes)
{
    crash();
}

PEER(exits_without_a_verdict)
{
    ExitProcess(0);
}

PEER(exits_with_7)
{
    ExitProcess(7);
}

PEER(passes_and_exits_with_7)
{
    peer_passed();
    ExitProcess(7);
}

PEER(passes_and_then_fails)
{
    peer_passed();
    expect_number(1, 2);
}

PEER(passes_and_crashes)
{
    peer_passed();
    crash();
}

PEER(starts_one_that_fails)
{
    peer_join(peer_start(fails));
}

PEER(starts_one_that_fails_and_does_not_join)
{
    peer_start(fails);
}

PEER(asks_for_what_it_was_not_given)
{
    peer_number(0);
    peer_number(1);
}

PEER(records)
{
    record("peer", "seen");
    expect_stays_unsignaled(CreateEventW(NULL, TRUE, FALSE, NULL));
}

PEER(waits_until_it_is_killed)
{
    checkpoint_reach("waiting");
    expect_signaled(GetCurrentProcess());
}

/* Joined, and left to the harness to join: the verdict is the same. */
#define JOINED(peer)                 \
    START_TEST(peer##_joined)        \
    {                                \
        peer_join(peer_start(peer)); \
    }                                \
    END_TEST                         \
    COVERS(peer##_joined);           \
    START_TEST(peer##_unjoined)      \
    {                                \
        peer_start(peer);            \
    }                                \
    END_TEST                         \
    COVERS(peer##_unjoined)

JOINED(passes);
JOINED(fails);
JOINED(fails_by_libcheck);
JOINED(lacks_set_up);
JOINED(lacks_a_feature);
JOINED(crashes);
JOINED(exits_without_a_verdict);
JOINED(exits_with_7);
JOINED(passes_and_exits_with_7);
JOINED(passes_and_crashes);
JOINED(passes_and_then_fails);
JOINED(starts_one_that_fails);
JOINED(starts_one_that_fails_and_does_not_join);
JOINED(records);

START_TEST(asks_for_more_than_it_was_given)
{
    peer_join(peer_start(asks_for_what_it_was_not_given, given_number(1), given_text(L"text")));
}
END_TEST
COVERS(asks_for_more_than_it_was_given);

START_TEST(is_killed_on_purpose)
{
    struct peer *peer = peer_start(waits_until_it_is_killed);
    checkpoint_wait("waiting");
    peer_kill(peer);
    expect_exit_code(peer->info.hProcess, 1);
}
END_TEST
COVERS(is_killed_on_purpose);

START_TEST(is_terminated_without_a_word)
{
    struct peer *peer = peer_start(waits_until_it_is_killed);
    checkpoint_wait("waiting");
    require(TerminateProcess(peer->info.hProcess, 9));
    peer_join(peer);
}
END_TEST
COVERS(is_terminated_without_a_word);

/* The case's own failure is told; the peer that waits for it is not. */
START_TEST(waits_while_the_case_fails)
{
    peer_start(waits_until_it_is_killed);
    checkpoint_wait("waiting");
    expect_number(1, 2);
}
END_TEST
COVERS(waits_while_the_case_fails);

START_TEST(dies_before_its_checkpoint)
{
    peer_start(crashes);
    checkpoint_wait("never");
}
END_TEST
COVERS(dies_before_its_checkpoint);

START_TEST(ends_with_an_unexpected_code)
{
    struct peer *peer = peer_start(passes_and_exits_with_7);
    expect_exit_code(peer->info.hProcess, 8);
}
END_TEST
COVERS(ends_with_an_unexpected_code);

START_TEST(is_prepared_and_never_started)
{
    peer_prepare(crashes);
}
END_TEST
COVERS(is_prepared_and_never_started);

PEER(reads_what_it_was_given)
{
    expect_text(peer_text(0), L"");
    expect_text(peer_text(1), L"a \"b\" \\\\ %d\n\u20ac\xD83D");
    expect_number(peer_number(0), UINT64_MAX);
    expect_number(peer_number(1), 0);
    expect_succeeded(SetEvent(peer_handle(0)));
}

START_TEST(arguments_arrive_unchanged)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(event != NULL);
    peer_join(peer_start(reads_what_it_was_given, given_text(L""), given_number(UINT64_MAX),
                         given_handle(event), given_text(L"a \"b\" \\\\ %d\n\u20ac\xD83D"),
                         given_number(0)));
    expect_signaled(event);
}
END_TEST
COVERS(arguments_arrive_unchanged);

/* Four at a time, each waiting for all others. */
PEER(meets_the_others)
{
    static const char *const NAMES[] = {"a", "b", "c", "d"};
    checkpoint_reach(NAMES[peer_number(0)]);
    for (int i = 0; i < 4; i++)
        checkpoint_wait(NAMES[i]);
}

START_TEST(meet_at_checkpoints)
{
    for (int i = 0; i < 4; i++)
        peer_start(meets_the_others, given_number(i));
    checkpoint_wait("d");
}
END_TEST
COVERS(meet_at_checkpoints);

/* ---- Processes that outlive the case's own */

START_TEST(outlives_the_case)
{
    peer_start(waits_until_it_is_killed);
    checkpoint_wait("waiting");
    peer_passed();
    ExitProcess(0);
}
END_TEST
COVERS(outlives_the_case);

/* The orphan proper: its parent is gone and neither the case nor the harness knows of it. */
PEER(leaves_an_orphan)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION info;
    struct peer *orphan = peer_prepare(waits_until_it_is_killed);
    require(CreateProcessW(NULL, orphan->command_line, NULL, NULL, FALSE, 0, NULL, NULL, &startup,
                           &info));
    checkpoint_wait("waiting");
}

START_TEST(outlives_its_parent)
{
    peer_join(peer_start(leaves_an_orphan));
}
END_TEST
COVERS(outlives_its_parent);

PEER(leaves_an_orphan_and_exits)
{
    peer_start(waits_until_it_is_killed);
    checkpoint_wait("waiting");
    peer_passed();
    ExitProcess(0);
}

START_TEST(outlives_its_parent_which_exits)
{
    peer_join(peer_start(leaves_an_orphan_and_exits));
}
END_TEST
COVERS(outlives_its_parent_which_exits);
