/* Names of kernel objects: what a second creation finds, who keeps a name, and when it is free. */
#include "handle.h"

/* ---- Each kind of object: a state that a new one does not have, and whether it has it ---- */

static HANDLE create_event(const WCHAR *name, BOOL marked)
{
    return CreateEventW(NULL, TRUE, marked, name);
}

static bool is_signaled(HANDLE handle)
{
    return WaitForSingleObject(handle, 0) == WAIT_OBJECT_0;
}

static void set_event(HANDLE event)
{
    expect_succeeded(SetEvent(event));
}

static HANDLE create_mutex(const WCHAR *name, BOOL marked)
{
    return CreateMutexW(NULL, marked, name);
}

static void acquire(HANDLE mutex)
{
    expect_number(WaitForSingleObject(mutex, 0), WAIT_OBJECT_0);
}

static DWORD find_it_owned(void *mutex)
{
    bool free = is_signaled(mutex);
    if (free)
        expect_succeeded(ReleaseMutex(mutex));
    return !free;
}

static bool is_owned(HANDLE mutex)
{
    return thread_join(thread_start(find_it_owned, mutex));
}

static HANDLE create_semaphore(const WCHAR *name, BOOL marked)
{
    return CreateSemaphoreW(NULL, marked, 5, name);
}

static void release_semaphore(HANDLE semaphore)
{
    expect_succeeded(ReleaseSemaphore(semaphore, 1, NULL));
}

static bool has_a_count(HANDLE semaphore)
{
    bool has = is_signaled(semaphore);
    if (has)
        release_semaphore(semaphore);
    return has;
}

static HANDLE create_timer(const WCHAR *name, BOOL marked)
{
    (void)marked; /* no parameter of the function gives a timer another state */
    return CreateWaitableTimerW(NULL, TRUE, name);
}

static void set_timer(HANDLE timer)
{
    LARGE_INTEGER now = {.QuadPart = -1};
    expect_succeeded(SetWaitableTimer(timer, &now, 0, NULL, NULL, FALSE));
    expect_signaled(timer);
}

static HANDLE create_job(const WCHAR *name, BOOL marked)
{
    (void)marked;
    return CreateJobObjectW(NULL, name);
}

PEER(hold_until_killed)
{
    checkpoint_wait("never");
}

/* A process was in the job; none is, so that nothing but handles keeps it. */
static void pass_a_process_through(HANDLE job)
{
    struct peer *other = peer_prepare(hold_until_killed);
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION info; /* not the peer's: it never runs, and has no verdict */
    require(CreateProcessW(NULL, other->command_line, NULL, NULL, FALSE, CREATE_SUSPENDED, NULL,
                           NULL, &startup, &info));
    expect_succeeded(AssignProcessToJobObject(job, info.hProcess));
    require(TerminateProcess(info.hProcess, 1));
    expect_signaled(info.hProcess);
    close_handle(&info.hThread);
    close_handle(&info.hProcess);
}

static bool had_a_process(HANDLE job)
{
    JOBOBJECT_BASIC_ACCOUNTING_INFORMATION accounting;
    require(QueryInformationJobObject(job, JobObjectBasicAccountingInformation, &accounting,
                                      sizeof(accounting), NULL));
    return accounting.TotalProcesses == 1;
}

static HANDLE create_mapping(const WCHAR *name, BOOL marked)
{
    (void)marked;
    return CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, name);
}

static char *view_of(HANDLE mapping)
{
    char *view = MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0);
    expect_not_null(view);
    return view;
}

static void write_to_view(HANDLE mapping)
{
    char *view = view_of(mapping);
    view[100] = 'x';
    expect_succeeded(UnmapViewOfFile(view));
}

static bool is_in_the_view(HANDLE mapping)
{
    char *view = view_of(mapping);
    bool is = view[100] == 'x';
    expect_succeeded(UnmapViewOfFile(view));
    return is;
}

struct kind {
    struct row row;
    HANDLE (*create)(const WCHAR *name, BOOL marked);
    void (*mark)(HANDLE);
    bool (*marked)(HANDLE);
};
#define WITHOUT_JOBS                                                             \
    {{"event", NULL}, create_event, set_event, is_signaled},                     \
        {{"mutex", NULL}, create_mutex, acquire, is_owned},                      \
        {{"semaphore", NULL}, create_semaphore, release_semaphore, has_a_count}, \
        {{"timer", NULL}, create_timer, set_timer, is_signaled},                 \
    {                                                                            \
        {"file_mapping", NULL}, create_mapping, write_to_view, is_in_the_view    \
    }

static const struct kind kinds[] = {
    WITHOUT_JOBS,
    {{"job", NULL}, create_job, pass_a_process_through, had_a_process},
};

/* Kinds that nothing but handles keeps: a job waits for the end of the processes in it. */
static const struct kind mortals[] = {WITHOUT_JOBS};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

/* A new object of that name. */
static HANDLE new_object(const struct kind *kind, const WCHAR *name)
{
    HANDLE object = kind->create(name, FALSE);
    require(object != NULL && GetLastError() != ERROR_ALREADY_EXISTS);
    return object;
}

/* ---- A second creation ---- */

START_TEST(second_creation_finds_the_object)
{
    const struct kind *kind = &kinds[_i];
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE first = new_object(kind, name);

    HANDLE second = kind->create(name, TRUE);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(second);
    expect_true(second != first);
    expect_true(!kind->marked(second)); /* the initial state counts for a new object only */
    kind->mark(first);
    expect_true(kind->marked(second));
}
END_TEST
COVERS_ROWS(second_creation_finds_the_object, kinds, "handle.name.already_exists",
            "handle.name.initial_state_of_the_first");

