/* The buffers of a pipe: what a write of so many bytes does while others are unread. */
#include "npipe.h"

enum { ROOM_OUT = 5000, ROOM_IN = 6000, MUCH = 2 * ROOM_IN };

/* Both ends overlapped; the server's writes have ROOM_OUT bytes of room, the client's ROOM_IN. */
static struct connection pipe_with(DWORD pipe_mode, DWORD out, DWORD in)
{
    struct connection pipe = {.name = unique_pipe()};
    pipe.server = CreateNamedPipeW(pipe.name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, pipe_mode,
                                   1, out, in, 0, NULL);
    require(pipe.server != INVALID_HANDLE_VALUE);
    pipe.client = open_client(pipe.name, READ_WRITE, FILE_FLAG_OVERLAPPED);
    return pipe;
}

static uint8_t bytes[MUCH];

/* A write that the pipe has no room for. */
static void start_write(HANDLE end, DWORD size, OVERLAPPED *writing)
{
    *writing = overlapped_with_event();
    BOOL wrote = WriteFile(end, bytes, size, NULL, writing);
    expect_failed(wrote, ERROR_IO_PENDING);
    expect_not_signaled(writing->hEvent);
}

static void expect_completed(HANDLE end, OVERLAPPED *operation, DWORD count)
{
    DWORD moved = 99;
    expect_signaled(operation->hEvent);
    expect_succeeded(GetOverlappedResult(end, operation, &moved, FALSE));
    expect_number(moved, count);
}

static void take(HANDLE end, DWORD size)
{
    static uint8_t taken[MUCH];
    OVERLAPPED reading = overlapped_with_event();
    DWORD got = 0;
    BOOL started = ReadFile(end, taken, size, NULL, &reading);
    BOOL read = finish(started, end, &reading, &got);
    expect_succeeded(read);
    expect_number(got, size);
}

static DWORD available_in(HANDLE end)
{
    DWORD available = 99;
    expect_succeeded(PeekNamedPipe(end, NULL, 0, NULL, &available, NULL));
    return available;
}

static const struct direction {
    struct row row;
    DWORD type;
    bool by_server;
} directions[] = {
    {{"bytes_of_the_server", NULL}, PIPE_TYPE_BYTE, true},
    {{"bytes_of_the_client", NULL}, PIPE_TYPE_BYTE, false},
    {{"messages_of_the_server", NULL}, PIPE_TYPE_MESSAGE, true},
    {{"messages_of_the_client", NULL}, PIPE_TYPE_MESSAGE, false},
};

struct ends {
    HANDLE writer, reader;
    DWORD room;
};

static struct ends ends_of(const struct direction *row)
{
    struct connection pipe = pipe_with(row->type, ROOM_OUT, ROOM_IN);
    return row->by_server ? (struct ends){pipe.server, pipe.client, ROOM_OUT}
                          : (struct ends){pipe.client, pipe.server, ROOM_IN};
}

START_TEST(write_that_just_fits)
{
    struct ends pipe = ends_of(&directions[_i]);
    OVERLAPPED writing = overlapped_with_event();
    DWORD written = 99;

    BOOL wrote = WriteFile(pipe.writer, bytes, pipe.room, &written, &writing);

    expect_succeeded(wrote);
    expect_number(written, pipe.room);
    expect_number(available_in(pipe.reader), pipe.room);
}
END_TEST
COVERS_ROWS(write_that_just_fits, directions, "npipe.quota.just_fits");

START_TEST(write_of_a_byte_too_much)
{
    struct ends pipe = ends_of(&directions[_i]);
    OVERLAPPED writing;

    start_write(pipe.writer, pipe.room + 1, &writing);

    expect_number(available_in(pipe.reader), pipe.room + 1);
    take(pipe.reader, pipe.room + 1);
    expect_completed(pipe.writer, &writing, pipe.room + 1);
}
END_TEST
COVERS_ROWS(write_of_a_byte_too_much, directions, "npipe.quota.byte_too_much",
            "npipe.quota.pending_is_available");

START_TEST(byte_too_much_behind_unread_ones)
{
    struct ends pipe = ends_of(&directions[_i]);
    OVERLAPPED writing;
    put(pipe.writer, bytes, pipe.room - 1000);

    start_write(pipe.writer, 1001, &writing);

    take(pipe.reader, 1);
    expect_completed(pipe.writer, &writing, 1001);
    expect_number(available_in(pipe.reader), pipe.room);
}
END_TEST
COVERS_ROWS(byte_too_much_behind_unread_ones, directions, "npipe.quota.unread_count",
            "npipe.quota.ends_when_rest_fits");

