/* Nonblocking mode, at either end and with either kind of handle: what there is to be read, in
 * parts and to the end of the pipe, and how much is written. */
#include "npipe.h"

/* An end in nonblocking mode, the other in blocking mode; FLAGS: FILE_FLAG_OVERLAPPED or 0. */
static struct connection nonblocking(bool client, DWORD pipe_mode, DWORD flags)
{
    struct connection pipe = connect_duplex(pipe_mode | (client ? 0 : PIPE_NOWAIT), flags);
    set_mode(pipe.client, (pipe_mode & PIPE_READMODE_MESSAGE) | (client ? PIPE_NOWAIT : 0));
    return pipe;
}

static const struct reading {
    struct row row;
    DWORD pipe_mode;
    DWORD messages[4]; /* lengths; the rest are NONE */
    bool left;         /* by the writer, before they are read */
    struct {
        DWORD asked, got, error;
    } reads[5];
} readings[] = {
    {{"nothing", "npipe.nonblocking.empty"}, MESSAGES, {NONE}, false, {{32, 0, ERROR_NO_DATA}}},
    {{"no_bytes", "npipe.nonblocking.empty"},
     PIPE_TYPE_BYTE,
     {NONE},
     false,
     {{32, 0, ERROR_NO_DATA}}},
    {{"messages", "npipe.nonblocking.messages"},
     MESSAGES,
     {10, 3, NONE},
     false,
     {{32, 10, 0}, {32, 3, 0}, {32, 0, ERROR_NO_DATA}}},
    {{"parts", "npipe.nonblocking.parts"},
     MESSAGES,
     {10, 3, NONE},
     false,
     {{4, 4, ERROR_MORE_DATA},
      {4, 4, ERROR_MORE_DATA},
      {32, 2, 0},
      {32, 3, 0},
      {32, 0, ERROR_NO_DATA}}},
    {{"empty_message", "npipe.nonblocking.empty_message"},
     MESSAGES,
     {0, 3, NONE},
     false,
     {{32, 0, 0}, {32, 3, 0}, {32, 0, ERROR_NO_DATA}}},
    {{"bytes", "npipe.nonblocking.bytes"},
     PIPE_TYPE_BYTE,
     {10, 3, NONE},
     false,
     {{4, 4, 0}, {32, 9, 0}, {32, 0, ERROR_NO_DATA}}},
    {{"messages_as_bytes", "npipe.nonblocking.bytes"},
     PIPE_TYPE_MESSAGE,
     {10, 3, NONE},
     false,
     {{4, 4, 0}, {32, 9, 0}, {32, 0, ERROR_NO_DATA}}},
    {{"nothing_at_the_end", "npipe.nonblocking.end"},
     MESSAGES,
     {NONE},
     true,
     {{32, 0, ERROR_BROKEN_PIPE}, {32, 0, ERROR_BROKEN_PIPE}}},
    {{"parts_before_the_end", "npipe.nonblocking.end"},
     MESSAGES,
     {10, NONE},
     true,
     {{4, 4, ERROR_MORE_DATA}, {32, 6, 0}, {32, 0, ERROR_BROKEN_PIPE}}},
    {{"bytes_before_the_end", "npipe.nonblocking.end"},
     PIPE_TYPE_BYTE,
     {10, NONE},
     true,
     {{4, 4, 0}, {32, 6, 0}, {32, 0, ERROR_BROKEN_PIPE}}},
};

static void expect_reads(const struct reading *row, bool client)
{
    struct connection pipe = nonblocking(client, row->pipe_mode, 0);
    HANDLE reader = client ? pipe.client : pipe.server;
    HANDLE *writer = client ? &pipe.server : &pipe.client;
    uint64_t offset = 0;
    uint8_t bytes[32];
    for (int i = 0; row->messages[i] != NONE; offset += row->messages[i++]) {
        pattern_fill(bytes, row->messages[i], offset);
        put(*writer, bytes, row->messages[i]);
    }
    if (row->left)
        close_handle(writer);
    offset = 0;
    for (int i = 0; i < 5 && row->reads[i].asked; i++) {
        DWORD got = 99;

        BOOL read = ReadFile(reader, bytes, row->reads[i].asked, &got, NULL);

        if (row->reads[i].error)
            expect_failed(read, row->reads[i].error);
        else
            expect_succeeded(read);
        expect_number(got, row->reads[i].got);
        expect_pattern(bytes, row->reads[i].got, offset);
        offset += row->reads[i].got;
    }
}