PEER(find_and_mark)
{
    const struct kind *kind = &kinds[peer_number(0)];

    HANDLE object = kind->create(peer_text(0), FALSE);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(object);
    kind->mark(object);
    checkpoint_reach("marked");
    checkpoint_wait("seen");
}

START_TEST(another_process_finds_the_object)
{
    const struct kind *kind = &kinds[_i];
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE object = new_object(kind, name);

    struct peer *other = peer_start(find_and_mark, given_text(name), given_number(_i));

    checkpoint_wait("marked");
    expect_true(kind->marked(object));
    checkpoint_reach("seen");
    peer_join(other);
}
END_TEST
COVERS_ROWS(another_process_finds_the_object, kinds, "handle.name.other_process");

/* ---- What a name means ---- */

START_TEST(name_of_another_kind_is_taken)
{
    const struct kind *kind = &kinds[_i];
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE object = new_object(kind, name);

    for (size_t i = 0; i < KINDS; i++) {
        if (&kinds[i] == kind)
            continue;
        HANDLE other = kinds[i].create(name, FALSE);
        expect_null(other, ERROR_INVALID_HANDLE);
    }

    expect_true(!kind->marked(object));
    close_handle(&object);
    object = kinds[(_i + 1) % KINDS].create(name, FALSE);
    expect_last_error(ERROR_SUCCESS);
    expect_handle(object);
}
END_TEST
COVERS_ROWS(name_of_another_kind_is_taken, kinds, "handle.name.other_kind");

START_TEST(case_matters)
{
    const struct kind *kind = &kinds[_i];
    WCHAR name[100];
    wcscpy(name, unique_name(L"Local\\"));
    wcscat(name, L"a");
    HANDLE small = new_object(kind, name);
    name[wcslen(name) - 1] = 'A';

    HANDLE capital = kind->create(name, FALSE);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(capital);
    kind->mark(small);
    expect_true(!kind->marked(capital));
}
END_TEST
COVERS_ROWS(case_matters, kinds, "handle.name.case");

START_TEST(local_prefix_is_the_default)
{
    const struct kind *kind = &kinds[_i];
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE object = new_object(kind, name);

    HANDLE same = kind->create(name + wcslen(L"Local\\"), FALSE);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(same);
    kind->mark(object);
    expect_true(kind->marked(same));
}
END_TEST
COVERS_ROWS(local_prefix_is_the_default, kinds, "handle.name.local");

/* Without file mappings, which need a privilege there. */
static const struct kind globals[] = {
    {{"event", NULL}, create_event, set_event, is_signaled},
    {{"mutex", NULL}, create_mutex, acquire, is_owned},
    {{"semaphore", NULL}, create_semaphore, release_semaphore, has_a_count},
    {{"timer", NULL}, create_timer, set_timer, is_signaled},
    {{"job", NULL}, create_job, pass_a_process_through, had_a_process},
};

START_TEST(global_prefix_is_for_all_sessions)
{
    const struct kind *kind = &globals[_i];
    const WCHAR *name = unique_name(L"Global\\");
    DWORD session;
    require(ProcessIdToSessionId(GetCurrentProcessId(), &session));
    if (session == 0)
        unsupported("only outside session 0 is there another name space");
    HANDLE local = new_object(kind, name + wcslen(L"Global\\"));

    HANDLE global = kind->create(name, FALSE);

    expect_last_error(ERROR_SUCCESS); /* it is a new one */
    expect_handle(global);
    HANDLE same = kind->create(name, FALSE);
    expect_last_error(ERROR_ALREADY_EXISTS);
    kind->mark(global);
    expect_true(kind->marked(same));
    expect_true(!kind->marked(local));
}
END_TEST
COVERS_ROWS(global_prefix_is_for_all_sessions, globals, "handle.name.global");

/* ---- How long a name lasts ---- */

START_TEST(duplicate_keeps_the_name)
{
    const struct kind *kind = &kinds[_i];
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE first = new_object(kind, name), second = duplicate(first);
    kind->mark(first);

    BOOL closed = CloseHandle(first);

    expect_succeeded(closed);
    HANDLE found = kind->create(name, FALSE);
    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_true(kind->marked(found));
    expect_true(kind->marked(second));
}
END_TEST
COVERS_ROWS(duplicate_keeps_the_name, kinds, "handle.close.name_kept");

START_TEST(other_process_keeps_the_name)
{
    const struct kind *kind = &mortals[_i];
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE object = new_object(kind, name);
    kind->mark(object);
    struct peer *holder = peer_start(hold_until_killed, given_handle(object));

    BOOL closed = CloseHandle(object);

    expect_succeeded(closed);
    HANDLE found = kind->create(name, FALSE);
    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_true(kind->marked(found));
    close_handle(&found);
    peer_kill(holder);
    object = kind->create(name, FALSE);
    expect_last_error(ERROR_SUCCESS);
    expect_true(!kind->marked(object));
}
END_TEST
COVERS_ROWS(other_process_keeps_the_name, mortals, "handle.close.name_kept_by_process",
            "handle.close.name_gone_with_process");

START_TEST(last_close_frees_the_name)
{
    const struct kind *kind = &mortals[_i];
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE first = new_object(kind, name), second = kind->create(name, FALSE);
    require(second != NULL);
    kind->mark(first);
    close_handle(&first);

    BOOL closed = CloseHandle(second);

    expect_succeeded(closed);
    HANDLE fresh = kind->create(name, FALSE);
    expect_last_error(ERROR_SUCCESS);
    expect_handle(fresh);
    expect_true(!kind->marked(fresh));
}
END_TEST
COVERS_ROWS(last_close_frees_the_name, mortals, "handle.close.name_gone");
