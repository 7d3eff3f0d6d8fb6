/* The attributes of a new process that say in which jobs it is and on which processors it runs:
 * PROC_THREAD_ATTRIBUTE_JOB_LIST, PROC_THREAD_ATTRIBUTE_PARENT_PROCESS. */
#include "inherit.h"

PEER(be_in_a_job)
{
    checkpoint_reach("running");
    checkpoint_wait("asked");
}

static HANDLE new_job(void)
{
    HANDLE job = CreateJobObjectW(NULL, NULL);
    require(job != NULL);
    return job;
}

static LPPROC_THREAD_ATTRIBUTE_LIST empty_list(void)
{
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(NULL, 1, 0, &size);
    LPPROC_THREAD_ATTRIBUTE_LIST list = malloc(size);
    require(InitializeProcThreadAttributeList(list, 1, 0, &size));
    return list;
}

/* The list, which Windows has from version 10 on. */
static LPPROC_THREAD_ATTRIBUTE_LIST job_list(HANDLE *jobs, size_t count)
{
    LPPROC_THREAD_ATTRIBUTE_LIST list = empty_list();
    BOOL updated = UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_JOB_LIST, jobs,
                                             count * sizeof(*jobs), NULL, NULL);
    if (!updated && GetLastError() == ERROR_NOT_SUPPORTED)
        unsupported("there is no PROC_THREAD_ATTRIBUTE_JOB_LIST");
    require(updated);
    return list;
}

static bool is_in(HANDLE process, HANDLE job)
{
    BOOL in = 2;
    require(IsProcessInJob(process, job, &in));
    return in;
}

static const struct {
    struct row row;
    size_t count;
} counts[] = {{{"one_job", "inherit.attribute.jobs.one"}, 1},
              {{"two_jobs", "inherit.attribute.jobs.two"}, 2}};

START_TEST(child_is_in_the_jobs)
{
    HANDLE jobs[] = {new_job(), new_job(), new_job()};
    LPPROC_THREAD_ATTRIBUTE_LIST list = job_list(jobs, counts[_i].count);
    struct peer *child = peer_prepare(be_in_a_job);
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup), .lpAttributeList = list};

    BOOL created =
        CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, EXTENDED_STARTUPINFO_PRESENT,
                       NULL, NULL, &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    for (size_t i = 0; i < 3; i++)
        expect_number(is_in(child->info.hProcess, jobs[i]), i < counts[_i].count);
    checkpoint_wait("running");
    checkpoint_reach("asked");
    peer_join(child);
}
END_TEST
COVERS_ROWS(child_is_in_the_jobs, counts);

START_TEST(job_ends_the_child)
{
    HANDLE job = new_job();
    LPPROC_THREAD_ATTRIBUTE_LIST list = job_list(&job, 1);
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup), .lpAttributeList = list};
    PROCESS_INFORMATION child; /* which ends before it has begun: no verdict is to come from it */
    require(CreateProcessW(NULL, peer_prepare(be_in_a_job)->command_line, NULL, NULL, FALSE,
                           EXTENDED_STARTUPINFO_PRESENT | CREATE_SUSPENDED, NULL, NULL,
                           &startup.StartupInfo, &child));

    BOOL terminated = TerminateJobObject(job, 33);

    expect_succeeded(terminated);
    expect_exit_code(child.hProcess, 33);
}
END_TEST
COVERS(job_ends_the_child, "inherit.attribute.jobs.one");

START_TEST(size_is_one_of_handles)
{
    HANDLE jobs[] = {new_job(), new_job()};
    LPPROC_THREAD_ATTRIBUTE_LIST right = job_list(jobs, 2);
    require(right != NULL);

    BOOL updated = UpdateProcThreadAttribute(empty_list(), 0, PROC_THREAD_ATTRIBUTE_JOB_LIST, jobs,
                                             3, NULL, NULL);

    expect_failed(updated, ERROR_BAD_LENGTH);
}
END_TEST
COVERS(size_is_one_of_handles, "inherit.attribute.jobs.size");

static const struct {
    struct row row;
    HANDLE job;
} none_rows[] = {{{"null", NULL}, NULL}, {{"value", NULL}, (HANDLE)(UINT_PTR)0xdeadbeef}};

START_TEST(no_job_no_child)
{
    HANDLE job = none_rows[_i].job;
    LPPROC_THREAD_ATTRIBUTE_LIST list = job_list(&job, 1);
    struct peer *child = peer_prepare(be_in_a_job);
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup), .lpAttributeList = list};

    BOOL created =
        CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, EXTENDED_STARTUPINFO_PRESENT,
                       NULL, NULL, &startup.StartupInfo, &child->info);

    expect_failed(created, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS_ROWS(no_job_no_child, none_rows, "inherit.attribute.jobs.invalid");

/* ---- Another parent ---- */

PEER(be_the_parent)
{
    checkpoint_wait("never");
}

/* A child of PARENT that does not run yet. */
static PROCESS_INFORMATION child_of(struct peer *parent)
{
    LPPROC_THREAD_ATTRIBUTE_LIST list = empty_list();
    require(UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_PARENT_PROCESS,
                                      &parent->info.hProcess, sizeof(HANDLE), NULL, NULL));
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup), .lpAttributeList = list};
    PROCESS_INFORMATION child;
    BOOL created =
        CreateProcessW(NULL, peer_prepare(be_in_a_job)->command_line, NULL, NULL, FALSE,
                       CREATE_SUSPENDED | DETACHED_PROCESS | EXTENDED_STARTUPINFO_PRESENT, NULL,
                       NULL, &startup.StartupInfo, &child);
    expect_succeeded(created);
    return child;
}

START_TEST(job_is_that_of_the_parent_named)
{
    HANDLE job = new_job();
    struct peer *parent = peer_start(be_the_parent);
    require(AssignProcessToJobObject(job, parent->info.hProcess));

    PROCESS_INFORMATION child = child_of(parent);

    expect_true(is_in(child.hProcess, job));
    expect_true(!is_in(GetCurrentProcess(), job));
    TerminateProcess(child.hProcess, 1);
    peer_kill(parent);
}
END_TEST
COVERS(job_is_that_of_the_parent_named, "inherit.attribute.parent_job");

START_TEST(processors_are_those_of_the_parent_named)
{
    DWORD_PTR own = 0, all = 0, usable = 0;
    require(GetProcessAffinityMask(GetCurrentProcess(), &own, &all));
    DWORD_PTR one = own & (~own + 1);
    if (one == own)
        unsupported("there is one processor only");
    struct peer *parent = peer_start(be_the_parent);
    require(SetProcessAffinityMask(parent->info.hProcess, one));

    PROCESS_INFORMATION child = child_of(parent);

    expect_succeeded(GetProcessAffinityMask(child.hProcess, &usable, &all));
    expect_number(usable, one);
    TerminateProcess(child.hProcess, 1);
    peer_kill(parent);
}
END_TEST
COVERS(processors_are_those_of_the_parent_named, "inherit.attribute.parent_affinity");
