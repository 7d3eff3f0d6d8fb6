/* Messages that are read in parts, one after another: at either end, and with every way to learn of
 * the end of a read. */
#include "npipe.h"

static const struct sequence {
    struct row row;
    bool by_client;
    DWORD messages[6]; /* lengths; the rest are NONE */
    struct {
        DWORD asked, got;
        bool more; /* of this message is left */
    } reads[8];
} sequences[] = {
#define AT_EITHER_END(label, covers, ...)                 \
    {{label "_by_server", covers}, false, ##__VA_ARGS__}, \
    {                                                     \
        {label "_by_client", covers}, true, ##__VA_ARGS__ \
    }
#define LENGTHS(...) \
    {                \
        __VA_ARGS__  \
    }
    AT_EITHER_END("third_part", "npipe.read.third_part", LENGTHS(11, NONE),
                  LENGTHS({3, 3, true}, {3, 3, true}, {3, 3, true}, {32, 2, false})),
    AT_EITHER_END("part_of_the_second", "npipe.read.second_message_in_parts", LENGTHS(5, 10, NONE),
                  LENGTHS({32, 5, false}, {4, 4, true}, {32, 6, false})),
    AT_EITHER_END("one_byte_short", "npipe.read.one_byte_short", LENGTHS(10, 3, NONE),
                  LENGTHS({9, 9, true}, {32, 1, false}, {32, 3, false})),
    AT_EITHER_END("rest_that_fits", "npipe.read.fitting_rest", LENGTHS(10, 3, NONE),
                  LENGTHS({4, 4, true}, {6, 6, false}, {32, 3, false})),
    AT_EITHER_END("empty_in_the_middle", "npipe.read.empty_in_the_middle", LENGTHS(5, 0, 3, NONE),
                  LENGTHS({32, 5, false}, {32, 0, false}, {32, 3, false})),
    AT_EITHER_END("empty_after_a_part", "npipe.read.empty_in_the_middle", LENGTHS(6, 0, 2, NONE),
                  LENGTHS({4, 4, true}, {32, 2, false}, {32, 0, false}, {32, 2, false})),
    AT_EITHER_END("two_empty", "npipe.read.two_empty", LENGTHS(0, 0, 3, NONE),
                  LENGTHS({32, 0, false}, {32, 0, false}, {32, 3, false})),
};

struct reader {
    HANDLE end;
    BOOL (*read)(struct reader *, void *bytes, DWORD size, DWORD *got);
    HANDLE port;
};

/* The messages of a sequence have been written, each after the other. */
static struct reader messages_for(const struct sequence *row, DWORD flags)
{
    struct connection pipe = connect_duplex(MESSAGES, flags);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    uint8_t bytes[32];
    for (uint64_t i = 0, offset = 0; row->messages[i] != NONE; offset += row->messages[i++]) {
        pattern_fill(bytes, row->messages[i], offset);
        put(row->by_client ? pipe.server : pipe.client, bytes, row->messages[i]);
    }
    return (struct reader){.end = row->by_client ? pipe.client : pipe.server};
}

static void expect_sequence(const struct sequence *row, struct reader *reader)
{
    uint64_t offset = 0;
    for (size_t i = 0; row->reads[i].asked; i++) {
        uint8_t bytes[32];
        DWORD got = 99;

        BOOL read = reader->read(reader, bytes, row->reads[i].asked, &got);

        if (row->reads[i].more)
            expect_failed(read, ERROR_MORE_DATA);
        else
            expect_succeeded(read);
        expect_number(got, row->reads[i].got);
        expect_pattern(bytes, got, offset);
        offset += got;
    }
    DWORD available = 99;
    expect_succeeded(PeekNamedPipe(reader->end, NULL, 0, NULL, &available, NULL));
    expect_number(available, 0);
}

static BOOL read_at_once(struct reader *reader, void *bytes, DWORD size, DWORD *got)
{
    return ReadFile(reader->end, bytes, size, got, NULL);
}

START_TEST(synchronous_reads)
{
    struct reader reader = messages_for(&sequences[_i], 0);
    reader.read = read_at_once;

    expect_sequence(&sequences[_i], &reader);
}
END_TEST
COVERS_ROWS(synchronous_reads, sequences);

static bool has_begun(BOOL started)
{
    return started || GetLastError() == ERROR_IO_PENDING || GetLastError() == ERROR_MORE_DATA;
}

static BOOL read_with_event(struct reader *reader, void *bytes, DWORD size, DWORD *got)
{
    OVERLAPPED reading = overlapped_with_event();
    expect_true(has_begun(ReadFile(reader->end, bytes, size, NULL, &reading)));
    expect_signaled(reading.hEvent);
    return GetOverlappedResult(reader->end, &reading, got, FALSE);
}

START_TEST(reads_with_an_event)
{
    struct reader reader = messages_for(&sequences[_i], FILE_FLAG_OVERLAPPED);
    reader.read = read_with_event;

    expect_sequence(&sequences[_i], &reader);
}
END_TEST
COVERS_ROWS(reads_with_an_event, sequences, "npipe.read.parts_with_event");

static BOOL read_with_port(struct reader *reader, void *bytes, DWORD size, DWORD *got)
{
    OVERLAPPED reading = {.hEvent = NULL}, *ended = NULL;
    ULONG_PTR key = 0;
    expect_true(has_begun(ReadFile(reader->end, bytes, size, NULL, &reading)));
    SetLastError(LAST_ERROR_UNSET);
    BOOL success = GetQueuedCompletionStatus(reader->port, got, &key, &ended, step_limit());
    DWORD error = GetLastError();
    expect_pointer(ended, &reading);
    expect_number(key, 1);
    SetLastError(error);
    return success;
}

START_TEST(reads_with_a_port)
{
    struct reader reader = messages_for(&sequences[_i], FILE_FLAG_OVERLAPPED);
    reader.read = read_with_port;
    reader.port = CreateIoCompletionPort(reader.end, NULL, 1, 0);
    require(reader.port != NULL);

    expect_sequence(&sequences[_i], &reader);
}
END_TEST
COVERS_ROWS(reads_with_a_port, sequences, "npipe.read.parts_with_port");

/* ---- One message for two reads, and a message that no buffer holds ---- */

static const struct reading_end {
    struct row row;
    bool client;
} reading_ends[] = {
    {{"of_the_server", NULL}, false},
    {{"of_the_client", NULL}, true},
};

START_TEST(message_ends_two_pending_reads)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    HANDLE reader = reading_ends[_i].client ? pipe.client : pipe.server;
    OVERLAPPED first = overlapped_with_event(), second = overlapped_with_event();
    char part[4], rest[32];
    DWORD got = 99;
    start_read(reader, part, sizeof(part), &first);
    start_read(reader, rest, sizeof(rest), &second);

    put(reading_ends[_i].client ? pipe.server : pipe.client, "0123456789", 10);

    expect_signaled(first.hEvent);
    expect_failed(GetOverlappedResult(reader, &first, &got, FALSE), ERROR_MORE_DATA);
    expect_number(got, 4);
    expect_bytes(part, "0123", 4);
    expect_signaled(second.hEvent);
    expect_succeeded(GetOverlappedResult(reader, &second, &got, FALSE));
    expect_number(got, 6);
    expect_bytes(rest, "456789", 6);
}
END_TEST
COVERS_ROWS(message_ends_two_pending_reads, reading_ends, "npipe.read.message_ends_two_reads");

