/* What stays good: the room of a pipe for the next client, what is unread when a write fails, a
 * pending connect when a client is refused, the rest of a message when its reader writes, the
 * handle that a duplicate waits for, and hundreds of messages. */
#include "npipe.h"

/* ---- The room for the next client ---- */

static const struct left {
    struct row row;
    DWORD type;
    bool by_server, closes; /* the first client leaves before it is cut off */
} lefts[] = {
    {{"bytes_of_the_server", NULL}, PIPE_TYPE_BYTE, true, false},
    {{"bytes_of_the_client", NULL}, PIPE_TYPE_BYTE, false, false},
    {{"messages_of_the_server", NULL}, PIPE_TYPE_MESSAGE, true, false},
    {{"messages_of_the_client", NULL}, PIPE_TYPE_MESSAGE, false, true},
    {{"bytes_for_a_client_that_left", NULL}, PIPE_TYPE_BYTE, true, true},
};

START_TEST(room_is_not_taken_by_unread)
{
    const struct left *row = &lefts[_i];
    struct connection pipe = connect_duplex(row->type, FILE_FLAG_OVERLAPPED);
    static char bytes[PIPE_BUFFER];
    OVERLAPPED connecting, writing = overlapped_with_event();
    DWORD written = 0;
    put(row->by_server ? pipe.server : pipe.client, bytes, PIPE_BUFFER);
    if (row->closes)
        close_handle(&pipe.client);
    require(DisconnectNamedPipe(pipe.server));
    offer(pipe.server, &connecting);
    pipe.client = open_client(pipe.name, READ_WRITE, FILE_FLAG_OVERLAPPED);
    HANDLE writer = row->by_server ? pipe.server : pipe.client;

    BOOL wrote = WriteFile(writer, bytes, PIPE_BUFFER, &written, &writing);

    expect_succeeded(wrote);
    expect_number(written, PIPE_BUFFER);
}
END_TEST
COVERS_ROWS(room_is_not_taken_by_unread, lefts, "npipe.quota.next_client");

/* ---- Calls that fail ---- */

static const struct end {
    struct row row;
    bool client;
} ends[] = {
    {{"at_the_server", NULL}, false},
    {{"at_the_client", NULL}, true},
};

START_TEST(unread_when_a_write_fails)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    HANDLE end = ends[_i].client ? pipe.client : pipe.server;
    HANDLE *other = ends[_i].client ? &pipe.server : &pipe.client;
    put(*other, "first", 5);
    put(*other, "then", 4);
    close_handle(other);
    DWORD written = 99;

    BOOL wrote = WriteFile(end, "x", 1, &written, NULL);

    expect_failed_somehow(wrote);
    expect_number(written, 0);
    expect_read(end, "first", 5);
    expect_failed_somehow(WriteFile(end, "x", 1, &written, NULL));
    expect_read(end, "then", 4);
}
END_TEST
COVERS_ROWS(unread_when_a_write_fails, ends, "npipe.write.failure_leaves_unread");

START_TEST(connect_when_a_client_is_refused)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_INBOUND | FILE_FLAG_OVERLAPPED, 0, 1);
    OVERLAPPED connecting;
    offer(server, &connecting);

    HANDLE client = CreateFileW(name, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_invalid_handle(client, ERROR_ACCESS_DENIED);
    expect_stays_unsignaled(connecting.hEvent);
    client = open_client(name, GENERIC_WRITE, 0);
    expect_signaled(connecting.hEvent);
    expect_bytes_flow(client, server);
}
END_TEST
COVERS(connect_when_a_client_is_refused, "npipe.connect.refused_client");

START_TEST(rest_of_a_message_when_its_reader_writes)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    HANDLE end = ends[_i].client ? pipe.client : pipe.server;
    HANDLE other = ends[_i].client ? pipe.server : pipe.client;
    char part[4];
    DWORD got = 0, written = 0;
    put(other, "message", 7);
    require(!ReadFile(end, part, sizeof(part), &got, NULL) && GetLastError() == ERROR_MORE_DATA);

    BOOL wrote = WriteFile(end, "more?", 5, &written, NULL);

    expect_succeeded(wrote);
    expect_read(end, "age", 3);
    expect_read(other, "more?", 5);
}
END_TEST
COVERS_ROWS(rest_of_a_message_when_its_reader_writes, ends, "npipe.read.rest_after_write");

/* ---- Duplicates, and many messages ---- */

START_TEST(duplicate_is_signaled)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE end = ends[_i].client ? pipe.client : pipe.server, duplicate = duplicate_of(end);
    OVERLAPPED reading = {0};
    char bytes[8];
    DWORD moved = 0;
    start_read(end, bytes, sizeof(bytes), &reading);
    expect_not_signaled(duplicate);

    put(ends[_i].client ? pipe.server : pipe.client, "four", 4);

    expect_signaled(duplicate);
    expect_succeeded(GetOverlappedResult(duplicate, &reading, &moved, FALSE));
    expect_number(moved, 4);
}
END_TEST
COVERS_ROWS(duplicate_is_signaled, ends, "npipe.gor.duplicate_signaled");

#define MANY 500

START_TEST(hundreds_of_messages)
{
    struct connection pipe = {.name = unique_pipe()};
    pipe.server =
        CreateNamedPipeW(pipe.name, PIPE_ACCESS_DUPLEX, MESSAGES, 1, 0x10000, 0x10000, 0, NULL);
    require(pipe.server != INVALID_HANDLE_VALUE);
    pipe.client = open_client(pipe.name, READ_WRITE, 0);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    HANDLE end = ends[_i].client ? pipe.client : pipe.server;
    HANDLE other = ends[_i].client ? pipe.server : pipe.client;

    for (unsigned i = 0; i < MANY; i++) {
        uint8_t byte = (uint8_t)i;
        DWORD written = 0;
        expect_succeeded(WriteFile(other, &byte, 1, &written, NULL));
    }

    for (unsigned i = 0; i < MANY; i++) {
        uint8_t bytes[4] = {0};
        DWORD got = 0;
        expect_succeeded(ReadFile(end, bytes, sizeof(bytes), &got, NULL));
        expect_number(got, 1);
        expect_number(bytes[0], (uint8_t)i);
    }
}
END_TEST
COVERS_ROWS(hundreds_of_messages, ends, "npipe.message.hundreds");
