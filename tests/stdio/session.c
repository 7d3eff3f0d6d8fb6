/* Which processes have a console: children that share it, have their own, leave it, and come to
 * that of another process. */
#include "own_console.h"

#define HIDDEN .cb = sizeof(STARTUPINFOW), .dwFlags = STARTF_USESHOWWINDOW, .wShowWindow = SW_HIDE

/* Starts a child with a console of its own. */
static void start_with_console(struct peer *child)
{
    STARTUPINFOW startup = {HIDDEN};
    require(CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, CREATE_NEW_CONSOLE, NULL,
                           NULL, &startup, &child->info));
}

/* ---- Who has it ---- */

static bool shares_the_console(DWORD id)
{
    DWORD processes[8], count = GetConsoleProcessList(processes, 8);
    require(count <= 8);
    for (DWORD i = 0; i < count; i++)
        if (processes[i] == id)
            return true;
    return false;
}

static const struct share {
    struct row row;
    DWORD flags;
    bool shared;
} shares[] = {
    {{"by_default", "stdio.console.shared"}, 0, true},
    {{"not_with_a_new_console", "stdio.console.not_the_parents"}, CREATE_NEW_CONSOLE, false},
    {{"not_with_a_new_console_without_a_window", "stdio.console.no_window_ignored_new"},
     CREATE_NEW_CONSOLE | CREATE_NO_WINDOW,
     false},
};

PEER(looks_for_its_parent)
{
    bool shared = peer_number(1);
    expect_true(shares_the_console(GetCurrentProcessId()));
    expect_number(shares_the_console((DWORD)peer_number(0)), shared);
    expect_flags(GetFileType(GetStdHandle(STD_OUTPUT_HANDLE)), FILE_TYPE_CHAR, FILE_TYPE_NAMES);
}

PEER(has_a_console_and_a_child)
{
    const struct share *row = &shares[peer_number(0)];
    /* A console gives inheritable handles, which the child is told of. */
    struct peer *child = peer_prepare(
        looks_for_its_parent, given_number(GetCurrentProcessId()), given_number(row->shared),
        given_handle(GetStdHandle(STD_INPUT_HANDLE)), given_handle(GetStdHandle(STD_OUTPUT_HANDLE)),
        given_handle(GetStdHandle(STD_ERROR_HANDLE)));
    STARTUPINFOW startup = {HIDDEN};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, row->flags, NULL,
                                  NULL, &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}

START_TEST(child_shares_the_console)
{
    struct peer *parent = peer_prepare(has_a_console_and_a_child, given_number(_i));

    start_with_console(parent);

    peer_join(parent);
    end_console(parent);
}
END_TEST
COVERS_ROWS(child_shares_the_console, shares);
TAKES(child_shares_the_console, 40);

/* ---- Leaving ---- */

PEER(leaves_its_console)
{
    DWORD processes[4];
    require(GetConsoleProcessList(processes, 4) == 1);

    BOOL left = FreeConsole();

    expect_succeeded(left);
    expect_number(GetConsoleProcessList(processes, 4), 0);
    expect_true(CreateFileW(L"CONOUT$", GENERIC_WRITE, FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0,
                            NULL) == INVALID_HANDLE_VALUE);
}

START_TEST(console_is_left)
{
    struct peer *child = peer_prepare(leaves_its_console);

    start_with_console(child);

    peer_join(child);
    end_console(child);
}
END_TEST
COVERS(console_is_left, "stdio.console.free");
TAKES(console_is_left, 30);