START_TEST(server_reads)
{
    expect_reads(&readings[_i], false);
}
END_TEST
COVERS_ROWS(server_reads, readings);

START_TEST(client_reads)
{
    expect_reads(&readings[_i], true);
}
END_TEST
COVERS_ROWS(client_reads, readings);

/* ---- Overlapped handles: nonblocking mode does not wait for data there either */

static const struct end {
    struct row row;
    bool client;
} ends[] = {
    {{"of_server", NULL}, false},
    {{"of_client", NULL}, true},
};

START_TEST(overlapped_read)
{
    struct connection pipe = nonblocking(ends[_i].client, MESSAGES, FILE_FLAG_OVERLAPPED);
    HANDLE reader = ends[_i].client ? pipe.client : pipe.server;
    OVERLAPPED reading = overlapped_with_event();
    char bytes[8];
    DWORD got = 99;

    BOOL read = ReadFile(reader, bytes, sizeof(bytes), &got, &reading);

    expect_failed(read, ERROR_NO_DATA);
    put(ends[_i].client ? pipe.server : pipe.client, "there", 5);
    expect_succeeded(ReadFile(reader, bytes, sizeof(bytes), &got, &reading));
    expect_number(got, 5);
    expect_bytes(bytes, "there", 5);
}
END_TEST
COVERS_ROWS(overlapped_read, ends, "npipe.nonblocking.overlapped");

/* ---- Set in the middle, and set back */

START_TEST(mode_set_between_parts)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);
    HANDLE reader = ends[_i].client ? pipe.client : pipe.server;
    HANDLE writer = ends[_i].client ? pipe.server : pipe.client;
    char bytes[32];
    DWORD got = 99;
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    put(writer, "0123456789", 10);
    BOOL part = ReadFile(reader, bytes, 4, &got, NULL);
    require(!part && GetLastError() == ERROR_MORE_DATA);
    DWORD mode = PIPE_READMODE_MESSAGE | PIPE_NOWAIT;

    BOOL set = SetNamedPipeHandleState(reader, &mode, NULL, NULL);

    expect_succeeded(set);
    expect_read(reader, "456789", 6);
    expect_failed(ReadFile(reader, bytes, 4, &got, NULL), ERROR_NO_DATA);
    put(writer, "next", 4);
    expect_read(reader, "next", 4);
}
END_TEST
COVERS_ROWS(mode_set_between_parts, ends, "npipe.nonblocking.set_between_parts");

/* A read that was begun before goes on waiting. */
START_TEST(mode_set_beside_a_pending_read)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE reader = ends[_i].client ? pipe.client : pipe.server;
    OVERLAPPED reading = overlapped_with_event();
    DWORD mode = PIPE_NOWAIT, got = 99;
    char byte = 0;
    start_read(reader, &byte, 1, &reading);

    BOOL set = SetNamedPipeHandleState(reader, &mode, NULL, NULL);

    expect_succeeded(set);
    record("a read that is pending when its end is made nonblocking", "%s",
           settles(reading.hEvent) ? "ends" : "goes on");
    if (WaitForSingleObject(reading.hEvent, 0) != WAIT_OBJECT_0) {
        put(ends[_i].client ? pipe.server : pipe.client, "x", 1);
        expect_signaled(reading.hEvent);
        expect_succeeded(GetOverlappedResult(reader, &reading, &got, FALSE));
        expect_bytes(&byte, "x", 1);
    }
}
END_TEST
COVERS_ROWS(mode_set_beside_a_pending_read, ends, "npipe.nonblocking.pending_read");

/* ---- Writes */

