/* Ends of a pipe through duplicates: of less access, in another process, and for each function. */
#include "npipe.h"

static const struct end {
    struct row row;
    bool client;
} ends[] = {
    {{"of_server", NULL}, false},
    {{"of_client", NULL}, true},
};

static HANDLE duplicate_with(HANDLE end, DWORD access)
{
    HANDLE duplicate = NULL;
    require(DuplicateHandle(GetCurrentProcess(), end, GetCurrentProcess(), &duplicate, access,
                            FALSE, access ? 0 : DUPLICATE_SAME_ACCESS));
    return duplicate;
}

static const struct half {
    struct row row;
    bool client;
    DWORD read, write;
} halves[] = {
    {{"of_server", "npipe.duplicates.access"}, false, FILE_GENERIC_READ, FILE_GENERIC_WRITE},
    {{"of_client", "npipe.duplicates.access"}, true, FILE_GENERIC_READ, FILE_GENERIC_WRITE},
    {{"of_server_generic", "npipe.duplicates.generic_access"}, false, GENERIC_READ, GENERIC_WRITE},
    {{"of_client_generic", "npipe.duplicates.generic_access"}, true, GENERIC_READ, GENERIC_WRITE},
};

START_TEST(duplicate_for_reading)
{
    const struct half *row = &halves[_i];
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    HANDLE end = row->client ? pipe.client : pipe.server;
    HANDLE other = row->client ? pipe.server : pipe.client;
    HANDLE duplicate = duplicate_with(end, row->read);
    DWORD written = 99, available = 99;
    put(other, "bytes", 5);

    BOOL wrote = WriteFile(duplicate, "x", 1, &written, NULL);

    expect_failed(wrote, ERROR_ACCESS_DENIED);
    expect_succeeded(PeekNamedPipe(other, NULL, 0, NULL, &available, NULL));
    expect_number(available, 0);
    expect_read(duplicate, "bytes", 5);
    expect_bytes_flow(end, other);
}
END_TEST
COVERS_ROWS(duplicate_for_reading, halves);

START_TEST(duplicate_for_writing)
{
    const struct half *row = &halves[_i];
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    HANDLE end = row->client ? pipe.client : pipe.server;
    HANDLE other = row->client ? pipe.server : pipe.client;
    HANDLE duplicate = duplicate_with(end, row->write);
    char byte = '-';
    DWORD got = 99;
    put(other, "bytes", 5);

    BOOL read = ReadFile(duplicate, &byte, 1, &got, NULL);

    expect_failed(read, ERROR_ACCESS_DENIED);
    expect_failed(PeekNamedPipe(duplicate, NULL, 0, NULL, NULL, NULL), ERROR_ACCESS_DENIED);
    expect_bytes_flow(duplicate, other);
    expect_read(end, "bytes", 5);
}
END_TEST
COVERS_ROWS(duplicate_for_writing, halves, "npipe.duplicates.peek_access");

START_TEST(mode_through_a_duplicate_for_reading)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE, 0);
    HANDLE end = ends[_i].client ? pipe.client : pipe.server;
    HANDLE duplicate = duplicate_with(end, FILE_GENERIC_READ);
    DWORD mode = PIPE_READMODE_MESSAGE, state = 99;

    BOOL set = SetNamedPipeHandleState(duplicate, &mode, NULL, NULL);

    expect_failed(set, ERROR_ACCESS_DENIED);
    expect_succeeded(GetNamedPipeHandleStateW(duplicate, &state, NULL, NULL, NULL, NULL, 0));
    expect_flags(state, 0, PIPE_MODE_NAMES);
    expect_succeeded(SetNamedPipeHandleState(end, &mode, NULL, NULL));
    expect_succeeded(GetNamedPipeHandleStateW(duplicate, &state, NULL, NULL, NULL, NULL, 0));
    expect_flags(state, PIPE_READMODE_MESSAGE, PIPE_MODE_NAMES);
}
END_TEST
COVERS_ROWS(mode_through_a_duplicate_for_reading, ends, "npipe.duplicates.mode_access");

