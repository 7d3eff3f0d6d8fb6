/* The processes of a case are found and ended together, whatever holds them. */
#include "cts.h"
#include "runner/family.h"
#include "case/path.h"

#include <string.h>

static void stay(void)
{
    peer_passed();
    Sleep(INFINITE);
}

PEER(holds_the_pipe)
{
    checkpoint_reach("both run");
    stay();
}

PEER(has_a_child)
{
    peer_start(holds_the_pipe, given_handle(peer_handle(0)));
    stay();
}

PEER(runs_on)
{
    checkpoint_reach("runs");
    stay();
}

PEER(runs_on_beside_it)
{
    checkpoint_reach("both run");
    stay();
}

static const struct held_row {
    struct row row;
    enum family_by how;
} held_rows[] = {
    {{"by_job", NULL}, FAMILY_BY_JOB},
    {{"by_job_of_its_own", NULL}, FAMILY_BY_JOB_OF_ITS_OWN},
    {{"by_parent", NULL}, FAMILY_BY_PARENT},
};

/* The pipe's end tells that nobody is left who holds it. What a way cannot do where this runs, the
 * next one does. */
START_TEST(family_ends_together)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    SECURITY_ATTRIBUTES inheritable = {sizeof(inheritable), NULL, TRUE};
    struct family family;
    HANDLE read, write;
    char byte;
    DWORD got;
    require(CreatePipe(&read, &write, &inheritable, 0));
    require(SetHandleInformation(read, HANDLE_FLAG_INHERIT, 0));
    struct peer *first = peer_prepare(has_a_child, given_handle(write));
    family_hold_by(held_rows[_i].how);

    require(family_start(&family, first->command_line, &startup));
    close_handle(&write);
    checkpoint_wait("both run");
    expect_number(family_left(&family), 2);
    family_kill(&family);
    expect_number(family_left(&family), 0);
    expect_failed(ReadFile(read, &byte, 1, &got, NULL), ERROR_BROKEN_PIPE);
    family_close(&family);
}
END_TEST
COVERS_ROWS(family_ends_together, held_rows);

/* As a system's own that it puts beside a process. It ends with the job all the same. */
START_TEST(other_program_is_no_leak)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION other;
    struct family family;
    const WCHAR *copy = scratch_path(L"other.exe");
    require(CopyFileW(program_name(), copy, TRUE));
    struct peer *first = peer_prepare(runs_on), *second = peer_prepare(runs_on_beside_it);
    require(family_start(&family, first->command_line, &startup));
    checkpoint_wait("runs");
    require(CreateProcessW(copy, second->command_line, NULL, NULL, FALSE, CREATE_SUSPENDED, NULL,
                           NULL, &startup, &other));
    require(AssignProcessToJobObject(family.job, other.hProcess));
    require(ResumeThread(other.hThread) != (DWORD)-1);
    checkpoint_wait("both run");

    expect_number(family_left(&family), 1);
    TerminateProcess(family.process, 0);
    expect_number(family_left(&family), 0);
    family_kill(&family);
    expect_signaled(other.hProcess);
    family_close(&family);
}
END_TEST
COVERS(other_program_is_no_leak);

START_TEST(family_that_cannot_start)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    WCHAR no_program[] = L"\"no such program\"";
    struct family family;
    expect_failed(family_start(&family, no_program, &startup), ERROR_FILE_NOT_FOUND);
    expect_number(family_held_by(), FAMILY_BY_JOB);
}
END_TEST
COVERS(family_that_cannot_start);
