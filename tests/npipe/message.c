/* What ReadFile makes of writes: bytes and messages, in parts, empty, and after the last one. */
#include "npipe.h"

#define FIRST "0123456789"
#define SECOND "abcde"

static const struct reading {
    struct row row;
    struct {
        DWORD pipe_mode;
        bool by_client;
    };
    struct {
        DWORD asked, got, error;
    } steps[5];
} readings[] = {
    {{"bytes_by_server", "npipe.create.byte_type_no_boundaries"},
     {PIPE_TYPE_BYTE, false},
     {{4, 4, 0}, {32, 11, 0}}},
    {{"bytes_by_client", "npipe.rwm.byte_read_available"},
     {PIPE_TYPE_BYTE, true},
     {{4, 4, 0}, {32, 11, 0}}},
    {{"whole_messages_by_server", "npipe.create.message_type_boundaries"},
     {MESSAGES, false},
     {{32, 10, 0}, {32, 5, 0}}},
    {{"whole_messages_by_client", "npipe.create.message_type_boundaries"},
     {MESSAGES, true},
     {{32, 10, 0}, {32, 5, 0}}},
    {{"fitting_messages", "npipe.read.exact_fit_true"}, {MESSAGES, true}, {{10, 10, 0}, {5, 5, 0}}},
    {{"part_of_message_by_server", "npipe.read.more_data"},
     {MESSAGES, false},
     {{4, 4, ERROR_MORE_DATA}}},
    {{"part_of_message_by_client", "npipe.read.more_data"},
     {MESSAGES, true},
     {{4, 4, ERROR_MORE_DATA}}},
    {{"parts_of_messages_by_server", "npipe.read.more_data_continue"},
     {MESSAGES, false},
     {{4, 4, ERROR_MORE_DATA}, {4, 4, ERROR_MORE_DATA}, {32, 2, 0}, {32, 5, 0}}},
    {{"parts_of_messages_by_client", "npipe.read.more_data_continue"},
     {MESSAGES, true},
     {{4, 4, ERROR_MORE_DATA}, {4, 4, ERROR_MORE_DATA}, {32, 2, 0}, {32, 5, 0}}},
    {{"messages_as_bytes", "npipe.create.message_type_byte_read"},
     {PIPE_TYPE_MESSAGE | PIPE_READMODE_BYTE, false},
     {{4, 4, 0}, {32, 11, 0}}},
};

START_TEST(reading_two_writes)
{
    const struct reading *row = &readings[_i];
    struct connection pipe = connect_duplex(row->pipe_mode, 0);
    if (row->by_client)
        set_mode(pipe.client, row->pipe_mode & PIPE_READMODE_MESSAGE);
    HANDLE writer = row->by_client ? pipe.server : pipe.client;
    HANDLE reader = row->by_client ? pipe.client : pipe.server;
    put(writer, FIRST, 10);
    put(writer, SECOND, 5);

    const char *expected = FIRST SECOND;
    for (size_t step = 0; row->steps[step].asked; step++) {
        char buffer[32];
        DWORD got = 0;
        BOOL read = ReadFile(reader, buffer, row->steps[step].asked, &got, NULL);

        if (row->steps[step].error)
            expect_failed(read, row->steps[step].error);
        else
            expect_succeeded(read);
        expect_number(got, row->steps[step].got);
        expect_bytes(buffer, expected, got);
        expected += got;
    }
}
END_TEST
COVERS_ROWS(reading_two_writes, readings);

START_TEST(empty_message)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);
    DWORD written = 99;

    BOOL wrote = WriteFile(pipe.client, "", 0, &written, NULL);

    expect_succeeded(wrote);
    expect_number(written, 0);
    put(pipe.client, SECOND, 5);
    expect_read(pipe.server, "", 0);
    expect_read(pipe.server, SECOND, 5);
}
END_TEST
COVERS(empty_message, "npipe.read.zero_length_message", "npipe.write.null_write");

static const struct ending {
    struct row row;
    bool server_leaves;
} endings[] = {
    {{"client_leaves", NULL}, false},
    {{"server_leaves", NULL}, true},
};

