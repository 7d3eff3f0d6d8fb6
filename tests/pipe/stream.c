/* How ReadFile and PeekNamedPipe see the bytes in an anonymous pipe. */
#include "pipe.h"

START_TEST(separate_writes_are_one_stream)
{
    struct pipe_ends pipe = pipe_create();
    pipe_put(pipe.write, "one,");
    pipe_put(pipe.write, "two");
    char bytes[100];
    DWORD count = 0;

    BOOL got = ReadFile(pipe.read, bytes, sizeof(bytes), &count, NULL);

    expect_succeeded(got);
    expect_number(count, 7);
    expect_bytes(bytes, "one,two", 7);
}
END_TEST
COVERS(separate_writes_are_one_stream, "pipe.stream.no_boundaries");

START_TEST(bytes_keep_their_order_however_they_are_split)
{
    static const char bytes[] = "0123456789abcdef";
    struct pipe_ends pipe = pipe_create();
    for (DWORD room = 1; room <= 8; room++)
        for (DWORD first = 1; first <= 4; first++)
            for (DWORD second = 1; second <= 4; second++) {
                DWORD size = first + second, count = 0;
                require(WriteFile(pipe.write, bytes, first, &count, NULL));
                require(WriteFile(pipe.write, bytes + first, second, &count, NULL));
                for (DWORD done = 0; done < size; done += count) {
                    char buffer[8];
                    expect_succeeded(ReadFile(pipe.read, buffer, room, &count, NULL));
                    expect_number(count, size - done < room ? size - done : room);
                    expect_bytes(buffer, bytes + done, count);
                }
            }
}
END_TEST
COVERS(bytes_keep_their_order_however_they_are_split, "pipe.stream.no_boundaries");

START_TEST(short_read_leaves_the_rest)
{
    struct pipe_ends pipe = pipe_create();
    pipe_put(pipe.write, "headtail");
    char bytes[4];
    DWORD count = 0;

    BOOL got = ReadFile(pipe.read, bytes, sizeof(bytes), &count, NULL);

    expect_succeeded(got);
    expect_number(count, 4);
    expect_bytes(bytes, "head", 4);
    expect_true(has_writer(pipe.read));
    DWORD waiting = 0;
    require(PeekNamedPipe(pipe.read, NULL, 0, NULL, &waiting, NULL));
    expect_number(waiting, 4);
    expect_arrives(pipe.read, "tail");
}
END_TEST
COVERS(short_read_leaves_the_rest, "pipe.read.partial");

static DWORD read_up_to_100(void *read_end)
{
    char bytes[100];
    DWORD count = 0;

    BOOL got = ReadFile(read_end, bytes, sizeof(bytes), &count, NULL);

    expect_succeeded(got);
    expect_number(count, 5);
    expect_bytes(bytes, "hello", 5);
    return 0;
}

START_TEST(waiting_read_returns_with_what_is_written)
{
    struct pipe_ends pipe = pipe_create();
    struct thread *reader = thread_start(read_up_to_100, pipe.read);

    expect_written(pipe.write, "hello");

    thread_join(reader);
}
END_TEST
COVERS(waiting_read_returns_with_what_is_written, "pipe.read.returns_on_write");

START_TEST(peek_leaves_what_it_copies)
{
    struct pipe_ends pipe = pipe_create();
    pipe_put(pipe.write, "still here");
    char bytes[100];
    DWORD copied = 0;

    BOOL peeked = PeekNamedPipe(pipe.read, bytes, sizeof(bytes), &copied, NULL, NULL);

    expect_succeeded(peeked);
    expect_number(copied, 10);
    expect_bytes(bytes, "still here", 10);
    DWORD waiting = 0;
    require(PeekNamedPipe(pipe.read, NULL, 0, NULL, &waiting, NULL));
    expect_number(waiting, 10);
    expect_arrives(pipe.read, "still here");
}
END_TEST
COVERS(peek_leaves_what_it_copies, "pipe.peek.copies_not_removes");

static const struct peek_row {
    struct row row;
    const char *first, *second; /* two writes */
    bool buffer;
    DWORD size, copied, available;
} peeks[] = {
    {{"short_buffer", "pipe.peek.short_buffer"}, "abcd", "efg", true, 3, 3, 7},
    {{"long_buffer", "pipe.peek.avail"}, "abcd", "efg", true, 100, 7, 7},
    {{"no_buffer", "pipe.peek.null_buffer"}, "abcd", "efg", false, 999, 0, 7},
    {{"empty_pipe", "pipe.peek.empty_immediate"}, "", "", true, 100, 0, 0},
};

START_TEST(peek_counts)
{
    const struct peek_row *row = &peeks[_i];
    struct pipe_ends pipe = pipe_create();
    if (*row->first)
        pipe_put(pipe.write, row->first);
    if (*row->second)
        pipe_put(pipe.write, row->second);
    char bytes[100];
    DWORD copied = 99, available = 99;

    BOOL peeked = PeekNamedPipe(pipe.read, row->buffer ? bytes : NULL, row->size,
                                row->buffer ? &copied : NULL, &available, NULL);

    expect_succeeded(peeked);
    expect_number(available, row->available);
    if (row->buffer) {
        expect_number(copied, row->copied);
        expect_bytes(bytes, "abcdefg", row->copied);
    }
}
END_TEST
COVERS_ROWS(peek_counts, peeks);

START_TEST(stream_has_no_message_to_be_left)
{
    struct pipe_ends pipe = pipe_create();
    pipe_put(pipe.write, "seven..");
    char bytes[3];
    DWORD copied = 99, left = 99;

    BOOL peeked = PeekNamedPipe(pipe.read, bytes, sizeof(bytes), &copied, NULL, &left);

    expect_succeeded(peeked);
    expect_number(copied, 3);
    /* Windows subtracts what it has copied from a message length of 0. */
    expect_true(left == 0 || left == (DWORD)-3);
    record("lpBytesLeftThisMessage after 3 of 7 bytes", "%ld", (long)left);
}
END_TEST
COVERS(stream_has_no_message_to_be_left, "pipe.peek.left_zero");
