/* ConnectNamedPipe in each state of an instance, and what DisconnectNamedPipe does to it. */
#include "npipe.h"

static const struct instance_state {
    struct row row;
    struct {
        DWORD overlapped, wait_mode;
        enum { NO_CLIENT, CLIENT_OPEN, CLIENT_CLOSED } client;
        DWORD error;
    };
} states[] = {
    {{"blocking_client_open", "npipe.connect.already_connected"},
     {0, PIPE_WAIT, CLIENT_OPEN, ERROR_PIPE_CONNECTED}},
    {{"blocking_client_closed", "npipe.connect.reconnect_needs_disconnect_closed"},
     {0, PIPE_WAIT, CLIENT_CLOSED, ERROR_NO_DATA}},
    {{"overlapped_client_open", "npipe.connect.async_already_connected"},
     {FILE_FLAG_OVERLAPPED, PIPE_WAIT, CLIENT_OPEN, ERROR_PIPE_CONNECTED}},
    {{"overlapped_client_closed", "npipe.connect.reconnect_needs_disconnect_closed"},
     {FILE_FLAG_OVERLAPPED, PIPE_WAIT, CLIENT_CLOSED, ERROR_NO_DATA}},
    {{"nonblocking_no_client", "npipe.connect.nowait_listening"},
     {0, PIPE_NOWAIT, NO_CLIENT, ERROR_PIPE_LISTENING}},
    {{"nonblocking_client_open", "npipe.connect.nowait_connected"},
     {0, PIPE_NOWAIT, CLIENT_OPEN, ERROR_PIPE_CONNECTED}},
    {{"nonblocking_client_closed", "npipe.connect.nowait_no_data"},
     {0, PIPE_NOWAIT, CLIENT_CLOSED, ERROR_NO_DATA}},
};

START_TEST(in_state)
{
    const struct instance_state *row = &states[_i];
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | row->overlapped, row->wait_mode, 1);
    HANDLE client = row->client != NO_CLIENT ? open_client(name, READ_WRITE, 0) : NULL;
    if (row->client == CLIENT_CLOSED)
        close_handle(&client);
    OVERLAPPED connecting = overlapped_with_event();

    BOOL connected = ConnectNamedPipe(server, row->overlapped ? &connecting : NULL);

    expect_failed(connected, row->error);
    if (row->client == NO_CLIENT)
        client = open_client(name, READ_WRITE, 0);
    if (client)
        expect_bytes_flow(client, server);
}
END_TEST
COVERS_ROWS(in_state, states);

/* A thread that comes to its call after the client finds it there. */
static DWORD connect_to_client(void *server)
{
    BOOL connected = ConnectNamedPipe(server, NULL);
    if (!connected)
        expect_failed(connected, ERROR_PIPE_CONNECTED);
    return 0;
}

START_TEST(blocking_waits_for_client)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, PIPE_WAIT, 1);

    struct thread *connecting = thread_start(connect_to_client, server);

    expect_stays_unsignaled(connecting->handle);
    HANDLE client = open_client(name, READ_WRITE, 0);
    thread_join(connecting);
    expect_bytes_flow(client, server);
}
END_TEST
COVERS(blocking_waits_for_client, "npipe.connect.sync_waits");

START_TEST(client_end_is_refused)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);

    BOOL connected = ConnectNamedPipe(pipe.client, NULL);

    expect_failed(connected, ERROR_INVALID_FUNCTION);
    expect_bytes_flow(pipe.client, pipe.server);
}
END_TEST
COVERS(client_end_is_refused, "npipe.connect.client_handle_refused");

START_TEST(again_while_first_client_is_open)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    OVERLAPPED connecting;
    offer(server, &connecting);
    HANDLE client = open_client(name, READ_WRITE, 0);
    expect_signaled(connecting.hEvent);

    BOOL again = ConnectNamedPipe(server, &connecting);

    expect_failed(again, ERROR_PIPE_CONNECTED);
    expect_bytes_flow(server, client);
}
END_TEST
COVERS(again_while_first_client_is_open, "npipe.connect.reconnect_needs_disconnect_open");

START_TEST(same_instance_serves_next_client)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    HANDLE first = open_client(name, READ_WRITE, 0);
    expect_bytes_flow(first, server);

    BOOL disconnected = DisconnectNamedPipe(server);

    expect_succeeded(disconnected);
    OVERLAPPED connecting = overlapped_with_event();
    BOOL connected = ConnectNamedPipe(server, &connecting);
    expect_failed(connected, ERROR_IO_PENDING);
    HANDLE second = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_handle(second);
    expect_signaled(connecting.hEvent);
    expect_bytes_flow(second, server);
    expect_bytes_flow(server, second);
}
END_TEST
COVERS(same_instance_serves_next_client, "npipe.connect.reuse_after_disconnect");

