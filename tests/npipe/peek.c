/* PeekNamedPipe: its three counts, what it leaves in the pipe, and when it fails. */
#include "npipe.h"

#define FIRST "0123456789"
#define SECOND "abcde"
#define ANY 0xFFFFFFFF

static const struct counts {
    struct row row;
    DWORD pipe_mode;
    bool buffer;
    DWORD room;
    DWORD read, available, left;
} counted[] = {
    {{"message_part", "npipe.peek.left_message"}, MESSAGES, true, 4, 4, 15, 6},
    {{"message_whole", "npipe.peek.message_mode_one_message"}, MESSAGES, true, 32, 10, 15, 0},
    {{"message_no_buffer", "npipe.peek.left_message_null_buffer"}, MESSAGES, false, 0, 0, 15, 10},
    {{"bytes_part", "npipe.peek.bytes_read"}, PIPE_TYPE_BYTE, true, 4, 4, 15, ANY},
    {{"bytes_all", "npipe.peek.byte_mode_spans"}, PIPE_TYPE_BYTE, true, 32, 15, 15, ANY},
    {{"bytes_no_buffer", "npipe.peek.null_buffer"}, PIPE_TYPE_BYTE, false, 7, 0, 15, ANY},
};

START_TEST(counts)
{
    const struct counts *row = &counted[_i];
    struct connection pipe = connect_duplex(row->pipe_mode, 0);
    put(pipe.client, FIRST, 10);
    put(pipe.client, SECOND, 5);
    char buffer[32];
    DWORD read = 99, available = 99, left = 99;

    BOOL peeked = PeekNamedPipe(pipe.server, row->buffer ? buffer : NULL, row->room,
                                row->buffer ? &read : NULL, &available, &left);

    expect_succeeded(peeked);
    expect_number(available, row->available);
    if (row->left != ANY)
        expect_number(left, row->left);
    if (row->buffer) {
        expect_number(read, row->read);
        expect_bytes(buffer, FIRST SECOND, row->read);
    }
}
END_TEST
COVERS_ROWS(counts, counted);

/* The text promises zero, Windows counts the bytes copied down from zero. */
START_TEST(left_of_byte_pipe)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    put(pipe.client, FIRST, 10);
    char buffer[4];
    DWORD left = 99;

    BOOL peeked = PeekNamedPipe(pipe.server, buffer, sizeof(buffer), NULL, NULL, &left);

    expect_succeeded(peeked);
    expect_true(left == 0 || left == (DWORD)-4);
    record("left_of_byte_pipe", "%ld", (long)left);
}
END_TEST
COVERS(left_of_byte_pipe, "npipe.peek.left_byte_type_zero");

START_TEST(leaves_data_in_pipe)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);
    put(pipe.client, FIRST, 10);
    char buffer[32];
    DWORD read = 0;

    BOOL peeked = PeekNamedPipe(pipe.server, buffer, sizeof(buffer), &read, NULL, NULL);

    expect_succeeded(peeked);
    expect_number(read, 10);
    peeked = PeekNamedPipe(pipe.server, buffer, sizeof(buffer), &read, NULL, NULL);
    expect_succeeded(peeked);
    expect_number(read, 10);
    expect_read(pipe.server, FIRST, 10);
}
END_TEST
COVERS(leaves_data_in_pipe, "npipe.peek.does_not_remove");

START_TEST(part_of_message_is_no_error)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);
    put(pipe.client, FIRST, 10);
    char buffer[4];

    BOOL peeked = PeekNamedPipe(pipe.server, buffer, sizeof(buffer), NULL, NULL, NULL);

    expect_succeeded(peeked);
    expect_bytes(buffer, FIRST, 4);
}
END_TEST
COVERS(part_of_message_is_no_error, "npipe.peek.partial_returns_true");

START_TEST(nothing_asked)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);

    BOOL peeked = PeekNamedPipe(pipe.server, NULL, 0, NULL, NULL, NULL);

    expect_succeeded(peeked);
}
END_TEST
COVERS(nothing_asked, "npipe.peek.all_optional_null");

static const struct wait_mode {
    struct row row;
    DWORD mode;
} wait_modes[] = {
    {{"blocking", "npipe.peek.empty_immediate"}, PIPE_WAIT},
    {{"nonblocking", "npipe.peek.waitmode_irrelevant"}, PIPE_NOWAIT},
};

START_TEST(empty_pipe)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE | wait_modes[_i].mode, 0);
    char buffer[4];
    DWORD read = 99, available = 99, left = 99;

    BOOL peeked = PeekNamedPipe(pipe.server, buffer, sizeof(buffer), &read, &available, &left);

    expect_succeeded(peeked);
    expect_number(read, 0);
    expect_number(available, 0);
    expect_number(left, 0);
}
END_TEST
COVERS_ROWS(empty_pipe, wait_modes);

START_TEST(no_client_yet)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1);

    BOOL peeked = PeekNamedPipe(server, NULL, 0, NULL, &(DWORD){0}, NULL);

    expect_failed(peeked, ERROR_BAD_PIPE);
    open_client(name, READ_WRITE, 0);
    peeked = PeekNamedPipe(server, NULL, 0, NULL, &(DWORD){0}, NULL);
    expect_succeeded(peeked);
}
END_TEST
COVERS(no_client_yet, "npipe.peek.not_connected");

START_TEST(needs_read_access)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1);
    HANDLE client = open_client(name, GENERIC_WRITE, 0);

    BOOL peeked = PeekNamedPipe(client, NULL, 0, NULL, &(DWORD){0}, NULL);

    expect_failed(peeked, ERROR_ACCESS_DENIED);
    expect_succeeded(PeekNamedPipe(server, NULL, 0, NULL, &(DWORD){0}, NULL));
}
END_TEST
COVERS(needs_read_access, "npipe.peek.needs_read_access");

START_TEST(sees_data_of_closed_client_until_read)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    put(pipe.client, FIRST, 10);
    close_handle(&pipe.client);
    DWORD available = 0;

    BOOL peeked = PeekNamedPipe(pipe.server, NULL, 0, NULL, &available, NULL);

    expect_succeeded(peeked);
    expect_number(available, 10);
    expect_read(pipe.server, FIRST, 10);
    peeked = PeekNamedPipe(pipe.server, NULL, 0, NULL, &available, NULL);
    expect_failed(peeked, ERROR_BROKEN_PIPE);
}
END_TEST
COVERS(sees_data_of_closed_client_until_read, "npipe.peek.broken_after_drain");
