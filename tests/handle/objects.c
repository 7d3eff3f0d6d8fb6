/* A duplicate is of the same object, whatever its kind: what is done through one handle shows
 * through the other, in the same process and in another one. */
#include "handle.h"

static HANDLE make_event(void)
{
    return event_create(FALSE);
}

static void set_event(HANDLE event)
{
    expect_succeeded(SetEvent(event));
}

static bool is_signaled(HANDLE handle)
{
    return WaitForSingleObject(handle, 0) == WAIT_OBJECT_0;
}

static HANDLE make_mutex(void)
{
    return CreateMutexW(NULL, FALSE, NULL);
}

static void acquire(HANDLE mutex)
{
    expect_number(WaitForSingleObject(mutex, 0), WAIT_OBJECT_0);
}

/* For a thread that is not the owner. */
static bool is_owned(HANDLE mutex)
{
    bool free = is_signaled(mutex);
    if (free)
        expect_succeeded(ReleaseMutex(mutex));
    return !free;
}

static HANDLE make_semaphore(void)
{
    return CreateSemaphoreW(NULL, 0, 1, NULL);
}

static void release_semaphore(HANDLE semaphore)
{
    expect_succeeded(ReleaseSemaphore(semaphore, 1, NULL));
}

static HANDLE make_timer(void)
{
    return CreateWaitableTimerW(NULL, TRUE, NULL);
}

static void set_timer(HANDLE timer)
{
    LARGE_INTEGER now = {.QuadPart = -1};
    expect_succeeded(SetWaitableTimer(timer, &now, 0, NULL, NULL, FALSE));
    expect_signaled(timer);
}

static HANDLE make_mapping(void)
{
    return CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);
}

static char *view_of(HANDLE mapping)
{
    char *view = MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0);
    expect_not_null(view);
    return view;
}

static void write_to_view(HANDLE mapping)
{
    view_of(mapping)[100] = 'x';
}

static bool is_in_the_view(HANDLE mapping)
{
    return view_of(mapping)[100] == 'x';
}

static HANDLE make_file(void)
{
    return CreateFileW(scratch_path(L"file"), GENERIC_READ | GENERIC_WRITE,
                       FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, CREATE_NEW, 0, NULL);
}

static void write_to_file(HANDLE file)
{
    expect_written(file, "12345");
}

static bool is_the_position(HANDLE file)
{
    LARGE_INTEGER position;
    require(SetFilePointerEx(file, (LARGE_INTEGER){.QuadPart = 0}, &position, FILE_CURRENT));
    return position.QuadPart == 5;
}

PEER(hold_until_killed)
{
    checkpoint_wait("never");
}

static HANDLE make_job(void)
{
    return CreateJobObjectW(NULL, NULL);
}

static void put_into_job(HANDLE job)
{
    expect_succeeded(AssignProcessToJobObject(job, GetCurrentProcess()));
}

static bool has_a_process(HANDLE job)
{
    JOBOBJECT_BASIC_ACCOUNTING_INFORMATION accounting;
    require(QueryInformationJobObject(job, JobObjectBasicAccountingInformation, &accounting,
                                      sizeof(accounting), NULL));
    return accounting.ActiveProcesses == 1;
}

static HANDLE make_process(void)
{
    struct peer *other = peer_prepare(hold_until_killed);
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION info; /* not the peer's: its end is the subject, and it has no verdict */
    require(CreateProcessW(NULL, other->command_line, NULL, NULL, FALSE, CREATE_SUSPENDED, NULL,
                           NULL, &startup, &info));
    return info.hProcess;
}

static void terminate(HANDLE process)
{
    expect_succeeded(TerminateProcess(process, 7));
    expect_signaled(process);
}

static bool has_ended(HANDLE process)
{
    DWORD code = 0;
    require(GetExitCodeProcess(process, &code));
    return code == 7;
}

static const struct kind {
    struct row row;
    HANDLE (*make)(void);
    void (*change)(HANDLE); /* what is done through one handle */
    bool (*shows)(HANDLE);  /* and shows through the other, to a thread that did not do it */
} kinds[] = {
    {{"event", "handle.duplicate.kind.event"}, make_event, set_event, is_signaled},
    {{"mutex", "handle.duplicate.kind.mutex"}, make_mutex, acquire, is_owned},
    {{"semaphore", "handle.duplicate.kind.semaphore"},
     make_semaphore,
     release_semaphore,
     is_signaled},
    {{"timer", "handle.duplicate.kind.timer"}, make_timer, set_timer, is_signaled},
    {{"file_mapping", "handle.duplicate.kind.file_mapping"},
     make_mapping,
     write_to_view,
     is_in_the_view},
    {{"file", "handle.duplicate.kind.file"}, make_file, write_to_file, is_the_position},
    {{"job", "handle.duplicate.kind.job"}, make_job, put_into_job, has_a_process},
    {{"process", "handle.duplicate.kind.process"}, make_process, terminate, has_ended},
};

static HANDLE made(const struct kind *kind)
{
    HANDLE handle = kind->make();
    require(handle != NULL && handle != INVALID_HANDLE_VALUE);
    return handle;
}

struct observed {
    const struct kind *kind;
    HANDLE handle;
};

