/* CreateNamedPipe, what else its parameters do: names, modes, buffers, flags, the ANSI twin. */
#include "npipe.h"

START_TEST(first_instance)
{
    HANDLE server =
        CreateNamedPipeW(unique_pipe(), PIPE_ACCESS_DUPLEX, 0, 7, 100, 200, 12345, NULL);

    expect_handle(server);
    expect_succeeded(CloseHandle(server));
}
END_TEST
COVERS(first_instance, "npipe.create.basic");

static const struct failing {
    struct row row;
    const WCHAR *name; /* NULL: a good one */
    DWORD pipe_mode;
} failings[] = {
    {{"without_pipe_in_the_name", NULL}, L"\\\\.\\winipc-cts", 0},
    {{"message_mode_of_bytes", NULL}, NULL, PIPE_READMODE_MESSAGE},
};

START_TEST(fails_with_invalid_handle_value)
{
    const struct failing *row = &failings[_i];

    HANDLE server = CreateNamedPipeW(row->name ? row->name : unique_pipe(), PIPE_ACCESS_DUPLEX,
                                     row->pipe_mode, 1, 0, 0, 0, NULL);

    DWORD error = GetLastError();
    expect_pointer(server, INVALID_HANDLE_VALUE);
    expect_true(error != LAST_ERROR_UNSET && error != ERROR_SUCCESS);
}
END_TEST
COVERS_ROWS(fails_with_invalid_handle_value, failings, "npipe.create.failure_sentinel");

START_TEST(name_with_a_backslash)
{
    const WCHAR *name = unique_name(L"\\\\.\\pipe\\folder\\");

    HANDLE server = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, NULL);

    record_result("a pipe name with a backslash", server != INVALID_HANDLE_VALUE);
}
END_TEST
COVERS(name_with_a_backslash, "npipe.create.name_no_backslash");

/* ---- Names of a computer: where one is slow to be found, that says nothing about the call ---- */

struct remote {
    const WCHAR *name;
    HANDLE pipe;
};

/* Whether the call that the thread makes has returned in time; if not it is called off. */
static bool returned(struct thread *thread)
{
    if (WaitForSingleObject(thread->handle, step_limit()) == WAIT_OBJECT_0)
        return true;
    CancelSynchronousIo(thread->handle);
    if (WaitForSingleObject(thread->handle, step_limit()) != WAIT_OBJECT_0)
        unresolved("a call with a computer's name has not returned");
    return false;
}

static DWORD create_remote(void *argument)
{
    struct remote *remote = argument;
    remote->pipe = CreateNamedPipeW(remote->name, PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, NULL);
    return GetLastError();
}

START_TEST(server_name_must_be_a_dot)
{
    struct remote remote = {.name = unique_name(L"\\\\localhost\\pipe\\")};

    struct thread *creator = thread_start(create_remote, &remote);

    if (!returned(creator))
        unresolved("CreateNamedPipe has not returned within %lu ms", step_limit());
    expect_true(thread_join(creator) != LAST_ERROR_UNSET);
    expect_pointer(remote.pipe, INVALID_HANDLE_VALUE);
}
END_TEST
COVERS(server_name_must_be_a_dot, "npipe.create.name_server_must_be_dot");
TAKES(server_name_must_be_a_dot, 20);

