/* What AttachConsole does to the standard handles, and when a process can be attached to a console.
 * The consoles have no window, as one needs a desktop. */
#include "own_console.h"

static const DWORD devices[] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};

#define HIDDEN .cb = sizeof(STARTUPINFOW), .dwFlags = STARTF_USESHOWWINDOW, .wShowWindow = SW_HIDE

static void start_with(struct peer *child, DWORD flags)
{
    STARTUPINFOW startup = {HIDDEN};
    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, flags, NULL, NULL,
                                  &startup, &child->info);
    expect_succeeded(created);
}

PEER(stays_until_it_was_seen)
{
    checkpoint_reach("there");
    checkpoint_wait("seen");
}

/* Another process, with a console or without. */
static struct peer *other_process(DWORD flags)
{
    struct peer *other = peer_prepare(stays_until_it_was_seen);
    start_with(other, flags);
    checkpoint_wait("there");
    return other;
}

static void end_other(struct peer *other)
{
    checkpoint_reach("seen");
    peer_join(other);
    end_console(other);
}

/* Whether a process is one of those of this one's console. */
static bool shares_the_console(DWORD process)
{
    DWORD processes[8], count = GetConsoleProcessList(processes, 8);
    for (DWORD i = 0; i < count && i < 8; i++)
        if (processes[i] == process)
            return true;
    return false;
}

/* ---- Standard handles ---- */

enum { SET, GIVEN, OUTPUT_GIVEN };

static const struct origin {
    struct row row;
    int origin;
} origins[] = {
    {{"set", "stdio.attachconsole.replaces_what_was_set"}, SET},
    {{"given", "stdio.attachconsole.keeps_given"}, GIVEN},
    {{"given_in_part", "stdio.attachconsole.fills_null"}, OUTPUT_GIVEN},
};

PEER(attach_and_look)
{
    int origin = origins[peer_number(0)].origin;
    HANDLE ends[3];
    for (int i = 0; i < 3; i++) {
        ends[i] = peer_handle((unsigned)i);
        if (origin == SET)
            require(SetStdHandle(devices[i], ends[i]));
        require(GetStdHandle(devices[i]) == (origin != OUTPUT_GIVEN || i == 1 ? ends[i] : NULL));
    }

    BOOL attached = AttachConsole((DWORD)peer_number(1));

    expect_succeeded(attached);
    for (int i = 0; i < 3; i++) {
        HANDLE handle = GetStdHandle(devices[i]);
        if (origin == GIVEN || (origin == OUTPUT_GIVEN && i == 1)) {
            expect_pointer(handle, ends[i]);
            expect_flags(GetFileType(handle), FILE_TYPE_PIPE, FILE_TYPE_NAMES);
        } else {
            expect_flags(GetFileType(handle), FILE_TYPE_CHAR, FILE_TYPE_NAMES);
        }
    }
}

START_TEST(handles_that_were)
{
    struct peer *other = other_process(CREATE_NO_WINDOW);
    struct pipe_ends in = pipe_create_inheritable(), out = pipe_create_inheritable(),
                     error = pipe_create_inheritable();
    struct peer *child = peer_prepare(
        attach_and_look, given_handle(in.read), given_handle(out.write), given_handle(error.write),
        given_number(_i), given_number(other->info.dwProcessId), given_handle(in.write),
        given_handle(out.read), given_handle(error.read));
    STARTUPINFOW startup = {HIDDEN};
    if (origins[_i].origin != SET) {
        startup.dwFlags |= STARTF_USESTDHANDLES;
        startup.hStdInput = origins[_i].origin == GIVEN ? in.read : NULL;
        startup.hStdOutput = out.write;
        startup.hStdError = origins[_i].origin == GIVEN ? error.write : NULL;
    }

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, DETACHED_PROCESS,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    end_other(other);
}
END_TEST
COVERS_ROWS(handles_that_were, origins);
TAKES(handles_that_were, 30);

/* ---- Which console ---- */

/* Has a console of its own. */
PEER(cannot_have_a_second)
{
    DWORD other = (DWORD)peer_number(0);
    require(shares_the_console(GetCurrentProcessId()));

    BOOL attached = AttachConsole(other);

    expect_failed(attached, ERROR_ACCESS_DENIED);
    expect_true(shares_the_console(GetCurrentProcessId()));
    expect_true(!shares_the_console(other));
}