START_TEST(message_longer_than_the_buffer)
{
    enum { LONG = 3 * PIPE_BUFFER };
    static uint8_t sent[LONG], part[PIPE_BUFFER];
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    struct reader reader = {.end = reading_ends[_i].client ? pipe.client : pipe.server};
    HANDLE writer = reading_ends[_i].client ? pipe.server : pipe.client;
    OVERLAPPED writing = overlapped_with_event();
    pattern_fill(sent, LONG, 0);
    DWORD got = 99, written = 99;

    BOOL wrote = WriteFile(writer, sent, LONG, NULL, &writing);

    expect_failed(wrote, ERROR_IO_PENDING);
    for (DWORD total = 0; total < LONG; total += got) {
        BOOL read = read_with_event(&reader, part, sizeof(part), &got);
        if (total + PIPE_BUFFER < LONG)
            expect_failed(read, ERROR_MORE_DATA);
        else
            expect_succeeded(read);
        expect_number(got, PIPE_BUFFER);
        expect_pattern(part, got, total);
    }
    expect_signaled(writing.hEvent);
    expect_succeeded(GetOverlappedResult(writer, &writing, &written, FALSE));
    expect_number(written, LONG);
}
END_TEST
COVERS_ROWS(message_longer_than_the_buffer, reading_ends, "npipe.read.message_above_quota");
