/* What a child has from the process that created it besides handles: error mode, processors and
 * job; its identifiers; and whether the handles to it can be inherited in their turn. */
#include "inherit.h"

PEER(hold_until_killed)
{
    checkpoint_wait("never");
}

/* ---- Error mode ---- */

PEER(have_the_error_mode)
{
    expect_number(GetErrorMode(), peer_number(0));
}

/* A child that is to find the error mode MODE. */
static struct peer *child_with(UINT mode)
{
    return peer_prepare(have_the_error_mode, given_number(mode));
}

#define OWN_MODE (SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX)

START_TEST(error_mode_is_that_of_the_parent)
{
    struct peer *child = child_with(OWN_MODE);
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    UINT before = SetErrorMode(OWN_MODE);

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    SetErrorMode(before);
    peer_join(child);
}
END_TEST
COVERS(error_mode_is_that_of_the_parent, "inherit.error_mode.inherited");

START_TEST(error_mode_is_the_default_when_asked_for)
{
    struct peer *plain_child = child_with(OWN_MODE), *child = child_with(0);
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    UINT before = SetErrorMode(OWN_MODE);

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE,
                                  CREATE_DEFAULT_ERROR_MODE, NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    expect_succeeded(CreateProcessW(NULL, plain_child->command_line, NULL, NULL, FALSE, 0, NULL,
                                    NULL, &startup, &plain_child->info));
    SetErrorMode(before);
    peer_join(child);
    peer_join(plain_child);
}
END_TEST
COVERS(error_mode_is_the_default_when_asked_for, "inherit.error_mode.default");

/* ---- Processors ---- */

static DWORD_PTR processors_of(HANDLE process)
{
    DWORD_PTR usable = 0, all = 0;
    require(GetProcessAffinityMask(process, &usable, &all));
    return usable;
}

START_TEST(processors_are_those_of_the_parent)
{
    DWORD_PTR all = processors_of(GetCurrentProcess()), one = all & (~all + 1);
    if (one == all)
        unsupported("there is one processor only");
    require(SetProcessAffinityMask(GetCurrentProcess(), one));
    struct peer *child = peer_prepare(hold_until_killed);
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, CREATE_SUSPENDED,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    require(SetProcessAffinityMask(GetCurrentProcess(), all));
    expect_number(processors_of(child->info.hProcess), one);
    peer_kill(child);
}
END_TEST
COVERS(processors_are_those_of_the_parent, "inherit.affinity");

/* ---- Job ---- */

static bool is_in(HANDLE process, HANDLE job)
{
    BOOL in = FALSE;
    require(IsProcessInJob(process, job, &in));
    return in;
}

static const struct job {
    struct row row;
    DWORD limits, flags, error;
    bool in_the_job;
} jobs[] = {
    {{"is_in_the_job", "inherit.job.inherited"}, 0, 0, ERROR_SUCCESS, true},
    {{"is_in_the_job_unless_asked", "inherit.job.inherited"},
     JOB_OBJECT_LIMIT_BREAKAWAY_OK,
     0,
     ERROR_SUCCESS,
     true},
    {{"breaks_away", "inherit.job.breakaway"},
     JOB_OBJECT_LIMIT_BREAKAWAY_OK,
     CREATE_BREAKAWAY_FROM_JOB,
     ERROR_SUCCESS,
     false},
    {{"may_not_break_away", "inherit.job.breakaway_refused"},
     0,
     CREATE_BREAKAWAY_FROM_JOB,
     ERROR_ACCESS_DENIED,
     true},
};

/* Is in the job alone, and starts a child. */
PEER(start_a_child_in_a_job)
{
    const struct job *row = &jobs[peer_number(0)];
    HANDLE job = peer_handle(0);
    struct peer *child = peer_prepare(hold_until_killed);
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    expect_true(is_in(GetCurrentProcess(), job));

    BOOL created =
        CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, CREATE_SUSPENDED | row->flags,
                       NULL, NULL, &startup, &child->info);

    if (row->error) {
        expect_failed(created, row->error);
        return;
    }
    expect_succeeded(created);
    expect_number(is_in(child->info.hProcess, job), row->in_the_job);
    peer_kill(child);
}

static HANDLE job_with(DWORD limits)
{
    HANDLE job = CreateJobObjectW(NULL, NULL);
    require(job != NULL);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION information = {.BasicLimitInformation.LimitFlags = limits};
    require(SetInformationJobObject(job, JobObjectExtendedLimitInformation, &information,
                                    sizeof(information)));
    return job;
}

