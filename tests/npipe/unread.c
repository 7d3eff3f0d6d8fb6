/* What can still be read when the end that wrote it has gone: whole messages, the rest of one that
 * was read in part, empty ones; and what the next client finds of it. */
#include "npipe.h"

static const struct left_behind {
    struct row row;
    DWORD pipe_mode;
    DWORD messages[4]; /* lengths; the rest are NONE */
    int before;        /* so many of the reads come before the writer goes */
    struct {
        DWORD asked, got;
        bool more; /* of this message is left */
    } reads[5];
    DWORD left; /* of the message that is first when the writer has gone */
} left_behinds[] = {
    {{"two_messages", "npipe.unread.messages"},
     MESSAGES,
     {5, 3, NONE},
     0,
     {{32, 5, false}, {32, 3, false}},
     5},
    {{"second_message", "npipe.unread.messages"},
     MESSAGES,
     {5, 3, NONE},
     1,
     {{32, 5, false}, {32, 3, false}},
     3},
    {{"message_in_parts", "npipe.unread.parts"},
     MESSAGES,
     {10, 3, NONE},
     0,
     {{4, 4, true}, {4, 4, true}, {32, 2, false}, {32, 3, false}},
     10},
    {{"rest_of_a_message", "npipe.unread.parts"},
     MESSAGES,
     {10, NONE},
     1,
     {{4, 4, true}, {32, 6, false}},
     6},
    {{"rest_that_fits", "npipe.unread.parts"},
     MESSAGES,
     {10, 3, NONE},
     1,
     {{4, 4, true}, {6, 6, false}, {3, 3, false}},
     6},
    {{"empty_message", "npipe.unread.empty"}, MESSAGES, {0, NONE}, 0, {{32, 0, false}}, 0},
    {{"empty_one_behind", "npipe.unread.empty"},
     MESSAGES,
     {5, 0, NONE},
     1,
     {{32, 5, false}, {32, 0, false}},
     0},
    {{"empty_one_in_front", "npipe.unread.empty"},
     MESSAGES,
     {0, 5, NONE},
     0,
     {{32, 0, false}, {32, 5, false}},
     0},
    {{"messages_as_bytes", "npipe.unread.bytes"},
     PIPE_TYPE_MESSAGE,
     {5, 3, NONE},
     1,
     {{4, 4, false}, {32, 4, false}},
     1},
    {{"bytes", "npipe.unread.bytes"},
     PIPE_TYPE_BYTE,
     {5, 3, NONE},
     1,
     {{4, 4, false}, {2, 2, false}, {32, 2, false}},
     0},
};

static bool is_message_type(const struct left_behind *row)
{
    return row->pipe_mode & PIPE_TYPE_MESSAGE;
}

struct ends {
    HANDLE writer, reader;
};

static struct ends written_by(bool server, const struct left_behind *row, DWORD flags)
{
    struct connection pipe = connect_duplex(row->pipe_mode, flags);
    struct ends ends =
        server ? (struct ends){pipe.server, pipe.client} : (struct ends){pipe.client, pipe.server};
    uint8_t bytes[32];
    if (row->pipe_mode & PIPE_READMODE_MESSAGE)
        set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    for (uint64_t i = 0, offset = 0; row->messages[i] != NONE; offset += row->messages[i++]) {
        pattern_fill(bytes, row->messages[i], offset);
        put(ends.writer, bytes, row->messages[i]);
    }
    return ends;
}

/* Reads once; END may be a synchronous or an overlapped handle. */
static BOOL read_from(HANDLE end, void *bytes, DWORD size, DWORD *got)
{
    OVERLAPPED reading = overlapped_with_event();
    BOOL started = ReadFile(end, bytes, size, got, &reading);
    if (started || (GetLastError() != ERROR_IO_PENDING && GetLastError() != ERROR_MORE_DATA))
        return started;
    expect_signaled(reading.hEvent);
    return GetOverlappedResult(end, &reading, got, FALSE);
}

static uint64_t expect_reads(HANDLE reader, const struct left_behind *row, int from, int to,
                             uint64_t offset)
{
    for (int i = from; i < to && row->reads[i].asked; i++) {
        uint8_t bytes[32];
        DWORD got = 99;

        BOOL read = read_from(reader, bytes, row->reads[i].asked, &got);

        if (row->reads[i].more)
            expect_failed(read, ERROR_MORE_DATA);
        else
            expect_succeeded(read);
        expect_number(got, row->reads[i].got);
        expect_pattern(bytes, got, offset);
        offset += got;
    }
    return offset;
}

