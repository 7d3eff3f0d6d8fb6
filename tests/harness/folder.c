/* What a runner that was killed has left is removed by the next one. */
#include "cts.h"
#include "runner/folder.h"

PEER(never_runs)
{
}

/* A runner that dies between starting the process of a case and putting it into a job. */
PEER(runner_that_dies)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    HANDLE write = peer_handle(0);
    const WCHAR *root;
    require(!folder_open(&root));
    require(SetHandleInformation(write, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT));
    struct peer *child = peer_prepare(never_runs, given_handle(write));
    require(CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, CREATE_SUSPENDED, NULL,
                           NULL, &startup, &child->info));
    peer_passed();
    TerminateProcess(GetCurrentProcess(), 1);
}

/* How many folders and owner files of runs there are in the scratch folder. */
static DWORD left_of_runs(void)
{
    WIN32_FIND_DATAW entry;
    DWORD count = 0;
    HANDLE search = FindFirstFileW(scratch_path(L"winipc-cts-*"), &entry);
    for (BOOL more = search != INVALID_HANDLE_VALUE; more; more = FindNextFileW(search, &entry))
        count++;
    if (search != INVALID_HANDLE_VALUE)
        FindClose(search);
    return count;
}

/* The pipe's end tells that the process which inherited its other end is gone. */
START_TEST(next_runner_clears_up)
{
    HANDLE read, write;
    char byte;
    DWORD got;
    const WCHAR *root;
    require(SetEnvironmentVariableW(L"TMP", scratch_path(L"")));
    require(CreatePipe(&read, &write, NULL, 0));
    struct peer *runner = peer_start(runner_that_dies, given_handle(write));
    close_handle(&write);
    require(WaitForSingleObject(runner->info.hProcess, step_limit()) == WAIT_OBJECT_0);
    expect_number(left_of_runs(), 2);
    expect_succeeded(PeekNamedPipe(read, NULL, 0, NULL, NULL, NULL)); /* its child lives on */

    expect_true(!folder_open(&root));

    expect_failed(ReadFile(read, &byte, 1, &got, NULL), ERROR_BROKEN_PIPE);
    expect_number(left_of_runs(), 2); /* its own */
    folder_close();
    expect_number(left_of_runs(), 0);
}
END_TEST
COVERS(next_runner_clears_up);
