/* CallNamedPipeA fails where its Unicode twin does, for the same reasons. */
#include "npipe.h"

static char reply[32];

static const struct refusal {
    struct row row;
    DWORD open_mode, pipe_mode;
    bool taken; /* by another client */
    DWORD error;
} refusals[] = {
    {{"one_way_to_the_client", "npipe.calla.needs_duplex"},
     PIPE_ACCESS_OUTBOUND,
     PIPE_TYPE_MESSAGE,
     false,
     ERROR_ACCESS_DENIED},
    {{"one_way_to_the_server", "npipe.calla.needs_duplex"},
     PIPE_ACCESS_INBOUND,
     MESSAGES,
     false,
     ERROR_ACCESS_DENIED},
    {{"taken", "npipe.calla.nowait"}, PIPE_ACCESS_DUPLEX, MESSAGES, true, 0},
    {{"of_bytes", "npipe.calla.byte_type"}, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, false, 0},
};

START_TEST(pipe_that_is)
{
    const struct refusal *row = &refusals[_i];
    const char *name = unique_name_a("\\\\.\\pipe\\");
    HANDLE server = CreateNamedPipeA(name, row->open_mode, row->pipe_mode, 1, PIPE_BUFFER,
                                     PIPE_BUFFER, 0, NULL);
    require(server != INVALID_HANDLE_VALUE);
    HANDLE client = row->taken ? CreateFileA(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL)
                               : INVALID_HANDLE_VALUE;

    BOOL called =
        CallNamedPipeA(name, (char[]){"ask"}, 3, reply, sizeof(reply), &(DWORD){0}, NMPWAIT_NOWAIT);

    if (row->taken)
        /* From the wait, or from opening the pipe once more after it. */
        expect_failed(called, ERROR_SEM_TIMEOUT, ERROR_PIPE_BUSY);
    else if (row->error)
        expect_failed(called, row->error);
    else
        expect_failed_somehow(called);
    if (row->taken)
        expect_bytes_flow(client, server);
}
END_TEST
COVERS_ROWS(pipe_that_is, refusals);

static DWORD answer_emptily(void *server)
{
    require(ConnectNamedPipe(server, NULL) || GetLastError() == ERROR_PIPE_CONNECTED);
    expect_read(server, "", 0);
    put(server, "", 0);
    FlushFileBuffers(server);
    return 0;
}

static DWORD leave_without_a_reply(void *server)
{
    require(ConnectNamedPipe(server, NULL) || GetLastError() == ERROR_PIPE_CONNECTED);
    expect_read(server, "", 0);
    expect_succeeded(DisconnectNamedPipe(server));
    return 0;
}

static const struct {
    struct row row;
    DWORD (*serve)(void *);
    bool replies;
} servers[] = {
    {{"replies_emptily", "npipe.calla.empty_messages"}, answer_emptily, true},
    {{"leaves", "npipe.calla.no_reply"}, leave_without_a_reply, false},
};

START_TEST(server_that)
{
    const char *name = unique_name_a("\\\\.\\pipe\\");
    HANDLE server =
        CreateNamedPipeA(name, PIPE_ACCESS_DUPLEX, MESSAGES, 1, PIPE_BUFFER, PIPE_BUFFER, 0, NULL);
    require(server != INVALID_HANDLE_VALUE);
    struct thread *serving = thread_start(servers[_i].serve, server);
    DWORD got = 99;

    BOOL called = CallNamedPipeA(name, (char[]){""}, 0, reply, sizeof(reply), &got, step_limit());

    if (servers[_i].replies) {
        expect_succeeded(called);
        expect_number(got, 0);
    } else {
        expect_failed_somehow(called);
    }
    thread_join(serving);
}
END_TEST
COVERS_ROWS(server_that, servers);
