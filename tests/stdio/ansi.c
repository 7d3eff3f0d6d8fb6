/* Standard handles that CreateProcessA gives to a child. */
#include "pipe/pipe.h"

static const DWORD devices[] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};

PEER(has_three)
{
    DWORD written = 0;
    for (unsigned i = 0; i < 3; i++)
        expect_pointer(GetStdHandle(devices[i]), peer_handle(i));
    for (unsigned i = 1; i < 3; i++)
        expect_succeeded(
            WriteFile(GetStdHandle(devices[i]), i == 1 ? "output" : "errors", 6, &written, NULL));
}

START_TEST(three_handles)
{
    struct pipe_ends in = pipe_create(), out = pipe_create(), error = pipe_create();
    HANDLE ends[] = {inheritable(in.read), inheritable(out.write), inheritable(error.write)};
    struct peer *child = peer_prepare(has_three, given_handle(ends[0]), given_handle(ends[1]),
                                      given_handle(ends[2]));
    char words[2000];
    require(
        WideCharToMultiByte(CP_ACP, 0, child->command_line, -1, words, sizeof(words), NULL, NULL));
    STARTUPINFOA startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES | STARTF_USESHOWWINDOW,
                            .hStdInput = ends[0],
                            .hStdOutput = ends[1],
                            .hStdError = ends[2]};

    BOOL created = CreateProcessA(NULL, words, NULL, NULL, TRUE, DETACHED_PROCESS, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    expect_arrives(out.read, "output");
    expect_arrives(error.read, "errors");
    peer_join(child);
}
END_TEST
COVERS(three_handles, "stdio.startup_info.std.ansi");
