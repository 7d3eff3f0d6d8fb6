/* PeekNamedPipe from its sides: each output alone, in the middle of a message, beside other reads,
 * and when it fails. */
#include "npipe.h"

static const struct peeking {
    struct row row;
    bool client;
    DWORD taken;  /* read of the first message, of ten bytes, before */
    DWORD room;   /* of the buffer; 0: no buffer */
    DWORD copied; /* what is expected of it */
    bool tells_copied, tells_available, tells_left;
} peekings[] = {
    {{"buffer_of_server", "npipe.peek.each_alone"}, false, 0, 3, 3, false, false, false},
    {{"buffer_of_client", "npipe.peek.each_alone"}, true, 0, 3, 3, false, false, false},
    {{"copied_of_server", "npipe.peek.each_alone"}, false, 0, 3, 3, true, false, false},
    {{"copied_of_client", "npipe.peek.each_alone"}, true, 0, 3, 3, true, false, false},
    {{"available_of_server", "npipe.peek.each_alone"}, false, 0, 0, 0, false, true, false},
    {{"available_of_client", "npipe.peek.each_alone"}, true, 0, 0, 0, false, true, false},
    {{"left_of_server", "npipe.peek.each_alone"}, false, 0, 0, 0, false, false, true},
    {{"left_of_client", "npipe.peek.each_alone"}, true, 0, 0, 0, false, false, true},
    {{"left_in_the_middle_of_server", "npipe.peek.middle"}, false, 4, 0, 0, false, false, true},
    {{"left_in_the_middle_of_client", "npipe.peek.middle"}, true, 4, 0, 0, false, false, true},
    {{"part_of_the_rest_of_server", "npipe.peek.middle"}, false, 4, 3, 3, true, true, true},
    {{"part_of_the_rest_of_client", "npipe.peek.middle"}, true, 4, 3, 3, true, true, true},
    {{"all_of_the_rest_of_server", "npipe.peek.rest_alone"}, false, 4, 32, 6, true, true, true},
    {{"all_of_the_rest_of_client", "npipe.peek.rest_alone"}, true, 4, 32, 6, true, true, true},
    {{"rest_that_just_fits_of_server", "npipe.peek.rest_alone"}, false, 4, 6, 6, true, true, true},
};

START_TEST(peek)
{
    const struct peeking *row = &peekings[_i];
    struct connection pipe = connect_duplex(MESSAGES, 0);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    HANDLE reader = row->client ? pipe.client : pipe.server;
    HANDLE writer = row->client ? pipe.server : pipe.client;
    char bytes[32];
    DWORD copied = 99, available = 99, left = 99;
    put(writer, "0123456789", 10);
    put(writer, "abcde", 5);
    if (row->taken)
        ReadFile(reader, bytes, row->taken, &copied, NULL);

    BOOL peeked = PeekNamedPipe(
        reader, row->room ? bytes : NULL, row->room, row->tells_copied ? &copied : NULL,
        row->tells_available ? &available : NULL, row->tells_left ? &left : NULL);

    expect_succeeded(peeked);
    expect_bytes(bytes, "0123456789" + row->taken, row->copied);
    if (row->tells_copied)
        expect_number(copied, row->copied);
    if (row->tells_available)
        expect_number(available, 15 - row->taken);
    if (row->tells_left)
        expect_number(left, 10 - row->taken - row->copied);
}
END_TEST
COVERS_ROWS(peek, peekings);

static const struct end {
    struct row row;
    bool client;
} ends[] = {
    {{"of_server", NULL}, false},
    {{"of_client", NULL}, true},
};

START_TEST(peek_that_fails)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);
    HANDLE left_alone = ends[_i].client ? pipe.client : pipe.server;
    close_handle(ends[_i].client ? &pipe.server : &pipe.client);
    DWORD available = 99;

    BOOL peeked = PeekNamedPipe(left_alone, NULL, 0, NULL, &available, NULL);

    expect_failed(peeked, ERROR_BROKEN_PIPE);
    expect_number(available, 99);
}
END_TEST
COVERS_ROWS(peek_that_fails, ends, "npipe.peek.failure_leaves_outputs");

START_TEST(peek_into_no_room)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);
    HANDLE reader = ends[_i].client ? pipe.client : pipe.server;
    char byte = '-';
    DWORD copied = 99, available = 99, left = 99;
    put(ends[_i].client ? pipe.server : pipe.client, "0123456789", 10);

    BOOL peeked = PeekNamedPipe(reader, &byte, 0, &copied, &available, &left);

    expect_succeeded(peeked);
    expect_number(copied, 0);
    expect_number(available, 10);
    expect_number(left, 10);
    expect_bytes(&byte, "-", 1);
}
END_TEST
COVERS_ROWS(peek_into_no_room, ends, "npipe.peek.no_room");

START_TEST(peek_beside_a_pending_read)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    HANDLE reader = ends[_i].client ? pipe.client : pipe.server;
    HANDLE writer = ends[_i].client ? pipe.server : pipe.client;
    OVERLAPPED reading = overlapped_with_event();
    char part[4];
    DWORD available = 99, left = 99;
    start_read(reader, part, sizeof(part), &reading);

    BOOL peeked = PeekNamedPipe(reader, NULL, 0, NULL, &available, &left);

    expect_succeeded(peeked);
    expect_number(available, 0);
    expect_number(left, 0);
    expect_not_signaled(reading.hEvent);
    put(writer, "0123456789", 10);
    expect_succeeded(PeekNamedPipe(reader, NULL, 0, NULL, &available, &left));
    expect_number(available, 6);
    expect_number(left, 6);
}
END_TEST
COVERS_ROWS(peek_beside_a_pending_read, ends, "npipe.peek.beside_pending_read");

static DWORD peek_for_rest(void *reader)
{
    DWORD left = 99;
    expect_succeeded(PeekNamedPipe(reader, NULL, 0, NULL, NULL, &left));
    return left;
}

START_TEST(peek_by_another_thread)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    HANDLE reader = ends[_i].client ? pipe.client : pipe.server;
    char bytes[4];
    put(ends[_i].client ? pipe.server : pipe.client, "0123456789", 10);
    BOOL part = ReadFile(reader, bytes, sizeof(bytes), &(DWORD){0}, NULL);
    require(!part && GetLastError() == ERROR_MORE_DATA);
    HANDLE duplicate = duplicate_of(reader);

    struct thread *thread = thread_start(peek_for_rest, duplicate);

    expect_number(thread_join(thread), 6);
}
END_TEST
COVERS_ROWS(peek_by_another_thread, ends, "npipe.peek.rest_of_duplicate");