static DWORD open_remote(void *argument)
{
    struct remote *remote = argument;
    remote->pipe = CreateFileW(remote->name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    return remote->pipe == INVALID_HANDLE_VALUE ? GetLastError() : ERROR_SUCCESS;
}

START_TEST(computer_name_for_the_server)
{
    WCHAR computer[200], name[300];
    DWORD size = 200;
    require(GetComputerNameW(computer, &size));
    const WCHAR *local = unique_pipe();
    create_instance(local, PIPE_ACCESS_DUPLEX, 0, 1);
    wcscpy(name, L"\\\\");
    wcscat(name, computer);
    wcscat(name, local + 3);
    struct remote remote = {.name = name};

    struct thread *opener = thread_start(open_remote, &remote);

    bool in_time = returned(opener);
    DWORD error = thread_join(opener);
    char text[80];
    record("CreateFile on \\\\COMPUTER\\pipe\\", "%s",
           !in_time ? "no answer in time"
           : error  ? error_text(error, text, sizeof(text))
                    : "TRUE");
}
END_TEST
COVERS(computer_name_for_the_server, "npipe.names.server_part");
TAKES(computer_name_for_the_server, 20);

/* ---- Modes, flags and buffers ---- */

START_TEST(no_access_mode)
{
    HANDLE server = CreateNamedPipeW(unique_pipe(), 0, 0, 1, 0, 0, 0, NULL);

    record_result("CreateNamedPipe with an open mode of 0", server != INVALID_HANDLE_VALUE);
}
END_TEST
COVERS(no_access_mode, "npipe.create.openmode_zero_access");

START_TEST(inbound_client_with_read_attributes)
{
    const WCHAR *name = unique_pipe();
    create_instance(name, PIPE_ACCESS_INBOUND, PIPE_TYPE_MESSAGE, 1);
    HANDLE client = open_client(name, GENERIC_WRITE | FILE_READ_ATTRIBUTES, 0);
    DWORD flags = 99, state = 99;

    BOOL got = GetNamedPipeInfo(client, &flags, NULL, NULL, NULL);

    expect_succeeded(got);
    expect_flags(flags, PIPE_TYPE_MESSAGE, PIPE_INFO_NAMES);
    expect_succeeded(GetNamedPipeHandleStateW(client, &state, NULL, NULL, NULL, NULL, 0));
    expect_flags(state, 0, PIPE_MODE_NAMES);
}
END_TEST
COVERS(inbound_client_with_read_attributes, "npipe.create.access_inbound_client_info",
       "npipe.getstate.access");

static const struct harmless {
    struct row row;
    DWORD open_mode, pipe_mode, buffer;
} harmlesses[] = {
    {{"write_through", "npipe.create.write_through_accepted"}, FILE_FLAG_WRITE_THROUGH, 0, 4096},
    {{"reject_remote_clients", "npipe.create.reject_remote_flag"},
     0,
     PIPE_REJECT_REMOTE_CLIENTS,
     4096},
};

START_TEST(bytes_flow_with)
{
    const struct harmless *row = &harmlesses[_i];
    const WCHAR *name = unique_pipe();

    HANDLE server = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX | row->open_mode, row->pipe_mode, 1,
                                     row->buffer, row->buffer, 0, NULL);

    expect_handle(server);
    HANDLE client = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_handle(client);
    expect_bytes_flow(client, server);
    expect_bytes_flow(server, client);
}
END_TEST
COVERS_ROWS(bytes_flow_with, harmlesses);

static DWORD write_five(void *end)
{
    DWORD written = 0;
    expect_succeeded(WriteFile(end, "drops", 5, &written, NULL));
    return written;
}

START_TEST(buffers_of_no_bytes)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, NULL);
    expect_handle(server);
    HANDLE client = open_client(name, READ_WRITE, 0);

    struct thread *writer = thread_start(write_five, client);

    expect_read(server, "drops", 5);
    expect_number(thread_join(writer), 5);
}
END_TEST
COVERS(buffers_of_no_bytes, "npipe.create.buffers_zero");

START_TEST(both_twins_make_one_pipe)
{
    const char *name_a = unique_name_a("\\\\.\\pipe\\");
    WCHAR name[200];
    require(MultiByteToWideChar(CP_ACP, 0, name_a, -1, name, 200));

    HANDLE first = CreateNamedPipeA(name_a, PIPE_ACCESS_DUPLEX, 0, 2, 0, 0, 0, NULL);

    expect_handle(first);
    HANDLE second = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, 2, 0, 0, 0, NULL);
    expect_handle(second);
    DWORD instances = 0;
    require(GetNamedPipeHandleStateW(first, NULL, &instances, NULL, NULL, NULL, 0));
    expect_number(instances, 2);
    expect_handle(CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL));
    expect_handle(CreateFileA(name_a, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL));
}
END_TEST
COVERS(both_twins_make_one_pipe, "npipe.create.w_and_a_twins");

