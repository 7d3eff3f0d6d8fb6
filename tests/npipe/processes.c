/* Named pipes between processes: several clients at once, ends that are killed, who is there. */
#include "npipe.h"

#include <stdlib.h>

enum { CLIENTS = 3, SHARE = 16 * PIPE_BUFFER };

/* Where in the pattern the two directions of client NUMBER lie, far apart from all others. */
static uint64_t from_client(uint64_t number)
{
    return number << 24;
}

static uint64_t to_client(uint64_t number)
{
    return (CLIENTS + number) << 24;
}

/*
 * Sends SHARE bytes while it takes SHARE bytes over the same handle. Both sides write first, and
 * more than the pipe holds: no write ends before the other side reads while its own is under way.
 */
static void exchange(HANDLE end, uint64_t sent_from, uint64_t taken_from)
{
    uint8_t *sent = malloc(SHARE), *taken = malloc(SHARE);
    OVERLAPPED writing = overlapped_with_event();
    DWORD written = 0;
    pattern_fill(sent, SHARE, sent_from);
    BOOL wrote = WriteFile(end, sent, SHARE, NULL, &writing);
    expect_true(wrote || GetLastError() == ERROR_IO_PENDING);
    for (DWORD got, total = 0; total < SHARE; total += got) {
        OVERLAPPED reading = overlapped_with_event();
        BOOL started = ReadFile(end, taken + total, SHARE - total, NULL, &reading);
        BOOL read = finish(started, end, &reading, &got);
        expect_succeeded(read);
        expect_pattern(taken + total, got, taken_from + total);
    }
    expect_signaled(writing.hEvent);
    BOOL ended = GetOverlappedResult(end, &writing, &written, FALSE);
    expect_succeeded(ended);
    expect_number(written, SHARE);
}

PEER(full_duplex_client)
{
    uint8_t number = (uint8_t)peer_number(0);
    HANDLE end =
        CreateFileW(peer_text(0), READ_WRITE, 0, NULL, OPEN_EXISTING, FILE_FLAG_OVERLAPPED, NULL);
    expect_handle(end);
    put(end, &number, 1);
    exchange(end, from_client(number), to_client(number));
}
END_TEST

struct session {
    HANDLE server;
    uint8_t number; /* of the client that it got: which one is not determined */
};

static DWORD serve(void *argument)
{
    struct session *session = argument;
    exchange(session->server, to_client(session->number), from_client(session->number));
    return 0;
}

START_TEST(three_clients_at_once)
{
    const WCHAR *name = unique_pipe();
    struct session sessions[CLIENTS];
    OVERLAPPED connecting[CLIENTS];
    struct peer *clients[CLIENTS];
    struct thread *serving[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
        sessions[i].server =
            create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, CLIENTS);
        offer(sessions[i].server, &connecting[i]);
    }
    for (int i = 0; i < CLIENTS; i++)
        clients[i] = peer_start(full_duplex_client, given_text(name), given_number(i));

    bool seen[CLIENTS] = {false};
    for (int i = 0; i < CLIENTS; i++) {
        OVERLAPPED reading = overlapped_with_event();
        DWORD got = 0;
        expect_signaled(connecting[i].hEvent);
        BOOL started = ReadFile(sessions[i].server, &sessions[i].number, 1, NULL, &reading);
        BOOL read = finish(started, sessions[i].server, &reading, &got);
        expect_succeeded(read);
        expect_true(sessions[i].number < CLIENTS && !seen[sessions[i].number]);
        seen[sessions[i].number] = true;
    }
    for (int i = 0; i < CLIENTS; i++)
        serving[i] = thread_start(serve, &sessions[i]);

    for (int i = 0; i < CLIENTS; i++)
        thread_join(serving[i]);
    for (int i = 0; i < CLIENTS; i++)
        peer_join(clients[i]);
}
END_TEST
COVERS(three_clients_at_once, "npipe.concept.instances_isolated",
       "npipe.concept.unrelated_processes");
TAKES(three_clients_at_once, 30);

/* Says a word and then waits for an answer that never comes. */
PEER(client_until_killed)
{
    HANDLE end = open_client(peer_text(0), READ_WRITE, 0);
    put(end, "last words", 10);
    checkpoint_reach("said");
    ReadFile(end, (char[1]){0}, 1, &(DWORD){0}, NULL);
}
END_TEST

