/* Messages of more bytes than 16 bits count: each is one message, for every function that counts
 * bytes. */
#include "npipe.h"

enum { QUOTA = 0x40000, LONGEST = 0x20001 };

static uint8_t sent[LONGEST], got_bytes[LONGEST + 16];

static const struct length {
    struct row row;
    DWORD size;
} lengths[] = {
    {{"of_64k_less_1", NULL}, 0xFFFF},
    {{"of_64k", NULL}, 0x10000},
    {{"of_64k_and_1", NULL}, 0x10001},
    {{"of_128k_and_1", NULL}, LONGEST},
};

/* A pipe whose buffers hold them, so that no write waits. FLAGS as in connect_duplex. */
static struct connection connect_wide(DWORD flags)
{
    struct connection pipe = {.name = unique_pipe()};
    pipe.server =
        CreateNamedPipeW(pipe.name, PIPE_ACCESS_DUPLEX | flags, MESSAGES, 1, QUOTA, QUOTA, 0, NULL);
    require(pipe.server != INVALID_HANDLE_VALUE);
    pipe.client = open_client(pipe.name, READ_WRITE, flags);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    pattern_fill(sent, sizeof(sent), 0);
    return pipe;
}

/* Writes SIZE bytes, which there is room for, and counts none. */
static void write_uncounted(HANDLE end, DWORD size)
{
    static OVERLAPPED writing;
    writing = overlapped_with_event();
    BOOL wrote = WriteFile(end, sent, size, NULL, &writing);
    require(wrote || GetLastError() == ERROR_IO_PENDING);
    expect_signaled(writing.hEvent);
}

START_TEST(read_at_once)
{
    struct connection pipe = connect_wide(0);
    DWORD size = lengths[_i].size, got = 0;
    put(pipe.server, sent, size);
    put(pipe.server, "next", 4);

    BOOL read = ReadFile(pipe.client, got_bytes, sizeof(got_bytes), &got, NULL);

    expect_succeeded(read);
    expect_number(got, size);
    expect_pattern(got_bytes, size, 0);
    expect_read(pipe.client, "next", 4);
}
END_TEST
COVERS_ROWS(read_at_once, lengths, "npipe.long_message.whole");

START_TEST(written_at_once)
{
    struct connection pipe = connect_wide(0);
    DWORD size = lengths[_i].size, written = 0, available = 0, left = 0;

    BOOL wrote = WriteFile(pipe.client, sent, size, &written, NULL);

    expect_succeeded(wrote);
    expect_number(written, size);
    put(pipe.client, "next", 4);
    expect_succeeded(PeekNamedPipe(pipe.server, NULL, 0, NULL, &available, &left));
    expect_number(available, size + 4);
    expect_number(left, size);
}
END_TEST
COVERS_ROWS(written_at_once, lengths, "npipe.long_message.written", "npipe.long_message.peeked");

START_TEST(rest_behind_a_byte)
{
    struct connection pipe = connect_wide(0);
    DWORD size = lengths[_i].size, got = 0, left = 0;
    char first;
    put(pipe.client, sent, size);
    BOOL part = ReadFile(pipe.server, &first, 1, &got, NULL);
    expect_failed(part, ERROR_MORE_DATA);
    expect_succeeded(PeekNamedPipe(pipe.server, NULL, 0, NULL, NULL, &left));
    expect_number(left, size - 1);

    BOOL read = ReadFile(pipe.server, got_bytes, sizeof(got_bytes), &got, NULL);

    expect_succeeded(read);
    expect_number(got, size - 1);
    expect_pattern(got_bytes, size - 1, 1);
}
END_TEST
COVERS_ROWS(rest_behind_a_byte, lengths, "npipe.long_message.rest");

START_TEST(result_of_a_pending_read)
{
    struct connection pipe = connect_wide(FILE_FLAG_OVERLAPPED);
    static OVERLAPPED reading;
    reading = overlapped_with_event();
    DWORD size = lengths[_i].size, got = 0;
    start_read(pipe.server, got_bytes, sizeof(got_bytes), &reading);

    write_uncounted(pipe.client, size);

    expect_signaled(reading.hEvent);
    expect_succeeded(GetOverlappedResult(pipe.server, &reading, &got, FALSE));
    expect_number(got, size);
    expect_pattern(got_bytes, size, 0);
}
END_TEST
COVERS_ROWS(result_of_a_pending_read, lengths, "npipe.long_message.result");

START_TEST(packet_of_a_read)
{
    struct connection pipe = connect_wide(FILE_FLAG_OVERLAPPED);
    static OVERLAPPED reading;
    reading = (OVERLAPPED){0};
    HANDLE port = CreateIoCompletionPort(pipe.server, NULL, 7, 0);
    require(port != NULL);
    DWORD size = lengths[_i].size, count = 0;
    ULONG_PTR key = 0;
    OVERLAPPED *ended = NULL;
    start_read(pipe.server, got_bytes, sizeof(got_bytes), &reading);
    write_uncounted(pipe.client, size);

    BOOL got = GetQueuedCompletionStatus(port, &count, &key, &ended, step_limit());

    expect_succeeded(got);
    expect_number(count, size);
    expect_number(key, 7);
    expect_true(ended == &reading);
}
END_TEST
COVERS_ROWS(packet_of_a_read, lengths, "npipe.long_message.packet");

START_TEST(sizes_of_the_buffers)
{
    DWORD flags = 0, out = 0, in = 0;
    HANDLE server =
        CreateNamedPipeW(unique_pipe(), PIPE_ACCESS_DUPLEX, MESSAGES, 1, 0x21000, 0x13000, 0, NULL);
    require(server != INVALID_HANDLE_VALUE);

    BOOL told = GetNamedPipeInfo(server, &flags, &out, &in, NULL);

    expect_succeeded(told);
    expect_number(out, 0x21000);
    expect_number(in, 0x13000);
}
END_TEST
COVERS(sizes_of_the_buffers, "npipe.long_message.buffer_sizes");
