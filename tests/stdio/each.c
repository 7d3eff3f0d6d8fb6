/* Each standard handle alone, what it may be a handle to, and several children one after another.
 */
#include "pipe/pipe.h"

static const struct device {
    struct row row;
    DWORD which;
} devices[] = {
    {{"input", NULL}, STD_INPUT_HANDLE},
    {{"output", NULL}, STD_OUTPUT_HANDLE},
    {{"error", NULL}, STD_ERROR_HANDLE},
};

static void give(STARTUPINFOW *startup, DWORD which, HANDLE handle)
{
    startup->dwFlags |= STARTF_USESTDHANDLES;
    if (which == STD_INPUT_HANDLE)
        startup->hStdInput = handle;
    else if (which == STD_OUTPUT_HANDLE)
        startup->hStdOutput = handle;
    else
        startup->hStdError = handle;
}

static struct peer *create(struct peer *child, STARTUPINFOW *startup, DWORD flags)
{
    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, flags, NULL, NULL,
                                  startup, &child->info);
    expect_succeeded(created);
    return child;
}

PEER(has_one)
{
    for (uint64_t i = 0; i < 3; i++)
        expect_pointer(GetStdHandle(devices[i].which), i == peer_number(0) ? peer_handle(0) : NULL);
}

START_TEST(given_alone)
{
    struct pipe_ends own = pipe_create(), pipe = pipe_create();
    DWORD which = devices[_i].which;
    for (int i = 0; i < 3; i++)
        require(SetStdHandle(devices[i].which, inheritable(own.write)));
    HANDLE end = inheritable(which == STD_INPUT_HANDLE ? pipe.read : pipe.write);
    struct peer *child =
        peer_prepare(has_one, given_handle(end), given_handle(own.write), given_number(_i));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    give(&startup, which, end);

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, DETACHED_PROCESS,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS_ROWS(given_alone, devices, "stdio.each.alone");

/* ---- Files, devices and pipes for each of them ---- */

enum kind { A_PIPE, A_FILE, A_DEVICE };

static const struct kind_of {
    struct row row;
    DWORD which;
    enum kind kind;
    DWORD type;
} kinds[] = {
    {{"input_from_a_file", NULL}, STD_INPUT_HANDLE, A_FILE, FILE_TYPE_DISK},
    {{"input_from_a_device", NULL}, STD_INPUT_HANDLE, A_DEVICE, FILE_TYPE_CHAR},
    {{"output_to_a_pipe", NULL}, STD_OUTPUT_HANDLE, A_PIPE, FILE_TYPE_PIPE},
    {{"output_to_a_device", NULL}, STD_OUTPUT_HANDLE, A_DEVICE, FILE_TYPE_CHAR},
    {{"error_to_a_pipe", NULL}, STD_ERROR_HANDLE, A_PIPE, FILE_TYPE_PIPE},
    {{"error_to_a_file", NULL}, STD_ERROR_HANDLE, A_FILE, FILE_TYPE_DISK},
};

static HANDLE handle_of(enum kind kind)
{
    if (kind == A_PIPE)
        return inheritable(pipe_create().write);
    HANDLE file = CreateFileW(kind == A_FILE ? scratch_path(L"standard") : L"NUL",
                              GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                              NULL, kind == A_FILE ? CREATE_NEW : OPEN_EXISTING, 0, NULL);
    require(file != INVALID_HANDLE_VALUE);
    return inheritable(file);
}

PEER(looks_at_the_kind)
{
    const struct kind_of *row = &kinds[peer_number(0)];
    HANDLE handle = GetStdHandle(row->which);
    expect_pointer(handle, peer_handle(0));
    expect_flags(GetFileType(handle), row->type, FILE_TYPE_NAMES);
}

START_TEST(kind)
{
    HANDLE handle = handle_of(kinds[_i].kind);
    struct peer *child = peer_prepare(looks_at_the_kind, given_handle(handle), given_number(_i));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    give(&startup, kinds[_i].which, handle);

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS_ROWS(kind, kinds, "stdio.each.kinds");

/* ---- Children of children */

static void expect_the_three(void)
{
    for (unsigned i = 0; i < 3; i++)
        expect_pointer(GetStdHandle(devices[i].which), peer_handle(i));
}

PEER(is_the_grandchild)
{
    expect_the_three();
    expect_written(GetStdHandle(STD_ERROR_HANDLE), "grandchild");
}

PEER(has_a_child)
{
    expect_the_three();
    struct peer *child = peer_prepare(is_the_grandchild, given_handle(peer_handle(0)),
                                      given_handle(peer_handle(1)), given_handle(peer_handle(2)));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    for (unsigned i = 0; i < 3; i++)
        inheritable(peer_handle(i));
    peer_join(create(child, &startup, 0));
}

START_TEST(passed_on_to_a_grandchild)
{
    struct pipe_ends in = pipe_create(), out = pipe_create(), err = pipe_create();
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    give(&startup, STD_INPUT_HANDLE, inheritable(in.read));
    give(&startup, STD_OUTPUT_HANDLE, inheritable(out.write));
    give(&startup, STD_ERROR_HANDLE, inheritable(err.write));
    struct peer *child = peer_prepare(has_a_child, given_handle(in.read), given_handle(out.write),
                                      given_handle(err.write));

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    close_handle(&err.write);
    expect_arrives(err.read, "grandchild");
    peer_join(child);
    expect_end_of_file(err.read);
}
END_TEST
COVERS(passed_on_to_a_grandchild, "stdio.each.grandchild");
TAKES(passed_on_to_a_grandchild, 20);

/* ---- Several children */

PEER(writes_its_number)
{
    char digit = (char)('0' + peer_number(0));
    DWORD count = 0;
    expect_succeeded(WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), &digit, 1, &count, NULL));
    expect_number(count, 1);
}

