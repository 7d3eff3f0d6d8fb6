/* What CreateNamedPipe creates and what it refuses: names, modes, instances, inheritance. */
#include "npipe.h"

#include <wchar.h>

static const struct refusal {
    struct row row;
    struct {
        enum { USABLE, WITHOUT_PREFIX, NO_NAME } name;
        DWORD open_mode, pipe_mode, instances;
        DWORD error; /* 0: not known */
    };
} refusals[] = {
    {{"name_without_prefix", "npipe.create.name_prefix_required"},
     {WITHOUT_PREFIX, PIPE_ACCESS_DUPLEX, 0, 1, ERROR_INVALID_NAME}},
    {{"no_name", "npipe.create.name_null"},
     {NO_NAME, PIPE_ACCESS_DUPLEX, 0, 1, ERROR_PATH_NOT_FOUND}},
    {{"unknown_open_mode", "npipe.create.openmode_unknown_flag"},
     {USABLE, PIPE_ACCESS_DUPLEX | 0x10, 0, 1, 0}},
    {{"unknown_pipe_mode", "npipe.create.pipemode_unknown_flag"},
     {USABLE, PIPE_ACCESS_DUPLEX, 0x100, 1, 0}},
    {{"message_read_of_byte_type", "npipe.create.byte_type_message_read_refused"},
     {USABLE, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE | PIPE_READMODE_MESSAGE, 1,
      ERROR_INVALID_PARAMETER}},
    {{"no_instances", "npipe.create.maxinst_zero"}, {USABLE, PIPE_ACCESS_DUPLEX, 0, 0, 0}},
    {{"more_than_unlimited", "npipe.create.maxinst_256"},
     {USABLE, PIPE_ACCESS_DUPLEX, 0, PIPE_UNLIMITED_INSTANCES + 1, ERROR_INVALID_PARAMETER}},
};

START_TEST(refused)
{
    const struct refusal *row = &refusals[_i];
    const WCHAR *name = unique_pipe();
    const WCHAR *names[] = {name, name + wcslen(L"\\\\.\\pipe\\"), NULL};

    HANDLE server = CreateNamedPipeW(names[row->name], row->open_mode, row->pipe_mode,
                                     row->instances, 0, 0, 0, NULL);

    if (row->error)
        expect_invalid_handle(server, row->error);
    else
        expect_failed_somehow(server != INVALID_HANDLE_VALUE);
    /* Nothing was left behind, and everything else about the call was right. */
    HANDLE only = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, NULL);
    expect_handle(only);
}
END_TEST
COVERS_ROWS(refused, refusals);

static const struct usable_name {
    struct row row;
    const WCHAR *ending;
    size_t length;            /* padded to it; 0: as it is */
    WCHAR *(*asked)(WCHAR *); /* what the client makes of the name */
} usable_names[] = {
    {{"special_characters", "npipe.create.name_special_chars"}, L" <a>*?|\"b'=;,", 0, NULL},
    {{"beyond_ascii", "npipe.create.unicode_name"}, L"-\u00e4\u4e2d\U0001F600", 0, NULL},
    {{"longest", "npipe.create.name_max_256"}, L"-", 256, NULL},
    {{"in_other_case", "npipe.create.name_case_insensitive"}, L"-Other-Case", 0, _wcsupr},
};

START_TEST(name_leads_to_pipe)
{
    const struct usable_name *row = &usable_names[_i];
    WCHAR name[257] = L"";
    wcscat(wcscat(name, unique_pipe()), row->ending);
    while (wcslen(name) < row->length)
        wcscat(name, L"x");

    HANDLE server =
        CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, 1, PIPE_BUFFER, PIPE_BUFFER, 0, NULL);
    expect_handle(server);
    if (row->asked)
        row->asked(name);
    HANDLE client = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_handle(client);
    expect_bytes_flow(client, server);
}
END_TEST
COVERS_ROWS(name_leads_to_pipe, usable_names);

START_TEST(further_instance_with_other_access)
{
    const WCHAR *name = unique_pipe();
    create_instance(name, PIPE_ACCESS_DUPLEX, 0, 2);

    HANDLE inbound = CreateNamedPipeW(name, PIPE_ACCESS_INBOUND, 0, 2, 0, 0, 0, NULL);

    expect_invalid_handle(inbound, ERROR_ACCESS_DENIED);
    HANDLE same = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, 2, 0, 0, 0, NULL);
    expect_handle(same);
}
END_TEST
COVERS(further_instance_with_other_access, "npipe.create.access_mode_same");

static const struct difference {
    struct row row;
    DWORD pipe_mode, instances, time_out;
} differences[] = {
    {{"type", "npipe.create.type_same"}, PIPE_TYPE_MESSAGE, 4, 500},
    {{"time_out", "npipe.create.timeout_same"}, PIPE_TYPE_BYTE, 4, 600},
    {{"instance_limit", "npipe.create.maxinst_same"}, PIPE_TYPE_BYTE, 3, 500},
};

START_TEST(further_instance_that_differs)
{
    const struct difference *row = &differences[_i];
    const WCHAR *name = unique_pipe();
    HANDLE first = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 4, 0, 0, 500, NULL);
    require(first != INVALID_HANDLE_VALUE);

    HANDLE second = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, row->pipe_mode, row->instances, 0, 0,
                                     row->time_out, NULL);

    bool created = second != INVALID_HANDLE_VALUE;
    if (!created)
        expect_invalid_handle(second, ERROR_ACCESS_DENIED);
    record(row->row.label, "%s", created ? "created" : "refused");
}
END_TEST
COVERS_ROWS(further_instance_that_differs, differences);

