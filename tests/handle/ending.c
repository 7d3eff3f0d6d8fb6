/* How a process ends, and what its handles tell of that: TerminateProcess and exit codes. */
#include "handle.h"

#define CODE 0x1357

PEER(hold_until_killed)
{
    checkpoint_wait("never");
}

/* A process that has not begun to run. */
static PROCESS_INFORMATION suspended(void)
{
    struct peer *child = peer_prepare(hold_until_killed);
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION info;
    require(CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, CREATE_SUSPENDED, NULL,
                           NULL, &startup, &info));
    return info;
}

static DWORD exit_code_of(HANDLE process)
{
    DWORD code = 0xEEEEEEEE;
    expect_succeeded(GetExitCodeProcess(process, &code));
    return code;
}

static DWORD exit_code_of_thread(HANDLE thread)
{
    DWORD code = 0xEEEEEEEE;
    require(GetExitCodeThread(thread, &code));
    return code;
}

static HANDLE reopened(DWORD id, DWORD access)
{
    HANDLE process = OpenProcess(access, FALSE, id);
    require(process != NULL);
    return process;
}

/* ---- Exit codes ---- */

enum way {
    BY_EXIT,
    BY_EXIT_OF_ANOTHER_THREAD,
    BY_ITSELF,
    BY_ITS_OWN_HANDLE,
    BY_FAULT,
    BY_EXCEPTION
};

static const struct end {
    struct row row;
    enum way way;
    DWORD code;
} ends[] = {
    {{"exit_process", "handle.process.exit_code"}, BY_EXIT, CODE},
    {{"exit_process_of_0", "handle.process.exit_code"}, BY_EXIT, 0},
    {{"exit_process_of_all_bits", "handle.process.exit_code"}, BY_EXIT, 0xFFFFFFFF},
    {{"exit_process_in_another_thread", "handle.process.exit_code"},
     BY_EXIT_OF_ANOTHER_THREAD,
     CODE},
    {{"termination_of_itself", "handle.process.terminates_itself"}, BY_ITSELF, CODE},
    {{"termination_of_itself_by_a_handle", "handle.process.terminates_itself"},
     BY_ITS_OWN_HANDLE,
     CODE},
    {{"access_violation", "handle.process.exit_code_of_exception"},
     BY_FAULT,
     EXCEPTION_ACCESS_VIOLATION},
    {{"exception_of_its_own", "handle.process.exit_code_of_exception"}, BY_EXCEPTION, 0xE0001234},
};

static DWORD exit_with_code(void *argument)
{
    (void)argument;
    ExitProcess(CODE);
}

PEER(ends_by)
{
    const struct end *end = &ends[peer_number(0)];
    HANDLE channel = peer_handle(0), never = event_create(FALSE);
    peer_passed();
    switch (end->way) {
    case BY_EXIT:
        ExitProcess(end->code);
    case BY_EXIT_OF_ANOTHER_THREAD:
        thread_start(exit_with_code, NULL);
        WaitForSingleObject(never, step_limit());
        break;
    case BY_ITSELF:
        TerminateProcess(GetCurrentProcess(), end->code);
        break;
    case BY_ITS_OWN_HANDLE:
        TerminateProcess(reopened(GetCurrentProcessId(), PROCESS_TERMINATE), end->code);
        break;
    case BY_FAULT:
        *(volatile char *)(UINT_PTR)peer_number(1) = 0;
        break;
    case BY_EXCEPTION:
        RaiseException(end->code, EXCEPTION_NONCONTINUABLE, 0, NULL);
    }
    WriteFile(channel, "goes on", 7, &(DWORD){0}, NULL);
}

