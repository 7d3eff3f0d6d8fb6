/* The standard handles of a child that shares the console, has one of its own, or has none. */
#include "own_console.h"

static const DWORD devices[] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};

static const struct way {
    struct row row;
    DWORD flags;
    bool given; /* by STARTUPINFO; the parent has others */
    enum { PARENTS, GIVEN, CONSOLES, NOTHING, NOT_THE_PARENTS } has;
} ways[] = {
    {{"no_flag", "pipe.redirect.via_setstdhandle"}, 0, false, PARENTS},
    {{"new_console", "stdio.console.new"}, CREATE_NEW_CONSOLE, false, CONSOLES},
    {{"no_window", "stdio.console.no_window"}, CREATE_NO_WINDOW, false, NOT_THE_PARENTS},
    {{"detached", "stdio.get.null_if_none"}, DETACHED_PROCESS, false, NOTHING},
    {{"no_flag_given", "stdio.startup_info.std.flag_uses_three"}, 0, true, GIVEN},
    {{"new_console_given", "stdio.newconsole.keep"}, CREATE_NEW_CONSOLE, true, GIVEN},
    {{"no_window_given", "stdio.console.no_window_given"}, CREATE_NO_WINDOW, true, GIVEN},
    {{"detached_given", "stdio.console.detached_given"}, DETACHED_PROCESS, true, GIVEN},
};

/* It is told the parent's own handles and those given, in the order of the devices. */
PEER(look_at_the_three)
{
    for (unsigned i = 0; i < 3; i++) {
        HANDLE handle = GetStdHandle(devices[i]);
        switch (ways[peer_number(0)].has) {
        case PARENTS:
            expect_pointer(handle, peer_handle(i));
            break;
        case GIVEN:
            expect_pointer(handle, peer_handle(3 + i));
            break;
        case CONSOLES:
            expect_true(handle != peer_handle(i));
            expect_flags(GetFileType(handle), FILE_TYPE_CHAR, FILE_TYPE_NAMES);
            break;
        case NOTHING:
            expect_pointer(handle, NULL);
            break;
        case NOT_THE_PARENTS:
            expect_true(handle != peer_handle(i));
            break;
        }
    }
}

/* Three inheritable ends for the three devices. */
struct three {
    HANDLE of[3];
};

static struct three three_ends(void)
{
    struct pipe_ends in = pipe_create(), out = pipe_create(), err = pipe_create();
    return (struct three){{inheritable(in.read), inheritable(out.write), inheritable(err.write)}};
}

START_TEST(child_with)
{
    const struct way *way = &ways[_i];
    struct three own = three_ends(), given = three_ends();
    for (int i = 0; i < 3; i++)
        require(SetStdHandle(devices[i], own.of[i]));
    struct peer *child =
        peer_prepare(look_at_the_three, given_handle(own.of[0]), given_handle(own.of[1]),
                     given_handle(own.of[2]), given_handle(given.of[0]), given_handle(given.of[1]),
                     given_handle(given.of[2]), given_number(_i));
    STARTUPINFOW startup = {
        .cb = sizeof(startup), .dwFlags = STARTF_USESHOWWINDOW, .wShowWindow = SW_HIDE};
    if (way->given) {
        startup.dwFlags |= STARTF_USESTDHANDLES;
        startup.hStdInput = given.of[0];
        startup.hStdOutput = given.of[1];
        startup.hStdError = given.of[2];
    }

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, way->flags, NULL,
                                  NULL, &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    end_console(child);
}
END_TEST
COVERS_ROWS(child_with, ways);
TAKES(child_with, 30);

/* ---- A child without a console that makes one later ---- */

static const struct later {
    struct row row;
    bool given;
} laters[] = {
    {{"standard_handles_given", "stdio.attach.keep_redirected"}, true},
    {{"standard_handles_set", "stdio.attach.replaces_what_was_set"}, false},
};

PEER(make_a_console)
{
    HANDLE end = peer_handle(0);
    if (!laters[peer_number(0)].given)
        require(SetStdHandle(STD_OUTPUT_HANDLE, end));
    require(GetStdHandle(STD_OUTPUT_HANDLE) == end);

    BOOL made = AllocConsole();

    require(made);
    HANDLE output = GetStdHandle(STD_OUTPUT_HANDLE);
    if (laters[peer_number(0)].given) {
        expect_pointer(output, end);
    } else {
        expect_true(output != end);
        expect_flags(GetFileType(output), FILE_TYPE_CHAR, FILE_TYPE_NAMES);
    }
}

START_TEST(console_made_later)
{
    struct three ends = three_ends();
    struct peer *child =
        peer_prepare(make_a_console, given_handle(ends.of[1]), given_handle(ends.of[0]),
                     given_handle(ends.of[2]), given_number(_i));
    STARTUPINFOW startup = {
        .cb = sizeof(startup), .dwFlags = STARTF_USESHOWWINDOW, .wShowWindow = SW_HIDE};
    if (laters[_i].given) {
        startup.dwFlags |= STARTF_USESTDHANDLES;
        startup.hStdInput = ends.of[0];
        startup.hStdOutput = ends.of[1];
        startup.hStdError = ends.of[2];
    }

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, DETACHED_PROCESS,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    end_console(child);
}
END_TEST
COVERS_ROWS(console_made_later, laters);
TAKES(console_made_later, 30);