static DWORD look(void *argument)
{
    const struct observed *observed = argument;
    return observed->kind->shows(observed->handle);
}

/* What another thread sees through the handle. */
static bool shows(const struct kind *kind, HANDLE handle)
{
    struct observed observed = {kind, handle};
    return thread_join(thread_start(look, &observed));
}

START_TEST(change_through_the_duplicate)
{
    const struct kind *kind = &kinds[_i];
    HANDLE handle = made(kind), second = NULL;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &second, 0,
                                      FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    expect_true(!shows(kind, handle));
    kind->change(second);
    expect_true(shows(kind, handle));
}
END_TEST
COVERS_ROWS(change_through_the_duplicate, kinds);

START_TEST(change_outlives_the_handle_it_was_made_through)
{
    const struct kind *kind = &kinds[_i];
    HANDLE handle = made(kind), second = duplicate(handle);
    expect_true(!shows(kind, second));
    kind->change(handle);

    BOOL closed = CloseHandle(handle);

    expect_succeeded(closed);
    expect_true(shows(kind, second));
}
END_TEST
COVERS_ROWS(change_outlives_the_handle_it_was_made_through, kinds, "handle.close.keeps_state");

/* ---- Between two processes */

PEER(change_it)
{
    HANDLE told = receive_value(peer_handle(0));
    kinds[peer_number(0)].change(told);
    checkpoint_reach("changed");
    checkpoint_wait("seen");
}

static HANDLE duplicate_into(const struct peer *target, HANDLE handle)
{
    HANDLE theirs = NULL;
    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), handle, target->info.hProcess, &theirs,
                                      0, FALSE, DUPLICATE_SAME_ACCESS);
    expect_succeeded(duplicated);
    return theirs;
}

START_TEST(change_by_the_other_process)
{
    const struct kind *kind = &kinds[_i];
    struct pipe_ends channel = pipe_create();
    HANDLE handle = made(kind);
    struct peer *target = peer_start(change_it, given_handle(channel.read), given_number(_i));

    HANDLE theirs = duplicate_into(target, handle);

    expect_true(!kind->shows(handle));
    send_value(channel.write, theirs);
    checkpoint_wait("changed");
    expect_true(kind->shows(handle));
    checkpoint_reach("seen");
    peer_join(target);
}
END_TEST
COVERS_ROWS(change_by_the_other_process, kinds, "handle.duplicate.same_state_other_process");

PEER(see_it)
{
    const struct kind *kind = &kinds[peer_number(0)];
    HANDLE told = receive_value(peer_handle(0));
    expect_true(!kind->shows(told));
    checkpoint_reach("looked");
    checkpoint_wait("changed");
    expect_true(kind->shows(told));
}

START_TEST(change_is_seen_by_the_other_process)
{
    const struct kind *kind = &kinds[_i];
    struct pipe_ends channel = pipe_create();
    HANDLE handle = made(kind);
    struct peer *target = peer_start(see_it, given_handle(channel.read), given_number(_i));

    HANDLE theirs = duplicate_into(target, handle);

    send_value(channel.write, theirs);
    checkpoint_wait("looked");
    kind->change(handle);
    checkpoint_reach("changed");
    peer_join(target);
}
END_TEST
COVERS_ROWS(change_is_seen_by_the_other_process, kinds,
            "handle.duplicate.same_state_other_process");

/* ---- With less access */

static BOOL try_semaphore(HANDLE semaphore)
{
    return ReleaseSemaphore(semaphore, 1, NULL);
}

static BOOL try_timer(HANDLE timer)
{
    LARGE_INTEGER now = {.QuadPart = -1};
    return SetWaitableTimer(timer, &now, 0, NULL, NULL, FALSE);
}

static BOOL try_job(HANDLE job)
{
    return AssignProcessToJobObject(job, GetCurrentProcess());
}

static BOOL try_process(HANDLE process)
{
    return TerminateProcess(process, 7);
}

static const struct narrow {
    struct row row;
    HANDLE (*make)(void);
    BOOL (*change)(HANDLE);
    DWORD access, enough; /* what does not suffice, and what does */
} narrows[] = {
    {{"semaphore", NULL}, make_semaphore, try_semaphore, SYNCHRONIZE, SEMAPHORE_MODIFY_STATE},
    {{"timer", NULL}, make_timer, try_timer, SYNCHRONIZE, TIMER_MODIFY_STATE},
    {{"job", NULL}, make_job, try_job, JOB_OBJECT_QUERY, JOB_OBJECT_ASSIGN_PROCESS},
    {{"process", NULL}, make_process, try_process, PROCESS_QUERY_INFORMATION, PROCESS_TERMINATE},
};

START_TEST(less_access_to_a)
{
    const struct narrow *row = &narrows[_i];
    HANDLE handle = row->make(), narrow = NULL, enough = NULL;
    require(handle != NULL);

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &narrow,
                                      row->access, FALSE, 0);

    expect_succeeded(duplicated);
    expect_failed(row->change(narrow), ERROR_ACCESS_DENIED);
    require(DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &enough, row->enough,
                            FALSE, 0));
    expect_succeeded(row->change(enough));
}
END_TEST
COVERS_ROWS(less_access_to_a, narrows, "handle.duplicate.less_access_kinds");