/* What is set when a child is created is the child's. */
START_TEST(set_between_two_children)
{
    struct pipe_ends pipes[2] = {pipe_create(), pipe_create()};
    struct peer *children[2];
    for (unsigned i = 0; i < 2; i++) {
        STARTUPINFOW startup = {.cb = sizeof(startup)};
        children[i] = peer_prepare(writes_its_number, given_handle(pipes[0].write),
                                   given_handle(pipes[1].write), given_number(i));
        require(SetStdHandle(STD_OUTPUT_HANDLE, inheritable(pipes[i].write)));
        create(children[i], &startup, CREATE_SUSPENDED);
    }

    for (unsigned i = 0; i < 2; i++)
        require(ResumeThread(children[i]->info.hThread) == 1);

    peer_join(children[0]);
    peer_join(children[1]);
    expect_arrives(pipes[0].read, "0");
    expect_arrives(pipes[1].read, "1");
}
END_TEST
COVERS(set_between_two_children, "stdio.each.at_creation");

PEER(stays)
{
    expect_written(GetStdHandle(STD_OUTPUT_HANDLE), "last words");
    checkpoint_reach("said");
    checkpoint_wait("never");
}

/* One of two children that share their output is killed. */
START_TEST(output_of_a_killed_child)
{
    struct pipe_ends pipe = pipe_create();
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    give(&startup, STD_OUTPUT_HANDLE, inheritable(pipe.write));
    struct peer *killed = create(peer_prepare(stays), &startup, 0);
    checkpoint_wait("said");
    struct peer *other =
        create(peer_prepare(writes_its_number, given_number(7)), &startup, CREATE_SUSPENDED);
    close_handle(&pipe.write);

    peer_kill(killed);

    expect_arrives(pipe.read, "last words");
    expect_true(has_writer(pipe.read));
    require(ResumeThread(other->info.hThread) == 1);
    expect_arrives(pipe.read, "7");
    peer_join(other);
    expect_end_of_file(pipe.read);
}
END_TEST
COVERS(output_of_a_killed_child, "stdio.each.shared_output");

/* ---- SetStdHandle, again and with nothing */

START_TEST(set_again)
{
    struct pipe_ends first = pipe_create(), second = pipe_create();
    DWORD which = devices[_i].which;
    require(SetStdHandle(which, first.write));

    BOOL set = SetStdHandle(which, second.write);

    expect_succeeded(set);
    expect_pointer(GetStdHandle(which), second.write);
    expect_succeeded(SetStdHandle(which, first.write));
    expect_pointer(GetStdHandle(which), first.write);
}
END_TEST
COVERS_ROWS(set_again, devices, "stdio.each.last_set");

START_TEST(set_to_none)
{
    struct pipe_ends pipe = pipe_create();
    DWORD which = devices[_i].which;
    require(SetStdHandle(which, pipe.write));

    BOOL set = SetStdHandle(which, NULL);

    expect_succeeded(set);
    expect_pointer(GetStdHandle(which), NULL);
    expect_written(pipe.write, "open");
    expect_arrives(pipe.read, "open");
}
END_TEST
COVERS_ROWS(set_to_none, devices, "stdio.each.none");

/* ---- A child changes what is its own */

PEER(sets_its_own)
{
    HANDLE own = GetStdHandle(STD_OUTPUT_HANDLE);
    expect_succeeded(SetStdHandle(STD_OUTPUT_HANDLE, NULL));
    expect_written(own, "child");
}

START_TEST(child_sets_its_own)
{
    struct pipe_ends pipe = pipe_create();
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    require(SetStdHandle(STD_OUTPUT_HANDLE, inheritable(pipe.write)));
    struct peer *child = peer_prepare(sets_its_own, given_handle(pipe.write));

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    expect_pointer(GetStdHandle(STD_OUTPUT_HANDLE), pipe.write);
    expect_arrives(pipe.read, "child");
}
END_TEST
COVERS(child_sets_its_own, "stdio.each.childs_own");
