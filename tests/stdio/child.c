/* What standard handles a child starts with: none, unusable ones, and of which kind and access. */
#include "pipe/pipe.h"

PEER(has_none)
{
    expect_pointer(GetStdHandle(STD_INPUT_HANDLE), NULL);
    expect_pointer(GetStdHandle(STD_OUTPUT_HANDLE), NULL);
    expect_pointer(GetStdHandle(STD_ERROR_HANDLE), NULL);
}

/* Not even the parent's, which are there and inherited. */
START_TEST(detached_without_any)
{
    struct pipe_ends pipe = pipe_create();
    require(SetStdHandle(STD_INPUT_HANDLE, inheritable(pipe.read)));
    require(SetStdHandle(STD_OUTPUT_HANDLE, inheritable(pipe.write)));
    require(SetStdHandle(STD_ERROR_HANDLE, pipe.write));
    struct peer *child = peer_prepare(has_none, given_handle(pipe.read), given_handle(pipe.write));
    STARTUPINFOW startup = {.cb = sizeof(startup), .dwFlags = STARTF_USESTDHANDLES};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, DETACHED_PROCESS,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS(detached_without_any, "stdio.get.null_if_none");

PEER(cannot_write_its_input)
{
    DWORD count = 0;
    expect_failed(WriteFile(GetStdHandle(STD_INPUT_HANDLE), "x", 1, &count, NULL),
                  ERROR_ACCESS_DENIED);
}

START_TEST(access_is_that_of_the_handle_set)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *child = peer_prepare(cannot_write_its_input, given_handle(pipe.read));
    STARTUPINFOW startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES,
                            .hStdInput = inheritable(pipe.read)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS(access_is_that_of_the_handle_set, "stdio.get.access_of_set_handle");

PEER(tell_pipe_and_file_apart)
{
    expect_flags(GetFileType(GetStdHandle(STD_INPUT_HANDLE)), FILE_TYPE_PIPE, FILE_TYPE_NAMES);
    expect_flags(GetFileType(GetStdHandle(STD_OUTPUT_HANDLE)), FILE_TYPE_DISK, FILE_TYPE_NAMES);
}

START_TEST(kind_is_told_by_get_file_type)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE file = CreateFileW(scratch_path(L"out"), GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
    require(file != INVALID_HANDLE_VALUE);
    struct peer *child =
        peer_prepare(tell_pipe_and_file_apart, given_handle(pipe.read), given_handle(file));
    STARTUPINFOW startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES,
                            .hStdInput = inheritable(pipe.read),
                            .hStdOutput = inheritable(file)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS(kind_is_told_by_get_file_type, "stdio.get.type_by_getfiletype");

PEER(has_this_value)
{
    expect_pointer(GetStdHandle(STD_OUTPUT_HANDLE), (UINT_PTR)peer_number(0));
}

START_TEST(value_that_is_no_handle_is_passed_on)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE closed = pipe.write;
    close_handle(&pipe.write);
    struct peer *child = peer_prepare(has_this_value, given_number((UINT_PTR)closed));
    STARTUPINFOW startup = {
        .cb = sizeof(startup), .dwFlags = STARTF_USESTDHANDLES, .hStdOutput = closed};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS(value_that_is_no_handle_is_passed_on, "inherit.create_process.std.copied_unvalidated");

PEER(never_runs)
{
}

static const struct useless {
    struct row row;
    bool inheritable;
    BOOL inherit;
} uselesses[] = {
    {{"not_inheritable", "stdio.startup_info.std.must_be_inheritable"}, false, TRUE},
    {{"inherit_false", "stdio.startup_info.std.needs_inherit_true"}, true, FALSE},
};

START_TEST(handle_does_not_arrive)
{
    struct pipe_ends pipe = pipe_create();
    if (uselesses[_i].inheritable)
        inheritable(pipe.write);
    struct peer *child = peer_prepare(never_runs, given_handle(pipe.write));
    STARTUPINFOW startup = {
        .cb = sizeof(startup), .dwFlags = STARTF_USESTDHANDLES, .hStdOutput = pipe.write};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, uselesses[_i].inherit,
                                  CREATE_SUSPENDED, NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    close_handle(&pipe.write);
    expect_end_of_file(pipe.read);
    peer_kill(child);
}
END_TEST
COVERS_ROWS(handle_does_not_arrive, uselesses);

PEER(keeps_its_output)
{
    HANDLE first = GetStdHandle(STD_OUTPUT_HANDLE);
    checkpoint_reach("looked");
    checkpoint_wait("parent_has_set");
    expect_pointer(GetStdHandle(STD_OUTPUT_HANDLE), first);
}

START_TEST(running_child_does_not_notice)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *child = peer_start(keeps_its_output);
    checkpoint_wait("looked");

    BOOL set = SetStdHandle(STD_OUTPUT_HANDLE, pipe.write);

    expect_succeeded(set);
    checkpoint_reach("parent_has_set");
    peer_join(child);
}
END_TEST
COVERS(running_child_does_not_notice, "stdio.set.not_retroactive");
