/* A console that a process makes itself: one at most, and its children have it; and a console that
 * a process leaves to its child. */
#include "own_console.h"

static const DWORD devices[] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};

#define HIDDEN .cb = sizeof(STARTUPINFOW), .dwFlags = STARTF_USESHOWWINDOW, .wShowWindow = SW_HIDE

/* A child that inherits no handle, not even a standard one. */
static void start_with(struct peer *child, DWORD flags)
{
    STARTUPINFOW startup = {HIDDEN};
    startup.dwFlags |= STARTF_USESTDHANDLES;
    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, flags, NULL, NULL,
                                  &startup, &child->info);
    expect_succeeded(created);
}

/* How many processes this one's console has; 0: this one has none. */
static DWORD processes_of_the_console(void)
{
    DWORD processes[8], count = GetConsoleProcessList(processes, 8);
    return count;
}

/* ---- One at most ---- */

PEER(asks_for_two)
{
    HANDLE before[3];
    require(AllocConsole());
    for (int i = 0; i < 3; i++)
        before[i] = GetStdHandle(devices[i]);

    BOOL allocated = AllocConsole();

    expect_failed_somehow(allocated);
    expect_number(processes_of_the_console(), 1);
    for (int i = 0; i < 3; i++)
        expect_pointer(GetStdHandle(devices[i]), before[i]);
    expect_succeeded(FreeConsole());
    expect_number(processes_of_the_console(), 0);
    expect_succeeded(AllocConsole());
    expect_number(processes_of_the_console(), 1);
}

START_TEST(one_at_most)
{
    struct peer *child = peer_prepare(asks_for_two);

    start_with(child, DETACHED_PROCESS);

    peer_join(child);
    end_console(child);
}
END_TEST
COVERS(one_at_most, "stdio.alloc.one_at_most", "stdio.alloc.after_free");
TAKES(one_at_most, 30);

/* ---- Its children ---- */

PEER(has_its_parents)
{
    DWORD processes[8] = {0};
    expect_number(GetConsoleProcessList(processes, 8), 2);
    expect_true(processes[0] == peer_number(0) || processes[1] == peer_number(0));
}

PEER(has_a_child)
{
    struct peer *child = peer_prepare(has_its_parents, given_number(GetCurrentProcessId()));
    require(AllocConsole());

    start_with(child, 0);

    peer_join(child);
}

START_TEST(children_have_it)
{
    struct peer *child = peer_prepare(has_a_child);

    start_with(child, DETACHED_PROCESS);

    peer_join(child);
    end_console(child);
}
END_TEST
COVERS(children_have_it, "stdio.alloc.children");
TAKES(children_have_it, 30);

/* ---- As long as one of them: a console without a window, which can be written to anywhere ---- */

static HANDLE opened_screen(void)
{
    return CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                       NULL, OPEN_EXISTING, 0, NULL);
}

PEER(stays_with_it)
{
    DWORD written = 0;
    expect_number(processes_of_the_console(), 2);
    require(WriteFile(opened_screen(), "x", 1, &written, NULL));
    checkpoint_reach("both");
    checkpoint_wait("freed");
    expect_number(processes_of_the_console(), 1);
    HANDLE screen = opened_screen();
    expect_handle(screen);
    expect_succeeded(WriteFile(screen, "x", 1, &written, NULL));
    expect_number(written, 1);
}

PEER(leaves_it_to_its_child)
{
    struct peer *child = peer_prepare(stays_with_it);
    start_with(child, 0);
    checkpoint_wait("both");
    expect_handle(opened_screen());

    BOOL freed = FreeConsole();

    expect_succeeded(freed);
    expect_true(opened_screen() == INVALID_HANDLE_VALUE);
    checkpoint_reach("freed");
    peer_join(child);
}

START_TEST(left_to_a_child)
{
    struct peer *child = peer_prepare(leaves_it_to_its_child);

    start_with(child, CREATE_NO_WINDOW);

    peer_join(child);
    end_console(child);
}
END_TEST
COVERS(left_to_a_child, "stdio.freeconsole.leaves_it_to_others", "stdio.freeconsole.no_reference");
TAKES(left_to_a_child, 30);