static const struct end writings[] = {
    {{"messages_of_server", NULL}, false},
    {{"messages_of_client", NULL}, true},
};

static uint8_t bytes[PIPE_BUFFER];

/* Writes at once, and tells how many bytes were written. */
static DWORD write_at_once(HANDLE end, DWORD size)
{
    DWORD written = 99;
    expect_succeeded(WriteFile(end, bytes, size, &written, NULL));
    return written;
}

START_TEST(message_behind_unread_ones)
{
    struct connection pipe = nonblocking(writings[_i].client, PIPE_TYPE_MESSAGE, 0);
    HANDLE writer = writings[_i].client ? pipe.client : pipe.server;
    HANDLE reader = writings[_i].client ? pipe.server : pipe.client;
    DWORD written = 99, got = 0;
    require(write_at_once(writer, PIPE_BUFFER - 10) == PIPE_BUFFER - 10);

    BOOL wrote = WriteFile(writer, bytes, 11, &written, NULL);

    expect_succeeded(wrote);
    expect_number(written, 0);
    expect_number(write_at_once(writer, 10), 10); /* exactly what is left */
    expect_number(write_at_once(writer, 1), 0);
    expect_succeeded(ReadFile(reader, bytes, PIPE_BUFFER - 10, &got, NULL));
    expect_number(write_at_once(writer, 11), 11);
}
END_TEST
COVERS_ROWS(message_behind_unread_ones, writings, "npipe.nonblocking.unread_count");

START_TEST(bytes_behind_unread_ones)
{
    struct connection pipe = nonblocking(ends[_i].client, PIPE_TYPE_BYTE, 0);
    HANDLE writer = ends[_i].client ? pipe.client : pipe.server;
    HANDLE reader = ends[_i].client ? pipe.server : pipe.client;
    DWORD written = 99, available = 99;
    require(write_at_once(writer, PIPE_BUFFER - 10) == PIPE_BUFFER - 10);

    BOOL wrote = WriteFile(writer, bytes, 11, &written, NULL);

    expect_succeeded(wrote);
    expect_true(written < 11); /* the page: what fits; Windows: none */
    record("bytes written of 11 where 10 fit", "%lu", written);
    expect_succeeded(PeekNamedPipe(reader, NULL, 0, NULL, &available, NULL));
    expect_number(available, PIPE_BUFFER - 10 + written);
    expect_number(write_at_once(writer, 10 - written), 10 - written);
}
END_TEST
COVERS_ROWS(bytes_behind_unread_ones, ends, "npipe.nonblocking.bytes_written");

START_TEST(write_when_the_other_has_left)
{
    struct connection pipe = nonblocking(ends[_i].client, PIPE_TYPE_MESSAGE, 0);
    HANDLE writer = ends[_i].client ? pipe.client : pipe.server;
    DWORD written = 99;
    close_handle(ends[_i].client ? &pipe.server : &pipe.client);

    BOOL wrote = WriteFile(writer, bytes, 5, &written, NULL);

    expect_failed(wrote, ERROR_NO_DATA, ERROR_BROKEN_PIPE);
    expect_number(written, 0);
}
END_TEST
COVERS_ROWS(write_when_the_other_has_left, ends, "npipe.nonblocking.write_end");

START_TEST(empty_message_into_a_full_pipe)
{
    struct connection pipe = nonblocking(writings[_i].client, MESSAGES, 0);
    HANDLE writer = writings[_i].client ? pipe.client : pipe.server;
    HANDLE reader = writings[_i].client ? pipe.server : pipe.client;
    DWORD got = 0;
    require(write_at_once(writer, PIPE_BUFFER) == PIPE_BUFFER);

    BOOL wrote = WriteFile(writer, bytes, 0, &got, NULL);

    expect_succeeded(wrote);
    expect_succeeded(ReadFile(reader, bytes, PIPE_BUFFER, &got, NULL));
    expect_number(got, PIPE_BUFFER);
    expect_read(reader, "", 0);
}
END_TEST
COVERS_ROWS(empty_message_into_a_full_pipe, writings, "npipe.nonblocking.empty_into_full");
