/* What GetNamedPipeInfo and GetNamedPipeHandleState report and SetNamedPipeHandleState changes. */
#include "npipe.h"

static const struct end_info {
    struct row row;
    struct {
        DWORD pipe_mode;
        bool client;
        DWORD flags;
    };
} infos[] = {
    {{"byte_server", "npipe.info.server_end"}, {PIPE_TYPE_BYTE, false, PIPE_SERVER_END}},
    {{"byte_client", "npipe.info.server_end"}, {PIPE_TYPE_BYTE, true, 0}},
    {{"message_server", "npipe.info.type_bit"},
     {PIPE_TYPE_MESSAGE | PIPE_READMODE_BYTE, false, PIPE_SERVER_END | PIPE_TYPE_MESSAGE}},
    {{"message_client", "npipe.info.type_bit"}, {PIPE_TYPE_MESSAGE, true, PIPE_TYPE_MESSAGE}},
};

START_TEST(info_flags)
{
    const struct end_info *row = &infos[_i];
    struct connection pipe = connect_duplex(row->pipe_mode, 0);
    DWORD flags = 0x99;

    BOOL got = GetNamedPipeInfo(row->client ? pipe.client : pipe.server, &flags, NULL, NULL, NULL);

    expect_succeeded(got);
    expect_flags(flags, row->flags, PIPE_INFO_NAMES);
}
END_TEST
COVERS_ROWS(info_flags, infos);

static const struct limit {
    struct row row;
    DWORD instances;
} limits[] = {
    {{"three", "npipe.info.max_instances"}, 3},
    {{"unlimited", "npipe.info.max_instances_unlimited"}, PIPE_UNLIMITED_INSTANCES},
};

START_TEST(info_instance_limit)
{
    HANDLE server = create_instance(unique_pipe(), PIPE_ACCESS_DUPLEX, 0, limits[_i].instances);
    DWORD limit = 0;

    BOOL got = GetNamedPipeInfo(server, NULL, NULL, NULL, &limit);

    expect_succeeded(got);
    expect_number(limit, limits[_i].instances);
}
END_TEST
COVERS_ROWS(info_instance_limit, limits);

START_TEST(info_buffer_sizes)
{
    HANDLE server =
        CreateNamedPipeW(unique_pipe(), PIPE_ACCESS_DUPLEX, 0, 1, 0x2000, 0x1000, 0, NULL);
    require(server != INVALID_HANDLE_VALUE);
    DWORD outgoing = 0, incoming = 0;

    BOOL got = GetNamedPipeInfo(server, NULL, &outgoing, &incoming, NULL);

    expect_succeeded(got);
    expect_number(outgoing, 0x2000);
    expect_number(incoming, 0x1000);
}
END_TEST
COVERS(info_buffer_sizes, "npipe.info.buffer_sizes");

START_TEST(info_of_no_pipe)
{
    HANDLE file = CreateFileW(scratch_path(L"no-pipe"), READ_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
    require(file != INVALID_HANDLE_VALUE);

    BOOL got = GetNamedPipeInfo(file, NULL, NULL, NULL, NULL);

    expect_failed_somehow(got);
}
END_TEST
COVERS(info_of_no_pipe, "npipe.info.not_a_pipe");

static const struct created_state {
    struct row row;
    struct {
        DWORD pipe_mode, state;
    };
} created_states[] = {
    {{"byte_type", "npipe.getstate.readmode_bit"}, {PIPE_TYPE_BYTE, 0}},
    {{"message_type_read_as_bytes", "npipe.getstate.type_not_reported"}, {PIPE_TYPE_MESSAGE, 0}},
    {{"message_read", "npipe.getstate.readmode_bit"},
     {PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, PIPE_READMODE_MESSAGE}},
    {{"nonblocking", "npipe.getstate.nowait_bit"}, {PIPE_TYPE_BYTE | PIPE_NOWAIT, PIPE_NOWAIT}},
    {{"both", "npipe.getstate.nowait_bit"},
     {PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE | PIPE_NOWAIT,
      PIPE_READMODE_MESSAGE | PIPE_NOWAIT}},
};

START_TEST(state_after_creation)
{
    const struct created_state *row = &created_states[_i];
    struct connection pipe = connect_duplex(row->pipe_mode, 0);
    DWORD state = 0x99;

    BOOL got = GetNamedPipeHandleStateW(pipe.server, &state, NULL, NULL, NULL, NULL, 0);

    expect_succeeded(got);
    expect_flags(state, row->state, PIPE_MODE_NAMES);
}
END_TEST
COVERS_ROWS(state_after_creation, created_states);

START_TEST(client_starts_with_default_modes)
{
    struct connection pipe =
        connect_duplex(PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE | PIPE_NOWAIT, 0);
    DWORD state = 0x99;

    BOOL got = GetNamedPipeHandleStateW(pipe.client, &state, NULL, NULL, NULL, NULL, 0);

    expect_succeeded(got);
    expect_flags(state, PIPE_READMODE_BYTE | PIPE_WAIT, PIPE_MODE_NAMES);
}
END_TEST
COVERS(client_starts_with_default_modes, "npipe.create.client_starts_byte_mode",
       "npipe.client.default_modes");

static DWORD instances_now(HANDLE server)
{
    DWORD instances = 0;
    BOOL got = GetNamedPipeHandleStateW(server, NULL, &instances, NULL, NULL, NULL, 0);
    expect_succeeded(got);
    return instances;
}

START_TEST(instances_are_counted)
{
    const WCHAR *name = unique_pipe();
    HANDLE first = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 5);
    expect_number(instances_now(first), 1);

    HANDLE second = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 5);
    expect_number(instances_now(first), 2);
    expect_number(instances_now(second), 2);
    open_client(name, READ_WRITE, 0);
    expect_number(instances_now(second), 2);

    close_handle(&second);
    expect_number(instances_now(first), 1);
}
END_TEST
COVERS(instances_are_counted, "npipe.getstate.instances");