START_TEST(end_of_pipe_comes_after_the_data)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    HANDLE *leaving = endings[_i].server_leaves ? &pipe.server : &pipe.client;
    HANDLE staying = endings[_i].server_leaves ? pipe.client : pipe.server;
    put(*leaving, FIRST, 10);
    close_handle(leaving);

    expect_read(staying, FIRST, 10);
    char buffer[16];
    DWORD got = 99;
    BOOL read = ReadFile(staying, buffer, sizeof(buffer), &got, NULL);

    expect_failed(read, ERROR_BROKEN_PIPE);
    expect_number(got, 0);
}
END_TEST
COVERS_ROWS(end_of_pipe_comes_after_the_data, endings, "npipe.read.broken_pipe");

START_TEST(writing_to_nobody)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    expect_bytes_flow(pipe.server, pipe.client);
    expect_bytes_flow(pipe.client, pipe.server);
    close_handle(endings[_i].server_leaves ? &pipe.server : &pipe.client);
    HANDLE staying = endings[_i].server_leaves ? pipe.client : pipe.server;

    BOOL wrote = WriteFile(staying, SECOND, 5, &(DWORD){0}, NULL);
    DWORD error = GetLastError();

    expect_failed(wrote, ERROR_NO_DATA, ERROR_BROKEN_PIPE);
    char name[80];
    record("error", "%s", error_text(error, name, sizeof(name)));
}
END_TEST
COVERS_ROWS(writing_to_nobody, endings, "npipe.write.reader_closed");

START_TEST(reading_before_any_client)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1);

    BOOL read = ReadFile(server, (char[1]){0}, 1, &(DWORD){0}, NULL);

    expect_failed(read, ERROR_PIPE_LISTENING);
    expect_bytes_flow(open_client(name, READ_WRITE, 0), server);
}
END_TEST
COVERS(reading_before_any_client, "npipe.read.not_connected_listening");

/* ---- Sizes of writes against sizes of reads */

#define BYTES "0123456789abcdef"

static const struct split {
    struct row row;
    DWORD pipe_mode;
    bool by_client;
} splits[] = {
    {{"bytes_by_server", "npipe.create.byte_type_no_boundaries"}, PIPE_TYPE_BYTE, false},
    {{"bytes_by_client", "npipe.create.byte_type_no_boundaries"}, PIPE_TYPE_BYTE, true},
    {{"messages_as_bytes", "npipe.create.message_type_byte_read"},
     PIPE_TYPE_MESSAGE | PIPE_READMODE_BYTE,
     false},
};

/* Peeks at and reads SIZE bytes, ROOM at a time. */
static void expect_bytes_by(HANDLE reader, DWORD room, DWORD size)
{
    char buffer[8];
    for (DWORD done = 0, count = 0; done < size; done += count) {
        DWORD next = size - done < room ? size - done : room;
        expect_succeeded(PeekNamedPipe(reader, buffer, room, &count, NULL, NULL));
        expect_bytes(buffer, BYTES + done, count);
        expect_succeeded(ReadFile(reader, buffer, room, &count, NULL));
        expect_number(count, next);
        expect_bytes(buffer, BYTES + done, next);
    }
}

START_TEST(bytes_keep_their_order_however_they_are_split)
{
    enum { PARTS = 3, LONGEST = 4 };
    struct connection pipe = connect_duplex(splits[_i].pipe_mode, 0);
    HANDLE writer = splits[_i].by_client ? pipe.server : pipe.client;
    HANDLE reader = splits[_i].by_client ? pipe.client : pipe.server;

    for (DWORD room = 1; room <= 2 * LONGEST; room++)
        for (DWORD sizes = 0; sizes < LONGEST * LONGEST * LONGEST; sizes++) {
            DWORD size = 0;
            for (DWORD part = 0, rest = sizes; part < PARTS; part++, rest /= LONGEST) {
                put(writer, BYTES + size, 1 + rest % LONGEST);
                size += 1 + rest % LONGEST;
            }
            expect_bytes_by(reader, room, size);
        }
}
END_TEST
COVERS_ROWS(bytes_keep_their_order_however_they_are_split, splits, "npipe.rwm.byte_read_available");
