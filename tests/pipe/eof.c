/* When ReadFile on an anonymous pipe reports the end: after the last writer of any process. */
#include "pipe.h"

START_TEST(read_fails_once_the_writer_is_closed)
{
    struct pipe_ends pipe = pipe_create();
    expect_true(has_writer(pipe.read));
    close_handle(&pipe.write);
    char byte;
    DWORD count = 99;

    BOOL got = ReadFile(pipe.read, &byte, 1, &count, NULL);

    expect_failed(got, ERROR_BROKEN_PIPE);
    expect_number(count, 0);
}
END_TEST
COVERS(read_fails_once_the_writer_is_closed, "pipe.eof.broken_pipe", "pipe.read.count_zeroed");

START_TEST(unread_bytes_outlive_the_writer)
{
    struct pipe_ends pipe = pipe_create();
    pipe_put(pipe.write, "last words");

    expect_succeeded(CloseHandle(pipe.write));

    expect_arrives(pipe.read, "last words");
    expect_end_of_file(pipe.read);
}
END_TEST
COVERS(unread_bytes_outlive_the_writer, "pipe.lifetime.until_all_closed");

static DWORD read_until_the_end(void *read_end)
{
    char byte;
    DWORD count = 99;

    BOOL got = ReadFile(read_end, &byte, 1, &count, NULL);

    expect_failed(got, ERROR_BROKEN_PIPE);
    return 0;
}

START_TEST(waiting_read_ends_when_the_last_writer_closes)
{
    struct pipe_ends pipe = pipe_create();
    struct thread *reader = thread_start(read_until_the_end, pipe.read);
    expect_stays_unsignaled(reader->handle);

    expect_succeeded(CloseHandle(pipe.write));

    thread_join(reader);
}
END_TEST
COVERS(waiting_read_ends_when_the_last_writer_closes, "pipe.read.blocks_empty",
       "pipe.eof.all_writers_closed");

START_TEST(every_handle_of_the_write_end_counts)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE second = NULL;
    require(DuplicateHandle(GetCurrentProcess(), pipe.write, GetCurrentProcess(), &second, 0, FALSE,
                            DUPLICATE_SAME_ACCESS));
    expect_written(pipe.write, "by the first");
    expect_arrives(pipe.read, "by the first");

    expect_succeeded(CloseHandle(pipe.write));

    expect_true(has_writer(pipe.read));
    expect_written(second, "by the second");
    expect_arrives(pipe.read, "by the second");
    close_handle(&second);
    expect_end_of_file(pipe.read);
}
END_TEST
COVERS(every_handle_of_the_write_end_counts, "pipe.multi_handles");

PEER(hold_until_released)
{
    checkpoint_wait("release");
}

PEER(hold_until_killed)
{
    checkpoint_wait("never");
}

START_TEST(writers_in_all_processes_must_be_gone)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *first = peer_start(hold_until_released, given_handle(pipe.write));
    struct peer *second = peer_start(hold_until_killed, given_handle(pipe.write));

    close_handle(&pipe.write);
    expect_true(has_writer(pipe.read));
    checkpoint_reach("release");
    peer_join(first);
    expect_true(has_writer(pipe.read));
    peer_kill(second);
    expect_end_of_file(pipe.read);
}
END_TEST
COVERS(writers_in_all_processes_must_be_gone, "pipe.eof.writers_of_all_processes");

PEER(write_and_end)
{
    expect_written(peer_handle(0), "from the child");
}

START_TEST(own_copy_of_the_writer_delays_the_end)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *child = peer_start(write_and_end, given_handle(pipe.write));
    peer_join(child);
    expect_arrives(pipe.read, "from the child");

    expect_true(has_writer(pipe.read));

    close_handle(&pipe.write);
    expect_end_of_file(pipe.read);
}
END_TEST
COVERS(own_copy_of_the_writer_delays_the_end, "pipe.eof.parent_copy_blocks");

PEER(holds_the_writer_of_its_input)
{
    HANDLE input = GetStdHandle(STD_INPUT_HANDLE), writer = peer_handle(0);
    checkpoint_wait("parent_closed_its_writer");

    expect_true(has_writer(input));

    close_handle(&writer);
    expect_end_of_file(input);
}

START_TEST(writer_inherited_by_accident_delays_the_end)
{
    struct pipe_ends pipe = pipe_create_inheritable();
    struct peer *child = peer_prepare(holds_the_writer_of_its_input, given_handle(pipe.write));
    STARTUPINFOW startup = {
        .cb = sizeof(startup), .dwFlags = STARTF_USESTDHANDLES, .hStdInput = pipe.read};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    close_handle(&pipe.write);
    checkpoint_reach("parent_closed_its_writer");
    peer_join(child);
}
END_TEST
COVERS(writer_inherited_by_accident_delays_the_end, "pipe.eof.child_inherits_writer_blocks");