START_TEST(long_write_ends_when_its_rest_fits)
{
    struct ends pipe = ends_of(&directions[_i]);
    OVERLAPPED writing;
    start_write(pipe.writer, pipe.room + 2000, &writing);

    take(pipe.reader, 1999);
    expect_not_signaled(writing.hEvent);
    take(pipe.reader, 1);

    expect_completed(pipe.writer, &writing, pipe.room + 2000);
    expect_number(available_in(pipe.reader), pipe.room);
}
END_TEST
COVERS_ROWS(long_write_ends_when_its_rest_fits, directions, "npipe.quota.ends_when_rest_fits");

START_TEST(small_write_waits_behind_a_long_one)
{
    struct ends pipe = ends_of(&directions[_i]);
    OVERLAPPED longer, shorter;
    start_write(pipe.writer, pipe.room + 1, &longer);

    start_write(pipe.writer, 1, &shorter);

    take(pipe.reader, 1);
    expect_completed(pipe.writer, &longer, pipe.room + 1);
    expect_not_signaled(shorter.hEvent);
    take(pipe.reader, 1);
    expect_completed(pipe.writer, &shorter, 1);
}
END_TEST
COVERS_ROWS(small_write_waits_behind_a_long_one, directions, "npipe.quota.waits_its_turn");

START_TEST(write_of_no_bytes_behind_a_long_one)
{
    struct ends pipe = ends_of(&directions[_i]);
    OVERLAPPED longer, writing = overlapped_with_event();
    DWORD written = 99;
    start_write(pipe.writer, pipe.room + 1, &longer);

    BOOL wrote = WriteFile(pipe.writer, bytes, 0, &written, &writing);

    expect_succeeded(wrote);
    expect_number(written, 0);
    expect_not_signaled(longer.hEvent);
}
END_TEST
COVERS_ROWS(write_of_no_bytes_behind_a_long_one, directions, "npipe.quota.no_bytes_no_waiting");

START_TEST(full_direction_leaves_the_other_free)
{
    struct ends pipe = ends_of(&directions[_i]);
    OVERLAPPED writing;
    start_write(pipe.writer, pipe.room + 1, &writing);

    expect_bytes_flow(pipe.reader, pipe.writer);

    expect_not_signaled(writing.hEvent);
}
END_TEST
COVERS_ROWS(full_direction_leaves_the_other_free, directions, "npipe.quota.of_each_direction");

START_TEST(cancelled_write_leaves_nothing)
{
    struct ends pipe = ends_of(&directions[_i]);
    OVERLAPPED longer, shorter;
    start_write(pipe.writer, pipe.room + 2000, &longer);
    start_write(pipe.writer, 1, &shorter);
    take(pipe.reader, 10);

    BOOL cancelled = CancelIoEx(pipe.writer, &longer);

    expect_succeeded(cancelled);
    expect_signaled(longer.hEvent);
    BOOL ended = GetOverlappedResult(pipe.writer, &longer, &(DWORD){0}, FALSE);
    expect_failed(ended, ERROR_OPERATION_ABORTED);
    expect_completed(pipe.writer, &shorter, 1);
    expect_number(available_in(pipe.reader), 1);
}
END_TEST
COVERS_ROWS(cancelled_write_leaves_nothing, directions, "npipe.quota.cancelled_leaves_nothing");

START_TEST(pending_read_takes_its_share)
{
    struct ends pipe = ends_of(&directions[_i]);
    OVERLAPPED reading = overlapped_with_event(), writing = overlapped_with_event();
    static uint8_t taken[1000];
    DWORD written = 99;
    start_read(pipe.reader, taken, sizeof(taken), &reading);

    BOOL wrote = WriteFile(pipe.writer, bytes, pipe.room + sizeof(taken), &written, &writing);

    expect_succeeded(wrote);
    expect_number(written, pipe.room + sizeof(taken));
    expect_completed(pipe.reader, &reading, sizeof(taken));
    expect_number(available_in(pipe.reader), pipe.room);
}
END_TEST
COVERS_ROWS(pending_read_takes_its_share, directions, "npipe.quota.pending_read_takes_its_share");

/* ---- No buffer at all */