START_TEST(child_of_a_process_in_a_job)
{
    const struct job *row = &jobs[_i];
    HANDLE job = job_with(row->limits);
    struct peer *parent =
        peer_prepare(start_a_child_in_a_job, given_handle(inheritable(job)), given_number(_i));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    require(CreateProcessW(NULL, parent->command_line, NULL, NULL, TRUE, CREATE_SUSPENDED, NULL,
                           NULL, &startup, &parent->info));

    BOOL assigned = AssignProcessToJobObject(job, parent->info.hProcess);

    expect_succeeded(assigned);
    require(ResumeThread(parent->info.hThread) == 1);
    peer_join(parent);
}
END_TEST
COVERS_ROWS(child_of_a_process_in_a_job, jobs);

/* ---- What CreateProcess tells of the child ---- */

struct identity {
    DWORD process, thread;
};

PEER(tell_who_it_is)
{
    struct identity own = {GetCurrentProcessId(), GetCurrentThreadId()};
    DWORD count = 0;
    expect_succeeded(WriteFile(peer_handle(0), &own, sizeof(own), &count, NULL));
}

START_TEST(identifiers_are_those_of_the_child)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *child = peer_prepare(tell_who_it_is, given_handle(inheritable(pipe.write)));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    struct identity told = {0};
    DWORD count = 0;
    expect_succeeded(ReadFile(pipe.read, &told, sizeof(told), &count, NULL));
    expect_number(child->info.dwProcessId, told.process);
    expect_number(child->info.dwThreadId, told.thread);
    expect_number(GetProcessId(child->info.hProcess), told.process);
    expect_number(GetThreadId(child->info.hThread), told.thread);
    peer_join(child);
}
END_TEST
COVERS(identifiers_are_those_of_the_child, "inherit.create_process.identifiers");

static SECURITY_ATTRIBUTES plain = {.nLength = sizeof(plain), .bInheritHandle = FALSE};
static SECURITY_ATTRIBUTES inheriting = {.nLength = sizeof(inheriting), .bInheritHandle = TRUE};

static const struct handles {
    struct row row;
    SECURITY_ATTRIBUTES *of_process, *of_thread;
} handles[] = {
    {{"without_attributes", "inherit.create_process.handles_to_the_child_plain"}, NULL, NULL},
    {{"plain", "inherit.create_process.handles_to_the_child_plain"}, &plain, &plain},
    {{"process_inheritable", "inherit.create_process.handles_to_the_child"}, &inheriting, NULL},
    {{"thread_inheritable", "inherit.create_process.handles_to_the_child"}, NULL, &inheriting},
    {{"both_inheritable", "inherit.create_process.handles_to_the_child"}, &inheriting, &inheriting},
};

static DWORD asked_for(const SECURITY_ATTRIBUTES *attributes)
{
    return attributes && attributes->bInheritHandle ? HANDLE_FLAG_INHERIT : 0;
}

/* Whatever bInheritHandles says, which is about other handles. */
START_TEST(handles_to_the_child_are)
{
    for (BOOL inherit = FALSE; inherit <= TRUE; inherit++) {
        struct peer *child = peer_prepare(hold_until_killed);
        STARTUPINFOW startup = {.cb = sizeof(startup)};

        BOOL created =
            CreateProcessW(NULL, child->command_line, handles[_i].of_process, handles[_i].of_thread,
                           inherit, CREATE_SUSPENDED, NULL, NULL, &startup, &child->info);

        expect_succeeded(created);
        expect_flags(flags_of(child->info.hProcess), asked_for(handles[_i].of_process),
                     HANDLE_FLAG_NAMES);
        expect_flags(flags_of(child->info.hThread), asked_for(handles[_i].of_thread),
                     HANDLE_FLAG_NAMES);
        peer_kill(child);
    }
}
END_TEST
COVERS_ROWS(handles_to_the_child_are, handles);

/* An inheritable handle to the first child is one that the second inherits. */
PEER(wait_for_its_brother)
{
    HANDLE brother = peer_handle(0);
    expect_number(GetProcessId(brother), peer_number(0));
    expect_not_signaled(brother);
    checkpoint_reach("looked");
    expect_signaled(brother);
}

START_TEST(second_child_inherits_the_handle_to_the_first)
{
    struct peer *first = peer_prepare(hold_until_killed);
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    require(CreateProcessW(NULL, first->command_line, &inheriting, NULL, FALSE, CREATE_SUSPENDED,
                           NULL, NULL, &startup, &first->info));
    struct peer *second = peer_prepare(wait_for_its_brother, given_handle(first->info.hProcess),
                                       given_number(first->info.dwProcessId));

    BOOL created = CreateProcessW(NULL, second->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &second->info);

    expect_succeeded(created);
    checkpoint_wait("looked");
    peer_kill(first);
    peer_join(second);
}
END_TEST
COVERS(second_child_inherits_the_handle_to_the_first,
       "inherit.create_process.handles_to_the_child");
