/* Instances of one pipe in two processes: the first one, the limit, the number, which is free. */
#include "npipe.h"

static HANDLE try_instance(const WCHAR *name, DWORD flags, DWORD instances)
{
    return CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX | flags, 0, instances, PIPE_BUFFER,
                            PIPE_BUFFER, 0, NULL);
}

PEER(may_not_be_first)
{
    HANDLE server = try_instance(peer_text(0), FILE_FLAG_FIRST_PIPE_INSTANCE, 2);

    expect_invalid_handle(server, ERROR_ACCESS_DENIED);
    expect_handle(try_instance(peer_text(0), 0, 2));
}

PEER(is_first)
{
    HANDLE server = try_instance(peer_text(0), FILE_FLAG_FIRST_PIPE_INSTANCE, 2);

    expect_handle(server);
}

START_TEST(first_instance_after_that_of_another_process)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 2);

    peer_join(peer_start(may_not_be_first, given_text(name)));

    close_handle(&server);
    peer_join(peer_start(is_first, given_text(name)));
}
END_TEST
COVERS(first_instance_after_that_of_another_process, "npipe.create.first_instance_process");

PEER(finds_no_room)
{
    HANDLE server = try_instance(peer_text(0), 0, 2);

    expect_invalid_handle(server, ERROR_PIPE_BUSY);
}

PEER(finds_room)
{
    HANDLE server = try_instance(peer_text(0), 0, 2);

    expect_handle(server);
}

START_TEST(limit_is_of_all_processes)
{
    const WCHAR *name = unique_pipe();
    HANDLE servers[] = {create_instance(name, PIPE_ACCESS_DUPLEX, 0, 2),
                        create_instance(name, PIPE_ACCESS_DUPLEX, 0, 2)};

    peer_join(peer_start(finds_no_room, given_text(name)));

    close_handle(&servers[0]);
    peer_join(peer_start(finds_room, given_text(name)));
}
END_TEST
COVERS(limit_is_of_all_processes, "npipe.create.maxinst_process");

static void expect_instances(HANDLE end, DWORD number)
{
    DWORD instances = 99;
    BOOL got = GetNamedPipeHandleStateW(end, NULL, &instances, NULL, NULL, NULL, 0);
    expect_succeeded(got);
    expect_number(instances, number);
}

PEER(adds_an_instance)
{
    HANDLE server = create_instance(peer_text(0), PIPE_ACCESS_DUPLEX, 0, 3);
    expect_instances(server, 2);
    checkpoint_reach("added");
    checkpoint_wait("counted");
}

START_TEST(instances_of_all_processes_are_counted)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 3);
    struct peer *peer = peer_start(adds_an_instance, given_text(name));
    checkpoint_wait("added");
    DWORD instances = 99;

    BOOL got = GetNamedPipeHandleStateW(server, NULL, &instances, NULL, NULL, NULL, 0);

    expect_succeeded(got);
    expect_number(instances, 2);
    checkpoint_reach("counted");
    peer_join(peer);
    expect_instances(server, 1);
}
END_TEST
COVERS(instances_of_all_processes_are_counted, "npipe.getstate.instances_process");

PEER(serves_the_second_client)
{
    HANDLE server = create_instance(peer_text(0), PIPE_ACCESS_DUPLEX, 0, 2);
    checkpoint_reach("offered");
    BOOL connected = ConnectNamedPipe(server, NULL);
    if (!connected)
        expect_failed(connected, ERROR_PIPE_CONNECTED);
    put(server, "elsewhere", 9);
    ReadFile(server, (char[1]){0}, 1, &(DWORD){0}, NULL); /* until the client goes */
}

START_TEST(client_finds_the_instance_of_another_process)
{
    struct connection pipe = {.name = unique_pipe()};
    pipe.server = create_instance(pipe.name, PIPE_ACCESS_DUPLEX, 0, 2);
    pipe.client = open_client(pipe.name, READ_WRITE, 0);
    struct peer *peer = peer_start(serves_the_second_client, given_text(pipe.name));
    checkpoint_wait("offered");

    HANDLE client = CreateFileW(pipe.name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_handle(client);
    expect_read(client, "elsewhere", 9);
    expect_bytes_flow(pipe.server, pipe.client);
    close_handle(&client);
    peer_join(peer);
}
END_TEST
COVERS(client_finds_the_instance_of_another_process, "npipe.opened.any_process");
