/* Named pipes as standard handles of a child. */
#include "pipe/pipe.h"

/* Sends one message back for each that comes, until the other end is closed. */
PEER(echo)
{
    HANDLE input = GetStdHandle(STD_INPUT_HANDLE), output = GetStdHandle(STD_OUTPUT_HANDLE);
    char bytes[100];
    DWORD came = 1, went;
    while (came && ReadFile(input, bytes, sizeof(bytes), &came, NULL)) {
        expect_succeeded(WriteFile(output, bytes, came, &went, NULL));
        expect_number(went, came);
    }
    expect_last_error(ERROR_BROKEN_PIPE);
}

static const struct kind {
    struct row row;
    DWORD type;
    bool server; /* whether the child has the server's end */
} kinds[] = {
    {{"client_end_of_bytes", NULL}, PIPE_TYPE_BYTE, false},
    {{"client_end_of_messages", NULL}, PIPE_TYPE_MESSAGE, false},
    {{"server_end_of_bytes", NULL}, PIPE_TYPE_BYTE, true},
    {{"server_end_of_messages", NULL}, PIPE_TYPE_MESSAGE, true},
};

/* Both ends of a named pipe, which has room for what is written here. */
static struct pipe_ends named_pipe(DWORD type)
{
    const WCHAR *name = unique_name(L"\\\\.\\pipe\\");
    struct pipe_ends ends;
    ends.read = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, type, 1, 4096, 4096, 0, NULL);
    require(ends.read != INVALID_HANDLE_VALUE);
    ends.write = CreateFileW(name, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    require(ends.write != INVALID_HANDLE_VALUE);
    return ends;
}

/* One handle is input and output: the pipe goes both ways. */
START_TEST(child_answers_through)
{
    struct pipe_ends pipe = named_pipe(kinds[_i].type);
    HANDLE childs = kinds[_i].server ? pipe.read : pipe.write;
    HANDLE own = kinds[_i].server ? pipe.write : pipe.read;
    STARTUPINFOW startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES,
                            .hStdInput = inheritable(childs),
                            .hStdOutput = childs};
    struct peer *child = peer_prepare(echo);

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    close_handle(&childs);
    expect_written(own, "first");
    expect_arrives(own, "first");
    expect_written(own, "and second");
    expect_arrives(own, "and second");
    close_handle(&own);
    peer_join(child);
}
END_TEST
COVERS_ROWS(child_answers_through, kinds, "stdio.redirect.named_pipe");
