/* GetNamedPipeHandleStateA. */
#include "npipe.h"

static const struct asked {
    struct row row;
    DWORD pipe_mode;
    bool client;
    DWORD state;
} askeds[] = {
    {{"bytes_of_the_server", "npipe.getstatea.state"}, PIPE_TYPE_BYTE, false, 0},
    {{"messages_of_the_server", "npipe.getstatea.state"},
     PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE,
     false,
     PIPE_READMODE_MESSAGE},
    {{"nonblocking_server", "npipe.getstatea.state"},
     PIPE_TYPE_BYTE | PIPE_NOWAIT,
     false,
     PIPE_NOWAIT},
    {{"client_of_messages", "npipe.getstatea.state"},
     PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE,
     true,
     0},
};

START_TEST(state)
{
    const struct asked *row = &askeds[_i];
    struct connection pipe = connect_duplex(row->pipe_mode, 0);
    DWORD state = 0x99, instances = 0;

    BOOL got = GetNamedPipeHandleStateA(row->client ? pipe.client : pipe.server, &state, &instances,
                                        NULL, NULL, NULL, 0);

    expect_succeeded(got);
    expect_flags(state, row->state, PIPE_MODE_NAMES);
    expect_number(instances, 1);
}
END_TEST
COVERS_ROWS(state, askeds, "npipe.getstatea.instances");

START_TEST(nothing_asked)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);

    BOOL got = GetNamedPipeHandleStateA(pipe.server, NULL, NULL, NULL, NULL, NULL, 0);

    expect_succeeded(got);
    got = GetNamedPipeHandleStateA(pipe.client, NULL, NULL, NULL, NULL, NULL, 0);
    expect_succeeded(got);
}
END_TEST
COVERS(nothing_asked, "npipe.getstatea.all_null");

START_TEST(user_name_of_the_client)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);
    HANDLE client = open_client(name, READ_WRITE, SECURITY_SQOS_PRESENT | SECURITY_IMPERSONATION);
    char user[300] = "", own[300];
    DWORD size = sizeof(own);
    require(GetUserNameA(own, &size));
    expect_bytes_flow(client, server);

    BOOL got = GetNamedPipeHandleStateA(server, NULL, NULL, NULL, NULL, user, sizeof(user));

    expect_succeeded(got);
    expect_bytes(user, own, size);
}
END_TEST
COVERS(user_name_of_the_client, "npipe.getstatea.user_name");

START_TEST(of_an_anonymous_pipe)
{
    HANDLE reader, writer;
    require(CreatePipe(&reader, &writer, NULL, 0));
    DWORD state = 0x99;

    BOOL got = GetNamedPipeHandleStateA(reader, &state, NULL, NULL, NULL, NULL, 0);

    expect_succeeded(got);
    expect_flags(state, 0, PIPE_MODE_NAMES);
}
END_TEST
COVERS(of_an_anonymous_pipe, "npipe.getstatea.anonymous");

START_TEST(of_no_pipe)
{
    HANDLE file = CreateFileW(scratch_path(L"no-pipe"), READ_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
    require(file != INVALID_HANDLE_VALUE);
    DWORD state = 0x99;

    BOOL got = GetNamedPipeHandleStateA(file, &state, NULL, NULL, NULL, NULL, 0);

    expect_failed_somehow(got);
}
END_TEST
COVERS(of_no_pipe, "npipe.getstatea.not_a_pipe");