START_TEST(no_new_client_before_disconnect)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    close_handle(&pipe.client);

    HANDLE next = CreateFileW(pipe.name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_invalid_handle(next, ERROR_PIPE_BUSY);
    require(DisconnectNamedPipe(pipe.server));
    OVERLAPPED connecting;
    offer(pipe.server, &connecting);
    next = CreateFileW(pipe.name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_handle(next);
}
END_TEST
COVERS(no_new_client_before_disconnect, "npipe.disconnect.required_before_reuse");

START_TEST(name_stays_after_disconnect)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    require(DisconnectNamedPipe(pipe.server));

    HANDLE next = CreateFileW(pipe.name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_invalid_handle(next, ERROR_PIPE_BUSY);
}
END_TEST
COVERS(name_stays_after_disconnect, "npipe.disconnect.name_stays");

/* The text promises TRUE, Windows says ERROR_PIPE_LISTENING; either way a client may come now. */
START_TEST(nonblocking_after_disconnect)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, PIPE_NOWAIT, 1);
    HANDLE client = open_client(name, READ_WRITE, 0);
    require(DisconnectNamedPipe(server));
    close_handle(&client);

    BOOL connected = ConnectNamedPipe(server, NULL);

    if (!connected)
        expect_failed(connected, ERROR_PIPE_LISTENING);
    record("first_connect_after_disconnect", "%s", connected ? "TRUE" : "ERROR_PIPE_LISTENING");
    client = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_handle(client);
    connected = ConnectNamedPipe(server, NULL);
    expect_failed(connected, ERROR_PIPE_CONNECTED);
}
END_TEST
COVERS(nonblocking_after_disconnect, "npipe.connect.nowait_first_after_disconnect");

static BOOL read_byte(HANDLE end)
{
    return ReadFile(end, (char[1]){0}, 1, &(DWORD){0}, NULL);
}

static BOOL write_byte(HANDLE end)
{
    return WriteFile(end, "x", 1, &(DWORD){0}, NULL);
}

static BOOL peek(HANDLE end)
{
    return PeekNamedPipe(end, NULL, 0, NULL, &(DWORD){0}, NULL);
}

static const struct use {
    struct row row;
    BOOL (*call)(HANDLE);
} uses[] = {
    {{"read", NULL}, read_byte},
    {{"write", NULL}, write_byte},
    {{"peek", NULL}, peek},
};

START_TEST(disconnect_cuts_client_off)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    expect_bytes_flow(pipe.server, pipe.client);
    expect_bytes_flow(pipe.client, pipe.server);
    require(DisconnectNamedPipe(pipe.server));

    BOOL used = uses[_i].call(pipe.client);

    expect_failed(used, ERROR_PIPE_NOT_CONNECTED);
    BOOL closed = CloseHandle(pipe.client);
    expect_succeeded(closed);
}
END_TEST
COVERS_ROWS(disconnect_cuts_client_off, uses, "npipe.disconnect.forces_client_closed");

START_TEST(disconnect_discards_what_server_wrote)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    put(pipe.server, "never read", 10);

    BOOL disconnected = DisconnectNamedPipe(pipe.server);

    expect_succeeded(disconnected);
    char buffer[16];
    DWORD got = 16;
    BOOL read = ReadFile(pipe.client, buffer, sizeof(buffer), &got, NULL);
    expect_failed(read, ERROR_PIPE_NOT_CONNECTED);
    expect_number(got, 0);
}
END_TEST
COVERS(disconnect_discards_what_server_wrote, "npipe.disconnect.discards_server_data",
       "npipe.read.count_zeroed_first");

START_TEST(disconnect_discards_what_client_wrote)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    put(pipe.client, "never read", 10);

    BOOL disconnected = DisconnectNamedPipe(pipe.server);

    expect_succeeded(disconnected);
    OVERLAPPED connecting;
    offer(pipe.server, &connecting);
    HANDLE next = open_client(pipe.name, READ_WRITE, 0);
    DWORD unread = 99;
    BOOL peeked = PeekNamedPipe(pipe.server, NULL, 0, NULL, &unread, NULL);
    expect_succeeded(peeked);
    expect_number(unread, 0);
    expect_bytes_flow(next, pipe.server);
}
END_TEST
COVERS(disconnect_discards_what_client_wrote, "npipe.disconnect.discards_client_data");

START_TEST(disconnect_of_client_end_is_refused)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);

    BOOL disconnected = DisconnectNamedPipe(pipe.client);

    expect_failed_somehow(disconnected);
    expect_bytes_flow(pipe.client, pipe.server);
}
END_TEST
COVERS(disconnect_of_client_end_is_refused, "npipe.disconnect.client_end_refused");