START_TEST(nothing_asked)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);

    BOOL got = GetNamedPipeHandleStateW(pipe.server, NULL, NULL, NULL, NULL, NULL, 0);

    expect_succeeded(got);
}
END_TEST
COVERS(nothing_asked, "npipe.getstate.all_null");

START_TEST(collection_of_local_pipe)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    DWORD count = 0, time_out = 0;

    BOOL got = GetNamedPipeHandleStateW(pipe.server, NULL, NULL, &count, &time_out, NULL, 0);

    expect_failed(got, ERROR_INVALID_PARAMETER);
}
END_TEST
COVERS(collection_of_local_pipe, "npipe.getstate.collect_null_local");

static const struct change {
    struct row row;
    struct {
        bool by_client;
        DWORD before, mode;
    };
} changes[] = {
    {{"client_to_messages", "npipe.setstate.readmode_message"}, {true, 0, PIPE_READMODE_MESSAGE}},
    {{"server_to_messages", "npipe.setstate.readmode_message"}, {false, 0, PIPE_READMODE_MESSAGE}},
    {{"client_to_bytes", "npipe.setstate.readmode_byte"},
     {true, PIPE_READMODE_MESSAGE, PIPE_READMODE_BYTE}},
    {{"client_to_nonblocking", "npipe.setstate.nowait"}, {true, 0, PIPE_NOWAIT}},
    {{"client_to_both", "npipe.setstate.nowait"}, {true, 0, PIPE_READMODE_MESSAGE | PIPE_NOWAIT}},
    {{"client_to_defaults", "npipe.setstate.default_flags"},
     {true, PIPE_READMODE_MESSAGE | PIPE_NOWAIT, 0}},
};

START_TEST(mode_changes_at_one_end)
{
    const struct change *row = &changes[_i];
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE | row->before, 0);
    HANDLE end = row->by_client ? pipe.client : pipe.server;
    HANDLE other = row->by_client ? pipe.server : pipe.client;
    set_mode(end, row->before);
    DWORD mode = row->mode, state = 0x99, state_before = 0x99;
    require(GetNamedPipeHandleStateW(other, &state_before, NULL, NULL, NULL, NULL, 0));

    BOOL set = SetNamedPipeHandleState(end, &mode, NULL, NULL);

    expect_succeeded(set);
    require(GetNamedPipeHandleStateW(end, &state, NULL, NULL, NULL, NULL, 0));
    expect_flags(state, row->mode, PIPE_MODE_NAMES);
    require(GetNamedPipeHandleStateW(other, &state, NULL, NULL, NULL, NULL, 0));
    expect_flags(state, state_before, PIPE_MODE_NAMES);
}
END_TEST
COVERS_ROWS(mode_changes_at_one_end, changes, "npipe.setstate.one_end_only");