START_TEST(client_is_killed)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1);
    struct peer *peer = peer_start(client_until_killed, given_text(name));
    checkpoint_wait("said");
    peer_kill(peer);

    expect_read(server, "last words", 10);
    BOOL read = ReadFile(server, (char[1]){0}, 1, &(DWORD){0}, NULL);

    expect_failed(read, ERROR_BROKEN_PIPE);
    BOOL connected = ConnectNamedPipe(server, NULL);
    expect_failed(connected, ERROR_NO_DATA);
}
END_TEST
COVERS(client_is_killed, "npipe.read.peer_killed", "npipe.connect.client_killed");

START_TEST(client_is_killed_during_read)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    struct peer *peer = peer_start(client_until_killed, given_text(name));
    checkpoint_wait("said");
    expect_read(server, "last words", 10);
    OVERLAPPED reading = overlapped_with_event();
    BOOL read = ReadFile(server, (char[1]){0}, 1, NULL, &reading);
    require(!read && GetLastError() == ERROR_IO_PENDING);

    peer_kill(peer);

    expect_signaled(reading.hEvent);
    BOOL ended = GetOverlappedResult(server, &reading, &(DWORD){0}, FALSE);
    expect_failed(ended, ERROR_BROKEN_PIPE);
}
END_TEST
COVERS(client_is_killed_during_read, "npipe.read.peer_killed");

PEER(server_until_killed)
{
    HANDLE server = create_instance(peer_text(0), PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1);
    checkpoint_reach("created");
    ConnectNamedPipe(server, NULL);
    ReadFile(server, (char[1]){0}, 1, &(DWORD){0}, NULL);
}
END_TEST

START_TEST(server_is_killed)
{
    const WCHAR *name = unique_pipe();
    struct peer *peer = peer_start(server_until_killed, given_text(name));
    checkpoint_wait("created");
    HANDLE client = open_client(name, READ_WRITE, 0);

    peer_kill(peer);

    BOOL read = ReadFile(client, (char[1]){0}, 1, &(DWORD){0}, NULL);
    expect_failed(read, ERROR_BROKEN_PIPE);
    close_handle(&client);
    client = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_invalid_handle(client, ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(server_is_killed, "npipe.create.process_exit_closes");

/* The text wants a server's handle, but a client's has always done on Windows. */
PEER(client_asks_who_serves)
{
    HANDLE end = open_client(peer_text(0), READ_WRITE, 0);
    ULONG server = 0;
    BOOL got = GetNamedPipeServerProcessId(end, &server);
    if (got)
        expect_number(server, peer_number(0));
    record("server_of_client_handle", "%s", got ? "its process id" : "refused");
    put(end, "asked", 5);
    ReadFile(end, (char[1]){0}, 1, &(DWORD){0}, NULL);
}
END_TEST

START_TEST(process_ids)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    OVERLAPPED connecting;
    offer(server, &connecting);
    struct peer *peer =
        peer_start(client_asks_who_serves, given_text(name), given_number(GetCurrentProcessId()));
    expect_signaled(connecting.hEvent);
    expect_read(server, "asked", 5);
    ULONG id = 0;

    BOOL got = GetNamedPipeClientProcessId(server, &id);

    expect_succeeded(got);
    expect_number(id, peer->info.dwProcessId);
    got = GetNamedPipeServerProcessId(server, &id);
    expect_succeeded(got);
    expect_number(id, GetCurrentProcessId());
    close_handle(&server);
    peer_join(peer);
}
END_TEST
COVERS(process_ids, "npipe.pid.client_from_server", "npipe.pid.server_from_server",
       "npipe.pid.server_from_client");

START_TEST(process_ids_within_one_process)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    ULONG id = 0;

    BOOL got = GetNamedPipeClientProcessId(pipe.server, &id);

    expect_succeeded(got);
    expect_number(id, GetCurrentProcessId());
    got = GetNamedPipeServerProcessId(pipe.server, &id);
    expect_succeeded(got);
    expect_number(id, GetCurrentProcessId());
}
END_TEST
COVERS(process_ids_within_one_process, "npipe.pid.client_from_server",
       "npipe.pid.server_from_server");
