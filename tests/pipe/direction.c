/* ReadFile, WriteFile and PeekNamedPipe at the end of an anonymous pipe that is not for them. */
#include "pipe.h"

START_TEST(write_end_cannot_be_read)
{
    struct pipe_ends pipe = pipe_create();
    pipe_put(pipe.write, "for the reader");
    char bytes[100];
    DWORD count = 99;

    BOOL got = ReadFile(pipe.write, bytes, sizeof(bytes), &count, NULL);

    expect_failed(got, ERROR_ACCESS_DENIED);
    expect_arrives(pipe.read, "for the reader");
}
END_TEST
COVERS(write_end_cannot_be_read, "pipe.read.needs_read_access", "pipe.access.write_end_writeonly");

START_TEST(read_end_cannot_be_written)
{
    struct pipe_ends pipe = pipe_create();
    DWORD count = 99;

    BOOL written = WriteFile(pipe.read, "upstream", 8, &count, NULL);

    expect_failed(written, ERROR_ACCESS_DENIED);
    expect_written(pipe.write, "downstream");
    expect_arrives(pipe.read, "downstream");
}
END_TEST
COVERS(read_end_cannot_be_written, "pipe.write.needs_write_access", "pipe.oneway");

START_TEST(write_end_cannot_be_peeked)
{
    struct pipe_ends pipe = pipe_create();
    pipe_put(pipe.write, "for the reader");
    char bytes[100];
    DWORD copied = 99;

    BOOL peeked = PeekNamedPipe(pipe.write, bytes, sizeof(bytes), &copied, NULL, NULL);

    expect_failed(peeked, ERROR_ACCESS_DENIED);
    expect_succeeded(PeekNamedPipe(pipe.read, bytes, sizeof(bytes), &copied, NULL, NULL));
    expect_bytes(bytes, "for the reader", 14);
}
END_TEST
COVERS(write_end_cannot_be_peeked, "pipe.peek.needs_read_access");
