/* A child whose standard handles CreateProcess redirects to anonymous pipes. */
#include "pipe/pipe.h"

#include <stdlib.h>

PEER(use_all_three)
{
    HANDLE input = GetStdHandle(STD_INPUT_HANDLE), output = GetStdHandle(STD_OUTPUT_HANDLE),
           error = GetStdHandle(STD_ERROR_HANDLE);
    expect_pointer(input, peer_handle(0));
    expect_pointer(output, peer_handle(1));
    expect_pointer(error, peer_handle(2));
    expect_arrives(input, "for the input");
    expect_written(output, "by the output");
    expect_written(error, "by the error");
}

START_TEST(startup_info_gives_all_three)
{
    struct pipe_ends in = pipe_create(), out = pipe_create(), err = pipe_create();
    STARTUPINFOW startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES,
                            .hStdInput = inheritable(in.read),
                            .hStdOutput = inheritable(out.write),
                            .hStdError = inheritable(err.write)};
    struct peer *child = peer_prepare(use_all_three, given_handle(in.read), given_handle(out.write),
                                      given_handle(err.write));
    pipe_put(in.write, "for the input");

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    close_handle(&out.write);
    close_handle(&err.write);
    expect_arrives(out.read, "by the output");
    expect_arrives(err.read, "by the error");
    peer_join(child);
    expect_end_of_file(out.read);
    expect_end_of_file(err.read);
}
END_TEST
COVERS(startup_info_gives_all_three, "stdio.startup_info.std.flag_uses_three");

PEER(write_to_output_and_error)
{
    HANDLE output = GetStdHandle(STD_OUTPUT_HANDLE), error = GetStdHandle(STD_ERROR_HANDLE);
    expect_pointer(error, output);
    expect_written(output, "output, ");
    expect_written(error, "error");
}

START_TEST(one_handle_serves_output_and_error)
{
    struct pipe_ends pipe = pipe_create();
    STARTUPINFOW startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES,
                            .hStdOutput = inheritable(pipe.write),
                            .hStdError = pipe.write};
    struct peer *child = peer_prepare(write_to_output_and_error);

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    close_handle(&pipe.write);
    char bytes[100];
    size_t came = pipe_read_all(pipe.read, bytes, sizeof(bytes));
    peer_join(child);
    expect_number(came, 13);
    expect_bytes(bytes, "output, error", 13);
}
END_TEST
COVERS(one_handle_serves_output_and_error, "stdio.redirect.sample.same_handle_twice");

/* Copies its standard input to its standard output, to the end. */
PEER(echo)
{
    HANDLE input = GetStdHandle(STD_INPUT_HANDLE), output = GetStdHandle(STD_OUTPUT_HANDLE);
    char bytes[10000];
    DWORD came = 1, went;
    while (came && ReadFile(input, bytes, sizeof(bytes), &came, NULL)) {
        expect_succeeded(WriteFile(output, bytes, came, &went, NULL));
        expect_number(went, came);
    }
    expect_last_error(ERROR_BROKEN_PIPE);
}

static DWORD send_then_close(void *write_end)
{
    char *bytes = malloc(MORE_THAN_A_PIPE_HOLDS);
    pattern_fill(bytes, MORE_THAN_A_PIPE_HOLDS, 0);
    DWORD count = 0;
    expect_succeeded(WriteFile(write_end, bytes, MORE_THAN_A_PIPE_HOLDS, &count, NULL));
    require(CloseHandle(write_end));
    free(bytes);
    return count;
}

START_TEST(child_echoes_until_its_input_ends)
{
    struct pipe_ends in = pipe_create(), out = pipe_create();
    STARTUPINFOW startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES,
                            .hStdInput = inheritable(in.read),
                            .hStdOutput = inheritable(out.write)};
    struct peer *child = peer_prepare(echo);

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    close_handle(&in.read);
    close_handle(&out.write);
    struct thread *sender = thread_start(send_then_close, in.write);
    char *bytes = malloc(MORE_THAN_A_PIPE_HOLDS + 1);
    size_t came = pipe_read_all(out.read, bytes, MORE_THAN_A_PIPE_HOLDS + 1);
    expect_number(thread_join(sender), MORE_THAN_A_PIPE_HOLDS);
    peer_join(child);
    expect_number(came, MORE_THAN_A_PIPE_HOLDS);
    expect_pattern(bytes, MORE_THAN_A_PIPE_HOLDS, 0);
    free(bytes);
}
END_TEST
COVERS(child_echoes_until_its_input_ends, "stdio.redirect.sample.both_directions",
       "stdio.redirect.sample.close_makes_child_stop");

START_TEST(bytes_wait_for_the_child_to_run)
{
    struct pipe_ends in = pipe_create(), out = pipe_create();
    STARTUPINFOW startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES,
                            .hStdInput = inheritable(in.read),
                            .hStdOutput = inheritable(out.write)};
    struct peer *child = peer_prepare(echo);
    require(CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, CREATE_SUSPENDED, NULL,
                           NULL, &startup, &child->info));
    close_handle(&out.write);

    expect_written(in.write, "written early");

    close_handle(&in.write);
    require(ResumeThread(child->info.hThread) == 1);
    expect_arrives(out.read, "written early");
    peer_join(child);
}
END_TEST
COVERS(bytes_wait_for_the_child_to_run, "stdio.redirect.sample.write_before_child_runs");

PEER(has_what_the_parent_has)
{
    expect_pointer(GetStdHandle(STD_INPUT_HANDLE), peer_handle(0));
    expect_pointer(GetStdHandle(STD_OUTPUT_HANDLE), peer_handle(1));
    expect_pointer(GetStdHandle(STD_ERROR_HANDLE), peer_handle(1));
}

START_TEST(startup_info_is_ignored_without_the_flag)
{
    struct pipe_ends own = pipe_create(), ignored = pipe_create();
    require(SetStdHandle(STD_INPUT_HANDLE, inheritable(own.read)));
    require(SetStdHandle(STD_OUTPUT_HANDLE, inheritable(own.write)));
    require(SetStdHandle(STD_ERROR_HANDLE, own.write));
    STARTUPINFOW startup = {.cb = sizeof(startup),
                            .hStdInput = inheritable(ignored.read),
                            .hStdOutput = inheritable(ignored.write),
                            .hStdError = ignored.write};
    struct peer *child =
        peer_prepare(has_what_the_parent_has, given_handle(own.read), given_handle(own.write),
                     given_handle(ignored.read), given_handle(ignored.write));

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS(startup_info_is_ignored_without_the_flag, "stdio.startup_info.std.ignored_without_flag");

PEER(write_to_output)
{
    expect_written(GetStdHandle(STD_OUTPUT_HANDLE), "by the child");
}

START_TEST(child_gets_what_set_std_handle_set)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE saved = GetStdHandle(STD_OUTPUT_HANDLE);
    struct peer *child = peer_prepare(write_to_output, given_handle(pipe.write));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    require(SetStdHandle(STD_OUTPUT_HANDLE, inheritable(pipe.write)));

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    close_handle(&pipe.write);
    expect_succeeded(SetStdHandle(STD_OUTPUT_HANDLE, saved));
    expect_pointer(GetStdHandle(STD_OUTPUT_HANDLE), saved);
    expect_arrives(pipe.read, "by the child");
    peer_join(child);
    expect_end_of_file(pipe.read);
}
END_TEST
COVERS(child_gets_what_set_std_handle_set, "pipe.redirect.via_setstdhandle",
       "pipe.redirect.parent_restore");
