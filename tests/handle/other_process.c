/* DuplicateHandle into another process, out of one, and to close a handle there. */
#include "handle.h"

PEER(write_through_what_it_is_told)
{
    HANDLE told = receive_value(peer_handle(0));
    expect_written(told, "from the target");
}

START_TEST(duplicate_is_valid_in_the_target)
{
    struct pipe_ends pipe = pipe_create(), channel = pipe_create();
    struct peer *target = peer_start(write_through_what_it_is_told, given_handle(channel.read));
    HANDLE theirs = NULL;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), pipe.write, target->info.hProcess,
                                      &theirs, 0, FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    expect_handle(theirs);
    close_handle(&pipe.write);
    send_value(channel.write, theirs);
    expect_arrives(pipe.read, "from the target");
    peer_join(target);
    expect_end_of_file(pipe.read);
}
END_TEST
COVERS(duplicate_is_valid_in_the_target, "handle.duplicate.target_context",
       "pipe.dup.unrelated_process");

PEER(read_from_its_own_pipe)
{
    struct pipe_ends pipe = pipe_create();
    send_value(peer_handle(0), pipe.write);
    expect_arrives(pipe.read, "from outside");
}

START_TEST(source_is_looked_up_in_the_source_process)
{
    struct pipe_ends channel = pipe_create();
    struct peer *source = peer_start(read_from_its_own_pipe, given_handle(channel.write));
    HANDLE theirs = receive_value(channel.read), ours = NULL;

    BOOL duplicated = DuplicateHandle(source->info.hProcess, theirs, GetCurrentProcess(), &ours, 0,
                                      FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    expect_handle(ours);
    expect_written(ours, "from outside");
    peer_join(source);
}
END_TEST
COVERS(source_is_looked_up_in_the_source_process, "handle.duplicate.source_context");

PEER(hold_until_killed)
{
    checkpoint_wait("never");
}

START_TEST(close_source_moves_a_handle_out)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *holder = peer_start(hold_until_killed);
    HANDLE theirs = NULL, ours = NULL;
    require(DuplicateHandle(GetCurrentProcess(), pipe.write, holder->info.hProcess, &theirs, 0,
                            FALSE, DUPLICATE_SAME_ACCESS));
    close_handle(&pipe.write);

    BOOL moved = DuplicateHandle(holder->info.hProcess, theirs, GetCurrentProcess(), &ours, 0,
                                 FALSE, DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE);

    expect_succeeded(moved);
    expect_written(ours, "moved");
    expect_arrives(pipe.read, "moved");
    close_handle(&ours);
    expect_end_of_file(pipe.read);
    expect_not_signaled(holder->info.hProcess);
    peer_kill(holder);
}
END_TEST
COVERS(close_source_moves_a_handle_out, "handle.duplicate.close_source",
       "handle.duplicate.close_in_target");

/* Without a target process: with one, it would be left with a duplicate that nobody knows. */
START_TEST(close_source_closes_in_the_other_process)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *holder = peer_start(hold_until_killed);
    HANDLE theirs = NULL;
    require(DuplicateHandle(GetCurrentProcess(), pipe.write, holder->info.hProcess, &theirs, 0,
                            FALSE, DUPLICATE_SAME_ACCESS));
    close_handle(&pipe.write);
    expect_true(has_writer(pipe.read));

    BOOL closed = DuplicateHandle(holder->info.hProcess, theirs, NULL, NULL, 0, FALSE,
                                  DUPLICATE_CLOSE_SOURCE);

    expect_succeeded(closed);
    expect_end_of_file(pipe.read);
    expect_not_signaled(holder->info.hProcess);
    peer_kill(holder);
}
END_TEST
COVERS(close_source_closes_in_the_other_process, "handle.duplicate.close_in_target");

/* ---- The rights that DuplicateHandle needs to both processes ---- */

static HANDLE open_again(const struct peer *peer, DWORD access)
{
    HANDLE process = OpenProcess(access, FALSE, peer->info.dwProcessId);
    require(process != NULL);
    return process;
}

START_TEST(source_process_needs_dup_handle_right)
{
    struct peer *holder = peer_start(hold_until_killed);
    HANDLE event = event_create(FALSE), theirs = NULL, ours = NULL;
    require(DuplicateHandle(GetCurrentProcess(), event, holder->info.hProcess, &theirs, 0, FALSE,
                            DUPLICATE_SAME_ACCESS));
    HANDLE without = open_again(holder, PROCESS_QUERY_LIMITED_INFORMATION);

    BOOL duplicated = DuplicateHandle(without, theirs, GetCurrentProcess(), &ours, 0, FALSE,
                                      DUPLICATE_SAME_ACCESS);

    expect_failed(duplicated, ERROR_ACCESS_DENIED);
    HANDLE with = open_again(holder, PROCESS_DUP_HANDLE);
    duplicated =
        DuplicateHandle(with, theirs, GetCurrentProcess(), &ours, 0, FALSE, DUPLICATE_SAME_ACCESS);
    expect_succeeded(duplicated);
    expect_succeeded(SetEvent(ours));
    expect_signaled(event);
    peer_kill(holder);
}
END_TEST
COVERS(source_process_needs_dup_handle_right, "handle.duplicate.src_needs_dup_right");