START_TEST(instances_with_own_modes)
{
    const WCHAR *name = unique_pipe();
    create_instance(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 2);

    HANDLE other = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED,
                                    PIPE_TYPE_MESSAGE | PIPE_READMODE_BYTE | PIPE_NOWAIT, 2,
                                    2 * PIPE_BUFFER, 2 * PIPE_BUFFER, 0, NULL);

    expect_handle(other);
    DWORD state = 0;
    BOOL got = GetNamedPipeHandleStateW(other, &state, NULL, NULL, NULL, NULL, 0);
    expect_succeeded(got);
    expect_flags(state, PIPE_READMODE_BYTE | PIPE_NOWAIT, PIPE_MODE_NAMES);
}
END_TEST
COVERS(instances_with_own_modes, "npipe.create.readmode_differs_per_instance",
       "npipe.create.waitmode_differs_per_instance", "npipe.create.buffers_may_differ");

/* That the flag refuses what is not the first is shown by the next one. */
START_TEST(first_instance_of_new_name)
{
    const WCHAR *name = unique_pipe();

    HANDLE first = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE, 0, 2,
                                    PIPE_BUFFER, PIPE_BUFFER, 0, NULL);

    expect_handle(first);
    HANDLE client = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_handle(client);
    expect_bytes_flow(client, first);
    expect_bytes_flow(first, client);
}
END_TEST
COVERS(first_instance_of_new_name, "npipe.create.first_instance_ok");

START_TEST(first_instance_of_existing_name)
{
    const WCHAR *name = unique_pipe();
    create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE, 0, 2);

    HANDLE second = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE, 0, 2,
                                     0, 0, 0, NULL);

    expect_invalid_handle(second, ERROR_ACCESS_DENIED);
    HANDLE ordinary = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, 2, 0, 0, 0, NULL);
    expect_handle(ordinary);
}
END_TEST
COVERS(first_instance_of_existing_name, "npipe.create.first_instance_next_denied");

START_TEST(first_instance_after_last_close)
{
    const WCHAR *name = unique_pipe();
    HANDLE earlier =
        create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE, 0, 2);
    close_handle(&earlier);

    HANDLE again = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE, 0, 2,
                                    0, 0, 0, NULL);

    expect_handle(again);
}
END_TEST
COVERS(first_instance_after_last_close, "npipe.create.first_instance_after_close");

START_TEST(instance_limit)
{
    const WCHAR *name = unique_pipe();
    create_instance(name, PIPE_ACCESS_DUPLEX, 0, 2);
    HANDLE second = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 2);

    HANDLE third = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, 2, 0, 0, 0, NULL);

    expect_invalid_handle(third, ERROR_PIPE_BUSY);
    close_handle(&second);
    third = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, 2, 0, 0, 0, NULL);
    expect_handle(third);
}
END_TEST
COVERS(instance_limit, "npipe.create.maxinst_limit_busy");

START_TEST(unlimited_instances)
{
    const WCHAR *name = unique_pipe();
    for (int instance = 1; instance <= PIPE_UNLIMITED_INSTANCES + 10; instance++) {
        HANDLE server =
            CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, PIPE_UNLIMITED_INSTANCES, 0, 0, 0, NULL);
        expect_handle(server);
    }
}
END_TEST
COVERS(unlimited_instances, "npipe.create.maxinst_unlimited");

static const struct inheritance {
    struct row row;
    bool given, inherit;
} inheritances[] = {
    {{"no_attributes", "npipe.create.null_sa_not_inheritable"}, false, false},
    {{"inheritable", "npipe.create.sa_inheritable"}, true, true},
    {{"not_inheritable", "npipe.create.sa_not_inheritable"}, true, false},
};

START_TEST(handle_inheritance)
{
    const struct inheritance *row = &inheritances[_i];
    SECURITY_ATTRIBUTES attributes = {sizeof(attributes), NULL, row->inherit};

    HANDLE server = CreateNamedPipeW(unique_pipe(), PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0,
                                     row->given ? &attributes : NULL);

    expect_handle(server);
    DWORD flags = 0;
    require(GetHandleInformation(server, &flags));
    expect_flags(flags & HANDLE_FLAG_INHERIT, row->inherit ? HANDLE_FLAG_INHERIT : 0,
                 HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(handle_inheritance, inheritances);

START_TEST(name_is_gone_after_last_close)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    close_handle(&pipe.server);
    close_handle(&pipe.client);

    HANDLE client = CreateFileW(pipe.name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_invalid_handle(client, ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(name_is_gone_after_last_close, "npipe.create.name_gone_after_last_close");

START_TEST(instance_lives_until_last_handle)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    HANDLE duplicate = duplicate_of(pipe.server);

    BOOL closed = CloseHandle(pipe.server);

    expect_succeeded(closed);
    expect_bytes_flow(pipe.client, duplicate);
    expect_bytes_flow(duplicate, pipe.client);
}
END_TEST
COVERS(instance_lives_until_last_handle, "npipe.create.instance_lives_until_last_handle");