START_TEST(write_without_a_buffer)
{
    bool by_server = directions[_i].by_server;
    struct connection pipe = pipe_with(directions[_i].type, 0, 0);
    HANDLE writer = by_server ? pipe.server : pipe.client;
    HANDLE reader = by_server ? pipe.client : pipe.server;
    DWORD out = 99, in = 99;
    OVERLAPPED writing;

    start_write(writer, 5, &writing);

    expect_number(available_in(reader), 5);
    take(reader, 5);
    expect_completed(writer, &writing, 5);
    expect_succeeded(GetNamedPipeInfo(pipe.server, NULL, &out, &in, NULL));
    expect_number(out, 0);
    expect_number(in, 0);
}
END_TEST
COVERS_ROWS(write_without_a_buffer, directions, "npipe.quota.none", "npipe.quota.none_is_told");

/* ---- Nonblocking mode */

static const struct nonblocking {
    struct row row;
    DWORD type, reads, writes, written;
} nonblockings[] = {
    {{"bytes_that_fit", "npipe.quota.nowait_fits"}, PIPE_TYPE_BYTE, 0, ROOM_OUT, ROOM_OUT},
    {{"message_that_fits", "npipe.quota.nowait_fits"}, PIPE_TYPE_MESSAGE, 0, ROOM_OUT, ROOM_OUT},
    {{"message_too_long", "npipe.quota.nowait_message_too_long"},
     PIPE_TYPE_MESSAGE,
     0,
     ROOM_OUT + 1,
     0},
    {{"bytes_for_a_read", "npipe.quota.nowait_read_takes_its_share"},
     PIPE_TYPE_BYTE,
     1,
     ROOM_OUT + 1,
     ROOM_OUT + 1},
    {{"message_for_a_read", "npipe.quota.nowait_read_takes_its_share"},
     PIPE_TYPE_MESSAGE,
     1,
     ROOM_OUT + 1,
     ROOM_OUT + 1},
    {{"bytes_for_a_large_read", "npipe.quota.nowait_read_takes_its_share"},
     PIPE_TYPE_BYTE,
     MUCH,
     ROOM_OUT + 1,
     ROOM_OUT + 1},
};

START_TEST(nonblocking_write_of)
{
    const struct nonblocking *row = &nonblockings[_i];
    struct connection pipe = pipe_with(row->type | PIPE_NOWAIT, ROOM_OUT, ROOM_IN);
    OVERLAPPED reading = overlapped_with_event(), writing = overlapped_with_event();
    static uint8_t taken[MUCH];
    DWORD written = 99;
    if (row->reads)
        start_read(pipe.client, taken, row->reads, &reading);

    BOOL wrote = WriteFile(pipe.server, bytes, row->writes, &written, &writing);

    expect_succeeded(wrote);
    expect_number(written, row->written);
    DWORD read = min(row->reads, row->written);
    if (row->reads)
        expect_completed(pipe.client, &reading, read);
    expect_number(available_in(pipe.client), row->written - read);
}
END_TEST
COVERS_ROWS(nonblocking_write_of, nonblockings);

static void expect_message(HANDLE end, DWORD size)
{
    static uint8_t taken[MUCH];
    OVERLAPPED reading = overlapped_with_event();
    DWORD got = 0;
    BOOL started = ReadFile(end, taken, sizeof(taken), NULL, &reading);
    BOOL read = finish(started, end, &reading, &got);
    expect_succeeded(read);
    expect_number(got, size);
}

static const struct direction writers[] = {
    {{"of_the_server", NULL}, PIPE_TYPE_MESSAGE, true},
    {{"of_the_client", NULL}, PIPE_TYPE_MESSAGE, false},
};

START_TEST(pending_messages_stay_apart)
{
    struct ends pipe = ends_of(&writers[_i]);
    DWORD mode = PIPE_READMODE_MESSAGE;
    require(SetNamedPipeHandleState(pipe.reader, &mode, NULL, NULL));
    OVERLAPPED first, second;
    put(pipe.writer, bytes, pipe.room - 100);
    start_write(pipe.writer, 200, &first);
    start_write(pipe.writer, 300, &second);

    expect_message(pipe.reader, pipe.room - 100);

    expect_message(pipe.reader, 200);
    expect_message(pipe.reader, 300);
    expect_completed(pipe.writer, &first, 200);
    expect_completed(pipe.writer, &second, 300);
}
END_TEST
COVERS_ROWS(pending_messages_stay_apart, writers, "npipe.quota.pending_messages");