START_TEST(exit_code_after)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *peer =
        peer_start(ends_by, given_handle(pipe.write), given_number(_i), given_number(0));
    close_handle(&pipe.write);
    expect_signaled(peer->info.hProcess);
    DWORD code = 0xEEEEEEEE;

    BOOL told = GetExitCodeProcess(peer->info.hProcess, &code);

    expect_succeeded(told);
    expect_number(code, ends[_i].code);
    expect_number(exit_code_of_thread(peer->info.hThread), ends[_i].code);
    expect_end_of_file(pipe.read); /* it has done nothing more */
}
END_TEST
COVERS_ROWS(exit_code_after, ends);

START_TEST(exit_code_while_it_runs)
{
    PROCESS_INFORMATION child = suspended();
    DWORD code = 0xEEEEEEEE;

    BOOL told = GetExitCodeProcess(child.hProcess, &code);

    expect_succeeded(told);
    expect_number(code, STILL_ACTIVE);
    expect_number(exit_code_of(GetCurrentProcess()), STILL_ACTIVE);
    require(TerminateProcess(child.hProcess, CODE));
    expect_signaled(child.hProcess);
    expect_number(exit_code_of(child.hProcess), CODE);
}
END_TEST
COVERS(exit_code_while_it_runs, "handle.process.still_active");

/* ---- TerminateProcess ---- */

static DWORD wait_for_long(void *event)
{
    WaitForSingleObject(event, step_limit());
    return 0;
}

PEER(runs_two_threads)
{
    HANDLE never = event_create(FALSE);
    DWORD id = thread_start(wait_for_long, never)->id, count = 0;
    require(WriteFile(peer_handle(0), &id, sizeof(id), &count, NULL));
    checkpoint_wait("never");
}

START_TEST(every_thread_ends_with_the_code)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *peer = peer_start(runs_two_threads, given_handle(pipe.write));
    DWORD id = 0, count = 0;
    require(ReadFile(pipe.read, &id, sizeof(id), &count, NULL) && count == sizeof(id));
    HANDLE second = OpenThread(THREAD_QUERY_INFORMATION | SYNCHRONIZE, FALSE, id);
    require(second != NULL);

    BOOL terminated = TerminateProcess(peer->info.hProcess, CODE);

    expect_succeeded(terminated);
    expect_signaled(peer->info.hProcess);
    expect_number(exit_code_of(peer->info.hProcess), CODE);
    expect_signaled(peer->info.hThread);
    expect_signaled(second);
    expect_number(exit_code_of_thread(peer->info.hThread), CODE);
    expect_number(exit_code_of_thread(second), CODE);
    peer_kill(peer);
}
END_TEST
COVERS(every_thread_ends_with_the_code, "handle.process.terminate_threads");

static const struct right {
    struct row row;
    DWORD access;
    bool enough;
} rights[] = {
    {{"the_right_alone", "handle.process.terminate_right"}, PROCESS_TERMINATE, true},
    {{"every_other_right", "handle.process.terminate_right_missing"},
     PROCESS_ALL_ACCESS & ~PROCESS_TERMINATE,
     false},
    {{"the_right_to_wait", "handle.process.terminate_right_missing"}, SYNCHRONIZE, false},
};

START_TEST(terminated_with)
{
    PROCESS_INFORMATION child = suspended();
    HANDLE process = reopened(child.dwProcessId, rights[_i].access);

    BOOL terminated = TerminateProcess(process, CODE);

    if (!rights[_i].enough) {
        expect_failed(terminated, ERROR_ACCESS_DENIED);
        expect_not_signaled(child.hProcess);
        expect_number(exit_code_of(child.hProcess), STILL_ACTIVE);
        terminated = TerminateProcess(child.hProcess, CODE);
    }
    expect_succeeded(terminated);
    expect_signaled(child.hProcess);
    expect_number(exit_code_of(child.hProcess), CODE);
}
END_TEST
COVERS_ROWS(terminated_with, rights);

PEER(ends_at_once)
{
    peer_passed();
    ExitProcess(CODE);
}

static const struct before {
    struct row row;
    bool terminated;
} befores[] = {
    {{"that_was_terminated", NULL}, true},
    {{"that_has_exited", NULL}, false},
};