/* ---- Connecting and disconnecting */

PEER(disconnects)
{
    expect_succeeded(DisconnectNamedPipe(peer_handle(0)));
}

static const struct who {
    struct row row;
    bool another_process;
} whos[] = {
    {{"in_this_process", NULL}, false},
    {{"in_another_process", NULL}, true},
};

static HANDLE the_next_client(struct connection *pipe, OVERLAPPED *connecting)
{
    HANDLE client = open_client(pipe->name, READ_WRITE, 0);
    expect_signaled(connecting->hEvent);
    return client;
}

START_TEST(disconnect_through_a_duplicate)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    DWORD count = 99;
    OVERLAPPED connecting, reading = overlapped_with_event();
    char byte;
    start_read(pipe.client, &byte, 1, &reading);

    if (whos[_i].another_process)
        peer_join(peer_start(disconnects, given_handle(pipe.server)));
    else
        expect_succeeded(DisconnectNamedPipe(duplicate_with(pipe.server, 0)));

    expect_signaled(reading.hEvent);
    expect_failed(GetOverlappedResult(pipe.client, &reading, &count, FALSE),
                  ERROR_PIPE_NOT_CONNECTED);
    expect_failed(DisconnectNamedPipe(pipe.server), ERROR_PIPE_NOT_CONNECTED);
    offer(pipe.server, &connecting);
    expect_bytes_flow(the_next_client(&pipe, &connecting), pipe.server);
}
END_TEST
COVERS_ROWS(disconnect_through_a_duplicate, whos, "npipe.duplicates.disconnect");

START_TEST(connect_through_a_duplicate)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE duplicate = duplicate_with(pipe.server, 0);
    OVERLAPPED connecting = overlapped_with_event(), unused = overlapped_with_event();
    require(DisconnectNamedPipe(pipe.server));

    BOOL connected = ConnectNamedPipe(duplicate, &connecting);

    expect_failed(connected, ERROR_IO_PENDING);
    HANDLE client = the_next_client(&pipe, &connecting);
    expect_bytes_flow(client, pipe.server);
    expect_bytes_flow(duplicate, client);
    expect_failed(ConnectNamedPipe(pipe.server, &unused), ERROR_PIPE_CONNECTED);
}
END_TEST
COVERS(connect_through_a_duplicate, "npipe.duplicates.connect");

START_TEST(info_of_a_duplicate)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE, 0);
    HANDLE end = ends[_i].client ? pipe.client : pipe.server;
    DWORD flags = 99, limit = 99;
    HANDLE duplicate = duplicate_with(end, 0);
    close_handle(&end);

    BOOL got = GetNamedPipeInfo(duplicate, &flags, NULL, NULL, &limit);

    expect_succeeded(got);
    expect_flags(flags, PIPE_TYPE_MESSAGE | (ends[_i].client ? 0 : PIPE_SERVER_END),
                 PIPE_INFO_NAMES);
    expect_number(limit, 1);
}
END_TEST
COVERS_ROWS(info_of_a_duplicate, ends, "npipe.duplicates.info");

/* ---- A message in parts, each read through another handle */

PEER(reads_the_second_part)
{
    char part[4];
    DWORD got = 0;
    expect_failed(ReadFile(peer_handle(0), part, 4, &got, NULL), ERROR_MORE_DATA);
    expect_number(got, 4);
    expect_bytes(part, "4567", 4);
}

START_TEST(parts_through_several_handles)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 0);
    HANDLE end = ends[_i].client ? pipe.client : pipe.server;
    HANDLE duplicate = duplicate_with(end, 0);
    char part[4];
    DWORD got = 0;
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    put(ends[_i].client ? pipe.server : pipe.client, "0123456789", 10);

    BOOL read = ReadFile(end, part, 4, &got, NULL);

    expect_failed(read, ERROR_MORE_DATA);
    peer_join(peer_start(reads_the_second_part, given_handle(end)));
    expect_read(duplicate, "89", 2);
}
END_TEST
COVERS_ROWS(parts_through_several_handles, ends, "npipe.duplicates.parts");
