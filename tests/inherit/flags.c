/* What the creation flags of CreateProcess make of a child: whether it runs, on which processors,
 * and which flags exclude each other. */
#include "inherit.h"

PEER(set_the_event)
{
    expect_succeeded(SetEvent(peer_handle(0)));
}

PEER(hold_until_killed)
{
    checkpoint_wait("never");
}

START_TEST(suspended_child_runs_when_it_is_resumed)
{
    HANDLE event = event_create(TRUE);
    struct peer *child = peer_prepare(set_the_event, given_handle(event));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, CREATE_SUSPENDED,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    expect_stays_unsignaled(event);
    expect_not_signaled(child->info.hProcess);
    expect_number(ResumeThread(child->info.hThread), 1);
    expect_signaled(event);
    peer_join(child);
}
END_TEST
COVERS(suspended_child_runs_when_it_is_resumed, "inherit.creation_flags.suspended");

/* What is inherited is so when CreateProcess returns, whatever becomes of it before the child runs.
 */
START_TEST(suspended_child_keeps_what_it_has_inherited)
{
    HANDLE event = event_create(TRUE), plain = NULL;
    require(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &plain, 0, FALSE,
                            DUPLICATE_SAME_ACCESS));
    struct peer *child = peer_prepare(set_the_event, given_handle(event));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    require(CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, CREATE_SUSPENDED, NULL,
                           NULL, &startup, &child->info));

    BOOL closed_here = CloseHandle(event);

    expect_succeeded(closed_here);
    require(ResumeThread(child->info.hThread) == 1);
    expect_signaled(plain);
    peer_join(child);
}
END_TEST
COVERS(suspended_child_keeps_what_it_has_inherited, "inherit.creation_flags.suspended_inherits");

static const struct exclusion {
    struct row row;
    DWORD flags;
} alone[] = {
    {{"new_console", NULL}, CREATE_NEW_CONSOLE},
    {{"detached", NULL}, DETACHED_PROCESS},
};

/* The child is never run: no console comes to be. */
START_TEST(new_console_and_detached_exclude_each_other)
{
    struct peer *child = peer_prepare(hold_until_killed);
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    DWORD both = CREATE_NEW_CONSOLE | DETACHED_PROCESS;

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE,
                                  CREATE_SUSPENDED | both, NULL, NULL, &startup, &child->info);

    if (created)
        TerminateProcess(child->info.hProcess, 1);
    expect_failed_somehow(created);
    created =
        CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE,
                       CREATE_SUSPENDED | alone[_i].flags, NULL, NULL, &startup, &child->info);
    expect_succeeded(created);
    peer_kill(child);
}
END_TEST
COVERS_ROWS(new_console_and_detached_exclude_each_other, alone,
            "inherit.creation_flags.console_or_detached");

static const struct processors {
    struct row row;
    DWORD flags;
} processors[] = {
    {{"with_the_flag", "inherit.creation_flags.parent_affinity"}, INHERIT_PARENT_AFFINITY},
    {{"detached_with_the_flag", "inherit.creation_flags.parent_affinity"},
     INHERIT_PARENT_AFFINITY | DETACHED_PROCESS},
};

static DWORD_PTR processors_of(HANDLE process)
{
    DWORD_PTR usable = 0, all = 0;
    require(GetProcessAffinityMask(process, &usable, &all));
    return usable;
}

START_TEST(processors_are_those_of_the_parent)
{
    DWORD_PTR all = processors_of(GetCurrentProcess()), one = all & (~all + 1);
    if (one == all)
        unsupported("there is one processor only");
    require(SetProcessAffinityMask(GetCurrentProcess(), one));
    struct peer *child = peer_prepare(hold_until_killed);
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created =
        CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE,
                       CREATE_SUSPENDED | processors[_i].flags, NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    require(SetProcessAffinityMask(GetCurrentProcess(), all));
    expect_number(processors_of(child->info.hProcess), one);
    peer_kill(child);
}
END_TEST
COVERS_ROWS(processors_are_those_of_the_parent, processors);

/* ---- Priority ---- */

static const struct priority {
    struct row row;
    DWORD parents, flag;
} priorities[] = {
    {{"idle", "inherit.create_process.priority_given"}, NORMAL_PRIORITY_CLASS, IDLE_PRIORITY_CLASS},
    {{"below_normal", "inherit.create_process.priority_given"},
     NORMAL_PRIORITY_CLASS,
     BELOW_NORMAL_PRIORITY_CLASS},
    {{"above_normal", "inherit.create_process.priority_given"},
     NORMAL_PRIORITY_CLASS,
     ABOVE_NORMAL_PRIORITY_CLASS},
    {{"high", "inherit.create_process.priority_given"}, NORMAL_PRIORITY_CLASS, HIGH_PRIORITY_CLASS},
    {{"normal_of_an_idle_parent", "inherit.create_process.priority_given_normal"},
     IDLE_PRIORITY_CLASS,
     NORMAL_PRIORITY_CLASS},
};

START_TEST(priority_is_the_one_asked_for)
{
    require(SetPriorityClass(GetCurrentProcess(), priorities[_i].parents));
    struct peer *child = peer_prepare(hold_until_killed);
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created =
        CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE,
                       CREATE_SUSPENDED | priorities[_i].flag, NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    expect_number(GetPriorityClass(child->info.hProcess), priorities[_i].flag);
    peer_kill(child);
}
END_TEST
COVERS_ROWS(priority_is_the_one_asked_for, priorities);
