/* What CreateProcess leaves behind: when it fails, when the child that it has created is terminated
 * before it runs, and for the next child. */
#include "inherit.h"

#include <wchar.h>

/* ---- CreateProcess that fails ---- */

static const struct failing {
    struct row row;
    bool exists;
} failings[] = {
    {{"for_want_of_a_program", NULL}, false},
    {{"for_a_file_that_is_no_program", NULL}, true},
};

START_TEST(pipe_ends_after_a_failure)
{
    struct pipe_ends pipe = pipe_create();
    inheritable(pipe.write);
    const WCHAR *program = scratch_path(L"program.exe");
    if (failings[_i].exists) {
        HANDLE file = CreateFileW(program, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
        require(file != INVALID_HANDLE_VALUE);
        require(WriteFile(file, "no program", 10, &(DWORD){0}, NULL));
        close_handle(&file);
    }
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION info = {0};

    BOOL created = CreateProcessW(program, NULL, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &info);

    expect_failed_somehow(created);
    expect_written(pipe.write, "still open here");
    expect_arrives(pipe.read, "still open here");
    expect_succeeded(CloseHandle(pipe.write));
    expect_end_of_file(pipe.read);
}
END_TEST
COVERS_ROWS(pipe_ends_after_a_failure, failings, "inherit.create_process.failure_passes_nothing");

/* ---- A child that never runs ---- */

PEER(never_runs)
{
    checkpoint_wait("never");
}

static PROCESS_INFORMATION create_suspended(struct peer *child, LPPROC_THREAD_ATTRIBUTE_LIST list)
{
    STARTUPINFOEXW startup = {.StartupInfo.cb = list ? sizeof(startup) : sizeof(STARTUPINFOW),
                              .lpAttributeList = list};
    PROCESS_INFORMATION info;
    require(CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE,
                           CREATE_SUSPENDED | (list ? EXTENDED_STARTUPINFO_PRESENT : 0), NULL, NULL,
                           &startup.StartupInfo, &info));
    return info;
}

START_TEST(pipe_ends_with_a_child_that_never_ran)
{
    struct pipe_ends pipe = pipe_create();
    inheritable(pipe.write);
    PROCESS_INFORMATION info = create_suspended(peer_prepare(never_runs), NULL);
    close_handle(&pipe.write);
    expect_succeeded(PeekNamedPipe(pipe.read, NULL, 0, NULL, NULL, NULL));

    BOOL terminated = TerminateProcess(info.hProcess, 1);

    expect_succeeded(terminated);
    expect_signaled(info.hProcess);
    expect_end_of_file(pipe.read);
}
END_TEST
COVERS(pipe_ends_with_a_child_that_never_ran, "inherit.process.never_ran");

/* ---- The next child ---- */

/* Whether the process has a handle of this value that is one to the object of HANDLE. */
static bool has(HANDLE process, HANDLE handle, HANDLE event)
{
    HANDLE theirs = NULL;
    if (!DuplicateHandle(process, handle, GetCurrentProcess(), &theirs, 0, FALSE,
                         DUPLICATE_SAME_ACCESS))
        return false;
    require(ResetEvent(event));
    bool same = SetEvent(theirs) && WaitForSingleObject(event, 0) == WAIT_OBJECT_0;
    CloseHandle(theirs);
    return same;
}

static const struct first {
    struct row row;
    bool list;
} firsts[] = {
    {{"after_one_with_a_list", NULL}, true},
    {{"after_one_without_a_list", NULL}, false},
};

START_TEST(next_child_inherits)
{
    HANDLE listed = event_create(TRUE), other = event_create(TRUE), plain = event_create(FALSE);
    struct peer *child = peer_prepare(never_runs);
    PROCESS_INFORMATION first =
        create_suspended(child, firsts[_i].list ? handle_list(&listed, 1) : NULL);
    require(has(first.hProcess, listed, listed));
    require(has(first.hProcess, other, other) == !firsts[_i].list);
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION second;

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, CREATE_SUSPENDED,
                                  NULL, NULL, &startup, &second);

    expect_succeeded(created);
    expect_true(has(second.hProcess, listed, listed));
    expect_true(has(second.hProcess, other, other));
    expect_flags(flags_of(listed), HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
    expect_flags(flags_of(other), HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
    expect_flags(flags_of(plain), 0, HANDLE_FLAG_NAMES);
    TerminateProcess(first.hProcess, 1);
    TerminateProcess(second.hProcess, 1);
}
END_TEST
COVERS_ROWS(next_child_inherits, firsts, "inherit.create_process.next_child");
