/* How a client reaches a pipe: CreateFile by access, busy and missing pipes, WaitNamedPipe. */
#include "npipe.h"

static const struct client_access {
    struct row row;
    struct {
        DWORD mode, access;
        bool fits;
    };
} client_accesses[] = {
    {{"duplex_both", "npipe.create.access_duplex"}, {PIPE_ACCESS_DUPLEX, READ_WRITE, true}},
    {{"duplex_read", "npipe.create.access_duplex_client_ro"},
     {PIPE_ACCESS_DUPLEX, GENERIC_READ, true}},
    {{"duplex_write", "npipe.create.access_duplex_client_wo"},
     {PIPE_ACCESS_DUPLEX, GENERIC_WRITE, true}},
    {{"inbound_both", "npipe.client.incompatible_access"},
     {PIPE_ACCESS_INBOUND, READ_WRITE, false}},
    {{"inbound_read", "npipe.create.access_inbound_client_read_denied"},
     {PIPE_ACCESS_INBOUND, GENERIC_READ, false}},
    {{"inbound_write", "npipe.create.access_inbound_flow"},
     {PIPE_ACCESS_INBOUND, GENERIC_WRITE, true}},
    {{"outbound_both", "npipe.client.incompatible_access"},
     {PIPE_ACCESS_OUTBOUND, READ_WRITE, false}},
    {{"outbound_read", "npipe.create.access_outbound_flow"},
     {PIPE_ACCESS_OUTBOUND, GENERIC_READ, true}},
    {{"outbound_write", "npipe.create.access_outbound_client_write_denied"},
     {PIPE_ACCESS_OUTBOUND, GENERIC_WRITE, false}},
};

START_TEST(access)
{
    const struct client_access *row = &client_accesses[_i];
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, row->mode, PIPE_TYPE_BYTE, 1);

    HANDLE client = CreateFileW(name, row->access, 0, NULL, OPEN_EXISTING, 0, NULL);

    if (!row->fits) {
        expect_invalid_handle(client, ERROR_ACCESS_DENIED);
        DWORD fitting = row->mode == PIPE_ACCESS_INBOUND ? GENERIC_WRITE : GENERIC_READ;
        client = CreateFileW(name, fitting, 0, NULL, OPEN_EXISTING, 0, NULL);
        expect_handle(client);
        return;
    }
    expect_handle(client);
    char byte = 0;
    DWORD count = 0;
    if (row->access & GENERIC_WRITE) {
        expect_bytes_flow(client, server);
    } else {
        BOOL wrote = WriteFile(client, &byte, 1, &count, NULL);
        expect_failed(wrote, ERROR_ACCESS_DENIED);
    }
    if (row->access & GENERIC_READ) {
        expect_bytes_flow(server, client);
    } else {
        BOOL read = ReadFile(client, &byte, 1, &count, NULL);
        expect_failed(read, ERROR_ACCESS_DENIED);
    }
}
END_TEST
COVERS_ROWS(access, client_accesses);

START_TEST(inbound_server_end_does_not_write)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_INBOUND, PIPE_TYPE_BYTE, 1);
    HANDLE client = open_client(name, GENERIC_WRITE, 0);

    BOOL wrote = WriteFile(server, "x", 1, &(DWORD){0}, NULL);

    expect_failed(wrote, ERROR_ACCESS_DENIED);
    expect_bytes_flow(client, server);
}
END_TEST
COVERS(inbound_server_end_does_not_write, "npipe.create.access_inbound_server_write");

START_TEST(outbound_server_end_does_not_read)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_OUTBOUND, PIPE_TYPE_BYTE, 1);
    HANDLE client = open_client(name, GENERIC_READ, 0);

    BOOL read = ReadFile(server, (char[1]){0}, 1, &(DWORD){0}, NULL);

    expect_failed(read, ERROR_ACCESS_DENIED);
    expect_bytes_flow(server, client);
}
END_TEST
COVERS(outbound_server_end_does_not_read, "npipe.create.access_outbound_server_read");