/* ---- Blocking and the write quota ---- */

static DWORD read_five(void *end)
{
    char bytes[100];
    DWORD got = 0;
    expect_succeeded(ReadFile(end, bytes, sizeof(bytes), &got, NULL));
    expect_bytes(bytes, "drops", 5);
    return got;
}

START_TEST(blocking_read_waits_for_a_write)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE | PIPE_WAIT, 0);

    struct thread *reader = thread_start(read_five, pipe.server);

    expect_stays_unsignaled(reader->handle);
    put(pipe.client, "drops", 5);
    expect_number(thread_join(reader), 5);
}
END_TEST
COVERS(blocking_read_waits_for_a_write, "npipe.create.wait_read_blocks");

static DWORD write_within_quota(void *end)
{
    static char bytes[1000];
    DWORD written = 0;
    expect_succeeded(WriteFile(end, bytes, sizeof(bytes), &written, NULL));
    return written;
}

START_TEST(write_within_the_quota_does_not_wait)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);

    struct thread *writer = thread_start(write_within_quota, pipe.client);

    expect_number(thread_join(writer), 1000);
    DWORD available = 0;
    require(PeekNamedPipe(pipe.server, NULL, 0, NULL, &available, NULL));
    expect_number(available, 1000);
}
END_TEST
COVERS(write_within_the_quota_does_not_wait, "npipe.create.write_within_quota");

#define BEYOND (64 * PIPE_BUFFER)

static DWORD write_beyond_quota(void *end)
{
    char *bytes = zero_bytes(BEYOND);
    DWORD written = 0;
    pattern_fill(bytes, BEYOND, 0);
    expect_succeeded(WriteFile(end, bytes, BEYOND, &written, NULL));
    return written;
}

START_TEST(write_beyond_the_quota_waits_for_the_reader)
{
    char *bytes = zero_bytes(BEYOND);
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);

    struct thread *writer = thread_start(write_beyond_quota, pipe.client);

    expect_stays_unsignaled(writer->handle);
    for (DWORD total = 0, got = 0; total < BEYOND; total += got)
        expect_succeeded(ReadFile(pipe.server, bytes + total, BEYOND - total, &got, NULL));
    expect_number(thread_join(writer), BEYOND);
    expect_pattern(bytes, BEYOND, 0);
}
END_TEST
COVERS(write_beyond_the_quota_waits_for_the_reader, "npipe.create.write_over_quota_blocks",
       "npipe.write.blocks_when_full");

/* ---- GetFileType ---- */

static const struct typed {
    struct row row;
    enum { FRESH, CONNECTED_SERVER, CONNECTED_CLIENT, LEFT } of;
} typeds[] = {
    {{"fresh_server", NULL}, FRESH},
    {{"connected_server", NULL}, CONNECTED_SERVER},
    {{"connected_client", NULL}, CONNECTED_CLIENT},
    {{"server_left_by_its_client", NULL}, LEFT},
};

START_TEST(file_type_of)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    HANDLE end = typeds[_i].of == CONNECTED_CLIENT ? pipe.client : pipe.server;
    if (typeds[_i].of == FRESH)
        end = create_instance(unique_pipe(), PIPE_ACCESS_DUPLEX, 0, 1);
    if (typeds[_i].of == LEFT)
        close_handle(&pipe.client);

    DWORD type = GetFileType(end);

    expect_flags(type, FILE_TYPE_PIPE, FILE_TYPE_NAMES);
}
END_TEST
COVERS_ROWS(file_type_of, typeds, "npipe.filetype.pipe");
