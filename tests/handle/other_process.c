/* DuplicateHandle into another process, out of one, and to close a handle there. */
#include "handle.h"

/* Handle values travel between processes as they do for any other use: by a pipe. */
static void send_value(HANDLE channel, HANDLE handle)
{
    uint64_t value = (UINT_PTR)handle;
    DWORD count = 0;
    require(WriteFile(channel, &value, sizeof(value), &count, NULL));
}

static HANDLE receive_value(HANDLE channel)
{
    uint64_t value = 0;
    DWORD count = 0;
    require(ReadFile(channel, &value, sizeof(value), &count, NULL));
    require(count == sizeof(value));
    return (HANDLE)(UINT_PTR)value;
}

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