START_TEST(termination_of_a_process)
{
    bool running = befores[_i].terminated;
    HANDLE process = running ? suspended().hProcess : peer_start(ends_at_once)->info.hProcess;
    require(!running || TerminateProcess(process, CODE));
    expect_signaled(process);

    BOOL terminated = TerminateProcess(process, CODE + 1);

    expect_failed(terminated, ERROR_ACCESS_DENIED);
    expect_number(exit_code_of(process), CODE);
    expect_signaled(process);
}
END_TEST
COVERS_ROWS(termination_of_a_process, befores, "handle.process.terminate_twice");

START_TEST(handle_that_was_opened_outlives_the_others)
{
    PROCESS_INFORMATION child = suspended();
    HANDLE opened = reopened(child.dwProcessId, PROCESS_QUERY_INFORMATION | SYNCHRONIZE);

    BOOL terminated = TerminateProcess(child.hProcess, CODE);

    expect_succeeded(terminated);
    expect_signaled(child.hProcess);
    close_handle(&child.hProcess);
    close_handle(&child.hThread);
    expect_signaled(opened);
    expect_number(exit_code_of(opened), CODE);
    expect_number(GetProcessId(opened), child.dwProcessId);
}
END_TEST
COVERS(handle_that_was_opened_outlives_the_others, "handle.process.object_lasts");

/* ---- Those who wait for it ---- */

static DWORD wait_for_end(void *process)
{
    DWORD waited = WaitForSingleObject(process, step_limit());
    expect_number(waited, WAIT_OBJECT_0);
    return exit_code_of(process);
}

PEER(waits_for_the_end)
{
    expect_not_signaled(peer_handle(0));
    checkpoint_reach("looked");
    expect_number(wait_for_end(peer_handle(0)), CODE);
}

START_TEST(end_releases_all_who_wait)
{
    PROCESS_INFORMATION child = suspended();
    struct thread *one = thread_start(wait_for_end, child.hProcess);
    struct thread *other = thread_start(wait_for_end, child.hProcess);
    struct peer *peer = peer_start(waits_for_the_end, given_handle(child.hProcess));
    checkpoint_wait("looked");
    expect_stays_unsignaled(one->handle);
    expect_not_signaled(other->handle);

    BOOL terminated = TerminateProcess(child.hProcess, CODE);

    expect_succeeded(terminated);
    expect_number(thread_join(one), CODE);
    expect_number(thread_join(other), CODE);
    peer_join(peer);
    expect_signaled(child.hProcess); /* and stays signaled */
}
END_TEST
COVERS(end_releases_all_who_wait, "handle.process.end_releases_waiters");

/* ---- Children of what is terminated ---- */

PEER(has_a_child)
{
    HANDLE channel = peer_handle(0);
    PROCESS_INFORMATION child = suspended();
    HANDLE others = NULL, parent = peer_handle(1);
    require(DuplicateHandle(GetCurrentProcess(), child.hProcess, parent, &others, 0, FALSE,
                            DUPLICATE_SAME_ACCESS));
    send_value(channel, others);
    checkpoint_wait("never");
}

START_TEST(child_of_what_is_terminated_lives)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE self = reopened(GetCurrentProcessId(), PROCESS_DUP_HANDLE);
    struct peer *peer = peer_start(has_a_child, given_handle(pipe.write), given_handle(self));
    HANDLE child = receive_value(pipe.read);

    BOOL terminated = TerminateProcess(peer->info.hProcess, CODE);

    expect_succeeded(terminated);
    expect_signaled(peer->info.hProcess);
    expect_stays_unsignaled(child);
    expect_number(exit_code_of(child), STILL_ACTIVE);
    require(TerminateProcess(child, CODE));
    expect_signaled(child);
    peer_kill(peer);
}
END_TEST
COVERS(child_of_what_is_terminated_lives, "handle.process.terminate_not_children");
