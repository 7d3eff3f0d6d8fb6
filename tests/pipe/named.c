/* An anonymous pipe is a named pipe without a known name: the functions of named pipes take it. */
#include "pipe.h"

static const struct end {
    struct row row;
    DWORD size, flags, quota;
    bool read;
} ends[] = {
    {{"read_end", NULL}, 0, PIPE_SERVER_END, 4096, true},
    {{"write_end", NULL}, 0, PIPE_CLIENT_END, 4096, false},
    {{"read_end_with_a_size", NULL}, 1, PIPE_SERVER_END, 1, true},
    {{"write_end_with_a_size", NULL}, 1, PIPE_CLIENT_END, 1, false},
};

START_TEST(info_of)
{
    const struct end *row = &ends[_i];
    struct pipe_ends pipe;
    require(CreatePipe(&pipe.read, &pipe.write, NULL, row->size));
    DWORD flags = 99, out = 99, in = 99, instances = 99;

    BOOL got = GetNamedPipeInfo(row->read ? pipe.read : pipe.write, &flags, &out, &in, &instances);

    expect_succeeded(got);
    expect_flags(flags, row->flags | PIPE_TYPE_BYTE, PIPE_INFO_NAMES);
    expect_number(instances, 1);
    expect_number(out, row->quota);
    expect_number(in, row->quota);
}
END_TEST
COVERS_ROWS(info_of, ends, "pipe.info.anon");

START_TEST(state_can_be_got)
{
    struct pipe_ends pipe = pipe_create();
    DWORD state = 99, instances = 99;

    BOOL got = GetNamedPipeHandleStateW(pipe.read, &state, &instances, NULL, NULL, NULL, 0);

    expect_succeeded(got);
    expect_flags(state, PIPE_WAIT | PIPE_READMODE_BYTE, PIPE_MODE_NAMES);
    expect_number(instances, 1);
}
END_TEST
COVERS(state_can_be_got, "pipe.named_impl.functions_accept");

START_TEST(read_end_can_be_made_nonblocking)
{
    struct pipe_ends pipe = pipe_create();
    DWORD mode = PIPE_NOWAIT, count = 99;

    BOOL set = SetNamedPipeHandleState(pipe.read, &mode, NULL, NULL);

    expect_succeeded(set);
    char byte;
    expect_failed(ReadFile(pipe.read, &byte, 1, &count, NULL), ERROR_NO_DATA);
    pipe_put(pipe.write, "there");
    expect_arrives(pipe.read, "there");
}
END_TEST
COVERS(read_end_can_be_made_nonblocking, "pipe.named_impl.functions_accept",
       "pipe.nowait.read_end");

START_TEST(write_end_can_be_made_nonblocking)
{
    static const char bytes[MORE_THAN_A_PIPE_HOLDS];
    struct pipe_ends pipe = pipe_create();
    DWORD mode = PIPE_NOWAIT, count = 99;

    BOOL set = SetNamedPipeHandleState(pipe.write, &mode, NULL, NULL);

    expect_succeeded(set);
    expect_succeeded(WriteFile(pipe.write, bytes, sizeof(bytes), &count, NULL));
    expect_true(count < sizeof(bytes)); /* Windows writes none of what does not fit */
    record("bytes written of more than fit", "%lu", count);
    DWORD available = 99;
    require(PeekNamedPipe(pipe.read, NULL, 0, NULL, &available, NULL));
    expect_number(available, count);
    static char rest[MORE_THAN_A_PIPE_HOLDS];
    require(!count || ReadFile(pipe.read, rest, count, &available, NULL));
    expect_written(pipe.write, "what fits");
    expect_arrives(pipe.read, "what fits");
}
END_TEST
COVERS(write_end_can_be_made_nonblocking, "pipe.nowait.write_end");

START_TEST(peek_takes_an_anonymous_pipe)
{
    struct pipe_ends pipe = pipe_create();
    pipe_put(pipe.write, "seen");
    char bytes[8];
    DWORD copied = 99, available = 99;

    BOOL peeked = PeekNamedPipe(pipe.read, bytes, sizeof(bytes), &copied, &available, NULL);

    expect_succeeded(peeked);
    expect_number(copied, 4);
    expect_number(available, 4);
    expect_bytes(bytes, "seen", 4);
}
END_TEST
COVERS(peek_takes_an_anonymous_pipe, "pipe.named_impl.functions_accept");

START_TEST(peek_at_the_end_of_the_pipe)
{
    struct pipe_ends pipe = pipe_create();
    pipe_put(pipe.write, "left");
    close_handle(&pipe.write);
    DWORD available = 99;

    BOOL peeked = PeekNamedPipe(pipe.read, NULL, 0, NULL, &available, NULL);

    expect_succeeded(peeked);
    expect_number(available, 4);
    expect_arrives(pipe.read, "left");
    expect_failed(PeekNamedPipe(pipe.read, NULL, 0, NULL, &available, NULL), ERROR_BROKEN_PIPE);
}
END_TEST
COVERS(peek_at_the_end_of_the_pipe, "pipe.peek.broken");

static DWORD wait_for_a_byte(void *read_end)
{
    char byte;
    DWORD count = 0;
    expect_succeeded(ReadFile(read_end, &byte, 1, &count, NULL));
    return count;
}

static DWORD peek(void *read_end)
{
    return PeekNamedPipe(read_end, NULL, 0, NULL, NULL, NULL);
}

START_TEST(peek_while_another_thread_reads)
{
    struct pipe_ends pipe = pipe_create();
    struct thread *reader = thread_start(wait_for_a_byte, pipe.read);
    expect_stays_unsignaled(reader->handle);

    struct thread *peeker = thread_start(peek, pipe.read);

    bool waits = !settles(peeker->handle);
    record("PeekNamedPipe while another thread waits in ReadFile", "%s",
           waits ? "waits" : "returns at once");
    pipe_put(pipe.write, "xy");
    expect_number(thread_join(reader), 1);
    expect_number(thread_join(peeker), TRUE);
}
END_TEST
COVERS(peek_while_another_thread_reads, "pipe.peek.blocked_by_reader");