/* Has a console of its own. */
PEER(lets_its_own_go)
{
    DWORD other = (DWORD)peer_number(0), processes[8];
    require(shares_the_console(GetCurrentProcessId()));

    BOOL freed = FreeConsole();

    expect_succeeded(freed);
    expect_number(GetConsoleProcessList(processes, 8), 0);
    expect_succeeded(AttachConsole(other));
    expect_true(shares_the_console(other));
}

/* Has no console. */
PEER(attaches_to_its_parents)
{
    BOOL attached = AttachConsole(ATTACH_PARENT_PROCESS);

    expect_succeeded(attached);
    expect_true(shares_the_console((DWORD)peer_number(0)));
}

/* Has a console of its own. */
PEER(has_a_child_that_attaches)
{
    struct peer *child = peer_prepare(attaches_to_its_parents, given_number(GetCurrentProcessId()));
    STARTUPINFOW startup = {HIDDEN};
    startup.dwFlags |= STARTF_USESTDHANDLES; /* none: they are not inherited */

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, DETACHED_PROCESS,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);

    peer_join(child);
}

START_TEST(second_console)
{
    struct peer *other = other_process(CREATE_NO_WINDOW);
    struct peer *child = peer_prepare(cannot_have_a_second, given_number(other->info.dwProcessId));

    start_with(child, CREATE_NO_WINDOW);

    peer_join(child);
    end_console(child);
    end_other(other);
}
END_TEST
COVERS(second_console, "stdio.attachconsole.one_at_most");
TAKES(second_console, 30);

START_TEST(another_console_after_the_own)
{
    struct peer *other = other_process(CREATE_NO_WINDOW);
    struct peer *child = peer_prepare(lets_its_own_go, given_number(other->info.dwProcessId));

    start_with(child, CREATE_NO_WINDOW);

    peer_join(child);
    end_console(child);
    end_other(other);
}
END_TEST
COVERS(another_console_after_the_own, "stdio.freeconsole.detaches");
TAKES(another_console_after_the_own, 30);

START_TEST(console_of_the_parent)
{
    struct peer *child = peer_prepare(has_a_child_that_attaches);

    start_with(child, CREATE_NO_WINDOW);

    peer_join(child);
    end_console(child);
}
END_TEST
COVERS(console_of_the_parent, "stdio.attachconsole.parent");
TAKES(console_of_the_parent, 30);

/* ---- No console ---- */

/* Has none. */
PEER(finds_no_console)
{
    BOOL attached = AttachConsole((DWORD)peer_number(0));

    expect_failed(attached, ERROR_INVALID_HANDLE);
    expect_succeeded(AttachConsole((DWORD)peer_number(1)));
}

/* Has none. */
PEER(finds_no_process)
{
    const DWORD none = 0x7FFFFFFC;
    require(!OpenProcess(SYNCHRONIZE, FALSE, none) && GetLastError() == ERROR_INVALID_PARAMETER);

    BOOL attached = AttachConsole(none);

    expect_failed(attached, ERROR_INVALID_PARAMETER);
    expect_succeeded(AttachConsole((DWORD)peer_number(1)));
}

PEER(has_none_to_free)
{
    DWORD processes[8];
    require(GetConsoleProcessList(processes, 8) == 0);

    BOOL freed = FreeConsole();

    expect_succeeded(freed);
}

START_TEST(console_of_a_process_without)
{
    struct peer *other = other_process(CREATE_NO_WINDOW);
    struct peer *without = peer_prepare(stays_until_it_was_seen);
    start_with(without, DETACHED_PROCESS);
    struct peer *child = peer_prepare(finds_no_console, given_number(without->info.dwProcessId),
                                      given_number(other->info.dwProcessId));

    start_with(child, DETACHED_PROCESS);

    peer_join(child);
    end_other(other);
    peer_join(without);
}
END_TEST
COVERS(console_of_a_process_without, "stdio.attachconsole.no_console");
TAKES(console_of_a_process_without, 30);

START_TEST(console_of_no_process)
{
    struct peer *other = other_process(CREATE_NO_WINDOW);
    struct peer *child =
        peer_prepare(finds_no_process, given_number(0), given_number(other->info.dwProcessId));

    start_with(child, DETACHED_PROCESS);

    peer_join(child);
    end_other(other);
}
END_TEST
COVERS(console_of_no_process, "stdio.attachconsole.no_process");
TAKES(console_of_no_process, 30);

START_TEST(free_without_a_console)
{
    struct peer *child = peer_prepare(has_none_to_free);

    start_with(child, DETACHED_PROCESS);

    peer_join(child);
}
END_TEST
COVERS(free_without_a_console, "stdio.freeconsole.without_one");
TAKES(free_without_a_console, 30);
