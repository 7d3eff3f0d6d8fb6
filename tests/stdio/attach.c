/* What a console does to standard handles that are missing or redirected, and which flags give a
 * child none. */
#include "own_console.h"

static const DWORD devices[] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};

#define HIDDEN .cb = sizeof(STARTUPINFOW), .wShowWindow = SW_HIDE

/* ---- Handles that STARTUPINFO gives as NULL ---- */

static const struct way {
    struct row row;
    DWORD flags;
    bool make; /* the child makes its console itself */
} ways[] = {
    {{"new_console", "stdio.newconsole.fills_null"}, CREATE_NEW_CONSOLE, false},
    {{"console_made_later", "stdio.attach.fills_null"}, DETACHED_PROCESS, true},
};

/* It was given an output, and no input and no error. */
PEER(has_a_console_beside_its_output)
{
    if (ways[peer_number(0)].make) {
        for (int i = 0; i < 3; i += 2)
            expect_pointer(GetStdHandle(devices[i]), NULL);
        require(AllocConsole());
    }
    for (int i = 0; i < 3; i += 2) {
        HANDLE handle = GetStdHandle(devices[i]);
        expect_handle(handle);
        expect_flags(GetFileType(handle), FILE_TYPE_CHAR, FILE_TYPE_NAMES);
    }
    expect_pointer(GetStdHandle(STD_OUTPUT_HANDLE), peer_handle(0));
}

START_TEST(missing_handle_comes_from)
{
    struct pipe_ends out = pipe_create();
    struct peer *child = peer_prepare(has_a_console_beside_its_output,
                                      given_handle(inheritable(out.write)), given_number(_i));
    STARTUPINFOW startup = {HIDDEN, .dwFlags = STARTF_USESHOWWINDOW | STARTF_USESTDHANDLES,
                            .hStdOutput = out.write};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, ways[_i].flags, NULL,
                                  NULL, &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    end_console(child);
}
END_TEST
COVERS_ROWS(missing_handle_comes_from, ways);
TAKES(missing_handle_comes_from, 30);

/* ---- The console of a process whose handles are redirected ---- */

static const struct name {
    struct row row;
    const WCHAR *name;
} names[] = {
    {{"conin", "stdio.set.conin"}, L"CONIN$"},
    {{"conout", "stdio.set.conout"}, L"CONOUT$"},
};

PEER(open_the_console)
{
    const struct name *row = &names[peer_number(0)];
    require(AllocConsole());
    require(SetStdHandle(STD_INPUT_HANDLE, peer_handle(0)));
    require(SetStdHandle(STD_OUTPUT_HANDLE, peer_handle(1)));

    HANDLE console = CreateFileW(row->name, GENERIC_READ | GENERIC_WRITE,
                                 FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);

    expect_handle(console);
    expect_flags(GetFileType(console), FILE_TYPE_CHAR, FILE_TYPE_NAMES);
    expect_pointer(GetStdHandle(STD_INPUT_HANDLE), peer_handle(0));
    expect_pointer(GetStdHandle(STD_OUTPUT_HANDLE), peer_handle(1));
}

START_TEST(console_is_opened_by_name)
{
    struct pipe_ends in = pipe_create(), out = pipe_create();
    struct peer *child = peer_prepare(open_the_console, given_handle(inheritable(in.read)),
                                      given_handle(inheritable(out.write)), given_number(_i));
    STARTUPINFOW startup = {HIDDEN, .dwFlags = STARTF_USESHOWWINDOW};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, DETACHED_PROCESS,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    end_console(child);
}
END_TEST
COVERS_ROWS(console_is_opened_by_name, names);
TAKES(console_is_opened_by_name, 30);

/* ---- Children without a console ---- */

static const struct without {
    struct row row;
    DWORD flags;
} withouts[] = {
    {{"detached", "stdio.console.detached"}, DETACHED_PROCESS},
    {{"detached_without_window", "stdio.console.no_window_ignored"},
     DETACHED_PROCESS | CREATE_NO_WINDOW},
};

PEER(has_no_console)
{
    DWORD processes[4];
    expect_number(GetConsoleProcessList(processes, 4), 0);
    expect_true(CreateFileW(L"CONOUT$", GENERIC_WRITE, FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0,
                            NULL) == INVALID_HANDLE_VALUE);
    expect_succeeded(AllocConsole());
    expect_number(GetConsoleProcessList(processes, 4), 1);
}

START_TEST(child_has_no_console)
{
    struct peer *child = peer_prepare(has_no_console);
    STARTUPINFOW startup = {HIDDEN, .dwFlags = STARTF_USESHOWWINDOW | STARTF_USESTDHANDLES};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, withouts[_i].flags,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    end_console(child);
}
END_TEST
COVERS_ROWS(child_has_no_console, withouts);
TAKES(child_has_no_console, 30);
