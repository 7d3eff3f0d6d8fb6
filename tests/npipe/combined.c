/* Flags of CreateNamedPipe and CreateFile beside others, and what a further instance is given. */
#include "npipe.h"

static const struct opening {
    struct row row;
    DWORD server, client; /* flags beside FILE_FLAG_OVERLAPPED */
} openings[] = {
    {{"server_with_write_through", "npipe.create.overlapped_and_others"},
     FILE_FLAG_WRITE_THROUGH,
     0},
    {{"server_with_both_others", "npipe.create.overlapped_and_others"},
     FILE_FLAG_WRITE_THROUGH | FILE_FLAG_FIRST_PIPE_INSTANCE,
     0},
    {{"client_with_write_through", "npipe.opened.overlapped_and_others"},
     0,
     FILE_FLAG_WRITE_THROUGH},
};

START_TEST(overlapped)
{
    const WCHAR *name = unique_pipe();
    OVERLAPPED by_server = overlapped_with_event(), by_client = overlapped_with_event();
    static char bytes[2];

    HANDLE server =
        CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | openings[_i].server, 0,
                         1, PIPE_BUFFER, PIPE_BUFFER, 0, NULL);
    HANDLE client = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING,
                                FILE_FLAG_OVERLAPPED | openings[_i].client, NULL);

    expect_handle(server);
    expect_handle(client);
    BOOL read = ReadFile(server, &bytes[0], 1, NULL, &by_server);
    expect_failed(read, ERROR_IO_PENDING);
    read = ReadFile(client, &bytes[1], 1, NULL, &by_client);
    expect_failed(read, ERROR_IO_PENDING);
    put(server, "c", 1);
    put(client, "s", 1);
    expect_signaled(by_server.hEvent);
    expect_signaled(by_client.hEvent);
    expect_bytes(bytes, "sc", 2);
}
END_TEST
COVERS_ROWS(overlapped, openings);

START_TEST(modes_beside_reject_remote_clients)
{
    HANDLE server = CreateNamedPipeW(unique_pipe(), PIPE_ACCESS_DUPLEX,
                                     MESSAGES | PIPE_NOWAIT | PIPE_REJECT_REMOTE_CLIENTS, 1,
                                     PIPE_BUFFER, PIPE_BUFFER, 0, NULL);

    expect_handle(server);
    DWORD state = 99, flags = 0;
    require(GetNamedPipeHandleStateW(server, &state, NULL, NULL, NULL, NULL, 0));
    expect_number(state, PIPE_NOWAIT | PIPE_READMODE_MESSAGE);
    require(GetNamedPipeInfo(server, &flags, NULL, NULL, NULL));
    expect_true(flags & PIPE_TYPE_MESSAGE);
    BOOL connected = ConnectNamedPipe(server, NULL);
    expect_failed(connected, ERROR_PIPE_LISTENING);
}
END_TEST
COVERS(modes_beside_reject_remote_clients, "npipe.create.modes_and_reject_remote");

/* ---- A further instance ---- */

static HANDLE instance(const WCHAR *name, BOOL inherit)
{
    SECURITY_ATTRIBUTES attributes = {sizeof(attributes), NULL, inherit};
    return CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, 2, PIPE_BUFFER, PIPE_BUFFER, 0,
                            &attributes);
}

static const struct inheritance {
    struct row row;
    BOOL further;
} inheritances[] = {
    {{"inheritable", NULL}, TRUE},
    {{"not_inheritable", NULL}, FALSE},
};

static void expect_inheritable(HANDLE handle, BOOL inherit)
{
    DWORD flags = 99;
    require(GetHandleInformation(handle, &flags));
    expect_flags(flags, inherit ? HANDLE_FLAG_INHERIT : 0, HANDLE_FLAG_NAMES);
}

START_TEST(further_instance_is)
{
    BOOL inherit = inheritances[_i].further;
    const WCHAR *name = unique_pipe();
    HANDLE first = instance(name, !inherit);
    require(first != INVALID_HANDLE_VALUE);

    HANDLE further = instance(name, inherit);

    expect_handle(further);
    expect_inheritable(further, inherit);
    expect_inheritable(first, !inherit);
}
END_TEST
COVERS_ROWS(further_instance_is, inheritances, "npipe.create.further_inherit");