static void expect_rest(HANDLE reader, const struct left_behind *row, uint64_t offset)
{
    if (is_message_type(row)) {
        DWORD left = 99;
        expect_succeeded(PeekNamedPipe(reader, NULL, 0, NULL, NULL, &left));
        expect_number(left, row->left);
    }
    expect_reads(reader, row, row->before, 5, offset);
    DWORD got = 99;
    BOOL read = read_from(reader, (char[1]){0}, 1, &got);
    expect_failed(read, ERROR_BROKEN_PIPE);
    expect_failed(PeekNamedPipe(reader, NULL, 0, NULL, NULL, NULL), ERROR_BROKEN_PIPE);
}

START_TEST(server_closes)
{
    const struct left_behind *row = &left_behinds[_i];
    struct ends pipe = written_by(true, row, 0);
    uint64_t offset = expect_reads(pipe.reader, row, 0, row->before, 0);

    BOOL closed = CloseHandle(pipe.writer);

    expect_succeeded(closed);
    expect_rest(pipe.reader, row, offset);
}
END_TEST
COVERS_ROWS(server_closes, left_behinds);

START_TEST(client_closes)
{
    const struct left_behind *row = &left_behinds[_i];
    struct ends pipe = written_by(false, row, FILE_FLAG_OVERLAPPED);
    uint64_t offset = expect_reads(pipe.reader, row, 0, row->before, 0);

    BOOL closed = CloseHandle(pipe.writer);

    expect_succeeded(closed);
    expect_rest(pipe.reader, row, offset);
}
END_TEST
COVERS_ROWS(client_closes, left_behinds);

PEER(holds_the_writer)
{
    checkpoint_wait("never");
}

static void expect_rest_of_killed(bool server, const struct left_behind *row)
{
    struct ends pipe = written_by(server, row, 0);
    struct peer *writer = peer_start(holds_the_writer, given_handle(pipe.writer));
    close_handle(&pipe.writer);
    uint64_t offset = expect_reads(pipe.reader, row, 0, row->before, 0);

    peer_kill(writer);

    expect_rest(pipe.reader, row, offset);
}

static const struct left_behind killed[] = {
    {{"rest_of_a_message", "npipe.unread.killed"},
     MESSAGES,
     {10, 3, NONE},
     1,
     {{4, 4, true}, {32, 6, false}, {32, 3, false}},
     6},
    {{"empty_message", "npipe.unread.killed"}, MESSAGES, {0, NONE}, 0, {{32, 0, false}}, 0},
};

START_TEST(server_is_killed)
{
    expect_rest_of_killed(true, &killed[_i]);
}
END_TEST
COVERS_ROWS(server_is_killed, killed);

START_TEST(client_is_killed)
{
    expect_rest_of_killed(false, &killed[_i]);
}
END_TEST
COVERS_ROWS(client_is_killed, killed);

/* ---- Disconnected: nothing of it is left, for this client and the next */

static const struct end {
    struct row row;
    bool by_server;
} ends[] = {
    {{"written_by_the_server", NULL}, true},
    {{"written_by_the_client", NULL}, false},
};

START_TEST(rest_of_a_message_is_discarded)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    HANDLE writer = ends[_i].by_server ? pipe.server : pipe.client;
    HANDLE reader = ends[_i].by_server ? pipe.client : pipe.server;
    char part[4];
    DWORD got = 0;
    OVERLAPPED connecting;
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    put(writer, "0123456789", 10);
    put(writer, "second", 6);
    BOOL read = read_from(reader, part, sizeof(part), &got);
    require(!read && GetLastError() == ERROR_MORE_DATA);

    BOOL disconnected = DisconnectNamedPipe(pipe.server);

    expect_succeeded(disconnected);
    expect_failed(read_from(reader, part, sizeof(part), &got), ERROR_PIPE_NOT_CONNECTED);
    offer(pipe.server, &connecting);
    HANDLE next = open_client(pipe.name, READ_WRITE, 0);
    set_mode(next, PIPE_READMODE_MESSAGE);
    HANDLE from = ends[_i].by_server ? pipe.server : next;
    HANDLE to = ends[_i].by_server ? next : pipe.server;
    DWORD available = 99;
    expect_succeeded(PeekNamedPipe(to, NULL, 0, NULL, &available, NULL));
    expect_number(available, 0);
    expect_bytes_flow(from, to);
}
END_TEST
COVERS_ROWS(rest_of_a_message_is_discarded, ends, "npipe.unread.discarded");