START_TEST(message_mode_separates_messages)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE, 0);
    put(pipe.server, "one", 3);
    put(pipe.server, "two", 3);

    BOOL set = SetNamedPipeHandleState(pipe.client, &(DWORD){PIPE_READMODE_MESSAGE}, NULL, NULL);

    expect_succeeded(set);
    expect_read(pipe.client, "one", 3);
    expect_read(pipe.client, "two", 3);
}
END_TEST
COVERS(message_mode_separates_messages, "npipe.setstate.readmode_message");

START_TEST(byte_mode_joins_messages)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 0);
    put(pipe.client, "one", 3);
    put(pipe.client, "two", 3);

    BOOL set = SetNamedPipeHandleState(pipe.server, &(DWORD){PIPE_READMODE_BYTE}, NULL, NULL);

    expect_succeeded(set);
    expect_read(pipe.server, "onetwo", 6);
}
END_TEST
COVERS(byte_mode_joins_messages, "npipe.setstate.readmode_byte");

START_TEST(nonblocking_read_returns_at_once)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    require(SetNamedPipeHandleState(pipe.client, &(DWORD){PIPE_NOWAIT}, NULL, NULL));

    BOOL read = ReadFile(pipe.client, (char[1]){0}, 1, &(DWORD){0}, NULL);

    expect_failed(read, ERROR_NO_DATA);
    expect_bytes_flow(pipe.server, pipe.client);
}
END_TEST
COVERS(nonblocking_read_returns_at_once, "npipe.setstate.nowait", "npipe.rwm.nowait_read_empty");

static const struct end {
    struct row row;
    bool client;
} ends[] = {
    {{"server", NULL}, false},
    {{"client", NULL}, true},
};

START_TEST(byte_pipe_has_no_message_mode)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    HANDLE end = ends[_i].client ? pipe.client : pipe.server;
    DWORD mode = PIPE_READMODE_MESSAGE, state = 0x99;

    BOOL set = SetNamedPipeHandleState(end, &mode, NULL, NULL);

    expect_failed(set, ERROR_INVALID_PARAMETER);
    require(GetNamedPipeHandleStateW(end, &state, NULL, NULL, NULL, NULL, 0));
    expect_flags(state, 0, PIPE_MODE_NAMES);
}
END_TEST
COVERS_ROWS(byte_pipe_has_no_message_mode, ends, "npipe.setstate.message_on_byte_type_fails");

START_TEST(no_mode_given)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE, 0);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE | PIPE_NOWAIT);
    DWORD state = 0x99;

    BOOL set = SetNamedPipeHandleState(pipe.client, NULL, NULL, NULL);

    expect_succeeded(set);
    require(GetNamedPipeHandleStateW(pipe.client, &state, NULL, NULL, NULL, NULL, 0));
    expect_flags(state, PIPE_READMODE_MESSAGE | PIPE_NOWAIT, PIPE_MODE_NAMES);
}
END_TEST
COVERS(no_mode_given, "npipe.setstate.mode_null");

START_TEST(read_only_client_may_not_change_mode)
{
    const WCHAR *name = unique_pipe();
    create_instance(name, PIPE_ACCESS_OUTBOUND, PIPE_TYPE_MESSAGE, 1);
    HANDLE client = open_client(name, GENERIC_READ, 0);
    DWORD mode = PIPE_READMODE_MESSAGE;

    BOOL set = SetNamedPipeHandleState(client, &mode, NULL, NULL);

    expect_failed(set, ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(read_only_client_may_not_change_mode, "npipe.setstate.access_readonly_denied");

START_TEST(client_with_right_to_attributes_changes_mode)
{
    const WCHAR *name = unique_pipe();
    create_instance(name, PIPE_ACCESS_OUTBOUND, PIPE_TYPE_MESSAGE, 1);
    HANDLE client = open_client(name, GENERIC_READ | FILE_WRITE_ATTRIBUTES, 0);
    DWORD mode = PIPE_READMODE_MESSAGE;

    BOOL set = SetNamedPipeHandleState(client, &mode, NULL, NULL);

    expect_succeeded(set);
}
END_TEST
COVERS(client_with_right_to_attributes_changes_mode, "npipe.setstate.access_readonly_attributes");

START_TEST(write_only_client_changes_mode)
{
    const WCHAR *name = unique_pipe();
    create_instance(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE, 1);
    HANDLE client = open_client(name, GENERIC_WRITE, 0);
    DWORD mode = PIPE_READMODE_MESSAGE;

    BOOL set = SetNamedPipeHandleState(client, &mode, NULL, NULL);

    expect_succeeded(set);
}
END_TEST
COVERS(write_only_client_changes_mode, "npipe.setstate.access_duplex");