START_TEST(target_process_needs_dup_handle_right)
{
    struct peer *holder = peer_start(hold_until_killed);
    HANDLE event = event_create(FALSE), theirs = NULL;
    HANDLE without = open_again(holder, PROCESS_QUERY_LIMITED_INFORMATION);

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), event, without, &theirs, 0, FALSE,
                                      DUPLICATE_SAME_ACCESS);

    expect_failed(duplicated, ERROR_ACCESS_DENIED);
    HANDLE with = open_again(holder, PROCESS_DUP_HANDLE);
    duplicated =
        DuplicateHandle(GetCurrentProcess(), event, with, &theirs, 0, FALSE, DUPLICATE_SAME_ACCESS);
    expect_succeeded(duplicated);
    peer_kill(holder);
}
END_TEST
COVERS(target_process_needs_dup_handle_right, "handle.duplicate.target_needs_dup_right");

static const struct no_process {
    struct row row;
    bool as_source, null;
} no_processes[] = {
    {{"event_as_source", NULL}, true, false},
    {{"event_as_target", NULL}, false, false},
    {{"null_as_source", NULL}, true, true},
};

START_TEST(what_is_no_process)
{
    const struct no_process *row = &no_processes[_i];
    HANDLE event = event_create(FALSE), other = row->null ? NULL : event_create(FALSE), copy;

    BOOL duplicated = DuplicateHandle(row->as_source ? other : GetCurrentProcess(), event,
                                      row->as_source ? GetCurrentProcess() : other, &copy, 0, FALSE,
                                      DUPLICATE_SAME_ACCESS);

    expect_failed_somehow(duplicated);
}
END_TEST
COVERS_ROWS(what_is_no_process, no_processes, "handle.duplicate.process_handle_invalid");

PEER(tell_of_its_pipe)
{
    struct pipe_ends pipe = pipe_create();
    send_value(peer_handle(0), pipe.write);
    expect_arrives(pipe.read, "from the other child");
}

PEER(write_when_told)
{
    HANDLE told = receive_value(peer_handle(0));
    expect_written(told, "from the other child");
}

START_TEST(caller_is_neither_source_nor_target)
{
    struct pipe_ends from = pipe_create(), to = pipe_create();
    struct peer *source = peer_start(tell_of_its_pipe, given_handle(from.write));
    struct peer *target = peer_start(write_when_told, given_handle(to.read));
    HANDLE in_source = receive_value(from.read), in_target = NULL;

    BOOL duplicated = DuplicateHandle(source->info.hProcess, in_source, target->info.hProcess,
                                      &in_target, 0, FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    send_value(to.write, in_target);
    peer_join(target);
    peer_join(source);
}
END_TEST
COVERS(caller_is_neither_source_nor_target, "handle.duplicate.third_process");

/* ---- Inherited by the children of the target ---- */

PEER(write_who_it_is)
{
    DWORD id = GetCurrentProcessId(), count = 0;
    expect_succeeded(WriteFile(peer_handle(0), &id, sizeof(id), &count, NULL));
}

PEER(pass_on_what_it_is_told)
{
    checkpoint_reach("ready");
    HANDLE told = receive_value(peer_handle(0));
    struct peer *child = peer_prepare(write_who_it_is, given_handle(told));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    require(CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL, &startup,
                           &child->info));
    peer_join(child);
}

START_TEST(inheritable_in_the_target)
{
    struct pipe_ends pipe = pipe_create(), channel = pipe_create();
    struct peer *target = peer_start(pass_on_what_it_is_told, given_handle(channel.read));
    HANDLE theirs = NULL;
    checkpoint_wait("ready");

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), pipe.write, target->info.hProcess,
                                      &theirs, 0, TRUE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    expect_flags(flags_of(pipe.write), 0, HANDLE_FLAG_NAMES);
    close_handle(&pipe.write);
    send_value(channel.write, theirs);
    DWORD writer = 0, count = 0;
    expect_succeeded(ReadFile(pipe.read, &writer, sizeof(writer), &count, NULL));
    expect_number(count, sizeof(writer));
    expect_true(writer != target->info.dwProcessId);
    peer_join(target);
}
END_TEST
COVERS(inheritable_in_the_target, "handle.duplicate.inherit_flag_target_children");

/* ---- A child lives on without its parent ---- */

PEER(speak_when_alone)
{
    checkpoint_reach("started");
    checkpoint_wait("parent_gone");
    expect_written(peer_handle(0), "on its own");
}

PEER(start_another_and_end)
{
    HANDLE pipe = inheritable(peer_handle(0));
    struct peer *child = peer_prepare(speak_when_alone, given_handle(pipe));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);
    expect_succeeded(created);
    checkpoint_wait("started");
    peer_passed();
    ExitProcess(0);
}

START_TEST(child_outlives_its_parent)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *parent = peer_start(start_another_and_end, given_handle(pipe.write));
    close_handle(&pipe.write);
    expect_exit_code(parent->info.hProcess, 0);

    expect_true(has_writer(pipe.read));

    checkpoint_reach("parent_gone");
    expect_arrives(pipe.read, "on its own");
    char byte;
    DWORD count = 99;
    expect_failed(ReadFile(pipe.read, &byte, 1, &count, NULL), ERROR_BROKEN_PIPE);
}
END_TEST
COVERS(child_outlives_its_parent, "handle.process.runs_independently");
