/* What a change of mode leaves as it was: what is unread, the other end, other instances. */
#include "npipe.h"

static DWORD mode_of(HANDLE end)
{
    DWORD mode = 0x99;
    expect_succeeded(GetNamedPipeHandleStateW(end, &mode, NULL, NULL, NULL, NULL, 0));
    return mode;
}

#define expect_mode(end, mode) expect_flags(mode_of(end), (mode), PIPE_MODE_NAMES)

#define BOTH (PIPE_READMODE_MESSAGE | PIPE_NOWAIT)

static const struct change {
    struct row row;
    bool client;
    DWORD modes[2]; /* set one after the other */
} changes[] = {
    {{"server_to_nonblocking", NULL}, false, {PIPE_READMODE_MESSAGE, BOTH}},
    {{"client_to_nonblocking", NULL}, true, {PIPE_READMODE_MESSAGE, BOTH}},
    {{"server_to_bytes_and_back", NULL}, false, {0, PIPE_READMODE_MESSAGE}},
    {{"client_to_bytes_and_back", NULL}, true, {0, PIPE_READMODE_MESSAGE}},
    {{"client_to_nonblocking_and_back", NULL}, true, {BOTH, PIPE_READMODE_MESSAGE}},
};

START_TEST(unread_messages_outlast)
{
    const struct change *row = &changes[_i];
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 0);
    HANDLE reader = row->client ? pipe.client : pipe.server;
    HANDLE writer = row->client ? pipe.server : pipe.client;
    DWORD available = 99;
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    put(writer, "one", 3);
    put(writer, "two", 3);
    put(reader, "the other way", 13);

    for (int i = 0; i < 2; i++) {
        DWORD mode = row->modes[i];
        expect_succeeded(SetNamedPipeHandleState(reader, &mode, NULL, NULL));
        expect_succeeded(PeekNamedPipe(reader, NULL, 0, NULL, &available, NULL));
        expect_number(available, 6);
    }

    expect_read(reader, "one", 3);
    expect_read(reader, "two", 3);
    expect_read(writer, "the other way", 13);
}
END_TEST
COVERS_ROWS(unread_messages_outlast, changes, "npipe.modes.unread_stay");

static const struct end {
    struct row row;
    bool client;
} ends[] = {
    {{"of_server", NULL}, false},
    {{"of_client", NULL}, true},
};

START_TEST(nonblocking_mode)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE end = ends[_i].client ? pipe.client : pipe.server;
    HANDLE other = ends[_i].client ? pipe.server : pipe.client;
    OVERLAPPED reading = overlapped_with_event();
    char byte;
    DWORD mode = PIPE_NOWAIT;

    BOOL set = SetNamedPipeHandleState(end, &mode, NULL, NULL);

    expect_succeeded(set);
    BOOL read = ReadFile(other, &byte, 1, NULL, &reading);
    expect_failed(read, ERROR_IO_PENDING);
    put(end, "x", 1);
    expect_signaled(reading.hEvent);
    expect_failed(ReadFile(end, &byte, 1, NULL, &reading), ERROR_NO_DATA);
}
END_TEST
COVERS_ROWS(nonblocking_mode, ends, "npipe.modes.other_end_goes_on_waiting");

START_TEST(other_instance_keeps_its_mode)
{
    const WCHAR *name = unique_pipe();
    struct connection pipes[2];
    for (int i = 0; i < 2; i++) {
        pipes[i].server = create_instance(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE, 2);
        pipes[i].client = open_client(name, READ_WRITE, 0);
    }
    HANDLE end = ends[_i].client ? pipes[1].client : pipes[1].server;
    DWORD mode = BOTH;

    BOOL set = SetNamedPipeHandleState(end, &mode, NULL, NULL);

    expect_succeeded(set);
    expect_mode(end, BOTH);
    expect_mode(pipes[0].server, 0);
    expect_mode(pipes[0].client, 0);
    HANDLE other = ends[_i].client ? pipes[1].server : pipes[1].client;
    expect_mode(other, 0);
}
END_TEST
COVERS_ROWS(other_instance_keeps_its_mode, ends, "npipe.modes.other_instances");

START_TEST(change_that_fails)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    HANDLE end = ends[_i].client ? pipe.client : pipe.server;
    set_mode(end, PIPE_NOWAIT);
    DWORD mode = PIPE_READMODE_MESSAGE;

    BOOL set = SetNamedPipeHandleState(end, &mode, NULL, NULL);

    expect_failed(set, ERROR_INVALID_PARAMETER);
    expect_mode(end, PIPE_NOWAIT);
}
END_TEST
COVERS_ROWS(change_that_fails, ends, "npipe.modes.failure_changes_nothing");

START_TEST(duplicate_of_the_handle)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE, 0);
    HANDLE end = ends[_i].client ? pipe.client : pipe.server, duplicate = duplicate_of(end);
    DWORD mode = PIPE_READMODE_MESSAGE;

    BOOL set = SetNamedPipeHandleState(duplicate, &mode, NULL, NULL);

    expect_succeeded(set);
    expect_mode(end, PIPE_READMODE_MESSAGE);
    put(ends[_i].client ? pipe.server : pipe.client, "one", 3);
    put(ends[_i].client ? pipe.server : pipe.client, "two", 3);
    expect_read(end, "one", 3);
    expect_read(duplicate, "two", 3);
}
END_TEST
COVERS_ROWS(duplicate_of_the_handle, ends, "npipe.modes.of_the_end");

PEER(sets_the_mode)
{
    DWORD mode = PIPE_NOWAIT;
    expect_succeeded(SetNamedPipeHandleState(peer_handle(0), &mode, NULL, NULL));
}

START_TEST(change_by_another_process)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    HANDLE end = ends[_i].client ? pipe.client : pipe.server;

    peer_join(peer_start(sets_the_mode, given_handle(end)));

    expect_mode(end, PIPE_NOWAIT);
    expect_failed(ReadFile(end, (char[1]){0}, 1, &(DWORD){0}, NULL), ERROR_NO_DATA);
    expect_mode(ends[_i].client ? pipe.server : pipe.client, 0);
}
END_TEST
COVERS_ROWS(change_by_another_process, ends, "npipe.modes.of_the_end");

START_TEST(next_client_starts_anew)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED connecting;
    set_mode(pipe.client, BOTH);
    require(DisconnectNamedPipe(pipe.server));
    offer(pipe.server, &connecting);

    HANDLE next = CreateFileW(pipe.name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_handle(next);
    expect_mode(next, 0);
    put(pipe.server, "one", 3);
    put(pipe.server, "two", 3);
    expect_read(next, "onetwo", 6);
}
END_TEST
COVERS(next_client_starts_anew, "npipe.modes.next_client");