START_TEST(all_instances_busy)
{
    const WCHAR *name = unique_pipe();
    create_instance(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 2);
    create_instance(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 2);
    open_client(name, READ_WRITE, 0);
    open_client(name, READ_WRITE, 0);

    HANDLE third = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_invalid_handle(third, ERROR_PIPE_BUSY);
}
END_TEST
COVERS(all_instances_busy, "npipe.client.busy");

START_TEST(unknown_name)
{
    HANDLE client = CreateFileW(unique_pipe(), READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_invalid_handle(client, ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(unknown_name, "npipe.client.unknown_name");

START_TEST(wait_for_available_instance)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    OVERLAPPED connecting;
    offer(server, &connecting);

    BOOL available = WaitNamedPipeW(name, step_limit());

    expect_succeeded(available);
    /* The wait has taken nothing: a second one and an open find the instance free. */
    available = WaitNamedPipeW(name, step_limit());
    expect_succeeded(available);
    HANDLE client = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_handle(client);
}
END_TEST
COVERS(wait_for_available_instance, "npipe.wait.available_immediate", "npipe.wait.no_reservation");

START_TEST(wait_runs_into_time_out)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);

    BOOL available = WaitNamedPipeW(pipe.name, 10);

    expect_failed(available, ERROR_SEM_TIMEOUT);
}
END_TEST
COVERS(wait_runs_into_time_out, "npipe.wait.timeout_error");

START_TEST(wait_for_missing_pipe_returns_at_once)
{
    BOOL available = WaitNamedPipeW(unique_pipe(), NMPWAIT_WAIT_FOREVER);

    expect_failed(available, ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(wait_for_missing_pipe_returns_at_once, "npipe.wait.no_such_pipe");

static const struct default_wait {
    struct row row;
    DWORD created_with, milliseconds;
} default_waits[] = {
    {{"given_by_server", "npipe.wait.use_default"}, 100, 100},
    {{"given_as_zero", "npipe.create.timeout_zero_is_50ms"}, 0, 50},
};

START_TEST(wait_by_default)
{
    const struct default_wait *row = &default_waits[_i];
    const WCHAR *name = unique_pipe();
    HANDLE server = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, row->created_with, NULL);
    require(server != INVALID_HANDLE_VALUE);
    open_client(name, READ_WRITE, 0);
    LARGE_INTEGER frequency, before, after;
    QueryPerformanceFrequency(&frequency);
    LONGLONG shortest = MAXLONGLONG;

    /* What does not wait may take as long on a busy machine, but not each time. */
    for (int i = 0; i < 4; i++) {
        QueryPerformanceCounter(&before);
        BOOL available = WaitNamedPipeW(name, NMPWAIT_USE_DEFAULT_WAIT);
        expect_failed(available, ERROR_SEM_TIMEOUT);
        QueryPerformanceCounter(&after);
        LONGLONG waited = (after.QuadPart - before.QuadPart) * 1000 / frequency.QuadPart;
        shortest = waited < shortest ? waited : shortest;
    }

    /* A tick of the system clock (16 ms) too early is still on time. */
    expect_true(shortest >= (LONGLONG)row->milliseconds - 16);
}
END_TEST
COVERS_ROWS(wait_by_default, default_waits);

static DWORD wait_for_instance(void *name)
{
    BOOL available = WaitNamedPipeW(name, step_limit());
    expect_succeeded(available);
    return 0;
}

START_TEST(wait_ends_when_instance_is_offered_again)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    struct thread *waiting = thread_start(wait_for_instance, (void *)pipe.name);
    expect_stays_unsignaled(waiting->handle);
    require(DisconnectNamedPipe(pipe.server));

    OVERLAPPED connecting = overlapped_with_event();
    BOOL connected = ConnectNamedPipe(pipe.server, &connecting);

    expect_failed(connected, ERROR_IO_PENDING);
    thread_join(waiting);
}
END_TEST
COVERS(wait_ends_when_instance_is_offered_again, "npipe.wait.released_by_connect");
