/* WriteFile to an anonymous pipe that is full or that nobody reads any more. */
#include "pipe.h"

#include <stdlib.h>

START_TEST(write_without_a_reader_fails)
{
    struct pipe_ends pipe = pipe_create();
    expect_written(pipe.write, "read by nobody");
    close_handle(&pipe.read);
    DWORD count = 99;

    BOOL written = WriteFile(pipe.write, "x", 1, &count, NULL);

    DWORD error = GetLastError();
    expect_failed(written, ERROR_BROKEN_PIPE, ERROR_NO_DATA);
    expect_number(count, 0);
    char text[80];
    record("write without a reader", "%s", error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(write_without_a_reader_fails, "pipe.write.no_reader.error", "pipe.write.count_zeroed");

PEER(hold_until_killed)
{
    checkpoint_wait("never");
}

START_TEST(reader_in_another_process_is_a_reader)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *holder = peer_start(hold_until_killed, given_handle(pipe.read));
    close_handle(&pipe.read);

    expect_written(pipe.write, "read by nobody");

    peer_kill(holder);
    DWORD count = 99;
    expect_failed(WriteFile(pipe.write, "x", 1, &count, NULL), ERROR_BROKEN_PIPE, ERROR_NO_DATA);
}
END_TEST
COVERS(reader_in_another_process_is_a_reader, "pipe.write.no_reader.other_process");

static DWORD write_much_then_close(void *write_end)
{
    char *bytes = malloc(MORE_THAN_A_PIPE_HOLDS);
    pattern_fill(bytes, MORE_THAN_A_PIPE_HOLDS, 0);
    DWORD count = 0;

    BOOL written = WriteFile(write_end, bytes, MORE_THAN_A_PIPE_HOLDS, &count, NULL);

    expect_succeeded(written);
    require(CloseHandle(write_end));
    expect_number(count, MORE_THAN_A_PIPE_HOLDS);
    free(bytes);
    return 0;
}

START_TEST(full_pipe_holds_the_writer_until_it_is_read)
{
    struct pipe_ends pipe = pipe_create();
    struct thread *writer = thread_start(write_much_then_close, pipe.write);

    expect_stays_unsignaled(writer->handle);

    char *bytes = malloc(MORE_THAN_A_PIPE_HOLDS);
    size_t came = pipe_read_all(pipe.read, bytes, MORE_THAN_A_PIPE_HOLDS);
    thread_join(writer);
    expect_number(came, MORE_THAN_A_PIPE_HOLDS);
    expect_pattern(bytes, MORE_THAN_A_PIPE_HOLDS, 0);
    free(bytes);
}
END_TEST
COVERS(full_pipe_holds_the_writer_until_it_is_read, "pipe.write.blocks_when_full",
       "pipe.write.completes_all");

static DWORD write_more_than_is_read(void *write_end)
{
    char *bytes = calloc(1, MORE_THAN_A_PIPE_HOLDS);
    DWORD count = 0;

    BOOL written = WriteFile(write_end, bytes, MORE_THAN_A_PIPE_HOLDS, &count, NULL);

    expect_failed_somehow(written);
    free(bytes);
    return 0;
}

START_TEST(waiting_write_fails_when_the_last_reader_closes)
{
    struct pipe_ends pipe = pipe_create();
    struct thread *writer = thread_start(write_more_than_is_read, pipe.write);
    char first;
    DWORD count = 0;
    require(ReadFile(pipe.read, &first, 1, &count, NULL));

    expect_succeeded(CloseHandle(pipe.read));

    thread_join(writer);
}
END_TEST
COVERS(waiting_write_fails_when_the_last_reader_closes, "pipe.write.error_returns");
