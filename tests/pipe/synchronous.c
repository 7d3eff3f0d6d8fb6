/* Anonymous pipes do no overlapped I/O: an OVERLAPPED changes nothing; waits can be cancelled. */
#include "pipe.h"

static DWORD read_with_overlapped(void *read_end)
{
    OVERLAPPED unused = {.Offset = 123, .hEvent = CreateEventW(NULL, TRUE, FALSE, NULL)};
    char bytes[16];
    DWORD count = 99;

    BOOL got = ReadFile(read_end, bytes, sizeof(bytes), &count, &unused);

    expect_succeeded(got);
    expect_number(count, 5);
    expect_bytes(bytes, "bytes", 5);
    return 0;
}

START_TEST(read_with_overlapped_waits)
{
    struct pipe_ends pipe = pipe_create();

    struct thread *reader = thread_start(read_with_overlapped, pipe.read);

    expect_stays_unsignaled(reader->handle);
    pipe_put(pipe.write, "bytes");
    thread_join(reader);
}
END_TEST
COVERS(read_with_overlapped_waits, "pipe.overlapped.param_ignored", "pipe.read.sync_overlapped");

START_TEST(offset_is_ignored)
{
    struct pipe_ends pipe = pipe_create();
    OVERLAPPED one = {.Offset = 1000}, other = {.Offset = 7};
    char bytes[16];
    DWORD count = 99;
    pipe_put(pipe.write, "onetwo");

    BOOL got = ReadFile(pipe.read, bytes, 3, &count, &one);

    expect_succeeded(got);
    expect_bytes(bytes, "one", 3);
    expect_succeeded(ReadFile(pipe.read, bytes, 3, &count, &other));
    expect_bytes(bytes, "two", 3);
}
END_TEST
COVERS(offset_is_ignored, "pipe.read.sync_overlapped");

START_TEST(write_with_overlapped)
{
    struct pipe_ends pipe = pipe_create();
    OVERLAPPED unused = {.Offset = 123};
    DWORD count = 99;

    BOOL written = WriteFile(pipe.write, "bytes", 5, &count, &unused);

    expect_succeeded(written);
    expect_number(count, 5);
    expect_arrives(pipe.read, "bytes");
}
END_TEST
COVERS(write_with_overlapped, "pipe.overlapped.param_ignored");

static bool routine_ran;

static void CALLBACK note(DWORD error, DWORD count, OVERLAPPED *operation)
{
    (void)error;
    (void)count;
    (void)operation;
    routine_ran = true;
}

START_TEST(read_file_ex)
{
    struct pipe_ends pipe = pipe_create();
    static OVERLAPPED operation;
    static char bytes[4];
    pipe_put(pipe.write, "here");

    BOOL started = ReadFileEx(pipe.read, bytes, sizeof(bytes), &operation, note);

    DWORD error = GetLastError();
    char text[80];
    SleepEx(0, TRUE);
    record("ReadFileEx on an anonymous pipe", "%s%s",
           started ? "TRUE" : error_text(error, text, sizeof(text)),
           routine_ran ? ", and the routine ran" : "");
}
END_TEST
COVERS(read_file_ex, "pipe.overlapped.unsupported");

/* ---- CancelSynchronousIo ---- */

static DWORD be_cancelled_reading(void *read_end)
{
    char byte;
    DWORD count = 0;
    expect_failed(ReadFile(read_end, &byte, 1, &count, NULL), ERROR_OPERATION_ABORTED);
    return 0;
}

static DWORD be_cancelled_writing(void *write_end)
{
    static const char bytes[MORE_THAN_A_PIPE_HOLDS];
    DWORD count = 0;
    expect_failed(WriteFile(write_end, bytes, sizeof(bytes), &count, NULL),
                  ERROR_OPERATION_ABORTED);
    return 0;
}

static const struct cancelled {
    struct row row;
    bool reads;
} cancelleds[] = {
    {{"read", NULL}, true},
    {{"write", NULL}, false},
};

START_TEST(cancelled)
{
    struct pipe_ends pipe = pipe_create();
    struct thread *thread = cancelleds[_i].reads ? thread_start(be_cancelled_reading, pipe.read)
                                                 : thread_start(be_cancelled_writing, pipe.write);

    BOOL cancelled = cancel_synchronous(thread);

    expect_succeeded(cancelled);
    thread_join(thread);
}
END_TEST
COVERS_ROWS(cancelled, cancelleds, "pipe.read.cancel_synchronous");

/* ---- Nothing to read or write ---- */

START_TEST(read_of_no_bytes)
{
    struct pipe_ends pipe = pipe_create();
    char byte;
    DWORD count = 99;
    pipe_put(pipe.write, "there");

    BOOL got = ReadFile(pipe.read, &byte, 0, &count, NULL);

    record("ReadFile of 0 bytes", "%s, %lu bytes", got ? "TRUE" : "FALSE", count);
    expect_arrives(pipe.read, "there");
}
END_TEST
COVERS(read_of_no_bytes, "pipe.read.zero_request");

START_TEST(write_of_no_bytes)
{
    struct pipe_ends pipe = pipe_create();
    DWORD count = 99, available = 99;

    BOOL written = WriteFile(pipe.write, "", 0, &count, NULL);

    record("WriteFile of 0 bytes", "%s, %lu bytes", written ? "TRUE" : "FALSE", count);
    require(PeekNamedPipe(pipe.read, NULL, 0, NULL, &available, NULL));
    expect_number(available, 0);
}
END_TEST
COVERS(write_of_no_bytes, "pipe.write.zero_bytes");
